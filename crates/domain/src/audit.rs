//! What the journal records: who did what to which file, when, in which role and for which reason.

mod part;

pub use part::Part;
use serde::{Deserialize, Serialize};

/// The acts, each with the word of the journal.
macro_rules! acts {
    ($($(#[$each:meta])* $act:ident = $code:literal,)+) => {
        /// The acts written in the journal by this step of the product.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Act { $($(#[$each])* $act),+ }

        impl Act {
            /// Every act.
            pub const ALL: [Self; [$($code),+].len()] = [$(Self::$act),+];

            /// The word of the database.
            pub fn code(self) -> &'static str {
                match self { $(Self::$act => $code),+ }
            }
        }
    };
}

acts! {
    /// A session began.
    SignIn = "sign_in",
    /// A session ended.
    SignOut = "sign_out",
    /// A file was brought in, whatever its fate.
    Import = "import",
    /// The page of a person was opened.
    ReadPerson = "read_person",
    /// The people behind a number, or a list, were opened.
    ReadList = "read_list",
    /// A search was made; the words are not kept.
    Search = "search",
    /// A NIR was shown in clear.
    RevealNir = "reveal_nir",
    /// A list was taken away.
    Export = "export",
    /// Two records were merged.
    Merge = "merge",
    /// A merge was undone.
    UndoMerge = "undo_merge",
    /// Two records were said to be two people.
    KeepApart = "keep_apart",
    /// A raw reject was read.
    ReadReject = "read_reject",
    /// A phone, an e-mail, a language or a consent was changed by hand.
    EditContact = "edit_contact",
    /// A setting was changed.
    EditSettings = "edit_settings",
    /// An account was created.
    CreateUser = "create_user",
    /// A token was created.
    CreateToken = "create_token",
    /// An account was proposed.
    ProposeUser = "propose_user",
    /// A proposed account was accepted or declined.
    DecideProposal = "decide_proposal",
    /// A role was given, or its last day set.
    EditRole = "edit_role",
    /// An account was closed.
    DisableUser = "disable_user",
    /// An account was opened again.
    EnableUser = "enable_user",
    /// A token was replaced.
    RotateToken = "rotate_token",
    /// A token was made worthless.
    RevokeToken = "revoke_token",
    /// The file of somebody who is not followed was opened for half an hour.
    OpenExceptionally = "open_exceptionally",
    /// An exceptional access was asked for, and nobody had exactly that identity.
    TryExceptional = "try_exceptional",
    /// A team lead or the DPO read of an exceptional access.
    SeeExceptional = "see_exceptional",
    /// A note was written or corrected.
    WriteNote = "write_note",
    /// A note was opened to more readers.
    RaiseNote = "raise_note",
    /// A note was kept for fewer readers.
    LowerNote = "lower_note",
    /// A password was chosen.
    SetPassword = "set_password",
    /// An account was linked to a person known to the OpenID provider.
    LinkIdentity = "link_identity",
    /// A reason was written to open files outside one's caseload.
    GiveReason = "give_reason",
    /// A database was restored from a backup.
    Restore = "restore",
    /// Sealed values pass from one secret to the next.
    RotateKeys = "rotate_keys",
    /// What had outlived its time was archived, made anonymous or deleted.
    Retention = "retention",
    /// The whole journal was read again, to know whether it holds.
    VerifyJournal = "verify_journal",
    /// The oldest rows of the journal went, by whole sealed blocks.
    ExpireJournal = "expire_journal",
    /// A document was added to a person's file.
    AddDocument = "add_document",
    /// A document was taken away.
    ReadDocument = "read_document",
    /// A document was removed.
    RemoveDocument = "remove_document",
    /// A sign-in failed; whose account it was, when there is one.
    SignInFailed = "sign_in_failed",
    /// Failures closed an account for a while.
    LockSignIn = "lock_sign_in",
    /// Somebody signed in proved again who they are, before a sensitive act.
    ProveAgain = "prove_again",
    /// A second proof was wrong: a code, or the password asked again.
    ProofFailed = "proof_failed",
    /// Somebody ended another session of theirs.
    RevokeSession = "revoke_session",
    /// A link to choose another password was made for whoever asked.
    AskPasswordReset = "ask_password_reset",
    /// A second factor was set up.
    EnrolSecondFactor = "enrol_second_factor",
    /// A second factor was removed, by its holder or by an administrator.
    RemoveSecondFactor = "remove_second_factor",
    /// New recovery codes replaced the old ones.
    MakeRecoveryCodes = "make_recovery_codes",
    /// What somebody asks about their data was recorded.
    RecordRequest = "record_request",
    /// It was answered.
    AnswerRequest = "answer_request",
    /// It was given two more months.
    ExtendRequest = "extend_request",
    /// Frozen data may be used again.
    LiftRestriction = "lift_restriction",
    /// The copy of everything held on somebody was made.
    AccessCopy = "access_copy",
    /// A person was proposed to a structure.
    ProposePerson = "propose_person",
    /// A proposal was ended.
    EndProposal = "end_proposal",
    /// Somebody of the structure read what a proposal tells of the person.
    ReadProposal = "read_proposal",
    /// A structure answered a proposal.
    AnswerProposal = "answer_proposal",
    /// Somebody was addressed to the platform.
    ReferPerson = "refer_person",
    /// Somebody of the platform, or who follows the person, read who addressed them and why.
    ReadReferral = "read_referral",
    /// Who addressed somebody was answered.
    AnswerReferral = "answer_referral",
    /// Somebody was reserved for a call, or given back to the queue.
    TakeCall = "take_call",
    /// Answers of a call were written.
    WriteAnswers = "write_answers",
    /// A call ended, or nobody answered.
    RecordCall = "record_call",
    /// A path, an organisation and a referent were decided.
    DecideOrientation = "decide_orientation",
    /// A path was closed, kept, opened again or reviewed; a decision was contested, or that was answered.
    RecordPath = "record_path",
    /// Fields of a diagnosis were written, or a conflict was settled.
    WriteDiagnosis = "write_diagnosis",
    /// One's own text of a diagnosis was opened to more readers.
    RaiseDiagnosis = "raise_diagnosis",
    /// A side said that a diagnosis is complete, or writes again.
    CompleteDiagnosis = "complete_diagnosis",
    /// The diagnosis was made to be handed to the person.
    PrintDiagnosis = "print_diagnosis",
    /// An action was decided, changed or ended.
    PlanAction = "plan_action",
    /// Somebody was proposed for a programme, answered, or what they do there changed.
    RecordEnrolment = "record_enrolment",
    /// A contact with the person, or an attempt, was written.
    RecordContact = "record_contact",
    /// A contract was written, signed, validated, sent back, ended.
    RecordContract = "record_contract",
    /// A return to work was written, news were taken, it ended.
    RecordOutcome = "record_outcome",
    /// A contract was made to be printed.
    PrintContract = "print_contract",
    /// The letter that notifies a decision was made.
    PrintLetter = "print_letter",
    /// An e-mail or a text message left for somebody.
    SendMessage = "send_message",
    /// What could not be sent was dealt with by a professional.
    HandleMessage = "handle_message",
    /// Learnt from a server or a provider what became of a message.
    LearnMessage = "learn_message",
    /// A questionnaire, rules or a message were changed.
    EditCatalogue = "edit_catalogue",
    /// What was booked was looked at: a day, a week, the list of a place.
    ReadAgenda = "read_agenda",
    /// An appointment was booked.
    BookAppointment = "book_appointment",
    /// An appointment was moved.
    MoveAppointment = "move_appointment",
    /// An appointment was cancelled.
    CancelAppointment = "cancel_appointment",
    /// How an appointment went was written down.
    RecordAttendance = "record_attendance",
    /// Opening hours, an absence or a secret feed were changed.
    EditOpenings = "edit_openings",
    /// A link by which a person books by themselves was made, or ended.
    MakeBookingLink = "make_booking_link",
    /// A wave of invitations was made, or stopped.
    InviteWave = "invite_wave",
    /// A person asked by their link to be called.
    AskCallBack = "ask_call_back",
    /// Somebody wrote what came of a call that was asked for.
    AnswerCallBack = "answer_call_back",
    /// The file that passes a person to another département was made.
    TransferOut = "transfer_out",
    /// A person was received from another département.
    TransferIn = "transfer_in",
    /// Somebody said that a person who left arrived.
    CloseTransfer = "close_transfer",
    /// Somebody said that a person did not leave.
    CancelTransfer = "cancel_transfer",
}

impl Act {
    /// True for what concerns the program and its accounts, and nobody's file: what an administrator may read
    /// (`rules.md` § 4, journal).
    pub fn is_technical(self) -> bool {
        // Whoever adds an act leaves it out of here unless it tells nothing of anybody followed.
        matches!(
            self,
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
                | Self::EditOpenings
        )
    }

    /// Reads [`Act::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
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
