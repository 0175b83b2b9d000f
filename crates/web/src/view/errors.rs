//! Pages of refusal: what happened and what to do, never an internal word.

use askama::Template;
use axum::http::StatusCode;

use super::parts::Link;
use super::shell::Shell;

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// 400: what was sent cannot be read.
    Unreadable,
    /// 403: one's role does not allow it, or the form was too old.
    Forbidden,
    /// 403: the form came from elsewhere or too late.
    FormExpired,
    /// 403: somebody of theirs who asked that their data be frozen.
    Frozen,
    /// 404: no such page, or not for this reader.
    NotFound,
    /// 405: the address exists, not this way of asking.
    Method,
    /// 408: what was sent came too slowly.
    TooSlow,
    /// 413: the file is too large.
    TooLarge,
    /// 415: not a kind of content that is read here.
    Kind,
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
            Self::Unreadable => 400,
            Self::Forbidden | Self::FormExpired | Self::Frozen => 403,
            Self::NotFound => 404,
            Self::Method => 405,
            Self::TooSlow => 408,
            Self::TooLarge => 413,
            Self::Kind => 415,
            Self::TooMany => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    /// What an answer of this status tells, when nothing else does.
    pub fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            403 => Self::Forbidden,
            404 | 410 => Self::NotFound,
            405 => Self::Method,
            408 => Self::TooSlow,
            413 => Self::TooLarge,
            415 => Self::Kind,
            429 => Self::TooMany,
            502..=504 => Self::Unavailable,
            500.. => Self::Internal,
            _ => Self::Unreadable,
        }
    }

    /// Key of the title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Unreadable => "errors-unreadable",
            Self::Forbidden => "errors-forbidden",
            Self::FormExpired => "errors-expired",
            Self::Frozen => "errors-frozen",
            Self::NotFound => "errors-missing",
            Self::Method => "errors-method",
            Self::TooSlow => "errors-slow",
            Self::TooLarge => "errors-large",
            Self::Kind => "errors-kind",
            Self::TooMany => "errors-many",
            Self::Internal => "errors-internal",
            Self::Unavailable => "errors-away",
        }
    }

    /// Key of what to do.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Unreadable => "errors-unreadable-text",
            Self::Forbidden => "errors-forbidden-text",
            Self::FormExpired => "errors-expired-text",
            Self::Frozen => "errors-frozen-text",
            Self::NotFound => "errors-missing-text",
            Self::Method => "errors-method-text",
            Self::TooSlow => "errors-slow-text",
            Self::TooLarge => "errors-large-text",
            Self::Kind => "errors-kind-text",
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
    /// Minutes to wait before another try.
    pub wait_minutes: Option<u32>,
    /// What to give to who repairs; shown for our faults.
    pub event_id: Option<String>,
    /// What is missing and who can give it, when it is a right.
    pub missing: Option<String>,
    /// Another way in, for a role that has one.
    pub way: Option<Link>,
}
