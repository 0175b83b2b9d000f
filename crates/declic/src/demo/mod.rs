//! `declic demo`: four départements, their programmes and made-up people, served on this machine.
//!
//! ```text
//! no database ──▶ building (parameter `demo` = `building`) ──▶ ready (`demo` = `true`) ──▶ served, again and again
//! ```
//!
//! A database that was left while it was building is made anew. One that is not a demo database is never touched.

mod accounts;
mod agenda;
mod calls;
mod diagnosis;
mod engagement;
mod files;
mod followup;
mod letters;
mod outcomes;
mod programmes;
mod proposals;
mod referents;
mod sectors;
mod sheets;
mod stories;
mod structures;
mod waves;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use app::access::{Actor, ActorKind, DEMO_PASSWORD, HeldRole, demo_accounts};
use app::domain::access::role::Role;
use app::domain::time::Clock;
use app::intake::generate::Named;
use app::{App, Context, Department};
use chrono::{DateTime, NaiveDate, TimeZone as _, Utc};
use chrono_tz::Tz;
use store::db::Open;
use store::settings::{self, Parameter};
use store::{Db, StoreError};
use uuid::Uuid;

use crate::cli::Demo;
use crate::commands::say;
use crate::config::Config;
use crate::failure::{Failure, Outcome};
use crate::lock;
use crate::means::{self, Ready};
use crate::secret::Secrets;
use crate::site::{self, Jobs};
use crate::texts;

/// The départements of the demonstration.
const DEPARTMENTS: [&str; 4] = ["38", "45", "04", "55"];
/// Where its data are, unless told otherwise.
const FOLDER: &str = "declic-demo";
/// The parameter that marks a demo database.
const MARK: &str = "demo";
/// The hour at which a clock that stands still stands.
const HOUR: u32 = 10;

/// Makes the demonstration where it is missing, tells its accounts, and serves it.
///
/// # Errors
/// When the folder holds other data, or the address cannot be listened on.
pub async fn run(folder: Option<PathBuf>, words: Demo) -> Outcome {
    let folder = folder.unwrap_or_else(|| PathBuf::from(FOLDER));
    let config = Config::of_folder(&folder)?;
    let _lock = lock::take(&config.folders_to_lock())?;
    let listener = site::listen(words.listen).await?;
    let secrets = means::secrets(&config, Ready::Made)?;
    let mut states = survey(&config, &secrets).await?;
    if words.reset {
        for (code, state) in &mut states {
            remove(&config, code)?;
            *state = State::Unfinished;
        }
    }
    let clock = match words.until {
        Some(day) => Clock::fixed(instant(day, chrono_tz::Europe::Paris)?),
        None => means::clock(),
    };
    let mut departments = Vec::new();
    for code in DEPARTMENTS {
        if states.get(code) == Some(&State::Ready) {
            departments.push(means::open_one(code, config.department(code)?, &secrets, Ready::Made).await?);
        } else {
            departments
                .push(Box::pin(build(&config, code, &secrets, &clock, (words.people, words.until))).await?);
        }
    }
    let app = App::new(departments, clock, means::ids(), true)
        .with_post(config.post()?, format!("http://{}", words.listen))
        .with_sms(texts::open(&config.sms, config.mail.directory.as_ref())?);
    tell(&app, &words).await?;
    site::serve(web::Site::new(app), listener, Jobs::Here).await
}

/// What a database of the folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// A whole demonstration.
    Ready,
    /// One that was left while it was made, or nothing yet.
    Unfinished,
}

/// What each database of the folder is.
///
/// # Errors
/// When one of them is not of a demonstration.
async fn survey(config: &Config, secrets: &Secrets) -> Outcome<BTreeMap<String, State>> {
    let mut states = BTreeMap::new();
    for (code, department) in &config.departments {
        let db = Db::open(department.engine.clone(), secrets.keys(code), Open::Existing).await?;
        let state = state(&db).await?;
        db.close().await?;
        states.insert(code.clone(), state.ok_or_else(|| not_ours(code))?);
    }
    Ok(states)
}

/// What a database is; `None` when it is not of a demonstration.
async fn state(db: &Db) -> Outcome<Option<State>> {
    if settings::applied_migrations(db).await.unwrap_or_default().is_empty() {
        return Ok(Some(State::Unfinished));
    }
    Ok(match settings::value_at(db, MARK, marked_since()).await?.as_deref() {
        Some("true") => Some(State::Ready),
        None if settings::is_in_use(db).await? => None,
        _ => Some(State::Unfinished),
    })
}

/// A database that the demonstration made, for `doctor` to tell it from a real one.
pub async fn is_demonstration(db: &Db) -> bool {
    matches!(settings::value_at(db, MARK, marked_since()).await, Ok(Some(_)))
}

/// Makes a département of the demonstration.
async fn build(
    config: &Config,
    code: &str,
    secrets: &Secrets,
    clock: &Clock,
    (people, until): (u32, Option<NaiveDate>),
) -> Outcome<Department> {
    remove(config, code)?;
    let department = means::open_one(code, config.department(code)?, secrets, Ready::Made).await?;
    set_mark(&department, "building").await?;
    let app = App::new(vec![department.clone()], clock.clone(), means::ids(), true)
        .with_post(config.post()?, String::new())
        .with_sms(texts::open(&config.sms, config.mail.directory.as_ref())?);
    let built = app.department(code).map(Arc::clone);
    let built = built.ok_or_else(|| Failure::new(format!("Le département {code} n’est pas ouvert.")))?;
    let ctx: Context = app.context(&built, Actor::system("démonstration"));
    let partner = structures::make(&ctx).await?;
    let accounts = accounts::make(&ctx, partner).await?;
    letters::set(&ctx).await?;
    let told = tell_story(&department, config, &accounts, (clock, until)).await?;
    files::bring_in(&ctx, people, told.into_iter().collect()).await?;
    referents::give(&ctx, &accounts).await?;
    agenda::make(&ctx, &accounts).await?;
    if let Some(structure) = partner {
        proposals::make(&ctx, &accounts, structure).await?;
    }
    sectors::make(&ctx, &accounts, partner).await?;
    Box::pin(calls::make(&ctx, &accounts)).await?;
    sectors::address(&ctx, &accounts).await?;
    Box::pin(followup::make(&ctx, &accounts)).await?;
    waves::make(&ctx, &accounts).await?;
    Box::pin(diagnosis::make(&ctx, &accounts)).await?;
    Box::pin(programmes::make(&ctx, &accounts)).await?;
    Box::pin(engagement::make(&ctx, &accounts)).await?;
    Box::pin(outcomes::make(&ctx, &accounts)).await?;
    set_mark(&department, "true").await?;
    Ok(department)
}

/// Plays the story of the département, each act at its date. Returns who it is about, for the files that come after.
async fn tell_story(
    department: &Department,
    config: &Config,
    accounts: &BTreeMap<Role, Uuid>,
    (clock, until): (&Clock, Option<NaiveDate>),
) -> Outcome<Option<Named>> {
    let stands = Arc::new(AtomicI64::new(clock.now().timestamp()));
    let hand = Arc::clone(&stands);
    let moved = Clock::new(move || {
        DateTime::from_timestamp(hand.load(Ordering::SeqCst), 0).unwrap_or(DateTime::UNIX_EPOCH)
    });
    let app = App::new(vec![department.clone()], moved, means::ids(), true)
        .with_post(config.post()?, String::new())
        .with_sms(texts::open(&config.sms, config.mail.directory.as_ref())?);
    let Some(here) = app.department(&department.code).map(Arc::clone) else { return Ok(None) };
    let ctx = app.context(&here, Actor::system("démonstration"));
    let travel = |at: DateTime<Utc>| stands.store(at.timestamp(), Ordering::SeqCst);
    let cast = stories::Cast { ctx: &ctx, accounts, travel: &travel };
    Box::pin(stories::play(cast, until)).await
}

/// What the account of a role does, on the whole département; `None` without such an account.
async fn acting(ctx: &Context, accounts: &BTreeMap<Role, Uuid>, role: Role) -> Outcome<Option<Context>> {
    let Some(id) = accounts.get(&role).copied() else { return Ok(None) };
    let known = store::access::account::by_id(ctx.db(), id).await?;
    let actor = Actor {
        kind: ActorKind::User,
        id: Some(id),
        name: known.map(|one| one.name).unwrap_or_default(),
        roles: vec![HeldRole::of(role)],
        reason: None,
    };
    Ok(Some(ctx.app.context(&ctx.department, actor)))
}

/// Removes the database and the documents of a département.
fn remove(config: &Config, code: &str) -> Outcome {
    let department = config.department(code)?;
    if let store::Engine::Sqlite { file } = &department.engine {
        for ending in ["db", "db-wal", "db-shm", "import-lock"] {
            let path = file.with_extension(ending);
            ignore_missing(std::fs::remove_file(&path), &path)?;
        }
    }
    ignore_missing(std::fs::remove_dir_all(&department.documents), &department.documents)
}

fn ignore_missing(done: std::io::Result<()>, path: &Path) -> Outcome {
    match done {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::file("L’ancienne démonstration ne peut pas être enlevée", path, &error))
        }
        _ => Ok(()),
    }
}

fn not_ours(code: &str) -> Failure {
    Failure::new(format!(
        "La base du département {code} n’est pas une base de démonstration : elle n’est pas touchée. Choisissez un autre dossier avec --data."
    ))
}

/// Before any date the demonstration speaks of.
fn marked_since() -> NaiveDate {
    DateTime::<Utc>::UNIX_EPOCH.date_naive()
}

async fn set_mark(department: &Department, value: &str) -> Outcome {
    let tx = department.db.begin().await?;
    let parameter = Parameter {
        key: MARK.to_owned(),
        since: marked_since(),
        value: value.to_owned(),
        source: "declic demo".to_owned(),
    };
    settings::set_value(&tx, parameter).await?;
    Ok(tx.commit().await.map_err(StoreError::from)?)
}

/// Ten in the morning of that day.
fn instant(day: NaiveDate, zone: Tz) -> Outcome<DateTime<Utc>> {
    let local = day.and_hms_opt(HOUR, 0, 0).and_then(|time| zone.from_local_datetime(&time).earliest());
    Ok(local.ok_or_else(|| Failure::usage("Cette date n’existe pas."))?.to_utc())
}

/// Tells where it is and who one may be.
async fn tell(app: &App, words: &Demo) -> Outcome {
    let listen = words.listen;
    say(format_args!("Démonstration de Déclic : http://{listen}/"))?;
    say("Tout est inventé ; rien ne sort de cette machine.")?;
    for department in app.departments() {
        let Department { name, code, timezone, .. } = department.as_ref();
        let today = app::domain::time::in_words(app.clock.today(*timezone));
        say(format_args!("\n{name} ({code}), le {today} : http://{listen}/{code}/connexion"))?;
        for account in demo_accounts(app, department).await? {
            let roles: Vec<_> = account.roles.iter().map(|role| role.label_fr()).collect();
            say(format_args!("  {:<36} {:<24} {}", account.email, account.name, roles.join(", ")))?;
        }
    }
    say(format_args!("\nMot de passe de tous ces comptes : {DEMO_PASSWORD}"))
}
