//! Naming a territory, and saying which communes it is made of.

use domain::access::permission::Action;
use domain::audit::Act;
use domain::people::name::normalise;
use domain::reference::geo;
use serde_json::json;
use store::settings::Territory;
use store::{StoreError, settings};

use crate::access::{Refused, permit};
use crate::{Context, audit};

/// Longest name, in characters.
const LONGEST_NAME: usize = 80;

/// Codes that addresses use for « no territory ».
const RESERVED: [&str; 2] = ["aucun", "sans"];

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum TerritoryError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Empty or too long.
    #[error("Donnez au territoire un nom de 80 caractères au plus.")]
    Name,
    /// Another territory is called so.
    #[error("Un territoire s’appelle déjà « {0} » : choisissez un autre nom.")]
    Taken(String),
    /// No such territory in this département.
    #[error("Le territoire « {0} » n’existe pas dans ce département.")]
    Territory(String),
    /// No such commune in this département.
    #[error("La commune « {0} » n’est pas de ce département.")]
    Commune(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Gives a territory another name; the journal keeps both.
///
/// # Errors
/// [`TerritoryError`].
pub async fn rename_territory(ctx: &Context, code: &str, name: &str) -> Result<(), TerritoryError> {
    permit(ctx, Action::EditSettings)?;
    let name = tidy(name)?;
    let tx = ctx.db().begin().await?;
    let before = settings::territory_name(&tx, code).await?;
    let before = before.ok_or_else(|| TerritoryError::Territory(code.to_owned()))?;
    settings::rename_territory(&tx, code, &name).await?;
    let detail = json!({ "what": "territory_name", "before": before, "after": name });
    audit::record(ctx, &tx, Act::EditSettings, None, Some(code.to_owned()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// Adds a territory without any commune yet, and returns its code, made of its name.
///
/// # Errors
/// [`TerritoryError`].
pub async fn add_territory(ctx: &Context, name: &str) -> Result<String, TerritoryError> {
    permit(ctx, Action::EditSettings)?;
    let name = tidy(name)?;
    let code: String = normalise(&name).replace(' ', "-").chars().filter(char::is_ascii).collect();
    if code.is_empty() {
        return Err(TerritoryError::Name);
    }
    let tx = ctx.db().begin().await?;
    if RESERVED.contains(&code.as_str()) || settings::territory_name(&tx, &code).await?.is_some() {
        return Err(TerritoryError::Taken(name));
    }
    let new = Territory { code: code.clone(), name: name.clone(), proposed: false, communes: 0 };
    settings::add_territories(&tx, vec![new], Vec::new()).await?;
    let detail = json!({ "what": "territory", "before": null, "after": name });
    audit::record(ctx, &tx, Act::EditSettings, None, Some(code.clone()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(code)
}

/// A name with single blanks, neither empty nor too long.
fn tidy(name: &str) -> Result<String, TerritoryError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(TerritoryError::Name);
    }
    Ok(name)
}

/// Puts a commune and the people who live there into another territory; returns how many people moved.
///
/// # Errors
/// [`TerritoryError`].
pub async fn move_commune(ctx: &Context, commune: &str, territory: &str) -> Result<u64, TerritoryError> {
    permit(ctx, Action::EditSettings)?;
    let known = geo::commune(commune).filter(|known| known.department == ctx.department.code);
    let commune = known.ok_or_else(|| TerritoryError::Commune(commune.to_owned()))?.code;
    let tx = ctx.db().begin().await?;
    if settings::territory_name(&tx, territory).await?.is_none() {
        return Err(TerritoryError::Territory(territory.to_owned()));
    }
    let before = settings::territory_of_commune(&tx, commune).await?;
    if before.as_deref() == Some(territory) {
        return Ok(0);
    }
    let moved = settings::move_commune(&tx, commune, territory).await?;
    let detail =
        json!({ "what": "commune_territory", "before": before, "after": territory, "people": moved });
    audit::record(ctx, &tx, Act::EditSettings, None, Some(commune.to_owned()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(moved)
}
