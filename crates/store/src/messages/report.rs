//! What is said later of a message that left: the secret addresses of providers, and the reports that nobody could place yet.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::bulk;
use crate::db::Tx;
use crate::entity::{delivery_report, message, report_address};
use crate::error::Result;
use crate::messages::written::MessageRow;

pub use crate::entity::delivery_report::Model as KeptReport;
pub use crate::entity::report_address::Model as ReportAddress;

/// Gives a provider an address, the only one that works from then on.
///
/// # Errors
/// When the database refuses.
pub async fn set_address(tx: &Tx, address: ReportAddress) -> Result<()> {
    bulk::upsert::<report_address::Entity, _>(tx, vec![address]).await
}

/// The address that has this secret.
///
/// # Errors
/// When the database does not answer.
pub async fn address_of(c: &impl ConnectionTrait, secret_hash: &[u8]) -> Result<Option<ReportAddress>> {
    let found = report_address::Entity::find().filter(report_address::Column::SecretHash.eq(secret_hash));
    Ok(found.one(c).await?)
}

/// Every address, by provider.
///
/// # Errors
/// When the database does not answer.
pub async fn addresses(c: &impl ConnectionTrait) -> Result<Vec<ReportAddress>> {
    Ok(report_address::Entity::find().order_by_asc(report_address::Column::Provider).all(c).await?)
}

/// Notes that a provider called back.
///
/// # Errors
/// When the database refuses.
pub async fn heard(tx: &Tx, provider: &str, at: DateTime<Utc>) -> Result<()> {
    report_address::Entity::update_many()
        .set(report_address::ActiveModel { heard_at: Set(Some(at)), ..Default::default() })
        .filter(report_address::Column::Provider.eq(provider))
        .exec(tx)
        .await?;
    Ok(())
}

/// The message to which a provider gave this identifier.
///
/// # Errors
/// When the database does not answer.
pub async fn message_of(
    c: &impl ConnectionTrait,
    provider: &str,
    reference: &str,
) -> Result<Option<MessageRow>> {
    let found = message::Entity::find()
        .filter(message::Column::Provider.eq(provider))
        .filter(message::Column::ProviderRef.eq(reference))
        .order_by_desc(message::Column::CreatedAt);
    Ok(found.one(c).await?)
}

/// What was told of an identifier that no message has.
///
/// # Errors
/// When the database does not answer.
pub async fn kept(c: &impl ConnectionTrait, provider: &str, reference: &str) -> Result<Option<KeptReport>> {
    let key = (provider.to_owned(), reference.to_owned());
    Ok(delivery_report::Entity::find_by_id(key).one(c).await?)
}

/// Keeps what was told of an identifier that no message has; it takes the place of what was told before.
///
/// # Errors
/// When the database refuses.
pub async fn keep(tx: &Tx, report: KeptReport) -> Result<()> {
    bulk::upsert::<delivery_report::Entity, _>(tx, vec![report]).await
}

/// What nobody could place yet, the oldest first, `most` at most.
///
/// # Errors
/// When the database does not answer.
pub async fn waiting(c: &impl ConnectionTrait, most: u64) -> Result<Vec<KeptReport>> {
    let all = delivery_report::Entity::find().order_by_asc(delivery_report::Column::ReceivedAt);
    Ok(all.limit(most).all(c).await?)
}

/// Drops what was kept of an identifier.
///
/// # Errors
/// When the database refuses.
pub async fn placed(tx: &Tx, provider: &str, reference: &str) -> Result<()> {
    let key = (provider.to_owned(), reference.to_owned());
    delivery_report::Entity::delete_by_id(key).exec(tx).await?;
    Ok(())
}

/// Drops what was received before `before` and never found its message.
///
/// # Errors
/// When the database refuses.
pub async fn expire(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let old = delivery_report::Column::ReceivedAt.lt(before);
    Ok(delivery_report::Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}
