//! Who is on a diagnosis: said by a page that is open, for two minutes.

use chrono::{DateTime, Duration, Utc};
use domain::access::permission::Action;
use store::StoreError;
use store::access::account;
use store::diagnosis::{self, PresenceRow};
use uuid::Uuid;

use super::DiagnosisError;
use super::file::{current, known};
use super::reach::{Subject, subject};
use crate::Context;
use crate::access::hidden_accounts;

/// How long somebody is there after their page last said so, in seconds: a page says it each half minute.
const SECONDS: i64 = 120;

/// Somebody else who has the diagnosis open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// Name.
    pub name: String,
    /// Code of the theme.
    pub theme: String,
    /// When they were last seen there.
    pub at: DateTime<Utc>,
}

/// Says that the actor has a theme open; who else is there.
///
/// # Errors
/// [`crate::people::PeopleError::Unknown`], [`DiagnosisError::NotBegun`].
pub async fn beat(ctx: &Context, person: Uuid, theme: &str) -> Result<Vec<Present>, DiagnosisError> {
    let subject = subject(ctx, Action::EditDiagnosis, person).await?;
    let theme = known(theme)?;
    let diagnosis = current(ctx, &subject).await?.id;
    let tx = ctx.db().begin().await?;
    let row = PresenceRow {
        diagnosis_id: diagnosis,
        account_id: subject.account,
        theme: theme.code.clone(),
        seen_at: ctx.now(),
    };
    diagnosis::here(&tx, row).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(others(ctx, &subject, diagnosis).await?)
}

/// Says that the actor left.
///
/// # Errors
/// [`crate::people::PeopleError::Unknown`], [`DiagnosisError::NotBegun`].
pub async fn leave(ctx: &Context, person: Uuid) -> Result<(), DiagnosisError> {
    let subject = subject(ctx, Action::EditDiagnosis, person).await?;
    let diagnosis = current(ctx, &subject).await?.id;
    let tx = ctx.db().begin().await?;
    diagnosis::leave(&tx, diagnosis, subject.account).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// Who else is on this diagnosis, as far as the actor may know.
pub(super) async fn others(
    ctx: &Context,
    subject: &Subject,
    diagnosis: Uuid,
) -> Result<Vec<Present>, StoreError> {
    let since = ctx.now() - Duration::seconds(SECONDS);
    let mut rows = diagnosis::present(ctx.db().read(), diagnosis, since).await?;
    rows.retain(|row| row.account_id != subject.account);
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let accounts: Vec<Uuid> = rows.iter().map(|row| row.account_id).collect();
    let names = account::names(ctx.db(), &accounts).await?;
    let hidden = if subject.social() { Vec::new() } else { hidden_accounts(ctx, &accounts).await? };
    let told = |row: PresenceRow| {
        let name = account::name_of(&names, row.account_id).filter(|_| !hidden.contains(&row.account_id))?;
        Some(Present { name, theme: row.theme, at: row.seen_at })
    };
    Ok(rows.into_iter().filter_map(told).collect())
}
