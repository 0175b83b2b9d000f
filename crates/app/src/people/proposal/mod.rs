//! People proposed to a structure, and what it answers (`product.md` § 4.10, `rules.md` § 4).
//!
//! ```text
//! a referent or a coach ── propose ──▶ the structure sees names and what was ticked ── answer ──▶ accepted, declined
//!                      └── end ──────▶ at once, nobody there sees the person any more
//! ```
//!
//! Partners reach people by this door only (`access::proposed`); each reading leaves a row in the journal of the person.

mod answer;
mod end;
mod of_person;
mod propose;
mod proposed;

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::proposal::{Reply, Shared, Standing};
use store::StoreError;
use store::access::account::name_of;
use store::people::proposal::ProposalRow;
use store::sealed::{PROPOSAL, PROPOSAL_ANSWER};
use uuid::Uuid;

pub use answer::{AnswerError, AnswerInput, answer};
pub use end::end_proposal;
pub(super) use of_person::{hidden_in_journal, of_person, proposable};
pub use propose::{ProposalInput, ProposeError, propose};
pub use proposed::{Proposed, ProposedLine, count_proposed, open_proposed, proposed_to_me};

use crate::Context;

/// A proposal, as the professionals of the person read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its identifier.
    pub id: Uuid,
    /// Name of the structure.
    pub structure: String,
    /// Who proposed.
    pub author: String,
    /// What was written to the structure.
    pub text: String,
    /// What it sees beside the names.
    pub shares: Vec<Shared>,
    /// First day.
    pub since: NaiveDate,
    /// Last day, included.
    pub until: NaiveDate,
    /// The day on which it was ended.
    pub ended_on: Option<NaiveDate>,
    /// Where it stands today.
    pub standing: Standing,
    /// What the structure answered.
    pub answer: Option<Answered>,
}

/// What a structure answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Yes or no.
    pub reply: Reply,
    /// Why; may be empty.
    pub text: String,
    /// Who answered.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What was written to the structure.
fn text(ctx: &Context, row: &ProposalRow) -> Result<String, StoreError> {
    ctx.db().keys().decrypt_text(PROPOSAL.place, &row.text_sealed)
}

/// What the structure answered, by whom among `names`.
fn answered(
    ctx: &Context,
    row: &ProposalRow,
    names: &[(Uuid, String)],
) -> Result<Option<Answered>, StoreError> {
    let reply = row.answer.as_deref().and_then(Reply::parse);
    let Some((reply, at)) = reply.zip(row.answered_at) else { return Ok(None) };
    let sealed = row.answer_text_sealed.as_ref();
    let text = sealed.map(|sealed| ctx.db().keys().decrypt_text(PROPOSAL_ANSWER.place, sealed));
    let by = row.answered_by.and_then(|id| name_of(names, id)).unwrap_or_default();
    Ok(Some(Answered { reply, text: text.transpose()?.unwrap_or_default(), by, at }))
}
