//! The screen of a call, and what is sent from it.

use app::orientation::{
    AnswersError, AnswersInput, AttemptError, AttemptInput, CallScreen, TakeError, desk as load_desk,
    give_back as give_back_to_queue, open_call, record_attempt, save_answers, take as take_person,
};
use axum::extract::Path;
use chrono::NaiveDateTime;
use domain::orientation::condition::Values;
use domain::orientation::questionnaire::{Kind, Question as Asked, moment};
use domain::orientation::queue::Attempt;
use uuid::Uuid;

use super::super::rows::{self, t};
use super::advice::{advice, draft};
use super::desk::{DESK, row};
use super::panel::decision;
use super::refused;
use crate::form::Form;
use crate::format;
use crate::respond::{Answer, Fail, id, page, see_other, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::calls::{CallHead, CallPage, Choice, Ending, Question, QuestionKind, Section};
use crate::view::form::{Field, FieldError, FieldKind};
use crate::view::parts::{Link, Tag, Tone};
use crate::view::words;

/// What begins the names of the fields of questions.
const FIELD: &str = "q-";
/// Attempts shown.
const SHOWN: usize = 3;

type Place = Path<(String, String)>;

/// What is shown again after something was refused.
#[derive(Debug, Default)]
pub(super) struct Again {
    pub errors: Vec<FieldError>,
    /// What was typed, over what is kept.
    pub typed: Option<AnswersInput>,
    pub call_back: String,
}

/// `GET /{department}/personnes/{id}/appel`.
///
/// # Errors
/// 404 for one whom the actor may not call.
pub async fn call(visit: Visit, Path((_, person)): Place) -> Answer {
    page(&screen(&visit, id(&person)?, Again::default()).await?)
}

/// The page of the call.
pub(super) async fn screen(visit: &Visit, person: Uuid, again: Again) -> Result<CallPage, Fail> {
    let ctx = visit.ctx();
    let mut seen = open_call(&ctx, person).await?;
    if let Some(typed) = &again.typed {
        for code in &typed.shown {
            match typed.typed.get(code) {
                Some(values) => seen.answers.insert(code.clone(), values.clone()),
                None => seen.answers.remove(code),
            };
        }
        seen.draft.clone_from(&typed.draft);
    }
    let mine = seen.held.as_ref().is_some_and(|held| held.mine);
    let shut = match &seen.held {
        _ if !seen.waits => Some(t("calls-shut-oriented").to_string()),
        Some(held) if !held.mine => Some(t("calls-shut-taken").s("name", &held.name).to_string()),
        Some(_) => None,
        None => Some(t("calls-shut-free").to_string()),
    };
    let mut queue = Vec::new();
    if mine {
        let desk = load_desk(&ctx, None).await?;
        queue.extend(desk.mine.iter().chain(&desk.queue).map(|one| row(visit, one, Some(seen.file.row.id))));
    }
    let sections = sections(&seen, &again.errors);
    let asked = seen.questionnaire.asked(&seen.facts, &seen.answers);
    let asked: Vec<&Asked> = asked.into_iter().filter(|one| one.kind != Kind::Appointment).collect();
    let answered = asked.iter().filter(|one| seen.answers.contains_key(&one.code)).count();
    Ok(CallPage {
        head: head(visit, &seen),
        action: visit.path(&format!("/personnes/{}/appel", seen.file.row.id)),
        queue,
        endings: Attempt::GIVEN
            .into_iter()
            .filter(|one| *one != Attempt::CallBack)
            .map(|one| Ending { value: one.code().to_owned(), label: words::attempt(one) })
            .collect(),
        call_back: Field::new(FieldKind::Text, "call_back", t("calls-call-back").to_string())
            .value(again.call_back)
            .error(FieldError::of(&again.errors, "call_back")),
        may_take: shut.is_some() && seen.waits && seen.held.is_none(),
        shut,
        revision: seen.revision,
        progress: (answered, asked.len()),
        sections,
        advice: advice(visit, &seen, &again.errors),
        decisions: seen.decisions.iter().map(|one| decision(visit, one)).collect(),
        errors: again.errors,
        shell: visit.shell(),
    })
}

/// Who the person is, on the screen of the call and on that of a decision.
pub(super) fn head(visit: &Visit, seen: &CallScreen) -> CallHead {
    let (file, today) = (&seen.file, visit.today());
    let row = &file.row;
    let received = row.reception.or(row.claim_reception);
    let facts = [
        Some(rows::age(row, today)).filter(|age| !age.is_empty()),
        row.commune.as_deref().map(rows::commune),
        row.household_id.map(|_| rows::family(row)),
        received.map(|on| t("calls-received").s("date", format::day_month(on, today)).to_string()),
    ];
    let phones = file
        .reach
        .ways
        .iter()
        .filter(|way| way.kind == domain::people::contact::Kind::Phone && way.unusable.is_none());
    CallHead {
        name: rows::name(row),
        facts: facts.into_iter().flatten().collect(),
        clock: file.due.as_ref().map(|due| rows::clock(due, today)),
        phones: phones
            .map(|way| Link::new(rows::phone(&way.told.value), format!("tel:{}", way.told.value)))
            .collect(),
        tags: tags(seen),
        file: Link::new(t("calls-file").to_string(), rows::link(visit, row).href),
        referrals: super::super::referrals::notes(visit, &file.referrals),
        attempts: seen.attempts.iter().take(SHOWN).map(|(one, by)| attempt_words(visit, one, by)).collect(),
    }
}

fn attempt_words(visit: &Visit, one: &app::orientation::AttemptRow, by: &str) -> String {
    let local = one.at.with_timezone(&visit.department.timezone);
    let what = Attempt::parse(&one.ending).map(words::attempt).unwrap_or_default();
    t("calls-attempt")
        .s("day", format::day_month(local.date_naive(), visit.today()))
        .s("time", format::hour(local.time()))
        .s("what", what)
        .s("by", by)
        .to_string()
}

/// The language, and what may not be done on the phone.
fn tags(seen: &CallScreen) -> Vec<Tag> {
    use domain::people::contact::{Channel, Consent};
    let reach = &seen.file.reach;
    let mut all = Vec::new();
    if let Some(language) = reach.language.as_ref().filter(|told| told.value != "fr") {
        let name = words::language(&language.value);
        all.push(Tag::new(t("calls-language").s("name", name).to_string(), Tone::Soon));
    }
    let refuses =
        |channel| reach.answers.iter().any(|one| one.channel == channel && one.answer == Consent::No);
    if refuses(Channel::Call) {
        all.push(Tag::new(t("calls-no-call").to_string(), Tone::Late));
    }
    if refuses(Channel::Voicemail) {
        all.push(Tag::new(t("calls-no-voicemail").to_string(), Tone::Soon));
    }
    all
}

fn sections(seen: &CallScreen, errors: &[FieldError]) -> Vec<Section> {
    let asked = seen.questionnaire.asked(&seen.facts, &seen.answers);
    let mut rank = 0;
    let mut all = Vec::new();
    for section in &seen.questionnaire.sections {
        let here = asked.iter().filter(|q| q.section == section.code && q.kind != Kind::Appointment);
        let questions: Vec<Question> = here
            .map(|q| {
                rank += 1;
                question(q, rank, &seen.answers, errors)
            })
            .collect();
        if !questions.is_empty() {
            all.push(Section { title: section.title_fr.clone(), say: said(&section.say_fr), questions });
        }
    }
    all
}

/// What is said, without what only the template of a letter would fill.
fn said(text: &str) -> String {
    text.replace("je suis {{operator.first_name}}, du Département", &t("calls-of-department").to_string())
}

fn question(asked: &Asked, rank: usize, answers: &Values, errors: &[FieldError]) -> Question {
    let given = answers.get(&asked.code).map(Vec::as_slice).unwrap_or_default();
    let name = format!("{FIELD}{}", asked.code);
    let kind = match asked.kind {
        Kind::Multi | Kind::Confirm => QuestionKind::Several,
        Kind::Text => QuestionKind::Text,
        Kind::Datetime => QuestionKind::Moment,
        _ => QuestionKind::One,
    };
    let choice = |value: &str, label: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        checked: given.iter().any(|one| one == value),
    };
    let mut choices: Vec<Choice> =
        asked.answers.iter().map(|answer| choice(&answer.code, &answer.label_fr)).collect();
    if asked.kind == Kind::Confirm && choices.is_empty() {
        choices.push(choice("yes", &t("calls-confirmed").to_string()));
    }
    Question {
        rank,
        text: asked.text_fr.clone(),
        hint: asked.hint_fr.clone(),
        kind,
        answers: choices,
        value: given.first().cloned().unwrap_or_default(),
        required: asked.required,
        error: FieldError::of(errors, &name),
        code: name,
    }
}

/// What was typed on the screen.
pub(super) fn typed(form: &Form) -> AnswersInput {
    let mut input = AnswersInput { draft: draft(form), ..AnswersInput::default() };
    for code in form.all("shown") {
        let values: Vec<String> = form.all(&format!("{FIELD}{code}")).to_vec();
        input.shown.insert(code.clone());
        if values.iter().any(|value| !value.trim().is_empty()) {
            input.typed.insert(code.clone(), values);
        }
    }
    input
}

/// `POST /{department}/personnes/{id}/appel`: writes the answers.
///
/// # Errors
/// 404 for one whom the actor may not call.
pub async fn save(visit: Visit, Path((_, person)): Place, form: Form) -> Answer {
    let person = id(&person)?;
    match write(&visit, person, &form).await? {
        Ok(()) => see_other(&visit.path(&format!("/personnes/{person}/appel"))),
        Err(again) => unprocessable(&screen(&visit, person, again).await?),
    }
}

/// Writes what was typed; what is shown again when it could not all be written.
pub(super) async fn write(visit: &Visit, person: Uuid, form: &Form) -> Result<Result<(), Again>, Fail> {
    let input = typed(form);
    let revision = form.get("revision").parse().unwrap_or(0);
    let Err(error) = save_answers(&visit.ctx(), person, revision, &input).await else {
        return Ok(Ok(()));
    };
    let text = error.to_string();
    let errors = match error {
        AnswersError::Take(error) => vec![FieldError { field: String::new(), text: refused(error)? }],
        AnswersError::Changed { .. } => vec![FieldError { field: String::new(), text }],
        AnswersError::Refused(codes) => codes
            .into_iter()
            .map(|code| FieldError { field: format!("{FIELD}{code}"), text: text.clone() })
            .collect(),
    };
    Ok(Err(Again { errors, typed: Some(input), call_back: String::new() }))
}

/// `POST /{department}/personnes/{id}/appel/prendre`: reserves the person.
///
/// # Errors
/// 404 for one whom the actor may not call.
pub async fn take(visit: Visit, Path((_, person)): Place) -> Answer {
    let person = id(&person)?;
    let page = visit.path(&format!("/personnes/{person}/appel"));
    // Who else has them is said on the page itself.
    if let Err(TakeError::People(error)) = take_person(&visit.ctx(), person).await {
        return Err(error.into());
    }
    see_other(&page)
}

/// `POST /{department}/personnes/{id}/appel/rendre`: gives the person back.
///
/// # Errors
/// 404 for one whom the actor may not call.
pub async fn give_back(visit: Visit, Path((_, person)): Place, form: Form) -> Answer {
    let person = id(&person)?;
    if form.has("shown")
        && let Err(again) = write(&visit, person, &form).await?
    {
        return unprocessable(&screen(&visit, person, again).await?);
    }
    if let Err(error) = give_back_to_queue(&visit.ctx(), person).await {
        refused(error)?;
    }
    see_other_saying(&visit, &visit.path(DESK), Tone::Ok, "flash-given-back")
}

/// `POST /{department}/personnes/{id}/appel/essai`: the end of an attempt.
///
/// # Errors
/// 404 for one whom the actor may not call.
pub async fn attempt(visit: Visit, Path((_, person)): Place, form: Form) -> Answer {
    let person = id(&person)?;
    // What was heard before the line went dead is kept.
    if form.has("shown")
        && let Err(again) = write(&visit, person, &form).await?
    {
        return unprocessable(&screen(&visit, person, again).await?);
    }
    let typed = form.get("call_back");
    let call_back: Option<NaiveDateTime> = moment(typed);
    let input =
        AttemptInput { ending: Attempt::parse(form.get("ending")), inbound: form.has("inbound"), call_back };
    let error = match record_attempt(&visit.ctx(), person, &input).await {
        Ok(()) => {
            return see_other_saying(&visit, &visit.path(DESK), Tone::Ok, "flash-attempt");
        }
        Err(error) => error,
    };
    let text = error.to_string();
    let (field, text) = match error {
        AttemptError::When => ("call_back", text),
        AttemptError::Ending => ("ending", text),
        AttemptError::Take(error) => ("", refused(error)?),
    };
    let errors = vec![FieldError { field: field.to_owned(), text }];
    let again = Again { errors, typed: None, call_back: typed.to_owned() };
    unprocessable(&screen(&visit, person, again).await?)
}
