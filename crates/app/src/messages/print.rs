//! Letters by batch: one PDF of all those that wait, then « they are posted ». Printing again changes nothing: paper jams.

use domain::access::permission::Action;
use domain::audit::Act;
use domain::messages::state::State;
use serde_json::json;
use store::StoreError;
use store::messages::written::{self, MessageRow};

use super::compose::{Content, Draft, Unfit, draft};
use super::read::{allowed, told};
use super::sheet::{sheet, words_of};
use super::words::Language;
use crate::access::permit;
use crate::agenda::AgendaError;
use crate::{Context, audit};

/// Most letters of one file.
const MOST: u64 = 100;

/// Why no file is made.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// Not in this role.
    #[error(transparent)]
    Agenda(#[from] AgendaError),
    /// None that can be printed.
    #[error("Aucun courrier ne peut être imprimé : ce qui manque est dit à côté de chacun.")]
    Nothing,
    /// The letters could not be set: our fault.
    #[error(transparent)]
    Letter(#[from] letters::LetterError),
    /// The program stopped meanwhile.
    #[error(transparent)]
    Thread(#[from] tokio::task::JoinError),
}

impl From<StoreError> for PrintError {
    fn from(error: StoreError) -> Self {
        Self::Agenda(error.into())
    }
}

/// One PDF of the letters that wait, a hundred at most. Who prefers English has the translation behind the French.
///
/// # Errors
/// [`PrintError`]; what keeps a letter from being printed is kept beside it.
pub async fn print(ctx: &Context) -> Result<Vec<u8>, PrintError> {
    let mut sheets = Vec::new();
    let (mut author, mut first) = (String::new(), String::new());
    for row in waiting(ctx).await? {
        let drafted = Box::pin(draft(ctx, &row)).await;
        let tx = ctx.db().begin().await?;
        let made = match drafted {
            Ok(draft) => Box::pin(pages(ctx, &tx, &row, draft)).await,
            Err(unfit) => Err(unfit),
        };
        let after = match made {
            Ok((after, mut made, sender)) => {
                if first.is_empty() {
                    first.clone_from(&row.id.simple().to_string());
                }
                author = sender;
                sheets.append(&mut made);
                after
            }
            Err(Unfit::Gone) => MessageRow {
                state: State::Dropped.code().to_owned(),
                over_at: Some(ctx.now()),
                ..row.clone()
            },
            Err(Unfit::Mend(why)) => MessageRow { problem: Some(why), ..row.clone() },
            Err(Unfit::Store(error)) => return Err(error.into()),
        };
        written::change(&tx, &row, after).await?;
        tx.commit().await.map_err(StoreError::from)?;
    }
    if sheets.is_empty() {
        return Err(PrintError::Nothing);
    }
    let mail = letters::Mail { author, made_on: ctx.today(), reference: first, sheets };
    Ok(tokio::task::spawn_blocking(move || letters::mail(&mail)).await??)
}

async fn pages(
    ctx: &Context,
    tx: &store::Tx,
    row: &MessageRow,
    mut draft: Draft,
) -> Result<(MessageRow, Vec<letters::Sheet>, String), Unfit> {
    draft.link(ctx, tx, row).await?;
    let languages: &[Language] = match draft.language {
        Language::French => &[Language::French],
        Language::English => &Language::ALL,
    };
    let made = languages.iter().map(|one| sheet(*one, &draft.message, &draft.facts.values(*one)));
    let made = made.collect::<Result<Vec<_>, _>>()?;
    let (subject, text) = made.first().map(|page| (page.object.clone(), words_of(page))).unwrap_or_default();
    let content =
        Content { to: String::new(), name: draft.facts.name.clone(), subject, text, calendar: None };
    let detail = json!({ "template": row.template, "version": draft.version });
    let object = row.appointment_id.unwrap_or(row.id).to_string();
    audit::record(ctx, tx, Act::PrintLetter, Some(row.person_id), Some(object), detail).await?;
    let after = MessageRow {
        content_sealed: Some(content.seal(ctx)?),
        version: Some(draft.version),
        problem: None,
        ..row.clone()
    };
    let sender = draft.facts.set.get("sender.name").cloned().unwrap_or_default();
    Ok((after, made, sender))
}

/// The letters that were printed are in the post; how many.
///
/// # Errors
/// [`PrintError`].
pub async fn posted(ctx: &Context) -> Result<usize, PrintError> {
    let mut count = 0;
    for row in waiting(ctx).await?.into_iter().filter(|row| row.content_sealed.is_some()) {
        let tx = ctx.db().begin().await?;
        let after = MessageRow {
            state: State::Printed.code().to_owned(),
            sent_at: Some(ctx.now()),
            over_at: Some(ctx.now()),
            ..row.clone()
        };
        if written::change(&tx, &row, after).await? {
            told(ctx, &tx, &row, "posted").await?;
            count += 1;
        }
        tx.commit().await.map_err(StoreError::from)?;
    }
    Ok(count)
}

async fn waiting(ctx: &Context) -> Result<Vec<MessageRow>, AgendaError> {
    permit(ctx, Action::EditAppointments)?;
    let rows = written::open(ctx.db().read(), &[State::ToPrint], written::ALL).await?;
    let mut rows = allowed(ctx, rows).await?.rows;
    rows.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    Ok(rows)
}
