//! What has outlived its time goes: people nobody follows are archived, then anonymised; what expires is deleted.
//!
//! May run as often as one likes: what was done is not done again. Each part is one transaction or several, each with its
//! line in the journal, which keeps counts and no name.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone as _, Utc};
use domain::access::permission::Action;
use domain::audit::Act;
use domain::privacy::retention::{
    ACTIVE_YEARS, ACTIVE_YEARS_USUAL, ARCHIVE_MONTHS, Keep, Length, NOTICE_DAYS, archived_on, lifetime,
};
use serde::Serialize;
use store::agenda::{absence, occupation, slot};
use store::intake::{files, record};
use store::people::PersonRow;
use store::privacy::{ends, expiry};
use store::{StoreError, Tx};
use uuid::Uuid;

use crate::Context;
use crate::access::scope;
use crate::audit::KeepError;
use crate::people::PeopleError;

/// People handled in one transaction.
const BATCH: u64 = 200;
/// Months that a spreadsheet waits for somebody to say what its columns are.
const WAITING: Length = Length::Months(6);

/// Whether what is found is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It is.
    Run,
    /// It is counted, and everything stays.
    DryRun,
}

/// What a run did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// People who will be archived in the next 30 days.
    pub soon_archived: u64,
    /// People put in the archive.
    pub archived: u64,
    /// People who lost their name.
    pub anonymised: u64,
    /// Sessions.
    pub sessions: u64,
    /// Links valid once.
    pub links: u64,
    /// Forms sent after the end of a session.
    pub forms: u64,
    /// Reservations of calls that ended.
    pub leases: u64,
    /// Counts of failed sign-ins.
    pub tries: u64,
    /// Letters that left, or could not in time.
    pub letters: u64,
    /// Second factors of closed accounts.
    pub factors: u64,
    /// Tokens revoked long ago.
    pub tokens: u64,
    /// Dossiers left out of files.
    pub rejects: u64,
    /// People behind the numbers of old reports.
    pub changes: u64,
    /// Files reduced to the counts of their report.
    pub files: u64,
    /// Spreadsheets that nobody described.
    pub uploads: u64,
    /// Questions reduced to their answer.
    pub reviews: u64,
    /// Accounts that lost their name.
    pub accounts: u64,
    /// Blocks of the journal whose rows went; a dry run does not look.
    pub journal: u64,
    /// Accounts proposed long ago.
    pub proposals: u64,
    /// Exceptional accesses opened long ago.
    pub exceptional: u64,
    /// Requests of people answered long ago.
    pub requests: u64,
    /// Slots, hours taken and absences long past.
    pub agenda: u64,
}

impl Outcome {
    /// Nothing was done.
    pub fn is_empty(&self) -> bool {
        *self == Self { soon_archived: self.soon_archived, ..Self::default() }
    }
}

/// Does what is due today, or counts it.
///
/// # Errors
/// When the database does not answer; what was committed before stays done.
pub async fn run(ctx: &Context, mode: Mode) -> Result<Outcome, StoreError> {
    let mut done = Outcome { soon_archived: soon(ctx).await?.len() as u64, ..Outcome::default() };
    people(ctx, mode, &mut done).await?;
    rows(ctx, mode, &mut done).await?;
    done.uploads = uploads(ctx, mode).await?;
    done.journal = journal(ctx, mode).await?;
    Ok(done)
}

/// Who will be archived within 30 days, and when; oldest contact first.
///
/// # Errors
/// When the database does not answer.
pub async fn soon(ctx: &Context) -> Result<Vec<(Uuid, NaiveDate)>, StoreError> {
    let years = active_years(ctx).await?;
    let edge = active_file(years).before(domain::time::plus_days(ctx.today(), NOTICE_DAYS));
    let now = active_file(years).before(ctx.today());
    let fading = ends::last_seen_before(ctx.db().read(), edge, u64::from(u32::MAX)).await?;
    let ahead = fading.into_iter().filter(|one| one.last_contact >= now);
    Ok(ahead.map(|one| (one.id, archived_on(one.last_contact, years))).collect())
}

/// Those of [`soon`] whom the actor may see, with the day.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn announced(ctx: &Context) -> Result<Vec<(PersonRow, NaiveDate)>, PeopleError> {
    let scope = scope(ctx, Action::ReadRetention)?;
    let days = soon(ctx).await?;
    let ids: Vec<Uuid> = days.iter().map(|(id, _)| *id).collect();
    let rows = store::people::one::seen(ctx.db().read(), &scope, ctx.today(), &ids).await?;
    let row = |id: &Uuid| rows.iter().find(|row| row.id == *id).cloned();
    Ok(days.iter().filter_map(|(id, day)| Some((row(id)?, *day))).collect())
}

/// Years of the active file, as the département set them.
///
/// # Errors
/// When the database does not answer.
pub async fn active_years(ctx: &Context) -> Result<u32, StoreError> {
    let set = store::settings::value_at(ctx.db(), ACTIVE_YEARS, ctx.today()).await?;
    Ok(set.and_then(|years| years.parse().ok()).filter(|years| *years > 0).unwrap_or(ACTIVE_YEARS_USUAL))
}

fn active_file(years: u32) -> Length {
    Length::Months(years * 12)
}

async fn people(ctx: &Context, mode: Mode, done: &mut Outcome) -> Result<(), StoreError> {
    let today = ctx.today();
    let edge = active_file(active_years(ctx).await?).before(today);
    let archive = Length::Months(ARCHIVE_MONTHS).before(today);
    if mode == Mode::DryRun {
        let all = u64::from(u32::MAX);
        done.archived = ends::last_seen_before(ctx.db().read(), edge, all).await?.len() as u64;
        done.anonymised = ends::archived_before(ctx.db().read(), archive, all).await?.len() as u64;
        return Ok(());
    }
    loop {
        let tx = ctx.db().begin().await?;
        let due: Vec<Uuid> =
            ends::last_seen_before(&tx, edge, BATCH).await?.into_iter().map(|one| one.id).collect();
        if due.is_empty() {
            break;
        }
        ends::archive(&tx, &due, today).await?;
        record::rebuild_counters(&tx).await?;
        done.archived += due.len() as u64;
        tell(ctx, tx, &[("archived", due.len() as u64)]).await?;
    }
    loop {
        let tx = ctx.db().begin().await?;
        let due = ends::archived_before(&tx, archive, BATCH).await?;
        if due.is_empty() {
            return Ok(());
        }
        let households = ends::anonymise(&tx, &due, today).await? as u64;
        done.anonymised += due.len() as u64;
        tell(ctx, tx, &[("anonymised", due.len() as u64), ("households", households)]).await?;
    }
}

async fn rows(ctx: &Context, mode: Mode, done: &mut Outcome) -> Result<(), StoreError> {
    let tx = ctx.db().begin().await?;
    let edge = |table: &str| edge(ctx, table);
    done.sessions = expiry::sessions(&tx, edge("session")).await?;
    done.links = expiry::links(&tx, edge("one_time_link")).await?
        + store::agenda::booking_link::expire(&tx, edge("booking_link")).await?;
    done.leases = store::orientation::call::sweep_leases(&tx, edge("call_lease")).await?
        + store::diagnosis::expire(&tx, edge("diagnosis_presence")).await?;
    done.forms = expiry::forms(&tx, edge("kept_form")).await?;
    done.tries = expiry::tries(&tx, edge("sign_in_try")).await?;
    done.letters = expiry::letters(&tx, edge("mail")).await?
        + store::messages::report::expire(&tx, edge("delivery_report")).await?;
    done.factors = expiry::factors(&tx, edge("account")).await?;
    done.tokens = expiry::tokens(&tx, edge("api_token")).await?;
    done.rejects = expiry::rejects(&tx, edge("import_reject")).await?;
    done.changes = expiry::changes(&tx, edge("import")).await?;
    for (id, report) in expiry::files(&tx, edge("import")).await? {
        expiry::reduce_file(&tx, id, report.and_then(|text| counts_only(&text))).await?;
        done.files += 1;
    }
    done.reviews = expiry::reviews(&tx, edge("review")).await?;
    done.accounts = expiry::accounts(&tx, edge("account")).await?;
    done.proposals = expiry::proposals(&tx, edge("account_proposal")).await?;
    done.exceptional = expiry::exceptional(&tx, edge("exceptional_access")).await?;
    let answered = lifetime("rights_request").map(|one| one.keep);
    if let Some(Keep::For(length, _)) = answered {
        done.requests = expiry::requests(&tx, length.before(ctx.today())).await?;
    }
    done.agenda = slot::expire(&tx, edge("slot")).await?
        + occupation::expire(&tx, edge("occupation")).await?
        + absence::expire(&tx, edge("absence")).await?;
    let counts = [
        ("sessions", done.sessions),
        ("links", done.links),
        ("forms", done.forms),
        ("leases", done.leases),
        ("tries", done.tries),
        ("letters", done.letters),
        ("factors", done.factors),
        ("tokens", done.tokens),
        ("rejects", done.rejects),
        ("changes", done.changes),
        ("files", done.files),
        ("reviews", done.reviews),
        ("accounts", done.accounts),
        ("proposals", done.proposals),
        ("exceptional", done.exceptional),
        ("requests", done.requests),
        ("agenda", done.agenda),
    ];
    match mode {
        Mode::Run if counts.iter().any(|(_, n)| *n > 0) => tell(ctx, tx, &counts).await,
        _ => Ok(tx.rollback().await?),
    }
}

/// The instant before which rows of this table have outlived their time.
fn edge(ctx: &Context, table: &str) -> DateTime<Utc> {
    // What has no length of its own never expires by itself.
    let Some(Keep::For(length, _)) = lifetime(table).map(|one| one.keep) else {
        return DateTime::<Utc>::MIN_UTC;
    };
    match length {
        Length::Days(days) => ctx.now().checked_sub_days(Days::new(u64::from(days))).unwrap_or_default(),
        Length::Months(_) => midnight(ctx, length.before(ctx.today())),
    }
}

fn midnight(ctx: &Context, day: NaiveDate) -> DateTime<Utc> {
    let start = ctx.department.timezone.from_local_datetime(&day.and_time(NaiveTime::MIN)).earliest();
    start.map_or_else(|| day.and_time(NaiveTime::MIN).and_utc(), |start| start.with_timezone(&Utc))
}

/// A report without the name of the file, the dossiers left out and the warnings.
fn counts_only(report: &str) -> Option<String> {
    let mut report: serde_json::Value = serde_json::from_str(report).ok()?;
    let fields = report.as_object_mut()?;
    fields.insert("file".to_owned(), serde_json::Value::String(String::new()));
    for list in ["rejects", "warnings"] {
        fields.insert(list.to_owned(), serde_json::Value::Array(Vec::new()));
    }
    serde_json::to_string(&report).ok()
}

/// Spreadsheets that waited too long.
async fn uploads(ctx: &Context, mode: Mode) -> Result<u64, StoreError> {
    let old = files::awaiting_since(ctx.db().read(), midnight(ctx, WAITING.before(ctx.today()))).await?;
    let count = old.len() as u64;
    if mode == Mode::Run {
        for row in old {
            let spool = row.spool.clone();
            let why = "Personne n’a dit ce que contiennent les colonnes pendant six mois : le fichier a été effacé. Envoyez-le de nouveau.";
            crate::intake::import::fail(ctx, row, why, ctx.now()).await?;
            if let Some(Err(error)) = spool.map(std::fs::remove_file) {
                tracing::warn!(spool.error = %error, "a spool remains");
            }
        }
    }
    Ok(count)
}

/// The journal expires by whole blocks; one that does not hold is left to whoever examines it.
async fn journal(ctx: &Context, mode: Mode) -> Result<u64, StoreError> {
    if mode == Mode::DryRun {
        return Ok(0);
    }
    match crate::audit::keep(ctx).await {
        Ok(kept) => Ok(kept.expired.len() as u64),
        Err(KeepError::Store(error)) => Err(error),
        Err(error @ KeepError::Broken(_)) => {
            tracing::error!(department = ctx.department.code, journal.error = %error, "the journal does not expire");
            Ok(0)
        }
    }
}

async fn tell(ctx: &Context, tx: Tx, counts: &[(&str, u64)]) -> Result<(), StoreError> {
    let detail: serde_json::Map<_, _> =
        counts.iter().filter(|(_, n)| *n > 0).map(|(what, n)| ((*what).to_owned(), (*n).into())).collect();
    crate::audit::record(ctx, &tx, Act::Retention, None, None, detail.into()).await?;
    Ok(tx.commit().await?)
}
