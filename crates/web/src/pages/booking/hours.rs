//! The hours that a link offers, day by day, in few enough lines for a telephone.

use app::agenda::FreeSlot;
use app::agenda::booking_link::link_slots;
use chrono::{Datelike as _, NaiveDate, NaiveTime, Timelike as _};
use domain::agenda::appointment::Modality;
use domain::time::plus_days;

use super::Page;
use crate::format;
use crate::i18n::Lang;
use crate::respond::Fail;
use crate::view::agenda::SlotChoice;
use crate::view::booking::{Choosing, SlotDay};
use crate::view::form::{Choice, Field, FieldError};
use crate::view::parts::{Chip, Link};

/// Days of a page.
const DAYS: usize = 5;
/// Hours of a day, before one asks for all of it.
const A_DAY: usize = 8;
/// Hours of a day looked at alone.
const WHOLE_DAY: usize = 120;
/// Slots read for a page.
const READ: usize = 600;
/// Places proposed as a filter.
const PLACES: usize = 8;

/// « vendredi 27 novembre », « Friday 27 November ».
pub(super) fn day(lang: Lang, day: NaiveDate, today: NaiveDate) -> String {
    match lang {
        Lang::Fr => format::day(day, today),
        Lang::En if day.year() == today.year() => day.format("%A %-d %B").to_string(),
        Lang::En => day.format("%A %-d %B %Y").to_string(),
    }
}

/// « 9 h 05 », « 9:05 ».
pub(super) fn hour(lang: Lang, time: NaiveTime) -> String {
    match lang {
        Lang::Fr => format::hour(time),
        Lang::En => format!("{}:{:02}", time.hour(), time.minute()),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What the address asks to see.
struct Asked {
    /// One day alone.
    alone: Option<NaiveDate>,
    /// From this day on.
    from: Option<NaiveDate>,
    /// In this place.
    place: String,
}

/// The hours to choose from; `None` when there is none at all, wherever and whenever one looks.
pub(super) async fn choosing(
    page: &Page<'_>,
    moves: bool,
    errors: &[FieldError],
    near: &[FreeSlot],
) -> Result<Option<Choosing>, Fail> {
    let query = page.query;
    let asked = Asked {
        alone: query.get("jour").parse().ok(),
        from: query.get("du").parse().ok(),
        place: query.get("lieu").to_owned(),
    };
    let from = asked.alone.or(asked.from);
    let mut found = slots(page, from, asked.place.parse().ok()).await?;
    let narrowed = from.is_some() || !asked.place.is_empty();
    // An address kept for long, or a place that has filled meanwhile: what there is elsewhere is shown.
    if found.is_empty() && narrowed {
        found = slots(page, None, None).await?;
    }
    if found.is_empty() {
        return Ok(None);
    }
    let (days, next) = days(page, &asked, &found, near, moves);
    let shown: Vec<&FreeSlot> = found.iter().collect();
    let now = page.opened.meeting().map_or(Modality::InPerson, |meeting| meeting.modality);
    let key = if moves { "booking-move-go" } else { "booking-go" };
    Ok(Some(Choosing {
        title: if moves { page.t("booking-move-title").to_string() } else { String::new() },
        does: if moves { "move" } else { "book" },
        hidden: hidden(page, &asked),
        places: places(page, &asked, &found, moves),
        days,
        fields: way(page, &shown, now, errors),
        submit: page.t(key).to_string(),
        moves: turn(page, &asked, next, moves),
    }))
}

async fn slots(
    page: &Page<'_>,
    from: Option<NaiveDate>,
    place: Option<uuid::Uuid>,
) -> Result<Vec<FreeSlot>, Fail> {
    link_slots(&page.visit.ctx(), page.opened, from, place, READ).await.map_err(|e| Fail::store(&e))
}

fn view(moves: bool) -> &'static str {
    if moves { "deplacer" } else { "" }
}

fn hidden(page: &Page<'_>, asked: &Asked) -> Vec<(String, String)> {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    [
        ("lang", page.lang().code().to_owned()),
        ("lieu", asked.place.clone()),
        ("du", day(asked.from)),
        ("jour", day(asked.alone)),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

/// The days of the page, the nearest hours to one that was taken before them; and the day from which there are others.
fn days(
    page: &Page<'_>,
    asked: &Asked,
    found: &[FreeSlot],
    near: &[FreeSlot],
    moves: bool,
) -> (Vec<SlotDay>, Option<NaiveDate>) {
    let (lang, today) = (page.lang(), page.visit.today());
    let mut by_day: Vec<(NaiveDate, Vec<&FreeSlot>)> = Vec::new();
    for slot in found.iter().filter(|slot| near.iter().all(|one| one.id != slot.id)) {
        let date = page.local(slot.span.start).date();
        match by_day.last_mut().filter(|(last, _)| *last == date) {
            Some((_, slots)) => slots.push(slot),
            None => by_day.push((date, vec![slot])),
        }
    }
    let most = if asked.alone.is_some() { 1 } else { DAYS };
    let next = match by_day.get(most) {
        Some((date, _)) => Some(*date),
        None => by_day.last().filter(|_| found.len() >= READ).map(|(date, _)| plus_days(*date, 1)),
    };
    by_day.truncate(most);
    let mut all = Vec::new();
    if !near.is_empty() {
        let slots = near.iter().map(|slot| choice(page, slot, true)).collect();
        all.push(SlotDay { title: page.t("booking-nearest").to_string(), slots, more: None });
    }
    let cap = if asked.alone.is_some() { WHOLE_DAY } else { A_DAY };
    all.extend(by_day.into_iter().map(|(date, slots)| {
        let words = day(lang, date, today);
        let more = (slots.len() > cap && asked.alone.is_none()).then(|| {
            let text = page.t("booking-whole-day").s("day", &words).n("n", slots.len() as u64).to_string();
            Link::new(
                text,
                page.at(&[("voir", view(moves)), ("lieu", &asked.place), ("jour", &date.to_string())]),
            )
        });
        let chosen = page.query.get("slot");
        let kept = |(rank, slot): &(usize, &&FreeSlot)| *rank < cap || slot.id.to_string() == chosen;
        let slots = slots.iter().enumerate().filter(kept).map(|(_, slot)| choice(page, slot, false));
        SlotDay { title: capital(&words), slots: slots.collect(), more }
    }));
    (all, next)
}

fn choice(page: &Page<'_>, slot: &FreeSlot, with_day: bool) -> SlotChoice {
    let (at, lang) = (page.local(slot.span.start), page.lang());
    let time = hour(lang, at.time());
    let place = match slot.modalities.as_slice() {
        [Modality::Phone] => page.t("booking-slot-phone").to_string(),
        [Modality::Visit] => page.t("booking-slot-home").to_string(),
        _ => format!("{}, {}", slot.site.name, slot.site.town()),
    };
    let value = slot.id.to_string();
    SlotChoice {
        when: if with_day {
            format!("{}, {time}", capital(&day(lang, at.date(), page.visit.today())))
        } else {
            time
        },
        place,
        checked: value == page.query.get("slot"),
        value,
    }
}

/// One place or all of them, the nearest first, when there is a choice.
fn places(page: &Page<'_>, asked: &Asked, found: &[FreeSlot], moves: bool) -> Vec<Chip> {
    let mut known: Vec<&FreeSlot> = Vec::new();
    for slot in found {
        if known.iter().all(|one| one.site.id != slot.site.id) {
            known.push(slot);
        }
    }
    if known.len() < 2 && asked.place.is_empty() {
        return Vec::new();
    }
    known.sort_by_key(|slot| (slot.distance_km, slot.site.name.clone()));
    let chip = |label: String, place: &str| Chip {
        label,
        href: page.at(&[("voir", view(moves)), ("lieu", place)]),
        count: None,
        current: asked.place == place,
    };
    let all = chip(page.t("booking-all-places").to_string(), "");
    let each = known.into_iter().take(PLACES).map(|slot| {
        let far = slot.distance_km.filter(|km| *km > 0);
        let far = far.map(|km| page.t("booking-km").n("n", u64::from(km)).to_string()).unwrap_or_default();
        chip(format!("{}{far}", slot.site.name), &slot.site.id.to_string())
    });
    [all].into_iter().chain(each).collect()
}

/// How one is received, when an hour leaves the choice; who moves an appointment is received as before, unless they say so.
fn way(page: &Page<'_>, slots: &[&FreeSlot], now: Modality, errors: &[FieldError]) -> Vec<Field> {
    if !slots.iter().any(|slot| slot.modalities.len() > 1) {
        return Vec::new();
    }
    let chosen = page.query.some("modality").unwrap_or(now.code());
    let one = |way: Modality, key: &str| Choice::new(way.code(), page.t(key).to_string(), chosen);
    let ways = vec![one(Modality::InPerson, "booking-way-place"), one(Modality::Phone, "booking-way-phone")];
    let field = Field::select("modality", page.t("booking-way").to_string(), ways);
    vec![field.hint(page.t("booking-way-hint").to_string()).error(FieldError::of(errors, "modality"))]
}

/// To the first days and to the next ones.
fn turn(page: &Page<'_>, asked: &Asked, next: Option<NaiveDate>, moves: bool) -> Vec<Link> {
    let at = |from: &str| page.at(&[("voir", view(moves)), ("lieu", &asked.place), ("du", from)]);
    let first = (asked.from.is_some() || asked.alone.is_some())
        .then(|| Link::new(page.t("booking-first-days").to_string(), at("")));
    let next = next.map(|day| Link::new(page.t("booking-more-days").to_string(), at(&day.to_string())));
    first.into_iter().chain(next).collect()
}
