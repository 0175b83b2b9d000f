//! What contracts ask of those who follow people, or lead a team: to validate, to replace, to sign, that end soon.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::audit::Act;
use domain::engagement::standing::BEFORE_END_DAYS;
use domain::followup::due::{self, Kind};
use domain::time::plus_days;
use serde_json::json;
use store::StoreError;
use store::people::list::{self, ContractAsks, Filter, Order, Page, Sort};

use crate::access::scope;
use crate::intake::run::Settings;
use crate::intake::standing::due_facts;
use crate::people::PeopleError;
use crate::people::list::{Entry, entries};
use crate::{Context, audit};

/// People named in each list; the others come as these are done.
pub const NAMED: u64 = 50;

/// Somebody whose contract asks something, and before when.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The person.
    pub entry: Entry,
    /// The legal date; that of the end, for a contract that ends.
    pub by: NaiveDate,
    /// It is past.
    pub late: bool,
}

/// What contracts ask, the earliest first.
#[derive(Debug, Clone, Default)]
pub struct Worklist {
    /// Signed, to validate.
    pub validate: Vec<Asked>,
    /// Of before 2025, to replace.
    pub replace: Vec<Asked>,
    /// That end within thirty days.
    pub ending: Vec<Asked>,
    /// Oriented, none signed.
    pub sign: Vec<Asked>,
}

/// What contracts ask in the reach of the actor. The journal keeps that it was read.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn worklist(ctx: &Context) -> Result<Worklist, PeopleError> {
    let reach = scope(ctx, Action::FollowPath)?;
    let settings = Settings::load(ctx).await?;
    let named = async |asks: ContractAsks, kind: Kind| -> Result<Vec<Asked>, PeopleError> {
        let filter = Filter { contract: Some(asks), ..Filter::default() };
        let page = Page { after: None, limit: NAMED };
        let sort = (Sort::Due, Order::Ascending);
        let rows = list::list(ctx.db(), &reach, ctx.today(), &filter, sort, &page).await?;
        // Where nobody visible follows somebody, their contract was taken off the record.
        let known = |entry: &Entry| {
            asks == ContractAsks::Signature
                || entry.row.contract_until.is_some()
                || entry.row.validate_by.is_some()
        };
        let people = entries(ctx, rows).await?.into_iter().filter(known);
        let mut all: Vec<Asked> = people.filter_map(|entry| asked(ctx, &settings, kind, entry)).collect();
        all.sort_by_key(|one| one.by);
        Ok(all)
    };
    let ending = ContractAsks::EndsBy(plus_days(ctx.today(), BEFORE_END_DAYS));
    let all = Worklist {
        validate: named(ContractAsks::Validation, Kind::ValidateContract).await?,
        replace: named(ContractAsks::Replacement, Kind::ConvertContract).await?,
        ending: named(ending, Kind::RenewOrEnd).await?,
        sign: named(ContractAsks::Signature, Kind::Contract).await?,
    };
    let people = all.validate.len() + all.replace.len() + all.ending.len() + all.sign.len();
    let tx = ctx.db().begin().await?;
    let detail = json!({ "what": "contracts", "people": people });
    audit::record(ctx, &tx, Act::ReadList, None, None, detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(all)
}

/// Before when the step of this kind is due; nobody whose step was taken off the record.
fn asked(ctx: &Context, settings: &Settings, kind: Kind, entry: Entry) -> Option<Asked> {
    let steps = due::steps(due_facts(&entry.row, settings));
    let step = steps.into_iter().find(|step| step.kind == kind)?;
    let ends = entry.row.contract_until.filter(|_| kind == Kind::RenewOrEnd);
    let by = ends.unwrap_or(step.deadline.legal);
    Some(Asked { by, late: step.deadline.due < ctx.today(), entry })
}
