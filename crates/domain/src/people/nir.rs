//! NIR: the French social security number (décret 2019-341 allows its use for RSA).

/// A NIR of 13 digits whose shape is right; the key was checked when it came with one.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Nir(String);

/// Why a text is not a NIR that may be used to match people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NirError {
    /// Neither 13 nor 15 characters, or not digits (2A and 2B allowed at their place).
    #[error("le NIR n’a pas 13 ou 15 chiffres")]
    Length,
    /// The two digits of the key do not agree with the number.
    #[error("la clé du NIR ne correspond pas")]
    Key,
}

impl Nir {
    /// Reads a NIR of 13 characters, or of 15 with its key. Spaces are ignored.
    ///
    /// # Errors
    /// [`NirError::Length`] and [`NirError::Key`]; such a text is kept but never used to match.
    pub fn parse(text: &str) -> Result<Self, NirError> {
        let compact: String =
            text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
        if !compact.is_ascii() || (compact.len() != 13 && compact.len() != 15) {
            return Err(NirError::Length);
        }
        let (number, key) = compact.split_at(13);
        let value = numeric(number).ok_or(NirError::Length)?;
        if !key.is_empty() {
            let key: u64 = key.parse().map_err(|_| NirError::Length)?;
            if key != 97 - value % 97 {
                return Err(NirError::Key);
            }
        }
        Ok(Self(number.to_owned()))
    }

    /// The 13 characters, in clear: for encryption and the blind index only.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The two digits of the key.
    pub fn key(&self) -> u64 {
        97 - numeric(&self.0).unwrap_or(0) % 97
    }

    /// What the screen shows: sex and year of birth, the rest hidden.
    pub fn masked(&self) -> String {
        let shown: String = self.0.chars().take(3).collect();
        let (sex, year) = shown.split_at(1.min(shown.len()));
        format!("{sex} {year} •• •• ••• •••")
    }
}

/// A NIR as received, right or wrong: what debugging prints of it is a dot, so that no log can hold it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ReceivedNir(String);

impl From<String> for ReceivedNir {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl std::ops::Deref for ReceivedNir {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for ReceivedNir {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("•")
    }
}

impl std::fmt::Debug for Nir {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Nir(•)")
    }
}

/// The number used by the key: Corsica's 2A counts as 19 and 2B as 18 at the place of the département.
fn numeric(number: &str) -> Option<u64> {
    let department = number.get(5..7)?;
    let digits = match department {
        "2A" => format!("{}19{}", number.get(..5)?, number.get(7..)?),
        "2B" => format!("{}18{}", number.get(..5)?, number.get(7..)?),
        _ => number.to_owned(),
    };
    if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn thirteen_digits_are_enough_and_spaces_do_not_matter() {
        assert_eq!(Nir::parse("2 82 02 51 108 030").unwrap().reveal(), "2820251108030");
    }

    #[test]
    fn a_key_is_checked_in_corsica_too() {
        let nir = Nir::parse("185052A004012").unwrap();
        assert!(Nir::parse(&format!("185052A004012{:02}", nir.key())).is_ok());
        assert_eq!(Nir::parse("185052A00401200"), Err(NirError::Key));
    }

    #[test]
    fn letters_elsewhere_and_other_lengths_are_refused() {
        for bad in ["", "28202511080", "2820251108A30", "éééééé", "28202511080301234"] {
            assert_eq!(Nir::parse(bad), Err(NirError::Length), "{bad}");
        }
    }

    #[test]
    fn the_mask_tells_sex_and_year_only() {
        assert_eq!(Nir::parse("2820251108030").unwrap().masked(), "2 82 •• •• ••• •••");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_without_panic(text in ".{0,20}") {
            let _ = Nir::parse(&text);
        }

        #[test]
        fn the_right_key_and_only_it_is_accepted(number in 1_000_000_000_000u64..2_999_999_999_999, key in 1u64..=97) {
            let good = 97 - number % 97;
            prop_assert_eq!(Nir::parse(&format!("{number}{key:02}")).is_ok(), key == good);
        }
    }
}
