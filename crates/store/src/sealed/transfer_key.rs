//! The random bytes that the keys of the département for transfers are made from. They stay when the secrets of the
//! installation change: other départements know the public key by heart.

use chacha20poly1305::aead::OsRng;
use chacha20poly1305::aead::rand_core::RngCore as _;
use sea_orm::EntityTrait;
use sea_orm::sea_query::OnConflict;
use uuid::Uuid;

use super::SEALED_KEY;
use crate::db::Db;
use crate::entity::sealed_key;
use crate::error::{Result, StoreError};

/// The row that holds them.
const TRANSFER_KEY: Uuid = Uuid::from_u128(2);

/// Reads them, or draws them the first time.
///
/// # Errors
/// When the database does not answer, or the ring does not open them.
pub async fn transfer_seed(db: &Db) -> Result<[u8; 32]> {
    if let Some(known) = known(db).await? {
        return Ok(known);
    }
    let mut seed = [0u8; 32];
    OsRng.fill_bytes(&mut seed);
    let row: sealed_key::ActiveModel = sealed_key::Model {
        id: TRANSFER_KEY,
        name: "transfer".to_owned(),
        value_sealed: db.keys().encrypt(SEALED_KEY.place, &seed)?,
    }
    .into();
    let tx = db.begin().await?;
    // Two programs may draw at once: the first key stays.
    let keep = OnConflict::column(sealed_key::Column::Id).do_nothing().to_owned();
    sealed_key::Entity::insert(row).on_conflict(keep).exec_without_returning(&tx).await?;
    tx.commit().await?;
    known(db).await?.ok_or(StoreError::Unreadable)
}

async fn known(db: &Db) -> Result<Option<[u8; 32]>> {
    let Some(row) = sealed_key::Entity::find_by_id(TRANSFER_KEY).one(db.read()).await? else {
        return Ok(None);
    };
    let bytes = db.keys().decrypt(SEALED_KEY.place, &row.value_sealed)?;
    Ok(Some(bytes.try_into().map_err(|_| StoreError::Unreadable)?))
}
