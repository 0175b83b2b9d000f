//! `/{department}/adressages`: people addressed to the platform, for who sends and for who answers.

use askama::Template;

use super::parts::{Empty, Fact, Field, FieldError, Link, Tag};
use super::shell::Shell;

/// What one sent.
#[derive(Template)]
#[template(path = "referrals/sent.html")]
pub struct SentPage {
    /// The frame.
    pub shell: Shell,
    /// How many wait, in a sentence; may be empty.
    pub summary: String,
    /// The people.
    pub rows: Vec<SentRow>,
    /// When there is nobody.
    pub empty: Empty,
    /// There is a page of those received.
    pub received: Option<Link>,
}

/// Somebody who was addressed.
#[derive(Debug, Clone)]
pub struct SentRow {
    /// As it was typed.
    pub name: String,
    /// « urgent ».
    pub tags: Vec<Tag>,
    /// When.
    pub sent: String,
    /// « appel prévu », « orientée le 26 novembre 2026 ».
    pub state: Tag,
}

/// What waits for an answer.
#[derive(Template)]
#[template(path = "referrals/received.html")]
pub struct ReceivedPage {
    /// The frame.
    pub shell: Shell,
    /// The people.
    pub rows: Vec<ReceivedRow>,
    /// When there is nobody.
    pub empty: Empty,
}

/// Somebody who waits for an answer.
#[derive(Debug, Clone)]
pub struct ReceivedRow {
    /// Their name, to the request.
    pub link: Link,
    /// « urgent », « déjà orientée ».
    pub tags: Vec<Tag>,
    /// Who sent them.
    pub by: String,
    /// When.
    pub sent: String,
}

/// One request, and the answer.
#[derive(Template)]
#[template(path = "referrals/one.html")]
pub struct ReferralPage {
    /// The frame.
    pub shell: Shell,
    /// « Kévin Thomassard ».
    pub title: String,
    /// Urgent, oriented already.
    pub marks: Vec<Tag>,
    /// Who, when, how to reach them.
    pub facts: Vec<Fact>,
    /// Why, line by line.
    pub reason: Vec<String>,
    /// The file, and the call.
    pub links: Vec<Link>,
    /// What was answered; empty = the form is shown.
    pub answered: String,
    /// Where the form is sent.
    pub action: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// The answer, field `answer`.
    pub field: Field,
}

/// A request as the screen of the call and the file show it.
#[derive(Debug, Clone)]
pub struct ReferralNote {
    /// « Adressée le 26 novembre par Patricia Lahaye ».
    pub link: Link,
    /// Why, line by line.
    pub reason: Vec<String>,
    /// « À appeler le matin, au 06 12 34 56 78 ».
    pub call: String,
    /// It presses.
    pub urgent: bool,
}
