//! What happened to one person, derived from what the files said of their household, in the order of time.
//!
//! Nothing is stored twice: the sightings are the truth, and this function tells the story they make. The same
//! sightings make the same story, whatever the order in which the files arrived.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::flux::{Address, Dossier, FluxPerson, Kind, Reason, RightState};
use super::stamp::Stamp;

/// What one file said of one household: its content, or that it was not there.
#[derive(Debug, Clone)]
pub struct Observation<'a> {
    /// When it was true.
    pub stamp: Stamp,
    /// The file that says so.
    pub import: Uuid,
    /// The kind of that file.
    pub kind: Kind,
    /// `None`: absent from the monthly file of its organism.
    pub dossier: Option<&'a Dossier>,
    /// The person in that dossier; `None`: the dossier does not name them.
    pub person: Option<&'a FluxPerson>,
}

/// One event of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The date shown: when it took effect, else the day the file describes.
    pub on: NaiveDate,
    /// The stamp of the file that tells it.
    pub stamp: Stamp,
    /// The file that tells it.
    pub import: Uuid,
    /// What happened.
    pub what: What,
}

/// What can happen to a person in the payers' files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    /// The first file that names them.
    FirstSeen {
        /// `NUMDEMRSA`.
        claim: String,
    },
    /// A claim was filed.
    ClaimFiled,
    /// The right changed state (or was first seen in it).
    Right {
        /// Before; `None` when first seen.
        from: Option<RightState>,
        /// After.
        to: RightState,
        /// The payer's reason.
        reason: Option<Reason>,
    },
    /// Became subject to droits et devoirs.
    SubjectBegan,
    /// Is no longer subject.
    SubjectEnded,
    /// Another main address.
    Moved {
        /// INSEE code of the new commune, as received.
        commune: String,
        /// Name of the town, as received.
        town: String,
    },
    /// Arrived from another organism.
    MovedIn {
        /// Code of the body.
        organism: String,
    },
    /// Left for another organism.
    MovedOut {
        /// Code of the body.
        organism: String,
    },
    /// The family situation changed.
    Family {
        /// `SITFAM`.
        code: String,
    },
    /// The dossier no longer names them.
    LeftHousehold,
    /// The payer worked on the dossier (daily files).
    Liquidation {
        /// `FG`.
        code: String,
    },
}

#[derive(Default)]
struct Last {
    seen: bool,
    right: Option<RightState>,
    subject: bool,
    address: Option<String>,
    family: Option<String>,
    moved_in: Option<String>,
    moved_out: Option<String>,
}

/// The events of one person in one household; `observations` in the order of their stamps.
pub fn events(observations: &[Observation<'_>]) -> Vec<Event> {
    let mut out = Vec::new();
    let mut last = Last::default();
    for observation in observations {
        match (observation.dossier, observation.person) {
            (Some(dossier), Some(person)) => seen(&mut out, &mut last, observation, dossier, person),
            (Some(_), None) if last.seen => {
                push(&mut out, observation, None, What::LeftHousehold);
                last = Last::default();
            }
            (None, _) if last.seen && last.right != Some(RightState::Absent) => {
                push_right(&mut out, &mut last, observation, RightState::Absent, None, None);
                set_subject(&mut out, &mut last, observation, false);
            }
            _ => {}
        }
    }
    out
}

fn seen(out: &mut Vec<Event>, last: &mut Last, at: &Observation<'_>, dossier: &Dossier, person: &FluxPerson) {
    if !last.seen {
        push(out, at, None, What::FirstSeen { claim: dossier.key.claim_number.clone() });
        last.seen = true;
    }
    if at.kind == Kind::Instruction {
        if last.right.is_none() {
            push(out, at, dossier.claim_date, What::ClaimFiled);
            last.right = Some(RightState::Claim);
        }
    } else if let Some(right) = &dossier.right {
        push_right(out, last, at, right.state, right.since, right.reason.clone());
        set_subject(out, last, at, person.subject && right.state.is_open());
    }
    moves(out, last, at, dossier);
    if let Some(code) = &dossier.family
        && last.family.as_ref() != Some(code)
    {
        if last.family.is_some() {
            push(out, at, dossier.family_since, What::Family { code: code.clone() });
        }
        last.family = Some(code.clone());
    }
    for event in &dossier.events {
        push(out, at, event.date, What::Liquidation { code: event.code.clone() });
    }
}

fn moves(out: &mut Vec<Event>, last: &mut Last, at: &Observation<'_>, dossier: &Dossier) {
    if let Some(address) = dossier.main_address() {
        let line = address.compare_line();
        if last.address.as_ref().is_some_and(|known| *known != line) {
            let what = What::Moved { commune: address.commune.clone(), town: address.town.clone() };
            push(out, at, address.since, what);
        }
        last.address = Some(line);
    }
    if let Some(m) = &dossier.moved_in
        && last.moved_in != Some(m.compare_line())
    {
        push(out, at, m.date, What::MovedIn { organism: m.organism_number.clone() });
        last.moved_in = Some(m.compare_line());
    }
    if let Some(m) = &dossier.moved_out
        && last.moved_out != Some(m.compare_line())
    {
        push(out, at, m.date, What::MovedOut { organism: m.organism_number.clone() });
        last.moved_out = Some(m.compare_line());
    }
}

fn push_right(
    out: &mut Vec<Event>,
    last: &mut Last,
    at: &Observation<'_>,
    to: RightState,
    since: Option<NaiveDate>,
    reason: Option<Reason>,
) {
    if last.right != Some(to) {
        push(out, at, since, What::Right { from: last.right, to, reason });
        last.right = Some(to);
    }
}

fn set_subject(out: &mut Vec<Event>, last: &mut Last, at: &Observation<'_>, subject: bool) {
    if subject != last.subject {
        push(out, at, None, if subject { What::SubjectBegan } else { What::SubjectEnded });
        last.subject = subject;
    }
}

fn push(out: &mut Vec<Event>, at: &Observation<'_>, on: Option<NaiveDate>, what: What) {
    // An effect dated after the day the file describes (a typing error) would hide at the wrong end of the list.
    let on = on.filter(|d| *d <= at.stamp.reference).unwrap_or(at.stamp.reference);
    out.push(Event { on, stamp: at.stamp, import: at.import, what });
}

impl Dossier {
    /// The address of rank 1, else the first.
    pub fn main_address(&self) -> Option<&Address> {
        self.addresses.iter().find(|a| a.rank == 1).or_else(|| self.addresses.first())
    }
}

impl Address {
    /// One line that differs when the address does.
    pub fn compare_line(&self) -> String {
        format!("{}|{}|{}", self.lines.join(" "), self.postcode, self.commune)
    }
}

impl super::flux::Mutation {
    /// One line that differs when the mutation does.
    pub fn compare_line(&self) -> String {
        let date = self.date.map(|d| d.to_string()).unwrap_or_default();
        format!("{} {} {date}", self.organism, self.organism_number)
    }
}
