//! Spreadsheets: people to orient, and ways to reach people already known.
//!
//! ```text
//! row with names and a birth date ─▶ who is it? (`rules.md` § 6) ─┬─▶ known: contacts, empty fields
//!                                                                 └─▶ new: followed at once, to orient
//! row with a number only ─▶ NIR, else matricule, else claim ─┬─▶ contacts of these people
//!                                                            └─▶ nobody: the row is left out alone
//! ```
//! A spreadsheet has no date of its own: its facts carry the day it came in. It never changes the identity or the
//! right that a payer told, and never removes a contact.

pub(super) mod bytes;
pub(super) mod choice;
mod commune;
mod import;
mod line;
mod record;

pub(crate) use bytes::is_sheet;
pub(crate) use import::import;
