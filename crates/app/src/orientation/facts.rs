//! The facts of a file that rules and questions may test; what is not known is missing, and weighs nothing.

use chrono::NaiveDate;
use domain::intake::flux::{RightState, Role};
use domain::orientation::condition::{Values, values};
use domain::people::family::is_lone_parent;
use domain::reference::geo::commune;
use domain::time::{age, plus_months};

use crate::Context;
use crate::people::person::PersonFile;

/// The facts of a person's file today.
pub(super) fn facts(ctx: &Context, file: &PersonFile) -> Values {
    let (row, today) = (&file.row, ctx.today());
    let right = row.right_state.as_deref().and_then(RightState::parse);
    let mut all: Vec<(&str, String)> = vec![
        ("department", ctx.department.code.clone()),
        ("oriented", row.oriented_on.is_some().to_string()),
        ("lone_parent", is_lone_parent(row.family.as_deref(), row.dependants).to_string()),
    ];
    let mut known = |name, value: Option<String>| all.extend(value.map(|value| (name, value)));
    known("age", row.birth_date.map(|born| age(born, today).to_string()));
    known("right_state", right.map(|right| right_word(right).to_owned()));
    // As long as a claim is examined nobody knows whether they will be subject: not a « no ».
    let told = right.is_some_and(|right| !matches!(right, RightState::Pending | RightState::Claim));
    known("subject_to_duties", told.then(|| row.subject.to_string()));
    let here = row.commune.as_deref().and_then(commune).map(|one| one.department == ctx.department.code);
    known("lives_here", here.map(|here| here.to_string()));
    known("territory", row.territory.clone());
    known("months_since_entry", row.since.map(|since| months_between(since, today).to_string()));
    // A number of France Travail tells that they were registered once; without one, nothing is known.
    known("ft_registered", file.france_travail.as_ref().map(|_| true.to_string()));
    known("children_under_12", children_under_12(file, today).map(|count| count.to_string()));
    values(all)
}

fn right_word(right: RightState) -> &'static str {
    match right {
        RightState::Pending | RightState::Claim => "claim",
        RightState::Refused => "refused",
        RightState::Closed | RightState::ClosedEarlier | RightState::Absent => "closed",
        _ if right.is_open() => "open",
        _ => "other",
    }
}

fn months_between(from: NaiveDate, to: NaiveDate) -> u32 {
    let mut months = 0;
    while months < 1_200 && plus_months(from, months + 1) <= to {
        months += 1;
    }
    months
}

/// `None` when the household is not known, or a child has no birth date.
fn children_under_12(file: &PersonFile, today: NaiveDate) -> Option<usize> {
    let dossier = file.household.as_ref()?.dossier.as_ref()?;
    let mut count = 0;
    for child in dossier.persons.iter().filter(|person| person.role == Role::Child) {
        count += usize::from(age(child.birth_date?, today) < 12);
    }
    Some(count)
}
