//! A team lead proposes an account; an administrator accepts or declines it.

use domain::access::permission::Action;
use domain::access::role::Role;
use domain::audit::Act;
use serde_json::json;
use store::access::account;
use store::access::proposal::{self, ProposalRow};
use store::access::structure;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::create_user::{CreateUserError, Invitation, NewUser, identity, open_account};
use super::new_role::{NewRole, checked, told};
use super::permit::permit;
use crate::{Context, audit};

/// The roles a team lead may propose: those of a team, never one that gives rights to others.
pub const PROPOSABLE: [Role; 5] =
    [Role::Operator, Role::SocialReferent, Role::JobCoach, Role::Prescriber, Role::Partner];

/// Why an account is not proposed, or a proposal not decided.
#[derive(Debug, thiserror::Error)]
pub enum ProposeError {
    /// As for an account opened at once.
    #[error(transparent)]
    User(#[from] CreateUserError),
    /// Not a role of a team.
    #[error("Ce rôle ne se propose pas : l’administration le donne elle-même.")]
    Role,
    /// Outside of what the team lead answers for.
    #[error("Proposez un compte sur vos territoires, ou dans une structure qui n’en sert pas d’autres.")]
    Place,
    /// Proposed already.
    #[error("Un compte est déjà proposé avec l’adresse {0} ; il attend une réponse.")]
    Waiting(String),
    /// Decided before, or never made.
    #[error("Cette proposition a déjà reçu une réponse.")]
    Decided,
}

impl From<StoreError> for ProposeError {
    fn from(error: StoreError) -> Self {
        Self::User(error.into())
    }
}

/// Proposes an account.
///
/// # Errors
/// [`ProposeError`].
pub async fn propose_user(ctx: &Context, new: NewUser) -> Result<(), ProposeError> {
    permit(ctx, Action::ProposeUser).map_err(CreateUserError::from)?;
    let Some(by) = ctx.actor.id else { return Err(ProposeError::Place) };
    let (email, name) = identity(&new)?;
    if !PROPOSABLE.contains(&new.role.role) {
        return Err(ProposeError::Role);
    }
    let tx = ctx.db().begin().await?;
    if !answers_for(ctx, &tx, &new.role).await? {
        return Err(ProposeError::Place);
    }
    if account::by_email_in(&tx, &email).await?.is_some() {
        return Err(CreateUserError::EmailTaken(email).into());
    }
    if proposal::is_waiting(&tx, &email).await? {
        return Err(ProposeError::Waiting(email));
    }
    let role = checked(ctx, &tx, by, &new.role).await.map_err(CreateUserError::from)?;
    let detail = told(&role);
    let row = ProposalRow {
        id: ctx.app.ids.make(),
        email,
        name,
        role: role.role,
        territory: role.territory,
        structure: role.structure,
        since: role.since,
        until: role.until,
        proposed_by: by,
        proposed_at: ctx.now(),
        decided_by: None,
        decided_at: None,
        accepted: false,
    };
    let id = row.id.to_string();
    proposal::insert(&tx, row).await?;
    audit::record(ctx, &tx, Act::ProposeUser, None, Some(id), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// Whether one of the actor's roles that propose covers the place of the new one.
async fn answers_for(ctx: &Context, tx: &Tx, new: &NewRole) -> Result<bool, StoreError> {
    let wanted = match (new.structure, &new.territory) {
        (Some(id), _) => {
            let known = structure::of(tx, &[id]).await?;
            Some(known.into_iter().next().map(|one| one.territories).unwrap_or_default())
                .filter(|territories| !territories.is_empty())
        }
        (None, Some(code)) => Some(vec![code.clone()]),
        (None, None) => None,
    };
    let leads = ctx.actor.roles.iter().filter(|held| held.role == Role::TeamLead);
    Ok(leads.into_iter().any(|held| match (&held.structure, held.territories(), &wanted) {
        // Outside the département one proposes colleagues of one's own structure.
        (Some(structure), ..) if !structure.departmental => new.structure == Some(structure.id),
        (_, None, _) => true,
        (_, Some(_), None) => false,
        (_, Some(mine), Some(theirs)) => theirs.iter().all(|code| mine.contains(code)),
    }))
}

/// The proposals: all of them for who accepts, one's own for who proposes; the most recent first.
///
/// # Errors
/// [`ProposeError`].
pub async fn proposals(ctx: &Context) -> Result<Vec<ProposalRow>, ProposeError> {
    if permit(ctx, Action::ManageUsers).is_ok() {
        return Ok(proposal::all(ctx.db(), None).await?);
    }
    permit(ctx, Action::ProposeUser).map_err(CreateUserError::from)?;
    match ctx.actor.id {
        Some(id) => Ok(proposal::all(ctx.db(), Some(id)).await?),
        None => Ok(Vec::new()),
    }
}

/// Accepts a proposal: the account is opened, and the link with which its holder chooses a password comes back.
///
/// # Errors
/// [`ProposeError`].
pub async fn accept_user(ctx: &Context, id: Uuid) -> Result<Invitation, ProposeError> {
    permit(ctx, Action::ManageUsers).map_err(CreateUserError::from)?;
    let tx = ctx.db().begin().await?;
    let row = decide(ctx, &tx, id, true).await?;
    let new = NewUser {
        email: row.email,
        name: row.name,
        role: NewRole {
            role: Role::parse(&row.role).ok_or(ProposeError::Role)?,
            territory: row.territory,
            structure: row.structure,
            since: Some(row.since.max(ctx.today())),
            until: row.until,
        },
    };
    let invitation = open_account(ctx, &tx, new).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(invitation)
}

/// Declines a proposal.
///
/// # Errors
/// [`ProposeError`].
pub async fn decline_user(ctx: &Context, id: Uuid) -> Result<(), ProposeError> {
    permit(ctx, Action::ManageUsers).map_err(CreateUserError::from)?;
    let tx = ctx.db().begin().await?;
    decide(ctx, &tx, id, false).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

async fn decide(ctx: &Context, tx: &Tx, id: Uuid, accepted: bool) -> Result<ProposalRow, ProposeError> {
    let row = proposal::decide(tx, id, accepted, ctx.actor.id, ctx.now()).await?;
    let row = row.ok_or(ProposeError::Decided)?;
    let detail = json!({ "accepted": accepted });
    audit::record(ctx, tx, Act::DecideProposal, None, Some(id.to_string()), detail).await?;
    Ok(row)
}
