//! The page that must be empty, or explained: who is forgotten in the whole reach of the actor.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::access::scope::Scope;
use domain::audit::Act;
use domain::followup::forgotten::{DAYS, Found, found};
use domain::followup::path::PathState;
use domain::time::plus_days;
use serde_json::json;
use store::StoreError;
use store::access::account;
use store::people::list::{Filter, Order, Page, Sort, count, list, sort_value};
use store::people::trace;
use uuid::Uuid;

use crate::access::{Teams, hidden_accounts, scope, social_scope};
use crate::people::PeopleError;
use crate::people::list::{Entry, entries, next_key};
use crate::{Context, audit};

/// Records read at once.
const CHUNK: u64 = 500;

/// What is found.
#[derive(Debug, Clone, Default)]
pub struct Forgotten {
    /// The people, the longest forgotten first; those that are explained last.
    pub people: Vec<(Found, Entry)>,
    /// Territories of which nobody answers, each with how many people wait for its team; `None` = without territory.
    pub teamless: Vec<(Option<String>, u64)>,
    /// The actor may open the people; otherwise they are only counted (`rules.md` § 7).
    pub opens: bool,
}

/// Who is forgotten in the reach of the actor. The journal keeps that it was read.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn forgotten(ctx: &Context) -> Result<Forgotten, PeopleError> {
    let reach = scope(ctx, Action::ReadLate)?;
    let opens = scope(ctx, Action::LeadPath).is_ok();
    let today = ctx.today();
    let late = Filter { due: (None, Some(plus_days(today, -DAYS - 1))), ..Filter::default() };
    let mut people = Vec::new();
    for filter in [Filter { stepless: true, ..Filter::default() }, late] {
        people.extend(walk(ctx, &reach, &filter).await?);
    }
    people.sort_by_key(|(found, entry)| (found.is_explained(), *found, entry.row.id));
    let teamless = teamless(ctx, &reach).await?;
    let tx = ctx.db().begin().await?;
    let detail = json!({ "what": "forgotten", "people": people.len() });
    audit::record(ctx, &tx, Act::ReadList, None, None, detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(Forgotten { people, teamless, opens })
}

async fn walk(ctx: &Context, reach: &Scope, filter: &Filter) -> Result<Vec<(Found, Entry)>, PeopleError> {
    let (today, zone) = (ctx.today(), ctx.department.timezone);
    let unknown = unknown_to(ctx).await?;
    let sort = (Sort::Due, Order::Ascending);
    let mut page = Page { after: None, limit: CHUNK };
    let mut all = Vec::new();
    loop {
        let wanted = Page { limit: page.limit + 1, ..page.clone() };
        let mut rows = list(ctx.db(), reach, today, filter, sort, &wanted).await?;
        page.after = next_key(&mut rows, page.limit, |row| sort_value(row, sort.0));
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        // What is hidden from the actor may be the step: then nothing is said of them here.
        let stepless: Vec<Uuid> = rows.iter().filter(|row| row.due_on.is_none()).map(|row| row.id).collect();
        let traces = trace::last(ctx.db().read(), &ids, &unknown).await?;
        for entry in entries(ctx, rows).await? {
            let day = |at: &chrono::DateTime<chrono::Utc>| at.with_timezone(&zone).date_naive();
            let trace: Option<NaiveDate> = traces.get(&entry.row.id).map(day);
            let hidden = entry.row.due_on.is_none() && !stepless.contains(&entry.row.id);
            all.extend(found(entry.row.due_on, trace, today).filter(|_| !hidden).map(|one| (one, entry)));
        }
        if page.after.is_none() {
            return Ok(all);
        }
    }
}

/// The territories of which nobody answers, with those who wait there: for a lead to name somebody, for the desk to orient.
async fn teamless(ctx: &Context, reach: &Scope) -> Result<Vec<(Option<String>, u64)>, PeopleError> {
    let (shared, teams) = (ctx.shared().await?, Teams::load(ctx).await?);
    let mut places = Vec::new();
    let known = shared.territories.iter().map(|(code, _)| Some(code.as_str())).chain([None]);
    for code in known.filter(|code| !teams.led_at(*code)) {
        let here = Filter { territory: Some(code.unwrap_or_default().to_owned()), ..Filter::default() };
        let to_orient = Filter { state: Some(PathState::ToOrient.code().to_owned()), ..here.clone() };
        let mut people = people(ctx, reach, &Filter { alone: true, ..here }).await?;
        if !teams.desk_at(code) {
            people += self::people(ctx, reach, &to_orient).await?;
        }
        if people > 0 {
            places.push((code.map(str::to_owned), people));
        }
    }
    Ok(places)
}

async fn people(ctx: &Context, reach: &Scope, filter: &Filter) -> Result<u64, PeopleError> {
    let shared = ctx.shared().await?;
    Ok(count(ctx.db(), &shared.counters, reach, ctx.today(), filter).await?)
}

/// The accounts whose acts the actor may not know of: a date would hint at them.
async fn unknown_to(ctx: &Context) -> Result<Vec<Uuid>, StoreError> {
    if social_scope(ctx, Action::ReadLate).is_ok_and(|reach| !reach.is_empty()) {
        return Ok(Vec::new());
    }
    let all: Vec<Uuid> = account::all(ctx.db()).await?.into_iter().map(|one| one.id).collect();
    hidden_accounts(ctx, &all).await
}
