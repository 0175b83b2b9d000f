//! The structures in which roles are held: naming them, saying what they are and which territories they serve.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::access::side::Side;
use domain::access::structure::StructureKind;
use domain::audit::Act;
use domain::people::name::normalise;
use domain::reference::geo;
use serde_json::{Value, json};
use store::access::structure as rows;
pub use store::access::structure::Structure;
use store::{StoreError, settings};
use uuid::Uuid;

use crate::access::{Refused, permit};
use crate::{Context, audit};

/// Longest name, in characters.
const LONGEST_NAME: usize = 120;

/// Why a structure was not kept.
#[derive(Debug, thiserror::Error)]
pub enum StructureError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Empty or too long.
    #[error("Donnez à la structure un nom de 120 caractères au plus.")]
    Name,
    /// Another structure is called so.
    #[error("Une structure s’appelle déjà « {0} » : choisissez un autre nom.")]
    Taken(String),
    /// No such structure in this département.
    #[error("Cette structure n’existe pas dans ce département.")]
    Unknown,
    /// No such commune in this département.
    #[error("« {0} » n’est pas une commune de ce département : écrivez son nom ou son code INSEE.")]
    Commune(String),
    /// No such territory in this département.
    #[error("Le territoire « {0} » n’existe pas dans ce département.")]
    Territory(String),
    /// It would close before it opens.
    #[error("Le dernier jour vient avant le premier : corrigez l’une des deux dates.")]
    Dates,
    /// Not a number of people.
    #[error("Écrivez un nombre de personnes de 1 à 20 000, ou laissez vide.")]
    Capacity,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is typed of a structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StructureInput {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: StructureKind,
    /// On which side its people work.
    pub side: Side,
    /// Hidden from everybody outside the social side.
    pub sensitive: bool,
    /// The name or the INSEE code of its commune; empty when there is none.
    pub commune: String,
    /// Codes of the territories it serves; empty = the whole département.
    pub territories: Vec<String>,
    /// First day; `None` = today, or the day that is known.
    pub since: Option<NaiveDate>,
    /// Last day.
    pub until: Option<NaiveDate>,
}

/// The structures of the département by name, each with how many accounts hold a role in it today.
///
/// # Errors
/// [`StructureError`].
pub async fn structures(ctx: &Context) -> Result<Vec<(Structure, u64)>, StructureError> {
    permit(ctx, Action::EditSettings)?;
    let members = rows::members(ctx.db().read(), ctx.today()).await?;
    let all = rows::all(ctx.db().read()).await?;
    let counted = |one: Structure| {
        let held = members.get(&one.id).copied().unwrap_or_default();
        (one, held)
    };
    Ok(all.into_iter().map(counted).collect())
}

/// Names of the structures by identifier, to say where a role is held.
///
/// # Errors
/// [`StructureError`].
pub async fn structure_names(ctx: &Context) -> Result<HashMap<Uuid, String>, StructureError> {
    permit(ctx, Action::ReadUsers)?;
    Ok(rows::all(ctx.db().read()).await?.into_iter().map(|one| (one.id, one.name)).collect())
}

/// The structures that are open today or later, where a role may be given: all of them for who opens accounts, those
/// that are not sensitive, and one's own, for who proposes one.
///
/// # Errors
/// [`StructureError`].
pub async fn open_structures(ctx: &Context) -> Result<Vec<Structure>, StructureError> {
    let all = permit(ctx, Action::ManageUsers).is_ok();
    if !all {
        permit(ctx, Action::ProposeUser)?;
    }
    let own = |one: &Structure| {
        ctx.actor.roles.iter().any(|held| held.structure.as_ref().is_some_and(|mine| mine.id == one.id))
    };
    let open = |one: &Structure| {
        one.until.is_none_or(|last| last >= ctx.today()) && (all || !one.sensitive || own(one))
    };
    Ok(rows::all(ctx.db().read()).await?.into_iter().filter(open).collect())
}

/// Adds a structure (`id` = `None`) or changes one; the journal keeps what it was and what it is. Returns its identifier.
///
/// # Errors
/// [`StructureError`].
pub async fn save_structure(
    ctx: &Context,
    id: Option<Uuid>,
    input: StructureInput,
) -> Result<Uuid, StructureError> {
    permit(ctx, Action::EditSettings)?;
    let name = input.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(StructureError::Name);
    }
    let commune = commune(ctx, &input.commune)?;
    let tx = ctx.db().begin().await?;
    let known = rows::all(&tx).await?;
    let before = match id {
        None => None,
        Some(id) => Some(known.iter().find(|one| one.id == id).ok_or(StructureError::Unknown)?),
    };
    if known.iter().any(|one| Some(one.id) != id && normalise(&one.name) == normalise(&name)) {
        return Err(StructureError::Taken(name));
    }
    for code in &input.territories {
        if settings::territory_name(&tx, code).await?.is_none() {
            return Err(StructureError::Territory(code.clone()));
        }
    }
    let since = input.since.or(before.map(|one| one.since)).unwrap_or_else(|| ctx.today());
    if input.until.is_some_and(|last| last < since) {
        return Err(StructureError::Dates);
    }
    let mut territories = input.territories;
    territories.sort();
    territories.dedup();
    let after = Structure {
        id: id.unwrap_or_else(|| ctx.app.ids.make()),
        name,
        kind: input.kind,
        side: input.side,
        sensitive: input.sensitive,
        commune,
        since,
        until: input.until,
        territories,
    };
    let detail = json!({ "what": "structure", "before": before.map(told), "after": told(&after) });
    let id = after.id;
    rows::save(&tx, after).await?;
    audit::record(ctx, &tx, Act::EditSettings, None, Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(id)
}

/// The INSEE code of a commune of this département, by its code or its name.
fn commune(ctx: &Context, typed: &str) -> Result<Option<String>, StructureError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let wanted = normalise(typed);
    let all = geo::communes_of(&ctx.department.code);
    let found = all.iter().find(|one| one.code == typed || normalise(one.name) == wanted);
    found.map(|one| Some(one.code.to_owned())).ok_or_else(|| StructureError::Commune(typed.to_owned()))
}

/// A structure as the journal keeps it; the name of one that is sensitive stays out of it.
fn told(one: &Structure) -> Value {
    json!({
        "name": (!one.sensitive).then_some(&one.name), "kind": (!one.sensitive).then_some(one.kind.code()),
        "side": one.side.code(), "sensitive": one.sensitive, "territories": one.territories,
        "since": one.since, "until": one.until,
    })
}
