//! What the département sets: territories, structures, sectors and dated parameters.

mod edit_letters;
mod edit_mentions;
mod edit_sectors;
mod edit_structures;
mod edit_territories;
mod sector_table;
mod security;
mod seed;
mod structure_capacity;
pub(crate) mod versions;

pub use edit_letters::{LETTER_FIELDS, LetterField, LettersError, SHORT_NAME, edit_letters, letters};
pub use edit_mentions::{Mentions, MentionsError, edit_mentions, mentions};
pub(crate) use edit_sectors::named as communes_named;
pub use edit_sectors::{
    Holder, HolderInput, Holders, LAST_PRIORITY, Sector, SectorError, SectorInput, Sectors, add_holder,
    end_holder, possible_holders, remove_sector, save_sector, sectors,
};
pub use edit_structures::{
    Structure, StructureError, StructureInput, open_structures, save_structure, structure_names, structures,
};
pub use edit_territories::{TerritoryError, add_territory, move_commune, rename_territory};
pub use sector_table::{SectorTableError, import_sectors, sectors_csv};
pub use security::{Security, SecurityError, edit_security, security};
pub use seed::seed;
pub use structure_capacity::{MOST_IN_STRUCTURE, set_structure_capacity, structure_loads};
pub use versions::{Draft, Version, VersionError};

use std::collections::HashMap;

use domain::audit::Act;
use serde_json::json;
pub use store::settings::{Parameter, Territory};
use store::{StoreError, Tx};

use crate::{Context, audit};

/// The territories of the département, by name, with the number of their communes.
///
/// # Errors
/// When the database does not answer.
pub async fn territories(ctx: &Context) -> Result<Vec<Territory>, StoreError> {
    store::settings::territories(ctx.db()).await
}

/// Which territory each commune belongs to, by INSEE code.
///
/// # Errors
/// When the database does not answer.
pub async fn territory_of(ctx: &Context) -> Result<HashMap<String, String>, StoreError> {
    store::settings::territory_of(ctx.db()).await
}

/// The value of a parameter in force today: the département's, else that of the law or the service.
///
/// # Errors
/// When the database does not answer.
pub async fn value_today(ctx: &Context, key: &str) -> Result<Option<String>, StoreError> {
    store::settings::value_at(ctx.db(), key, ctx.today()).await
}

/// The parameters that the département set, by key then by date.
///
/// # Errors
/// When the database does not answer.
pub async fn own_parameters(ctx: &Context) -> Result<Vec<Parameter>, StoreError> {
    store::settings::own_parameters(ctx.db()).await
}

/// Sets a parameter from today on, when it changes; the journal keeps what it was. The caller has asked for the permission.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn set_parameter(
    ctx: &Context,
    tx: &Tx,
    key: &str,
    value: String,
) -> Result<(), StoreError> {
    let before = store::settings::value_at_in(tx, key, ctx.today()).await?.unwrap_or_default();
    if before == value {
        return Ok(());
    }
    let detail = json!({ "what": key, "before": before, "after": value });
    let source = format!("saisi par {}", ctx.actor.name);
    let new = Parameter { key: key.to_owned(), since: ctx.today(), value, source };
    store::settings::set_value(tx, new).await?;
    audit::record(ctx, tx, Act::EditSettings, None, Some(key.to_owned()), detail).await?;
    Ok(())
}
