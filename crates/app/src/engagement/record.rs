//! What the acts of a contract share: what may be wrong, how one is found, how one is written.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::audit::Act;
use domain::engagement::contract::{Asked, Bar, Contract, Kind, Means, Recorded, Signatory, fold};
use domain::engagement::terms::{Commitment, Hours, Lighter, Nature, Party, Refusal, Text};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::engagement::{self, ContractActRow, ContractRow};
use store::sealed::{CONTRACT, CONTRACT_ACT};
use store::{StoreError, Tx};
use uuid::Uuid;

use crate::access::scope;
use crate::followup::{FollowError, Subject, stand, subject};
use crate::people::PeopleError;
use crate::{Context, audit};

/// Why nothing is recorded of a contract.
#[derive(Debug, thiserror::Error)]
pub enum ContractError {
    /// The person, or the permission.
    #[error(transparent)]
    Follow(#[from] FollowError),
    /// What is typed.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Not from where the contract stands.
    #[error(transparent)]
    Barred(#[from] Bar),
    /// Somebody wrote the draft meanwhile.
    #[error("Quelqu’un a modifié ce projet entre-temps. Votre texte est gardé ci-dessous : comparez-le avec {}, puis enregistrez.", .0)]
    Changed(String),
    /// Somebody signed: the text is not changed any more.
    #[error("Ce contrat porte déjà une signature : son texte ne change plus. Écrivez un avenant.")]
    SignedAlready,
    /// A draft is open already.
    #[error("Un projet de contrat est déjà ouvert pour cette personne : continuez-le, ou abandonnez-le.")]
    Open,
    /// They were passed to another département.
    #[error("Cette personne suit son parcours dans un autre département.")]
    Left,
    /// A day that has not come, or is out of the contract.
    #[error("Donnez un jour qui convient : {}.", .0)]
    Day(&'static str),
    /// No reason was chosen.
    #[error("Choisissez une réponse dans la liste.")]
    Choice,
    /// A text is needed, or it is too long.
    #[error("Écrivez-le en une phrase au moins, et 4 000 caractères au plus.")]
    Text,
    /// Nobody is ticked.
    #[error("Cochez au moins une signature.")]
    Nobody,
    /// No such contract of this person.
    #[error("Ce contrat n’existe plus : relisez la fiche.")]
    Unknown,
    /// The letter could not be set.
    #[error(transparent)]
    Letter(#[from] letters::LetterError),
    /// The thread that set it failed.
    #[error(transparent)]
    Thread(#[from] tokio::task::JoinError),
}

impl From<StoreError> for ContractError {
    fn from(error: StoreError) -> Self {
        Self::Follow(error.into())
    }
}

impl From<PeopleError> for ContractError {
    fn from(error: PeopleError) -> Self {
        Self::Follow(error.into())
    }
}

/// What is sealed of a contract.
#[derive(Serialize, Deserialize)]
struct Sealed {
    lighter: Option<String>,
    commitments: Vec<(String, String)>,
}

/// Seals what is committed to.
pub(super) fn seal(ctx: &Context, text: &Text) -> Result<Vec<u8>, StoreError> {
    let pair = |one: &Commitment| (one.party.code().to_owned(), one.text.clone());
    let sealed = Sealed {
        lighter: text.hours.lighter.map(|one| one.code().to_owned()),
        commitments: text.commitments.iter().map(pair).collect(),
    };
    let bytes = serde_json::to_vec(&sealed).map_err(|error| StoreError::Other(error.to_string()))?;
    ctx.db().keys().encrypt(CONTRACT.place, &bytes)
}

/// What is written in a contract, as it stands on its row.
pub(super) fn text_of(ctx: &Context, row: &ContractRow) -> Result<Text, StoreError> {
    let sealed = match &row.text_sealed {
        Some(sealed) => {
            let clear = ctx.db().keys().decrypt_text(CONTRACT.place, sealed)?;
            serde_json::from_str(&clear).map_err(|error| StoreError::Other(error.to_string()))?
        }
        None => Sealed { lighter: None, commitments: Vec::new() },
    };
    let commitment =
        |(party, text): (String, String)| Some(Commitment { party: Party::parse(&party)?, text });
    Ok(Text {
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        hours: Hours {
            weekly: u32::try_from(row.weekly_hours).unwrap_or_default(),
            lighter: sealed.lighter.as_deref().and_then(Lighter::parse),
            until: row.lighter_until,
        },
        commitments: sealed.commitments.into_iter().filter_map(commitment).collect(),
    })
}

/// What a signature is given to, in 64 hexadecimal digits: SHA-256 of the text, line by line, so that anybody can compute it
/// again from the page.
pub(super) fn digest(row: &ContractRow, text: &Text) -> String {
    let mut lines = vec![
        row.id.to_string(),
        row.nature.clone(),
        text.starts_on.to_string(),
        text.ends_on.to_string(),
        text.hours.weekly.to_string(),
        text.hours.until.map(|day| day.to_string()).unwrap_or_default(),
    ];
    lines.extend(text.commitments.iter().map(|one| format!("{}: {}", one.party.code(), one.text)));
    crate::intake::source::hex(&Sha256::digest(lines.join("\n")))
}

/// What a row asks.
pub(super) fn asked(row: &ContractRow) -> Asked {
    Asked {
        signatories: row.signatories.split(',').filter_map(Signatory::parse).collect(),
        validation: row.validation,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        lighter_until: row.lighter_until,
    }
}

/// The words of the database for who signs.
pub(super) fn codes(signatories: &[Signatory]) -> String {
    signatories.iter().map(|one| one.code()).collect::<Vec<_>>().join(",")
}

pub(super) fn nature(row: &ContractRow) -> Nature {
    Nature::parse(&row.nature).unwrap_or(Nature::Engagement)
}

/// What is read of an act.
pub(super) fn recorded(row: &ContractActRow) -> Option<Recorded> {
    Some(Recorded {
        kind: Kind::parse(&row.kind)?,
        by: Signatory::parse(&row.signatory),
        held_on: row.held_on,
        until: row.until_on,
    })
}

/// A contract of these records with what its acts make of it, as it stands in the transaction.
pub(super) async fn find(
    tx: &Tx,
    records: &[Uuid],
    id: Uuid,
) -> Result<(ContractRow, Asked, Contract), ContractError> {
    let row = engagement::of(tx, records).await?.into_iter().find(|one| one.id == id);
    let row = row.ok_or(ContractError::Unknown)?;
    let asked = asked(&row);
    let acts = engagement::acts(tx, records).await?;
    let mine: Vec<Recorded> = acts.iter().filter(|act| act.contract_id == id).filter_map(recorded).collect();
    let contract = fold(&asked, &mine);
    Ok((row, asked, contract))
}

/// An act to write.
pub(super) struct NewAct {
    pub kind: Kind,
    pub by: Option<Signatory>,
    pub means: Option<Means>,
    pub digest: String,
    pub held_on: NaiveDate,
    pub until: Option<NaiveDate>,
    pub reason: &'static str,
    pub text: Option<String>,
}

impl NewAct {
    /// One without signature, date or words.
    pub fn of(kind: Kind, held_on: NaiveDate) -> Self {
        Self {
            kind,
            by: None,
            means: None,
            digest: String::new(),
            held_on,
            until: None,
            reason: "",
            text: None,
        }
    }
}

/// Adds the row of an act.
pub(super) async fn write(
    ctx: &Context,
    tx: &Tx,
    (contract, person, account): (Uuid, Uuid, Uuid),
    new: NewAct,
) -> Result<(), StoreError> {
    let seal = |text: String| ctx.db().keys().encrypt(CONTRACT_ACT.place, text.as_bytes());
    let row = ContractActRow {
        id: ctx.app.ids.make(),
        contract_id: contract,
        person_id: person,
        kind: new.kind.code().to_owned(),
        signatory: new.by.map(Signatory::code).unwrap_or_default().to_owned(),
        means: new.means.map(Means::code).unwrap_or_default().to_owned(),
        digest: new.digest,
        held_on: new.held_on,
        until_on: new.until,
        reason: new.reason.to_owned(),
        text_sealed: new.text.map(seal).transpose()?,
        account_id: account,
        recorded_at: ctx.now(),
    };
    engagement::add_act(tx, row).await
}

/// Says again where the person stands, writes the journal, and commits.
pub(super) async fn close(
    ctx: &Context,
    tx: Tx,
    person: Uuid,
    contract: Uuid,
    detail: Value,
) -> Result<(), ContractError> {
    stand(ctx, &tx, person).await?;
    audit::record(ctx, &tx, Act::RecordContract, Some(person), Some(contract.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// The detail of the journal: no word of the text.
pub(super) fn detail(kind: &str, reason: &str) -> Value {
    json!({ "kind": kind, "reason": reason })
}

/// The person, for one of these actions: the first that the actor may do to them.
pub(super) async fn subject_of(
    ctx: &Context,
    actions: &[Action],
    person: Uuid,
) -> Result<Subject, ContractError> {
    let mut refused = None;
    for action in actions {
        if scope(ctx, *action).is_err() {
            continue;
        }
        match subject(ctx, *action, person).await {
            Ok(found) => return Ok(found),
            Err(error) => refused = Some(error),
        }
    }
    match refused {
        Some(error) => Err(error.into()),
        // None of them is of the actor's roles: said as for the first.
        None => Ok(subject(ctx, *actions.first().ok_or(ContractError::Unknown)?, person).await?),
    }
}
