//! What time brings to a wave: who booked, whose link is over, room for those who wait.

use std::collections::HashSet;

use chrono::Duration;
use domain::access::permission::Action;
use domain::agenda::wave::{Known, Standing, now, room};
use domain::audit::Act;
use serde_json::json;
use store::agenda::wave::{self, InWaveRow, WaveRow};
use store::intake::files;
use store::people::one;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::super::AgendaError;
use super::make::followed;
use super::{free_hours, offer_of, read, share};
use crate::access::permit;
use crate::messages::{INVITATION, invitation_lasts, invite_in};
use crate::{Context, audit};

/// Looks at every wave that goes on. Each person is invited once, however often it runs.
///
/// # Errors
/// When the database refuses.
pub async fn carry_on(ctx: &Context) -> Result<usize, StoreError> {
    let mut invited = 0;
    for row in wave::open(ctx.db().read()).await? {
        invited += one_wave(ctx, &row).await?;
    }
    Ok(invited)
}

async fn one_wave(ctx: &Context, row: &WaveRow) -> Result<usize, StoreError> {
    let over = row.until_on < ctx.today();
    let free = if over { 0 } else { free_hours(ctx, &offer_of(row), row.until_on).await? };
    let tx = ctx.db().begin().await?;
    files::lock_imports_briefly(ctx.db(), &tx).await?;
    let people = look(ctx, &tx, row).await?;
    let invited = if over {
        leave_out(ctx, &tx, &people).await?;
        0
    } else {
        invite_next(ctx, &tx, row, &people, free).await?
    };
    finish(ctx, &tx, row.id).await?;
    tx.commit().await?;
    Ok(invited)
}

/// Invites the next of those who wait, in their order, as far as there is room; how many were.
pub(super) async fn invite_next(
    ctx: &Context,
    tx: &Tx,
    row: &WaveRow,
    people: &[InWaveRow],
    free: usize,
) -> Result<usize, StoreError> {
    let offer = offer_of(row);
    let awaited = wave::invited_by(tx, |other| share(other, &offer)).await?;
    let next: Vec<&InWaveRow> = people.iter().filter(|one| waits(one)).take(room(free, awaited)).collect();
    for one in &next {
        invite_in(ctx, tx, one.person_id, &offer, &row.id.simple().to_string()).await?;
        let detail = json!({ "template": INVITATION, "what": "wave" });
        audit::record(ctx, tx, Act::SendMessage, Some(one.person_id), None, detail).await?;
        let standing = Standing::Invited.code().to_owned();
        wave::set(tx, InWaveRow { standing, invited_at: Some(ctx.now()), ..(*one).clone() }).await?;
    }
    Ok(next.len())
}

/// Those who wait will not be invited.
async fn leave_out(ctx: &Context, tx: &Tx, people: &[InWaveRow]) -> Result<(), StoreError> {
    for one in people.iter().filter(|one| waits(one)) {
        let standing = Standing::LeftOut.code().to_owned();
        wave::set(tx, InWaveRow { standing, over_on: Some(ctx.today()), ..one.clone() }).await?;
    }
    Ok(())
}

fn waits(one: &InWaveRow) -> bool {
    one.standing == Standing::Waiting.code()
}

/// Writes where each stands now; those of whom something is still expected.
async fn look(ctx: &Context, tx: &Tx, row: &WaveRow) -> Result<Vec<InWaveRow>, StoreError> {
    let lasts = invitation_lasts(ctx, tx).await?;
    let people = wave::people(tx, row.id).await?;
    let open: Vec<InWaveRow> = people.into_iter().filter(is_open).collect();
    let ids: Vec<Uuid> = open.iter().map(|one| one.person_id).collect();
    let here: HashSet<Uuid> =
        one::shown(tx, &ids).await?.into_iter().filter(followed).map(|person| person.id).collect();
    let expected = wave::expected(tx, &ids, ctx.now()).await?;
    let mut still = Vec::new();
    for one in open {
        let before = Standing::parse(&one.standing).unwrap_or(Standing::LeftOut);
        let known = Known {
            here: here.contains(&one.person_id),
            booked: expected.contains(&one.person_id),
            // The link begins when the message leaves, a while after it was queued.
            link_over: one.invited_at.is_some_and(|at| at + lasts + Duration::days(1) < ctx.now()),
        };
        let after = now(before, known);
        if after == before {
            still.push(one);
        } else {
            let standing = after.code().to_owned();
            wave::set(tx, InWaveRow { standing, over_on: Some(ctx.today()), ..one }).await?;
        }
    }
    Ok(still)
}

/// A wave of which nothing is expected is over.
async fn finish(ctx: &Context, tx: &Tx, id: Uuid) -> Result<(), StoreError> {
    if wave::people(tx, id).await?.iter().any(is_open) {
        return Ok(());
    }
    wave::end(tx, id, ctx.today()).await
}

fn is_open(one: &InWaveRow) -> bool {
    Standing::parse(&one.standing).is_some_and(Standing::is_open)
}

/// Invites nobody more by a wave: those who wait are left out; the links already sent still work.
///
/// # Errors
/// [`AgendaError::Unknown`] for a wave that the actor does not see.
pub async fn stop_wave(ctx: &Context, id: Uuid) -> Result<(), AgendaError> {
    permit(ctx, Action::InviteWaves)?;
    read::seen(ctx, id).await?;
    let tx = ctx.db().begin().await?;
    leave_out(ctx, &tx, &wave::people(&tx, id).await?).await?;
    finish(ctx, &tx, id).await?;
    audit::record(ctx, &tx, Act::InviteWave, None, Some(id.to_string()), json!({ "what": "stopped" }))
        .await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
