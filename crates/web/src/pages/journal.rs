//! The journal: who read or did what.

use std::collections::HashMap;

use app::audit::{JournalError, JournalFilter, JournalLine, page as lines, verify, writers};
use chrono::{DateTime, Days, NaiveDate, TimeZone as _, Utc};
use domain::access::permission::Action;
use domain::audit::Act;
use domain::people::name::normalise;
use uuid::Uuid;

use super::person::role_words;
use super::rows::{self, t};
use crate::form::{Form, Query};
use crate::format;
use crate::respond::{Answer, Fail, page};
use crate::site::Visit;
use crate::view::form::{Field, FieldKind};
use crate::view::journal::{Journal, JournalRow};
use crate::view::parts::{Link, Pager, Tone};
use crate::view::shell::Flash;
use crate::view::words;

/// Lines of a page.
const PAGE: u64 = 50;

/// `GET /{department}/journal`.
///
/// # Errors
/// 403 outside of the role's scope.
pub async fn journal(visit: Visit, Query(query): Query) -> Answer {
    let ctx = visit.ctx();
    let mut read = lines(&ctx, &filter(&visit, &query)).await?;
    let more = read.len() as u64 > PAGE;
    if more {
        read.pop();
    }
    let next = read.last().filter(|_| more).map(|line| line.number);
    let shared = ctx.shared().await.map_err(|e| Fail::store(&e))?;
    let files: HashMap<Uuid, String> = shared.file_names.iter().cloned().collect();
    page(&Journal {
        summary: t("journal-summary").to_string(),
        whole: Some(whole(&visit, &query).await?),
        filters: filters(&visit, &query).await?,
        kept: Vec::new(),
        rows: read.iter().map(|line| row(&visit, line, &files)).collect(),
        pager: pager(&visit, &query, read.len(), next),
        shell: visit.shell(),
    })
}

/// An act of the journal in words; its code when this version does not know it.
pub fn act_words(code: &str) -> String {
    Act::parse(code).map_or_else(|| code.to_owned(), words::act)
}

fn filter(visit: &Visit, query: &Form) -> JournalFilter {
    let day = |name: &str| query.get(name).parse::<NaiveDate>().ok();
    JournalFilter {
        act: query.some("acte").and_then(Act::parse).map(|act| act.code().to_owned()),
        actor: query.some("qui").and_then(|id| id.parse().ok()),
        person: query.some("personne").and_then(|id| id.parse().ok()),
        from: day("du").and_then(|d| midnight(visit, d)),
        to: day("au").and_then(|d| d.checked_add_days(Days::new(1))).and_then(|d| midnight(visit, d)),
        before_number: query.some("apres").and_then(|number| number.parse().ok()),
        limit: PAGE + 1,
    }
}

/// When a day begins in the département.
fn midnight(visit: &Visit, day: NaiveDate) -> Option<DateTime<Utc>> {
    let begins = visit.department.timezone.from_local_datetime(&day.and_hms_opt(0, 0, 0)?);
    begins.earliest().map(|at| at.with_timezone(&Utc))
}

/// Whether the chain holds: read on request only, since it reads every line.
async fn whole(visit: &Visit, query: &Form) -> Result<Flash, Fail> {
    if query.get("verifier") != "1" {
        return Ok(Flash {
            tone: Tone::Neutral,
            title: t("journal-chained").to_string(),
            text: t("journal-chained-text").to_string(),
            action: Some(Link::new(t("journal-verify").to_string(), visit.path("/journal?verifier=1"))),
        });
    }
    let report = verify(&visit.ctx()).await?;
    let (tone, title, text) = match report.broken_at {
        None => (Tone::Ok, t("journal-whole").n("n", report.rows), t("journal-whole-text")),
        Some(number) => (Tone::Late, t("journal-broken").s("number", number), t("journal-broken-text")),
    };
    Ok(Flash { tone, title: title.to_string(), text: text.to_string(), action: None })
}

async fn filters(visit: &Visit, query: &Form) -> Result<Vec<Field>, Fail> {
    let mut acts: Vec<_> = Act::ALL.into_iter().map(|act| (act.code().to_owned(), words::act(act))).collect();
    acts.sort_by_key(|(_, label)| normalise(label));
    let people = writers(&visit.ctx()).await?.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    let date = |name: &str, label: &str| {
        Field::new(FieldKind::Date, name, t(label).to_string()).value(query.get(name))
    };
    Ok(vec![
        rows::select(query, "acte", "journal-act", "journal-any-act", acts),
        rows::select(query, "qui", "journal-who", "journal-anybody", people),
        date("du", "journal-from"),
        date("au", "journal-to"),
    ])
}

fn row(visit: &Visit, line: &JournalLine, files: &HashMap<Uuid, String>) -> JournalRow {
    let at = line.row.at.with_timezone(&visit.department.timezone).naive_local();
    let machine = line.row.actor_kind == app::access::ActorKind::System.code();
    JournalRow {
        when: format::moment(at, visit.today()),
        who: if machine {
            t("journal-machine").s("name", &line.row.actor_name).to_string()
        } else {
            line.row.actor_name.clone()
        },
        role: if machine { String::new() } else { role_words(&line.row.role) },
        act: act_words(&line.row.act),
        about: about(visit, line, files),
        reason: line.row.reason.clone().unwrap_or_default(),
    }
}

/// On whom or what: a person is not named here, their page asks for a reason first.
fn about(visit: &Visit, line: &JournalLine, files: &HashMap<Uuid, String>) -> Option<Link> {
    if let Some(person) = line.row.person_id {
        return Some(Link::new(t("journal-person").to_string(), visit.path(&format!("/personnes/{person}"))));
    }
    let object = line.row.object.as_deref()?;
    let key = object.split_whitespace().next().and_then(|word| word.parse::<Uuid>().ok());
    let Some(key) = key else { return Some(Link::new(object, "")) };
    let act = Act::parse(&line.row.act);
    if !matches!(act, Some(Act::Import | Act::ReadList | Act::ReadReject)) {
        return None;
    }
    let may = app::access::permit(&visit.ctx(), Action::ReadImports).is_ok();
    let href = if may { visit.path(&format!("/fichiers/{key}")) } else { String::new() };
    Some(Link::new(files.get(&key).cloned().unwrap_or_else(|| t("journal-file").to_string()), href))
}

fn pager(visit: &Visit, query: &Form, shown: usize, next: Option<i64>) -> Pager {
    let kept = query.query_without(&["apres", "verifier"]);
    let with = |more: String| {
        let parts: Vec<&str> =
            [kept.as_str(), more.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
        format!("{}?{}", visit.path("/journal"), parts.join("&"))
    };
    Pager {
        shown: t("journal-shown").n("n", shown).to_string(),
        first: query.some("apres").map(|_| with(String::new())),
        next: next.map(|number| with(format!("apres={number}"))),
    }
}

impl From<JournalError> for Fail {
    fn from(error: JournalError) -> Self {
        match error {
            JournalError::Refused(refused) => refused.into(),
            JournalError::Store(error) => Self::store(&error),
        }
    }
}
