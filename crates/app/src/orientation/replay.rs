//! Past calls replayed on other rules, before they are switched on: what would have been proposed otherwise.

use domain::access::permission::Action;
use domain::audit::Act;
use domain::orientation::recommend::{Case, Verdict, recommend};
use serde_json::json;
use store::StoreError;
use store::orientation::{call, decision};

use super::answers::kept_answers;
use super::catalogues::{CatalogueError, current, parameter_values, usable_rules};
use crate::access::permit;
use crate::{Context, audit};

/// The most past calls that are replayed, the last first.
const MOST: u64 = 2_000;

/// What other rules would have proposed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Replay {
    /// How many past calls were replayed.
    pub calls: usize,
    /// Those for which the proposal changes.
    pub differences: Vec<Difference>,
}

/// A past call for which the proposal changes; nobody is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Its rank, the last call first, from 1.
    pub rank: usize,
    /// What the rules in force propose.
    pub before: Verdict,
    /// What the others propose.
    pub after: Verdict,
    /// The codes of the rules that no longer match, then of those that match now.
    pub rules: (Vec<String>, Vec<String>),
}

/// Replays the past calls of the département on a draft of rules; the journal keeps how many were read.
///
/// # Errors
/// [`CatalogueError`] when the draft cannot be used.
pub async fn replay(ctx: &Context, draft: &str) -> Result<Replay, CatalogueError> {
    permit(ctx, Action::EditCatalogues)?;
    let after = usable_rules(ctx, draft).await?;
    let before = current(ctx).await?.rules;
    let parameter = parameter_values(ctx, ctx.today()).await?;
    let read = ctx.db().read();
    let mut found = Replay::default();
    let calls: Vec<_> =
        decision::last(read, MOST).await?.into_iter().filter_map(|one| one.call_file_id).collect();
    for row in call::many(read, &calls).await? {
        let kept = kept_answers(ctx, &row)?;
        let given = Case { facts: &kept.facts, answers: &kept.answers, parameter: &parameter };
        let (was, now) = (recommend(&before, &given), recommend(&after, &given));
        found.calls += 1;
        let (old, new) = (Verdict::from(&was), Verdict::from(&now));
        if old != new {
            let gone = |a: &[String], b: &[String]| {
                a.iter().filter(|code| !b.contains(code)).cloned().collect::<Vec<_>>()
            };
            let rules = (gone(&was.applied, &now.applied), gone(&now.applied, &was.applied));
            found.differences.push(Difference { rank: found.calls, before: old, after: new, rules });
        }
    }
    let tx = ctx.db().begin().await?;
    let (object, detail) = ("orientation_replay".to_owned(), json!({ "rows": found.calls }));
    audit::record(ctx, &tx, Act::ReadList, None, Some(object), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(found)
}
