//! What a programme is: its public, its shape, its length, its rhythm. Every number comes from its text.

use chrono::NaiveDate;

use super::milestone::Milestone;
use crate::access::role::Role;
use crate::access::side::Side;
use crate::coded::coded;
use crate::diagnosis::sides::Asked;
use crate::outcomes::plan::Plan;
use crate::time::{plus_days, plus_months};

coded! {
    /// What a programme does.
    Kind {
        /// People are accompanied: prescription, enrolment, rhythm.
        Accompaniment = "accompaniment",
        /// People are called and oriented.
        OrientationPlatform = "orientation_platform",
        /// Missions are deposited and proposed.
        VolunteeringPlatform = "volunteering_platform",
        /// Citizen or solidarity actions, freely chosen.
        Reciprocity = "reciprocity",
    }
}

coded! {
    /// What a « no » to a condition does.
    IfNo {
        /// Nobody enters, unless somebody who may lifts it with a reason.
        Blocks = "blocks",
        /// It is told to who answers.
        Warns = "warns",
        /// It is kept.
        Informs = "informs",
    }
}

coded! {
    /// A fact that may pre-fill an answer, always shown for confirmation.
    Prefill {
        /// The right is open.
        RightOpen = "file.right_open",
        /// The commune is in the perimeter.
        Territory = "file.territory",
        /// They are registered at France Travail.
        Registered = "file.ft_registered",
        /// A claim is filed.
        Claimed = "file.claim_filed",
        /// Nothing is decided yet.
        NotOriented = "file.not_oriented",
        /// What the rules made of the call: how many obstacles, how strong.
        ObstacleLevel = "orientation.obstacle_level",
        /// The path that was decided.
        Path = "orientation.path",
    }
}

coded! {
    /// From when the length of a course runs.
    StartsFrom {
        /// The day somebody was enrolled.
        Enrolment = "enrolment",
        /// The day of the first meeting held.
        FirstMeeting = "first_meeting",
    }
}

/// A question asked before somebody enters; « yes » opens the programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Its code, stable in the programme.
    pub code: String,
    /// What the professional reads.
    pub question: String,
    /// What the person is asked.
    pub question_person: String,
    /// What a « no » does.
    pub if_no: IfNo,
    /// Who may lift a « no » that blocks, with a written reason; nobody when empty.
    pub overridable_by: Vec<Role>,
    /// A fact of the file that answers it.
    pub prefill: Option<Prefill>,
    /// What to propose when the answer is « no ».
    pub help: Option<String>,
}

/// How somebody enters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prescription {
    /// Who may prescribe.
    pub by: Vec<Role>,
    /// Days to answer; `None` = ten working days (`rules.md` § 2).
    pub answer_days: Option<u32>,
    /// Whoever fits may wait for a place.
    pub waiting_list: bool,
    /// Days before it may be proposed again after a refusal.
    pub again_after_days: u32,
}

/// How long it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duration {
    /// From when it runs.
    pub starts_from: StartsFrom,
    /// Months, date to date.
    pub months: u32,
    /// Most months, renewals included.
    pub months_max: Option<u32>,
    /// How many times it may be renewed; `None` = no limit.
    pub renewals_max: Option<u32>,
    /// Months of a renewal.
    pub renewal_months: u32,
    /// Who decides of a renewal.
    pub renewal_by: Role,
    /// Days from the enrolment to the first meeting.
    pub first_meeting_days: u32,
}

/// What it asks of contracts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContractTerms {
    /// Months of a contract.
    pub months: u32,
    /// Who leads validates each one.
    pub validation: bool,
}

/// A programme, as a version of it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// Its code: `"referents-parcours"`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it does.
    pub kind: Kind,
    /// In a sentence, for professionals.
    pub summary: String,
    /// In a sentence, for the person.
    pub person_summary: String,
    /// First day of this version.
    pub valid_from: NaiveDate,
    /// The person chooses freely.
    pub voluntary: bool,
    /// What is asked before somebody enters.
    pub conditions: Vec<Condition>,
    /// How somebody enters; `None` = nobody is prescribed.
    pub prescription: Option<Prescription>,
    /// Who accompanies: one side, or both for a pair.
    pub sides: Vec<Side>,
    /// How long; `None` = it has no course.
    pub duration: Option<Duration>,
    /// Most days between two individual contacts.
    pub contact_days: Option<u32>,
    /// What it asks of contracts; the usual ones where it says nothing.
    pub contract: Option<ContractTerms>,
    /// When news are taken after the return to work; the usual months where it says nothing.
    pub after: Option<Plan>,
    /// People per professional of each side; told, never a lock.
    pub capacity: Vec<(Side, u32)>,
    /// Points on the way.
    pub milestones: Vec<Milestone>,
}

/// What makes an accompaniment whole.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// Its length.
    pub duration: Duration,
    /// Most days between two individual contacts.
    pub contact_days: u32,
    /// Whose diagnosis it asks for.
    pub asked: Asked,
}

impl Programme {
    /// The terms of a course; `None` for a programme in which nobody is enrolled.
    pub fn terms(&self) -> Option<Terms> {
        let on = |side: Side| self.sides.contains(&side);
        let asked = Asked { social: on(Side::Social), employment: on(Side::Employment) };
        Some(Terms { duration: self.duration?, contact_days: self.contact_days?, asked })
    }

    /// What keeps it from being used, a sentence each; empty when it may be.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.code.is_empty()
            || !self.code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        {
            faults.push("Le code s’écrit en minuscules, chiffres et traits d’union.".to_owned());
        }
        if self.name.trim().is_empty() {
            faults.push("Il manque le nom (name_fr).".to_owned());
        }
        for (n, one) in self.conditions.iter().enumerate() {
            if self.conditions.iter().skip(n + 1).any(|other| other.code == one.code) {
                faults.push(format!("La condition « {} » est écrite deux fois.", one.code));
            }
        }
        for (n, one) in self.milestones.iter().enumerate() {
            if self.milestones.iter().skip(n + 1).any(|other| other.day == one.day) {
                faults.push(format!("Deux points sont prévus le même jour ({}) : gardez-en un.", one.day));
            }
        }
        if self.prescription.is_some() {
            self.faults_of_a_course(&mut faults);
        }
        faults
    }

    fn faults_of_a_course(&self, faults: &mut Vec<String>) {
        if self.sides.is_empty() {
            faults.push("Dites qui accompagne (pairing.required_roles).".to_owned());
        }
        match self.contact_days {
            Some(1..=366) => {}
            Some(_) => faults.push("Le rythme (max_days_between_individual_contacts) va de 1 à 366 jours.".to_owned()),
            None => faults.push(
                "Dites combien de jours séparent deux contacts au plus (cadence.max_days_between_individual_contacts) : sans rythme, quelqu’un serait oublié."
                    .to_owned(),
            ),
        }
        match self.duration {
            Some(Duration { months: 1..=60, .. }) => {}
            Some(_) => faults.push("La durée (duration.months) va de 1 à 60 mois.".to_owned()),
            None => faults.push("Dites la durée (duration.months).".to_owned()),
        }
    }

    /// The most people of a professional on this side.
    pub fn capacity_of(&self, side: Side) -> Option<u32> {
        self.capacity.iter().find(|(of, _)| *of == side).map(|(_, most)| *most)
    }

    /// Two professionals, one on each side.
    pub fn is_pair(&self) -> bool {
        self.sides.len() > 1
    }
}

impl Duration {
    /// The last day of a course that starts that day.
    pub fn last_day(&self, starts: NaiveDate) -> NaiveDate {
        plus_days(plus_months(starts, self.months), -1)
    }

    /// The last day after one more renewal; never beyond the most months of the programme.
    pub fn renewed(&self, starts: NaiveDate, ends: NaiveDate) -> NaiveDate {
        let next = plus_days(plus_months(plus_days(ends, 1), self.renewal_months), -1);
        let most = self.months_max.map(|months| plus_days(plus_months(starts, months), -1));
        most.map_or(next, |most| next.min(most))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    pub(crate) fn three_months() -> Programme {
        let condition = |code: &str, overridable_by: Vec<Role>| Condition {
            code: code.to_owned(),
            question: "?".to_owned(),
            question_person: "?".to_owned(),
            if_no: IfNo::Blocks,
            overridable_by,
            prefill: None,
            help: None,
        };
        Programme {
            code: "trois-mois-pour-un-job".to_owned(),
            name: "3 mois pour un job".to_owned(),
            kind: Kind::Accompaniment,
            summary: String::new(),
            person_summary: String::new(),
            valid_from: day("2026-01-01"),
            voluntary: true,
            conditions: vec![
                condition("can-travel", vec![Role::TeamLead]),
                condition("volunteers", Vec::new()),
            ],
            prescription: Some(Prescription {
                by: vec![Role::SocialReferent],
                answer_days: Some(7),
                waiting_list: true,
                again_after_days: 30,
            }),
            sides: vec![Side::Employment],
            duration: Some(Duration {
                starts_from: StartsFrom::FirstMeeting,
                months: 3,
                months_max: None,
                renewals_max: Some(1),
                renewal_months: 3,
                renewal_by: Role::TeamLead,
                first_meeting_days: 7,
            }),
            contact_days: Some(7),
            contract: Some(ContractTerms { months: 3, validation: false }),
            after: None,
            capacity: vec![(Side::Employment, 30)],
            milestones: Vec::new(),
        }
    }

    #[test]
    fn three_months_from_the_first_meeting_then_three_more() {
        let length = three_months().duration.unwrap();
        let ends = length.last_day(day("2027-02-22"));
        assert_eq!(ends, day("2027-05-21"));
        assert_eq!(length.renewed(day("2027-02-22"), ends), day("2027-08-21"));
        let capped = Duration { months: 6, renewal_months: 12, months_max: Some(12), ..length };
        assert_eq!(capped.renewed(day("2027-01-01"), day("2027-06-30")), day("2027-12-31"));
    }

    #[test]
    fn a_programme_without_rhythm_or_length_is_refused() {
        assert_eq!(three_months().faults(), Vec::<String>::new());
        let bad = Programme { contact_days: None, duration: None, sides: Vec::new(), ..three_months() };
        assert_eq!(bad.faults().len(), 3);
        let twice = {
            let mut one = three_months();
            let again = one.conditions[0].clone();
            one.conditions.push(again);
            one
        };
        assert_eq!(twice.faults().len(), 1);
        // A platform of calls enrols nobody: it needs neither.
        let platform = Programme { prescription: None, ..bad };
        assert_eq!(platform.faults(), Vec::<String>::new());
    }
}
