//! The joint diagnosis of a person, and the actions that come of it.
//!
//! ```text
//! begin ─▶ write (field by field) ─▶ merged, or beside ─▶ settle        say_complete │ reopen ─▶ events
//!             └─ withheld: sensitive words, more readers: asked again    plan, change ─▶ restate ─▶ due step of the person
//! ```
//! What one may not read is not shown, not counted and not hinted at: values are filtered before anything is made of them.

mod conflict;
mod file;
mod parts;
mod plan;
mod planned;
mod presence;
mod reach;
mod say;
mod write;

pub use conflict::{Choice, settle};
pub use file::{Diagnosis, Member, Rights, open_diagnosis, printed, theme_file};
pub use parts::{Held, OtherText, OwnText, ThemeFile, ThemeState, Version};
pub use plan::{PlanInput, change_action, own_action, plan_action};
pub use planned::PlannedAction;
pub use presence::{Present, beat, leave};
pub use say::{Completed, begin, completed, reopen, say_complete};
pub use write::{Typed, Why, Withheld, WriteInput, Written, write};

pub(crate) use planned::next_task;

use domain::diagnosis::action::Refusal;
use domain::diagnosis::merge::Moved;
use store::StoreError;

use crate::people::PeopleError;

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum DiagnosisError {
    /// The person or the permission.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// Nothing was begun.
    #[error("Aucun diagnostic n’est commencé pour cette personne.")]
    NotBegun,
    /// The one before is not complete.
    #[error("Un diagnostic est déjà en cours : terminez-le avant d’en commencer un autre.")]
    UnderWay,
    /// The side of the writer said that it is complete.
    #[error("Votre côté a dit le diagnostic terminé : rouvrez-le pour écrire.")]
    Closed,
    /// A conflict waits.
    #[error("Des textes écrits en même temps attendent un choix : choisissez, puis terminez.")]
    Conflict,
    /// Somebody wrote, or chose, meanwhile.
    #[error(transparent)]
    Moved(#[from] Moved),
    /// An action.
    #[error(transparent)]
    Action(#[from] Refusal),
    /// Not one of the levels that one may give.
    #[error("Choisissez qui peut lire cette action.")]
    Level,
    /// Not one of the structures of the list.
    #[error("Choisissez une structure de la liste.")]
    Structure,
    /// Changed meanwhile.
    #[error("Cette action a changé entre-temps : relisez-la, puis recommencez.")]
    Changed,
    /// The text holds a word of the list.
    #[error("Relisez ce que vous avez écrit : {0}")]
    Words(String),
}

impl From<StoreError> for DiagnosisError {
    fn from(error: StoreError) -> Self {
        Self::People(error.into())
    }
}
