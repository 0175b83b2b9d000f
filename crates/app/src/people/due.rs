//! The due steps of a person, as pages and the API tell them.

use chrono::NaiveDate;
use domain::access::side::Side;
use domain::engagement::standing::BEFORE_END_DAYS;
use domain::followup::due::{self, Kind, Step};
use domain::reference::catalogues::programme_name;
use domain::time::plus_days;
use store::people::PersonRow;
use store::people::one::Referent;

use crate::Context;
use crate::intake::run::Settings;
use crate::intake::standing::due_facts;

/// A step, who owes it, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextDue {
    /// `orient`, `close_or_keep`…
    pub kind: String,
    /// The working day on or before the legal date.
    pub due_on: NaiveDate,
    /// The legal date.
    pub legal_on: NaiveDate,
    /// Due before today.
    pub late: bool,
    /// Who must act.
    pub owner: Owner,
    /// Why, in French.
    pub reason: String,
}

/// Who owes a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// A professional.
    User(String),
    /// A team, when nobody is named.
    Team(String),
}

/// Who may owe the steps of a person.
#[derive(Debug, Clone, Copy, Default)]
pub struct Owners<'a> {
    /// Name of the territory.
    pub territory: Option<&'a str>,
    /// Name of who follows.
    pub referent: Option<&'a str>,
    /// Name of who follows on the side that owes the next action.
    pub doer: Option<&'a str>,
    /// Name of who received at the appointment that was missed.
    pub host: Option<&'a str>,
}

/// Who follows on the side that owes the next action of a person.
pub(crate) fn doer<'a>(row: &PersonRow, referents: &'a [Referent]) -> Option<&'a Referent> {
    let side = Side::parse(row.task_side.as_deref()?)?;
    let of = |one: &Referent| match (Side::parse(&one.side), side) {
        (Some(theirs), Side::Social) => theirs.is_social(),
        (Some(theirs), Side::Employment) => theirs.is_employment(),
        (theirs, Side::Both) => theirs.is_some(),
        (None, _) => false,
    };
    referents.iter().find(|one| of(one))
}

/// The step kept on a record, in words.
pub fn of(ctx: &Context, row: &PersonRow, owners: Owners<'_>) -> Option<NextDue> {
    let (kind, due_on, legal_on) = (Kind::parse(row.due_kind.as_deref()?)?, row.due_on?, row.legal_on?);
    Some(told(ctx, row, (kind, due_on, legal_on), owners))
}

/// Every step owed, the earliest first.
pub(crate) fn all(ctx: &Context, row: &PersonRow, settings: &Settings, owners: Owners<'_>) -> Vec<NextDue> {
    // What is hidden from the actor was taken off the record.
    if row.due_on.is_none() {
        return Vec::new();
    }
    let steps = due::steps(due_facts(row, settings)).into_iter();
    let one = |step: Step| told(ctx, row, (step.kind, step.deadline.due, step.deadline.legal), owners);
    steps.map(one).collect()
}

fn told(
    ctx: &Context,
    row: &PersonRow,
    (kind, due_on, legal_on): (Kind, NaiveDate, NaiveDate),
    owners: Owners<'_>,
) -> NextDue {
    let who = match kind {
        Kind::CallBack => owners.host.or(owners.referent),
        Kind::DoAction => owners.doer.or(owners.referent),
        _ => owners.referent,
    };
    let owner = match who {
        Some(name) if !kind.is_of_a_team() => Owner::User(name.to_owned()),
        _ => Owner::Team(team(kind, owners.territory)),
    };
    let reason = why(kind, row);
    NextDue { late: due_on < ctx.today(), kind: kind.code().to_owned(), due_on, legal_on, owner, reason }
}

/// The team that owes a step when nobody is named.
fn team(step: Kind, territory: Option<&str>) -> String {
    let place = territory.map_or_else(|| "le Département".to_owned(), str::to_owned);
    match step {
        Kind::Orient => format!("Équipe d’orientation, {place}"),
        _ => format!("Responsable de territoire, {place}"),
    }
}

fn why(step: Kind, row: &PersonRow) -> String {
    let since = day(row.oriented_on);
    match step {
        Kind::Orient => why_orient(row),
        Kind::CloseOrKeep => match row.look_on {
            Some(on) => format!("Suivi gardé malgré le droit fermé : à revoir le {}.", day(Some(on))),
            None if row.alone_since.is_some() => {
                "Le droit est fermé et plus personne ne la suit : clore le suivi, ou nommer un référent."
                    .to_owned()
            }
            None => "Le droit est fermé et la personne est encore suivie : clore le suivi ou le garder."
                .to_owned(),
        },
        Kind::ConfirmTransfer => {
            "Transférée à un autre département : s’assurer qu’elle y est bien arrivée.".to_owned()
        }
        Kind::AssignReferent => why_named(row),
        Kind::FirstAppointment => {
            format!("Orientée le {since} : premier rendez-vous dans les 15 jours.")
        }
        Kind::CallBack if row.absent_on.is_none() => {
            format!("A demandé à être rappelée : l’appeler avant le {}.", day(row.call_by))
        }
        Kind::CallBack => {
            format!("Rendez-vous du {} manqué : l’appeler dans les 2 jours ouvrés.", day(row.absent_on))
        }
        Kind::Review => {
            "Faire le point avec la personne : le parcours continue, change ou se termine (CASF L262-31)."
                .to_owned()
        }
        Kind::DoAction => {
            format!("Une action décidée ensemble est prévue pour le {} : où en est-elle ?", day(row.task_on))
        }
        Kind::AnswerPrescription => {
            format!("Proposée pour {} : répondre avant le {}.", programme(row), day(row.prescription_by))
        }
        Kind::FirstMeeting => {
            let entered = day(row.enrolled_on);
            format!("Entrée dans {} le {entered} : premier entretien.", programme(row))
        }
        Kind::Diagnose => format!("{} : faire le diagnostic ensemble, chacun pour son côté.", programme(row)),
        Kind::Contact => {
            format!("{} : un contact est prévu avant le {}.", programme(row), day(row.contact_by))
        }
        Kind::Milestone => {
            let what = row.point.clone().unwrap_or_default();
            format!("{} : « {what} », prévu le {}.", programme(row), day(row.point_by))
        }
        Kind::EndOfPause => {
            format!("Pause jusqu’au {} : reprendre contact.", day(row.paused_until))
        }
        Kind::RenewOrEnd => why_renew(row),
        Kind::DecideRenewal => {
            format!(
                "{} : un renouvellement est demandé, répondre avant le {}.",
                programme(row),
                day(row.decide_by)
            )
        }
        Kind::Contract | Kind::ConvertContract | Kind::ValidateContract | Kind::ReviewHours => {
            why_contract(step, row)
        }
        Kind::RetentionCheck | Kind::AgreedContact | Kind::ConfirmStart | Kind::AskAtEnd => {
            why_at_work(step, row)
        }
        Kind::AnswerContest => {
            format!("Conteste la décision : une réponse est attendue avant le {}.", day(row.answer_by))
        }
    }
}

/// A day in words; nothing for none.
fn day(day: Option<NaiveDate>) -> String {
    day.map(domain::time::in_words).unwrap_or_default()
}

/// Why somebody is to be named.
fn why_named(row: &PersonRow) -> String {
    if row.alone_since.is_some() {
        let since = day(row.alone_since);
        return format!("Sans référent depuis le {since} : en nommer un dans les 5 jours ouvrés.");
    }
    match (row.oriented_on, row.enrolled_on) {
        (Some(_), _) => {
            let since = day(row.oriented_on);
            format!("Orientée le {since} sans référent : en nommer un dans les 5 jours ouvrés.")
        }
        (None, Some(_)) => format!(
            "{} : personne ne suit ce parcours, nommer un référent dans les 5 jours ouvrés.",
            programme(row)
        ),
        (None, None) => {
            let since = day(row.outcome_on);
            format!("En activité depuis le {since} sans référent : en nommer un dans les 5 jours ouvrés.")
        }
    }
}

/// Why a contract asks something.
fn why_contract(step: Kind, row: &PersonRow) -> String {
    match step {
        Kind::Contract if row.contract_lapsed.is_some() => {
            format!("Contrat terminé le {} : en écrire un autre ensemble.", day(row.contract_lapsed))
        }
        Kind::Contract => {
            format!(
                "Orientée le {} : contrat d’engagement à signer dans le mois (C. trav. D5411-14-1).",
                day(row.oriented_on)
            )
        }
        Kind::ConvertContract => {
            "Ancien contrat (CER) en vigueur : le remplacer par un contrat d’engagement (décret 2024-1244)."
                .to_owned()
        }
        Kind::ValidateContract => {
            format!("Contrat signé : le valider ou le renvoyer avant le {}.", day(row.validate_by))
        }
        _ => {
            format!("Heures du contrat adaptées jusqu’au {} : en reparler ensemble.", day(row.hours_until))
        }
    }
}

/// Why somebody who went back to work, or is about to, is called.
fn why_at_work(step: Kind, row: &PersonRow) -> String {
    match step {
        Kind::RetentionCheck => {
            let since = day(row.outcome_on);
            format!(
                "En activité depuis le {since} : prendre des nouvelles au plus tard le {}.",
                day(row.check_by)
            )
        }
        Kind::AgreedContact => {
            format!("Prochain contact convenu avec la personne pour le {}.", day(row.agreed_by))
        }
        Kind::ConfirmStart => {
            format!("Un début d’activité est annoncé pour le {} : dire s’il a eu lieu.", day(row.start_by))
        }
        _ => {
            format!("L’activité se termine le {} : demander ce qui suit.", day(row.outcome_ends))
        }
    }
}

/// A programme or a contract ends, whichever comes first.
fn why_renew(row: &PersonRow) -> String {
    let until = row.contract_until.filter(|_| row.outcome_on.is_none());
    let contract = until.map(|last| plus_days(last, -BEFORE_END_DAYS));
    match (contract, until) {
        (Some(by), Some(last)) if row.renew_by.is_none_or(|programme| by < programme) => {
            let last = domain::time::in_words(last);
            format!("Le contrat se termine le {last} : le renouveler, ou préparer la suite.")
        }
        _ => format!("{} se termine bientôt : renouveler, ou préparer la suite.", programme(row)),
    }
}

/// The name of the programme of a person.
fn programme(row: &PersonRow) -> String {
    let code = row.programme.as_deref().unwrap_or_default();
    programme_name(code).map_or_else(|| "le dispositif".to_owned(), |name| format!("« {name} »"))
}

fn why_orient(row: &PersonRow) -> String {
    if row.subject {
        let since = row.reception.map(domain::time::in_words).unwrap_or_default();
        format!(
            "Soumise aux droits et devoirs, information reçue le {since} : 6 semaines pour orienter (CASF D262-65-2)."
        )
    } else if let Some(arrived) = row.arrived_on {
        let since = domain::time::in_words(arrived);
        format!(
            "Arrive d’un autre département, reçue le {since} : 6 semaines pour orienter (CASF D262-65-2)."
        )
    } else if row.asked_for_help {
        "Nommée par un tableau ou un professionnel : à orienter.".to_owned()
    } else {
        let since = row.claim_reception.map(domain::time::in_words).unwrap_or_default();
        format!("Demande de RSA reçue le {since} : la plateforme appelle dès le dépôt.")
    }
}
