//! Who acts.

use domain::access::role::Role;
use domain::access::side::Side;
use uuid::Uuid;

/// Who acts: a user, a software with a token, a person by their link, or the program itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// What kind of actor.
    pub kind: ActorKind,
    /// The account or the token; `None` for the program.
    pub id: Option<Uuid>,
    /// The name the journal keeps.
    pub name: String,
    /// The roles in force today; empty for a token and for the program.
    pub roles: Vec<HeldRole>,
    /// The reason written less than half an hour ago to open files outside one's caseload.
    pub reason: Option<String>,
}

/// What kind of actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActorKind {
    /// Somebody with an account, through a session.
    User,
    /// A software with a token.
    Token(TokenScope),
    /// A person whom the département helps, by a link of theirs: no role, no account, only what the link is for.
    Bearer,
    /// The program: command line, jobs.
    System,
}

/// What a token may do, on the whole département.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenScope {
    /// Read identity and path; no text, no NIR.
    Read,
    /// The same, and bring files in.
    Write,
}

/// A role in force today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRole {
    /// Which role.
    pub role: Role,
    /// On which territory; `None` = the whole département, or a structure.
    pub territory: Option<String>,
    /// The structure in which it is held, when it is not on a territory.
    pub structure: Option<HeldStructure>,
}

/// A structure in which a role is held, as far as it says what the role reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldStructure {
    /// Its identifier.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// On which side its people work.
    pub side: Side,
    /// A service of the département: a team lead there answers for everybody of the territories served.
    pub departmental: bool,
    /// Codes of the territories it serves; empty = the whole département.
    pub territories: Vec<String>,
}

impl HeldRole {
    /// A role on the whole département.
    pub fn of(role: Role) -> Self {
        Self { role, territory: None, structure: None }
    }

    /// A role on a territory, or on the whole département.
    pub fn on(role: Role, territory: Option<&str>) -> Self {
        Self { territory: territory.map(str::to_owned), ..Self::of(role) }
    }

    /// The territories where it counts; `None` = the whole département.
    pub fn territories(&self) -> Option<Vec<String>> {
        match (&self.territory, &self.structure) {
            (Some(code), _) => Some(vec![code.clone()]),
            (None, Some(structure)) => Some(structure.territories.clone()).filter(|codes| !codes.is_empty()),
            (None, None) => None,
        }
    }

    /// Whether it counts for who lives in this territory (`None` = in none).
    pub fn covers(&self, territory: Option<&str>) -> bool {
        self.territories()
            .is_none_or(|codes| territory.is_some_and(|code| codes.iter().any(|one| one == code)))
    }

    /// The side on which it is held: that of the pair for referents and coaches, that of the structure for the
    /// others, both where no structure says (`rules.md` § 3).
    pub fn side(&self) -> Side {
        self.role.side().unwrap_or_else(|| self.structure.as_ref().map_or(Side::Both, |held| held.side))
    }
}

impl Actor {
    /// The program itself, under the name the journal keeps: « ligne de commande », « tâche de fond ».
    pub fn system(name: impl Into<String>) -> Self {
        Self { kind: ActorKind::System, id: None, name: name.into(), roles: Vec::new(), reason: None }
    }

    /// A person by a link of theirs; the journal says whose file it is, and never repeats a name.
    pub fn bearer() -> Self {
        Self { kind: ActorKind::Bearer, ..Self::system("la personne, par son lien") }
    }

    /// True when one of the roles in force is `role`.
    pub fn has_role(&self, role: Role) -> bool {
        self.roles.iter().any(|held| held.role == role)
    }

    /// The roles as the journal keeps them: `team_lead verdun, operator`, `token:read`, `system`. A structure is told by
    /// its identifier: the name of one that is sensitive stays out of the journal.
    pub fn roles_in_words(&self) -> String {
        match self.kind {
            ActorKind::System => "system".to_owned(),
            ActorKind::Bearer => Role::Person.code().to_owned(),
            ActorKind::Token(scope) => format!("token:{}", scope.code()),
            ActorKind::User => {
                let word = |held: &HeldRole| match (&held.territory, &held.structure) {
                    (Some(territory), _) => format!("{} {territory}", held.role.code()),
                    (None, Some(structure)) => format!("{} {}", held.role.code(), structure.id),
                    (None, None) => held.role.code().to_owned(),
                };
                self.roles.iter().map(word).collect::<Vec<_>>().join(", ")
            }
        }
    }
}

impl ActorKind {
    /// The word of the journal.
    pub fn code(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Token(_) => "token",
            Self::Bearer => "person",
            Self::System => "system",
        }
    }
}

impl TokenScope {
    /// The word of the command line and of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }

    /// Reads [`TokenScope::code`].
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Read, Self::Write].into_iter().find(|scope| scope.code() == code)
    }
}
