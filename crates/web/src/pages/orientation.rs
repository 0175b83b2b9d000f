//! Whom to orient next.

use app::orientation::{to_orient as listed, urgencies};
use app::people::list::{Entry, Sort};
use domain::access::permission::Action;
use domain::followup::path::PathState;
use domain::orientation::Urgency;

use super::people::{as_csv, as_xlsx, exported, exports, kept, place_filters};
use super::rows::{self, t};
use crate::form::{Form, Query};
use crate::format;
use crate::respond::{Answer, Fail, page};
use crate::site::Visit;
use crate::view::form::Field;
use crate::view::orientation::{Delays, ToOrient, ToOrientRow};
use crate::view::parts::{Chip, Clock, Column, Empty, Tag, Tone};

/// `GET /{department}/orientation`.
///
/// # Errors
/// 403 outside of the role's scope.
pub async fn to_orient(visit: Visit, Query(query): Query) -> Answer {
    let (ctx, path) = (visit.ctx(), visit.path("/orientation"));
    let filter = rows::filter(&query, visit.today());
    let sort = rows::sort(&query, Sort::Due);
    let list = listed(&ctx, &filter, sort, &rows::at(&query)).await?;
    let without = app::people::list::Filter { due: (None, None), ..filter.clone() };
    let counts = urgencies(&ctx, &without).await?;
    let delays = delays(&counts);
    let total = i64::try_from(list.total).unwrap_or(i64::MAX);
    page(&ToOrient {
        title: t("orientation-count").n("n", total).to_string(),
        summary: summary(delays),
        pace: String::new(),
        chips: chips(&visit, &query, &counts),
        delays,
        filters: filters(&visit, &query).await?,
        kept: kept(&query, &["tri"]),
        columns: columns(&path, &query, sort),
        rows: list.rows.iter().map(|e| row(&visit, e)).collect(),
        pager: rows::pager(&path, &query, list.rows.len(), Some(list.total), list.next.as_ref()),
        exports: exports(&visit, &query, "/orientation"),
        invite: invite(&visit, &query),
        empty: Empty {
            title: t("orientation-none").to_string(),
            text: t("orientation-none-text").to_string(),
            action: None,
        },
        shell: visit.shell(),
    })
}

/// Where the people of the list are invited to choose an hour; `None` when the actor invites nobody.
fn invite(visit: &Visit, query: &Form) -> Option<String> {
    app::access::permit(&visit.ctx(), Action::InviteWaves).ok()?;
    let kept = query.query_without(&["apres", "tri", "etat"]);
    let state = PathState::ToOrient.code();
    Some(visit.path(&format!("/agenda/vagues/nouvelle?etat={state}&{kept}")).trim_end_matches('&').to_owned())
}

fn delays(counts: &[(Urgency, u64)]) -> Delays {
    let of = |u| counts.iter().find(|(c, _)| *c == u).and_then(|(_, n)| u32::try_from(*n).ok()).unwrap_or(0);
    Delays {
        late: of(Urgency::Late),
        week: of(Urgency::Week),
        three_weeks: of(Urgency::ThreeWeeks),
        later: of(Urgency::Later),
    }
}

fn summary(delays: Delays) -> String {
    t("orientation-summary").n("late", delays.late).n("week", delays.week).to_string()
}

fn urgency_words(urgency: Urgency) -> String {
    t(match urgency {
        Urgency::Late => "orientation-late",
        Urgency::Week => "orientation-week",
        Urgency::ThreeWeeks => "orientation-three-weeks",
        Urgency::Later => "orientation-later",
    })
    .to_string()
}

fn chips(visit: &Visit, query: &Form, counts: &[(Urgency, u64)]) -> Vec<Chip> {
    let kept = query.query_without(&["delai", "apres"]);
    let href = |more: &str| {
        let parts: Vec<&str> = [kept.as_str(), more].into_iter().filter(|p| !p.is_empty()).collect();
        format!("{}?{}", visit.path("/orientation"), parts.join("&"))
    };
    let all: u64 = counts.iter().map(|(_, n)| n).sum();
    let chip = |label: String, n: u64, word: &str| Chip {
        label,
        href: href(&if word.is_empty() { String::new() } else { format!("delai={word}") }),
        count: Some(format::number(i64::try_from(n).unwrap_or(0))),
        current: query.get("delai") == word,
    };
    let mut chips = vec![chip(t("people-all").to_string(), all, "")];
    chips.extend(counts.iter().map(|(u, n)| chip(urgency_words(*u), *n, u.code())));
    chips
}

/// The filter by sector, once the département has some.
pub(super) async fn sectors(visit: &Visit, query: &Form) -> Result<Option<Field>, Fail> {
    let shared = visit.ctx().shared().await.map_err(|e| Fail::store(&e))?;
    let names: Vec<_> = shared.sectors.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    Ok((!names.is_empty())
        .then(|| rows::select(query, "secteur", "calls-sector", "calls-every-sector", names)))
}

pub(super) async fn filters(visit: &Visit, query: &Form) -> Result<Vec<Field>, Fail> {
    let mut fields = place_filters(visit, query, Action::ReadOrientation).await?;
    fields.extend(sectors(visit, query).await?);
    let delays = Urgency::ALL.into_iter().map(|u| (u.code().to_owned(), urgency_words(u))).collect();
    fields.push(rows::select(query, "delai", "orientation-delay-left", "orientation-any", delays));
    let seniority = rows::said(&[
        ("moins-1", "orientation-since-1"),
        ("1-4", "orientation-since-4"),
        ("5-plus", "orientation-since-5"),
    ]);
    fields.push(rows::select(query, "anciennete", "orientation-seniority", "orientation-any-f", seniority));
    let ages = rows::said(&[
        ("moins-26", "orientation-age-25"),
        ("26-49", "orientation-age-49"),
        ("50-plus", "orientation-age-50"),
    ]);
    fields.push(rows::select(query, "age", "orientation-age", "orientation-any", ages));
    let families = rows::said(&[
        ("seul", "orientation-family-alone"),
        ("seul-enfants", "orientation-family-lone-parent"),
        ("couple", "orientation-family-couple"),
    ]);
    fields.push(rows::select(query, "famille", "orientation-family", "orientation-any-f", families));
    let shared = visit.ctx().shared().await.map_err(|e| Fail::store(&e))?;
    let files = shared.file_names.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    fields.push(rows::select(query, "fichier", "orientation-file", "orientation-any", files));
    Ok(fields)
}

fn columns(path: &str, query: &Form, now: (Sort, app::people::list::Order)) -> Vec<Column> {
    let sorted = |label, word, sort| rows::column(path, query, label, word, now, sort);
    vec![
        sorted("orientation-person", "nom", Sort::Name),
        sorted("orientation-received", "reception", Sort::Reception),
        sorted("orientation-delay", "echeance", Sort::Due),
        Column::plain(t("orientation-commune").to_string()),
        Column::plain(t("orientation-family").to_string()),
        sorted("orientation-seniority", "anciennete", Sort::Since),
    ]
}

fn row(visit: &Visit, entry: &Entry) -> ToOrientRow {
    let (row, today) = (&entry.row, visit.today());
    let received = row.reception.or(row.claim_reception);
    let mut flags: Vec<Tag> = rows::flags(row, None);
    if row.birth_date.is_some_and(|d| domain::time::age(d, today) < 26) {
        flags.push(Tag::new(t("orientation-age-25").to_string(), Tone::Info));
    }
    let since = row.since.map(format::month_year);
    ToOrientRow {
        link: rows::link(visit, row),
        age: rows::age(row, today),
        received: received.map(|d| format::day_month(d, today)).unwrap_or_default(),
        clock: entry
            .due
            .as_ref()
            .map_or_else(|| Clock::new(today, rows::LEGAL_DAYS, today), |d| rows::clock(d, today)),
        commune: row.commune.as_deref().map_or_else(|| t("people-unknown").to_string(), rows::commune),
        territory: entry.territory.clone().unwrap_or_default(),
        family: rows::family(row),
        seniority: since.map(|m| t("orientation-since").s("month", m).to_string()).unwrap_or_default(),
        flags,
    }
}

/// `GET /{department}/orientation.csv`.
///
/// # Errors
/// 403 outside of the role's scope.
pub async fn csv(visit: Visit, Query(query): Query) -> Answer {
    let entries = exported(&visit, &query, "orientation.csv", true).await?;
    as_csv(&entries, "a-orienter.csv")
}

/// `GET /{department}/orientation.xlsx`.
///
/// # Errors
/// 403 outside of the role's scope.
pub async fn xlsx(visit: Visit, Query(query): Query) -> Answer {
    let entries = exported(&visit, &query, "orientation.xlsx", true).await?;
    as_xlsx(&entries, "a-orienter.xlsx")
}
