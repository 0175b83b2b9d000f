//! Show a NIR in clear, for a reason that the journal keeps.

use domain::access::permission::Action;
use domain::audit::Act;
use store::StoreError;
use store::sealed::NIR;
use uuid::Uuid;

use super::PeopleError;
use crate::Context;
use crate::access::scope;

/// Fewest characters of a reason.
const REASON_LENGTH: usize = 10;

/// Why a NIR is not shown.
#[derive(Debug, thiserror::Error)]
pub enum RevealError {
    /// The person or the permission.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// No real reason was written.
    #[error("Écrivez en quelques mots pourquoi vous avez besoin du NIR (10 caractères au moins).")]
    Reason,
    /// There is none.
    #[error("Aucun NIR n’est connu pour cette personne.")]
    None,
}

impl From<StoreError> for RevealError {
    fn from(error: StoreError) -> Self {
        Self::People(error.into())
    }
}

/// The NIR of a person, in clear.
///
/// # Errors
/// [`RevealError`].
pub async fn reveal(ctx: &Context, id: Uuid, reason: &str) -> Result<String, RevealError> {
    let scope = scope(ctx, Action::RevealNir).map_err(PeopleError::from)?;
    if reason.trim().chars().count() < REASON_LENGTH {
        return Err(RevealError::Reason);
    }
    let row =
        store::people::one::get(ctx.db(), &scope, ctx.today(), id).await?.ok_or(PeopleError::Unknown)?;
    let sealed = row.nir_sealed.as_ref().ok_or(RevealError::None)?;
    let clear = ctx.db().keys().decrypt(NIR.place, sealed)?;
    let tx = ctx.db().begin().await?;
    let said = Context {
        actor: crate::access::Actor { reason: Some(reason.trim().to_owned()), ..ctx.actor.clone() },
        ..ctx.clone()
    };
    crate::audit::record(&said, &tx, Act::RevealNir, Some(row.id), None, serde_json::json!({})).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(String::from_utf8_lossy(&clear).into_owned())
}

/// What the screen shows of a sealed NIR: sex and year of birth, or that it cannot be trusted.
///
/// # Errors
/// When it cannot be decrypted.
pub(crate) fn masked(ctx: &Context, sealed: Option<&Vec<u8>>) -> Result<Option<String>, StoreError> {
    let Some(sealed) = sealed else { return Ok(None) };
    let clear = ctx.db().keys().decrypt(NIR.place, sealed)?;
    let text = String::from_utf8_lossy(&clear);
    Ok(Some(match domain::people::nir::Nir::parse(&text) {
        Ok(nir) => nir.masked(),
        Err(_) => "•".repeat(text.chars().count()),
    }))
}
