//! Nobody is forgotten: where a person stands, and what is due next, for whom to act, before which date.

pub mod act;
pub mod contact;
pub mod due;
pub mod forgotten;
pub mod masking;
pub mod may;
pub mod path;

#[cfg(test)]
mod invariant;
