//! Address somebody to the platform.

use chrono::{Duration, NaiveDate};
use domain::access::permission::Action;
use domain::audit::Act;
use domain::orientation::referral::{A_DAY, AN_HOUR, LONGEST_REASON, Moment, SHORTEST_REASON, Urgency};
use domain::people::contact::{Kind, Phone};
use domain::people::identity::Identity;
use domain::people::name::normalise;
use domain::reference::geo;
use domain::time::age;
use serde_json::json;
use store::audit::JournalFilter;
use store::intake::{files, record};
use store::orientation::referral::{self, ReferralRow};
use store::people::one;
use store::sealed::{REFERRAL_IDENTITY, REFERRAL_REASON};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::TypedIdentity;
use crate::access::{ActorKind, Refused, permit};
use crate::intake::named::{Named, person_of};
use crate::intake::run::Settings;
use crate::intake::standing::derive;
use crate::people::contact::typed;
use crate::settings::communes_named;
use crate::{Context, audit};

/// Longest name, in characters.
const LONGEST_NAME: usize = 80;
/// Longest dossier number, in characters.
const LONGEST_NUMBER: usize = 20;
/// Years that nobody has.
const OLDEST: u32 = 120;
/// Years below which nobody is addressed.
const YOUNGEST: u32 = 16;

/// Why somebody is not addressed.
#[derive(Debug, thiserror::Error)]
pub enum ReferError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// No name, or one that is too long.
    #[error("Écrivez le nom tel qu’il est sur un document, en 80 caractères au plus.")]
    LastName,
    /// No first name, or one that is too long.
    #[error("Écrivez le prénom, en 80 caractères au plus.")]
    FirstName,
    /// No date, or one that nobody has.
    #[error("Écrivez la date de naissance : la personne doit avoir 16 ans ou plus.")]
    BirthDate,
    /// Too long, or odd signs.
    #[error(
        "Ce numéro de dossier n’est pas lisible : recopiez-le du courrier de la CAF ou de la MSA, ou laissez vide."
    )]
    Number,
    /// Not a telephone number.
    #[error("Ce numéro n’est pas lisible : écrivez dix chiffres, par exemple 06 12 34 56 78.")]
    Phone,
    /// Not a commune of this département.
    #[error("« {0} » n’est pas une commune de ce département : la plateforme appelle ceux qui y habitent.")]
    Commune(String),
    /// Too short or too long.
    #[error("Écrivez pourquoi vous adressez cette personne, en 10 caractères au moins et 1 000 au plus.")]
    Reason,
    /// No answer.
    #[error("Dites si c’est urgent.")]
    Urgency,
    /// No answer.
    #[error("Choisissez le moment où l’appeler.")]
    Moment,
    /// The person was not asked.
    #[error("Demandez son accord à la personne avant de l’adresser à la plateforme, puis cochez la case.")]
    Consent,
    /// Somebody sent them already, and nobody has answered yet.
    #[error(
        "Une demande est déjà en cours pour cette personne : la plateforme va l’appeler. Inutile d’en envoyer une autre."
    )]
    Twice,
    /// Too many in an hour or in a day.
    #[error(
        "Trop de demandes en peu de temps : dix par heure et quarante par jour au plus. Attendez une heure, ou téléphonez à la plateforme."
    )]
    TooMany,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReferralInput {
    /// The name, as on a document.
    pub last_name: String,
    /// The first name.
    pub first_name: String,
    /// The birth date.
    pub birth_date: Option<NaiveDate>,
    /// Claim or allocataire number; may be empty.
    pub number: String,
    /// Name or INSEE code of the commune where they live.
    pub commune: String,
    /// The telephone on which to call them.
    pub phone: String,
    /// Why.
    pub reason: String,
    /// How much it presses.
    pub urgency: Option<Urgency>,
    /// When they would rather be called.
    pub moment: Option<Moment>,
    /// They agree to be called.
    pub consent: bool,
}

/// What was typed, once it holds together.
struct Checked {
    named: Named,
    typed: TypedIdentity,
    reason: String,
    urgency: Urgency,
    moment: Moment,
}

/// Addresses somebody to the platform: known or not, they wait to be oriented from today on. Returns the identifier of what was
/// sent.
///
/// # Errors
/// [`ReferError`].
pub async fn refer(ctx: &Context, input: &ReferralInput) -> Result<Uuid, ReferError> {
    permit(ctx, Action::ReferPerson)?;
    let (ActorKind::User, Some(by)) = (ctx.actor.kind, ctx.actor.id) else {
        return Err(Refused::Forbidden.into());
    };
    let checked = check(ctx, input)?;
    may_still_send(ctx).await?;
    let settings = Settings::load(ctx).await?;
    let tx = ctx.db().begin().await?;
    // An import that writes this person at the same time waits, or is waited for; two presses of the same button too.
    files::lock_imports_briefly(ctx.db(), &tx).await?;
    if asked_already(ctx, &tx, &checked.typed).await? {
        drop(tx);
        return Err(twice(ctx).await?);
    }
    let (mut row, new) = person_of(ctx, &tx, &settings, &checked.named).await?;
    let sent = sent(ctx, row.id, by, &checked)?;
    let id = sent.id;
    let detail = json!({ "urgency": sent.urgency, "new": new });
    referral::insert(&tx, sent).await?;
    row.referred_on = Some(ctx.today());
    derive(&mut row, &settings);
    let person = row.id;
    if new {
        let phone = typed(ctx, person, Kind::Phone, checked.named.phone.clone(), false);
        store::people::contact::add(ctx.db().keys(), &tx, vec![phone]).await?;
    }
    one::save(&tx, vec![row]).await?;
    record::rebuild_counters(&tx).await?;
    audit::record(ctx, &tx, Act::ReferPerson, Some(person), Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(id)
}

/// Whether a request with these words waits already. Judged on the words alone and never on the record found: what is answered
/// would else tell whether a file of the payer names this person.
async fn asked_already(ctx: &Context, tx: &Tx, typed: &TypedIdentity) -> Result<bool, StoreError> {
    for row in referral::unanswered(tx).await? {
        let kept = ctx.db().keys().decrypt_text(REFERRAL_IDENTITY.place, &row.identity_sealed)?;
        let kept: Option<TypedIdentity> = serde_json::from_str(&kept).ok();
        if kept.is_some_and(|one| {
            one.birth_date == typed.birth_date && normalise(&one.name) == normalise(&typed.name)
        }) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Tells that somebody sent them already; the journal keeps the try, which counts among those of the hour.
async fn twice(ctx: &Context) -> Result<ReferError, StoreError> {
    let tx: Tx = ctx.db().begin().await?;
    let detail = json!({ "twice": true });
    audit::record(ctx, &tx, Act::ReferPerson, None, None, detail).await?;
    tx.commit().await?;
    Ok(ReferError::Twice)
}

fn sent(
    ctx: &Context,
    person_id: Uuid,
    author_id: Uuid,
    checked: &Checked,
) -> Result<ReferralRow, StoreError> {
    let keys = ctx.db().keys();
    let typed = serde_json::to_string(&checked.typed).map_err(|e| StoreError::Other(e.to_string()))?;
    let structure = ctx.actor.roles.iter().find_map(|held| held.structure.as_ref());
    Ok(ReferralRow {
        id: ctx.app.ids.make(),
        person_id,
        author_id,
        structure_id: structure.map(|one| one.id),
        identity_sealed: keys.encrypt(REFERRAL_IDENTITY.place, typed.as_bytes())?,
        reason_sealed: keys.encrypt(REFERRAL_REASON.place, checked.reason.as_bytes())?,
        urgency: checked.urgency.code().to_owned(),
        moment: checked.moment.code().to_owned(),
        consented_on: ctx.today(),
        sent_at: ctx.now(),
        answer: None,
        answered_at: None,
        answered_by: None,
    })
}

fn check(ctx: &Context, input: &ReferralInput) -> Result<Checked, ReferError> {
    let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = |text: &str| {
        let text = tidy(text);
        let fits = text.chars().any(char::is_alphabetic) && text.chars().count() <= LONGEST_NAME;
        fits.then_some(text)
    };
    let last_name = name(&input.last_name).ok_or(ReferError::LastName)?;
    let first_name = name(&input.first_name).ok_or(ReferError::FirstName)?;
    let today = ctx.today();
    let right = |born: &NaiveDate| *born <= today && (YOUNGEST..=OLDEST).contains(&age(*born, today));
    let birth_date = input.birth_date.filter(right).ok_or(ReferError::BirthDate)?;
    let number = input.number.split_whitespace().collect::<String>().to_uppercase();
    if number.chars().count() > LONGEST_NUMBER || !number.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err(ReferError::Number);
    }
    let commune = tidy(&input.commune);
    let place = communes_named(&ctx.department.code, &commune).into_iter().next().and_then(geo::commune);
    let place = place.ok_or_else(|| ReferError::Commune(commune.chars().take(60).collect()))?;
    let phone = Phone::parse(&input.phone).ok_or(ReferError::Phone)?.e164().to_owned();
    let reason = input.reason.trim().to_owned();
    if !(SHORTEST_REASON..=LONGEST_REASON).contains(&reason.chars().count()) {
        return Err(ReferError::Reason);
    }
    let urgency = input.urgency.ok_or(ReferError::Urgency)?;
    let moment = input.moment.ok_or(ReferError::Moment)?;
    if !input.consent {
        return Err(ReferError::Consent);
    }
    let typed = TypedIdentity { name: format!("{first_name} {last_name}"), birth_date, phone: phone.clone() };
    let facts = Identity { last_name, first_name, birth_date: Some(birth_date), ..Identity::default() };
    let named = Named { facts, number, phone, commune: place.code.to_owned() };
    Ok(Checked { named, typed, reason, urgency, moment })
}

/// Ten in an hour and forty in a day, those that told of somebody already sent included: nobody looks for people here.
async fn may_still_send(ctx: &Context) -> Result<(), ReferError> {
    let filter = JournalFilter {
        act: Some(Act::ReferPerson.code().to_owned()),
        actor: ctx.actor.id,
        from: Some(ctx.now() - Duration::days(1)),
        limit: A_DAY,
        ..JournalFilter::default()
    };
    let day = store::audit::list(ctx.db(), &store::audit::Reach::Everything, &filter).await?;
    let hour = ctx.now() - Duration::hours(1);
    let recent = day.iter().filter(|line| line.row.at > hour).count() as u64;
    if day.len() as u64 >= A_DAY || recent >= AN_HOUR {
        return Err(ReferError::TooMany);
    }
    Ok(())
}
