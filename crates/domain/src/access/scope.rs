//! No scope, no rows: what a query may return. Only `app::access` makes one; a check of the house forbids it elsewhere.

use uuid::Uuid;

/// The union of what each of the actor's roles may reach. Empty = nobody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    reaches: Vec<Reach>,
}

/// One part of a scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// The whole département, for the program itself (imports, command line) or with a written reason.
    Everything,
    /// Everybody of these territories; `None` = of the whole département, those without territory included.
    Territories(Option<Vec<String>>),
    /// Who is to orient, in these territories (`None` = all).
    Queue(Option<Vec<String>>),
    /// Who this user is the referent of today.
    Caseload(Uuid),
    /// This person only, while an exceptional access runs.
    Person(Uuid),
    /// Who is followed today by somebody who holds a role in this structure.
    Structure(Uuid),
}

impl Scope {
    /// A scope that returns nobody.
    pub fn nobody() -> Self {
        Self::default()
    }

    /// The program's own scope.
    pub fn everything() -> Self {
        Self { reaches: vec![Reach::Everything] }
    }

    /// The union of these reaches.
    pub fn union(reaches: Vec<Reach>) -> Self {
        if reaches.contains(&Reach::Everything) {
            return Self::everything();
        }
        Self { reaches }
    }

    /// The parts; a row is returned when one of them holds it.
    pub fn reaches(&self) -> &[Reach] {
        &self.reaches
    }

    /// True when no row can be returned.
    pub fn is_empty(&self) -> bool {
        self.reaches.is_empty()
    }

    /// True when every row may be returned.
    pub fn is_everything(&self) -> bool {
        self.reaches.iter().any(|r| matches!(r, Reach::Everything | Reach::Territories(None)))
    }
}
