//! Who may be the person a file names: everybody that one of the rules of `rules.md` § 6 could point at.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::Tx;
use crate::bulk::lists;
use crate::crypto::Keys;
use crate::entity::person;
use crate::error::Result;
use crate::people::{PersonRow, contact};

/// What to look for.
#[derive(Debug, Default)]
pub struct Clues {
    /// Blind indexes of NIR.
    pub nir_indexes: Vec<Vec<u8>>,
    /// Birth dates, and those with day and month swapped, of people without a valid NIR.
    pub birth_dates: Vec<NaiveDate>,
    /// The same of people with one: two valid NIR that differ are two people (`rules.md` § 6, line 3), so that only
    /// records without any are worth reading. In a large département that is one in thousands.
    pub birth_dates_with_nir: Vec<NaiveDate>,
    /// Blind indexes of France Travail numbers.
    pub france_travail_indexes: Vec<Vec<u8>>,
    /// Phones, E.164.
    pub phones: Vec<String>,
    /// Persons of the households concerned.
    pub persons: Vec<Uuid>,
}

/// The persons that share a clue, each once, merged records included, their indexes those of the keys that write.
///
/// # Errors
/// When the database does not answer.
pub async fn candidates(keys: &Keys, tx: &Tx, mut clues: Clues) -> Result<Vec<PersonRow>> {
    let mut found: Vec<PersonRow> = Vec::new();
    clues.persons.extend(contact::holders(keys, tx, &clues.phones).await?);
    for part in lists(&clues.nir_indexes) {
        let any = person::Column::NirIndex.is_in(part.iter().map(Vec::as_slice));
        found.extend(person::Entity::find().filter(any).all(tx).await?);
    }
    for part in lists(&clues.birth_dates) {
        let any = person::Column::BirthDate.is_in(part.iter().copied());
        found.extend(person::Entity::find().filter(any).all(tx).await?);
    }
    for part in lists(&clues.birth_dates_with_nir) {
        let any = person::Column::BirthDate.is_in(part.iter().copied());
        found.extend(
            person::Entity::find().filter(any).filter(person::Column::NirIndex.is_null()).all(tx).await?,
        );
    }
    for part in lists(&clues.france_travail_indexes) {
        let any = person::Column::FranceTravailIndex.is_in(part.iter().map(Vec::as_slice));
        found.extend(person::Entity::find().filter(any).all(tx).await?);
    }
    clues.persons.sort_unstable();
    clues.persons.dedup();
    for part in lists(&clues.persons) {
        let any = person::Column::Id.is_in(part.iter().copied());
        found.extend(person::Entity::find().filter(any).all(tx).await?);
    }
    found.sort_unstable_by_key(|p| p.id);
    found.dedup_by_key(|p| p.id);
    for row in &mut found {
        crate::sealed::renew(keys, row)?;
    }
    Ok(found)
}
