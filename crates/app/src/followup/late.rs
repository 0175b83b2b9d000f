//! Everything that is late, by team, by who must act and by kind of step; and the people behind each number.
//!
//! Each person counts once for each kind of step that is late, and once for each who must act. Steps are derived from the
//! records whose next step is past: those whose next one is still to come have none late.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::access::scope::Scope;
use domain::audit::Act;
use domain::followup::due::{self, Kind};
use domain::time::plus_days;
use serde_json::json;
use store::StoreError;
use store::access::account;
use store::people::list::{Filter, Order, Page, Sort, list, sort_value};
use store::people::one;
use uuid::Uuid;

use crate::access::scope;
use crate::intake::run::Settings;
use crate::intake::standing::due_facts;
use crate::people::PeopleError;
use crate::people::due::doer;
use crate::people::list::{Entry, entries, next_key};
use crate::{Context, audit};

/// Records read at once.
const CHUNK: u64 = 1_000;

/// Who must act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LateOwner {
    /// The team of the territory.
    Team,
    /// A professional.
    User(Uuid),
}

/// A late step of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LateStep {
    /// What must be done.
    pub kind: Kind,
    /// Since when it should have been.
    pub due_on: NaiveDate,
    /// Who must act.
    pub owner: LateOwner,
}

/// A person and what is late for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateRow {
    /// The person.
    pub id: Uuid,
    /// Code of their territory.
    pub territory: Option<String>,
    /// What is late, the longest first.
    pub steps: Vec<LateStep>,
}

/// What is late for the actor's people.
#[derive(Debug, Clone, Default)]
pub struct Late {
    /// The people.
    pub people: Vec<LateRow>,
    /// Names of those who must act.
    pub names: Vec<(Uuid, String)>,
    /// The actor may open the people behind a number; otherwise small numbers are masked (`rules.md` § 7).
    pub opens: bool,
}

/// Whom a number is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LateFilter {
    /// Code of the territory; `Some(None)` = no territory.
    pub territory: Option<Option<String>>,
    /// What must be done.
    pub kind: Option<Kind>,
    /// Who must act.
    pub owner: Option<LateOwner>,
    /// A kind left aside.
    pub but: Option<Kind>,
}

/// A person of a list, with what is late for them.
#[derive(Debug, Clone)]
pub struct LateEntry {
    /// The person.
    pub entry: Entry,
    /// What is late, and since when it should have been done.
    pub steps: Vec<(Kind, NaiveDate)>,
}

impl LateFilter {
    /// The earliest day among the steps of a person that it keeps; `None` when it keeps none.
    pub fn since(&self, row: &LateRow) -> Option<NaiveDate> {
        self.kept(row).map(|step| step.due_on).min()
    }

    fn kept<'a>(&'a self, row: &'a LateRow) -> impl Iterator<Item = &'a LateStep> {
        let here = self.territory.as_ref().is_none_or(|wanted| *wanted == row.territory);
        row.steps.iter().filter(move |step| {
            here && self.kind.is_none_or(|kind| kind == step.kind)
                && self.owner.is_none_or(|owner| owner == step.owner)
                && self.but != Some(step.kind)
        })
    }
}

/// What is late.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn late(ctx: &Context) -> Result<Late, PeopleError> {
    let reach = scope(ctx, Action::ReadLate)?;
    let people = walk(ctx, &reach).await?;
    let mut accounts: Vec<Uuid> = people
        .iter()
        .flat_map(|row| &row.steps)
        .filter_map(|step| if let LateOwner::User(id) = step.owner { Some(id) } else { None })
        .collect();
    accounts.sort_unstable();
    accounts.dedup();
    let names = account::names(ctx.db(), &accounts).await?;
    Ok(Late { people, names, opens: scope(ctx, Action::LeadPath).is_ok() })
}

/// The people behind a number, the longest late first, from one rank on; and how many they are. The journal keeps it.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn late_people(
    ctx: &Context,
    filter: &LateFilter,
    (from, limit): (usize, usize),
) -> Result<(Vec<LateEntry>, usize), PeopleError> {
    let reach = scope(ctx, Action::LeadPath)?;
    let people = walk(ctx, &reach).await?;
    let mut kept: Vec<(NaiveDate, &LateRow)> =
        people.iter().filter_map(|row| filter.since(row).map(|since| (since, row))).collect();
    kept.sort_unstable_by_key(|(since, row)| (*since, row.id));
    let shown: Vec<&LateRow> = kept.iter().skip(from).take(limit).map(|(_, row)| *row).collect();
    let ids: Vec<Uuid> = shown.iter().map(|row| row.id).collect();
    let mut rows = one::seen(ctx.db().read(), &reach, ctx.today(), &ids).await?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    let with_steps = |entry: Entry| {
        let late = shown.iter().find(|row| row.id == entry.row.id);
        let steps = late.map(|row| filter.kept(row).map(|step| (step.kind, step.due_on)).collect());
        LateEntry { entry, steps: steps.unwrap_or_default() }
    };
    let told: Vec<LateEntry> = entries(ctx, rows).await?.into_iter().map(with_steps).collect();
    let tx = ctx.db().begin().await?;
    let detail = json!({ "what": "late", "people": told.len() });
    audit::record(ctx, &tx, Act::ReadList, None, None, detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok((told, kept.len()))
}

/// Everybody of a scope for whom something is late.
async fn walk(ctx: &Context, reach: &Scope) -> Result<Vec<LateRow>, PeopleError> {
    let (today, settings) = (ctx.today(), Settings::load(ctx).await?);
    let filter = Filter { due: (None, Some(plus_days(today, -1))), ..Filter::default() };
    let sort = (Sort::Due, Order::Ascending);
    let mut page = Page { after: None, limit: CHUNK };
    let mut all = Vec::new();
    loop {
        let wanted = Page { limit: page.limit + 1, ..page.clone() };
        let mut rows = list(ctx.db(), reach, today, &filter, sort, &wanted).await?;
        page.after = next_key(&mut rows, page.limit, |row| sort_value(row, sort.0));
        for entry in entries(ctx, rows).await? {
            all.extend(late_row(&entry, &settings, today));
        }
        if page.after.is_none() {
            return Ok(all);
        }
    }
}

fn late_row(entry: &Entry, settings: &Settings, today: NaiveDate) -> Option<LateRow> {
    let row = &entry.row;
    // What is hidden from the actor was taken off the record.
    row.due_on?;
    let referent = entry.referents.first().map(|one| one.account_id);
    let owner = |kind: Kind| {
        let who = match kind {
            Kind::CallBack => entry.host.as_ref().map(|(id, _)| *id).or(referent),
            Kind::DoAction => doer(row, &entry.referents).map(|one| one.account_id).or(referent),
            _ => referent,
        };
        who.filter(|_| !kind.is_of_a_team()).map_or(LateOwner::Team, LateOwner::User)
    };
    let steps: Vec<LateStep> = due::steps(due_facts(row, settings))
        .into_iter()
        .filter(|step| step.deadline.due < today)
        .map(|step| LateStep { kind: step.kind, due_on: step.deadline.due, owner: owner(step.kind) })
        .collect();
    (!steps.is_empty()).then(|| LateRow { id: row.id, territory: row.territory.clone(), steps })
}

impl Late {
    /// The name of who must act; `None` for a team.
    pub fn name(&self, owner: LateOwner) -> Option<&str> {
        let LateOwner::User(id) = owner else { return None };
        self.names.iter().find(|(known, _)| *known == id).map(|(_, name)| name.as_str())
    }
}
