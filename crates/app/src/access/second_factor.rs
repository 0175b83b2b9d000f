//! The second factor at the door: a code of an authenticator app, or a recovery code.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::audit::Act;
use serde_json::json;
use store::access::account;
use store::access::second_factor::{self, SecondFactor};
use store::sealed::SECOND_FACTOR;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::limiter::AddressLimiter;
use super::session::{Opening, SessionActor, SignedIn, Stage};
use super::sign_in::ProofError;
use super::tries::{self, Counted};
use super::visitor::Visitor;
use super::{password, totp};
use crate::{App, Department};

/// Signs of a recovery code: no letter that looks like a digit.
pub(super) const CODE_SIGNS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

/// Signs in a recovery code: sixty random bits, kept by a hash that costs.
pub(super) const CODE_LENGTH: usize = 12;

/// Digits in a code of an app.
const APP_DIGITS: usize = 6;

/// What a proof that was typed may be; whether it is one is settled in the transaction that uses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Candidate {
    /// The code of this step of time.
    Step(i64),
    /// A recovery code, as the database keeps it.
    Recovery(Vec<u8>),
    /// The password, already found right.
    Password,
    /// Nothing that could be right.
    Wrong,
}

impl Candidate {
    /// Whether what was typed has the form of a code of an app rather than of a password.
    pub(super) fn looks_like_a_code(typed: &str) -> bool {
        let signs = signs(typed);
        signs.len() == APP_DIGITS && signs.bytes().all(|b| b.is_ascii_digit())
    }

    /// Reads what was typed: a code of the app, or a recovery code.
    ///
    /// # Errors
    /// When the secret cannot be opened.
    pub(super) async fn of(
        department: &Department,
        factor: &SecondFactor,
        typed: &str,
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        if Self::looks_like_a_code(typed) {
            let secret = department.db.keys().decrypt(SECOND_FACTOR.place, &factor.secret_sealed)?;
            return Ok(totp::step_of(&secret, &signs(typed), now).map_or(Self::Wrong, Self::Step));
        }
        let word = signs(typed);
        if word.len() != CODE_LENGTH {
            return Ok(Self::Wrong);
        }
        let mut hashes = password::stretch(vec![word], factor.salt.clone()).await?;
        Ok(hashes.pop().map_or(Self::Wrong, Self::Recovery))
    }

    /// Uses the proof, once only; false when it is wrong or was used.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn accept(
        &self,
        tx: &Tx,
        account_id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        match self {
            Self::Step(step) => second_factor::use_step(tx, account_id, *step).await,
            Self::Recovery(hash) => second_factor::use_code(tx, account_id, hash, now).await,
            Self::Password => Ok(true),
            Self::Wrong => Ok(false),
        }
    }

    /// The word of the journal.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Step(_) => "totp",
            Self::Recovery(_) => "recovery_code",
            Self::Password => "password",
            Self::Wrong => "nothing",
        }
    }
}

/// What counts in a code: letters, in small, and digits; blanks and dashes only help to read.
fn signs(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// Opens wholly a session whose password was right, with a code that was not used before.
///
/// # Errors
/// [`ProofError`].
pub async fn pass_second_factor(
    app: &App,
    department: &Arc<Department>,
    limiter: &AddressLimiter,
    session: &SessionActor,
    typed: &str,
    visitor: Visitor<'_>,
) -> Result<SignedIn, ProofError> {
    let (db, now, id) = (&department.db, app.clock.now(), session.account_id);
    if session.stage != Stage::SecondFactor {
        return Err(ProofError::Wrong);
    }
    let attempt = limiter.begin(visitor.address)?;
    let taken = tries::take(db, Counted::Code, &id.to_string(), now).await?;
    let account = account::by_id(db, id).await?.filter(|one| one.disabled_at.is_none());
    let account = account.ok_or(ProofError::Wrong)?;
    let candidate = match second_factor::of(db, id).await? {
        Some(factor) if factor.confirmed_at.is_some() => {
            Candidate::of(department, &factor, typed, now).await?
        }
        _ => Candidate::Wrong,
    };
    let opening = Opening::of(app, department, &account).await?;
    let tx = db.begin().await?;
    if !candidate.accept(&tx, id, now).await? {
        drop(tx);
        let detail = json!({ "what": "second_factor" });
        taken.failed(app, department, Act::ProofFailed, Some(id), detail).await?;
        return Err(ProofError::Wrong);
    }
    taken.give_back(&tx, now).await?;
    let opened = opening.complete(&tx, &session.session).await?;
    let detail = json!({ "how": "password", "second_factor": candidate.code() });
    opening.record(&tx, Act::SignIn, detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    attempt.succeeded();
    Ok(opened)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_however_they_are_written() {
        assert_eq!(signs(" AB2c-3d4e f5g6 "), "ab2c3d4ef5g6");
        assert!(Candidate::looks_like_a_code("123 456"));
        assert!(!Candidate::looks_like_a_code("1234567"));
        assert!(!Candidate::looks_like_a_code("abc def"));
    }

    #[test]
    fn a_recovery_code_has_sixty_bits() {
        let different: std::collections::BTreeSet<u8> = CODE_SIGNS.iter().copied().collect();
        assert_eq!(different.len(), 32);
        assert_eq!(CODE_LENGTH * 5, 60);
    }
}
