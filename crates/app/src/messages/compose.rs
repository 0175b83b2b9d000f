//! What a message says, at the moment it leaves: whom it goes to, in which language, with which link.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDateTime};
use domain::access::role::Role;
use domain::agenda::appointment::{Modality, Purpose, Status};
use domain::messages::channel::Channel;
use domain::messages::decency::indecent;
use domain::reference::catalogues::{ORIENTATION_CALL, ORIENTATION_DECISION};
use exchange::template::{Message, TemplateError};
use serde::{Deserialize, Serialize};
use store::agenda::appointment::{self, AppointmentRow};
use store::messages::written::MessageRow;
use store::orientation::{call, decision};
use store::people::one;
use store::sealed::MESSAGE;
use store::{StoreError, Tx, access::account};
use uuid::Uuid;

use super::announce::About;
use super::facts::{Facts, meeting};
use super::sheet::{address, field_words};
use super::tell::{BOOKED, CANCELLED, MISSED, REMINDER, to_email, to_mobile, valid};
use super::templates::{in_force, of_a_call, said};
use super::words::Language;
use crate::Context;
use crate::agenda::booking_link::{Aim, Offer, link_address, make_link};
use crate::agenda::{Appointment, calendar_of, of_person};
use crate::people::PeopleError;
use crate::people::person::{PersonFile, load};
use crate::settings::{LETTER_FIELDS, letters};

/// A message as it leaves, and as it is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Content {
    /// An e-mail address or a number; empty for a letter.
    pub(super) to: String,
    pub(super) name: String,
    pub(super) subject: String,
    pub(super) text: String,
    /// For calendars.
    pub(super) calendar: Option<String>,
}

impl Content {
    pub(super) fn seal(&self, ctx: &Context) -> Result<Vec<u8>, StoreError> {
        let plain = serde_json::to_vec(self).map_err(|error| StoreError::Other(error.to_string()))?;
        ctx.db().keys().encrypt(MESSAGE.place, &plain)
    }

    pub(super) fn unseal(ctx: &Context, sealed: &[u8]) -> Result<Self, StoreError> {
        let plain = ctx.db().keys().decrypt(MESSAGE.place, sealed)?;
        serde_json::from_slice(&plain).map_err(|_| StoreError::Unreadable)
    }
}

/// Why a message is not written.
#[derive(Debug)]
pub(super) enum Unfit {
    /// It is no longer so: the appointment has moved, or nobody writes to this person any more.
    Gone,
    /// Something must be mended; told to whoever can.
    Mend(String),
    /// The database failed.
    Store(StoreError),
}

impl From<StoreError> for Unfit {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<TemplateError> for Unfit {
    fn from(error: TemplateError) -> Self {
        Self::Mend(format!("Le modèle du message ne peut pas être rempli : {error}"))
    }
}

/// What is known of a message before it is written.
pub(super) struct Draft {
    pub(super) message: Message,
    pub(super) version: i64,
    pub(super) facts: Facts,
    pub(super) file: PersonFile,
    pub(super) language: Language,
    aim: Option<Aim>,
    call_at: Option<NaiveDateTime>,
    calendar: Option<String>,
}

impl Draft {
    /// Makes its link, in the transaction that keeps what is written: one that is not kept leaves no link behind.
    pub(super) async fn link(&mut self, ctx: &Context, tx: &Tx, row: &MessageRow) -> Result<(), StoreError> {
        let Some(aim) = &self.aim else { return Ok(()) };
        let until = match (aim, row.appointment_id) {
            (Aim::Manage(_), _) | (Aim::Choose(_), None) => row.expires_at,
            (Aim::Choose(_), Some(_)) => ctx.now() + valid(ctx, tx).await?,
        };
        let token = make_link(ctx, tx, self.file.row.id, aim, until).await?;
        self.facts.link = Some(link_address(&ctx.app, &ctx.department, &token));
        self.facts.until = until.with_timezone(&ctx.department.timezone).date_naive();
        Ok(())
    }
}

/// Writes a message, in a transaction: its link begins with it.
pub(super) async fn compose(
    ctx: &Context,
    tx: &Tx,
    row: &MessageRow,
    mut draft: Draft,
) -> Result<(Content, i64), Unfit> {
    draft.link(ctx, tx, row).await?;
    let channel = Channel::parse(&row.channel).ok_or(Unfit::Gone)?;
    let to = match channel {
        Channel::Email => to_email(&draft.file.reach),
        Channel::Sms => to_mobile(&draft.file.reach),
        Channel::Letter => Some(String::new()),
    };
    let to =
        to.ok_or_else(|| Unfit::Mend("Ce moyen de joindre la personne n’est plus utilisable.".to_owned()))?;
    let mut values = draft.facts.values(draft.language);
    values.extend(of_a_call(draft.call_at, draft.language));
    let said = said(&draft.message, channel, draft.language, &values)?;
    let seen = if channel == Channel::Sms { &said.text } else { &said.subject };
    if let Some(word) = indecent(seen).filter(|_| channel != Channel::Letter) {
        let why = format!(
            "« {word} » ne peut pas être écrit dans un objet ou un SMS : corrigez le nom du lieu ou du service."
        );
        return Err(Unfit::Mend(why));
    }
    let calendar = draft.calendar.filter(|_| channel == Channel::Email);
    let content = Content { to, name: draft.facts.name, subject: said.subject, text: said.text, calendar };
    Ok((content, draft.version))
}

/// Gathers what a message says, all but its link. Outside of any transaction: it reads on connections of its own.
pub(super) async fn draft(ctx: &Context, row: &MessageRow) -> Result<Draft, Unfit> {
    let (message, version) = in_force(ctx, &row.template).await?;
    let file = match Box::pin(load(ctx, row.person_id)).await {
        Ok(file) => file,
        Err(PeopleError::Store(error)) => return Err(error.into()),
        // Frozen, archived or forgotten: nothing is written to them.
        Err(_) => return Err(Unfit::Gone),
    };
    let (kept, told) = match row.appointment_id {
        Some(id) => {
            let kept = appointment::by_id(ctx.db().read(), id).await?.ok_or(Unfit::Gone)?;
            still_so(row, &kept)?;
            let all = of_person(ctx, file.row.id).await.map_err(|error| Unfit::Mend(error.to_string()))?;
            let told = all.into_iter().find(|one| one.id == id).ok_or(Unfit::Gone)?;
            (Some(kept), Some(told))
        }
        None => (None, None),
    };
    let call_at = announced_in(ctx, row, &file).await?;
    let set = set(ctx, &message, row).await?;
    let aim = (row.template != ORIENTATION_DECISION).then(|| aim(row, kept.as_ref(), told.as_ref()));
    let facts = facts(ctx, &file, row, told.as_ref(), set, aim.as_ref()).await?;
    let language = Language::spoken(file.reach.language.as_ref().map(|told| told.value.as_str()));
    let calendar = match (row.appointment_id, to_email(&file.reach)) {
        (Some(id), Some(to)) => calendar_of(ctx, id, &to).await?,
        _ => None,
    };
    Ok(Draft { message, version, facts, file, language, aim, call_at, calendar })
}

/// A message about an appointment is worth nothing once it has moved.
fn still_so(row: &MessageRow, kept: &AppointmentRow) -> Result<(), Unfit> {
    let wanted = match row.template.as_str() {
        CANCELLED => Status::Cancelled,
        MISSED => Status::Absent,
        _ => Status::Upcoming,
    };
    if Some(kept.sequence) != row.sequence || kept.status != wanted.code() {
        Err(Unfit::Gone)
    } else {
        Ok(())
    }
}

/// What an announcement is about, when that is still so: the promised call is the last thing that was said, the decision is in
/// force. When the call is, in civil time.
async fn announced_in(
    ctx: &Context,
    row: &MessageRow,
    file: &PersonFile,
) -> Result<Option<NaiveDateTime>, Unfit> {
    let records = one::with_merged(ctx.db().read(), file.row.id).await?;
    match (row.template.as_str(), About::of(row)) {
        (ORIENTATION_CALL, Some(About::Call(id))) => {
            let all = call::attempts(ctx.db().read(), &records).await?;
            let made = all.into_iter().find(|one| one.id == id && one.latest).ok_or(Unfit::Gone)?;
            Ok(Some(made.not_before.with_timezone(&ctx.department.timezone).naive_local()))
        }
        (ORIENTATION_DECISION, Some(About::Decision(id))) => {
            let kept = decision::in_force(ctx.db().read(), &records).await?;
            kept.filter(|one| one.id == id).map(|_| None).ok_or(Unfit::Gone)
        }
        (ORIENTATION_CALL | ORIENTATION_DECISION, _) => Err(Unfit::Gone),
        _ => Ok(None),
    }
}

/// What the département set; what this message does not say may be missing.
async fn set(
    ctx: &Context,
    message: &Message,
    row: &MessageRow,
) -> Result<BTreeMap<&'static str, String>, Unfit> {
    let mut values = letters(ctx).await?;
    let set: BTreeMap<&'static str, String> = LETTER_FIELDS
        .into_iter()
        .map(|field| (field.variable, values.remove(field.name).unwrap_or_default()))
        .collect();
    let always: &[&str] = match Channel::parse(&row.channel) {
        Some(Channel::Sms) => &["sender.short", "sender.phone"],
        Some(Channel::Email) => &["sender.name", "sender.phone", "sender.hours"],
        _ => &[
            "sender.name",
            "sender.address",
            "document.place",
            "sender.phone",
            "sender.hours",
            "signatory.name",
            "signatory.role",
        ],
    };
    let missing: Vec<&str> = always
        .iter()
        .filter(|name| set.get(**name).is_none_or(String::is_empty))
        .map(|name| field_words(name))
        .collect();
    if missing.is_empty() {
        return Ok(set);
    }
    Err(Unfit::Mend(format!(
        "« {} » ne peut pas partir : il manque {}. Cela se remplit dans Réglages, Courriers.",
        message.head.title_fr,
        missing.join(", ")
    )))
}

/// What the link of a message lets its reader do.
fn aim(row: &MessageRow, kept: Option<&AppointmentRow>, told: Option<&Appointment>) -> Aim {
    match (row.template.as_str(), kept) {
        (BOOKED | REMINDER, Some(kept)) => Aim::Manage(kept.id),
        (_, Some(kept)) => Aim::Choose(Offer {
            with: told.and_then(|one| one.hosts.first()).map(|(id, _)| *id),
            site: kept.site_id,
            modality: Modality::parse(&kept.modality).filter(|one| *one != Modality::Visit),
            purpose: Purpose::parse(&kept.purpose).unwrap_or(Purpose::Other),
        }),
        (_, None) => Aim::Choose(offered(row.aim.as_deref())),
    }
}

/// The offer of an invitation, as [`written_offer`] wrote it.
fn offered(text: Option<&str>) -> Offer {
    let kept: serde_json::Value = text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let word = |name: &str| kept.get(name).and_then(serde_json::Value::as_str);
    let id = |name: &str| word(name).and_then(|id| Uuid::parse_str(id).ok());
    Offer {
        with: id("with"),
        site: id("site"),
        modality: word("modality").and_then(Modality::parse),
        purpose: word("purpose").and_then(Purpose::parse).unwrap_or(Purpose::FirstMeeting),
    }
}

/// An offer, as the row of an invitation keeps it.
pub(super) fn written_offer(offer: &Offer) -> String {
    serde_json::json!({
        "with": offer.with,
        "site": offer.site,
        "modality": offer.modality.map(Modality::code),
        "purpose": offer.purpose.code(),
    })
    .to_string()
}

async fn facts(
    ctx: &Context,
    file: &PersonFile,
    row: &MessageRow,
    told: Option<&Appointment>,
    set: BTreeMap<&'static str, String>,
    aim: Option<&Aim>,
) -> Result<Facts, Unfit> {
    let letter = row.channel == Channel::Letter.code();
    let address = address(file);
    if letter && address.is_none() {
        return Err(Unfit::Mend(
            "Aucune adresse postale n’est connue : demandez-la à la personne.".to_owned(),
        ));
    }
    let (offered_with, purpose) = match aim {
        Some(Aim::Choose(offer)) => (offer.with, offer.purpose),
        Some(Aim::Manage(_)) | None => (None, Purpose::Other),
    };
    let host = told.and_then(|one| one.hosts.first()).map(|(id, _)| *id).or(offered_with);
    let side = match host {
        Some(id) => {
            let held = account::roles_on(ctx.db(), id, ctx.today()).await?;
            Some(held.iter().any(|one| one.role == Role::JobCoach.code()))
        }
        None => None,
    };
    let meeting = told.map(|one| meeting(ctx, one));
    let professional = match (&meeting, host) {
        (Some(meeting), _) if !meeting.with.is_empty() => meeting.with.clone(),
        (_, Some(id)) => account::by_id(ctx.db(), id).await?.map(|known| known.name).unwrap_or_default(),
        _ => String::new(),
    };
    let professional = if professional.is_empty() {
        set.get("sender.name")
            .filter(|name| !name.is_empty())
            .cloned()
            .unwrap_or_else(|| ctx.department.name.clone())
    } else {
        professional
    };
    let id = row.id.simple().to_string().to_uppercase();
    Ok(Facts {
        set,
        name: format!("{} {}", file.row.first_name, file.row.last_name),
        address: address.unwrap_or_default(),
        today: ctx.today(),
        reference: format!("{}-{}", ctx.today().year(), id.get(24..).unwrap_or(&id)),
        meeting,
        purpose,
        professional,
        side,
        link: None,
        until: ctx.today(),
    })
}
