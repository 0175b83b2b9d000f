//! Tab « Documents » of a person's page.

use askama::Template;

use super::form::{Choice, Field, FieldError, FieldKind};
use super::parts::Link;
use super::person::PersonHead;
use super::shell::Shell;

/// What the file picker proposes.
const ACCEPT: &str = ".pdf,.jpg,.jpeg,.png,.webp,.heic,.heif,.docx,.xlsx,.odt,.ods,.txt,.csv";

/// `/{department}/personnes/{id}/documents`.
#[derive(Template)]
#[template(path = "people/person_documents.html")]
pub struct PersonDocuments {
    /// The frame.
    pub shell: Shell,
    /// The top.
    pub head: PersonHead,
    /// What is wrong in the form that came back.
    pub errors: Vec<FieldError>,
    /// Documents that can be read, the most recent first.
    pub rows: Vec<DocumentRow>,
    /// Documents that were removed and are not destroyed yet.
    pub removed: Vec<RemovedRow>,
    /// The form; `None` for who may only read.
    pub form: Option<DocumentForm>,
    /// Days before a removed document is destroyed.
    pub days: i64,
}

/// A document that can be read.
#[derive(Debug, Clone)]
pub struct DocumentRow {
    /// Its title, to its bytes.
    pub link: Link,
    /// The name of its file when it has another title; empty otherwise.
    pub file: String,
    /// « PDF, 1,2 Mo ».
    pub format: String,
    /// « CV et candidatures ».
    pub kind: String,
    /// « le 12 novembre à 14 h 05 ».
    pub added: String,
    /// « par Paul Ancemont ».
    pub by: String,
    /// The form that removes it; `None` for who may only read.
    pub removal: Option<Removal>,
}

/// The form that removes a document.
#[derive(Debug, Clone)]
pub struct Removal {
    /// Where it is sent.
    pub action: String,
    /// Its reason, unlike those of the other rows.
    pub reason: Field,
    /// It came back with an error.
    pub open: bool,
}

/// A document that was removed.
#[derive(Debug, Clone)]
pub struct RemovedRow {
    /// Its title.
    pub title: String,
    /// What it was about.
    pub kind: String,
    /// « le 12 novembre à 14 h 05 ».
    pub when: String,
    /// « par Paul Ancemont ».
    pub by: String,
    /// Why.
    pub reason: String,
}

/// The form that adds a document.
#[derive(Debug, Clone)]
pub struct DocumentForm {
    /// Where it is sent.
    pub action: String,
    /// Kind, title, file.
    pub fields: Vec<Field>,
}

impl DocumentForm {
    /// The form with what was typed and what is wrong; `hint` says what file is accepted.
    pub fn new(
        action: String,
        kinds: Vec<Choice>,
        label: &str,
        hint: String,
        words: impl Fn(&str) -> String,
        errors: &[FieldError],
    ) -> Self {
        let mut file = Field::new(FieldKind::File, "file", words("documents-add-file")).hint(hint);
        file.accept = ACCEPT;
        let title = Field::new(FieldKind::Text, "label", words("documents-add-label"))
            .hint(words("documents-add-label-hint"))
            .value(label);
        let title = Field { optional: true, ..title };
        let fields = [Field::select("kind", words("documents-add-kind"), kinds), title, file];
        let fields = fields.map(|field| {
            let error = FieldError::of(errors, &field.name);
            field.error(error)
        });
        Self { action, fields: fields.to_vec() }
    }
}
