//! Where the sealed bytes of documents are: a folder of this machine.
//!
//! An object is written once under a name of its own, never changed, and appears whole or not at all (the folder gets a
//! draft that is renamed once it is safe on the disk). Nothing is learnt from a name.

use std::path::{Path as FsPath, PathBuf};
use std::sync::Arc;

use bytes::BytesMut;
use chrono::{DateTime, Utc};
use futures_util::TryStreamExt as _;
use futures_util::stream::BoxStream;
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{Error, ObjectMeta, ObjectStore, ObjectStoreExt as _};
use tokio::io::AsyncWriteExt as _;

use super::sealed::{FileKey, HEAD, Opening, sealed_size};
use crate::error::StoreError;

/// Bytes of an object kept in memory while it is written.
const BUFFER: usize = 8 * 1024 * 1024;

/// Why the bytes of a document cannot be given or kept.
#[derive(Debug, thiserror::Error)]
pub enum ObjectError {
    /// The row names an object that is not there.
    #[error(
        "Les octets de ce document ne sont plus là où ils étaient gardés. Prévenez l’administration : une sauvegarde les contient peut-être."
    )]
    Missing,
    /// The object is not the one that was written.
    #[error(
        "Les octets de ce document ont été changés, coupés ou échangés : ils ne sont pas montrés. Prévenez l’administration."
    )]
    Changed,
    /// The folder or the server does not answer.
    #[error(
        "Le lieu où les documents sont gardés ne répond pas ({0}). Réessayez ; si cela dure, prévenez l’administration."
    )]
    Away(String),
}

impl From<Error> for ObjectError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound { .. } => Self::Missing,
            other => Self::Away(other.to_string()),
        }
    }
}

impl From<std::io::Error> for ObjectError {
    fn from(error: std::io::Error) -> Self {
        Self::Away(error.to_string())
    }
}

impl From<StoreError> for ObjectError {
    fn from(_: StoreError) -> Self {
        Self::Changed
    }
}

/// An object as the place tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its name.
    pub name: String,
    /// Its size, sealed.
    pub bytes: u64,
    /// When it was written.
    pub written_at: DateTime<Utc>,
}

/// The place of a département's objects.
#[derive(Debug, Clone)]
pub struct Objects {
    inner: Arc<dyn ObjectStore>,
    folder: Option<PathBuf>,
}

impl Objects {
    /// A folder of this machine; it is made with the first object.
    ///
    /// # Errors
    /// [`ObjectError::Away`] when the path cannot be named.
    pub fn in_folder(folder: &FsPath) -> Result<Self, ObjectError> {
        let folder: PathBuf = std::path::absolute(folder)?;
        let prefix = Path::from_absolute_path(&folder).map_err(|e| ObjectError::Away(e.to_string()))?;
        let inner = PrefixStore::new(LocalFileSystem::new().with_fsync(true), prefix);
        Ok(Self { inner: Arc::new(inner), folder: Some(folder) })
    }

    /// The folder of this machine, when that is the place.
    pub fn folder(&self) -> Option<&FsPath> {
        self.folder.as_deref()
    }

    /// Copies a sealed file of this machine under `name`.
    ///
    /// # Errors
    /// [`ObjectError::Away`]; nothing of the object remains then.
    pub async fn put(&self, name: &str, file: &FsPath) -> Result<(), ObjectError> {
        let mut from = tokio::fs::File::open(file).await?;
        let mut to = BufWriter::with_capacity(Arc::clone(&self.inner), Path::from(name), BUFFER);
        match tokio::io::copy(&mut from, &mut to).await {
            Ok(_) => Ok(to.shutdown().await?),
            Err(error) => {
                let _ = to.abort().await;
                Err(error.into())
            }
        }
    }

    /// Begins to read a document of `size` clear bytes; its first piece is already known to be good.
    ///
    /// # Errors
    /// [`ObjectError`].
    pub async fn open(&self, name: &str, key: &FileKey, size: u64) -> Result<Reading, ObjectError> {
        let got = self.inner.get(&Path::from(name)).await?;
        if got.meta.size != sealed_size(size) {
            return Err(ObjectError::Changed);
        }
        let mut source = Source { stream: got.into_stream(), held: BytesMut::new() };
        let head = source.take(HEAD).await?;
        let mut reading = Reading { opening: Opening::begin(key, &head, size)?, source, first: None };
        reading.first = reading.read().await?;
        Ok(reading)
    }

    /// Every object, in no order.
    pub fn list(&self) -> Listing {
        Listing(self.inner.list(None))
    }

    /// Deletes an object; one that is gone already is no fault.
    ///
    /// # Errors
    /// [`ObjectError::Away`].
    pub async fn delete(&self, name: &str) -> Result<(), ObjectError> {
        match self.inner.delete(&Path::from(name)).await.map_err(ObjectError::from) {
            Err(ObjectError::Missing) => Ok(()),
            other => other,
        }
    }
}

/// The objects of a place, one after the other.
pub struct Listing(BoxStream<'static, Result<ObjectMeta, Error>>);

impl std::fmt::Debug for Listing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Listing(•)")
    }
}

impl Listing {
    /// The next object; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Found, ObjectError>> {
        let found = self.0.try_next().await.transpose()?;
        Some(found.map_err(ObjectError::from).map(|meta| Found {
            name: meta.location.to_string(),
            bytes: meta.size,
            written_at: meta.last_modified,
        }))
    }
}

/// The bytes of an object as they come, in lengths that nobody chose.
struct Source {
    stream: BoxStream<'static, Result<bytes::Bytes, Error>>,
    held: BytesMut,
}

impl Source {
    async fn take(&mut self, length: usize) -> Result<BytesMut, ObjectError> {
        while self.held.len() < length {
            let Some(more) = self.stream.try_next().await? else { return Err(ObjectError::Changed) };
            self.held.extend_from_slice(&more);
        }
        Ok(self.held.split_to(length))
    }
}

/// A document being read, one piece in memory at a time.
pub struct Reading {
    opening: Opening,
    source: Source,
    first: Option<Vec<u8>>,
}

impl std::fmt::Debug for Reading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Reading(•)")
    }
}

impl Reading {
    /// The next clear bytes; `None` when the whole document was given and was as it was written.
    ///
    /// # Errors
    /// [`ObjectError`].
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, ObjectError> {
        match self.first.take() {
            Some(first) => Ok(Some(first)),
            None => self.read().await,
        }
    }

    async fn read(&mut self) -> Result<Option<Vec<u8>>, ObjectError> {
        let Some(wants) = self.opening.wants() else { return Ok(None) };
        let sealed = self.source.take(wants).await?;
        Ok(Some(self.opening.open(&sealed)?))
    }
}
