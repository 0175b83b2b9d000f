//! Persons: one, many, found by a word.

pub mod contact;
pub mod counters;
pub mod label;
pub mod list;
pub mod note;
pub mod one;
pub mod proposal;
pub mod search;
pub mod team;
pub mod trace;
pub mod transfer;

pub use crate::entity::person::Model as PersonRow;
