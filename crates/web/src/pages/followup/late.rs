//! Everything late, by team and by who must act, and the people behind each number.

use std::collections::BTreeMap;

use app::followup::{Late, LateFilter, LateOwner, LateRow};
use chrono::NaiveDate;
use domain::followup::due::Kind;
use domain::followup::masking::masked;
use uuid::Uuid;

use super::super::rows::{self, t};
use crate::form::{Form, Query};
use crate::format;
use crate::respond::{Answer, Fail, page};
use crate::site::Visit;
use crate::view::followup::{LateLine, LateNumber, LatePage, LatePeople, LateTeam};
use crate::view::parts::{Empty, Link, Pager};
use crate::view::words;

/// The page.
const LATE: &str = "/retards";
/// People of a page of a list.
const PAGE: usize = 50;
/// Who must act, named before « and n others ».
const NAMED: usize = 2;

/// `GET /{department}/retards`.
///
/// # Errors
/// 403 outside of the role's scope.
pub async fn late(visit: Visit) -> Answer {
    let ctx = visit.ctx();
    let found = app::followup::late(&ctx).await?;
    let shared = ctx.shared().await.map_err(|error| Fail::store(&error))?;
    let places = by_territory(&found.people);
    let hidden = if found.opens { Vec::new() } else { masked(&table(&places)) };
    let mut teams: Vec<(usize, LateTeam)> = places
        .iter()
        .enumerate()
        .map(|(rank, (territory, people))| {
            let name = territory.as_deref().and_then(|code| shared.territory(code)).map(str::to_owned);
            let name = name.unwrap_or_else(|| t("people-no-territory").to_string());
            let mask = hidden.get(rank).map(Vec::as_slice);
            (people.len(), team(&visit, &found, (name, territory.as_deref()), people, mask))
        })
        .collect();
    teams.sort_by_key(|(people, _)| std::cmp::Reverse(*people));
    let all = count(found.people.len());
    page(&LatePage {
        summary: if found.opens && all > 0 {
            t("followup-late-summary").n("people", all).to_string()
        } else {
            String::new()
        },
        masked: if found.opens { String::new() } else { t("followup-late-masked").to_string() },
        team: found.opens.then(|| Link::new(t("team-title").to_string(), visit.path("/equipe"))),
        forgotten: Link::new(t("forgotten-title").to_string(), visit.path("/oubliees")),
        teams: teams.into_iter().map(|(_, team)| team).collect(),
        empty: Empty {
            title: t("followup-late-none").to_string(),
            text: t("followup-late-none-text").to_string(),
            action: None,
        },
        shell: visit.shell(),
    })
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn by_territory(people: &[LateRow]) -> Vec<(Option<String>, Vec<&LateRow>)> {
    let mut places: BTreeMap<Option<String>, Vec<&LateRow>> = BTreeMap::new();
    for row in people {
        places.entry(row.territory.clone()).or_default().push(row);
    }
    places.into_iter().collect()
}

fn of_kind(people: &[&LateRow], kind: Kind) -> u64 {
    people.iter().filter(|row| row.steps.iter().any(|step| step.kind == kind)).count() as u64
}

/// The numbers that the page shows, with the sums that would give them away: each team by kind, its people last.
fn table(places: &[(Option<String>, Vec<&LateRow>)]) -> Vec<Vec<u64>> {
    places
        .iter()
        .map(|(_, people)| {
            let mut line: Vec<u64> = Kind::ALL.iter().map(|kind| of_kind(people, *kind)).collect();
            line.push(people.len() as u64);
            line
        })
        .collect()
}

fn team(
    visit: &Visit,
    found: &Late,
    (name, territory): (String, Option<&str>),
    people: &[&LateRow],
    mask: Option<&[bool]>,
) -> LateTeam {
    let place = territory.unwrap_or("sans").to_owned();
    let href = |more: &str| {
        let list = visit.path("/retards/personnes");
        found.opens.then(|| format!("{list}?territoire={place}{more}"))
    };
    let hidden = |rank: usize| mask.is_some_and(|mask| mask.get(rank).copied().unwrap_or(true));
    let kinds = Kind::ALL.iter().enumerate().filter_map(|(rank, kind)| {
        let n = of_kind(people, *kind);
        (n > 0).then(|| LateLine {
            label: words::due_kind(*kind),
            people: number(n, hidden(rank), href(&format!("&etape={}", kind.code()))),
            since: who(found, people, *kind),
        })
    });
    let all = people.len() as u64;
    let shown = if hidden(Kind::ALL.len()) {
        number(all, true, None).value
    } else {
        t("followup-late-count").n("n", count(people.len())).to_string()
    };
    LateTeam {
        name,
        people: LateNumber { value: shown, href: href("") },
        kinds: kinds.collect(),
        owners: if found.opens { owners(visit, found, people, &href) } else { Vec::new() },
    }
}

fn number(n: u64, hidden: bool, href: Option<String>) -> LateNumber {
    let value = match (hidden, n < domain::followup::masking::SMALL) {
        (false, _) => format::number(i64::try_from(n).unwrap_or(i64::MAX)),
        (true, true) => t("followup-late-few").to_string(),
        (true, false) => t("followup-late-hidden").to_string(),
    };
    LateNumber { value, href }
}

/// Who must act for a kind of step: the team, or the first names where one may read them.
fn who(found: &Late, people: &[&LateRow], kind: Kind) -> String {
    let mut counts: BTreeMap<LateOwner, usize> = BTreeMap::new();
    for step in people.iter().flat_map(|row| &row.steps).filter(|step| step.kind == kind) {
        *counts.entry(step.owner).or_default() += 1;
    }
    let mut all: Vec<(LateOwner, usize)> = counts.into_iter().collect();
    all.sort_by_key(|(owner, n)| (std::cmp::Reverse(*n), *owner));
    if !found.opens && all.iter().any(|(owner, _)| *owner != LateOwner::Team) {
        return t("followup-late-referents").to_string();
    }
    let names: Vec<String> = all.iter().map(|(owner, _)| owner_name(found, *owner, kind)).collect();
    match names.split_at_checked(NAMED) {
        Some((first, rest)) if !rest.is_empty() => {
            t("followup-late-owners-many").s("name", first.join(", ")).n("n", count(rest.len())).to_string()
        }
        _ => names.join(", "),
    }
}

fn owner_name(found: &Late, owner: LateOwner, kind: Kind) -> String {
    let team = if kind == Kind::Orient { "followup-late-desk" } else { "followup-late-team" };
    found.name(owner).map_or_else(|| t(team).to_string(), str::to_owned)
}

fn owners(
    _visit: &Visit,
    found: &Late,
    people: &[&LateRow],
    href: &impl Fn(&str) -> Option<String>,
) -> Vec<LateLine> {
    // The desk and the team lead are two teams: what is to orient, and the rest.
    let mut all: BTreeMap<(LateOwner, bool), (usize, NaiveDate)> = BTreeMap::new();
    for row in people {
        let mut mine: BTreeMap<(LateOwner, bool), NaiveDate> = BTreeMap::new();
        for step in &row.steps {
            let desk = step.owner == LateOwner::Team && step.kind == Kind::Orient;
            let since = mine.entry((step.owner, desk)).or_insert(step.due_on);
            *since = step.due_on.min(*since);
        }
        for (key, since) in mine {
            let (n, first) = all.entry(key).or_insert((0, since));
            *n += 1;
            *first = since.min(*first);
        }
    }
    let mut lines: Vec<((LateOwner, bool), (usize, NaiveDate))> = all.into_iter().collect();
    lines.sort_by_key(|(key, (n, _))| (std::cmp::Reverse(*n), *key));
    lines
        .into_iter()
        .map(|((owner, desk), (n, since))| {
            let who = match (owner, desk) {
                (LateOwner::User(id), _) => format!("&qui={id}"),
                (LateOwner::Team, true) => format!("&qui=equipe&etape={}", Kind::Orient.code()),
                (LateOwner::Team, false) => "&qui=responsable".to_owned(),
            };
            let kind = if desk { Kind::Orient } else { Kind::AssignReferent };
            LateLine {
                label: owner_name(found, owner, kind),
                people: number(n as u64, false, href(&who)),
                since: format::full(since),
            }
        })
        .collect()
}

/// `GET /{department}/retards/personnes`.
///
/// # Errors
/// 403 outside of the role's scope.
pub async fn people(visit: Visit, Query(query): Query) -> Answer {
    let ctx = visit.ctx();
    let filter = filter(&query);
    let from = query.get("depuis").parse::<usize>().unwrap_or(0);
    let (entries, total) = app::followup::late_people(&ctx, &filter, (from, PAGE)).await?;
    let list = visit.path("/retards/personnes");
    let kept = query.query_without(&["depuis"]);
    let next = from + PAGE;
    let rows = entries.iter().map(|entry| rows::person(&visit, &entry.entry, note(entry)));
    let pager = Pager {
        shown: t("people-shown")
            .s("rows", format::count(entries.len()))
            .s("total", format::number(count(total)))
            .to_string(),
        first: (from > 0).then(|| format!("{list}?{kept}")),
        next: (next < total).then(|| format!("{list}?{kept}&depuis={next}")),
    };
    page(&LatePeople {
        title: t("followup-late-list").n("n", count(total)).to_string(),
        summary: filter.kind.map(words::due_kind).unwrap_or_default(),
        back: Link::new(t("followup-late-title").to_string(), visit.path(LATE)),
        rows: rows.collect(),
        pager,
        empty: Empty {
            title: t("followup-late-nobody").to_string(),
            text: t("followup-late-nobody-text").to_string(),
            action: Some(Link::new(t("followup-late-title").to_string(), visit.path(LATE))),
        },
        shell: visit.shell(),
    })
}

/// « Signer le contrat, depuis le 12 novembre 2026 ».
fn note(entry: &app::followup::LateEntry) -> String {
    let one = |(kind, since): &(Kind, NaiveDate)| {
        t("followup-late-note").s("what", words::due_kind(*kind)).s("date", format::full(*since)).to_string()
    };
    entry.steps.iter().map(one).collect::<Vec<_>>().join(" ; ")
}

fn filter(query: &Form) -> LateFilter {
    LateFilter {
        territory: match query.get("territoire") {
            "" => None,
            "sans" => Some(None),
            code => Some(Some(code.to_owned())),
        },
        kind: Kind::parse(query.get("etape")),
        owner: match query.get("qui") {
            "equipe" | "responsable" => Some(LateOwner::Team),
            id => id.parse::<Uuid>().ok().map(LateOwner::User),
        },
        but: (query.get("qui") == "responsable").then_some(Kind::Orient),
    }
}
