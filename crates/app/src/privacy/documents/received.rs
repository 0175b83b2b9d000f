//! A document that comes with a person from another département.

use domain::audit::Act;
use domain::privacy::document::{Kind, kept_name};
use exchange::transfer::Document;
use store::Tx;
use store::privacy::document::{self, DocumentRow};
use uuid::Uuid;

use super::add::Incoming;
use super::{DocumentError, LABEL, NAME, sealed};
use crate::Context;

impl Incoming {
    /// Begins a draft of a document that another département sent: nothing that it kept is left out because it is large.
    ///
    /// # Errors
    /// [`DocumentError::Io`].
    pub(crate) fn of_transfer(ctx: &Context) -> Result<Self, DocumentError> {
        Self::begin(ctx, Vec::new(), u64::MAX)
    }

    /// Keeps it in the transaction of the reception. Bytes already written stay alone when this one fails; the sweep ends them.
    ///
    /// # Errors
    /// [`DocumentError`].
    pub(crate) async fn keep_received(
        self,
        ctx: &Context,
        tx: &Tx,
        person: Uuid,
        told: &Document,
    ) -> Result<(), DocumentError> {
        let format = self.format.ok_or(DocumentError::Unknown)?;
        let object = self.object(ctx, ctx.app.ids.make(), format)?;
        let known = document::object_at(tx, &object.address).await?.map(|known| known.id);
        let object_id = known.unwrap_or(object.id);
        if known.is_none() {
            ctx.department.objects.put(&object.name, &self.path).await?;
            document::add_object(tx, object.clone()).await?;
        }
        let row = DocumentRow {
            id: ctx.app.ids.make(),
            person_id: person,
            object_id,
            kind: Kind::parse(&told.kind).unwrap_or(Kind::Other).code().to_owned(),
            visibility: told.visibility.clone(),
            name_sealed: sealed(ctx, NAME, &kept_name(&told.name))?,
            label_sealed: sealed(ctx, LABEL, &told.label)?,
            added_by: ctx.actor.id,
            added_at: told.added_at,
            removed_by: None,
            removed_at: None,
            removed_reason_sealed: None,
        };
        let detail = serde_json::json!({ "kind": row.kind, "format": object.format, "bytes": object.size });
        let id = row.id.to_string();
        document::add(tx, row).await?;
        crate::audit::record(ctx, tx, Act::AddDocument, Some(person), Some(id), detail).await?;
        Ok(())
    }
}
