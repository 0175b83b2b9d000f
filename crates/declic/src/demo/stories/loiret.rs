//! Hugo, in the Loiret: refused, then taken; twelve weeks, a renewal, a training, a job.

use app::domain::access::role::Role::{JobCoach, SocialReferent, TeamLead};
use app::domain::agenda::appointment::{Attendance, Purpose};
use app::domain::diagnosis::action::Who;
use app::domain::followup::contact::Means::{Meeting, Phone, Workshop};
use app::domain::followup::contact::Subject;
use app::domain::orientation::rules::{Organisation, Path};
use app::domain::outcomes::outcome::{EndReason, Kind, Work};
use app::domain::outcomes::plan::Check;
use app::domain::programmes::course::{ExitReason, RefusalReason};
use app::domain::time::plus_days;
use app::intake::generate::Named;
use chrono::NaiveDate;

use super::acts::{Begins, Theme};
use super::stage::Stage;
use crate::failure::Outcome;

const PROGRAMME: &str = "trois-mois-pour-un-job";

/// Hugo Lemaistre, 29 years old, at Pithiviers. Nobody bears this name there.
pub fn named(base: NaiveDate) -> Option<Named> {
    Some(Named {
        number: 1,
        last_name: "Lemaistre".to_owned(),
        first_name: "Hugo".to_owned(),
        woman: false,
        born_on: NaiveDate::from_ymd_opt(1997, 3, 8)?,
        commune: "45252".to_owned(),
        children: Vec::new(),
        since: plus_days(base, -120),
        closed_on: None,
    })
}

const THEMES: [Theme; 3] = [
    ("FOR", "strong", &["FOR-S09"], "Il conduit sans certificat : l’entrepôt le demande."),
    ("CAN", "medium", &["CAN-S05"], "Les missions d’intérim ne sont pas sur le CV."),
    ("CNF", "low", &["CNF-S03"], ""),
];

const HIS: &str = "Venir chaque semaine, ou prévenir\nMonter le dossier de formation de cariste";
const OURS: &str = "Vous voir chaque semaine\nVous proposer une immersion en entrepôt";

/// What a line does. Aids, offers and immersions are written as what was said of them.
pub async fn act(stage: &mut Stage<'_>, line: u32) -> Outcome {
    match line {
        1..=7 => Box::pin(entry(stage, line)).await,
        8..=16 => Box::pin(first_weeks(stage, line)).await,
        17..=25 => Box::pin(last_weeks(stage, line)).await,
        26..=32 => Box::pin(training(stage, line)).await,
        _ => Box::pin(job(stage, line)).await,
    }
}

async fn entry(stage: &mut Stage<'_>, line: u32) -> Outcome {
    let first = (&["can-travel"][..], RefusalReason::Travel);
    match line {
        1 => {
            stage.right().await?;
            let told = "Votre référente du service social vous accompagne.";
            stage
                .decided((Path::SocioProfessionnel, Organisation::Departement), SocialReferent, told)
                .await?;
            let why = "Scooter en panne, pas de car aux heures de l’entrepôt.";
            stage.prescribed(SocialReferent, PROGRAMME, first.0, why).await
        }
        2 => {
            let next = "Aide au véhicule à demander ; à proposer de nouveau quand le scooter roule.";
            stage.refused(PROGRAMME, first, next).await?;
            stage.diagnosed(SocialReferent, &[("MOB", "strong", &["MOB-S08"], "")]).await?;
            stage.planned(SocialReferent, Who::Social, "MOB", "Point sur la réparation du scooter", 18).await
        }
        5 => {
            stage.done(SocialReferent, "Réparé, payé au garage.").await?;
            let text = "Le scooter roule. On propose de nouveau le dispositif à la mi-février.";
            stage.contact(SocialReferent, Meeting, Subject::Mobility, text).await?;
            stage.planned(SocialReferent, Who::Social, "MOB", "Proposer de nouveau le dispositif", 32).await
        }
        6 => {
            stage.done(SocialReferent, "Proposé de nouveau.").await?;
            stage.prescribed(SocialReferent, PROGRAMME, &[], "Le scooter est réparé.").await
        }
        7 => stage.enrolled(PROGRAMME, None, Some(JobCoach)).await,
        _ => Ok(()),
    }
}

async fn first_weeks(stage: &mut Stage<'_>, line: u32) -> Outcome {
    match line {
        8 => {
            stage.contact(JobCoach, Meeting, Subject::Situation, "S1 : accueil, besoins.").await?;
            stage.diagnosed(JobCoach, &THEMES).await?;
            stage.complete(JobCoach).await
        }
        9 => {
            stage.contact(JobCoach, Meeting, Subject::Contract, "S2 : contrat relu et signé.").await?;
            stage.contract(JobCoach, (stage.day(130), 15, None), HIS, OURS).await
        }
        10 => stage.contact(JobCoach, Workshop, Subject::Work, "Atelier « cohésion » : venu.").await,
        11 => stage.contact(JobCoach, Meeting, Subject::Work, "S3 : CV refait, une offre acceptée.").await,
        12 => {
            let text = "S4 : entretien préparé ; l’entreprise a dit non.";
            stage.contact(JobCoach, Meeting, Subject::Work, text).await?;
            stage.booked(JobCoach, 70, Purpose::FollowUp).await
        }
        13 => stage.attended(JobCoach, Attendance::Absent).await,
        14 => {
            let text = "S5 : il gardait son neveu, excusé. Le prochain rendez-vous est pris.";
            stage.contact(JobCoach, Phone, Subject::Situation, text).await
        }
        15 => stage.point(JobCoach, 42, "S6 : objectif, le certificat de cariste.").await,
        _ => {
            stage.contact(JobCoach, Workshop, Subject::Work, "Atelier « préparer l’entretien » : venu.").await
        }
    }
}

async fn last_weeks(stage: &mut Stage<'_>, line: u32) -> Outcome {
    match line {
        17 => stage.contact(JobCoach, Meeting, Subject::Work, "S7 : immersion en entrepôt acceptée.").await,
        18 => stage.contact(JobCoach, Phone, Subject::Work, "S8 : l’immersion se passe bien.").await,
        19 => stage.contact(JobCoach, Meeting, Subject::Work, "S9 : deux compétences observées.").await,
        20 => stage.contact(JobCoach, Meeting, Subject::Training, "S10 : dossier de formation déposé.").await,
        21 => {
            stage.contact(JobCoach, Meeting, Subject::Situation, "S11 : préparer la fin.").await?;
            stage.renewal_asked(JobCoach, "La formation commence après la fin des trois mois.").await
        }
        22 => stage.point(JobCoach, 77, "S12 : bilan des trois mois.").await,
        23 => stage.renewed().await,
        24 => {
            stage.contact(JobCoach, Meeting, Subject::Contract, "Contrat prolongé, signé.").await?;
            stage.contract(JobCoach, (stage.day(222), 15, None), HIS, OURS).await
        }
        _ => {
            stage.contact(JobCoach, Meeting, Subject::Training, "Formation acceptée, début le 7 juin.").await
        }
    }
}

async fn training(stage: &mut Stage<'_>, line: u32) -> Outcome {
    match line {
        26 => {
            stage.contact(JobCoach, Meeting, Subject::Training, "Dernier point avant l’entrée.").await?;
            let training = Begins {
                kind: Kind::Training,
                work: None,
                hours: 30,
                first: 147,
                last: Some(175),
                name: "Formation de cariste, Pithiviers",
            };
            stage.begins(JobCoach, training).await
        }
        27 => {
            stage.began(JobCoach, 147).await?;
            stage.news(JobCoach, None, Some(161), "Premier jour : à l’aise.").await
        }
        28 => stage.news(JobCoach, None, Some(175), "La conduite va bien, la théorie se travaille.").await,
        29 => {
            let text = "Certificat obtenu. Job dating le 7 juillet.";
            stage.news(JobCoach, Some(Check::Months(1)), Some(182), text).await
        }
        31 => stage.news(JobCoach, None, Some(189), "Deux retours du job dating.").await,
        32 => {
            let job = Begins {
                kind: Kind::Job,
                work: Some(Work::FixedTerm),
                hours: 35,
                first: 190,
                last: Some(373),
                name: "Entrepôt de Pithiviers, cariste",
            };
            stage.begins(JobCoach, job).await
        }
        _ => Ok(()),
    }
}

async fn job(stage: &mut Stage<'_>, line: u32) -> Outcome {
    let months = |n| Some(Check::Months(n));
    match line {
        33 => {
            stage.began(JobCoach, 190).await?;
            stage.over(JobCoach, 175, EndReason::Term).await?;
            stage.news(JobCoach, months(1), None, "Tout va bien.").await
        }
        34 => stage.left(TeamLead, ExitReason::Job).await,
        35 => stage.news(JobCoach, months(2), None, "Il refuse les nuits et garde son poste.").await,
        36 => stage.news(JobCoach, months(3), None, "Toujours en poste.").await,
        _ => {
            stage.closed().await?;
            stage.extended(JobCoach, 553).await?;
            stage.news(JobCoach, months(6), None, "Contrat prolongé.").await?;
            stage.ended(JobCoach).await
        }
    }
}
