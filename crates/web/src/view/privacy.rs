//! `/{department}/droits`: what people ask about their data; for the data protection officer.

use askama::Template;

use super::form::{Choice, Field, FieldError, FieldKind};
use super::parts::Link;
use super::shell::Shell;
use super::words;
use domain::privacy::rights::Right;

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

/// The requests of one person, and the form that records one.
#[derive(Template)]
#[template(path = "privacy/person.html")]
pub struct PersonRights {
    /// The frame.
    pub shell: Shell,
    /// Whose.
    pub name: String,
    /// What is wrong with what was typed.
    pub errors: Vec<FieldError>,
    /// Where the form goes.
    pub action: String,
    /// What is asked, when, and a note.
    pub fields: Vec<Field>,
    /// Their requests.
    pub requests: Vec<RequestRow>,
    /// Since when their data are frozen; lifting it is a button.
    pub frozen: Option<String>,
}

impl PersonRights {
    /// The fields, with what was typed.
    pub fn fields(
        shell: &Shell,
        (right, received, note): (&str, &str, &str),
        errors: &[FieldError],
    ) -> Vec<Field> {
        let error = |name: &str| errors.iter().find(|e| e.field == name).map(|e| e.text.clone());
        let choices = Right::ALL.map(|one| Choice::new(one.code(), words::right_asked(one), right)).to_vec();
        let mut note = Field::new(FieldKind::Textarea, "note", shell.t("privacy-note").to_string())
            .hint(shell.t("privacy-note-hint").to_string())
            .value(note);
        note.optional = true;
        vec![
            Field::select("right", shell.t("privacy-right").to_string(), choices)
                .value(right)
                .error(error("right")),
            Field::new(FieldKind::Date, "received", shell.t("privacy-received").to_string())
                .value(received)
                .error(error("received")),
            note,
        ]
    }
}

/// A request.
#[derive(Debug, Clone)]
pub struct RequestRow {
    /// Who asks.
    pub person: Link,
    /// What is asked.
    pub right: String,
    /// « Reçue le 3 novembre ».
    pub received: String,
    /// « Répondre avant le 3 décembre », or what was answered and when.
    pub state: String,
    /// It is late.
    pub late: bool,
    /// What was noted.
    pub note: Option<String>,
    /// Where the answer goes, while it waits.
    pub answer: Option<String>,
    /// Where the copy is made, while it was not.
    pub copy: Option<String>,
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
