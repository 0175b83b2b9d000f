//! Privacy: how long what is known is kept.

pub mod retention;
