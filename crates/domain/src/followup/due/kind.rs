//! The kinds of step.

use serde::{Deserialize, Serialize};

/// The kinds of step known so far; the words are those of `rules.md` § 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Orient the person.
    Orient,
    /// Name somebody who follows the person.
    AssignReferent,
    /// Meet the person for the first time.
    FirstAppointment,
    /// Sign the contract.
    Contract,
    /// The right is closed and somebody still follows them.
    CloseOrKeep,
    /// Make sure that somebody who left arrived in the other département.
    ConfirmTransfer,
    /// They did not come: call them.
    CallBack,
    /// Look at the situation again.
    Review,
    /// Answer a contest.
    AnswerContest,
    /// Do an action of the plan, or see that it is done.
    DoAction,
    /// Answer a prescription, or look at the waiting list again.
    AnswerPrescription,
    /// Meet somebody who entered a programme.
    FirstMeeting,
    /// Make the diagnosis that the programme asks for, each for their side.
    Diagnose,
    /// See or call them again.
    Contact,
    /// Hold a point that the programme sets on the way.
    Milestone,
    /// A pause ends: contacts go on.
    EndOfPause,
    /// The programme or the contract ends: renew it, or prepare what follows.
    RenewOrEnd,
    /// Answer who asks that the programme goes on.
    DecideRenewal,
    /// Replace a contract of before 2025.
    ConvertContract,
    /// Validate a contract that was signed, or send it back.
    ValidateContract,
    /// Fewer hours end: look at them again.
    ReviewHours,
    /// Take news of somebody who went back to work.
    RetentionCheck,
    /// A contact that was agreed with somebody who went back to work, or whose work has just ended.
    AgreedContact,
    /// Something was to begin: say whether it did.
    ConfirmStart,
    /// An end that was known in advance: ask what follows.
    AskAtEnd,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 25] = [
        Self::Orient,
        Self::AssignReferent,
        Self::FirstAppointment,
        Self::Contract,
        Self::CloseOrKeep,
        Self::ConfirmTransfer,
        Self::CallBack,
        Self::Review,
        Self::AnswerContest,
        Self::DoAction,
        Self::AnswerPrescription,
        Self::FirstMeeting,
        Self::Diagnose,
        Self::Contact,
        Self::Milestone,
        Self::EndOfPause,
        Self::RenewOrEnd,
        Self::DecideRenewal,
        Self::ConvertContract,
        Self::ValidateContract,
        Self::ReviewHours,
        Self::RetentionCheck,
        Self::AgreedContact,
        Self::ConfirmStart,
        Self::AskAtEnd,
    ];

    /// The word of the database and of filters.
    pub fn code(self) -> &'static str {
        match self {
            Self::Orient => "orient",
            Self::AssignReferent => "assign_referent",
            Self::FirstAppointment => "first_appointment",
            Self::Contract => "contract",
            Self::CloseOrKeep => "close_or_keep",
            Self::ConfirmTransfer => "confirm_transfer",
            Self::CallBack => "call_back",
            Self::Review => "review",
            Self::AnswerContest => "answer_contest",
            Self::DoAction => "do_action",
            Self::AnswerPrescription => "answer_prescription",
            Self::FirstMeeting => "first_meeting",
            Self::Diagnose => "diagnose",
            Self::Contact => "contact",
            Self::Milestone => "milestone",
            Self::EndOfPause => "end_of_pause",
            Self::RenewOrEnd => "renew_or_end",
            Self::DecideRenewal => "decide_renewal",
            Self::ConvertContract => "convert_contract",
            Self::ValidateContract => "validate_contract",
            Self::ReviewHours => "review_hours",
            Self::RetentionCheck => "retention_check",
            Self::AgreedContact => "agreed_contact",
            Self::ConfirmStart => "confirm_start",
            Self::AskAtEnd => "ask_at_end",
        }
    }

    /// The word of the API, that of `rules.md` § 2: a dated action awaited from somebody is a task; the end of a programme is
    /// prepared by the referent, then by the team lead, under one word.
    pub fn rule(self) -> &'static str {
        match self {
            Self::ConfirmTransfer
            | Self::AnswerContest
            | Self::DoAction
            | Self::ValidateContract
            | Self::ReviewHours
            | Self::AgreedContact
            | Self::ConfirmStart
            | Self::AskAtEnd => "task",
            Self::DecideRenewal => "renew_or_end",
            other => other.code(),
        }
    }

    /// Reads [`Kind::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// A team owes it, even when somebody follows the person.
    pub fn is_of_a_team(self) -> bool {
        matches!(
            self,
            Self::Orient
                | Self::AssignReferent
                | Self::ConfirmTransfer
                | Self::AnswerContest
                | Self::AnswerPrescription
                | Self::DecideRenewal
                | Self::ValidateContract
        )
    }
}
