//! What happened to a person, as items that travel: each with its level, each told by names and not by keys.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::visibility::Level;
use domain::intake::flux::{Dossier, Role};
use domain::intake::stamp::Stamp;
use domain::people::transfer::travels;
use exchange::transfer::{Fact, Item, kind};
use store::access::structure::{self, Structure};
use store::agenda::{appointment, site};
use store::intake::{files, history, record};
use store::orientation::{call, decision};
use store::people::label::LabelRow;
use store::people::{PersonRow, note, proposal, transfer};
use store::sealed::{
    APPOINTMENT_NOTE, APPOINTMENT_REASON, DECISION_EXPLANATION, DECISION_REASON, NOTE, PROPOSAL,
    PROPOSAL_ANSWER, TRANSFER_ITEM,
};
use store::{StoreError, Tx, access::account};
use uuid::Uuid;

use super::path::{accounts, path};
use crate::Context;

/// Everything that happened and may leave, the oldest first.
pub(super) async fn items(
    ctx: &Context,
    tx: &Tx,
    row: &PersonRow,
    records: &[Uuid],
    numbers: Vec<LabelRow>,
) -> Result<Vec<Item>, StoreError> {
    let names = Names::load(ctx, tx, records).await?;
    let mut all = Vec::new();
    notes(ctx, tx, records, &names, &mut all).await?;
    decisions(ctx, tx, records, &names, &mut all).await?;
    calls(ctx, tx, records, &names, &mut all).await?;
    referents(tx, records, &names, &mut all).await?;
    appointments(ctx, tx, records, &names, &mut all).await?;
    proposals(ctx, tx, records, &names, &mut all).await?;
    rights(ctx, tx, row, records, &mut all).await?;
    path(ctx, tx, records, &names, &mut all).await?;
    received(ctx, tx, records, &mut all).await?;
    for number in numbers {
        let on = day(ctx, number.recorded_at);
        all.push(Item { facts: vec![fact("number", number.value)], ..item(kind::NUMBER, Level::Team, on) });
    }
    all.sort_by(|a, b| (a.on, a.at, &a.kind, &a.by).cmp(&(b.on, b.at, &b.kind, &b.by)));
    Ok(all)
}

/// Names of professionals and structures, and which of them are hidden outside the social side.
pub(super) struct Names {
    accounts: Vec<(Uuid, String)>,
    hidden: Vec<Uuid>,
    structures: HashMap<Uuid, Structure>,
    sites: HashMap<Uuid, String>,
}

impl Names {
    async fn load(ctx: &Context, tx: &Tx, records: &[Uuid]) -> Result<Self, StoreError> {
        let mut ids = Vec::new();
        for (account, ..) in transfer::referents(tx, records).await? {
            ids.push(account);
        }
        let rows = appointment::of_people(tx, records).await?;
        let booked: Vec<Uuid> = rows.iter().map(|one| one.id).collect();
        for (_, host) in appointment::hosts(tx, &booked).await? {
            ids.push(host);
        }
        for one in decision::of(tx, records).await? {
            ids.push(one.decided_by);
            ids.extend(one.referent_id);
        }
        for one in note::of(tx, records).await? {
            ids.push(one.author_id);
        }
        for one in call::of(tx, records).await? {
            ids.push(one.changed_by);
        }
        for one in call::attempts(tx, records).await? {
            ids.push(one.account_id);
        }
        for one in proposal::of(tx, records).await? {
            ids.push(one.author_id);
            ids.extend(one.answered_by);
        }
        ids.extend(accounts(tx, records).await?);
        ids.sort_unstable();
        ids.dedup();
        let hidden = structure::in_sensitive(tx, &ids, ctx.today()).await?;
        Ok(Self {
            accounts: account::names(ctx.db(), &ids).await?,
            hidden: hidden.into_iter().map(|(account, _)| account).collect(),
            structures: structure::all(tx).await?.into_iter().map(|one| (one.id, one)).collect(),
            sites: site::all(tx).await?.into_iter().map(|one| (one.id, one.name)).collect(),
        })
    }

    pub(super) fn of(&self, account: Uuid) -> String {
        account::name_of(&self.accounts, account).unwrap_or_default()
    }

    /// What somebody did is told to everybody of the team, or to the social side when they work in a sensitive structure.
    pub(super) fn level(&self, accounts: &[Uuid], usual: Level) -> Level {
        if accounts.iter().any(|one| self.hidden.contains(one)) { Level::Social } else { usual }
    }

    /// The name of a structure, for those who may know of it.
    fn structure(&self, id: Uuid) -> Option<Fact> {
        let one = self.structures.get(&id)?;
        let level = one.sensitive.then(|| Level::Social.code().to_owned());
        Some(Fact { level, ..fact("structure", one.name.clone()) })
    }
}

fn day(ctx: &Context, at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&ctx.department.timezone).date_naive()
}

pub(super) fn item(kind: &str, level: Level, on: NaiveDate) -> Item {
    Item {
        kind: kind.to_owned(),
        level: level.code().to_owned(),
        on,
        at: None,
        by: String::new(),
        from: None,
        facts: Vec::new(),
    }
}

pub(super) fn fact(key: &str, text: impl Into<String>) -> Fact {
    Fact { key: key.to_owned(), label: None, text: text.into(), level: None }
}

/// A fact whose text is there.
pub(super) fn told(key: &str, text: Option<String>) -> Option<Fact> {
    text.filter(|text| !text.is_empty()).map(|text| fact(key, text))
}

pub(super) fn opened(
    ctx: &Context,
    place: &str,
    sealed: Option<&Vec<u8>>,
) -> Result<Option<String>, StoreError> {
    sealed.map(|sealed| ctx.db().keys().decrypt_text(place, sealed)).transpose()
}

/// The notes whose author has not kept them for themself, as they stand. What was corrected stays here: whoever reads the text
/// that stands was never shown the ones before.
async fn notes(
    ctx: &Context,
    tx: &Tx,
    records: &[Uuid],
    names: &Names,
    all: &mut Vec<Item>,
) -> Result<(), StoreError> {
    for row in note::of(tx, records).await?.iter().filter(|row| row.superseded_by.is_none()) {
        let level = Level::parse(&row.level).unwrap_or(Level::Author);
        if !travels(level) {
            continue;
        }
        all.push(Item {
            at: Some(row.written_at),
            by: names.of(row.author_id),
            facts: vec![fact("text", ctx.db().keys().decrypt_text(NOTE.place, &row.text_sealed)?)],
            ..item(kind::NOTE, level, day(ctx, row.written_at))
        });
    }
    Ok(())
}

async fn decisions(
    ctx: &Context,
    tx: &Tx,
    records: &[Uuid],
    names: &Names,
    all: &mut Vec<Item>,
) -> Result<(), StoreError> {
    for row in decision::of(tx, records).await? {
        // Whom a sensitive structure employs is for the social side there too.
        let shown = |key: &str, id: Uuid| Fact {
            level: names.hidden.contains(&id).then(|| Level::Social.code().to_owned()),
            ..fact(key, names.of(id))
        };
        let referent = row.referent_id.map(|id| shown("referent", id));
        let secret = names.hidden.contains(&row.decided_by);
        let programmes: Vec<String> = serde_json::from_str(&row.programmes).unwrap_or_default();
        let facts = [
            told("path", Some(row.path)),
            told("organisation", Some(row.organisation)),
            row.structure_id.and_then(|id| names.structure(id)),
            referent,
            secret.then(|| shown("decided_by", row.decided_by)),
            told("programmes", Some(programmes.join(", "))),
            told("explanation", opened(ctx, DECISION_EXPLANATION.place, row.explanation_sealed.as_ref())?),
            told("reason", opened(ctx, DECISION_REASON.place, row.reason_sealed.as_ref())?),
            told("proposed", Some(row.proposed)),
            row.deviates.then(|| fact("deviates", "true")),
            told("review_on", row.review_on.map(|day| day.to_string())),
            told("ended_on", row.ended_on.map(|day| day.to_string())),
            told("ended_why", row.ended_why),
        ];
        all.push(Item {
            at: Some(row.decided_at),
            by: if secret { String::new() } else { names.of(row.decided_by) },
            facts: facts.into_iter().flatten().collect(),
            ..item(kind::DECISION, Level::Team, row.notified_on)
        });
    }
    Ok(())
}

/// What was answered on the phone, with the wording of the questions, and the attempts to reach the person.
async fn calls(
    ctx: &Context,
    tx: &Tx,
    records: &[Uuid],
    names: &Names,
    all: &mut Vec<Item>,
) -> Result<(), StoreError> {
    for row in call::of(tx, records).await? {
        let answers = crate::orientation::answers_in_words(ctx, &row).await?;
        let facts = answers
            .into_iter()
            .map(|(code, question, answer)| Fact { label: Some(question), ..fact(&code, answer) });
        all.push(Item {
            at: Some(row.changed_at),
            by: names.of(row.changed_by),
            facts: facts.collect(),
            ..item(kind::CALL, Level::Orientation, day(ctx, row.changed_at))
        });
    }
    for row in call::attempts(tx, records).await? {
        all.push(Item {
            at: Some(row.at),
            by: names.of(row.account_id),
            facts: vec![fact("ending", row.ending), fact("inbound", row.inbound.to_string())],
            ..item(kind::ATTEMPT, Level::Team, day(ctx, row.at))
        });
    }
    Ok(())
}

async fn referents(tx: &Tx, records: &[Uuid], names: &Names, all: &mut Vec<Item>) -> Result<(), StoreError> {
    for (account, side, since, until) in transfer::referents(tx, records).await? {
        let mut facts = vec![fact("side", side)];
        facts.extend(told("until", until.map(|day| day.to_string())));
        let level = names.level(&[account], Level::Team);
        all.push(Item { by: names.of(account), facts, ..item(kind::REFERENT, level, since) });
    }
    Ok(())
}

async fn appointments(
    ctx: &Context,
    tx: &Tx,
    records: &[Uuid],
    names: &Names,
    all: &mut Vec<Item>,
) -> Result<(), StoreError> {
    let rows = appointment::of_people(tx, records).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let hosts = appointment::hosts(tx, &ids).await?;
    for row in rows {
        let mine: Vec<Uuid> = hosts.iter().filter(|(id, _)| *id == row.id).map(|(_, host)| *host).collect();
        let by: Vec<String> = mine.iter().map(|host| names.of(*host)).collect();
        let place = row.site_id.and_then(|id| names.sites.get(&id)).cloned();
        let facts = [
            told("purpose", Some(row.purpose)),
            told("modality", Some(row.modality)),
            told("appointment_kind", Some(row.kind)),
            told("status", Some(row.status)),
            told("place", place),
            told("ends_at", Some(row.ends_at.to_rfc3339())),
            told("cancelled_by", row.cancelled_by),
            told("cancel_reason", opened(ctx, APPOINTMENT_REASON.place, row.reason_sealed.as_ref())?),
            told("note", opened(ctx, APPOINTMENT_NOTE.place, row.note_sealed.as_ref())?),
        ];
        all.push(Item {
            at: Some(row.starts_at),
            by: by.join(", "),
            facts: facts.into_iter().flatten().collect(),
            ..item(kind::APPOINTMENT, names.level(&mine, Level::Team), day(ctx, row.starts_at))
        });
    }
    Ok(())
}

async fn proposals(
    ctx: &Context,
    tx: &Tx,
    records: &[Uuid],
    names: &Names,
    all: &mut Vec<Item>,
) -> Result<(), StoreError> {
    for row in proposal::of(tx, records).await? {
        let sensitive = names.structures.get(&row.structure_id).is_some_and(|one| one.sensitive);
        let level = if sensitive { Level::Social } else { Level::Pair };
        let facts = [
            names.structure(row.structure_id),
            told("text", opened(ctx, PROPOSAL.place, Some(&row.text_sealed))?),
            told("until", Some(row.ended_on.unwrap_or(row.until).to_string())),
            told("answer", row.answer),
            told("answer_text", opened(ctx, PROPOSAL_ANSWER.place, row.answer_text_sealed.as_ref())?),
            told("answered_by", row.answered_by.map(|id| names.of(id))),
        ];
        all.push(Item {
            at: Some(row.created_at),
            by: names.of(row.author_id),
            facts: facts.into_iter().flatten().collect(),
            ..item(kind::PROPOSAL, level, row.since)
        });
    }
    Ok(())
}

/// What payers said of the right: one item for each new content, without the other adults of the household.
async fn rights(
    ctx: &Context,
    tx: &Tx,
    row: &PersonRow,
    records: &[Uuid],
    all: &mut Vec<Item>,
) -> Result<(), StoreError> {
    let households = record::households_of(tx, records).await?;
    let ids: Vec<Uuid> = households.iter().map(|one| one.id).collect();
    let known = files::heads(ctx.db()).await?;
    let sightings = history::sightings(tx, &ids).await?;
    for content in history::contents(tx, &ids).await? {
        let dossier: Dossier = serde_json::from_str(&content.payload(ctx.db().keys())?)
            .map_err(|error| StoreError::Other(error.to_string()))?;
        let Some(dossier) = theirs(dossier, row) else { continue };
        let told = sightings
            .iter()
            .filter(|one| one.household_id == content.household_id && one.hash == content.hash);
        let mut by: Vec<(Stamp, String)> = told
            .filter_map(|one| known.iter().find(|file| file.id == one.import_id))
            .filter_map(|file| Some((Stamp::parse(file.stamp.as_deref()?)?, file.file_name.clone())))
            .collect();
        by.sort();
        let Some((first, file)) = by.first().cloned() else { continue };
        let last = by.last().map(|(stamp, _)| stamp.reference.to_string());
        let state = dossier.right.as_ref().map(|right| right.state.code().to_owned());
        let facts = [
            self::told("right", state),
            self::told("named_until", last),
            self::told("file", Some(file)),
            self::told("dossier", serde_json::to_string(&dossier).ok()),
        ];
        all.push(Item {
            by: dossier.key.one_line(),
            facts: facts.into_iter().flatten().collect(),
            ..item(kind::RIGHT, Level::Team, first.reference)
        });
    }
    Ok(())
}

/// The dossier of somebody and of those in their charge; the other adult has a file of their own.
fn theirs(mut dossier: Dossier, row: &PersonRow) -> Option<Dossier> {
    let me = crate::intake::in_dossier(&dossier, row)?.clone();
    dossier.contacts = dossier.contacts.take().filter(|_| me.role == Role::Claimant);
    dossier.persons.retain(|one| *one == me || !one.role.is_followed());
    Some(dossier)
}

/// What had been received from elsewhere goes on, told with where it happened.
async fn received(ctx: &Context, tx: &Tx, records: &[Uuid], all: &mut Vec<Item>) -> Result<(), StoreError> {
    for row in transfer::items(tx, records).await? {
        let text = ctx.db().keys().decrypt_text(TRANSFER_ITEM.place, &row.body_sealed)?;
        let item: Item = serde_json::from_str(&text).map_err(|_| StoreError::Unreadable)?;
        all.push(item);
    }
    Ok(())
}
