//! Appointments: when professionals are open, which slots follow from it, and what becomes of what is booked
//! (`product.md` § 4.4).
//!
//! ```text
//! opening ── days, holidays left out ──▶ windows ── zone of the département ──▶ slots in UTC
//!                                         − absences, − what is booked          ──▶ free slots
//! ```
//!
//! Civil times are those of the département; what is kept is UTC. Everything lies on a grain of five minutes, so that
//! « nobody is in two places at once » is a primary key and not a hope (ADR 23).

pub mod appointment;
pub mod booking;
pub mod callback;
pub mod distance;
pub mod free;
pub mod gathering;
pub mod opening;
pub mod span;
pub mod wave;
