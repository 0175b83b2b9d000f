//! What the journal records: who did what to which file, when, in which role and for which reason.

use serde::{Deserialize, Serialize};

/// The acts written in the journal by this step of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// A session began.
    SignIn,
    /// A session ended.
    SignOut,
    /// A file was brought in, whatever its fate.
    Import,
    /// The page of a person was opened.
    ReadPerson,
    /// The people behind a number, or a list, were opened.
    ReadList,
    /// A search was made; the words are not kept.
    Search,
    /// A NIR was shown in clear.
    RevealNir,
    /// A list was taken away.
    Export,
    /// Two records were merged.
    Merge,
    /// A merge was undone.
    UndoMerge,
    /// Two records were said to be two people.
    KeepApart,
    /// A raw reject was read.
    ReadReject,
    /// A phone, an e-mail, a language or a consent was changed by hand.
    EditContact,
    /// A setting was changed.
    EditSettings,
    /// An account was created.
    CreateUser,
    /// A token was created.
    CreateToken,
    /// An account was proposed.
    ProposeUser,
    /// A proposed account was accepted or declined.
    DecideProposal,
    /// A role was given, or its last day set.
    EditRole,
    /// An account was closed.
    DisableUser,
    /// An account was opened again.
    EnableUser,
    /// A token was replaced.
    RotateToken,
    /// A token was made worthless.
    RevokeToken,
    /// The file of somebody who is not followed was opened for half an hour.
    OpenExceptionally,
    /// An exceptional access was asked for, and nobody had exactly that identity.
    TryExceptional,
    /// A team lead or the DPO read of an exceptional access.
    SeeExceptional,
    /// A note was written or corrected.
    WriteNote,
    /// A note was opened to more readers.
    RaiseNote,
    /// A note was kept for fewer readers.
    LowerNote,
    /// A password was chosen.
    SetPassword,
    /// An account was linked to a person known to the OpenID provider.
    LinkIdentity,
    /// A reason was written to open files outside one's caseload.
    GiveReason,
    /// A database was restored from a backup.
    Restore,
    /// Sealed values pass from one secret to the next.
    RotateKeys,
    /// What had outlived its time was archived, made anonymous or deleted.
    Retention,
    /// The whole journal was read again, to know whether it holds.
    VerifyJournal,
    /// The oldest rows of the journal went, by whole sealed blocks.
    ExpireJournal,
    /// A document was added to a person's file.
    AddDocument,
    /// A document was taken away.
    ReadDocument,
    /// A document was removed.
    RemoveDocument,
    /// A sign-in failed; whose account it was, when there is one.
    SignInFailed,
    /// Failures closed an account for a while.
    LockSignIn,
    /// Somebody signed in proved again who they are, before a sensitive act.
    ProveAgain,
    /// A second proof was wrong: a code, or the password asked again.
    ProofFailed,
    /// Somebody ended another session of theirs.
    RevokeSession,
    /// A link to choose another password was made for whoever asked.
    AskPasswordReset,
    /// A second factor was set up.
    EnrolSecondFactor,
    /// A second factor was removed, by its holder or by an administrator.
    RemoveSecondFactor,
    /// New recovery codes replaced the old ones.
    MakeRecoveryCodes,
    /// What somebody asks about their data was recorded.
    RecordRequest,
    /// It was answered.
    AnswerRequest,
    /// It was given two more months.
    ExtendRequest,
    /// Frozen data may be used again.
    LiftRestriction,
    /// The copy of everything held on somebody was made.
    AccessCopy,
    /// A person was proposed to a structure.
    ProposePerson,
    /// A proposal was ended.
    EndProposal,
    /// Somebody of the structure read what a proposal tells of the person.
    ReadProposal,
    /// A structure answered a proposal.
    AnswerProposal,
    /// Somebody was addressed to the platform.
    ReferPerson,
    /// Somebody of the platform, or who follows the person, read who addressed them and why.
    ReadReferral,
    /// Who addressed somebody was answered.
    AnswerReferral,
    /// Somebody was reserved for a call, or given back to the queue.
    TakeCall,
    /// Answers of a call were written.
    WriteAnswers,
    /// A call ended, or nobody answered.
    RecordCall,
    /// A path, an organisation and a referent were decided.
    DecideOrientation,
    /// The letter that notifies a decision was made.
    PrintLetter,
    /// A questionnaire or rules were changed.
    EditCatalogue,
    /// What was booked was looked at: a day, a week, the list of a place.
    ReadAgenda,
    /// An appointment was booked.
    BookAppointment,
    /// An appointment was moved.
    MoveAppointment,
    /// An appointment was cancelled.
    CancelAppointment,
    /// How an appointment went was written down.
    RecordAttendance,
    /// Opening hours, an absence or a secret feed were changed.
    EditOpenings,
    /// A link by which a person books by themselves was made, or ended.
    MakeBookingLink,
    /// A person asked by their link to be called.
    AskCallBack,
    /// Somebody wrote what came of a call that was asked for.
    AnswerCallBack,
    /// The file that passes a person to another département was made.
    TransferOut,
    /// A person was received from another département.
    TransferIn,
    /// Somebody said that a person who left arrived.
    CloseTransfer,
    /// Somebody said that a person did not leave.
    CancelTransfer,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 80] = [
        Self::SignIn,
        Self::SignOut,
        Self::Import,
        Self::ReadPerson,
        Self::ReadList,
        Self::Search,
        Self::RevealNir,
        Self::Export,
        Self::Merge,
        Self::UndoMerge,
        Self::KeepApart,
        Self::ReadReject,
        Self::EditContact,
        Self::EditSettings,
        Self::CreateUser,
        Self::CreateToken,
        Self::ProposeUser,
        Self::DecideProposal,
        Self::EditRole,
        Self::DisableUser,
        Self::EnableUser,
        Self::RotateToken,
        Self::RevokeToken,
        Self::OpenExceptionally,
        Self::TryExceptional,
        Self::SeeExceptional,
        Self::WriteNote,
        Self::RaiseNote,
        Self::LowerNote,
        Self::SetPassword,
        Self::LinkIdentity,
        Self::GiveReason,
        Self::Restore,
        Self::RotateKeys,
        Self::Retention,
        Self::VerifyJournal,
        Self::ExpireJournal,
        Self::AddDocument,
        Self::ReadDocument,
        Self::RemoveDocument,
        Self::SignInFailed,
        Self::LockSignIn,
        Self::ProveAgain,
        Self::ProofFailed,
        Self::RevokeSession,
        Self::AskPasswordReset,
        Self::EnrolSecondFactor,
        Self::RemoveSecondFactor,
        Self::MakeRecoveryCodes,
        Self::RecordRequest,
        Self::AnswerRequest,
        Self::ExtendRequest,
        Self::LiftRestriction,
        Self::AccessCopy,
        Self::ProposePerson,
        Self::EndProposal,
        Self::ReadProposal,
        Self::AnswerProposal,
        Self::ReferPerson,
        Self::ReadReferral,
        Self::AnswerReferral,
        Self::TakeCall,
        Self::WriteAnswers,
        Self::RecordCall,
        Self::DecideOrientation,
        Self::PrintLetter,
        Self::EditCatalogue,
        Self::ReadAgenda,
        Self::BookAppointment,
        Self::MoveAppointment,
        Self::CancelAppointment,
        Self::RecordAttendance,
        Self::EditOpenings,
        Self::MakeBookingLink,
        Self::AskCallBack,
        Self::AnswerCallBack,
        Self::TransferOut,
        Self::TransferIn,
        Self::CloseTransfer,
        Self::CancelTransfer,
    ];

    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::SignOut => "sign_out",
            Self::Import => "import",
            Self::ReadPerson => "read_person",
            Self::ReadList => "read_list",
            Self::Search => "search",
            Self::RevealNir => "reveal_nir",
            Self::Export => "export",
            Self::Merge => "merge",
            Self::UndoMerge => "undo_merge",
            Self::KeepApart => "keep_apart",
            Self::ReadReject => "read_reject",
            Self::EditContact => "edit_contact",
            Self::EditSettings => "edit_settings",
            Self::CreateUser => "create_user",
            Self::CreateToken => "create_token",
            Self::ProposeUser => "propose_user",
            Self::DecideProposal => "decide_proposal",
            Self::EditRole => "edit_role",
            Self::DisableUser => "disable_user",
            Self::EnableUser => "enable_user",
            Self::RotateToken => "rotate_token",
            Self::RevokeToken => "revoke_token",
            Self::OpenExceptionally => "open_exceptionally",
            Self::TryExceptional => "try_exceptional",
            Self::SeeExceptional => "see_exceptional",
            Self::WriteNote => "write_note",
            Self::RaiseNote => "raise_note",
            Self::LowerNote => "lower_note",
            Self::SetPassword => "set_password",
            Self::LinkIdentity => "link_identity",
            Self::GiveReason => "give_reason",
            Self::Restore => "restore",
            Self::RotateKeys => "rotate_keys",
            Self::Retention => "retention",
            Self::VerifyJournal => "verify_journal",
            Self::ExpireJournal => "expire_journal",
            Self::AddDocument => "add_document",
            Self::ReadDocument => "read_document",
            Self::RemoveDocument => "remove_document",
            Self::SignInFailed => "sign_in_failed",
            Self::LockSignIn => "lock_sign_in",
            Self::ProveAgain => "prove_again",
            Self::ProofFailed => "proof_failed",
            Self::RevokeSession => "revoke_session",
            Self::AskPasswordReset => "ask_password_reset",
            Self::EnrolSecondFactor => "enrol_second_factor",
            Self::RemoveSecondFactor => "remove_second_factor",
            Self::MakeRecoveryCodes => "make_recovery_codes",
            Self::RecordRequest => "record_request",
            Self::AnswerRequest => "answer_request",
            Self::ExtendRequest => "extend_request",
            Self::LiftRestriction => "lift_restriction",
            Self::AccessCopy => "access_copy",
            Self::ProposePerson => "propose_person",
            Self::EndProposal => "end_proposal",
            Self::ReadProposal => "read_proposal",
            Self::AnswerProposal => "answer_proposal",
            Self::ReferPerson => "refer_person",
            Self::ReadReferral => "read_referral",
            Self::AnswerReferral => "answer_referral",
            Self::TakeCall => "take_call",
            Self::WriteAnswers => "write_answers",
            Self::RecordCall => "record_call",
            Self::DecideOrientation => "decide_orientation",
            Self::PrintLetter => "print_letter",
            Self::EditCatalogue => "edit_catalogue",
            Self::ReadAgenda => "read_agenda",
            Self::BookAppointment => "book_appointment",
            Self::MoveAppointment => "move_appointment",
            Self::CancelAppointment => "cancel_appointment",
            Self::RecordAttendance => "record_attendance",
            Self::EditOpenings => "edit_openings",
            Self::MakeBookingLink => "make_booking_link",
            Self::AskCallBack => "ask_call_back",
            Self::AnswerCallBack => "answer_call_back",
            Self::TransferOut => "transfer_out",
            Self::TransferIn => "transfer_in",
            Self::CloseTransfer => "close_transfer",
            Self::CancelTransfer => "cancel_transfer",
        }
    }

    /// True for what concerns the program and its accounts, and nobody's file: what an administrator may read
    /// (`rules.md` § 4, journal).
    pub fn is_technical(self) -> bool {
        match self {
            Self::SignIn
            | Self::SignOut
            | Self::Import
            | Self::EditSettings
            | Self::EditCatalogue
            | Self::CreateUser
            | Self::ProposeUser
            | Self::DecideProposal
            | Self::EditRole
            | Self::DisableUser
            | Self::EnableUser
            | Self::CreateToken
            | Self::RotateToken
            | Self::RevokeToken
            | Self::SetPassword
            | Self::LinkIdentity
            | Self::SignInFailed
            | Self::LockSignIn
            | Self::ProveAgain
            | Self::ProofFailed
            | Self::RevokeSession
            | Self::AskPasswordReset
            | Self::EnrolSecondFactor
            | Self::RemoveSecondFactor
            | Self::MakeRecoveryCodes
            | Self::Restore
            | Self::VerifyJournal
            | Self::ExpireJournal
            | Self::RotateKeys
            | Self::Retention
            | Self::EditOpenings => true,
            Self::ReadPerson
            | Self::ReadList
            | Self::Search
            | Self::RevealNir
            | Self::Export
            | Self::Merge
            | Self::UndoMerge
            | Self::KeepApart
            | Self::ReadReject
            | Self::GiveReason
            | Self::EditContact
            | Self::AddDocument
            | Self::ReadDocument
            | Self::RemoveDocument
            | Self::OpenExceptionally
            | Self::TryExceptional
            | Self::SeeExceptional
            | Self::WriteNote
            | Self::RaiseNote
            | Self::LowerNote
            | Self::RecordRequest
            | Self::AnswerRequest
            | Self::ExtendRequest
            | Self::LiftRestriction
            | Self::AccessCopy
            | Self::ProposePerson
            | Self::EndProposal
            | Self::ReadProposal
            | Self::AnswerProposal
            | Self::ReferPerson
            | Self::ReadReferral
            | Self::AnswerReferral
            | Self::TakeCall
            | Self::WriteAnswers
            | Self::RecordCall
            | Self::DecideOrientation
            | Self::PrintLetter
            | Self::ReadAgenda
            | Self::BookAppointment
            | Self::MoveAppointment
            | Self::CancelAppointment
            | Self::RecordAttendance
            | Self::MakeBookingLink
            | Self::AskCallBack
            | Self::AnswerCallBack
            | Self::TransferOut
            | Self::TransferIn
            | Self::CloseTransfer
            | Self::CancelTransfer => false,
        }
    }

    /// Reads [`Act::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }
}

/// Which part of a person's file was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Who they are, where they stand, how to reach them.
    Essential,
    /// Their right and the files that name them.
    Right,
    /// Who opened the file.
    Readers,
    /// The form of their telephones, e-mails and answers.
    Contacts,
    /// Their timeline, by the API.
    Events,
    /// The list of their documents.
    Documents,
    /// The screen of the call.
    Call,
    /// Their appointments.
    Appointments,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 8] = [
        Self::Essential,
        Self::Right,
        Self::Readers,
        Self::Contacts,
        Self::Events,
        Self::Documents,
        Self::Call,
        Self::Appointments,
    ];

    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Essential => "essential",
            Self::Right => "right",
            Self::Readers => "readers",
            Self::Contacts => "contacts",
            Self::Events => "events",
            Self::Documents => "documents",
            Self::Call => "call",
            Self::Appointments => "appointments",
        }
    }

    /// Reads [`Part::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_has_its_own_word_and_is_read_again() {
        for act in Act::ALL {
            assert_eq!(Act::parse(act.code()), Some(act));
        }
        let mut codes = Act::ALL.map(Act::code).to_vec();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Act::ALL.len());
    }

    #[test]
    fn an_administrator_never_reads_who_opened_a_file() {
        for act in [Act::ReadPerson, Act::Search, Act::RevealNir, Act::Export, Act::GiveReason, Act::Merge] {
            assert!(!act.is_technical(), "{act:?}");
        }
        assert!(Act::SignIn.is_technical() && Act::CreateToken.is_technical() && Act::Import.is_technical());
    }
}
