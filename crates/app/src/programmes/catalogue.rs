//! The programmes of the département: its presets and those it wrote, a version each time, from a day on.

use domain::access::permission::Action;
use domain::programmes::programme::Programme;
use domain::reference::catalogues::{Preset, presets};
use exchange::orientation::OrientationError;
use exchange::programme::read_programme;
use store::orientation::catalogue::{self, CatalogueRow};
use store::{StoreError, Tx};

use crate::Context;
use crate::access::{Refused, permit};
use crate::settings::versions::{self, SHIPPED};
use crate::settings::{Draft, Version, VersionError};

/// Before the code of a programme, in the table of catalogues.
const PREFIX: &str = "programme:";

/// Why a programme is not read or changed.
#[derive(Debug, thiserror::Error)]
pub enum ProgrammeError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] OrientationError),
    /// It can be read and not used: one sentence for each fault.
    #[error("{}", .0.join(" "))]
    Faults(Vec<String>),
    /// The text is of another programme.
    #[error("Ce texte est celui de « {0} » : le code d’un dispositif ne change pas.")]
    OtherCode(String),
    /// Too long, too early, written over, or unknown.
    #[error(transparent)]
    Version(#[from] VersionError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A programme of the département.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// What it is today.
    pub programme: Programme,
    /// The number of its version.
    pub number: i64,
    /// It runs here; otherwise it may be taken from the catalogue.
    pub runs: bool,
}

/// What the database calls the versions of a programme.
fn kind_of(code: &str) -> String {
    format!("{PREFIX}{code}")
}

fn preset(code: &str) -> Option<Preset> {
    presets().find(|preset| preset.code == code)
}

/// Every programme: those that run here, then those of other départements that may be taken.
pub(crate) async fn all(ctx: &Context) -> Result<Vec<Offered>, StoreError> {
    let (db, today) = (ctx.db().read(), ctx.today());
    let mut found = Vec::new();
    let mut codes: Vec<String> = presets().map(|preset| preset.code.to_owned()).collect();
    let written = catalogue::kinds(db, PREFIX).await?;
    let own = written.iter().filter_map(|kind| kind.strip_prefix(PREFIX)).map(str::to_owned);
    codes.extend(own);
    codes.sort_unstable();
    codes.dedup();
    for code in codes {
        let row = catalogue::in_force(db, &kind_of(&code), today).await?;
        let shipped = preset(&code);
        let (number, text) = match (&row, shipped) {
            (Some(row), _) => (row.number, row.content.as_str()),
            (None, Some(preset)) => (SHIPPED, preset.text),
            // Written, and not yet in force.
            (None, None) => continue,
        };
        let programme = read_programme(text).map_err(|error| StoreError::Other(error.to_string()))?;
        let ours = shipped.is_some_and(|preset| preset.department == ctx.department.code);
        let runs = (ours || row.is_some()) && programme.valid_from <= today;
        found.push(Offered { programme, number, runs });
    }
    found.sort_by(|a, b| (!a.runs, &a.programme.name).cmp(&(!b.runs, &b.programme.name)));
    Ok(found)
}

/// A version of a programme; whoever entered under it goes on by it.
pub(crate) async fn version_of(tx: &Tx, code: &str, number: i64) -> Result<Option<Programme>, StoreError> {
    // What is shipped with the program is no row.
    let kept = if number == SHIPPED { None } else { catalogue::numbered(tx, &kind_of(code), number).await? };
    parsed(code, kept.as_ref())
}

/// The same, for who only reads.
pub(super) async fn version_read(
    ctx: &Context,
    code: &str,
    number: i64,
) -> Result<Option<Programme>, StoreError> {
    let db = ctx.db().read();
    let kept = if number == SHIPPED { None } else { catalogue::numbered(db, &kind_of(code), number).await? };
    parsed(code, kept.as_ref())
}

fn parsed(code: &str, kept: Option<&CatalogueRow>) -> Result<Option<Programme>, StoreError> {
    let text = kept.map(|row| row.content.as_str()).or_else(|| preset(code).map(|one| one.text));
    text.map(read_programme).transpose().map_err(|error| StoreError::Other(error.to_string()))
}

/// A programme in force today, by its code.
pub(crate) async fn in_force(ctx: &Context, code: &str) -> Result<Option<Offered>, StoreError> {
    Ok(all(ctx).await?.into_iter().find(|one| one.programme.code == code))
}

/// Every programme: those that run here first.
///
/// # Errors
/// [`ProgrammeError::Refused`].
pub async fn programmes(ctx: &Context) -> Result<Vec<Offered>, ProgrammeError> {
    permit(ctx, Action::ReadCatalogues)?;
    Ok(all(ctx).await?)
}

/// A programme, as it is today.
///
/// # Errors
/// [`VersionError::Unknown`].
pub async fn programme(ctx: &Context, code: &str) -> Result<Offered, ProgrammeError> {
    permit(ctx, Action::ReadCatalogues)?;
    Ok(in_force(ctx, code).await?.ok_or(VersionError::Unknown)?)
}

/// The versions of a programme, the most recent first.
///
/// # Errors
/// [`ProgrammeError::Refused`].
pub async fn programme_versions(ctx: &Context, code: &str) -> Result<Vec<Version>, ProgrammeError> {
    permit(ctx, Action::ReadCatalogues)?;
    let mut all = versions::list(ctx, &kind_of(code)).await?;
    if preset(code).is_none() {
        all.retain(|one| one.number != SHIPPED);
    }
    Ok(all)
}

/// The text of a version of a programme.
///
/// # Errors
/// [`VersionError::Unknown`].
pub async fn programme_text(ctx: &Context, code: &str, number: i64) -> Result<String, ProgrammeError> {
    permit(ctx, Action::ReadCatalogues)?;
    let shipped = preset(code).map(|preset| preset.text);
    match shipped {
        None if number == SHIPPED => Err(VersionError::Unknown.into()),
        shipped => Ok(versions::text(ctx, &kind_of(code), number, shipped.unwrap_or_default()).await?),
    }
}

/// Publishes a version of a programme, or a programme of the département's own; those who entered before go on by theirs.
///
/// # Errors
/// [`ProgrammeError`].
pub async fn publish_programme(
    ctx: &Context,
    code: Option<&str>,
    draft: &Draft,
) -> Result<String, ProgrammeError> {
    permit(ctx, Action::EditCatalogues)?;
    versions::fits(&draft.text)?;
    let read = read_programme(&draft.text)?;
    let faults = read.faults();
    if !faults.is_empty() {
        return Err(ProgrammeError::Faults(faults));
    }
    if code.is_some_and(|code| code != read.code) {
        return Err(ProgrammeError::OtherCode(read.name));
    }
    versions::add(ctx, &kind_of(&read.code), draft).await?;
    Ok(read.code)
}
