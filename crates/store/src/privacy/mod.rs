//! Privacy: who is archived, who is anonymous, what has expired.

pub mod ends;
pub mod expiry;
mod outlived;

pub use outlived::outlived;
