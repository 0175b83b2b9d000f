//! Hours: openings and absences, one's own or those of the team, and the secret feed.

use app::agenda::{
    AbsenceError, AbsenceInput, Hours, OpeningRow as KnownOpening, OpeningsError, Site, colleagues,
    end_opening, feed_since, opening_owner, openings_of, remove_absence, save_opening, take_absence,
};
use axum::extract::Path;
use chrono::{NaiveDate, NaiveTime};
use domain::agenda::appointment::Modality;
use domain::agenda::opening::Opening;
use uuid::Uuid;

use super::super::rows::t;
use super::opening_fields::Typed;
use super::own::capital;
use super::rows::{Tab, fail, local, tabs};
use crate::form::{Form, Query};
use crate::format;
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::agenda::{AbsenceRow, FeedCard, HoursPage, OpeningForm, OpeningRow};
use crate::view::errors::Problem;
use crate::view::form::{Field, FieldError, FieldKind};
use crate::view::parts::{Chip, Link, Tone};
use crate::view::words::agenda as words;

const HOURS: &str = "/agenda/heures";

/// `GET /{department}/agenda/heures`.
///
/// # Errors
/// 404 for a professional whose hours are not the actor's to set.
pub async fn hours(visit: Visit, Query(query): Query) -> Answer {
    let all = colleagues(&visit.ctx()).await.map_err(fail)?;
    let account = match query.some("pour") {
        Some(text) => id(text)?,
        None => all.first().map(|(id, _)| *id).ok_or(Fail::Problem(Problem::NotFound))?,
    };
    page(&whole(&visit, account, &Form::default(), Vec::new()).await?)
}

async fn whole(
    visit: &Visit,
    account: Uuid,
    typed: &Form,
    errors: Vec<FieldError>,
) -> Result<HoursPage, Fail> {
    let ctx = visit.ctx();
    let found = openings_of(&ctx, account).await.map_err(fail)?;
    let mine = ctx.actor.id == Some(account);
    let all = colleagues(&ctx).await.map_err(fail)?;
    let chip = |(id, name): &(Uuid, String)| Chip {
        label: name.clone(),
        href: visit.path(&format!("{HOURS}?pour={id}")),
        count: None,
        current: *id == account,
    };
    let feed = if mine { Some(feed_card(visit, &ctx).await?) } else { None };
    Ok(HoursPage {
        tabs: tabs(visit, Tab::Hours),
        title: if mine {
            t("agenda-hours-mine").to_string()
        } else {
            t("agenda-hours-of").s("name", &found.name).to_string()
        },
        others: if all.len() > 1 { all.iter().map(chip).collect() } else { Vec::new() },
        add: visit.path(&format!("{HOURS}/nouvelle?pour={account}")),
        openings: rows(visit, &found),
        absences: found
            .absences
            .iter()
            .map(|one| absence_row(visit, one.id, one.starts_at, one.ends_at))
            .collect(),
        absence_action: visit.path("/agenda/absences"),
        fields: absence_fields(typed, &errors),
        errors,
        account: account.to_string(),
        feed,
        shell: visit.shell(),
    })
}

async fn feed_card(visit: &Visit, ctx: &app::Context) -> Result<FeedCard, Fail> {
    let since = feed_since(ctx).await.map_err(fail)?;
    let said = |at| format::moment(local(visit, at), visit.today());
    Ok(FeedCard {
        since: since.map(|at| t("agenda-feed-since").s("date", said(at)).to_string()).unwrap_or_default(),
        begin: visit.path("/agenda/abonnement"),
        end: visit.path("/agenda/abonnement/retirer"),
    })
}

fn rows(visit: &Visit, found: &Hours) -> Vec<OpeningRow> {
    let row = |(row, rule): &(KnownOpening, Opening)| {
        let site = found.sites.iter().find(|site| site.id == row.site_id);
        OpeningRow {
            link: Link::new(hours_words(rule), visit.path(&format!("{HOURS}/{}", row.id))),
            place: place_words(site, row.room_id, &Modality::split(&row.modalities)),
            detail: detail(visit, rule),
            end: visit.path(&format!("{HOURS}/{}/terminer", row.id)),
        }
    };
    found.openings.iter().map(row).collect()
}

/// « Lundi et jeudi, 9 h 00 à 12 h 00 ».
fn hours_words(rule: &Opening) -> String {
    let days: Vec<String> = rule.weekdays.days().into_iter().map(words::weekday).collect();
    let span =
        t("agenda-from-to").s("from", format::hour(rule.from)).s("to", format::hour(rule.to)).to_string();
    capital(&format!("{}, {span}", days.join(", ")))
}

fn place_words(site: Option<&Site>, room: Option<Uuid>, ways: &[Modality]) -> String {
    let room = site.and_then(|site| site.rooms.iter().find(|one| Some(one.id) == room));
    let ways: Vec<String> = ways.iter().map(|way| words::modality(*way).to_lowercase()).collect();
    let parts =
        [site.map(|site| site.name.clone()), room.map(|room| room.name.clone()), Some(ways.join(" ou "))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn detail(visit: &Visit, rule: &Opening) -> String {
    let mut all = vec![
        t("agenda-detail-length")
            .n("minutes", u64::from(rule.minutes))
            .n("buffer", u64::from(rule.buffer_minutes))
            .to_string(),
    ];
    if rule.every_weeks > 1 {
        all.push(t("agenda-detail-every").n("n", u64::from(rule.every_weeks)).to_string());
    }
    if let Some(most) = rule.daily_maximum {
        all.push(t("agenda-detail-most").n("n", u64::from(most)).to_string());
    }
    let day = |day: NaiveDate| format::day_month(day, visit.today());
    if rule.since > visit.today() {
        all.push(t("agenda-detail-since").s("day", day(rule.since)).to_string());
    }
    if let Some(last) = rule.until {
        all.push(t("agenda-detail-until").s("day", day(last)).to_string());
    }
    if !rule.exceptions.is_empty() {
        all.push(t("agenda-detail-except").n("n", rule.exceptions.len()).to_string());
    }
    all.join(" ")
}

fn absence_row(
    visit: &Visit,
    id: Uuid,
    from: chrono::DateTime<chrono::Utc>,
    to: chrono::DateTime<chrono::Utc>,
) -> AbsenceRow {
    let (from, to) = (local(visit, from), local(visit, to));
    let midnight = |at: chrono::NaiveDateTime| at.time() == NaiveTime::MIN;
    let day = |day: NaiveDate| format::day(day, visit.today());
    let words = match (midnight(from), midnight(to)) {
        (true, true) => {
            let last = domain::time::plus_days(to.date(), -1);
            if last == from.date() {
                capital(&day(last))
            } else {
                t("agenda-absence-days").s("from", day(from.date())).s("to", day(last)).to_string()
            }
        }
        _ => t("agenda-absence-hours")
            .s("from", format::moment(from, visit.today()))
            .s("to", format::moment(to, visit.today()))
            .to_string(),
    };
    AbsenceRow { words, remove: visit.path(&format!("/agenda/absences/{id}/retirer")) }
}

fn absence_fields(typed: &Form, errors: &[FieldError]) -> Vec<Field> {
    let field = |kind, name: &str, key: &str| {
        Field::new(kind, name, t(key).to_string()).value(typed.get(name)).error(FieldError::of(errors, name))
    };
    let optional = |field: Field| Field { optional: true, ..field };
    vec![
        field(FieldKind::Date, "first", "agenda-first-day"),
        optional(
            field(FieldKind::Date, "last", "agenda-last-day").hint(t("agenda-last-day-hint").to_string()),
        ),
        optional(field(FieldKind::Time, "from", "agenda-from-hour")),
        optional(field(FieldKind::Time, "to", "agenda-to-hour")),
    ]
}

/// `POST /{department}/agenda/absences`.
///
/// # Errors
/// 404 for a professional whose hours are not the actor's to set.
pub async fn away(visit: Visit, form: Form) -> Answer {
    let account = id(form.get("account"))?;
    let day = |name: &str| form.get(name).trim().parse::<NaiveDate>().ok();
    let hour = |name: &str| NaiveTime::parse_from_str(form.get(name).trim(), "%H:%M").ok();
    let first = day("first");
    let error = match first {
        None => FieldError { field: "first".to_owned(), text: AbsenceError::Dates.to_string() },
        Some(first) => {
            let last = day("last").unwrap_or(first);
            let input = AbsenceInput { account, first, last, from: hour("from"), to: hour("to") };
            match take_absence(&visit.ctx(), input).await {
                Ok(booked) => {
                    let said = if booked == 0 { "flash-absence" } else { "flash-absence-booked" };
                    let tone = if booked == 0 { Tone::Ok } else { Tone::Soon };
                    return see_other_saying(&visit, &here(&visit, account), tone, said);
                }
                Err(AbsenceError::Agenda(error)) => return Err(fail(error)),
                Err(other) => {
                    let field = if matches!(other, AbsenceError::Hours) { "to" } else { "last" };
                    FieldError { field: field.to_owned(), text: other.to_string() }
                }
            }
        }
    };
    unprocessable(&whole(&visit, account, &form, vec![error]).await?)
}

fn here(visit: &Visit, account: Uuid) -> String {
    visit.path(&format!("{HOURS}?pour={account}"))
}

/// `POST /{department}/agenda/absences/{id}/retirer`.
///
/// # Errors
/// 404 for an absence that is not the actor's to take back.
pub async fn come_back(visit: Visit, Path((_, absence)): Path<(String, String)>) -> Answer {
    let account = remove_absence(&visit.ctx(), id(&absence)?).await.map_err(fail)?;
    see_other_saying(&visit, &here(&visit, account), Tone::Ok, "flash-absence-removed")
}

/// `GET /{department}/agenda/heures/nouvelle`.
///
/// # Errors
/// 404 for a professional whose hours are not the actor's to set.
pub async fn new(visit: Visit, Query(query): Query) -> Answer {
    let account = id(query.get("pour"))?;
    page(&form_page(&visit, account, None, &Typed::new(visit.today()), Vec::new()).await?)
}

/// `POST /{department}/agenda/heures/nouvelle`.
///
/// # Errors
/// 404 for a professional whose hours are not the actor's to set.
pub async fn add(visit: Visit, form: Form) -> Answer {
    let account = id(form.get("account"))?;
    save(visit, account, None, &form).await
}

/// `GET /{department}/agenda/heures/{id}`.
///
/// # Errors
/// 404 for an opening that is not the actor's to set.
pub async fn one(visit: Visit, Path((_, opening)): Path<(String, String)>) -> Answer {
    let opening = id(&opening)?;
    let account = opening_owner(&visit.ctx(), opening).await.map_err(fail)?;
    let found = openings_of(&visit.ctx(), account).await.map_err(fail)?;
    let known = found.openings.iter().find(|(row, _)| row.id == opening);
    let (row, rule) = known.ok_or(Fail::Problem(Problem::NotFound))?;
    let typed = Typed::of(row.site_id, row.room_id, &Modality::split(&row.modalities), rule);
    page(&form_page(&visit, account, Some(opening), &typed, Vec::new()).await?)
}

/// `POST /{department}/agenda/heures/{id}`.
///
/// # Errors
/// 404 for an opening that is not the actor's to set.
pub async fn change(visit: Visit, Path((_, opening)): Path<(String, String)>, form: Form) -> Answer {
    let opening = id(&opening)?;
    let account = opening_owner(&visit.ctx(), opening).await.map_err(fail)?;
    save(visit, account, Some(opening), &form).await
}

async fn save(visit: Visit, account: Uuid, opening: Option<Uuid>, form: &Form) -> Answer {
    let typed = Typed::read(form);
    let error = match typed.input() {
        Err(error) => error,
        Ok(input) => match save_opening(&visit.ctx(), account, opening, &input).await {
            Ok(_) => return see_other_saying(&visit, &here(&visit, account), Tone::Ok, "flash-opening"),
            Err(OpeningsError::Agenda(error)) => return Err(fail(error)),
            Err(other) => wrong(&other),
        },
    };
    unprocessable(&form_page(&visit, account, opening, &typed, vec![error]).await?)
}

fn wrong(error: &OpeningsError) -> FieldError {
    let field = match error {
        OpeningsError::Site => "site",
        OpeningsError::Room => "room",
        OpeningsError::Modality => "way",
        OpeningsError::Overlap(_) => "from",
        OpeningsError::Opening(_) | OpeningsError::Agenda(_) => "",
    };
    FieldError { field: field.to_owned(), text: error.to_string() }
}

async fn form_page(
    visit: &Visit,
    account: Uuid,
    opening: Option<Uuid>,
    typed: &Typed,
    errors: Vec<FieldError>,
) -> Result<OpeningForm, Fail> {
    let found = openings_of(&visit.ctx(), account).await.map_err(fail)?;
    let action = opening.map_or_else(|| format!("{HOURS}/nouvelle"), |id| format!("{HOURS}/{id}"));
    Ok(OpeningForm {
        back: Link::new(t("agenda-hours-of").s("name", &found.name).to_string(), here(visit, account)),
        title: t(if opening.is_some() { "agenda-opening-change" } else { "agenda-hours-add" }).to_string(),
        action: visit.path(&action),
        ticks: vec![typed.days(), typed.ways()],
        fields: typed.fields(&found.sites, visit.today(), &errors),
        more: typed.more(&errors),
        errors,
        account: account.to_string(),
        shell: visit.shell(),
    })
}

/// `POST /{department}/agenda/heures/{id}/terminer`: today is the last day.
///
/// # Errors
/// 404 for an opening that is not the actor's to set.
pub async fn end(visit: Visit, Path((_, opening)): Path<(String, String)>) -> Answer {
    let opening = id(&opening)?;
    let account = opening_owner(&visit.ctx(), opening).await.map_err(fail)?;
    end_opening(&visit.ctx(), opening, visit.today()).await.map_err(fail)?;
    see_other_saying(&visit, &here(&visit, account), Tone::Ok, "flash-opening-ended")
}
