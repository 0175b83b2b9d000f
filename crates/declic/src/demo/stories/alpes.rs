//! Sylvie, in the Alpes-de-Haute-Provence: a diagnosis that two write, a support by both, twelve months.

use app::domain::access::role::Role::{JobCoach, SocialReferent, TeamLead};
use app::domain::access::visibility::Level;
use app::domain::diagnosis::action::Who;
use app::domain::engagement::terms::Lighter;
use app::domain::followup::contact::Means::{Meeting, Phone};
use app::domain::followup::contact::Subject;
use app::domain::orientation::rules::{Organisation, Path};
use app::domain::outcomes::outcome::{Kind, Work};
use app::domain::outcomes::plan::Check;
use app::domain::programmes::course::ExitReason;
use app::domain::time::plus_days;
use app::intake::generate::Named;
use chrono::NaiveDate;

use super::acts::{Begins, Theme};
use super::stage::Stage;
use crate::failure::Outcome;

const PROGRAMME: &str = "accompagnement-global";

/// Sylvie Garnero, 47 years old, at Sisteron. Nobody bears this name there.
pub fn named(base: NaiveDate) -> Option<Named> {
    Some(Named {
        number: 1,
        last_name: "Garnero".to_owned(),
        first_name: "Sylvie".to_owned(),
        woman: true,
        born_on: NaiveDate::from_ymd_opt(1979, 9, 22)?,
        commune: "04209".to_owned(),
        children: Vec::new(),
        since: plus_days(base, -400),
        closed_on: None,
    })
}

const SOCIAL: [Theme; 3] = [
    ("LOG", "strong", &["LOG-S07"], "Hébergée chez sa sœur depuis mars ; demande de logement à faire."),
    ("FIN", "medium", &["FIN-S04"], ""),
    ("ADM", "low", &["ADM-S02"], ""),
];
const EMPLOYMENT: [Theme; 2] = [
    ("CHO", "medium", &["CHO-S04"], "L’accueil lui plaît ; le tourisme recrute autour de Sisteron."),
    ("CAN", "medium", &["CAN-S02"], "CV à refaire : dix ans de commerce n’y sont pas."),
];

/// What the social side alone reads.
pub const DEBTS: &str =
    "Dettes du commerce fermé en 2024, saisie en cours : dossier de surendettement à préparer.";

const HER: &str = "Avancer sur le dossier de logement\nVenir aux points à trois, ou prévenir";
const OURS: &str =
    "Vous accompagner à deux, pour l’emploi et pour le reste\nFaire le point à trois tous les trois mois";

/// What a line does. Offers, aids and immersions are written as what was said of them.
pub async fn act(stage: &mut Stage<'_>, line: u32) -> Outcome {
    match line {
        1..=6 => Box::pin(entry(stage, line)).await,
        7..=14 => Box::pin(first_months(stage, line)).await,
        15..=21 => Box::pin(second_period(stage, line)).await,
        _ => Box::pin(job(stage, line)).await,
    }
}

async fn entry(stage: &mut Stage<'_>, line: u32) -> Outcome {
    match line {
        1 => {
            stage.right().await?;
            let told = "Deux personnes vous suivront ensemble : une pour l’emploi, une pour le reste.";
            let france_travail = (Path::SocioProfessionnel, Organisation::FranceTravail);
            stage.decided(france_travail, JobCoach, told).await?;
            let why = "Difficultés cumulées ; d’accord pour deux référents.";
            stage.prescribed(TeamLead, PROGRAMME, &[], why).await
        }
        2 => stage.enrolled(PROGRAMME, Some(SocialReferent), Some(JobCoach)).await,
        3 => {
            let text = "Entretien à trois : diagnostic écrit ensemble.";
            stage.contact(SocialReferent, Meeting, Subject::Situation, text).await?;
            stage.diagnosed(SocialReferent, &SOCIAL).await?;
            // Her text of the next day, before she says that her side is complete.
            stage.wrote(SocialReferent, "FIN", DEBTS, Level::Social).await?;
            stage.diagnosed(JobCoach, &EMPLOYMENT).await?;
            stage.complete(SocialReferent).await?;
            stage.complete(JobCoach).await
        }
        5 => {
            let what = "Trois pistes à ouvrir : logement, surendettement, accueil touristique";
            stage.planned(JobCoach, Who::Employment, "CHO", what, 37).await
        }
        4 => Ok(()),
        _ => {
            stage.done(JobCoach, "Les trois pistes sont dans le contrat.").await?;
            stage.contact(JobCoach, Meeting, Subject::Contract, "Contrat relu à trois, signé.").await?;
            let six_months = (stage.day(209), 10, Some((Lighter::Housing, 193)));
            stage.contract(JobCoach, six_months, HER, OURS).await
        }
    }
}

async fn first_months(stage: &mut Stage<'_>, line: u32) -> Outcome {
    match line {
        7 => {
            let what = "Rendez-vous avec le chargé de mission logement";
            stage.planned(SocialReferent, Who::Social, "LOG", what, 45).await
        }
        8 => stage.done(SocialReferent, "Dossiers déposés ; pièces gardées côté social.").await,
        9 => {
            let text = "Compétences : commerce, accueil, comptabilité simple.";
            stage.contact(JobCoach, Meeting, Subject::Training, text).await
        }
        11 => {
            let text = "Immersion à l’hôtel : à l’aise à l’accueil ; anglais à reprendre.";
            stage.contact(JobCoach, Meeting, Subject::Work, text).await
        }
        12 => stage.point(SocialReferent, 90, "Mois 3 : logement en attente, projet confirmé.").await,
        13 => {
            let text = "Atelier d’anglais, 4 heures par semaine.";
            stage.contact(JobCoach, Meeting, Subject::Training, text).await
        }
        14 => {
            let text = "Dossier recevable ; mensualités suspendues.";
            stage.contact(SocialReferent, Phone, Subject::Social, text).await
        }
        // The immersion: its agreement comes with the offers.
        _ => Ok(()),
    }
}

async fn second_period(stage: &mut Stage<'_>, line: u32) -> Outcome {
    match line {
        15 => {
            stage.point(JobCoach, 180, "Mois 6 : elle souhaite continuer, logement en cours.").await?;
            stage.renewal_asked(JobCoach, "Logement proposé bientôt ; projet d’accueil confirmé.").await
        }
        16 => stage.renewed().await,
        17 => {
            let text = "Contrat prolongé, signé à trois.";
            stage.contact(SocialReferent, Meeting, Subject::Contract, text).await?;
            let six_months = (stage.day(371), 10, Some((Lighter::Housing, 300)));
            stage.contract(SocialReferent, six_months, HER, OURS).await
        }
        18 => {
            let text = "Un logement est proposé ; aide à l’entrée demandée.";
            stage.contact(SocialReferent, Phone, Subject::Social, text).await
        }
        19 => {
            let text = "Emménagée : le logement n’est plus un frein.";
            stage.contact(SocialReferent, Meeting, Subject::Social, text).await
        }
        20 => {
            stage.point(JobCoach, 270, "Mois 9 : offre de réceptionniste à temps partiel.").await?;
            stage.planned(JobCoach, Who::Employment, "CAN", "Envoyer la candidature", 284).await
        }
        _ => {
            stage.done(JobCoach, "Envoyée avec son accord ; entretien le 19 octobre.").await?;
            stage.contact(JobCoach, Phone, Subject::Work, "L’entretien se prépare.").await
        }
    }
}

async fn job(stage: &mut Stage<'_>, line: u32) -> Outcome {
    match line {
        22 => {
            let hotel = Begins {
                kind: Kind::Job,
                work: Some(Work::FixedTerm),
                hours: 26,
                first: 308,
                last: Some(551),
                name: "Hôtel de Sisteron, réceptionniste",
            };
            stage.begins(JobCoach, hotel).await
        }
        23 => {
            stage.began(JobCoach, 308).await?;
            stage.released(JobCoach).await
        }
        24 => stage.point(SocialReferent, 335, "Relais avec le service social de secteur.").await,
        25 => stage.news(JobCoach, Some(Check::Months(1)), None, "Tout va bien.").await,
        26 => stage.left(TeamLead, ExitReason::Job).await,
        27 => stage.news(JobCoach, Some(Check::Months(3)), None, "Toujours en poste.").await,
        _ => {
            stage.closed().await?;
            stage.news(JobCoach, Some(Check::Months(6)), None, "Contrat en cours, projet de CDI.").await?;
            stage.ended(JobCoach).await
        }
    }
}
