//! What was done of a path, as items that travel: acts, courses in programmes, contacts; each text with its level.

use domain::access::visibility::Level;
use domain::people::transfer::travels;
use exchange::transfer::{Item, kind};
use store::programmes::EnrolmentActRow;
use store::sealed::{ENROLMENT_ACT, PATH_ACT, PATH_CONTACT};
use store::{StoreError, Tx, followup, programmes};
use uuid::Uuid;

use super::history::{Names, fact, item, opened, told};
use crate::Context;

/// The accounts that these items name.
pub(super) async fn accounts(tx: &Tx, records: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let mut ids: Vec<Uuid> = followup::of(tx, records).await?.iter().map(|one| one.account_id).collect();
    ids.extend(programmes::acts(tx, records).await?.iter().map(|one| one.account_id));
    ids.extend(programmes::contacts(tx, records).await?.iter().map(|one| one.account_id));
    Ok(ids)
}

/// Acts of the path, of courses, and contacts. A text that its author keeps stays; that it was done travels.
pub(super) async fn path(
    ctx: &Context,
    tx: &Tx,
    records: &[Uuid],
    names: &Names,
    all: &mut Vec<Item>,
) -> Result<(), StoreError> {
    for row in followup::of(tx, records).await? {
        let (level, text) = open(ctx, PATH_ACT.place, &row.level, row.text_sealed.as_ref())?;
        let facts = [
            told("act", Some(row.kind)),
            told("act_reason", Some(row.reason)),
            told("act_how", Some(row.how)),
            told("review_on", row.next_on.map(|day| day.to_string())),
            told("text", text),
        ];
        all.push(Item {
            at: Some(row.recorded_at),
            by: names.of(row.account_id),
            facts: facts.into_iter().flatten().collect(),
            ..item(kind::ACT, names.level(&[row.account_id], level), row.held_on)
        });
    }
    for row in programmes::contacts(tx, records).await? {
        let (level, text) = open(ctx, PATH_CONTACT.place, &row.level, row.text_sealed.as_ref())?;
        let facts = [
            told("means", Some(row.means)),
            told("outcome", Some(row.result)),
            told("subject", Some(row.subject)),
            told("text", text),
        ];
        all.push(Item {
            at: Some(row.recorded_at),
            by: names.of(row.account_id),
            facts: facts.into_iter().flatten().collect(),
            ..item(kind::EXCHANGE, names.level(&[row.account_id], level), row.held_on)
        });
    }
    let courses = programmes::of(tx, records).await?;
    for row in programmes::acts(tx, records).await? {
        let programme =
            courses.iter().find(|one| one.id == row.enrolment_id).map(|one| one.programme.clone());
        all.push(course(ctx, row, programme, names)?);
    }
    Ok(())
}

fn course(
    ctx: &Context,
    row: EnrolmentActRow,
    programme: Option<String>,
    names: &Names,
) -> Result<Item, StoreError> {
    let (level, text) = open(ctx, ENROLMENT_ACT.place, &row.level, row.text_sealed.as_ref())?;
    let facts = [
        programme.map(|code| fact("programmes", code)),
        told("course", Some(row.kind)),
        told("course_reason", Some(row.reason)),
        told("until", row.until_on.map(|day| day.to_string())),
        told("text", text),
    ];
    Ok(Item {
        at: Some(row.recorded_at),
        by: names.of(row.account_id),
        facts: facts.into_iter().flatten().collect(),
        ..item(kind::COURSE, names.level(&[row.account_id], level), row.held_on)
    })
}

/// The level at which it is told, and the text where it travels.
fn open(
    ctx: &Context,
    place: &str,
    code: &str,
    sealed: Option<&Vec<u8>>,
) -> Result<(Level, Option<String>), StoreError> {
    let level = Level::parse(code).unwrap_or(Level::Author);
    // That something was done is the team's; what was written has its own level.
    if sealed.is_none() {
        return Ok((Level::Team, None));
    }
    if travels(level) { Ok((level, opened(ctx, place, sealed)?)) } else { Ok((Level::Team, None)) }
}
