//! One appointment: what is known, how it went, another hour, its end, the file for calendars.

use app::agenda::{
    AgendaError, Appointment, AttendanceError, BookError, CancelError, Cancelling, MoveError, Place, Search,
    appointment as load, cancel_appointment, invitation, move_appointment, offered, record_attendance,
};
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse as _;
use domain::agenda::appointment::{Attendance, CancelledBy, Kind, Modality, Status};

use super::super::rows::t;
use super::feed::CALENDAR;
use super::propose::modalities;
use super::rows::{attendance, choices, fail, form_of, when};
use crate::form::Form;
use crate::respond::{Answer, Fail, attachment, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::agenda::{AppointmentPage, CancelForm, SlotForm};
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::parts::{Empty, Fact, Link, Tag, Tone};
use crate::view::words::agenda as words;

/// Slots shown to move an appointment.
const SLOTS: usize = 12;

type At = Path<(String, String)>;

/// `GET /{department}/agenda/rendez-vous/{id}`.
///
/// # Errors
/// 404 for an appointment that is not the actor's to change.
pub async fn show(visit: Visit, Path((_, which)): At) -> Answer {
    let one = load(&visit.ctx(), id(&which)?).await.map_err(fail)?;
    page(&whole(&visit, &one, &Form::default(), Vec::new()).await?)
}

async fn whole(
    visit: &Visit,
    one: &Appointment,
    typed: &Form,
    errors: Vec<FieldError>,
) -> Result<AppointmentPage, Fail> {
    let base = visit.path(&format!("/agenda/rendez-vous/{}", one.id));
    let name = if one.who.name.is_empty() { t("agenda-frozen").to_string() } else { one.who.name.clone() };
    let (word, tone) = words::status(one.status);
    let back = if one.who.opens {
        Link::new(name.clone(), visit.path(&format!("/personnes/{}/rendez-vous", one.who.id)))
    } else {
        Link::new(t("agenda-tab-own").to_string(), visit.path("/agenda"))
    };
    let begun = one.span.start <= visit.site.app.clock.now();
    let said = matches!(one.status, Status::Attended | Status::Absent | Status::Excused);
    Ok(AppointmentPage {
        title: t("agenda-appointment-of").s("name", &name).to_string(),
        lead: when(visit, one.span),
        tags: vec![Tag::new(word, tone)],
        facts: facts(visit, one),
        attendance: attendance(visit, one, &name, &base)
            .or_else(|| (begun && said).then(|| form_of(visit, one, &name, &base))),
        moving: moving(visit, one, &base, typed, &errors).await?,
        cancel: matches!(one.status, Status::Upcoming | Status::Waiting)
            .then(|| cancel_form(&base, typed, &errors)),
        invitation: format!("{base}/invitation.ics"),
        errors,
        back,
        shell: visit.shell(),
    })
}

fn facts(visit: &Visit, one: &Appointment) -> Vec<Fact> {
    let fact = |key: &str, value: String| Fact::new(t(key).to_string(), value);
    let mut all = vec![
        fact("agenda-when", when(visit, one.span)),
        fact("agenda-purpose", words::purpose(one.purpose)),
        fact(
            "agenda-how",
            format!("{}, {}", words::kind(one.kind), words::modality(one.modality).to_lowercase()),
        ),
    ];
    if let Some(site) = &one.site {
        let place = fact("agenda-where", site.name.clone());
        let room = if one.room.is_empty() { String::new() } else { format!(", {}", one.room) };
        all.push(place.detail(format!("{}{room}", super::places::address(site))));
    }
    let hosts: Vec<&str> = one.hosts.iter().map(|(_, name)| name.as_str()).collect();
    all.push(fact("agenda-with", hosts.join(", ")));
    if !one.note.is_empty() {
        all.push(fact("agenda-note", one.note.clone()));
    }
    if let Some(by) = one.cancelled_by {
        let line = fact("agenda-cancelled", words::cancelled_by(by));
        all.push(if one.reason.is_empty() { line } else { line.detail(one.reason.clone()) });
    }
    all
}

/// The slots of those who receive, when it can still be moved.
async fn moving(
    visit: &Visit,
    one: &Appointment,
    base: &str,
    typed: &Form,
    errors: &[FieldError],
) -> Result<Option<SlotForm>, Fail> {
    let open = one.status == Status::Upcoming && one.span.start > visit.site.app.clock.now();
    if !open || one.kind == Kind::Collective || !one.who.opens {
        return Ok(None);
    }
    let search = Search {
        with: one.hosts.first().map(|(host, _)| *host),
        and_with: one.hosts.get(1).map(|(host, _)| *host),
        limit: SLOTS,
        ..Search::default()
    };
    let slots = offered(&visit.ctx(), one.who.id, &search).await.map_err(fail)?;
    let chosen = typed.some("modality").unwrap_or_else(|| one.modality.code());
    Ok(Some(SlotForm {
        action: format!("{base}/deplacer"),
        slots: choices(visit, &slots, typed.get("slot")),
        fields: vec![
            Field::select("modality", t("agenda-how").to_string(), modalities(chosen))
                .error(FieldError::of(errors, "modality")),
        ],
        hidden: Vec::new(),
        submit: t("agenda-move-go").to_string(),
        empty: slots.is_empty().then(|| Empty {
            title: t("agenda-no-slot").to_string(),
            text: t("agenda-no-slot-move").to_string(),
            action: None,
        }),
        open: true,
    }))
}

fn cancel_form(base: &str, typed: &Form, errors: &[FieldError]) -> CancelForm {
    let chosen = typed.get("by");
    let by = CancelledBy::ALL.iter().map(|by| Choice::new(by.code(), words::cancelled_by(*by), chosen));
    let reason = Field::new(FieldKind::Text, "reason", t("agenda-reason").to_string());
    CancelForm {
        action: format!("{base}/annuler"),
        fields: vec![
            Field::select("by", t("agenda-by").to_string(), by.collect()).error(FieldError::of(errors, "by")),
            Field {
                optional: true,
                ..reason
                    .hint(t("agenda-reason-hint").to_string())
                    .value(typed.get("reason"))
                    .error(FieldError::of(errors, "reason"))
            },
        ],
        open: !errors.is_empty(),
    }
}

/// `POST /{department}/agenda/rendez-vous/{id}/venue`.
///
/// # Errors
/// 404 for an appointment that is not the actor's to change.
pub async fn attend(visit: Visit, Path((_, which)): At, form: Form) -> Answer {
    let which = id(&which)?;
    let error = match Attendance::parse(form.get("how")) {
        None => t("agenda-wrong-attendance").to_string(),
        Some(how) => match record_attendance(&visit.ctx(), which, how).await {
            Ok(()) => {
                let back = back(&visit, form.get("back"));
                return see_other_saying(&visit, &back, Tone::Ok, "flash-attendance");
            }
            Err(AttendanceError::Agenda(error)) => return Err(fail(error)),
            Err(other) => other.to_string(),
        },
    };
    again(&visit, which, &form, "", error).await
}

/// An address of this département that the form carried; the agenda otherwise.
fn back(visit: &Visit, asked: &str) -> String {
    let ours = asked.starts_with(&visit.path("/agenda")) || asked.starts_with(&visit.path("/personnes/"));
    if ours && !asked.contains(['\\', '\r', '\n']) { asked.to_owned() } else { visit.path("/agenda") }
}

/// The page again, with what is wrong.
async fn again(visit: &Visit, which: uuid::Uuid, form: &Form, field: &str, text: String) -> Answer {
    let one = load(&visit.ctx(), which).await.map_err(fail)?;
    let errors = vec![FieldError { field: field.to_owned(), text }];
    unprocessable(&whole(visit, &one, form, errors).await?)
}

/// `POST /{department}/agenda/rendez-vous/{id}/deplacer`.
///
/// # Errors
/// 404 for an appointment that is not the actor's to change.
pub async fn shift(visit: Visit, Path((_, which)): At, form: Form) -> Answer {
    let which = id(&which)?;
    let (Some(modality), Ok(slot)) = (Modality::parse(form.get("modality")), form.get("slot").parse()) else {
        return again(&visit, which, &form, "slot", t("agenda-wrong-slot").to_string()).await;
    };
    match move_appointment(&visit.ctx(), which, Place::Slot(slot), modality).await {
        Ok(_) => {
            let back = visit.path(&format!("/agenda/rendez-vous/{which}"));
            see_other_saying(&visit, &back, Tone::Ok, "flash-moved")
        }
        Err(MoveError::Agenda(error) | MoveError::Book(BookError::Agenda(error))) => Err(fail(error)),
        Err(other) => {
            let field =
                if matches!(other, MoveError::Book(BookError::Modality)) { "modality" } else { "slot" };
            again(&visit, which, &form, field, other.to_string()).await
        }
    }
}

/// `POST /{department}/agenda/rendez-vous/{id}/annuler`.
///
/// # Errors
/// 404 for an appointment that is not the actor's to change.
pub async fn cancel(visit: Visit, Path((_, which)): At, form: Form) -> Answer {
    let which = id(&which)?;
    let Some(by) = CancelledBy::parse(form.get("by")) else {
        return again(&visit, which, &form, "by", t("agenda-wrong-by").to_string()).await;
    };
    let input = Cancelling { by, reason: form.get("reason").to_owned() };
    match cancel_appointment(&visit.ctx(), which, &input).await {
        Ok(_) => {
            let back = visit.path(&format!("/agenda/rendez-vous/{which}"));
            see_other_saying(&visit, &back, Tone::Ok, "flash-cancelled")
        }
        Err(CancelError::Agenda(error)) => Err(fail(error)),
        Err(other) => {
            let field = if matches!(other, CancelError::Reason) { "reason" } else { "" };
            again(&visit, which, &form, field, other.to_string()).await
        }
    }
}

/// `GET /{department}/agenda/rendez-vous/{id}/invitation.ics`.
///
/// # Errors
/// 404 for an appointment that is not the actor's to change.
pub async fn calendar(visit: Visit, Path((_, which)): At) -> Answer {
    let text = invitation(&visit.ctx(), id(&which)?).await.map_err(|error: AgendaError| fail(error))?;
    let named = attachment("rendez-vous.ics");
    Ok(([(header::CONTENT_TYPE, CALENDAR), (header::CONTENT_DISPOSITION, named)], text).into_response())
}
