//! Where somebody stands, what is owed to them, paths, organisations, programmes and attempts, in words.

use domain::followup::due;
use domain::followup::path::PathState;
use domain::orientation::queue::Attempt;
use domain::orientation::rules::{Organisation, Path as OrientationPath};
use domain::orientation::sector::Purpose;

use super::{Gender, say};
use crate::view::parts::StateTag;

/// « À orienter », « Connue »: the state as a tag.
pub fn state(state: PathState, gender: Gender) -> StateTag {
    let key = match state {
        PathState::Known => gender.choose("words-state-known-f", "words-state-known-m"),
        PathState::ToOrient => "words-state-to-orient",
        PathState::Oriented => gender.choose("people-step-oriented-f", "people-step-oriented-m"),
        PathState::Prescribed => gender.choose("words-state-prescribed-f", "words-state-prescribed-m"),
        PathState::Diagnosed => "words-state-diagnosed",
        PathState::Contracted => "words-state-contracted",
        PathState::InOutcome => "words-state-in-outcome",
        PathState::Enrolled => gender.choose("people-step-enrolled-f", "people-step-enrolled-m"),
        PathState::Exited => gender.choose("words-state-exited-f", "words-state-exited-m"),
        PathState::RightClosed => "words-state-right-closed",
    };
    StateTag { code: state.code().to_owned(), label: say(key) }
}

/// A state without a person: filters and counts.
pub fn state_name(state: PathState) -> String {
    say(match state {
        PathState::Known => "words-states-known",
        PathState::ToOrient => "words-state-to-orient",
        PathState::Oriented => "words-states-oriented",
        PathState::Prescribed => "words-states-prescribed",
        PathState::Enrolled => "words-states-enrolled",
        PathState::Diagnosed => "words-state-diagnosed",
        PathState::Contracted => "words-state-contracted",
        PathState::InOutcome => "words-state-in-outcome",
        PathState::Exited => "words-states-exited",
        PathState::RightClosed => "words-state-right-closed",
    })
}

/// What must be done at the next step.
pub fn due_kind(kind: due::Kind) -> String {
    say(match kind {
        due::Kind::Orient => "words-due-orient",
        due::Kind::AssignReferent => "words-due-assign-referent",
        due::Kind::FirstAppointment => "words-due-first-appointment",
        due::Kind::Contract => "words-due-contract",
        due::Kind::CloseOrKeep => "words-due-close-or-keep",
        due::Kind::ConfirmTransfer => "words-due-confirm-transfer",
        due::Kind::CallBack => "words-due-call-back",
        due::Kind::Review => "words-due-review",
        due::Kind::AnswerContest => "words-due-answer-contest",
        due::Kind::DoAction => "words-due-do-action",
        due::Kind::AnswerPrescription => "words-due-answer-prescription",
        due::Kind::FirstMeeting => "words-due-first-meeting",
        due::Kind::Diagnose => "words-due-diagnose",
        due::Kind::Contact => "words-due-contact",
        due::Kind::Milestone => "words-due-milestone",
        due::Kind::EndOfPause => "words-due-end-of-pause",
        due::Kind::DecideRenewal => "words-due-decide-renewal",
        due::Kind::RenewOrEnd => "words-due-renew-or-end",
        due::Kind::ConvertContract => "words-due-convert-contract",
        due::Kind::ValidateContract => "words-due-validate-contract",
        due::Kind::ReviewHours => "words-due-review-hours",
        due::Kind::RetentionCheck => "words-due-retention-check",
        due::Kind::AgreedContact => "words-due-agreed-contact",
        due::Kind::ConfirmStart => "words-due-confirm-start",
        due::Kind::AskAtEnd => "words-due-ask-at-end",
    })
}

/// A path that an orientation opens.
pub fn orientation_path(path: OrientationPath) -> String {
    say(match path {
        OrientationPath::Emploi => "words-orientation-emploi",
        OrientationPath::SocioProfessionnel => "words-orientation-both",
        OrientationPath::Social => "words-orientation-social",
        OrientationPath::Undetermined => "words-orientation-undetermined",
    })
}

/// For whom a sector counts.
pub fn sector_purpose(purpose: Purpose) -> String {
    match purpose {
        Purpose::Everybody => say("sectors-for-everybody"),
        Purpose::Social => say("sectors-for-social"),
        Purpose::Employment => say("sectors-for-employment"),
        Purpose::Path(path) => crate::i18n::text(crate::i18n::Lang::Fr, "sectors-for-path")
            .s("path", orientation_path(path))
            .to_string(),
    }
}

/// The organisation in charge.
pub fn organisation(organisation: Organisation) -> String {
    say(match organisation {
        Organisation::FranceTravail => "words-organisation-ft",
        Organisation::Departement => "words-organisation-cd",
        Organisation::MissionLocale => "words-organisation-ml",
        Organisation::CapEmploi => "words-organisation-ce",
        Organisation::Msa => "words-organisation-msa",
    })
}

/// The name of a programme; its code for one that the catalogue does not know.
pub fn programme(code: &str) -> String {
    domain::reference::catalogues::programme_name(code).unwrap_or(code).to_owned()
}

/// How an attempt to reach somebody ended.
pub fn attempt(attempt: Attempt) -> String {
    say(match attempt {
        Attempt::NoAnswer => "words-attempt-no-answer",
        Attempt::Voicemail => "words-attempt-voicemail",
        Attempt::CallBack => "words-attempt-call-back",
        Attempt::WrongNumber => "words-attempt-wrong-number",
        Attempt::PrefersVisit => "words-attempt-prefers-visit",
        Attempt::Refused => "words-attempt-refused",
        Attempt::Interrupted => "words-attempt-interrupted",
        Attempt::Decided => "words-attempt-decided",
    })
}
