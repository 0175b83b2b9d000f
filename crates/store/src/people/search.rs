//! Finding people by a few letters, a sound, a number or a date.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use domain::access::scope::Scope;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::PersonRow;
use crate::bulk::lists;
use crate::db::Db;
use crate::entity::{household, membership, person, search_term};
use crate::error::Result;
use crate::scope::visible;

/// One thing the words typed ask for; all must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clue {
    /// The beginning of a name (normalised), or the beginning of its sound.
    Name {
        /// Normalised letters.
        letters: String,
        /// The sound key; empty when too short to mean anything.
        sound: String,
    },
    /// The beginning of a claim or allocataire number, or of a number in another software.
    Number(String),
    /// A phone number, E.164.
    Phone(String),
    /// A France Travail number.
    FranceTravail(String),
    /// A birth date.
    Birth(NaiveDate),
    /// Any of these readings of one word.
    Any(Vec<Clue>),
}

/// Records that one clue may point at; a beginning that more people share says nothing yet.
const MOST: u64 = 5_000;

/// People of `scope` for whom every clue holds; at most `limit`, by name.
///
/// Each clue is answered by its own index, the answers are crossed here, and only those rows are read: an engine left to
/// cross them by itself walks through everybody.
///
/// # Errors
/// When the database does not answer.
pub async fn search(
    db: &Db,
    scope: &Scope,
    today: NaiveDate,
    clues: &[Clue],
    limit: u64,
) -> Result<Vec<PersonRow>> {
    let speaks: HashMap<Uuid, Uuid> = joined(db).await?;
    let root = |mut id: Uuid| {
        for _ in 0..16 {
            match speaks.get(&id) {
                Some(next) => id = *next,
                None => break,
            }
        }
        id
    };
    let mut kept: Option<BTreeSet<Uuid>> = None;
    for clue in clues {
        let found: BTreeSet<Uuid> = ids(db, clue).await?.into_iter().map(root).collect();
        kept = Some(match kept {
            None => found,
            Some(before) => before.intersection(&found).copied().collect(),
        });
    }
    let kept: Vec<Uuid> = kept.unwrap_or_default().into_iter().collect();
    let mut names: Vec<(String, Uuid)> = Vec::new();
    for part in lists(&kept) {
        let query = person::Entity::find()
            .select_only()
            .columns([person::Column::SortName, person::Column::Id])
            .filter(visible(scope, today))
            .filter(person::Column::Id.is_in(part));
        names.extend(query.into_tuple::<(String, Uuid)>().all(db.read()).await?);
    }
    names.sort();
    names.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let first: Vec<Uuid> = names.into_iter().map(|(_, id)| id).collect();
    let mut rows = super::one::rows(db.read(), &first).await?;
    rows.sort_by(|a, b| (&a.sort_name, a.id).cmp(&(&b.sort_name, b.id)));
    Ok(rows)
}

/// Records that joined another one.
async fn joined(db: &Db) -> Result<HashMap<Uuid, Uuid>> {
    let pairs: Vec<(Uuid, Uuid)> = person::Entity::find()
        .select_only()
        .columns([person::Column::Id, person::Column::MergedInto])
        .filter(person::Column::MergedInto.is_not_null())
        .into_tuple()
        .all(db.read())
        .await?;
    Ok(pairs.into_iter().collect())
}

async fn ids(db: &Db, clue: &Clue) -> Result<Vec<Uuid>> {
    let mut found = Vec::new();
    match clue {
        Clue::Any(readings) => {
            for reading in readings {
                found.extend(Box::pin(ids(db, reading)).await?);
            }
        }
        Clue::Birth(date) => found = persons(db, person::Column::BirthDate.eq(*date)).await?,
        Clue::FranceTravail(id) => {
            found = persons(db, person::Column::FranceTravailId.eq(id.as_str())).await?;
        }
        Clue::Phone(phone) => {
            found = super::contact::holders(db.read(), std::slice::from_ref(phone)).await?;
        }
        Clue::Number(digits) => {
            found = super::label::with_number(db.read(), digits, MOST).await?;
            for column in [household::Column::ClaimNumber, household::Column::Matricule] {
                let households: Vec<Uuid> = household::Entity::find()
                    .select_only()
                    .column(household::Column::Id)
                    .filter(prefix(Expr::col(column), digits))
                    .limit(MOST)
                    .into_tuple()
                    .all(db.read())
                    .await?;
                for part in lists(&households) {
                    let query = membership::Entity::find().select_only().column(membership::Column::PersonId);
                    let query = query.filter(membership::Column::HouseholdId.is_in(part));
                    found.extend(query.into_tuple::<Uuid>().all(db.read()).await?);
                }
            }
        }
        Clue::Name { letters, sound } => {
            found = named(db, &format!("n:{letters}")).await?;
            if !sound.is_empty() {
                found.extend(named(db, &format!("s:{sound}")).await?);
            }
        }
    }
    Ok(found)
}

async fn persons(db: &Db, which: Expr) -> Result<Vec<Uuid>> {
    let query = person::Entity::find().select_only().column(person::Column::Id).filter(which).limit(MOST);
    Ok(query.into_tuple().all(db.read()).await?)
}

async fn named(db: &Db, start: &str) -> Result<Vec<Uuid>> {
    let query = search_term::Entity::find().select_only().column(search_term::Column::PersonId);
    let query = query.filter(prefix(Expr::col(search_term::Column::Term), start)).limit(MOST);
    Ok(query.into_tuple().all(db.read()).await?)
}

/// `column` begins with `start`, as a range that an index serves on both engines.
fn prefix(column: Expr, start: &str) -> Expr {
    column.clone().gte(start).and(column.lt(format!("{start}\u{10ffff}")))
}
