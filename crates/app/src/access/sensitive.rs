//! What a sensitive structure does stays on the social side: its people are not named to anybody else.

use domain::followup::due::Kind;
use store::StoreError;
use store::access::structure;
use store::people::PersonRow;
use store::people::one::Referent;
use uuid::Uuid;

use super::actor::ActorKind;
use super::relation::{Relations, Why};
use crate::Context;
use crate::intake::run::Settings;
use crate::intake::standing::derive;

/// Takes away from people the referents whom the actor may not know of, and whatever would hint at them.
///
/// `referents` are those of all the rows; `speaks` says for which row the record of a referent speaks.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn hide_sensitive(
    ctx: &Context,
    rows: &mut [PersonRow],
    referents: &mut Vec<Referent>,
    speaks: impl Fn(Uuid) -> Uuid,
) -> Result<(), StoreError> {
    let hosts = rows.iter().filter_map(|row| row.absent_with);
    let accounts: Vec<Uuid> = referents.iter().map(|one| one.account_id).chain(hosts).collect();
    if accounts.is_empty() || ctx.actor.kind == ActorKind::System {
        return Ok(());
    }
    let sensitive = structure::in_sensitive(ctx.db().read(), &accounts, ctx.today()).await?;
    if sensitive.is_empty() {
        return Ok(());
    }
    let relations = Relations::load(ctx).await?;
    let hidden = |one: &Referent| {
        Some(one.account_id) != ctx.actor.id
            && sensitive
                .iter()
                .any(|(account, last)| *account == one.account_id && last.is_none_or(|day| day >= one.since))
    };
    for row in rows {
        let mine: Vec<&Referent> = referents.iter().filter(|one| speaks(one.person_id) == row.id).collect();
        let absent_there = row.absent_with.is_some_and(|host| {
            Some(host) != ctx.actor.id && sensitive.iter().any(|(account, _)| *account == host)
        });
        let follows_there = mine.iter().any(|one| hidden(one));
        if !(absent_there || follows_there) || is_social(&relations.of(&ctx.actor, row, &mine)) {
            continue;
        }
        if absent_there {
            forget_absence(ctx, row).await?;
        }
        if !follows_there {
            continue;
        }
        let id = row.id;
        referents.retain(|one| speaks(one.person_id) != id || !hidden(one));
        row.has_referent = referents.iter().any(|one| speaks(one.person_id) == id);
        // Neither the programme that nobody visible follows, nor what it asks.
        let contracts = row.contract_until.or(row.contract_lapsed).or(row.validate_by);
        let outcomes = row.outcome_on.or(row.start_by).or(row.agreed_by);
        if !row.has_referent && row.enrolled_on.or(contracts).or(outcomes).is_some() {
            forget_programme(ctx, row).await?;
        }
        // « Still followed » would tell what was just taken away.
        if !row.has_referent && row.due_kind.as_deref() == Some(Kind::CloseOrKeep.code()) {
            row.due_kind = None;
            row.due_on = None;
            row.legal_on = None;
        }
    }
    Ok(())
}

/// Whoever follows them in a programme is not to be known: neither are the programme and the contract, nor what they ask.
async fn forget_programme(ctx: &Context, row: &mut PersonRow) -> Result<(), StoreError> {
    row.programme = None;
    row.enrolled_on = None;
    row.diagnosed_on = None;
    row.diagnose_by = None;
    row.meet_by = None;
    row.contact_by = None;
    row.renew_by = None;
    row.paused_until = None;
    row.point_by = None;
    row.point = None;
    row.decide_by = None;
    crate::engagement::forget(row);
    crate::outcomes::forget(row);
    derive(row, &Settings::load(ctx).await?);
    Ok(())
}

/// An appointment that the actor may not know of was missed: neither who received nor the call that is owed is told; what
/// else is owed stays.
async fn forget_absence(ctx: &Context, row: &mut PersonRow) -> Result<(), StoreError> {
    row.absent_on = None;
    row.absent_with = None;
    if row.due_kind.as_deref() == Some(Kind::CallBack.code()) {
        derive(row, &Settings::load(ctx).await?);
    }
    Ok(())
}

/// Whether one of these relations is on the social side of the person.
pub(crate) fn is_social(relations: &[Why]) -> bool {
    relations.iter().any(|why| why.relation.is_social())
}

/// Those of these accounts that are hidden from who is not on the social side of a person.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn hidden_accounts(ctx: &Context, accounts: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let found = structure::in_sensitive(ctx.db().read(), accounts, ctx.today()).await?;
    Ok(found.into_iter().map(|(account, _)| account).filter(|one| Some(*one) != ctx.actor.id).collect())
}
