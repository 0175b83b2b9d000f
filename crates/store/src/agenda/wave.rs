//! Waves of invitations: who is invited, who waits for room.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter, QueryOrder, QuerySelect as _,
};
use uuid::Uuid;

use crate::bulk::{self, lists};
use crate::db::Tx;
pub use crate::entity::wave::Model as WaveRow;
pub use crate::entity::wave_person::Model as InWaveRow;
use crate::entity::{appointment, wave, wave_person};
use crate::error::Result;
use crate::people::one::merged_into;

/// What the database holds of those from whom something is still expected.
const OPEN: [&str; 2] = ["waiting", INVITED];
const INVITED: &str = "invited";

/// Adds a wave and those who are in it. Somebody may be in one open wave at most: the second is refused by an index.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &Tx, row: WaveRow, people: Vec<InWaveRow>) -> Result<()> {
    bulk::insert::<wave::Entity, _>(tx, vec![row]).await?;
    bulk::insert::<wave_person::Entity, _>(tx, people).await
}

/// The waves that go on, and the last `over` of those that are over, the last made first.
///
/// # Errors
/// When the database does not answer.
pub async fn recent(c: &impl ConnectionTrait, over: u64) -> Result<Vec<WaveRow>> {
    let mut found = open(c).await?;
    let ended = wave::Entity::find().filter(wave::Column::EndedOn.is_not_null());
    found.extend(ended.order_by_desc(wave::Column::MadeAt).limit(over).all(c).await?);
    found.sort_by_key(|row| std::cmp::Reverse((row.made_at, row.id)));
    Ok(found)
}

/// The waves that go on, the first made first.
///
/// # Errors
/// When the database does not answer.
pub async fn open(c: &impl ConnectionTrait) -> Result<Vec<WaveRow>> {
    let these = wave::Entity::find().filter(wave::Column::EndedOn.is_null());
    Ok(these.order_by_asc(wave::Column::MadeAt).order_by_asc(wave::Column::Id).all(c).await?)
}

/// A wave.
///
/// # Errors
/// When the database does not answer.
pub async fn by_id(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<WaveRow>> {
    Ok(wave::Entity::find_by_id(id).one(c).await?)
}

/// Those who are in a wave, in their order.
///
/// # Errors
/// When the database does not answer.
pub async fn people(c: &impl ConnectionTrait, id: Uuid) -> Result<Vec<InWaveRow>> {
    let these = wave_person::Entity::find().filter(wave_person::Column::WaveId.eq(id));
    Ok(these.order_by_asc(wave_person::Column::Place).all(c).await?)
}

/// Those who are in these waves, in their order.
///
/// # Errors
/// When the database does not answer.
pub async fn people_of(c: &impl ConnectionTrait, waves: &[Uuid]) -> Result<Vec<InWaveRow>> {
    let mut found = Vec::new();
    for part in lists(waves) {
        let these = wave_person::Entity::find().filter(wave_person::Column::WaveId.is_in(part));
        found.extend(these.order_by_asc(wave_person::Column::Place).all(c).await?);
    }
    Ok(found)
}

/// Of these people, those of whom something is expected in a wave.
///
/// # Errors
/// When the database does not answer.
pub async fn taken(c: &impl ConnectionTrait, people: &[Uuid]) -> Result<HashSet<Uuid>> {
    let mut found = HashSet::new();
    for part in lists(people) {
        let theirs = wave_person::Entity::find()
            .filter(wave_person::Column::PersonId.is_in(part))
            .filter(wave_person::Column::Standing.is_in(OPEN));
        found.extend(theirs.all(c).await?.into_iter().map(|one| one.person_id));
    }
    Ok(found)
}

/// How many people are invited, and have not answered, in the open waves of which `which` holds.
///
/// # Errors
/// When the database does not answer.
pub async fn invited_by(c: &impl ConnectionTrait, which: impl Fn(&WaveRow) -> bool) -> Result<usize> {
    let waves = open(c).await?.into_iter().filter(|row| which(row)).map(|row| row.id);
    let invited = wave_person::Entity::find()
        .filter(wave_person::Column::WaveId.is_in(waves))
        .filter(wave_person::Column::Standing.eq(INVITED));
    Ok(usize::try_from(invited.count(c).await?).unwrap_or(usize::MAX))
}

/// Of these people, those who have an appointment that is not over, by any of their records.
///
/// # Errors
/// When the database does not answer.
pub async fn expected(
    c: &impl ConnectionTrait,
    people: &[Uuid],
    now: DateTime<Utc>,
) -> Result<HashSet<Uuid>> {
    let merged = merged_into(c, people).await?;
    let records: Vec<Uuid> = people.iter().copied().chain(merged.iter().map(|(child, _)| *child)).collect();
    let speaks = |id: Uuid| merged.iter().find(|(child, _)| *child == id).map_or(id, |(_, root)| *root);
    let mut found = HashSet::new();
    for part in lists(&records) {
        let coming = appointment::Entity::find()
            .filter(appointment::Column::PersonId.is_in(part))
            .filter(appointment::Column::Status.eq("upcoming"))
            .filter(appointment::Column::EndsAt.gt(now));
        found.extend(coming.all(c).await?.into_iter().map(|one| speaks(one.person_id)));
    }
    Ok(found)
}

/// Writes where somebody stands.
///
/// # Errors
/// When the database refuses.
pub async fn set(tx: &Tx, row: InWaveRow) -> Result<()> {
    wave_person::Entity::update(row.into_active_model().reset_all()).exec(tx).await?;
    Ok(())
}

/// Ends a wave.
///
/// # Errors
/// When the database refuses.
pub async fn end(tx: &Tx, id: Uuid, on: NaiveDate) -> Result<()> {
    wave::Entity::update_many()
        .set(wave::ActiveModel { ended_on: Set(Some(on)), ..Default::default() })
        .filter(wave::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Takes these people out of every wave.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &Tx, records: &[Uuid]) -> Result<()> {
    let theirs = wave_person::Column::PersonId.is_in(records.iter().copied());
    wave_person::Entity::delete_many().filter(theirs).exec(tx).await?;
    Ok(())
}
