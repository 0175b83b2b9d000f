//! People: lists, one person's file, search.

pub mod contact;
pub mod due;
pub mod list;
pub mod nir;
pub mod person;
pub mod search;

use store::StoreError;

use crate::access::Refused;

/// Why a person or a list is not shown.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Nobody of this key for this actor; said the same whether the person exists or not.
    #[error("Cette personne n’existe pas, ou vous n’avez pas à la voir.")]
    Unknown,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
