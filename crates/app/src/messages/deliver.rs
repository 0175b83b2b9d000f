//! Messages leave: claimed, written, sent, and what became of them kept. What cannot leave by one channel goes by the next.

use chrono::{DateTime, Duration, NaiveTime, Utc};
use domain::audit::Act;
use domain::messages::channel::{Channel, is_urgent};
use domain::messages::hours::{self, Hours};
use domain::messages::state::State;
use serde_json::json;
use store::messages::mail::Mail;
use store::messages::written::{self, MessageRow};
use store::{StoreError, Tx};

use super::bounce;
use super::compose::{Content, Unfit, compose, draft};
use super::gateway::{Outgoing, SmsError};
use super::letters::Letter;
use super::post::PostError;
use super::tell::{ANNOUNCES, Notice, tell};
use crate::orientation::parameter_values;
use crate::{Context, audit};

/// A worker that has not sent a message after so many minutes is taken for dead.
const CLAIM_MINUTES: i64 = 5;
/// Longest wait between two tries, when the server is away.
const LONGEST_WAIT_MINUTES: i64 = 60;
/// Wait when somebody has to mend something first.
const MEND_MINUTES: i64 = 30;

/// What a server made of a message.
enum Answer {
    Sent { provider: Option<String>, reference: Option<String> },
    Away { why: String, perhaps: Option<String> },
    Refused(String),
}

/// Sends the message that has waited longest; false when none is due.
///
/// # Errors
/// When the database does not answer; a message that does not leave is put off, not lost.
pub async fn deliver_due(ctx: &Context) -> Result<bool, StoreError> {
    let (db, now) = (ctx.db(), ctx.now());
    let Some(row) = written::claim(db, now, now + Duration::minutes(CLAIM_MINUTES)).await? else {
        return Ok(false);
    };
    if row.expires_at <= now {
        let why = row.problem.clone().unwrap_or_else(|| "Il n’a pas pu partir à temps.".to_owned());
        // An announcement that comes too late is worth nothing, and nobody has to make up for it.
        let late = if ANNOUNCES.contains(&row.template.as_str()) { State::Dropped } else { State::Unsent };
        end(ctx, &row, late, Some(why)).await?;
        return Ok(true);
    }
    if row.channel == Channel::Sms.code() {
        let at = hours::from(now, quiet(ctx).await?, ctx.department.timezone, ctx.department.holidays());
        if at > now {
            put_off(ctx, &row, at, None, None).await?;
            return Ok(true);
        }
    }
    match ready(ctx, &row).await {
        Ok((row, content)) => {
            let answer = give(ctx, &row, &content).await;
            settle(ctx, &row, answer).await?;
        }
        Err(Unfit::Gone) => end(ctx, &row, State::Dropped, None).await?,
        Err(Unfit::Mend(why)) => {
            put_off(ctx, &row, now + Duration::minutes(MEND_MINUTES), Some(why), None).await?;
        }
        Err(Unfit::Store(error)) => return Err(error),
    }
    Ok(true)
}

/// The hours at which a telephone may ring: dated parameters of the département.
async fn quiet(ctx: &Context) -> Result<Hours, StoreError> {
    let parameter = parameter_values(ctx, ctx.today()).await?;
    let at = |key: &str, usual: NaiveTime| {
        let hour = parameter(key).and_then(|hour| u32::try_from(hour).ok());
        hour.and_then(|hour| NaiveTime::from_hms_opt(hour, 0, 0)).unwrap_or(usual)
    };
    let usual = Hours::default();
    Ok(Hours {
        from: at("messages.send_from_hour", usual.from),
        until: at("messages.send_to_hour", usual.until),
    })
}

/// What a message says, written once: a second try says the same words, with the same link.
async fn ready(ctx: &Context, row: &MessageRow) -> Result<(MessageRow, Content), Unfit> {
    if let Some(sealed) = &row.content_sealed {
        return Ok((row.clone(), Content::unseal(ctx, sealed)?));
    }
    let draft = draft(ctx, row).await?;
    let tx = ctx.db().begin().await?;
    let (content, version) = compose(ctx, &tx, row, draft).await?;
    let after = MessageRow {
        content_sealed: Some(content.seal(ctx)?),
        version: Some(version),
        problem: None,
        ..row.clone()
    };
    if !written::change(&tx, row, after.clone()).await? {
        return Err(Unfit::Gone);
    }
    tx.commit().await.map_err(StoreError::from)?;
    Ok((after, content))
}

async fn give(ctx: &Context, row: &MessageRow, content: &Content) -> Answer {
    if row.channel == Channel::Sms.code() {
        let message = Outgoing { id: row.id, to: &content.to, text: &content.text };
        return match ctx.app.sms.send(message, row.provider.as_deref()).await {
            Ok(taken) => Answer::Sent { provider: Some(taken.provider), reference: taken.reference },
            Err(SmsError::Away { why, perhaps }) => Answer::Away { why, perhaps },
            Err(SmsError::Refused(why)) => Answer::Refused(why),
        };
    }
    let letter = Letter {
        to: content.to.clone(),
        name: content.name.clone(),
        subject: content.subject.clone(),
        text: content.text.clone(),
    };
    let mail = Mail {
        id: row.id,
        kind: row.template.clone(),
        content_sealed: None,
        created_at: row.created_at,
        expires_at: row.expires_at,
        tries: row.tries,
    };
    let envelope = bounce::envelope(ctx, row.id);
    match ctx.app.post.send(&mail, &envelope, &letter, content.calendar.as_deref()).await {
        Ok(()) => Answer::Sent { provider: None, reference: None },
        Err(PostError::Away(why)) => Answer::Away { why, perhaps: None },
        Err(PostError::Refused(why)) => Answer::Refused(why),
    }
}

async fn settle(ctx: &Context, row: &MessageRow, answer: Answer) -> Result<(), StoreError> {
    match answer {
        Answer::Sent { provider, reference } => {
            let tx = ctx.db().begin().await?;
            let after = MessageRow {
                state: State::Sent.code().to_owned(),
                provider,
                provider_ref: reference,
                problem: None,
                sent_at: Some(ctx.now()),
                over_at: Some(ctx.now()),
                ..row.clone()
            };
            written::change(&tx, row, after).await?;
            let detail = json!({ "template": row.template, "version": row.version, "channel": row.channel });
            let object = row.appointment_id.unwrap_or(row.id).to_string();
            audit::record(ctx, &tx, Act::SendMessage, Some(row.person_id), Some(object), detail).await?;
            Ok(tx.commit().await?)
        }
        Answer::Away { why, perhaps } => {
            tracing::warn!(
                department = ctx.department.code,
                message.template = row.template,
                message.channel = row.channel,
                message.tries = row.tries,
                message.error = why,
                "a message did not leave; it will be tried again"
            );
            let doubled = 1i64.checked_shl(u32::try_from(row.tries - 1).unwrap_or(0)).unwrap_or(i64::MAX);
            let wait = Duration::minutes(doubled.clamp(1, LONGEST_WAIT_MINUTES));
            put_off(
                ctx,
                row,
                ctx.now() + wait,
                Some(format!("Le service d’envoi ne répond pas : {why}")),
                perhaps,
            )
            .await
        }
        Answer::Refused(why) => end(ctx, row, State::Refused, Some(why)).await,
    }
}

async fn put_off(
    ctx: &Context,
    row: &MessageRow,
    until: DateTime<Utc>,
    problem: Option<String>,
    provider: Option<String>,
) -> Result<(), StoreError> {
    let tx = ctx.db().begin().await?;
    // What was never tried is not counted as tried: the wait until the morning is not a failure.
    let tries = if problem.is_none() { row.tries - 1 } else { row.tries };
    let problem = problem.map(|text| text.chars().take(300).collect());
    let after = MessageRow { next_at: until, tries, problem, provider, ..row.clone() };
    written::change(&tx, row, after).await?;
    Ok(tx.commit().await?)
}

/// Ends a message that did not leave; the next channel takes over, in the same transaction.
async fn end(
    ctx: &Context,
    row: &MessageRow,
    state: State,
    problem: Option<String>,
) -> Result<(), StoreError> {
    let tx = ctx.db().begin().await?;
    let problem = problem.map(|text| text.chars().take(300).collect());
    let after =
        MessageRow { state: state.code().to_owned(), problem, over_at: Some(ctx.now()), ..row.clone() };
    if written::change(&tx, row, after).await? && state == State::Refused {
        next_channel(ctx, &tx, row).await?;
    }
    Ok(tx.commit().await?)
}

/// What did not reach somebody leaves by the next channel, while it is still worth telling.
pub(super) async fn next_channel(ctx: &Context, tx: &Tx, row: &MessageRow) -> Result<(), StoreError> {
    let Some(template) = super::templates::code_of(&row.template) else { return Ok(()) };
    if row.expires_at <= ctx.now() {
        return Ok(());
    }
    let notice = Notice {
        template,
        key: row.notice.clone(),
        appointment: row.appointment_id.zip(row.sequence),
        aim: row.aim.clone(),
        urgent: is_urgent(ctx.now(), row.expires_at),
        until: row.expires_at,
    };
    tell(ctx, tx, row.person_id, &notice).await
}
