//! Sealing the whole journal again, when the secret of the installation is replaced.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::block::{seal_of, stub_of};
use super::{Fault, head, verify_in};
use crate::crypto::KeyId;
use crate::db::Db;
use crate::entity::{journal_block, journal_head};
use crate::error::{Result, StoreError};

/// How many seals of the journal are under which keys: blocks, stubs and the head. `None` for a key without a name.
///
/// # Errors
/// When the database does not answer.
pub async fn seals(db: &Db) -> Result<Vec<(Option<KeyId>, u64)>> {
    let head = journal_head::Entity::find_by_id(head::ID).one(db.read()).await?;
    let of_head = head.filter(|head| head.seal.is_some()).map(|head| head.key_id.unwrap_or_default());
    let blocks = journal_block::Entity::find()
        .select_only()
        .columns([journal_block::Column::KeyId, journal_block::Column::StubKeyId])
        .into_tuple::<(Vec<u8>, Option<Vec<u8>>)>()
        .all(db.read())
        .await?;
    let of_blocks = blocks.into_iter().flat_map(|(key, stub)| [Some(key), stub]).flatten();
    let mut counts: Vec<(Option<KeyId>, u64)> = Vec::new();
    for key in of_head.into_iter().chain(of_blocks) {
        let key = KeyId::read(&key);
        match counts.iter_mut().find(|(known, _)| *known == key) {
            Some((_, count)) => *count += 1,
            None => counts.push((key, 1)),
        }
    }
    counts.sort();
    Ok(counts)
}

/// Seals every block, every stub and the head with the key in use, in one transaction, once the journal was read and
/// holds under the keys it was sealed with. The rows do not change.
///
/// A journal that does not hold keeps its old seals: the fault is returned.
///
/// # Errors
/// When the database refuses.
pub async fn reseal(db: &Db) -> Result<Option<Fault>> {
    let (tx, keys) = (db.begin().await?, db.keys());
    let mut head = head::lock(&tx, keys).await?;
    if let Some(fault) = verify_in(&tx, keys).await?.fault {
        tx.rollback().await?;
        return Ok(Some(fault));
    }
    let blocks = journal_block::Entity::find().order_by_asc(journal_block::Column::Number).all(&tx).await?;
    let mut last = None;
    for mut block in blocks {
        block.previous_seal = last.unwrap_or_default();
        block.key_id = keys.seal_key();
        block.seal = seal_of(keys, &block).ok_or(StoreError::Unreadable)?;
        block.stub_key_id = block.expired_at.map(|_| keys.seal_key());
        block.stub_seal = stub_of(keys, &block);
        journal_block::Entity::update_many()
            .set(journal_block::ActiveModel {
                previous_seal: Set(block.previous_seal.clone()),
                key_id: Set(block.key_id.clone()),
                seal: Set(block.seal.clone()),
                stub_key_id: Set(block.stub_key_id.clone()),
                stub_seal: Set(block.stub_seal.clone()),
                ..Default::default()
            })
            .filter(journal_block::Column::Number.eq(block.number))
            .exec(&tx)
            .await?;
        last = Some(block.seal);
    }
    head.block_seal = last;
    journal_head::Entity::update_many()
        .set(head::sealed(keys, head)?)
        .filter(journal_head::Column::Id.eq(head::ID))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(None)
}
