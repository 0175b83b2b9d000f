//! People: lists, one person's file, search.

pub mod contact;
pub mod due;
mod file;
pub mod list;
pub mod nir;
pub mod notes;
pub mod person;
pub mod proposal;
pub mod search;
mod subject;
pub mod transfer;

use store::StoreError;
use store::people::PersonRow;
use store::sealed::FRANCE_TRAVAIL;

use crate::Context;
use crate::access::Refused;

pub(crate) use subject::{Subject, subject};

/// Why a person or a list is not shown.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Nobody of this key for this actor; said the same whether the person exists or not.
    #[error("Cette personne n’existe pas, ou vous n’avez pas à la voir.")]
    Unknown,
    /// Somebody whom the actor would see, had they not asked that their data be frozen (RGPD, art. 18).
    #[error(
        "Cette personne a demandé que ses données ne servent plus. Elles sont gardées ; le délégué à la protection des données seul les voit."
    )]
    Frozen,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The number by which France Travail knows a person.
///
/// # Errors
/// When it cannot be read with the keys of the département.
pub(crate) fn france_travail(ctx: &Context, row: &PersonRow) -> Result<Option<String>, StoreError> {
    let sealed = row.france_travail_sealed.as_ref();
    sealed.map(|sealed| ctx.db().keys().decrypt_text(FRANCE_TRAVAIL.place, sealed)).transpose()
}
