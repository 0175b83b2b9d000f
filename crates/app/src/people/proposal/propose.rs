//! Propose a person to a structure.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::access::proposal::{LONGEST_TEXT, Shared, may_end_on};
use domain::audit::Act;
use serde_json::json;
use store::StoreError;
use store::access::structure::{self, Structure};
use store::people::proposal::{self, ProposalRow};
use store::people::{PersonRow, one};
use store::sealed::PROPOSAL;
use uuid::Uuid;

use crate::access::{Relations, is_social, scope, term};
use crate::people::PeopleError;
use crate::{Context, audit};

/// Why a person is not proposed.
#[derive(Debug, thiserror::Error)]
pub enum ProposeError {
    /// The person or the permission.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// Not one of the structures to which one may propose this person.
    #[error("Choisissez une structure de la liste.")]
    Structure,
    /// Empty or too long.
    #[error("Écrivez à la structure pourquoi vous lui proposez cette personne, en 2 000 caractères au plus.")]
    Text,
    /// None, before today, or too far.
    #[error("Choisissez un dernier jour, d’aujourd’hui à six mois au plus.")]
    Until,
    /// It is proposed there already.
    #[error("Cette personne est déjà proposée à cette structure : terminez d’abord cette proposition.")]
    Twice,
}

impl From<StoreError> for ProposeError {
    fn from(error: StoreError) -> Self {
        Self::People(error.into())
    }
}

/// What is typed of a proposal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProposalInput {
    /// To whom.
    pub structure: Option<Uuid>,
    /// What is written to it.
    pub text: String,
    /// What it sees beside the names.
    pub shares: Vec<Shared>,
    /// Last day, included.
    pub until: Option<NaiveDate>,
}

/// Proposes a person to a structure, from today on; the journal keeps until when and what is told. Returns its identifier.
///
/// # Errors
/// [`ProposeError`].
pub async fn propose(ctx: &Context, person: Uuid, input: &ProposalInput) -> Result<Uuid, ProposeError> {
    let (row, records, social) = own(ctx, person).await?;
    let author_id = ctx.actor.id.ok_or(PeopleError::Unknown)?;
    let today = ctx.today();
    let offered = offered(ctx, social).await?;
    let structure =
        offered.iter().find(|one| Some(one.id) == input.structure).ok_or(ProposeError::Structure)?;
    let text = input.text.trim();
    if text.is_empty() || text.chars().count() > LONGEST_TEXT {
        return Err(ProposeError::Text);
    }
    let until = input.until.filter(|last| may_end_on(today, *last)).ok_or(ProposeError::Until)?;
    let shares = Shared::join(&input.shares);
    let new = ProposalRow {
        id: ctx.app.ids.make(),
        person_id: row.id,
        structure_id: structure.id,
        author_id,
        text_sealed: ctx.db().keys().encrypt(PROPOSAL.place, text.as_bytes())?,
        shares: shares.clone(),
        since: today,
        until,
        ended_on: None,
        answer: None,
        answered_at: None,
        answered_by: None,
        answer_text_sealed: None,
        created_at: ctx.now(),
    };
    let id = new.id;
    let tx = ctx.db().begin().await?;
    let before = proposal::of(&tx, &records).await?;
    let lasts = |one: &ProposalRow| one.structure_id == structure.id && term(one).standing(today).lasts();
    if before.iter().any(lasts) {
        return Err(ProposeError::Twice);
    }
    proposal::insert(&tx, new).await?;
    let detail = json!({ "last_day": until, "shares": shares });
    audit::record(ctx, &tx, Act::ProposePerson, Some(row.id), Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(id)
}

/// The person whom the actor may propose, every record of theirs, and whether the actor is on their social side.
pub(super) async fn own(ctx: &Context, id: Uuid) -> Result<(PersonRow, Vec<Uuid>, bool), PeopleError> {
    let scope = scope(ctx, Action::ProposePerson)?;
    let (db, today) = (ctx.db(), ctx.today());
    let row = one::get(db, &scope, today, id).await?.ok_or(PeopleError::Unknown)?;
    let records = one::with_merged(db.read(), row.id).await?;
    let referents = one::referents(db.read(), &records, today).await?;
    let why = Relations::load(ctx).await?.of(&ctx.actor, &row, &referents.iter().collect::<Vec<_>>());
    Ok((row, records, is_social(&why)))
}

/// The structures to which one proposes, by name: those that are open and no service of the département; those that are
/// sensitive, from the social side only.
pub(super) async fn offered(ctx: &Context, social: bool) -> Result<Vec<Structure>, StoreError> {
    let today = ctx.today();
    let offered =
        |one: &Structure| one.is_open_on(today) && !one.kind.is_departmental() && (social || !one.sensitive);
    Ok(structure::all(ctx.db().read()).await?.into_iter().filter(offered).collect())
}
