//! New records, and the questions « is it the same person? » that they raise.

use chrono::{DateTime, Utc};
use domain::intake::matching::Doubt;
use store::StoreError;
use store::intake::review::ReviewRow;
use store::people::PersonRow;
use uuid::Uuid;

use super::pool::Pool;
use super::run::Run;

/// Writes the questions that were not asked yet and marks the people concerned.
pub(crate) async fn ask(
    run: &mut Run<'_>,
    pool: &mut Pool,
    questions: Vec<(Uuid, Uuid, Doubt)>,
) -> Result<(), StoreError> {
    if questions.is_empty() {
        return Ok(());
    }
    let people: Vec<Uuid> = questions.iter().flat_map(|(a, b, _)| [*a, *b]).collect();
    let asked = store::intake::review::of_persons(run.tx, &people).await?;
    // A record may have joined another since the question was asked.
    let both = |r: &ReviewRow| {
        [ordered(r.person_a, r.person_b), ordered(pool.root(r.person_a), pool.root(r.person_b))]
    };
    let mut pairs: Vec<(Uuid, Uuid)> = asked.iter().flat_map(both).collect();
    for (a, b, doubt) in questions {
        let pair = ordered(pool.root(a), pool.root(b));
        if pairs.contains(&pair) || (pair.0 == pair.1 && doubt != Doubt::TwoHouseholds) {
            continue;
        }
        pairs.push(pair);
        run.persons.review += 1;
        for id in [pair.0, pair.1] {
            if let Some(known) = pool.get_mut(id) {
                known.row.match_open = true;
                known.changed = true;
            }
        }
        run.later.push(ReviewRow {
            id: run.ctx.app.ids.make(),
            person_a: pair.0,
            person_b: pair.1,
            doubt: doubt.code().to_owned(),
            import_id: Some(run.import),
            status: store::intake::review::status::OPEN.to_owned(),
            asked_at: run.at,
            decided_by: None,
            decided_at: None,
            decision_reason: None,
            undo: None,
            kept_nir_sealed: None,
            kept_nir_index: None,
        });
    }
    Ok(())
}

fn ordered(a: Uuid, b: Uuid) -> (Uuid, Uuid) {
    if a <= b { (a, b) } else { (b, a) }
}

/// An empty record, made by a file.
pub(crate) fn new_person(run: &Run<'_>) -> PersonRow {
    blank_person(run.ctx.app.ids.make(), run.at, Some(run.import))
}

/// An empty record.
pub(crate) fn blank_person(id: Uuid, created_at: DateTime<Utc>, import: Option<Uuid>) -> PersonRow {
    PersonRow {
        id,
        merged_into: None,
        last_name: String::new(),
        birth_name: String::new(),
        first_name: String::new(),
        sort_name: String::new(),
        birth_date: None,
        sex: None,
        birth_place: None,
        nir_sealed: None,
        nir_index: None,
        nir_valid: false,
        france_travail_sealed: None,
        france_travail_index: None,
        identity_stamp: None,
        household_id: None,
        household_role: None,
        right_state: None,
        subject: false,
        state: domain::followup::path::PathState::Known.code().to_owned(),
        asked_for_help: false,
        claim_reception: None,
        reception: None,
        legal_on: None,
        due_on: None,
        due_kind: None,
        closed_on: None,
        since: None,
        commune: None,
        territory: None,
        family: None,
        dependants: 0,
        origin_import: import,
        match_open: false,
        has_referent: false,
        created_at,
        oriented_on: None,
        met_on: None,
        referred_on: None,
        left_on: None,
        confirm_by: None,
        arrived_on: None,
        exited_on: None,
        review_on: None,
        look_on: None,
        answer_by: None,
        absent_on: None,
        absent_with: None,
        task_on: None,
        task_side: None,
        programme: None,
        enrolled_on: None,
        diagnosed_on: None,
        diagnose_by: None,
        prescription_by: None,
        meet_by: None,
        contact_by: None,
        renew_by: None,
        paused_until: None,
        contract_on: None,
        contract_until: None,
        contract_lapsed: None,
        contract_old: false,
        hours_until: None,
        validate_by: None,
        contract_turns: None,
        outcome_on: None,
        check_by: None,
        agreed_by: None,
        start_by: None,
        outcome_ends: None,
        alone_since: None,
        point_by: None,
        point: None,
        decide_by: None,
        call_by: None,
    }
}
