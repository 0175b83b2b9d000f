//! Add a document to a person's file.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::PathBuf;

use domain::access::permission::Action;
use domain::audit::Act;
use domain::privacy::document::{
    Format, Kind, LARGEST_MIB, LARGEST_PARAMETER, LONGEST_LABEL, PERSON_MIB, PERSON_PARAMETER, kept_name,
};
use sha2::{Digest as _, Sha256};
use store::privacy::document::{self, DocumentRow, ObjectRow};
use store::privacy::sealed::{FileKey, Sealing, Unsealed};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::{DocumentError, LABEL, NAME, limit, records, sealed};
use crate::Context;

/// Bytes in one MiB.
const MIB: u64 = 1024 * 1024;
/// How often the place of an object may be lost to somebody who adds or ends the same bytes at the same time.
const TRIES: usize = 5;

/// What is said of a document that is added.
#[derive(Debug, Clone, Default)]
pub struct Described {
    /// The name of the file, as the browser sent it.
    pub file_name: String,
    /// What it is about, by its code.
    pub kind: String,
    /// Its title; empty for the name of the file.
    pub label: String,
}

/// A document being received: sealed as it comes, with a key that is nowhere else. Dropped before its end, nothing
/// remains.
pub struct Incoming {
    records: Vec<Uuid>,
    pub(super) path: PathBuf,
    sealing: Option<Sealing<BufWriter<File>>>,
    key: FileKey,
    hash: Sha256,
    size: u64,
    largest_mib: u64,
    /// What its bytes are, once it is whole.
    pub(super) format: Option<Format>,
}

impl std::fmt::Debug for Incoming {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Incoming({} bytes)", self.size)
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // What cannot be removed is noise without its key; the sweep tries again.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Begins to receive a document of this person.
///
/// # Errors
/// [`DocumentError::People`] for one whom the actor may not see or change; [`DocumentError::Io`].
pub async fn receive(ctx: &Context, person: Uuid) -> Result<Incoming, DocumentError> {
    let records = records(ctx, person, Action::EditDocuments).await?;
    let largest_mib = limit(ctx, LARGEST_PARAMETER, LARGEST_MIB).await?;
    Incoming::begin(ctx, records, largest_mib)
}

impl Incoming {
    /// Begins a draft, which nobody but this program can read.
    pub(super) fn begin(ctx: &Context, records: Vec<Uuid>, largest_mib: u64) -> Result<Self, DocumentError> {
        let folder = ctx.department.incoming();
        std::fs::create_dir_all(&folder)?;
        let path = folder.join(ctx.app.ids.make().to_string());
        let key = FileKey::draw();
        let sealing = Sealing::begin(BufWriter::new(File::create(&path)?), &key)?;
        let format = None;
        Ok(Self {
            records,
            path,
            sealing: Some(sealing),
            key,
            hash: Sha256::new(),
            size: 0,
            largest_mib,
            format,
        })
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// [`DocumentError::TooLarge`], [`DocumentError::Io`].
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), DocumentError> {
        self.size += bytes.len() as u64;
        if self.size > self.largest_mib.saturating_mul(MIB) {
            return Err(DocumentError::TooLarge(self.largest_mib));
        }
        self.hash.update(bytes);
        if let Some(sealing) = &mut self.sealing {
            sealing.write(bytes)?;
        }
        Ok(())
    }

    /// The document is whole: it is recognised, kept and written down. Returns its identifier.
    ///
    /// # Errors
    /// [`DocumentError`]; nothing is kept then.
    pub async fn finish(mut self, ctx: &Context, said: Described) -> Result<Uuid, DocumentError> {
        let name = kept_name(&said.file_name);
        let label = said.label.trim();
        if label.chars().count() > LONGEST_LABEL {
            return Err(DocumentError::Label);
        }
        let kind = Kind::parse(&said.kind).ok_or(DocumentError::Kind)?;
        let format = self.close(&name).await?;
        let row = DocumentRow {
            id: ctx.app.ids.make(),
            person_id: self.records.first().copied().unwrap_or_default(),
            object_id: ctx.app.ids.make(),
            kind: kind.code().to_owned(),
            visibility: "team".to_owned(),
            name_sealed: sealed(ctx, NAME, &name)?,
            label_sealed: sealed(ctx, LABEL, label)?,
            added_by: ctx.actor.id,
            added_at: ctx.now(),
            removed_by: None,
            removed_at: None,
            removed_reason_sealed: None,
        };
        let object = self.object(ctx, row.object_id, format)?;
        self.keep(ctx, row, object).await
    }

    /// The bytes are all there: says what they are.
    ///
    /// # Errors
    /// [`DocumentError::Refusal`] for what may not be kept.
    pub(crate) async fn close(&mut self, name: &str) -> Result<Format, DocumentError> {
        if let Some(sealing) = self.sealing.take() {
            sealing.finish()?;
        }
        let format = self.recognise(name.to_owned()).await?;
        self.format = Some(format);
        Ok(format)
    }

    /// What the bytes are; they are read where they lie, sealed.
    async fn recognise(&self, name: String) -> Result<Format, DocumentError> {
        let (path, key, size) = (self.path.clone(), self.key.clone(), self.size);
        let judge = move || {
            let mut clear = Unsealed::open(BufReader::new(File::open(path)?), &key, size)?;
            Ok(exchange::document::recognise(&name, &mut clear)?)
        };
        tokio::task::spawn_blocking(judge).await.map_err(std::io::Error::other)?
    }

    pub(super) fn object(&self, ctx: &Context, id: Uuid, format: Format) -> Result<ObjectRow, DocumentError> {
        let hash = crate::intake::hex(&self.hash.clone().finalize());
        let address = super::address(ctx, &hash)?;
        let hexed = crate::intake::hex(&address);
        Ok(ObjectRow {
            id,
            name: format!("{}/{hexed}-{}", hexed.get(..2).unwrap_or_default(), id.simple()),
            address,
            format: format.code().to_owned(),
            size: i64::try_from(self.size).map_err(std::io::Error::other)?,
            key_sealed: self.key.wrap(ctx.db().keys())?,
            made_at: ctx.now(),
            dropped_at: None,
        })
    }

    /// Writes the object unless its bytes are kept already, then everything else in one transaction.
    async fn keep(&self, ctx: &Context, row: DocumentRow, object: ObjectRow) -> Result<Uuid, DocumentError> {
        let (objects, mut written) = (&ctx.department.objects, false);
        for _ in 0..TRIES {
            if !written && !document::knows_object(ctx.db(), &object.address).await? {
                objects.put(&object.name, &self.path).await?;
                written = true;
            }
            let tx = ctx.db().begin().await?;
            let kept = match document::object_at(&tx, &object.address).await? {
                Some(known) => known.id,
                None if written && document::add_object(&tx, object.clone()).await? => object.id,
                // Somebody kept or ended the same bytes between the two: look again.
                None => continue,
            };
            let named = DocumentRow { object_id: kept, ..row.clone() };
            self.write_down(ctx, &tx, named, &object).await?;
            tx.commit().await.map_err(StoreError::from)?;
            if written && kept != object.id {
                objects.delete(&object.name).await?;
            }
            return Ok(row.id);
        }
        Err(StoreError::Locked.into())
    }

    async fn write_down(
        &self,
        ctx: &Context,
        tx: &Tx,
        row: DocumentRow,
        object: &ObjectRow,
    ) -> Result<(), DocumentError> {
        let most = limit(ctx, PERSON_PARAMETER, PERSON_MIB).await?;
        if document::weight(tx, &self.records).await? + self.size > most.saturating_mul(MIB) {
            return Err(DocumentError::PersonFull(most));
        }
        let told = serde_json::json!({ "kind": row.kind, "format": object.format, "bytes": object.size });
        let (person, id) = (row.person_id, row.id.to_string());
        document::add(tx, row).await?;
        crate::audit::record(ctx, tx, Act::AddDocument, Some(person), Some(id), told).await?;
        Ok(())
    }
}
