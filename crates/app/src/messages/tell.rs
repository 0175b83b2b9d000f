//! Tell somebody something: queued in the transaction of what makes it necessary, by the channel that reaches them.

use chrono::{DateTime, Duration, Utc};
use domain::agenda::appointment::{CancelledBy, Status};
use domain::messages::channel::{self, Channel, Open};
use domain::messages::state::State;
use domain::people::contact::{Channel as Asked, Kind, Phone};
use domain::reference::catalogues::{ORIENTATION_CALL, ORIENTATION_DECISION};
use store::agenda::appointment::AppointmentRow;
use store::messages::written::{self, MessageRow};
use store::people::one;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::templates::{channels, in_force_in};
use crate::Context;
use crate::people::contact::{Contact, Reach, reach_in};

/// How long a link to choose an hour can be used: the parameter, in days.
const VALID_DAYS: &str = "messages.invitation_valid_days";
/// The same when the parameter cannot be read.
const VALID_DAYS_USUAL: i64 = 10;
/// What is sent once an appointment is made, again when it moves.
pub(super) const BOOKED: &str = "orientation-appointment";
/// What is sent before an appointment.
pub(super) const REMINDER: &str = "appointment-reminder";
/// What is sent when the service cancels.
pub(super) const CANCELLED: &str = "appointment-cancelled";
/// What is sent when somebody did not come.
pub(super) const MISSED: &str = "missed-appointment";

/// What only announces something that comes by itself, a letter or a call: never by post, and whom it reaches by no channel
/// misses nothing.
pub(super) const ANNOUNCES: [&str; 2] = [ORIENTATION_CALL, ORIENTATION_DECISION];

/// What is told.
#[derive(Debug, Clone)]
pub(super) struct Notice {
    /// The message.
    pub(super) template: &'static str,
    /// What makes it this one and no other: told once by each channel.
    pub(super) key: String,
    pub(super) appointment: Option<(Uuid, i64)>,
    /// What its link lets choose, when that does not follow from the appointment.
    pub(super) aim: Option<String>,
    /// Too soon for the post.
    pub(super) urgent: bool,
    /// From when it is not worth sending any more.
    pub(super) until: DateTime<Utc>,
}

/// An appointment is made, or has moved: the person is told when and where.
pub(crate) async fn booked(ctx: &Context, tx: &Tx, row: &AppointmentRow) -> Result<(), StoreError> {
    written::drop_of(tx, row.id, ctx.now()).await?;
    if row.status != Status::Upcoming.code() || row.starts_at <= ctx.now() {
        return Ok(());
    }
    tell(ctx, tx, row.person_id, &of(ctx, row, BOOKED, row.starts_at)).await
}

/// An appointment is cancelled: the person is told when it was not by them.
pub(crate) async fn cancelled(
    ctx: &Context,
    tx: &Tx,
    row: &AppointmentRow,
    by: CancelledBy,
) -> Result<(), StoreError> {
    written::drop_of(tx, row.id, ctx.now()).await?;
    if by == CancelledBy::Person || row.starts_at <= ctx.now() {
        return Ok(());
    }
    // The row was read before it was cancelled: the message looks for it as it is now.
    let notice =
        Notice { appointment: Some((row.id, row.sequence + 1)), ..of(ctx, row, CANCELLED, row.starts_at) };
    tell(ctx, tx, row.person_id, &notice).await
}

/// How an appointment went: who did not come is written to, kindly; a correction takes back what has not left.
pub(crate) async fn attended(
    ctx: &Context,
    tx: &Tx,
    row: &AppointmentRow,
    status: Status,
) -> Result<(), StoreError> {
    written::drop_of(tx, row.id, ctx.now()).await?;
    if status != Status::Absent {
        return Ok(());
    }
    let notice = of(ctx, row, MISSED, ctx.now() + valid(ctx, tx).await?);
    tell(ctx, tx, row.person_id, &notice).await
}

/// The reminder of an appointment.
pub(super) fn reminder(ctx: &Context, row: &AppointmentRow) -> Notice {
    Notice { urgent: true, ..of(ctx, row, REMINDER, row.starts_at) }
}

fn of(ctx: &Context, row: &AppointmentRow, template: &'static str, until: DateTime<Utc>) -> Notice {
    Notice {
        template,
        key: format!("{template}:{}:{}", row.id.simple(), row.sequence),
        appointment: Some((row.id, row.sequence)),
        aim: None,
        urgent: channel::is_urgent(ctx.now(), until),
        until,
    }
}

/// How long a link to choose an hour can be used.
pub(crate) async fn valid(ctx: &Context, tx: &Tx) -> Result<Duration, StoreError> {
    let days = store::settings::value_at_in(tx, VALID_DAYS, ctx.today()).await?;
    Ok(Duration::days(days.and_then(|days| days.parse().ok()).unwrap_or(VALID_DAYS_USUAL)))
}

/// Queues a message by the first channel that reaches the person and has not failed yet. When none does, a row says so to
/// those who can mend it.
///
/// # Errors
/// When the database refuses.
pub(super) async fn tell(ctx: &Context, tx: &Tx, person: Uuid, notice: &Notice) -> Result<(), StoreError> {
    let (message, _) = in_force_in(ctx, tx, notice.template).await?;
    let before = written::of_notices(tx, std::slice::from_ref(&notice.key)).await?;
    let failed: Vec<Channel> = before
        .iter()
        .filter(|row| State::parse(&row.state).is_some_and(State::has_failed))
        .filter_map(|row| Channel::parse(&row.channel))
        .collect();
    if before.len() > failed.len() {
        return Ok(());
    }
    let records = one::with_merged(tx, person).await?;
    let known = reach_in(ctx, tx, &records).await?;
    let announces = ANNOUNCES.contains(&notice.template);
    let mut order = channel::order(&channels(&message), notice.urgent);
    order.retain(|channel| !announces || *channel != Channel::Letter);
    let (channel, state, problem) = match channel::next(&order, open(ctx, &known), &failed) {
        Some(Channel::Letter) => (Channel::Letter, State::ToPrint, None),
        Some(channel) => (channel, State::Waiting, None),
        // The failure of the last channel is told already.
        None if !failed.is_empty() || announces => return Ok(()),
        None => {
            let why = "Aucun moyen d’écrire à temps n’est connu ou permis : appelez la personne.";
            (order.first().copied().unwrap_or(Channel::Letter), State::Unsent, Some(why.to_owned()))
        }
    };
    let row = MessageRow { problem, ..blank(ctx, person, notice, channel, state) };
    written::queue(tx, row).await.map(drop)
}

/// The letter that follows an absence when an e-mail or a text message had no answer.
///
/// # Errors
/// When the database refuses.
pub(super) async fn letter_instead(ctx: &Context, tx: &Tx, before: &MessageRow) -> Result<(), StoreError> {
    let row = MessageRow {
        id: ctx.app.ids.make(),
        channel: Channel::Letter.code().to_owned(),
        state: State::ToPrint.code().to_owned(),
        version: None,
        content_sealed: None,
        problem: None,
        provider: None,
        provider_ref: None,
        account_id: ctx.actor.id,
        created_at: ctx.now(),
        next_at: ctx.now(),
        expires_at: ctx.now() + valid(ctx, tx).await?,
        tries: 0,
        sent_at: None,
        over_at: None,
        handled_at: None,
        handled_by: None,
        ..before.clone()
    };
    written::queue(tx, row).await.map(drop)
}

fn blank(ctx: &Context, person: Uuid, notice: &Notice, channel: Channel, state: State) -> MessageRow {
    MessageRow {
        id: ctx.app.ids.make(),
        person_id: person,
        notice: notice.key.clone(),
        template: notice.template.to_owned(),
        version: None,
        channel: channel.code().to_owned(),
        state: state.code().to_owned(),
        appointment_id: notice.appointment.map(|(id, _)| id),
        sequence: notice.appointment.map(|(_, sequence)| sequence),
        aim: notice.aim.clone(),
        content_sealed: None,
        problem: None,
        provider: None,
        provider_ref: None,
        account_id: ctx.actor.id,
        created_at: ctx.now(),
        next_at: ctx.now(),
        expires_at: notice.until,
        tries: 0,
        sent_at: None,
        over_at: (state == State::Unsent).then(|| ctx.now()),
        handled_at: None,
        handled_by: None,
    }
}

/// The channels that reach somebody today, as they allow and as the installation can.
pub(super) fn open(ctx: &Context, known: &Reach) -> Open {
    Open {
        email: ctx.app.post.leaves() && to_email(known).is_some(),
        sms: ctx.app.sms.leaves() && to_mobile(known).is_some(),
        letter: true,
    }
}

/// The e-mail address to write to.
pub(super) fn to_email(known: &Reach) -> Option<String> {
    usable(known, Kind::Email, Asked::Email, |_| true)
}

/// The mobile to write to.
pub(super) fn to_mobile(known: &Reach) -> Option<String> {
    usable(known, Kind::Phone, Asked::Sms, |value| Phone::parse(value).is_some_and(|phone| phone.is_mobile()))
}

fn usable(known: &Reach, kind: Kind, asked: Asked, fits: fn(&str) -> bool) -> Option<String> {
    let said = known.answers.iter().find(|told| told.channel == asked).map(|told| told.answer);
    let reaches = |way: &&Contact| way.kind == kind && way.unusable.is_none() && fits(&way.told.value);
    let mut ways = known.ways.iter().filter(reaches);
    ways.find(|way| channel::may_use(way.told.shared, said)).map(|way| way.told.value.clone())
}
