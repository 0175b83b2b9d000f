//! The sides of accompaniment (`rules.md` § 3).

use serde::{Deserialize, Serialize};

/// On which side somebody works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Housing, health, family, money, rights.
    Social,
    /// Skills, project, offers, employers.
    Employment,
    /// Both at once.
    Both,
}

impl Side {
    /// Every side.
    pub const ALL: [Self; 3] = [Self::Social, Self::Employment, Self::Both];

    /// The word of the database and of the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Social => "social",
            Self::Employment => "employment",
            Self::Both => "both",
        }
    }

    /// Reads [`Side::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| side.code() == code)
    }

    /// Whether it includes the social side.
    pub fn is_social(self) -> bool {
        matches!(self, Self::Social | Self::Both)
    }

    /// Whether it includes the employment side.
    pub fn is_employment(self) -> bool {
        matches!(self, Self::Employment | Self::Both)
    }
}
