//! What a contract would be, before anybody types: its length and who signs from the programme, its commitments from the plan.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::access::side::Side;
use domain::access::visibility::Level;
use domain::diagnosis::action::{Status, Who};
use domain::engagement::contract::{Signatory, Stage};
use domain::engagement::terms::Text;
use domain::programmes::programme::Programme;
use domain::reference::diagnosis::action_of;
use domain::time::plus_days;
use store::diagnosis::action::{self, ActionRow};
use store::sealed::ACTION_LABEL;
use store::{StoreError, Tx, programmes};
use uuid::Uuid;

use super::record::{ContractError, find, subject_of, text_of};
use crate::Context;
use crate::access::hidden_accounts;
use crate::followup::Subject;
use crate::orientation::parameter_values;
use crate::programmes::version_of;

/// Months of a contract where the programme says nothing.
const USUAL_MONTHS: u32 = 6;
/// Weekly hours aimed at, where the parameter cannot be read (C. trav. L5411-6).
const USUAL_HOURS: u32 = 15;

/// What the programme of a person asks of contracts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Frame {
    /// The programme, by code.
    pub programme: Option<String>,
    /// Months of a contract.
    pub months: u32,
    /// Who leads validates.
    pub validation: bool,
    /// Who signs.
    pub signatories: Vec<Signatory>,
    /// Most days between two contacts.
    pub contact_days: Option<u32>,
    /// Weekly hours aimed at.
    pub target: u32,
}

/// An action of the plan that the person reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// What is done.
    pub label: String,
    /// By when.
    pub due_on: Option<NaiveDate>,
}

/// What the page of a contract begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// The programme, by code.
    pub programme: Option<String>,
    /// The first day.
    pub starts_on: NaiveDate,
    /// Months, where no text says more.
    pub months: u32,
    /// Weekly hours aimed at.
    pub target: u32,
    /// Who will sign.
    pub signatories: Vec<Signatory>,
    /// Who leads validates.
    pub validation: bool,
    /// Most days between two contacts.
    pub contact_days: Option<u32>,
    /// What the person does in the plan.
    pub person: Vec<Planned>,
    /// What those who accompany do in the plan.
    pub organisation: Vec<Planned>,
    /// What is written already: in the draft, or in the contract that this one follows.
    pub text: Option<Text>,
    /// The state of the draft that was read.
    pub revision: i64,
}

/// What a contract of this person begins with: a draft (`edited`), what follows another one (`after`), or nothing yet.
///
/// # Errors
/// [`ContractError`].
pub async fn proposed(
    ctx: &Context,
    person: Uuid,
    edited: Option<Uuid>,
    after: Option<Uuid>,
) -> Result<Proposed, ContractError> {
    let subject = subject_of(ctx, &[Action::WriteContract], person).await?;
    let tx = ctx.db().begin().await?;
    let frame = frame(ctx, &tx, &subject).await?;
    let mut found = Proposed {
        programme: frame.programme,
        starts_on: ctx.today(),
        months: frame.months,
        target: frame.target,
        signatories: frame.signatories,
        validation: frame.validation,
        contact_days: frame.contact_days,
        person: Vec::new(),
        organisation: Vec::new(),
        text: None,
        revision: 0,
    };
    if let Some(id) = edited.or(after) {
        let (row, _, contract) = find(&tx, &subject.records, id).await?;
        let mut text = text_of(ctx, &row)?;
        if edited.is_some() {
            if contract.stage != Stage::Draft {
                return Err(ContractError::SignedAlready);
            }
            (found.starts_on, found.revision) = (row.starts_on, row.revision);
        } else {
            // What follows begins the day after, or today for a contract that is over.
            found.starts_on = plus_days(contract.ends_on, 1).max(ctx.today());
            text.hours.until = None;
        }
        found.text = Some(text);
    } else {
        (found.person, found.organisation) = plan(ctx, &tx, &subject).await?;
    }
    tx.commit().await.map_err(StoreError::from)?;
    Ok(found)
}

/// What rules a contract of this person today.
pub(super) async fn frame(ctx: &Context, tx: &Tx, subject: &Subject) -> Result<Frame, StoreError> {
    let parameter = parameter_values(ctx, ctx.today()).await?;
    let target = parameter("contract.weekly_hours_target").and_then(|hours| u32::try_from(hours).ok());
    let mut frame = Frame {
        programme: None,
        months: USUAL_MONTHS,
        validation: false,
        signatories: Vec::new(),
        contact_days: None,
        target: target.unwrap_or(USUAL_HOURS),
    };
    let mut sides: Vec<Side> = Vec::new();
    for row in programmes::of(tx, &subject.records).await? {
        if !matches!(row.stage.as_str(), "active" | "paused") {
            continue;
        }
        let Some(programme) = version_of(tx, &row.programme, row.version).await? else { continue };
        sides.extend(&programme.sides);
        frame.take(&row.programme, &programme);
    }
    if sides.is_empty() {
        // Who may not be known of is not asked to sign either: the page would tell that they follow.
        let accounts: Vec<Uuid> = subject.referents.iter().map(|one| one.account_id).collect();
        let hidden = if subject.social() { Vec::new() } else { hidden_accounts(ctx, &accounts).await? };
        let known = subject.referents.iter().filter(|one| !hidden.contains(&one.account_id));
        sides = known.filter_map(|one| Side::parse(&one.side)).collect();
    }
    frame.signatories = Signatory::asked(&sides);
    Ok(frame)
}

impl Frame {
    /// The shortest contract and the shortest rhythm of those that the person follows; validated when one of them asks.
    fn take(&mut self, code: &str, programme: &Programme) {
        if let Some(terms) = programme.contract {
            let first = self.programme.is_none();
            self.months = if first { terms.months } else { self.months.min(terms.months) };
            self.validation |= terms.validation;
        }
        self.programme.get_or_insert_with(|| code.to_owned());
        self.contact_days = self.contact_days.into_iter().chain(programme.contact_days).min();
    }
}

/// The open actions that the person reads: theirs, and those of the organisation.
async fn plan(ctx: &Context, tx: &Tx, subject: &Subject) -> Result<(Vec<Planned>, Vec<Planned>), StoreError> {
    let (mut person, mut organisation) = (Vec::new(), Vec::new());
    for row in action::of(tx, &subject.records).await? {
        let open = Status::parse(&row.status).is_some_and(Status::is_open);
        if row.superseded_by.is_some() || !open || Level::parse(&row.level) != Some(Level::Person) {
            continue;
        }
        let one = Planned { label: label(ctx, &row)?, due_on: row.due_on };
        match Who::parse(&row.who) {
            Some(Who::Person) => person.push(one),
            Some(_) => organisation.push(one),
            None => {}
        }
    }
    Ok((person, organisation))
}

fn label(ctx: &Context, row: &ActionRow) -> Result<String, StoreError> {
    if let Some(known) = row.code.as_deref().and_then(action_of) {
        return Ok(known.label_fr.clone());
    }
    let open = |sealed: &Vec<u8>| ctx.db().keys().decrypt_text(ACTION_LABEL.place, sealed);
    Ok(row.label_sealed.as_ref().map(open).transpose()?.unwrap_or_default())
}
