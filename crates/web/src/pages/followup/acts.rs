//! Each act of a path has its page: what it does, its fields, what is wrong with them.

use app::followup::{
    AnswerInput, CallInput, ContestInput, EndInput, FollowError, KeepInput, ReopenInput, ReviewInput,
    answer_contest, contest as record_contest, end_path, keep_path, name_referent, record_call, reopen_path,
    review_path, review_terms,
};
use app::people::PeopleError;
use app::people::person::{PersonFile, open};
use axum::extract::Path;
use domain::access::visibility::Level;
use domain::audit::Part;
use domain::followup::act::{
    CallResult, Channel, ContestKind, EndReason, KeepReason, Presence, Refusal, ReviewResult,
};
use domain::followup::may::Bar;
use uuid::Uuid;

use super::super::rows::{self, t};
use super::fields::{self, Typed};
use crate::form::Form;
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::form::{Field, FieldError};
use crate::view::form_page::FormPage;
use crate::view::parts::{Link, Tone};
use crate::view::words::Gender;

type Place = Path<(String, String)>;

/// An act, and what its page is made of.
#[derive(Clone, Copy)]
enum Kind {
    End,
    Keep,
    Reopen,
    Review,
    Contest,
    Answer(Uuid),
    Call,
    Referent,
}

impl Kind {
    /// The end of its address.
    fn path(self) -> String {
        match self {
            Self::End => "suivi/clore".to_owned(),
            Self::Keep => "suivi/garder".to_owned(),
            Self::Reopen => "suivi/rouvrir".to_owned(),
            Self::Review => "suivi/point".to_owned(),
            Self::Contest => "suivi/contestation".to_owned(),
            Self::Answer(act) => format!("suivi/contestation/{act}"),
            Self::Call => "suivi/appel".to_owned(),
            Self::Referent => "suivi/referent".to_owned(),
        }
    }

    /// Title, what it does, the word of the button, what is said once it is done.
    fn words(self, gender: Gender) -> [&'static str; 4] {
        match self {
            Self::End => ["followup-end", "followup-end-lead", "followup-end-go", "flash-path-ended"],
            Self::Keep => ["followup-keep", "followup-keep-lead", "followup-keep-go", "flash-path-kept"],
            Self::Reopen => {
                ["followup-reopen", "followup-reopen-lead", "followup-reopen-go", "flash-path-reopened"]
            }
            Self::Review => {
                ["followup-review", "followup-review-lead", "followup-review-go", "flash-path-reviewed"]
            }
            Self::Contest => {
                ["followup-contest", "followup-contest-lead", "followup-contest-go", "flash-path-contested"]
            }
            Self::Answer(_) => {
                ["followup-answer", "followup-answer-lead", "followup-answer-go", "flash-path-answered"]
            }
            Self::Call => {
                let lead = gender.choose("followup-call-lead", "followup-call-lead-m");
                ["followup-call", lead, "followup-call-go", "flash-path-called"]
            }
            Self::Referent => {
                ["followup-referent", "followup-referent-lead", "followup-referent-go", "flash-path-referent"]
            }
        }
    }

    /// It may be done today.
    fn may(self, file: &PersonFile) -> bool {
        match self {
            Self::End => file.path.end,
            Self::Keep => file.path.keep,
            Self::Reopen => file.path.reopen,
            Self::Review => file.path.review,
            Self::Contest => file.path.contest,
            Self::Answer(act) => file.path.answer && file.acts.iter().any(|one| one.id == act && one.open),
            Self::Call => file.path.call,
            Self::Referent => file.path.name,
        }
    }
}

async fn form_page(visit: &Visit, file: &PersonFile, kind: Kind, typed: Typed<'_>) -> Result<FormPage, Fail> {
    let [title, lead, submit, _] = kind.words(rows::gender(&file.row));
    let fields: Vec<Field> = match kind {
        Kind::End => fields::end(visit, file, typed),
        Kind::Keep => fields::keep(visit, file, typed),
        Kind::Reopen => fields::reopen(file, typed),
        Kind::Review => {
            let terms = review_terms(&visit.ctx(), file.row.id).await.map_err(refused)?;
            fields::review(visit, file, terms, typed)
        }
        Kind::Contest => fields::contest(visit, file, typed),
        Kind::Answer(_) => fields::answer(file, typed),
        Kind::Call => fields::call(file, typed),
        Kind::Referent => fields::referent(visit, file, typed).await?,
    };
    let person = visit.path(&format!("/personnes/{}", file.row.id));
    Ok(FormPage {
        back: Link::new(t("followup-back").to_string(), person.clone()),
        title: t(title).to_string(),
        lead: t(lead).s("name", rows::name(&file.row)).to_string(),
        action: format!("{person}/{}", kind.path()),
        errors: typed.errors.to_vec(),
        fields,
        ticks: None,
        submit: t(submit).to_string(),
        shell: visit.shell(),
    })
}

/// The page of an act; back to the person when there is nothing to do any more.
async fn show(visit: Visit, person: &str, kind: Kind) -> Answer {
    let file = open(&visit.ctx(), id(person)?, Part::Essential).await?;
    if !kind.may(&file) {
        let back = visit.path(&format!("/personnes/{}", file.row.id));
        return see_other_saying(&visit, &back, Tone::Soon, "flash-path-not-now");
    }
    let form = Form::default();
    page(&form_page(&visit, &file, kind, Typed { form: &form, errors: &[] }).await?)
}

/// What follows an act: the page of the person, or the list for who does not see them any more.
async fn done(
    visit: &Visit,
    person: Uuid,
    kind: Kind,
    form: &Form,
    answer: Result<(), FollowError>,
) -> Answer {
    let [.., said] = kind.words(Gender::Feminine);
    match answer {
        Ok(()) => {
            let still = !matches!(kind, Kind::End) || sees(visit, person).await?;
            let to = if still { format!("/personnes/{person}") } else { "/personnes".to_owned() };
            see_other_saying(visit, &visit.path(&to), Tone::Ok, said)
        }
        Err(error) => {
            let errors = vec![wrong(error, form)?];
            let file = open(&visit.ctx(), person, Part::Essential).await?;
            unprocessable(&form_page(visit, &file, kind, Typed { form, errors: &errors }).await?)
        }
    }
}

/// Whoever ends a path that they alone followed does not see the person any more.
async fn sees(visit: &Visit, person: Uuid) -> Result<bool, Fail> {
    match app::people::person::is_seen(&visit.ctx(), person).await {
        Ok(seen) => Ok(seen),
        Err(error) => Err(error.into()),
    }
}

pub(in crate::pages) fn refused(error: FollowError) -> Fail {
    match error {
        FollowError::People(error) => error.into(),
        FollowError::Barred(Bar::NotOriented) => PeopleError::Unknown.into(),
        other => Fail::Internal(other.to_string()),
    }
}

fn wrong(error: FollowError, form: &Form) -> Result<FieldError, Fail> {
    // The first of these that was not chosen.
    let empty = |names: &[&'static str]| names.iter().find(|name| form.some(name).is_none()).copied();
    let field = match &error {
        FollowError::People(_) => return Err(refused(error)),
        FollowError::Refused(Refusal::Reason) => {
            let names: &[&'static str] = if form.has("presence") {
                &["presence", "result"]
            } else if form.has("channel") {
                &["kind", "channel"]
            } else if form.has("result") {
                &["result"]
            } else {
                &["reason"]
            };
            empty(names).unwrap_or("reason")
        }
        FollowError::Refused(Refusal::Text) => "text",
        FollowError::Refused(Refusal::Day) => "day",
        FollowError::Refused(Refusal::NextDay) => "next_on",
        FollowError::Level => "level",
        FollowError::Referent => "referent",
        _ => "",
    };
    Ok(FieldError { field: field.to_owned(), text: error.to_string() })
}

fn day(form: &Form, name: &str) -> Option<chrono::NaiveDate> {
    form.some(name).and_then(|day| day.parse().ok())
}

fn level(form: &Form) -> Option<Level> {
    Level::parse(form.get("level"))
}

fn text(form: &Form) -> String {
    form.get("text").to_owned()
}

/// `GET /{department}/personnes/{id}/suivi/clore`.
///
/// # Errors
/// 404 for one whom the actor may not see.
pub async fn end_page(visit: Visit, Path((_, person)): Place) -> Answer {
    show(visit, &person, Kind::End).await
}

/// `POST /{department}/personnes/{id}/suivi/clore`.
///
/// # Errors
/// 404 for one whom the actor may not follow.
pub async fn end(visit: Visit, Path((_, person)): Place, form: Form) -> Answer {
    let person = id(&person)?;
    let input = EndInput {
        reason: EndReason::parse(form.get("reason")),
        day: day(&form, "day"),
        text: text(&form),
        level: level(&form),
    };
    done(&visit, person, Kind::End, &form, end_path(&visit.ctx(), person, &input).await).await
}

/// `GET /{department}/personnes/{id}/suivi/garder`.
///
/// # Errors
/// 404 for one whom the actor may not see.
pub async fn keep_page(visit: Visit, Path((_, person)): Place) -> Answer {
    show(visit, &person, Kind::Keep).await
}

/// `POST /{department}/personnes/{id}/suivi/garder`.
///
/// # Errors
/// 404 for one whom the actor may not follow.
pub async fn keep(visit: Visit, Path((_, person)): Place, form: Form) -> Answer {
    let person = id(&person)?;
    let input = KeepInput {
        reason: KeepReason::parse(form.get("reason")),
        next_on: day(&form, "next_on"),
        text: text(&form),
        level: level(&form),
    };
    done(&visit, person, Kind::Keep, &form, keep_path(&visit.ctx(), person, &input).await).await
}

/// `GET /{department}/personnes/{id}/suivi/rouvrir`.
///
/// # Errors
/// 404 for one whom the actor may not see.
pub async fn reopen_page(visit: Visit, Path((_, person)): Place) -> Answer {
    show(visit, &person, Kind::Reopen).await
}

/// `POST /{department}/personnes/{id}/suivi/rouvrir`.
///
/// # Errors
/// 404 for one whose team the actor does not lead.
pub async fn reopen(visit: Visit, Path((_, person)): Place, form: Form) -> Answer {
    let person = id(&person)?;
    let input = ReopenInput { text: text(&form), level: level(&form) };
    done(&visit, person, Kind::Reopen, &form, reopen_path(&visit.ctx(), person, &input).await).await
}

/// `GET /{department}/personnes/{id}/suivi/point`.
///
/// # Errors
/// 404 for one whom the actor may not see.
pub async fn review_page(visit: Visit, Path((_, person)): Place) -> Answer {
    show(visit, &person, Kind::Review).await
}

/// `POST /{department}/personnes/{id}/suivi/point`: what it concludes leads to the page where it is done.
///
/// # Errors
/// 404 for one whom the actor may not follow.
pub async fn review(visit: Visit, Path((_, person)): Place, form: Form) -> Answer {
    let person = id(&person)?;
    let input = ReviewInput {
        day: day(&form, "day"),
        presence: Presence::parse(form.get("presence")),
        result: ReviewResult::parse(form.get("result")),
        next_on: day(&form, "next_on"),
        text: text(&form),
        level: level(&form),
    };
    let to = |what: &str| visit.path(&format!("/personnes/{person}/{what}"));
    match review_path(&visit.ctx(), person, &input).await {
        Ok(ReviewResult::Reorient) => {
            see_other_saying(&visit, &to("orientation"), Tone::Ok, "flash-path-reorient")
        }
        Ok(ReviewResult::End) => see_other_saying(&visit, &to("suivi/clore"), Tone::Ok, "flash-path-to-end"),
        Ok(ReviewResult::Continue) => done(&visit, person, Kind::Review, &form, Ok(())).await,
        Err(error) => done(&visit, person, Kind::Review, &form, Err(error)).await,
    }
}

/// `GET /{department}/personnes/{id}/suivi/contestation`.
///
/// # Errors
/// 404 for one whom the actor may not see.
pub async fn contest_page(visit: Visit, Path((_, person)): Place) -> Answer {
    show(visit, &person, Kind::Contest).await
}

/// `POST /{department}/personnes/{id}/suivi/contestation`.
///
/// # Errors
/// 404 for one whom the actor may not follow.
pub async fn contest(visit: Visit, Path((_, person)): Place, form: Form) -> Answer {
    let person = id(&person)?;
    let input = ContestInput {
        kind: ContestKind::parse(form.get("kind")),
        channel: Channel::parse(form.get("channel")),
        day: day(&form, "day"),
        words: text(&form),
        level: level(&form),
    };
    done(&visit, person, Kind::Contest, &form, record_contest(&visit.ctx(), person, &input).await).await
}

/// `GET /{department}/personnes/{id}/suivi/contestation/{act}`.
///
/// # Errors
/// 404 for one whom the actor may not see.
pub async fn answer_page(visit: Visit, Path((_, person, act)): Path<(String, String, String)>) -> Answer {
    let act = id(&act)?;
    show(visit, &person, Kind::Answer(act)).await
}

/// `POST /{department}/personnes/{id}/suivi/contestation/{act}`.
///
/// # Errors
/// 404 for one whose team the actor does not lead.
pub async fn answer(
    visit: Visit,
    Path((_, person, act)): Path<(String, String, String)>,
    form: Form,
) -> Answer {
    let (person, act) = (id(&person)?, id(&act)?);
    let input = AnswerInput { text: text(&form), level: level(&form) };
    let answered = answer_contest(&visit.ctx(), person, act, &input).await;
    done(&visit, person, Kind::Answer(act), &form, answered).await
}

/// `GET /{department}/personnes/{id}/suivi/appel`.
///
/// # Errors
/// 404 for one whom the actor may not see.
pub async fn call_page(visit: Visit, Path((_, person)): Place) -> Answer {
    show(visit, &person, Kind::Call).await
}

/// `POST /{department}/personnes/{id}/suivi/appel`.
///
/// # Errors
/// 404 for one whom the actor may not follow.
pub async fn call(visit: Visit, Path((_, person)): Place, form: Form) -> Answer {
    let person = id(&person)?;
    let input =
        CallInput { result: CallResult::parse(form.get("result")), text: text(&form), level: level(&form) };
    done(&visit, person, Kind::Call, &form, record_call(&visit.ctx(), person, &input).await).await
}

/// `GET /{department}/personnes/{id}/suivi/referent`.
///
/// # Errors
/// 404 for one whose team the actor does not lead.
pub async fn referent_page(visit: Visit, Path((_, person)): Place) -> Answer {
    show(visit, &person, Kind::Referent).await
}

/// `POST /{department}/personnes/{id}/suivi/referent`.
///
/// # Errors
/// 404 for one whose team the actor does not lead.
pub async fn referent(visit: Visit, Path((_, person)): Place, form: Form) -> Answer {
    let person = id(&person)?;
    let named = name_referent(&visit.ctx(), person, form.get("referent").parse().ok()).await;
    done(&visit, person, Kind::Referent, &form, named).await
}
