//! Lists of people: filtered, sorted, paged by key, counted.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::access::scope::Scope;
use domain::followup::path::PathState;
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select, TryGetable,
};
use uuid::Uuid;

use super::PersonRow;
use super::counters::Counters;
use crate::db::Db;
use crate::entity::person;
use crate::error::Result;
use crate::orientation::sector::communes as communes_of;
use crate::scope::visible;

/// What a list keeps. Dates bound what the screen calls age, seniority and delay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Path state.
    pub state: Option<String>,
    /// Territory code; empty text = people without a territory.
    pub territory: Option<String>,
    /// INSEE code.
    pub commune: Option<String>,
    /// The communes of a sector.
    pub sector: Option<Uuid>,
    /// First and last birth date.
    pub born: (Option<NaiveDate>, Option<NaiveDate>),
    /// First and last date of seniority in the RSA.
    pub since: (Option<NaiveDate>, Option<NaiveDate>),
    /// First and last due date.
    pub due: (Option<NaiveDate>, Option<NaiveDate>),
    /// Family codes (`SITFAM`), any of them.
    pub families: Vec<String>,
    /// At least one dependant, or none.
    pub with_dependants: Option<bool>,
    /// The file that named them first.
    pub origin: Option<Uuid>,
    /// The person of this account's caseload.
    pub referent: Option<Uuid>,
    /// Code of the programme shown of them: for softwares, which know of no sensitive structure.
    pub programme: Option<String>,
    /// Somebody should follow them, and nobody does.
    pub alone: bool,
    /// They are to orient or followed, and nothing is owed to them.
    pub stepless: bool,
    /// What their contracts ask: for lists that leave out afterwards those whose contract is not to be known.
    pub contract: Option<ContractAsks>,
}

/// What the contracts of a person ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContractAsks {
    /// One that was signed awaits its validation.
    Validation,
    /// The only one in force is of before 2025.
    Replacement,
    /// The last one ends that day, or before.
    EndsBy(NaiveDate),
    /// Oriented, and none is signed.
    Signature,
}

impl ContractAsks {
    fn condition(self) -> Condition {
        match self {
            Self::Validation => Condition::all().add(person::Column::ValidateBy.is_not_null()),
            Self::Replacement => Condition::all().add(person::Column::ContractOld.eq(true)),
            Self::EndsBy(day) => Condition::all()
                .add(person::Column::ContractUntil.lte(day))
                .add(person::Column::ContractOld.eq(false)),
            Self::Signature => Condition::all()
                .add(person::Column::OrientedOn.is_not_null())
                .add(person::Column::LeftOn.is_null())
                .add(person::Column::ContractUntil.is_null()),
        }
    }
}

impl Filter {
    /// True when counters alone can count it.
    pub(crate) fn is_plain(&self) -> bool {
        let kept = Self {
            state: self.state.clone(),
            territory: self.territory.clone(),
            due: self.due,
            ..Self::default()
        };
        *self == kept
    }
}

/// Column that orders a list; the identifier breaks ties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Most urgent first.
    #[default]
    Due,
    /// By name.
    Name,
    /// Oldest reception first.
    Reception,
    /// Longest in the RSA first.
    Since,
    /// Oldest person first.
    Birth,
}

/// Ascending or descending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Smallest first.
    #[default]
    Ascending,
    /// Greatest first.
    Descending,
}

/// A page: where it begins (the value and identifier of the last row before) and how long it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Sort value and identifier of the last row of the page before.
    pub after: Option<(String, Uuid)>,
    /// Rows.
    pub limit: u64,
}

/// The people that `scope` and `filter` keep, in order.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    db: &Db,
    scope: &Scope,
    today: NaiveDate,
    filter: &Filter,
    sort: (Sort, Order),
    page: &Page,
) -> Result<Vec<PersonRow>> {
    let column = column(sort.0);
    let key = Expr::col((person::Entity, column));
    // Empty dates are put at the end of time so that the order and the key of a page never meet a NULL.
    // Who is to orient has a due date (`verify` holds it): the index on (state, due_on, id) then gives the order.
    let never_empty = sort.0 == Sort::Due && filter.state.as_deref() == Some(PathState::ToOrient.code());
    let value = if sort.0 == Sort::Name || never_empty { key } else { Expr::expr(key).if_null(far(sort.0)) };
    let mut query = filtered(scope, today, filter);
    if let Some((after, id)) = &page.after {
        let bound = if sort.0 == Sort::Name {
            Expr::value(after.clone())
        } else {
            Expr::value(after.parse::<NaiveDate>().unwrap_or(NaiveDate::MIN))
        };
        let left = Expr::tuple([value.clone(), Expr::col((person::Entity, person::Column::Id))]);
        let right = Expr::tuple([bound, Expr::value(*id)]);
        query = query.filter(match sort.1 {
            Order::Ascending => left.gt(right),
            Order::Descending => left.lt(right),
        });
    }
    let direction = match sort.1 {
        Order::Ascending => sea_orm::Order::Asc,
        Order::Descending => sea_orm::Order::Desc,
    };
    let query =
        query.order_by(value, direction.clone()).order_by(person::Column::Id, direction).limit(page.limit);
    if filter.is_plain() {
        return Ok(query.all(db.read()).await?);
    }
    // Who they are is told by an index that holds every column of the filters; only then are their records read.
    let ids: Vec<Uuid> = query.select_only().column(person::Column::Id).into_tuple().all(db.read()).await?;
    let mut rows = super::one::rows(db.read(), &ids).await?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(rows)
}

/// The sort value of a row, as a page key.
pub fn sort_value(row: &PersonRow, sort: Sort) -> String {
    let date = |d: Option<NaiveDate>| d.unwrap_or_else(|| far_date(sort)).to_string();
    match sort {
        Sort::Due => date(row.due_on),
        Sort::Name => row.sort_name.clone(),
        Sort::Reception => date(row.reception.or(row.claim_reception)),
        Sort::Since => date(row.since),
        Sort::Birth => date(row.birth_date),
    }
}

fn column(sort: Sort) -> person::Column {
    match sort {
        Sort::Due => person::Column::DueOn,
        Sort::Name => person::Column::SortName,
        Sort::Reception => person::Column::Reception,
        Sort::Since => person::Column::Since,
        Sort::Birth => person::Column::BirthDate,
    }
}

fn far_date(_: Sort) -> NaiveDate {
    NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX)
}

fn far(sort: Sort) -> NaiveDate {
    far_date(sort)
}

/// Adds the name order and its page key to a query on persons.
pub(crate) fn by_name(query: Select<person::Entity>, page: &Page) -> Select<person::Entity> {
    let mut query = query;
    if let Some((after, id)) = &page.after {
        let left = Expr::tuple([
            Expr::col((person::Entity, person::Column::SortName)),
            Expr::col((person::Entity, person::Column::Id)),
        ]);
        query = query.filter(left.gt(Expr::tuple([Expr::value(after.clone()), Expr::value(*id)])));
    }
    query.order_by_asc(person::Column::SortName).order_by_asc(person::Column::Id).limit(page.limit)
}

/// They are to orient, or followed.
fn served() -> Condition {
    let states = PathState::ALL.into_iter().filter(|one| *one == PathState::ToOrient || one.is_followed());
    Condition::all()
        .add(person::Column::State.is_in(states.map(PathState::code)))
        .add(person::Column::LeftOn.is_null())
}

/// Somebody should follow them, and nobody does.
fn alone() -> Condition {
    let followed = PathState::ALL.into_iter().filter(|state| state.is_followed()).map(PathState::code);
    let should = Condition::any()
        .add(person::Column::State.is_in(followed))
        .add(person::Column::AloneSince.is_not_null());
    Condition::all()
        .add(person::Column::HasReferent.eq(false))
        .add(person::Column::LeftOn.is_null())
        .add(should)
}

fn filtered(scope: &Scope, today: NaiveDate, filter: &Filter) -> Select<person::Entity> {
    let mut all = visible(scope, today);
    if let Some(state) = &filter.state {
        all = all.add(person::Column::State.eq(state.as_str()));
    }
    if let Some(territory) = &filter.territory {
        all = all.add(if territory.is_empty() {
            person::Column::Territory.is_null()
        } else {
            person::Column::Territory.eq(territory.as_str())
        });
    }
    if let Some(commune) = &filter.commune {
        all = all.add(person::Column::Commune.eq(commune.as_str()));
    }
    all = all.add_option(filter.sector.map(|id| person::Column::Commune.in_subquery(communes_of(id))));
    for (column, (from, to)) in [
        (person::Column::BirthDate, filter.born),
        (person::Column::Since, filter.since),
        (person::Column::DueOn, filter.due),
    ] {
        all = all.add_option(from.map(|d| column.gte(d))).add_option(to.map(|d| column.lte(d)));
    }
    if !filter.families.is_empty() {
        all = all.add(person::Column::Family.is_in(filter.families.iter().map(String::as_str)));
    }
    all =
        all.add_option(filter.with_dependants.map(|some| {
            if some { person::Column::Dependants.gt(0) } else { person::Column::Dependants.eq(0) }
        }));
    all = all.add_option(filter.origin.map(|id| person::Column::OriginImport.eq(id)));
    all = all.add_option(filter.programme.as_deref().map(|code| person::Column::Programme.eq(code)));
    all = all.add_option(filter.contract.map(ContractAsks::condition));
    all = all.add_option(filter.alone.then(alone));
    all = all.add_option(filter.stepless.then(|| served().add(person::Column::DueOn.is_null())));
    if let Some(account) = filter.referent {
        use crate::entity::referent;
        let mine =
            crate::scope::followed(today).and_where(referent::Column::AccountId.eq(account)).to_owned();
        all = all.add(person::Column::Id.in_subquery(crate::scope::spoken_for(mine)));
    }
    person::Entity::find().filter(all)
}

/// How many people `scope` and `filter` keep.
///
/// # Errors
/// When the database does not answer.
pub async fn count(
    db: &Db,
    counters: &Counters,
    scope: &Scope,
    today: NaiveDate,
    filter: &Filter,
) -> Result<u64> {
    match counters.count(scope, filter) {
        Some(people) => Ok(people),
        None => Ok(filtered(scope, today, filter).count(db.read()).await?),
    }
}

/// How many people are due on each day, within a filter whose own due dates are left aside.
///
/// # Errors
/// When the database does not answer.
pub async fn by_due(
    db: &Db,
    counters: &Counters,
    scope: &Scope,
    today: NaiveDate,
    filter: &Filter,
) -> Result<Vec<(NaiveDate, u64)>> {
    let filter = Filter { due: (None, None), ..filter.clone() };
    if let Some(days) = counters.by_due(scope, &filter) {
        return Ok(days);
    }
    grouped(db, filtered(scope, today, &filter), person::Column::DueOn).await
}

/// How many people are in each state, within a filter whose own state is left aside.
///
/// # Errors
/// When the database does not answer.
pub async fn by_state(
    db: &Db,
    counters: &Counters,
    scope: &Scope,
    today: NaiveDate,
    filter: &Filter,
) -> Result<BTreeMap<String, u64>> {
    let filter = Filter { state: None, ..filter.clone() };
    if let Some(states) = counters.by_state(scope, &filter) {
        return Ok(states);
    }
    Ok(grouped(db, filtered(scope, today, &filter), person::Column::State).await?.into_iter().collect())
}

/// The communes where people of `scope` in `state` live, with how many; for the filter of a list.
///
/// # Errors
/// When the database does not answer.
pub async fn communes(
    db: &Db,
    counters: &Counters,
    scope: &Scope,
    today: NaiveDate,
    filter: &Filter,
) -> Result<Vec<(String, u64)>> {
    if let Some(communes) = counters.communes(scope, filter) {
        return Ok(communes);
    }
    grouped(db, filtered(scope, today, filter), person::Column::Commune).await
}

/// How many people have each value of a column, those without any left aside; in the order of the values.
async fn grouped<T>(db: &Db, people: Select<person::Entity>, by: person::Column) -> Result<Vec<(T, u64)>>
where
    T: TryGetable + Ord,
{
    // Grouped outside: an engine that sees the groups while it looks for people walks through everybody in their order
    // and reads each record, where the index of the filters would have told.
    let value = Alias::new("value");
    let kept = people.select_only().column_as(by, "value").limit(i64::MAX.unsigned_abs()).into_query();
    let groups = Query::select()
        .column(value.clone())
        .expr(Expr::val(1).count())
        .from_subquery(kept, Alias::new("kept"))
        .group_by_col(value)
        .to_owned();
    let mut found = Vec::new();
    for row in db.read().query_all_raw(db.read().get_database_backend().build(&groups)).await? {
        let (value, people): (Option<T>, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        found.extend(value.map(|value| (value, u64::try_from(people).unwrap_or(0))));
    }
    found.sort_unstable();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use sea_orm::{DbBackend, Statement};

    use super::*;
    use crate::crypto::Keys;
    use crate::db::{Engine, Open};

    #[tokio::test]
    async fn the_index_of_the_filters_answers_without_the_records() {
        let folder = tempfile::tempdir().unwrap();
        let engine = Engine::Sqlite { file: folder.path().join("45.db") };
        let db = Db::open(engine, Keys::derive(&[7; 32], "45"), Open::Migrate).await.unwrap();
        let today = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
        let filter = Filter {
            state: Some(PathState::ToOrient.code().to_owned()),
            territory: Some("orleans".to_owned()),
            sector: None,
            commune: None,
            families: vec!["CEL".to_owned(), "DIV".to_owned()],
            with_dependants: Some(true),
            born: (Some(today), None),
            since: (None, Some(today)),
            due: (None, None),
            origin: Some(Uuid::from_u128(1)),
            referent: None,
            programme: None,
            alone: false,
            stepless: false,
            contract: None,
        };
        let people = filtered(&Scope::everything(), today, &filter);
        let kept = people.select_only().column(person::Column::DueOn).build(DbBackend::Sqlite);
        let plan = Statement::from_string(DbBackend::Sqlite, format!("EXPLAIN QUERY PLAN {kept}"));
        let rows = db.read().query_all_raw(plan).await.unwrap();
        let told: Vec<String> = rows.iter().map(|row| row.try_get("", "detail").unwrap()).collect();
        assert!(told[0].contains("USING COVERING INDEX ix_person_filters"), "{told:?}");
    }
}
