//! Judged cases replayed on the rules in force (`declic simulate orientation`).

use domain::orientation::recommend::{Case, Verdict, recommend};
use exchange::orientation::{OrientationError, read_cases};
use serde::Serialize;
use store::StoreError;

use super::catalogues::{current, parameter_values};
use crate::Context;

/// Why cases are not replayed.
#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    /// The file of cases cannot be read.
    #[error(transparent)]
    Cases(#[from] OrientationError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A case, what was judged, what the rules say, and why (`interfaces.md`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Simulated {
    /// The name of the case.
    pub case: String,
    /// What was judged by hand.
    pub expected: Verdict,
    /// What the rules say.
    pub got: Verdict,
    /// The reasons of the rules that matched, in French.
    pub why: String,
}

/// Replays judged cases, in the order of the file. The département of a row is one of its facts: all rules are tried.
///
/// # Errors
/// [`SimulateError`].
pub async fn simulate(ctx: &Context, cases: &[u8]) -> Result<Vec<Simulated>, SimulateError> {
    let cases = read_cases(cases)?;
    let rules = current(ctx).await?.rules;
    let parameter = parameter_values(ctx, ctx.today()).await?;
    let judged = cases.into_iter().map(|case| {
        let given = Case { facts: &case.facts, answers: &case.answers, parameter: &parameter };
        let found = recommend(&rules, &given);
        let reasons: Vec<&str> =
            found.reasons(&rules).iter().map(|rule| rule.reason_pro_fr.as_str()).collect();
        Simulated {
            case: case.case,
            expected: case.expected,
            got: Verdict::from(&found),
            why: reasons.join(" "),
        }
    });
    Ok(judged.collect())
}
