//! What an import reads and writes, a few hundred dossiers at a time.

use domain::followup::path::PathState;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
};
use uuid::Uuid;

use crate::Tx;
use crate::bulk::{insert, insert_missing, lists, upsert};
use crate::crypto::Keys;
pub use crate::entity::content::Model as ContentRow;
pub use crate::entity::household::Model as HouseholdRow;
pub use crate::entity::membership::Model as MembershipRow;
pub use crate::entity::payment::Model as PaymentRow;
pub use crate::entity::sighting::Model as SightingRow;
use crate::entity::{content, household, membership, payment, person, search_term, sighting};
use crate::error::{Result, StoreError};
use crate::people::PersonRow;
use crate::people::contact::{self, ContactRow};
use crate::people::label::{self, LabelRow};
use crate::sealed::CONTENT;

/// Rows to write after a batch, in the order that foreign keys ask for.
#[derive(Debug, Default)]
pub struct Batch {
    /// Households, new or changed.
    pub households: Vec<HouseholdRow>,
    /// Contents not yet known.
    pub contents: Vec<ContentRow>,
    /// Who was named by this file.
    pub sightings: Vec<SightingRow>,
    /// Persons, new or changed.
    pub persons: Vec<PersonRow>,
    /// Places in households.
    pub memberships: Vec<MembershipRow>,
    /// Words of new persons; those of renamed ones are first removed.
    pub terms: Vec<(String, Uuid)>,
    /// Persons whose words change.
    pub renamed: Vec<Uuid>,
    /// Ways to reach people.
    pub contacts: Vec<ContactRow>,
    /// Tags and numbers in other softwares.
    pub labels: Vec<LabelRow>,
}

/// Writes a batch.
///
/// # Errors
/// When the database refuses.
pub async fn write(keys: &Keys, tx: &Tx, batch: Batch) -> Result<()> {
    upsert::<household::Entity, _>(tx, batch.households).await?;
    insert_missing::<content::Entity, _>(tx, batch.contents).await?;
    upsert::<sighting::Entity, _>(tx, batch.sightings).await?;
    let here: Vec<Uuid> = batch.persons.iter().filter(|p| has_right_or_waits(p)).map(|p| p.id).collect();
    upsert::<person::Entity, _>(tx, batch.persons).await?;
    crate::privacy::ends::bring_back(tx, &here).await?;
    upsert::<membership::Entity, _>(tx, batch.memberships).await?;
    for ids in lists(&batch.renamed) {
        search_term::Entity::delete_many()
            .filter(search_term::Column::PersonId.is_in(ids.iter().copied()))
            .exec(tx)
            .await?;
    }
    let terms =
        batch.terms.into_iter().map(|(term, person_id)| search_term::Model { term, person_id }).collect();
    insert_missing::<search_term::Entity, _>(tx, terms).await?;
    label::add(tx, batch.labels).await?;
    contact::add(keys, tx, batch.contacts).await
}

/// Who is named with a right, or waited for, does not stay in the archive.
fn has_right_or_waits(row: &PersonRow) -> bool {
    row.state != PathState::RightClosed.code()
}

impl ContentRow {
    /// What the file said, as JSON.
    ///
    /// # Errors
    /// When it cannot be read with these keys.
    pub fn payload(&self, keys: &Keys) -> Result<String> {
        keys.decrypt_text(CONTENT.place, self.payload_sealed.as_ref().ok_or(StoreError::Unsealed)?)
    }
}

/// Writes accounting movements.
///
/// # Errors
/// When the database refuses.
pub async fn write_payments(tx: &Tx, rows: Vec<PaymentRow>) -> Result<()> {
    insert::<payment::Entity, _>(tx, rows).await
}

/// The households of these claims, whatever their organism.
///
/// # Errors
/// When the database does not answer.
pub async fn households_by_claim(tx: &Tx, claims: &[String]) -> Result<Vec<HouseholdRow>> {
    let mut found = Vec::new();
    for part in lists(claims) {
        let part = part.iter().map(String::as_str);
        found.extend(
            household::Entity::find().filter(household::Column::ClaimNumber.is_in(part)).all(tx).await?,
        );
    }
    Ok(found)
}

/// The households with these allocataire numbers.
///
/// # Errors
/// When the database does not answer.
pub async fn households_by_matricule(tx: &Tx, matricules: &[String]) -> Result<Vec<HouseholdRow>> {
    let mut found = Vec::new();
    for part in lists(matricules) {
        let part = part.iter().map(String::as_str);
        found.extend(
            household::Entity::find().filter(household::Column::Matricule.is_in(part)).all(tx).await?,
        );
    }
    Ok(found)
}

/// Households by key.
///
/// # Errors
/// When the database does not answer.
pub async fn households(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<HouseholdRow>> {
    let mut found = Vec::new();
    for part in lists(ids) {
        found.extend(
            household::Entity::find()
                .filter(household::Column::Id.is_in(part.iter().copied()))
                .all(c)
                .await?,
        );
    }
    Ok(found)
}

/// The households that name these persons, or named them.
///
/// # Errors
/// When the database does not answer.
pub async fn households_of(c: &impl ConnectionTrait, persons: &[Uuid]) -> Result<Vec<HouseholdRow>> {
    let places = Query::select()
        .column(membership::Column::HouseholdId)
        .from(membership::Entity)
        .and_where(membership::Column::PersonId.is_in(persons.iter().copied()))
        .to_owned();
    Ok(household::Entity::find().filter(household::Column::Id.in_subquery(places)).all(c).await?)
}

/// The persons that a household names now.
///
/// # Errors
/// When the database does not answer.
pub async fn named_by(c: &impl ConnectionTrait, household: Uuid) -> Result<Vec<PersonRow>> {
    let named = Query::select()
        .column(membership::Column::PersonId)
        .from(membership::Entity)
        .and_where(membership::Column::HouseholdId.eq(household))
        .and_where(membership::Column::Named.eq(true))
        .to_owned();
    let people = person::Entity::find()
        .filter(person::Column::Id.in_subquery(named))
        .filter(Expr::col(Alias::new("hidden")).eq(false));
    Ok(people.order_by_asc(person::Column::Id).all(c).await?)
}

/// The present content of these households.
///
/// # Errors
/// When the database does not answer.
pub async fn current_contents(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<ContentRow>> {
    let mut found = Vec::new();
    for part in lists(ids) {
        found.extend(
            content::Entity::find()
                .filter(
                    Expr::tuple([Expr::col(content::Column::HouseholdId), Expr::col(content::Column::Hash)])
                        .in_subquery(
                            Query::select()
                                .columns([household::Column::Id, household::Column::ContentHash])
                                .from(household::Entity)
                                .and_where(household::Column::Id.is_in(part.iter().copied()))
                                .to_owned(),
                        ),
                )
                .all(c)
                .await?,
        );
    }
    Ok(found)
}

/// Places held in these households.
///
/// # Errors
/// When the database does not answer.
pub async fn members(c: &impl ConnectionTrait, households: &[Uuid]) -> Result<Vec<MembershipRow>> {
    let mut found = Vec::new();
    for part in lists(households) {
        found.extend(
            membership::Entity::find()
                .filter(membership::Column::HouseholdId.is_in(part.iter().copied()))
                .order_by_asc(membership::Column::PersonId)
                .all(c)
                .await?,
        );
    }
    Ok(found)
}

/// Places held by these persons.
///
/// # Errors
/// When the database does not answer.
pub async fn places(c: &impl ConnectionTrait, persons: &[Uuid]) -> Result<Vec<MembershipRow>> {
    let mut found = Vec::new();
    for part in lists(persons) {
        found.extend(
            membership::Entity::find()
                .filter(membership::Column::PersonId.is_in(part.iter().copied()))
                .order_by_asc(membership::Column::HouseholdId)
                .all(c)
                .await?,
        );
    }
    Ok(found)
}

/// Marks households as named again, unchanged, at `stamp`.
///
/// # Errors
/// When the database refuses.
pub async fn seen_again(tx: &Tx, ids: &[Uuid], stamp: &str) -> Result<()> {
    for part in lists(ids) {
        household::Entity::update_many()
            .col_expr(household::Column::Stamp, Expr::value(stamp))
            .filter(household::Column::Id.is_in(part.iter().copied()))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Households of an organism that a monthly file dated `stamp` does not name, and that were not absent before.
///
/// A household known by an instruction only is not awaited in a monthly file.
///
/// # Errors
/// When the database does not answer.
pub async fn not_named(
    tx: &Tx,
    organism: (&str, &str),
    stamp: &str,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<HouseholdRow>> {
    let mut all = Condition::all()
        .add(household::Column::Organism.eq(organism.0))
        .add(household::Column::OrganismNumber.eq(organism.1))
        .add(household::Column::InBeneficiaires.eq(true))
        .add(household::Column::AbsentStamp.is_null())
        .add(household::Column::Stamp.lt(stamp));
    if let Some(after) = after {
        all = all.add(household::Column::Id.gt(after));
    }
    Ok(household::Entity::find().filter(all).order_by_asc(household::Column::Id).limit(limit).all(tx).await?)
}

/// Removes the movements of a month for these households (a newer financier replaces them).
///
/// # Errors
/// When the database refuses.
pub async fn forget_payments(tx: &Tx, households: &[Uuid], month: chrono::NaiveDate) -> Result<()> {
    for part in lists(households) {
        payment::Entity::delete_many()
            .filter(payment::Column::HouseholdId.is_in(part.iter().copied()))
            .filter(payment::Column::Month.eq(month))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Counts again how many people stand where.
///
/// # Errors
/// When the database refuses.
pub async fn rebuild_counters(tx: &Tx) -> Result<()> {
    for sql in [
        "DELETE FROM counter",
        "DELETE FROM counter_place",
        "INSERT INTO counter_place (state, territory, commune, people) \
         SELECT state, COALESCE(territory, ''), commune, COUNT(*) FROM person \
         WHERE merged_into IS NULL AND NOT hidden AND commune IS NOT NULL GROUP BY state, COALESCE(territory, ''), commune",
        "INSERT INTO counter (state, territory, due_on, people) \
         SELECT state, COALESCE(territory, ''), COALESCE(due_on, '1970-01-01'), COUNT(*) FROM person \
         WHERE merged_into IS NULL AND NOT hidden GROUP BY state, COALESCE(territory, ''), COALESCE(due_on, '1970-01-01')",
    ] {
        tx.execute_raw(Statement::from_string(tx.get_database_backend(), sql)).await?;
    }
    crate::revision::moved(tx).await
}
