//! The transfers of the département, and those of one person.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::people::transfer::{Direction, Standing};
use store::StoreError;
use store::people::one;
use store::people::transfer::{self, TransferRow};
use store::sealed::{TRANSFER_REASON, TRANSFER_RECEIPT};
use uuid::Uuid;

use super::{TransferError, department_name};
use crate::Context;
use crate::access::scope;

/// A transfer, as a page tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its identifier.
    pub id: Uuid,
    /// Which way.
    pub direction: Direction,
    /// Where it stands.
    pub standing: Standing,
    /// Whom.
    pub person: Uuid,
    /// First name and name.
    pub name: String,
    /// Name of the other département.
    pub other: String,
    /// The day.
    pub on: NaiveDate,
    /// The last day on which the file may be brought in.
    pub until: NaiveDate,
    /// The day before which the arrival is to be confirmed.
    pub confirm_by: Option<NaiveDate>,
    /// It should have been confirmed before today.
    pub late: bool,
    /// Why.
    pub reason: String,
    /// What to answer to who sent; for a person received here only.
    pub receipt: Option<String>,
    /// The day it ended, and by which means.
    pub closed: Option<(NaiveDate, String)>,
}

/// The transfers of the people whom the actor may pass or receive, those that wait first.
///
/// # Errors
/// [`TransferError::People`].
pub async fn passages(ctx: &Context) -> Result<Vec<Passage>, TransferError> {
    let scope = scope(ctx, Action::TransferPeople)?;
    let rows = transfer::all(ctx.db().read()).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.person_id).collect();
    let joined = ctx.shared().await?.joined.clone();
    let root = |id: Uuid| joined.get(&id).copied().unwrap_or(id);
    let roots: Vec<Uuid> = ids.iter().map(|id| root(*id)).collect();
    let people = one::seen(ctx.db().read(), &scope, ctx.today(), &roots).await?;
    let mut all = Vec::new();
    for row in rows {
        if let Some(person) = people.iter().find(|one| one.id == root(row.person_id)) {
            let name = format!("{} {}", person.first_name, person.last_name);
            all.push(passage(ctx, row, (person.id, name), person.confirm_by)?);
        }
    }
    Ok(all)
}

/// The transfers of these records, the most recent first; the receipt is told to who may receive people.
pub(crate) async fn of_person(
    ctx: &Context,
    records: &[Uuid],
    confirm_by: Option<NaiveDate>,
) -> Result<Vec<Passage>, StoreError> {
    let may = crate::access::permit(ctx, Action::ReceivePeople).is_ok();
    let rows = transfer::of(ctx.db().read(), records).await?;
    let told = |row: TransferRow| {
        let person = row.person_id;
        let mut one = passage(ctx, row, (person, String::new()), confirm_by)?;
        one.receipt = one.receipt.filter(|_| may);
        Ok(one)
    };
    rows.into_iter().map(told).collect()
}

fn passage(
    ctx: &Context,
    row: TransferRow,
    (person, name): (Uuid, String),
    confirm_by: Option<NaiveDate>,
) -> Result<Passage, StoreError> {
    let keys = ctx.db().keys();
    let standing = Standing::parse(&row.standing).unwrap_or(Standing::Waiting);
    let direction = Direction::parse(&row.direction).unwrap_or(Direction::Out);
    let receipt = match direction {
        Direction::In => Some(keys.decrypt_text(TRANSFER_RECEIPT.place, &row.receipt_sealed)?),
        Direction::Out => None,
    };
    let confirm_by = confirm_by.filter(|_| standing == Standing::Waiting);
    Ok(Passage {
        id: row.id,
        direction,
        standing,
        person,
        name,
        other: department_name(&row.other_department),
        on: row.made_on,
        until: row.expires_on,
        late: confirm_by.is_some_and(|day| day < ctx.today()),
        confirm_by,
        reason: keys.decrypt_text(TRANSFER_REASON.place, &row.reason_sealed)?,
        receipt,
        closed: row.closed_on.map(|day| (day, row.closed_how.unwrap_or_default())),
    })
}
