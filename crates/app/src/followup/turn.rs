//! Whom nobody follows any more, because a role ended by itself, is said to be so each day: the team names somebody.

use store::StoreError;
use store::access::referent;
use uuid::Uuid;

use super::record::{begin, stand_all};
use crate::Context;

/// People looked at in one transaction.
const BATCH: u64 = 200;

/// Says again where those stand whose referent may not follow them any more, or may again. Returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn turn_referents(ctx: &Context) -> Result<u64, StoreError> {
    let (mut done, mut after): (u64, Option<Uuid>) = (0, None);
    loop {
        let people = referent::told_wrong(ctx.db().read(), ctx.today(), after, BATCH).await?;
        let Some(last) = people.last() else { return Ok(done) };
        let tx = begin(ctx).await?;
        stand_all(ctx, &tx, &people).await?;
        tx.commit().await?;
        done += people.len() as u64;
        after = Some(*last);
    }
}
