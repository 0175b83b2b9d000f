//! What comes back of what was sent: the reports of providers of text messages, and the mail that servers send back.

mod bounce;
mod report;

pub use bounce::{Bounce, BounceError, MOST_BYTES, Recipient, ServerAction, read_bounce};
pub use report::{Mapping, Told, UnreadableReport, read_reports};
