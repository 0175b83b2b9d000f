//! People addressed to the platform (*adressage*), by prescribers, partners and those who follow somebody; and the answers.
//!
//! ```text
//! refer ──▶ the person waits to be oriented, with its mark in the queue ──▶ decide ─────────▶ « orientée le … »
//!   │                                                                 └──▶ answer_referral ─▶ one of four words
//!   └── what was sent, its state and nothing else ◀────────────────────────────────────────────┘
//! ```
//! Who sends learns nothing of the file: the same sentence answers for somebody known and for somebody unknown.

mod answer;
mod received;
mod send;
mod sent;

pub use answer::{AnswerReferralError, answer_referral};
pub(crate) use received::of_person;
pub use received::{Received, open_referral, referrals_received, referrals_waiting};
pub use send::{ReferError, ReferralInput, refer};
pub use sent::{Sent, count_referrals, referrals_sent};

use domain::people::contact::Phone;
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::orientation::referral::ReferralRow;
use store::sealed::{REFERRAL_IDENTITY, REFERRAL_REASON};

use crate::Context;

/// What who sent the person typed of them; sealed, and the only identity that is shown to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedIdentity {
    /// First name and name.
    pub name: String,
    /// Birth date.
    pub birth_date: chrono::NaiveDate,
    /// E.164.
    pub phone: String,
}

impl TypedIdentity {
    /// The telephone as it is dialled.
    pub fn phone(&self) -> Option<Phone> {
        Phone::parse(&self.phone)
    }
}

/// Identity and reason, in clear.
fn in_clear(ctx: &Context, row: &ReferralRow) -> Result<(TypedIdentity, String), StoreError> {
    let keys = ctx.db().keys();
    let typed = keys.decrypt_text(REFERRAL_IDENTITY.place, &row.identity_sealed)?;
    let typed = serde_json::from_str(&typed).map_err(|error| StoreError::Other(error.to_string()))?;
    Ok((typed, keys.decrypt_text(REFERRAL_REASON.place, &row.reason_sealed)?))
}
