//! Is it the same person? A human decides, with the two records side by side; what was decided can be undone.
//!
//! ```text
//! open ── same ──▶ merged      the more recent record joins the older one; both keep their sources
//!   ▲└─── distinct ─▶ distinct  never asked again
//!   └──── undo ─────┘
//! ```
//! `rules.md` § 6: two adults of one household are never merged.

mod decide;
mod list;
mod merge;
mod open;
mod undo;

use chrono::{DateTime, Utc};
pub use decide::{Decision, decide};
pub use list::{Queue, ReviewLine, ReviewList, count_open, list};
pub use open::{ContactLine, Fact, FileLine, PlaceLine, ReviewPage, Side, open};
use store::StoreError;
pub use store::intake::review::{ReviewRow, status};
pub use undo::undo;

use crate::Context;
use crate::access::Refused;

/// Longest reason.
const LONGEST_REASON: usize = 500;

/// Why a question is not shown or not answered.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    /// Not in this role.
    #[error(transparent)]
    Denied(#[from] Refused),
    /// No such question, or on people the actor may not see.
    #[error("Ce rapprochement n’est pas connu.")]
    Unknown,
    /// Somebody answered before.
    #[error("Ce rapprochement a déjà été décidé par {by} {at}. Rechargez la page pour voir la décision.")]
    Decided {
        /// Who.
        by: String,
        /// « le 4 octobre 2026 ».
        at: String,
    },
    /// Two adults of one household.
    #[error(
        "Ces deux fiches sont deux adultes d’un même foyer : elles ne peuvent pas être une seule personne."
    )]
    OneHousehold,
    /// One person in two households.
    #[error(
        "Une seule personne est nommée par deux foyers : signalez-le à la CAF ou à la MSA, qui corrigera ses dossiers."
    )]
    TwoHouseholds,
    /// The two records are one already, by other decisions.
    #[error("Ces deux fiches n’en font déjà qu’une par d’autres rapprochements : annulez-les d’abord.")]
    AlreadyOne,
    /// Nothing to undo.
    #[error("Ce rapprochement n’est pas décidé : il n’y a rien à annuler.")]
    NotDecided,
    /// Merges are undone in the reverse order.
    #[error("Un autre rapprochement a été décidé depuis sur cette fiche : annulez-le d’abord.")]
    LaterMerge,
    /// Too long a text.
    #[error("Le motif est trop long : 500 caractères au plus.")]
    ReasonTooLong,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who decided, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Name; empty when the account is gone.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why, as they wrote it.
    pub reason: Option<String>,
}

async fn decided(ctx: &Context, row: &ReviewRow) -> Result<Option<Decided>, StoreError> {
    let Some(at) = row.decided_at else { return Ok(None) };
    let ids: Vec<_> = row.decided_by.into_iter().collect();
    let name = store::access::account::names(ctx.db(), &ids).await?.into_iter().next().map(|(_, name)| name);
    Ok(Some(Decided { by: name.unwrap_or_default(), at, reason: row.decision_reason.clone() }))
}

async fn already(ctx: &Context, row: &ReviewRow) -> Result<ReviewError, StoreError> {
    let known = decided(ctx, row).await?;
    let by = known.as_ref().map(|d| d.by.clone()).filter(|name| !name.is_empty());
    let day = known.map(|d| d.at.with_timezone(&ctx.department.timezone).date_naive());
    Ok(ReviewError::Decided {
        by: by.unwrap_or_else(|| "quelqu’un d’autre".to_owned()),
        at: day.map(|d| format!("le {}", domain::time::in_words(d))).unwrap_or_default(),
    })
}
