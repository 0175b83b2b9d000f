//! Codes of the domain in the words of the screen, agreed with the person where French asks for it.

mod acts;
pub mod agenda;
pub mod coded;
pub mod diagnosis;
pub mod engagement;
pub mod followup;
pub mod messages;
mod orientation;
pub mod outcomes;
pub mod programmes;
mod transfer;

use domain::access::permission::{Action, Grant};
use domain::access::relation::Relation;
use domain::access::role::Role;
use domain::access::side::Side;
use domain::access::structure::StructureKind;
use domain::access::visibility::Level;
use domain::intake::delta::Change;
use domain::intake::flux::{Kind, RightState, Role as HouseholdRole};
use domain::intake::matching::Doubt;
use domain::people::contact::{Channel, Consent};
use domain::privacy::document::Kind as DocumentKind;
use domain::privacy::retention::{ARCHIVE_MONTHS, Keep, Length, Start, lifetime};
use domain::privacy::rights::{Reply, Right};

pub use acts::act;
pub use orientation::{
    attempt, due_kind, organisation, orientation_path, programme, sector_purpose, state, state_name,
};
pub use transfer::{transfer_fact, transfer_kind, transfer_standing, transfer_value};

use super::parts::Tone;
use crate::i18n::{Lang, text};

/// How words agree with a person: « Née le », « Orienté ».
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Gender {
    /// « née », « reçue ».
    Feminine,
    /// « né », « reçu »; also when it is not known, as the grammar does.
    #[default]
    Masculine,
}

impl Gender {
    /// The word that agrees.
    pub fn choose<'a>(self, feminine: &'a str, masculine: &'a str) -> &'a str {
        match self {
            Self::Feminine => feminine,
            Self::Masculine => masculine,
        }
    }
}

fn say(key: &str) -> String {
    text(Lang::Fr, key).to_string()
}

/// The state of a right and how it is shown; `None` is a person known by a spreadsheet only.
pub fn right(state: Option<RightState>) -> (String, Tone) {
    let (key, tone) = match state {
        None => ("words-right-unknown", Tone::Neutral),
        Some(RightState::Pending) => ("words-right-pending", Tone::Info),
        Some(RightState::Refused) => ("words-right-refused", Tone::Late),
        Some(RightState::Open) => ("words-right-open", Tone::Ok),
        Some(RightState::Suspended) => ("words-right-suspended", Tone::Soon),
        Some(RightState::PaymentSuspended) => ("words-right-payment-suspended", Tone::Soon),
        Some(RightState::Closed) => ("words-right-closed", Tone::Late),
        Some(RightState::ClosedEarlier) => ("words-right-closed-earlier", Tone::Late),
        Some(RightState::Absent) => ("words-right-absent", Tone::Late),
        Some(RightState::Claim) => ("words-right-claim", Tone::Info),
    };
    (say(key), tone)
}

/// Label and detail of a figure of the report: « entrées », « dans le RSA ».
pub fn change(change: Change) -> (String, String) {
    let (label, detail) = match change {
        Change::Entered => ("words-change-entered", "words-change-entered-detail"),
        Change::Left => ("words-change-left", "words-change-left-detail"),
        Change::NewlySubject => ("words-change-newly-subject", "words-change-newly-subject-detail"),
        Change::Suspended => ("words-change-suspended", "words-change-suspended-detail"),
        Change::Resumed => ("words-change-resumed", "words-change-resumed-detail"),
        Change::Closed => ("words-change-closed", "words-change-closed-detail"),
        Change::MovedIn => ("words-change-moved-in", "words-change-moved-in-detail"),
        Change::MovedOut => ("words-change-moved-out", "words-change-moved-out-detail"),
        Change::Address => ("words-change-address", "words-change-address-detail"),
    };
    (say(label), say(detail))
}

/// What a change did to one person: « entre dans le RSA ».
pub fn change_of_person(change: Change) -> String {
    say(match change {
        Change::Entered => "words-changed-entered",
        Change::Left => "words-changed-left",
        Change::NewlySubject => "words-changed-newly-subject",
        Change::Suspended => "words-changed-suspended",
        Change::Resumed => "words-changed-resumed",
        Change::Closed => "words-changed-closed",
        Change::MovedIn => "words-changed-moved-in",
        Change::MovedOut => "words-changed-moved-out",
        Change::Address => "words-changed-address",
    })
}

/// The kind of a file: « Bénéficiaires, mensuel ».
pub fn file_kind(kind: Kind) -> String {
    say(match kind {
        Kind::BeneficiairesMonthly => "words-file-monthly",
        Kind::BeneficiairesDaily => "words-file-daily",
        Kind::Instruction => "words-file-instruction",
        Kind::Financier => "words-file-financier",
        Kind::Spreadsheet => "words-file-spreadsheet",
        Kind::Transfer => "words-file-transfer",
    })
}

/// Why one asks whether two records are one person.
pub fn doubt(doubt: Doubt) -> String {
    say(match doubt {
        Doubt::SameNir => "words-doubt-same-nir",
        Doubt::CloseNames => "words-doubt-close-names",
        Doubt::SwappedBirthDate => "words-doubt-swapped-birth-date",
        Doubt::SamePhone => "words-doubt-same-phone",
        Doubt::TwoHouseholds => "words-doubt-two-households",
    })
}

/// A role in the household: « Demandeuse », « Enfant ».
pub fn household_role(role: HouseholdRole, gender: Gender) -> String {
    say(match role {
        HouseholdRole::Claimant => gender.choose("words-member-claimant-f", "words-member-claimant-m"),
        HouseholdRole::Partner => gender.choose("words-member-partner-f", "words-member-partner-m"),
        HouseholdRole::Child => "words-member-child",
        HouseholdRole::Other => "words-member-other",
    })
}

/// A user's role.
pub fn role(role: Role) -> String {
    say(match role {
        Role::Operator => "words-role-operator",
        Role::SocialReferent => "words-role-social-referent",
        Role::JobCoach => "words-role-job-coach",
        Role::Prescriber => "words-role-prescriber",
        Role::TeamLead => "words-role-team-lead",
        Role::Partner => "words-role-partner",
        Role::AidOfficer => "words-role-aid-officer",
        Role::Manager => "words-role-manager",
        Role::Admin => "words-role-admin",
        Role::Dpo => "words-role-dpo",
        Role::Person => "words-role-person",
    })
}

/// What a document is about.
pub fn document_kind(kind: DocumentKind) -> String {
    say(match kind {
        DocumentKind::Identity => "words-document-identity",
        DocumentKind::Resources => "words-document-resources",
        DocumentKind::Housing => "words-document-housing",
        DocumentKind::Cv => "words-document-cv",
        DocumentKind::Diploma => "words-document-diploma",
        DocumentKind::Work => "words-document-work",
        DocumentKind::Health => "words-document-health",
        DocumentKind::Letter => "words-document-letter",
        DocumentKind::Other => "words-document-other",
    })
}

/// An action of the permission table.
pub fn action(action: Action) -> String {
    say(match action {
        Action::ImportFile => "words-action-import-file",
        Action::ReadImports => "words-action-read-imports",
        Action::ReadImportPeople => "words-action-read-import-people",
        Action::DecideMatch => "words-action-decide-match",
        Action::ReadPeople => "words-action-read-people",
        Action::EditContacts => "words-action-edit-contacts",
        Action::RevealNir => "words-action-reveal-nir",
        Action::ReadOrientation => "words-action-read-orientation",
        Action::ExportPeople => "words-action-export-people",
        Action::ReadDocuments => "words-action-read-documents",
        Action::EditDocuments => "words-action-edit-documents",
        Action::EditSettings => "words-action-edit-settings",
        Action::ReadOwnActs => "words-action-read-own-acts",
        Action::ReadTeamActs => "words-action-read-team-acts",
        Action::ReadTechnicalActs => "words-action-read-technical-acts",
        Action::ReadJournal => "words-action-read-journal",
        Action::ExportJournal => "words-action-export-journal",
        Action::WriteNotes => "words-action-write-notes",
        Action::ReadNotes => "words-action-read-notes",
        Action::OpenExceptionally => "words-action-open-exceptionally",
        Action::ReadExceptional => "words-action-read-exceptional",
        Action::ReadUsers => "words-action-read-users",
        Action::ProposeUser => "words-action-propose-user",
        Action::ManageUsers => "words-action-manage-users",
        Action::ManageRights => "words-action-manage-rights",
        Action::ReadRetention => "words-action-read-retention",
        Action::ProposePerson => "words-action-propose-person",
        Action::ReadProposals => "words-action-read-proposals",
        Action::AnswerProposal => "words-action-answer-proposal",
        Action::ReferPerson => "words-action-refer-person",
        Action::AnswerReferral => "words-action-answer-referral",
        Action::TakeCalls => "words-action-take-calls",
        Action::DecideOrientation => "words-action-decide-orientation",
        Action::FollowPath => "words-action-follow-path",
        Action::LeadPath => "words-action-lead-path",
        Action::ReadLate => "words-action-read-late",
        Action::ReadCatalogues => "words-action-read-catalogues",
        Action::EditCatalogues => "words-action-edit-catalogues",
        Action::ReadAppointments => "words-action-read-appointments",
        Action::EditAppointments => "words-action-edit-appointments",
        Action::InviteWaves => "words-action-invite-waves",
        Action::AnswerCallBack => "words-action-answer-call-back",
        Action::EditOpenings => "words-action-edit-openings",
        Action::TransferPeople => "words-action-transfer-people",
        Action::ReceivePeople => "words-action-receive-people",
        Action::ReadDiagnosis => "words-action-read-diagnosis",
        Action::EditDiagnosis => "words-action-edit-diagnosis",
        Action::Prescribe => "words-action-prescribe",
        Action::AnswerPrescription => "words-action-answer-prescription",
        Action::WriteContract => "words-action-write-contract",
        Action::DecideContract => "words-action-decide-contract",
    })
}

/// A channel: « SMS ».
pub fn channel(channel: Channel) -> String {
    say(match channel {
        Channel::Call => "words-channel-call",
        Channel::Voicemail => "words-channel-voicemail",
        Channel::Sms => "words-channel-sms",
        Channel::Email => "words-channel-email",
    })
}

/// What somebody answered for a channel: « ne pas laisser de message ».
pub fn consent(channel: Channel, answer: Consent) -> String {
    say(match (channel, answer) {
        (Channel::Voicemail, Consent::Yes) => "words-consent-voicemail-yes",
        (Channel::Voicemail, Consent::No) => "words-consent-voicemail-no",
        (_, Consent::Yes) => "words-consent-yes",
        (_, Consent::No) => "words-consent-no",
    })
}

/// A language; its code when it is none of ours.
pub fn language(code: &str) -> String {
    say(match code {
        "fr" => "words-language-fr",
        "ar" => "words-language-ar",
        "en" => "words-language-en",
        "es" => "words-language-es",
        "pt" => "words-language-pt",
        "tr" => "words-language-tr",
        "ru" => "words-language-ru",
        "uk" => "words-language-uk",
        "ro" => "words-language-ro",
        "it" => "words-language-it",
        "de" => "words-language-de",
        "pl" => "words-language-pl",
        "sq" => "words-language-sq",
        "fa" => "words-language-fa",
        "ps" => "words-language-ps",
        "ta" => "words-language-ta",
        "zh" => "words-language-zh",
        "vi" => "words-language-vi",
        "wo" => "words-language-wo",
        "ff" => "words-language-ff",
        "rom" => "words-language-rom",
        "fsl" => "words-language-fsl",
        other => return other.to_owned(),
    })
}

/// What a structure is.
pub fn structure_kind(kind: StructureKind) -> String {
    say(match kind {
        StructureKind::Departmental => "words-structure-departmental",
        StructureKind::TownService => "words-structure-town-service",
        StructureKind::FranceTravail => "words-structure-france-travail",
        StructureKind::Payer => "words-structure-payer",
        StructureKind::Operator => "words-structure-operator",
        StructureKind::Association => "words-structure-association",
        StructureKind::Siae => "words-structure-siae",
        StructureKind::Training => "words-structure-training",
        StructureKind::Shelter => "words-structure-shelter",
        StructureKind::PrisonIntegration => "words-structure-prison-integration",
        StructureKind::Health => "words-structure-health",
        StructureKind::Other => "words-structure-other",
    })
}

/// On which side somebody works.
pub fn side(side: Side) -> String {
    say(match side {
        Side::Social => "words-side-social",
        Side::Employment => "words-side-employment",
        Side::Both => "words-side-both",
    })
}

/// Who a reader is to the person, at the head of a column.
pub fn relation(relation: Relation) -> String {
    say(match relation {
        Relation::Themself => "words-relation-themself",
        Relation::Own(Side::Social) => "words-relation-own-social",
        Relation::Own(Side::Employment) => "words-relation-own-employment",
        Relation::Own(Side::Both) => "words-relation-own-both",
        Relation::Team(Side::Social) => "words-relation-team-social",
        Relation::Team(Side::Employment) => "words-relation-team-employment",
        Relation::Team(Side::Both) => "words-relation-team-both",
        Relation::Queue => "words-relation-queue",
        Relation::Proposed => "words-relation-proposed",
        Relation::Exceptional => "words-relation-exceptional",
        Relation::Reason => "words-relation-reason",
        Relation::Program => "words-relation-program",
    })
}

/// Who may read a text of this level.
pub fn level(level: Level) -> String {
    say(match level {
        Level::Author => "words-level-author",
        Level::Social => "words-level-social",
        Level::Employment => "words-level-employment",
        Level::Pair => "words-level-pair",
        Level::Orientation => "words-level-orientation",
        Level::Team => "words-level-team",
        Level::Partner => "words-level-partner",
        Level::Person => "words-level-person",
    })
}

/// On whose files an action is granted; empty for no.
pub fn grant(grant: Grant) -> String {
    say(match grant {
        Grant::No => return String::new(),
        Grant::Exceptional => "words-grant-exceptional",
        Grant::Referred => "words-grant-referred",
        Grant::Proposed => "words-grant-proposed",
        Grant::Own => "words-grant-own",
        Grant::Queue => "words-grant-queue",
        Grant::Team => "words-grant-team",
        Grant::WithReason => "words-grant-with-reason",
        Grant::All => "words-grant-all",
    })
}

/// What somebody asks about their data.
pub fn right_asked(right: Right) -> String {
    say(match right {
        Right::Access => "words-right-access",
        Right::Rectification => "words-right-rectification",
        Right::Restriction => "words-right-restriction",
        Right::Objection => "words-right-objection",
        Right::Erasure => "words-right-erasure",
    })
}

/// How long something is kept: « 2 ans après le dernier contact », with the years of the active file.
pub fn kept(keep: Keep, years: u32) -> String {
    let key = match keep {
        Keep::Person => "words-kept-person",
        Keep::ActiveFile => "words-kept-active",
        Keep::As(_) => "words-kept-as",
        Keep::NotPersonal => "words-kept-always",
        Keep::For(length, start) => {
            let (key, n) = match length {
                Length::Months(n) if n % 12 == 0 && n > 12 => ("words-kept-years", n / 12),
                Length::Months(n) => ("words-kept-months", n),
                Length::Days(n) => ("words-kept-days", n),
            };
            let start = say(match start {
                Start::Import => "words-since-import",
                Start::Decision => "words-since-decision",
                Start::LastActivity => "words-since-activity",
                Start::Expiry => "words-since-expiry",
                Start::Revocation => "words-since-revocation",
                Start::Closing => "words-since-closing",
                Start::Event => "words-since-event",
                Start::Migration => "words-since-migration",
            });
            return text(Lang::Fr, key).n("n", n).s("since", start).to_string();
        }
    };
    text(Lang::Fr, key)
        .n("years", years)
        .n("archive", ARCHIVE_MONTHS / 12)
        .s(
            "table",
            if let Keep::As(table) = keep { lifetime(table).map_or("", |one| one.what_fr) } else { "" },
        )
        .to_string()
}

/// What was answered.
pub fn reply(reply: Reply) -> String {
    say(match reply {
        Reply::Granted => "privacy-granted",
        Reply::Partly => "privacy-partly",
        Reply::Refused => "privacy-refused",
    })
}

#[cfg(test)]
mod tests {
    use domain::followup::path::PathState;

    use super::*;
    use domain::people::contact::LANGUAGES;

    #[test]
    fn words_agree_with_the_person() {
        assert_eq!(state(PathState::Known, Gender::Feminine).label, "Connue");
        assert_eq!(state(PathState::Known, Gender::Masculine).label, "Connu");
        assert_eq!(household_role(HouseholdRole::Partner, Gender::Feminine), "Conjointe");
    }

    #[test]
    fn every_code_has_its_words() {
        let mut words: Vec<String> = Vec::new();
        words.extend(Role::ALL.map(role));
        words.extend(Action::ALL.map(action));
        words.extend(LANGUAGES.map(language));
        words.extend(Change::ALL.map(change_of_person));
        words.extend(Change::ALL.map(|c| change(c).0 + &change(c).1));
        words.extend(PathState::ALL.map(state_name));
        words.extend(DocumentKind::ALL.map(document_kind));
        assert!(words.iter().all(|word| !word.is_empty() && !word.contains('⟦')), "{words:?}");
    }
}
