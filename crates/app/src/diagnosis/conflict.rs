//! Two authors wrote at the same time: somebody who reads both chooses. What is not kept stays in the history.

use domain::access::permission::Action;
use domain::audit::Act;
use domain::diagnosis::field::Field;
use domain::diagnosis::merge::{Moved, settle as merge};
use serde_json::json;
use store::StoreError;
use uuid::Uuid;

use super::DiagnosisError;
use super::file::known;
use super::reach::subject;
use super::say::writable;
use super::write::Pen;
use crate::people::PeopleError;
use crate::{Context, audit};

/// What is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// One of them.
    One(Uuid),
    /// All of them, one after the other: texts only.
    All,
    /// Other words.
    Other(String),
}

/// Settles a conflict, for somebody who saw these values.
///
/// # Errors
/// [`Moved`] when others stand there now, or the choice is not one of them.
pub async fn settle(
    ctx: &Context,
    person: Uuid,
    theme: &str,
    field: &Field,
    seen: &[Uuid],
    choice: Choice,
) -> Result<(), DiagnosisError> {
    let subject = subject(ctx, Action::EditDiagnosis, person).await?;
    let theme = known(theme)?;
    let tx = ctx.db().begin().await?;
    let (diagnosis, _) = writable(&tx, &subject).await?;
    let mut pen = Pen::load(ctx, &tx, &subject, diagnosis, theme).await?;
    if !pen.may(field) {
        return Err(PeopleError::Unknown.into());
    }
    let register = pen.register(field)?;
    let old = merge(&register, seen)?;
    let standing = || register.iter().filter(|entry| old.contains(&entry.id));
    let value = match choice {
        Choice::One(id) => standing().find(|entry| entry.id == id).ok_or(Moved)?.value.clone(),
        Choice::All if field.is_text() => standing()
            .map(|entry| entry.value.as_str())
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join("\n\n"),
        Choice::All => return Err(Moved.into()),
        Choice::Other(text) => text,
    };
    // Two long texts one after the other may be longer than one: they are kept whole.
    let value = if standing().count() > 1 && field.is_text() {
        value
    } else {
        field.read(&value).map_err(|_| Moved)?
    };
    pen.choose(&tx, field.clone(), value, old).await?;
    let detail = json!({ "theme": theme.code, "fields": 1, "settled": true });
    audit::record(ctx, &tx, Act::WriteDiagnosis, Some(subject.row.id), None, detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
