//! Finding people by a few letters, a sound, a number or a date.

use chrono::NaiveDate;
use domain::access::scope::Scope;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::db::Db;
use crate::entity::{household, membership, person, search_term};
use crate::error::Result;
use crate::scope::{spoken_for, visible};

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

/// Somebody who may be the one looked for: enough to say how close.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Named {
    /// Their record.
    pub id: Uuid,
    /// Last name.
    pub last_name: String,
    /// Birth name.
    pub birth_name: String,
    /// First name.
    pub first_name: String,
    /// Name as lists sort it.
    pub sort_name: String,
}

/// People of `scope` for whom every clue holds; at most `limit`, by name. `merged`: some records joined another one,
/// which then answers for them.
///
/// # Errors
/// When the database does not answer.
pub async fn search(
    db: &Db,
    merged: bool,
    scope: &Scope,
    today: NaiveDate,
    clues: &[Clue],
    limit: u64,
) -> Result<Vec<Named>> {
    let mut all = visible(scope, today);
    for clue in clues {
        let found = ids(db, clue).await?;
        let found = if merged { spoken_for(found) } else { found };
        all = all.add(person::Column::Id.in_subquery(found));
    }
    // Sorted outside: an engine that sees the order while it looks for people walks through everybody by name.
    let columns = [
        person::Column::Id,
        person::Column::LastName,
        person::Column::BirthName,
        person::Column::FirstName,
        person::Column::SortName,
    ];
    let people = person::Entity::find()
        .select_only()
        .columns(columns)
        .filter(all)
        .limit(i64::MAX.unsigned_abs())
        .into_query();
    let by_name = Query::select()
        .columns(columns)
        .from_subquery(people, Alias::new("found"))
        .order_by(person::Column::SortName, sea_orm::Order::Asc)
        .order_by(person::Column::Id, sea_orm::Order::Asc)
        .limit(limit)
        .to_owned();
    Ok(Named::find_by_statement(db.read().get_database_backend().build(&by_name)).all(db.read()).await?)
}

/// The records that a clue points at.
async fn ids(db: &Db, clue: &Clue) -> Result<SelectStatement> {
    Ok(match clue {
        Clue::Any(readings) => {
            let mut found = Vec::with_capacity(readings.len());
            for reading in readings {
                found.push(Box::pin(ids(db, reading)).await?);
            }
            one_of(found.into_iter())
        }
        Clue::Birth(date) => persons(person::Column::BirthDate.eq(*date)),
        Clue::FranceTravail(id) => {
            let indexes = crate::sealed::FRANCE_TRAVAIL.indexes_of(db.keys(), id);
            persons(person::Column::FranceTravailIndex.is_in(indexes))
        }
        Clue::Phone(phone) => {
            let values = std::slice::from_ref(phone);
            let holders = super::contact::holders(db.keys(), db.read(), values).await?;
            persons(person::Column::Id.is_in(holders))
        }
        Clue::Number(digits) => {
            let elsewhere = super::label::with_number(db.read(), digits, MOST).await?;
            let elsewhere = persons(person::Column::Id.is_in(elsewhere));
            let numbers = [household::Column::ClaimNumber, household::Column::Matricule];
            let households = numbers.into_iter().map(|number| {
                let households = household::Entity::find()
                    .select_only()
                    .column(household::Column::Id)
                    .filter(prefix(Expr::col(number), digits))
                    .order_by_asc(number)
                    .limit(MOST)
                    .into_query();
                membership::Entity::find()
                    .select_only()
                    .column(membership::Column::PersonId)
                    .filter(membership::Column::HouseholdId.in_subquery(households))
                    .into_query()
            });
            one_of(std::iter::once(elsewhere).chain(households))
        }
        Clue::Name { letters, sound } if sound.is_empty() => named(&format!("n:{letters}")),
        Clue::Name { letters, sound } => {
            one_of([named(&format!("n:{letters}")), named(&format!("s:{sound}"))].into_iter())
        }
    })
}

/// The records of one or another of these queries.
fn one_of(mut queries: impl Iterator<Item = SelectStatement>) -> SelectStatement {
    let mut first = queries.next().unwrap_or_else(|| persons(Expr::val(1).eq(0)));
    queries.fold(&mut first, |all, query| all.union(UnionType::All, query)).to_owned()
}

fn persons(which: Expr) -> SelectStatement {
    person::Entity::find().select_only().column(person::Column::Id).filter(which).into_query()
}

fn named(start: &str) -> SelectStatement {
    let found = search_term::Entity::find()
        .select_only()
        .column(search_term::Column::PersonId)
        .filter(prefix(Expr::col(search_term::Column::Term), start))
        .order_by_asc(search_term::Column::Term)
        .order_by_asc(search_term::Column::PersonId)
        .limit(MOST)
        .into_query();
    // Within a union a bound needs a query of its own.
    Query::select().column(search_term::Column::PersonId).from_subquery(found, Alias::new("terms")).to_owned()
}

/// `column` begins with `start`, as a range that an index serves on both engines.
fn prefix(column: Expr, start: &str) -> Expr {
    column.clone().gte(start).and(column.lt(format!("{start}\u{10ffff}")))
}
