//! Nadège, in Isère: two children, a pair of professionals, skills, two jobs.

use app::domain::access::role::Role::{JobCoach, SocialReferent, TeamLead};
use app::domain::access::visibility::Level;
use app::domain::agenda::appointment::{Attendance, Purpose};
use app::domain::diagnosis::action::Who;
use app::domain::engagement::terms::Lighter;
use app::domain::followup::contact::Means::{Meeting, Phone};
use app::domain::followup::contact::Subject;
use app::domain::orientation::rules::{Organisation, Path};
use app::domain::outcomes::outcome::{EndReason, Kind, Work};
use app::domain::outcomes::plan::Check;
use app::domain::programmes::course::ExitReason;
use app::domain::time::plus_days;
use app::intake::generate::Named;
use chrono::NaiveDate;

use super::acts::{Begins, Theme};
use super::stage::Stage;
use crate::failure::Outcome;

const PROGRAMME: &str = "accompagnement-emploi";

/// Nadège Ferrand, 36 years old, at La Tour-du-Pin, with her two children. Nobody bears this name there.
pub fn named(base: NaiveDate) -> Option<Named> {
    let children = vec![
        (true, "Lina".to_owned(), NaiveDate::from_ymd_opt(2021, 4, 2)?),
        (false, "Sacha".to_owned(), NaiveDate::from_ymd_opt(2017, 8, 19)?),
    ];
    Some(Named {
        number: 1,
        last_name: "Ferrand".to_owned(),
        first_name: "Nadège".to_owned(),
        woman: true,
        born_on: NaiveDate::from_ymd_opt(1990, 6, 27)?,
        commune: "38509".to_owned(),
        children,
        since: plus_days(base, -3),
        closed_on: None,
    })
}

const ANSWERS: [(&str, &str); 6] = [
    ("wish", "precise_project"),
    ("readiness", "within_3_months"),
    ("childcare", "none"),
    ("transport", "none"),
    ("mobility", "medium"),
    ("support_wish", "both"),
];

const SOCIAL: [Theme; 3] = [
    ("FAM", "strong", &["FAM-S02"], ""),
    ("MOB", "medium", &["MOB-S01"], "Pas de voiture ; le car ne passe pas tôt le matin."),
    ("CNF", "medium", &["CNF-S02"], "Elle doute d’elle, et tient la cuisine des fêtes de l’école."),
];
const EMPLOYMENT: [Theme; 1] =
    [("CHO", "low", &["CHO-S01"], "La cuisine collective lui plaît ; brevet de secourisme à retrouver.")];
/// What the social side alone reads.
pub const FAMILY: &str = "Le père ne prend plus les enfants depuis l’été ; une médiation est proposée.";

const HER: &str = "Venir aux rendez-vous, ou prévenir\nAnimer la cuisine de la fête du quartier";
const OURS: &str = "Chercher avec vous un accueil du soir\nVous proposer une immersion en cuisine d’école";

/// What a line does. Aids, offers and immersions are written as actions, with their dates.
pub async fn act(stage: &mut Stage<'_>, line: u32) -> Outcome {
    match line {
        1..=11 => Box::pin(entry(stage, line)).await,
        12..=18 => Box::pin(first_months(stage, line)).await,
        19..=25 => Box::pin(immersion(stage, line)).await,
        26..=34 => Box::pin(two_jobs(stage, line)).await,
        _ => Box::pin(after(stage, line)).await,
    }
}

async fn entry(stage: &mut Stage<'_>, line: u32) -> Outcome {
    match line {
        1 => stage.right().await,
        2 => stage.unanswered().await,
        3 => stage.answers(&ANSWERS).await,
        4 => {
            let told = "Deux personnes vous suivront : une pour la famille et les droits, une pour l’emploi.";
            stage
                .decided((Path::SocioProfessionnel, Organisation::Departement), SocialReferent, told)
                .await?;
            stage.booked(SocialReferent, 10, Purpose::FirstMeeting).await
        }
        7 => {
            stage.attended(SocialReferent, Attendance::Attended).await?;
            stage.diagnosed(SocialReferent, &SOCIAL).await?;
            stage.wrote(SocialReferent, "FAM", FAMILY, Level::Social).await?;
            stage.planned(SocialReferent, Who::Social, "FAM", "Proposer le binôme", 17).await
        }
        8 => {
            stage.done(SocialReferent, "Proposé : elle veut en parler d’abord.").await?;
            stage.prescribed(SocialReferent, PROGRAMME, &[], "Elle veut travailler dans une école.").await
        }
        10 => stage.enrolled(PROGRAMME, Some(SocialReferent), Some(JobCoach)).await,
        11 => {
            stage
                .contact(JobCoach, Meeting, Subject::Situation, "Entretien à trois : diagnostic commun.")
                .await?;
            stage.diagnosed(JobCoach, &EMPLOYMENT).await?;
            stage.complete(SocialReferent).await?;
            stage.complete(JobCoach).await
        }
        _ => Ok(()),
    }
}

async fn first_months(stage: &mut Stage<'_>, line: u32) -> Outcome {
    match line {
        12 => {
            stage.contact(JobCoach, Meeting, Subject::Contract, "Contrat relu et signé.").await?;
            let eight_hours = (stage.day(209), 8, Some((Lighter::Childcare, 120)));
            stage.contract(JobCoach, eight_hours, HER, OURS).await
        }
        13 => {
            stage.planned(SocialReferent, Who::Social, "FAM", "Aide à la garde : réponse attendue", 39).await
        }
        14 => {
            stage.done(SocialReferent, "Accordée.").await?;
            stage.planned(SocialReferent, Who::Person, "FAM", "Donner le justificatif de garde", 67).await
        }
        15 => {
            let text = "Vingt compétences proposées, onze gardées : cuisine, organisation, premiers secours.";
            stage.contact(JobCoach, Meeting, Subject::Training, text).await
        }
        17 => {
            let feast = Begins {
                kind: Kind::Volunteering,
                work: None,
                hours: 3,
                first: 50,
                last: Some(80),
                name: "Cuisine de la fête du quartier",
            };
            stage.begins(JobCoach, feast).await
        }
        18 => stage.contact(JobCoach, Meeting, Subject::Work, "Simulation d’entretien : elle a osé.").await,
        _ => Ok(()),
    }
}

async fn immersion(stage: &mut Stage<'_>, line: u32) -> Outcome {
    match line {
        19 => {
            stage.done(SocialReferent, "Justificatif donné.").await?;
            stage
                .contact(JobCoach, Meeting, Subject::Work, "Immersion en cuisine d’école : elle accepte.")
                .await?;
            stage.planned(JobCoach, Who::Employment, "CHO", "Réunir les trois signatures", 77).await
        }
        20 => {
            stage.done(JobCoach, "Signatures réunies.").await?;
            stage.contact(JobCoach, Meeting, Subject::Work, "Horaires vérifiés ensemble.").await
        }
        21 => stage.planned(JobCoach, Who::Employment, "CHO", "Bilan de l’immersion", 98).await,
        22 => stage.contact(JobCoach, Phone, Subject::Work, "L’immersion se passe bien.").await,
        23 => {
            stage.done(JobCoach, "« Organisée, calme. »").await?;
            stage.contact(JobCoach, Meeting, Subject::Work, "Bilan : trois compétences observées.").await
        }
        24 => {
            stage
                .contact(JobCoach, Meeting, Subject::Work, "Offre d’agente d’entretien : CV envoyé.")
                .await?;
            stage.planned(JobCoach, Who::Partner, "CHO", "Réponse de l’école", 115).await
        }
        _ => {
            stage.done(JobCoach, "Embauchée à partir du 3 mai.").await?;
            let school = Begins {
                kind: Kind::Job,
                work: Some(Work::FixedTerm),
                hours: 18,
                first: 119,
                last: Some(302),
                name: "École de La Tour-du-Pin, agente d’entretien",
            };
            stage.begins(JobCoach, school).await
        }
    }
}

async fn two_jobs(stage: &mut Stage<'_>, line: u32) -> Outcome {
    match line {
        26 => stage.began(JobCoach, 119).await,
        28 => {
            stage.hours_kept(JobCoach, 207).await?;
            stage.planned(SocialReferent, Who::Social, "FAM", "Solution de garde le matin", 154).await?;
            let text = "Les trajets sont longs, les horaires sont à revoir.";
            stage.news(JobCoach, Some(Check::Months(1)), Some(161), text).await
        }
        29 => stage.done(SocialReferent, "Accueil du matin obtenu.").await,
        30 => stage.news(JobCoach, None, Some(175), "Elle cherche plus près, sans quitter son emploi.").await,
        31 => {
            stage.news(JobCoach, None, None, "Offre d’aide de cuisine à dix minutes à pied.").await?;
            stage.planned(JobCoach, Who::Partner, "CHO", "Réponse du traiteur", 186).await
        }
        32 => {
            stage.done(JobCoach, "Promesse d’embauche.").await?;
            let caterer = Begins {
                kind: Kind::Job,
                work: Some(Work::Permanent),
                hours: 28,
                first: 196,
                last: None,
                name: "Traiteur de La Tour-du-Pin, aide de cuisine",
            };
            stage.begins(JobCoach, caterer).await
        }
        33 => {
            stage.over(JobCoach, 195, EndReason::Better).await?;
            stage.began(JobCoach, 196).await
        }
        34 => stage.released(JobCoach).await,
        _ => Ok(()),
    }
}

async fn after(stage: &mut Stage<'_>, line: u32) -> Outcome {
    let months = |n| Some(Check::Months(n));
    match line {
        35 => stage.news(JobCoach, months(1), None, "Elle forme une collègue.").await,
        36 => stage.news(JobCoach, months(2), None, "Tout va bien.").await,
        37 => stage.news(JobCoach, months(3), None, "Tout va bien.").await,
        38 => {
            stage.closed().await?;
            stage.kept(JobCoach, 378).await
        }
        _ => {
            stage.news(JobCoach, months(6), None, "Elle va bien.").await?;
            stage.left(TeamLead, ExitReason::Job).await?;
            stage.ended(JobCoach).await
        }
    }
}
