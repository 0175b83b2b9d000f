//! Finding people by a few letters, a sound, a number or a date.

use chrono::NaiveDate;
use domain::access::scope::Scope;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::PersonRow;
use crate::db::Db;
use crate::entity::{contact, household, membership, person, search_term};
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
    /// The beginning of a claim or allocataire number.
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

/// People of `scope` for whom every clue holds; at most `limit`, by name.
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
    let mut all = visible(scope, today);
    for clue in clues {
        all = all.add(condition(clue));
    }
    Ok(person::Entity::find()
        .filter(all)
        .order_by_asc(person::Column::SortName)
        .order_by_asc(person::Column::Id)
        .limit(limit)
        .all(db.read())
        .await?)
}

fn condition(clue: &Clue) -> Condition {
    match clue {
        Clue::Any(readings) => readings.iter().fold(Condition::any(), |any, c| any.add(condition(c))),
        Clue::Birth(date) => Condition::all().add(person::Column::BirthDate.eq(*date)),
        Clue::FranceTravail(id) => Condition::all().add(person::Column::FranceTravailId.eq(id.as_str())),
        Clue::Phone(phone) => Condition::all().add(
            person::Column::Id.in_subquery(spoken_for(
                Query::select()
                    .column(contact::Column::PersonId)
                    .from(contact::Entity)
                    .and_where(contact::Column::Value.eq(phone.as_str()))
                    .to_owned(),
            )),
        ),
        Clue::Number(digits) => Condition::all().add(
            person::Column::Id.in_subquery(spoken_for(
                Query::select()
                    .column((membership::Entity, membership::Column::PersonId))
                    .from(membership::Entity)
                    .inner_join(
                        household::Entity,
                        Expr::col((household::Entity, household::Column::Id))
                            .equals((membership::Entity, membership::Column::HouseholdId)),
                    )
                    .cond_where(
                        Condition::any()
                            .add(prefix(
                                Expr::col((household::Entity, household::Column::ClaimNumber)),
                                digits,
                            ))
                            .add(prefix(
                                Expr::col((household::Entity, household::Column::Matricule)),
                                digits,
                            )),
                    )
                    .to_owned(),
            )),
        ),
        Clue::Name { letters, sound } => {
            let mut any = Condition::any().add(person::Column::Id.in_subquery(named("n:", letters)));
            if !sound.is_empty() {
                any = any.add(person::Column::Id.in_subquery(named("s:", sound)));
            }
            any
        }
    }
}

/// The persons whose words begin so, and those who speak for them. Few records have joined another one: each is looked
/// up by itself, so that a short beginning is not read twice.
fn named(kind: &str, start: &str) -> SelectStatement {
    let begins = || prefix(Expr::col(search_term::Column::Term), &format!("{kind}{start}"));
    let own = Query::select()
        .expr(Expr::val(1))
        .from(search_term::Entity)
        .and_where(
            Expr::col((search_term::Entity, search_term::Column::PersonId))
                .equals((person::Entity, person::Column::Id)),
        )
        .and_where(begins())
        .to_owned();
    let joined = Query::select()
        .column(person::Column::MergedInto)
        .from(person::Entity)
        .and_where(person::Column::MergedInto.is_not_null())
        .and_where(Expr::exists(own))
        .to_owned();
    Query::select()
        .column(search_term::Column::PersonId)
        .from(search_term::Entity)
        .and_where(begins())
        .union(UnionType::All, joined)
        .to_owned()
}

/// `column` begins with `start`, as a range that an index serves on both engines.
fn prefix(column: Expr, start: &str) -> Expr {
    column.clone().gte(start).and(column.lt(format!("{start}\u{10ffff}")))
}
