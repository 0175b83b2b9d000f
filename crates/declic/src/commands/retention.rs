//! `declic retention`.

use app::privacy::retention::{self, Mode, Outcome as Done};

use crate::commands::say;
use crate::config::Config;
use crate::failure::Outcome;
use crate::means::{self, Ready};

/// Does what is due today, or counts it.
///
/// # Errors
/// When the database does not answer.
pub async fn run(config: &Config, code: &str, mode: Mode, json: bool) -> Outcome {
    let ctx = means::context(config, code, Ready::There).await?;
    let done = retention::run(&ctx, mode).await?;
    means::close(&ctx.app).await?;
    if json { say(serde_json::to_string(&done)?) } else { tell(code, mode, &done) }
}

fn tell(code: &str, mode: Mode, done: &Done) -> Outcome {
    let what = match mode {
        Mode::Run => "fait",
        Mode::DryRun => "à faire",
    };
    if done.is_empty() {
        say(format_args!("Département {code} : rien n’a passé sa durée."))?;
    }
    for (count, words) in [
        (done.archived, "personne(s) archivée(s)"),
        (done.anonymised, "personne(s) rendue(s) anonyme(s)"),
        (done.sessions, "session(s) effacée(s)"),
        (done.links, "lien(s) à usage unique effacé(s)"),
        (done.leases, "réservation(s) d’appel terminée(s) effacée(s)"),
        (done.forms, "formulaire(s) gardé(s) après une fin de session effacé(s)"),
        (done.tokens, "jeton(s) révoqué(s) effacé(s)"),
        (done.rejects, "dossier(s) laissé(s) de côté effacé(s)"),
        (done.changes, "personne(s) derrière les nombres de vieux bilans effacée(s)"),
        (done.files, "fichier(s) réduit(s) aux nombres de leur bilan"),
        (done.uploads, "tableau(x) que personne n’a décrits effacé(s)"),
        (done.reviews, "rapprochement(s) réduit(s) à leur réponse"),
        (done.accounts, "compte(s) rendu(s) anonyme(s)"),
        (done.journal, "bloc(s) du journal effacé(s)"),
        (done.proposals, "compte(s) proposé(s)"),
        (done.exceptional, "accès exceptionnel(s)"),
        (done.requests, "demande(s) sur les données effacée(s)"),
        (done.agenda, "créneau(x), heure(s) prise(s) et absence(s) passés effacés"),
    ] {
        if count > 0 {
            say(format_args!("Département {code}, {what} : {count} {words}"))?;
        }
    }
    match done.soon_archived {
        0 => Ok(()),
        n => say(format_args!("Département {code} : {n} personne(s) archivée(s) dans les 30 jours.")),
    }
}
