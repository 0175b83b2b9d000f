//! A contract of before 2025 that is still in force: its dates alone, so that it is replaced in time.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::engagement::contract::{Kind, Means, Signatory, Stage};
use domain::engagement::terms::{Nature, check_length};
use serde_json::json;
use store::engagement::{self, ContractRow};
use uuid::Uuid;

use super::record::{ContractError, NewAct, close, codes, subject_of, write};
use crate::Context;
use crate::followup::begin;

/// What is typed of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OldInput {
    /// The first day.
    pub starts_on: Option<NaiveDate>,
    /// The last day.
    pub ends_on: Option<NaiveDate>,
}

/// Records a contract of before 2025 that is in force today.
///
/// # Errors
/// [`ContractError`].
pub async fn record_old(ctx: &Context, person: Uuid, input: OldInput) -> Result<Uuid, ContractError> {
    let subject = subject_of(ctx, &[Action::WriteContract, Action::DecideContract], person).await?;
    if subject.row.left_on.is_some() {
        return Err(ContractError::Left);
    }
    let today = ctx.today();
    let starts_on = input.starts_on.filter(|day| *day <= today);
    let starts_on = starts_on.ok_or(ContractError::Day("le contrat a commencé, au plus tard aujourd’hui"))?;
    let ends_on = input.ends_on.filter(|day| *day >= today);
    let ends_on =
        ends_on.ok_or(ContractError::Day("le contrat est encore en vigueur : sa fin est à venir"))?;
    check_length(starts_on, ends_on)?;
    let id = ctx.app.ids.make();
    let row = ContractRow {
        id,
        person_id: subject.row.id,
        nature: Nature::Cer.code().to_owned(),
        programme: None,
        starts_on,
        ends_on,
        weekly_hours: 0,
        lighter_until: None,
        signatories: codes(&[Signatory::Person]),
        validation: false,
        revision: 1,
        replaces_id: None,
        stage: Stage::Draft.code().to_owned(),
        signed_on: None,
        over_on: ends_on,
        text_sealed: None,
        account_id: subject.account,
        written_at: ctx.now(),
        created_at: ctx.now(),
    };
    let tx = begin(ctx).await?;
    engagement::add(&tx, row).await?;
    let signed = NewAct {
        by: Some(Signatory::Person),
        means: Some(Means::Hand),
        ..NewAct::of(Kind::Signed, starts_on)
    };
    write(ctx, &tx, (id, subject.row.id, subject.account), signed).await?;
    let told = json!({ "kind": Nature::Cer.code(), "starts_on": starts_on, "ends_on": ends_on });
    close(ctx, tx, subject.row.id, id, told).await?;
    Ok(id)
}
