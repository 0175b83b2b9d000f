//! Propose an appointment to a person: search, slots, book; or a seat in a session.

use app::agenda::booking_link::Offer;
use app::agenda::{
    BookError, Booking, FreeTime, GatherError, Joined, Place, Search, book_appointment, gatherings, join,
    offered, receiving, sites,
};
use app::people::person::{PersonFile, open};
use axum::extract::Path;
use chrono::NaiveTime;
use domain::agenda::appointment::{Modality, Purpose};
use domain::audit::Part;
use uuid::Uuid;

use super::super::rows::{self, t};
use super::rows::{choices, day_of, fail, place, seats, when};
use crate::form::{Form, Query};
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::agenda::{FreeForm, Propose, SessionChoice, SlotForm};
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::parts::{Empty, Link, Tone};
use crate::view::words::agenda as words;

/// Slots shown.
const SLOTS: usize = 24;
/// Sessions shown.
const SESSIONS: usize = 8;

/// The ways to meet, one of them chosen.
pub(super) fn modalities(chosen: &str) -> Vec<Choice> {
    Modality::ALL.iter().map(|one| Choice::new(one.code(), words::modality(*one), chosen)).collect()
}

/// With whom, where, how and what for: the limits of what a link, or a wave of them, offers.
pub(super) async fn offer_fields(visit: &Visit, typed: &Form, usual: Purpose) -> Result<Vec<Field>, Fail> {
    let ctx = visit.ctx();
    let (with, site, way) = (typed.get("with"), typed.get("site"), typed.get("way"));
    let any = |key: &str, current: &str| vec![Choice::new("", t(key).to_string(), current)];
    let mut hosts = any("agenda-anybody", with);
    let team = receiving(&ctx).await.map_err(fail)?;
    hosts.extend(team.into_iter().map(|(id, name)| Choice::new(&id.to_string(), name, with)));
    let mut places = any("agenda-any-place", site);
    let known = sites(&ctx).await.map_err(|e| Fail::store(&e))?;
    let open = known.iter().filter(|one| one.is_open_on(visit.today()));
    places.extend(open.map(|one| Choice::new(&one.id.to_string(), one.name.clone(), site)));
    let mut ways = any("agenda-any-way", way);
    ways.extend(modalities(way));
    let purpose = typed.some("purpose").unwrap_or(usual.code());
    Ok(vec![
        Field::select("with", t("agenda-with").to_string(), hosts),
        Field::select("site", t("agenda-place").to_string(), places),
        Field::select("way", t("agenda-how").to_string(), ways),
        Field::select("purpose", t("agenda-purpose").to_string(), purposes(purpose)),
    ])
}

/// What one meets for, one of them chosen; a workshop is joined, not booked.
fn purposes(chosen: &str) -> Vec<Choice> {
    let all = Purpose::ALL.iter().filter(|one| **one != Purpose::Workshop);
    all.map(|one| Choice::new(one.code(), words::purpose(*one), chosen)).collect()
}

/// What [`offer_fields`] were answered.
pub(super) fn offer(typed: &Form, usual: Purpose) -> Offer {
    Offer {
        with: typed.get("with").parse().ok(),
        site: typed.get("site").parse().ok(),
        modality: Modality::parse(typed.get("way")),
        purpose: Purpose::parse(typed.get("purpose")).unwrap_or(usual),
    }
}

type Who = Path<(String, String)>;

/// `GET /{department}/personnes/{id}/rendez-vous/nouveau`.
///
/// # Errors
/// 404 for one for whom the actor may not book.
pub async fn search(visit: Visit, Path((_, person)): Who, Query(query): Query) -> Answer {
    let file = open(&visit.ctx(), id(&person)?, Part::Appointments).await?;
    page(&whole(&visit, &file, &query, Vec::new()).await?)
}

/// `POST /{department}/personnes/{id}/rendez-vous/nouveau`.
///
/// # Errors
/// 404 for one for whom the actor may not book.
pub async fn book(visit: Visit, Path((_, person)): Who, form: Form) -> Answer {
    let person = id(&person)?;
    let at = if form.get("place") == "free" { "free_day" } else { "slot" };
    let error = match typed(&visit, &form) {
        None if at == "slot" => FieldError { field: at.to_owned(), text: t("agenda-wrong-slot").to_string() },
        None => FieldError { field: at.to_owned(), text: BookError::Time.to_string() },
        Some(booking) => match book_appointment(&visit.ctx(), person, &booking).await {
            Ok(_) => return back(&visit, person, "flash-booked"),
            Err(BookError::Agenda(error)) => return Err(fail(error)),
            Err(other) => wrong(&other, at),
        },
    };
    let file = open(&visit.ctx(), person, Part::Appointments).await?;
    unprocessable(&whole(&visit, &file, &form, vec![error]).await?)
}

/// What was chosen: a slot, or an hour of one's own.
fn typed(visit: &Visit, form: &Form) -> Option<Booking> {
    if form.get("place") == "free" {
        return free(visit, form);
    }
    Some(Booking {
        place: Place::Slot(form.get("slot").parse().ok()?),
        and_with: form.get("and_with").parse().ok(),
        modality: Modality::parse(form.get("modality"))?,
        purpose: Purpose::parse(form.get("purpose"))?,
        note: form.get("note").to_owned(),
    })
}

fn free(visit: &Visit, form: &Form) -> Option<Booking> {
    let time = FreeTime {
        day: form.get("free_day").trim().parse().ok()?,
        time: NaiveTime::parse_from_str(form.get("free_time").trim(), "%H:%M").ok()?,
        minutes: form.get("free_minutes").trim().parse().ok()?,
        site: form.get("free_site").parse().ok(),
        host: visit.ctx().actor.id?,
    };
    Some(Booking {
        place: Place::Free(time),
        and_with: None,
        modality: Modality::parse(form.get("free_modality"))?,
        purpose: Purpose::parse(form.get("free_purpose"))?,
        note: form.get("free_note").to_owned(),
    })
}

fn wrong(error: &BookError, at: &str) -> FieldError {
    let field = match (error, at) {
        (BookError::Modality, "slot") => "modality",
        (BookError::Note, "slot") => "note",
        (BookError::Note, _) => "free_note",
        _ => at,
    };
    FieldError { field: field.to_owned(), text: error.to_string() }
}

fn back(visit: &Visit, person: Uuid, said: &str) -> Answer {
    see_other_saying(visit, &visit.path(&format!("/personnes/{person}/rendez-vous")), Tone::Ok, said)
}

async fn whole(
    visit: &Visit,
    file: &PersonFile,
    query: &Form,
    errors: Vec<FieldError>,
) -> Result<Propose, Fail> {
    let (ctx, person) = (visit.ctx(), file.row.id);
    let base = visit.path(&format!("/personnes/{person}/rendez-vous"));
    let search = Search {
        site: query.get("site").parse().ok(),
        with: query.get("with").parse().ok(),
        and_with: query.get("and_with").parse().ok(),
        modality: Modality::parse(query.get("way")),
        from: query.some("from").map(|day| day_of(visit, day)),
        limit: SLOTS,
        ..Search::default()
    };
    let found = offered(&ctx, person, &search).await.map_err(fail)?;
    let all = gatherings(&ctx, visit.today()).await.map_err(fail)?;
    let now = visit.site.app.clock.now();
    let open = all.iter().filter(|one| !one.cancelled && one.span.start > now).take(SESSIONS);
    let sessions = open.map(|one| {
        let full = one.taken >= usize::from(one.seats);
        SessionChoice {
            value: one.id.to_string(),
            title: one.title.clone(),
            meta: format!("{}. {}. {}", when(visit, one.span), place(one), seats(one)),
            go: t(if full { "agenda-join-wait" } else { "agenda-join" }).to_string(),
        }
    });
    let name = rows::name(&file.row);
    Ok(Propose {
        back: Link::new(name.clone(), base.clone()),
        title: t("agenda-propose-to").s("name", name).to_string(),
        search_action: format!("{base}/nouveau"),
        filters: filters(visit, query).await?,
        kept: Vec::new(),
        form: SlotForm {
            action: format!("{base}/nouveau"),
            slots: choices(visit, &found, query.get("slot")),
            fields: fields(query, &errors),
            hidden: hidden(query),
            submit: t("agenda-propose-go").to_string(),
            empty: found.is_empty().then(|| Empty {
                title: t("agenda-no-slot").to_string(),
                text: t("agenda-no-slot-text").to_string(),
                action: None,
            }),
            open: true,
        },
        free: free_form(visit, query, &errors).await?,
        sessions: sessions.collect(),
        join_action: visit.path(&format!("/personnes/{person}/seances")),
        errors,
        shell: visit.shell(),
    })
}

/// What was looked for goes with the choice, so that a page that comes back proposes the same.
fn hidden(query: &Form) -> Vec<(String, String)> {
    let kept = ["site", "with", "and_with", "way", "from"].into_iter();
    kept.filter_map(|name| Some((name.to_owned(), query.some(name)?.to_owned()))).collect()
}

async fn filters(visit: &Visit, query: &Form) -> Result<Vec<Field>, Fail> {
    let ctx = visit.ctx();
    let any = |key: &str, current: &str| vec![Choice::new("", t(key).to_string(), current)];
    let chosen = |name: &str| query.get(name).to_owned();
    let (site, with, both, way) = (chosen("site"), chosen("with"), chosen("and_with"), chosen("way"));
    let mut places = any("agenda-any-place", &site);
    let known = sites(&ctx).await.map_err(|e| Fail::store(&e))?;
    let open = known.iter().filter(|one| one.is_open_on(visit.today()));
    places.extend(open.map(|one| Choice::new(&one.id.to_string(), one.name.clone(), &site)));
    let team = app::agenda::receiving(&ctx).await.map_err(fail)?;
    let people = |first: &str, current: &str| {
        let mut all = any(first, current);
        all.extend(team.iter().map(|(id, name)| Choice::new(&id.to_string(), name.clone(), current)));
        all
    };
    let mut ways = any("agenda-any-way", &way);
    ways.extend(modalities(&way));
    Ok(vec![
        Field::select("site", t("agenda-place").to_string(), places),
        Field::select("with", t("agenda-with").to_string(), people("agenda-anybody", &with)),
        Field::select("and_with", t("agenda-and-with").to_string(), people("agenda-alone", &both)),
        Field::select("way", t("agenda-how").to_string(), ways),
        Field::new(FieldKind::Date, "from", t("agenda-from").to_string()).value(query.get("from")),
    ])
}

fn fields(query: &Form, errors: &[FieldError]) -> Vec<Field> {
    let chosen = query.some("modality").or(query.some("way")).unwrap_or_default();
    let purpose = query.some("purpose").unwrap_or(Purpose::FollowUp.code());
    let note = Field::new(FieldKind::Text, "note", t("agenda-note").to_string());
    vec![
        Field::select("modality", t("agenda-how").to_string(), modalities(chosen))
            .error(FieldError::of(errors, "modality")),
        Field::select("purpose", t("agenda-purpose").to_string(), purposes(purpose)),
        Field {
            optional: true,
            ..note
                .hint(t("agenda-note-hint").to_string())
                .value(query.get("note"))
                .error(FieldError::of(errors, "note"))
        },
    ]
}

/// An hour of one's own: a visit, a call that was agreed.
async fn free_form(visit: &Visit, typed: &Form, errors: &[FieldError]) -> Result<FreeForm, Fail> {
    let known = sites(&visit.ctx()).await.map_err(|e| Fail::store(&e))?;
    let site = typed.get("free_site");
    let mut places = vec![Choice::new("", t("agenda-no-place").to_string(), site)];
    let open = known.iter().filter(|one| one.is_open_on(visit.today()));
    places.extend(open.map(|one| Choice::new(&one.id.to_string(), one.name.clone(), site)));
    let field = |kind, name: &str, key: &str, usual: &str| {
        let value = if typed.has(name) { typed.get(name) } else { usual };
        Field::new(kind, name, t(key).to_string()).value(value).error(FieldError::of(errors, name))
    };
    let modality = typed.some("free_modality").unwrap_or(Modality::Visit.code());
    let purpose = typed.some("free_purpose").unwrap_or(Purpose::FollowUp.code());
    let purposes = Purpose::ALL.iter().filter(|one| **one != Purpose::Workshop);
    let purposes = purposes.map(|one| Choice::new(one.code(), words::purpose(*one), purpose)).collect();
    let note = field(FieldKind::Text, "free_note", "agenda-note", "");
    Ok(FreeForm {
        open: errors.iter().any(|error| error.field.starts_with("free_")),
        fields: vec![
            Field::select("free_modality", t("agenda-how").to_string(), modalities(modality)),
            field(FieldKind::Date, "free_day", "agenda-day", ""),
            field(FieldKind::Time, "free_time", "agenda-hour", "14:00"),
            field(FieldKind::Text, "free_minutes", "agenda-minutes", "45"),
            Field::select("free_site", t("agenda-place").to_string(), places),
            Field::select("free_purpose", t("agenda-purpose").to_string(), purposes),
            Field { optional: true, ..note },
        ],
    })
}

/// `POST /{department}/personnes/{id}/seances`: a seat in a session, or a rank on its waiting list.
///
/// # Errors
/// 404 for one for whom the actor may not book.
pub async fn seat(visit: Visit, Path((_, person)): Who, form: Form) -> Answer {
    let person = id(&person)?;
    let error = match form.get("session").parse() {
        Err(_) => t("agenda-wrong-session").to_string(),
        Ok(session) => match join(&visit.ctx(), session, person).await {
            Ok(Joined::Seated(_)) => return back(&visit, person, "flash-joined"),
            Ok(Joined::Waiting(_)) => return back(&visit, person, "flash-waiting"),
            Err(GatherError::Agenda(error)) => return Err(fail(error)),
            Err(other) => other.to_string(),
        },
    };
    let file = open(&visit.ctx(), person, Part::Appointments).await?;
    let errors = vec![FieldError { field: String::new(), text: error }];
    unprocessable(&whole(&visit, &file, &Form::default(), errors).await?)
}
