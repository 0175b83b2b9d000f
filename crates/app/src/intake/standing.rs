//! Where a person stands today, from the households that name them, and what their record shows of it.

use chrono::NaiveDate;
use domain::followup::path::PathState;
use domain::followup::{due, path};
use domain::intake::delta::{Fingerprint, Standing};
use domain::intake::flux::{Dossier, FluxPerson, Kind, RightState, Role};
use domain::programmes::owed::Owed;
use store::intake::record::{HouseholdRow, MembershipRow};
use store::people::PersonRow;

use super::identity::in_dossier;
use super::run::Settings;

/// A household that names (or named) a person, as it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub household: &'a HouseholdRow,
    pub membership: &'a MembershipRow,
    pub dossier: Option<&'a Dossier>,
}

/// The day of the news, and the rules that hold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct News<'a> {
    /// When the information reached the département.
    pub received: NaiveDate,
    /// The day it describes.
    pub reference: NaiveDate,
    pub settings: &'a Settings,
}

/// What the best of a person's places says.
#[derive(Debug, Clone)]
pub(crate) struct Current<'a> {
    pub standing: Standing,
    pub place: Place<'a>,
}

/// The place that counts: an open right before a claim, before a closed one; then the most recent.
pub(crate) fn current<'a>(row: &PersonRow, places: &[Place<'a>]) -> Option<Current<'a>> {
    let best = places.iter().max_by(|a, b| {
        let key = |p: &Place<'_>| (rank(p), p.household.stamp.clone(), p.household.id);
        key(a).cmp(&key(b))
    })?;
    let person = best.dossier.and_then(|d| adult(d, row, best.membership)).filter(|_| best.membership.named);
    Some(Current { standing: standing(best, person), place: *best })
}

/// The adult of a dossier who holds this place: by role; by names when two hold the same one.
fn adult<'a>(dossier: &'a Dossier, row: &PersonRow, place: &MembershipRow) -> Option<&'a FluxPerson> {
    let mut same_role =
        dossier.persons.iter().filter(|p| p.role.is_followed() && p.role.code() == place.role);
    match (same_role.next(), same_role.next()) {
        (Some(only), None) => Some(only),
        _ => in_dossier(dossier, row),
    }
}

fn rank(place: &Place<'_>) -> u8 {
    if !place.membership.named {
        return 0;
    }
    match place.household.right_state.as_deref().and_then(RightState::parse) {
        Some(right) if right.is_open() => 4,
        Some(RightState::Pending | RightState::Claim) => 3,
        Some(RightState::Absent) => 1,
        _ => 2,
    }
}

fn standing(place: &Place<'_>, person: Option<&FluxPerson>) -> Standing {
    let right = place.household.right_state.as_deref().and_then(RightState::parse);
    Standing {
        // Their dossier goes on without them: for every rule their right is that of somebody absent.
        right: if place.membership.named { right } else { Some(RightState::Absent) },
        subject_flag: person.is_some_and(|p| p.subject),
        address: place.dossier.and_then(Dossier::main_address).map(|a| Fingerprint::of(&a.compare_line())),
        moved_in: place.dossier.and_then(|d| d.moved_in.as_ref()).map(|m| Fingerprint::of(&m.compare_line())),
        moved_out: place
            .dossier
            .and_then(|d| d.moved_out.as_ref())
            .map(|m| Fingerprint::of(&m.compare_line())),
    }
}

/// Writes on the record what lists, search and rules read. `before` is what was known before this file.
pub(crate) fn write_on(
    row: &mut PersonRow,
    current: &Current<'_>,
    before: Option<&Standing>,
    news: News<'_>,
) {
    let standing = &current.standing;
    let was_closed =
        row.right_state.as_deref().and_then(RightState::parse).is_some_and(RightState::is_closed);
    // Somebody a spreadsheet named waits since that day: the first file that tells their right does not move it.
    let waiting = row.asked_for_help && row.right_state.is_none();
    row.household_id = Some(current.place.household.id);
    row.household_role = Some(current.place.membership.role.clone());
    row.right_state = standing.right.map(|r| r.code().to_owned());
    row.subject = standing.is_subject();
    let goes_on = waiting || before.is_some_and(Standing::is_subject);
    if standing.is_subject() && (row.reception.is_none() || !goes_on) {
        row.reception = Some(news.received);
    }
    let claim = matches!(standing.right, Some(RightState::Pending | RightState::Claim));
    if claim && (row.claim_reception.is_none() || was_closed) {
        row.claim_reception = Some(news.received);
    }
    let closed = standing.right.is_some_and(RightState::is_closed);
    if !closed {
        row.closed_on = None;
        row.look_on = None;
    } else if !was_closed || row.closed_on.is_none() {
        row.closed_on = Some(current.place.dossier.and_then(closed_since).unwrap_or(news.reference));
    }
    describe(row, &current.place, news.settings);
    derive(row, news.settings);
}

fn closed_since(dossier: &Dossier) -> Option<NaiveDate> {
    dossier.right.as_ref().filter(|r| r.state.is_closed()).and_then(|r| r.since)
}

/// Address, family, seniority: what filters read.
pub(crate) fn describe(row: &mut PersonRow, place: &Place<'_>, settings: &Settings) {
    let Some(dossier) = place.dossier else { return };
    let right = dossier.right.as_ref();
    row.since = right.and_then(|r| r.origin_date).or(dossier.claim_date);
    row.family.clone_from(&dossier.family);
    let children = dossier.persons.iter().filter(|p| p.role == Role::Child).count();
    let dependants = right.and_then(|r| r.dependants).map_or(children, usize::from);
    row.dependants = i64::try_from(dependants).unwrap_or(0);
    let address = dossier.main_address();
    row.commune = address
        .and_then(|a| domain::reference::geo::commune(&a.commune))
        .map(|c| c.code.to_owned())
        .or_else(|| address.map(|a| a.commune.clone()).filter(|c| !c.is_empty()));
    row.territory = row.commune.as_ref().and_then(|c| settings.territories.get(c).cloned());
}

/// State, deadline and due date: the one place that derives them (`domain::followup`).
pub(crate) fn derive(row: &mut PersonRow, settings: &Settings) {
    path::state(path_facts(row), settings.opening).code().clone_into(&mut row.state);
    let step = due::next(due_facts(row, settings));
    row.legal_on = step.map(|s| s.deadline.legal);
    row.due_on = step.map(|s| s.deadline.due);
    row.due_kind = step.map(|s| s.kind.code().to_owned());
}

/// What the state of a record is derived from.
fn path_facts(row: &PersonRow) -> path::Facts {
    // Whoever asked before the end of their path was answered by it; who asks after it waits again.
    let asked_on = row.claim_reception.max(row.reception).max(row.referred_on).max(row.arrived_on);
    path::Facts {
        right: row.right_state.as_deref().and_then(RightState::parse),
        subject: row.subject,
        decided: row.oriented_on.is_some(),
        enrolled: row.enrolled_on.is_some(),
        diagnosed: row.diagnosed_on.is_some(),
        contracted: row.contract_on.is_some(),
        at_work: row.outcome_on.is_some(),
        prescribed: row.prescription_by.is_some(),
        // Whoever was addressed to the platform asks for help freely, whatever their right.
        asked_for_help: asks_for_help(row) || row.referred_on.is_some(),
        left: row.left_on.is_some(),
        exited: row.exited_on.is_some(),
        answered: row.exited_on.is_some_and(|on| asked_on.is_none_or(|asked| asked <= on)),
    }
}

/// A spreadsheet that lists people counts as a request as long as no file of a payer tells their right; so does what another
/// département passed.
fn asks_for_help(row: &PersonRow) -> bool {
    let right = row.right_state.as_deref().and_then(RightState::parse);
    (row.asked_for_help && right.is_none()) || arrives(row, right)
}

/// What the due steps of a record are computed from, once its state is derived.
pub(crate) fn due_facts(row: &PersonRow, settings: &Settings) -> due::Facts {
    let alone = path::Facts { asked_for_help: asks_for_help(row), ..path_facts(row) };
    let waits = path::state(alone, settings.opening) == PathState::ToOrient;
    let since_subject = row.subject || asks_for_help(row);
    due::Facts {
        state: PathState::parse(&row.state).unwrap_or(PathState::Known),
        reception: match row.referred_on {
            Some(on) if !waits => Some(on),
            _ if since_subject => row.reception,
            _ => row.claim_reception.or(row.reception),
        },
        closed_on: row.closed_on,
        oriented_on: row.oriented_on,
        met_on: row.met_on,
        has_referent: row.has_referent,
        alone_since: row.alone_since,
        confirm_by: row.confirm_by,
        absent_on: row.absent_on,
        call_by: row.call_by,
        review_on: row.review_on,
        look_on: row.look_on,
        enrolled_on: row.enrolled_on,
        owed: Owed {
            answer_by: row.prescription_by,
            meet_by: row.meet_by,
            diagnose_by: row.diagnose_by,
            contact_by: row.contact_by,
            renew_by: row.renew_by,
            paused_until: row.paused_until,
            point_by: row.point_by,
            decide_by: row.decide_by,
        },
        contract: crate::engagement::on_record(row),
        outcome: crate::outcomes::on_record(row),
        answer_by: row.answer_by,
        task_on: row.task_on,
        orientation_days: settings.orientation_days,
        contract_months: settings.contract_months,
        zone: settings.zone,
    }
}

/// Another département passed them, and no payer has closed their right since.
fn arrives(row: &PersonRow, right: Option<RightState>) -> bool {
    let closed_since = |arrived: NaiveDate| {
        right.is_some_and(RightState::is_closed) && row.closed_on.is_some_and(|closed| closed > arrived)
    };
    row.arrived_on.is_some_and(|arrived| !closed_since(arrived))
}

/// The state of a household after a file names it with this content.
pub(crate) fn right_state(kind: Kind, dossier: &Dossier) -> Option<RightState> {
    match kind {
        Kind::Instruction => Some(RightState::Claim),
        _ => dossier.right.as_ref().map(|r| r.state),
    }
}
