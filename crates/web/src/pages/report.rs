//! What a file brought, in the words of its page: status, figures, checks, what to do because of it.

use app::access::{a_reason_would_help, permit};
use app::intake::report::{Report, Warning};
use app::intake::show::{FileState, RejectRow, may_open_people, status as at};
use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::intake::delta::Change;
use domain::intake::flux::Kind;

use super::rows::t;
use crate::format;
use crate::site::Visit;
use crate::view::file::{Check, FilePage, Flagged, Reject};
use crate::view::parts::{Fact, Link, Progress, Stat, Tag, Task, Tone};
use crate::view::shell::Flash;
use crate::view::words;

/// Rejects shown on the page; the extract has the others.
pub const REJECTS_SHOWN: u64 = 20;

/// Where a file stands, and how it is shown.
pub fn status(file: &FileState) -> (String, Tone) {
    let (key, tone) = match file.row.status.as_str() {
        at::WAITING => ("intake-status-waiting", Tone::Info),
        at::RUNNING => ("intake-status-running", Tone::Info),
        at::MAPPING => ("intake-status-mapping", Tone::Soon),
        at::FAILED => ("intake-status-failed", Tone::Late),
        _ if file.report.as_ref().is_some_and(|r| r.already_imported) => {
            ("intake-status-again", Tone::Neutral)
        }
        _ => ("intake-status-done", Tone::Ok),
    };
    (t(key).to_string(), tone)
}

/// « Bénéficiaires, mensuel » of the report's word; the word itself when it is not known.
pub fn kind(code: &str) -> String {
    Kind::parse(code).map_or_else(|| code.to_owned(), words::file_kind)
}

/// « lundi 16 novembre à 6 h 12, Agathe Lormelin ».
pub fn received(visit: &Visit, file: &FileState) -> String {
    let at = file.row.received_at.with_timezone(&visit.department.timezone).naive_local();
    let when = format::moment(at, visit.today());
    match &file.sender {
        Some(sender) => format!("{when}, {sender}"),
        None => when,
    }
}

/// The day whose situation a file tells.
pub fn reference(visit: &Visit, report: &Report) -> String {
    let day = report.reference_date.parse::<NaiveDate>();
    day.map_or_else(|_| report.reference_date.clone(), |d| format::day_month(d, visit.today()))
}

/// « 15 995 sur 16 000 ».
pub fn dossiers(report: &Report) -> String {
    let of = &report.dossiers;
    t("intake-n-of").s("n", number(of.accepted)).s("total", number(of.read)).to_string()
}

/// Every change of a report, with how many.
pub fn changes(report: &Report) -> Vec<(Change, u64)> {
    let mut changes = report.changes;
    Change::ALL.into_iter().map(|change| (change, *changes.of(change))).collect()
}

/// All changes of a report, those told twice counted once.
pub fn changes_in_all(report: &Report) -> u64 {
    changes(report).into_iter().filter(|(change, _)| *change != Change::NewlySubject).map(|(_, n)| n).sum()
}

/// Hundredths read of a file that is being read.
pub fn percent(file: &FileState) -> Option<u8> {
    let (read, total) = file.progress?;
    let share = (u128::from(read) * 100).checked_div(u128::from(total))?;
    u8::try_from(share.min(100)).ok()
}

/// « Bénéficiaires, mensuel, octobre 2026 »; the name of the file until it is read.
pub fn title(file: &FileState) -> String {
    let Some(report) = &file.report else { return file.row.file_name.clone() };
    let day = report.reference_date.parse::<NaiveDate>();
    let kind = kind(&report.kind);
    match (day, Kind::parse(&report.kind)) {
        (Ok(_), Some(Kind::Spreadsheet)) | (Err(_), _) => format!("{kind}, {}", file.row.file_name),
        (Ok(day), Some(Kind::BeneficiairesMonthly | Kind::Financier)) => {
            format!("{kind}, {}", format::month_year(day))
        }
        (Ok(day), _) => format!("{kind}, {}", format::full(day)),
    }
}

/// May the actor open the people behind a number, or could they once a reason is written? The door asks for it.
pub fn people_open(visit: &Visit) -> bool {
    let ctx = visit.ctx();
    may_open_people(&ctx) || a_reason_would_help(&ctx.actor, Action::ReadImportPeople)
}

/// The page of a file; `rejects` are those that the database keeps.
pub fn shown(visit: &Visit, file: &FileState, rejects: &[RejectRow]) -> FilePage {
    let path = visit.path(&format!("/fichiers/{}", file.row.id));
    let mut page = FilePage {
        title: title(file),
        summary: t("intake-summary")
            .s("name", &file.row.file_name)
            .s("received", received(visit, file))
            .to_string(),
        progress: progress(file, &path),
        notice: notice(visit, file, &path),
        changes_title: t("intake-changed").to_string(),
        changes: Vec::new(),
        tasks: Vec::new(),
        checks: Vec::new(),
        facts: Vec::new(),
        flags: Vec::new(),
        rejects_title: String::new(),
        rejects: Vec::new(),
        rejects_href: None,
        action: None,
        shell: visit.shell(),
    };
    let Some(report) = &file.report else { return page };
    page.changes = changes(report).into_iter().map(|(change, n)| figure(visit, &path, change, n)).collect();
    page.tasks = tasks(visit, file, report, &path);
    page.checks = checks(report);
    page.facts = facts(file, report);
    page.flags = report.warnings.iter().map(|w| flagged(visit, &path, w)).collect();
    if report.dossiers.rejected > 0 {
        let open = people_open(visit);
        page.rejects_title = t("intake-rejects-n").n("n", report.dossiers.rejected).to_string();
        page.rejects = rejects.iter().map(|row| reject(&path, row, open)).collect();
        page.rejects_href = (!rejects.is_empty()).then(|| format!("{path}/rejets"));
    }
    page.action = action(visit, report);
    page
}

fn number(n: u64) -> String {
    format::number(i64::try_from(n).unwrap_or(i64::MAX))
}

fn progress(file: &FileState, path: &str) -> Option<Progress> {
    let text = match (file.row.status.as_str(), file.progress) {
        (at::RUNNING, Some((read, total))) => {
            t("intake-progress").s("read", format::bytes(read)).s("total", format::bytes(total)).to_string()
        }
        (at::RUNNING, None) => t("intake-progress-elsewhere").to_string(),
        (at::WAITING, _) => t("intake-progress-waiting").to_string(),
        _ => return None,
    };
    Some(Progress { text, percent: percent(file), href: path.to_owned() })
}

/// How the file ended.
fn notice(visit: &Visit, file: &FileState, path: &str) -> Option<Flash> {
    let say = |tone, title: String, text: String, action| Some(Flash { tone, title, text, action });
    let why = file.row.error.clone().unwrap_or_default();
    let may_send = permit(&visit.ctx(), Action::ImportFile).is_ok();
    let link = |key: &str, href: String| may_send.then(|| Link::new(t(key).to_string(), href));
    match (file.row.status.as_str(), &file.report) {
        (at::FAILED, _) => say(
            Tone::Late,
            t("intake-refused").to_string(),
            why,
            link("intake-send-again", visit.path("/fichiers")),
        ),
        (at::MAPPING, _) => say(
            Tone::Soon,
            t("intake-to-map").to_string(),
            why,
            link("intake-map-go", format!("{path}/colonnes")),
        ),
        (at::DONE, Some(report)) if report.already_imported => say(
            Tone::Info,
            t("intake-known-already").to_string(),
            t("intake-known-already-text").to_string(),
            None,
        ),
        (at::DONE, Some(report)) => {
            let tone = if report.dossiers.rejected == 0 { Tone::Ok } else { Tone::Soon };
            let title =
                t("intake-entered").n("n", report.dossiers.accepted).s("of", dossiers(report)).to_string();
            say(tone, title, t("intake-entered-text").to_string(), None)
        }
        _ => None,
    }
}

fn figure(visit: &Visit, path: &str, change: Change, n: u64) -> Stat {
    let (label, detail) = words::change(change);
    let open = n > 0 && people_open(visit);
    Stat {
        value: number(n),
        label,
        detail: Some(detail),
        href: open.then(|| format!("{path}/personnes?changement={}", change.code())),
        tone: Tone::Neutral,
    }
}

/// What a professional must do because of this file; each leads to the people concerned.
fn tasks(visit: &Visit, file: &FileState, report: &Report, path: &str) -> Vec<Task> {
    let ctx = visit.ctx();
    let behind = |change: Change| format!("{path}/personnes?changement={}", change.code());
    let mut tasks = Vec::new();
    let mut add = |n: u64, may: bool, key: &str, detail: &str, href: String| {
        if n > 0 && may {
            let label = t(key).n("n", n).to_string();
            tasks.push(Task { label, href, detail: Some(t(detail).to_string()), tag: None, clock: None });
        }
    };
    let (open, of) = (people_open(visit), &report.changes);
    let orients = permit(&ctx, Action::ReadOrientation).is_ok();
    let list = visit.path(&format!("/orientation?fichier={}", file.row.id));
    add(of.entered, orients, "intake-do-orient", "intake-do-orient-detail", list);
    add(of.suspended, open, "intake-do-suspended", "intake-do-suspended-detail", behind(Change::Suspended));
    add(of.closed, open, "intake-do-closed", "intake-do-closed-detail", behind(Change::Closed));
    add(of.moved_out, open, "intake-do-moved", "intake-do-moved-detail", behind(Change::MovedOut));
    tasks
}

fn checks(report: &Report) -> Vec<Check> {
    let of = &report.dossiers;
    let (declared, result) = match of.declared {
        None => {
            (t("intake-undeclared").to_string(), Tag::new(t("intake-check-none").to_string(), Tone::Neutral))
        }
        Some(n) if n == of.read => (number(n), Tag::new(t("intake-check-equal").to_string(), Tone::Ok)),
        Some(n) => {
            let key = if n > of.read { "intake-check-less" } else { "intake-check-more" };
            (number(n), Tag::new(t(key).n("n", n.abs_diff(of.read)).to_string(), Tone::Soon))
        }
    };
    vec![Check { label: t("intake-dossiers").to_string(), declared, read: number(of.read), result }]
}

fn facts(file: &FileState, report: &Report) -> Vec<Fact> {
    let of = &report.persons;
    let persons = t("intake-persons-n")
        .n("created", of.created)
        .n("updated", of.updated)
        .n("unchanged", of.unchanged)
        .n("review", of.review);
    let fingerprint: String = file.row.sha256.chars().take(16).collect();
    let seconds = format!("{},{}", number(report.duration_ms / 1_000), report.duration_ms % 1_000 / 100);
    let mut facts = vec![
        Fact::new(t("intake-persons").to_string(), persons.to_string()),
        Fact::new(t("intake-accepted").to_string(), dossiers(report)),
        Fact::new(t("intake-duration").to_string(), t("intake-seconds").s("n", seconds).to_string()),
    ];
    if !fingerprint.is_empty() {
        facts.push(Fact::new(t("intake-fingerprint").to_string(), fingerprint).mono());
    }
    facts
}

/// « Communes inconnues »: what a warning is about.
pub fn warning_label(code: &str) -> String {
    t(warning_words(code).0).to_string()
}

fn warning_words(code: &str) -> (&'static str, Tone) {
    match code {
        "trailer_count" => ("intake-warning-total", Tone::Soon),
        "same_header" => ("intake-warning-header", Tone::Soon),
        "encoding" => ("intake-warning-encoding", Tone::Info),
        "unknown_code" => ("intake-warning-code", Tone::Info),
        "unknown_commune" => ("intake-warning-commune", Tone::Soon),
        "nir_length" | "nir_key" => ("intake-warning-nir", Tone::Soon),
        "double_dossier" | "conflicting_dossier" => ("intake-warning-twice", Tone::Soon),
        "sheet_value" => ("intake-warning-sheet", Tone::Soon),
        "unknown_household" => ("intake-warning-household", Tone::Info),
        _ => ("intake-warning-other", Tone::Info),
    }
}

fn flagged(visit: &Visit, path: &str, warning: &Warning) -> Flagged {
    let (key, tone) = warning_words(&warning.code);
    let tag = if tone == Tone::Soon { "intake-warning-check" } else { "intake-warning-info" };
    Flagged {
        label: t(key).to_string(),
        text: warning.text.clone(),
        tag: Tag::new(t(tag).to_string(), tone),
        href: (warning.people > 0 && people_open(visit))
            .then(|| format!("{path}/personnes?signalement={}", crate::form::encode(&warning.code))),
    }
}

/// A reject as the page shows it; its text opens when `open`.
pub fn reject(path: &str, row: &RejectRow, open: bool) -> Reject {
    Reject {
        dossier: row.dossier.clone(),
        position: format::number(row.position),
        line: format::number(row.line),
        reason: row.reason.clone(),
        raw_href: open.then(|| format!("{path}/rejets/{}", row.id)),
    }
}

fn action(visit: &Visit, report: &Report) -> Option<Link> {
    let may = permit(&visit.ctx(), Action::DecideMatch).is_ok();
    (may && report.persons.review > 0).then(|| {
        let label = t("intake-match-n").n("n", report.persons.review).to_string();
        Link::new(label, visit.path("/rapprochements"))
    })
}
