//! Decide: path, organisation, referent, with the explanation that the person receives. A person decides; what the rules
//! proposed is kept beside.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::audit::{Act, Part};
use domain::followup::path::PathState;
use domain::orientation::decision::{Choice, Refusal, check, deviates, review_key};
use domain::orientation::queue::Attempt;
use domain::orientation::recommend::Verdict;
use domain::orientation::referral::Answer;
use domain::orientation::rules::{Organisation, Path};
use domain::time::plus_months;
use serde_json::json;
use store::access::referent::{Assignment, assign};
use store::intake::{files, record};
use store::orientation::call::{self, AttemptRow, CallRow};
use store::orientation::decision::{self, DecisionRow};
use store::orientation::referral;
use store::people::{PersonRow, one};
use store::sealed::{DECISION_EXPLANATION, DECISION_REASON};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::TakeError;
use super::answers::{Kept, seal};
use super::call::{Weighed, weigh};
use super::candidates::{Candidate, candidates};
use super::catalogues::parameter_values;
use super::first::{self, FirstAppointment};
use super::reserve::{reserve, taken};
use crate::access::{is_social, scope};
use crate::agenda::{BookError, Booking, book_in, called};
use crate::followup::{answered_by_decision, refresh};
use crate::intake::run::Settings;
use crate::intake::standing::derive;
use crate::messages::decided;
use crate::people::PeopleError;
use crate::people::person::open;
use crate::{Context, audit};

/// Longest text of a decision, in characters.
const LONGEST: usize = 4_000;

/// Why nothing is decided.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// The person, the permission, or another operator has them.
    #[error(transparent)]
    Take(#[from] TakeError),
    /// What is missing.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A text too long.
    #[error("Ce texte est trop long : 4 000 caractères au plus.")]
    TooLong,
    /// Not one of those who could follow them.
    #[error("Choisissez un référent de la liste, ou laissez le responsable de territoire en nommer un.")]
    Referent,
    /// The first appointment could not be booked.
    #[error(transparent)]
    Booking(#[from] BookError),
    /// The slot is not of the referent.
    #[error("Ce créneau est celui d’une autre personne que le référent choisi : choisissez l’un ou l’autre.")]
    OtherSlot,
    /// Somebody decided meanwhile.
    #[error("Quelqu’un a décidé pour cette personne entre-temps : relisez sa fiche.")]
    Changed,
    /// Neither to orient nor oriented.
    #[error("Cette personne n’est pas à orienter : ouvrez sa fiche.")]
    NotToOrient,
}

impl From<StoreError> for DecideError {
    fn from(error: StoreError) -> Self {
        Self::Take(error.into())
    }
}

impl From<PeopleError> for DecideError {
    fn from(error: PeopleError) -> Self {
        Self::Take(error.into())
    }
}

/// What is typed of a decision.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DecisionInput {
    /// The path.
    pub path: Option<Path>,
    /// The organisation.
    pub organisation: Option<Organisation>,
    /// The programmes retained, by code.
    pub programmes: Vec<String>,
    /// Who will follow the person; `None` leaves it to the team lead.
    pub referent: Option<Uuid>,
    /// The first appointment; whoever receives becomes the referent.
    pub first: Option<FirstAppointment>,
    /// Why this and not what was proposed, or why again.
    pub reason: String,
    /// What the person is told.
    pub explanation: String,
    /// The last decision that the page showed: another one since is not overwritten unseen.
    pub after: Option<Uuid>,
}

/// What a decision is made of, once it was judged.
struct Ready {
    row: PersonRow,
    records: Vec<Uuid>,
    call: Option<CallRow>,
    weighed: Weighed,
    choice: Choice,
    referent: Option<Candidate>,
    first: Option<Booking>,
    review_on: Option<NaiveDate>,
}

/// Decides of an orientation, or of another one: the decision, the referent and the state of the person in one transaction.
/// Returns the identifier of the decision.
///
/// # Errors
/// [`DecideError`].
pub async fn decide(ctx: &Context, person: Uuid, input: &DecisionInput) -> Result<Uuid, DecideError> {
    let ready = Box::pin(ready(ctx, person, input)).await?;
    let account = ctx.actor.id.ok_or(PeopleError::Unknown)?;
    let settings = Settings::load(ctx).await?;
    let (row_id, today) = (ready.row.id, ctx.today());
    let tx = ctx.db().begin().await?;
    // An import that writes this person at the same time waits, or is waited for.
    files::lock_imports_briefly(ctx.db(), &tx).await?;
    // Hours are held before anything is written in the journal.
    if let Some(booking) = &ready.first {
        book_in(&tx, ctx, row_id, booking).await?;
    }
    let was_waiting = ready.row.state == PathState::ToOrient.code();
    if was_waiting && !reserve(ctx, &tx, row_id, account).await? {
        drop(tx);
        return Err(taken(ctx, row_id).await?.into());
    }
    let last = decision::of(&tx, &ready.records).await?.first().map(|one| one.id);
    if last != input.after {
        return Err(DecideError::Changed);
    }
    let new = decision_row(ctx, &ready, account)?;
    let id = new.id;
    let detail = json!({
        "path": new.path, "organisation": new.organisation, "rules": new.rules,
        "deviates": new.deviates, "again": last.is_some(),
    });
    decision::insert(&tx, new, &ready.records).await?;
    answered_by_decision(ctx, &tx, &ready.records, account).await?;
    close_call(ctx, &tx, &ready, account, was_waiting).await?;
    if let Some(referent) = &ready.referent {
        let one = Assignment {
            id: ctx.app.ids.make(),
            person_id: row_id,
            account_id: referent.id,
            side: referent.side.code().to_owned(),
            since: today,
        };
        assign(&tx, vec![one]).await?;
    }
    let mut row = one::rows(&tx, &[row_id]).await?.into_iter().next().ok_or(PeopleError::Unknown)?;
    refresh(ctx, &tx, &mut row).await?;
    row.referred_on = None;
    referral::answer(&tx, &ready.records, Answer::Oriented, (ctx.now(), account)).await?;
    derive(&mut row, &settings);
    one::save(&tx, vec![row]).await?;
    record::rebuild_counters(&tx).await?;
    decided(ctx, &tx, row_id, id).await?;
    audit::record(ctx, &tx, Act::DecideOrientation, Some(row_id), Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(id)
}

async fn ready(ctx: &Context, person: Uuid, input: &DecisionInput) -> Result<Ready, DecideError> {
    let scope = scope(ctx, Action::DecideOrientation).map_err(PeopleError::from)?;
    let (db, today) = (ctx.db(), ctx.today());
    let row = one::get(db, &scope, today, person).await?.ok_or(PeopleError::Unknown)?;
    let oriented = PathState::parse(&row.state).is_some_and(PathState::is_followed);
    if !oriented && row.state != PathState::ToOrient.code() {
        return Err(DecideError::NotToOrient);
    }
    let records = one::with_merged(db.read(), row.id).await?;
    let call = call::open_for(db.read(), &records).await?;
    let file = open(ctx, row.id, Part::Call).await?;
    let weighed = weigh(ctx, &file, call.as_ref()).await?;
    let choice = Choice {
        path: input.path.unwrap_or(Path::Undetermined),
        organisation: input.organisation,
        programmes: input.programmes.clone(),
        reason: input.reason.trim().to_owned(),
        explanation: input.explanation.trim().to_owned(),
    };
    if [&choice.reason, &choice.explanation].iter().any(|text| text.chars().count() > LONGEST) {
        return Err(DecideError::TooLong);
    }
    check(&choice, &weighed.proposed, oriented)?;
    let wanted = (Some(choice.path), choice.organisation);
    let who = candidates(ctx, &row, wanted, is_social(&file.why)).await?;
    let first = first::booking(ctx, row.id, input.first).await?;
    let host = first.as_ref().map(|(_, host)| *host);
    if input.referent.is_some() && host.is_some() && input.referent != host {
        return Err(DecideError::OtherSlot);
    }
    let referent = match input.referent.or(host) {
        Some(id) => Some(who.into_iter().find(|one| one.id == id).ok_or(DecideError::Referent)?),
        None => None,
    };
    let parameter = parameter_values(ctx, today).await?;
    let review_on = review_key(&choice, &weighed.proposed)
        .and_then(parameter)
        .and_then(|months| u32::try_from(months).ok())
        .map(|months| plus_months(today, months));
    let first = first.map(|(booking, _)| booking);
    Ok(Ready { row, records, call, weighed, choice, referent, first, review_on })
}

fn decision_row(ctx: &Context, ready: &Ready, account: Uuid) -> Result<DecisionRow, StoreError> {
    let (choice, proposed) = (&ready.choice, &ready.weighed.proposed);
    let keys = ctx.db().keys();
    let reason = (!choice.reason.is_empty())
        .then(|| keys.encrypt(DECISION_REASON.place, choice.reason.as_bytes()))
        .transpose()?;
    let kept = json!({ "verdict": Verdict::from(proposed), "applied": proposed.applied });
    Ok(DecisionRow {
        id: ctx.app.ids.make(),
        person_id: ready.row.id,
        call_file_id: ready.call.as_ref().map(|call| call.id),
        decided_by: account,
        decided_at: ctx.now(),
        notified_on: ctx.today(),
        path: choice.path.code().to_owned(),
        organisation: choice.organisation.map(|one| one.code().to_owned()).unwrap_or_default(),
        structure_id: ready.referent.as_ref().and_then(|one| one.place.as_ref()).map(|place| place.id),
        referent_id: ready.referent.as_ref().map(|one| one.id),
        programmes: json!(choice.programmes).to_string(),
        rules: ready.weighed.catalogues.rules_number,
        proposed: kept.to_string(),
        deviates: deviates(choice, proposed),
        review_on: ready.review_on,
        reason_sealed: reason,
        explanation_sealed: Some(keys.encrypt(DECISION_EXPLANATION.place, choice.explanation.as_bytes())?),
        ended_on: None,
        ended_why: None,
    })
}

/// Closes the questionnaire with the facts that were weighed, and ends the call of somebody who waited.
async fn close_call(
    ctx: &Context,
    tx: &Tx,
    ready: &Ready,
    account: Uuid,
    was_waiting: bool,
) -> Result<(), DecideError> {
    if let Some(call) = &ready.call {
        let kept = Kept {
            answers: ready.weighed.answers.clone(),
            facts: ready.weighed.facts.clone(),
            ..Kept::default()
        };
        if !call::write(tx, call.id, call.revision, seal(ctx, &kept)?, account, ctx.now()).await? {
            return Err(DecideError::Changed);
        }
    }
    call::close(tx, &ready.records, ctx.now()).await?;
    if was_waiting {
        let new = AttemptRow {
            id: ctx.app.ids.make(),
            person_id: ready.row.id,
            account_id: account,
            at: ctx.now(),
            inbound: false,
            ending: Attempt::Decided.code().to_owned(),
            not_before: ctx.now(),
            latest: true,
        };
        call::add_attempt(tx, new).await?;
        call::release(tx, ready.row.id, account).await?;
        called(ctx, tx, ready.row.id, Attempt::Decided, ctx.now()).await?;
    }
    Ok(())
}
