//! What the journal of a person must not hint at: appointments with a professional of a sensitive structure.

use std::collections::HashSet;

use domain::audit::Act;
use store::StoreError;
use store::agenda::appointment;
use uuid::Uuid;

use crate::Context;
use crate::access::hidden_accounts;
use crate::audit::JournalLine;

/// The acts whose object is an appointment.
const ACTS: [Act; 6] = [
    Act::ReadAgenda,
    Act::BookAppointment,
    Act::MoveAppointment,
    Act::CancelAppointment,
    Act::RecordAttendance,
    Act::MakeBookingLink,
];

/// Takes out of the journal of a person what would hint, outside their social side, at appointments in a sensitive structure;
/// each keeps their own acts.
pub(crate) async fn hidden_in_journal(
    ctx: &Context,
    records: &[Uuid],
    lines: &mut Vec<JournalLine>,
) -> Result<(), StoreError> {
    let about = |line: &JournalLine| ACTS.iter().any(|act| act.code() == line.row.act);
    if !lines.iter().any(about) {
        return Ok(());
    }
    let c = ctx.db().read();
    let ids: Vec<Uuid> = appointment::of_people(c, records).await?.iter().map(|row| row.id).collect();
    let hosts = appointment::hosts(c, &ids).await?;
    let accounts: HashSet<Uuid> = hosts.iter().map(|(_, host)| *host).collect();
    let hidden = hidden_accounts(ctx, &accounts.into_iter().collect::<Vec<_>>()).await?;
    let secret: HashSet<String> =
        hosts.iter().filter(|(_, host)| hidden.contains(host)).map(|(id, _)| id.to_string()).collect();
    lines.retain(|line| {
        let own = line.row.actor_id.is_some() && line.row.actor_id == ctx.actor.id;
        own || !about(line) || line.row.object.as_ref().is_none_or(|id| !secret.contains(id))
    });
    Ok(())
}
