//! Who somebody is, as one source tells it; the NIR and the France Travail number are apart, sealed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Identity facts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Use name.
    pub last_name: String,
    /// Birth name.
    pub birth_name: String,
    /// First name.
    pub first_name: String,
    /// Birth date.
    pub birth_date: Option<NaiveDate>,
    /// `1` man, `2` woman.
    pub sex: Option<String>,
    /// Town of birth.
    pub birth_place: Option<String>,
}

impl Identity {
    /// Of two sources, the fresher one; what it does not tell is taken from the other (`rules.md` § 5).
    #[must_use]
    pub fn freshest(fresh: Self, old: Self) -> Self {
        let name = |fresh: String, old: String| if fresh.is_empty() { old } else { fresh };
        Self {
            last_name: name(fresh.last_name, old.last_name),
            birth_name: name(fresh.birth_name, old.birth_name),
            first_name: name(fresh.first_name, old.first_name),
            birth_date: fresh.birth_date.or(old.birth_date),
            sex: fresh.sex.or(old.sex),
            birth_place: fresh.birth_place.or(old.birth_place),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fresher_source_wins_and_the_other_fills_what_it_does_not_tell() {
        let fresh =
            Identity { last_name: "Lamothe-Oury".into(), sex: Some("2".into()), ..Identity::default() };
        let old = Identity {
            last_name: "Lamothe".into(),
            first_name: "Odile".into(),
            sex: Some("1".into()),
            birth_place: Some("Verdun".into()),
            ..Identity::default()
        };
        let both = Identity::freshest(fresh, old);
        assert_eq!((both.last_name.as_str(), both.first_name.as_str()), ("Lamothe-Oury", "Odile"));
        assert_eq!((both.sex.as_deref(), both.birth_place.as_deref()), (Some("2"), Some("Verdun")));
    }
}
