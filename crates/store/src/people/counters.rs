//! How many people stand where, counted once when people change and kept in memory by who asks often.
//!
//! The numbers themselves are private: what a caller may read of them is what their [`Scope`] holds.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use domain::access::scope::{Reach, Scope};
use domain::followup::path::PathState;
use sea_orm::EntityTrait;

use super::list::Filter;
use crate::db::Db;
use crate::entity::{counter, counter_place};
use crate::error::Result;

/// People in a state, of a territory (empty: none), due on a day.
#[derive(Debug)]
struct Cell {
    state: Arc<str>,
    territory: Arc<str>,
    due_on: Option<NaiveDate>,
    people: u64,
}

/// People in a state, of a territory (empty: none), who live in a commune.
#[derive(Debug)]
struct Place {
    state: Arc<str>,
    territory: Arc<str>,
    commune: Box<str>,
    people: u64,
}

/// The counters of a département. Each answer is `None` when they cannot tell it: of a caseload, or of a filter finer
/// than state, territory and due date.
#[derive(Debug)]
pub struct Counters {
    cells: Vec<Cell>,
    places: Vec<Place>,
}

impl Counters {
    /// Reads them all.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load(db: &Db) -> Result<Self> {
        let mut words = Words::default();
        let cells = counter::Entity::find().all(db.read()).await?.into_iter().map(|row| Cell {
            state: words.one(row.state),
            territory: words.one(row.territory),
            // 1970-01-01 stands for « no date »: a key of the table has no empty value.
            due_on: Some(row.due_on).filter(|day| *day != NaiveDate::default()),
            people: u64::try_from(row.people).unwrap_or(0),
        });
        let cells = cells.collect();
        let places = counter_place::Entity::find().all(db.read()).await?.into_iter().map(|row| Place {
            state: words.one(row.state),
            territory: words.one(row.territory),
            commune: row.commune.into_boxed_str(),
            people: u64::try_from(row.people).unwrap_or(0),
        });
        Ok(Self { cells, places: places.collect() })
    }

    /// How many people `scope` and `filter` keep.
    pub fn count(&self, scope: &Scope, filter: &Filter) -> Option<u64> {
        Some(self.by_state(scope, filter)?.into_values().sum())
    }

    /// How many people are due on each day.
    pub fn by_due(&self, scope: &Scope, filter: &Filter) -> Option<Vec<(NaiveDate, u64)>> {
        Some(self.within(scope, filter)?.filter_map(|cell| Some((cell.due_on?, cell.people))).collect())
    }

    /// How many people are in each state.
    pub fn by_state(&self, scope: &Scope, filter: &Filter) -> Option<BTreeMap<String, u64>> {
        let mut found: BTreeMap<&str, u64> = BTreeMap::new();
        if let Some(commune) = &filter.commune {
            let wider = Filter { commune: None, ..filter.clone() };
            for place in self.places(scope, &wider)?.filter(|place| *place.commune == **commune) {
                *found.entry(&place.state).or_default() += place.people;
            }
        } else {
            for cell in self.within(scope, filter)? {
                *found.entry(&cell.state).or_default() += cell.people;
            }
        }
        Some(found.into_iter().map(|(state, people)| (state.to_owned(), people)).collect())
    }

    /// The communes where people live, with how many, by code.
    pub fn communes(&self, scope: &Scope, filter: &Filter) -> Option<Vec<(String, u64)>> {
        let mut found: BTreeMap<&str, u64> = BTreeMap::new();
        for place in self.places(scope, filter)? {
            *found.entry(&place.commune).or_default() += place.people;
        }
        Some(found.into_iter().map(|(commune, people)| (commune.to_owned(), people)).collect())
    }

    fn places<'a>(
        &'a self,
        scope: &'a Scope,
        filter: &Filter,
    ) -> Option<impl Iterator<Item = &'a Place> + use<'a>> {
        let told = filter.due == (None, None) && filter.is_plain() && may_be_told(scope);
        let (state, territory) = (filter.state.clone(), filter.territory.clone());
        let asked = Filter { state, territory, ..Filter::default() };
        let places = self.places.iter();
        told.then(|| places.filter(move |place| kept(scope, &asked, &place.state, &place.territory)))
    }

    fn within<'a>(&'a self, scope: &'a Scope, filter: &'a Filter) -> Option<impl Iterator<Item = &'a Cell>> {
        let told = filter.is_plain() && may_be_told(scope);
        let due = move |cell: &&Cell| match (filter.due, cell.due_on) {
            ((None, None), _) => true,
            (_, None) => false,
            ((from, to), Some(day)) => from.is_none_or(|d| day >= d) && to.is_none_or(|d| day <= d),
        };
        let cells = self.cells.iter().filter(move |cell| kept(scope, filter, &cell.state, &cell.territory));
        told.then(|| cells.filter(due))
    }
}

/// Counters know states and territories, not who follows whom.
fn may_be_told(scope: &Scope) -> bool {
    scope
        .reaches()
        .iter()
        .all(|reach| !matches!(reach, Reach::Caseload(_) | Reach::Structure(_) | Reach::Person(_)))
}

fn kept(scope: &Scope, filter: &Filter, state: &str, territory: &str) -> bool {
    let here = |list: &Option<Vec<String>>| list.as_ref().is_none_or(|l| l.iter().any(|t| t == territory));
    let seen = |reach: &Reach| match reach {
        Reach::Everything => true,
        Reach::Territories(list) => here(list),
        Reach::Queue(list) => state == PathState::ToOrient.code() && here(list),
        Reach::Caseload(_) | Reach::Structure(_) | Reach::Person(_) => false,
    };
    filter.state.as_deref().is_none_or(|s| s == state)
        && filter.territory.as_deref().is_none_or(|t| t == territory)
        && scope.reaches().iter().any(seen)
}

/// A few words, said thousands of times: each is kept once.
#[derive(Default)]
struct Words(HashMap<String, Arc<str>>);

impl Words {
    fn one(&mut self, word: String) -> Arc<str> {
        if let Some(known) = self.0.get(&word) {
            return Arc::clone(known);
        }
        let kept: Arc<str> = Arc::from(word.as_str());
        self.0.insert(word, Arc::clone(&kept));
        kept
    }
}
