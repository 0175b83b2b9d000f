//! Notes on a person: written, changed, opened to more readers after a confirmation.

use app::people::notes::{
    Level, Note as Kept, NoteError, NoteInput, add_note, change_note, levels, own_note,
};
use app::people::person::{PersonFile, open};
use axum::extract::Path;
use domain::access::relation::Relation;
use domain::audit::Part;

use super::person::essential;
use super::rows::t;
use super::users::seen;
use crate::form::Form;
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::form_page::FormPage;
use crate::view::notes::{Note, Notes};
use crate::view::parts::{Link, Tone};
use crate::view::words;

/// The notes of a page, with what was typed in the form.
pub(super) fn notes(visit: &Visit, file: &PersonFile, typed: &Form, errors: Vec<FieldError>) -> Notes {
    let base = visit.path(&format!("/personnes/{}/notes", file.row.id));
    let relations: Vec<Relation> = file.why.iter().map(|why| why.relation).collect();
    Notes {
        rows: file.notes.iter().map(|note| row(visit, &base, note)).collect(),
        fields: if file.may_write_notes {
            fields(&levels(&relations), typed.get("text"), typed.get("level"), &errors)
        } else {
            Vec::new()
        },
        action: file.may_write_notes.then_some(base),
        errors,
    }
}

fn row(visit: &Visit, base: &str, note: &Kept) -> Note {
    let written = seen(visit, Some(note.written_at));
    Note {
        author: note.author.clone(),
        when: match note.changed_at {
            None => written,
            Some(at) => {
                t("notes-changed").s("written", written).s("changed", seen(visit, Some(at))).to_string()
            }
        },
        level: words::level(note.level),
        lines: note.text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(),
        trace: note
            .wider
            .iter()
            .map(|(level, until)| {
                t("notes-wider")
                    .s("level", words::level(*level))
                    .s("until", seen(visit, Some(*until)))
                    .to_string()
            })
            .collect(),
        change: note.mine.then(|| format!("{base}/{}", note.id)),
    }
}

fn fields(levels: &[Level], text: &str, level: &str, errors: &[FieldError]) -> Vec<Field> {
    let choices =
        levels.iter().map(|one| Choice::new(one.code(), words::level(*one), level)).collect::<Vec<_>>();
    vec![
        Field::new(FieldKind::Textarea, "text", t("notes-text").to_string())
            .hint(t("notes-text-hint").to_string())
            .value(text)
            .error(FieldError::of(errors, "text")),
        Field::select("level", t("notes-level").to_string(), choices)
            .hint(t("notes-level-hint").to_string())
            .error(FieldError::of(errors, "level")),
    ]
}

fn read(form: &Form) -> NoteInput {
    NoteInput {
        text: form.get("text").to_owned(),
        level: Level::parse(form.get("level")),
        confirmed: !form.get("confirm").is_empty(),
    }
}

/// `POST /{department}/personnes/{id}/notes`.
///
/// # Errors
/// 404 for one whom the actor may not see.
pub async fn add(visit: Visit, Path((_, person)): Path<(String, String)>, form: Form) -> Answer {
    let person = id(&person)?;
    match add_note(&visit.ctx(), person, &read(&form)).await {
        Ok(()) => {
            let back = visit.path(&format!("/personnes/{person}#notes"));
            see_other_saying(&visit, &back, Tone::Ok, "flash-note")
        }
        Err(error) => {
            let error = wrong(error)?;
            let file = open(&visit.ctx(), person, Part::Essential).await?;
            let mut shown = essential(&visit, &file, None);
            shown.notes = notes(&visit, &file, &form, vec![error]);
            unprocessable(&shown)
        }
    }
}

type Place = Path<(String, String, String)>;

/// `GET /{department}/personnes/{id}/notes/{note}`.
///
/// # Errors
/// 404 for a note of somebody else.
pub async fn edit(visit: Visit, Path((_, person, note)): Place) -> Answer {
    let (text, level, levels) = own_note(&visit.ctx(), id(&person)?, id(&note)?).await.map_err(refused)?;
    page(&edit_page(&visit, &person, &note, (&text, level.code(), &levels), Vec::new()))
}

/// `POST /{department}/personnes/{id}/notes/{note}`: another version; the one before is kept.
///
/// # Errors
/// 404 for a note of somebody else.
pub async fn change(visit: Visit, Path((_, person, note)): Place, form: Form) -> Answer {
    let (who, which) = (id(&person)?, id(&note)?);
    match change_note(&visit.ctx(), who, which, &read(&form)).await {
        Ok(()) => {
            let back = visit.path(&format!("/personnes/{who}#notes"));
            see_other_saying(&visit, &back, Tone::Ok, "flash-note")
        }
        Err(error) => {
            let error = wrong(error)?;
            let (_, _, levels) = own_note(&visit.ctx(), who, which).await.map_err(refused)?;
            let typed = (form.get("text"), form.get("level"), levels.as_slice());
            unprocessable(&edit_page(&visit, &person, &note, typed, vec![error]))
        }
    }
}

fn edit_page(
    visit: &Visit,
    person: &str,
    note: &str,
    (text, level, levels): (&str, &str, &[Level]),
    errors: Vec<FieldError>,
) -> FormPage {
    let mut fields = fields(levels, text, level, &errors);
    if errors.iter().any(|error| error.field == "confirm") {
        fields.push(
            Field::new(FieldKind::Checkbox, "confirm", t("notes-confirm").to_string())
                .hint(words::level(Level::parse(level).unwrap_or(Level::Author)))
                .error(FieldError::of(&errors, "confirm")),
        );
    }
    FormPage {
        back: Link::new(t("notes-back").to_string(), visit.path(&format!("/personnes/{person}"))),
        title: t("notes-edit").to_string(),
        lead: t("notes-edit-lead").to_string(),
        action: visit.path(&format!("/personnes/{person}/notes/{note}")),
        errors,
        fields,
        ticks: None,
        submit: t("notes-edit-go").to_string(),
        shell: visit.shell(),
    }
}

fn refused(error: NoteError) -> Fail {
    match error {
        NoteError::People(error) => error.into(),
        other => Fail::Internal(other.to_string()),
    }
}

fn wrong(error: NoteError) -> Result<FieldError, Fail> {
    let field = match &error {
        NoteError::Text => "text",
        NoteError::Level => "level",
        NoteError::Confirm => "confirm",
        NoteError::Changed => "",
        NoteError::People(_) => return Err(refused(error)),
    };
    Ok(FieldError { field: field.to_owned(), text: error.to_string() })
}
