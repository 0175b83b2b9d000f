//! Open a person's file: who they are, where they stand, what happened, how to reach them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::permission::Action;
use domain::access::relation::Relation;
use domain::access::scope::Scope;
use domain::access::side::Side;
use domain::audit::{Act, Part};
use domain::followup::path::PathState;
use domain::intake::flux::DossierKey;
use domain::intake::timeline::Event;
use store::StoreError;
use store::access::account;
use store::intake::record::{self, HouseholdRow};
use store::intake::review::ReviewRow;
use store::orientation::decision;
use store::people::PersonRow;
use store::people::label::{self, LabelRow};
use store::people::one::Referent;
use uuid::Uuid;

use super::PeopleError;
use super::contact::reach;
use super::due::{self, NextDue, Owners};
pub use super::file::{Household, Label, PersonFile};
use super::notes::readable;
use super::proposal::{hidden_in_journal, of_person, proposable};
use super::transfer::{Passage, ReceivedItem, of_person as passages_of, received};
use crate::Context;
use crate::access::{
    Relations, Why, exceptional_scope, hidden_accounts, hide_sensitive, is_social, permit, scope,
};
use crate::audit::{JournalFilter, JournalLine};
use crate::engagement::{self, ContractTold};
use crate::followup;
use crate::intake::history::{FileFact, Story};
use crate::intake::run::Settings;
use crate::orientation::{Told, referrals_of};
use crate::outcomes::{self, OutcomeTold};
use crate::privacy::rights;
use crate::programmes::{self, CourseTold};
use crate::shared::Shared;

/// Opens a part of a person's file; the journal keeps which.
///
/// # Errors
/// [`PeopleError::Unknown`] for one whom the actor may not see.
pub async fn open(ctx: &Context, id: Uuid, part: Part) -> Result<PersonFile, PeopleError> {
    let file = load(ctx, id).await?;
    let tx = ctx.db().begin().await?;
    let detail = serde_json::json!({ "part": part.code() });
    crate::audit::record(ctx, &tx, Act::ReadPerson, Some(file.row.id), None, detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(file)
}

/// Reads a person's file; the caller writes the line of the journal.
///
/// # Errors
/// As [`open`].
pub(crate) async fn load(ctx: &Context, id: Uuid) -> Result<PersonFile, PeopleError> {
    let (db, today) = (ctx.db(), ctx.today());
    let Seen { mut row, exceptional, hidden } = seen(ctx, id).await?;
    let shared = ctx.shared().await?;
    let records = records(&shared, row.id);
    let standing = rights::standing(ctx, &records, hidden).await?;
    let mut households = record::households_of(db.read(), &records).await?;
    households.sort_by_key(|h| (Some(h.id) != row.household_id, std::cmp::Reverse(h.stamp.clone())));
    let story = Story::load(ctx, &households, &shared).await?;
    let mut referents = if row.has_referent || records.len() > 1 {
        store::people::one::referents(db.read(), &records, today).await?
    } else {
        Vec::new()
    };
    let why = why(ctx, &row, &referents, exceptional).await?;
    let relations: Vec<Relation> = why.iter().map(|one| one.relation).collect();
    let social = is_social(&why);
    // An access that is exceptional, or of who manages rights, reads.
    let open = exceptional.is_none() && !hidden;
    let reads_proposals = exceptional.is_none() && may(ctx, Action::ReadProposals, row.id).await?;
    let may_propose = exceptional.is_none() && may(ctx, Action::ProposePerson, row.id).await?;
    let may_decide = open && may(ctx, Action::DecideOrientation, row.id).await?;
    let answers_referrals = open && may(ctx, Action::AnswerReferral, row.id).await?;
    let (id, followed) = (row.id, (row.enrolled_on, row.has_referent));
    hide_sensitive(ctx, std::slice::from_mut(&mut row), &mut referents, |_| id).await?;
    let territory = row.territory.as_ref().and_then(|code| shared.territory(code)).map(str::to_owned);
    let told_labels = label::of(db.read(), &records).await?;
    let (due, steps) = due_steps(ctx, &row, territory.as_deref(), &referents).await?;
    let acts = followup::told(ctx, &records, &relations, (row.met_on.is_some(), social)).await?;
    let (mays, enrolling) = path_rights(ctx, id, open).await?;
    let (passages, received) = passed(ctx, &row, &records, &relations).await?;
    let (courses, contracts, outcomes) =
        together(ctx, &row, followed, (&records, &relations), social).await?;
    Ok(PersonFile {
        calls: followup::calls(ctx, &records, &relations, social).await?,
        path: followup::rights(&row, mays),
        contracting: contract_rights(ctx, id, open, &referents).await?,
        courses,
        contracts,
        outcomes,
        contacts: followup::contacts(ctx, &records, &relations, (row.met_on.is_some(), social)).await?,
        enrolling,
        acts,
        nir_masked: super::nir::masked(ctx, row.nir_sealed.as_ref())?,
        france_travail: super::france_travail(ctx, &row)?,
        may_reveal_nir: row.nir_sealed.is_some() && open && permit(ctx, Action::RevealNir).is_ok(),
        referrals: if answers_referrals { referrals_of(ctx, &row, &records).await? } else { Vec::new() },
        decisions: decided(ctx, &row, &records, social).await?,
        may_call: open
            && row.state == PathState::ToOrient.code()
            && may(ctx, Action::TakeCalls, row.id).await?,
        may_decide,
        may_print: may_decide && social,
        passages,
        received,
        may_transfer: open && may(ctx, Action::TransferPeople, row.id).await?,
        notes: readable(ctx, &records, &relations, row.met_on.is_some()).await?,
        may_write_notes: open && permit(ctx, Action::WriteNotes).is_ok(),
        proposals: if reads_proposals { Some(of_person(ctx, &records, social).await?) } else { None },
        proposable: if may_propose { Some(proposable(ctx, social).await?) } else { None },
        why,
        may_decide_match: !hidden && permit(ctx, Action::DecideMatch).is_ok(),
        territory,
        household: household(ctx, &row, &records, &households, &story).await?,
        dossiers: households.iter().map(key_of).collect(),
        reach: reach(ctx, &records, &shared.files).await?,
        may_edit_contacts: exceptional.is_none() && may(ctx, Action::EditContacts, row.id).await?,
        tags: labels(&told_labels, label::kind::TAG, &shared.files),
        numbers: labels(&told_labels, label::kind::INTERNAL_ID, &shared.files),
        referents,
        questions: questions(ctx, &row, &records).await?,
        events: told(&row, &households, &story, &shared.files),
        files: files(&households, &story),
        due,
        steps,
        standing,
        row,
    })
}

/// What the actor may do of the path, as who follows and as who leads, and of programmes; nothing of a file that is not `open`.
async fn path_rights(
    ctx: &Context,
    id: Uuid,
    open: bool,
) -> Result<((bool, bool), programmes::Rights), PeopleError> {
    if !open {
        return Ok(((false, false), programmes::Rights::default()));
    }
    let follow = may(ctx, Action::FollowPath, id).await?;
    let prescribe = may(ctx, Action::Prescribe, id).await?;
    let answer = may(ctx, Action::AnswerPrescription, id).await?;
    Ok(((follow, may(ctx, Action::LeadPath, id).await?), programmes::Rights { prescribe, answer, follow }))
}

/// Their passages to and from other départements, and what came with them; nothing is read for who never moved.
async fn passed(
    ctx: &Context,
    row: &PersonRow,
    records: &[Uuid],
    relations: &[Relation],
) -> Result<(Vec<Passage>, Vec<ReceivedItem>), StoreError> {
    if row.left_on.is_none() && row.arrived_on.is_none() {
        return Ok((Vec::new(), Vec::new()));
    }
    let all = passages_of(ctx, records, row.confirm_by).await?;
    Ok((all, received(ctx, records, relations, row.met_on.is_some()).await?))
}

/// Whether a contract or a return to work may have been written: nothing is read for who was never followed.
fn was_followed(row: &PersonRow) -> bool {
    let signed = row.contract_until.or(row.contract_lapsed).or(row.validate_by).or(row.outcome_on);
    row.oriented_on.or(row.enrolled_on).or(row.exited_on).or(row.left_on).or(signed).is_some()
}

/// Their courses in programmes, their contracts and their returns to work. `before`: since when they are in a programme, and whether somebody follows
/// them, before what is hidden was taken off the record.
async fn together(
    ctx: &Context,
    row: &PersonRow,
    before: (Option<NaiveDate>, bool),
    (records, relations): (&[Uuid], &[Relation]),
    social: bool,
) -> Result<(Vec<CourseTold>, Vec<ContractTold>, Vec<OutcomeTold>), StoreError> {
    // Where nobody visible follows them, a programme or a contract would tell that somebody else does.
    if (row.enrolled_on, row.has_referent) != before {
        return Ok((Vec::new(), Vec::new(), Vec::new()));
    }
    let courses = programmes::told(ctx, row, records, relations, (row.met_on.is_some(), social)).await?;
    if !row.has_referent && !was_followed(row) {
        return Ok((courses, Vec::new(), Vec::new()));
    }
    let contracts = engagement::told(ctx, records, relations, social).await?;
    Ok((courses, contracts, outcomes::told(ctx, records, relations, social).await?))
}

/// What the actor may do of contracts; nothing of a file that is not `open`.
async fn contract_rights(
    ctx: &Context,
    id: Uuid,
    open: bool,
    referents: &[Referent],
) -> Result<engagement::Rights, PeopleError> {
    if !open {
        return Ok(engagement::Rights::default());
    }
    let mine = |one: &&Referent| Some(one.account_id) == ctx.actor.id;
    let sides: Vec<Side> = referents.iter().filter(mine).filter_map(|one| Side::parse(&one.side)).collect();
    let on = |held: fn(Side) -> bool| sides.iter().any(|side| held(*side));
    Ok(engagement::Rights {
        write: may(ctx, Action::WriteContract, id).await?,
        decide: may(ctx, Action::DecideContract, id).await?,
        side: match (on(Side::is_social), on(Side::is_employment)) {
            (true, true) => Some(Side::Both),
            (true, false) => Some(Side::Social),
            (false, true) => Some(Side::Employment),
            (false, false) => None,
        },
    })
}

/// The next due step, and all of them.
async fn due_steps(
    ctx: &Context,
    row: &PersonRow,
    territory: Option<&str>,
    referents: &[Referent],
) -> Result<(Option<NextDue>, Vec<NextDue>), StoreError> {
    let host = match row.absent_with {
        Some(id) => account::names(ctx.db(), &[id]).await?.pop().map(|(_, name)| name),
        None => None,
    };
    let referent = referents.first().map(|one| one.name.as_str());
    let doer = due::doer(row, referents).map(|one| one.name.as_str());
    let owners = Owners { territory, referent, doer, host: host.as_deref() };
    let due = due::of(ctx, row, owners);
    // Who is to orient owes one step, which the record keeps.
    let several = due.is_some()
        && (row.oriented_on.is_some()
            || row.absent_on.or(row.call_by).is_some()
            || row.programme.is_some()
            || row.outcome_on.or(row.agreed_by).or(row.start_by).is_some());
    let steps = if several {
        due::all(ctx, row, &Settings::load(ctx).await?, owners)
    } else {
        due.clone().into_iter().collect()
    };
    Ok((due, steps))
}

/// Does the actor see this person by their usual scope?
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn is_seen(ctx: &Context, id: Uuid) -> Result<bool, PeopleError> {
    let usual = scope(ctx, Action::ReadPeople)?;
    Ok(store::people::one::get(ctx.db(), &usual, ctx.today(), id).await?.is_some())
}

/// What was decided; nothing is read for who was never oriented.
async fn decided(
    ctx: &Context,
    row: &PersonRow,
    records: &[Uuid],
    social: bool,
) -> Result<Vec<Told>, StoreError> {
    if row.oriented_on.is_none() && row.exited_on.is_none() {
        return Ok(Vec::new());
    }
    crate::orientation::told(ctx, decision::of(ctx.db().read(), records).await?, social).await
}

/// Somebody in no list, for the data protection officer; the others are told that their data are frozen, when they would
/// see them otherwise, so that nobody looks for somebody who seems to have vanished.
async fn out_of_lists(ctx: &Context, scope: &Scope, id: Uuid) -> Result<PersonRow, PeopleError> {
    let row = store::people::one::hidden(ctx.db(), scope, ctx.today(), id).await?;
    let row = row.ok_or(PeopleError::Unknown)?;
    // The officer, not the program: its lists and its digest see nobody hidden either.
    if ctx.actor.id.is_some() && permit(ctx, Action::ManageRights).is_ok() {
        return Ok(row);
    }
    let shelf = store::privacy::rights::shelf(ctx.db().read(), row.id).await?;
    Err(match shelf {
        Some(shelf) if shelf.restricted_on.is_some() && shelf.archived_on.is_none() => PeopleError::Frozen,
        _ => PeopleError::Unknown,
    })
}

/// This record and those that joined it, itself first.
fn records(shared: &Shared, id: Uuid) -> Vec<Uuid> {
    let mut joined: Vec<Uuid> =
        shared.joined.iter().filter(|(_, root)| **root == id).map(|(child, _)| *child).collect();
    joined.sort_unstable();
    [vec![id], joined].concat()
}

/// May the actor do this to a person whom they see? Several roles may reach more people than the one that may.
async fn may(ctx: &Context, action: Action, id: Uuid) -> Result<bool, StoreError> {
    let Ok(scope) = scope(ctx, action) else { return Ok(false) };
    if ctx.actor.roles.len() < 2 {
        return Ok(true);
    }
    Ok(store::people::one::get(ctx.db(), &scope, ctx.today(), id).await?.is_some())
}

fn key_of(h: &HouseholdRow) -> DossierKey {
    crate::intake::key_of(h)
}

/// A record, and how the actor comes to see it.
struct Seen {
    row: PersonRow,
    /// When the exceptional access by which they see it ends.
    exceptional: Option<DateTime<Utc>>,
    /// It is archived or frozen.
    hidden: bool,
}

/// The record, by the scope of the actor, by an exceptional access that still runs, or out of the lists.
async fn seen(ctx: &Context, id: Uuid) -> Result<Seen, PeopleError> {
    let (db, today) = (ctx.db(), ctx.today());
    let usual = scope(ctx, Action::ReadPeople)?;
    if let Some(row) = store::people::one::get(db, &usual, today, id).await? {
        return Ok(Seen { row, exceptional: None, hidden: false });
    }
    if let Some((scope, until)) = exceptional_scope(ctx, id).await?
        && let Some(row) = store::people::one::get(db, &scope, today, id).await?
    {
        return Ok(Seen { row, exceptional: Some(until), hidden: false });
    }
    Ok(Seen { row: out_of_lists(ctx, &usual, id).await?, exceptional: None, hidden: true })
}

/// The relations of the actor to the person, the closest first.
async fn why(
    ctx: &Context,
    row: &PersonRow,
    referents: &[Referent],
    exceptional: Option<DateTime<Utc>>,
) -> Result<Vec<Why>, StoreError> {
    let all: Vec<&Referent> = referents.iter().collect();
    let mut why = Relations::load(ctx).await?.of(&ctx.actor, row, &all);
    if exceptional.is_some() {
        why.push(Why { until: exceptional, ..Why::of(Relation::Exceptional) });
    }
    Ok(why)
}

async fn household(
    ctx: &Context,
    row: &PersonRow,
    records: &[Uuid],
    households: &[HouseholdRow],
    story: &Story,
) -> Result<Option<Household>, StoreError> {
    let Some(current) = households.iter().find(|h| Some(h.id) == row.household_id) else { return Ok(None) };
    let dossier = current.content_hash.as_ref().and_then(|hash| story.content(current.id, hash)).cloned();
    let person = dossier.as_ref().and_then(|d| crate::intake::in_dossier(d, row)).cloned();
    let alone =
        dossier.as_ref().is_some_and(|d| d.persons.iter().filter(|p| p.role.is_followed()).count() < 2);
    let adults = if alone {
        Vec::new()
    } else {
        let mut named = record::named_by(ctx.db().read(), current.id).await?;
        named.retain(|person| !records.contains(&person.id));
        named
    };
    Ok(Some(Household { row: current.clone(), dossier, person, adults }))
}

/// The labels of one kind; a value held by two records is told once.
fn labels(rows: &[LabelRow], kind: &str, known: &[FileFact]) -> Vec<Label> {
    let mut all: Vec<Label> = Vec::new();
    for row in rows.iter().filter(|l| l.kind == kind) {
        if all.iter().all(|l| l.value != row.value) {
            let file = row.import_id.and_then(|id| known.iter().find(|f| f.id == id));
            let file = file.map(|f| f.name.clone()).unwrap_or_default();
            all.push(Label { value: row.value.clone(), file, at: row.recorded_at });
        }
    }
    all
}

async fn questions(
    ctx: &Context,
    row: &PersonRow,
    records: &[Uuid],
) -> Result<Vec<(ReviewRow, String, Option<NaiveDate>)>, StoreError> {
    if !row.match_open {
        return Ok(Vec::new());
    }
    let open: Vec<ReviewRow> = store::intake::review::of_persons(ctx.db().read(), records)
        .await?
        .into_iter()
        .filter(|r| r.status == store::intake::review::status::OPEN)
        .collect();
    let other = |r: &ReviewRow| if records.contains(&r.person_a) { r.person_b } else { r.person_a };
    let others: Vec<Uuid> = open.iter().map(other).collect();
    let rows = store::people::one::shown(ctx.db().read(), &others).await?;
    Ok(open
        .into_iter()
        .filter_map(|r| {
            let person = rows.iter().find(|p| p.id == other(&r))?;
            let name = format!("{} {}", person.first_name, person.last_name);
            Some((r, name, person.birth_date))
        })
        .collect())
}

fn told(
    row: &PersonRow,
    households: &[HouseholdRow],
    story: &Story,
    known: &[FileFact],
) -> Vec<(Event, FileFact)> {
    let mut all: Vec<(Event, FileFact)> = households
        .iter()
        .flat_map(|h| story.events(h.id, row))
        .filter_map(|e| Some((e.clone(), known.iter().find(|f| f.id == e.import)?.clone())))
        .collect();
    // The last told comes first; what one file tells keeps its order.
    all.reverse();
    all.sort_by_key(|(event, _)| std::cmp::Reverse((event.on, event.stamp)));
    all
}

fn files(households: &[HouseholdRow], story: &Story) -> Vec<FileFact> {
    let mut all: Vec<FileFact> = households
        .iter()
        .flat_map(|h| story.sightings(h.id))
        .filter(|s| s.hash.is_some())
        .map(|s| s.file.clone())
        .collect();
    all.sort_by_key(|f| std::cmp::Reverse((f.stamp, f.number)));
    all.dedup_by_key(|f| f.id);
    all
}

/// Who opened the file of this person, whichever of their records it was: all of it for the data protection officer and
/// the team lead, one's own acts for the others (`rules.md` § 4, journal). At most `limit` acts, before a number.
///
/// # Errors
/// [`PeopleError::Unknown`].
pub async fn opened(
    ctx: &Context,
    id: Uuid,
    before_number: Option<i64>,
    limit: u64,
) -> Result<Vec<JournalLine>, PeopleError> {
    let Seen { row, exceptional, .. } = seen(ctx, id).await?;
    let person = store::people::one::with_merged(ctx.db().read(), row.id).await?;
    let filter = JournalFilter { person: person.clone(), before_number, limit, ..JournalFilter::default() };
    let mut lines = crate::audit::of_person(ctx, &filter).await?;
    if permit(ctx, Action::ReadJournal).is_err() {
        let readers: Vec<Uuid> = lines.iter().filter_map(|line| line.row.actor_id).collect();
        let hidden = hidden_accounts(ctx, &readers).await?;
        let referents = store::people::one::referents(ctx.db().read(), &person, ctx.today()).await?;
        if !is_social(&why(ctx, &row, &referents, exceptional).await?) {
            lines.retain(|line| line.row.actor_id.is_none_or(|actor| !hidden.contains(&actor)));
            hidden_in_journal(ctx, &person, &mut lines).await?;
            crate::agenda::hidden_in_journal(ctx, &person, &mut lines).await?;
        }
    }
    Ok(lines)
}
