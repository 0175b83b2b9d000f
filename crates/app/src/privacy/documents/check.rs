//! Check that each document has its bytes, unchanged, and tell the bytes that nobody names.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};
use store::privacy::document::{self, ObjectRow};
use uuid::Uuid;

use super::{DocumentError, ObjectError};
use crate::Context;

/// Names looked up at a time.
const BATCH: usize = 500;

/// The faults found, each a French sentence; empty when all is well. Every object is read whole, in constant memory.
///
/// # Errors
/// When the database does not answer.
pub async fn check(ctx: &Context) -> Result<Vec<String>, DocumentError> {
    let mut faults: HashMap<&'static str, u64> = HashMap::new();
    let mut after: Option<Uuid> = None;
    loop {
        let rows = document::objects_after(ctx.db(), after).await?;
        let Some(last) = rows.last() else { break };
        after = Some(last.id);
        for row in &rows {
            if let Some(fault) = fault(ctx, row).await? {
                *faults.entry(fault).or_default() += 1;
            }
        }
    }
    let strangers = strangers(ctx).await?;
    if strangers > 0 {
        faults.insert("des octets gardés ne sont nommés par aucun document ; s’ils ne viennent pas d’un ajout en cours, ils seront effacés sous un jour", strangers);
    }
    let mut told: Vec<String> = faults.into_iter().map(|(fault, n)| format!("{fault} ({n})")).collect();
    told.sort();
    Ok(told)
}

/// What is wrong with an object.
async fn fault(ctx: &Context, row: &ObjectRow) -> Result<Option<&'static str>, DocumentError> {
    let Ok(key) = document::key_of(ctx.db(), row) else {
        return Ok(Some(
            "des documents ne peuvent plus être déchiffrés : leur clé est celle d’un autre secret",
        ));
    };
    match hash(ctx, row, &key).await {
        Ok(hash) if super::address(ctx, &hash)? == row.address => Ok(None),
        Ok(_) | Err(ObjectError::Changed) => {
            Ok(Some("des documents ont été changés, coupés ou échangés là où ils sont gardés"))
        }
        Err(ObjectError::Missing) => Ok(Some("des documents n’ont plus leurs octets")),
        Err(away @ ObjectError::Away(_)) => Err(away.into()),
    }
}

async fn hash(
    ctx: &Context,
    row: &ObjectRow,
    key: &store::privacy::sealed::FileKey,
) -> Result<String, ObjectError> {
    let size = u64::try_from(row.size).unwrap_or_default();
    let mut reading = ctx.department.objects.open(&row.name, key, size).await?;
    let mut hash = Sha256::new();
    while let Some(piece) = reading.next().await? {
        hash.update(piece);
    }
    Ok(crate::intake::hex(&hash.finalize()))
}

/// How many objects no row names.
async fn strangers(ctx: &Context) -> Result<u64, DocumentError> {
    let mut list = ctx.department.objects.list();
    let (mut names, mut count, mut more) = (Vec::new(), 0, true);
    while more {
        match list.next().await {
            Some(found) => names.push(found?.name),
            None => more = false,
        }
        if names.len() == BATCH || !more {
            count += document::unnamed(ctx.db(), &names).await?.len() as u64;
            names.clear();
        }
    }
    Ok(count)
}
