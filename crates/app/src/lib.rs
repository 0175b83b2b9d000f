//! What the buttons do, and who may press them: one file, one sentence.
//!
//! Page, API, command line and background job call the same use cases. Each takes a [`Context`] (whose département,
//! which actor, what time it is), asks for permission, loads, lets `domain` decide, and writes rows, journal and
//! counters in one transaction.

pub mod access;
pub mod agenda;
pub mod audit;
pub mod context;
pub mod diagnosis;
pub mod engagement;
pub mod export;
pub mod followup;
pub mod health;
pub mod intake;
pub mod messages;
pub mod orientation;
pub mod outcomes;
pub mod people;
pub mod privacy;
pub mod programmes;
pub mod settings;
pub mod shared;

pub use context::{App, Context, Department};
pub use domain;
pub use store::StoreError;
