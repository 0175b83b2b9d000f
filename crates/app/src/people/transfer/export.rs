//! Make the file that passes a person to another département; the path ends here by it.

use chrono::NaiveDate;
use domain::access::visibility::Level;
use domain::agenda::appointment::Status;
use domain::audit::Act;
use domain::people::transfer::{
    CONFIRM_DAYS, CONFIRM_PARAMETER, Direction, FILE_DAYS, FILE_PARAMETER, LONGEST_REASON, SHORTEST_REASON,
    Standing, receipt,
};
use domain::time::plus_days;
use exchange::transfer::{Header, Office, Package, VERSION, kind, seal};
use serde_json::json;
use store::agenda::appointment;
use store::intake::{files, record};
use store::orientation::{call, decision};
use store::people::transfer::{self, TransferRow};
use store::people::{PersonRow, one};
use store::sealed::{TRANSFER_REASON, TRANSFER_RECEIPT};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::peers::{Peer, key_of, pair, peers};
use super::{TransferError, days, department_name, gather, history, person};
use crate::access::secret::random_bytes;
use crate::intake::run::Settings;
use crate::intake::standing::derive;
use crate::people::PeopleError;
use crate::{Context, audit};

/// What is typed of a transfer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TransferInput {
    /// Code of the département where the person goes.
    pub to: String,
    /// Why.
    pub reason: String,
}

/// A file that was made. It is nowhere else: lost, the transfer is cancelled and made again.
#[derive(Debug, Clone)]
pub struct Made {
    /// The transfer.
    pub id: Uuid,
    /// How the file is called; it names nobody.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The last day on which it may be brought in.
    pub until: NaiveDate,
}

/// How many of each thing would leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    /// A word of [`kind`], or `contact`, `document`, `tag`.
    pub kind: &'static str,
    /// How many.
    pub count: usize,
}

/// What would leave and what would not.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Whom.
    pub row: PersonRow,
    /// What would leave.
    pub leaves: Vec<Leaving>,
    /// A NIR would leave.
    pub nir: bool,
    /// Appointments to come, which stay in the agenda of here until somebody cancels them.
    pub upcoming: usize,
    /// The départements whose key is known.
    pub peers: Vec<Peer>,
    /// Days in which the file may be brought in, and in which the arrival is to be confirmed.
    pub days: (i64, i64),
}

/// What would leave with a person. How many notes their authors keep for themselves is not told.
///
/// # Errors
/// [`TransferError::People`], [`TransferError::AlreadyLeft`].
pub async fn preview(ctx: &Context, id: Uuid) -> Result<Preview, TransferError> {
    let (row, records) = person(ctx, id).await?;
    if row.left_on.is_some() {
        return Err(TransferError::AlreadyLeft);
    }
    let tx = ctx.db().begin().await?;
    let (tags, numbers) = gather::labels(&tx, &records).await?;
    let items = history::items(ctx, &tx, &row, &records, numbers).await?;
    let contacts = gather::contacts(ctx, &tx, &records).await?;
    let documents = store::privacy::document::of_people(&tx, &records).await?;
    let documents = documents.iter().filter(|one| one.row.removed_at.is_none());
    let documents = documents.filter(|one| one.row.visibility != Level::Author.code()).count();
    let booked = appointment::of_people(&tx, &records).await?;
    drop(tx);
    let of =
        |kind: &'static str| Leaving { kind, count: items.iter().filter(|one| one.kind == kind).count() };
    let mut leaves: Vec<Leaving> = kind::ALL.into_iter().map(of).collect();
    leaves.push(Leaving { kind: "contact", count: contacts.len() });
    leaves.push(Leaving { kind: "document", count: documents });
    leaves.push(Leaving { kind: "tag", count: tags.len() });
    leaves.retain(|one| one.count > 0);
    Ok(Preview {
        nir: row.nir_sealed.is_some(),
        leaves,
        upcoming: booked.iter().filter(|one| one.status == Status::Upcoming.code()).count(),
        peers: peers(ctx).await?,
        days: (
            days(ctx, FILE_PARAMETER, FILE_DAYS).await?,
            days(ctx, CONFIRM_PARAMETER, CONFIRM_DAYS).await?,
        ),
        row,
    })
}

/// Makes the file. In the same transaction the decision in force ends, the person is here no more, and a step is owed until
/// somebody says that they arrived; those who follow them go on seeing them until then.
///
/// # Errors
/// [`TransferError`]; nothing has changed then.
pub async fn export(ctx: &Context, id: Uuid, input: &TransferInput) -> Result<Made, TransferError> {
    let (row, records) = person(ctx, id).await?;
    let reason = checked(ctx, input)?;
    let to = key_of(ctx, &input.to).await?;
    let own = pair(ctx.db(), &ctx.department.code).await?;
    let settings = Settings::load(ctx).await?;
    let lasts = days(ctx, FILE_PARAMETER, FILE_DAYS).await?;
    let confirm_by = plus_days(ctx.today(), days(ctx, CONFIRM_PARAMETER, CONFIRM_DAYS).await?);
    let header = Header {
        version: VERSION,
        file: ctx.app.ids.make(),
        from: ctx.department.code.clone(),
        to: input.to.clone(),
        made_on: ctx.today(),
        until: plus_days(ctx.today(), lasts),
    };
    let tx = ctx.db().begin().await?;
    files::lock_imports_briefly(ctx.db(), &tx).await?;
    let row = one::rows(&tx, &[row.id]).await?.into_iter().next().ok_or(PeopleError::Unknown)?;
    if row.left_on.is_some() {
        return Err(TransferError::AlreadyLeft);
    }
    let code = receipt(random_bytes::<8>()?);
    let (package, documents) = package(ctx, &tx, (&row, &records), (&header, reason, &code)).await?;
    let bytes = seal(&header, (&own, &to), &package, &documents)?;
    let transfer = transfer_row(ctx, &row, &header, reason, &code)?;
    let made = Made { id: transfer.id, file_name: file_name(&header), bytes, until: header.until };
    transfer::add(&tx, transfer).await?;
    leave(ctx, &tx, (row, &records), confirm_by, &settings).await?;
    let detail = json!({ "to": header.to, "file": header.file, "documents": documents.len() });
    audit::record(ctx, &tx, Act::TransferOut, Some(id), Some(made.id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(made)
}

fn checked<'a>(ctx: &Context, input: &'a TransferInput) -> Result<&'a str, TransferError> {
    let reason = input.reason.trim();
    if !(SHORTEST_REASON..=LONGEST_REASON).contains(&reason.chars().count()) {
        return Err(TransferError::Reason);
    }
    let known = domain::reference::geo::department(&input.to).is_some();
    if !known || input.to == ctx.department.code {
        return Err(TransferError::Department);
    }
    Ok(reason)
}

/// `transfert-55-vers-38-018f….declic`.
fn file_name(header: &Header) -> String {
    let id = header.file.simple().to_string();
    let short = id.get(id.len().saturating_sub(8)..).unwrap_or_default();
    format!("transfert-{}-vers-{}-{short}.declic", header.from, header.to)
}

async fn package(
    ctx: &Context,
    tx: &Tx,
    (row, records): (&PersonRow, &[Uuid]),
    (header, reason, receipt): (&Header, &str, &str),
) -> Result<(Package, Vec<Vec<u8>>), TransferError> {
    let (tags, numbers) = gather::labels(tx, records).await?;
    let (documents, bytes) = gather::documents(ctx, tx, records).await?;
    let package = Package {
        file: header.file,
        from: Office { code: header.from.clone(), name: department_name(&header.from) },
        reason: reason.to_owned(),
        receipt: receipt.to_owned(),
        made_at: ctx.now(),
        person: gather::who(ctx, tx, row, records).await?,
        contacts: gather::contacts(ctx, tx, records).await?,
        tags,
        items: history::items(ctx, tx, row, records, numbers).await?,
        documents,
    };
    Ok((package, bytes))
}

fn transfer_row(
    ctx: &Context,
    row: &PersonRow,
    header: &Header,
    reason: &str,
    receipt: &str,
) -> Result<TransferRow, StoreError> {
    let keys = ctx.db().keys();
    Ok(TransferRow {
        id: ctx.app.ids.make(),
        direction: Direction::Out.code().to_owned(),
        file_id: header.file,
        person_id: row.id,
        other_department: header.to.clone(),
        standing: Standing::Waiting.code().to_owned(),
        made_on: header.made_on,
        made_at: ctx.now(),
        made_by: ctx.actor.id,
        expires_on: header.until,
        reason_sealed: keys.encrypt(TRANSFER_REASON.place, reason.as_bytes())?,
        receipt_sealed: keys.encrypt(TRANSFER_RECEIPT.place, receipt.as_bytes())?,
        closed_on: None,
        closed_by: None,
        closed_how: None,
    })
}

/// The path ends here; a step is owed.
async fn leave(
    ctx: &Context,
    tx: &Tx,
    (mut row, records): (PersonRow, &[Uuid]),
    confirm_by: NaiveDate,
    settings: &Settings,
) -> Result<(), StoreError> {
    decision::end(tx, records, ctx.today(), "transferred").await?;
    call::close(tx, records, ctx.now()).await?;
    row.left_on = Some(ctx.today());
    row.confirm_by = Some(confirm_by);
    crate::followup::refresh(ctx, tx, &mut row).await?;
    derive(&mut row, settings);
    one::save(tx, vec![row]).await?;
    record::rebuild_counters(tx).await
}
