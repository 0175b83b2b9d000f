//! One département: its database and its documents.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use store::db::Open;
use store::messages::{mail, written};
use store::{Db, Engine};

use super::Finding;
use super::files::{is_file_writable, is_writable, open_to_all, room, writable};
use crate::config::DepartmentConfig;
use crate::means;
use crate::secret::Secrets;

/// Clocks that differ by more than this make journals that cannot be compared.
const MOST_SKEW: TimeDelta = TimeDelta::seconds(5);

pub(super) async fn look(code: &str, config: &DepartmentConfig, secrets: Option<&Secrets>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Engine::Sqlite { file } = &config.engine {
        let folder = file.parent().unwrap_or(Path::new("."));
        let good = is_writable(folder) && (!file.exists() || is_file_writable(file));
        findings.push(writable("la base et son dossier", folder, good));
        findings.extend(room(folder));
        let beside = ["db-wal", "db-shm"].map(|ending| file.with_extension(ending));
        findings.extend([file].into_iter().chain(&beside).filter_map(|path| open_to_all(path)));
    }
    findings.push(writable("le dossier des documents", &config.documents, is_writable(&config.documents)));
    findings.extend(open_to_all(&config.documents));
    findings.extend(bucket(config).await);
    // What is wrong with the secret was said already.
    let Some(secrets) = secrets else { return findings };
    match Db::open(config.engine.clone(), secrets.keys(code), Open::Existing).await {
        Err(error) => findings.push(Finding::Bad(error.to_string())),
        Ok(db) => {
            findings.push(schema(&db).await);
            findings.push(keys(&db, &config.documents).await);
            findings.extend(demonstration(&db).await);
            findings.extend(clock(&db, means::clock().now()).await);
            findings.extend(unsent(&db, means::clock().now()).await);
            if let Err(error) = db.close().await {
                findings.push(Finding::Bad(error.to_string()));
            }
        }
    }
    findings
}

/// The bucket of the documents takes, gives, lists and deletes.
async fn bucket(config: &DepartmentConfig) -> Option<Finding> {
    let place = config.bucket.as_ref()?;
    if let Some(exposed) = place.server.secret_key_file.as_deref().and_then(open_to_all) {
        return Some(exposed);
    }
    let tried = match means::objects(config) {
        Err(failure) => return Some(Finding::Bad(failure.to_string())),
        Ok(objects) => objects.try_out(&format!("doctor/{}", std::process::id())).await,
    };
    let shown = place.path();
    Some(match tried {
        Ok(()) => Finding::Good(format!("le seau des documents répond ({}).", shown.display())),
        Err(why) => Finding::Bad(format!(
            "le seau des documents n’est pas utilisable ({}) : {why}. Vérifiez [s3], le nom du seau, la clé et le réseau.",
            shown.display()
        )),
    })
}

async fn schema(db: &Db) -> Finding {
    match db.pending_migrations().await {
        Ok(0) => Finding::Good("la base répond et elle est à jour.".to_owned()),
        Ok(n) => Finding::Bad(format!("la base attend {n} mise(s) à jour : lancez « declic migrate ».")),
        Err(error) => Finding::Bad(error.to_string()),
    }
}

/// Whether the ring is that of the base, and whether older secrets may go.
async fn keys(db: &Db, documents: &Path) -> Finding {
    if let Err(error) = db.check_keys().await {
        return Finding::Bad(error.to_string());
    }
    let older = db.keys().ids().len() > 1;
    let said = match app::privacy::keys::status_of(db, documents).await {
        Err(error) => return Finding::Bad(error.to_string()),
        Ok(status) if status.remaining > 0 => format!(
            "{} valeur(s) à rechiffrer avec le nouveau secret : « declic keys rotate », ou laissez faire le serveur. \
             Gardez l’ancien secret.",
            status.remaining
        ),
        Ok(_) if older => {
            "rien n’est plus chiffré avec l’ancien secret : gardez-en une copie le temps de vos sauvegardes, \
                           puis retirez son fichier de secret_file."
                .to_owned()
        }
        Ok(_) => "tout est chiffré avec le secret en place.".to_owned(),
    };
    Finding::Good(said)
}

/// Letters and messages that have waited for an hour: what sends them does not.
async fn unsent(db: &Db, now: DateTime<Utc>) -> Option<Finding> {
    let waiting = async {
        let (letters, messages) = (mail::waiting(db).await?, written::waiting(db.read()).await?);
        Ok::<_, store::StoreError>((
            letters.0 + messages.0,
            [letters.1, messages.1].into_iter().flatten().min(),
        ))
    };
    match waiting.await {
        Ok((count, Some(since))) if now - since > TimeDelta::hours(1) => Some(Finding::Weak(format!(
            "{count} courriel(s) ou SMS attendent, le plus ancien depuis plus d’une heure. La nuit et le dimanche, c’est normal \
             pour un SMS ; sinon, vérifiez que « declic serve » ou « declic worker » tourne et que [mail] et [[sms]] répondent."
        ))),
        // What does not answer is told already.
        Ok(_) | Err(_) => None,
    }
}

/// Demo accounts have a password that everybody knows.
async fn demonstration(db: &Db) -> Option<Finding> {
    let demo = crate::demo::is_demonstration(db).await;
    demo.then(|| {
        Finding::Bad(
            "c’est une base de démonstration : ses personnes sont inventées. Servez-la avec « declic demo » seulement, \
             et commencez une base neuve pour de vrais dossiers."
                .to_owned(),
        )
    })
}

/// The clock of this machine against that of the database's machine, and against what was already written.
async fn clock(db: &Db, now: DateTime<Utc>) -> Option<Finding> {
    let theirs = db.server_time().await.ok().flatten();
    let skew = theirs.map_or(TimeDelta::zero(), |theirs| (now - theirs).abs());
    if skew > MOST_SKEW {
        return Some(Finding::Bad(format!(
            "l’horloge de cette machine et celle de la base diffèrent de {} secondes. Réglez-les toutes deux (NTP, chrony).",
            skew.num_seconds()
        )));
    }
    let last = store::audit::last_at(db).await.ok().flatten()?;
    (last - now > MOST_SKEW).then(|| {
        Finding::Bad(
            "le journal contient une ligne venue du futur : l’horloge de cette machine a reculé. Réglez-la (NTP, chrony)."
                .to_owned(),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use testkit::world::on_both;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_clock_that_goes_back_is_told_on_both_engines() {
        on_both(|world| async move {
            world.import("09.xml", &world.month("2026-10-01", 3, 0.0)).await.unwrap();
            let (db, written) = (&world.department.db, world.system().now());
            let words = |found: Option<Finding>| format!("{found:?}");
            let told = words(clock(db, written - TimeDelta::hours(1)).await);
            // The time of the test stands still: PostgreSQL's own clock already differs from it.
            assert!(told.contains("du futur") || told.contains("diffèrent"), "{told}");
            let now = means::clock().now();
            let told = words(clock(db, now).await);
            assert!(written > now || told == "None", "{told}");
            assert_eq!(schema(db).await, Finding::Good("la base répond et elle est à jour.".to_owned()));
            assert_eq!(demonstration(db).await, None);
        })
        .await;
    }
}
