//! Same person? (`rules.md` § 6). The first line that applies wins; a machine never merges alone when it doubts.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::flux::Role;
use crate::people::name::{normalise, similarity};

/// Names at least this similar support a NIR or a dossier number.
pub const NAME_SUPPORTS: f64 = 0.85;
/// Names at least this similar, with the same birth date, are worth a human look.
pub const NAME_LIKELY: f64 = 0.92;

/// What is compared of one person, on either side.
#[derive(Debug, Clone, Default)]
pub struct Candidate {
    /// Blind index of a valid NIR.
    pub nir_index: Option<Vec<u8>>,
    /// Birth date; partial ones are compared as received.
    pub birth_date: Option<NaiveDate>,
    /// Use name.
    pub last_name: String,
    /// Birth name.
    pub birth_name: String,
    /// First name.
    pub first_name: String,
    /// Dossier numbers (NUMDEMRSA) with the role held there.
    pub dossiers: Vec<(String, Role)>,
    /// Blind index of the France Travail number.
    pub france_travail_index: Option<Vec<u8>>,
    /// Phone numbers, E.164.
    pub phones: Vec<String>,
}

/// Why two records may be one person; the word is kept with the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Same NIR, but birth date or names differ.
    SameNir,
    /// Same birth date and very close names.
    CloseNames,
    /// Day and month swapped, same names.
    SwappedBirthDate,
    /// Same phone and first name.
    SamePhone,
    /// One person named by two households of the same file.
    TwoHouseholds,
}

impl Doubt {
    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::SameNir => "same_nir",
            Self::CloseNames => "close_names",
            Self::SwappedBirthDate => "swapped_birth_date",
            Self::SamePhone => "same_phone",
            Self::TwoHouseholds => "two_households",
        }
    }

    /// Reads [`Doubt::code`].
    pub fn parse(code: &str) -> Option<Self> {
        [Self::SameNir, Self::CloseNames, Self::SwappedBirthDate, Self::SamePhone, Self::TwoHouseholds]
            .into_iter()
            .find(|d| d.code() == code)
    }
}

/// The answer for one pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// One person.
    Same,
    /// A human decides; both are followed meanwhile.
    Ask(Doubt),
    /// Two people.
    Different,
}

/// Compares a person as a file names them with one already known.
pub fn compare(new: &Candidate, known: &Candidate) -> Verdict {
    let same_birth = new.birth_date.is_some() && new.birth_date == known.birth_date;
    match (&new.nir_index, &known.nir_index) {
        (Some(a), Some(b)) if a == b => {
            let supported = same_birth && any_name_similar(new, known);
            return if supported { Verdict::Same } else { Verdict::Ask(Doubt::SameNir) };
        }
        (Some(_), Some(_)) => return Verdict::Different,
        _ => {}
    }
    if same_birth
        && new.dossiers.iter().any(|d| known.dossiers.contains(d))
        && similarity(&new.birth_name, &known.birth_name) >= NAME_SUPPORTS
    {
        return Verdict::Same;
    }
    if same_birth
        && new.france_travail_index.is_some()
        && new.france_travail_index == known.france_travail_index
    {
        return Verdict::Same;
    }
    doubt(new, known, same_birth).map_or(Verdict::Different, Verdict::Ask)
}

fn doubt(new: &Candidate, known: &Candidate, same_birth: bool) -> Option<Doubt> {
    let family =
        similarity(&new.birth_name, &known.birth_name).max(similarity(&new.last_name, &known.last_name));
    let first = similarity(&new.first_name, &known.first_name);
    if same_birth && family >= NAME_LIKELY && first >= NAME_LIKELY {
        return Some(Doubt::CloseNames);
    }
    let same_first = normalise(&new.first_name) == normalise(&known.first_name) && !new.first_name.is_empty();
    let same_family = normalise(&new.birth_name) == normalise(&known.birth_name);
    if same_first && same_family && swapped(new.birth_date, known.birth_date) {
        return Some(Doubt::SwappedBirthDate);
    }
    (same_first && new.phones.iter().any(|p| known.phones.contains(p))).then_some(Doubt::SamePhone)
}

/// Birth, use or first name of one resembles that of the other.
fn any_name_similar(a: &Candidate, b: &Candidate) -> bool {
    let family = [&a.birth_name, &a.last_name]
        .into_iter()
        .any(|x| [&b.birth_name, &b.last_name].into_iter().any(|y| similarity(x, y) >= NAME_SUPPORTS));
    family || similarity(&a.first_name, &b.first_name) >= NAME_SUPPORTS
}

fn swapped(a: Option<NaiveDate>, b: Option<NaiveDate>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return false };
    a != b && a.year() == b.year() && a.day() == b.month() && a.month() == b.day()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(nir: Option<u8>, birth: &str, last: &str, first: &str) -> Candidate {
        Candidate {
            nir_index: nir.map(|n| vec![n]),
            birth_date: birth.parse().ok(),
            last_name: last.into(),
            birth_name: last.into(),
            first_name: first.into(),
            ..Candidate::default()
        }
    }

    #[test]
    fn one_nir_one_birth_date_and_a_similar_name_are_one_person() {
        let a = person(Some(1), "1991-05-04", "LAMOTHE OURY", "BERENGERE");
        let b = person(Some(1), "1991-05-04", "MARTIN", "Bérengère");
        assert_eq!(compare(&a, &b), Verdict::Same);
    }

    #[test]
    fn one_nir_with_another_birth_date_or_name_is_asked() {
        let a = person(Some(1), "1991-05-04", "LAMOTHE", "ODILE");
        assert_eq!(
            compare(&a, &person(Some(1), "1991-05-05", "LAMOTHE", "ODILE")),
            Verdict::Ask(Doubt::SameNir)
        );
        assert_eq!(
            compare(&a, &person(Some(1), "1991-05-04", "KELLER", "NOEL")),
            Verdict::Ask(Doubt::SameNir)
        );
    }

    #[test]
    fn two_valid_nirs_are_two_people_even_with_the_same_name() {
        let a = person(Some(1), "1991-05-04", "LAMOTHE", "ODILE");
        assert_eq!(compare(&a, &person(Some(2), "1991-05-04", "LAMOTHE", "ODILE")), Verdict::Different);
    }

    #[test]
    fn the_dossier_number_counts_with_role_birth_date_and_name() {
        let mut a = person(None, "1991-05-04", "LAMOTHE", "ODILE");
        let mut b = person(Some(1), "1991-05-04", "LAMOTTE", "O.");
        a.dossiers = vec![("0101".into(), Role::Claimant)];
        b.dossiers = vec![("0101".into(), Role::Partner)];
        assert_ne!(compare(&a, &b), Verdict::Same);
        b.dossiers = vec![("0101".into(), Role::Claimant)];
        assert_eq!(compare(&a, &b), Verdict::Same);
    }

    #[test]
    fn a_france_travail_number_counts_with_the_birth_date() {
        let mut a = person(None, "1991-05-04", "A", "B");
        let mut b = person(None, "1991-05-04", "KELLER", "NOEL");
        a.france_travail_index = Some(vec![1, 2]);
        b.france_travail_index = Some(vec![1, 2]);
        assert_eq!(compare(&a, &b), Verdict::Same);
        b.birth_date = "1991-05-06".parse().ok();
        assert_eq!(compare(&a, &b), Verdict::Different);
    }

    #[test]
    fn typing_errors_swapped_dates_and_shared_phones_are_asked() {
        let a = person(None, "1991-05-04", "BARRANCOURT", "ODILE");
        assert_eq!(
            compare(&a, &person(None, "1991-05-04", "BARANCOURT", "ODILE")),
            Verdict::Ask(Doubt::CloseNames)
        );
        assert_eq!(
            compare(&a, &person(None, "1991-04-05", "Barrancourt", "Odile")),
            Verdict::Ask(Doubt::SwappedBirthDate)
        );
        let (mut c, mut d) = (a.clone(), person(None, "1960-01-01", "X", "Odile"));
        c.phones = vec!["+33639980001".into()];
        d.phones = vec!["+33639980001".into()];
        assert_eq!(compare(&c, &d), Verdict::Ask(Doubt::SamePhone));
        assert_eq!(compare(&a, &person(None, "1960-01-01", "X", "Odile")), Verdict::Different);
    }
}
