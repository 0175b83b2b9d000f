//! Orientation: who waits, the call, what the rules propose, what somebody decides.
//!
//! ```text
//! queue ── take_next, take ──▶ a lease ── save_answers ──▶ recommendation ── decide ──▶ decision, referent, oriented
//!   ▲                             │
//!   └── record_attempt, give_back ┘
//! ```
//! `refer` brings somebody into the queue; `decide` or `answer_referral` answers who sent them.
//!
//! A lease is a row that ends by itself: an operator whose browser closes loses nothing, and nobody waits for them for more
//! than half an hour.

mod answers;
mod attempt;
mod call;
mod candidates;
mod catalogues;
mod decide;
mod desk;
mod facts;
mod first;
mod letter;
mod list;
mod referral;
mod replay;
mod reserve;
mod simulate;

pub(crate) use answers::answers_in_words;
pub use answers::{AnswersError, AnswersInput, Saved, save_answers};
pub use attempt::{AttemptError, AttemptInput, record_attempt};
pub(crate) use call::told;
pub use call::{CallScreen, Told, open_call, open_decision};
pub(crate) use candidates::candidates;
pub use candidates::{Candidate, OfSector, Place};
pub(crate) use catalogues::parameter_values;
pub use catalogues::{
    CatalogueError, CatalogueKind, Catalogues, catalogues, publish, version_text, versions,
};
pub use decide::{DecideError, DecisionInput, decide};
pub use desk::{Desk, Waiting, Within, desk, to_call};
pub use first::FirstAppointment;
pub use letter::{LetterRefused, decision_letter};
pub use list::{only_to_orient, to_orient, urgencies};
pub(crate) use referral::of_person as referrals_of;
pub use referral::{
    AnswerReferralError, Received, ReferError, ReferralInput, Sent, TypedIdentity, answer_referral,
    count_referrals, open_referral, refer, referrals_received, referrals_sent, referrals_waiting,
};
pub use replay::{Difference, Replay, replay};
pub use reserve::{Held, TakeError, give_back, take, take_next};
pub use simulate::{SimulateError, Simulated, simulate};
pub use store::orientation::call::AttemptRow;
