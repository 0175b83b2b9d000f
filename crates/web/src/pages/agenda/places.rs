//! Places: their day, and the list of their reception.

use app::agenda::{Site, next_day, site_day, sites};
use axum::extract::Path;
use chrono::NaiveDate;

use super::super::rows::t;
use super::own::capital;
use super::rows::{Tab, appointment, day_of, fail, gathering, local, moves, tabs};
use crate::form::Query;
use crate::format;
use crate::respond::{Answer, Fail, id, page};
use crate::site::Visit;
use crate::view::agenda::{Agenda, DayBlock, DayRow, PlaceRow, Places, Reception, ReceptionRow};
use crate::view::parts::{Empty, Fact, Link};

/// « 3 rue du Port, Bar-le-Duc ».
pub(super) fn address(site: &Site) -> String {
    format!("{}, {}", site.address, site.town())
}

/// `GET /{department}/agenda/lieux`.
///
/// # Errors
/// When the database does not answer.
pub async fn list(visit: Visit) -> Answer {
    let all = sites(&visit.ctx()).await.map_err(|e| Fail::store(&e))?;
    let rows = all.into_iter().filter(|one| one.is_open_on(visit.today())).map(|one| PlaceRow {
        address: address(&one),
        access: one.access.clone(),
        reception: visit.path(&format!("/agenda/lieux/{}/demain", one.id)),
        link: Link::new(one.name.clone(), visit.path(&format!("/agenda/lieux/{}", one.id))),
    });
    page(&Places { tabs: tabs(&visit, Tab::Places), rows: rows.collect(), shell: visit.shell() })
}

/// `GET /{department}/agenda/lieux/{id}`.
///
/// # Errors
/// 404 for a place that is not of this département.
pub async fn day(visit: Visit, Path((_, site)): Path<(String, String)>, Query(query): Query) -> Answer {
    let (site, day) = (id(&site)?, day_of(&visit, query.get("jour")));
    let found = site_day(&visit.ctx(), site, day).await.map_err(fail)?;
    let path = format!("/agenda/lieux/{site}");
    let back = visit.path(&format!("{path}?jour={day}"));
    let mut rows: Vec<DayRow> =
        found.appointments.iter().map(|one| appointment(&visit, one, &back)).collect();
    rows.extend(found.gatherings.iter().map(|one| gathering(&visit, one)));
    rows.sort_by(|a, b| a.at.cmp(&b.at));
    let words = capital(&format::day(day, visit.today()));
    let count = t("agenda-count").n("n", found.appointments.len()).to_string();
    let block = DayBlock { id: "jour".to_owned(), title: words.clone(), meta: count, rows };
    page(&Agenda {
        tabs: tabs(&visit, Tab::Places),
        title: found.site.name.clone(),
        lead: format!("{words}. {}.", address(&found.site)),
        views: Vec::new(),
        moves: moves(&visit, &path, day, 1),
        actions: vec![Link::new(t("agenda-tomorrow").to_string(), visit.path(&format!("{path}/demain")))],
        empty: block.rows.is_empty().then(|| Empty {
            title: t("agenda-place-nothing").to_string(),
            text: t("agenda-place-nothing-text").to_string(),
            action: None,
        }),
        days: if block.rows.is_empty() { Vec::new() } else { vec![block] },
        shell: visit.shell(),
    })
}

/// `GET /{department}/agenda/lieux/{id}/demain`: the list that the reception prints.
///
/// # Errors
/// 404 for a place that is not of this département.
pub async fn tomorrow(visit: Visit, Path((_, site)): Path<(String, String)>) -> Answer {
    let list = next_day(&visit.ctx(), id(&site)?).await.map_err(fail)?;
    let phone = |who| {
        let known = list.phones.get(&who).and_then(|kept| domain::people::contact::Phone::parse(kept));
        known.map_or_else(|| "–".to_owned(), |phone| phone.to_string())
    };
    let mut rows: Vec<(String, ReceptionRow)> = Vec::new();
    for one in &list.appointments {
        let at = local(&visit, one.span.start);
        let hosts: Vec<&str> = one.hosts.iter().map(|(_, name)| name.as_str()).collect();
        let room = if one.room.is_empty() { String::new() } else { format!(", {}", one.room) };
        rows.push((
            at.to_string(),
            ReceptionRow {
                hour: format::hour(at.time()),
                who: one.who.name.clone(),
                with: format!("{}{room}", hosts.join(", ")),
                phone: phone(one.who.id),
            },
        ));
    }
    rows.sort_by(|a, b| (&a.0, &a.1.who).cmp(&(&b.0, &b.1.who)));
    page(&Reception {
        place: Link::new(list.site.name.clone(), visit.path(&format!("/agenda/lieux/{}", list.site.id))),
        day: said(&visit, list.day),
        facts: facts(&list.site),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        shell: visit.shell(),
    })
}

fn said(visit: &Visit, day: NaiveDate) -> String {
    format::day(day, visit.today())
}

fn facts(site: &Site) -> Vec<Fact> {
    let mut all = vec![Fact::new(t("agenda-address").to_string(), address(site))];
    for (key, value) in [("agenda-access", &site.access), ("agenda-phone", &site.phone)] {
        if !value.is_empty() {
            all.push(Fact::new(t(key).to_string(), value.clone()));
        }
    }
    all
}
