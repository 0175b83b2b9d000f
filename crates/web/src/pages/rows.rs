//! A person in a list, and the filters, sorts and pages that lists share.

use app::people::due::{NextDue, Owner};
use app::people::list::{Entry, Filter, Order, Page, PersonRow as Row, Sort};
use chrono::NaiveDate;
use domain::followup::path::PathState;
use domain::intake::flux::RightState;
use domain::orientation::Urgency;
use domain::people::contact::Phone;
use domain::people::family::{ALONE, COUPLE};

use crate::form::{Form, encode};
use crate::format;
use crate::i18n::{Lang, Text, text};
use crate::site::Visit;
use crate::view::form::{Choice, Field};
use crate::view::parts::{Clock, Column, Link, Pager, Sort as Arrow, StateTag, Tag, Tone};
use crate::view::people::PersonRow;
use crate::view::words::{self, Gender};

/// Rows of a page.
pub const PAGE: u64 = 50;
/// The legal delay, in days, for the ring of the clock.
pub const LEGAL_DAYS: i64 = 42;

/// A text of the screen.
pub fn t(key: &str) -> Text<'_> {
    text(Lang::Fr, key)
}

/// How words agree with this person.
pub fn gender(row: &Row) -> Gender {
    if row.sex.as_deref() == Some("2") { Gender::Feminine } else { Gender::Masculine }
}

/// « Odile Barrancourt ».
pub fn name(row: &Row) -> String {
    format!("{} {}", row.first_name, row.last_name)
}

/// Name of a commune from its code; the code when it is unknown.
pub fn commune(code: &str) -> String {
    domain::reference::geo::commune(code).map_or_else(|| code.to_owned(), |c| c.name.to_owned())
}

/// « 58 ans », or nothing when the birth date is unknown.
pub fn age(row: &Row, today: NaiveDate) -> String {
    row.birth_date.map(|d| format::age_words(d, today)).unwrap_or_default()
}

/// The state of the right.
pub fn right_state(row: &Row) -> Option<RightState> {
    row.right_state.as_deref().and_then(RightState::parse)
}

/// Where a person stands, as a tag.
pub fn state_tag(row: &Row) -> StateTag {
    words::state(PathState::parse(&row.state).unwrap_or(PathState::Known), gender(row))
}

/// « seule, 2 enfants », « en couple ».
pub fn family(row: &Row) -> String {
    let couple = row.family.as_deref().is_some_and(|code| COUPLE.contains(&code));
    let key = match (couple, gender(row)) {
        (true, _) => "people-couple",
        (false, Gender::Feminine) => "people-alone-f",
        (false, Gender::Masculine) => "people-alone-m",
    };
    let alone = t(key).to_string();
    if row.dependants == 0 {
        alone
    } else {
        format!("{alone}, {}", t("people-dependants").n("n", row.dependants))
    }
}

/// Marks beside the state.
pub fn flags(row: &Row, due: Option<&NextDue>) -> Vec<Tag> {
    let mut all = Vec::new();
    if due.is_some_and(|d| d.late) {
        all.push(Tag::new(t("people-flag-late").to_string(), Tone::Late));
    }
    if row.match_open {
        all.push(Tag::new(t("people-flag-match").to_string(), Tone::Soon));
    }
    if row.has_referent && right_state(row).is_some_and(RightState::is_closed) {
        all.push(Tag::new(t("people-flag-closed").to_string(), Tone::Soon));
    }
    all
}

/// The ring of a due step.
pub fn clock(due: &NextDue, today: NaiveDate) -> Clock {
    Clock::new(due.legal_on, LEGAL_DAYS, today)
}

/// Who owes a step.
pub fn owner(due: &NextDue) -> String {
    match &due.owner {
        Owner::User(name) | Owner::Team(name) => name.clone(),
    }
}

/// A person in a list.
pub fn person(visit: &Visit, entry: &Entry, note: String) -> PersonRow {
    let (row, today) = (&entry.row, visit.today());
    let town = row.commune.as_deref().map(commune);
    let meta = [Some(age(row, today)).filter(|a| !a.is_empty()), town].into_iter().flatten();
    PersonRow {
        link: link(visit, row),
        meta: meta.collect::<Vec<_>>().join(", "),
        state: state_tag(row),
        flags: flags(row, entry.due.as_ref()),
        right: words::right(right_state(row)).0,
        territory: entry.territory.clone().unwrap_or_default(),
        due: entry.due.as_ref().map(due_words).unwrap_or_default(),
        clock: entry.due.as_ref().map(|d| clock(d, today)),
        note,
    }
}

/// The page of a person.
pub fn link(visit: &Visit, row: &Row) -> Link {
    Link::new(name(row), visit.path(&format!("/personnes/{}", row.id)))
}

/// What must be done next.
pub fn due_words(due: &NextDue) -> String {
    domain::followup::due::Kind::parse(&due.kind).map(words::due_kind).unwrap_or_default()
}

/// A phone as it is read; anything else as it is.
pub fn phone(value: &str) -> String {
    Phone::parse(value).map_or_else(|| value.to_owned(), |p| p.to_string())
}

/// The filter that the address asks for.
pub fn filter(query: &Form, today: NaiveDate) -> Filter {
    let years = |n: i32| today.checked_sub_months(chrono::Months::new(u32::try_from(n * 12).unwrap_or(0)));
    let day_before = |d: Option<NaiveDate>| d.map(|d| domain::time::plus_days(d, -1));
    let day_after = |d: Option<NaiveDate>| d.map(|d| domain::time::plus_days(d, 1));
    let born = match query.get("age") {
        "moins-26" => (day_after(years(26)), None),
        "26-49" => (day_after(years(50)), years(26)),
        "50-plus" => (None, years(50)),
        _ => (None, None),
    };
    let since = match query.get("anciennete") {
        "moins-1" => (day_after(years(1)), None),
        "1-4" => (day_after(years(5)), years(1)),
        "5-plus" => (None, years(5)),
        _ => (None, None),
    };
    let (families, with_dependants) = match query.get("famille") {
        "seul" => (ALONE.map(str::to_owned).to_vec(), Some(false)),
        "seul-enfants" => (ALONE.map(str::to_owned).to_vec(), Some(true)),
        "couple" => (COUPLE.map(str::to_owned).to_vec(), None),
        _ => (Vec::new(), None),
    };
    Filter {
        state: query.some("etat").filter(|s| PathState::parse(s).is_some()).map(str::to_owned),
        territory: match query.get("territoire") {
            "" => None,
            "sans" => Some(String::new()),
            code => Some(code.to_owned()),
        },
        commune: query.some("commune").map(str::to_owned),
        sector: query.some("secteur").and_then(|id| id.parse().ok()),
        born: (born.0, day_before(day_after(born.1))),
        since,
        due: Urgency::parse(query.get("delai")).map_or((None, None), |u| u.bounds(today)),
        families,
        with_dependants,
        origin: query.some("fichier").and_then(|id| id.parse().ok()),
        referent: None,
        programme: None,
        alone: query.get("suivi") == "sans-referent",
        stepless: false,
        contract: None,
    }
}

/// The sort that the address asks for.
pub fn sort(query: &Form, default: Sort) -> (Sort, Order) {
    let asked = query.get("tri");
    let (word, order) = match asked.strip_prefix('-') {
        Some(word) => (word, Order::Descending),
        None => (asked, Order::Ascending),
    };
    let sort = match word {
        "nom" => Sort::Name,
        "echeance" => Sort::Due,
        "reception" => Sort::Reception,
        "anciennete" => Sort::Since,
        "age" => Sort::Birth,
        _ => return (default, Order::Ascending),
    };
    (sort, order)
}

/// The page that the address asks for.
pub fn at(query: &Form) -> Page {
    let after = query.some("apres").and_then(|key| {
        let (value, id) = key.rsplit_once('~')?;
        Some((value.to_owned(), id.parse().ok()?))
    });
    Page { after, limit: PAGE }
}

/// Where one is in a list of `total` rows of which `rows` are shown.
pub fn pager(
    path: &str,
    query: &Form,
    rows: usize,
    total: Option<u64>,
    next: Option<&(String, uuid::Uuid)>,
) -> Pager {
    let kept = query.query_without(&["apres"]);
    let with = |more: &str| match (kept.is_empty(), more.is_empty()) {
        (true, true) => path.to_owned(),
        (true, false) => format!("{path}?{more}"),
        (false, true) => format!("{path}?{kept}"),
        (false, false) => format!("{path}?{kept}&{more}"),
    };
    let count = format::count(rows);
    let shown = match total {
        Some(total) => t("people-shown")
            .s("rows", count)
            .s("total", format::number(i64::try_from(total).unwrap_or(i64::MAX)))
            .to_string(),
        None => count,
    };
    Pager {
        shown,
        first: query.some("apres").map(|_| with("")),
        next: next.map(|(value, id)| with(&format!("apres={}", encode(&format!("{value}~{id}"))))),
    }
}

/// Head of a column that sorts.
pub fn column(path: &str, query: &Form, label: &str, word: &str, now: (Sort, Order), sort: Sort) -> Column {
    let mine = now.0 == sort;
    let arrow = match (mine, now.1) {
        (false, _) => Arrow::None,
        (true, Order::Ascending) => Arrow::Ascending,
        (true, Order::Descending) => Arrow::Descending,
    };
    let asked = if mine && now.1 == Order::Ascending { format!("-{word}") } else { word.to_owned() };
    let kept = query.query_without(&["apres", "tri"]);
    let href =
        if kept.is_empty() { format!("{path}?tri={asked}") } else { format!("{path}?{kept}&tri={asked}") };
    Column { label: t(label).to_string(), href: Some(href), sort: arrow }
}

/// A select of the filters; the first choice keeps everything.
pub fn select(query: &Form, name: &str, label: &str, all: &str, choices: Vec<(String, String)>) -> Field {
    let current = query.get(name);
    let mut list = vec![Choice::new("", t(all).to_string(), current)];
    list.extend(choices.into_iter().map(|(value, label)| Choice::new(&value, label, current)));
    Field::select(name, t(label).to_string(), list)
}

/// Choices whose labels are texts of ours.
pub fn said(choices: &[(&str, &str)]) -> Vec<(String, String)> {
    choices.iter().map(|(value, key)| ((*value).to_owned(), t(key).to_string())).collect()
}
