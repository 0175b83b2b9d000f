//! The permission table: role × action → on whose files (`rules.md` § 4, the rows this step of the product needs).

use super::role::Role;

/// Something a user may do. The name is what `declic routes` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Bring a CAF/MSA file or a spreadsheet in.
    ImportFile,
    /// Read import reports and their numbers.
    ReadImports,
    /// Open the people behind a number of a report.
    ReadImportPeople,
    /// Decide whether two records are one person; merge; undo.
    DecideMatch,
    /// List and search people, open their page.
    ReadPeople,
    /// Write by hand how to reach a person.
    EditContacts,
    /// See a NIR in clear.
    RevealNir,
    /// See the list of people to orient.
    ReadOrientation,
    /// Take a list away as CSV or XLSX.
    ExportPeople,
    /// List the documents of a person, and take one away.
    ReadDocuments,
    /// Add a document to a person's file, or remove one.
    EditDocuments,
    /// Edit territories.
    EditSettings,
    /// Read in the journal what one did oneself.
    ReadOwnActs,
    /// Read in the journal what those of one's territories did.
    ReadTeamActs,
    /// Read in the journal what concerns no file: sign-ins, settings, accounts, files in.
    ReadTechnicalActs,
    /// Read the whole journal.
    ReadJournal,
    /// Take the journal away as CSV or XLSX.
    ExportJournal,
    /// Write a note on a person.
    WriteNotes,
    /// Read the notes on a person, each by its level.
    ReadNotes,
    /// Open the file of somebody one meets and does not follow, for half an hour, with a written reason.
    OpenExceptionally,
    /// Read who opened a file so, and why.
    ReadExceptional,
    /// Read who has an account, with which roles.
    ReadUsers,
    /// Propose an account, which an administrator accepts.
    ProposeUser,
    /// Open, change and close accounts and tokens.
    ManageUsers,
    /// Record and answer what people ask about their data; make the copy of what is held.
    ManageRights,
    /// See who will be archived soon.
    ReadRetention,
    /// Propose a person to a structure, and end what was proposed.
    ProposePerson,
    /// Read to which structures a person is proposed, and what they answer.
    ReadProposals,
    /// See the people proposed to one's structure, and answer.
    AnswerProposal,
    /// Take somebody of the queue, and write what they answer.
    TakeCalls,
    /// Decide of an orientation, or of another one.
    DecideOrientation,
    /// End a path, keep it, review it; record that a person contests, and calls after an absence.
    FollowPath,
    /// Answer who contests a decision, open a path again, name who follows.
    LeadPath,
    /// Read what is late, by team.
    ReadLate,
    /// Read questionnaires and rules.
    ReadCatalogues,
    /// Change questionnaires and rules.
    EditCatalogues,
    /// Read appointments: agendas, lists of a place, those of a person.
    ReadAppointments,
    /// Book, move and cancel appointments, write how they went.
    EditAppointments,
    /// Invite many people at once to choose an hour, within the room there is.
    InviteWaves,
    /// Call back who asked for it, and write what came of it.
    AnswerCallBack,
    /// Set opening hours and absences: one's own for who receives people, those of the team for who leads, everybody's for
    /// who receives nobody.
    EditOpenings,
    /// Address somebody to the platform, and follow what one sent.
    ReferPerson,
    /// Read who was addressed to the platform, and answer.
    AnswerReferral,
    /// Pass a person to another département: make the file, close it with the receipt, or say that it did not happen.
    TransferPeople,
    /// Propose somebody for a programme, with the answers to its conditions.
    Prescribe,
    /// Answer a prescription: enrol, put on the waiting list, refuse with what next.
    AnswerPrescription,
    /// Bring in a person whom another département passes.
    ReceivePeople,
    /// Read the joint diagnosis and the actions, each text by its level.
    ReadDiagnosis,
    /// Write one's side of the diagnosis, and actions.
    EditDiagnosis,
    /// Write a contract with somebody one follows, sign it, record who signed on paper.
    WriteContract,
    /// Validate a contract or send it back, end it, record one of before 2025.
    DecideContract,
}

/// On whose files an action is granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grant {
    /// Not at all.
    No,
    /// One person at a time, whose exact identity is typed, when the département opens it to the role.
    Exceptional,
    /// One person at a time, whose exact identity is typed; then only how what one sent stands.
    Referred,
    /// The people proposed to one's structure, only what the proposal tells, while it lasts.
    Proposed,
    /// The people one is the referent of.
    Own,
    /// The people to orient, of one's territories.
    Queue,
    /// Everybody of one's territories.
    Team,
    /// Everybody, once a reason is written; the reason goes to the journal.
    WithReason,
    /// No personal file is involved, or all of them.
    All,
}

impl Grant {
    /// Every grant but none at all, from the narrowest.
    pub const GIVEN: [Self; 8] = [
        Self::Exceptional,
        Self::Referred,
        Self::Proposed,
        Self::Own,
        Self::Queue,
        Self::Team,
        Self::WithReason,
        Self::All,
    ];
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 51] = [
        Self::ImportFile,
        Self::ReadImports,
        Self::ReadImportPeople,
        Self::DecideMatch,
        Self::ReadPeople,
        Self::EditContacts,
        Self::RevealNir,
        Self::ReadOrientation,
        Self::ExportPeople,
        Self::ReadDocuments,
        Self::EditDocuments,
        Self::EditSettings,
        Self::ReadOwnActs,
        Self::ReadTeamActs,
        Self::ReadTechnicalActs,
        Self::ReadJournal,
        Self::ExportJournal,
        Self::WriteNotes,
        Self::ReadNotes,
        Self::OpenExceptionally,
        Self::ReadExceptional,
        Self::ReadUsers,
        Self::ProposeUser,
        Self::ManageUsers,
        Self::ManageRights,
        Self::ReadRetention,
        Self::ProposePerson,
        Self::ReadProposals,
        Self::AnswerProposal,
        Self::TakeCalls,
        Self::DecideOrientation,
        Self::FollowPath,
        Self::LeadPath,
        Self::ReadLate,
        Self::ReadCatalogues,
        Self::EditCatalogues,
        Self::ReadAppointments,
        Self::EditAppointments,
        Self::InviteWaves,
        Self::AnswerCallBack,
        Self::EditOpenings,
        Self::ReferPerson,
        Self::AnswerReferral,
        Self::TransferPeople,
        Self::ReceivePeople,
        Self::ReadDiagnosis,
        Self::EditDiagnosis,
        Self::Prescribe,
        Self::AnswerPrescription,
        Self::WriteContract,
        Self::DecideContract,
    ];

    /// The permission's name, as `declic routes` prints it.
    pub fn code(self) -> &'static str {
        match self {
            Self::ImportFile => "import_file",
            Self::ReadImports => "read_imports",
            Self::ReadImportPeople => "read_import_people",
            Self::DecideMatch => "decide_match",
            Self::ReadPeople => "read_people",
            Self::EditContacts => "edit_contacts",
            Self::RevealNir => "reveal_nir",
            Self::ReadOrientation => "read_orientation",
            Self::ExportPeople => "export_people",
            Self::ReadDocuments => "read_documents",
            Self::EditDocuments => "edit_documents",
            Self::EditSettings => "edit_settings",
            Self::ReadOwnActs => "read_own_acts",
            Self::ReadTeamActs => "read_team_acts",
            Self::ReadTechnicalActs => "read_technical_acts",
            Self::ReadJournal => "read_journal",
            Self::ExportJournal => "export_journal",
            Self::WriteNotes => "write_notes",
            Self::ReadNotes => "read_notes",
            Self::OpenExceptionally => "open_exceptionally",
            Self::ReadExceptional => "read_exceptional",
            Self::ReadUsers => "read_users",
            Self::ProposeUser => "propose_user",
            Self::ManageUsers => "manage_users",
            Self::ManageRights => "manage_rights",
            Self::ReadRetention => "read_retention",
            Self::ProposePerson => "propose_person",
            Self::ReadProposals => "read_proposals",
            Self::AnswerProposal => "answer_proposal",
            Self::TakeCalls => "take_calls",
            Self::DecideOrientation => "decide_orientation",
            Self::FollowPath => "follow_path",
            Self::LeadPath => "lead_path",
            Self::ReadLate => "read_late",
            Self::ReadCatalogues => "read_catalogues",
            Self::EditCatalogues => "edit_catalogues",
            Self::ReadAppointments => "read_appointments",
            Self::EditAppointments => "edit_appointments",
            Self::InviteWaves => "invite_waves",
            Self::AnswerCallBack => "answer_call_back",
            Self::EditOpenings => "edit_openings",
            Self::ReferPerson => "refer_person",
            Self::AnswerReferral => "answer_referral",
            Self::TransferPeople => "transfer_people",
            Self::ReceivePeople => "receive_people",
            Self::ReadDiagnosis => "read_diagnosis",
            Self::EditDiagnosis => "edit_diagnosis",
            Self::Prescribe => "prescribe",
            Self::AnswerPrescription => "answer_prescription",
            Self::WriteContract => "write_contract",
            Self::DecideContract => "decide_contract",
        }
    }
}

/// The roles whose holders may follow somebody: whoever holds none of them today is nobody's referent any more.
pub fn following() -> impl Iterator<Item = Role> {
    Role::ALL.into_iter().filter(|role| grant(*role, Action::FollowPath) != Grant::No)
}

/// The table. One row per action, one column per role, in the order of [`Role::ALL`].
#[rustfmt::skip]
#[expect(clippy::match_same_arms, reason = "each action is a row of the table, whatever its neighbours say")]
pub fn grant(role: Role, action: Action) -> Grant {
    use Grant::{All, Exceptional, No, Own, Proposed, Queue, Referred, Team, WithReason};
    //                            operator social coach prescr. lead  partner aid  manager     admin dpo         person
    let row = match action {
        Action::ImportFile       => [No,    No,   No,   No,     All,  No,     No,  All,        All,  No,         No],
        Action::ReadImports      => [No,    No,   No,   No,     All,  No,     No,  All,        All,  No,         No],
        Action::ReadImportPeople => [Queue, Own,  Own,  No,     Team, No,     No,  WithReason, No,   No,         No],
        Action::DecideMatch      => [No,    No,   No,   No,     Team, No,     No,  WithReason, No,   No,         No],
        Action::ReadPeople       => [Queue, Own,  Own,  No,     Team, No,     No,  WithReason, No,   WithReason, No],
        Action::EditContacts     => [Queue, Own,  Own,  No,     Team, No,     No,  No,         No,   No,         No],
        Action::RevealNir        => [No,    Own,  Own,  No,     Team, No,     No,  No,         No,   WithReason, No],
        Action::ReadOrientation  => [Queue, No,   No,   No,     Team, No,     No,  No,         No,   No,         No],
        Action::ExportPeople     => [Queue, Own,  Own,  No,     Team, No,     No,  No,         No,   No,         No],
        Action::ReadDocuments    => [No,    Own,  Own,  No,     Team, No,     No,  No,         No,   No,         No],
        Action::EditDocuments    => [No,    Own,  Own,  No,     Team, No,     No,  No,         No,   No,         No],
        Action::EditSettings     => [No,    No,   No,   No,     No,   No,     No,  All,        All,  No,         No],
        Action::ReadOwnActs      => [All,   All,  All,  All,    All,  All,    All, No,         All,  All,        No],
        Action::ReadTeamActs     => [No,    No,   No,   No,     Team, No,     No,  No,         No,   No,         No],
        Action::ReadTechnicalActs => [No,    No,   No,   No,     No,   No,     No,  No,         All,  No,         No],
        Action::ReadJournal      => [No,    No,   No,   No,     No,   No,     No,  No,         No,   All,        No],
        Action::ExportJournal    => [No,    No,   No,   No,     No,   No,     No,  No,         No,   All,        No],
        Action::WriteNotes       => [Queue, Own,  Own,  No,     No,   No,     No,  No,         No,   No,         No],
        Action::ReadNotes        => [Queue, Own,  Own,  No,     Team, No,     No,  No,         No,   No,         No],
        Action::OpenExceptionally => [Exceptional, Exceptional, Exceptional, No, Exceptional, No, No, No, No, No, No],
        Action::ReadExceptional  => [No,    No,   No,   No,     Team, No,     No,  No,         No,   All,        No],
        Action::ReadUsers        => [No,    No,   No,   No,     No,   No,     No,  No,         All,  All,        No],
        Action::ProposeUser      => [No,    No,   No,   No,     Team, No,     No,  No,         No,   No,         No],
        Action::ManageUsers      => [No,    No,   No,   No,     No,   No,     No,  No,         All,  No,         No],
        Action::ManageRights     => [No,    No,   No,   No,     No,   No,     No,  No,         No,   All,        No],
        Action::ReadRetention    => [No,    No,   No,   No,     Team, No,     No,  No,         No,   All,        No],
        Action::ProposePerson    => [No,    Own,  Own,  No,     No,   No,     No,  No,         No,   No,         No],
        Action::ReadProposals    => [No,    Own,  Own,  No,     Team, No,     No,  No,         No,   No,         No],
        Action::AnswerProposal   => [No,    No,   No,   No,     No,   Proposed, No, No,        No,   No,         No],
        Action::TakeCalls        => [Queue, No,   No,   No,     Team, No,     No,  No,         No,   No,         No],
        Action::DecideOrientation => [Queue, Own,  Own,  No,     Team, No,     No,  No,         No,   No,         No],
        Action::FollowPath       => [No,    Own,  Own,  No,     Team, No,     No,  No,         No,   No,         No],
        Action::LeadPath         => [No,    No,   No,   No,     Team, No,     No,  No,         No,   No,         No],
        Action::ReadLate         => [No,    No,   No,   No,     Team, No,     No,  All,        No,   No,         No],
        Action::ReadCatalogues   => [All,   All,  All,  All,    All,  All,    All, All,        All,  All,        No],
        Action::EditCatalogues   => [No,    No,   No,   No,     No,   No,     No,  All,        All,  No,         No],
        Action::ReadAppointments => [Queue, Own,  Own,  No,     Team, No,     No,  No,         No,   No,         No],
        Action::EditAppointments => [Queue, Own,  Own,  No,     Team, No,     No,  No,         No,   No,         No],
        Action::InviteWaves      => [Queue, No,   No,   No,     Team, No,     No,  No,         No,   No,         No],
        Action::AnswerCallBack   => [Queue, Own,  Own,  No,     Team, No,     No,  No,         No,   No,         No],
        Action::EditOpenings     => [All,   All,  All,  No,     Team, No,     No,  All,        All,  No,         No],
        Action::ReferPerson      => [No, Referred, Referred, Referred, Referred, Referred, No, No, No, No, No],
        Action::AnswerReferral   => [Queue, Own,  Own,  No,     Team, No,     No,  No,         No,   No,         No],
        Action::TransferPeople   => [No,    No,   No,   No,     Team, No,     No,  No,         No,   No,         No],
        Action::ReceivePeople    => [No,    No,   No,   No,     All,  No,     No,  No,         No,   No,         No],
        Action::ReadDiagnosis    => [Queue, Own,  Own,  No,     Team, No,     No,  No,         No,   No,         No],
        Action::EditDiagnosis    => [No,    Own,  Own,  No,     No,   No,     No,  No,         No,   No,         No],
        Action::Prescribe        => [Queue, Own,  Own,  No,     Team, No,     No,  No,         No,   No,         No],
        Action::AnswerPrescription => [No,  No,   No,   No,     Team, No,     No,  No,         No,   No,         No],
        Action::WriteContract    => [No,    Own,  Own,  No,     No,   No,     No,  No,         No,   No,         No],
        Action::DecideContract   => [No,    No,   No,   No,     Team, No,     No,  No,         No,   No,         No],
    };
    Role::ALL.iter().zip(row).find(|(r, _)| **r == role).map_or(No, |(_, grant)| grant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_administrator_never_reads_a_file_by_that_role() {
        for action in [
            Action::ReadPeople,
            Action::ReadImportPeople,
            Action::EditContacts,
            Action::RevealNir,
            Action::ExportPeople,
            Action::ReadDocuments,
            Action::EditDocuments,
            Action::ReadNotes,
            Action::OpenExceptionally,
            Action::ReadProposals,
            Action::AnswerProposal,
            Action::TakeCalls,
            Action::DecideOrientation,
            Action::FollowPath,
            Action::LeadPath,
            Action::ReadLate,
            Action::ReadAppointments,
            Action::EditAppointments,
            Action::AnswerCallBack,
            Action::ReferPerson,
            Action::AnswerReferral,
            Action::InviteWaves,
            Action::TransferPeople,
            Action::ReceivePeople,
            Action::ReadDiagnosis,
            Action::EditDiagnosis,
            Action::Prescribe,
            Action::AnswerPrescription,
        ] {
            assert_eq!(grant(Role::Admin, action), Grant::No, "{action:?}");
        }
    }

    #[test]
    fn prescribers_send_and_read_nobody_and_partners_only_who_is_proposed_to_them() {
        let of_files = |a: &Action| !matches!(a, Action::ReadOwnActs | Action::ReadCatalogues);
        let given = |role| -> Vec<Action> {
            let granted = |a: &Action| of_files(a) && grant(role, *a) != Grant::No;
            Action::ALL.into_iter().filter(granted).collect()
        };
        for role in [Role::AidOfficer, Role::Person] {
            assert!(given(role).is_empty(), "{role:?}");
        }
        assert_eq!(given(Role::Prescriber), [Action::ReferPerson]);
        assert_eq!(given(Role::Partner), [Action::AnswerProposal, Action::ReferPerson]);
        assert_eq!(grant(Role::Partner, Action::AnswerProposal), Grant::Proposed);
        assert_eq!(grant(Role::Prescriber, Action::ReferPerson), Grant::Referred);
        let others = Role::ALL.into_iter().filter(|role| *role != Role::Partner);
        assert!(
            others.clone().all(|role| Action::ALL.into_iter().all(|a| grant(role, a) != Grant::Proposed))
        );
    }
}
