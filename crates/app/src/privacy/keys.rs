//! The keys of what is sealed: how many values are under which, and from one to the next.

use std::io;
use std::path::Path;

use domain::audit::Act;
use serde::Serialize;
use store::crypto::KeyId;
use store::sealed::{self, Step, stream};
use store::{Db, StoreError};

use crate::Context;

/// How many values are under which keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyStatus {
    /// The keys that write.
    pub writes: String,
    /// The other keys of the ring, which are only read.
    pub reads: Vec<String>,
    /// Values, seals of the journal and waiting files that are not under the keys that write.
    pub remaining: u64,
    /// Each column, the journal, and the waiting files.
    pub places: Vec<PlaceStatus>,
}

/// Where values are sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaceStatus {
    /// `person.nir_sealed`; `journal` for its seals, `documents` for the files.
    pub place: String,
    /// How many values under each key.
    pub keys: Vec<Count>,
}

/// Values under one key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The key; `null` for a value sealed before keys had names.
    pub key: Option<String>,
    /// How many.
    pub values: u64,
}

/// Values under each key.
type Counts = Vec<(Option<KeyId>, u64)>;

/// How many values of the département are under which keys.
///
/// # Errors
/// When the database does not answer.
pub async fn status(ctx: &Context) -> Result<KeyStatus, StoreError> {
    status_of(ctx.db(), &ctx.department.documents).await
}

/// The same of a database and its folder of documents.
///
/// # Errors
/// When the database does not answer.
pub async fn status_of(db: &Db, documents: &Path) -> Result<KeyStatus, StoreError> {
    let mut places: Vec<(String, Counts)> = Vec::new();
    for found in sealed::remaining(db).await? {
        places.push((found.column.name(), found.keys));
    }
    places.push(("journal".to_owned(), store::audit::seals(db).await?));
    places.push(("documents".to_owned(), files(documents).map_err(|e| StoreError::Other(e.to_string()))?));
    let current = db.keys().current();
    let elsewhere = |(key, values): &(Option<KeyId>, u64)| if *key == Some(current) { 0 } else { *values };
    let remaining = places.iter().flat_map(|(_, keys)| keys).map(elsewhere).sum();
    let count = |(key, values): (Option<KeyId>, u64)| Count { key: key.map(|key| key.to_string()), values };
    Ok(KeyStatus {
        writes: current.to_string(),
        reads: db.keys().ids().iter().skip(1).map(ToString::to_string).collect(),
        remaining,
        places: places
            .into_iter()
            .map(|(place, keys)| PlaceStatus { place, keys: keys.into_iter().map(count).collect() })
            .collect(),
    })
}

/// The files of the folder of documents, by the key that sealed them.
fn files(documents: &Path) -> io::Result<Counts> {
    let mut keys = Counts::new();
    // Documents of people are not among them: a key of their own seals each, and the row that holds it is a sealed column.
    let mut folders = vec![documents.join("spool")];
    while let Some(folder) = folders.pop() {
        let entries = match std::fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            other => other?,
        };
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            // A waiting file may be read and removed meanwhile.
            let Ok(file) = std::fs::File::open(&path) else { continue };
            let key = stream::key_of(file)?;
            match keys.iter_mut().find(|(known, _)| *known == key) {
                Some((_, files)) => *files += 1,
                None => keys.push((key, 1)),
            }
        }
    }
    keys.sort();
    Ok(keys)
}

/// Begins a rotation, or goes on with the one under way; the journal keeps that it began.
///
/// # Errors
/// When the database does not answer.
pub async fn begin(ctx: &Context) -> Result<KeyStatus, StoreError> {
    let before = status(ctx).await?;
    sealed::begin(ctx.db(), ctx.now()).await?;
    tell(ctx, "begin", &before).await?;
    Ok(before)
}

/// Seals one batch again.
///
/// # Errors
/// When the database does not answer, or a key is missing in the ring.
pub async fn step(ctx: &Context) -> Result<Step, StoreError> {
    let step = sealed::step(ctx.db(), ctx.now()).await?;
    if let Step::Resealed(values) = step {
        tracing::info!(department = ctx.department.code, keys.values = values, "sealed again");
    }
    Ok(step)
}

/// Seals the journal again, so that the old secret may go, and says there how the rotation ended. A journal that does not
/// hold keeps its old seals.
///
/// # Errors
/// When the database does not answer.
pub async fn end(ctx: &Context) -> Result<KeyStatus, StoreError> {
    let current = Some(ctx.db().keys().current());
    if store::audit::seals(ctx.db()).await?.iter().any(|(key, _)| *key != current)
        && let Some(fault) = store::audit::reseal(ctx.db()).await?
    {
        tracing::error!(department = ctx.department.code, journal.fault = %fault, "the journal is not sealed again");
    }
    let after = status(ctx).await?;
    tell(ctx, "end", &after).await?;
    Ok(after)
}

async fn tell(ctx: &Context, what: &str, status: &KeyStatus) -> Result<(), StoreError> {
    let tx = ctx.db().begin().await?;
    let detail = serde_json::json!({ "step": what, "key": status.writes, "remaining": status.remaining });
    crate::audit::record(ctx, &tx, Act::RotateKeys, None, None, detail).await?;
    Ok(tx.commit().await?)
}
