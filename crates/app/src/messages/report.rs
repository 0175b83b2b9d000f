//! Providers of text messages say what became of a message: at a secret address each, shown once to who sets it.

use domain::access::permission::Action;
use domain::audit::Act;
use domain::messages::report::Report;
use exchange::delivery::{Told, UnreadableReport, read_reports};
use serde_json::json;
use store::messages::report::{self, KeptReport, ReportAddress};
use store::messages::written;
use store::{StoreError, Tx, access::account};
use uuid::Uuid;

use super::later::{Learnt, learn};
use crate::access::secret::{self, Use};
use crate::access::{Actor, AddressLimiter, Refused, permit};
use crate::{Context, audit};

/// Reports that wait for their message looked at in one go.
const BATCH: u64 = 500;

/// A provider, and how it calls back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reporter {
    /// Its name in the configuration.
    pub name: String,
    /// Since when it has an address, and who made it (empty = the program); `None` without one.
    pub address: Option<(chrono::DateTime<chrono::Utc>, String)>,
    /// When it last called.
    pub heard_at: Option<chrono::DateTime<chrono::Utc>>,
}

/// Why no address is shown or made.
#[derive(Debug, thiserror::Error)]
pub enum ReporterError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// No provider of that name takes text messages.
    #[error("Ce fournisseur n’est plus dans la configuration.")]
    Unknown,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a report is not taken.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// No provider has this secret.
    #[error("Cette adresse n’existe pas.")]
    Unknown,
    /// Too many from there: so many seconds to wait.
    #[error("Trop d’appels : attendez {0} secondes.")]
    Wait(u32),
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] UnreadableReport),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The providers of the configuration, in the order in which they are asked.
///
/// # Errors
/// [`ReporterError::Refused`].
pub async fn reporters(ctx: &Context) -> Result<Vec<Reporter>, ReporterError> {
    permit(ctx, Action::EditSettings)?;
    let known = report::addresses(ctx.db().read()).await?;
    let makers: Vec<Uuid> = known.iter().filter_map(|one| one.made_by).collect();
    let names = account::names(ctx.db(), &makers).await?;
    let reporter = |name: &str| {
        let address = known.iter().find(|one| one.provider == name);
        let by =
            |one: &ReportAddress| one.made_by.and_then(|id| account::name_of(&names, id)).unwrap_or_default();
        Reporter {
            name: name.to_owned(),
            address: address.map(|one| (one.made_at, by(one))),
            heard_at: address.and_then(|one| one.heard_at),
        }
    };
    Ok(ctx.app.sms.names().into_iter().map(reporter).collect())
}

/// Makes the address that a provider calls back, and gives it whole: only its hash is kept, it cannot be shown again. The one
/// before works no more.
///
/// # Errors
/// [`ReporterError`].
pub async fn make_report_address(ctx: &Context, provider: &str) -> Result<String, ReporterError> {
    permit(ctx, Action::EditSettings)?;
    if !ctx.app.sms.names().contains(&provider) {
        return Err(ReporterError::Unknown);
    }
    let word = secret::random_word()?;
    let tx = ctx.db().begin().await?;
    let address = ReportAddress {
        provider: provider.to_owned(),
        secret_hash: secret::hash(Use::Report, &word),
        made_at: ctx.now(),
        made_by: ctx.actor.id,
        heard_at: None,
    };
    report::set_address(&tx, address).await?;
    let detail = json!({ "what": "report_address", "before": null, "after": provider });
    audit::record(ctx, &tx, Act::EditSettings, None, None, detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(format!("{}/{}/api/v1/sms/{word}", ctx.app.public_url, ctx.department.code))
}

/// How often providers may call.
#[derive(Debug, Clone, Copy)]
pub struct Limits<'a> {
    /// Calls with a secret that nobody has.
    pub wrong: &'a AddressLimiter,
    /// Every call.
    pub all: &'a AddressLimiter,
}

/// Takes what a provider sent from `address` under a secret: each message that it names, known or not, is answered the same.
///
/// # Errors
/// [`ReportError`]; nothing is then changed, and the provider calls again.
pub async fn receive_report(
    ctx: &Context,
    limits: Limits<'_>,
    address: &str,
    secret: &str,
    kind: &str,
    body: &str,
) -> Result<(), ReportError> {
    let full = |empty: domain::access::attempts::Empty| ReportError::Wait(empty.wait_seconds);
    let attempt = limits.wrong.begin(&format!("report {address}")).map_err(full)?;
    let found = report::address_of(ctx.db().read(), &secret::hash(Use::Report, secret)).await?;
    let found = found.ok_or(ReportError::Unknown)?;
    let mapping = ctx.app.sms.reports_of(&found.provider).ok_or(ReportError::Unknown)?;
    attempt.succeeded();
    limits.all.begin(&format!("report {}", found.provider)).map(drop).map_err(full)?;
    let ctx = &Context { actor: Actor::system(found.provider.clone()), ..ctx.clone() };
    for told in read_reports(&mapping, kind, body)? {
        let Some(meaning) = mapping.meaning(&told.status) else {
            tracing::warn!(
                department = ctx.department.code,
                sms.provider = found.provider,
                sms.status = told.status,
                "a provider says a word that [sms.report] does not know; taken as « under way »"
            );
            continue;
        };
        if meaning != Report::UnderWay {
            take(ctx, &found.provider, &told, meaning).await?;
        }
    }
    let tx = ctx.db().begin().await?;
    report::heard(&tx, &found.provider, ctx.now()).await?;
    Ok(tx.commit().await.map_err(StoreError::from)?)
}

/// Writes a report down: on its message when it is known, else for when it will be.
async fn take(ctx: &Context, provider: &str, told: &Told, meaning: Report) -> Result<(), StoreError> {
    let tx = ctx.db().begin().await?;
    if matches!(place(ctx, &tx, provider, &told.id, meaning).await?, None | Some(Learnt::Later)) {
        let before = report::kept(&tx, provider, &told.id).await?;
        let before = before.and_then(|one| Report::parse(&one.told));
        let one = KeptReport {
            provider: provider.to_owned(),
            reference: told.id.clone(),
            told: before.map_or(meaning, |before| before.with(meaning)).code().to_owned(),
            received_at: ctx.now(),
        };
        report::keep(&tx, one).await?;
    }
    Ok(tx.commit().await?)
}

/// Looks for the message of a report, by the identifier that the provider gave or by the one that it was given; `None` when no
/// message has it.
async fn place(
    ctx: &Context,
    tx: &Tx,
    provider: &str,
    reference: &str,
    meaning: Report,
) -> Result<Option<Learnt>, StoreError> {
    let row = match report::message_of(tx, provider, reference).await? {
        Some(row) => Some(row),
        None => match Uuid::parse_str(reference) {
            Ok(id) => written::by_id(tx, id).await?.filter(|row| row.provider.as_deref() == Some(provider)),
            Err(_) => None,
        },
    };
    let Some(row) = row else { return Ok(None) };
    let why =
        "Le fournisseur de SMS dit qu’il n’est pas arrivé : vérifiez le numéro, ou appelez la personne.";
    learn(ctx, tx, &row, meaning, why).await.map(Some)
}

/// Places the reports that came before their message was known to have left. What finds none is dropped after a week.
///
/// # Errors
/// When the database refuses.
pub async fn place_reports(ctx: &Context) -> Result<usize, StoreError> {
    let mut placed = 0;
    for one in report::waiting(ctx.db().read(), BATCH).await? {
        let Some(meaning) = Report::parse(&one.told) else { continue };
        let tx = ctx.db().begin().await?;
        let ctx = &Context { actor: Actor::system(one.provider.clone()), ..ctx.clone() };
        match place(ctx, &tx, &one.provider, &one.reference, meaning).await? {
            None | Some(Learnt::Later) => continue,
            Some(Learnt::Changed | Learnt::Nothing) => {}
        }
        report::placed(&tx, &one.provider, &one.reference).await?;
        tx.commit().await?;
        placed += 1;
    }
    Ok(placed)
}
