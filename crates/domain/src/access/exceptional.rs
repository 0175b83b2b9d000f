//! Opening the file of somebody one meets and does not follow: why, and for how long.

/// Minutes that an access lasts.
pub const MINUTES: i64 = 30;

/// Fewest characters of the reason.
pub const SHORTEST_REASON: usize = 20;

/// Most characters of the reason.
pub const LONGEST_REASON: usize = 500;

/// Unfruitful tries in an hour after which one waits: an identity is known, not guessed.
pub const TRIES_AN_HOUR: u64 = 10;

/// Why a file is opened so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Motive {
    /// The person is here and asks for something.
    Reception,
    /// Danger, eviction, no food.
    Emergency,
    /// The referent is absent and something cannot wait.
    Absence,
    /// Anything else, told in the reason.
    Other,
}

impl Motive {
    /// Every motive, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Reception, Self::Emergency, Self::Absence, Self::Other];

    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reception => "reception",
            Self::Emergency => "emergency",
            Self::Absence => "absence",
            Self::Other => "other",
        }
    }

    /// Reads [`Motive::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|motive| motive.code() == code)
    }

    /// What the journal and the screen say.
    pub fn label_fr(self) -> &'static str {
        match self {
            Self::Reception => "Personne reçue à l’accueil ou au téléphone",
            Self::Emergency => "Urgence : mise en danger, expulsion, aide alimentaire",
            Self::Absence => "Référent absent, démarche qui ne peut pas attendre",
            Self::Other => "Autre motif",
        }
    }
}
