//! The journal: who read or did what.

use std::collections::HashMap;

use app::audit::{JournalError, JournalFilter, JournalLine, chain_state, page as lines, verify, writers};
use app::export::{Cell, Table};
use chrono::{DateTime, Days, NaiveDate, TimeZone as _, Utc};
use domain::access::permission::Action;
use domain::access::role::Role;
use domain::audit::Act;
use domain::people::name::normalise;
use uuid::Uuid;

use super::journal_words::{act_words, detail};
use super::person::role_words;
use super::rows::{self, t};
use crate::form::{Form, Query};
use crate::format;
use crate::respond::{Answer, Fail, download, page, see_other_saying};
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::form::{Field, FieldKind};
use crate::view::journal::{Journal, JournalRow};
use crate::view::parts::{Link, Pager, Tone};
use crate::view::shell::Flash;
use crate::view::words;

/// Lines of a page.
pub(super) const PAGE: u64 = 50;
/// Characters of a seal that are shown: enough to compare.
const SEAL: usize = 16;

/// The kind of actor of a software with a token: it is not a person, and the screen says so.
const SOFTWARE: &str = "token";

/// `GET /{department}/journal`: each within their reach.
///
/// # Errors
/// 403 outside of the role's scope.
pub async fn journal(visit: Visit, Query(query): Query) -> Answer {
    let ctx = visit.ctx();
    let whole = whole(&visit, &query).await?;
    let mut read = lines(&ctx, &filter(&visit, &query)).await?;
    let next = cut(&mut read);
    let files = files(&visit).await?;
    page(&Journal {
        summary: t(summary(&visit)).to_string(),
        whole,
        filters: filters(&visit, &query).await?,
        kept: super::people::kept(&query, &["personne"]),
        rows: read.iter().map(|line| row(&visit, line, &files)).collect(),
        pager: pager(&visit, "/journal", &query, read.len(), next),
        exports: exports(&visit, &query),
        shell: visit.shell(),
    })
}

/// `GET /{department}/journal.csv`.
///
/// # Errors
/// 403 but for the data protection officer.
pub async fn csv(visit: Visit, Query(query): Query) -> Answer {
    let Some(table) = exported(&visit, &query, "journal.csv").await? else { return too_many(&visit, &query) };
    download(table.to_csv(), "text/csv; charset=utf-8", "journal.csv")
}

/// `GET /{department}/journal.xlsx`.
///
/// # Errors
/// 403 but for the data protection officer.
pub async fn xlsx(visit: Visit, Query(query): Query) -> Answer {
    let Some(table) = exported(&visit, &query, "journal.xlsx").await? else {
        return too_many(&visit, &query);
    };
    let bytes = table.to_xlsx().map_err(|e| Fail::Internal(e.to_string()))?;
    download(bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "journal.xlsx")
}

/// Leaves a page of lines and says before which number the next one begins; one more line than a page was asked for.
pub(super) fn cut(lines: &mut Vec<JournalLine>) -> Option<i64> {
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = lines.len() > page;
    lines.truncate(page);
    lines.last().filter(|_| more).map(|line| line.number)
}

/// Back to the list, which says that the period is too long for a file.
fn too_many(visit: &Visit, query: &Form) -> Answer {
    let back = format!("{}?{}", visit.path("/journal"), query.query_without(&["apres", "verifier"]));
    see_other_saying(visit, &back, Tone::Soon, "flash-journal-too-long")
}

fn may(visit: &Visit, action: Action) -> bool {
    app::access::permit(&visit.ctx(), action).is_ok()
}

/// Whose acts are shown, in one sentence.
fn summary(visit: &Visit) -> &'static str {
    match () {
        () if may(visit, Action::ReadJournal) => "journal-summary",
        () if may(visit, Action::ReadTeamActs) => "journal-summary-team",
        () if may(visit, Action::ReadTechnicalActs) => "journal-summary-technical",
        () => "journal-summary-own",
    }
}

fn filter(visit: &Visit, query: &Form) -> JournalFilter {
    let day = |name: &str| query.get(name).parse::<NaiveDate>().ok();
    JournalFilter {
        act: query.some("acte").and_then(Act::parse).map(|act| act.code().to_owned()),
        actor: query.some("qui").and_then(|id| id.parse().ok()),
        role: query.some("role").filter(|code| roles().any(|(known, _)| known == *code)).map(str::to_owned),
        person: query.some("personne").and_then(|id| id.parse().ok()).into_iter().collect(),
        from: day("du").and_then(|d| midnight(visit, d)),
        to: day("au").and_then(|d| d.checked_add_days(Days::new(1))).and_then(|d| midnight(visit, d)),
        reason: match query.get("motif") {
            "avec" => Some(true),
            "sans" => Some(false),
            _ => None,
        },
        before_number: query.some("apres").and_then(|number| number.parse().ok()),
        limit: PAGE + 1,
    }
}

/// When a day begins in the département.
fn midnight(visit: &Visit, day: NaiveDate) -> Option<DateTime<Utc>> {
    let begins = visit.department.timezone.from_local_datetime(&day.and_hms_opt(0, 0, 0)?);
    begins.earliest().map(|at| at.with_timezone(&Utc))
}

/// What is known of the chain, for who reads the whole journal: its last seal and its last verification. Read again on
/// request only, since that reads every line.
async fn whole(visit: &Visit, query: &Form) -> Result<Option<Flash>, Fail> {
    if !may(visit, Action::ReadJournal) {
        return Ok(None);
    }
    if query.get("verifier") != "1" {
        let (sealed, verified) = state(visit).await?;
        return Ok(Some(Flash {
            tone: Tone::Neutral,
            title: t("journal-chained").to_string(),
            text: format!("{sealed} {verified}"),
            action: Some(Link::new(t("journal-verify").to_string(), visit.path("/journal?verifier=1"))),
        }));
    }
    let report = verify(&visit.ctx()).await?;
    let mut blocks = t("journal-whole-text").n("n", report.blocks).to_string();
    if report.stubs > 0 {
        blocks = format!("{blocks} {}", t("journal-stubs").n("n", report.stubs));
    }
    let (tone, title, text) = match report.fault {
        None => (Tone::Ok, t("journal-whole").n("n", report.rows).to_string(), blocks),
        Some(fault) => {
            let why = t("journal-broken-text").s("fault", fault).to_string();
            (Tone::Late, t("journal-broken").to_string(), why)
        }
    };
    Ok(Some(Flash { tone, title, text, action: None }))
}

/// The last sealed block, and the last verification, in words.
async fn state(visit: &Visit) -> Result<(String, String), Fail> {
    let (blocks, verified) = chain_state(&visit.ctx()).await?;
    let when = |at: DateTime<Utc>| {
        format::moment(at.with_timezone(&visit.department.timezone).naive_local(), visit.today())
    };
    let sealed = match blocks.first() {
        None => t("journal-unsealed").to_string(),
        Some(block) => t("journal-sealed")
            .s("number", block.number)
            .s("row", format::number(block.last_row))
            .s("when", when(block.sealed_at))
            .s("seal", block.noted(SEAL))
            .to_string(),
    };
    let verified = match verified {
        None => t("journal-never-verified").to_string(),
        Some(line) => {
            let when = when(line.row.at);
            let words = detail(&line);
            t("journal-verified").s("when", when).s("who", line.row.actor_name).s("found", words).to_string()
        }
    };
    Ok((sealed, verified))
}

async fn files(visit: &Visit) -> Result<HashMap<Uuid, String>, Fail> {
    let shared = visit.ctx().shared().await.map_err(|e| Fail::store(&e))?;
    Ok(shared.file_names.iter().cloned().collect())
}

/// The roles under which one acts, with those of softwares and of the program.
fn roles() -> impl Iterator<Item = (&'static str, String)> {
    let kinds = [("token", t("journal-token").to_string()), ("system", t("journal-system").to_string())];
    Role::ALL.into_iter().map(|role| (role.code(), words::role(role))).chain(kinds)
}

async fn filters(visit: &Visit, query: &Form) -> Result<Vec<Field>, Fail> {
    let mut acts: Vec<_> = Act::ALL.into_iter().map(|act| (act.code().to_owned(), words::act(act))).collect();
    acts.sort_by_key(|(_, label)| normalise(label));
    let people: Vec<_> =
        writers(&visit.ctx()).await?.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    let roles = roles().map(|(code, label)| (code.to_owned(), label)).collect();
    let reasons = rows::said(&[("avec", "journal-with-reason"), ("sans", "journal-without-reason")]);
    let date = |name: &str, label: &str| {
        Field::new(FieldKind::Date, name, t(label).to_string()).value(query.get(name))
    };
    let mut all = vec![rows::select(query, "acte", "journal-act", "journal-any-act", acts)];
    if people.len() > 1 {
        all.push(rows::select(query, "qui", "journal-who", "journal-anybody", people));
        all.push(rows::select(query, "role", "journal-role", "journal-any-role", roles));
    }
    all.push(rows::select(query, "motif", "journal-reason", "journal-any-reason", reasons));
    all.extend([date("du", "journal-from"), date("au", "journal-to")]);
    Ok(all)
}

fn exports(visit: &Visit, query: &Form) -> Vec<Link> {
    if !may(visit, Action::ExportJournal) {
        return Vec::new();
    }
    let kept = query.query_without(&["apres", "verifier"]);
    [("csv", "people-csv"), ("xlsx", "people-xlsx")]
        .map(|(kind, label)| {
            Link::new(t(label).to_string(), format!("{}?{kept}", visit.path(&format!("/journal.{kind}"))))
        })
        .to_vec()
}

/// The list as a table; `None` when it is too long for a file.
async fn exported(visit: &Visit, query: &Form, name: &str) -> Result<Option<Table>, Fail> {
    let lines = match app::audit::export(&visit.ctx(), &filter(visit, query), name).await {
        Err(JournalError::TooMany(_)) => return Ok(None),
        lines => lines?,
    };
    let files = files(visit).await?;
    let heads = [
        "journal-number",
        "journal-when",
        "journal-who",
        "journal-role",
        "journal-act",
        "journal-detail",
        "journal-about",
        "journal-reason",
    ];
    let rows = lines
        .iter()
        .map(|line| {
            let shown = row(visit, line, &files);
            let at = line.row.at.with_timezone(&visit.department.timezone).naive_local();
            vec![
                Cell::Text(line.number.to_string()),
                Cell::Text(at.format("%Y-%m-%d %H:%M:%S").to_string()),
                Cell::Text(shown.who),
                Cell::Text(shown.role),
                Cell::Text(shown.act),
                Cell::Text(shown.detail),
                Cell::Text(object(line, &files)),
                Cell::Text(shown.reason),
            ]
        })
        .collect();
    let headers = heads.iter().map(|h| t(h).to_string()).collect();
    Ok(Some(Table { title: name.to_owned(), headers, rows }))
}

/// On whom or what, for a file: the identifier of a person, never the name.
fn object(line: &JournalLine, files: &HashMap<Uuid, String>) -> String {
    if let Some(person) = line.row.person_id {
        return person.to_string();
    }
    let object = line.row.object.clone().unwrap_or_default();
    let key = object.split_whitespace().next().and_then(|word| word.parse::<Uuid>().ok());
    key.and_then(|key| files.get(&key).cloned()).unwrap_or(object)
}

fn row(visit: &Visit, line: &JournalLine, files: &HashMap<Uuid, String>) -> JournalRow {
    let at = line.row.at.with_timezone(&visit.department.timezone).naive_local();
    let machine = line.row.actor_kind == app::access::ActorKind::System.code();
    JournalRow {
        when: format::moment(at, visit.today()),
        who: if line.row.actor_kind == SOFTWARE {
            t("journal-software").s("name", &line.row.actor_name).to_string()
        } else if machine {
            t("journal-machine").s("name", &line.row.actor_name).to_string()
        } else {
            line.row.actor_name.clone()
        },
        role: if machine { String::new() } else { role_words(&line.row.role) },
        act: act_words(&line.row.act),
        detail: detail(line),
        about: about(visit, line, files),
        reason: line.row.reason.clone().unwrap_or_default(),
    }
}

/// On whom or what: a person is not named here, their page asks for a reason first.
fn about(visit: &Visit, line: &JournalLine, files: &HashMap<Uuid, String>) -> Option<Link> {
    if let Some(person) = line.row.person_id {
        let ctx = visit.ctx();
        let may = app::access::permit(&ctx, Action::ReadPeople).is_ok()
            || app::access::a_reason_would_help(&ctx.actor, Action::ReadPeople);
        // Whoever addresses somebody learns nothing of whom the record is: its very key tells since when it exists.
        let may = may && Act::parse(&line.row.act) != Some(Act::ReferPerson);
        let href = if may { visit.path(&format!("/personnes/{person}")) } else { String::new() };
        return Some(Link::new(t("journal-person").to_string(), href));
    }
    let object = line.row.object.as_deref()?;
    let key = object.split_whitespace().next().and_then(|word| word.parse::<Uuid>().ok());
    let Some(key) = key else { return Some(Link::new(object, "")) };
    let act = Act::parse(&line.row.act);
    if !matches!(act, Some(Act::Import | Act::ReadList | Act::ReadReject)) {
        return None;
    }
    let href =
        if may(visit, Action::ReadImports) { visit.path(&format!("/fichiers/{key}")) } else { String::new() };
    Some(Link::new(files.get(&key).cloned().unwrap_or_else(|| t("journal-file").to_string()), href))
}

/// Where one is in a list of the journal.
pub(super) fn pager(visit: &Visit, path: &str, query: &Form, shown: usize, next: Option<i64>) -> Pager {
    let kept = query.query_without(&["apres", "verifier"]);
    let with = |more: String| {
        let parts: Vec<&str> =
            [kept.as_str(), more.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
        format!("{}?{}", visit.path(path), parts.join("&"))
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
            JournalError::TooMany(_) => Self::Problem(Problem::TooLarge),
            JournalError::Store(error) => Self::store(&error),
        }
    }
}
