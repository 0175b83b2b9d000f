//! The joint diagnosis: the page of a theme, what is written and chosen there, the actions, the page for the person.

mod acts;
mod page;
mod plan;
mod print;
mod theme;

pub use acts::{begin, complete, presence, reopen, save, settle};
pub use page::{show, show_theme};
pub use plan::{add, add_page, change, change_page};
pub use print::print;

use app::diagnosis::DiagnosisError;
use domain::access::visibility::Level;

use crate::respond::Fail;
use crate::view::form::FieldError;

/// A refusal that is a page; the sentence of the others, which the screen shows.
fn refused(error: DiagnosisError) -> Result<FieldError, Fail> {
    match error {
        DiagnosisError::People(error) => Err(error.into()),
        other => Ok(FieldError { field: String::new(), text: other.to_string() }),
    }
}

/// End of the class of a level.
fn class(level: Level) -> String {
    level.code().to_owned()
}
