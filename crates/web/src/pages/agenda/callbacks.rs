//! The calls that people asked for by their link: who is to be called, and what came of it.

use app::Context;
use app::agenda::{AnswerError, Callback, answer_callback, callbacks, callbacks_of};
use axum::extract::Path;
use uuid::Uuid;

use super::super::rows::{phone, t};
use super::rows::{Tab, fail, local, tabs};
use crate::form::Form;
use crate::format;
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::booking::{CallbackLine, Callbacks};
use crate::view::form::{Field, FieldError, FieldKind};
use crate::view::parts::{Link, Tag, Tone};
use crate::view::words::agenda as words;

/// Hours after which a call that nobody made is said to be late.
const LATE_HOURS: i64 = 24;

/// `GET /{department}/rappels`.
///
/// # Errors
/// 403 for who answers no call.
pub async fn list(visit: Visit) -> Answer {
    page(&whole(&visit, None).await?)
}

/// `POST /{department}/rappels/{id}`: what came of a call.
///
/// # Errors
/// 404 for a request that is not the actor's.
pub async fn answer(visit: Visit, Path((_, which)): Path<(String, String)>, form: Form) -> Answer {
    let which = id(&which)?;
    match answer_callback(&visit.ctx(), which, form.get(&name_of(which))).await {
        Ok(()) => see_other_saying(&visit, &visit.path("/rappels"), Tone::Ok, "flash-called"),
        Err(AnswerError::Agenda(error)) => Err(fail(error)),
        Err(AnswerError::Done) => {
            see_other_saying(&visit, &visit.path("/rappels"), Tone::Soon, "flash-called-before")
        }
        Err(AnswerError::Text) => {
            let wrong =
                Wrong { id: which, typed: form.get(&name_of(which)), text: AnswerError::Text.to_string() };
            unprocessable(&whole(&visit, Some(&wrong)).await?)
        }
    }
}

/// An answer that was not kept.
struct Wrong<'a> {
    id: Uuid,
    typed: &'a str,
    text: String,
}

async fn whole(visit: &Visit, wrong: Option<&Wrong<'_>>) -> Result<Callbacks, Fail> {
    let all = callbacks(&visit.ctx()).await.map_err(fail)?;
    let group = |mine: bool, key: &str| {
        let rows: Vec<CallbackLine> =
            all.iter().filter(|one| one.mine == mine).map(|one| line(visit, one, wrong)).collect();
        (!rows.is_empty()).then(|| (t(key).to_string(), rows))
    };
    let groups = [group(true, "agenda-callbacks-mine"), group(false, "agenda-callbacks-team")];
    let errors = wrong.map(|wrong| FieldError { field: name_of(wrong.id), text: wrong.text.clone() });
    Ok(Callbacks {
        tabs: tabs(visit, Tab::Callbacks),
        lead: t("agenda-callbacks-lead").n("n", all.len() as u64).to_string(),
        errors: errors.into_iter().collect(),
        groups: groups.into_iter().flatten().collect(),
        shell: visit.shell(),
    })
}

/// Each form of the page has a field of its own.
fn name_of(id: Uuid) -> String {
    format!("answer-{}", id.simple())
}

fn line(visit: &Visit, one: &Callback, wrong: Option<&Wrong<'_>>) -> CallbackLine {
    let mut tags = Vec::new();
    if one.in_queue {
        tags.push(Tag::new(t("agenda-callback-queue").to_string(), Tone::Info));
    }
    let now = visit.site.app.clock.now();
    if now - one.not_before > chrono::Duration::hours(LATE_HOURS) {
        tags.push(Tag::new(t("agenda-callback-late").to_string(), Tone::Late));
    }
    let wrong = wrong.filter(|wrong| wrong.id == one.id);
    let field = Field::new(FieldKind::Text, &name_of(one.id), t("agenda-callback-answer").to_string())
        .value(wrong.map_or("", |wrong| wrong.typed));
    let field = Field { error: wrong.map(|wrong| wrong.text.clone()), ..field };
    let href = if one.who.opens {
        visit.path(&format!("/personnes/{}/rendez-vous", one.who.id))
    } else {
        String::new()
    };
    CallbackLine {
        who: Link::new(one.who.name.clone(), href),
        tags,
        when: wanted(one),
        phone: if one.phone.is_empty() { String::new() } else { phone(&one.phone) },
        meta: meta(visit, one),
        action: Some(visit.path(&format!("/rappels/{}", one.id))),
        field,
    }
}

/// « L’après-midi. Après 16 h. »
fn wanted(one: &Callback) -> String {
    let half_day = match one.half_day {
        Some(half_day) => words::half_day(half_day),
        None => t("agenda-callback-any").to_string(),
    };
    if one.words.is_empty() {
        format!("{half_day}.")
    } else {
        t("agenda-callback-words").s("when", half_day).s("words", &one.words).to_string()
    }
}

fn meta(visit: &Visit, one: &Callback) -> String {
    let asked = format::moment(local(visit, one.asked_at), visit.today());
    let asked = t("agenda-callback-asked").s("when", asked).to_string();
    match one.referents.as_slice() {
        [] => asked,
        names => format!("{asked} {}", t("agenda-callback-for").s("names", names.join(", "))),
    }
}

/// The calls that a person asked for, on the page of their appointments.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn history(visit: &Visit, ctx: &Context, person: Uuid) -> Result<Vec<CallbackLine>, Fail> {
    let all = callbacks_of(ctx, person).await.map_err(fail)?;
    let told = |one: &Callback| {
        let (word, tone) = match &one.answer {
            Some(_) => ("agenda-callback-answered", Tone::Ok),
            None => ("agenda-callback-open", Tone::Soon),
        };
        let answer = one.answer.clone().filter(|text| !text.is_empty());
        let answer = answer.map(|text| t("agenda-callback-came").s("text", text).to_string());
        CallbackLine {
            who: Link::new(format::day(local(visit, one.asked_at).date(), visit.today()), ""),
            tags: vec![Tag::new(t(word).to_string(), tone)],
            when: [Some(wanted(one)), answer].into_iter().flatten().collect::<Vec<_>>().join(" "),
            phone: if one.phone.is_empty() { String::new() } else { phone(&one.phone) },
            meta: String::new(),
            action: None,
            field: Field::new(FieldKind::Text, "answer", ""),
        }
    };
    Ok(all.iter().map(told).collect())
}
