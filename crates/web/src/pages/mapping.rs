//! What each column of a spreadsheet is: proposed, corrected, looked at, then read.

use app::intake::profiles::{
    self, Choice as Reading, Column, Field, Inspection, Profile, ProfileError, RowPreview, choose as start,
    inspect,
};
use app::intake::show;
use axum::extract::Path;
use uuid::Uuid;

use super::rows::t;
use crate::form::Form;
use crate::format;
use crate::respond::{Answer, Fail, id, page, see_other, unprocessable};
use crate::site::Visit;
use crate::view::form::{Choice, FieldError};
use crate::view::intake::{MappedColumn, Mapping, PreviewCell, PreviewRow};

/// Values shown of each column.
const SAMPLES: usize = 3;

/// `GET /{department}/fichiers/{id}/colonnes`.
///
/// # Errors
/// 404 for a file that is not known; one that no longer waits has its report.
pub async fn mapping(visit: Visit, place: Path<(String, String)>) -> Answer {
    let key = id(&place.1)?;
    let table = match inspect(&visit.ctx(), key).await {
        Ok(table) => table,
        Err(error) => return elsewhere(&visit, key, error).await,
    };
    let proposed: Vec<Field> = (0..table.headers.len()).map(|rank| proposed(&table, rank)).collect();
    // What is proposed may not read anybody yet: the preview comes with the first correction.
    let preview = previewed(&visit, key, &profile(&table, &proposed, "")).await.unwrap_or_default();
    page(&shown(&visit, key, &table, &proposed, "", preview, Vec::new()))
}

/// `POST /{department}/fichiers/{id}/colonnes`: `go` is `preview` or `import`.
///
/// # Errors
/// As [`mapping`].
pub async fn choose(visit: Visit, place: Path<(String, String)>, form: Form) -> Answer {
    let (ctx, key) = (visit.ctx(), id(&place.1)?);
    let table = match inspect(&ctx, key).await {
        Ok(table) => table,
        Err(error) => return elsewhere(&visit, key, error).await,
    };
    let chosen: Vec<Field> = (0..table.headers.len()).map(|rank| asked(&form, rank)).collect();
    let name = form.get("profile_name").trim();
    let profile = profile(&table, &chosen, name);
    if form.get("go") == "import" {
        match read(&visit, key, profile.clone()).await {
            Ok(()) => return see_other(&visit.path(&format!("/fichiers/{key}"))),
            Err(error) => {
                let errors = vec![wrong(error)?];
                return unprocessable(&shown(&visit, key, &table, &chosen, name, Vec::new(), errors));
            }
        }
    }
    match previewed(&visit, key, &profile).await {
        Ok(preview) => page(&shown(&visit, key, &table, &chosen, name, preview, Vec::new())),
        Err(error) => {
            let errors = vec![wrong(error)?];
            unprocessable(&shown(&visit, key, &table, &chosen, name, Vec::new(), errors))
        }
    }
}

/// Names of the ways to read a spreadsheet: those of the département, then those that come with the program.
pub(super) async fn profile_names(visit: &Visit) -> Result<Vec<String>, Fail> {
    let known = profiles::list(&visit.ctx()).await?;
    Ok(known.into_iter().map(|named| named.profile.name).collect())
}

/// Keeps the profile when it has a name, then puts the file back in the queue.
async fn read(visit: &Visit, key: Uuid, profile: Profile) -> Result<(), ProfileError> {
    let ctx = visit.ctx();
    if profile.name.is_empty() {
        return start(&ctx, key, Reading::Once(profile)).await;
    }
    let name = profile.name.clone();
    profiles::save(&ctx, profile).await?;
    start(&ctx, key, Reading::Named(name)).await
}

async fn previewed(visit: &Visit, key: Uuid, profile: &Profile) -> Result<Vec<RowPreview>, ProfileError> {
    profiles::preview(&visit.ctx(), key, profile).await
}

fn proposed(table: &Inspection, rank: usize) -> Field {
    table.proposals.iter().find(|p| p.column == rank).map_or(Field::Ignore, |p| p.field)
}

/// The field that the form says of a column: its rank among all fields.
fn asked(form: &Form, rank: usize) -> Field {
    let chosen = form.get(&format!("column-{rank}")).parse::<usize>().ok();
    chosen.and_then(|n| Field::ALL.get(n).copied()).unwrap_or(Field::Ignore)
}

fn profile(table: &Inspection, fields: &[Field], name: &str) -> Profile {
    let column = |(header, field): (&String, &Field)| Column {
        header: header.clone(),
        field: *field,
        optional: false,
    };
    let read = table.headers.iter().zip(fields).filter(|(_, field)| **field != Field::Ignore);
    Profile { name: name.to_owned(), columns: read.map(column).collect() }
}

fn shown(
    visit: &Visit,
    key: Uuid,
    table: &Inspection,
    fields: &[Field],
    name: &str,
    preview: Vec<RowPreview>,
    errors: Vec<FieldError>,
) -> Mapping {
    let shell = visit.shell();
    let heads: Vec<Field> = preview.iter().find(|row| row.error.is_none()).map(heads).unwrap_or_default();
    let counts = t("intake-table").n("rows", table.rows).n("columns", table.headers.len()).to_string();
    Mapping {
        action: visit.path(&format!("/fichiers/{key}/colonnes")),
        file_name: table.file_name.clone(),
        summary: format!("{} {counts}", table.file_name),
        columns: fields.iter().enumerate().map(|(rank, field)| column(table, rank, *field)).collect(),
        profile_name: Mapping::profile_field(&shell, name, &errors),
        preview_heads: heads.iter().map(|field| field.label().to_owned()).collect(),
        preview: if heads.is_empty() {
            Vec::new()
        } else {
            preview.into_iter().map(|row| seen(row, heads.len())).collect()
        },
        errors,
        shell,
    }
}

fn heads(row: &RowPreview) -> Vec<Field> {
    row.cells.iter().map(|(field, _)| *field).collect()
}

fn column(table: &Inspection, rank: usize, field: Field) -> MappedColumn {
    let current =
        Field::ALL.iter().position(|known| *known == field).map(|n| n.to_string()).unwrap_or_default();
    let choices =
        Field::ALL.iter().enumerate().map(|(n, known)| Choice::new(&n.to_string(), known.label(), &current));
    let samples = table.samples.iter().filter_map(|row| row.get(rank)).filter(|cell| !cell.is_empty());
    let why = table.proposals.iter().find(|p| p.column == rank).map(|p| p.why.clone());
    MappedColumn {
        name: format!("column-{rank}"),
        header: table.headers.get(rank).cloned().unwrap_or_default(),
        letter: letter(rank),
        samples: samples.take(SAMPLES).cloned().collect(),
        choices: choices.collect(),
        reason: why.unwrap_or_default(),
    }
}

/// « A », « Z », « AA »: how spreadsheets name the column of this rank.
fn letter(rank: usize) -> String {
    let last = char::from(b'A' + u8::try_from(rank % 26).unwrap_or_default());
    if rank < 26 { last.to_string() } else { format!("{}{last}", letter(rank / 26 - 1)) }
}

/// A row as it would be read; what is wrong with it is said in its first cell, what is left out in its last one.
fn seen(row: RowPreview, width: usize) -> PreviewRow {
    let mut cells: Vec<PreviewCell> =
        row.cells.into_iter().map(|(_, text)| PreviewCell { text, error: None }).collect();
    cells.resize(width, PreviewCell { text: String::new(), error: None });
    if let Some(last) = cells.last_mut().filter(|_| !row.warnings.is_empty()) {
        last.error = Some(row.warnings.join(" "));
    }
    if let Some(first) = cells.first_mut().filter(|_| row.error.is_some()) {
        first.error = row.error;
    }
    let line = format::number(i64::try_from(row.line).unwrap_or(i64::MAX));
    PreviewRow { line, cells }
}

/// A file that does not wait for its columns: its report says where it stands.
async fn elsewhere(visit: &Visit, key: Uuid, error: ProfileError) -> Answer {
    let ProfileError::NotWaiting = error else { return Err(error.into()) };
    show::get(&visit.ctx(), key).await?;
    see_other(&visit.path(&format!("/fichiers/{key}")))
}

/// What is wrong in the form; other refusals have their own page.
fn wrong(error: ProfileError) -> Result<FieldError, Fail> {
    let field = match &error {
        ProfileError::Name | ProfileError::BuiltIn(_) => "profile_name",
        ProfileError::Twice(_) | ProfileError::Nobody | ProfileError::Missing(_) => "column-0",
        ProfileError::NotWaiting | ProfileError::Unknown(_) | ProfileError::Table(_) => "",
        ProfileError::Denied(_) | ProfileError::Store(_) => return Err(error.into()),
    };
    Ok(FieldError { field: field.to_owned(), text: error.to_string() })
}

impl From<ProfileError> for Fail {
    fn from(error: ProfileError) -> Self {
        match error {
            ProfileError::Denied(refused) => refused.into(),
            ProfileError::Store(error) => Self::store(&error),
            other => Self::Internal(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_do() {
        let named: Vec<String> = [0, 25, 26, 51, 52, 701, 702].map(letter).to_vec();
        assert_eq!(named, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
