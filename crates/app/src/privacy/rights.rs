//! What people ask about their data: recorded, answered within a month, and the copy of everything held on them.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::audit::Act;
use domain::privacy::rights::{Reply, Right, answer_by};
use serde::Serialize;
use store::intake::record;
use store::people::{PersonRow, one};
pub use store::privacy::HeldRows;
pub use store::privacy::rights::Shelf;
use store::privacy::rights::{self, RequestRow};
use store::sealed::REQUEST_NOTE;
use store::{StoreError, Tx};
use uuid::Uuid;

use crate::Context;
use crate::access::{Refused, permit};

/// Requests and people shown at a time.
const SHOWN: u64 = 200;

/// Why a request is not recorded or answered.
#[derive(Debug, thiserror::Error)]
pub enum RightsError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Nobody of this key, or nobody with a name any more.
    #[error("Cette personne n’est pas ou plus connue.")]
    Unknown,
    /// The day is in the future.
    #[error("La demande ne peut pas avoir été reçue après aujourd’hui.")]
    Future,
    /// It was answered already.
    #[error("Cette demande a déjà reçu une réponse.")]
    Answered,
    /// The copy was taken already.
    #[error("La copie a déjà été remise. Enregistrez une nouvelle demande d’accès pour en faire une autre.")]
    Taken,
    /// Only a request for access gives a copy.
    #[error("Seule une demande d’accès donne une copie.")]
    NotAccess,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A request, read.
#[derive(Debug, Clone)]
pub struct Request {
    /// As stored.
    pub row: RequestRow,
    /// Who asks.
    pub person: Option<PersonRow>,
    /// What was noted.
    pub note: Option<String>,
}

/// The page of the data protection officer.
#[derive(Debug, Clone)]
pub struct Rights {
    /// The requests, those that wait first.
    pub requests: Vec<Request>,
    /// Who is in no list, and why.
    pub hidden: Vec<(Shelf, PersonRow)>,
}

/// The requests and the people who are in no list.
///
/// # Errors
/// [`RightsError::Refused`].
pub async fn all(ctx: &Context) -> Result<Rights, RightsError> {
    permit(ctx, Action::ManageRights)?;
    let c = ctx.db().read();
    let rows = rights::list(c, SHOWN).await?;
    let shelves = rights::hidden(c, SHOWN).await?;
    let ids: Vec<Uuid> = rows.iter().map(|r| r.person_id).chain(shelves.iter().map(|s| s.id)).collect();
    let people = one::rows(c, &ids).await?;
    let named = |id: Uuid| people.iter().find(|p| p.id == id).cloned();
    let requests =
        rows.into_iter().map(|row| read(ctx, named(row.person_id), row)).collect::<Result<_, _>>()?;
    let hidden = shelves.into_iter().filter_map(|shelf| Some((shelf, named(shelf.id)?))).collect();
    Ok(Rights { requests, hidden })
}

fn read(ctx: &Context, person: Option<PersonRow>, row: RequestRow) -> Result<Request, StoreError> {
    let note = row.note_sealed.as_ref();
    let note = note.map(|sealed| ctx.db().keys().decrypt_text(REQUEST_NOTE.place, sealed)).transpose()?;
    Ok(Request { person, note, row })
}

/// The person whose request is recorded.
///
/// # Errors
/// [`RightsError::Unknown`].
pub async fn person(ctx: &Context, id: Uuid) -> Result<PersonRow, RightsError> {
    permit(ctx, Action::ManageRights)?;
    rights::anybody(ctx.db().read(), id).await?.ok_or(RightsError::Unknown)
}

/// What is recorded of a request.
#[derive(Debug, Clone)]
pub struct NewRequest {
    /// Who asks.
    pub person: Uuid,
    /// What.
    pub right: Right,
    /// When it was received.
    pub received_on: NaiveDate,
    /// What to remember: sealed.
    pub note: Option<String>,
}

/// Records a request; it is answered within a month.
///
/// # Errors
/// [`RightsError`].
pub async fn request(ctx: &Context, new: NewRequest) -> Result<Uuid, RightsError> {
    let person = person(ctx, new.person).await?;
    if new.received_on > ctx.today() {
        return Err(RightsError::Future);
    }
    let sealed = |note: &String| ctx.db().keys().encrypt(REQUEST_NOTE.place, note.as_bytes());
    let row = RequestRow {
        id: ctx.app.ids.make(),
        person_id: person.id,
        kind: new.right.code().to_owned(),
        received_on: new.received_on,
        answer_by: answer_by(new.received_on),
        note_sealed: new.note.as_ref().filter(|note| !note.trim().is_empty()).map(sealed).transpose()?,
        recorded_by: ctx.actor.id,
        recorded_at: ctx.now(),
        reply: None,
        answered_on: None,
        answered_by: None,
        taken_at: None,
    };
    let id = row.id;
    let tx = ctx.db().begin().await?;
    rights::add(&tx, row).await?;
    let detail = serde_json::json!({ "right": new.right.code() });
    crate::audit::record(ctx, &tx, Act::RecordRequest, Some(person.id), Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(id)
}

/// Answers a request. A restriction granted freezes the data: in no list, used by nobody, kept.
///
/// # Errors
/// [`RightsError::Answered`] the second time.
pub async fn answer(ctx: &Context, id: Uuid, reply: Reply) -> Result<(), RightsError> {
    permit(ctx, Action::ManageRights)?;
    let tx = ctx.db().begin().await?;
    let row = rights::get(&tx, id).await?.ok_or(RightsError::Unknown)?;
    if !rights::answer(&tx, id, reply.code(), ctx.today(), ctx.actor.id).await? {
        return Err(RightsError::Answered);
    }
    if Right::parse(&row.kind) == Some(Right::Restriction) && reply == Reply::Granted {
        freeze(&tx, row.person_id, Some(ctx.today())).await?;
    }
    let detail = serde_json::json!({ "right": row.kind, "reply": reply.code() });
    crate::audit::record(ctx, &tx, Act::AnswerRequest, Some(row.person_id), Some(id.to_string()), detail)
        .await?;
    Ok(tx.commit().await.map_err(StoreError::from)?)
}

/// Lets the data of a person be used again.
///
/// # Errors
/// [`RightsError::Unknown`].
pub async fn lift(ctx: &Context, id: Uuid) -> Result<(), RightsError> {
    let person = person(ctx, id).await?;
    let tx = ctx.db().begin().await?;
    freeze(&tx, person.id, None).await?;
    let detail = serde_json::json!({ "right": Right::Restriction.code(), "reply": "lifted" });
    crate::audit::record(ctx, &tx, Act::AnswerRequest, Some(person.id), None, detail).await?;
    Ok(tx.commit().await.map_err(StoreError::from)?)
}

async fn freeze(tx: &Tx, person: Uuid, since: Option<NaiveDate>) -> Result<(), StoreError> {
    let records = one::with_merged(tx, person).await?;
    rights::restrict(tx, &records, since).await?;
    record::rebuild_counters(tx).await
}

/// The copy of everything held on a person: the model of the JSON file and of the letter.
#[derive(Debug, Clone, Serialize)]
pub struct PersonCopy {
    /// The département that holds it.
    pub department: String,
    /// When the copy was made.
    pub made_on: NaiveDate,
    /// When the request was received.
    pub requested_on: NaiveDate,
    /// Table by table.
    pub held: Vec<HeldRows>,
}

/// Makes the copy, once for each request for access; the journal keeps it.
///
/// # Errors
/// [`RightsError::Taken`] the second time, [`RightsError::NotAccess`].
pub async fn copy(ctx: &Context, id: Uuid) -> Result<PersonCopy, RightsError> {
    permit(ctx, Action::ManageRights)?;
    let tx = ctx.db().begin().await?;
    let row = rights::get(&tx, id).await?.ok_or(RightsError::Unknown)?;
    if Right::parse(&row.kind) != Some(Right::Access) {
        return Err(RightsError::NotAccess);
    }
    if !rights::take(&tx, id, ctx.now()).await? {
        return Err(RightsError::Taken);
    }
    let records = one::with_merged(&tx, row.person_id).await?;
    let held = store::privacy::held(ctx.db().keys(), &tx, &records).await?;
    let detail = serde_json::json!({ "rows": held.iter().map(|t| t.rows.len()).sum::<usize>() });
    crate::audit::record(ctx, &tx, Act::AccessCopy, Some(row.person_id), Some(id.to_string()), detail)
        .await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(PersonCopy {
        department: ctx.department.name.clone(),
        made_on: ctx.today(),
        requested_on: row.received_on,
        held,
    })
}
