//! The questionnaire and the rules in force, and how a département changes them: a version each time, from a day on.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::orientation::questionnaire::Questionnaire;
use domain::orientation::rules::RuleSet;
use domain::reference::catalogues::{ORIENTATION_QUESTIONNAIRE, ORIENTATION_RULES};
use domain::reference::parameters;
use exchange::orientation::{OrientationError, read_questionnaire, read_rules};
use store::StoreError;
use store::orientation::catalogue::{self, kind};

use crate::Context;
use crate::access::{Refused, permit};
use crate::settings::versions::{self, SHIPPED};
use crate::settings::{Draft, Version, VersionError};

/// Which catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CatalogueKind {
    /// The questionnaire of the call.
    Questionnaire,
    /// The rules.
    Rules,
}

impl CatalogueKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Questionnaire, Self::Rules];

    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Questionnaire => kind::QUESTIONNAIRE,
            Self::Rules => kind::RULES,
        }
    }

    fn shipped(self) -> &'static str {
        match self {
            Self::Questionnaire => ORIENTATION_QUESTIONNAIRE,
            Self::Rules => ORIENTATION_RULES,
        }
    }
}

/// Why a catalogue is not read or changed.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] OrientationError),
    /// It can be read and not used: one sentence for each fault.
    #[error("{}", .0.join(" "))]
    Faults(Vec<String>),
    /// Too long, too early, written over, or unknown.
    #[error(transparent)]
    Version(#[from] VersionError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is in force today.
#[derive(Debug, Clone)]
pub struct Catalogues {
    /// The questionnaire.
    pub questionnaire: Questionnaire,
    /// The number of its version.
    pub questionnaire_number: i64,
    /// The rules.
    pub rules: RuleSet,
    /// The number of their version.
    pub rules_number: i64,
    /// The first day of the rules.
    pub rules_since: Option<NaiveDate>,
}

/// The value of a legal parameter on `day`, as rules compare it.
pub(crate) async fn parameter_values(
    ctx: &Context,
    day: NaiveDate,
) -> Result<impl Fn(&str) -> Option<i64> + use<>, StoreError> {
    let own = store::settings::own_parameters(ctx.db()).await?;
    Ok(move |key: &str| {
        let set = own.iter().filter(|one| one.key == key && one.since <= day).max_by_key(|one| one.since);
        let value = set.map(|one| one.value.as_str()).or_else(|| parameters::value_at(key, day))?;
        value.parse().ok()
    })
}

/// The questionnaire and the rules in force today. For the program: who reads what is asked by each use case.
pub(crate) async fn current(ctx: &Context) -> Result<Catalogues, StoreError> {
    let db = ctx.db().read();
    let (questions, rules) = (CatalogueKind::Questionnaire, CatalogueKind::Rules);
    let written = catalogue::in_force(db, questions.code(), ctx.today()).await?;
    let own = catalogue::in_force(db, rules.code(), ctx.today()).await?;
    let bad = |error: OrientationError| StoreError::Other(error.to_string());
    Ok(Catalogues {
        questionnaire: read_questionnaire(written.as_ref().map_or(questions.shipped(), |row| &row.content))
            .map_err(bad)?,
        questionnaire_number: written.map_or(SHIPPED, |row| row.number),
        rules: read_rules(own.as_ref().map_or(rules.shipped(), |row| &row.content)).map_err(bad)?,
        rules_number: own.as_ref().map_or(SHIPPED, |row| row.number),
        rules_since: own.map(|row| row.valid_from),
    })
}

/// The questionnaire of this number, with which a call began; the one in force when it is no longer there.
pub(crate) async fn questionnaire_of(
    ctx: &Context,
    number: i64,
    in_force: &Catalogues,
) -> Result<Questionnaire, StoreError> {
    if number == in_force.questionnaire_number {
        return Ok(in_force.questionnaire.clone());
    }
    let kept = catalogue::numbered(ctx.db().read(), CatalogueKind::Questionnaire.code(), number).await?;
    let text = kept.as_ref().map_or(CatalogueKind::Questionnaire.shipped(), |row| &row.content);
    read_questionnaire(text).map_err(|error| StoreError::Other(error.to_string()))
}

/// The questionnaire and the rules in force today.
///
/// # Errors
/// [`CatalogueError::Refused`].
pub async fn catalogues(ctx: &Context) -> Result<Catalogues, CatalogueError> {
    permit(ctx, Action::ReadCatalogues)?;
    Ok(current(ctx).await?)
}

/// Every version, the most recent first; the one shipped with the program comes last.
///
/// # Errors
/// [`CatalogueError::Refused`].
pub async fn versions(ctx: &Context, kind: CatalogueKind) -> Result<Vec<Version>, CatalogueError> {
    permit(ctx, Action::ReadCatalogues)?;
    Ok(versions::list(ctx, kind.code()).await?)
}

/// The text of a version.
///
/// # Errors
/// [`VersionError::Unknown`].
pub async fn version_text(ctx: &Context, kind: CatalogueKind, number: i64) -> Result<String, CatalogueError> {
    permit(ctx, Action::ReadCatalogues)?;
    Ok(versions::text(ctx, kind.code(), number, kind.shipped()).await?)
}

/// Reads a text as rules that may be used with the questionnaire in force.
pub(crate) async fn usable_rules(ctx: &Context, text: &str) -> Result<RuleSet, CatalogueError> {
    let rules = read_rules(text)?;
    let parameter = parameter_values(ctx, ctx.today()).await?;
    let faults = rules.faults(&current(ctx).await?.questionnaire, &|key| parameter(key).is_some());
    if faults.is_empty() { Ok(rules) } else { Err(CatalogueError::Faults(faults)) }
}

async fn usable_questionnaire(ctx: &Context, text: &str) -> Result<(), CatalogueError> {
    let questions = read_questionnaire(text)?;
    let mut faults = questions.faults();
    let parameter = parameter_values(ctx, ctx.today()).await?;
    // Rules that ask what is no longer asked would silently never match.
    faults.extend(current(ctx).await?.rules.faults(&questions, &|key| parameter(key).is_some()));
    if faults.is_empty() { Ok(()) } else { Err(CatalogueError::Faults(faults)) }
}

/// Publishes a version; those before stay. Returns its number.
///
/// # Errors
/// [`CatalogueError`].
pub async fn publish(ctx: &Context, kind: CatalogueKind, draft: &Draft) -> Result<i64, CatalogueError> {
    permit(ctx, Action::EditCatalogues)?;
    versions::fits(&draft.text)?;
    match kind {
        CatalogueKind::Questionnaire => usable_questionnaire(ctx, &draft.text).await?,
        CatalogueKind::Rules => usable_rules(ctx, &draft.text).await.map(|_| ())?,
    }
    Ok(versions::add(ctx, kind.code(), draft).await?)
}
