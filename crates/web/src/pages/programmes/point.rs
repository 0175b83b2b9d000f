//! Hold a point that a programme sets: how, when, what was said; or why it is no longer useful.

use app::followup::FollowError;
use app::people::person::{PersonFile, open};
use app::programmes::{CourseTold, EnrolError, NEEDLESS, PointInput, PointTold, hold_point};
use axum::extract::Path;
use domain::access::visibility::Level;
use domain::audit::Part;
use domain::followup::contact::{Means, Refusal};
use domain::programmes::milestone::State;
use uuid::Uuid;

use super::super::followup::Typed;
use super::super::rows::{self, t};
use super::{person_link, wrong};
use crate::form::Form;
use crate::format;
use crate::respond::{Answer, Fail, id, page, see_other, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::form::FieldError;
use crate::view::form_page::FormPage;
use crate::view::parts::{Link, Tone};
use crate::view::programmes::PointLine;
use crate::view::words::{self, programmes as said};

type Place = Path<(String, String, String, String)>;

/// The point that comes next in a course.
pub(super) fn next(course: &CourseTold) -> Option<&PointTold> {
    course.points.iter().find(|point| point.state == State::Owed)
}

/// Where the next point of all courses is written, from the page of the person.
pub(in crate::pages) fn next_page(courses: &[CourseTold]) -> Option<String> {
    let all = courses.iter().filter_map(|course| Some((course.id, next(course)?)));
    all.min_by_key(|(_, point)| point.on).map(|(course, point)| path(course, point))
}

/// Where a point is written.
fn path(course: Uuid, point: &PointTold) -> String {
    format!("dispositif/{course}/point/{}", point.day)
}

/// The points of a course, on the page of a person.
pub(super) fn lines(visit: &Visit, file: &PersonFile, course: &CourseTold) -> Vec<PointLine> {
    let one = |point: &PointTold| {
        let (key, day) = match point.state {
            State::Held(day) => ("programmes-point-held", day),
            State::Met => ("programmes-point-met", point.on),
            State::Owed => ("programmes-point-owed", point.on),
            State::Beyond => ("programmes-point-beyond", point.on),
            State::AtWork => ("programmes-point-at-work", point.on),
        };
        let link = (point.state.is_open() && file.enrolling.follow).then(|| {
            let to = visit.path(&format!("/personnes/{}/{}", file.row.id, path(course.id, point)));
            Link::new(t("programmes-point-write").to_string(), to)
        });
        let when = t(key).s("date", format::full(day)).to_string();
        PointLine { label: point.label.clone(), when, link }
    };
    course.points.iter().map(one).collect()
}

fn shown(
    visit: &Visit,
    file: &PersonFile,
    (enrolment, day): (Uuid, &str),
    typed: Typed<'_>,
) -> Result<FormPage, Fail> {
    let course = file.courses.iter().find(|one| one.id == enrolment);
    let course = course.ok_or(Fail::Problem(Problem::NotFound))?;
    let point = course.points.iter().find(|one| one.day.to_string() == day);
    let point = point.ok_or(Fail::Problem(Problem::NotFound))?;
    let means = Means::ALL.iter().filter(|one| one.is_individual());
    let mut how: Vec<(&'static str, String)> = means.map(|one| (one.code(), said::means(*one))).collect();
    how.push((NEEDLESS, t("programmes-point-needless").to_string()));
    let person = person_link(visit, file);
    Ok(FormPage {
        title: point.label.clone(),
        lead: t("programmes-point-lead")
            .s("programme", words::programme(&course.programme))
            .s("name", rows::name(&file.row))
            .s("date", format::full(point.on))
            .to_string(),
        action: format!("{}/{}", person.href, path(enrolment, point)),
        errors: typed.errors.to_vec(),
        fields: vec![
            typed.select("how", "programmes-point-how", how),
            typed.date("day", "followup-day-held", Some(visit.today())),
            typed.text("programmes-point-text", "programmes-point-text-hint"),
            typed.level(file),
        ],
        ticks: None,
        submit: t("programmes-change-go").to_string(),
        back: person,
        shell: visit.shell(),
    })
}

/// `GET /{department}/personnes/{id}/dispositif/{enrolment}/point/{day}`.
///
/// # Errors
/// 404 for one whom the actor may not see, and for a point that is none.
pub async fn point_page(visit: Visit, Path((_, person, enrolment, day)): Place) -> Answer {
    let file = open(&visit.ctx(), id(&person)?, Part::Essential).await?;
    let enrolment = id(&enrolment)?;
    let form = Form::default();
    let shown = shown(&visit, &file, (enrolment, &day), Typed { form: &form, errors: &[] })?;
    let course = file.courses.iter().find(|one| one.id == enrolment);
    let mut points = course.into_iter().flat_map(|one| &one.points);
    let still = points.any(|one| one.day.to_string() == day && one.state.is_open());
    if !(still && file.enrolling.follow) {
        return see_other(&visit.path(&format!("/personnes/{}", file.row.id)));
    }
    page(&shown)
}

/// `POST /{department}/personnes/{id}/dispositif/{enrolment}/point/{day}`.
///
/// # Errors
/// 404 for one whom the actor may not follow.
pub async fn point(visit: Visit, Path((_, person, enrolment, day)): Place, form: Form) -> Answer {
    let (person, enrolment) = (id(&person)?, id(&enrolment)?);
    let input = PointInput {
        point: day.parse().map_err(|_| Fail::Problem(Problem::NotFound))?,
        means: Means::parse(form.get("how")),
        needless: form.get("how") == NEEDLESS,
        day: form.some("day").and_then(|day| day.parse().ok()),
        text: form.get("text").to_owned(),
        level: Level::parse(form.get("level")),
    };
    match hold_point(&visit.ctx(), person, enrolment, &input).await {
        Ok(()) => {
            let to = visit.path(&format!("/personnes/{person}"));
            see_other_saying(&visit, &to, Tone::Ok, "flash-course")
        }
        Err(error) => {
            let errors = at_field(error)?;
            let file = open(&visit.ctx(), person, Part::Essential).await?;
            let again = Typed { form: &form, errors: &errors };
            unprocessable(&shown(&visit, &file, (enrolment, &day), again)?)
        }
    }
}

/// A refusal of the exchange, at its field.
fn at_field(error: EnrolError) -> Result<Vec<FieldError>, Fail> {
    let field = match &error {
        EnrolError::Follow(FollowError::Contact(Refusal::Choice)) => "how",
        EnrolError::Follow(FollowError::Contact(Refusal::Day)) => "day",
        EnrolError::Follow(FollowError::Contact(_)) => "text",
        _ => return wrong(error),
    };
    Ok(vec![FieldError { field: field.to_owned(), text: error.to_string() }])
}
