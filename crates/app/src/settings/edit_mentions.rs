//! What the public pages must name: whom to write to, and when every page was last checked.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::people::contact::Email;
use store::StoreError;

use super::set_parameter;
use crate::Context;
use crate::access::{Refused, permit};

/// Whom to write to when a page cannot be read or used.
const ACCESSIBILITY: &str = "contact.accessibility";
/// The data protection officer.
const DPO: &str = "contact.dpo";
/// The day on which every page was last checked for accessibility.
const CHECKED_ON: &str = "accessibility.checked_on";

/// What the public pages name; `None` where nothing is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Whom to write to about accessibility.
    pub accessibility: Option<Email>,
    /// The data protection officer.
    pub dpo: Option<Email>,
    /// When every page was last checked.
    pub checked_on: Option<NaiveDate>,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum MentionsError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The check would be in the future.
    #[error("Le contrôle ne peut pas avoir eu lieu après aujourd’hui.")]
    Future,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What the public pages name today.
///
/// # Errors
/// When the database does not answer.
pub async fn mentions(ctx: &Context) -> Result<Mentions, StoreError> {
    let email = |text: Option<String>| text.as_deref().and_then(Email::parse);
    Ok(Mentions {
        accessibility: email(super::value_today(ctx, ACCESSIBILITY).await?),
        dpo: email(super::value_today(ctx, DPO).await?),
        checked_on: super::value_today(ctx, CHECKED_ON).await?.and_then(|day| day.parse().ok()),
    })
}

/// Sets what the public pages name, from today on; the journal keeps what changed, before and after.
///
/// # Errors
/// [`MentionsError`].
pub async fn edit_mentions(ctx: &Context, new: Mentions) -> Result<(), MentionsError> {
    permit(ctx, Action::EditSettings)?;
    if new.checked_on.is_some_and(|day| day > ctx.today()) {
        return Err(MentionsError::Future);
    }
    let text = |email: &Option<Email>| email.as_ref().map(|e| e.as_str().to_owned()).unwrap_or_default();
    let wanted = [
        (ACCESSIBILITY, text(&new.accessibility)),
        (DPO, text(&new.dpo)),
        (CHECKED_ON, new.checked_on.map(|day| day.to_string()).unwrap_or_default()),
    ];
    let tx = ctx.db().begin().await?;
    for (key, value) in wanted {
        set_parameter(ctx, &tx, key, value).await?;
    }
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
