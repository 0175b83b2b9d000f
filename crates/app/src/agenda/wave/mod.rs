//! Invite many people at once to choose an hour, no more than there is room for (`domain::agenda::wave`).
//!
//! ```text
//! plan_wave ─▶ who, how many hours, how many are invited now · make_wave ─▶ invited, or waiting in their order
//! carry_on (the worker) ─▶ who booked, whose link is over; the next of those who wait, as room comes
//! stop_wave ─▶ nobody more is invited; the links already sent still work
//! ```

mod carry_on;
mod make;
mod read;

pub use carry_on::{carry_on, stop_wave};
pub use make::{MOST, Plan, WaveError, WaveInput, make_wave, plan_wave};
pub use read::{InWave, Wave, wave, waves};

use domain::agenda::appointment::{Modality, Purpose};
use store::StoreError;
use store::agenda::wave::WaveRow;

use super::booking_link::Offer;
use super::find_slots::{Search, Sensitive, find};
use crate::Context;

/// What a wave offers.
fn offer_of(row: &WaveRow) -> Offer {
    Offer {
        with: row.with_id,
        site: row.site_id,
        modality: row.modality.as_deref().and_then(Modality::parse),
        purpose: Purpose::parse(&row.purpose).unwrap_or(Purpose::FollowUp),
    }
}

/// Whether people invited by one may take the hours of the other.
fn share(row: &WaveRow, offer: &Offer) -> bool {
    let meet = |a: Option<uuid::Uuid>, b: Option<uuid::Uuid>| a.is_none() || b.is_none() || a == b;
    meet(row.with_id, offer.with) && meet(row.site_id, offer.site)
}

/// The free hours of an offer until a day; those of sensitive structures are not counted, a wave offers none of them.
async fn free_hours(ctx: &Context, offer: &Offer, until: chrono::NaiveDate) -> Result<usize, StoreError> {
    let search = Search {
        with: offer.with,
        site: offer.site,
        modality: offer.modality,
        to: Some(until),
        ..Search::default()
    };
    Ok(find(ctx, &search, Sensitive::LeftOut).await?.len())
}
