//! Sectors: naming them, giving them communes, saying who follows there. A change moves nobody who is followed already.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::access::role::Role;
use domain::audit::Act;
use domain::orientation::sector::{Purpose, shared, without};
use domain::people::name::normalise;
use domain::reference::geo;
use domain::time::plus_days;
use serde_json::{Value, json};
use store::access::structure::{self, Structure};
use store::orientation::professionals::{Professional, holding};
use store::orientation::sector as rows;
pub use store::orientation::sector::{Holder, Sector};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::territory_of;
use crate::access::{Refused, permit};
use crate::{Context, audit};

/// Longest name, in characters.
const LONGEST_NAME: usize = 80;
/// Last rank that may be typed.
pub const LAST_PRIORITY: u32 = 99;
/// Communes that are named in one message.
const NAMED: usize = 5;

/// Why a sector was not kept.
#[derive(Debug, thiserror::Error)]
pub enum SectorError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Empty or too long.
    #[error("Donnez au secteur un nom de 80 caractères au plus.")]
    Name,
    /// Another sector is called so.
    #[error("Un secteur s’appelle déjà « {0} » : choisissez un autre nom.")]
    Taken(String),
    /// No commune at all.
    #[error(
        "Donnez au secteur au moins une commune : écrivez son nom ou son code INSEE, ou prenez un territoire entier."
    )]
    Empty,
    /// Not communes of this département.
    #[error(
        "Introuvable dans ce département : {0}. Écrivez le nom de la commune ou son code INSEE, un par ligne."
    )]
    Communes(String),
    /// Neither a structure nor a professional.
    #[error("Choisissez une structure, un professionnel, ou les deux.")]
    Holder,
    /// The professional does not work in this structure.
    #[error("Cette personne n’a pas de rôle de suivi dans cette structure : choisissez l’une ou l’autre.")]
    Mismatch,
    /// Not a rank.
    #[error("Écrivez un rang de 1 à 99 : 1 est proposé en premier.")]
    Priority,
    /// It would end before it begins.
    #[error("Le dernier jour vient avant le premier : corrigez l’une des deux dates.")]
    Dates,
    /// No such sector.
    #[error("Ce secteur n’existe pas dans ce département.")]
    Unknown,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is typed of a sector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectorInput {
    /// Its name.
    pub name: String,
    /// For whom it counts.
    pub purpose: Purpose,
    /// Names or INSEE codes, separated by lines, commas or semicolons.
    pub communes: String,
    /// Every commune of this territory too, by code; empty = none.
    pub territory: String,
    /// Every commune of this EPCI too, by SIREN number; empty = none.
    pub epci: String,
}

/// What is typed of who follows in a sector.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HolderInput {
    /// The structure.
    pub structure: Option<Uuid>,
    /// The professional; `None` = anybody of the structure.
    pub account: Option<Uuid>,
    /// Rank, 1 first.
    pub priority: u32,
    /// First day; `None` = today.
    pub since: Option<NaiveDate>,
    /// Last day.
    pub until: Option<NaiveDate>,
}

/// Sectors, and what they leave or share.
#[derive(Debug, Clone, Default)]
pub struct Sectors {
    /// The sectors, by name.
    pub all: Vec<Sector>,
    /// INSEE codes of the communes that no sector holds.
    pub without: Vec<&'static str>,
    /// INSEE codes of the communes that two sectors of the same purpose hold, with the names of these sectors.
    pub shared: Vec<(String, Vec<String>)>,
}

/// Who may be named in a sector: structures that are open, and professionals who follow people.
#[derive(Debug, Clone, Default)]
pub struct Holders {
    /// Structures, by name.
    pub structures: Vec<Structure>,
    /// Professionals, by name, once for each role.
    pub professionals: Vec<Professional>,
}

/// The sectors of the département, with the communes that none or several hold.
///
/// # Errors
/// [`SectorError::Refused`].
pub async fn sectors(ctx: &Context) -> Result<Sectors, SectorError> {
    permit(ctx, Action::EditSettings)?;
    let all = rows::all(ctx.db().read()).await?;
    let held: BTreeSet<&str> = all.iter().flat_map(|one| &one.communes).map(String::as_str).collect();
    let communes = geo::communes_of(&ctx.department.code).iter().map(|commune| commune.code);
    let left = without(communes, &held);
    let named = all.iter().map(|one| (one.name.as_str(), one.purpose, one.communes.as_slice()));
    let both = shared(named).into_iter();
    let shared =
        both.map(|(code, names)| (code.to_owned(), names.into_iter().map(str::to_owned).collect())).collect();
    Ok(Sectors { all, without: left, shared })
}

/// Who may be named in a sector.
///
/// # Errors
/// [`SectorError::Refused`].
pub async fn possible_holders(ctx: &Context) -> Result<Holders, SectorError> {
    permit(ctx, Action::EditSettings)?;
    let (c, today) = (ctx.db().read(), ctx.today());
    let mut structures = structure::all(c).await?;
    structures.retain(|one| one.until.is_none_or(|last| last >= today));
    let roles = [Role::SocialReferent.code(), Role::JobCoach.code()];
    Ok(Holders { structures, professionals: holding(c, &roles, today).await? })
}

/// Adds a sector (`id` = `None`) or changes one; the journal keeps what it was and what it is. Returns its identifier.
///
/// # Errors
/// [`SectorError`].
pub async fn save_sector(ctx: &Context, id: Option<Uuid>, input: &SectorInput) -> Result<Uuid, SectorError> {
    permit(ctx, Action::EditSettings)?;
    let name = tidy(&input.name)?;
    let communes = communes(ctx, input).await?;
    let tx = ctx.db().begin().await?;
    let known = rows::all(&tx).await?;
    let before = match id {
        None => None,
        Some(id) => Some(known.iter().find(|one| one.id == id).ok_or(SectorError::Unknown)?),
    };
    if known.iter().any(|one| Some(one.id) != id && normalise(&one.name) == normalise(&name)) {
        return Err(SectorError::Taken(name));
    }
    let after = Sector {
        id: id.unwrap_or_else(|| ctx.app.ids.make()),
        name,
        purpose: input.purpose,
        communes,
        holders: before.map(|one| one.holders.clone()).unwrap_or_default(),
    };
    let id = after.id;
    write(ctx, &tx, before, after).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(id)
}

/// Removes a sector.
///
/// # Errors
/// [`SectorError`].
pub async fn remove_sector(ctx: &Context, id: Uuid) -> Result<(), SectorError> {
    permit(ctx, Action::EditSettings)?;
    let tx = ctx.db().begin().await?;
    let before = find(&tx, id).await?;
    rows::remove(&tx, id).await?;
    let detail = json!({ "what": "sector", "before": told(&before), "after": null });
    audit::record(ctx, &tx, Act::EditSettings, None, Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// Says who follows the people of a sector.
///
/// # Errors
/// [`SectorError`].
pub async fn add_holder(ctx: &Context, sector: Uuid, input: &HolderInput) -> Result<(), SectorError> {
    let possible = possible_holders(ctx).await?;
    let holder = holder(ctx, &possible, input)?;
    let tx = ctx.db().begin().await?;
    let before = find(&tx, sector).await?;
    let mut after = before.clone();
    after.holders.push(holder);
    write(ctx, &tx, Some(&before), after).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// Ends who follows in a sector: from today on, they are not proposed for it any more.
///
/// # Errors
/// [`SectorError`].
pub async fn end_holder(ctx: &Context, sector: Uuid, holder: Uuid) -> Result<(), SectorError> {
    permit(ctx, Action::EditSettings)?;
    let tx = ctx.db().begin().await?;
    let before = find(&tx, sector).await?;
    let mut after = before.clone();
    let today = ctx.today();
    let ended = after.holders.iter_mut().find(|one| one.id == holder).ok_or(SectorError::Unknown)?;
    if ended.since < today {
        ended.until = Some(plus_days(today, -1));
    } else {
        after.holders.retain(|one| one.id != holder);
    }
    write(ctx, &tx, Some(&before), after).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

pub(super) async fn write(
    ctx: &Context,
    tx: &Tx,
    before: Option<&Sector>,
    after: Sector,
) -> Result<(), StoreError> {
    let detail = json!({ "what": "sector", "before": before.map(told), "after": told(&after) });
    let id = after.id;
    rows::save(tx, after).await?;
    audit::record(ctx, tx, Act::EditSettings, None, Some(id.to_string()), detail).await?;
    Ok(())
}

async fn find(tx: &Tx, id: Uuid) -> Result<Sector, SectorError> {
    rows::all(tx).await?.into_iter().find(|one| one.id == id).ok_or(SectorError::Unknown)
}

/// A sector as the journal keeps it: structures and professionals by their identifiers, as roles are.
fn told(one: &Sector) -> Value {
    let holder = |one: &Holder| {
        json!({
            "structure": one.structure, "account": one.account, "priority": one.priority,
            "since": one.since, "until": one.until,
        })
    };
    json!({
        "name": one.name, "purpose": one.purpose.code(), "communes": one.communes.len(),
        "holders": one.holders.iter().map(holder).collect::<Vec<_>>(),
    })
}

pub(super) fn tidy(name: &str) -> Result<String, SectorError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(SectorError::Name);
    }
    Ok(name)
}

/// What was typed of a holder, once it holds together.
pub(super) fn holder(ctx: &Context, possible: &Holders, input: &HolderInput) -> Result<Holder, SectorError> {
    let structure = match input.structure {
        Some(id) => Some(possible.structures.iter().find(|one| one.id == id).ok_or(SectorError::Holder)?),
        None => None,
    };
    let works = |one: &&Professional| {
        Some(one.id) == input.account && structure.is_none_or(|at| one.structure == Some(at.id))
    };
    if input.account.is_some() && !possible.professionals.iter().any(|one| Some(one.id) == input.account) {
        return Err(SectorError::Holder);
    }
    if input.account.is_some() && possible.professionals.iter().find(works).is_none() {
        return Err(SectorError::Mismatch);
    }
    if structure.is_none() && input.account.is_none() {
        return Err(SectorError::Holder);
    }
    if !(1..=LAST_PRIORITY).contains(&input.priority) {
        return Err(SectorError::Priority);
    }
    let since = input.since.unwrap_or_else(|| ctx.today());
    if input.until.is_some_and(|last| last < since) {
        return Err(SectorError::Dates);
    }
    Ok(Holder {
        id: ctx.app.ids.make(),
        structure: input.structure,
        account: input.account,
        priority: input.priority,
        since,
        until: input.until,
    })
}

/// The INSEE codes of what was typed and of the whole territory or EPCI, in order, each once.
async fn communes(ctx: &Context, input: &SectorInput) -> Result<Vec<String>, SectorError> {
    let mut codes: BTreeSet<&'static str> = BTreeSet::new();
    let mut unknown = Vec::new();
    let pieces = input.communes.split(['\n', ',', ';']).map(str::trim).filter(|piece| !piece.is_empty());
    for piece in pieces {
        let found = named(&ctx.department.code, piece);
        if found.is_empty() {
            unknown.push(format!("« {} »", piece.chars().take(60).collect::<String>()));
        }
        codes.extend(found);
    }
    if !unknown.is_empty() {
        let left = unknown.len().saturating_sub(NAMED);
        unknown.truncate(NAMED);
        let more = if left > 0 { format!(" et {left} de plus") } else { String::new() };
        return Err(SectorError::Communes(unknown.join(", ") + &more));
    }
    let here = geo::communes_of(&ctx.department.code);
    if !input.territory.is_empty() {
        let of = territory_of(ctx).await?;
        let inside = here.iter().filter(|one| of.get(one.code).is_some_and(|code| *code == input.territory));
        codes.extend(inside.map(|one| one.code));
    }
    if !input.epci.is_empty() {
        codes.extend(here.iter().filter(|one| one.epci == input.epci).map(|one| one.code));
    }
    if codes.is_empty() {
        return Err(SectorError::Empty);
    }
    Ok(codes.into_iter().map(str::to_owned).collect())
}

/// The INSEE codes that a name or a code means in a département: one, or none; Paris, Lyon and Marseille bring their
/// arrondissements with them, by which the files of the CAF name homes.
pub(crate) fn named(department: &str, typed: &str) -> Vec<&'static str> {
    let wanted = normalise(typed);
    let parts = || geo::arrondissements_of(department);
    let is = |one: &geo::Commune| one.code == typed || normalise(one.name) == wanted;
    if let Some(part) = parts().find(|one| is(one)) {
        return vec![part.code];
    }
    let whole = geo::communes_of(department).iter().find(|one| is(one));
    // A former commune is part of another one today.
    let whole = whole.or_else(|| geo::commune(typed).filter(|one| one.department == department));
    let Some(whole) = whole else { return Vec::new() };
    let inside = format!("{} ", whole.name);
    let mut codes = vec![whole.code];
    codes.extend(parts().filter(|one| one.name.starts_with(&inside)).map(|one| one.code));
    codes
}
