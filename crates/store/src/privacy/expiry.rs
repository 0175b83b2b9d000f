//! Rows that have outlived their time.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use crate::Tx;
use crate::entity::{
    account, account_proposal, api_token, calendar_feed, exceptional_access, exceptional_seen, import,
    import_change, import_reject, kept_form, mail, one_time_link, recovery_code, review, rights_request,
    second_factor, session, sign_in_try,
};
use crate::error::Result;

/// Sessions not used since `before`.
///
/// # Errors
/// When the database refuses.
pub async fn sessions(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let old = session::Column::SeenAt.lt(before);
    Ok(session::Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}

/// Links that could no longer be used at `before`.
///
/// # Errors
/// When the database refuses.
pub async fn links(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let old = one_time_link::Column::ExpiresAt.lt(before);
    Ok(one_time_link::Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}

/// Forms that were no longer worth keeping at `before`.
///
/// # Errors
/// When the database refuses.
pub async fn forms(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let old = kept_form::Column::ExpiresAt.lt(before);
    Ok(kept_form::Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}

/// Second factors and their recovery codes, and secret feeds, of accounts closed before `before`.
///
/// # Errors
/// When the database refuses.
pub async fn factors(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let closed = Query::select()
        .column(account::Column::Id)
        .from(account::Entity)
        .and_where(Expr::col(account::Column::DisabledAt).lt(before))
        .to_owned();
    let codes = recovery_code::Column::AccountId.in_subquery(closed.clone());
    recovery_code::Entity::delete_many().filter(codes).exec(tx).await?;
    let feeds = calendar_feed::Column::AccountId.in_subquery(closed.clone());
    calendar_feed::Entity::delete_many().filter(feeds).exec(tx).await?;
    let factors = second_factor::Column::AccountId.in_subquery(closed);
    Ok(second_factor::Entity::delete_many().filter(factors).exec(tx).await?.rows_affected)
}

/// Counts of failed tries that time has given back long before `before`.
///
/// # Errors
/// When the database refuses.
pub async fn tries(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let old = sign_in_try::Column::Since.lt(before);
    Ok(sign_in_try::Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}

/// Letters that were no longer worth sending at `before`.
///
/// # Errors
/// When the database refuses.
pub async fn letters(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let old = mail::Column::ExpiresAt.lt(before);
    Ok(mail::Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}

/// Tokens revoked before `before`.
///
/// # Errors
/// When the database refuses.
pub async fn tokens(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let old = api_token::Column::RevokedAt.lt(before);
    Ok(api_token::Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}

/// Accounts proposed whose answer was given before `before`.
///
/// # Errors
/// When the database refuses.
pub async fn proposals(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let old = account_proposal::Column::DecidedAt.lt(before);
    Ok(account_proposal::Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}

/// Exceptional accesses opened before `before`, and who read of them.
///
/// # Errors
/// When the database refuses.
pub async fn exceptional(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let old = || exceptional_access::Column::OpenedAt.lt(before);
    let gone = Query::select()
        .column(exceptional_access::Column::Id)
        .from(exceptional_access::Entity)
        .and_where(old())
        .to_owned();
    exceptional_seen::Entity::delete_many()
        .filter(exceptional_seen::Column::AccessId.in_subquery(gone))
        .exec(tx)
        .await?;
    Ok(exceptional_access::Entity::delete_many().filter(old()).exec(tx).await?.rows_affected)
}

fn received_before(before: DateTime<Utc>) -> SelectStatement {
    Query::select()
        .column(import::Column::Id)
        .from(import::Entity)
        .and_where(Expr::col(import::Column::ReceivedAt).lt(before))
        .to_owned()
}

/// Dossiers left out of files received before `before`.
///
/// # Errors
/// When the database refuses.
pub async fn rejects(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let old = import_reject::Column::ImportId.in_subquery(received_before(before));
    Ok(import_reject::Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}

/// The people behind the numbers of files received before `before`.
///
/// # Errors
/// When the database refuses.
pub async fn changes(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let old = import_change::Column::ImportId.in_subquery(received_before(before));
    Ok(import_change::Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}

/// Files received before `before` that still have a name or a sender, with their reports.
///
/// # Errors
/// When the database does not answer.
pub async fn files(c: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<Vec<(Uuid, Option<String>)>> {
    Ok(import::Entity::find()
        .select_only()
        .columns([import::Column::Id, import::Column::Report])
        .filter(import::Column::ReceivedAt.lt(before))
        .filter(import::Column::FileName.ne(""))
        .order_by_asc(import::Column::Number)
        .into_tuple()
        .all(c)
        .await?)
}

/// Leaves of a file its date, its kind and the counts of its report.
///
/// # Errors
/// When the database refuses.
pub async fn reduce_file(tx: &Tx, id: Uuid, report: Option<String>) -> Result<()> {
    import::Entity::update_many()
        .set(import::ActiveModel {
            file_name: Set(String::new()),
            header_key: Set(None),
            profile: Set(None),
            error: Set(None),
            account_id: Set(None),
            report: Set(report),
            ..Default::default()
        })
        .filter(import::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Takes the names, the reasons and the way back out of questions answered before `before`; that they were answered stays.
///
/// # Errors
/// When the database refuses.
pub async fn reviews(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let told = review::Column::DecidedBy.is_not_null();
    let told = told.or(review::Column::DecisionReason.is_not_null()).or(review::Column::Undo.is_not_null());
    let told = told.or(review::Column::KeptNirSealed.is_not_null());
    let done = review::Entity::update_many()
        .set(review::ActiveModel {
            decided_by: Set(None),
            decision_reason: Set(None),
            undo: Set(None),
            kept_nir_sealed: Set(None),
            kept_nir_index: Set(None),
            ..Default::default()
        })
        .filter(review::Column::DecidedAt.lt(before))
        .filter(told)
        .exec(tx)
        .await?;
    Ok(done.rows_affected)
}

/// Takes the name, the address and the password out of accounts closed before `before`.
///
/// # Errors
/// When the database refuses.
pub async fn accounts(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let named = account::Column::DisabledAt.lt(before).and(account::Column::Name.ne(""));
    let rows: Vec<Uuid> = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(named)
        .into_tuple()
        .all(tx)
        .await?;
    for id in &rows {
        account::Entity::update_many()
            .set(account::ActiveModel {
                name: Set(String::new()),
                email: Set(format!("anonyme {id}")),
                password_hash: Set(None),
                ..Default::default()
            })
            .filter(account::Column::Id.eq(*id))
            .exec(tx)
            .await?;
    }
    Ok(rows.len() as u64)
}

/// Requests answered before `before`.
///
/// # Errors
/// When the database refuses.
pub async fn requests(tx: &Tx, before: NaiveDate) -> Result<u64> {
    let old = rights_request::Column::AnsweredOn.lt(before);
    Ok(rights_request::Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}
