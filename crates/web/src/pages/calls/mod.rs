//! The call desk: the queue, the call on one screen, the end of an attempt, the decision.

mod advice;
mod decide;
mod desk;
mod letter;
mod panel;
mod screen;

pub use decide::{decide_call, decide_without_call, without_call};
pub use desk::{desk, next};
pub use letter::letter;
pub(super) use panel::{decision_title, panel};
pub use screen::{attempt, call, give_back, save, take};

use app::orientation::TakeError;

use crate::respond::Fail;

/// A refusal that is a page; the sentence of the others, which the screen shows.
fn refused(error: TakeError) -> Result<String, Fail> {
    match error {
        TakeError::People(error) => Err(error.into()),
        other => Ok(other.to_string()),
    }
}
