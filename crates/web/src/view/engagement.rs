//! Contracts: on a person's page, and each on its own.

use askama::Template;

use super::parts::{Empty, Fact, Link, Tag};
use super::shell::Shell;

/// The contracts of a person.
#[derive(Debug, Clone, Default)]
pub struct ContractPanel {
    /// Their contracts, the last first.
    pub contracts: Vec<ContractBlock>,
    /// Write one, record one of before 2025.
    pub links: Vec<Link>,
}

/// A contract on the page of a person.
#[derive(Debug, Clone)]
pub struct ContractBlock {
    /// « Contrat d’engagement du 2 février 2027 », to its page.
    pub link: Link,
    /// Where it stands.
    pub stage: Tag,
    /// Until when, how many hours, who has still to sign.
    pub facts: Vec<String>,
}

/// `/{department}/contrats`.
#[derive(Template)]
#[template(path = "engagement/list.html")]
pub struct ContractsPage {
    /// The frame.
    pub shell: Shell,
    /// What it is.
    pub summary: String,
    /// What is asked, list by list.
    pub lists: Vec<ContractList>,
    /// When nothing is.
    pub empty: Empty,
}

/// People whose contract asks the same.
#[derive(Debug, Clone)]
pub struct ContractList {
    /// Its place in the page.
    pub id: &'static str,
    /// What is asked, of how many.
    pub title: String,
    /// The people.
    pub rows: Vec<ContractRow>,
    /// There may be others, who come as these are done.
    pub more: Option<String>,
}

/// Somebody whose contract asks something.
#[derive(Debug, Clone)]
pub struct ContractRow {
    /// The person.
    pub person: Link,
    /// Until when, or why.
    pub when: String,
    /// Who follows them, where they live.
    pub meta: String,
    /// Late.
    pub tag: Option<Tag>,
}

/// `/{department}/personnes/{id}/contrat/{contract}`.
#[derive(Template)]
#[template(path = "engagement/contract.html")]
pub struct ContractPage {
    /// The frame.
    pub shell: Shell,
    /// Whose it is.
    pub back: Link,
    /// « Contrat d’engagement ».
    pub title: String,
    /// Whose, and who wrote it last.
    pub lead: String,
    /// Where it stands.
    pub stage: Tag,
    /// Dates, hours, programme.
    pub facts: Vec<Fact>,
    /// Who commits, and to what.
    pub sections: Vec<Commitments>,
    /// Each signature that is asked.
    pub signatures: Vec<Signature>,
    /// Sign by a click: what it says, and where it is sent.
    pub sign: Option<(String, String)>,
    /// What one may do.
    pub links: Vec<Link>,
    /// The paper.
    pub paper: Option<Link>,
    /// What was recorded, the last first.
    pub acts: Vec<ContractLine>,
}

/// What a party commits to.
#[derive(Debug, Clone)]
pub struct Commitments {
    /// Its place in the page.
    pub id: &'static str,
    /// Who.
    pub title: String,
    /// What.
    pub lines: Vec<String>,
}

/// A signature.
#[derive(Debug, Clone)]
pub struct Signature {
    /// Who signs.
    pub who: String,
    /// Given, awaited.
    pub state: Tag,
    /// When, how, who recorded it.
    pub meta: String,
    /// What was signed, to compare.
    pub digest: String,
}

/// What was recorded of a contract.
#[derive(Debug, Clone)]
pub struct ContractLine {
    /// « Signé : côté social ».
    pub title: String,
    /// When, by whom.
    pub meta: String,
    /// What was written, line by line.
    pub text: Vec<String>,
}
