//! Mail that comes back: what servers say of it, found again by the identifier with which it left.

use domain::access::permission::Action;
use domain::messages::report::{Report, Way, of_status};
use exchange::delivery::{Bounce, BounceError as Unreadable, Recipient, ServerAction, read_bounce};
use store::StoreError;
use store::messages::written::{self, MessageRow};
use uuid::Uuid;

use super::compose::Content;
use super::later::{Learnt, learn};
use crate::Context;
use crate::access::{Refused, permit};
use crate::intake::hex;

/// What the seal of an identifier is for.
const PLACE: &str = "message.envelope";

/// What a notification changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bounced {
    /// The message reached nobody: the next channel takes over, or somebody is told.
    Failed,
    /// The server goes on trying.
    Delayed,
    /// It arrived.
    Delivered,
    /// All of it was known already, or counts less than what is known.
    Known,
    /// It is about no message of this département.
    Foreign,
}

impl Bounced {
    /// The word of the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Delayed => "delayed",
            Self::Delivered => "delivered",
            Self::Known => "known",
            Self::Foreign => "foreign",
        }
    }
}

/// Why a notification is not taken.
#[derive(Debug, thiserror::Error)]
pub enum BounceError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// It is none.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The message was changed at the same moment.
    #[error("Ce message vient d’être changé : donnez de nouveau cet avis dans une minute.")]
    Busy,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The identifier with which an e-mail leaves: that of its row, and a seal that only this département makes. Whoever knows the
/// row and not the mail cannot say that it came back.
pub(super) fn envelope(ctx: &Context, id: Uuid) -> String {
    let text = id.simple().to_string();
    let seal = hex(&ctx.db().keys().mac(PLACE, &text));
    format!("{text}.{seal}")
}

/// The row that an identifier names, when its seal is ours.
fn opened(ctx: &Context, message_id: &str) -> Option<Uuid> {
    let (left, _) = message_id.split_once('@')?;
    let (text, seal) = left.split_once('.')?;
    let id = Uuid::parse_str(text).ok()?;
    let bytes: Option<Vec<u8>> = (0..seal.len())
        .step_by(2)
        .map(|at| seal.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect();
    ctx.db().keys().verifies(PLACE, &id.simple().to_string(), &bytes?).then_some(id)
}

/// Takes a notification (RFC 3464) of a server of mail.
///
/// # Errors
/// [`BounceError`]: nothing is then changed.
pub async fn record_bounce(ctx: &Context, bytes: &[u8]) -> Result<Bounced, BounceError> {
    permit(ctx, Action::ImportFile)?;
    let bounce = read_bounce(bytes)?;
    let Some(id) = bounce.message_ids.iter().find_map(|one| opened(ctx, one)) else {
        return Ok(Bounced::Foreign);
    };
    let tx = ctx.db().begin().await?;
    let Some(row) = written::by_id(&tx, id).await? else { return Ok(Bounced::Foreign) };
    let Some(said) = about(ctx, &row, &bounce)? else { return Ok(Bounced::Known) };
    let outcome = match learn(ctx, &tx, &row, said.report, &said.why).await? {
        Learnt::Later => return Err(BounceError::Busy),
        Learnt::Nothing => Bounced::Known,
        Learnt::Changed => match said.report {
            Report::Failed(_) => Bounced::Failed,
            Report::UnderWay => Bounced::Delayed,
            Report::Delivered => Bounced::Delivered,
        },
    };
    tx.commit().await.map_err(StoreError::from)?;
    Ok(outcome)
}

/// What a notification says of a message that went to one address.
struct Said {
    report: Report,
    why: String,
}

fn about(ctx: &Context, row: &MessageRow, bounce: &Bounce) -> Result<Option<Said>, StoreError> {
    let Some(sealed) = &row.content_sealed else { return Ok(None) };
    let to = Content::unseal(ctx, sealed)?.to;
    let is_ours = |one: &Recipient| one.addresses.iter().any(|address| address.eq_ignore_ascii_case(&to));
    // A mailbox that passes its mail on names another address: the message did not arrive, and ours may work.
    let one = bounce.recipients.iter().find(|one| is_ours(one)).or(bounce.recipients.first());
    let Some(one) = one else { return Ok(None) };
    let status = if one.status.is_empty() { String::new() } else { format!(" ({})", one.status) };
    Ok(match one.action {
        ServerAction::Failed => {
            let way = if is_ours(one) { of_status(&one.status) } else { Way::Unsure };
            // The address is kept sealed, and nowhere else.
            let why = one.why.replace(&to, "cette adresse");
            let said = if why.is_empty() { String::new() } else { format!(" : {why}") };
            Some(Said { report: Report::Failed(way), why: format!("Le courriel est revenu{status}{said}") })
        }
        ServerAction::Delayed => {
            let why = format!("Pas encore arrivé : le serveur du destinataire fait attendre{status}.");
            Some(Said { report: Report::UnderWay, why })
        }
        ServerAction::Delivered => Some(Said { report: Report::Delivered, why: String::new() }),
        ServerAction::Passed => None,
    })
}
