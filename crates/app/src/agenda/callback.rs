//! « Je préfère être rappelé »: a call that a person asks for by their link is owed by somebody until it was made.
//!
//! ```text
//! to orient ─────────────▶ a promised call in the queue of the desk ─┐
//! followed ──────────────▶ their referents                           ├─▶ answered: what came of it, by whom
//! followed by nobody ────▶ the leads of the territory                │
//! nobody leads there ────▶ whoever answers calls, anywhere ──────────┘
//! ```

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::permission::{Action, Grant};
use domain::agenda::callback::{HalfDay, LONGEST, Owner, not_before, owed_by};
use domain::agenda::span::instant;
use domain::audit::Act;
use domain::followup::path::PathState;
use domain::orientation::queue::Attempt;
use domain::people::contact::{Kind as Way, Phone};
use serde_json::json;
use store::agenda::callback::{self as rows, CallbackRow};
use store::people::one::Referent;
use store::people::{PersonRow, one};
use store::sealed::{CALLBACK_ANSWER, CALLBACK_PHONE, CALLBACK_WORDS};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::AgendaError;
use super::booking_link::{LinkActError, Opened, by_bearer, hold_link};
use super::seen::Who;
use crate::access::{Teams, hidden_accounts, permit, scope, social_scope};
use crate::followup::appointments_changed;
use crate::people::contact::reach;
use crate::{Context, audit};

/// Why no call was noted.
#[derive(Debug, thiserror::Error)]
pub enum CallbackError {
    /// The link no longer works.
    #[error(transparent)]
    Link(#[from] LinkActError),
    /// Not a telephone.
    #[error("Écrivez un numéro de téléphone à dix chiffres, comme 06 12 34 56 78.")]
    Phone,
    /// None is known.
    #[error("Écrivez le numéro où vous appeler : nous n’en avons pas.")]
    PhoneNeeded,
    /// Too long.
    #[error("Écrivez 300 caractères au plus.")]
    Words,
}

impl From<StoreError> for CallbackError {
    fn from(error: StoreError) -> Self {
        Self::Link(error.into())
    }
}

/// Why an answer was not kept.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// The request or the permission.
    #[error(transparent)]
    Agenda(#[from] AgendaError),
    /// Nothing, or too much.
    #[error("Écrivez en une ligne ce qui est venu de l’appel, en 300 caractères au plus.")]
    Text,
    /// Somebody did before.
    #[error("Quelqu’un a déjà répondu à cette demande.")]
    Done,
}

impl From<StoreError> for AnswerError {
    fn from(error: StoreError) -> Self {
        Self::Agenda(error.into())
    }
}

/// What a person types.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CallbackInput {
    /// When; `None` = any time.
    pub half_day: Option<HalfDay>,
    /// When, in their words; may be empty.
    pub words: String,
    /// Another number than the one that is known; may be empty.
    pub phone: String,
}

/// A call that somebody asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    /// The request.
    pub id: Uuid,
    /// Who asked.
    pub who: Who,
    /// When they would like it; `None` = any time.
    pub half_day: Option<HalfDay>,
    /// When, in their words; may be empty.
    pub words: String,
    /// The number to call: the one they gave, or the one that is known; may be empty.
    pub phone: String,
    /// When they asked.
    pub asked_at: DateTime<Utc>,
    /// Not before.
    pub not_before: DateTime<Utc>,
    /// They wait in the queue of the desk.
    pub in_queue: bool,
    /// Who follows them, as far as the actor may know.
    pub referents: Vec<String>,
    /// The actor owes it.
    pub mine: bool,
    /// What came of it; `None` as long as nobody called.
    pub answer: Option<String>,
}

/// Notes that a person wants to be called; asked again, the last wish counts and the first date stays.
///
/// # Errors
/// [`CallbackError`].
pub async fn ask_callback(
    ctx: &Context,
    before: &Opened,
    input: &CallbackInput,
) -> Result<(), CallbackError> {
    let ctx = &by_bearer(ctx);
    let (words, typed) = (input.words.trim(), input.phone.trim());
    if words.chars().count() > LONGEST {
        return Err(CallbackError::Words);
    }
    let phone = match typed {
        "" if before.without_phone => return Err(CallbackError::PhoneNeeded),
        "" => None,
        typed => Some(Phone::parse(typed).ok_or(CallbackError::Phone)?),
    };
    let zone = ctx.department.timezone;
    let local = ctx.now().with_timezone(&zone).naive_local();
    let at = not_before(input.half_day, local, ctx.department.holidays());
    let seal = |place: &str, text: &str| ctx.db().keys().encrypt(place, text.as_bytes());
    let words_sealed = (!words.is_empty()).then(|| seal(CALLBACK_WORDS.place, words)).transpose()?;
    let phone_sealed = phone.map(|phone| seal(CALLBACK_PHONE.place, phone.e164())).transpose()?;
    let tx = ctx.db().begin().await?;
    hold_link(&tx, before, ctx.now()).await?;
    let open = rows::of(&tx, &before.records).await?.into_iter().find(|row| row.done_at.is_none());
    let again = open.is_some();
    let new = CallbackRow {
        id: open.as_ref().map_or_else(|| ctx.app.ids.make(), |row| row.id),
        person_id: before.person.id,
        // The record that asked first keeps the wish of those that joined it.
        open_for: open.as_ref().and_then(|row| row.open_for).or(Some(before.person.id)),
        half_day: input.half_day.map(|one| one.code().to_owned()),
        words_sealed,
        phone_sealed: phone_sealed.or_else(|| open.as_ref().and_then(|row| row.phone_sealed.clone())),
        asked_at: open.as_ref().map_or(ctx.now(), |row| row.asked_at),
        // An hour that is as good as now is now.
        not_before: if at <= local { ctx.now() } else { instant(at.date(), at.time(), zone) },
        done_at: None,
        done_by: None,
        answer_sealed: None,
    };
    // One open wish a person: who asks by another link at the same moment changes it, who was answered meanwhile has a new one.
    let id = rows::wish(&tx, new).await?;
    let detail = json!({ "half_day": input.half_day.map(HalfDay::code), "again": again });
    appointments_changed(ctx, &tx, before.person.id, false).await?;
    audit::record(ctx, &tx, Act::AskCallBack, Some(before.person.id), Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// The calls that were asked for and not made, the oldest first: those that the actor owes, those of their team, and those
/// that nobody else would see.
///
/// # Errors
/// [`AgendaError::Refused`].
pub async fn callbacks(ctx: &Context) -> Result<Vec<Callback>, AgendaError> {
    let found = waiting(ctx).await?;
    let tx = ctx.db().begin().await?;
    audit::record(ctx, &tx, Act::ReadList, None, None, json!({ "rows": found.len() })).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(found)
}

/// How many calls the actor owes; `None` for who answers none.
///
/// # Errors
/// When the database does not answer.
pub async fn callbacks_owed(ctx: &Context) -> Result<Option<usize>, StoreError> {
    match waiting(ctx).await {
        Ok(found) => Ok(Some(found.iter().filter(|one| one.mine).count())),
        Err(AgendaError::Store(error)) => Err(error),
        Err(AgendaError::Refused(_) | AgendaError::Unknown) => Ok(None),
    }
}

async fn waiting(ctx: &Context) -> Result<Vec<Callback>, AgendaError> {
    let (reach, given) = (scope(ctx, Action::AnswerCallBack)?, permit(ctx, Action::AnswerCallBack)?);
    let (c, today) = (ctx.db().read(), ctx.today());
    let open = rows::open(c).await?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let joined = one::joined(ctx.db()).await?;
    let root = |id: Uuid| joined.get(&id).copied().unwrap_or(id);
    let ids: Vec<Uuid> = open.iter().map(|row| root(row.person_id)).collect();
    let people: HashMap<Uuid, PersonRow> =
        one::shown(c, &ids).await?.into_iter().map(|row| (row.id, row)).collect();
    let reached: Vec<Uuid> = one::seen(c, &reach, today, &ids).await?.into_iter().map(|row| row.id).collect();
    let records = one::with_all_merged(c, &ids).await?;
    let teams = Teams::load(ctx).await?;
    let referents = one::referents(c, &records, today).await?;
    let accounts: Vec<Uuid> = referents.iter().map(|one| one.account_id).collect();
    let hidden = hidden_accounts(ctx, &accounts).await?;
    let social = social_scope(ctx, Action::AnswerCallBack).unwrap_or_default();
    let social: Vec<Uuid> = one::seen(c, &social, today, &ids).await?.into_iter().map(|row| row.id).collect();
    let mut found = Vec::new();
    for row in open {
        let Some(person) = people.get(&root(row.person_id)) else { continue };
        let theirs: Vec<&Referent> =
            referents.iter().filter(|one| root(one.person_id) == person.id).collect();
        let in_queue = person.state == PathState::ToOrient.code();
        let place = person.territory.as_deref();
        let (desk, leads) = (teams.desk_at(place), teams.led_at(place));
        let owner = owed_by(in_queue && desk, !theirs.is_empty(), leads);
        let opens = reached.contains(&person.id);
        let nobodys = owner == Owner::Anybody && given >= Grant::Queue;
        if !opens && !nobodys {
            continue;
        }
        let calls = permit(ctx, Action::TakeCalls).is_ok_and(|grant| grant == Grant::Queue);
        let follows = theirs.iter().any(|one| Some(one.account_id) == ctx.actor.id);
        // Who may not know of a referent owes the call as if there were none.
        let named: Vec<String> = theirs
            .iter()
            .filter(|one| !hidden.contains(&one.account_id) || social.contains(&person.id))
            .map(|one| one.name.clone())
            .collect();
        let asked = Callback {
            in_queue,
            mine: match owner {
                Owner::Desk => calls || follows,
                Owner::Referents => follows || named.is_empty(),
                Owner::Leads | Owner::Anybody => true,
            },
            referents: named,
            who: Who { id: person.id, name: format!("{} {}", person.first_name, person.last_name), opens },
            ..told(ctx, &row)?
        };
        let phone =
            if asked.phone.is_empty() { known_phone(ctx, person.id).await? } else { asked.phone.clone() };
        found.push(Callback { phone, ..asked });
    }
    Ok(found)
}

async fn known_phone(ctx: &Context, person: Uuid) -> Result<String, StoreError> {
    let records = one::with_merged(ctx.db().read(), person).await?;
    let known = reach(ctx, &records, &[]).await?;
    let phone = known.ways.into_iter().find(|way| way.kind == Way::Phone && way.unusable.is_none());
    Ok(phone.map(|way| way.told.value).unwrap_or_default())
}

/// What a row says, whoever it is about.
fn told(ctx: &Context, row: &CallbackRow) -> Result<Callback, StoreError> {
    let clear = |place: &str, sealed: Option<&Vec<u8>>| {
        sealed.map(|sealed| ctx.db().keys().decrypt_text(place, sealed)).transpose()
    };
    let answer = clear(CALLBACK_ANSWER.place, row.answer_sealed.as_ref())?;
    Ok(Callback {
        id: row.id,
        who: Who { id: row.person_id, name: String::new(), opens: false },
        half_day: row.half_day.as_deref().and_then(HalfDay::parse),
        words: clear(CALLBACK_WORDS.place, row.words_sealed.as_ref())?.unwrap_or_default(),
        phone: clear(CALLBACK_PHONE.place, row.phone_sealed.as_ref())?.unwrap_or_default(),
        asked_at: row.asked_at,
        not_before: row.not_before,
        in_queue: false,
        referents: Vec::new(),
        mine: false,
        answer: row.done_at.map(|_| answer.unwrap_or_default()),
    })
}

/// Writes what came of a call.
///
/// # Errors
/// [`AnswerError`]; [`AgendaError::Unknown`] for a request that is not for the actor.
pub async fn answer_callback(ctx: &Context, id: Uuid, text: &str) -> Result<(), AnswerError> {
    let reach = scope(ctx, Action::AnswerCallBack).map_err(AgendaError::from)?;
    let Some(asked) = waiting(ctx).await?.into_iter().find(|one| one.id == id) else {
        // That somebody answered is told to who might have.
        let done = rows::by_id(ctx.db().read(), id).await?.filter(|row| row.done_at.is_some());
        let theirs = match done {
            Some(row) => one::get(ctx.db(), &reach, ctx.today(), row.person_id).await?.is_some(),
            None => false,
        };
        return Err(if theirs { AnswerError::Done } else { AgendaError::Unknown.into() });
    };
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return Err(AnswerError::Text);
    }
    let sealed = ctx.db().keys().encrypt(CALLBACK_ANSWER.place, text.as_bytes())?;
    let tx = ctx.db().begin().await?;
    if !rows::done(&tx, id, ctx.actor.id, ctx.now(), Some(sealed)).await? {
        return Err(AnswerError::Done);
    }
    appointments_changed(ctx, &tx, asked.who.id, false).await?;
    audit::record(ctx, &tx, Act::AnswerCallBack, Some(asked.who.id), Some(id.to_string()), json!({})).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// The calls that somebody asked for, the last first; what a professional of a sensitive structure wrote of one is for the
/// social side.
///
/// # Errors
/// [`AgendaError::Unknown`] for one whose appointments the actor may not see.
pub async fn callbacks_of(ctx: &Context, person: Uuid) -> Result<Vec<Callback>, AgendaError> {
    let reach = scope(ctx, Action::ReadAppointments)?;
    let row = one::get(ctx.db(), &reach, ctx.today(), person).await?.ok_or(AgendaError::Unknown)?;
    let records = one::with_merged(ctx.db().read(), row.id).await?;
    let social = social_scope(ctx, Action::ReadAppointments).unwrap_or_default();
    let social = one::get(ctx.db(), &social, ctx.today(), row.id).await?.is_some();
    let rows = rows::of(ctx.db().read(), &records).await?;
    let authors: Vec<Uuid> = rows.iter().filter_map(|row| row.done_by).collect();
    let hidden = if social { Vec::new() } else { hidden_accounts(ctx, &authors).await? };
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let secret = row.done_by.is_some_and(|by| hidden.contains(&by) && Some(by) != ctx.actor.id);
        let one = told(ctx, &row)?;
        found.push(if secret { Callback { answer: one.answer.map(|_| String::new()), ..one } } else { one });
    }
    Ok(found)
}

/// A professional spoke with them since they asked: the call was made.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn spoken(
    ctx: &Context,
    tx: &Tx,
    records: &[Uuid],
    held_on: NaiveDate,
) -> Result<(), StoreError> {
    let zone = ctx.department.timezone;
    for row in rows::of(tx, records).await?.into_iter().filter(|row| row.done_at.is_none()) {
        if held_on >= row.asked_at.with_timezone(&zone).date_naive() {
            rows::done(tx, row.id, ctx.actor.id, ctx.now(), None).await?;
        }
    }
    Ok(())
}

/// Somebody of the queue was called: the request is answered, or waits as the attempt says when nobody picked up.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn called(
    ctx: &Context,
    tx: &Tx,
    person: Uuid,
    ending: Attempt,
    next: DateTime<Utc>,
) -> Result<(), StoreError> {
    let records = one::with_merged(tx, person).await?;
    for row in rows::of(tx, &records).await?.into_iter().filter(|row| row.done_at.is_none()) {
        match ending {
            Attempt::NoAnswer | Attempt::Voicemail | Attempt::WrongNumber => {
                rows::put_off(tx, row.id, next).await?;
            }
            _ => {
                rows::done(tx, row.id, ctx.actor.id, ctx.now(), None).await?;
            }
        }
    }
    Ok(())
}
