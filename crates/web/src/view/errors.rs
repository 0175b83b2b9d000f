//! Pages of refusal: what happened and what to do, never an internal word.

use askama::Template;

use super::shell::Shell;

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// 403: one's role does not allow it, or the form was too old.
    Forbidden,
    /// 403: the form came from elsewhere or too late.
    FormExpired,
    /// 404: no such page, or not for this reader.
    NotFound,
    /// 413: the file is too large.
    TooLarge,
    /// 429: too many tries.
    TooMany,
    /// 500: our fault.
    Internal,
    /// 503: the département cannot be reached now.
    Unavailable,
}

impl Problem {
    /// The status of the answer.
    pub fn status(self) -> u16 {
        match self {
            Self::Forbidden | Self::FormExpired => 403,
            Self::NotFound => 404,
            Self::TooLarge => 413,
            Self::TooMany => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    /// Key of the title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Forbidden => "errors-forbidden",
            Self::FormExpired => "errors-expired",
            Self::NotFound => "errors-missing",
            Self::TooLarge => "errors-large",
            Self::TooMany => "errors-many",
            Self::Internal => "errors-internal",
            Self::Unavailable => "errors-away",
        }
    }

    /// Key of what to do.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Forbidden => "errors-forbidden-text",
            Self::FormExpired => "errors-expired-text",
            Self::NotFound => "errors-missing-text",
            Self::TooLarge => "errors-large-text",
            Self::TooMany => "errors-many-text",
            Self::Internal => "errors-internal-text",
            Self::Unavailable => "errors-away-text",
        }
    }
}

/// The page of a refusal or a fault.
#[derive(Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// The frame; with a user the bar stays.
    pub shell: Shell,
    /// What went wrong.
    pub problem: Problem,
    /// What to give to who repairs; shown for our faults.
    pub event_id: Option<String>,
}
