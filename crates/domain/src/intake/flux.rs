//! A flux of the CAF or the MSA, once read: the same types whatever the schema (VRSB0801, VIRS0901, VRSF0501).
//!
//! Field names follow the glossary; the CAF element each comes from is said in its comment (`research/caf_flux.md`
//! §§ 3–5). Codes are trimmed and kept as text: an unknown code is flagged, never refused. What the product does
//! not need (bank details, children's NIR, detail of resources) is not kept.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::stamp::Stamp;
use crate::people::nir::ReceivedNir;

/// What kind of file this is; the words are those of the import report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// VRSB, `TYPEFLUX` M (or R, a recovery of the stock).
    BeneficiairesMonthly,
    /// VRSB, `TYPEFLUX` I.
    BeneficiairesDaily,
    /// VIRS: new claims.
    Instruction,
    /// VRSF: payments and debts of a month.
    Financier,
    /// XLSX, XLS, ODS or CSV.
    Spreadsheet,
    /// One person, from another département.
    Transfer,
}

impl Kind {
    /// The word of the report and of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::BeneficiairesMonthly => "beneficiaires-monthly",
            Self::BeneficiairesDaily => "beneficiaires-daily",
            Self::Instruction => "instruction",
            Self::Financier => "financier",
            Self::Spreadsheet => "spreadsheet",
            Self::Transfer => "transfer",
        }
    }

    /// Reads [`Kind::code`].
    pub fn parse(code: &str) -> Option<Self> {
        [
            Self::BeneficiairesMonthly,
            Self::BeneficiairesDaily,
            Self::Instruction,
            Self::Financier,
            Self::Spreadsheet,
            Self::Transfer,
        ]
        .into_iter()
        .find(|k| k.code() == code)
    }
}

/// `IdentificationFlux`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// What the file is, from `TYPEFLUX`, `NATFLUX` and the repeated element.
    pub kind: Kind,
    /// `APPLIEME`: CRI (CAF), AGO (MSA), NRA…
    pub emitter: String,
    /// `NUMVERSIONAPPLIEME`.
    pub emitter_version: String,
    /// `DTCREAFLUX` with `HEUCREAFLUX` (2 to 4 decimals).
    pub created: NaiveDateTime,
    /// `DTREF`; the creation day when the schema has none.
    pub reference: NaiveDate,
}

impl Header {
    /// The stamp that every fact of this file carries.
    pub fn stamp(&self) -> Stamp {
        Stamp { reference: self.reference, created: self.created }
    }
}

/// What names a dossier: organism, allocataire number and claim. Two dossiers of one file may share the claim number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DossierKey {
    /// `FONORG`: CAF, MSA, OPF.
    pub organism: String,
    /// `NUMORG`: département and rank of the body.
    pub organism_number: String,
    /// `MATRICULE`, kept as text with its zeros.
    pub matricule: String,
    /// `NUMDEMRSA`: the claim; *dossier number* of `rules.md` § 6.
    pub claim_number: String,
}

impl DossierKey {
    /// The key as one text.
    pub fn one_line(&self) -> String {
        format!("{} {} {} {}", self.claim_number, self.matricule, self.organism_number, self.organism)
    }
}

/// One `InfosFoyerRSA` or `InfoDemandeRSA`: the household as the payer sees it at the date of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossier {
    /// What names it.
    pub key: DossierKey,
    /// `DTDEMRSA`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim_date: Option<NaiveDate>,
    /// Everybody in the household, in file order.
    pub persons: Vec<FluxPerson>,
    /// `SituationFamille/SITFAM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    /// `DDSITFAM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family_since: Option<NaiveDate>,
    /// Up to three, by `RGADR`; the main one has rank 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Address>,
    /// `PrestationRSA`; absent from an instruction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<Right>,
    /// `OrganismeCedant`: arrives from another body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_in: Option<Mutation>,
    /// `OrganismePrenant`: leaves for another body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_out: Option<Mutation>,
    /// `Evenement` of daily files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Liquidation>,
    /// `Anomalie/LIBANO`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub anomalies: Vec<String>,
    /// `ModesContacts` of an instruction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contacts: Option<Contacts>,
    /// Movements of a financier.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub movements: Vec<Movement>,
    /// What was odd but kept: unknown codes, an unknown commune, a NIR with a wrong key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<Flag>,
}

/// One `Personne`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FluxPerson {
    /// Role for the RSA benefit (`NATPREST` = RSA), never the first `Prestations` block.
    pub role: Role,
    /// `QUAL`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// `NOM`, use name.
    pub last_name: String,
    /// `NOMNAI`; the use name when empty.
    pub birth_name: String,
    /// `PRENOM`.
    pub first_name: String,
    /// `PRENOM2`, `PRENOM3`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_first_names: Vec<String>,
    /// `DTNAI`. A child may lack a real one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<NaiveDate>,
    /// `TYPEDTNAI` J or O: the day, or the day and month, are placeholders.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub birth_date_partial: bool,
    /// `NOMCOMNAI`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_place: Option<String>,
    /// `SEXE`: 1 man, 2 woman.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<String>,
    /// `NIR` as received, of adults only. Never serialised: it is stored encrypted, apart.
    #[serde(skip)]
    pub nir: Option<ReceivedNir>,
    /// `TOPVALIEC`: certified identity.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub certified: bool,
    /// `IDASSEDIC`, the France Travail number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub france_travail_id: Option<String>,
    /// `TOPPERSDRODEVORSA` = 1: subject to droits et devoirs (CASF L262-28), as computed by the payer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub subject: bool,
    /// `NUMDEMRSAPRECE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_claim: Option<String>,
    /// `Activite`, in file order; the one without end is current.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<Activity>,
    /// `DDGRO` of a pregnancy under way: no `DFGRO` yet at the reference date, begun less than ten months before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pregnancy_since: Option<NaiveDate>,
    /// `SITPERSSOCPRO` of an instruction: AF, EF, RE.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub socio_professional_state: Option<String>,
}

/// `ROLEPERS` for the RSA benefit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Demandeur.
    #[serde(rename = "DEM")]
    Claimant,
    /// Conjoint, concubin, pacsé.
    #[serde(rename = "CJT")]
    Partner,
    /// Enfant.
    #[serde(rename = "ENF")]
    Child,
    /// Autre personne à charge, or a person without an RSA role.
    #[serde(rename = "AUT")]
    Other,
}

impl Role {
    /// Claimant and partner are followed; children and others are kept in the household.
    pub fn is_followed(self) -> bool {
        matches!(self, Self::Claimant | Self::Partner)
    }

    /// The code of the file.
    pub fn code(self) -> &'static str {
        match self {
            Self::Claimant => "DEM",
            Self::Partner => "CJT",
            Self::Child => "ENF",
            Self::Other => "AUT",
        }
    }

    /// Reads [`Role::code`]; anything else is [`Role::Other`].
    pub fn parse(code: &str) -> Self {
        match code {
            "DEM" => Self::Claimant,
            "CJT" => Self::Partner,
            "ENF" => Self::Child,
            _ => Self::Other,
        }
    }
}

/// `Activite`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// `ACT`.
    pub code: String,
    /// `REG`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    /// `DDACT`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<NaiveDate>,
    /// `DFACT`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

/// `Adresse`, in France or abroad.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// `RGADR`: 1 is the main one.
    pub rank: u8,
    /// `DTEMM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<NaiveDate>,
    /// `TYPEADR`: D definitive, P temporary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nature: Option<String>,
    /// Lines as on an envelope, without postcode and town.
    pub lines: Vec<String>,
    /// `CODEPOS`, five characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub postcode: String,
    /// `NOMCOM` as received.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub town: String,
    /// `NUMCOM` as received (INSEE), five characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub commune: String,
    /// The payer uses the address of another commune or country (`AdresseHorsFrance`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub abroad: bool,
}

/// State of entitlement (`ETATDOSRSA`), plus two states of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RightState {
    /// 0: claim awaiting a decision of the president of the conseil départemental.
    #[serde(rename = "0")]
    Pending,
    /// 1: refused.
    #[serde(rename = "1")]
    Refused,
    /// 2: open and payable.
    #[serde(rename = "2")]
    Open,
    /// 3: open, right suspended.
    #[serde(rename = "3")]
    Suspended,
    /// 4: open, payment suspended.
    #[serde(rename = "4")]
    PaymentSuspended,
    /// 5: closed.
    #[serde(rename = "5")]
    Closed,
    /// 6: closed for an earlier month.
    #[serde(rename = "6")]
    ClosedEarlier,
    /// No longer in the monthly file of its organism: closed for every rule, until a later file names it.
    #[serde(rename = "absent")]
    Absent,
    /// Known by an instruction file only: the claim is being examined.
    #[serde(rename = "claim")]
    Claim,
}

impl RightState {
    /// 2, 3 or 4 (`right.open_states`).
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Suspended | Self::PaymentSuspended)
    }

    /// 1, 5, 6 or absent.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Refused | Self::Closed | Self::ClosedEarlier | Self::Absent)
    }

    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Pending => "0",
            Self::Refused => "1",
            Self::Open => "2",
            Self::Suspended => "3",
            Self::PaymentSuspended => "4",
            Self::Closed => "5",
            Self::ClosedEarlier => "6",
            Self::Absent => "absent",
            Self::Claim => "claim",
        }
    }

    /// Reads [`RightState::code`], thus `ETATDOSRSA`.
    pub fn parse(code: &str) -> Option<Self> {
        [
            Self::Pending,
            Self::Refused,
            Self::Open,
            Self::Suspended,
            Self::PaymentSuspended,
            Self::Closed,
            Self::ClosedEarlier,
            Self::Absent,
            Self::Claim,
        ]
        .into_iter()
        .find(|s| s.code() == code)
    }
}

/// `PrestationRSA`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Right {
    /// `ETATDOSRSA`.
    pub state: RightState,
    /// Reason of the refusal, suspension or closure that goes with the state, as received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Since when this refusal, suspension or closure holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<NaiveDate>,
    /// `TOPSANSDOMFIXE`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub homeless: bool,
    /// `NBENFAUTCHA`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dependants: Option<u8>,
    /// `ORIDEMRSA`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// `DTORIDEMRSA`: since when the right runs; seniority counts from here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin_date: Option<NaiveDate>,
    /// `MTTOTDRORSA` in cents per month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_cents: Option<i64>,
    /// `NATPF`/`SOUSNATPF` of the current calculation: `RSD/RSDN2`, `RSI/RSIN1` (RSA majoré).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub natures: Vec<String>,
}

/// A coded reason with the list it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// `MOTIREFURSA`, `MOTISUSDRORSA`, `MOTISUSVERSRSA` or `MOTICLORSA`.
    pub list: String,
    /// The code, trimmed.
    pub code: String,
}

/// A move between organisms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mutation {
    /// `FONORGCEDMUT`, `FONORGPRENMUT`.
    pub organism: String,
    /// `NUMORGCEDMUT`, `NUMORGPRENMUT`.
    pub organism_number: String,
    /// `DDARRMUT`, `DDDEPAMUT`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
}

/// `Evenement`: why the payer worked on the dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Liquidation {
    /// `FG`.
    pub code: String,
    /// `DTLIQ`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
}

/// `ModesContacts`; a channel is used only when the person authorised it (`AUTORUTI…` = A).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Contacts {
    /// `NUMTEL`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// `AUTORUTITEL` = A.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub phone_allowed: bool,
    /// `ADRELEC`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// `AUTORUTIADRELEC` = A.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub email_allowed: bool,
}

/// One accounting movement of VRSF.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    /// `MOISMOUCOMPTA`: first day of the accounting month.
    pub month: NaiveDate,
    /// Which block: `allocation`, `debt_found`, `debt_transferred`, `debt_waived`, `small_cancelled`, `cancelled`.
    pub class: String,
    /// `NATPFCRE`.
    pub nature: String,
    /// `TYPEOPECOMPTA`.
    pub operation: String,
    /// `MTMOUCOMPTA` in cents, signed by `SENSOPECOMPTA` (DE = minus).
    pub amount_cents: i64,
}

/// Something odd that was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// `unknown_code`, `unknown_commune`, `nir_length`, `nir_key`, `no_address`…
    pub kind: String,
    /// The element and the value, without any NIR.
    pub text: String,
}

/// A dossier left out alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reject {
    /// Rank of the dossier in the file, from 1.
    pub position: u64,
    /// Line of its first tag, from 1.
    pub line: u64,
    /// `NUMDEMRSA`, or « absent ».
    pub dossier: String,
    /// Its key, when it could be read: a rejected dossier is not absent.
    pub key: Option<DossierKey>,
    /// Why, in French.
    pub reason: String,
    /// The text received, at most 64 KiB. Kept encrypted.
    #[serde(skip)]
    pub raw: String,
}

/// One dossier read: kept, or left out alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A dossier that can be recorded.
    Accepted(Box<Dossier>),
    /// A dossier that cannot.
    Rejected(Box<Reject>),
}
