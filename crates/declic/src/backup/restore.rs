//! Bringing a backup back: everything is checked beside the data, then takes their place at once.

use std::fs::File;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Component, Path, PathBuf};

use app::access::Actor;
use app::domain::audit::Act;
use app::{App, Context, Department};
use serde_json::json;
use store::crypto::Keys;
use store::db::Open;
use store::privacy::objects::Objects;
use store::{Db, Engine};

use super::archive::{Manifest, Reader};
use super::{DATABASE, DOCUMENTS, beside, files_under, postgres};
use crate::commands::say;
use crate::config::{Config, DepartmentConfig};
use crate::failure::{Failure, Outcome};
use crate::lock;
use crate::means::{self, OBJECTS, Ready};
use crate::secret::Secrets;

/// Brings the backup of a département back.
///
/// # Errors
/// When the backup was changed, is of another département, another secret or a newer program, when a server is at work
/// on the data, or when there are data already and `force` is not asked for. Nothing was replaced then.
pub async fn restore(config: &Config, code: &str, file: &Path, force: bool) -> Outcome {
    let target = config.department(code)?;
    let secrets = means::secrets(config, Ready::There)?;
    let keys = secrets.keys(code);
    let reader = Reader::open(file, &keys)?;
    check(&reader.manifest, code, &target)?;
    let folder = target.documents.parent().unwrap_or(Path::new(".")).to_owned();
    means::make_folder(&folder)?;
    let _lock = lock::take(&folders(config, &target)?)?;
    if !force && is_in_use(&target, &keys).await? {
        return Err(Failure::new(format!(
            "Le département {code} a déjà des données. Pour les remplacer, ajoutez --force."
        )));
    }
    let draft = Draft::beside(&target);
    draft.clear();
    let outcome = put_back(reader, &draft, &target, &keys).await;
    draft.clear();
    let manifest = outcome?;
    tell_the_journal(code, target, &secrets, &manifest).await?;
    say(format_args!(
        "Département {code} : sauvegarde du {} remise en place.",
        manifest.made_at.format("%d/%m/%Y")
    ))
}

/// Where the parts wait until all are known to be good.
struct Draft {
    database: PathBuf,
    documents: PathBuf,
}

impl Draft {
    fn beside(target: &DepartmentConfig) -> Self {
        let database = match &target.engine {
            Engine::Sqlite { file } => beside(file, "restored"),
            Engine::Postgres { .. } => beside(&target.documents, "dump"),
        };
        Self { database, documents: beside(&target.documents, "restored") }
    }

    /// Removes what is left of it.
    fn clear(&self) {
        for path in with_journals(&self.database) {
            let _ = std::fs::remove_file(path);
        }
        let _ = std::fs::remove_dir_all(&self.documents);
    }

    /// Where a part of this name is written.
    fn place(&self, name: &str) -> Outcome<File> {
        let path = match name.strip_prefix(DOCUMENTS) {
            Some(document) => {
                let document = Path::new(document);
                if !document.components().all(|part| matches!(part, Component::Normal(_))) {
                    return Err(Failure::new(format!(
                        "La sauvegarde nomme un document hors de son dossier : {name}."
                    )));
                }
                self.documents.join(document)
            }
            None if name == DATABASE => self.database.clone(),
            None => {
                return Err(Failure::new(format!("La sauvegarde contient une partie inconnue : {name}.")));
            }
        };
        if let Some(folder) = path.parent() {
            means::make_folder(folder)?;
        }
        private(&path).map_err(|error| Failure::file("Le fichier ne peut pas être écrit", &path, &error))
    }
}

/// A file that its owner alone may read, as the ones it replaces.
fn private(path: &Path) -> std::io::Result<File> {
    File::options().write(true).create(true).truncate(true).mode(0o600).open(path)
}

/// What can be told before anything is written.
fn check(manifest: &Manifest, code: &str, target: &DepartmentConfig) -> Outcome {
    if manifest.department != code {
        return Err(Failure::new(format!(
            "Cette sauvegarde est celle du département {}.",
            manifest.department
        )));
    }
    let (engine, schema) = match &target.engine {
        Engine::Sqlite { .. } => ("sqlite", None),
        Engine::Postgres { schema, .. } => ("postgres", Some(schema.clone())),
    };
    if manifest.engine != engine || manifest.schema != schema {
        let from = manifest.schema.as_deref().map(|schema| format!(", schéma {schema}")).unwrap_or_default();
        return Err(Failure::new(format!(
            "Cette sauvegarde vient d’une autre sorte de base ({}{from}).",
            manifest.engine
        )));
    }
    let known = store::settings::known_migrations();
    if manifest.migrations.iter().any(|migration| !known.contains(migration)) {
        return Err(Failure::new(format!(
            "Cette sauvegarde a été faite par une version plus récente ({}). Installez-la d’abord.",
            manifest.program
        )));
    }
    Ok(())
}

fn folders(config: &Config, target: &DepartmentConfig) -> Outcome<Vec<PathBuf>> {
    let mut folders = config.folders_to_lock();
    if let Engine::Sqlite { file } = &target.engine
        && let Some(folder) = file.parent()
    {
        means::make_folder(folder)?;
        folders.push(folder.to_owned());
    }
    folders.sort();
    folders.dedup();
    Ok(folders)
}

/// Somebody has begun to use the database that would be replaced.
async fn is_in_use(target: &DepartmentConfig, keys: &Keys) -> Outcome<bool> {
    if let Engine::Sqlite { file } = &target.engine
        && !file.exists()
    {
        return Ok(false);
    }
    let db = Db::open(target.engine.clone(), keys.clone(), Open::Existing).await?;
    // A database without its tables is as empty as a new one; one that cannot be asked may hold anything.
    let made = db.pending_migrations().await? < store::settings::known_migrations().len();
    let used = made && store::settings::is_in_use(&db).await.unwrap_or(true);
    db.close().await?;
    Ok(used)
}

async fn put_back(
    reader: Reader,
    draft: &Draft,
    target: &DepartmentConfig,
    keys: &Keys,
) -> Outcome<Manifest> {
    means::make_folder(&draft.documents)?;
    let manifest = reader.extract(|name| draft.place(name))?;
    if target.bucket.is_some() {
        send_objects(&draft.documents.join(OBJECTS), &means::objects(target)?).await?;
    }
    match &target.engine {
        Engine::Sqlite { file } => {
            let engine = Engine::Sqlite { file: draft.database.clone() };
            let db = Db::open(engine, keys.clone(), Open::Migrate).await?;
            db.close().await?;
            for path in with_journals(file).iter().skip(1) {
                remove(path)?;
            }
            std::fs::rename(&draft.database, file)?;
        }
        Engine::Postgres { url, schema } => {
            let db = Db::open(target.engine.clone(), keys.clone(), Open::Existing).await?;
            let aside = format!("{schema}_before_restore");
            db.execute_raw(&format!("ALTER SCHEMA \"{schema}\" RENAME TO \"{aside}\"")).await?;
            let loaded = postgres::load(url, &draft.database);
            let then = match loaded {
                Ok(()) => format!("DROP SCHEMA \"{aside}\" CASCADE"),
                Err(_) => format!("ALTER SCHEMA \"{aside}\" RENAME TO \"{schema}\""),
            };
            db.execute_raw(&then).await?;
            db.close().await?;
            loaded?;
        }
    }
    match std::fs::remove_dir_all(&target.documents) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => std::fs::rename(&draft.documents, &target.documents)?,
    }
    Ok(manifest)
}

/// Sends the documents to the bucket, before anything is replaced: names are of one use, so that none of those the
/// present database knows changes. Those that the backup does not name are swept a day later.
async fn send_objects(folder: &Path, objects: &Objects) -> Outcome {
    for path in files_under(folder)? {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
        objects.put(&name, &path).await?;
    }
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// A SQLite file and the two that go with it.
fn with_journals(file: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|ending| {
        let mut path = file.as_os_str().to_owned();
        path.push(ending);
        PathBuf::from(path)
    })
}

fn remove(path: &Path) -> Outcome {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::file("L’ancienne base ne peut pas être remplacée", path, &error))
        }
        _ => Ok(()),
    }
}

async fn tell_the_journal(
    code: &str,
    target: DepartmentConfig,
    secrets: &Secrets,
    manifest: &Manifest,
) -> Outcome {
    let department: Department = means::open_one(code, target, secrets, Ready::Made).await?;
    let app = App::new(vec![department], means::clock(), means::ids(), false);
    if let Some(department) = app.department(code) {
        let ctx: Context = app.context(department, Actor::system("ligne de commande"));
        let tx = ctx.db().begin().await?;
        let detail = json!({ "made_at": manifest.made_at, "program": manifest.program });
        app::audit::record(&ctx, &tx, Act::Restore, None, None, detail).await?;
        tx.commit().await?;
    }
    means::close(&app).await
}
