//! Appointments: places, opening hours, slots, what is booked, who is where; links by which
//! people book by themselves, and the calls that they ask for.

pub mod absence;
pub mod appointment;
pub mod booking_link;
pub mod callback;
pub mod feed;
pub mod gathering;
pub mod occupation;
pub mod opening;
pub mod site;
pub mod slot;
pub mod wave;
