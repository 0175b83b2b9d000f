//! The means of the use cases: clock, identifiers, databases. Everything of the machine enters here.

use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;
use std::sync::Arc;

use app::access::Actor;
use app::access::proconnect::{Provider, ProviderSettings};
use app::domain::id::Ids;
use app::domain::time::Clock;
use app::{App, Context, Department};
use store::db::Open;
use store::privacy::objects::Objects;
use store::{Db, Engine};

use crate::config::{Config, DepartmentConfig, Oidc};
use crate::failure::{Failure, Outcome};
use crate::secret::Secrets;
use crate::texts;

/// The name of the command line in the journal.
const COMMAND_LINE: &str = "ligne de commande";

/// The folder of people's documents, in that of the département's documents.
pub const OBJECTS: &str = "objects";

/// How a command wants its databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ready {
    /// Made when missing, brought to date, filled with the reference data: what writes.
    Made,
    /// There and up to date: what reads.
    There,
}

/// The machine's clock.
#[expect(clippy::disallowed_methods, reason = "the one place where the time of the machine enters")]
pub fn clock() -> Clock {
    Clock::new(chrono::Utc::now)
}

/// The identifiers of this machine.
#[expect(clippy::disallowed_methods, reason = "the one place where identifiers are made")]
pub fn ids() -> Ids {
    Ids::new(uuid::Uuid::now_v7)
}

/// The secrets; made when the folder of data has none yet.
///
/// # Errors
/// When it cannot be read or made.
pub fn secrets(config: &Config, ready: Ready) -> Outcome<Secrets> {
    match (&config.data, ready) {
        (Some(_), Ready::Made) => Secrets::read_or_make(&config.secret_files),
        _ => Secrets::read(&config.secret_files),
    }
}

/// Opens the databases of these départements.
///
/// # Errors
/// When one of them cannot be opened.
pub async fn open(config: &Config, codes: &[&str], ready: Ready) -> Outcome<App> {
    let secrets = secrets(config, ready)?;
    let mut departments = Vec::new();
    for code in codes {
        departments.push(open_one(code, config.department(code)?, &secrets, ready).await?);
    }
    let app = App::new(departments, clock(), ids(), false);
    let app = app.with_post(config.post()?, config.base_url()).with_short_url(config.short_url.clone());
    let app = app.with_sms(texts::open(&config.sms, config.mail.directory.as_ref())?);
    match &config.oidc {
        None => Ok(app),
        Some(oidc) => Ok(app.with_provider(provider(config, oidc)?)),
    }
}

/// The provider that vouches for agents; it is not asked anything before somebody comes.
fn provider(config: &Config, oidc: &Oidc) -> Outcome<Provider> {
    let file = &oidc.client_secret_file;
    let secret = std::fs::read_to_string(file)
        .map_err(|error| Failure::file("Le secret de ProConnect ne peut pas être lu", file, &error))?;
    let settings = ProviderSettings {
        issuer: oidc.issuer.clone(),
        client_id: oidc.client_id.clone(),
        client_secret: secret.trim().to_owned(),
        public_url: config.base_url(),
    };
    Provider::new(settings, clock()).map_err(|error| Failure::new(error.to_string()))
}

/// Opens the database of a département.
///
/// # Errors
/// When it cannot be opened, made, or is not up to date.
pub async fn open_one(
    code: &str,
    config: DepartmentConfig,
    secrets: &Secrets,
    ready: Ready,
) -> Outcome<Department> {
    let how = match ready {
        Ready::Made => Open::Migrate,
        Ready::There => Open::Existing,
    };
    if ready == Ready::Made {
        if let Engine::Sqlite { file } = &config.engine {
            make_folder(file.parent().unwrap_or(Path::new(".")))?;
            make_private(file)?;
        }
        make_folder(&config.documents)?;
    }
    let objects = objects(&config)?;
    let db = Db::open(config.engine, secrets.keys(code), how).await?;
    let DepartmentConfig { name, timezone, documents, .. } = config;
    let department = Department { code: code.to_owned(), name, timezone, db, documents, objects };
    match ready {
        Ready::Made => app::settings::seed(&department).await?,
        Ready::There if department.db.pending_migrations().await? > 0 => {
            return Err(Failure::new(format!(
                "La base du département {code} n’est pas à jour. Lancez d’abord « declic migrate »."
            )));
        }
        Ready::There => department.db.check_keys().await?,
    }
    Ok(department)
}

/// Where the documents of people are kept; nothing is asked of a server yet.
///
/// # Errors
/// When the place cannot be named, or its key cannot be read.
pub fn objects(config: &DepartmentConfig) -> Outcome<Objects> {
    let opened = match &config.bucket {
        None => Objects::in_folder(&config.documents.join(OBJECTS)),
        Some(place) => Objects::in_bucket(&place.open()?),
    };
    opened.map_err(|error| Failure::new(error.to_string()))
}

/// What the command line does in a département, opened for that.
///
/// # Errors
/// When its database cannot be opened.
pub async fn context(config: &Config, code: &str, ready: Ready) -> Outcome<Context> {
    let app = open(config, &[code], ready).await?;
    let department = app.department(code).map(Arc::clone);
    let department =
        department.ok_or_else(|| Failure::new(format!("Le département {code} n’est pas ouvert.")))?;
    Ok(app.context(&department, Actor::system(COMMAND_LINE)))
}

/// Closes the databases: a SQLite file is then whole by itself.
///
/// # Errors
/// When one of them does not close.
pub async fn close(app: &App) -> Outcome {
    for department in app.departments() {
        department.db.clone().close().await?;
    }
    Ok(())
}

/// A folder that its owner alone may open, unless it was there already.
///
/// # Errors
/// When it cannot be made.
pub fn make_folder(folder: &Path) -> Outcome {
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| Failure::file("Le dossier ne peut pas être créé", folder, &error))
}

/// An empty file that its owner alone may read; the database begins in it. One that is there stays as it is.
fn make_private(file: &Path) -> Outcome {
    match std::fs::File::options().write(true).create_new(true).mode(0o600).open(file) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(Failure::file("La base ne peut pas être créée", file, &error))
        }
        _ => Ok(()),
    }
}
