//! Returns to work in words.

use domain::outcomes::outcome::{Act, CloseReason, EndReason, Going, Kind, Stage, Work};
use domain::outcomes::plan::Check;
use domain::outcomes::retention::Kept;

use super::say;
use crate::i18n::{Lang, text};
use crate::view::parts::{Tag, Tone};

/// What it is.
pub fn kind(kind: Kind) -> String {
    say(match kind {
        Kind::Job => "words-outcome-job",
        Kind::Iae => "words-outcome-iae",
        Kind::Training => "words-outcome-training",
        Kind::Business => "words-outcome-business",
        Kind::Volunteering => "words-outcome-volunteering",
    })
}

/// The contract of work.
pub fn work(work: Work) -> String {
    say(match work {
        Work::Permanent => "words-work-permanent",
        Work::FixedTerm => "words-work-fixed-term",
        Work::Temporary => "words-work-temporary",
        Work::Insertion => "words-work-insertion",
        Work::Apprenticeship => "words-work-apprenticeship",
        Work::Seasonal => "words-work-seasonal",
        Work::Other => "words-work-other",
    })
}

/// Where it stands; `closed`: news are not taken any more.
pub fn stage(stage: Stage, closed: bool) -> Tag {
    let (key, tone) = match stage {
        Stage::Announced => ("words-outcome-announced", Tone::Soon),
        Stage::Open if closed => ("words-outcome-open-closed", Tone::Neutral),
        Stage::Open => ("words-outcome-open", Tone::Ok),
        Stage::Ended => ("words-outcome-ended", Tone::Neutral),
        Stage::NotStarted => ("words-outcome-not-started", Tone::Neutral),
        Stage::Unknown => ("words-outcome-unknown", Tone::Neutral),
        Stage::Withdrawn => ("words-outcome-withdrawn", Tone::Neutral),
    };
    Tag::new(say(key), tone)
}

/// What was recorded.
pub fn act(act: Act) -> String {
    say(match act {
        Act::Started => "words-outcome-act-started",
        Act::NotStarted => "words-outcome-act-not-started",
        Act::News => "words-outcome-act-news",
        Act::Extended => "words-outcome-act-extended",
        Act::Ended => "words-outcome-act-ended",
        Act::Closed => "words-outcome-act-closed",
        Act::Withdrawn => "words-outcome-act-withdrawn",
    })
}

/// How it goes.
pub fn going(going: Going) -> String {
    say(match going {
        Going::Well => "words-going-well",
        Going::Fragile => "words-going-fragile",
    })
}

/// Why it is over.
pub fn end(reason: EndReason) -> String {
    say(match reason {
        EndReason::Term => "words-outcome-end-term",
        EndReason::Better => "words-outcome-end-better",
        EndReason::Trial => "words-outcome-end-trial",
        EndReason::Resigned => "words-outcome-end-resigned",
        EndReason::Dismissed => "words-outcome-end-dismissed",
        EndReason::Health => "words-outcome-end-health",
        EndReason::Constraint => "words-outcome-end-constraint",
        EndReason::Other => "words-outcome-end-other",
    })
}

/// Why news are not taken any more.
pub fn close(reason: CloseReason) -> String {
    say(match reason {
        CloseReason::Request => "words-outcome-close-request",
        CloseReason::Lost => "words-outcome-close-lost",
        CloseReason::PathEnded => "words-outcome-close-path-ended",
        CloseReason::Replaced => "words-outcome-close-replaced",
        CloseReason::Other => "words-outcome-end-other",
    })
}

/// The reason of an act, whichever kind it is.
pub fn reason(code: &str) -> Option<String> {
    EndReason::parse(code).map(end).or_else(|| CloseReason::parse(code).map(close))
}

/// « Mois 3 », « Jour 7 ».
pub fn check(check: Check) -> String {
    match check {
        Check::Days(n) => text(Lang::Fr, "words-check-day").n("n", i64::from(n)).to_string(),
        Check::Months(n) => text(Lang::Fr, "words-check-month").n("n", i64::from(n)).to_string(),
    }
}

/// Whether somebody was at work after so many months.
pub fn kept(kept: Kept) -> Option<String> {
    match kept {
        Kept::Yes => Some(say("words-kept-yes")),
        Kept::No => Some(say("words-kept-no")),
        Kept::Unknown => Some(say("words-kept-unknown")),
        Kept::NotYet => None,
    }
}

/// The words of what the database keeps, for the copy that a person asks for.
pub mod coded {
    use super::{Act, Check, Going, Kind, Stage, Work};

    /// What it is.
    pub fn kind(code: &str) -> Option<String> {
        Kind::parse(code).map(super::kind)
    }

    /// The contract of work.
    pub fn work(code: &str) -> Option<String> {
        Work::parse(code).map(super::work)
    }

    /// Where it stands.
    pub fn stage(code: &str) -> Option<String> {
        let all = [
            Stage::Announced,
            Stage::Open,
            Stage::Ended,
            Stage::NotStarted,
            Stage::Unknown,
            Stage::Withdrawn,
        ];
        all.into_iter().find(|one| one.code() == code).map(|one| super::stage(one, false).label)
    }

    /// What was recorded.
    pub fn act(code: &str) -> Option<String> {
        Act::parse(code).map(super::act)
    }

    /// How it goes.
    pub fn going(code: &str) -> Option<String> {
        Going::parse(code).map(super::going)
    }

    /// Why it is over, or why news are not taken any more.
    pub fn reason(code: &str) -> Option<String> {
        super::reason(code)
    }

    /// One moment, or all those of a plan.
    pub fn moments(codes: &str) -> Option<String> {
        let all: Option<Vec<String>> =
            codes.split(',').map(|code| Check::parse(code).map(super::check)).collect();
        all.map(|all| all.join(", "))
    }
}
