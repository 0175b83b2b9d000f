//! Tries of an account, counted in the database: a restart forgets nothing, and every server counts the same.
//!
//! A try is taken, and committed, before the proof is looked at: a hundred at once are a hundred tries. Its key is a
//! keyed hash, of an e-mail as typed for instance, so that the table names nobody and an absent account is counted like
//! another. A database that does not answer lets nobody in.

use chrono::{DateTime, Utc};
use domain::access::attempts::{Bucket, Empty, Rule};
use domain::audit::Act;
use serde_json::{Value, json};
use store::access::attempt;
use store::{Db, StoreError, Tx};
use uuid::Uuid;

use super::actor::Actor;
use crate::{App, Department, audit};
use std::sync::Arc;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    /// Passwords of an account, at the door and when asked again.
    Password,
    /// Codes of an account whose password was right.
    Code,
    /// Links asked for an e-mail.
    Reset,
}

/// Why no try was granted.
#[derive(Debug, thiserror::Error)]
pub(super) enum TriesError {
    #[error("too many tries")]
    Empty(Empty),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A try that was granted and is already counted.
#[derive(Debug)]
pub(super) struct Taken {
    key: Vec<u8>,
    /// It was the last one.
    pub spent: bool,
}

impl Counted {
    fn rule(self) -> Rule {
        match self {
            Self::Password => Rule { tries: 10, refill_seconds: 60 },
            Self::Code => Rule { tries: 5, refill_seconds: 300 },
            Self::Reset => Rule { tries: 3, refill_seconds: 600 },
        }
    }

    fn place(self) -> &'static str {
        match self {
            Self::Password => "sign_in_try.password",
            Self::Code => "sign_in_try.code",
            Self::Reset => "sign_in_try.reset",
        }
    }
}

/// Takes a try of whoever `of` names: an e-mail, an account.
///
/// # Errors
/// [`TriesError::Empty`] when one must wait; [`TriesError::Store`] when the database does not answer.
pub(super) async fn take(db: &Db, what: Counted, of: &str, now: DateTime<Utc>) -> Result<Taken, TriesError> {
    let key = db.keys().index(what.place(), of);
    let tx = db.begin().await?;
    let bucket = attempt::lock(&tx, &key, now).await?;
    let taken = bucket.take(what.rule(), now).map_err(TriesError::Empty)?;
    attempt::keep(&tx, &key, taken).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(Taken { key, spent: taken.is_spent(what.rule()) })
}

impl Taken {
    /// The proof was right: the try does not count.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn give_back(&self, tx: &Tx, now: DateTime<Utc>) -> Result<(), StoreError> {
        let bucket: Bucket = attempt::lock(tx, &self.key, now).await?;
        attempt::keep(tx, &self.key, bucket.given_back()).await
    }

    /// Writes a failure down, and that the account is closed for a while when it was the last try. `account` is `None`
    /// when there is none: what was typed is not kept.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn failed(
        &self,
        app: &App,
        department: &Arc<Department>,
        act: Act,
        account: Option<Uuid>,
        detail: Value,
    ) -> Result<(), StoreError> {
        let ctx = app.context(department, Actor::system("connexion"));
        let object = || account.map(|id| id.to_string());
        let tx = department.db.begin().await?;
        audit::record(&ctx, &tx, act, None, object(), detail).await?;
        if self.spent {
            audit::record(&ctx, &tx, Act::LockSignIn, None, object(), json!({})).await?;
        }
        Ok(tx.commit().await?)
    }
}
