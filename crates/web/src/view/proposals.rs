//! People proposed to a structure: the panel of a person's page, and the pages of partners.

use askama::Template;

use super::form_page::Ticks;
use super::parts::{Empty, Fact, Field, FieldError, Link, Tag};
use super::shell::Shell;

/// The proposals of a person's page.
#[derive(Debug, Clone)]
pub struct Proposals {
    /// Those that the reader may know of, the most recent first.
    pub rows: Vec<Proposal>,
    /// Where a new one is sent; `None` when one may not propose.
    pub action: Option<String>,
    /// The structure, the text, the last day.
    pub fields: Vec<Field>,
    /// What the structure will see.
    pub ticks: Ticks,
    /// What is wrong in the form.
    pub errors: Vec<FieldError>,
}

/// A proposal.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// To whom.
    pub structure: String,
    /// Where it stands.
    pub state: Tag,
    /// « par Samira Lahaye, du 26 novembre au 26 décembre 2026 ».
    pub when: String,
    /// What was written, line by line.
    pub lines: Vec<String>,
    /// « La structure voit : prénom, nom, téléphone. »
    pub told: String,
    /// Who answered what; empty without an answer.
    pub answer: String,
    /// The words of the answer, line by line.
    pub answered: Vec<String>,
    /// Where it is ended; `None` when it is over or when one may not.
    pub end: Option<String>,
}

/// `/{department}/propositions`: the people proposed to the structures of a partner.
#[derive(Template)]
#[template(path = "proposals/list.html")]
pub struct ProposedList {
    /// The frame.
    pub shell: Shell,
    /// How many wait for an answer, in a sentence.
    pub summary: String,
    /// Each person, the most recent proposal first.
    pub rows: Vec<ProposedRow>,
    /// When nobody is proposed.
    pub empty: Empty,
}

/// A person of the list.
#[derive(Debug, Clone)]
pub struct ProposedRow {
    /// Their name, to what is told of them.
    pub link: Link,
    /// The structure to which they are proposed.
    pub structure: String,
    /// Since when.
    pub since: String,
    /// Until when.
    pub until: String,
    /// Where it stands.
    pub state: Tag,
}

/// `/{department}/propositions/{id}`: what a proposal tells of a person.
#[derive(Template)]
#[template(path = "proposals/one.html")]
pub struct ProposedPage {
    /// The frame.
    pub shell: Shell,
    /// The list.
    pub back: Link,
    /// First name and name.
    pub name: String,
    /// Where it stands.
    pub state: Tag,
    /// Why the reader sees it, and until when.
    pub why: String,
    /// Who proposes.
    pub author: String,
    /// What they wrote, line by line.
    pub lines: Vec<String>,
    /// What was ticked.
    pub facts: Vec<Fact>,
    /// The answer given, in a sentence; empty without one.
    pub answer: String,
    /// Its words, line by line.
    pub answered: Vec<String>,
    /// Where the answer is sent.
    pub action: String,
    /// The answer and its reason.
    pub fields: Vec<Field>,
    /// What is wrong in the form.
    pub errors: Vec<FieldError>,
}
