//! Appointments: places, opening hours, absences, slots, what is booked and what becomes of it (`product.md` § 4.4).
//!
//! ```text
//! edit_sites ─▶ places, rooms                take_absence ─┐
//! edit_openings ─▶ make_slots ─▶ slots ◀── refresh ◀───────┤
//!                                 │                        │
//!                    find_slots ──┴─▶ book, move, cancel ──┘─▶ record_attendance ─▶ agendas, lists, feed
//!
//! wave ─▶ many people invited at once, no more than there is room for
//! booking_link ─▶ the person chooses, moves, cancels by a link without an account, or asks to be called: callback
//! ```
//!
//! Whoever receives somebody sees with whom, when and where, and says how it went; the file itself opens by its own rules.
//! What a sensitive structure does stays on the social side here too.

mod book_appointment;
pub mod booking_link;
mod calendar;
mod callback;
mod cancel_appointment;
mod edit_openings;
mod edit_sites;
mod feed;
mod find_slots;
mod gather;
mod hidden;
mod make_slots;
mod move_appointment;
mod read;
mod record_attendance;
mod seen;
mod take_absence;
mod team;
mod wave;

pub(crate) use book_appointment::bookable;
pub use book_appointment::{
    BookError, Booked, Booking, FreeTime, Place, book_appointment, book_in, may_book, offered,
};
pub(crate) use calendar::calendar_of;
pub use calendar::invitation;
pub use callback::{
    AnswerError, Callback, CallbackError, CallbackInput, answer_callback, ask_callback, callbacks,
    callbacks_of, callbacks_owed,
};
pub(crate) use callback::{called, spoken};
pub use cancel_appointment::{CancelError, Cancelling, cancel_appointment};
pub use edit_openings::{
    Hours, OpeningInput, OpeningsError, end_opening, opening_owner, openings_of, save_opening,
};
pub use edit_sites::{RoomInput, Site, SiteError, SiteInput, save_room, save_site, sites};
pub use feed::{begin_feed, end_feed, feed, feed_since};
pub use find_slots::{FreeSlot, Search, find_slots, receiving};
pub use gather::{
    GatherError, GatherInput, Gathering, Joined, cancel_gathering, gathering, gatherings, join, plan,
};
pub(crate) use hidden::hidden_in_journal;
pub use make_slots::keep;
pub use move_appointment::{MoveError, move_appointment};
pub use read::{SiteDay, TeamMember, appointment, my_agenda, next_day, of_person, site_day, team_agenda};
pub use record_attendance::{AttendanceError, record_attendance};
pub(crate) use seen::visible;
pub use seen::{Appointment, Who};
pub use store::agenda::opening::OpeningRow;
pub use take_absence::{AbsenceError, AbsenceInput, remove_absence, take_absence};
pub use team::colleagues;
pub use wave::{
    InWave, MOST, Plan, Wave, WaveError, WaveInput, carry_on, make_wave, plan_wave, stop_wave, wave, waves,
};

use store::StoreError;

use crate::access::Refused;

/// Why an agenda is not shown, or nothing changes.
#[derive(Debug, thiserror::Error)]
pub enum AgendaError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// No such thing for this actor; said the same whether it exists or not.
    #[error("Ce rendez-vous ou ce lieu n’existe pas, ou vous n’avez pas à le voir.")]
    Unknown,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
