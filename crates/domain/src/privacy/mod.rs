//! Privacy: how long what is known is kept, which documents are accepted.

pub mod document;
pub mod retention;
