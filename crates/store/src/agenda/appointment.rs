//! Appointments, and who receives.

use domain::agenda::span::Span;
use sea_orm::sea_query::Query;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
pub use crate::entity::appointment::Model as AppointmentRow;
use crate::entity::{appointment, appointment_host, occupation};
use crate::error::Result;

impl AppointmentRow {
    /// From when to when.
    pub fn span(&self) -> Span {
        Span { start: self.starts_at, end: self.ends_at }
    }
}

/// Adds an appointment and who receives.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &Tx, row: AppointmentRow, hosts: &[Uuid]) -> Result<()> {
    let appointment_id = row.id;
    bulk::insert::<appointment::Entity, _>(tx, vec![row]).await?;
    set_hosts(tx, appointment_id, hosts).await
}

/// Says who receives.
///
/// # Errors
/// When the database refuses.
pub async fn set_hosts(tx: &Tx, appointment_id: Uuid, hosts: &[Uuid]) -> Result<()> {
    let before = appointment_host::Column::AppointmentId.eq(appointment_id);
    appointment_host::Entity::delete_many().filter(before).exec(tx).await?;
    let rows =
        hosts.iter().map(|account_id| appointment_host::Model { appointment_id, account_id: *account_id });
    bulk::insert_missing::<appointment_host::Entity, _>(tx, rows.collect()).await
}

/// Replaces an appointment, if it is still as `before`: `false` when somebody was faster.
///
/// # Errors
/// When the database refuses.
pub async fn change(tx: &Tx, before: &AppointmentRow, after: AppointmentRow) -> Result<bool> {
    let done = appointment::Entity::update_many()
        .set(after.into_active_model().reset_all())
        .filter(appointment::Column::Id.eq(before.id))
        .filter(appointment::Column::Sequence.eq(before.sequence))
        .filter(appointment::Column::Status.eq(before.status.as_str()))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// One appointment.
///
/// # Errors
/// When the database does not answer.
pub async fn by_id(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<AppointmentRow>> {
    Ok(appointment::Entity::find_by_id(id).one(c).await?)
}

/// These appointments, in no order.
///
/// # Errors
/// When the database does not answer.
pub async fn many(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<AppointmentRow>> {
    let mut found = Vec::new();
    for part in bulk::lists(ids) {
        found.extend(appointment::Entity::find().filter(appointment::Column::Id.is_in(part)).all(c).await?);
    }
    Ok(found)
}

/// Who receives, for each of these appointments.
///
/// # Errors
/// When the database does not answer.
pub async fn hosts(c: &impl ConnectionTrait, appointments: &[Uuid]) -> Result<Vec<(Uuid, Uuid)>> {
    let mut found = Vec::new();
    for part in bulk::lists(appointments) {
        let rows = appointment_host::Entity::find()
            .filter(appointment_host::Column::AppointmentId.is_in(part))
            .order_by_asc(appointment_host::Column::AccountId)
            .all(c)
            .await?;
        found.extend(rows.into_iter().map(|row| (row.appointment_id, row.account_id)));
    }
    Ok(found)
}

/// Every appointment of these records, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_people(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Vec<AppointmentRow>> {
    Ok(appointment::Entity::find()
        .filter(appointment::Column::PersonId.is_in(records.iter().copied()))
        .order_by_desc(appointment::Column::StartsAt)
        .order_by_desc(appointment::Column::Id)
        .all(c)
        .await?)
}

/// The appointments that begin in `span` with one of these professionals, the earliest first.
///
/// # Errors
/// When the database does not answer.
pub async fn with(c: &impl ConnectionTrait, accounts: &[Uuid], span: Span) -> Result<Vec<AppointmentRow>> {
    let mut found: Vec<AppointmentRow> = Vec::new();
    for part in bulk::lists(accounts) {
        let theirs = Query::select()
            .column(appointment_host::Column::AppointmentId)
            .from(appointment_host::Entity)
            .and_where(appointment_host::Column::AccountId.is_in(part))
            .to_owned();
        let query = within(span).filter(appointment::Column::Id.in_subquery(theirs));
        found.extend(query.all(c).await?);
    }
    found.sort_by_key(|row| (row.starts_at, row.id));
    found.dedup_by_key(|row| row.id);
    Ok(found)
}

/// The appointments that begin in `span`, the earliest first.
///
/// # Errors
/// When the database does not answer.
pub async fn between(c: &impl ConnectionTrait, span: Span) -> Result<Vec<AppointmentRow>> {
    Ok(within(span).all(c).await?)
}

/// The appointments that begin in `span` in a place, the earliest first.
///
/// # Errors
/// When the database does not answer.
pub async fn at(c: &impl ConnectionTrait, site: Uuid, span: Span) -> Result<Vec<AppointmentRow>> {
    Ok(within(span).filter(appointment::Column::SiteId.eq(site)).all(c).await?)
}

fn within(span: Span) -> sea_orm::Select<appointment::Entity> {
    appointment::Entity::find()
        .filter(appointment::Column::StartsAt.gte(span.start))
        .filter(appointment::Column::StartsAt.lt(span.end))
        .order_by_asc(appointment::Column::StartsAt)
        .order_by_asc(appointment::Column::Id)
}

/// The seats of a gathering, and who waits for one, in the order in which they asked.
///
/// # Errors
/// When the database does not answer.
pub async fn seats(c: &impl ConnectionTrait, gatherings: &[Uuid]) -> Result<Vec<AppointmentRow>> {
    let mut found = Vec::new();
    for part in bulk::lists(gatherings) {
        let rows = appointment::Entity::find()
            .filter(appointment::Column::GatheringId.is_in(part))
            .order_by_asc(appointment::Column::BookedAt)
            .order_by_asc(appointment::Column::Id)
            .all(c)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// Deletes the appointments of these records, and gives their hours back.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &Tx, records: &[Uuid]) -> Result<()> {
    let theirs = appointment::Column::PersonId.is_in(records.iter().copied());
    let ids: Vec<Uuid> = appointment::Entity::find()
        .select_only()
        .column(appointment::Column::Id)
        .filter(theirs.clone())
        .into_tuple()
        .all(tx)
        .await?;
    for part in bulk::lists(&ids) {
        let hosts = appointment_host::Column::AppointmentId.is_in(part.iter().copied());
        appointment_host::Entity::delete_many().filter(hosts).exec(tx).await?;
        let hours = occupation::Column::HolderId.is_in(part);
        occupation::Entity::delete_many().filter(hours).exec(tx).await?;
    }
    appointment::Entity::delete_many().filter(theirs).exec(tx).await?;
    Ok(())
}
