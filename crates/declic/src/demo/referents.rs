//! One person in four has a social referent and a job coach.

use std::collections::BTreeMap;

use app::Context;
use app::access::scope;
use app::domain::access::permission::Action;
use app::domain::access::role::Role;
use app::domain::time::plus_days;
use store::StoreError;
use store::access::referent::{Assignment, assign};
use store::people::list::{Filter, Order, Page, Sort, list};
use uuid::Uuid;

use super::stories;
use crate::failure::Outcome;

/// Who has referents: one in so many.
const ONE_IN: usize = 4;
/// They have had them for so long.
const SINCE_DAYS: i64 = 20;
/// More people than any demonstration has.
const EVERYBODY: u64 = 1_000_000;

/// Gives referents to one person in four.
///
/// # Errors
/// When the database refuses.
pub async fn give(ctx: &Context, accounts: &BTreeMap<Role, Uuid>) -> Outcome {
    let today = ctx.today();
    let everybody = scope(ctx, Action::ReadPeople)?;
    let page = Page { after: None, limit: EVERYBODY };
    let order = (Sort::Name, Order::Ascending);
    let people = list(ctx.db(), &everybody, today, &Filter::default(), order, &page).await?;
    let referents =
        || accounts.iter().filter_map(|(role, account)| Some((*account, role.side()?.code().to_owned())));
    let assignments = people
        .iter()
        .filter(|person| !stories::tells(person))
        .step_by(ONE_IN)
        .flat_map(|person| referents().map(|(account_id, side)| (person.id, account_id, side)))
        .map(|(person_id, account_id, side)| Assignment {
            id: ctx.app.ids.make(),
            person_id,
            account_id,
            side,
            since: plus_days(today, -SINCE_DAYS),
        })
        .collect();
    let tx = ctx.db().begin().await?;
    assign(&tx, assignments).await?;
    Ok(tx.commit().await.map_err(StoreError::from)?)
}
