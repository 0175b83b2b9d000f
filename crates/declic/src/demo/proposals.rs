//! Two people proposed to the structure of the partner's account.

use std::collections::BTreeMap;

use app::access::scope;
use app::domain::access::permission::Action;
use app::domain::access::proposal::{Shared, usual_last_day};
use app::domain::access::role::Role;
use app::people::proposal::{ProposalInput, propose};
use app::{Context, StoreError};
use store::people::list::{Filter, Order, Page, Sort, list};
use uuid::Uuid;

use super::{acting, stories};
use crate::failure::Outcome;

/// What is written, and what the structure sees beside the names.
const PROPOSALS: [(&str, &[Shared]); 2] = [
    (
        "Cherche un emploi en cuisine collective. Disponible en journée, se déplace en bus.\nPouvez-vous recevoir cette personne pour un essai d’une semaine ?",
        &[Shared::Phone, Shared::Commune],
    ),
    ("Souhaite découvrir vos ateliers avant de s’engager.", &[Shared::Age]),
];

/// Proposes the first people whom the social referent follows.
///
/// # Errors
/// When one is refused: the demonstration would not be one.
pub async fn make(ctx: &Context, accounts: &BTreeMap<Role, Uuid>, structure: Uuid) -> Outcome {
    let Some(referent) = acting(ctx, accounts, Role::SocialReferent).await? else { return Ok(()) };
    let own = scope(&referent, Action::ProposePerson)?;
    let page = Page { after: None, limit: PROPOSALS.len() as u64 + 1 };
    let order = (Sort::Name, Order::Ascending);
    let mut people = list(ctx.db(), &own, ctx.today(), &Filter::default(), order, &page).await?;
    people.retain(|person| !stories::tells(person));
    for (person, (text, shares)) in people.iter().zip(PROPOSALS) {
        let input = ProposalInput {
            structure: Some(structure),
            text: text.to_owned(),
            shares: shares.to_vec(),
            until: Some(usual_last_day(ctx.today())),
        };
        propose(&referent, person.id, &input).await.map_err(|error| StoreError::Other(error.to_string()))?;
    }
    Ok(())
}
