//! The blocks of a dossier: which element lies in which, for the three schemas at once.

/// Where we are in a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    /// Before the dossier's own element.
    Outside,
    /// `InfosFoyerRSA`, `InfoDemandeRSA` or `InfosFinancieresFoyerRSA`.
    Dossier,
    /// A block that only groups others.
    Group,
    /// `Organisme`, `Partenaire` and `DemandeRSA`.
    Identity,
    /// `OrganismeCedant`.
    MovedIn,
    /// `OrganismePrenant`.
    MovedOut,
    /// `Personne`.
    Person,
    /// The blocks of a person whose elements have names of their own.
    PersonPart,
    /// `Prestations`.
    Benefit,
    /// `Activite`.
    Activity,
    /// `SituationFamille`.
    Family,
    /// `Adresse`.
    Address,
    /// The blocks of an address.
    AddressPart,
    /// `ModesContacts`.
    Contacts,
    /// `Refus`, `EtatDossierRSA`, `TroncCommunDroitRSA`, `MontantsCalculDroitRSA`.
    Right,
    /// `SuspensionDroit`.
    SuspendedRight,
    /// `SuspensionVersement`.
    SuspendedPayment,
    /// `FinDroit`.
    End,
    /// `FinDroitMoisAnterieur`.
    EndEarlier,
    /// `DetailCalculDroitRSA`.
    Nature,
    /// `Evenement`.
    Event,
    /// `Anomalie`.
    Anomaly,
    /// `GeneraliteAcompteRSA`.
    Month,
    /// The lists of movements of a financier, by class.
    Movements(&'static str),
    /// One movement.
    Movement,
    /// An element that holds a value.
    Leaf,
    /// A part of the file that is not kept.
    Skip,
}

impl Block {
    /// The block that `name` opens inside this one.
    pub(super) fn child(self, name: &str) -> Self {
        match self {
            Self::Outside => Self::Dossier,
            Self::Dossier => dossier(name),
            Self::Group => group(name),
            Self::Person => person(name),
            Self::Address => match name {
                "TroncCommunAdresse" | "AdresseDetailleeFrance" | "AdresseHorsFrance" => Self::AddressPart,
                _ => Self::Skip,
            },
            Self::Movements(_) => Self::Movement,
            Self::Leaf | Self::Skip => Self::Skip,
            _ => Self::Leaf,
        }
    }
}

fn dossier(name: &str) -> Block {
    match name {
        "IdentificationRSA" | "DonneesAdministratives" | "PrestationRSA" | "AcompteRSA" => Block::Group,
        "Personne" => Block::Person,
        "Evenement" => Block::Event,
        "Anomalie" => Block::Anomaly,
        _ => Block::Skip,
    }
}

fn group(name: &str) -> Block {
    match name {
        "Organisme" | "Partenaire" | "DemandeRSA" => Block::Identity,
        "OrganismeCedant" => Block::MovedIn,
        "OrganismePrenant" => Block::MovedOut,
        "SituationFamille" => Block::Family,
        "Adresse" => Block::Address,
        "ModesContacts" => Block::Contacts,
        "SituationDossierRSA" | "DetailDroitRSA" | "DetailAcompteRSA" => Block::Group,
        "EtatDossierRSA" | "Refus" | "TroncCommunDroitRSA" | "MontantsCalculDroitRSA" => Block::Right,
        "SuspensionDroit" => Block::SuspendedRight,
        "SuspensionVersement" => Block::SuspendedPayment,
        "FinDroit" => Block::End,
        "FinDroitMoisAnterieur" => Block::EndEarlier,
        "DetailCalculDroitRSA" => Block::Nature,
        "GeneraliteAcompteRSA" => Block::Month,
        "AllocationsComptabilisees" => Block::Movements("allocation"),
        "IndusConstates" => Block::Movements("debt_found"),
        "IndusTransferesCG" => Block::Movements("debt_transferred"),
        "RemisesIndus" => Block::Movements("debt_waived"),
        "AnnulationsFaibleMontant" => Block::Movements("small_cancelled"),
        "AutresAnnulations" => Block::Movements("cancelled"),
        _ => Block::Skip,
    }
}

fn person(name: &str) -> Block {
    match name {
        "Identification"
        | "DossierCAF"
        | "DossierPoleEmploi"
        | "MontantCalculDroitRSAPersonne"
        | "Grossesse"
        | "SuiviAppuiOrientation" => Block::PersonPart,
        "Prestations" => Block::Benefit,
        "Activite" => Block::Activity,
        _ => Block::Skip,
    }
}
