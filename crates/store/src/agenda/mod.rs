//! Appointments: places, opening hours, slots, what is booked, who is where.

pub mod absence;
pub mod appointment;
pub mod feed;
pub mod gathering;
pub mod occupation;
pub mod opening;
pub mod site;
pub mod slot;
