//! The structures in which roles are held: services of the département, operators, shelters (`product.md` § 1).

/// What a structure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StructureKind {
    /// A service of the département: social centre, orientation platform.
    Departmental,
    /// CCAS or CIAS.
    TownService,
    /// An agency of France Travail.
    FranceTravail,
    /// CAF or MSA.
    Payer,
    /// A conventioned operator of accompaniment towards work.
    Operator,
    /// An association.
    Association,
    /// Structure d'insertion par l'activité économique.
    Siae,
    /// A training body.
    Training,
    /// Shelter, day centre.
    Shelter,
    /// Integration under judicial control.
    PrisonIntegration,
    /// Health, addiction.
    Health,
    /// Anything else.
    Other,
}

impl StructureKind {
    /// Every kind, in the order of the form.
    pub const ALL: [Self; 12] = [
        Self::Departmental,
        Self::TownService,
        Self::FranceTravail,
        Self::Payer,
        Self::Operator,
        Self::Association,
        Self::Siae,
        Self::Training,
        Self::Shelter,
        Self::PrisonIntegration,
        Self::Health,
        Self::Other,
    ];

    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Departmental => "departmental",
            Self::TownService => "town_service",
            Self::FranceTravail => "france_travail",
            Self::Payer => "payer",
            Self::Operator => "operator",
            Self::Association => "association",
            Self::Siae => "siae",
            Self::Training => "training",
            Self::Shelter => "shelter",
            Self::PrisonIntegration => "prison_integration",
            Self::Health => "health",
            Self::Other => "other",
        }
    }

    /// Reads [`StructureKind::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// A service of the département: its team leads answer for everybody of the territories it serves. The team
    /// leads of any other structure answer for the people whom its own professionals follow.
    pub fn is_departmental(self) -> bool {
        self == Self::Departmental
    }

    /// Knowing that somebody is followed there tells something about their health, their home or their past.
    pub fn tells_much(self) -> bool {
        matches!(self, Self::Shelter | Self::PrisonIntegration | Self::Health)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_again() {
        assert!(StructureKind::ALL.into_iter().all(|kind| StructureKind::parse(kind.code()) == Some(kind)));
    }
}
