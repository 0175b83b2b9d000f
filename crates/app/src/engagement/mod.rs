//! The contract: written together, signed by each, validated where the programme asks, renewed, ended; those of before 2025
//! that are still to be replaced.
//!
//! ```text
//! proposed ──▶ draft ──▶ sign (one's own, or on paper) ──▶ decide (validate, send back) ──▶ in force ──▶ change (end, hours)
//! record_old ───────────────────────────┴──── an act, added ──▶ restate ──▶ state and due steps of the person
//! turn: what begins or ends by itself, each day
//! ```
//! A text that somebody signed is never changed, and nothing is broken by a rule: people end contracts.

mod change;
mod draft;
mod old;
mod paper;
mod propose;
mod record;
mod restate;
mod sign;
mod told;
mod worklist;

pub use change::{ChangeInput, change};
pub use draft::{DraftInput, draft};
pub use old::{OldInput, record_old};
pub use paper::{Paper, print};
pub use propose::{Planned, Proposed, proposed};
pub use record::ContractError;
pub use restate::turn;
pub use sign::{HandInput, sign, sign_by_hand};
pub use told::{ContractAct, ContractTold, Rights, Signed};
pub use worklist::{Asked, NAMED, Worklist, worklist};

pub(crate) use change::end_contracts;
pub(crate) use restate::{forget, on_record, restate};
pub(crate) use told::told;
