//! What a partner sees: the people proposed to their structure, and of each, what the proposal tells.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::access::proposal::{Shared, Standing};
use domain::audit::Act;
use domain::people::contact::{Channel, Consent, Kind};
use domain::time::age;
use serde_json::json;
use store::StoreError;
use store::access::account;
use store::people::{PersonRow, one, proposal};
use uuid::Uuid;

use super::{Answered, answered, text};
use crate::access::{Seen, hidden_accounts, permit, proposed, proposed_to, term};
use crate::people::PeopleError;
use crate::people::contact::{Reach, reach};
use crate::{Context, audit};

/// A proposal in the list of a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedLine {
    /// Its identifier; that of the person is never told.
    pub id: Uuid,
    /// First name and name.
    pub name: String,
    /// The structure of the partner.
    pub structure: String,
    /// First day.
    pub since: NaiveDate,
    /// Last day, included.
    pub until: NaiveDate,
    /// Where it stands.
    pub standing: Standing,
}

/// What a proposal tells of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// The proposal, as in the list.
    pub line: ProposedLine,
    /// Who proposes; `None` when their structure is hidden outside the social side, or their account has no name any more.
    pub author: Option<String>,
    /// What they wrote.
    pub text: String,
    /// What it tells beside the names.
    pub shares: Vec<Shared>,
    /// Telephones that reach them, when they are told; none when the person refuses to be called.
    pub phones: Vec<String>,
    /// E-mail addresses, in the same way.
    pub emails: Vec<String>,
    /// The person does not want a message on their voicemail.
    pub no_voicemail: bool,
    /// INSEE code of the commune, when it is told.
    pub commune: Option<String>,
    /// Age in years, when it is told.
    pub age: Option<u32>,
    /// What the structure answered.
    pub answer: Option<Answered>,
}

/// The people proposed to the actor's structures, the most recent first; the journal keeps how many.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn proposed_to_me(ctx: &Context) -> Result<Vec<ProposedLine>, PeopleError> {
    let all: Vec<ProposedLine> = mine(ctx).await?.iter().map(|seen| line(ctx, seen)).collect();
    let tx = ctx.db().begin().await?;
    let detail = json!({ "people": all.len() });
    audit::record(ctx, &tx, Act::ReadList, None, Some("propositions".to_owned()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(all)
}

/// How many people are proposed to the actor's structures, and how many of them wait for an answer; names are not read.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn count_proposed(ctx: &Context) -> Result<(u64, u64), PeopleError> {
    let all = mine(ctx).await?;
    let waits = |seen: &&Seen| term(&seen.row).standing(ctx.today()) == Standing::Waiting;
    Ok((all.len() as u64, all.iter().filter(waits).count() as u64))
}

async fn mine(ctx: &Context) -> Result<Vec<Seen>, PeopleError> {
    permit(ctx, Action::AnswerProposal)?;
    let rows = proposal::to(ctx.db().read(), &proposed_to(ctx), ctx.today()).await?;
    Ok(proposed(ctx, rows).await?)
}

/// What a proposal tells of a person; the journal of the person keeps who read it.
///
/// # Errors
/// [`PeopleError::Unknown`] for a proposal to another structure, one that is over, or none.
pub async fn open_proposed(ctx: &Context, id: Uuid) -> Result<Proposed, PeopleError> {
    let seen = seen(ctx, id).await?;
    let read = told(ctx, &seen).await?;
    let tx = ctx.db().begin().await?;
    let object = Some(id.to_string());
    audit::record(ctx, &tx, Act::ReadProposal, Some(seen.person.id), object, json!({})).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(read)
}

/// A proposal that the actor sees today.
pub(super) async fn seen(ctx: &Context, id: Uuid) -> Result<Seen, PeopleError> {
    permit(ctx, Action::AnswerProposal)?;
    let row = proposal::by_id(ctx.db().read(), id).await?;
    proposed(ctx, row.into_iter().collect()).await?.pop().ok_or(PeopleError::Unknown)
}

async fn told(ctx: &Context, seen: &Seen) -> Result<Proposed, StoreError> {
    let (row, person) = (&seen.row, &seen.person);
    let shares = Shared::split(&row.shares);
    let tells = |shared: Shared| shares.contains(&shared);
    let reach = if tells(Shared::Phone) || tells(Shared::Email) {
        let records = one::with_merged(ctx.db().read(), person.id).await?;
        reach(ctx, &records, &[]).await?
    } else {
        Reach::default()
    };
    let ways = |shared, kind, channel| if tells(shared) { usable(&reach, kind, channel) } else { Vec::new() };
    let accounts: Vec<Uuid> = [Some(row.author_id), row.answered_by].into_iter().flatten().collect();
    let names = account::names(ctx.db(), &accounts).await?;
    let hidden = hidden_accounts(ctx, &[row.author_id]).await?;
    Ok(Proposed {
        line: line(ctx, seen),
        author: account::name_of(&names, row.author_id).filter(|name| hidden.is_empty() && !name.is_empty()),
        text: text(ctx, row)?,
        phones: ways(Shared::Phone, Kind::Phone, Channel::Call),
        emails: ways(Shared::Email, Kind::Email, Channel::Email),
        no_voicemail: tells(Shared::Phone) && refuses(&reach, Channel::Voicemail),
        commune: person.commune.clone().filter(|_| tells(Shared::Commune)),
        age: person.birth_date.filter(|_| tells(Shared::Age)).map(|born| age(born, ctx.today())),
        answer: answered(ctx, row, &names)?,
        shares,
    })
}

fn line(ctx: &Context, seen: &Seen) -> ProposedLine {
    ProposedLine {
        id: seen.row.id,
        name: full_name(&seen.person),
        structure: seen.structure.name.clone(),
        since: seen.row.since,
        until: seen.row.until,
        standing: term(&seen.row).standing(ctx.today()),
    }
}

fn full_name(row: &PersonRow) -> String {
    format!("{} {}", row.first_name, row.last_name)
}

/// What reaches the person, unless they refuse this channel.
fn usable(reach: &Reach, kind: Kind, channel: Channel) -> Vec<String> {
    if refuses(reach, channel) {
        return Vec::new();
    }
    let ways = reach.ways.iter().filter(|way| way.kind == kind && way.unusable.is_none());
    ways.map(|way| way.told.value.clone()).collect()
}

fn refuses(reach: &Reach, channel: Channel) -> bool {
    reach.answers.iter().any(|one| one.channel == channel && one.answer == Consent::No)
}
