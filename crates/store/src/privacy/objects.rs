//! Where the sealed bytes of documents are: a folder of this machine, or a bucket of an S3 server.
//!
//! An object is written once under a name of its own, never changed, and appears whole or not at all (the folder gets a
//! draft that is renamed once it is safe on the disk; a bucket shows nothing before the last part was received). Nothing
//! is learnt from a name.

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

pub use super::bucket::Bucket;
use super::sealed::{FileKey, HEAD, Opening, sealed_size};
use crate::error::StoreError;

/// Bytes of an object kept in memory while it is written.
const BUFFER: usize = 8 * 1024 * 1024;

/// Most characters shown of what a server says.
const LONGEST_REASON: usize = 200;

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
        match (&error, plain(&error)) {
            (Error::NotFound { .. }, _) => Self::Missing,
            // What a server answers, or why it does not, is for `doctor`: it names machines.
            (_, Some(plain)) => Self::Away(plain.to_owned()),
            (other, None) => Self::Away(other.to_string()),
        }
    }
}

/// What is wrong with a server, in words that anybody may read.
fn plain(error: &Error) -> Option<&'static str> {
    match error {
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => {
            Some("les clés d’accès sont refusées")
        }
        Error::NotFound { .. } => Some("le seau n’existe pas"),
        // Only the words of the answer tell which, here.
        Error::Generic { store: "S3", source } => Some(match said(source.as_ref()) {
            answer if answer.contains("403 Forbidden") => "les clés d’accès sont refusées",
            answer if answer.contains("NoSuchBucket") => "le seau n’existe pas",
            _ => "le serveur S3 ne répond pas",
        }),
        _ => None,
    }
}

/// The innermost reason: what a server or the system said.
fn said(error: &(dyn std::error::Error + 'static)) -> String {
    let mut inner = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    inner.to_string()
}

impl From<std::io::Error> for ObjectError {
    fn from(error: std::io::Error) -> Self {
        match error.downcast::<Error>() {
            Ok(error) => error.into(),
            Err(error) => Self::Away(error.to_string()),
        }
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

    /// A bucket of an S3 server; nothing is asked of it yet.
    ///
    /// # Errors
    /// [`ObjectError::Away`] when its address cannot be read.
    pub fn in_bucket(bucket: &Bucket) -> Result<Self, ObjectError> {
        let prefix = Path::parse(bucket.prefix.trim_matches('/'));
        let prefix = prefix.map_err(|error| ObjectError::Away(error.to_string()))?;
        let inner = PrefixStore::new(bucket.client()?, prefix);
        Ok(Self { inner: Arc::new(inner), folder: None })
    }

    /// Whether something can be written, read, listed and deleted there.
    ///
    /// # Errors
    /// Why not, in the words of the place, for whoever administers it.
    pub async fn try_out(&self, name: &str) -> Result<(), String> {
        let path = Path::from(name);
        let tried = async {
            // First: some servers make the bucket with its first object.
            self.inner.list(None).try_next().await?;
            self.inner.put(&path, name.to_owned().into()).await?;
            let read = self.inner.get(&path).await?.bytes().await?;
            let listed = self.inner.list(None).try_next().await?.is_some();
            self.inner.delete(&path).await?;
            Ok::<_, Error>(listed && read == name.as_bytes())
        };
        match tried.await {
            Ok(true) => Ok(()),
            Ok(false) => Err("ce qui est écrit n’y est pas relu".to_owned()),
            Err(error) => Err(told(&error)),
        }
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

    /// The bytes of an object as they are kept, sealed; `None` when it is gone.
    ///
    /// # Errors
    /// [`ObjectError::Away`].
    pub async fn raw(&self, name: &str) -> Result<Option<Raw>, ObjectError> {
        match self.inner.get(&Path::from(name)).await.map_err(ObjectError::from) {
            Err(ObjectError::Missing) => Ok(None),
            Err(other) => Err(other),
            Ok(got) => Ok(Some(Raw { bytes: got.meta.size, stream: got.into_stream() })),
        }
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

/// Why a place does not work, for whoever administers it.
fn told(error: &Error) -> String {
    let said: String = said(error).chars().take(LONGEST_REASON).collect();
    match plain(error) {
        Some(plain) => format!("{plain} ; détail : {said}"),
        None => said,
    }
}

/// The bytes of an object as they are kept.
pub struct Raw {
    /// How many.
    pub bytes: u64,
    stream: BoxStream<'static, Result<bytes::Bytes, Error>>,
}

impl std::fmt::Debug for Raw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Raw({} bytes)", self.bytes)
    }
}

impl Raw {
    /// The next of them; `None` at the end.
    ///
    /// # Errors
    /// [`ObjectError::Away`].
    pub async fn next(&mut self) -> Result<Option<bytes::Bytes>, ObjectError> {
        Ok(self.stream.try_next().await?)
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
