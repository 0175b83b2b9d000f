//! Letters that wait to leave.

mod mail;

pub use mail::*;
