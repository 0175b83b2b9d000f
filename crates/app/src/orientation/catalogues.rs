//! The questionnaire and the rules in force, and how a département changes them: a version each time, from a day on.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::permission::Action;
use domain::audit::Act;
use domain::orientation::questionnaire::Questionnaire;
use domain::orientation::rules::RuleSet;
use domain::reference::catalogues::{ORIENTATION_QUESTIONNAIRE, ORIENTATION_RULES};
use domain::reference::parameters;
use exchange::orientation::{OrientationError, read_questionnaire, read_rules};
use serde_json::json;
use store::StoreError;
use store::access::account;
use store::orientation::catalogue::{self, CatalogueRow, kind};
use uuid::Uuid;

use crate::access::{Refused, permit};
use crate::{Context, audit};

/// Longest text of a catalogue, in bytes.
const LONGEST: usize = 400_000;
/// The number of the version that every département begins with.
const SHIPPED: i64 = 1;

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
    /// Too long.
    #[error("Ce texte est trop long : 400 000 caractères au plus.")]
    TooLong,
    /// Before today: decisions made since then would no longer be explained by it.
    #[error("Une version commence aujourd’hui au plus tôt.")]
    TooEarly,
    /// Somebody published another version meanwhile.
    #[error("Quelqu’un a publié une autre version entre-temps : relisez-la avant de publier la vôtre.")]
    Changed,
    /// No version of this number.
    #[error("Cette version n’existe pas.")]
    Unknown,
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

/// A version, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number.
    pub number: i64,
    /// Its first day; `None` for the one shipped with the program.
    pub valid_from: Option<NaiveDate>,
    /// What its author wrote of it.
    pub note: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// When.
    pub written_at: Option<DateTime<Utc>>,
    /// It is the one in force today.
    pub in_force: bool,
}

/// What is typed to publish a version.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The text, in TOML.
    pub text: String,
    /// Its first day.
    pub valid_from: Option<NaiveDate>,
    /// Why it changes.
    pub note: String,
    /// The number of the last version that its author has read.
    pub after: i64,
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
    let db = ctx.db().read();
    let rows = catalogue::versions(db, kind.code()).await?;
    let authors: Vec<Uuid> = rows.iter().filter_map(|row| row.written_by).collect();
    let names = account::names(ctx.db(), &authors).await?;
    let now = rows.iter().filter(|row| row.valid_from <= ctx.today()).map(|row| row.number).max();
    let mut all: Vec<Version> = rows
        .into_iter()
        .map(|row| Version {
            number: row.number,
            valid_from: Some(row.valid_from),
            note: row.note,
            author: row.written_by.and_then(|id| account::name_of(&names, id)),
            written_at: Some(row.written_at),
            in_force: Some(row.number) == now,
        })
        .collect();
    all.push(Version {
        number: SHIPPED,
        valid_from: None,
        note: "Version livrée avec Déclic.".to_owned(),
        author: None,
        written_at: None,
        in_force: now.is_none(),
    });
    Ok(all)
}

/// The text of a version.
///
/// # Errors
/// [`CatalogueError::Unknown`].
pub async fn version_text(ctx: &Context, kind: CatalogueKind, number: i64) -> Result<String, CatalogueError> {
    permit(ctx, Action::ReadCatalogues)?;
    if number == SHIPPED {
        return Ok(kind.shipped().to_owned());
    }
    let row = catalogue::numbered(ctx.db().read(), kind.code(), number).await?;
    Ok(row.ok_or(CatalogueError::Unknown)?.content)
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
    if draft.text.len() > LONGEST {
        return Err(CatalogueError::TooLong);
    }
    match kind {
        CatalogueKind::Questionnaire => usable_questionnaire(ctx, &draft.text).await?,
        CatalogueKind::Rules => usable_rules(ctx, &draft.text).await.map(|_| ())?,
    }
    let valid_from = draft.valid_from.unwrap_or_else(|| ctx.today());
    if valid_from < ctx.today() {
        return Err(CatalogueError::TooEarly);
    }
    let tx = ctx.db().begin().await?;
    let last = catalogue::versions(&tx, kind.code()).await?.first().map_or(SHIPPED, |row| row.number);
    if last != draft.after {
        return Err(CatalogueError::Changed);
    }
    let number = last + 1;
    let new = CatalogueRow {
        id: ctx.app.ids.make(),
        kind: kind.code().to_owned(),
        number,
        content: draft.text.clone(),
        valid_from,
        note: draft.note.trim().chars().take(500).collect(),
        written_by: ctx.actor.id,
        written_at: ctx.now(),
    };
    catalogue::insert(&tx, new).await?;
    let detail = json!({ "what": kind.code(), "before": last, "after": number, "since": valid_from });
    audit::record(ctx, &tx, Act::EditCatalogue, None, Some(kind.code().to_owned()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(number)
}
