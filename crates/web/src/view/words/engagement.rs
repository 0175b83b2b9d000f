//! Contracts in words.

use domain::engagement::contract::{EndReason, Kind, Means, Signatory, Stage};
use domain::engagement::terms::{Lighter, Nature};

use super::say;
use crate::view::parts::{Tag, Tone};

/// What kind of contract.
pub fn nature(nature: Nature) -> String {
    say(match nature {
        Nature::Engagement => "words-contract-engagement",
        Nature::Cer => "words-contract-cer",
    })
}

/// Where a contract stands. `in_force`: it binds today; `over`: its last day is past.
pub fn stage(stage: Stage, in_force: bool, over: bool) -> Tag {
    let (key, tone) = match stage {
        Stage::Draft => ("words-contract-draft", Tone::Neutral),
        Stage::Signing => ("words-contract-signing", Tone::Soon),
        Stage::Validating => ("words-contract-validating", Tone::Soon),
        Stage::Signed | Stage::Ended if in_force => ("words-contract-in-force", Tone::Ok),
        Stage::Signed if !over => ("words-contract-to-come", Tone::Info),
        Stage::Signed | Stage::Ended => ("words-contract-over", Tone::Neutral),
        Stage::Dropped => ("words-contract-dropped", Tone::Neutral),
    };
    Tag::new(say(key), tone)
}

/// Who signs.
pub fn signatory(who: Signatory) -> String {
    say(match who {
        Signatory::Person => "words-signatory-person",
        Signatory::Social => "words-signatory-social",
        Signatory::Employment => "words-signatory-employment",
    })
}

/// How a signature was given.
pub fn means(means: Means) -> String {
    say(match means {
        Means::Hand => "words-signed-hand",
        Means::Account => "words-signed-account",
    })
}

/// What was recorded.
pub fn act(kind: Kind) -> String {
    say(match kind {
        Kind::Signed => "words-contract-act-signed",
        Kind::Validated => "words-contract-act-validated",
        Kind::Returned => "words-contract-act-returned",
        Kind::HoursKept => "words-contract-act-hours",
        Kind::Ended => "words-contract-act-ended",
        Kind::Dropped => "words-contract-act-dropped",
    })
}

/// Why a contract ended.
pub fn end(reason: EndReason) -> String {
    say(match reason {
        EndReason::Job => "words-exit-job",
        EndReason::Training => "words-exit-training",
        EndReason::RightClosed => "words-end-right-closed",
        EndReason::Moved => "words-end-moved",
        EndReason::Reoriented => "words-contract-reoriented",
        EndReason::Request => "words-end-request",
        EndReason::PathEnded => "words-exit-path-ended",
        EndReason::Other => "words-path-other",
    })
}

/// Why there are fewer hours.
pub fn lighter(reason: Lighter) -> String {
    say(match reason {
        Lighter::Health => "words-lighter-health",
        Lighter::Disability => "words-lighter-disability",
        Lighter::Childcare => "words-lighter-childcare",
        Lighter::Carer => "words-lighter-carer",
        Lighter::Housing => "words-lighter-housing",
        Lighter::Travel => "words-lighter-travel",
        Lighter::Start => "words-lighter-start",
    })
}
