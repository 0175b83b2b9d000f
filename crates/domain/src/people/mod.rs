//! Persons: the values that identify and reach them, as types that cannot hold nonsense.

pub mod contact;
pub mod family;
pub mod france_travail;
pub mod identity;
pub mod name;
pub mod nir;
pub mod transfer;
