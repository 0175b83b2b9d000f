//! Privacy: who is archived, who is anonymous, what has expired; the documents of people and their sealed bytes.

pub mod document;
pub mod ends;
pub mod expiry;
pub mod objects;
mod outlived;
pub mod sealed;

pub use outlived::outlived;
