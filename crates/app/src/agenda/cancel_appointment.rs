//! Cancel an appointment, or give a seat back: who cancels is kept, the hour is free again, who waits moves up.

use domain::agenda::appointment::{CancelledBy, LONGEST_NOTE, Refusal, Status, may_cancel};
use domain::audit::Act;
use serde_json::json;
use store::agenda::appointment::{self, AppointmentRow};
use store::agenda::occupation;
use store::sealed::APPOINTMENT_REASON;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::AgendaError;
use super::gather::move_up;
use super::make_slots::refresh;
use super::seen::editable;
use crate::followup::appointments_changed;
use crate::{Context, audit, messages};

/// Why an appointment was not cancelled.
#[derive(Debug, thiserror::Error)]
pub enum CancelError {
    /// The appointment or the permission.
    #[error(transparent)]
    Agenda(#[from] AgendaError),
    /// It is over, or cancelled already.
    #[error(transparent)]
    Over(#[from] Refusal),
    /// Too long.
    #[error("Écrivez 500 caractères au plus.")]
    Reason,
    /// Changed meanwhile.
    #[error("Ce rendez-vous a changé entre-temps : relisez-le, puis recommencez.")]
    Changed,
}

impl From<StoreError> for CancelError {
    fn from(error: StoreError) -> Self {
        Self::Agenda(error.into())
    }
}

/// By whom, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancelling {
    /// By whom.
    pub by: CancelledBy,
    /// Why; may be empty.
    pub reason: String,
}

/// Cancels an appointment. Returns how many people of the waiting list moved up.
///
/// # Errors
/// [`CancelError`].
pub async fn cancel_appointment(ctx: &Context, id: Uuid, input: &Cancelling) -> Result<usize, CancelError> {
    let reason = input.reason.trim();
    if reason.chars().count() > LONGEST_NOTE {
        return Err(CancelError::Reason);
    }
    let (before, one) = editable(ctx, id).await?;
    may_cancel(one.status)?;
    let tx = ctx.db().begin().await?;
    let hosts: Vec<Uuid> = one.hosts.iter().map(|(host, _)| *host).collect();
    if !end(ctx, &tx, &before, &hosts, input.by, reason).await? {
        return Err(CancelError::Changed);
    }
    let up = match before.gathering_id {
        Some(gathering) => move_up(ctx, &tx, gathering).await?,
        None => Vec::new(),
    };
    appointments_changed(ctx, &tx, one.who.id, false).await?;
    tell(ctx, &tx, &before, one.who.id, input.by).await?;
    super::gather::tell_moved(ctx, &tx, &up).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(up.len())
}

/// Cancels a row and gives its hours back; `false` when somebody was faster.
pub(super) async fn end(
    ctx: &Context,
    tx: &Tx,
    before: &AppointmentRow,
    hosts: &[Uuid],
    by: CancelledBy,
    reason: &str,
) -> Result<bool, StoreError> {
    let seal = |text: &str| ctx.db().keys().encrypt(APPOINTMENT_REASON.place, text.as_bytes());
    let after = AppointmentRow {
        status: Status::Cancelled.code().to_owned(),
        cancelled_by: Some(by.code().to_owned()),
        reason_sealed: if reason.is_empty() { None } else { Some(seal(reason)?) },
        seat: None,
        sequence: before.sequence + 1,
        changed_at: ctx.now(),
        ..before.clone()
    };
    if !appointment::change(tx, before, after).await? {
        return Ok(false);
    }
    occupation::release(tx, before.id).await?;
    refresh(ctx, tx, hosts, before.span()).await?;
    Ok(true)
}

/// The line of the journal.
pub(super) async fn tell(
    ctx: &Context,
    tx: &Tx,
    before: &AppointmentRow,
    person: Uuid,
    by: CancelledBy,
) -> Result<(), StoreError> {
    messages::cancelled(ctx, tx, before, by).await?;
    let detail = json!({ "by": by.code(), "starts_at": before.starts_at });
    audit::record(ctx, tx, Act::CancelAppointment, Some(person), Some(before.id.to_string()), detail).await?;
    Ok(())
}
