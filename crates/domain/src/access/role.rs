//! The roles of `product.md` § 1.

use serde::{Deserialize, Serialize};

use super::side::Side;

/// What a user is, on a territory or on the whole département, between two dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Téléopérateur·rice de la plateforme d'orientation.
    Operator,
    /// Référent social.
    SocialReferent,
    /// Chargé d'accompagnement vers l'emploi.
    JobCoach,
    /// Prescripteur.
    Prescriber,
    /// Responsable de territoire.
    TeamLead,
    /// Partenaire.
    Partner,
    /// Instructeur des aides.
    AidOfficer,
    /// Direction insertion.
    Manager,
    /// Administrateur; no access to personal files by this role.
    Admin,
    /// Délégué à la protection des données.
    Dpo,
    /// The person on RSA, in their own space.
    Person,
}

impl Role {
    /// Every role, in the order of the permission table.
    pub const ALL: [Self; 11] = [
        Self::Operator,
        Self::SocialReferent,
        Self::JobCoach,
        Self::Prescriber,
        Self::TeamLead,
        Self::Partner,
        Self::AidOfficer,
        Self::Manager,
        Self::Admin,
        Self::Dpo,
        Self::Person,
    ];

    /// The word of the command line, the database and the demo accounts.
    pub fn code(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::SocialReferent => "social_referent",
            Self::JobCoach => "job_coach",
            Self::Prescriber => "prescriber",
            Self::TeamLead => "team_lead",
            Self::Partner => "partner",
            Self::AidOfficer => "aid_officer",
            Self::Manager => "manager",
            Self::Admin => "admin",
            Self::Dpo => "dpo",
            Self::Person => "person",
        }
    }

    /// Reads codes separated by blanks; a word that is no role is left out.
    pub fn parse_all(codes: &str) -> Vec<Self> {
        codes.split_whitespace().filter_map(Self::parse).collect()
    }

    /// Reads [`Role::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }

    /// What the screen shows.
    pub fn label_fr(self) -> &'static str {
        match self {
            Self::Operator => "Téléopératrice ou téléopérateur",
            Self::SocialReferent => "Référent social",
            Self::JobCoach => "Coach emploi",
            Self::Prescriber => "Prescripteur",
            Self::TeamLead => "Responsable de territoire",
            Self::Partner => "Partenaire",
            Self::AidOfficer => "Instructeur des aides",
            Self::Manager => "Direction insertion",
            Self::Admin => "Administration",
            Self::Dpo => "Délégué à la protection des données",
            Self::Person => "Bénéficiaire",
        }
    }

    /// The side of the pair, social or employment; `None` outside a pair.
    pub fn side(self) -> Option<Side> {
        match self {
            Self::SocialReferent => Some(Side::Social),
            Self::JobCoach => Some(Side::Employment),
            _ => None,
        }
    }
}
