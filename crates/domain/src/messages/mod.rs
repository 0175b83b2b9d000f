//! What is written to people: by which channel, when, and in words that nobody but them may read over a shoulder.

pub mod channel;
pub mod decency;
pub mod hours;
pub mod report;
pub mod sms;
pub mod state;
