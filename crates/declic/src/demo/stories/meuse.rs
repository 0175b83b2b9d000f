//! Odile, in the Meuse: a contact every twenty-one days, volunteering, a job that lasts.

use app::domain::access::role::Role::{JobCoach, Operator, TeamLead};
use app::domain::agenda::appointment::{Attendance, Purpose};
use app::domain::engagement::terms::Lighter;
use app::domain::followup::contact::Means::{Meeting, Phone};
use app::domain::followup::contact::Subject;
use app::domain::orientation::rules::{Organisation, Path};
use app::domain::outcomes::outcome::{Kind, Work};
use app::domain::outcomes::plan::Check;
use app::domain::programmes::course::{ExitReason, PauseReason};
use app::intake::generate::Named;
use chrono::NaiveDate;

use super::acts::{Begins, Theme};
use super::stage::Stage;
use crate::failure::Outcome;

const PROGRAMME: &str = "referents-parcours";

/// Odile Perrin, 41 years old, at Saint-Mihiel. Nobody bears this name there.
pub fn named(base: NaiveDate) -> Option<Named> {
    Some(Named {
        number: 1,
        last_name: "Perrin".to_owned(),
        first_name: "Odile".to_owned(),
        woman: true,
        born_on: NaiveDate::from_ymd_opt(1985, 5, 14)?,
        commune: "55463".to_owned(),
        children: Vec::new(),
        since: base,
        closed_on: None,
    })
}

/// What she answers on the phone.
const ANSWERS: [(&str, &str); 6] = [
    ("wish", "explore"),
    ("confidence", "strong"),
    ("search_autonomy", "close_help"),
    ("mobility", "medium"),
    ("transport", "bus"),
    ("support_wish", "both"),
];

const THEMES: [Theme; 3] = [
    (
        "CNF",
        "strong",
        &["CNF-S03"],
        "Après deux ans de refus, elle n’envoie plus rien. Elle aime les livres et aide ses voisins à remplir leurs papiers.",
    ),
    ("MOB", "medium", &["MOB-S02"], "Le car ne passe plus après 18 h."),
    ("CAN", "medium", &["CAN-S02"], "Le CV date de 2019 ; on le refait ensemble."),
];

const HER: &str = "Venir aux entretiens, ou prévenir quand c’est impossible\nRefaire le CV avec mon référent";
const OURS: &str = "Vous voir ou vous appeler au moins toutes les trois semaines\nChercher avec vous une mission de bénévolat qui vous plaise";

/// What a line does. Those of partners wait for the pages where they deposit missions and offers.
pub async fn act(stage: &mut Stage<'_>, line: u32) -> Outcome {
    match line {
        1..=8 => Box::pin(entry(stage, line)).await,
        9..=18 => Box::pin(volunteering(stage, line)).await,
        19..=24 => Box::pin(job(stage, line)).await,
        _ => Box::pin(after(stage, line)).await,
    }
}

async fn entry(stage: &mut Stage<'_>, line: u32) -> Outcome {
    match line {
        1 => stage.claim().await,
        2 => {
            stage.answers(&ANSWERS).await?;
            stage.booked(Operator, 9, Purpose::Orientation).await
        }
        3 => stage.attended(Operator, Attendance::Attended).await,
        4 => stage.right().await,
        5 => {
            let told = "Vous serez suivie de près par une personne, au moins toutes les trois semaines.";
            stage.decided((Path::SocioProfessionnel, Organisation::Departement), JobCoach, told).await?;
            stage.booked(JobCoach, 22, Purpose::FirstMeeting).await
        }
        6 => stage.prescribed(TeamLead, PROGRAMME, &[], "Elle est d’accord pour être suivie de près.").await,
        7 => stage.enrolled(PROGRAMME, None, Some(JobCoach)).await,
        _ => {
            stage.attended(JobCoach, Attendance::Attended).await?;
            stage.diagnosed(JobCoach, &THEMES).await?;
            stage.complete(JobCoach).await
        }
    }
}

async fn volunteering(stage: &mut Stage<'_>, line: u32) -> Outcome {
    match line {
        9 => {
            stage.contact(JobCoach, Meeting, Subject::Contract, "Le contrat est relu et signé.").await?;
            // Six months, and six hours to begin with, until half-way.
            let six_hours = (stage.day(216), 6, Some((Lighter::Start, 156)));
            stage.contract(JobCoach, six_hours, HER, OURS).await
        }
        12 => {
            let text = "La collecte ne la tente pas ; la mission de la bibliothèque lui plaît.";
            stage.contact(JobCoach, Meeting, Subject::Work, text).await
        }
        13 => {
            let library = Begins {
                kind: Kind::Volunteering,
                work: None,
                hours: 6,
                first: 61,
                last: None,
                name: "Bibliothèque de Saint-Mihiel, accueil et rangement",
            };
            stage.begins(JobCoach, library).await
        }
        14 => {
            stage.began(JobCoach, 61).await?;
            let text = "Deux matinées par semaine, 6 heures confirmées par la bibliothèque.";
            stage.contact(JobCoach, Meeting, Subject::Work, text).await
        }
        15 => {
            stage
                .contact(
                    JobCoach,
                    Meeting,
                    Subject::Training,
                    "CV refait, avec ce qu’elle fait bénévolement.",
                )
                .await
        }
        18 => {
            let text = "Le car a changé d’horaire : covoiturage trouvé avec une voisine.";
            stage.contact(JobCoach, Phone, Subject::Mobility, text).await
        }
        _ => Ok(()),
    }
}

async fn job(stage: &mut Stage<'_>, line: u32) -> Outcome {
    match line {
        20 => {
            stage
                .contact(JobCoach, Meeting, Subject::Work, "Deux offres vues ensemble, une candidature.")
                .await
        }
        21 => stage.paused(JobCoach, PauseReason::Family, 158).await,
        22 => {
            stage
                .contact(
                    JobCoach,
                    Meeting,
                    Subject::Work,
                    "Reprise. L’entretien d’embauche s’est bien passé.",
                )
                .await
        }
        23 => {
            let store = Begins {
                kind: Kind::Job,
                work: Some(Work::FixedTerm),
                hours: 24,
                first: 169,
                last: Some(290),
                name: "Magasin de Saint-Mihiel, employée",
            };
            stage.begins(JobCoach, store).await
        }
        24 => {
            stage.began(JobCoach, 169).await?;
            stage.released(JobCoach).await
        }
        _ => Ok(()),
    }
}

async fn after(stage: &mut Stage<'_>, line: u32) -> Outcome {
    let months = |n| Some(Check::Months(n));
    match line {
        25 => stage.news(JobCoach, Some(Check::Days(7)), None, "Fatiguée, mais contente.").await,
        27 => {
            let text =
                "Plus de car le soir. Avec son accord, vu avec la responsable du magasin : matinées gardées.";
            stage.news(JobCoach, None, None, text).await
        }
        28 => stage.news(JobCoach, months(1), None, "Tout va bien. Une rupture a été évitée.").await,
        29 => stage.news(JobCoach, months(2), None, "Trois heures de plus par semaine.").await,
        30 => {
            stage.extended(JobCoach, 472).await?;
            stage.news(JobCoach, months(3), None, "Contrat prolongé de six mois.").await
        }
        31 => {
            // Her wages closed the right: the file of the payer says so, and the path ends by a recorded act.
            stage.closed().await?;
            stage.news(JobCoach, months(6), None, "Emploi stable ; bénévole le samedi.").await?;
            stage.left(JobCoach, ExitReason::Job).await?;
            stage.ended(JobCoach).await
        }
        _ => Ok(()),
    }
}
