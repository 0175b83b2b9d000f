//! What the columns of a spreadsheet are: looked at, chosen for one file, kept under a name for the next ones.

use std::path::PathBuf;

use domain::access::permission::Action;
use domain::audit::Act;
use domain::people::nir::Nir;
pub use exchange::spreadsheet::{Column, Field, Profile, Proposal};
use exchange::spreadsheet::{MissingColumns, Row, Sheet, SheetRow, builtin_profiles, propose};
use serde_json::json;
use store::StoreError;
use store::intake::files::{self, FileRow, status};
use store::intake::profiles::{self as saved, ProfileRow};
use uuid::Uuid;

use super::import::{self, ImportError};
use super::sheet::{bytes, choice};
use super::source::Source;
use crate::Context;
use crate::access::{Refused, permit};

/// Rows shown.
const SAMPLES: usize = 5;
/// Longest name.
const LONGEST_NAME: usize = 60;

/// Why a mapping is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// Not in this role.
    #[error(transparent)]
    Denied(#[from] Refused),
    /// No such file, or it no longer waits for its columns.
    #[error("Ce fichier n’attend plus que l’on dise ce que contiennent ses colonnes.")]
    NotWaiting,
    /// No name, or too long a one.
    #[error("Donnez un nom à cette correspondance : 60 caractères au plus, sans accolade au début.")]
    Name,
    /// The name of a built-in mapping.
    #[error("« {0} » est une correspondance fournie avec le logiciel : choisissez un autre nom.")]
    BuiltIn(String),
    /// No mapping has this name.
    #[error("Aucune correspondance ne s’appelle « {0} ».")]
    Unknown(String),
    /// Two columns for one thing.
    #[error("Deux colonnes sont dites « {0} » : gardez-en une seule.")]
    Twice(&'static str),
    /// Nobody can be recognised with these columns.
    #[error(
        "Ces colonnes ne désignent personne : il faut un numéro (NIR, allocataire, demande de RSA), ou le nom, le prénom et la date de naissance."
    )]
    Nobody,
    /// The file lacks columns.
    #[error(transparent)]
    Missing(#[from] MissingColumns),
    /// The table cannot be read.
    #[error(transparent)]
    Table(#[from] ImportError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A mapping that can be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The mapping.
    pub profile: Profile,
    /// It comes with the program and cannot be changed.
    pub built_in: bool,
}

/// What a table holds, for the page where one says what its columns are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// Name of the file.
    pub file_name: String,
    /// Titles.
    pub headers: Vec<String>,
    /// How many rows.
    pub rows: usize,
    /// The first rows, NIR masked; empty for who may not read people.
    pub samples: Vec<Vec<String>>,
    /// What each column seems to be.
    pub proposals: Vec<Proposal>,
    /// The mapping that fits, when there is one.
    pub found: Option<Profile>,
    /// Why the file waits.
    pub why: Option<String>,
}

/// A row as a mapping reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPreview {
    /// Its number in the file.
    pub line: u64,
    /// What is read in each field of the mapping, in its order; the NIR is masked.
    pub cells: Vec<(Field, String)>,
    /// Why the row would be left out.
    pub error: Option<String>,
    /// What would be left out of the row.
    pub warnings: Vec<String>,
}

/// The mapping that a file is read with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// One that has a name.
    Named(String),
    /// One for this file only.
    Once(Profile),
}

/// The mappings that can be named: those the département saved, then the built-in ones.
///
/// # Errors
/// [`ProfileError::Denied`].
pub async fn list(ctx: &Context) -> Result<Vec<Named>, ProfileError> {
    permit(ctx, Action::ImportFile)?;
    let built_in: Vec<String> = builtin_profiles().into_iter().map(|p| p.name).collect();
    let all = choice::known(saved::all(ctx.db()).await?);
    Ok(all.into_iter().map(|profile| Named { built_in: built_in.contains(&profile.name), profile }).collect())
}

/// Keeps a mapping under its name; replaces the one the département had under that name.
///
/// # Errors
/// [`ProfileError`]: a name already taken by the program, two columns for one thing, nobody to recognise.
pub async fn save(ctx: &Context, mut profile: Profile) -> Result<(), ProfileError> {
    permit(ctx, Action::ImportFile)?;
    profile.name = profile.name.trim().to_owned();
    if profile.name.is_empty() || profile.name.chars().count() > LONGEST_NAME || profile.name.starts_with('{')
    {
        return Err(ProfileError::Name);
    }
    if builtin_profiles().iter().any(|p| p.name == profile.name) {
        return Err(ProfileError::BuiltIn(profile.name));
    }
    check(&profile)?;
    let text = serde_json::to_string(&profile).map_err(|e| StoreError::Other(e.to_string()))?;
    let tx = ctx.db().begin().await?;
    let row = ProfileRow { name: profile.name.clone(), profile: text, created_at: ctx.now() };
    saved::save(&tx, row).await?;
    let detail = json!({ "sheet_profile": profile.name, "columns": profile.columns.len() });
    crate::audit::record(ctx, &tx, Act::EditSettings, None, None, detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// Looks at a spreadsheet that waits for its columns to be named. The samples are journalled.
///
/// # Errors
/// [`ProfileError::NotWaiting`] for another file.
pub async fn inspect(ctx: &Context, import: Uuid) -> Result<Inspection, ProfileError> {
    let row = waiting(ctx, import).await?;
    let table = open(ctx, &row).await?;
    let known = choice::known(saved::all(ctx.db()).await?);
    let samples =
        if may_read(ctx, &row) { told(ctx, import).await.map(|()| samples(&table))? } else { Vec::new() };
    Ok(Inspection {
        file_name: row.file_name,
        rows: table.rows().len(),
        samples,
        proposals: propose(table.headers(), table.rows()),
        found: choice::best(&known, table.headers()),
        headers: table.headers().to_vec(),
        why: row.error,
    })
}

/// The first rows as a mapping would read them; none for who may not read people. Journalled.
///
/// # Errors
/// [`ProfileError`].
pub async fn preview(
    ctx: &Context,
    import: Uuid,
    profile: &Profile,
) -> Result<Vec<RowPreview>, ProfileError> {
    let row = waiting(ctx, import).await?;
    check(profile)?;
    let table = open(ctx, &row).await?;
    let columns = profile.bind(table.headers())?;
    if !may_read(ctx, &row) {
        return Ok(Vec::new());
    }
    told(ctx, import).await?;
    let read = |row: &Row| {
        let said = columns.read(row, ctx.today());
        RowPreview {
            line: row.line,
            cells: said.as_ref().map(|said| cells(profile, said)).unwrap_or_default(),
            warnings: said.as_ref().map(|said| said.warnings.clone()).unwrap_or_default(),
            error: said.err().map(|e| e.to_string()),
        }
    };
    Ok(table.rows().iter().take(SAMPLES).map(read).collect())
}

/// Says which mapping reads the file, and puts it back in the queue.
///
/// # Errors
/// [`ProfileError`]: the mapping must fit the file.
pub async fn choose(ctx: &Context, import: Uuid, choice: Choice) -> Result<(), ProfileError> {
    let row = waiting(ctx, import).await?;
    let (kept, profile) = match choice {
        Choice::Named(name) => {
            let known = choice::known(saved::all(ctx.db()).await?);
            let profile =
                known.into_iter().find(|p| p.name == name).ok_or(ProfileError::Unknown(name.clone()))?;
            (name, profile)
        }
        Choice::Once(profile) => {
            check(&profile)?;
            let text = choice::once(&profile).ok_or(ProfileError::Nobody)?;
            (text, profile)
        }
    };
    profile.bind(open(ctx, &row).await?.headers())?;
    let tx = ctx.db().begin().await?;
    // Somebody else may have answered meanwhile.
    let row = files::get_in(&tx, import)
        .await?
        .filter(|r| r.status == status::MAPPING)
        .ok_or(ProfileError::NotWaiting)?;
    let row = FileRow { profile: Some(kept), status: status::WAITING.to_owned(), error: None, ..row };
    files::save(&tx, row).await?;
    let detail = json!({ "mapping": profile.name });
    crate::audit::record(ctx, &tx, Act::Import, None, Some(import.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// Gives a waiting spreadsheet up: its bytes are removed.
///
/// # Errors
/// [`ProfileError::NotWaiting`] for another file.
pub async fn give_up(ctx: &Context, import: Uuid) -> Result<(), ProfileError> {
    let row = waiting(ctx, import).await?;
    let spool = row.spool.clone();
    import::fail(ctx, row, "Abandonné : personne n’a dit ce que contiennent ses colonnes.", ctx.now())
        .await?;
    if let Some(path) = spool
        && let Err(error) = std::fs::remove_file(path)
    {
        tracing::warn!(spool.error = %error, "a spool remains");
    }
    Ok(())
}

/// The name of a mapping as the row of a file keeps it; `None` for one made for this file only.
pub fn shown_name(kept: &str) -> Option<&str> {
    (!kept.starts_with('{')).then_some(kept)
}

/// A field is told once, and somebody can be recognised.
fn check(profile: &Profile) -> Result<(), ProfileError> {
    let has = |field: Field| profile.columns.iter().filter(|c| c.field == field).count();
    if let Some(twice) = Field::ALL.into_iter().find(|f| !f.is_repeatable() && has(*f) > 1) {
        return Err(ProfileError::Twice(twice.label()));
    }
    let numbered = [Field::Nir, Field::Matricule, Field::ClaimNumber].into_iter().any(|f| has(f) > 0);
    let named = [Field::LastName, Field::FirstName, Field::BirthDate].into_iter().all(|f| has(f) > 0);
    if numbered || named { Ok(()) } else { Err(ProfileError::Nobody) }
}

async fn waiting(ctx: &Context, import: Uuid) -> Result<FileRow, ProfileError> {
    permit(ctx, Action::ImportFile)?;
    let row = files::get(ctx.db(), import).await?;
    row.filter(|r| r.status == status::MAPPING && r.spool.is_some()).ok_or(ProfileError::NotWaiting)
}

async fn open(ctx: &Context, row: &FileRow) -> Result<Sheet, ProfileError> {
    let path = PathBuf::from(row.spool.clone().unwrap_or_default());
    Ok(bytes::open(Source::Spool(path, ctx.db().keys().clone()), &row.file_name).await?)
}

/// Who sent the file has its rows already; others need the right to read the people of a file.
fn may_read(ctx: &Context, row: &FileRow) -> bool {
    (ctx.actor.id.is_some() && ctx.actor.id == row.account_id)
        || permit(ctx, Action::ReadImportPeople).is_ok()
}

async fn told(ctx: &Context, import: Uuid) -> Result<(), StoreError> {
    let tx = ctx.db().begin().await?;
    crate::audit::record(ctx, &tx, Act::ReadList, None, Some(import.to_string()), json!({ "rows": SAMPLES }))
        .await?;
    Ok(tx.commit().await?)
}

fn samples(table: &Sheet) -> Vec<Vec<String>> {
    let hidden = |cell: &String| Nir::parse(cell).map_or_else(|_| cell.clone(), |nir| nir.masked());
    table.rows().iter().take(SAMPLES).map(|row| row.cells.iter().map(hidden).collect()).collect()
}

fn cells(profile: &Profile, said: &SheetRow) -> Vec<(Field, String)> {
    let mut seen = Vec::new();
    for column in profile.columns.iter().filter(|c| c.field != Field::Ignore) {
        if !seen.iter().any(|(field, _)| *field == column.field) {
            seen.push((column.field, text(said, column.field)));
        }
    }
    seen
}

fn text(said: &SheetRow, field: Field) -> String {
    let date = |day: Option<chrono::NaiveDate>| day.map(|d| d.format("%d/%m/%Y").to_string());
    let value = match field {
        Field::Matricule => said.matricule.as_ref().map(|m| m.short.clone()),
        Field::Nir => said.nir.as_ref().map(Nir::masked),
        Field::ClaimNumber => said.claim_number.clone(),
        Field::LastName => said.last_name.clone(),
        Field::FirstName => said.first_name.clone(),
        Field::BirthName => said.birth_name.clone(),
        Field::BirthDate => date(said.birth_date),
        Field::Title => said.title.map(|t| format!("{t:?}")),
        Field::Role => said.role.map(|r| r.code().to_owned()),
        Field::Email => said.email.as_ref().map(|e| e.as_str().to_owned()),
        Field::Phone => said.phone.as_ref().map(ToString::to_string),
        Field::Phone2 => said.phone_2.as_ref().map(ToString::to_string),
        Field::Address => Some(said.address.join(", ")),
        Field::PostcodeTown => said.postcode_town.clone(),
        Field::FranceTravailId => said.france_travail_id.clone(),
        Field::InternalId => said.internal_id.clone(),
        Field::RightsOpeningDate => date(said.rights_opening_date),
        Field::ReferentEmail => said.referent_email.as_ref().map(|e| e.as_str().to_owned()),
        Field::Tags => Some(said.tags.join(", ")),
        Field::Ignore => None,
    };
    value.unwrap_or_default()
}
