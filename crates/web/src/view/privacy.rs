//! `/{department}/droits`: what people ask about their data, for the data protection officer; who will be archived soon.

use askama::Template;
use domain::privacy::rights::{Reply, Right};

use super::form::{Choice, Field, FieldError, FieldKind};
use super::parts::{Fact, Link};
use super::shell::Shell;
use super::words;

/// The requests, and the people who are in no list.
#[derive(Template)]
#[template(path = "privacy/rights.html")]
pub struct Rights {
    /// The frame.
    pub shell: Shell,
    /// One sentence that sums up.
    pub summary: String,
    /// The requests, those that wait first.
    pub requests: Vec<RequestRow>,
    /// Who is in no list, and why.
    pub hidden: Vec<(Link, String)>,
}

/// A request in a list.
#[derive(Debug, Clone)]
pub struct RequestRow {
    /// What is asked, or by whom, to the page of the request.
    pub link: Link,
    /// What is asked; empty where the link says it.
    pub right: String,
    /// « Reçue le 3 novembre ».
    pub received: String,
    /// « Réponse due le 3 décembre », or what was answered and when.
    pub state: String,
    /// It is late.
    pub late: bool,
}

/// One request, and its answer.
#[derive(Template)]
#[template(path = "privacy/request.html")]
pub struct RequestPage {
    /// The frame.
    pub shell: Shell,
    /// « Voir ses données ».
    pub right: String,
    /// Whose, to their requests.
    pub person: Link,
    /// Where it stands, in one sentence.
    pub state: String,
    /// It is late.
    pub late: bool,
    /// When it came, what is asked, what was answered.
    pub facts: Vec<Fact>,
    /// What granting it does, and what to do before.
    pub advice: String,
    /// Where what to mend is found.
    pub links: Vec<Link>,
    /// Where the copies are made: for a request for access.
    pub copies: Option<Copies>,
    /// How it is answered, while it waits.
    pub answer: Option<AnswerForm>,
    /// How it is given more time, in its first month.
    pub delay: Option<AnswerForm>,
    /// What is wrong with what was typed.
    pub errors: Vec<FieldError>,
}

/// Where the copies of a request for access are made.
#[derive(Debug, Clone)]
pub struct Copies {
    /// The letter.
    pub pdf: String,
    /// The file for machines.
    pub json: String,
    /// When one was first made.
    pub made: Option<String>,
}

/// The form of an answer.
#[derive(Debug, Clone)]
pub struct AnswerForm {
    /// Where it is sent.
    pub action: String,
    /// What is answered, and what is written to the person.
    pub fields: Vec<Field>,
}

impl AnswerForm {
    /// The field `delay`: why two more months are needed.
    pub fn delay(shell: &Shell, action: String, typed: &str, errors: &[FieldError]) -> Self {
        let why = Field::new(FieldKind::Textarea, "delay", shell.t("privacy-delay-why").to_string())
            .hint(shell.t("privacy-delay-hint").to_string())
            .value(typed)
            .error(FieldError::of(errors, "delay"));
        Self { action, fields: vec![why] }
    }

    /// The fields `reply` and `note`, with what was typed.
    pub fn new(shell: &Shell, action: String, (reply, note): (&str, &str), errors: &[FieldError]) -> Self {
        let mut choices = vec![Choice::new("", shell.t("privacy-reply-choose").to_string(), reply)];
        choices.extend(Reply::ALL.map(|one| Choice::new(one.code(), words::reply(one), reply)));
        // Neither always asked nor always free: the hint says when.
        let written = Field::new(FieldKind::Textarea, "note", shell.t("privacy-reply-note").to_string())
            .hint(shell.t("privacy-reply-hint").to_string())
            .value(note)
            .error(FieldError::of(errors, "note"));
        let reply = Field::select("reply", shell.t("privacy-reply").to_string(), choices)
            .error(FieldError::of(errors, "reply"));
        Self { action, fields: vec![reply, written] }
    }
}

/// The requests of one person, and the form that records one.
#[derive(Template)]
#[template(path = "privacy/person.html")]
pub struct PersonRights {
    /// The frame.
    pub shell: Shell,
    /// Whose.
    pub name: String,
    /// Their whole file, for a reason.
    pub file: Option<String>,
    /// What is wrong with what was typed.
    pub errors: Vec<FieldError>,
    /// Where the form goes.
    pub action: String,
    /// What is asked, when, and a note.
    pub fields: Vec<Field>,
    /// Their requests.
    pub requests: Vec<RequestRow>,
    /// Why they are in no list.
    pub hidden: Option<String>,
    /// Where the freeze is lifted.
    pub lift: Option<String>,
}

impl PersonRights {
    /// The fields, with what was typed.
    pub fn fields(
        shell: &Shell,
        (right, received, note): (&str, &str, &str),
        errors: &[FieldError],
    ) -> Vec<Field> {
        let mut choices = vec![Choice::new("", shell.t("privacy-right-choose").to_string(), right)];
        choices.extend(Right::ALL.map(|one| Choice::new(one.code(), words::right_asked(one), right)));
        let mut note = Field::new(FieldKind::Textarea, "note", shell.t("privacy-note").to_string())
            .hint(shell.t("privacy-note-hint").to_string())
            .value(note);
        note.optional = true;
        vec![
            Field::select("right", shell.t("privacy-right").to_string(), choices)
                .error(FieldError::of(errors, "right")),
            Field::new(FieldKind::Date, "received", shell.t("privacy-received").to_string())
                .hint(shell.t("privacy-received-hint").to_string())
                .value(received)
                .error(FieldError::of(errors, "received")),
            note,
        ]
    }
}

/// Who will be archived soon.
#[derive(Template)]
#[template(path = "privacy/soon.html")]
pub struct Soon {
    /// The frame.
    pub shell: Shell,
    /// One sentence that sums up.
    pub summary: String,
    /// Each person with the day.
    pub people: Vec<(Link, String)>,
}
