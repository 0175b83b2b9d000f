//! Opening the file of somebody one meets and does not follow: an exact identity, a written reason, half an hour, and
//! the team lead and the data protection officer told at once.

use std::collections::HashSet;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::access::exceptional::{LONGEST_REASON, MINUTES, Motive, SHORTEST_REASON, TRIES_AN_HOUR};
use domain::access::permission::{Action, Grant, grant};
use domain::access::role::Role;
use domain::access::scope::{Reach, Scope};
use domain::audit::Act;
use domain::people::name::normalise;
use serde_json::json;
use store::access::exceptional::{self, AccessRow};
use store::audit::JournalFilter;
use store::intake::record;
use store::people::PersonRow;
use store::people::one;
use store::people::search::{Clue, search};
use store::{StoreError, access::account, settings};
use uuid::Uuid;

use super::actor::ActorKind;
use super::permit::{Refused, permit, scope};
use crate::settings::set_parameter;
use crate::{Context, audit};

/// The parameter that says which roles may: codes separated by blanks, as those of the second factor.
pub const ROLES: &str = "access.exceptional_roles";
/// The roles that may where the département says nothing.
pub const DEFAULT_ROLES: [Role; 3] = [Role::Operator, Role::SocialReferent, Role::JobCoach];
/// What binds a ciphertext to a reason.
const PLACE: &str = store::sealed::EXCEPTIONAL.place;
/// People born on one day who are compared by name.
const CANDIDATES: u64 = 2_000;
/// People whose number begins so who are compared by number.
const NUMBERED: u64 = 50;
/// Accesses looked at for the notices: more than a département opens in the year that they are kept.
const LOOKED_AT: u64 = 20_000;
/// Notices already read that are still shown.
const SHOWN_READ: usize = 200;

/// Why no file was opened.
#[derive(Debug, thiserror::Error)]
pub enum ExceptionalError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The département keeps it to other roles.
    #[error(
        "Votre Département n’ouvre pas les accès exceptionnels à votre rôle. Adressez-vous à votre responsable de territoire."
    )]
    Closed,
    /// No motive chosen.
    #[error("Choisissez le motif.")]
    Motive,
    /// Too short or too long.
    #[error("Écrivez pourquoi en 20 caractères au moins et 500 au plus.")]
    Reason,
    /// Neither a number nor a name with a birth date.
    #[error("Donnez le numéro de dossier, ou le nom et la date de naissance.")]
    Identity,
    /// Nobody has exactly this identity.
    #[error(
        "Personne n’a exactement cette identité. Vérifiez le nom, la date de naissance ou le numéro sur un document."
    )]
    Nobody,
    /// More than one person has it.
    #[error("Plusieurs personnes répondent à cette identité : ajoutez le prénom, ou le numéro de dossier.")]
    Several,
    /// Too many tries found nobody.
    #[error(
        "Trop de demandes sans résultat. Attendez une heure, ou adressez-vous à votre responsable de territoire."
    )]
    TooMany,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ask {
    /// The claim or allocataire number, whole.
    pub number: String,
    /// The name, as on a document.
    pub last_name: String,
    /// The first name, where the name and the birth date are those of two people.
    pub first_name: String,
    /// The birth date.
    pub birth_date: Option<NaiveDate>,
    /// Why, in a word.
    pub motive: Option<Motive>,
    /// Why, in a sentence.
    pub reason: String,
}

/// Opens the file of the person who has exactly this identity, for half an hour; returns their identifier. Whoever may
/// see the person otherwise is sent there without any exception.
///
/// # Errors
/// [`ExceptionalError`].
pub async fn open_exceptionally(ctx: &Context, ask: &Ask) -> Result<Uuid, ExceptionalError> {
    may(ctx).await?;
    let by = ctx.actor.id.ok_or(Refused::Forbidden)?;
    let motive = ask.motive.ok_or(ExceptionalError::Motive)?;
    let reason = ask.reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if !(SHORTEST_REASON..=LONGEST_REASON).contains(&reason.chars().count()) {
        return Err(ExceptionalError::Reason);
    }
    may_still_try(ctx).await?;
    let person = match find(ctx, ask).await {
        Err(ExceptionalError::Nobody) => {
            not_found(ctx).await?;
            return Err(ExceptionalError::Nobody);
        }
        found => found?,
    };
    let mine = scope(ctx, Action::ReadPeople)?;
    if one::get(ctx.db(), &mine, ctx.today(), person.id).await?.is_some() {
        return Ok(person.id);
    }
    let until = ctx.now() + Duration::minutes(MINUTES);
    let row = AccessRow {
        id: ctx.app.ids.make(),
        account_id: by,
        person_id: person.id,
        territory: person.territory,
        motive: motive.code().to_owned(),
        reason_sealed: ctx.db().keys().encrypt(PLACE, reason.as_bytes())?,
        opened_at: ctx.now(),
        until,
    };
    let mut said = ctx.clone();
    said.actor.reason = Some(format!("{} : {reason}", motive.label_fr()));
    let tx = ctx.db().begin().await?;
    exceptional::insert(&tx, row).await?;
    let detail = json!({ "motive": motive.code(), "until": until });
    audit::record(&said, &tx, Act::OpenExceptionally, Some(person.id), None, detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(person.id)
}

/// Whether the actor may ask, today.
///
/// # Errors
/// [`ExceptionalError::Refused`], [`ExceptionalError::Closed`].
pub async fn may(ctx: &Context) -> Result<(), ExceptionalError> {
    permit(ctx, Action::OpenExceptionally)?;
    if ctx.actor.kind != ActorKind::User {
        return Err(Refused::Forbidden.into());
    }
    let open = roles_allowed(ctx).await?;
    let held = ctx.actor.roles.iter().any(|held| open.contains(&held.role));
    if held { Ok(()) } else { Err(ExceptionalError::Closed) }
}

/// The roles to which the département opens exceptional accesses.
///
/// # Errors
/// When the database does not answer.
pub async fn roles_allowed(ctx: &Context) -> Result<Vec<Role>, StoreError> {
    let grants = |role: &Role| grant(*role, Action::OpenExceptionally) == Grant::Exceptional;
    Ok(match settings::value_at(ctx.db(), ROLES, ctx.today()).await? {
        None => DEFAULT_ROLES.to_vec(),
        Some(text) => Role::parse_all(&text).into_iter().filter(grants).collect(),
    })
}

/// The one person of this identity.
async fn find(ctx: &Context, ask: &Ask) -> Result<PersonRow, ExceptionalError> {
    let number = ask.number.split_whitespace().collect::<String>().to_uppercase();
    let name = normalise(&ask.last_name);
    let found = match (number.is_empty(), ask.birth_date.filter(|_| !name.is_empty())) {
        (false, _) => numbered(ctx, &number).await?,
        (true, Some(born)) => {
            let rows = everybody(ctx, Clue::Birth(born), CANDIDATES).await?;
            rows.into_iter()
                .filter(|row| [&row.last_name, &row.birth_name].into_iter().any(|one| normalise(one) == name))
                .collect()
        }
        (true, None) => return Err(ExceptionalError::Identity),
    };
    let first = normalise(&ask.first_name);
    let mut kept: Vec<PersonRow> =
        found.into_iter().filter(|row| first.is_empty() || normalise(&row.first_name) == first).collect();
    match (kept.pop(), kept.is_empty()) {
        (Some(row), true) => Ok(row),
        (Some(_), false) => Err(ExceptionalError::Several),
        (None, _) => Err(ExceptionalError::Nobody),
    }
}

/// The people that a clue points at, whoever asks: only the exact identity of one of them opens anything.
async fn everybody(ctx: &Context, clue: Clue, limit: u64) -> Result<Vec<PersonRow>, StoreError> {
    let (db, scope) = (ctx.db(), Scope::union(vec![Reach::Everything]));
    let merged = !ctx.shared().await?.joined.is_empty();
    let found = search(db, merged, &scope, ctx.today(), &[clue], limit).await?;
    let ids: Vec<Uuid> = found.iter().map(|one| one.id).collect();
    one::rows(db.read(), &ids).await
}

/// The people who have exactly this claim or allocataire number: its beginning finds nobody.
async fn numbered(ctx: &Context, number: &str) -> Result<Vec<PersonRow>, StoreError> {
    let mut found = Vec::new();
    for row in everybody(ctx, Clue::Number(number.to_owned()), NUMBERED).await? {
        let records = one::with_merged(ctx.db().read(), row.id).await?;
        let households = record::households_of(ctx.db().read(), &records).await?;
        if households.iter().any(|one| one.claim_number == number || one.matricule == number) {
            found.push(row);
        }
    }
    Ok(found)
}

/// Too many tries that found nobody in an hour make one wait, even with an identity that is right: it may be guessed.
async fn may_still_try(ctx: &Context) -> Result<(), ExceptionalError> {
    let filter = JournalFilter {
        act: Some(Act::TryExceptional.code().to_owned()),
        actor: ctx.actor.id,
        from: Some(ctx.now() - Duration::hours(1)),
        limit: TRIES_AN_HOUR,
        ..JournalFilter::default()
    };
    let tries = store::audit::list(ctx.db(), &store::audit::Reach::Everything, &filter).await?;
    if tries.len() as u64 >= TRIES_AN_HOUR {
        return Err(ExceptionalError::TooMany);
    }
    Ok(())
}

/// Notes that nobody was found.
async fn not_found(ctx: &Context) -> Result<(), StoreError> {
    let tx = ctx.db().begin().await?;
    audit::record(ctx, &tx, Act::TryExceptional, None, None, json!({})).await?;
    Ok(tx.commit().await?)
}

/// The scope of an exceptional access of the actor to this person, and its end; asked for when nothing else lets them
/// see the person.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn exceptional_scope(
    ctx: &Context,
    person: Uuid,
) -> Result<Option<(Scope, DateTime<Utc>)>, StoreError> {
    let (ActorKind::User, Some(account)) = (ctx.actor.kind, ctx.actor.id) else { return Ok(None) };
    if permit(ctx, Action::OpenExceptionally).is_err() {
        return Ok(None);
    }
    let running = exceptional::running(ctx.db().read(), account, &[person], ctx.now()).await?;
    Ok(running.map(|row| (Scope::union(vec![Reach::Person(row.person_id)]), row.until)))
}

/// An access that was opened, as the team lead and the data protection officer read it.
#[derive(Debug, Clone)]
pub struct Notice {
    /// Its identifier.
    pub id: Uuid,
    /// Who opened it.
    pub who: String,
    /// On whom: named to a team lead, who may see them; the data protection officer opens the file with a reason.
    pub person_id: Uuid,
    /// Their name, for a team lead.
    pub name: Option<String>,
    /// Why, in a word.
    pub motive: Option<Motive>,
    /// Why, in a sentence.
    pub reason: String,
    /// When.
    pub opened_at: DateTime<Utc>,
    /// The actor has read of it.
    pub seen: bool,
}

/// The accesses that the actor answers for, the most recent first: all that they have not read of, and the last of the others.
///
/// # Errors
/// [`ExceptionalError::Refused`].
pub async fn notices(ctx: &Context) -> Result<Vec<Notice>, ExceptionalError> {
    let db = ctx.db();
    let (mut rows, seen) = answered_for(ctx).await?;
    let mut read = 0;
    rows.retain(|row| {
        read += usize::from(seen.contains(&row.id));
        !seen.contains(&row.id) || read <= SHOWN_READ
    });
    let accounts: Vec<Uuid> = rows.iter().map(|row| row.account_id).collect();
    let names = account::names(db, &accounts).await?;
    let people: Vec<Uuid> = rows.iter().map(|row| row.person_id).collect();
    // Whoever has moved elsewhere, is archived or frozen since is not named any more.
    let people = match scope(ctx, Action::ReadPeople) {
        Ok(mine) => one::seen(db.read(), &mine, ctx.today(), &people).await?,
        Err(_) => Vec::new(),
    };
    let mut all = Vec::new();
    for row in rows {
        let person = people.iter().find(|one| one.id == row.person_id);
        all.push(Notice {
            id: row.id,
            who: account::name_of(&names, row.account_id).unwrap_or_default(),
            person_id: row.person_id,
            name: person.map(|one| format!("{} {}", one.first_name, one.last_name)),
            motive: Motive::parse(&row.motive),
            reason: db.keys().decrypt_text(PLACE, &row.reason_sealed)?,
            opened_at: row.opened_at,
            seen: seen.contains(&row.id),
        });
    }
    Ok(all)
}

/// How many accesses the actor answers for and has not read of; no reason and no name is read.
///
/// # Errors
/// [`ExceptionalError::Refused`].
pub async fn notices_waiting(ctx: &Context) -> Result<u64, ExceptionalError> {
    let (rows, seen) = answered_for(ctx).await?;
    Ok(rows.iter().filter(|row| !seen.contains(&row.id)).count() as u64)
}

/// The accesses that the actor answers for, the most recent first, and those of them that they have read of.
async fn answered_for(ctx: &Context) -> Result<(Vec<AccessRow>, HashSet<Uuid>), ExceptionalError> {
    permit(ctx, Action::ReadExceptional)?;
    let c = ctx.db().read();
    let all = exceptional::recent(c, LOOKED_AT).await?;
    let rows = all.into_iter().filter(|row| told(ctx, row)).collect();
    Ok((rows, exceptional::seen(c, ctx.actor.id.unwrap_or_default()).await?))
}

/// Whether the actor answers for an access: the data protection officer for all, a team lead for their territories.
fn told(ctx: &Context, row: &AccessRow) -> bool {
    ctx.actor.kind == ActorKind::System
        || ctx.actor.roles.iter().any(|held| match grant(held.role, Action::ReadExceptional) {
            Grant::All => true,
            Grant::Team => {
                let outside = held.structure.as_ref().is_some_and(|one| !one.departmental);
                !outside && held.covers(row.territory.as_deref())
            }
            _ => false,
        })
}

/// Says that the actor has read of an access; the journal keeps it.
///
/// # Errors
/// [`ExceptionalError::Nobody`] for an access that the actor does not answer for.
pub async fn acknowledge(ctx: &Context, id: Uuid) -> Result<(), ExceptionalError> {
    permit(ctx, Action::ReadExceptional)?;
    let by = ctx.actor.id.ok_or(Refused::Forbidden)?;
    let tx = ctx.db().begin().await?;
    let row =
        exceptional::by_id(&tx, id).await?.filter(|row| told(ctx, row)).ok_or(ExceptionalError::Nobody)?;
    exceptional::mark_seen(&tx, id, by, ctx.now()).await?;
    audit::record(ctx, &tx, Act::SeeExceptional, Some(row.person_id), Some(id.to_string()), json!({}))
        .await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// Sets to which roles the département opens exceptional accesses, from today on.
///
/// # Errors
/// [`ExceptionalError::Refused`].
pub async fn set_roles(ctx: &Context, roles: &[Role]) -> Result<(), ExceptionalError> {
    permit(ctx, Action::EditSettings)?;
    let kept: Vec<&str> = roles
        .iter()
        .filter(|role| grant(**role, Action::OpenExceptionally) == Grant::Exceptional)
        .map(|role| role.code())
        .collect();
    // An empty value would mean « not set »: a word that is no role says « nobody ».
    let value = if kept.is_empty() { "personne".to_owned() } else { kept.join(" ") };
    let tx = ctx.db().begin().await?;
    set_parameter(ctx, &tx, ROLES, value).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
