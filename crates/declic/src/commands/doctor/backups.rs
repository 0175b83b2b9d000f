//! Backups: recent, whole in number, and for their owner alone.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};

use super::Finding;
use super::files::open_to_all;
use crate::config::Config;

/// A backup of every night is never older than this.
const MOST_AGE: TimeDelta = TimeDelta::hours(30);

pub(super) fn look(config: &Config, now: DateTime<Utc>) -> Vec<Finding> {
    let Some(folder) = config.backups.as_deref() else {
        let silent = config.data.is_some() || config.departments.is_empty();
        return if silent { Vec::new() } else { vec![unknown()] };
    };
    let mut findings: Vec<_> =
        config.departments.keys().map(|code| of_department(folder, code, now)).collect();
    findings.extend(open_to_all(folder));
    findings
}

fn unknown() -> Finding {
    Finding::Weak(
        "backups n’est pas donné : l’âge des sauvegardes n’est pas surveillé. Ajoutez backups = \"/var/backups/declic\"."
            .to_owned(),
    )
}

/// The newest file whose name begins with the code of the département.
fn of_department(folder: &Path, code: &str, now: DateTime<Utc>) -> Finding {
    let start = format!("{code}-");
    let newest = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(&start))
        .filter_map(|entry| entry.metadata().ok()?.modified().ok())
        .max()
        .map(DateTime::<Utc>::from);
    let what_to_do = "Vérifiez le minuteur declic-backup (systemctl status declic-backup.timer).";
    match newest {
        None => {
            Finding::Bad(format!("{code} : aucune sauvegarde dans « {} ». {what_to_do}", folder.display()))
        }
        Some(at) if now - at > MOST_AGE => Finding::Bad(format!(
            "{code} : la dernière sauvegarde a {} heures. {what_to_do}",
            (now - at).num_hours()
        )),
        Some(_) => Finding::Good(format!("{code} : une sauvegarde récente est là.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_backup_and_an_old_one_must_be_mended() {
        let folder = tempfile::tempdir().unwrap();
        let now = crate::means::clock().now();
        let told = |code: &str, now| of_department(folder.path(), code, now);
        assert!(matches!(told("45", now), Finding::Bad(text) if text.contains("aucune sauvegarde")));
        std::fs::write(folder.path().join("45-2026-11-26.declic"), "x").unwrap();
        assert!(matches!(told("45", now), Finding::Good(_)));
        assert!(matches!(told("4", now), Finding::Bad(_)), "45 is not a backup of 4");
        let later = now + TimeDelta::hours(48);
        assert!(matches!(told("45", later), Finding::Bad(text) if text.contains("heures")));
    }
}
