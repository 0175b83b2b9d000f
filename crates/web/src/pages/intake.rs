//! Files in: the list, the upload, the report and what is behind its numbers.

use app::access::{Refused, permit};
use app::export::{Cell, csv_head, csv_rows};
use app::intake::queue::{Upload, receive};
use app::intake::report::Report;
use app::intake::show::{self, Behind, FileState, People, RejectRow, ShowError, status};
use axum::body::Body;
use axum::extract::Path;
use axum::extract::multipart::{Field, Multipart, MultipartRejection};
use domain::access::permission::Action;
use domain::intake::delta::Change;
use futures_util::future::ready;
use futures_util::stream::{StreamExt as _, once, try_unfold};
use uuid::Uuid;

use super::report;
use super::rows::{self, t};
use crate::form::Query;
use crate::format;
use crate::respond::{Answer, Fail, download, id, page, see_other, unprocessable};
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::file::{FilePeople, RawReject};
use crate::view::form::{Choice, FieldError};
use crate::view::intake::{FileRow, Files};
use crate::view::parts::{Empty, Link, Pager, Tag};
use crate::view::words;

/// Files of a page.
const PAGE: u64 = 25;
/// The largest file.
const MOST_BYTES: u64 = 2 << 30;
/// Dossiers left out that are written at a time in the extract.
const EXTRACT: u64 = 200;
/// Longest name of a file that is kept, in characters.
const LONGEST_NAME: usize = 200;

/// `GET /{department}/fichiers`.
///
/// # Errors
/// When the database does not answer.
pub async fn files(visit: Visit, Query(query): Query) -> Answer {
    page(&list(&visit, query.get("apres"), "", Vec::new()).await?)
}

/// The list of files with its form; `profile` is the one chosen in a form that comes back.
async fn list(visit: &Visit, after: &str, profile: &str, errors: Vec<FieldError>) -> Result<Files, Fail> {
    let ctx = visit.ctx();
    // The key of a page is « number~uuid »: the number alone orders files.
    let before = after.split('~').next().and_then(|number| number.parse().ok());
    let mut files = show::list(&ctx, before, PAGE + 1).await?;
    let more = files.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    if more {
        files.pop();
    }
    let path = visit.path("/fichiers");
    let next = files.last().filter(|_| more).map(|f| format!("{path}?apres={}~{}", f.row.number, f.row.id));
    let pager = Pager {
        shown: t("intake-files-shown").n("n", files.len()).to_string(),
        first: before.map(|_| path),
        next,
    };
    let may_send = permit(&ctx, Action::ImportFile).is_ok();
    let profiles = if may_send { profiles(visit, profile).await? } else { Vec::new() };
    let rows = files.iter().map(|file| row(visit, file)).collect();
    Ok(Files::new(visit.shell(), may_send, profiles, errors, rows, pager))
}

/// The saved ways to read a spreadsheet, after « deviner ».
async fn profiles(visit: &Visit, chosen: &str) -> Result<Vec<Choice>, Fail> {
    let mut choices = vec![Choice::new("", t("intake-guess").to_string(), chosen)];
    let names = super::mapping::profile_names(visit).await?;
    choices.extend(names.into_iter().map(|name| Choice::new(&name, name.clone(), chosen)));
    Ok(choices)
}

fn row(visit: &Visit, file: &FileState) -> FileRow {
    let report = file.report.as_ref();
    let (label, tone) = report::status(file);
    FileRow {
        link: Link::new(&file.row.file_name, visit.path(&format!("/fichiers/{}", file.row.id))),
        kind: file.row.kind.as_deref().map(report::kind).unwrap_or_default(),
        reference: report.map(|r| report::reference(visit, r)).unwrap_or_default(),
        received: report::received(visit, file),
        dossiers: report.map(report::dossiers).unwrap_or_default(),
        changes: report.map(|r| number(report::changes_in_all(r))).unwrap_or_default(),
        status: Tag::new(label, tone),
        percent: if file.row.status == status::RUNNING { report::percent(file) } else { None },
    }
}

fn number(n: u64) -> String {
    format::number(i64::try_from(n).unwrap_or(i64::MAX))
}

/// Why what was sent is not kept.
enum Unsent {
    /// Said in the form: the field and the text.
    Wrong(&'static str),
    /// Said by a page of refusal.
    Fail(Fail),
}

impl<E: Into<Fail>> From<E> for Unsent {
    fn from(error: E) -> Self {
        Self::Fail(error.into())
    }
}

/// A file being received; left before its end, nothing of it remains.
pub(crate) struct Receiving(pub(crate) Option<Upload>);

impl Drop for Receiving {
    fn drop(&mut self) {
        if let Some(upload) = self.0.take() {
            upload.abandon();
        }
    }
}

/// `POST /{department}/fichiers`: the file is sealed as it comes, then waits for the worker.
///
/// # Errors
/// 413 for a file beyond 2 GiB.
pub async fn send(visit: Visit, body: Result<Multipart, MultipartRejection>) -> Answer {
    let mut profile = String::new();
    let sent = match body {
        Ok(parts) => keep(&visit, parts, &mut profile).await,
        Err(_) => Err(Unsent::Wrong("intake-send-broken")),
    };
    match sent {
        Ok(key) => see_other(&visit.path(&format!("/fichiers/{key}"))),
        Err(Unsent::Fail(fail)) => Err(fail),
        Err(Unsent::Wrong(text)) => {
            let errors = vec![FieldError { field: "file".to_owned(), text: t(text).to_string() }];
            unprocessable(&list(&visit, "", &profile, errors).await?)
        }
    }
}

/// Reads the parts in whatever order they come; the file is whole before it may wait.
async fn keep(visit: &Visit, mut parts: Multipart, profile: &mut String) -> Result<Uuid, Unsent> {
    let ctx = visit.ctx();
    let mut received: Option<(String, Receiving)> = None;
    while let Some(part) = parts.next_field().await.map_err(|_| Unsent::Wrong("intake-send-broken"))? {
        match part.name() {
            Some("profile") => {
                *profile = part.text().await.map_err(|_| Unsent::Wrong("intake-send-broken"))?;
            }
            Some("file") if received.is_none() => {
                let name = file_name(part.file_name().unwrap_or_default());
                if name.is_empty() {
                    return Err(Unsent::Wrong("intake-send-none"));
                }
                let mut receiving = Receiving(Some(receive(&ctx)?));
                pour(part, &mut receiving).await?;
                received = Some((name, receiving));
            }
            _ => {}
        }
    }
    let Some((name, mut receiving)) = received else { return Err(Unsent::Wrong("intake-send-none")) };
    let Some(upload) = receiving.0.take() else { return Err(Unsent::Wrong("intake-send-broken")) };
    let chosen = Some(profile.trim().to_owned()).filter(|p| !p.is_empty());
    Ok(upload.finish(&ctx, &name, chosen).await?)
}

/// Pours the bytes of a part into the upload.
async fn pour(mut part: Field<'_>, receiving: &mut Receiving) -> Result<(), Unsent> {
    let mut size = 0u64;
    while let Some(bytes) = part.chunk().await.map_err(|_| Unsent::Wrong("intake-send-broken"))? {
        size += bytes.len() as u64;
        if size > MOST_BYTES {
            return Err(Unsent::Fail(Fail::Problem(Problem::TooLarge)));
        }
        if let Some(upload) = &mut receiving.0 {
            upload.write(&bytes)?;
        }
    }
    if size == 0 { Err(Unsent::Wrong("intake-send-empty")) } else { Ok(()) }
}

/// The last part of a path, as some browsers send the whole of it, without what cannot be shown.
pub(crate) fn file_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect::<String>().trim().to_owned()
}

/// `GET /{department}/fichiers/{id}`: the report, or how far it is.
///
/// # Errors
/// 404.
pub async fn file(visit: Visit, place: Path<(String, String)>) -> Answer {
    let (ctx, key) = (visit.ctx(), id(&place.1)?);
    let file = show::get(&ctx, key).await?;
    let rejected = file.report.as_ref().is_some_and(|r| r.dossiers.rejected > 0);
    let rejects =
        if rejected { show::rejects(&ctx, key, 0, report::REJECTS_SHOWN).await? } else { Vec::new() };
    page(&report::shown(&visit, &file, &rejects))
}

/// `GET /{department}/fichiers/{id}/personnes?changement=…` or `?signalement=…`: the people behind a number or a warning.
///
/// # Errors
/// 404 for a change, a warning or a file that is not known.
pub async fn people(visit: Visit, place: Path<(String, String)>, Query(query): Query) -> Answer {
    let (ctx, key) = (visit.ctx(), id(&place.1)?);
    let behind = match query.some("signalement") {
        Some(code) => Behind::Warning(code.to_owned()),
        None => {
            Behind::Change(Change::parse(query.get("changement")).ok_or(Fail::Problem(Problem::NotFound))?)
        }
    };
    let found = show::people_behind(&ctx, key, &behind, &rows::at(&query)).await?;
    let (label, report) = match show::get(&ctx, key).await {
        Ok(file) => (report::title(&file), file.report),
        // Some roles open people without reading reports.
        Err(ShowError::Refused(Refused::Forbidden)) => (t("intake-file").to_string(), None),
        Err(error) => return Err(error.into()),
    };
    let path = visit.path(&format!("/fichiers/{key}"));
    let told = Told::of(&behind, report.as_ref());
    let list = format!("{path}/personnes");
    page(&FilePeople {
        file: Link::new(label, path),
        summary: summary(&told.detail, told.count, &found, query.some("apres").is_some()),
        title: told.title,
        rows: found.rows.iter().map(|e| rows::person(&visit, e, told.note.clone())).collect(),
        pager: rows::pager(&list, &query, found.rows.len(), None, found.next.as_ref()),
        empty: Empty {
            title: t("intake-behind-none").to_string(),
            text: t("intake-behind-none-text").to_string(),
            action: None,
        },
        shell: visit.shell(),
    })
}

/// What is said of the people behind a number or a warning.
struct Told {
    title: String,
    detail: String,
    /// Of each of them.
    note: String,
    /// How many there are in all, for who may read reports.
    count: Option<u64>,
}

impl Told {
    fn of(behind: &Behind, report: Option<&Report>) -> Self {
        match behind {
            Behind::Change(change) => {
                let (words, detail) = words::change(*change);
                let count = report.map(|r| of(r, *change));
                let title = count.map_or_else(|| words.clone(), |n| format!("{} {words}", number(n)));
                Self { title, detail, note: words::change_of_person(*change), count }
            }
            Behind::Warning(code) => {
                let warning = report.and_then(|r| r.warnings.iter().find(|w| w.code == *code));
                let title = report::warning_label(code);
                let detail = warning.map(|w| w.text.trim_end_matches('.').to_owned()).unwrap_or_default();
                Self { note: title.clone(), title, detail, count: warning.map(|w| w.people) }
            }
        }
    }
}

fn of(report: &Report, change: Change) -> u64 {
    report::changes(report).into_iter().find(|(c, _)| *c == change).map_or(0, |(_, n)| n)
}

/// What the change is, and how many of those people are outside of what one may see, once all are on the page.
fn summary(detail: &str, count: Option<u64>, found: &People, later: bool) -> String {
    let hidden = count.map_or(0, |n| n.saturating_sub(found.rows.len() as u64));
    if later || found.next.is_some() || hidden == 0 {
        return detail.to_owned();
    }
    format!("{detail}. {}", t("intake-behind-hidden").n("n", hidden))
}

/// `GET /{department}/fichiers/{id}/rejets`: the dossiers left out, to be sent to the organism.
///
/// # Errors
/// 404.
pub async fn rejects_csv(visit: Visit, place: Path<(String, String)>) -> Answer {
    let (ctx, key) = (visit.ctx(), id(&place.1)?);
    let file = show::get(&ctx, key).await?;
    let heads = ["intake-position", "intake-line", "intake-dossier", "intake-reason"];
    let heads: Vec<String> = heads.iter().map(|head| t(head).to_string()).collect();
    let rows = try_unfold(Some(0), move |after| {
        let ctx = ctx.clone();
        async move {
            let Some(after) = after else { return Ok(None) };
            let part = show::rejects(&ctx, key, after, EXTRACT).await?;
            let next = part.last().map(|row| row.position);
            let rows: Vec<Vec<Cell>> = part.into_iter().map(reject_cells).collect();
            Ok::<_, ShowError>(next.map(|next| (csv_rows(&rows), Some(next))))
        }
    });
    let name = format!("dossiers-refuses-{}.csv", file.row.number);
    let body = Body::from_stream(once(ready(Ok(csv_head(&heads)))).chain(rows));
    let mut response = download(Vec::new(), "text/csv; charset=utf-8", &name)?;
    *response.body_mut() = body;
    Ok(response)
}

fn reject_cells(row: RejectRow) -> Vec<Cell> {
    vec![
        Cell::Integer(row.position),
        Cell::Integer(row.line),
        Cell::text(row.dossier),
        Cell::text(row.reason),
    ]
}

/// `GET /{department}/fichiers/{id}/rejets/{reject}`: the text of a dossier left out.
///
/// # Errors
/// 404.
pub async fn raw(visit: Visit, place: Path<(String, String, String)>) -> Answer {
    let (ctx, key, reject) = (visit.ctx(), id(&place.1)?, id(&place.2)?);
    let (row, raw) = show::raw(&ctx, key, reject).await?;
    let path = visit.path(&format!("/fichiers/{key}"));
    let label = match show::get(&ctx, key).await {
        Ok(file) => report::title(&file),
        Err(_) => t("intake-file").to_string(),
    };
    page(&RawReject {
        reject: report::reject(&path, &row, false),
        file: Link::new(label, path),
        raw,
        shell: visit.shell(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_is_its_last_part_and_can_be_shown() {
        assert_eq!(file_name("C:\\Users\\a\\mois.xml"), "mois.xml");
        assert_eq!(file_name("../../etc/mois.xml"), "mois.xml");
        assert_eq!(file_name("a\r\nb.xml"), "ab.xml");
        assert_eq!(file_name("  "), "");
        assert_eq!(file_name(&"a".repeat(500)).len(), LONGEST_NAME);
    }
}
