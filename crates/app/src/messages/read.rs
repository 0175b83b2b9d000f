//! What was written to people, what did not reach them, and what a professional does of it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::access::permission::Action;
use domain::audit::Act;
use domain::messages::channel::Channel;
use domain::messages::state::State;
use exchange::template::Message;
use serde_json::json;
use store::messages::written::{self, MessageRow};
use store::people::{PersonRow, one};
use store::{StoreError, access::account};
use uuid::Uuid;

use super::compose::Content;
use crate::access::{permit, scope};
use crate::agenda::{AgendaError, bookable, visible};
use crate::{Context, audit};

/// Most messages of a list.
const MOST: u64 = 500;

/// A message, as far as the actor may know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its identifier.
    pub id: Uuid,
    /// The record that speaks for whom it is for, and their name.
    pub person: (Uuid, String),
    /// What it is, in French.
    pub title: String,
    /// By which channel.
    pub channel: Channel,
    /// When the appointment begins that it is about.
    pub about: Option<DateTime<Utc>>,
    /// Where it stands.
    pub state: State,
    /// What it says; empty until it is written.
    pub subject: String,
    /// The text; empty until it is written.
    pub text: String,
    /// What keeps it, or kept it, from reaching them.
    pub problem: Option<String>,
    /// When it was queued.
    pub at: DateTime<Utc>,
    /// When it leaves at the earliest.
    pub next_at: DateTime<Utc>,
    /// When a server took it, or it was posted.
    pub sent_at: Option<DateTime<Utc>>,
    /// Who made it necessary; `None` = the program.
    pub author: Option<String>,
    /// Who dealt with it, when it did not reach them.
    pub handled: bool,
}

/// What waits for a professional: messages that reached nobody, and letters to post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Desk {
    /// What did not reach whom it was for, the oldest first.
    pub failed: Vec<Written>,
    /// Letters to print, the oldest first.
    pub to_print: Vec<Written>,
}

/// Why a message is not dealt with.
#[derive(Debug, thiserror::Error)]
pub enum HandleError {
    /// Not the actor's to see.
    #[error(transparent)]
    Agenda(#[from] AgendaError),
    /// Somebody did already.
    #[error("Ce message a déjà été traité : relisez la page.")]
    Changed,
}

impl From<StoreError> for HandleError {
    fn from(error: StoreError) -> Self {
        Self::Agenda(error.into())
    }
}

/// What was written to a person, the last first.
///
/// # Errors
/// [`AgendaError::Unknown`] for somebody for whom the actor may not book.
pub async fn written_to(ctx: &Context, person: Uuid) -> Result<Vec<Written>, AgendaError> {
    let (row, _) = bookable(ctx, person).await?;
    let records = one::with_merged(ctx.db().read(), row.id).await?;
    let rows = written::of_people(ctx.db().read(), &records).await?;
    shown(ctx, rows).await
}

/// What waits for the actor.
///
/// # Errors
/// [`AgendaError::Refused`].
pub async fn desk(ctx: &Context) -> Result<Desk, AgendaError> {
    permit(ctx, Action::EditAppointments)?;
    let db = ctx.db().read();
    let failed =
        written::open(db, &[State::Failed, State::Refused, State::Unsent, State::Waiting], MOST).await?;
    // What another channel took over reached somebody after all.
    let failed: Vec<MessageRow> = failed.into_iter().filter(|row| row.problem.is_some()).collect();
    let keys: Vec<String> = failed.iter().map(|row| row.notice.clone()).collect();
    let told = written::of_notices(db, &keys).await?;
    let lost = |row: &MessageRow| {
        let mut same = told.iter().filter(|one| one.notice == row.notice);
        row.state == State::Waiting.code()
            || same.all(|one| State::parse(&one.state).is_none_or(State::has_failed))
    };
    let kept = failed.into_iter().filter(lost).collect();
    let to_print = written::open(db, &[State::ToPrint], MOST).await?;
    Ok(Desk { failed: shown(ctx, kept).await?, to_print: shown(ctx, to_print).await? })
}

/// Says that a message that reached nobody was dealt with: the person was called, or an address was mended.
///
/// # Errors
/// [`HandleError`].
pub async fn handle(ctx: &Context, id: Uuid) -> Result<(), HandleError> {
    let row = mine(ctx, id).await?;
    let failed = State::parse(&row.state).is_some_and(State::has_failed);
    if row.handled_at.is_some() || !failed {
        return Err(HandleError::Changed);
    }
    let tx = ctx.db().begin().await?;
    let after = MessageRow { handled_at: Some(ctx.now()), handled_by: ctx.actor.id, ..row.clone() };
    if !written::change(&tx, &row, after).await? {
        return Err(HandleError::Changed);
    }
    told(ctx, &tx, &row, "handled").await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

pub(super) async fn told(
    ctx: &Context,
    tx: &store::Tx,
    row: &MessageRow,
    what: &str,
) -> Result<(), StoreError> {
    let detail = json!({ "template": row.template, "channel": row.channel, "what": what });
    let object = row.appointment_id.unwrap_or(row.id).to_string();
    audit::record(ctx, tx, Act::HandleMessage, Some(row.person_id), Some(object), detail).await?;
    Ok(())
}

/// A message with which the actor may do something.
async fn mine(ctx: &Context, id: Uuid) -> Result<MessageRow, AgendaError> {
    let row = written::by_id(ctx.db().read(), id).await?.ok_or(AgendaError::Unknown)?;
    if allowed(ctx, vec![row.clone()]).await?.rows.is_empty() {
        return Err(AgendaError::Unknown);
    }
    Ok(row)
}

/// Messages that the actor may see.
pub(super) struct Allowed {
    pub(super) rows: Vec<MessageRow>,
    /// Whom they are for, by the record that they name.
    people: HashMap<Uuid, PersonRow>,
    /// When the appointments begin that they are about.
    hours: HashMap<Uuid, DateTime<Utc>>,
}

/// Those of these messages that the actor may see.
pub(super) async fn allowed(ctx: &Context, rows: Vec<MessageRow>) -> Result<Allowed, AgendaError> {
    let reach = scope(ctx, Action::EditAppointments)?;
    let db = ctx.db().read();
    let speaks = ctx.shared().await?.joined.clone();
    let root = |id: Uuid| speaks.get(&id).copied().unwrap_or(id);
    let mut ids: Vec<Uuid> = rows.iter().map(|row| root(row.person_id)).collect();
    ids.sort_unstable();
    ids.dedup();
    let people: HashMap<Uuid, PersonRow> =
        one::seen(db, &reach, ctx.today(), &ids).await?.into_iter().map(|row| (row.id, row)).collect();
    let appointments: Vec<Uuid> = rows.iter().filter_map(|row| row.appointment_id).collect();
    let hours = visible(ctx, &appointments).await?;
    let kept = rows.into_iter().filter(|row| {
        people.contains_key(&root(row.person_id))
            && row.appointment_id.is_none_or(|id| hours.contains_key(&id))
    });
    let kept: Vec<MessageRow> = kept.collect();
    let people = kept
        .iter()
        .filter_map(|row| Some((row.person_id, people.get(&root(row.person_id))?.clone())))
        .collect();
    Ok(Allowed { rows: kept, people, hours })
}

async fn shown(ctx: &Context, rows: Vec<MessageRow>) -> Result<Vec<Written>, AgendaError> {
    let Allowed { rows, people, hours } = allowed(ctx, rows).await?;
    let authors: Vec<Uuid> = rows.iter().filter_map(|row| row.account_id).collect();
    let names = account::names(ctx.db(), &authors).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(person) = people.get(&row.person_id) else { continue };
        let content = match &row.content_sealed {
            Some(sealed) => Some(Content::unseal(ctx, sealed)?),
            None => None,
        };
        found.push(Written {
            id: row.id,
            person: (person.id, format!("{} {}", person.first_name, person.last_name)),
            title: title(&row.template),
            channel: Channel::parse(&row.channel).unwrap_or(Channel::Letter),
            about: row.appointment_id.and_then(|id| hours.get(&id).copied()),
            state: State::parse(&row.state).unwrap_or(State::Waiting),
            subject: content.as_ref().map(|one| one.subject.clone()).unwrap_or_default(),
            text: content.map(|one| one.text).unwrap_or_default(),
            problem: row.problem,
            at: row.created_at,
            next_at: row.next_at,
            sent_at: row.sent_at,
            author: row.account_id.and_then(|id| account::name_of(&names, id)),
            handled: row.handled_at.is_some(),
        });
    }
    Ok(found)
}

/// What a message is: the title of the catalogue.
fn title(code: &str) -> String {
    let shipped = domain::reference::catalogues::message(code).and_then(|text| Message::read(text).ok());
    shipped.map_or_else(|| code.to_owned(), |message| message.head.title_fr)
}
