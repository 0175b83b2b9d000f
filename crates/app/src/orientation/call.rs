//! The screen of the call: who the person is, the questions, what the rules propose and why, who could follow them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::permission::Action;
use domain::audit::Part;
use domain::orientation::condition::{Test, Values};
use domain::orientation::questionnaire::Questionnaire;
use domain::orientation::recommend::{Case, Recommendation, missed, recommend};
use domain::orientation::rules::{Organisation, Path, Rule, Stage};
use store::StoreError;
use store::access::{account, structure};
use store::orientation::call::{self, AttemptRow, CallRow};
use store::orientation::decision::{self, DecisionRow};
use store::people::one;
use store::sealed::{DECISION_EXPLANATION, DECISION_REASON};
use uuid::Uuid;

use super::answers::{Kept, kept_answers};
use super::candidates::{Candidate, candidates};
use super::catalogues::{Catalogues, current, parameter_values, questionnaire_of};
use super::facts::facts;
use super::first;
use super::reserve::{Held, held, waits};
use crate::Context;
use crate::access::{is_social, scope};
use crate::agenda::FreeSlot;
use crate::people::PeopleError;
use crate::people::person::{PersonFile, open};

/// The screen of the call.
#[derive(Debug, Clone)]
pub struct CallScreen {
    /// Who the person is, how to reach them.
    pub file: PersonFile,
    /// Who has them now.
    pub held: Option<Held>,
    /// They wait for an orientation.
    pub waits: bool,
    /// The attempts to reach them, the last first, each with who made it.
    pub attempts: Vec<(AttemptRow, String)>,
    /// The questionnaire of this call.
    pub questionnaire: Questionnaire,
    /// The answers given so far.
    pub answers: Values,
    /// The facts of the file.
    pub facts: Values,
    /// What was begun of the decision.
    pub draft: Values,
    /// What the next writing follows.
    pub revision: i64,
    /// What is in force.
    pub catalogues: Catalogues,
    /// What the rules propose.
    pub proposed: Recommendation,
    /// Rules of path and programme that did not match, with what kept them from it.
    pub others: Vec<(Rule, Vec<(Test, bool)>)>,
    /// Who could follow them.
    pub candidates: Vec<Candidate>,
    /// The earliest slots of those who could follow them, or of the one who is chosen.
    pub slots: Vec<FreeSlot>,
    /// What was decided before, the last first.
    pub decisions: Vec<Told>,
}

/// A decision, as those who follow the person read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Its identifier.
    pub id: Uuid,
    /// The path.
    pub path: Option<Path>,
    /// The organisation.
    pub organisation: Option<Organisation>,
    /// The programmes.
    pub programmes: Vec<String>,
    /// The structure, where it may be named.
    pub structure: Option<String>,
    /// The referent.
    pub referent: Option<String>,
    /// Who decided.
    pub decided_by: String,
    /// When.
    pub decided_at: DateTime<Utc>,
    /// When it is looked at again.
    pub review_on: Option<NaiveDate>,
    /// It was not what the rules proposed.
    pub deviates: bool,
    /// Why, for those who may decide.
    pub reason: Option<String>,
    /// What the person was told.
    pub explanation: String,
    /// The day it ended.
    pub ended_on: Option<NaiveDate>,
}

/// What a decision is weighed on: answers heard, facts, and what the rules propose.
#[derive(Debug, Clone)]
pub(super) struct Weighed {
    pub questionnaire: Questionnaire,
    pub answers: Values,
    pub draft: Values,
    pub heard: Values,
    pub facts: Values,
    pub proposed: Recommendation,
    pub catalogues: Catalogues,
}

/// Weighs a file and the open call, if any.
pub(super) async fn weigh(
    ctx: &Context,
    file: &PersonFile,
    open: Option<&CallRow>,
) -> Result<Weighed, StoreError> {
    let catalogues = current(ctx).await?;
    let questionnaire = match open {
        Some(call) => questionnaire_of(ctx, call.questionnaire, &catalogues).await?,
        None => catalogues.questionnaire.clone(),
    };
    let Kept { answers, draft, .. } =
        open.map(|call| kept_answers(ctx, call)).transpose()?.unwrap_or_default();
    let facts = facts(ctx, file);
    let heard = questionnaire.heard(&facts, &answers);
    let parameter = parameter_values(ctx, ctx.today()).await?;
    // A new decision on somebody who is oriented is weighed as if they were not: the rule that stops there is for the queue.
    let mut weighed_facts = facts.clone();
    weighed_facts.insert("oriented".to_owned(), vec![false.to_string()]);
    let case = Case { facts: &weighed_facts, answers: &heard, parameter: &parameter };
    let proposed = recommend(&catalogues.rules, &case);
    Ok(Weighed { questionnaire, answers, draft, heard, facts: weighed_facts, proposed, catalogues })
}

/// Opens the screen of the call; the journal keeps it. It reserves nobody.
///
/// # Errors
/// [`PeopleError::Unknown`] for one whom the actor may not call.
pub async fn open_call(ctx: &Context, person: Uuid) -> Result<CallScreen, PeopleError> {
    screen(ctx, person, Action::TakeCalls).await
}

/// Opens what a decision needs, without a call: somebody met, or another orientation; the journal keeps it.
///
/// # Errors
/// [`PeopleError::Unknown`] for one of whom the actor may not decide.
pub async fn open_decision(ctx: &Context, person: Uuid) -> Result<CallScreen, PeopleError> {
    screen(ctx, person, Action::DecideOrientation).await
}

async fn screen(ctx: &Context, person: Uuid, action: Action) -> Result<CallScreen, PeopleError> {
    let scope = scope(ctx, action)?;
    let (db, today) = (ctx.db(), ctx.today());
    let row = one::get(db, &scope, today, person).await?.ok_or(PeopleError::Unknown)?;
    let file = open(ctx, row.id, Part::Call).await?;
    let records = one::with_merged(db.read(), row.id).await?;
    let open = call::open_for(db.read(), &records).await?;
    let weighed = weigh(ctx, &file, open.as_ref()).await?;
    let parameter = parameter_values(ctx, today).await?;
    let case = Case { facts: &weighed.facts, answers: &weighed.heard, parameter: &parameter };
    let rules = &weighed.catalogues.rules;
    let others = [Stage::Path, Stage::Programme]
        .into_iter()
        .flat_map(|stage| missed(rules, &case, &weighed.proposed, stage))
        .map(|(rule, tests)| (rule.clone(), tests.into_iter().map(|(t, w)| (t.clone(), w)).collect()))
        .collect();
    let wanted = (weighed.proposed.path, weighed.proposed.organisation);
    let tried = call::attempts(db.read(), &records).await?;
    let authors: Vec<Uuid> = tried.iter().map(|one| one.account_id).collect();
    let names = account::names(db, &authors).await?;
    let with_author = |one: AttemptRow| {
        let name = account::name_of(&names, one.account_id).unwrap_or_default();
        (one, name)
    };
    let candidates = candidates(ctx, &row, wanted, is_social(&file.why)).await?;
    let chosen = weighed.draft.get("referent").and_then(|ids| ids.first()).and_then(|id| id.parse().ok());
    let slots = first::proposed(ctx, row.id, &candidates, chosen).await?;
    Ok(CallScreen {
        slots,
        held: held(ctx, row.id).await?,
        waits: waits(&row),
        attempts: tried.into_iter().map(with_author).collect(),
        candidates,
        decisions: told(ctx, decision::of(db.read(), &records).await?, is_social(&file.why)).await?,
        revision: open.as_ref().map_or(0, |one| one.revision),
        questionnaire: weighed.questionnaire,
        answers: weighed.answers,
        draft: weighed.draft,
        facts: weighed.facts,
        proposed: weighed.proposed,
        catalogues: weighed.catalogues,
        others,
        file,
    })
}

/// Decisions in the words of those who read the file.
pub(crate) async fn told(
    ctx: &Context,
    rows: Vec<DecisionRow>,
    social: bool,
) -> Result<Vec<Told>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let accounts: Vec<Uuid> =
        rows.iter().flat_map(|one| [Some(one.decided_by), one.referent_id]).flatten().collect();
    let names = account::names(ctx.db(), &accounts).await?;
    let hidden = if social { Vec::new() } else { crate::access::hidden_accounts(ctx, &accounts).await? };
    let places: Vec<Uuid> = rows.iter().filter_map(|one| one.structure_id).collect();
    let places = structure::of(ctx.db().read(), &places).await?;
    let clear = |place: &str, sealed: Option<&Vec<u8>>| {
        sealed.map(|sealed| ctx.db().keys().decrypt_text(place, sealed)).transpose()
    };
    let may_know = crate::access::permit(ctx, Action::DecideOrientation).is_ok();
    rows.into_iter()
        .map(|one| {
            let place = places.iter().find(|at| Some(at.id) == one.structure_id);
            let name = |id| account::name_of(&names, id).filter(|_| !hidden.contains(&id));
            Ok(Told {
                id: one.id,
                path: Path::parse(&one.path),
                organisation: Organisation::parse(&one.organisation),
                programmes: serde_json::from_str(&one.programmes).unwrap_or_default(),
                structure: place.filter(|at| social || !at.sensitive).map(|at| at.name.clone()),
                referent: one.referent_id.and_then(name),
                decided_by: name(one.decided_by).unwrap_or_default(),
                decided_at: one.decided_at,
                review_on: one.review_on,
                deviates: one.deviates,
                reason: clear(DECISION_REASON.place, one.reason_sealed.as_ref())?.filter(|_| may_know),
                explanation: clear(DECISION_EXPLANATION.place, one.explanation_sealed.as_ref())?
                    .unwrap_or_default(),
                ended_on: one.ended_on,
            })
        })
        .collect()
}
