//! Outcomes: a return to work, a training, a business, and the months after, in which news are taken so that a break is seen early.
//!
//! ```text
//! begin (today, or announced) ──▶ take_news ──▶ change (began, did not, goes on, ended, no longer followed, a mistake)
//!     └───────────────── an act, added ──▶ restate ──▶ `in_outcome` and due steps of the person
//! ```
//! An end opens a contact at once; a date that was written in advance says nothing of what happened: somebody asks.

mod begin;
mod change;
mod news;
mod record;
mod restate;
mod told;

pub use begin::{BeginInput, begin_outcome};
pub use change::{ChangeInput, change};
pub use news::{NewsInput, take_news};
pub use record::OutcomeError;
pub use told::{OutcomeAct, OutcomeTold};

pub(crate) use change::end_outcomes;
pub(crate) use restate::{forget, on_record, restate};
pub(crate) use told::told;
