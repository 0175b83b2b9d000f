//! A contract on paper: a PDF that everybody can read, to sign and to keep.

use domain::audit::Act;
use letters::Contract;
use serde_json::json;
use store::StoreError;
use uuid::Uuid;

use super::record::ContractError;
use crate::{Context, audit};

/// What is written on the paper, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// « Contrat d’engagement ».
    pub title: String,
    /// Whose it is.
    pub person: String,
    /// What tells this version from the others.
    pub reference: String,
    /// What it is, in a sentence or two.
    pub lead: String,
    /// Dates and hours, each with its name.
    pub facts: Vec<(String, String)>,
    /// Who commits, and to what.
    pub sections: Vec<(String, Vec<String>)>,
    /// The title above the signatures.
    pub signatures_title: String,
    /// Who signs, and what stands there.
    pub signatures: Vec<(String, String)>,
    /// What the person should know.
    pub notes: Vec<String>,
}

/// Sets the paper of a contract that the actor has opened, on a thread of its own; the journal keeps it.
///
/// # Errors
/// [`ContractError::Letter`]: our fault, never that of what people wrote.
pub async fn print(
    ctx: &Context,
    (person, contract): (Uuid, Uuid),
    paper: Paper,
) -> Result<Vec<u8>, ContractError> {
    let model = Contract {
        department: ctx.department.name.clone(),
        made_on: ctx.today(),
        title: paper.title,
        person: paper.person,
        reference: paper.reference,
        lead: paper.lead,
        facts: paper.facts,
        sections: paper.sections,
        signatures_title: paper.signatures_title,
        signatures: paper.signatures,
        notes: paper.notes,
    };
    let bytes = tokio::task::spawn_blocking(move || letters::contract(&model)).await??;
    let tx = ctx.db().begin().await?;
    let id = Some(contract.to_string());
    audit::record(ctx, &tx, Act::PrintContract, Some(person), id, json!({})).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(bytes)
}
