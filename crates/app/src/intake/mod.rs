//! Files in: received, read, recorded in one transaction, told in a report.
//!
//! ```text
//! received ─▶ waiting ─▶ running ─▶ done
//!                 ▲          ├────▶ failed (one sentence; nothing of the file was written)
//!                 │          └────▶ mapping (a spreadsheet whose columns somebody must name)
//!                 │                   │
//!                 ├───────────────────┘
//!                 └── a killed worker's file waits again
//! ```

pub mod digest;
pub mod flux;
pub mod generate;
pub mod history;
pub mod import;
pub mod profiles;
pub mod queue;
pub mod report;
pub mod review;
pub mod show;

mod absence;
mod elsewhere;
mod financier;
mod identity;
pub(crate) mod named;
pub(crate) mod pool;
mod progress;
pub(crate) mod questions;
pub(crate) mod reading;
mod recording;
mod restand;
mod returns;
pub(crate) mod run;
mod sheet;
pub(crate) mod source;
pub(crate) mod standing;

pub(crate) use identity::{Identity, in_dossier, of_row as identity_of};
pub use progress::Progress;
pub(crate) use recording::key_of;
pub(crate) use source::hex;
