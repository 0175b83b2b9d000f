//! What somebody who follows people owes them: late, then in the days to come, the earliest first.

use domain::access::permission::Action;
use domain::time::plus_days;
use store::people::list::{Filter, Order, Page, Sort, count};

use crate::Context;
use crate::access::scope;
use crate::people::PeopleError;
use crate::people::list::{Entry, listed};

/// How far ahead one looks, in days.
const AHEAD_DAYS: i64 = 7;
/// People named at once; the list of people has the others.
const NAMED: u64 = 12;

/// What is owed.
#[derive(Debug, Clone, Default)]
pub struct MyDay {
    /// The people, the earliest due first.
    pub people: Vec<Entry>,
    /// How many steps are late.
    pub late: u64,
    /// How many are due today and in the seven days to come.
    pub soon: u64,
}

/// What the actor owes the people of their caseload.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn my_day(ctx: &Context) -> Result<MyDay, PeopleError> {
    let reach = scope(ctx, Action::FollowPath)?;
    let today = ctx.today();
    let until = |first, last| Filter { due: (first, Some(last)), ..Filter::default() };
    let page = Page { after: None, limit: NAMED };
    let all = until(None, plus_days(today, AHEAD_DAYS));
    let people = listed(ctx, &reach, &all, (Sort::Due, Order::Ascending), &page).await?;
    let shared = ctx.shared().await?;
    let past = until(None, plus_days(today, -1));
    let late = count(ctx.db(), &shared.counters, &reach, today, &past).await?;
    Ok(MyDay { people: people.rows, late, soon: people.total.saturating_sub(late) })
}
