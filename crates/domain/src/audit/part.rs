//! The parts of a person's file, as the journal tells which was opened.

/// Which part of a person's file was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Who they are, where they stand, how to reach them.
    Essential,
    /// Their right and the files that name them.
    Right,
    /// Who opened the file.
    Readers,
    /// The form of their telephones, e-mails and answers.
    Contacts,
    /// Their timeline, by the API.
    Events,
    /// The list of their documents.
    Documents,
    /// The screen of the call.
    Call,
    /// Their appointments.
    Appointments,
    /// Their diagnosis and the actions.
    Diagnosis,
    /// One of their contracts.
    Contract,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 10] = [
        Self::Essential,
        Self::Right,
        Self::Readers,
        Self::Contacts,
        Self::Events,
        Self::Documents,
        Self::Call,
        Self::Appointments,
        Self::Diagnosis,
        Self::Contract,
    ];

    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Essential => "essential",
            Self::Right => "right",
            Self::Readers => "readers",
            Self::Contacts => "contacts",
            Self::Events => "events",
            Self::Documents => "documents",
            Self::Call => "call",
            Self::Appointments => "appointments",
            Self::Diagnosis => "diagnosis",
            Self::Contract => "contract",
        }
    }

    /// Reads [`Part::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }
}
