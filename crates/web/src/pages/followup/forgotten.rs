//! The page that must be empty, or explained.

use std::collections::BTreeMap;

use app::followup::Forgotten;
use domain::followup::forgotten::{DAYS, Found};
use domain::followup::masking::{SMALL, masked};

use super::super::rows::{self, t};
use crate::format;
use crate::respond::{Answer, Fail, page};
use crate::site::Visit;
use crate::view::followup::{ForgottenPage, LateLine, LateNumber};
use crate::view::parts::{Empty, Link};
use crate::view::people::PersonRow;

/// Most people named in a list: the longest forgotten first, the others as these are done.
const NAMED: usize = 100;

/// `GET /{department}/oubliees`.
///
/// # Errors
/// 403 outside of the role's scope.
pub async fn forgotten(visit: Visit) -> Answer {
    let ctx = visit.ctx();
    let found = app::followup::forgotten(&ctx).await?;
    let shared = ctx.shared().await.map_err(|error| Fail::store(&error))?;
    let place = |code: Option<&str>| {
        let name = code.and_then(|code| shared.territory(code)).map(str::to_owned);
        name.unwrap_or_else(|| t("people-no-territory").to_string())
    };
    let of = |explained: bool| found.people.iter().filter(move |(one, _)| one.is_explained() == explained);
    let named = |explained: bool| -> Vec<PersonRow> {
        let all = of(explained).take(NAMED);
        all.map(|(one, entry)| rows::person(&visit, entry, note(*one))).collect()
    };
    let (silent, tried) = (of(false).count(), of(true).count());
    page(&ForgottenPage {
        summary: summary(found.opens, silent, tried),
        teams: found
            .teamless
            .iter()
            .map(|(code, n)| {
                let few = !found.opens && *n < SMALL;
                let people = if few { t("followup-late-few").to_string() } else { format::number(count(*n)) };
                t("forgotten-team").s("place", place(code.as_deref())).s("people", people).to_string()
            })
            .collect(),
        silent: if found.opens { named(false) } else { Vec::new() },
        tried: if found.opens { named(true) } else { Vec::new() },
        places: if found.opens { Vec::new() } else { places(&found, &place) },
        more: (silent.max(tried) > NAMED && found.opens)
            .then(|| t("forgotten-more").n("n", count(NAMED as u64)).to_string()),
        empty: Empty {
            title: t("forgotten-none").to_string(),
            text: t("forgotten-none-text").n("days", DAYS).to_string(),
            action: None,
        },
        late: Link::new(t("followup-late-title").to_string(), visit.path("/retards")),
        shell: visit.shell(),
    })
}

fn count(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// How many; nothing where small numbers are masked.
fn summary(opens: bool, silent: usize, tried: usize) -> String {
    if !opens || silent + tried == 0 {
        return t("forgotten-what").n("days", DAYS).to_string();
    }
    t("forgotten-summary").n("silent", count(silent as u64)).n("tried", count(tried as u64)).to_string()
}

/// « En retard depuis le 1er mars 2027, rien d’écrit depuis le 2 février 2027 ».
fn note(found: Found) -> String {
    let text = match found {
        Found::NothingOwed => t("forgotten-nothing-owed"),
        Found::Silent(due, None) => t("forgotten-never").s("due", format::full(due)),
        Found::Silent(due, Some(last)) => {
            t("forgotten-silent").s("due", format::full(due)).s("last", format::full(last))
        }
        Found::Tried(due, last) => {
            t("forgotten-tried").s("due", format::full(due)).s("last", format::full(last))
        }
    };
    text.to_string()
}

/// By territory, for who may not open people: numbers, small ones masked.
fn places(found: &Forgotten, place: &impl Fn(Option<&str>) -> String) -> Vec<LateLine> {
    let mut all: BTreeMap<Option<&str>, [u64; 2]> = BTreeMap::new();
    for (one, entry) in &found.people {
        let [silent, tried] = all.entry(entry.row.territory.as_deref()).or_default();
        let n = if one.is_explained() { tried } else { silent };
        *n += 1;
    }
    let sum = |rank: usize| all.values().filter_map(|line| line.get(rank)).sum::<u64>();
    let mut table: Vec<Vec<u64>> = all.values().map(|[a, b]| vec![*a, *b, a + b]).collect();
    table.push(vec![sum(0), sum(1), sum(0) + sum(1)]);
    let hidden = masked(&table);
    let shown = |row: usize, column: usize| {
        let n = table.get(row).and_then(|line| line.get(column)).copied().unwrap_or(0);
        match (hidden.get(row).and_then(|line| line.get(column)), n < SMALL) {
            (Some(true), true) => t("followup-late-few").to_string(),
            (Some(true), false) => t("followup-late-hidden").to_string(),
            _ => format::number(count(n)),
        }
    };
    all.keys()
        .enumerate()
        .map(|(row, code)| LateLine {
            label: place(*code),
            people: LateNumber { value: shown(row, 0), href: None },
            since: shown(row, 1),
        })
        .collect()
}
