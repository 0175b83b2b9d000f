//! Name who follows somebody whom nobody follows, without deciding of their orientation again.

use domain::access::permission::Action;
use domain::access::side::Side;
use domain::orientation::rules::{Organisation, Path};
use serde_json::json;
use store::StoreError;
use store::access::referent::{Assignment, assign};
use store::orientation::decision;
use uuid::Uuid;

use super::record::{FollowError, Subject, begin, stand, subject, tell};
use crate::Context;
use crate::orientation::{Candidate, candidates};

/// Those who could follow a person, those of the organisation that was decided, with room and near, first.
///
/// # Errors
/// [`FollowError`].
pub async fn who_could_follow(ctx: &Context, person: Uuid) -> Result<Vec<Candidate>, FollowError> {
    let subject = subject(ctx, Action::LeadPath, person).await?;
    Ok(could(ctx, &subject).await?)
}

async fn could(ctx: &Context, subject: &Subject) -> Result<Vec<Candidate>, StoreError> {
    let in_force = decision::in_force(ctx.db().read(), &subject.records).await?;
    let path = in_force.as_ref().and_then(|one| Path::parse(&one.path));
    let organisation = in_force.as_ref().and_then(|one| Organisation::parse(&one.organisation));
    let social = subject.relations.iter().any(|relation| relation.is_social());
    candidates(ctx, &subject.row, (path, organisation), social).await
}

/// Names who follows a person whom nobody follows.
///
/// # Errors
/// [`FollowError`].
pub async fn name_referent(ctx: &Context, person: Uuid, account: Option<Uuid>) -> Result<(), FollowError> {
    let subject = subject(ctx, Action::LeadPath, person).await?;
    subject.stands().may_name()?;
    let chosen = could(ctx, &subject).await?.into_iter().find(|one| Some(one.id) == account);
    let chosen = chosen.ok_or(FollowError::Referent)?;
    let tx = begin(ctx).await?;
    let side: Side = chosen.side;
    let new = Assignment {
        id: ctx.app.ids.make(),
        person_id: subject.row.id,
        account_id: chosen.id,
        side: side.code().to_owned(),
        since: ctx.today(),
    };
    assign(&tx, vec![new]).await?;
    stand(ctx, &tx, subject.row.id).await?;
    tell(ctx, &tx, subject.row.id, None, json!({ "kind": "referent", "side": side.code() })).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
