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
use super::make::{followed, send};
use super::{free_hours, offer_of, read, share};
use crate::access::permit;
use crate::messages::invitation_lasts;
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
    let offer = offer_of(row);
    let over = row.until_on < ctx.today();
    let free = if over { 0 } else { free_hours(ctx, &offer, row.until_on).await? };
    let tx = ctx.db().begin().await?;
    files::lock_imports_briefly(ctx.db(), &tx).await?;
    let people = look(ctx, &tx, row).await?;
    let waiting = people.iter().filter(|one| one.standing == Standing::Waiting.code());
    let awaited = wave::invited_by(&tx, |other| share(other, &offer)).await?;
    let mut invited = 0;
    for one in waiting {
        let next = if over {
            InWaveRow { standing: left_out(), over_on: Some(ctx.today()), ..one.clone() }
        } else if invited < room(free, awaited) {
            invited += 1;
            send(ctx, &tx, row.id, one.person_id, &offer).await?;
            let standing = Standing::Invited.code().to_owned();
            InWaveRow { standing, invited_at: Some(ctx.now()), ..one.clone() }
        } else {
            continue;
        };
        wave::set(&tx, next).await?;
    }
    finish(ctx, &tx, row.id).await?;
    tx.commit().await?;
    Ok(invited)
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

fn left_out() -> String {
    Standing::LeftOut.code().to_owned()
}

/// Invites nobody more by a wave: those who wait are left out; the links already sent still work.
///
/// # Errors
/// [`AgendaError::Unknown`] for a wave that the actor does not see.
pub async fn stop_wave(ctx: &Context, id: Uuid) -> Result<(), AgendaError> {
    permit(ctx, Action::InviteWaves)?;
    read::seen(ctx, id).await?;
    let tx = ctx.db().begin().await?;
    for one in wave::people(&tx, id).await? {
        if one.standing == Standing::Waiting.code() {
            wave::set(&tx, InWaveRow { standing: left_out(), over_on: Some(ctx.today()), ..one }).await?;
        }
    }
    finish(ctx, &tx, id).await?;
    audit::record(ctx, &tx, Act::InviteWave, None, Some(id.to_string()), json!({ "what": "stopped" }))
        .await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
