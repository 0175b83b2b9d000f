//! Answer a prescription: the conditions as they were answered, who accompanies, or why not now.

use app::orientation::Candidate;
use app::people::person::{PersonFile, open};
use app::programmes::{AnswerInput, CourseTold, Verdict, answer as decide, could_accompany, programme};
use axum::extract::Path;
use domain::access::side::Side;
use domain::access::visibility::Level;
use domain::audit::Part;
use domain::programmes::admission::Reply;
use domain::programmes::course::RefusalReason;
use domain::programmes::programme::{IfNo, Programme};
use uuid::Uuid;

use super::super::followup::{Typed, professional};
use super::super::rows::{self, t};
use super::prescribe::{condition_field, replies};
use super::{fail, person_link, wrong};
use crate::form::Form;
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::form_page::FormPage;
use crate::view::parts::Tone;
use crate::view::words::programmes as said;

type Place = Path<(String, String, String)>;

/// Before the code of a condition, in the names of the reasons that lift it.
const LIFTED: &str = "passer-outre-";

fn verdict(code: &str) -> Option<Verdict> {
    match code {
        "inscrire" => Some(Verdict::Enrol),
        "attente" => Some(Verdict::Wait),
        "refuser" => Some(Verdict::Refuse),
        _ => None,
    }
}

async fn shown(
    visit: &Visit,
    file: &PersonFile,
    course: &CourseTold,
    typed: Typed<'_>,
) -> Result<FormPage, Fail> {
    let ctx = visit.ctx();
    let one = programme(&ctx, &course.programme).await?.programme;
    let who = could_accompany(&ctx, file.row.id, &one).await.map_err(fail)?;
    let mut fields = Vec::new();
    for condition in &one.conditions {
        let before = course.replies.get(&condition.code).copied();
        let field = condition_field(condition, typed, before);
        let is_no = field.choices.iter().any(|choice| choice.selected && choice.value == Reply::No.code());
        fields.push(field);
        if is_no && condition.if_no == IfNo::Blocks && !condition.overridable_by.is_empty() {
            let name = format!("{LIFTED}{}", condition.code);
            let help = condition.help.clone().unwrap_or_default();
            fields.push(
                Field::new(FieldKind::Text, &name, t("programmes-lift").to_string())
                    .hint(t("programmes-lift-hint").s("help", help).to_string())
                    .value(typed.form.get(&name)),
            );
        }
    }
    fields.extend(decision_fields(&one, &who, typed));
    fields.push(typed.text("programmes-next-step", "programmes-next-step-hint"));
    fields.push(typed.level(file));
    let person = person_link(visit, file);
    Ok(FormPage {
        title: t("programmes-answer").s("programme", &one.name).to_string(),
        lead: t("programmes-answer-lead").s("name", rows::name(&file.row)).to_string(),
        action: format!("{}/dispositif/{}/reponse", person.href, course.id),
        errors: typed.errors.to_vec(),
        fields,
        ticks: None,
        submit: t("programmes-answer-go").to_string(),
        back: person,
        shell: visit.shell(),
    })
}

fn decision_fields(one: &Programme, who: &[(Side, Vec<Candidate>)], typed: Typed<'_>) -> Vec<Field> {
    let mut verdicts = vec![("inscrire", t("programmes-enrol").to_string())];
    if one.prescription.as_ref().is_some_and(|prescription| prescription.waiting_list) {
        verdicts.push(("attente", t("programmes-wait").to_string()));
    }
    verdicts.push(("refuser", t("programmes-refuse").to_string()));
    let mut fields = vec![typed.select("verdict", "programmes-verdict", verdicts)];
    for (side, candidates) in who {
        let (name, label) = match side {
            Side::Social => ("social", "programmes-social"),
            _ => ("employment", "programmes-employment"),
        };
        let chosen = typed.form.get(name);
        let mut choices = vec![Choice::new("", t("followup-choose").to_string(), chosen)];
        choices
            .extend(candidates.iter().map(|one| Choice::new(&one.id.to_string(), professional(one), chosen)));
        let mut field =
            Field::select(name, t(label).to_string(), choices).error(FieldError::of(typed.errors, name));
        if let Some(most) = one.capacity_of(*side) {
            field = field.hint(t("programmes-capacity").n("n", i64::from(most)).to_string());
        }
        fields.push(field);
    }
    let reasons = RefusalReason::ALL.iter().map(|one| (one.code(), said::refusal(*one))).collect();
    fields.push(
        typed.select("reason", "programmes-refusal", reasons).hint(t("programmes-refusal-hint").to_string()),
    );
    fields
}

fn find(file: &PersonFile, enrolment: Uuid) -> Result<&CourseTold, Fail> {
    file.courses.iter().find(|one| one.id == enrolment).ok_or(Fail::Problem(Problem::NotFound))
}

/// `GET /{department}/personnes/{id}/dispositif/{enrolment}/reponse`.
///
/// # Errors
/// 404 for one whose team the actor does not lead.
pub async fn answer_page(visit: Visit, Path((_, person, enrolment)): Place) -> Answer {
    let file = open(&visit.ctx(), id(&person)?, Part::Essential).await?;
    let course = find(&file, id(&enrolment)?)?;
    if !course.stage.is_awaited() || !file.enrolling.answer {
        let back = visit.path(&format!("/personnes/{}", file.row.id));
        return see_other_saying(&visit, &back, Tone::Soon, "flash-path-not-now");
    }
    let form = Form::default();
    page(&shown(&visit, &file, course, Typed { form: &form, errors: &[] }).await?)
}

/// `POST /{department}/personnes/{id}/dispositif/{enrolment}/reponse`.
///
/// # Errors
/// 404 for one whose team the actor does not lead.
pub async fn answer(visit: Visit, Path((_, person, enrolment)): Place, form: Form) -> Answer {
    let ctx = visit.ctx();
    let file = open(&ctx, id(&person)?, Part::Essential).await?;
    let course = find(&file, id(&enrolment)?)?;
    let one = programme(&ctx, &course.programme).await?.programme;
    let lifted = one.conditions.iter().filter_map(|condition| {
        let reason = form.some(&format!("{LIFTED}{}", condition.code))?;
        Some((condition.code.clone(), reason.to_owned()))
    });
    let input = AnswerInput {
        verdict: verdict(form.get("verdict")),
        replies: replies(&one.conditions, &form),
        lifted: lifted.collect(),
        social: form.get("social").parse().ok(),
        employment: form.get("employment").parse().ok(),
        reason: RefusalReason::parse(form.get("reason")),
        text: form.get("text").to_owned(),
        level: Level::parse(form.get("level")),
    };
    match decide(&ctx, file.row.id, course.id, &input).await {
        Ok(()) => {
            let said = match input.verdict {
                Some(Verdict::Enrol) => "flash-enrolled",
                Some(Verdict::Wait) => "flash-on-list",
                _ => "flash-answered",
            };
            let to = visit.path(&format!("/personnes/{}", file.row.id));
            see_other_saying(&visit, &to, Tone::Ok, said)
        }
        Err(error) => {
            let mut errors = wrong(error)?;
            if input.verdict.is_none() {
                for error in &mut errors {
                    "verdict".clone_into(&mut error.field);
                }
            }
            let again = Typed { form: &form, errors: &errors };
            unprocessable(&shown(&visit, &file, course, again).await?)
        }
    }
}
