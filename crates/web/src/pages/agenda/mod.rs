//! The pages of the agenda: one's own days, the team, places, hours, sessions, one appointment.

pub mod appointment;
pub mod callbacks;
pub mod feed;
pub mod gatherings;
pub mod hours;
pub mod links;
mod opening_fields;
pub mod own;
pub mod person;
pub mod places;
pub mod propose;
pub(super) mod rows;
pub mod sites;
pub mod waves;
