//! What is recorded of a path, in words.

use domain::followup::act::{
    AnswerKind, CallResult, Channel, ContestKind, EndReason, KeepReason, Kind, Presence, ReviewResult,
};

use super::say;

/// What was recorded.
pub fn act(kind: Kind) -> String {
    say(match kind {
        Kind::Ended => "words-path-ended",
        Kind::Kept => "words-path-kept",
        Kind::Reopened => "words-path-reopened",
        Kind::Reviewed => "words-path-reviewed",
        Kind::Contested => "words-path-contested",
        Kind::Answered => "words-path-answered",
        Kind::Called => "words-path-called",
        Kind::HandedOver => "words-path-handed-over",
    })
}

/// Why a path ends.
pub fn end_reason(reason: EndReason) -> String {
    say(match reason {
        EndReason::RightClosed => "words-end-right-closed",
        EndReason::Resources => "words-end-resources",
        EndReason::Moved => "words-end-moved",
        EndReason::Request => "words-end-request",
        EndReason::Lost => "words-end-lost",
        EndReason::Died => "words-end-died",
        EndReason::Other => "words-path-other",
    })
}

/// Why a path goes on.
pub fn keep_reason(reason: KeepReason) -> String {
    say(match reason {
        KeepReason::Request => "words-keep-request",
        KeepReason::SoonOpen => "words-keep-soon-open",
        KeepReason::UnderWay => "words-keep-under-way",
        KeepReason::Other => "words-path-other",
    })
}

/// What a review comes to.
pub fn review_result(result: ReviewResult) -> String {
    say(match result {
        ReviewResult::Continue => "words-review-continue",
        ReviewResult::Reorient => "words-review-reorient",
        ReviewResult::End => "words-review-end",
    })
}

/// Whether the person was there.
pub fn presence(presence: Presence) -> String {
    say(match presence {
        Presence::Present => "words-presence-present",
        Presence::Without => "words-presence-without",
    })
}

/// What the person says of a decision.
pub fn contest_kind(kind: ContestKind) -> String {
    say(match kind {
        ContestKind::Refuses => "words-contest-refuses",
        ContestKind::Contests => "words-contest-contests",
    })
}

/// How they said it.
pub fn channel(channel: Channel) -> String {
    say(match channel {
        Channel::Phone => "words-said-phone",
        Channel::InPerson => "words-said-in-person",
        Channel::Letter => "words-said-letter",
        Channel::Email => "words-said-email",
    })
}

/// How a contest was answered.
pub fn answer_kind(kind: AnswerKind) -> String {
    say(match kind {
        AnswerKind::Maintained => "words-answer-maintained",
        AnswerKind::NewDecision => "words-answer-new-decision",
    })
}

/// How a call ended.
pub fn call_result(result: CallResult) -> String {
    say(match result {
        CallResult::Reached => "words-call-reached",
        CallResult::NotReached => "words-call-not-reached",
    })
}

/// The reason, the result or the way of an act of that kind, in words.
pub fn of(kind: Kind, code: &str) -> Option<String> {
    match kind {
        Kind::Ended => EndReason::parse(code).map(end_reason),
        Kind::Kept => KeepReason::parse(code).map(keep_reason),
        Kind::Reviewed => ReviewResult::parse(code).map(review_result),
        Kind::Contested => ContestKind::parse(code).map(contest_kind),
        Kind::Answered => AnswerKind::parse(code).map(answer_kind),
        Kind::Called => CallResult::parse(code).map(call_result),
        Kind::Reopened | Kind::HandedOver => None,
    }
}

/// The way an act was said or held, in words.
pub fn way(code: &str) -> Option<String> {
    Presence::parse(code).map(presence).or_else(|| Channel::parse(code).map(channel))
}
