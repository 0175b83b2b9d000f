//! The sightings of a household in the order of time: what timelines and the digest are made of.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::bulk::lists;
use crate::db::Db;
use crate::entity::{content, household, import_reject, payment, sighting};
use crate::error::Result;

/// The sightings of these households.
///
/// # Errors
/// When the database does not answer.
pub async fn sightings(
    c: &impl ConnectionTrait,
    households: &[Uuid],
) -> Result<Vec<super::record::SightingRow>> {
    let mut found = Vec::new();
    for part in lists(households) {
        found.extend(
            sighting::Entity::find()
                .filter(sighting::Column::HouseholdId.is_in(part.iter().copied()))
                .order_by_asc(sighting::Column::ImportId)
                .all(c)
                .await?,
        );
    }
    Ok(found)
}

/// Everything that files said of these households.
///
/// # Errors
/// When the database does not answer.
pub async fn contents(
    c: &impl ConnectionTrait,
    households: &[Uuid],
) -> Result<Vec<super::record::ContentRow>> {
    let mut found = Vec::new();
    for part in lists(households) {
        found.extend(
            content::Entity::find()
                .filter(content::Column::HouseholdId.is_in(part.iter().copied()))
                .all(c)
                .await?,
        );
    }
    Ok(found)
}

/// The accounting movements of these households, oldest month first.
///
/// # Errors
/// When the database does not answer.
pub async fn payments(
    c: &impl ConnectionTrait,
    households: &[Uuid],
) -> Result<Vec<super::record::PaymentRow>> {
    let mut found = Vec::new();
    for part in lists(households) {
        found.extend(
            payment::Entity::find()
                .filter(payment::Column::HouseholdId.is_in(part.iter().copied()))
                .order_by_asc(payment::Column::Month)
                .order_by_asc(payment::Column::ImportId)
                .order_by_asc(payment::Column::Rank)
                .all(c)
                .await?,
        );
    }
    Ok(found)
}

/// The next households in the order of their keys (claim, matricule, organism), after the one given; those in which nobody
/// has a name any more are left out.
///
/// # Errors
/// When the database does not answer.
pub async fn households_in_order(
    c: &impl ConnectionTrait,
    after: Option<&super::record::HouseholdRow>,
    limit: u64,
) -> Result<Vec<super::record::HouseholdRow>> {
    let mut query = household::Entity::find()
        .filter(household::Column::ClaimNumber.not_like(format!("{}%", household::ANONYMOUS)));
    if let Some(h) = after {
        use sea_orm::sea_query::{Expr, ExprTrait};
        let left = Expr::tuple([
            Expr::col(household::Column::ClaimNumber),
            Expr::col(household::Column::Matricule),
            Expr::col(household::Column::OrganismNumber),
            Expr::col(household::Column::Organism),
        ]);
        let right = Expr::tuple([
            Expr::value(h.claim_number.clone()),
            Expr::value(h.matricule.clone()),
            Expr::value(h.organism_number.clone()),
            Expr::value(h.organism.clone()),
        ]);
        query = query.filter(left.gt(right));
    }
    Ok(query
        .order_by_asc(household::Column::ClaimNumber)
        .order_by_asc(household::Column::Matricule)
        .order_by_asc(household::Column::OrganismNumber)
        .order_by_asc(household::Column::Organism)
        .limit(limit)
        .all(c)
        .await?)
}

/// The files that rejected these claims: a rejected dossier is not absent. `(import, claim, matricule)`.
///
/// # Errors
/// When the database does not answer.
pub async fn rejected(
    c: &impl ConnectionTrait,
    claims: &[String],
) -> Result<Vec<(Uuid, String, Option<String>)>> {
    let mut found = Vec::new();
    for part in lists(claims) {
        let rows: Vec<(Uuid, String, Option<String>)> = import_reject::Entity::find()
            .select_only()
            .columns([
                import_reject::Column::ImportId,
                import_reject::Column::Dossier,
                import_reject::Column::Matricule,
            ])
            .filter(import_reject::Column::Dossier.is_in(part.iter().map(String::as_str)))
            .into_tuple()
            .all(c)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// Every claim of which a file left the dossier out.
///
/// # Errors
/// When the database does not answer.
pub async fn rejected_claims(db: &Db) -> Result<HashSet<String>> {
    let claims: Vec<String> = import_reject::Entity::find()
        .select_only()
        .column(import_reject::Column::Dossier)
        .distinct()
        .into_tuple()
        .all(db.read())
        .await?;
    Ok(claims.into_iter().collect())
}
