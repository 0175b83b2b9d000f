//! Hand people over: whom somebody follows is followed by somebody else, with a note for who takes over.

use chrono::NaiveDate;
use domain::access::permission::{Action, following};
use domain::access::role::Role;
use domain::access::side::Side;
use domain::access::visibility::Level;
use domain::followup::act::{Kind, text};
use serde_json::json;
use store::StoreError;
use store::access::account;
use store::access::referent::{self, Assignment, assign};
use store::orientation::professionals::{Professional, holding};
use store::people::list::{Filter, Order, Page, Sort};
use store::people::one;
use uuid::Uuid;

use super::record::{FollowError, NewAct, begin, stand_all, tell, write};
use crate::Context;
use crate::access::{hidden_accounts, scope, social_scope};
use crate::people::PeopleError;
use crate::people::list::{Entry, listed};

/// Most people handed over at once.
pub const MOST: usize = 200;

/// Whom somebody follows, and who could take over.
#[derive(Debug, Clone)]
pub struct HandOver {
    /// Name of who leaves.
    pub name: String,
    /// The people, the most urgent first.
    pub people: Vec<Entry>,
    /// How many they are in all.
    pub total: u64,
    /// Who could take over, on the side on which they are followed.
    pub takers: Vec<Taker>,
}

/// Who could take over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taker {
    /// The account.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// On which side they follow.
    pub side: Side,
    /// How many people they follow today.
    pub follows: u64,
    /// How many they follow at most; `None` = nobody has said.
    pub capacity: Option<u64>,
}

/// What is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HandOverInput {
    /// The people who change hands.
    pub people: Vec<Uuid>,
    /// Who takes over.
    pub to: Option<Uuid>,
    /// What they need to know.
    pub text: String,
}

/// The people whom an account follows, of those that the actor leads, and who could take over.
///
/// # Errors
/// [`FollowError`]; an account that follows nobody the actor may know of is unknown.
pub async fn to_hand_over(ctx: &Context, from: Uuid) -> Result<HandOver, FollowError> {
    let reach = reach(ctx, from).await?;
    let filter = Filter { referent: Some(from), ..Filter::default() };
    let page = Page { after: None, limit: MOST as u64 };
    let found = listed(ctx, &reach, &filter, (Sort::Due, Order::Ascending), &page).await?;
    if found.rows.is_empty() {
        return Err(PeopleError::Unknown.into());
    }
    let names = account::names(ctx.db(), &[from]).await?;
    let sides = referent::sides_of(ctx.db().read(), from, ctx.today()).await?;
    let could = |one: &Taker| one.id != from && sides.iter().any(|side| fits(one.side, side));
    let takers = takers(ctx).await?.into_iter().filter(could).collect();
    Ok(HandOver {
        name: account::name_of(&names, from).unwrap_or_default(),
        people: found.rows,
        total: found.total,
        takers,
    })
}

/// The people of an account that the actor may hand over: of whom a sensitive structure follows, on the social side alone.
async fn reach(ctx: &Context, from: Uuid) -> Result<domain::access::scope::Scope, FollowError> {
    let all = scope(ctx, Action::LeadPath).map_err(PeopleError::from)?;
    if hidden_accounts(ctx, &[from]).await?.is_empty() {
        return Ok(all);
    }
    Ok(social_scope(ctx, Action::LeadPath).map_err(PeopleError::from)?)
}

/// Those who follow people today, by name.
async fn takers(ctx: &Context) -> Result<Vec<Taker>, StoreError> {
    let roles: Vec<&str> = following().map(Role::code).collect();
    let held = holding(ctx.db().read(), &roles, ctx.today()).await?;
    let ids: Vec<Uuid> = held.iter().map(|one| one.id).collect();
    let social = social_scope(ctx, Action::LeadPath).is_ok_and(|scope| !scope.is_empty());
    let hidden = if social { Vec::new() } else { hidden_accounts(ctx, &ids).await? };
    let side = |one: &Professional| Role::parse(&one.role).and_then(Role::side);
    let mut all: Vec<Taker> = held
        .iter()
        .filter(|one| !hidden.contains(&one.id))
        .filter_map(|one| {
            Some(Taker {
                id: one.id,
                name: one.name.clone(),
                side: side(one)?,
                follows: one.follows,
                capacity: one.capacity,
            })
        })
        .collect();
    all.dedup_by_key(|one| (one.id, one.side));
    Ok(all)
}

/// Hands people over, on the side on which they were followed. Returns how many.
///
/// # Errors
/// [`FollowError`].
pub async fn hand_over(ctx: &Context, from: Uuid, input: &HandOverInput) -> Result<usize, FollowError> {
    let reach = reach(ctx, from).await?;
    let author = ctx.actor.id.ok_or(PeopleError::Unknown)?;
    let to = takers(ctx).await?.into_iter().filter(|one| one.id != from && Some(one.id) == input.to);
    let to: Vec<Taker> = to.collect();
    if to.is_empty() {
        return Err(FollowError::Referent);
    }
    if input.people.is_empty() || input.people.len() > MOST {
        return Err(FollowError::Nobody);
    }
    let note = text(&input.text, true)?;
    let tx = begin(ctx).await?;
    let seen = one::seen(&tx, &reach, ctx.today(), &input.people).await?;
    let (mut news, mut moved): (Vec<Assignment>, Vec<Uuid>) = (Vec::new(), Vec::new());
    for row in seen {
        let records = one::with_merged(&tx, row.id).await?;
        let sides = referent::sides(&tx, &records, from, ctx.today()).await?;
        for side in sides {
            let fits = to.iter().any(|one| fits(one.side, &side));
            if !fits {
                return Err(FollowError::Side);
            }
            referent::end_one(&tx, &records, from, &side, last_day(ctx.today())).await?;
            news.push(Assignment {
                id: ctx.app.ids.make(),
                person_id: row.id,
                account_id: input.to.unwrap_or_default(),
                side,
                since: ctx.today(),
            });
            moved.push(row.id);
        }
    }
    moved.dedup();
    if moved.is_empty() {
        return Err(FollowError::Nobody);
    }
    assign(&tx, news).await?;
    for person in &moved {
        let new = NewAct {
            kind: Kind::HandedOver,
            held_on: ctx.today(),
            reason: "",
            how: "",
            next_on: None,
            decision: None,
            about: None,
            level: Level::Team,
            text: note.clone(),
        };
        let id = write(ctx, &tx, *person, author, new).await?;
        tell(ctx, &tx, *person, Some(id), json!({ "kind": Kind::HandedOver.code() })).await?;
    }
    stand_all(ctx, &tx, &moved).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(moved.len())
}

/// The day before: who takes over follows from today.
fn last_day(today: NaiveDate) -> NaiveDate {
    domain::time::plus_days(today, -1)
}

fn fits(theirs: Side, side: &str) -> bool {
    match Side::parse(side) {
        Some(Side::Social) => theirs.is_social(),
        Some(Side::Employment) => theirs.is_employment(),
        Some(Side::Both) | None => true,
    }
}
