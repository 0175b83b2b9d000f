//! « Qui peut quoi »: the tables of the code, in plain French.

use domain::access::permission::{Action, Grant, grant};
use domain::access::relation::Relation;
use domain::access::role::Role;
use domain::access::side::Side;
use domain::access::visibility::{Case, Level, sees};

use super::rows::t;
use crate::respond::{Answer, page};
use crate::site::Visit;
use crate::view::access::{WhoMay, WhoMayRow};
use crate::view::parts::Fact;
use crate::view::words;

/// The relations that the table of texts tells, in the order of its columns.
const READERS: [Relation; 7] = [
    Relation::Own(Side::Social),
    Relation::Own(Side::Employment),
    Relation::Team(Side::Social),
    Relation::Team(Side::Employment),
    Relation::Queue,
    Relation::Proposed,
    Relation::Themself,
];

/// `GET /{department}/qui-peut-quoi`: the permission table and that of texts, as the code has them.
///
/// # Errors
/// None of its own.
pub async fn who_may(visit: Visit) -> Answer {
    page(&shown(&visit))
}

fn shown(visit: &Visit) -> WhoMay {
    let rows = Action::ALL.into_iter().map(|action| WhoMayRow {
        action: words::action(action),
        cells: Role::ALL.into_iter().map(|role| words::grant(grant(role, action))).collect(),
    });
    WhoMay {
        roles: Role::ALL.into_iter().map(words::role).collect(),
        rows: rows.collect(),
        grants: Grant::GIVEN.into_iter().map(meaning).collect(),
        relations: READERS.into_iter().map(words::relation).collect(),
        levels: Level::ALL.into_iter().map(readers).collect(),
        shell: visit.shell(),
    }
}

fn meaning(given: Grant) -> Fact {
    let key = match given {
        Grant::No => "access-who-no",
        Grant::Exceptional => "access-means-exceptional",
        Grant::Referred => "access-means-referred",
        Grant::Proposed => "access-means-proposed",
        Grant::Own => "access-means-own",
        Grant::Queue => "access-means-queue",
        Grant::Team => "access-means-team",
        Grant::WithReason => "access-means-reason",
        Grant::All => "access-means-all",
    };
    Fact::new(words::grant(given), t(key).to_string())
}

/// Who reads a text of this level, before the first appointment; a partner, once it was sent to them.
fn readers(level: Level) -> WhoMayRow {
    let case = Case { sent: true, ..Case::default() };
    let cell = |relation| if sees(relation, level, case) { words::grant(Grant::All) } else { String::new() };
    WhoMayRow { action: words::level(level), cells: READERS.into_iter().map(cell).collect() }
}
