//! Pass a person to another département, receive one, and follow both until somebody says that they arrived.

use app::people::person::{PersonFile, is_seen};
use app::people::transfer::{
    How, Passage, Preview, Receipt, ReceiveInput, ReceivedItem, TransferError, TransferInput, cancel, close,
    export, own_key, passages, peers, preview, receive, receiving_territories, save_peer,
};
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path};
use domain::access::permission::Action;
use domain::people::transfer::{Direction, Standing};

use super::rows::t;
use crate::form::Form;
use crate::format;
use crate::respond::{Answer, Fail, download, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::form_page::FormPage;
use crate::view::parts::{Empty, Link, Tag, Tone};
use crate::view::person::Notice;
use crate::view::transfer::{ReceivedPanel, ReceivedRow, TransferEnd, TransferRow, Transfers};
use crate::view::words;

/// Largest file read, in bytes: what one may hold, and its marks.
const LARGEST: usize = 300 * 1024 * 1024;
/// The list.
const LIST: &str = "/transferts";
/// The keys.
const KEYS: &str = "/reglages/transferts";

type Place = Path<(String, String)>;

/// What is said in a form, or a page of refusal.
fn wrong(error: TransferError) -> Result<FieldError, Fail> {
    let field = match &error {
        TransferError::People(_) => {
            let TransferError::People(error) = error else { return Err(Fail::Problem(Problem::Internal)) };
            return Err(error.into());
        }
        TransferError::Reason => "reason",
        TransferError::Department | TransferError::NoKey(_) => "to",
        TransferError::Territory => "territory",
        TransferError::OwnKey => "key",
        _ => "file",
    };
    Ok(FieldError { field: field.to_owned(), text: error.to_string() })
}

/// `GET /{department}/personnes/{id}/transfert`.
///
/// # Errors
/// 404 for one whom the actor may not pass.
pub async fn form(visit: Visit, Path((_, person)): Place) -> Answer {
    match preview(&visit.ctx(), id(&person)?).await {
        Ok(known) => page(&form_page(&visit, &known, &Form::default(), Vec::new())),
        Err(TransferError::AlreadyLeft) => left(&visit),
        Err(error) => Err(fail(error)),
    }
}

fn left(visit: &Visit) -> Answer {
    see_other_saying(visit, &visit.path(LIST), Tone::Soon, "flash-transfer-left")
}

fn fail(error: TransferError) -> Fail {
    match wrong(error) {
        Ok(told) => Fail::Internal(told.text),
        Err(fail) => fail,
    }
}

/// `POST /{department}/personnes/{id}/transfert`: the file.
///
/// # Errors
/// 404 for one whom the actor may not pass.
pub async fn send(visit: Visit, Path((_, person)): Place, form: Form) -> Answer {
    let (ctx, person) = (visit.ctx(), id(&person)?);
    let input = TransferInput { to: form.get("to").to_owned(), reason: form.get("reason").to_owned() };
    let error = match export(&ctx, person, &input).await {
        Ok(made) => return download(made.bytes, "application/octet-stream", &made.file_name),
        Err(TransferError::AlreadyLeft) => return left(&visit),
        Err(error) => wrong(error)?,
    };
    let known = preview(&ctx, person).await.map_err(fail)?;
    unprocessable(&form_page(&visit, &known, &form, vec![error]))
}

fn form_page(visit: &Visit, known: &Preview, typed: &Form, errors: Vec<FieldError>) -> FormPage {
    let person = visit.path(&format!("/personnes/{}", known.row.id));
    let leaves: Vec<String> = known
        .leaves
        .iter()
        .map(|one| {
            let kind = words::transfer_kind(one.kind).unwrap_or_default();
            format!("{} ({})", kind.to_lowercase(), one.count)
        })
        .collect();
    let nir = if known.nir { t("transfer-form-nir").to_string() } else { String::new() };
    let upcoming = if known.upcoming > 0 {
        t("transfer-form-upcoming").n("n", known.upcoming).to_string()
    } else {
        String::new()
    };
    let lead = t("transfer-form-lead")
        .s("leaves", leaves.join(", "))
        .s("nir", nir)
        .s("days", known.days.0.to_string())
        .s("confirm", known.days.1.to_string())
        .s("upcoming", upcoming)
        .to_string();
    let to = typed.get("to");
    let mut choices = vec![Choice::new("", t("transfer-to-choose").to_string(), to)];
    choices.extend(
        known.peers.iter().map(|one| Choice::new(&one.code, format!("{} ({})", one.name, one.code), to)),
    );
    FormPage {
        back: Link::new(super::rows::name(&known.row), person.clone()),
        title: t("transfer-go").to_string(),
        lead,
        action: format!("{person}/transfert"),
        fields: vec![
            Field::select("to", t("transfer-to").to_string(), choices)
                .hint(t("transfer-to-hint").to_string())
                .error(FieldError::of(&errors, "to")),
            Field::new(FieldKind::Textarea, "reason", t("transfer-reason").to_string())
                .hint(t("transfer-reason-hint").to_string())
                .value(typed.get("reason"))
                .error(FieldError::of(&errors, "reason")),
        ],
        errors,
        ticks: None,
        submit: t("transfer-form-go").to_string(),
        shell: visit.shell(),
    }
}

/// `GET /{department}/transferts`.
///
/// # Errors
/// When the database does not answer.
pub async fn list(visit: Visit) -> Answer {
    page(&transfers(&visit, "", None, Vec::new()).await?)
}

async fn transfers(
    visit: &Visit,
    territory: &str,
    receipt: Option<(uuid::Uuid, &str)>,
    errors: Vec<FieldError>,
) -> Result<Transfers, Fail> {
    let ctx = visit.ctx();
    let rows = passages(&ctx).await.map_err(fail)?;
    let may = app::access::permit(&ctx, Action::ReceivePeople).is_ok();
    let known = if may { receiving_territories(&ctx).await.map_err(fail)? } else { Vec::new() };
    let mut choices = vec![Choice::new("", t("transfer-territory-choose").to_string(), territory)];
    choices.extend(known.into_iter().map(|one| Choice::new(&one.code, one.name, territory)));
    Ok(Transfers {
        received: None,
        rows: rows.iter().map(|one| row(visit, one, receipt, &errors)).collect(),
        empty: Empty {
            title: t("transfer-none").to_string(),
            text: t("transfer-none-text").to_string(),
            action: None,
        },
        action: may.then(|| visit.path(LIST)),
        fields: vec![
            Field {
                accept: ".declic",
                ..Field::new(FieldKind::File, "file", t("transfer-file").to_string())
            }
            .hint(t("transfer-file-hint").to_string())
            .error(FieldError::of(&errors, "file")),
            Field::select("territory", t("transfer-territory").to_string(), choices)
                .hint(t("transfer-territory-hint").to_string())
                .error(FieldError::of(&errors, "territory")),
        ],
        errors,
        shell: visit.shell(),
    })
}

fn row(
    visit: &Visit,
    one: &Passage,
    typed: Option<(uuid::Uuid, &str)>,
    errors: &[FieldError],
) -> TransferRow {
    let what = match one.direction {
        Direction::Out => "transfer-what-out",
        Direction::In => "transfer-what-in",
    };
    let tone = match (one.standing, one.late) {
        (_, true) => Tone::Late,
        (Standing::Waiting, false) => Tone::Soon,
        _ => Tone::Neutral,
    };
    let state =
        if one.late { t("transfer-late").to_string() } else { words::transfer_standing(one.standing) };
    let base = visit.path(&format!("{LIST}/{}", one.id));
    let name = format!("receipt-{}", one.id.simple());
    let mine = typed.filter(|(id, _)| *id == one.id);
    let receipt = Field::new(FieldKind::Text, &name, t("transfer-receipt").to_string())
        .hint(t("transfer-receipt-hint").to_string())
        .value(mine.map(|(_, text)| text).unwrap_or_default())
        .error(FieldError::of(errors, &name));
    TransferRow {
        link: Link::new(&one.name, visit.path(&format!("/personnes/{}", one.person))),
        what: t(what).s("other", one.other.clone()).s("day", format::full(one.on)).to_string(),
        reason: one.reason.clone(),
        state: Tag::new(state, tone),
        note: note(one),
        end: (one.standing == Standing::Waiting).then(|| TransferEnd {
            close: format!("{base}/confirmer"),
            receipt,
            open: mine.is_some(),
            cancel: format!("{base}/annuler"),
        }),
    }
}

fn note(one: &Passage) -> String {
    match (&one.receipt, one.confirm_by, &one.closed) {
        (Some(code), _, _) => t("transfer-note-receipt").s("code", code.clone()).to_string(),
        (_, Some(day), _) => t("transfer-note-confirm")
            .s("day", format::full(day))
            .s("until", format::full(one.until))
            .to_string(),
        (_, _, Some((day, how))) => t("transfer-note-closed")
            .s("day", format::full(*day))
            .s("how", words::coded::transfer_end(how).unwrap_or_default())
            .to_string(),
        _ => String::new(),
    }
}

/// `POST /{department}/transferts`: a person is received.
///
/// # Errors
/// 413 beyond what a file may hold.
pub async fn arrive(visit: Visit, body: Result<Multipart, MultipartRejection>) -> Answer {
    let mut territory = String::new();
    let sent = match body {
        Ok(parts) => read(parts, &mut territory).await,
        Err(_) => Err("transfer-file-broken"),
    };
    let error = match sent {
        Err(key) => FieldError { field: "file".to_owned(), text: t(key).to_string() },
        Ok(bytes) => {
            let input = ReceiveInput { bytes: &bytes, territory: Some(&territory) };
            match receive(&visit.ctx(), input).await {
                Ok(got) if !is_seen(&visit.ctx(), got.person).await? => {
                    return elsewhere(&visit, &got).await;
                }
                Ok(got) => {
                    let to = visit.path(&format!("/personnes/{}", got.person));
                    let (tone, key) = if got.already {
                        (Tone::Soon, "flash-transfer-again")
                    } else {
                        (Tone::Ok, "flash-transfer-received")
                    };
                    return see_other_saying(&visit, &to, tone, key);
                }
                Err(error) => wrong(error)?,
            }
        }
    };
    unprocessable(&transfers(&visit, &territory, None, vec![error]).await?)
}

/// The person was known in a territory of somebody else: the receipt is told here, for their page is not the actor's.
async fn elsewhere(visit: &Visit, got: &Receipt) -> Answer {
    let told = t("transfer-received-elsewhere").s("name", got.name.clone()).s("code", got.code.clone());
    let mut shown = transfers(visit, "", None, Vec::new()).await?;
    shown.received = Some(told.to_string());
    page(&shown)
}

/// The file and the territory, in whatever order they come; held in memory, never on a disk.
async fn read(mut parts: Multipart, territory: &mut String) -> Result<Vec<u8>, &'static str> {
    let broken = |_| "transfer-file-broken";
    let mut file = Vec::new();
    while let Some(mut part) = parts.next_field().await.map_err(broken)? {
        match part.name() {
            Some("territory") => *territory = part.text().await.map_err(broken)?,
            Some("file") => {
                while let Some(piece) = part.chunk().await.map_err(broken)? {
                    if file.len() + piece.len() > LARGEST {
                        return Err("transfer-file-broken");
                    }
                    file.extend_from_slice(&piece);
                }
            }
            _ => {}
        }
    }
    if file.is_empty() { Err("transfer-file-none") } else { Ok(file) }
}

/// `POST /{department}/transferts/{id}/confirmer`.
///
/// # Errors
/// 404 for one of whom the actor may not decide.
pub async fn confirm(visit: Visit, Path((_, transfer)): Place, form: Form) -> Answer {
    let transfer = id(&transfer)?;
    let name = format!("receipt-{}", transfer.simple());
    let typed = form.get(&name);
    let how = if form.get("how") == "by_hand" { How::ByHand } else { How::Receipt(typed.to_owned()) };
    match close(&visit.ctx(), transfer, &how).await {
        Ok(_) => see_other_saying(&visit, &visit.path(LIST), Tone::Ok, "flash-transfer-closed"),
        Err(error @ (TransferError::Receipt | TransferError::Ended)) => {
            let errors = vec![FieldError { field: name, text: error.to_string() }];
            unprocessable(&transfers(&visit, "", Some((transfer, typed)), errors).await?)
        }
        Err(error) => Err(fail(error)),
    }
}

/// `POST /{department}/transferts/{id}/annuler`.
///
/// # Errors
/// 404 for one of whom the actor may not decide.
pub async fn undo(visit: Visit, Path((_, transfer)): Place) -> Answer {
    match cancel(&visit.ctx(), id(&transfer)?).await {
        Ok(person) => {
            let to = visit.path(&format!("/personnes/{person}"));
            see_other_saying(&visit, &to, Tone::Ok, "flash-transfer-cancelled")
        }
        Err(TransferError::Ended) => left(&visit),
        Err(error) => Err(fail(error)),
    }
}

/// `GET /{department}/reglages/transferts`.
///
/// # Errors
/// When the database does not answer.
pub async fn keys(visit: Visit) -> Answer {
    page(&keys_page(&visit, "", Vec::new()).await?)
}

/// `POST /{department}/reglages/transferts`.
///
/// # Errors
/// When the database refuses.
pub async fn keep_key(visit: Visit, form: Form) -> Answer {
    match save_peer(&visit.ctx(), form.get("key")).await {
        Ok(_) => see_other_saying(&visit, &visit.path(KEYS), Tone::Ok, "flash-transfer-key"),
        Err(error) => {
            let told = wrong(error)?;
            let errors = vec![FieldError { field: "key".to_owned(), ..told }];
            unprocessable(&keys_page(&visit, form.get("key"), errors).await?)
        }
    }
}

async fn keys_page(visit: &Visit, typed: &str, errors: Vec<FieldError>) -> Result<FormPage, Fail> {
    let ctx = visit.ctx();
    let own = own_key(&ctx).await.map_err(|e| Fail::store(&e))?;
    let known = peers(&ctx).await.map_err(|e| Fail::store(&e))?;
    let known: Vec<String> =
        known.iter().map(|one| format!("{} ({}), {}", one.name, one.code, one.fingerprint)).collect();
    let known = if known.is_empty() { t("transfer-keys-none").to_string() } else { known.join(" ; ") };
    Ok(FormPage {
        back: Link::new(t("settings-title").to_string(), visit.path("/reglages/territoires")),
        title: t("transfer-keys").to_string(),
        lead: t("transfer-keys-lead")
            .s("key", own.text())
            .s("print", own.fingerprint())
            .s("known", known)
            .to_string(),
        action: visit.path(KEYS),
        fields: vec![
            Field::new(FieldKind::Text, "key", t("transfer-key").to_string())
                .hint(t("transfer-key-hint").to_string())
                .value(typed)
                .error(FieldError::of(&errors, "key")),
        ],
        errors,
        ticks: None,
        submit: t("transfer-keys-go").to_string(),
        shell: visit.shell(),
    })
}

/// What another département sent, for the page of a person who arrived from it.
pub(super) fn received(visit: &Visit, file: &PersonFile) -> Option<ReceivedPanel> {
    let arrived = file.passages.iter().find(|one| one.standing == Standing::Received)?;
    let day = |on| format::short(on, visit.today());
    let lead =
        t("transfer-received-lead").s("other", arrived.other.clone()).s("day", day(arrived.on)).to_string();
    let told = |item: &ReceivedItem| ReceivedRow {
        kind: words::transfer_kind(&item.kind).unwrap_or_default(),
        when: [day(item.on), item.by.clone(), item.office.clone()]
            .into_iter()
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        level: words::level(item.level),
        lines: item
            .facts
            .iter()
            .filter(|fact| fact.key != "dossier" && fact.key != "proposed")
            .map(|fact| {
                let label = fact.label.clone().unwrap_or_else(|| words::transfer_fact(&fact.key));
                format!("{label} : {}", words::transfer_value(&fact.key, &fact.text))
            })
            .collect(),
    };
    Some(ReceivedPanel { lead, rows: file.received.iter().map(told).collect() })
}

/// Where a person stands between two départements, at the top of their page.
pub(super) fn notice(visit: &Visit, file: &PersonFile) -> Option<Notice> {
    let (key, passage) = if file.row.left_on.is_some() {
        let left = file.passages.iter().find(|one| one.direction == Direction::Out)?;
        let waits = left.standing == Standing::Waiting;
        (if waits { "transfer-notice-waiting" } else { "transfer-notice-left" }, left)
    } else {
        let arrived = file.passages.iter().find(|one| one.standing == Standing::Received)?;
        ("transfer-notice-arrived", arrived)
    };
    let day = format::full(passage.on);
    Some(Notice {
        text: t(key).s("other", passage.other.clone()).s("day", day).to_string(),
        note: String::new(),
        link: file.may_transfer.then(|| Link::new(t("transfer-notice-list").to_string(), visit.path(LIST))),
    })
}
