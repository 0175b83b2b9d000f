//! Lists of people within the actor's scope.

use domain::access::permission::Action;
use domain::access::scope::Scope;
use domain::audit::Act;
use domain::followup::path::PathState;
pub use store::people::PersonRow;
pub use store::people::list::{Filter, Order, Page, Sort, sort_value};
pub use store::people::one::Referent;

use uuid::Uuid;

use super::PeopleError;
use super::due::{self, NextDue, Owners};
use crate::Context;
use crate::access::{ActorKind, hidden_accounts, hide_sensitive, scope, social_scope};

/// A list and how many people it would show in all.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The rows of this page.
    pub rows: Vec<Entry>,
    /// In all.
    pub total: u64,
    /// Where the next page begins.
    pub next: Option<(String, Uuid)>,
}

/// A person of a list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Their record.
    pub row: PersonRow,
    /// Name of their territory.
    pub territory: Option<String>,
    /// Who follows them.
    pub referents: Vec<Referent>,
    /// Who received at the appointment that they missed, and that nothing followed.
    pub host: Option<(Uuid, String)>,
    /// The next due step.
    pub due: Option<NextDue>,
}

/// People, filtered and sorted. Somebody reads a list at a glance; a software takes it away: the journal keeps that it did,
/// with what it asked for and how many people it was told of.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn list(
    ctx: &Context,
    filter: &Filter,
    sort: (Sort, Order),
    page: &Page,
) -> Result<Listed, PeopleError> {
    let scope = within(ctx, Action::ReadPeople, filter).await?;
    let listed = listed(ctx, &scope, filter, sort, page).await?;
    if matches!(ctx.actor.kind, ActorKind::Token(_)) {
        let detail = serde_json::json!({
            "people": listed.rows.len(),
            "state": filter.state,
            "territory": filter.territory,
            "referent": filter.referent.is_some(),
        });
        let tx = ctx.db().begin().await?;
        crate::audit::record(ctx, &tx, Act::ReadList, None, None, detail).await?;
        tx.commit().await.map_err(store::StoreError::from)?;
    }
    Ok(listed)
}

/// The scope of a list. Asked for the people of a referent whom a sensitive structure hides, only those on the social
/// side are told who they are: for anybody else that referent follows nobody.
async fn within(ctx: &Context, action: Action, filter: &Filter) -> Result<Scope, PeopleError> {
    match filter.referent {
        Some(account) if !hidden_accounts(ctx, &[account]).await?.is_empty() => {
            Ok(social_scope(ctx, action)?)
        }
        _ => Ok(scope(ctx, action)?),
    }
}

/// The same within a scope already made.
pub(crate) async fn listed(
    ctx: &Context,
    scope: &Scope,
    filter: &Filter,
    sort: (Sort, Order),
    page: &Page,
) -> Result<Listed, PeopleError> {
    let (db, today) = (ctx.db(), ctx.today());
    let wanted = Page { limit: page.limit + 1, ..page.clone() };
    let mut rows = store::people::list::list(db, scope, today, filter, sort, &wanted).await?;
    let shared = ctx.shared().await?;
    let total = store::people::list::count(db, &shared.counters, scope, today, filter).await?;
    let next = next_key(&mut rows, page.limit, |row| sort_value(row, sort.0));
    let rows = entries(ctx, rows).await?;
    Ok(Listed { rows, total, next })
}

/// Cuts the extra row and says where the next page begins.
pub(crate) fn next_key(
    rows: &mut Vec<PersonRow>,
    limit: u64,
    value: impl Fn(&PersonRow) -> String,
) -> Option<(String, Uuid)> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    if rows.len() <= limit {
        return None;
    }
    rows.truncate(limit);
    rows.last().map(|row| (value(row), row.id))
}

/// Adds to rows what surrounds them, in two queries whatever their number.
pub(crate) async fn entries(ctx: &Context, mut rows: Vec<PersonRow>) -> Result<Vec<Entry>, PeopleError> {
    let shared = ctx.shared().await?;
    let followed: Vec<Uuid> = rows.iter().filter(|r| r.has_referent).map(|r| r.id).collect();
    let mut referents = if followed.is_empty() {
        Vec::new()
    } else {
        store::people::one::referents(ctx.db().read(), &followed, ctx.today()).await?
    };
    hide_sensitive(ctx, &mut rows, &mut referents, |person| person).await?;
    let hosts: Vec<Uuid> = rows.iter().filter_map(|row| row.absent_with).collect();
    let names =
        if hosts.is_empty() { Vec::new() } else { store::access::account::names(ctx.db(), &hosts).await? };
    let entry = |row: PersonRow| {
        let territory = row.territory.as_ref().and_then(|t| shared.territory(t)).map(str::to_owned);
        let referents: Vec<Referent> = referents.iter().filter(|r| r.person_id == row.id).cloned().collect();
        let host = row.absent_with.and_then(|id| names.iter().find(|(known, _)| *known == id)).cloned();
        let owners = Owners {
            territory: territory.as_deref(),
            referent: referents.first().map(|r| r.name.as_str()),
            doer: due::doer(&row, &referents).map(|r| r.name.as_str()),
            host: host.as_ref().map(|(_, name)| name.as_str()),
        };
        let due = due::of(ctx, &row, owners);
        Entry { row, territory, referents, host, due }
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// How many people of the actor's scope stand in each state.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn states(ctx: &Context, filter: &Filter) -> Result<Vec<(PathState, u64)>, PeopleError> {
    let scope = within(ctx, Action::ReadPeople, filter).await?;
    let (db, today, shared) = (ctx.db(), ctx.today(), ctx.shared().await?);
    let people = store::people::list::by_state(db, &shared.counters, &scope, today, filter).await?;
    let of = |state: PathState| (state, people.get(state.code()).copied().unwrap_or(0));
    Ok(PathState::ALL.into_iter().map(of).collect())
}

/// The communes of the people a filter keeps, with how many, for the filter's own select.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn communes(
    ctx: &Context,
    action: Action,
    filter: &Filter,
) -> Result<Vec<(String, u64)>, PeopleError> {
    let (scope, shared) = (scope(ctx, action)?, ctx.shared().await?);
    let open =
        Filter { state: filter.state.clone(), territory: filter.territory.clone(), ..Filter::default() };
    Ok(store::people::list::communes(ctx.db(), &shared.counters, &scope, ctx.today(), &open).await?)
}

/// All the rows of a list, to be taken away; the journal keeps how many and which filter.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn export(
    ctx: &Context,
    filter: &Filter,
    sort: (Sort, Order),
    what: &str,
) -> Result<Vec<Entry>, PeopleError> {
    let scope = within(ctx, Action::ExportPeople, filter).await?;
    let mut all = Vec::new();
    let mut page = Page { after: None, limit: 1_000 };
    loop {
        let listed = listed(ctx, &scope, filter, sort, &page).await?;
        all.extend(listed.rows);
        page.after = listed.next;
        if page.after.is_none() {
            break;
        }
    }
    let tx = ctx.db().begin().await?;
    let detail = serde_json::json!({ "people": all.len(), "filter": format!("{filter:?}") });
    crate::audit::record(ctx, &tx, Act::Export, None, Some(what.to_owned()), detail).await?;
    tx.commit().await.map_err(store::StoreError::from)?;
    Ok(all)
}
