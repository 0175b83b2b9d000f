//! From a [`Scope`] to a condition on `person`: no scope, no rows.

use chrono::NaiveDate;
use domain::access::permission::following;
use domain::access::role::Role;
use domain::access::scope::{Reach, Scope};
use domain::followup::path::PathState;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, Condition};

use crate::entity::{account, account_role, person, referent};

/// The rows of `person` that `scope` may return on `today`; merged records are hidden behind the one they joined, and
/// nobody sees here who is archived or whose data are frozen.
pub(crate) fn visible(scope: &Scope, today: NaiveDate) -> Condition {
    within_reach(scope, today).add(Expr::col((person::Entity, Alias::new("hidden"))).eq(false))
}

/// The same, archived and frozen or not: only for saying which of the two somebody is.
pub(crate) fn within_reach(scope: &Scope, today: NaiveDate) -> Condition {
    let mut any = Condition::any();
    for reach in scope.reaches() {
        any = any.add(match reach {
            Reach::Everything => Condition::all().add(Expr::val(1).eq(1)),
            Reach::Territories(list) => within(list.as_ref()),
            Reach::Queue(list) => {
                within(list.as_ref()).add(person::Column::State.eq(PathState::ToOrient.code()))
            }
            Reach::Caseload(account) => {
                let mine = followed(today).and_where(referent::Column::AccountId.eq(*account)).to_owned();
                Condition::all().add(person::Column::Id.in_subquery(spoken_for(mine)))
            }
            Reach::Person(id) => Condition::all().add(person::Column::Id.eq(*id)),
            Reach::Structure(structure) => {
                let team = Query::select()
                    .column(account_role::Column::AccountId)
                    .from(account_role::Entity)
                    .and_where(account_role::Column::Structure.eq(*structure))
                    .cond_where(during(account_role::Column::Since, account_role::Column::Until, today))
                    .to_owned();
                let theirs =
                    followed(today).and_where(referent::Column::AccountId.in_subquery(team)).to_owned();
                Condition::all().add(person::Column::Id.in_subquery(spoken_for(theirs)))
            }
        });
    }
    if scope.is_empty() {
        any = any.add(Expr::val(1).eq(0));
    }
    Condition::all().add(any).add(person::Column::MergedInto.is_null())
}

/// The people who have a referent on `today`; narrowed by the caller to those of somebody.
pub(crate) fn followed(today: NaiveDate) -> SelectStatement {
    Query::select()
        .column(referent::Column::PersonId)
        .from(referent::Entity)
        .cond_where(during(referent::Column::Since, referent::Column::Until, today))
        .to_owned()
}

/// The accounts that may follow somebody on `today`: open, and with a role that does.
pub(crate) fn active(today: NaiveDate) -> SelectStatement {
    Query::select()
        .column(account_role::Column::AccountId)
        .from(account_role::Entity)
        .and_where(account_role::Column::Role.is_in(following().map(Role::code)))
        .cond_where(during(account_role::Column::Since, account_role::Column::Until, today))
        .and_where(
            account_role::Column::AccountId.in_subquery(
                Query::select()
                    .column(account::Column::Id)
                    .from(account::Entity)
                    .and_where(account::Column::DisabledAt.is_null())
                    .to_owned(),
            ),
        )
        .to_owned()
}

/// Whether a day is between two dates, both included; an empty end is further notice.
pub(crate) fn during<C: ColumnTrait>(since: C, until: C, day: NaiveDate) -> Condition {
    Condition::all().add(since.lte(day)).add(Condition::any().add(until.is_null()).add(until.gte(day)))
}

/// The persons of a subquery, and the records that speak for those of them that joined another one.
pub(crate) fn spoken_for(people: SelectStatement) -> SelectStatement {
    let joined = Query::select()
        .column(person::Column::MergedInto)
        .from(person::Entity)
        .and_where(person::Column::MergedInto.is_not_null())
        .and_where(Expr::col(person::Column::Id).in_subquery(people.clone()))
        .to_owned();
    let mut all = people;
    all.union(UnionType::All, joined).to_owned()
}

fn within(territories: Option<&Vec<String>>) -> Condition {
    match territories {
        None => Condition::all().add(Expr::val(1).eq(1)),
        Some(list) => Condition::all().add(person::Column::Territory.is_in(list.iter().map(String::as_str))),
    }
}
