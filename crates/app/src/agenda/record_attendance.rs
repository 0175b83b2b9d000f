//! Write how an appointment went: came, excused, absent.

use domain::agenda::appointment::{Attendance, Refusal, record};
use domain::audit::Act;
use serde_json::json;
use store::StoreError;
use store::agenda::appointment::{self, AppointmentRow};
use store::agenda::occupation;
use uuid::Uuid;

use super::AgendaError;
use super::gather::{move_up, tell_moved};
use super::make_slots::refresh;
use super::seen::editable;
use crate::followup::appointments_changed;
use crate::{Context, audit, messages};

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum AttendanceError {
    /// The appointment or the permission.
    #[error(transparent)]
    Agenda(#[from] AgendaError),
    /// Too soon, or for good.
    #[error(transparent)]
    Refusal(#[from] Refusal),
    /// Changed meanwhile.
    #[error("Ce rendez-vous a changé entre-temps : relisez-le, puis recommencez.")]
    Changed,
}

impl From<StoreError> for AttendanceError {
    fn from(error: StoreError) -> Self {
        Self::Agenda(error.into())
    }
}

/// Writes how it went. An excuse before the hour gives it back, and the seat in a session too.
///
/// # Errors
/// [`AttendanceError`].
pub async fn record_attendance(ctx: &Context, id: Uuid, how: Attendance) -> Result<(), AttendanceError> {
    let (before, one) = editable(ctx, id).await?;
    let status = record(one.status, before.starts_at, ctx.now(), how)?;
    if status == one.status {
        return Ok(());
    }
    let tx = ctx.db().begin().await?;
    let seat = before.seat.filter(|_| status.takes_time());
    let after =
        AppointmentRow { status: status.code().to_owned(), seat, changed_at: ctx.now(), ..before.clone() };
    if !appointment::change(&tx, &before, after).await? {
        return Err(AttendanceError::Changed);
    }
    let mut up = Vec::new();
    if !status.takes_time() {
        occupation::release(&tx, id).await?;
        let hosts: Vec<Uuid> = one.hosts.iter().map(|(host, _)| *host).collect();
        refresh(ctx, &tx, &hosts, before.span()).await?;
        if let Some(gathering) = before.gathering_id.filter(|_| before.starts_at > ctx.now()) {
            up = move_up(ctx, &tx, gathering).await?;
        }
    }
    messages::attended(ctx, &tx, &before, status).await?;
    let detail = json!({ "was": one.status.code(), "status": status.code(), "starts_at": before.starts_at });
    appointments_changed(ctx, &tx, one.who.id, false).await?;
    audit::record(ctx, &tx, Act::RecordAttendance, Some(one.who.id), Some(id.to_string()), detail).await?;
    tell_moved(ctx, &tx, &up).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
