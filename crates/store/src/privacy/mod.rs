//! Privacy: who is archived, who is anonymous, what has expired;
//! the documents of people and their sealed bytes; what is held on somebody and what they ask.

mod bucket;
pub mod document;
pub mod ends;
pub mod expiry;
mod held;
pub mod objects;
mod outlived;
pub mod rights;
pub mod sealed;

pub use held::{HELD, HeldRows, NOT_COPIED, TOLD, columns, held};
pub use outlived::outlived;
