//! The number by which France Travail knows somebody.

/// The number without blanks and in capitals: two spellings of one number are equal once written so.
pub fn normalise(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_dashes_and_case_do_not_count() {
        assert_eq!(normalise(" 125 3359\u{a0}x"), "1253359X");
        assert_eq!(normalise("1253359X"), normalise("125-3359-x"));
    }
}
