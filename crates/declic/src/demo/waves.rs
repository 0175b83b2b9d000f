//! A wave of invitations to the platform of the Meuse: some are invited, some have answered, the others wait for room.

use std::collections::BTreeMap;

use app::Context;
use app::agenda::booking_link::Offer;
use app::agenda::{
    BookError, Booking, Place, Search, WaveError, WaveInput, book_appointment, carry_on, find_slots,
    make_wave, wave,
};
use app::domain::access::role::Role;
use app::domain::agenda::appointment::{Modality, Purpose};
use app::domain::agenda::wave::Standing;
use app::domain::followup::path::PathState;
use app::domain::time::plus_days;
use app::people::list::Filter;
use uuid::Uuid;

use super::acting;
use crate::failure::{Failure, Outcome};

/// Where the demonstration has one.
const DEPARTMENT: &str = "55";
/// Most people of the wave: more than there are hours.
const PEOPLE: usize = 32;
/// The hours offered end so many days on.
const DAYS: i64 = 5;
/// How many people have chosen their hour.
const ANSWERED: usize = 4;

/// Makes the wave.
///
/// # Errors
/// When something is refused: the demonstration would not be one.
pub async fn make(ctx: &Context, accounts: &BTreeMap<Role, Uuid>) -> Outcome {
    let Some(lead) =
        acting(ctx, accounts, Role::TeamLead).await?.filter(|_| ctx.department.code == DEPARTMENT)
    else {
        return Ok(());
    };
    let Some(operator) = accounts.get(&Role::Operator).copied() else { return Ok(()) };
    let input = WaveInput {
        filter: Filter { state: Some(PathState::ToOrient.code().to_owned()), ..Filter::default() },
        most: PEOPLE,
        offer: Offer { with: Some(operator), site: None, modality: None, purpose: Purpose::Orientation },
        until: plus_days(ctx.today(), DAYS),
    };
    let id = match make_wave(&lead, &input).await {
        Ok(id) => id,
        // A very small demonstration has nobody left to invite.
        Err(WaveError::Nobody) => return Ok(()),
        Err(other) => return Err(Failure::new(other.to_string())),
    };
    answer(&lead, operator, id).await?;
    // Their places in the wave are looked at, as the worker does.
    carry_on(ctx).await?;
    Ok(())
}

/// The first people invited choose an hour.
async fn answer(lead: &Context, operator: Uuid, id: Uuid) -> Outcome {
    let told = |error: &dyn std::fmt::Display| Failure::new(error.to_string());
    let made = wave(lead, id).await.map_err(|error| told(&error))?;
    let search = Search { with: Some(operator), ..Search::default() };
    let free = find_slots(lead, &search).await.map_err(|error| told(&error))?;
    let mut slots = free.iter().filter(|slot| slot.modalities.contains(&Modality::Phone)).step_by(2);
    for one in made.people.iter().filter(|one| one.standing == Standing::Invited).take(ANSWERED) {
        for slot in slots.by_ref() {
            let booking = Booking {
                place: Place::Slot(slot.id),
                and_with: None,
                modality: Modality::Phone,
                purpose: Purpose::Orientation,
                note: String::new(),
            };
            match book_appointment(lead, one.id, &booking).await {
                Ok(_) => break,
                Err(BookError::Elsewhere) => {}
                Err(other) => return Err(told(&other)),
            }
        }
    }
    Ok(())
}
