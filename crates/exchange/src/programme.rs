//! Reads a programme (TOML): each parameter is `{ value = …, source = "…" }`, or `{ value = …, proposed = true }`.
//!
//! The README of the catalogues tells every key; what only describes (levers, funding, figures) is shown as it is written and
//! rules nothing, so it is not read here.

use chrono::NaiveDate;
use domain::access::role::Role;
use domain::access::side::Side;
use domain::outcomes::plan::Plan;
use domain::programmes::milestone::{self, Milestone};
use domain::programmes::programme::{
    Condition, ContractTerms, Duration, IfNo, Kind, Prefill, Prescription, Programme, StartsFrom,
};
use serde::Deserialize;

use crate::orientation::{OrientationError, read};

/// A parameter with where it comes from.
#[derive(Deserialize)]
struct Told<T> {
    value: T,
}

#[derive(Deserialize)]
struct Text {
    code: String,
    name_fr: String,
    kind: String,
    #[serde(default)]
    summary_fr: String,
    #[serde(default)]
    person_summary_fr: String,
    version: Version,
    #[serde(default)]
    participation: Participation,
    #[serde(default)]
    conditions: Vec<Asked>,
    prescription: Option<Prescribed>,
    pairing: Option<Pairing>,
    duration: Option<Lasts>,
    contract: Option<Signed>,
    #[serde(default)]
    cadence: Cadence,
    #[serde(default)]
    capacity: Capacity,
    post_employment: Option<After>,
    #[serde(default)]
    milestones: Vec<Point>,
}

#[derive(Deserialize)]
struct Version {
    valid_from: toml::value::Datetime,
}

#[derive(Deserialize, Default)]
struct Participation {
    voluntary: Option<Told<bool>>,
}

#[derive(Deserialize)]
struct Asked {
    code: String,
    question_pro_fr: String,
    #[serde(default)]
    question_person_fr: String,
    if_no: String,
    #[serde(default)]
    overridable_by: Vec<String>,
    prefill: Option<String>,
    help_if_no_fr: Option<String>,
}

#[derive(Deserialize)]
struct Prescribed {
    prescriber_roles: Told<Vec<String>>,
    answer_within_days: Option<Told<u32>>,
    waiting_list: Option<Told<bool>>,
    can_be_proposed_again_after_days: Option<Told<u32>>,
}

#[derive(Deserialize)]
struct Pairing {
    required_roles: Told<Vec<String>>,
}

#[derive(Deserialize)]
struct Lasts {
    starts_from: Option<Told<String>>,
    months: Told<u32>,
    months_max: Option<Told<u32>>,
    renewals_max: Option<Told<i64>>,
    renewal_months: Option<Told<u32>>,
    renewal_decided_by: Option<Told<String>>,
    first_meeting_within_days: Option<Told<u32>>,
}

#[derive(Deserialize)]
struct Signed {
    duration_months: Told<u32>,
    validation_by_team_lead: Option<Told<bool>>,
}

#[derive(Deserialize, Default)]
struct Cadence {
    max_days_between_individual_contacts: Option<Told<u32>>,
}

#[derive(Deserialize, Default)]
struct Capacity {
    #[serde(rename = "people_per_job_coach")]
    job_coach: Option<Told<u32>>,
    #[serde(rename = "people_per_social_referent")]
    social_referent: Option<Told<u32>>,
    #[serde(rename = "people_per_pair")]
    pair: Option<Told<u32>>,
}

#[derive(Deserialize)]
struct After {
    contact_at_months: Option<Told<Vec<u32>>>,
    contact_in_first_days: Option<Told<u32>>,
}

#[derive(Deserialize)]
struct Point {
    day: u32,
    label_fr: String,
    kind: String,
}

/// Days from the enrolment to the first meeting where the programme says nothing.
const FIRST_MEETING_DAYS: u32 = 15;

/// Reads a programme.
///
/// # Errors
/// [`OrientationError::Catalogue`] with the line, for what is not TOML; for a word that is no role, kind or date, with the word.
pub fn read_programme(text: &str) -> Result<Programme, OrientationError> {
    let told: Text = read(text)?;
    let kind = word(&told.kind, "kind", Kind::parse)?;
    let valid_from = told.version.valid_from.to_string();
    let valid_from: NaiveDate = valid_from.parse().map_err(|_| wrong("valid_from", &valid_from))?;
    Ok(Programme {
        code: told.code,
        name: told.name_fr,
        kind,
        summary: told.summary_fr,
        person_summary: told.person_summary_fr,
        valid_from,
        voluntary: told.participation.voluntary.is_none_or(|told| told.value),
        conditions: told.conditions.into_iter().map(condition).collect::<Result<_, _>>()?,
        prescription: told.prescription.map(prescription).transpose()?,
        sides: told.pairing.as_ref().map(sides).transpose()?.unwrap_or_default(),
        duration: told.duration.map(duration).transpose()?,
        contact_days: told.cadence.max_days_between_individual_contacts.map(|told| told.value),
        contract: told.contract.as_ref().map(|one| ContractTerms {
            months: one.duration_months.value,
            validation: one.validation_by_team_lead.as_ref().is_some_and(|told| told.value),
        }),
        after: told.post_employment.as_ref().and_then(after),
        capacity: capacity(&told.capacity),
        milestones: told.milestones.into_iter().map(point).collect::<Result<_, _>>()?,
    })
}

fn wrong(key: &str, value: &str) -> OrientationError {
    OrientationError::Catalogue { line: 1, reason: format!("« {value} » n’est pas une valeur de {key}") }
}

fn word<T>(value: &str, key: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, OrientationError> {
    parse(value).ok_or_else(|| wrong(key, value))
}

fn roles(codes: &[String], key: &str) -> Result<Vec<Role>, OrientationError> {
    codes.iter().map(|code| word(code, key, Role::parse)).collect()
}

fn condition(asked: Asked) -> Result<Condition, OrientationError> {
    Ok(Condition {
        if_no: word(&asked.if_no, "if_no", IfNo::parse)?,
        overridable_by: roles(&asked.overridable_by, "overridable_by")?,
        prefill: asked.prefill.map(|code| word(&code, "prefill", Prefill::parse)).transpose()?,
        code: asked.code,
        question: asked.question_pro_fr,
        question_person: asked.question_person_fr,
        help: asked.help_if_no_fr,
    })
}

fn prescription(told: Prescribed) -> Result<Prescription, OrientationError> {
    Ok(Prescription {
        by: roles(&told.prescriber_roles.value, "prescriber_roles")?,
        answer_days: told.answer_within_days.map(|told| told.value),
        waiting_list: told.waiting_list.is_none_or(|told| told.value),
        again_after_days: told.can_be_proposed_again_after_days.map_or(0, |told| told.value),
    })
}

fn sides(told: &Pairing) -> Result<Vec<Side>, OrientationError> {
    let side = |role: Role| role.side().ok_or_else(|| wrong("required_roles", role.code()));
    let mut sides = roles(&told.required_roles.value, "required_roles")?
        .into_iter()
        .map(side)
        .collect::<Result<Vec<_>, _>>()?;
    sides.sort_unstable();
    sides.dedup();
    Ok(sides)
}

fn duration(told: Lasts) -> Result<Duration, OrientationError> {
    let role = |told: Option<Told<String>>| {
        told.map_or(Ok(Role::TeamLead), |told| word(&told.value, "renewal_decided_by", Role::parse))
    };
    Ok(Duration {
        starts_from: told
            .starts_from
            .map_or(Ok(StartsFrom::Enrolment), |told| word(&told.value, "starts_from", StartsFrom::parse))?,
        months: told.months.value,
        months_max: told.months_max.map(|told| told.value),
        // -1 = no limit; absent = none.
        renewals_max: told.renewals_max.map_or(Some(0), |told| u32::try_from(told.value).ok()),
        renewal_months: told.renewal_months.map_or(told.months.value, |told| told.value),
        renewal_by: role(told.renewal_decided_by)?,
        first_meeting_days: told.first_meeting_within_days.map_or(FIRST_MEETING_DAYS, |told| told.value),
    })
}

fn after(told: &After) -> Option<Plan> {
    let days = told.contact_in_first_days.as_ref().map(|told| told.value);
    Plan::of(days, told.contact_at_months.as_ref().map_or(&[], |told| &told.value))
}

fn point(told: Point) -> Result<Milestone, OrientationError> {
    let kind = word(&told.kind, "milestones.kind", milestone::Kind::parse)?;
    Ok(Milestone { day: told.day, label: told.label_fr, kind })
}

fn capacity(told: &Capacity) -> Vec<(Side, u32)> {
    let pair = told.pair.as_ref();
    let of = |side, own: Option<&Told<u32>>| own.or(pair).map(|told| (side, told.value));
    [of(Side::Social, told.social_referent.as_ref()), of(Side::Employment, told.job_coach.as_ref())]
        .into_iter()
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use domain::reference::catalogues::presets;

    use super::*;

    #[test]
    fn every_preset_is_read_and_may_be_used() {
        for preset in presets() {
            let read = read_programme(preset.text).unwrap();
            assert_eq!(read.code, preset.code);
            assert_eq!(read.faults(), Vec::<String>::new(), "{}", preset.code);
        }
    }

    #[test]
    fn the_numbers_of_the_presets_are_those_of_their_texts() {
        let one =
            |code: &str| read_programme(presets().find(|preset| preset.code == code).unwrap().text).unwrap();
        let meuse = one("referents-parcours");
        assert_eq!((meuse.contact_days, meuse.capacity_of(Side::Employment)), (Some(21), Some(50)));
        let loiret = one("trois-mois-pour-un-job");
        let length = loiret.duration.unwrap();
        assert_eq!(
            (length.months, length.renewals_max, length.starts_from),
            (3, Some(1), StartsFrom::FirstMeeting)
        );
        assert_eq!((loiret.conditions.len(), loiret.milestones.len()), (7, 5));
        let alps = one("accompagnement-global");
        assert_eq!((alps.is_pair(), alps.duration.unwrap().months_max), (true, Some(12)));
        assert_eq!(alps.capacity_of(Side::Social), Some(70));
        assert_eq!(one("tronc-commun").duration.unwrap().renewals_max, None);
        assert!(one("plateforme-orientation").terms().is_none());
        let after = |code: &str| one(code).after.map(|plan| plan.code());
        assert_eq!(after("referents-parcours").as_deref(), Some("d7,m1,m2,m3,m6"));
        assert_eq!(after("accompagnement-global").as_deref(), Some("m1,m3,m6"));
        assert_eq!(after("reciprocite"), None);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_or_its_word() {
        let text = presets().find(|preset| preset.code == "referents-parcours").unwrap().text;
        let bad = text.replace("\"job_coach\"]", "\"coach\"]");
        assert!(
            read_programme(&bad)
                .unwrap_err()
                .to_string()
                .contains("« coach » n’est pas une valeur de required_roles")
        );
        let cut = text.replace("months = { value = 12", "months = { value = \"douze\"");
        assert!(matches!(read_programme(&cut), Err(OrientationError::Catalogue { line, .. }) if line > 50));
    }
}
