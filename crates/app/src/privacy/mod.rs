//! Privacy: the keys of what is sealed.

pub mod keys;
