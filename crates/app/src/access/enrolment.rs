//! Setting up a second factor, its recovery codes, and its end.
//!
//! ```text
//! none ── begin ──▶ begun (a secret, shown) ── first right code ──▶ confirmed, ten recovery codes shown once
//!  ▲                                                                   │
//!  └────────── removed by its holder, or by an administrator ──────────┘
//! ```

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::access::permission::Action;
use domain::audit::Act;
use serde_json::json;
use store::access::second_factor::{self, SecondFactor};
use store::access::{account, session as sessions};
use store::sealed::SECOND_FACTOR;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::held::roles_on;
use super::permit::{Refused, permit};
use super::second_factor::{CODE_LENGTH, CODE_SIGNS, Candidate};
use super::session::{Opening, SessionActor, SignedIn, Stage, must_have_second_factor};
use super::tries::{self, Counted, TriesError};
use super::{password, secret, totp};
use crate::messages::{self, Kind, letters};
use crate::{App, Context, Department, audit};

/// Recovery codes of an account.
const CODES: usize = 10;
/// Bytes of their salt.
const SALT_BYTES: usize = 16;

/// Why the second factor stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum EnrolmentError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// A demo account has a public password; a second factor would lock the next visitor out.
    #[error("Les comptes de démonstration n’ont pas de double authentification.")]
    Demo,
    /// It is set up already.
    #[error("La double authentification est déjà en place.")]
    Already,
    /// It was not begun, or is not confirmed.
    #[error("La double authentification n’est pas en place.")]
    Absent,
    /// The code is not the one of this moment, or was used.
    #[error("Ce code n’est pas le bon. Attendez que l’application en montre un autre, puis recopiez-le.")]
    Code,
    /// Too many wrong codes.
    #[error("Trop d’essais. Attendez quelques minutes, puis recommencez.")]
    TooMany {
        /// Seconds until the next try.
        wait_seconds: u32,
    },
    /// One of their roles must have it.
    #[error("Votre rôle demande la double authentification : elle ne peut pas être retirée.")]
    Mandatory,
    /// Nobody has this account.
    #[error("Ce compte n’existe pas.")]
    NoAccount,
    /// An administrator may not help themself.
    #[error(
        "Demandez à une autre personne de l’administration de réinitialiser votre double authentification."
    )]
    Oneself,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<TriesError> for EnrolmentError {
    fn from(error: TriesError) -> Self {
        match error {
            TriesError::Empty(empty) => Self::TooMany { wait_seconds: empty.wait_seconds },
            TriesError::Store(error) => Self::Store(error),
        }
    }
}

/// Where somebody stands with their second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Enrolment {
    /// Nothing.
    None,
    /// Begun: what the app must read.
    Begun(ToRead),
    /// It counts.
    Confirmed {
        /// Since when.
        since: DateTime<Utc>,
        /// Recovery codes not used yet.
        codes_left: usize,
    },
}

/// What an authenticator app reads, in the drawing or typed.
#[derive(Clone, PartialEq, Eq)]
pub struct ToRead {
    /// `otpauth://totp/…`, for the drawing.
    pub address: String,
    /// The secret in groups of four.
    pub typed: String,
}

impl std::fmt::Debug for ToRead {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ToRead(•)")
    }
}

/// Ten codes, each valid once, shown once.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCodes(pub Vec<String>);

impl std::fmt::Debug for RecoveryCodes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RecoveryCodes({} •)", self.0.len())
    }
}

/// Where the holder of this session stands.
///
/// # Errors
/// When the database does not answer.
pub async fn enrolment(ctx: &Context, session: &SessionActor) -> Result<Enrolment, StoreError> {
    let (db, id) = (ctx.db(), session.account_id);
    let Some(factor) = second_factor::of(db, id).await? else { return Ok(Enrolment::None) };
    if let Some(since) = factor.confirmed_at {
        return Ok(Enrolment::Confirmed { since, codes_left: second_factor::codes_left(db, id).await? });
    }
    let key = db.keys().decrypt(SECOND_FACTOR.place, &factor.secret_sealed)?;
    let issuer = format!("Déclic {}", ctx.department.name);
    let address = totp::address(&key, &issuer, &session.email)?;
    Ok(Enrolment::Begun(ToRead { address, typed: totp::typed(&key) }))
}

/// Whether one of the roles of the holder must have a second factor.
///
/// # Errors
/// When the database does not answer.
pub async fn is_mandatory(ctx: &Context, session: &SessionActor) -> Result<bool, StoreError> {
    if session.demo {
        return Ok(false);
    }
    let roles = roles_on(ctx.db(), session.account_id, ctx.today()).await?;
    must_have_second_factor(&ctx.app, &ctx.department, &roles).await
}

/// Makes a secret to be read by an app; nothing is asked at the door until a first code was right.
///
/// # Errors
/// [`EnrolmentError::Demo`], [`EnrolmentError::Already`], or the database.
pub async fn begin_enrolment(ctx: &Context, session: &SessionActor) -> Result<(), EnrolmentError> {
    if session.demo {
        return Err(EnrolmentError::Demo);
    }
    let key = secret::random_bytes::<{ totp::SECRET_BYTES }>()?;
    let new = SecondFactor {
        account_id: session.account_id,
        secret_sealed: ctx.db().keys().encrypt(SECOND_FACTOR.place, &key)?,
        salt: Vec::new(),
        last_step: 0,
        created_at: ctx.now(),
        confirmed_at: None,
    };
    let tx = ctx.db().begin().await?;
    if confirmed(&tx, session.account_id).await?.is_some() {
        return Err(EnrolmentError::Already);
    }
    second_factor::begin(&tx, new).await?;
    Ok(tx.commit().await.map_err(StoreError::from)?)
}

/// Sets the second factor up with a first right code: from now on it is asked at the door. Other sessions end, this one
/// gets another cookie.
///
/// # Errors
/// [`EnrolmentError`].
pub async fn confirm_enrolment(
    app: &App,
    department: &Arc<Department>,
    session: &SessionActor,
    typed: &str,
) -> Result<(SignedIn, RecoveryCodes), EnrolmentError> {
    let (db, now, id) = (&department.db, app.clock.now(), session.account_id);
    let taken = tries::take(db, Counted::Code, &id.to_string(), now).await?;
    let factor = second_factor::of(db, id).await?.ok_or(EnrolmentError::Absent)?;
    if factor.confirmed_at.is_some() {
        return Err(EnrolmentError::Already);
    }
    let candidate = match Candidate::of(department, &factor, typed, now).await? {
        step @ Candidate::Step(_) => step,
        _ => Candidate::Wrong,
    };
    let account = account::by_id(db, id).await?.ok_or(EnrolmentError::NoAccount)?;
    let made = make_codes().await?;
    let opening = Opening::of(app, department, &account).await?;
    let tx = db.begin().await?;
    let same = second_factor::of_in(&tx, id).await?.is_some_and(|one| one == factor);
    if !same || !candidate.accept(&tx, id, now).await? {
        drop(tx);
        taken.failed(app, department, Act::ProofFailed, Some(id), json!({ "what": "enrolment" })).await?;
        return Err(EnrolmentError::Code);
    }
    taken.give_back(&tx, now).await?;
    second_factor::confirm(&tx, id, now).await?;
    second_factor::set_codes(&tx, id, made.salt, made.hashes).await?;
    sessions::delete_others(&tx, id, &session.session.0).await?;
    let opened = opening.complete(&tx, &session.session).await?;
    opening.record(&tx, Act::EnrolSecondFactor, json!({})).await?;
    if session.stage == Stage::Enrol {
        opening.record(&tx, Act::SignIn, json!({ "how": "password", "second_factor": "totp" })).await?;
    }
    let letter = letters::second_factor_added(app, department, &account);
    messages::queue(app, department, &tx, Kind::Notice, &letter).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok((opened, made.codes))
}

/// Replaces the recovery codes.
///
/// # Errors
/// [`EnrolmentError::Absent`], or the database.
pub async fn new_recovery_codes(
    ctx: &Context,
    session: &SessionActor,
) -> Result<RecoveryCodes, EnrolmentError> {
    let made = make_codes().await?;
    let tx = ctx.db().begin().await?;
    confirmed(&tx, session.account_id).await?.ok_or(EnrolmentError::Absent)?;
    second_factor::set_codes(&tx, session.account_id, made.salt, made.hashes).await?;
    audit::record(ctx, &tx, Act::MakeRecoveryCodes, None, None, json!({})).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(made.codes)
}

/// Removes one's own second factor, unless a role must have it.
///
/// # Errors
/// [`EnrolmentError`].
pub async fn remove_second_factor(ctx: &Context, session: &SessionActor) -> Result<(), EnrolmentError> {
    if is_mandatory(ctx, session).await? {
        return Err(EnrolmentError::Mandatory);
    }
    let tx = ctx.db().begin().await?;
    confirmed(&tx, session.account_id).await?.ok_or(EnrolmentError::Absent)?;
    end(ctx, &tx, session.account_id, "self").await?;
    Ok(tx.commit().await.map_err(StoreError::from)?)
}

/// Removes the second factor of somebody who lost their telephone and their codes; their sessions end, and they are told
/// by mail. An administrator does it, never for themself.
///
/// # Errors
/// [`EnrolmentError`].
pub async fn reset_second_factor(ctx: &Context, account_id: Uuid) -> Result<(), EnrolmentError> {
    permit(ctx, Action::ManageUsers)?;
    if ctx.actor.id == Some(account_id) {
        return Err(EnrolmentError::Oneself);
    }
    let tx = ctx.db().begin().await?;
    account::by_id_in(&tx, account_id).await?.ok_or(EnrolmentError::NoAccount)?;
    second_factor::of_in(&tx, account_id).await?.ok_or(EnrolmentError::Absent)?;
    sessions::delete_of_account(&tx, account_id).await?;
    end(ctx, &tx, account_id, "administrator").await?;
    Ok(tx.commit().await.map_err(StoreError::from)?)
}

async fn end(ctx: &Context, tx: &Tx, account_id: Uuid, by: &str) -> Result<(), StoreError> {
    second_factor::remove(tx, account_id).await?;
    let object = Some(account_id.to_string());
    audit::record(ctx, tx, Act::RemoveSecondFactor, None, object, json!({ "by": by })).await?;
    if let Some(account) = account::by_id_in(tx, account_id).await? {
        let letter = letters::second_factor_removed(&ctx.app, &ctx.department, &account);
        messages::queue(&ctx.app, &ctx.department, tx, Kind::Notice, &letter).await?;
    }
    Ok(())
}

async fn confirmed(tx: &Tx, account_id: Uuid) -> Result<Option<SecondFactor>, StoreError> {
    Ok(second_factor::of_in(tx, account_id).await?.filter(|one| one.confirmed_at.is_some()))
}

/// Codes, as they are shown and as they are kept.
struct Made {
    codes: RecoveryCodes,
    salt: Vec<u8>,
    hashes: Vec<Vec<u8>>,
}

async fn make_codes() -> Result<Made, StoreError> {
    let words = (0..CODES).map(|_| word()).collect::<Result<Vec<String>, _>>()?;
    let salt = secret::random_bytes::<SALT_BYTES>()?.to_vec();
    let hashes = password::stretch(words.clone(), salt.clone()).await?;
    let shown = words.iter().map(|word| in_groups(word)).collect();
    Ok(Made { codes: RecoveryCodes(shown), salt, hashes })
}

/// Twelve signs, five random bits each.
fn word() -> Result<String, StoreError> {
    let bytes = secret::random_bytes::<CODE_LENGTH>()?;
    let sign = |byte: u8| CODE_SIGNS.get(usize::from(byte % 32)).copied().map(char::from);
    Ok(bytes.into_iter().filter_map(sign).collect())
}

/// `abcd-efgh-jkmn`.
fn in_groups(word: &str) -> String {
    let signs: Vec<char> = word.chars().collect();
    signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}
