//! A person's page and its tabs: the essential, right and files, who opened it.

use askama::Template;

use super::contact::Contact;
use super::notes::Notes;
use super::parts::{Due, Event, Fact, FieldError, Link, Pager, SmallMap, StateTag, Step, Tag, Tone};
use super::proposals::Proposals;
use super::referrals::ReferralNote;
use super::shell::{NavItem, Shell};
use super::transfer::ReceivedPanel;

/// What is at the top of each tab: name, state, age, place, next due step, path.
#[derive(Debug, Clone)]
pub struct PersonHead {
    /// The list one comes from.
    pub back: Link,
    /// Who it is.
    pub identity: Identity,
    /// The next due step; `None` where none is owed.
    pub due: Option<Due>,
    /// The path.
    pub steps: Vec<Step>,
    /// Why the reader may see this person, in a sentence.
    pub why: String,
    /// What the person asks about their data, and whether they are frozen or archived.
    pub notices: Vec<Notice>,
    /// L’essentiel, droit et fichiers, qui a consulté.
    pub tabs: Vec<NavItem>,
}

/// What whoever opens the file must know first.
#[derive(Debug, Clone)]
pub struct Notice {
    /// « S’oppose à un usage de ses données. »
    pub text: String,
    /// What they ask, in their words; may be empty.
    pub note: String,
    /// Where it is mended.
    pub link: Option<Link>,
}

/// Who it is, in one line.
#[derive(Debug, Clone)]
pub struct Identity {
    /// « Odile Barrancourt ».
    pub name: String,
    /// Where she stands.
    pub state: StateTag,
    /// Flags beside the state: right closed but followed, to be matched, late.
    pub flags: Vec<Tag>,
    /// « 58 ans ».
    pub age: String,
    /// « Stenay ».
    pub place: Option<String>,
    /// « Seule, 2 enfants ».
    pub household: Option<String>,
    /// « Droit RSA ouvert depuis septembre 2026 ».
    pub right: String,
}

/// `/{department}/personnes/{id}`.
#[derive(Template)]
#[template(path = "people/person.html")]
pub struct PersonPage {
    /// The frame.
    pub shell: Shell,
    /// The top.
    pub head: PersonHead,
    /// What was decided of their orientation, and the way to the call.
    pub orientation: Option<super::calls::OrientationPanel>,
    /// Who addressed them to the platform, and waits for an answer.
    pub referrals: Vec<ReferralNote>,
    /// What is owed and what was recorded of the path.
    pub path: super::followup::PathPanel,
    /// Their programmes.
    pub panels: Vec<super::programmes::CoursePanel>,
    /// Their contracts.
    pub contracts: super::engagement::ContractPanel,
    /// The right.
    pub right: RightCard,
    /// The household, the person included.
    pub members: Vec<Member>,
    /// Address, commune, territory.
    pub address: Vec<Fact>,
    /// Where it is.
    pub map: Option<SmallMap>,
    /// How to reach the person.
    pub contacts: Vec<Contact>,
    /// Where they are changed; `None` when one may not.
    pub contacts_href: Option<String>,
    /// Birth, dossier numbers, France Travail number.
    pub facts: Vec<Fact>,
    /// Notes that the reader may see.
    pub notes: Notes,
    /// The structures to which the person is proposed; `None` when they are not the reader's to know.
    pub proposals: Option<Proposals>,
    /// The NIR.
    pub nir: Nir,
    /// Open questions: is it the same person as…
    pub questions: Vec<Question>,
    /// What happened, the most recent first.
    pub events: Vec<Event>,
    /// The rest of what happened.
    pub more_events: Option<String>,
    /// What another département sent; `None` for somebody who did not arrive from one.
    pub received: Option<ReceivedPanel>,
    /// Where they are passed to another département; `None` when one may not, or when they left.
    pub transfer_href: Option<String>,
}

/// The right today.
#[derive(Debug, Clone)]
pub struct RightCard {
    /// « Ouvert et versable », « Suspendu », « Aucun droit connu ».
    pub state: String,
    /// How it is shown.
    pub tone: Tone,
    /// Since when, reason, amount, natures, subject to droits et devoirs.
    pub facts: Vec<Fact>,
}

/// A member of the household.
#[derive(Debug, Clone)]
pub struct Member {
    /// First name and name.
    pub name: String,
    /// « Conjoint », « Enfant », « c’est elle ».
    pub role: String,
    /// « 7 ans ».
    pub age: String,
    /// An adult has a page.
    pub href: Option<String>,
}

/// The NIR, masked unless it was just revealed.
#[derive(Debug, Clone)]
pub struct Nir {
    /// « 2 91 05 •• ••• •••  », in clear once revealed, or « absent ».
    pub shown: String,
    /// Where the reveal form is sent; `None` when one may not or there is none.
    pub reveal_action: Option<String>,
    /// What was wrong with the reason.
    pub errors: Vec<FieldError>,
    /// The NIR kept as text because its key is wrong.
    pub warning: Option<String>,
}

/// An open question about the person.
#[derive(Debug, Clone)]
pub struct Question {
    /// « Bérengère Lamotte Oury, née le 4 mai 1991 », to the review.
    pub link: Link,
    /// Why one asks.
    pub text: String,
}

/// Tab « Droit et fichiers ».
#[derive(Template)]
#[template(path = "people/person_right.html")]
pub struct PersonRight {
    /// The frame.
    pub shell: Shell,
    /// The top.
    pub head: PersonHead,
    /// States of the right, the most recent first.
    pub periods: Vec<RightPeriod>,
    /// Files that name the person, the most recent first.
    pub files: Vec<NamedBy>,
}

/// A state of the right.
#[derive(Debug, Clone)]
pub struct RightPeriod {
    /// « Suspendu ».
    pub state: Tag,
    /// « du 1er août au 30 septembre ».
    pub period: String,
    /// Reason in words, with its code.
    pub reason: String,
    /// The file that says it.
    pub source: Link,
}

/// A file that names the person.
#[derive(Debug, Clone)]
pub struct NamedBy {
    /// The file.
    pub link: Link,
    /// Its reference date.
    pub reference: String,
    /// What it changed: « adresse, droit repris »; empty for nothing.
    pub changes: String,
}

/// Tab « Qui a consulté ».
#[derive(Template)]
#[template(path = "people/person_opened.html")]
pub struct PersonOpened {
    /// The frame.
    pub shell: Shell,
    /// The top.
    pub head: PersonHead,
    /// Each opening, the most recent first.
    pub rows: Vec<Opening>,
    /// Where one is in the list.
    pub pager: Pager,
}

/// Somebody opened the file.
#[derive(Debug, Clone)]
pub struct Opening {
    /// « hier à 14 h 05 ».
    pub when: String,
    /// Who.
    pub who: String,
    /// In which role.
    pub role: String,
    /// What was seen or done.
    pub act: String,
    /// What the journal keeps of it, in words; may be empty.
    pub detail: String,
    /// The reason written; empty when none was asked.
    pub reason: String,
}
