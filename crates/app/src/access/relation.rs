//! Why somebody may see a person: computed here, and nowhere else.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::permission::{Action, Grant, grant};
use domain::access::relation::Relation;
use domain::access::side::Side;
use domain::followup::path::PathState;
use store::StoreError;
use store::access::structure;
use store::people::PersonRow;
use store::people::one::Referent;
use uuid::Uuid;

use super::actor::{Actor, ActorKind, HeldRole};
use crate::Context;

/// A relation of the actor to a person, with what the sentence on the screen says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The relation.
    pub relation: Relation,
    /// Since when: the first day of a referent, the reception of who is to orient.
    pub since: Option<NaiveDate>,
    /// Until when, for an exceptional access.
    pub until: Option<DateTime<Utc>>,
    /// Where the role is held; `None` = the whole département.
    pub territory: Option<String>,
    /// The structure whose people the actor answers for.
    pub structure: Option<String>,
    /// The other side of the pair has somebody too.
    pub paired: bool,
}

impl Why {
    pub(crate) fn of(relation: Relation) -> Self {
        Self { relation, since: None, until: None, territory: None, structure: None, paired: false }
    }
}

/// What must be known to tell relations, read once for a list.
#[derive(Debug, Default)]
pub(crate) struct Relations {
    /// The accounts of each structure outside the département whose team the actor leads.
    members: HashMap<Uuid, HashSet<Uuid>>,
}

impl Relations {
    /// No read at all, unless the actor leads a structure outside the département.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn load(ctx: &Context) -> Result<Self, StoreError> {
        let mut members = HashMap::new();
        for held in ctx.actor.roles.iter().filter(|held| leads(held)) {
            if let Some(structure) = held.structure.as_ref().filter(|one| !one.departmental) {
                let accounts = structure::accounts(ctx.db().read(), structure.id, ctx.today()).await?;
                members.insert(structure.id, accounts);
            }
        }
        Ok(Self { members })
    }

    /// The relations of the actor to a person, the closest first. `referents` are all those of the person.
    pub(crate) fn of(&self, actor: &Actor, row: &PersonRow, referents: &[&Referent]) -> Vec<Why> {
        if actor.kind == ActorKind::Bearer {
            return Vec::new();
        }
        if actor.kind != ActorKind::User {
            return vec![Why::of(Relation::Program)];
        }
        let mut all: Vec<Why> =
            actor.roles.iter().flat_map(|held| self.through(actor, held, row, referents)).collect();
        all.sort_by_key(|why| (why.relation, why.since));
        all.dedup();
        all
    }

    /// What one role gives.
    fn through(&self, actor: &Actor, held: &HeldRole, row: &PersonRow, referents: &[&Referent]) -> Vec<Why> {
        let why = |relation| Why { territory: held.territory.clone(), ..Why::of(relation) };
        match grant(held.role, Action::ReadPeople) {
            Grant::No | Grant::Exceptional | Grant::Referred | Grant::Proposed | Grant::All => Vec::new(),
            Grant::Own => own(actor, referents),
            Grant::Queue => {
                let waits = row.state == PathState::ToOrient.code() && held.covers(row.territory.as_deref());
                let since = row.reception.or(row.claim_reception);
                waits.then(|| Why { since, ..why(Relation::Queue) }).into_iter().collect()
            }
            Grant::Team => match held.structure.as_ref().filter(|one| !one.departmental) {
                None => {
                    let mine = held.covers(row.territory.as_deref());
                    mine.then(|| why(Relation::Team(held.side()))).into_iter().collect()
                }
                Some(structure) => {
                    let team = self.members.get(&structure.id);
                    let theirs = referents.iter().any(|r| team.is_some_and(|t| t.contains(&r.account_id)));
                    let named = || Why {
                        structure: Some(structure.name.clone()),
                        ..Why::of(Relation::Team(held.side()))
                    };
                    theirs.then(named).into_iter().collect()
                }
            },
            Grant::WithReason => actor.reason.as_ref().map(|_| why(Relation::Reason)).into_iter().collect(),
        }
    }
}

fn leads(held: &HeldRole) -> bool {
    grant(held.role, Action::ReadPeople) == Grant::Team
}

fn own(actor: &Actor, referents: &[&Referent]) -> Vec<Why> {
    let mine = referents.iter().filter(|one| Some(one.account_id) == actor.id);
    mine.filter_map(|one| {
        let side = Side::parse(&one.side)?;
        let paired = referents.iter().any(|other| other.side != one.side);
        Some(Why { since: Some(one.since), paired, ..Why::of(Relation::Own(side)) })
    })
    .collect()
}
