//! Programmes, courses and contacts in words.

use domain::followup::contact::{Means, Outcome, Subject};
use domain::programmes::admission::Reply;
use domain::programmes::course::{ExitReason, Kind, PauseReason, RefusalReason, Stage};

use super::say;
use crate::view::parts::{Tag, Tone};

/// Where a course stands.
pub fn stage(stage: Stage) -> Tag {
    let (key, tone) = match stage {
        Stage::Prescribed => ("words-stage-prescribed", Tone::Soon),
        Stage::Waiting => ("words-stage-waiting", Tone::Info),
        Stage::Active => ("words-stage-active", Tone::Ok),
        Stage::Paused(_) => ("words-stage-paused", Tone::Info),
        Stage::Over(Kind::Refused) => ("words-stage-refused", Tone::Neutral),
        Stage::Over(Kind::Declined) => ("words-stage-declined", Tone::Neutral),
        Stage::Over(Kind::Withdrawn) => ("words-stage-withdrawn", Tone::Neutral),
        Stage::Over(_) => ("words-stage-exited", Tone::Neutral),
    };
    Tag::new(say(key), tone)
}

/// The word of a stage that the database keeps.
pub fn stage_code(code: &str) -> Option<String> {
    Some(say(match code {
        "prescribed" => "words-stage-prescribed",
        "waiting" => "words-stage-waiting",
        "active" => "words-stage-active",
        "paused" => "words-stage-paused",
        "refused" => "words-stage-refused",
        "declined" => "words-stage-declined",
        "withdrawn" => "words-stage-withdrawn",
        "exited" => "words-stage-exited",
        _ => return None,
    }))
}

/// What was recorded of a course.
pub fn course_act(kind: Kind) -> String {
    say(match kind {
        Kind::Prescribed => "words-course-prescribed",
        Kind::Waiting => "words-course-waiting",
        Kind::Enrolled => "words-course-enrolled",
        Kind::Refused => "words-course-refused",
        Kind::Declined => "words-course-declined",
        Kind::Withdrawn => "words-course-withdrawn",
        Kind::Renewed => "words-course-renewed",
        Kind::RenewalAsked => "words-course-renewal-asked",
        Kind::RenewalDenied => "words-course-renewal-denied",
        Kind::Paused => "words-course-paused",
        Kind::Resumed => "words-course-resumed",
        Kind::Exited => "words-course-exited",
        Kind::Point => "words-course-point",
    })
}

/// Why somebody is not taken now.
pub fn refusal(reason: RefusalReason) -> String {
    say(match reason {
        RefusalReason::Travel => "words-refusal-travel",
        RefusalReason::Availability => "words-refusal-availability",
        RefusalReason::Language => "words-refusal-language",
        RefusalReason::OtherFirst => "words-refusal-other-first",
        RefusalReason::Public => "words-refusal-public",
        RefusalReason::NoPlace => "words-refusal-no-place",
        RefusalReason::Other => "words-path-other",
    })
}

/// Why contacts stop for a time.
pub fn pause(reason: PauseReason) -> String {
    say(match reason {
        PauseReason::Health => "words-pause-health",
        PauseReason::Family => "words-pause-family",
        PauseReason::Training => "words-pause-training",
        PauseReason::Away => "words-pause-away",
        PauseReason::Other => "words-path-other",
    })
}

/// Why somebody leaves.
pub fn exit(reason: ExitReason) -> String {
    say(match reason {
        ExitReason::Job => "words-exit-job",
        ExitReason::Training => "words-exit-training",
        ExitReason::Finished => "words-exit-finished",
        ExitReason::OtherProgramme => "words-exit-other-programme",
        ExitReason::Request => "words-end-request",
        ExitReason::Moved => "words-end-moved",
        ExitReason::RightClosed => "words-end-right-closed",
        ExitReason::Lost => "words-end-lost",
        ExitReason::PathEnded => "words-exit-path-ended",
        ExitReason::Other => "words-path-other",
    })
}

/// The reason of an act of a course, by its code.
pub fn course_reason(kind: Kind, code: &str) -> Option<String> {
    match kind {
        Kind::Refused => RefusalReason::parse(code).map(refusal),
        Kind::Paused => PauseReason::parse(code).map(pause),
        Kind::Exited | Kind::Withdrawn => ExitReason::parse(code).map(exit),
        Kind::Point if code.is_empty() => Some(say("words-point-held")),
        Kind::Point => Some(say("programmes-point-needless")),
        _ => None,
    }
}

/// The answer to a condition.
pub fn reply(reply: Reply) -> String {
    say(match reply {
        Reply::Yes => "words-reply-yes",
        Reply::No => "words-reply-no",
        Reply::Unknown => "words-reply-unknown",
    })
}

/// How a contact was held.
pub fn means(means: Means) -> String {
    say(match means {
        Means::Phone => "words-means-phone",
        Means::Meeting => "words-means-meeting",
        Means::Visit => "words-means-visit",
        Means::Message => "words-means-message",
        Means::Workshop => "words-means-workshop",
    })
}

/// What came of it.
pub fn outcome(outcome: Outcome) -> String {
    say(match outcome {
        Outcome::Held => "words-outcome-held",
        Outcome::Unanswered => "words-outcome-unanswered",
        Outcome::MessageLeft => "words-outcome-message-left",
        Outcome::Absent => "words-outcome-absent",
    })
}

/// What it was about.
pub fn subject(subject: Subject) -> String {
    say(match subject {
        Subject::Situation => "words-subject-situation",
        Subject::Work => "words-subject-work",
        Subject::Training => "words-subject-training",
        Subject::Mobility => "words-subject-mobility",
        Subject::Social => "words-subject-social",
        Subject::Contract => "words-subject-contract",
        Subject::AtWork => "words-subject-at-work",
        Subject::Other => "words-subject-other",
    })
}
