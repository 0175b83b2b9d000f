//! What the journal records: who did what to which file, when, in which role and for which reason.

use serde::{Deserialize, Serialize};

/// The acts written in the journal by this step of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// A session began.
    SignIn,
    /// A session ended.
    SignOut,
    /// A file was brought in, whatever its fate.
    Import,
    /// The page of a person was opened.
    ReadPerson,
    /// The people behind a number, or a list, were opened.
    ReadList,
    /// A search was made; the words are not kept.
    Search,
    /// A NIR was shown in clear.
    RevealNir,
    /// A list was taken away.
    Export,
    /// Two records were merged.
    Merge,
    /// A merge was undone.
    UndoMerge,
    /// Two records were said to be two people.
    KeepApart,
    /// A raw reject was read.
    ReadReject,
    /// A phone, an e-mail, a language or a consent was changed by hand.
    EditContact,
    /// A setting was changed.
    EditSettings,
    /// An account was created.
    CreateUser,
    /// A token was created.
    CreateToken,
    /// A password was chosen.
    SetPassword,
    /// A reason was written to open files outside one's caseload.
    GiveReason,
    /// A database was restored from a backup.
    Restore,
    /// Sealed values pass from one secret to the next.
    RotateKeys,
    /// What had outlived its time was archived, made anonymous or deleted.
    Retention,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 21] = [
        Self::SignIn,
        Self::SignOut,
        Self::Import,
        Self::ReadPerson,
        Self::ReadList,
        Self::Search,
        Self::RevealNir,
        Self::Export,
        Self::Merge,
        Self::UndoMerge,
        Self::KeepApart,
        Self::ReadReject,
        Self::EditContact,
        Self::EditSettings,
        Self::CreateUser,
        Self::CreateToken,
        Self::SetPassword,
        Self::GiveReason,
        Self::Restore,
        Self::RotateKeys,
        Self::Retention,
    ];

    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::SignOut => "sign_out",
            Self::Import => "import",
            Self::ReadPerson => "read_person",
            Self::ReadList => "read_list",
            Self::Search => "search",
            Self::RevealNir => "reveal_nir",
            Self::Export => "export",
            Self::Merge => "merge",
            Self::UndoMerge => "undo_merge",
            Self::KeepApart => "keep_apart",
            Self::ReadReject => "read_reject",
            Self::EditContact => "edit_contact",
            Self::EditSettings => "edit_settings",
            Self::CreateUser => "create_user",
            Self::CreateToken => "create_token",
            Self::SetPassword => "set_password",
            Self::GiveReason => "give_reason",
            Self::Restore => "restore",
            Self::RotateKeys => "rotate_keys",
            Self::Retention => "retention",
        }
    }

    /// Reads [`Act::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }
}
