//! What people ask about their data (RGPD, art. 12, 15 to 18 and 21).
//!
//! ```text
//! request ─▶ waits, a month (three, when it is complex and they are told) ─▶ answer ─▶ restriction granted: frozen until it is lifted (in no list, read by the DPO)
//!    │                           └─────▶ objection granted: said on the person's page
//!    └ access ─▶ copy ─▶ JSON, and print ─▶ PDF: the same letter
//! ```

mod answer;
mod copy;
mod extend;
mod letter;
mod list;
mod notices;
mod record;

pub use answer::{answer, lift};
pub use copy::{CopyFile, HeldCopy, Told, copy};
pub use extend::extend;
pub use letter::{CopyFact, CopyLetter, CopyRow, CopySection, Layout, print};
pub use list::{Rights, all, of_person, one, waiting};
pub use notices::{Notice, Standing, standing};
pub use record::{NewRequest, record};
pub use store::privacy::rights::{RequestRow, Shelf};
pub use store::privacy::{HELD, HeldRows};

use domain::access::permission::Action;
use domain::privacy::rights::{NoMoreTime, Right, SHORTEST_REASON};
use store::StoreError;
use store::people::PersonRow;
use store::sealed::{REQUEST_DELAY, REQUEST_NOTE, REQUEST_REPLY, SealedColumn};
use uuid::Uuid;

use crate::Context;
use crate::access::{Refused, permit};

/// Why a request is not recorded, answered or copied.
#[derive(Debug, thiserror::Error)]
pub enum RightsError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Nobody of this key, or nobody with a name any more.
    #[error("Cette personne n’est pas ou plus connue.")]
    Unknown,
    /// The day is in the future.
    #[error("La demande ne peut pas avoir été reçue après aujourd’hui.")]
    Future,
    /// It was answered already.
    #[error("Cette demande a déjà reçu une réponse.")]
    Answered,
    /// A refusal says why (art. 12.4).
    #[error(
        "Écrivez pourquoi ({SHORTEST_REASON} caractères au moins) : la loi donne à la personne le droit de le savoir."
    )]
    Reason,
    /// Access is granted once the copy was made.
    #[error("Faites d’abord la copie : elle est la réponse à une demande d’accès.")]
    NoCopy,
    /// Only a request for access gives a copy.
    #[error("Seule une demande d’accès donne une copie.")]
    NotAccess,
    /// It is not given more time.
    #[error(transparent)]
    NoMoreTime(#[from] NoMoreTime),
    /// The letter could not be set: our fault.
    #[error(transparent)]
    Letter(#[from] letters::LetterError),
    /// The letter was being set when the program stopped, or its thread failed.
    #[error("the letter was not finished: {0}")]
    Thread(#[from] tokio::task::JoinError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A request, read.
#[derive(Debug, Clone)]
pub struct Request {
    /// As stored.
    pub row: RequestRow,
    /// What is asked.
    pub right: Option<Right>,
    /// Who asks.
    pub person: Option<PersonRow>,
    /// What was noted when it came.
    pub note: Option<String>,
    /// What was answered, in words.
    pub reply_note: Option<String>,
    /// Why it was given more time, as it was written to the person.
    pub delay_note: Option<String>,
}

/// The person whose requests are seen: hidden or not, with a name.
///
/// # Errors
/// [`RightsError::Unknown`].
pub async fn person(ctx: &Context, id: Uuid) -> Result<PersonRow, RightsError> {
    permit(ctx, Action::ManageRights)?;
    store::privacy::rights::anybody(ctx.db().read(), id).await?.ok_or(RightsError::Unknown)
}

fn read(ctx: &Context, person: Option<PersonRow>, row: RequestRow) -> Result<Request, StoreError> {
    let clear = |column: SealedColumn, sealed: &Option<Vec<u8>>| {
        sealed.as_ref().map(|sealed| ctx.db().keys().decrypt_text(column.place, sealed)).transpose()
    };
    Ok(Request {
        right: Right::parse(&row.kind),
        note: clear(REQUEST_NOTE, &row.note_sealed)?,
        reply_note: clear(REQUEST_REPLY, &row.reply_note_sealed)?,
        delay_note: clear(REQUEST_DELAY, &row.extension_sealed)?,
        person,
        row,
    })
}

/// A text as a row keeps it; nothing for one that says nothing.
fn sealed(ctx: &Context, column: SealedColumn, text: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    ctx.db().keys().encrypt(column.place, text.as_bytes()).map(Some)
}
