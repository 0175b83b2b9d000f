//! Nobody is forgotten: where a person stands, and what is due next, for whom to act, before which date.

pub mod due;
pub mod path;
