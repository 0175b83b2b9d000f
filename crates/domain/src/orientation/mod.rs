//! Orientation: the legal clock, the questionnaire of the call, and the rules that propose a path with their reasons.
//!
//! ```text
//! answers ──┐
//!           ├─▶ levels by theme ─▶ rules by stage ─▶ Recommendation (what, why, why not) ─▶ a person decides
//! facts  ───┘
//! ```
//! Questionnaire and rules are data of the département (`reference/catalogues/orientation/`), read by `exchange`. They
//! propose; no rule decides.

pub mod candidate;
mod clock;
pub mod condition;
pub mod decision;
pub mod questionnaire;
pub mod queue;
pub mod recommend;
pub mod referral;
pub mod rules;
pub mod sector;

pub use clock::{Deadline, Urgency, deadline};
