//! An action: decided, changed, ended.

use app::diagnosis::{Diagnosis, PlanInput, change_action, open_diagnosis, own_action, plan_action};
use axum::extract::Path;
use domain::access::visibility::{Level, offered};
use domain::diagnosis::action::{Draft, Status, Who};
use domain::diagnosis::field::Field as Part;
use domain::diagnosis::suggest;
use domain::reference::diagnosis::{Action, Hours, action_of, actions};
use uuid::Uuid;

use super::super::rows::t;
use super::page::fail;
use super::refused;
use super::theme::label;
use crate::form::Form;
use crate::respond::{Answer, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::diagnosis::ActionPage;
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::parts::{Link, Tone};
use crate::view::words;

type OnTheme = Path<(String, String, String)>;

/// What is typed, by the names of the form.
fn read(theme: &str, form: &Form) -> PlanInput {
    let lead = Part::parse(theme, form.get("lead"));
    let (situation, objective) = match lead {
        Some(Part::Situation(code)) => (Some(code), None),
        Some(Part::Objective(code)) => (None, Some(code)),
        _ => (None, None),
    };
    // What is not a number is told as too many hours are: the sentence says what to write.
    let hours = |name| form.some(name).map(|text| text.parse().unwrap_or(u32::MAX));
    PlanInput {
        theme: theme.to_owned(),
        situation,
        objective,
        code: form.some("code").map(str::to_owned),
        draft: Draft {
            who: Who::parse(form.get("who")),
            label: form.get("label").to_owned(),
            coded: form.some("code").is_some(),
            due_on: form.some("due_on").and_then(|text| text.parse().ok()),
            service: form.get("service").to_owned(),
            status: Status::parse(form.get("status")),
            result: form.get("result").to_owned(),
            hours: [hours("planned"), hours("declared"), hours("confirmed")],
        },
        structure: form.some("structure").and_then(|text| text.parse().ok()),
        collective: form.has("collective"),
        level: Level::parse(form.get("level")),
        anyway: form.has("anyway"),
    }
}

/// The action that this code proposes, then those of the theme, then all the others.
fn choices(read: &Diagnosis, theme: &str, current: &str) -> Vec<Choice> {
    let file = read.theme(theme);
    let situations = file.map(|one| one.situations()).unwrap_or_default();
    let objectives = file.map(|one| one.objectives()).unwrap_or_default();
    let led = suggest::actions(&situations, &objectives);
    let known = |one: &Action| one.active || one.code == current;
    let is_led = |one: &Action| led.iter().any(|other| other.code == one.code);
    let mut all = vec![Choice::new("", t("diagnosis-action-own").to_string(), current)];
    let said = |key: &str, one: &Action| {
        let text =
            t(key).s("label", &one.label_fr).s("theme", words::diagnosis::theme(&one.theme)).to_string();
        Choice::new(&one.code, text, current)
    };
    all.extend(led.iter().map(|one| said("diagnosis-action-led", one)));
    let here = actions().iter().filter(|one| known(one) && one.theme == theme && !is_led(one));
    all.extend(here.map(|one| Choice::new(&one.code, one.label_fr.clone(), current)));
    let elsewhere = actions().iter().filter(|one| known(one) && one.theme != theme && !is_led(one));
    all.extend(elsewhere.map(|one| said("diagnosis-action-of", one)));
    all
}

/// What stands in the way, and what is aimed at.
fn leads(read: &Diagnosis, theme: &str, current: &str) -> Vec<Choice> {
    let mut all = vec![Choice::new("", t("diagnosis-lead-none").to_string(), current)];
    if let Some(file) = read.theme(theme) {
        let situations = file.situations().into_iter().map(|code| Part::Situation(code.to_owned()));
        let objectives = file.objectives().into_iter().map(|code| Part::Objective(code.to_owned()));
        all.extend(situations.chain(objectives).map(|one| Choice::new(&one.code(), label(&one), current)));
    }
    all
}

/// The hours of an action, each with its words.
const HOURS: [(&str, &str); 3] = [
    ("planned", "diagnosis-hours-planned"),
    ("declared", "diagnosis-hours-declared"),
    ("confirmed", "diagnosis-hours-confirmed"),
];

/// The form: `get` says what each field holds.
fn form_page(
    visit: &Visit,
    read: &Diagnosis,
    (theme, action, title): (&str, String, &str),
    get: &Form,
    errors: Vec<FieldError>,
) -> ActionPage {
    let field = |kind, name: &str, key: &str| {
        Field::new(kind, name, t(key).to_string()).value(get.get(name)).error(FieldError::of(&errors, name))
    };
    let select = |name: &str, key: &str, choices| {
        Field::select(name, t(key).to_string(), choices).error(FieldError::of(&errors, name))
    };
    let optional = |field: Field| Field { optional: true, ..field };
    let relations: Vec<_> = read.file.why.iter().map(|why| why.relation).collect();
    let level = Some(get.get("level")).filter(|text| !text.is_empty()).unwrap_or(Level::Person.code());
    let mut levels = offered(&relations);
    levels.reverse();
    let places = read.file.proposable.iter().flatten();
    let places: Vec<Choice> =
        std::iter::once(Choice::new("", t("diagnosis-structure-none").to_string(), get.get("structure")))
            .chain(places.map(|(id, name)| Choice::new(&id.to_string(), name.clone(), get.get("structure"))))
            .collect();
    let who = Who::ALL
        .iter()
        .map(|one| Choice::new(one.code(), words::diagnosis::who(*one), get.get("who")))
        .collect();
    let status = Status::ALL
        .iter()
        .map(|one| Choice::new(one.code(), words::diagnosis::status(*one), get.get("status")))
        .collect();
    let counts = action_of(get.get("code")).is_none_or(|one| one.hours != Hours::None);
    let hint = action_of(get.get("code"))
        .filter(|one| one.typical_hours_per_week > 0)
        .map(|one| t("diagnosis-hours-hint").n("n", i64::from(one.typical_hours_per_week)).to_string());
    let mut fields = vec![
        select("lead", "diagnosis-lead", leads(read, theme, get.get("lead"))),
        select("code", "diagnosis-action", choices(read, theme, get.get("code"))),
        optional(field(FieldKind::Text, "label", "diagnosis-action-label")),
        select("who", "diagnosis-who", who),
        optional(field(FieldKind::Date, "due_on", "diagnosis-due").hint(t("diagnosis-due-hint").to_string())),
        select("structure", "diagnosis-structure", places),
        optional(field(FieldKind::Text, "service", "diagnosis-service")),
        field(FieldKind::Checkbox, "collective", "diagnosis-collective"),
        select("status", "diagnosis-status", status),
        optional(
            field(FieldKind::Textarea, "result", "diagnosis-result")
                .hint(t("diagnosis-result-hint").to_string()),
        ),
        select(
            "level",
            "diagnosis-action-level",
            levels.iter().map(|one| Choice::new(one.code(), words::level(*one), level)).collect(),
        ),
    ];
    if errors.iter().any(|error| error.field == "anyway") {
        fields.push(field(FieldKind::Checkbox, "anyway", "diagnosis-anyway"));
    }
    let mut hours = Vec::new();
    if counts {
        for (name, key) in HOURS {
            hours.push(optional(field(FieldKind::Text, name, key)));
        }
        if let (Some(first), Some(hint)) = (hours.first_mut(), hint) {
            first.hint = Some(hint);
        }
    }
    let base = visit.path(&format!("/personnes/{}/diagnostic/themes/{theme}", read.file.row.id));
    ActionPage {
        back: Link::new(t("diagnosis-back").to_string(), base),
        title: t(title).to_string(),
        lead: words::diagnosis::theme(theme),
        action,
        errors,
        fields,
        hours,
        shell: visit.shell(),
    }
}

/// Which field a refusal is about.
fn wrong(error: app::diagnosis::DiagnosisError) -> Result<Vec<FieldError>, crate::respond::Fail> {
    use app::diagnosis::DiagnosisError;
    use domain::diagnosis::action::Refusal;
    let field = match &error {
        DiagnosisError::Action(refusal) => match refusal {
            Refusal::Label => "label",
            Refusal::Who | Refusal::NoSide => "who",
            Refusal::Date => "due_on",
            Refusal::Service => "service",
            Refusal::Status => "status",
            Refusal::Reason | Refusal::Result => "result",
            Refusal::Hours => "planned",
        },
        DiagnosisError::Level => "level",
        DiagnosisError::Structure => "structure",
        DiagnosisError::Words(_) => "anyway",
        _ => "",
    };
    let said = refused(error)?;
    Ok(vec![FieldError { field: field.to_owned(), ..said }])
}

/// `GET /{department}/personnes/{id}/diagnostic/themes/{theme}/action`.
///
/// # Errors
/// 404 for one whom the actor does not follow.
pub async fn add_page(visit: Visit, Path((_, person, theme)): OnTheme) -> Answer {
    let read = open_diagnosis(&visit.ctx(), id(&person)?).await.map_err(fail)?;
    if read.theme(&theme).is_none() {
        return Err(app::people::PeopleError::Unknown.into());
    }
    let action = visit.path(&format!("/personnes/{}/diagnostic/themes/{theme}/action", read.file.row.id));
    page(&form_page(&visit, &read, (&theme, action, "diagnosis-plan"), &Form::default(), Vec::new()))
}

/// `POST /{department}/personnes/{id}/diagnostic/themes/{theme}/action`.
///
/// # Errors
/// 404 for one whom the actor does not follow.
pub async fn add(visit: Visit, Path((_, person, theme)): OnTheme, form: Form) -> Answer {
    let person = id(&person)?;
    let back = visit.path(&format!("/personnes/{person}/diagnostic/themes/{theme}"));
    match plan_action(&visit.ctx(), person, &read(&theme, &form)).await {
        Ok(()) => see_other_saying(&visit, &format!("{back}#actions"), Tone::Ok, "flash-action-kept"),
        Err(error) => {
            let errors = wrong(error)?;
            let read = open_diagnosis(&visit.ctx(), person).await.map_err(fail)?;
            let place = (theme.as_str(), format!("{back}/action"), "diagnosis-plan");
            unprocessable(&form_page(&visit, &read, place, &form, errors))
        }
    }
}

/// `GET /{department}/personnes/{id}/diagnostic/actions/{action}`.
///
/// # Errors
/// 404 for one that the actor does not read.
pub async fn change_page(visit: Visit, Path((_, person, action)): OnTheme) -> Answer {
    let (person, which) = (id(&person)?, id(&action)?);
    let ctx = visit.ctx();
    let one = own_action(&ctx, person, which).await.map_err(fail)?;
    let read = open_diagnosis(&ctx, person).await.map_err(fail)?;
    let kept = kept(&one);
    page(&form_page(&visit, &read, change_place(&visit, person, which, &one.theme), &kept, Vec::new()))
}

fn change_place<'a>(
    visit: &Visit,
    person: Uuid,
    which: Uuid,
    theme: &'a str,
) -> (&'a str, String, &'static str) {
    (theme, visit.path(&format!("/personnes/{person}/diagnostic/actions/{which}")), "diagnosis-change-action")
}

/// An action as a form holds it.
fn kept(one: &app::diagnosis::PlannedAction) -> Form {
    let lead = match (&one.situation, &one.objective) {
        (Some(code), _) => Part::Situation(code.clone()).code(),
        (None, Some(code)) => Part::Objective(code.clone()).code(),
        (None, None) => String::new(),
    };
    let hours =
        |place: usize| one.hours.get(place).copied().flatten().map(|n| n.to_string()).unwrap_or_default();
    let own = if one.code.is_none() { one.label.clone() } else { String::new() };
    let mut fields = vec![
        ("lead", lead),
        ("code", one.code.clone().unwrap_or_default()),
        ("label", own),
        ("who", one.who.code().to_owned()),
        ("due_on", one.due_on.map(|day| day.to_string()).unwrap_or_default()),
        ("structure", one.structure.as_ref().map(|(id, _)| id.to_string()).unwrap_or_default()),
        ("service", one.service.clone()),
        ("status", one.status.code().to_owned()),
        ("result", one.result.clone()),
        ("level", one.level.code().to_owned()),
        ("planned", hours(0)),
        ("declared", hours(1)),
        ("confirmed", hours(2)),
    ];
    if one.collective {
        fields.push(("collective", "oui".to_owned()));
    }
    let text: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", crate::form::encode(value))).collect();
    Form::parse(&text.join("&"))
}

/// `POST /{department}/personnes/{id}/diagnostic/actions/{action}`: another version.
///
/// # Errors
/// 404 for one that the actor does not read.
pub async fn change(visit: Visit, Path((_, person, action)): OnTheme, form: Form) -> Answer {
    let (person, which) = (id(&person)?, id(&action)?);
    let ctx = visit.ctx();
    let one = own_action(&ctx, person, which).await.map_err(fail)?;
    match change_action(&ctx, person, which, &read(&one.theme, &form)).await {
        Ok(()) => {
            let back = visit.path(&format!("/personnes/{person}/diagnostic/themes/{}#actions", one.theme));
            see_other_saying(&visit, &back, Tone::Ok, "flash-action-kept")
        }
        Err(error) => {
            let errors = wrong(error)?;
            let read = open_diagnosis(&ctx, person).await.map_err(fail)?;
            let place = change_place(&visit, person, which, &one.theme);
            unprocessable(&form_page(&visit, &read, place, &form, errors))
        }
    }
}
