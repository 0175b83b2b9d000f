//! Notes on a person, and why one may see them.

use super::parts::{Field, FieldError};

/// The notes of a person's page.
#[derive(Debug, Clone, Default)]
pub struct Notes {
    /// Those that the reader may see, the most recent first.
    pub rows: Vec<Note>,
    /// Where a new one is sent; `None` when one may not write.
    pub action: Option<String>,
    /// The text and who may read it.
    pub fields: Vec<Field>,
    /// What is wrong in the form.
    pub errors: Vec<FieldError>,
}

/// A note.
#[derive(Debug, Clone)]
pub struct Note {
    /// Who wrote it.
    pub author: String,
    /// « hier à 14 h 05 », « hier à 14 h 05, corrigée aujourd’hui ».
    pub when: String,
    /// Who may read it, in words.
    pub level: String,
    /// Its text, line by line.
    pub lines: Vec<String>,
    /// That it was seen more widely before, and until when.
    pub trace: Vec<String>,
    /// Where its author changes it.
    pub change: Option<String>,
}
