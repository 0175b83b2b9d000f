//! Changing one's own password.

use std::sync::Arc;

use domain::access::password::{Holder, PasswordFault, check};
use domain::audit::Act;
use serde_json::json;
use store::StoreError;
use store::access::{account, session as sessions};

use super::choose_password::CHOOSE_PASSWORD;
use super::password;
use super::session::{Opening, SessionActor, SignedIn};
use super::sign_in::verify;
use super::tries::{self, Counted, TriesError};
use crate::messages::{self, Kind, letters};
use crate::{App, Department};

/// Why the password stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum ChangePasswordError {
    /// Not the password of today.
    #[error("Ce n’est pas votre mot de passe actuel.")]
    Current,
    /// Not accepted.
    #[error(transparent)]
    New(#[from] PasswordFault),
    /// The same again.
    #[error("C’est déjà votre mot de passe : choisissez-en un autre.")]
    Same,
    /// Everybody who visits the demonstration uses the same one.
    #[error("Le mot de passe d’un compte de démonstration ne change pas.")]
    Demo,
    /// Too many wrong passwords.
    #[error("Trop d’essais. Attendez quelques minutes, puis recommencez.")]
    TooMany {
        /// Seconds until the next try.
        wait_seconds: u32,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<TriesError> for ChangePasswordError {
    fn from(error: TriesError) -> Self {
        match error {
            TriesError::Empty(empty) => Self::TooMany { wait_seconds: empty.wait_seconds },
            TriesError::Store(error) => Self::Store(error),
        }
    }
}

/// Replaces the password of the holder of this session, who gives the present one; their other sessions and unused links
/// end, this session gets another cookie, and a letter tells them.
///
/// # Errors
/// [`ChangePasswordError`].
pub async fn change_password(
    app: &App,
    department: &Arc<Department>,
    session: &SessionActor,
    current: &str,
    new: &str,
) -> Result<SignedIn, ChangePasswordError> {
    if session.demo {
        return Err(ChangePasswordError::Demo);
    }
    let (db, now) = (&department.db, app.clock.now());
    let taken = tries::take(db, Counted::Password, &session.email, now).await?;
    let account = account::by_id(db, session.account_id).await?.ok_or(ChangePasswordError::Current)?;
    if !verify(app, Some(&account), current).await?.right {
        let detail = json!({ "what": "change_password" });
        taken.failed(app, department, Act::ProofFailed, Some(account.id), detail).await?;
        return Err(ChangePasswordError::Current);
    }
    let hash = match accepted(department, &account, current, new) {
        Ok(()) => password::hash(new.to_owned()).await?,
        Err(fault) => {
            let tx = db.begin().await?;
            taken.give_back(&tx, now).await?;
            tx.commit().await.map_err(StoreError::from)?;
            return Err(fault);
        }
    };
    let opening = Opening::of(app, department, &account).await?;
    let tx = db.begin().await?;
    taken.give_back(&tx, now).await?;
    account::set_password(&tx, account.id, hash).await?;
    account::drop_links(&tx, account.id, CHOOSE_PASSWORD).await?;
    sessions::delete_others(&tx, account.id, &session.session.0).await?;
    let renewed = opening.refresh(&tx, &session.session).await?;
    opening.record(&tx, Act::SetPassword, json!({ "how": "changed" })).await?;
    let letter = letters::password_changed(app, department, &account);
    messages::queue(app, department, &tx, Kind::Notice, &letter).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(renewed)
}

fn accepted(
    department: &Department,
    account: &account::Account,
    current: &str,
    new: &str,
) -> Result<(), ChangePasswordError> {
    if current == new {
        return Err(ChangePasswordError::Same);
    }
    let holder = Holder { email: &account.email, name: &account.name, department: &department.name };
    Ok(check(new, holder)?)
}
