//! A contract, from the acts that were recorded of it.
//!
//! ```text
//!          ┌──────────────── returned (a reason; what was signed is void) ◀───────┐
//!          ▼                                                                      │
//! draft ──▶ signing ──▶ every signature ──▶ validating, where the programme asks ─┴▶ signed ──▶ ended (a reason)
//!   └────────┴──▶ dropped
//! ```
//! A text that somebody signed is never changed: another version is written, and takes its place once it is signed. Nothing
//! ends by itself for a breach (`product.md` § 4.7).

use chrono::NaiveDate;

use crate::access::side::Side;
use crate::coded::coded;
use crate::time::plus_days;

/// Working days in which a contract that was signed is validated.
pub const VALIDATE_DAYS: u32 = 5;

coded! {
    /// Who signs.
    Signatory {
        /// The person.
        Person = "person",
        /// Who accompanies on the social side.
        Social = "social",
        /// Who accompanies towards work.
        Employment = "employment",
    }
}

impl Signatory {
    /// Whether somebody who follows on this side may sign so.
    pub fn is_of(self, side: Side) -> bool {
        match self {
            Self::Person => false,
            Self::Social => side.is_social(),
            Self::Employment => side.is_employment(),
        }
    }

    /// The person, then one for each side; somebody who follows on both signs once, unless there is a side of its own.
    pub fn asked(sides: &[Side]) -> Vec<Self> {
        let (social, employment) = (sides.contains(&Side::Social), sides.contains(&Side::Employment));
        let both = sides.contains(&Side::Both) && !social && !employment;
        let of = |who: &Self| match who {
            Self::Person => true,
            Self::Social => social,
            Self::Employment => employment || both,
        };
        Self::ALL.iter().copied().filter(of).collect()
    }
}

/// Days back to which a signature on paper may be dated.
const OLDEST_DAYS: i64 = 92;

/// The day of a signature on paper: past, by three months at most.
pub fn day_on_paper(typed: Option<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
    typed.filter(|day| *day <= today && *day >= plus_days(today, -OLDEST_DAYS))
}

coded! {
    /// How a signature was given.
    Means {
        /// On paper; the sheet may be kept as a document.
        Hand = "hand",
        /// By a click, from a session of one's own.
        Account = "account",
    }
}

coded! {
    /// What is recorded.
    Kind {
        /// Somebody signed.
        Signed = "signed",
        /// Validated by who leads.
        Validated = "validated",
        /// Sent back by who leads, with a reason.
        Returned = "returned",
        /// The fewer hours go on until another day, with a reason.
        HoursKept = "hours_kept",
        /// It ends before its last day.
        Ended = "ended",
        /// A draft that nobody keeps.
        Dropped = "dropped",
    }
}

coded! {
    /// Why a contract ends before its last day.
    EndReason {
        /// Work.
        Job = "job",
        /// A training.
        Training = "training",
        /// The right is closed, or the person is not subject any more.
        RightClosed = "right_closed",
        /// They left the département.
        Moved = "moved",
        /// Another orientation.
        Reoriented = "reoriented",
        /// The person wishes it.
        Request = "request",
        /// The path was ended.
        PathEnded = "path_ended",
        /// Anything else, in words.
        Other = "other",
    }
}

/// An act, as the contract reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// What it is.
    pub kind: Kind,
    /// Whose signature.
    pub by: Option<Signatory>,
    /// The day it describes.
    pub held_on: NaiveDate,
    /// Until when fewer hours go on.
    pub until: Option<NaiveDate>,
}

/// What a contract asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Who signs.
    pub signatories: Vec<Signatory>,
    /// Who leads validates it.
    pub validation: bool,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// Until when there are fewer hours.
    pub lighter_until: Option<NaiveDate>,
}

coded! {
    /// Where a contract stands.
    Stage {
        /// Being written.
        Draft = "draft",
        /// Somebody signed, not everybody.
        Signing = "signing",
        /// Signed by all, awaiting validation.
        Validating = "validating",
        /// Signed, and validated where that is asked.
        Signed = "signed",
        /// Ended before its last day.
        Ended = "ended",
        /// Dropped.
        Dropped = "dropped",
    }
}

impl Stage {
    /// Being written, signed or validated: one at a time.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Signing | Self::Validating)
    }

    /// Whether this may be recorded from here.
    pub fn allows(self, kind: Kind) -> bool {
        match kind {
            Kind::Signed | Kind::Dropped => matches!(self, Self::Draft | Self::Signing),
            Kind::Validated | Kind::Returned => self == Self::Validating,
            Kind::Ended | Kind::HoursKept => self == Self::Signed,
        }
    }
}

/// A contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// Where it stands.
    pub stage: Stage,
    /// Who signed, and when.
    pub signed: Vec<(Signatory, NaiveDate)>,
    /// The day of the last signature, or of the validation.
    pub signed_on: Option<NaiveDate>,
    /// The day of the last signature, while the validation is awaited.
    pub awaits_since: Option<NaiveDate>,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day, that of an early end where there was one.
    pub ends_on: NaiveDate,
    /// Until when there are fewer hours.
    pub lighter_until: Option<NaiveDate>,
}

/// Why an act is not recorded now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Bar {
    /// Not from this stage.
    #[error("Ce contrat a changé entre-temps : relisez la fiche.")]
    Stage,
    /// Not asked of them, or given already.
    #[error("Cette signature n’est pas attendue, ou a déjà été donnée.")]
    Signature,
}

/// What the acts make of a contract.
pub fn fold(asked: &Asked, acts: &[Recorded]) -> Contract {
    let mut contract = Contract {
        stage: Stage::Draft,
        signed: Vec::new(),
        signed_on: None,
        awaits_since: None,
        starts_on: asked.starts_on,
        ends_on: asked.ends_on,
        lighter_until: asked.lighter_until,
    };
    for act in acts {
        contract.take(act, asked);
    }
    contract
}

impl Contract {
    fn take(&mut self, act: &Recorded, asked: &Asked) {
        match act.kind {
            Kind::Signed => {
                self.signed.extend(act.by.map(|who| (who, act.held_on)));
                self.stage = Stage::Signing;
                if self.missing(asked).next().is_none() {
                    let last = self.signed.iter().map(|(_, day)| *day).max();
                    if asked.validation {
                        (self.stage, self.awaits_since) = (Stage::Validating, last);
                    } else {
                        (self.stage, self.signed_on) = (Stage::Signed, last);
                    }
                }
            }
            Kind::Validated => {
                (self.stage, self.signed_on, self.awaits_since) = (Stage::Signed, Some(act.held_on), None);
            }
            Kind::Returned => {
                self.signed.clear();
                (self.stage, self.awaits_since) = (Stage::Draft, None);
            }
            Kind::HoursKept => self.lighter_until = act.until,
            Kind::Ended => {
                self.stage = Stage::Ended;
                self.ends_on = self.ends_on.min(act.held_on);
            }
            Kind::Dropped => self.stage = Stage::Dropped,
        }
    }

    /// Those who have not signed.
    pub fn missing<'a>(&'a self, asked: &'a Asked) -> impl Iterator<Item = Signatory> + 'a {
        let signed = |who: &Signatory| self.signed.iter().any(|(one, _)| one == who);
        asked.signatories.iter().copied().filter(move |who| !signed(who))
    }

    /// Whether this act follows from where the contract stands.
    ///
    /// # Errors
    /// [`Bar`].
    pub fn may(&self, kind: Kind, by: Option<Signatory>, asked: &Asked) -> Result<(), Bar> {
        let nothing_to_keep = kind == Kind::HoursKept && self.lighter_until.is_none();
        if !self.stage.allows(kind) || nothing_to_keep {
            return Err(Bar::Stage);
        }
        let awaited = by.is_some_and(|who| self.missing(asked).any(|one| one == who));
        if kind == Kind::Signed && !awaited { Err(Bar::Signature) } else { Ok(()) }
    }

    /// The last day of an early end: one of its own.
    pub fn early_end(&self, typed: Option<NaiveDate>) -> Option<NaiveDate> {
        typed.filter(|day| *day >= self.starts_on && *day <= self.ends_on)
    }

    /// Until when fewer hours go on: a day to come, its last one at most.
    pub fn hours_until(&self, typed: Option<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
        typed.filter(|day| *day > today && *day <= self.ends_on)
    }

    /// It binds from its first day to its last.
    pub fn is_in_force(&self, day: NaiveDate) -> bool {
        matches!(self.stage, Stage::Signed | Stage::Ended)
            && self.signed_on.is_some()
            && self.starts_on <= day
            && day <= self.ends_on
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn signed(by: Signatory, on: &str) -> Recorded {
        Recorded { kind: Kind::Signed, by: Some(by), held_on: day(on), until: None }
    }

    fn done(kind: Kind, on: &str) -> Recorded {
        Recorded { kind, by: None, held_on: day(on), until: None }
    }

    fn of_a_pair() -> Asked {
        Asked {
            signatories: Signatory::ALL.to_vec(),
            validation: false,
            starts_on: day("2027-02-02"),
            ends_on: day("2027-08-01"),
            lighter_until: Some(day("2027-05-04")),
        }
    }

    #[test]
    fn sylvie_and_her_pair_sign_and_the_contract_is_in_force_on_the_last_signature() {
        let mut acts =
            vec![signed(Signatory::Employment, "2027-02-01"), signed(Signatory::Social, "2027-02-02")];
        let two = fold(&of_a_pair(), &acts);
        assert_eq!(
            (two.stage, two.signed_on, two.is_in_force(day("2027-02-02"))),
            (Stage::Signing, None, false)
        );
        assert_eq!(two.missing(&of_a_pair()).collect::<Vec<_>>(), [Signatory::Person]);
        assert_eq!(two.may(Kind::Signed, Some(Signatory::Social), &of_a_pair()), Err(Bar::Signature));
        acts.push(signed(Signatory::Person, "2027-02-03"));
        let all = fold(&of_a_pair(), &acts);
        assert_eq!((all.stage, all.signed_on), (Stage::Signed, Some(day("2027-02-03"))));
        assert!(all.is_in_force(day("2027-02-03")) && all.is_in_force(day("2027-08-01")));
        assert!(!all.is_in_force(day("2027-02-01")) && !all.is_in_force(day("2027-08-02")));
        assert_eq!(all.may(Kind::Dropped, None, &of_a_pair()), Err(Bar::Stage));
    }

    #[test]
    fn each_side_signs_and_who_follows_on_both_signs_once() {
        use Signatory::{Employment, Person, Social};
        assert_eq!(Signatory::asked(&[Side::Social, Side::Employment]), [Person, Social, Employment]);
        assert_eq!(Signatory::asked(&[Side::Both]), [Person, Employment]);
        assert_eq!(Signatory::asked(&[Side::Both, Side::Social]), [Person, Social]);
        assert_eq!(Signatory::asked(&[]), [Person]);
        assert!(Social.is_of(Side::Both) && !Social.is_of(Side::Employment) && !Person.is_of(Side::Both));
    }

    #[test]
    fn a_sheet_is_of_the_last_three_months_and_an_end_within_the_contract() {
        let today = day("2027-03-01");
        assert_eq!(day_on_paper(Some(today), today), Some(today));
        assert_eq!(day_on_paper(Some(day("2027-03-02")), today), None);
        assert_eq!(day_on_paper(Some(day("2026-11-28")), today), None);
        let one = fold(&of_a_pair(), &[]);
        assert_eq!(one.early_end(Some(day("2027-08-02"))), None);
        assert_eq!(one.early_end(Some(day("2027-08-01"))), Some(day("2027-08-01")));
        assert_eq!(one.hours_until(Some(today), today), None);
        assert_eq!(one.hours_until(Some(day("2027-08-01")), today), Some(day("2027-08-01")));
    }

    #[test]
    fn who_leads_validates_or_sends_back_and_then_everybody_signs_again() {
        let asked = Asked { validation: true, signatories: vec![Signatory::Person], ..of_a_pair() };
        let mut acts = vec![signed(Signatory::Person, "2027-02-03")];
        let waiting = fold(&asked, &acts);
        assert_eq!((waiting.stage, waiting.awaits_since), (Stage::Validating, Some(day("2027-02-03"))));
        assert!(!waiting.is_in_force(day("2027-02-03")));
        acts.push(done(Kind::Returned, "2027-02-04"));
        let back = fold(&asked, &acts);
        assert_eq!((back.stage, back.missing(&asked).count(), back.awaits_since), (Stage::Draft, 1, None));
        acts.extend([signed(Signatory::Person, "2027-02-05"), done(Kind::Validated, "2027-02-06")]);
        let valid = fold(&asked, &acts);
        assert_eq!((valid.stage, valid.signed_on), (Stage::Signed, Some(day("2027-02-06"))));
    }

    #[test]
    fn an_early_end_is_the_last_day_and_never_makes_it_longer() {
        let asked = Asked { signatories: vec![Signatory::Person], ..of_a_pair() };
        let acts = [signed(Signatory::Person, "2027-02-02"), done(Kind::Ended, "2027-05-03")];
        let ended = fold(&asked, &acts);
        assert_eq!((ended.stage, ended.ends_on), (Stage::Ended, day("2027-05-03")));
        assert!(ended.is_in_force(day("2027-05-03")) && !ended.is_in_force(day("2027-05-04")));
        let late = fold(&asked, &[acts[0], done(Kind::Ended, "2027-09-01")]);
        assert_eq!(late.ends_on, day("2027-08-01"));
        let kept = Recorded { until: Some(day("2027-07-01")), ..done(Kind::HoursKept, "2027-05-04") };
        assert_eq!(fold(&asked, &[acts[0], kept]).lighter_until, Some(day("2027-07-01")));
    }
}
