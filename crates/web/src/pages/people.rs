//! Lists of people, search, and lists taken away.

use app::export::{Cell, Table};
use app::people::list::{self, Entry, Sort};
use domain::access::permission::Action;
use domain::followup::path::PathState;

use super::rows::{self, t};
use crate::form::{Form, Query};
use crate::format;
use crate::respond::{Answer, Fail, download, page};
use crate::site::Visit;
use crate::view::form::Field;
use crate::view::parts::{Chip, Empty, Link};
use crate::view::people::People;
use crate::view::search::Search;
use crate::view::words;

/// `GET /{department}/personnes`.
///
/// # Errors
/// 403 outside of the role's scope.
pub async fn list(visit: Visit, Query(query): Query) -> Answer {
    let (ctx, path) = (visit.ctx(), visit.path("/personnes"));
    let filter = rows::filter(&query, visit.today());
    let sort = rows::sort(&query, Sort::Name);
    let listed = list::list(&ctx, &filter, sort, &rows::at(&query)).await?;
    let total = i64::try_from(listed.total).unwrap_or(i64::MAX);
    let pager = rows::pager(&path, &query, listed.rows.len(), Some(listed.total), listed.next.as_ref());
    page(&People {
        title: t("people-count").n("n", total).to_string(),
        summary: t(if filter.alone { "people-summary-alone" } else { "people-summary" }).to_string(),
        chips: chips(&visit, &query).await?,
        filters: place_filters(&visit, &query, Action::ReadPeople).await?,
        kept: kept(&query, &["etat", "suivi", "tri"]),
        rows: listed.rows.iter().map(|e| rows::person(&visit, e, String::new())).collect(),
        pager,
        exports: exports(&visit, &query, "/personnes"),
        empty: Empty {
            title: t("people-nobody").to_string(),
            text: t("people-nobody-text").to_string(),
            action: Some(Link::new(t("people-nobody-all").to_string(), path)),
        },
        shell: visit.shell(),
    })
}

async fn chips(visit: &Visit, query: &Form) -> Result<Vec<Chip>, Fail> {
    let base = list::Filter { state: None, ..rows::filter(query, visit.today()) };
    let kept = query.query_without(&["etat", "apres"]);
    let href = |state: &str| {
        let parts: Vec<String> =
            [kept.clone(), state.to_owned()].into_iter().filter(|p| !p.is_empty()).collect();
        format!("{}?{}", visit.path("/personnes"), parts.join("&"))
    };
    let counts = list::states(&visit.ctx(), &base).await?;
    let all: u64 = counts.iter().map(|(_, n)| n).sum();
    let chip = |label: String, n: u64, state: &str, word: &str| Chip {
        label,
        href: href(word),
        count: Some(format::number(i64::try_from(n).unwrap_or(0))),
        current: query.get("etat") == state,
    };
    let mut chips = vec![chip(t("people-all").to_string(), all, "", "")];
    chips.extend(counts.into_iter().map(|(state, n)| {
        chip(words::state_name(state), n, state.code(), &format!("etat={}", state.code()))
    }));
    Ok(chips)
}

/// Territory and commune; communes are those where somebody of the list lives.
pub(super) async fn place_filters(visit: &Visit, query: &Form, action: Action) -> Result<Vec<Field>, Fail> {
    let ctx = visit.ctx();
    let shared = ctx.shared().await.map_err(|e| Fail::store(&e))?;
    let mut names = shared.territories.clone();
    names.push(("sans".to_owned(), t("people-no-territory").to_string()));
    let filter = rows::filter(query, visit.today());
    let filter =
        if action == Action::ReadOrientation { app::orientation::only_to_orient(&filter) } else { filter };
    let mut communes: Vec<(String, String)> = list::communes(&ctx, action, &filter)
        .await?
        .into_iter()
        .map(|(code, n)| {
            let n = format::number(i64::try_from(n).unwrap_or(i64::MAX));
            let label = format!("{} ({n})", rows::commune(&code));
            (code, label)
        })
        .collect();
    communes.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(vec![
        rows::select(query, "territoire", "people-territory", "people-everywhere", names),
        rows::select(query, "commune", "people-commune", "people-every-commune", communes),
    ])
}

/// Fields of the address that a filter form must keep.
pub(super) fn kept(query: &Form, names: &[&str]) -> Vec<(String, String)> {
    names.iter().filter_map(|n| query.some(n).map(|v| ((*n).to_owned(), v.to_owned()))).collect()
}

/// The same list as CSV and XLSX, for who may take it away.
pub(super) fn exports(visit: &Visit, query: &Form, path: &str) -> Vec<Link> {
    if app::access::permit(&visit.ctx(), Action::ExportPeople).is_err() {
        return Vec::new();
    }
    let kept = query.query_without(&["apres"]);
    ["csv", "xlsx"]
        .into_iter()
        .map(|kind| {
            let href = format!("{}.{kind}?{kept}", visit.path(path));
            Link::new(t(if kind == "csv" { "people-csv" } else { "people-xlsx" }).to_string(), href)
        })
        .collect()
}

/// `GET /{department}/personnes.csv`.
///
/// # Errors
/// 403 outside of the role's scope.
pub async fn csv(visit: Visit, Query(query): Query) -> Answer {
    let entries = exported(&visit, &query, "personnes.csv", false).await?;
    as_csv(&entries, "personnes.csv")
}

/// `GET /{department}/personnes.xlsx`.
///
/// # Errors
/// 403 outside of the role's scope.
pub async fn xlsx(visit: Visit, Query(query): Query) -> Answer {
    let entries = exported(&visit, &query, "personnes.xlsx", false).await?;
    as_xlsx(&entries, "personnes.xlsx")
}

pub(super) async fn exported(
    visit: &Visit,
    query: &Form,
    what: &str,
    orient: bool,
) -> Result<Vec<Entry>, Fail> {
    let filter = rows::filter(query, visit.today());
    let filter = if orient { app::orientation::only_to_orient(&filter) } else { filter };
    let sort = rows::sort(query, if orient { Sort::Due } else { Sort::Name });
    Ok(list::export(&visit.ctx(), &filter, sort, what).await?)
}

fn table(name: &str, entries: &[Entry]) -> Table {
    let heads = [
        "people-head-last",
        "people-head-first",
        "people-head-birth",
        "people-state",
        "people-commune",
        "people-territory",
        "people-right",
        "people-head-received",
        "people-head-legal",
        "people-head-due",
    ];
    let date = |d: Option<chrono::NaiveDate>| d.map_or(Cell::Empty, Cell::Date);
    let rows = entries
        .iter()
        .map(|e| {
            let row = &e.row;
            vec![
                Cell::Text(row.last_name.clone()),
                Cell::Text(row.first_name.clone()),
                date(row.birth_date),
                Cell::Text(words::state_name(PathState::parse(&row.state).unwrap_or(PathState::Known))),
                Cell::Text(row.commune.as_deref().map(rows::commune).unwrap_or_default()),
                Cell::Text(e.territory.clone().unwrap_or_default()),
                Cell::Text(words::right(rows::right_state(row)).0),
                date(row.reception.or(row.claim_reception)),
                date(row.legal_on),
                date(row.due_on),
            ]
        })
        .collect();
    Table { title: name.to_owned(), headers: heads.iter().map(|h| t(h).to_string()).collect(), rows }
}

pub(super) fn as_csv(entries: &[Entry], name: &str) -> Answer {
    download(table(name, entries).to_csv(), "text/csv; charset=utf-8", name)
}

pub(super) fn as_xlsx(entries: &[Entry], name: &str) -> Answer {
    let bytes = table(name, entries).to_xlsx().map_err(|e| Fail::Internal(e.to_string()))?;
    download(bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name)
}

/// `GET /{department}/recherche?q=`.
///
/// # Errors
/// 403 outside of the role's scope.
pub async fn search(visit: Visit, Query(query): Query) -> Answer {
    let words = query.get("q").trim().to_owned();
    let found = app::people::search::search(&visit.ctx(), &words).await?;
    let n = i64::try_from(found.rows.len()).unwrap_or(0);
    let summary = match (words.is_empty(), found.more) {
        (true, _) => String::new(),
        (false, true) => t("search-too-many").s("query", &words).to_string(),
        (false, false) => t("search-found").n("n", n).s("query", &words).to_string(),
    };
    let why = |e: &Entry| {
        e.row.birth_date.map(|d| format!("{} {}", t("search-born"), format::full(d))).unwrap_or_default()
    };
    page(&Search {
        rows: found.rows.iter().map(|e| rows::person(&visit, e, why(e))).collect(),
        pager: crate::view::parts::Pager { shown: format::count(found.rows.len()), ..Default::default() },
        empty: Empty {
            title: t("search-none").to_string(),
            text: t("search-none-text").to_string(),
            action: super::exceptional::way(&visit),
        },
        query: words,
        summary,
        shell: visit.shell(),
    })
}
