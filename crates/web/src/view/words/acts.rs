//! Words of the journal.

use domain::audit::Act;

use super::say;

/// The word of each act; a test of the journal asks for all of them.
const WORDS: [(Act, &str); Act::ALL.len()] = [
    (Act::SignIn, "words-act-sign-in"),
    (Act::SignOut, "words-act-sign-out"),
    (Act::Import, "words-act-import"),
    (Act::ReadPerson, "words-act-read-person"),
    (Act::ReadList, "words-act-read-list"),
    (Act::Search, "words-act-search"),
    (Act::RevealNir, "words-act-reveal-nir"),
    (Act::Export, "words-act-export"),
    (Act::Merge, "words-act-merge"),
    (Act::UndoMerge, "words-act-undo-merge"),
    (Act::KeepApart, "words-act-keep-apart"),
    (Act::ReadReject, "words-act-read-reject"),
    (Act::EditContact, "words-act-edit-contact"),
    (Act::EditSettings, "words-act-edit-settings"),
    (Act::CreateUser, "words-act-create-user"),
    (Act::CreateToken, "words-act-create-token"),
    (Act::ProposeUser, "words-act-propose-user"),
    (Act::DecideProposal, "words-act-decide-proposal"),
    (Act::EditRole, "words-act-edit-role"),
    (Act::DisableUser, "words-act-disable-user"),
    (Act::EnableUser, "words-act-enable-user"),
    (Act::RotateToken, "words-act-rotate-token"),
    (Act::RevokeToken, "words-act-revoke-token"),
    (Act::OpenExceptionally, "words-act-open-exceptionally"),
    (Act::TryExceptional, "words-act-try-exceptional"),
    (Act::SeeExceptional, "words-act-see-exceptional"),
    (Act::WriteNote, "words-act-write-note"),
    (Act::RaiseNote, "words-act-raise-note"),
    (Act::LowerNote, "words-act-lower-note"),
    (Act::SetPassword, "words-act-set-password"),
    (Act::LinkIdentity, "words-act-link-identity"),
    (Act::GiveReason, "words-act-give-reason"),
    (Act::Restore, "words-act-restore"),
    (Act::RotateKeys, "words-act-rotate-keys"),
    (Act::Retention, "words-act-retention"),
    (Act::VerifyJournal, "words-act-verify-journal"),
    (Act::ExpireJournal, "words-act-expire-journal"),
    (Act::AddDocument, "words-act-add-document"),
    (Act::ReadDocument, "words-act-read-document"),
    (Act::RemoveDocument, "words-act-remove-document"),
    (Act::SignInFailed, "words-act-sign-in-failed"),
    (Act::LockSignIn, "words-act-lock-sign-in"),
    (Act::ProveAgain, "words-act-prove-again"),
    (Act::ProofFailed, "words-act-proof-failed"),
    (Act::RevokeSession, "words-act-revoke-session"),
    (Act::AskPasswordReset, "words-act-ask-password-reset"),
    (Act::EnrolSecondFactor, "words-act-enrol-second-factor"),
    (Act::RemoveSecondFactor, "words-act-remove-second-factor"),
    (Act::MakeRecoveryCodes, "words-act-make-recovery-codes"),
    (Act::RecordRequest, "words-act-record-request"),
    (Act::AnswerRequest, "words-act-answer-request"),
    (Act::ExtendRequest, "words-act-extend-request"),
    (Act::LiftRestriction, "words-act-lift-restriction"),
    (Act::AccessCopy, "words-act-access-copy"),
    (Act::ProposePerson, "words-act-propose-person"),
    (Act::EndProposal, "words-act-end-proposal"),
    (Act::ReadProposal, "words-act-read-proposal"),
    (Act::AnswerProposal, "words-act-answer-proposal"),
    (Act::ReferPerson, "words-act-refer-person"),
    (Act::ReadReferral, "words-act-read-referral"),
    (Act::AnswerReferral, "words-act-answer-referral"),
    (Act::TakeCall, "words-act-take-call"),
    (Act::WriteAnswers, "words-act-write-answers"),
    (Act::RecordCall, "words-act-record-call"),
    (Act::DecideOrientation, "words-act-decide-orientation"),
    (Act::RecordPath, "words-act-record-path"),
    (Act::WriteDiagnosis, "words-act-write-diagnosis"),
    (Act::RaiseDiagnosis, "words-act-raise-diagnosis"),
    (Act::CompleteDiagnosis, "words-act-complete-diagnosis"),
    (Act::PrintDiagnosis, "words-act-print-diagnosis"),
    (Act::PlanAction, "words-act-plan-action"),
    (Act::RecordEnrolment, "words-act-record-enrolment"),
    (Act::RecordContact, "words-act-record-contact"),
    (Act::RecordContract, "words-act-record-contract"),
    (Act::RecordOutcome, "words-act-record-outcome"),
    (Act::PrintContract, "words-act-print-contract"),
    (Act::PrintLetter, "words-act-print-letter"),
    (Act::SendMessage, "words-act-send-message"),
    (Act::HandleMessage, "words-act-handle-message"),
    (Act::LearnMessage, "words-act-learn-message"),
    (Act::EditCatalogue, "words-act-edit-catalogue"),
    (Act::ReadAgenda, "words-act-read-agenda"),
    (Act::BookAppointment, "words-act-book-appointment"),
    (Act::MoveAppointment, "words-act-move-appointment"),
    (Act::CancelAppointment, "words-act-cancel-appointment"),
    (Act::RecordAttendance, "words-act-record-attendance"),
    (Act::EditOpenings, "words-act-edit-openings"),
    (Act::MakeBookingLink, "words-act-make-booking-link"),
    (Act::InviteWave, "words-act-invite-wave"),
    (Act::AskCallBack, "words-act-ask-call-back"),
    (Act::AnswerCallBack, "words-act-answer-call-back"),
    (Act::TransferOut, "words-act-transfer-out"),
    (Act::TransferIn, "words-act-transfer-in"),
    (Act::CloseTransfer, "words-act-close-transfer"),
    (Act::CancelTransfer, "words-act-cancel-transfer"),
];

/// An act of the journal.
pub fn act(act: Act) -> String {
    WORDS.iter().find(|(one, _)| *one == act).map(|(_, key)| say(key)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_has_a_word() {
        for one in Act::ALL {
            assert_ne!(act(one), "", "{one:?}");
        }
    }
}
