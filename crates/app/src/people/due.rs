//! The next due step of a person, as pages and the API tell it.

use chrono::NaiveDate;
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
    let team = match territory {
        Some(name) => format!("Équipe d’orientation, {name}"),
        None => "Équipe d’orientation du Département".to_owned(),
    };
    let orient = kind == "orient";
    let owner = match referent {
        Some(name) if !orient => Owner::User(name.to_owned()),
        _ => Owner::Team(team),
    };
    let reason = if !orient {
        "Le droit est fermé et la personne est encore suivie : clore le suivi ou le garder.".to_owned()
    } else if row.subject {
        let since = row.reception.map(domain::time::in_words).unwrap_or_default();
        format!(
            "Soumise aux droits et devoirs, information reçue le {since} : 6 semaines pour orienter (CASF D262-65-2)."
        )
    } else if row.asked_for_help {
        "Nommée par un tableau ou un professionnel : à orienter.".to_owned()
    } else {
        let since = row.claim_reception.map(domain::time::in_words).unwrap_or_default();
        format!("Demande de RSA reçue le {since} : la plateforme appelle dès le dépôt.")
    };
    Some(NextDue { late: due_on < ctx.today(), kind, due_on, legal_on, owner, reason })
}
