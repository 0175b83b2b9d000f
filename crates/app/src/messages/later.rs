//! What is learnt later of a message that left: it arrived, or it will not, and then the next channel takes over.

use domain::audit::Act;
use domain::messages::channel::Channel;
use domain::messages::report::{Report, Way};
use domain::messages::state::State;
use domain::people::contact::Kind;
use serde_json::json;
use store::messages::written::{self, MessageRow};
use store::{StoreError, Tx};

use super::compose::Content;
use super::deliver::next_channel;
use crate::people::contact::found_dead;
use crate::{Context, audit};

/// What a report changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Learnt {
    /// The message stands elsewhere.
    Changed,
    /// It was known, or says less than what is known.
    Nothing,
    /// Somebody else changed the message at that moment: to be looked at again.
    Later,
}

/// Writes what was learnt of a message, in a transaction. What failed leaves by the next channel; a number or an address that
/// reaches nobody is marked so. `why` is told to who can mend it.
///
/// # Errors
/// When the database refuses.
pub(super) async fn learn(
    ctx: &Context,
    tx: &Tx,
    row: &MessageRow,
    report: Report,
    why: &str,
) -> Result<Learnt, StoreError> {
    let state = State::parse(&row.state);
    let problem = || Some(why.chars().take(300).collect::<String>()).filter(|why| !why.is_empty());
    if (report, state) == (Report::UnderWay, Some(State::Sent))
        && problem().is_some()
        && problem() != row.problem
    {
        let after = MessageRow { problem: problem(), ..row.clone() };
        return Ok(changed(written::change(tx, row, after).await?));
    }
    if state == Some(State::Waiting) && matches!(report, Report::Failed(_)) {
        // Perhaps of the try that is under way.
        return Ok(Learnt::Later);
    }
    let Some(next) = state.and_then(|state| state.after(report)) else { return Ok(Learnt::Nothing) };
    let after = MessageRow {
        state: next.code().to_owned(),
        problem: if next == State::Failed { problem() } else { None },
        sent_at: row.sent_at.or(Some(ctx.now())),
        over_at: Some(ctx.now()),
        ..row.clone()
    };
    if !written::change(tx, row, after).await? {
        return Ok(Learnt::Later);
    }
    match report {
        Report::Failed(way) => {
            if way == Way::Dead {
                mark(ctx, tx, row).await?;
            }
            next_channel(ctx, tx, row).await?;
        }
        // It was taken for lost: what was to leave in its place would be told twice.
        Report::Delivered => written::drop_others(tx, row, ctx.now()).await?,
        Report::UnderWay => {}
    }
    let detail = json!({ "template": row.template, "channel": row.channel, "what": report.code() });
    let object = row.appointment_id.unwrap_or(row.id).to_string();
    audit::record(ctx, tx, Act::LearnMessage, Some(row.person_id), Some(object), detail).await?;
    Ok(Learnt::Changed)
}

fn changed(done: bool) -> Learnt {
    if done { Learnt::Changed } else { Learnt::Later }
}

/// The number or the address that was written to reaches nobody.
async fn mark(ctx: &Context, tx: &Tx, row: &MessageRow) -> Result<(), StoreError> {
    let Some(sealed) = &row.content_sealed else { return Ok(()) };
    let kind = match Channel::parse(&row.channel) {
        Some(Channel::Email) => Kind::Email,
        Some(Channel::Sms) => Kind::Phone,
        Some(Channel::Letter) | None => return Ok(()),
    };
    let to = Content::unseal(ctx, sealed)?.to;
    found_dead(ctx, tx, row.person_id, kind, &to).await
}
