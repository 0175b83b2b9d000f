//! `declic doctor`: what is in order, and what must be mended, in plain words.

use std::path::Path;

use store::db::Open;
use store::{Db, Engine};

use crate::cli::Place;
use crate::commands::say;
use crate::config::{Config, DepartmentConfig, Mail};
use crate::failure::{Failure, Outcome};
use crate::secret::{self, Secrets};

/// Less room than this on a disk must be mended.
const LEAST_ROOM_MIB: u64 = 1024;

/// What was looked at.
#[derive(Debug, PartialEq, Eq)]
enum Finding {
    /// In order.
    Good(String),
    /// Must be mended.
    Bad(String),
}

/// Looks at everything and says what must be mended.
///
/// # Errors
/// When something must be.
pub async fn doctor(place: &Place) -> Outcome {
    let config = Config::find(place)?;
    let mut findings = vec![Finding::Good("La configuration se lit.".to_owned())];
    let secrets = look_at_secret(&config, &mut findings);
    if config.departments.is_empty() {
        findings.push(Finding::Good("Aucun département pour le moment.".to_owned()));
    }
    for (code, department) in &config.departments {
        findings.extend(look_at(code, department, secrets.as_ref()).await);
    }
    findings.extend(look_at_mail(&config.mail));
    let mut bad = 0;
    for finding in findings {
        match finding {
            Finding::Good(text) => say(format_args!("✓ {text}"))?,
            Finding::Bad(text) => {
                bad += 1;
                say(format_args!("✗ {text}"))?;
            }
        }
    }
    match bad {
        0 => Ok(()),
        1 => Err(Failure::new("Un point est à corriger.")),
        n => Err(Failure::new(format!("{n} points sont à corriger."))),
    }
}

fn look_at_secret(config: &Config, findings: &mut Vec<Finding>) -> Option<Secrets> {
    let files = &config.secret_files;
    if config.data.is_some() && !files.writes.exists() && config.departments.is_empty() {
        findings.push(Finding::Good("Le secret sera créé avec la première base.".to_owned()));
        return None;
    }
    match Secrets::read(files) {
        Err(failure) => {
            findings.push(Finding::Bad(failure.to_string()));
            None
        }
        Ok(secrets) => {
            for path in files.all() {
                let shown = path.display();
                findings.push(if secret::is_exposed(path).unwrap_or(true) {
                    Finding::Bad(format!(
                        "Le secret peut être lu par d’autres que son propriétaire : chmod 600 {shown}"
                    ))
                } else {
                    Finding::Good(format!("Le secret est lisible par son seul propriétaire ({shown})."))
                });
            }
            Some(secrets)
        }
    }
}

async fn look_at(code: &str, config: &DepartmentConfig, secrets: Option<&Secrets>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut note = |good: bool, text: String| {
        let text = format!("{code} : {text}");
        findings.push(if good { Finding::Good(text) } else { Finding::Bad(text) });
    };
    if let Engine::Sqlite { file } = &config.engine {
        let folder = file.parent().unwrap_or(Path::new("."));
        let writable = is_writable(folder) && (!file.exists() || is_file_writable(file));
        note(writable, tell_writable("la base et son dossier", folder, writable));
        if let Some((good, text)) = room(folder) {
            note(good, text);
        }
    }
    let writable = is_writable(&config.documents);
    note(writable, tell_writable("le dossier des documents", &config.documents, writable));
    // What is wrong with the secret was said already.
    let Some(secrets) = secrets else { return findings };
    match Db::open(config.engine.clone(), secrets.keys(code), Open::Existing).await {
        Err(error) => note(false, error.to_string()),
        Ok(db) => {
            match db.pending_migrations().await {
                Ok(0) => {
                    note(true, "la base répond et elle est à jour.".to_owned());
                    let (good, text) = look_at_keys(&db, &config.documents).await;
                    note(good, text);
                }
                Ok(n) => {
                    note(false, format!("la base attend {n} mise(s) à jour : lancez « declic migrate »."));
                }
                Err(error) => note(false, error.to_string()),
            }
            if let Err(error) = db.close().await {
                note(false, error.to_string());
            }
        }
    }
    findings
}

/// Whether the ring is that of the base, and whether older secrets may go.
async fn look_at_keys(db: &Db, documents: &Path) -> (bool, String) {
    if let Err(error) = db.check_keys().await {
        return (false, error.to_string());
    }
    let older = db.keys().ids().len() - 1;
    match app::privacy::keys::status_of(db, documents).await {
        Err(error) => (false, error.to_string()),
        Ok(status) if status.remaining == 0 && older == 0 => (true, "tout est chiffré avec le secret en place.".to_owned()),
        Ok(status) if status.remaining == 0 => (
            true,
            "rien n’est plus chiffré avec l’ancien secret : gardez-en une copie le temps de vos sauvegardes, puis retirez son fichier de secret_file.".to_owned(),
        ),
        Ok(status) => (
            true,
            format!(
                "{} valeur(s) à rechiffrer avec le nouveau secret : « declic keys rotate », ou laissez faire le serveur. Gardez l’ancien secret.",
                status.remaining
            ),
        ),
    }
}

fn look_at_mail(mail: &Mail) -> Vec<Finding> {
    let folder = mail.directory.as_deref().map(|folder| {
        let writable = is_writable(folder) || !folder.exists();
        let text = tell_writable("courrier : le dossier de dépôt", folder, writable);
        if writable { Finding::Good(text) } else { Finding::Bad(text) }
    });
    let smtp = mail.smtp.as_deref().map(|address| {
        if address.starts_with("smtps://") || address.starts_with("smtp://") {
            Finding::Good("Courrier : une adresse de serveur est donnée.".to_owned())
        } else {
            Finding::Bad("Courrier : l’adresse du serveur doit commencer par smtps:// ou smtp://.".to_owned())
        }
    });
    let none = (folder.is_none() && smtp.is_none())
        .then(|| Finding::Good("Courrier : aucun envoi n’est configuré.".to_owned()));
    folder.into_iter().chain(smtp).chain(none).collect()
}

fn tell_writable(what: &str, path: &Path, writable: bool) -> String {
    if writable {
        format!("{what} : écriture possible.")
    } else {
        format!("{what} : écriture impossible dans « {} ». Corrigez les droits ou le chemin.", path.display())
    }
}

fn is_writable(folder: &Path) -> bool {
    let trial = folder.join(format!(".declic-doctor-{}", std::process::id()));
    std::fs::File::create_new(&trial).and_then(|_| std::fs::remove_file(&trial)).is_ok()
}

fn is_file_writable(file: &Path) -> bool {
    std::fs::File::options().append(true).open(file).is_ok()
}

fn room(folder: &Path) -> Option<(bool, String)> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    let free_mib = disk.f_bavail.saturating_mul(disk.f_frsize) / (1024 * 1024);
    let good = free_mib >= LEAST_ROOM_MIB;
    let advice = if good { "" } else { " C’est trop peu : libérez de la place." };
    Some((good, format!("{free_mib} Mio libres sur le disque.{advice}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_not_there_is_not_writable() {
        let folder = tempfile::tempdir().unwrap();
        assert!(is_writable(folder.path()));
        assert!(!is_writable(&folder.path().join("absent")));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_server_without_its_protocol_must_be_mended() {
        let mail = Mail { smtp: Some("mail.example".to_owned()), directory: None };
        assert!(matches!(look_at_mail(&mail).as_slice(), [Finding::Bad(_)]));
        assert!(matches!(look_at_mail(&Mail::default()).as_slice(), [Finding::Good(_)]));
    }
}
