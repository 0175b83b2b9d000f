//! What leaves: letters to accounts, and what is written to people.

pub mod mail;
pub mod report;
pub mod written;
