//! Bring in a person whom another département passes: known, doubtful or new by the rules of a payer's file
//! (`rules.md` § 6), to orient from today, with everything that travelled.

use domain::access::permission::{Action, Grant, grant};
use domain::access::visibility::Level;
use domain::audit::Act;
use domain::followup::path::PathState;
use domain::intake::flux::{Kind, Role};
use domain::intake::matching::Doubt;
use domain::intake::stamp::Stamp;
use domain::people::contact::Kind as ContactKind;
use domain::people::transfer::{Direction, Standing, travels};
use exchange::transfer::{Document, Header, Item, Office, Package, TransferRefusal, header, open};
use serde_json::json;
use sha2::Digest as _;
use store::intake::files::{self, FileRow};
use store::intake::record::{self, Batch};
use store::people::contact::{self, ContactRow};
use store::people::label::{self, LabelRow};
use store::people::transfer::{self, End, ItemRow, TransferRow};
use store::people::{PersonRow, one};
use store::sealed::{TRANSFER_ITEM, TRANSFER_REASON, TRANSFER_RECEIPT};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::peers::{key_of, pair};
use super::{TransferError, department_name};
use crate::access::{ActorKind, HeldRole, permit};
use crate::intake::import::{conclude, finish, lock, new_row};
use crate::intake::pool::{Known, Pool};
use crate::intake::questions::{self, new_person};
use crate::intake::reading::SealedFact;
use crate::intake::run::Run;
use crate::intake::{Identity, standing};
use crate::privacy::documents::{DocumentError, Incoming};
use crate::settings::{self, Territory};
use crate::{Context, audit};

/// A file, and what the one who brings it in knows.
#[derive(Debug, Clone, Copy)]
pub struct ReceiveInput<'a> {
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Code of the territory where the person settles; a payer's file will tell the commune.
    pub territory: Option<&'a str>,
}

/// What was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The record that speaks for the person.
    pub person: Uuid,
    /// First name and name.
    pub name: String,
    /// Name of the département that sent them.
    pub from: String,
    /// They were not known here.
    pub created: bool,
    /// Questions « is it the same person? » that arose.
    pub doubts: u64,
    /// The file was in already: nothing has changed.
    pub already: bool,
    /// What to answer to the département that sent.
    pub code: String,
}

/// Brings a person in. The same file again changes nothing.
///
/// # Errors
/// [`TransferError`], one sentence; nothing was written then.
pub async fn receive(ctx: &Context, input: ReceiveInput<'_>) -> Result<Receipt, TransferError> {
    permit(ctx, Action::ReceivePeople)?;
    let head = header(input.bytes)?;
    if head.to != ctx.department.code {
        return Err(TransferRefusal::Elsewhere(format!("{} ({})", head.to, department_name(&head.to))).into());
    }
    let from = key_of(ctx, &head.from).await?;
    let own = pair(ctx.db(), &ctx.department.code).await?;
    let (head, package, bytes) = open(input.bytes, (&from, &own))?;
    if let Some(known) = transfer::of_file(ctx.db().read(), Direction::In, head.file).await? {
        return again(ctx, known, &package).await;
    }
    if head.until < ctx.today() {
        return Err(TransferRefusal::Expired(head.until).into());
    }
    let items = levelled(&package)?;
    let territory = territory(ctx, input.territory).await?;
    let documents = drafts(ctx, &package.documents, bytes).await?;
    let sha256 = crate::intake::hex(&sha2::Sha256::digest(input.bytes));
    let _held = lock(ctx).await?;
    let tx = ctx.db().begin().await?;
    files::lock_imports(ctx.db(), &tx).await?;
    if let Some(known) = transfer::of_file(&tx, Direction::In, head.file).await? {
        drop(tx);
        return again(ctx, known, &package).await;
    }
    let mut file = file_row(ctx, &tx, &head, &package, sha256).await?;
    let before = files::done(&tx).await?;
    let stamp = Stamp::parse(file.stamp.as_deref().unwrap_or_default())
        .ok_or_else(|| StoreError::Other("a stamp that is not one".to_owned()))?;
    let mut run = Run::begin(ctx, &tx, file.id, Kind::Transfer, stamp, &before).await?;
    let (row, created) = recognise(&mut run, &package, territory).await?;
    let doubts = run.persons.review;
    transfer::add(&tx, transfer_row(ctx, row.id, &head, &package)?).await?;
    keep_items(ctx, &tx, (head.file, row.id), &package.from, items).await?;
    for (document, draft) in package.documents.iter().zip(documents) {
        draft.keep_received(ctx, &tx, row.id, document).await?;
    }
    let report = conclude(&mut run, &file.file_name.clone(), &mut file).await?;
    record::rebuild_counters(&tx).await?;
    finish(ctx, &tx, file, &report).await?;
    let detail = json!({
        "from": head.from, "file": head.file, "created": created, "doubts": doubts,
        "items": package.items.len(), "documents": package.documents.len(),
    });
    audit::record(ctx, &tx, Act::TransferIn, Some(row.id), Some(head.file.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(receipt(&row, &package, (created, doubts, false)))
}

/// What is told: created, questions that arose, already in.
fn receipt(row: &PersonRow, package: &Package, told: (bool, u64, bool)) -> Receipt {
    let (created, doubts, already) = told;
    Receipt {
        person: row.id,
        name: format!("{} {}", row.first_name, row.last_name),
        from: package.from.name.clone(),
        code: package.receipt.clone(),
        created,
        doubts,
        already,
    }
}

/// The file was in already.
async fn again(ctx: &Context, known: TransferRow, package: &Package) -> Result<Receipt, TransferError> {
    let row = store::privacy::rights::anybody(ctx.db().read(), known.person_id).await?;
    let row = row.ok_or(crate::people::PeopleError::Unknown)?;
    Ok(receipt(&row, package, (false, 0, true)))
}

/// The items, each with a level that this program knows and that may travel.
fn levelled(package: &Package) -> Result<Vec<Item>, TransferError> {
    let good = |code: &str| Level::parse(code).is_some_and(travels);
    let sound = |item: &Item| {
        good(&item.level) && item.facts.iter().all(|fact| fact.level.as_deref().is_none_or(good))
    };
    if package.items.iter().all(sound) && package.documents.iter().all(|one| good(&one.visibility)) {
        Ok(package.items.clone())
    } else {
        Err(TransferRefusal::Broken.into())
    }
}

/// The territories where the actor may receive somebody: whoever answers for some receives nobody elsewhere, where they would
/// see neither the person nor the receipt.
///
/// # Errors
/// [`TransferError::People`] without the permission.
pub async fn receiving_territories(ctx: &Context) -> Result<Vec<Territory>, TransferError> {
    permit(ctx, Action::ReceivePeople)?;
    let all = settings::territories(ctx).await?;
    Ok(all.into_iter().filter(|one| covers(ctx, Some(&one.code))).collect())
}

fn covers(ctx: &Context, territory: Option<&str>) -> bool {
    let receives = |held: &&HeldRole| grant(held.role, Action::ReceivePeople) != Grant::No;
    ctx.actor.kind != ActorKind::User
        || ctx.actor.roles.iter().filter(receives).any(|held| held.covers(territory))
}

async fn territory(ctx: &Context, code: Option<&str>) -> Result<Option<String>, TransferError> {
    let code = code.filter(|code| !code.is_empty());
    let known = match code {
        Some(code) => ctx.shared().await?.territory(code).is_some(),
        None => true,
    };
    if known && covers(ctx, code) { Ok(code.map(str::to_owned)) } else { Err(TransferError::Territory) }
}

/// The documents, sealed under keys of here as they come, before anything is written.
async fn drafts(
    ctx: &Context,
    told: &[Document],
    bytes: Vec<Vec<u8>>,
) -> Result<Vec<Incoming>, TransferError> {
    let mut drafts = Vec::with_capacity(told.len());
    for (document, bytes) in told.iter().zip(bytes) {
        let mut draft = Incoming::of_transfer(ctx)?;
        draft.write(&bytes)?;
        draft.close(&document.name).await.map_err(|error| match error {
            DocumentError::Refusal(why) => TransferError::Document(document.name.clone(), why.to_string()),
            other => other.into(),
        })?;
        drafts.push(draft);
    }
    Ok(drafts)
}

/// The row of a file that came in: what is received is told by it.
async fn file_row(
    ctx: &Context,
    tx: &Tx,
    head: &Header,
    package: &Package,
    sha256: String,
) -> Result<FileRow, StoreError> {
    let name = format!("Transfert de {} ({})", package.from.name, head.from);
    let made = package.made_at.with_timezone(&ctx.department.timezone).naive_local();
    let row = FileRow {
        sha256,
        kind: Some(Kind::Transfer.code().to_owned()),
        stamp: Some(Stamp { reference: head.made_on, created: made }.sortable()),
        header_key: Some(head.file.to_string()),
        organisms: Some("[]".to_owned()),
        ..new_row(ctx, tx, &name, None).await?
    };
    files::save(tx, row.clone()).await?;
    Ok(row)
}

/// Who the person is here: joined to a record that is certain, else created, with the questions that arise.
async fn recognise(
    run: &mut Run<'_>,
    package: &Package,
    territory: Option<String>,
) -> Result<(PersonRow, bool), TransferError> {
    let identity = identity(run.ctx, package)?;
    let claims: Vec<String> =
        package.person.households.iter().map(|one| one.key.claim_number.clone()).collect();
    let households = record::households_by_claim(run.tx, &claims).await?;
    let members = record::members(run.tx, &households.iter().map(|one| one.id).collect::<Vec<_>>()).await?;
    let claims = households.into_iter().map(|one| (one.id, one.claim_number)).collect();
    let mut pool = Pool::load(run.ctx.db().keys(), run.tx, &[&identity], &members, &claims).await?;
    let here: Vec<Uuid> = members.iter().map(|one| one.person_id).collect();
    let found = pool.find(&identity, &here, &[]);
    let created = found.same.is_none();
    let id = match found.same {
        Some(same) => pool.root(same),
        None => create(run, &mut pool, &identity),
    };
    let asked = |(other, doubt): &(Uuid, Doubt)| *other != id && (created || *doubt == Doubt::SameNir);
    let doubts = found.doubts.into_iter().filter(asked).map(|(other, doubt)| (other, id, doubt)).collect();
    let records = one::with_merged(run.tx, id).await?;
    if let Some(known) = pool.get_mut(id) {
        arrive(run, &mut known.row, package, &identity, territory);
        known.changed = true;
    }
    come_back(run, &records).await?;
    questions::ask(run, &mut pool, doubts).await?;
    let row = pool.get(id).map(|known| known.row.clone()).ok_or(crate::people::PeopleError::Unknown)?;
    let mut rows = Batch {
        contacts: contacts(run, package, id, &records).await?,
        labels: labels(run, package, id, &records).await?,
        ..Batch::default()
    };
    pool.into_rows(run.import, &mut rows);
    record::write(run.ctx.db().keys(), run.tx, rows).await?;
    store::intake::review::ask(run.tx, std::mem::take(&mut run.later)).await?;
    if created {
        run.persons.created += 1;
    } else {
        run.persons.updated += 1;
    }
    Ok((row, created))
}

fn identity(ctx: &Context, package: &Package) -> Result<Identity, StoreError> {
    let (keys, person) = (ctx.db().keys(), &package.person);
    let phones =
        package.contacts.iter().filter(|one| one.kind == ContactKind::Phone.code() && one.ended.is_none());
    Ok(Identity {
        facts: person.identity.clone(),
        france_travail: person
            .france_travail
            .as_deref()
            .map(|text| SealedFact::france_travail(keys, text))
            .transpose()?,
        nir: person.nir.as_ref().map(|nir| SealedFact::nir(keys, &nir.0)).transpose()?,
        phones: phones.map(|one| one.value.clone()).collect(),
        dossier: person.households.last().map(|one| (one.key.claim_number.clone(), Role::parse(&one.role))),
    })
}

fn create(run: &Run<'_>, pool: &mut Pool, identity: &Identity) -> Uuid {
    let mut row = new_person(run);
    identity.write_on(&mut row, "");
    row.identity_stamp = None;
    row.asked_for_help = true;
    let id = row.id;
    pool.add(Known {
        row,
        dossiers: identity.dossier.iter().cloned().collect(),
        phones: identity.phones.clone(),
        changed: true,
        renamed: false,
    });
    id
}

/// What another département tells fills what is empty; the person is to orient from today, unless they already are.
fn arrive(
    run: &Run<'_>,
    row: &mut PersonRow,
    package: &Package,
    identity: &Identity,
    territory: Option<String>,
) {
    let person = &package.person;
    let waits =
        PathState::parse(&row.state).is_some_and(|state| state == PathState::ToOrient || state.is_followed());
    row.birth_date = row.birth_date.or(person.identity.birth_date);
    row.sex = row.sex.take().or_else(|| person.identity.sex.clone());
    row.birth_place = row.birth_place.take().or_else(|| person.identity.birth_place.clone());
    if row.nir_sealed.is_none() {
        identity.write_nir_on(row);
    }
    if row.france_travail_sealed.is_none() {
        identity.write_france_travail_on(row);
    }
    if row.household_id.is_none() {
        row.since = row.since.or(person.since);
        row.family = row.family.take().or_else(|| person.family.clone());
        row.dependants = row.dependants.max(person.dependants);
    }
    if row.household_id.is_none() {
        row.territory = territory.or(row.territory.take());
    }
    if !waits || row.reception.is_none() {
        row.reception = Some(run.ctx.today());
    }
    row.left_on = None;
    row.confirm_by = None;
    row.arrived_on = Some(run.ctx.today());
    standing::derive(row, &run.settings);
}

/// Somebody whom this very département had passed on, and who comes back before it was confirmed: nothing waits any more.
async fn come_back(run: &Run<'_>, records: &[Uuid]) -> Result<(), StoreError> {
    let waiting = transfer::of(run.tx, records).await?;
    for row in waiting.iter().filter(|row| row.standing == Standing::Waiting.code()) {
        let end =
            End { standing: Standing::Closed, on: run.ctx.today(), by: run.ctx.actor.id, how: "came_back" };
        transfer::end(run.tx, row.id, end).await?;
        let detail = json!({ "how": "came_back" });
        audit::record(
            run.ctx,
            run.tx,
            Act::CloseTransfer,
            Some(row.person_id),
            Some(row.id.to_string()),
            detail,
        )
        .await?;
    }
    Ok(())
}

/// The ways to reach them that are not known here, with their dates; what was said not to hold comes so.
async fn contacts(
    run: &Run<'_>,
    package: &Package,
    person: Uuid,
    records: &[Uuid],
) -> Result<Vec<ContactRow>, StoreError> {
    let mut known: Vec<(String, String)> = contact::of(run.ctx.db().keys(), run.tx, records)
        .await?
        .into_iter()
        .map(|one| (one.kind, one.value))
        .collect();
    let mut rows = Vec::new();
    for one in &package.contacts {
        let key = (one.kind.clone(), one.value.clone());
        let Some(kind) = ContactKind::parse(&one.kind) else { continue };
        // A value that ended and came back is told twice: both are kept, unless this département knows it already.
        if known.contains(&key)
            && !rows.iter().any(|row: &ContactRow| (row.kind.clone(), row.value.clone()) == key)
        {
            continue;
        }
        known.push(key);
        rows.push(ContactRow {
            allowed: one.allowed,
            stamp: one.stamp.clone(),
            recorded_at: one.recorded_at,
            ended: one.ended.clone(),
            ended_at: one.ended_at,
            ..run.contact(person, kind, one.value.clone(), one.shared)
        });
    }
    Ok(rows)
}

async fn labels(
    run: &Run<'_>,
    package: &Package,
    person: Uuid,
    records: &[Uuid],
) -> Result<Vec<LabelRow>, StoreError> {
    let known = label::of(run.tx, records).await?;
    let fresh = package.tags.iter().filter(|tag| known.iter().all(|one| one.value != tag.value));
    Ok(fresh
        .map(|tag| LabelRow {
            person_id: person,
            kind: label::kind::TAG.to_owned(),
            value: tag.value.clone(),
            search: tag.value.clone(),
            import_id: Some(run.import),
            recorded_at: tag.recorded_at,
        })
        .collect())
}

fn transfer_row(
    ctx: &Context,
    person: Uuid,
    head: &Header,
    package: &Package,
) -> Result<TransferRow, StoreError> {
    let keys = ctx.db().keys();
    Ok(TransferRow {
        // Its own file names it: what was received with it is told by the same identifier.
        id: head.file,
        direction: Direction::In.code().to_owned(),
        file_id: head.file,
        person_id: person,
        other_department: head.from.clone(),
        standing: Standing::Received.code().to_owned(),
        made_on: ctx.today(),
        made_at: ctx.now(),
        made_by: ctx.actor.id,
        expires_on: head.until,
        reason_sealed: keys.encrypt(TRANSFER_REASON.place, package.reason.as_bytes())?,
        receipt_sealed: keys.encrypt(TRANSFER_RECEIPT.place, package.receipt.as_bytes())?,
        closed_on: None,
        closed_by: None,
        closed_how: None,
    })
}

/// Seals the items under the keys of here; each says where it happened.
async fn keep_items(
    ctx: &Context,
    tx: &Tx,
    (transfer_id, person_id): (Uuid, Uuid),
    from: &Office,
    items: Vec<Item>,
) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(items.len());
    for item in items {
        let (kind, level, happened_on) = (item.kind.clone(), item.level.clone(), item.on);
        let item = Item { from: item.from.or_else(|| Some(from.clone())), ..item };
        let text = serde_json::to_string(&item).map_err(|error| StoreError::Other(error.to_string()))?;
        rows.push(ItemRow {
            id: ctx.app.ids.make(),
            transfer_id,
            person_id,
            kind,
            level,
            happened_on,
            body_sealed: ctx.db().keys().encrypt(TRANSFER_ITEM.place, text.as_bytes())?,
        });
    }
    transfer::add_items(tx, rows).await
}
