//! Who acts.

use domain::access::role::Role;
use uuid::Uuid;

/// Who acts: a user, a software with a token, or the program itself.
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
    /// On which territory; `None` = the whole département.
    pub territory: Option<String>,
}

impl Actor {
    /// The program itself, under the name the journal keeps: « ligne de commande », « tâche de fond ».
    pub fn system(name: impl Into<String>) -> Self {
        Self { kind: ActorKind::System, id: None, name: name.into(), roles: Vec::new(), reason: None }
    }

    /// True when one of the roles in force is `role`.
    pub fn has_role(&self, role: Role) -> bool {
        self.roles.iter().any(|held| held.role == role)
    }

    /// The roles as the journal keeps them: `team_lead verdun, operator`, `token:read`, `system`.
    pub fn roles_in_words(&self) -> String {
        match self.kind {
            ActorKind::System => "system".to_owned(),
            ActorKind::Token(scope) => format!("token:{}", scope.code()),
            ActorKind::User => {
                let word = |held: &HeldRole| match &held.territory {
                    Some(territory) => format!("{} {territory}", held.role.code()),
                    None => held.role.code().to_owned(),
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
