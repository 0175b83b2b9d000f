//! Pages of `intake` around the report: the list of files, spreadsheet columns, same person or not.
//! The report itself is in [`super::file`].

use askama::Template;

use super::parts::{Chip, Choice, Empty, Field, FieldError, FieldKind, Link, Pager, Tag};
use super::shell::Shell;
use crate::i18n::text;

/// `/{department}/fichiers`.
#[derive(Template)]
#[template(path = "intake/files.html")]
pub struct Files {
    /// The frame.
    pub shell: Shell,
    /// Whether this user may bring a file in.
    pub may_send: bool,
    /// Why the last file was refused.
    pub errors: Vec<FieldError>,
    /// `file` and `profile`.
    pub fields: Vec<Field>,
    /// Past files, the most recent first.
    pub rows: Vec<FileRow>,
    /// Where one is in the list.
    pub pager: Pager,
}

impl Files {
    /// The page; `profiles` are the saved ways to read a spreadsheet (the first choice is « deviner »).
    pub fn new(
        shell: Shell,
        may_send: bool,
        profiles: Vec<Choice>,
        errors: Vec<FieldError>,
        rows: Vec<FileRow>,
        pager: Pager,
    ) -> Self {
        let t = |key| text(shell.lang, key).to_string();
        let file = Field {
            accept: ".xml,.gz,.csv,.txt,.xlsx,.xls,.ods",
            ..Field::new(FieldKind::File, "file", t("intake-send-file"))
        }
        .hint(t("intake-send-file-hint"))
        .error(FieldError::of(&errors, "file"));
        let profile = Field::select("profile", t("intake-send-profile"), profiles)
            .hint(t("intake-send-profile-hint"))
            .error(FieldError::of(&errors, "profile"));
        Self { fields: vec![file, profile], shell, may_send, errors, rows, pager }
    }
}

/// A past file.
#[derive(Debug, Clone)]
pub struct FileRow {
    /// Its name, to its report.
    pub link: Link,
    /// « Bénéficiaires, mensuel ».
    pub kind: String,
    /// « 31 octobre ».
    pub reference: String,
    /// « lundi 16 novembre à 6 h 12, Agathe Lormelin ».
    pub received: String,
    /// « 15 995 sur 16 000 ».
    pub dossiers: String,
    /// « 1 370 »; empty while it is read.
    pub changes: String,
    /// In words.
    pub status: Tag,
    /// Hundredths, while it is read.
    pub percent: Option<u8>,
}

/// `/{department}/fichiers/{id}/colonnes`: what each column of a spreadsheet is.
#[derive(Template)]
#[template(path = "intake/mapping.html")]
pub struct Mapping {
    /// The frame.
    pub shell: Shell,
    /// Where the form is sent; the button pressed is `go` = `preview` or `import`.
    pub action: String,
    /// Name of the file.
    pub file_name: String,
    /// « 312 lignes, 9 colonnes, feuille « Contacts » ».
    pub summary: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// Columns, in the order of the file.
    pub columns: Vec<MappedColumn>,
    /// Name of the profile to save, field `profile_name`; empty saves none.
    pub profile_name: Field,
    /// Heads of the preview.
    pub preview_heads: Vec<String>,
    /// The first rows, as they would be read.
    pub preview: Vec<PreviewRow>,
}

/// A column of a spreadsheet.
#[derive(Debug, Clone)]
pub struct MappedColumn {
    /// Name and id of its select: `column-0`.
    pub name: String,
    /// Its header; may be empty.
    pub header: String,
    /// Its rank in letters: « C ».
    pub letter: String,
    /// A few of its values.
    pub samples: Vec<String>,
    /// The fields it may be; « ne pas lire » is one.
    pub choices: Vec<Choice>,
    /// Why this one is proposed: « l’en-tête dit MATRICULE ».
    pub reason: String,
}

/// A row of the preview.
#[derive(Debug, Clone)]
pub struct PreviewRow {
    /// Its number in the file.
    pub line: String,
    /// Its cells.
    pub cells: Vec<PreviewCell>,
}

/// A cell as it would be read.
#[derive(Debug, Clone)]
pub struct PreviewCell {
    /// What is read.
    pub text: String,
    /// Why it cannot be.
    pub error: Option<String>,
}

/// `/{department}/rapprochements`.
#[derive(Template)]
#[template(path = "intake/reviews.html")]
pub struct Reviews {
    /// The frame.
    pub shell: Shell,
    /// « 12 personnes à rapprocher ».
    pub title: String,
    /// Open, decided.
    pub chips: Vec<Chip>,
    /// The questions.
    pub rows: Vec<ReviewRow>,
    /// Where one is in the list.
    pub pager: Pager,
    /// What to say when there is none.
    pub empty: Empty,
}

/// A question: two records.
#[derive(Debug, Clone)]
pub struct ReviewRow {
    /// Its page.
    pub href: String,
    /// Who is known.
    pub known: String,
    /// Who the file names.
    pub named: String,
    /// Why one asks.
    pub doubt: String,
    /// Since when.
    pub since: String,
    /// What was decided and by whom; `None` while open.
    pub decided: Option<Tag>,
}

/// `/{department}/rapprochements/{id}`.
#[derive(Template)]
#[template(path = "intake/review.html")]
pub struct Review {
    /// The frame.
    pub shell: Shell,
    /// Where the form is sent; the button pressed is `decision` = `same`, `two` or `later`.
    pub action: String,
    /// « 1 sur 12, ressemblance forte ».
    pub position: String,
    /// Head of the known record, with a link to the person when one may open it.
    pub known: Link,
    /// Head of the other record.
    pub named: Link,
    /// Fact by fact.
    pub rows: Vec<CompareRow>,
    /// What speaks for one person.
    pub evidence: Vec<String>,
    /// What speaks against.
    pub against: Vec<String>,
    /// What is not known.
    pub unknown: Vec<String>,
    /// What was decided; `None` while open.
    pub decided: Option<Decided>,
    /// Whether this user may decide.
    pub may_decide: bool,
    /// The reason, field `reason`.
    pub reason: Field,
}

/// A fact of both records.
#[derive(Debug, Clone)]
pub struct CompareRow {
    /// « Nom de naissance ».
    pub label: String,
    /// As known.
    pub known: String,
    /// As named.
    pub named: String,
    /// Marked when they differ.
    pub differs: bool,
}

/// A decision already taken.
#[derive(Debug, Clone)]
pub struct Decided {
    /// « Une seule personne, décidé hier par Agathe Lormelin ».
    pub text: String,
    /// Where undoing is sent; `None` when one may not.
    pub undo_action: Option<String>,
}

impl Mapping {
    /// The field [`Self::profile_name`], with what was typed.
    pub fn profile_field(shell: &Shell, typed: &str, errors: &[FieldError]) -> Field {
        let t = |key| text(shell.lang, key).to_string();
        let field = Field::new(FieldKind::Text, "profile_name", t("intake-profile-name"));
        Field { optional: true, ..field }
            .hint(t("intake-profile-name-hint"))
            .value(typed)
            .error(FieldError::of(errors, "profile_name"))
    }
}
