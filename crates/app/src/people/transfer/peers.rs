//! The keys by which départements know each other.

use domain::access::permission::Action;
use domain::audit::Act;
use exchange::transfer::{KeyPair, PublicKey};
use serde_json::json;
use store::people::transfer::{self, PeerRow};
use store::{Db, StoreError};

use super::{TransferError, department_name};
use crate::access::permit;
use crate::{Context, audit};

/// Another département whose key is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What two people read to each other.
    pub fingerprint: String,
    /// It is served by this very program: nobody had to type its key.
    pub here: bool,
}

/// The key that other départements need to send people here. It is public.
///
/// # Errors
/// When the database does not answer.
pub async fn own_key(ctx: &Context) -> Result<PublicKey, StoreError> {
    Ok(pair(ctx.db(), &ctx.department.code).await?.public().clone())
}

/// Both keys of a département.
pub(super) async fn pair(db: &Db, code: &str) -> Result<KeyPair, StoreError> {
    Ok(KeyPair::of(code, &store::sealed::transfer_seed(db).await?))
}

/// The other départements whose key is known, by code.
///
/// # Errors
/// When the database does not answer.
pub async fn peers(ctx: &Context) -> Result<Vec<Peer>, StoreError> {
    let mut all = Vec::new();
    for row in transfer::peers(ctx.db().read()).await? {
        if let Ok(key) = PublicKey::parse(&row.public_key) {
            all.push(peer(&key, false));
        }
    }
    for other in ctx.app.departments().filter(|other| other.code != ctx.department.code) {
        if all.iter().all(|known| known.code != other.code) {
            all.push(peer(pair(&other.db, &other.code).await?.public(), true));
        }
    }
    all.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(all)
}

fn peer(key: &PublicKey, here: bool) -> Peer {
    let code = key.department.clone();
    Peer { name: department_name(&code), fingerprint: key.fingerprint(), code, here }
}

/// The key of another département: the one that somebody recorded, else that of one served by this very program.
pub(super) async fn key_of(ctx: &Context, code: &str) -> Result<PublicKey, TransferError> {
    let known = transfer::peers(ctx.db().read()).await?.into_iter().find(|row| row.department == code);
    if let Some(row) = known {
        return Ok(PublicKey::parse(&row.public_key)?);
    }
    match ctx.app.department(code) {
        Some(other) => Ok(pair(&other.db, code).await?.public().clone()),
        None => Err(TransferError::NoKey(format!("{code} ({})", department_name(code)))),
    }
}

/// Records the key of another département, as it was received; it replaces the one that was known.
///
/// # Errors
/// [`TransferError::Refused`] for what is not a key, [`TransferError::OwnKey`].
pub async fn save_peer(ctx: &Context, text: &str) -> Result<Peer, TransferError> {
    permit(ctx, Action::EditSettings)?;
    let key = PublicKey::parse(text)?;
    if key.department == ctx.department.code {
        return Err(TransferError::OwnKey);
    }
    if domain::reference::geo::department(&key.department).is_none() {
        return Err(exchange::transfer::TransferRefusal::Key.into());
    }
    let tx = ctx.db().begin().await?;
    let before = transfer::peers(&tx).await?.into_iter().find(|row| row.department == key.department);
    let before = before.and_then(|row| PublicKey::parse(&row.public_key).ok()).map(|key| key.fingerprint());
    let row = PeerRow {
        department: key.department.clone(),
        public_key: key.text(),
        recorded_by: ctx.actor.id,
        recorded_at: ctx.now(),
    };
    transfer::save_peer(&tx, row).await?;
    let detail = json!({
        "what": format!("clé de transfert {}", key.department),
        "before": before.unwrap_or_default(), "after": key.fingerprint(),
    });
    audit::record(ctx, &tx, Act::EditSettings, None, Some(key.department.clone()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(peer(&key, false))
}
