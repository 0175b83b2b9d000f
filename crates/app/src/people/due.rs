//! The next due step of a person, as pages and the API tell it.

use chrono::NaiveDate;
use domain::followup::due::Kind;
use store::people::PersonRow;

use crate::Context;

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

/// The step kept on a record, in words.
pub fn of(
    ctx: &Context,
    row: &PersonRow,
    territory: Option<&str>,
    referent: Option<&str>,
) -> Option<NextDue> {
    let (kind, due_on, legal_on) = (row.due_kind.clone()?, row.due_on?, row.legal_on?);
    let step = Kind::parse(&kind)?;
    let owner = match referent {
        Some(name) if !step.is_of_a_team() => Owner::User(name.to_owned()),
        _ => Owner::Team(team(step, territory)),
    };
    let reason = match step {
        Kind::Orient => why_orient(row),
        other => why(other, row.oriented_on),
    };
    Some(NextDue { late: due_on < ctx.today(), kind, due_on, legal_on, owner, reason })
}

/// The team that owes a step when nobody is named.
fn team(step: Kind, territory: Option<&str>) -> String {
    let place = territory.map_or_else(|| "le Département".to_owned(), str::to_owned);
    match step {
        Kind::Orient => format!("Équipe d’orientation, {place}"),
        _ => format!("Responsable de territoire, {place}"),
    }
}

fn why(step: Kind, oriented_on: Option<NaiveDate>) -> String {
    let since = oriented_on.map(domain::time::in_words).unwrap_or_default();
    match step {
        Kind::Orient | Kind::CloseOrKeep => {
            "Le droit est fermé et la personne est encore suivie : clore le suivi ou le garder.".to_owned()
        }
        Kind::ConfirmTransfer => {
            "Transférée à un autre département : s’assurer qu’elle y est bien arrivée.".to_owned()
        }
        Kind::AssignReferent => {
            format!("Orientée le {since} sans référent : en nommer un dans les 5 jours ouvrés.")
        }
        Kind::FirstAppointment => {
            format!("Orientée le {since} : premier rendez-vous dans les 15 jours.")
        }
        Kind::Contract => {
            format!("Orientée le {since} : contrat d’engagement à signer dans le mois (C. trav. D5411-14-1).")
        }
    }
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
