//! Sign: one's own signature by a click, from a session of one's own; the others as they stand on the paper.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::access::side::Side;
use domain::engagement::contract::{Asked, Bar, Contract, Kind, Means, Signatory, day_on_paper};
use store::engagement::ContractRow;
use uuid::Uuid;

use super::draft::unchanged;
use super::record::{ContractError, NewAct, close, detail, digest, find, subject_of, text_of, write};
use crate::Context;
use crate::followup::{Subject, begin};

/// What is typed of signatures on paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HandInput {
    /// The day.
    pub day: Option<NaiveDate>,
    /// Who signed.
    pub who: Vec<Signatory>,
    /// The state of the contract that was read.
    pub revision: i64,
}

/// For which side the actor may sign this contract: one that is awaited and on which they follow the person.
fn own(subject: &Subject, contract: &Contract, asked: &Asked) -> Option<Signatory> {
    let mine = subject.referents.iter().filter(|one| one.account_id == subject.account);
    let sides: Vec<Side> = mine.filter_map(|one| Side::parse(&one.side)).collect();
    contract.missing(asked).find(|who| sides.iter().any(|side| who.is_of(*side)))
}

/// Signs, for the side on which the actor follows the person.
///
/// # Errors
/// [`ContractError`].
pub async fn sign(ctx: &Context, person: Uuid, id: Uuid, revision: i64) -> Result<(), ContractError> {
    let subject = subject_of(ctx, &[Action::WriteContract], person).await?;
    let tx = begin(ctx).await?;
    let (row, asked, contract) = find(&tx, &subject.records, id).await?;
    unchanged(&row, revision)?;
    let who = own(&subject, &contract, &asked).ok_or(Bar::Signature)?;
    contract.may(Kind::Signed, Some(who), &asked)?;
    let new = signed(ctx, &row, who, (Means::Account, ctx.today()))?;
    write(ctx, &tx, (id, row.person_id, subject.account), new).await?;
    close(ctx, tx, subject.row.id, id, detail(Kind::Signed.code(), who.code())).await
}

/// Records who signed on paper, and when.
///
/// # Errors
/// [`ContractError`].
pub async fn sign_by_hand(
    ctx: &Context,
    person: Uuid,
    id: Uuid,
    input: &HandInput,
) -> Result<(), ContractError> {
    let subject = subject_of(ctx, &[Action::WriteContract], person).await?;
    let day = day_on_paper(input.day, ctx.today());
    let day = day.ok_or(ContractError::Day("un jour passé, depuis trois mois au plus"))?;
    if input.who.is_empty() {
        return Err(ContractError::Nobody);
    }
    let tx = begin(ctx).await?;
    let (row, asked, contract) = find(&tx, &subject.records, id).await?;
    unchanged(&row, input.revision)?;
    for who in &input.who {
        contract.may(Kind::Signed, Some(*who), &asked)?;
        let new = signed(ctx, &row, *who, (Means::Hand, day))?;
        write(ctx, &tx, (id, row.person_id, subject.account), new).await?;
    }
    let who: Vec<&str> = input.who.iter().map(|one| one.code()).collect();
    close(ctx, tx, subject.row.id, id, detail(Kind::Signed.code(), &who.join(", "))).await
}

fn signed(
    ctx: &Context,
    row: &ContractRow,
    who: Signatory,
    (means, held_on): (Means, NaiveDate),
) -> Result<NewAct, ContractError> {
    let digest = digest(row, &text_of(ctx, row)?);
    Ok(NewAct { by: Some(who), means: Some(means), digest, ..NewAct::of(Kind::Signed, held_on) })
}
