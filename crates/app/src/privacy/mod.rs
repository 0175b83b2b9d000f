//! Privacy: the keys of what is sealed, how long what is known is kept.

pub mod keys;
pub mod retention;
