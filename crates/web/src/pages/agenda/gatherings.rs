//! Sessions for several people: the list, one of them, planning, cancelling.

use app::agenda::{
    GatherError, GatherInput, Gathering, cancel_gathering, colleagues, gathering as load,
    gatherings as coming, plan, sites,
};
use axum::extract::Path;
use chrono::NaiveTime;
use domain::access::permission::Action;
use uuid::Uuid;

use super::super::rows::t;
use super::rows::{Tab, appointment, fail, place, seats, tabs, when};
use crate::form::Form;
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::agenda::{GatheringPage, GatheringRow, Gatherings};
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::form_page::FormPage;
use crate::view::parts::{Fact, Link, Tag, Tone};

const SESSIONS: &str = "/agenda/seances";

/// `GET /{department}/agenda/seances`.
///
/// # Errors
/// When the database does not answer.
pub async fn list(visit: Visit) -> Answer {
    let ctx = visit.ctx();
    let all = coming(&ctx, visit.today()).await.map_err(fail)?;
    let rows = all.iter().map(|one| GatheringRow {
        link: Link::new(one.title.clone(), visit.path(&format!("{SESSIONS}/{}", one.id))),
        when: when(&visit, one.span),
        place: place(one),
        seats: seats(one),
        tags: tags(one),
    });
    let edits = app::access::permit(&ctx, Action::EditAppointments).is_ok();
    page(&Gatherings {
        tabs: tabs(&visit, Tab::Sessions),
        add: edits.then(|| visit.path(&format!("{SESSIONS}/nouvelle"))),
        rows: rows.collect(),
        shell: visit.shell(),
    })
}

fn tags(one: &Gathering) -> Vec<Tag> {
    if one.cancelled {
        vec![Tag::new(t("agenda-session-cancelled").to_string(), Tone::Neutral)]
    } else if one.taken >= usize::from(one.seats) {
        vec![Tag::new(t("agenda-session-full").to_string(), Tone::Info)]
    } else {
        Vec::new()
    }
}

/// `GET /{department}/agenda/seances/{id}`.
///
/// # Errors
/// 404 for a session that is not of this département.
pub async fn show(visit: Visit, Path((_, which)): Path<(String, String)>) -> Answer {
    let (one, people) = load(&visit.ctx(), id(&which)?).await.map_err(fail)?;
    let base = visit.path(&format!("{SESSIONS}/{}", one.id));
    let fact = |key: &str, value: String| Fact::new(t(key).to_string(), value);
    let mut facts = vec![fact("agenda-when", when(&visit, one.span))];
    if let Some(site) = &one.site {
        facts.push(fact("agenda-where", site.name.clone()).detail(super::places::address(site)));
    }
    facts.push(fact("agenda-with", one.host.1.clone()));
    facts.push(fact("agenda-seats", seats(&one)));
    let now = visit.site.app.clock.now();
    let edits = app::access::permit(&visit.ctx(), Action::EditAppointments).is_ok();
    page(&GatheringPage {
        lead: when(&visit, one.span),
        tags: tags(&one),
        facts,
        rows: people.iter().map(|seat| appointment(&visit, seat, &base)).collect(),
        cancel: (edits && !one.cancelled && one.span.start > now).then(|| format!("{base}/annuler")),
        title: one.title,
        shell: visit.shell(),
    })
}

/// `POST /{department}/agenda/seances/{id}/annuler`.
///
/// # Errors
/// 404 for a session that is not the actor's to cancel.
pub async fn cancel(visit: Visit, Path((_, which)): Path<(String, String)>) -> Answer {
    match cancel_gathering(&visit.ctx(), id(&which)?).await {
        Ok(_) => see_other_saying(&visit, &visit.path(SESSIONS), Tone::Ok, "flash-session-cancelled"),
        Err(GatherError::Agenda(error)) => Err(fail(error)),
        Err(_) => see_other_saying(&visit, &visit.path(SESSIONS), Tone::Soon, "flash-session-over"),
    }
}

/// `GET /{department}/agenda/seances/nouvelle`.
///
/// # Errors
/// When the database does not answer.
pub async fn new(visit: Visit) -> Answer {
    page(&form_page(&visit, &Form::default(), Vec::new()).await?)
}

/// `POST /{department}/agenda/seances/nouvelle`.
///
/// # Errors
/// 404 for a professional whose hours are not the actor's to set.
pub async fn add(visit: Visit, form: Form) -> Answer {
    let error = match typed(&form) {
        Err(error) => error,
        Ok(input) => match plan(&visit.ctx(), &input).await {
            Ok(_) => return see_other_saying(&visit, &visit.path(SESSIONS), Tone::Ok, "flash-gathering"),
            Err(GatherError::Agenda(error)) => return Err(fail(error)),
            Err(other) => wrong(&other),
        },
    };
    unprocessable(&form_page(&visit, &form, vec![error]).await?)
}

fn typed(form: &Form) -> Result<GatherInput, FieldError> {
    let said =
        |field: &str, error: GatherError| FieldError { field: field.to_owned(), text: error.to_string() };
    let number = |name: &str| form.get(name).trim().parse::<u16>().ok();
    Ok(GatherInput {
        title: form.get("title").to_owned(),
        site: form.get("site").parse().map_err(|_| said("site", GatherError::Site))?,
        room: form.get("room").parse().ok(),
        host: form.get("host").parse().map_err(|_| said("host", GatherError::Site))?,
        day: form.get("day").trim().parse().map_err(|_| said("day", GatherError::Time))?,
        time: NaiveTime::parse_from_str(form.get("time").trim(), "%H:%M")
            .map_err(|_| said("time", GatherError::Time))?,
        minutes: number("minutes").ok_or_else(|| said("minutes", GatherError::Time))?,
        seats: number("seats").ok_or_else(|| said("seats", GatherError::Seats))?,
        times: number("times").unwrap_or(1),
        every_weeks: number("every").unwrap_or(1),
    })
}

fn wrong(error: &GatherError) -> FieldError {
    let field = match error {
        GatherError::Title => "title",
        GatherError::Site => "site",
        GatherError::Seats => "seats",
        GatherError::Times => "times",
        GatherError::Time | GatherError::Busy(_) => "day",
        _ => "",
    };
    FieldError { field: field.to_owned(), text: error.to_string() }
}

async fn form_page(visit: &Visit, typed: &Form, errors: Vec<FieldError>) -> Result<FormPage, Fail> {
    Ok(FormPage {
        back: Link::new(t("agenda-sessions").to_string(), visit.path(SESSIONS)),
        title: t("agenda-session-add").to_string(),
        lead: t("agenda-session-add-lead").to_string(),
        action: visit.path(&format!("{SESSIONS}/nouvelle")),
        fields: fields(visit, typed, &errors).await?,
        errors,
        ticks: None,
        submit: t("agenda-session-go").to_string(),
        shell: visit.shell(),
    })
}

async fn fields(visit: &Visit, typed: &Form, errors: &[FieldError]) -> Result<Vec<Field>, Fail> {
    let ctx = visit.ctx();
    let known = sites(&ctx).await.map_err(|e| Fail::store(&e))?;
    let open: Vec<_> = known.iter().filter(|one| one.is_open_on(visit.today())).collect();
    let team: Vec<(Uuid, String)> = colleagues(&ctx).await.map_err(fail)?;
    let choice = |id: Uuid, label: &str, name: &str| Choice::new(&id.to_string(), label, typed.get(name));
    let mut rooms = vec![Choice::new("", t("agenda-no-room").to_string(), typed.get("room"))];
    for site in &open {
        let label = |room: &str| format!("{}, {room}", site.name);
        rooms.extend(site.rooms.iter().map(|room| choice(room.id, &label(&room.name), "room")));
    }
    let text = |kind, name: &str, key: &str, usual: &str| {
        let value = if typed.has(name) { typed.get(name) } else { usual };
        Field::new(kind, name, t(key).to_string()).value(value).error(FieldError::of(errors, name))
    };
    let select = |name: &str, key: &str, all| {
        Field::select(name, t(key).to_string(), all).error(FieldError::of(errors, name))
    };
    Ok(vec![
        text(FieldKind::Text, "title", "agenda-session-title", "")
            .hint(t("agenda-session-title-hint").to_string()),
        select("site", "agenda-place", open.iter().map(|one| choice(one.id, &one.name, "site")).collect()),
        select("room", "agenda-room", rooms),
        select("host", "agenda-host", team.iter().map(|(id, name)| choice(*id, name, "host")).collect()),
        text(FieldKind::Date, "day", "agenda-first-day", ""),
        text(FieldKind::Time, "time", "agenda-begins", "14:00"),
        text(FieldKind::Text, "minutes", "agenda-minutes-session", "120"),
        text(FieldKind::Text, "seats", "agenda-seats", "10"),
        text(FieldKind::Text, "times", "agenda-times", "1").hint(t("agenda-times-hint").to_string()),
        text(FieldKind::Text, "every", "agenda-every", "1").hint(t("agenda-every-hint").to_string()),
    ])
}
