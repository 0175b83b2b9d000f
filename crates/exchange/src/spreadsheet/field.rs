//! What a column can be, and the names offices give it.

use domain::people::name::normalise;
use serde::{Deserialize, Serialize};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Allocataire number at the CAF or the MSA.
    Matricule,
    /// NIR, with or without its key.
    Nir,
    /// `NUMDEMRSA`.
    ClaimNumber,
    /// Use name.
    LastName,
    /// First name.
    FirstName,
    /// Birth name.
    BirthName,
    /// Date of birth.
    BirthDate,
    /// Monsieur or Madame.
    Title,
    /// Demandeur or conjoint.
    Role,
    /// E-mail address.
    Email,
    /// First phone number.
    Phone,
    /// Second phone number.
    Phone2,
    /// A piece of the address; several columns may be.
    Address,
    /// Postcode and town.
    PostcodeTown,
    /// France Travail number.
    FranceTravailId,
    /// Number in the département's former software.
    InternalId,
    /// Since when the person is subject to droits et devoirs.
    RightsOpeningDate,
    /// E-mail address of the referent.
    ReferentEmail,
    /// Words separated by commas.
    Tags,
    /// Not read.
    Ignore,
}

impl Field {
    /// Every field, in the order of a mapping screen.
    pub const ALL: [Self; 20] = [
        Self::LastName,
        Self::FirstName,
        Self::BirthName,
        Self::BirthDate,
        Self::Title,
        Self::Role,
        Self::Matricule,
        Self::Nir,
        Self::ClaimNumber,
        Self::FranceTravailId,
        Self::InternalId,
        Self::Email,
        Self::Phone,
        Self::Phone2,
        Self::Address,
        Self::PostcodeTown,
        Self::RightsOpeningDate,
        Self::ReferentEmail,
        Self::Tags,
        Self::Ignore,
    ];

    /// Several columns may have it.
    pub fn is_repeatable(self) -> bool {
        matches!(self, Self::Address | Self::Ignore)
    }

    /// Its name on the mapping screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Matricule => "Numéro allocataire",
            Self::Nir => "NIR",
            Self::ClaimNumber => "Numéro de demande de RSA",
            Self::LastName => "Nom",
            Self::FirstName => "Prénom",
            Self::BirthName => "Nom de naissance",
            Self::BirthDate => "Date de naissance",
            Self::Title => "Civilité",
            Self::Role => "Rôle",
            Self::Email => "Adresse électronique",
            Self::Phone => "Téléphone",
            Self::Phone2 => "Second téléphone",
            Self::Address => "Adresse",
            Self::PostcodeTown => "Code postal et ville",
            Self::FranceTravailId => "Identifiant France Travail",
            Self::InternalId => "Identifiant interne",
            Self::RightsOpeningDate => "Début des droits et devoirs",
            Self::ReferentEmail => "Adresse électronique du référent",
            Self::Tags => "Étiquettes",
            Self::Ignore => "Ne pas lire",
        }
    }
}

/// A header without case, accents, blanks, line breaks or punctuation.
pub(super) fn slug(header: &str) -> String {
    normalise(&header.replace(['º', '°'], " ")).replace(' ', "")
}

/// Names seen in real files, as slugs.
const NAMES: &[(Field, &str)] = &[
    (
        Field::Matricule,
        "matricule nallocataire numeroallocataire numallocataire allocataire ncaf numerocaf numcaf nmsa numeromsa ncafmsa numerocafmsa matriculecaf ndossiercaf numerodossiercaf",
    ),
    (Field::Nir, "nir nsecu nss numerodesecuritesociale nsecuritesociale numerosecuritesociale numerosecu"),
    (Field::ClaimNumber, "numerodemandersa ndemandersa numdemrsa numerodemande numerodossierrsa ndossierrsa"),
    (
        Field::LastName,
        "nom nombeneficiaire nomdubeneficiaire nomusage nomdusage nomresponsabledossier nomallocataire nomusager nomdefamille nompersonne",
    ),
    (
        Field::FirstName,
        "prenom prenombeneficiaire prenomdubeneficiaire prenomresponsabledossier prenomallocataire prenomusager prenoms prenompersonne",
    ),
    (Field::BirthName, "nomjf nomdejeunefille nomdenaissance nomnaissance nomnai nompatronymique"),
    (Field::BirthDate, "datedenaissance datenaissance dtnai ddn neele nele datedenaiss"),
    (Field::Title, "civilite civ qual titre sexe genre"),
    (Field::Role, "role rolepersonne rolepers roledanslefoyer qualite"),
    (
        Field::Email,
        "email mail emails mails adressemail adressesmails adressesmail adresseemail adresseelectronique adresseelectroniquedossier courriel adressecourriel",
    ),
    (
        Field::Phone,
        "telephone telephones ntelephone ntelephones numerotelephone numerostelephone numerodetelephone numerosdetelephone numerotelephonedossier tel portable mobile telephoneportable ntel tel1 telephone1 numtel",
    ),
    (
        Field::Phone2,
        "telephone2 tel2 numerotelephone2 numerotelephone2dossier telephonefixe fixe autretelephone",
    ),
    (
        Field::Address,
        "adresse adresse1 adresse2 adresse3 adresse4 adresse5 adressepostale complementadresse complementdadresse complement rue voie numeroetvoie lieudit",
    ),
    (
        Field::PostcodeTown,
        "cpville cpetville codepostalville codepostaletville codepostal cp ville commune cpcommune",
    ),
    (
        Field::FranceTravailId,
        "idpoleemploi identifiantpoleemploi npoleemploi numeropoleemploi idfrancetravail identifiantfrancetravail nfrancetravail numerofrancetravail idft idpe identifiantpe",
    ),
    (
        Field::InternalId,
        "idiodas codeindividuiodas idinterne identifiantinterne idsolis idwebrsa identifiant id iddepartement iddepartemental",
    ),
    (
        Field::RightsOpeningDate,
        "datedebutdroitsdevoirs datedouverturedesdroits dateouverturedesdroits dateouverturedroits datedebutdroits entreedroitsetdevoirs dateentreedroitsetdevoirs",
    ),
    (
        Field::ReferentEmail,
        "referent referents emailreferent mailreferent emaildureferent adressemailreferent",
    ),
    (Field::Tags, "tags tag etiquettes etiquette motscles"),
    (
        Field::Ignore,
        "typepersonne datedemandersa structure decisionorientation dateenvoieducourrier dateenvoiducourrier recuenentretienle heuredurdv lieudurdv chargedorientation modalitedelentretien 1errdvstructure delairdv datecer delaicer reorientations pa pe rsa rqthaahouinon rqthaah commentaires commentaire",
    ),
];

/// The field whose names hold this header.
pub(super) fn of_header(header: &str) -> Option<Field> {
    let slug = slug(header);
    NAMES.iter().find(|(_, names)| names.split(' ').any(|n| n == slug)).map(|(field, _)| *field)
}

/// The field that the words of an unknown header suggest.
pub(super) fn suggested(header: &str) -> Option<Field> {
    let slug = slug(header);
    let has = |parts: &[&str]| parts.iter().all(|p| slug.contains(p));
    let rules: [(&[&str], Field); 17] = [
        (&["referent", "mail"], Field::ReferentEmail),
        (&["prenom"], Field::FirstName),
        (&["date", "naiss"], Field::BirthDate),
        (&["nom", "naiss"], Field::BirthName),
        (&["nom", "jeunefille"], Field::BirthName),
        (&["mail"], Field::Email),
        (&["courriel"], Field::Email),
        (&["electronique"], Field::Email),
        (&["telephone", "2"], Field::Phone2),
        (&["tel"], Field::Phone),
        (&["allocataire", "n"], Field::Matricule),
        (&["matricule"], Field::Matricule),
        (&["postal"], Field::PostcodeTown),
        (&["adresse"], Field::Address),
        (&["francetravail"], Field::FranceTravailId),
        (&["poleemploi"], Field::FranceTravailId),
        (&["civilite"], Field::Title),
    ];
    rules.iter().find(|(parts, _)| has(parts)).map(|(_, field)| *field)
}
