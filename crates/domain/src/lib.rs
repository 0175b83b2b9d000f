//! The rules of Déclic: what the law, the payers' files and the programmes say, without any input or output.
//!
//! Nothing here is asynchronous, reads a clock or draws a random number: functions take the state, the command
//! and today's date, and answer with new facts or a typed refusal. Each module is a room of `product.md` § 4.

pub mod access;
pub mod agenda;
pub mod audit;
mod coded;
pub mod diagnosis;
pub mod engagement;
pub mod followup;
pub mod id;
pub mod intake;
pub mod messages;
pub mod orientation;
pub mod outcomes;
pub mod people;
pub mod privacy;
pub mod programmes;
pub mod prose;
pub mod time;

pub use reference;
