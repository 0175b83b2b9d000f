//! Backups: one file that holds the database and the documents of a département.
//!
//! ```text
//! DECLIC-BACKUP 2\n
//! a sealed stream:
//!   manifest length u32, manifest                    JSON: département, engine, migrations
//!   (name length u16, name, bytes u64, bytes…)*      the parts: `database`, `documents/…`
//!   0 u16                                            no more parts
//! ```
//!
//! Numbers are little-endian. Everything is sealed under the keys of the département ([`store::sealed::stream`]): the file
//! shows nothing, and a changed, cut or foreign one is refused before anything is replaced. It is worth nothing without
//! the secret, which it does not hold.

mod archive;
mod postgres;
mod restore;

use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use app::Department;
use archive::{Manifest, Writer, Written};
use store::Engine;
use store::privacy::objects::Objects;

pub use restore::restore;

use crate::commands::say;
use crate::config::Config;
use crate::failure::{Failure, Outcome};
use crate::means::{self, OBJECTS, Ready};

/// The part that holds the database.
const DATABASE: &str = "database";
/// What the parts of the documents begin with.
const DOCUMENTS: &str = "documents/";

/// Writes the backup of a département beside the running server.
///
/// # Errors
/// When the database does not answer or the file cannot be written; no half-written backup remains.
pub async fn backup(config: &Config, code: &str, file: &Path) -> Outcome {
    let ctx = means::context(config, code, Ready::There).await?;
    let draft = beside(file, "draft");
    let dump = beside(file, "database");
    let outcome = write(&ctx.department, &draft, &dump).await;
    // The dump has been copied, or is of no use.
    let _ = std::fs::remove_file(&dump);
    means::close(&ctx.app).await?;
    if outcome.is_err() {
        let _ = std::fs::remove_file(&draft);
    }
    let written = outcome?;
    std::fs::rename(&draft, file)
        .map_err(|error| Failure::file("La sauvegarde ne peut pas être écrite", file, &error))?;
    say(format_args!(
        "Sauvegarde du département {code} écrite : {} partie(s), {} octets.",
        written.parts, written.bytes
    ))
}

async fn write(department: &Department, draft: &Path, dump: &Path) -> Outcome<Written> {
    let (db, documents) = (&department.db, &department.documents);
    private(dump)?;
    // The database first: a document it names was written before it.
    let (engine, schema) = match db.engine() {
        Engine::Sqlite { .. } => {
            db.execute_raw(&format!("VACUUM INTO '{}'", quoted(dump)?)).await?;
            ("sqlite", None)
        }
        Engine::Postgres { url, schema } => {
            postgres::dump(url, schema, dump)?;
            ("postgres", Some(schema.clone()))
        }
    };
    let manifest = Manifest {
        department: department.code.clone(),
        engine: engine.to_owned(),
        schema,
        made_at: means::clock().now(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        migrations: store::settings::applied_migrations(db).await?,
    };
    let mut writer = Writer::create(draft, db.keys(), &manifest)?;
    writer.add(DATABASE, dump)?;
    for path in files_under(documents)? {
        let name = path.strip_prefix(documents).unwrap_or(&path).to_string_lossy().into_owned();
        writer.add(&format!("{DOCUMENTS}{name}"), &path)?;
    }
    if department.objects.folder().is_none() {
        add_objects(&mut writer, &department.objects).await?;
    }
    writer.finish()
}

/// The documents that are not on this machine, under the names they would have there.
async fn add_objects(writer: &mut Writer, objects: &Objects) -> Outcome {
    let mut list = objects.list();
    while let Some(found) = list.next().await {
        let name = found?.name;
        // One that was swept meanwhile is left out, as a file that has gone.
        let Some(mut raw) = objects.raw(&name).await? else { continue };
        writer.begin(&format!("{DOCUMENTS}{OBJECTS}/{name}"), raw.bytes)?;
        while let Some(bytes) = raw.next().await? {
            writer.write(&bytes)?;
        }
        writer.end(&name)?;
    }
    Ok(())
}

/// An empty file that its owner alone may read, for the copy of the database: names are in clear in it.
fn private(path: &Path) -> Outcome {
    let made = std::fs::File::options().write(true).create(true).truncate(true).mode(0o600).open(path);
    made.map(drop).map_err(|error| Failure::file("La sauvegarde ne peut pas être écrite", path, &error))
}

/// The path as a literal of SQL.
fn quoted(path: &Path) -> Outcome<String> {
    let text = path.to_str().ok_or_else(|| Failure::new("Le chemin de la sauvegarde n’est pas en UTF-8."))?;
    Ok(text.replace('\'', "''"))
}

/// A temporary name in the same folder.
fn beside(file: &Path, what: &str) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.{what}", std::process::id()));
    file.with_file_name(name)
}

/// Every file of a folder and of those in it, in order; none when there is no folder.
fn files_under(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match std::fs::read_dir(&folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            other => {
                other.map_err(|error| Failure::file("Le dossier ne peut pas être lu", &folder, &error))?
            }
        };
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}
