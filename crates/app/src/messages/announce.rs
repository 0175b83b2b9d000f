//! Announce what comes by itself: the call that was promised, the letter of a decision.

use chrono::{DateTime, Duration, Utc};
use domain::agenda::appointment::Purpose;
use domain::reference::catalogues::{ORIENTATION_CALL, ORIENTATION_DECISION};
use serde_json::json;
use store::messages::written::{self, MessageRow};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::tell::{Notice, tell};
use crate::Context;

/// How long a letter is worth announcing, in days: then it has come.
const LETTER_DAYS: i64 = 5;

/// What an announcement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// The attempt that promised a call.
    Call(Uuid),
    /// The decision that a letter notifies.
    Decision(Uuid),
}

impl About {
    /// What a row says that it is about.
    pub(super) fn of(row: &MessageRow) -> Option<Self> {
        let kept: serde_json::Value = serde_json::from_str(row.aim.as_deref()?).ok()?;
        let id = |name: &str| kept.get(name)?.as_str().and_then(|id| Uuid::parse_str(id).ok());
        id("call").map(Self::Call).or_else(|| id("decision").map(Self::Decision))
    }
}

/// A call is promised at `at`: the person is told when, with a link to choose another moment. What announced the one before and
/// has not left is dropped.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn call_promised(
    ctx: &Context,
    tx: &Tx,
    person: Uuid,
    attempt: Uuid,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let about = json!({ "call": attempt, "purpose": Purpose::Orientation.code() });
    announce(ctx, tx, person, ORIENTATION_CALL, attempt, about, at).await
}

/// An orientation is decided: the letter that notifies it is announced, in no word that a locked screen may not show.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn decided(ctx: &Context, tx: &Tx, person: Uuid, decision: Uuid) -> Result<(), StoreError> {
    let until = ctx.now() + Duration::days(LETTER_DAYS);
    announce(ctx, tx, person, ORIENTATION_DECISION, decision, json!({ "decision": decision }), until).await
}

async fn announce(
    ctx: &Context,
    tx: &Tx,
    person: Uuid,
    template: &'static str,
    about: Uuid,
    aim: serde_json::Value,
    until: DateTime<Utc>,
) -> Result<(), StoreError> {
    written::drop_waiting(tx, person, template, ctx.now()).await?;
    let notice = Notice {
        template,
        key: format!("{template}:{}", about.simple()),
        appointment: None,
        aim: Some(aim.to_string()),
        urgent: false,
        until,
    };
    tell(ctx, tx, person, &notice).await
}
