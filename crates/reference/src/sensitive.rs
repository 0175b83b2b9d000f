//! Words that ask for care in what is written on people: a match warns and advises, it never blocks.

use std::sync::LazyLock;

use crate::table;

const FILE: &str = include_str!("../data/catalogues/privacy/sensitive_words.csv");

/// How a pattern is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// A whole word, accents and case apart.
    Word,
    /// A whole word, in capitals as it is.
    Capitals,
    /// A regular expression over whole words, case apart.
    Expression,
}

/// A word or an expression, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sensitive {
    /// The word, or the expression.
    pub pattern: String,
    /// How it is compared.
    pub compared: Compared,
    /// `health`, `addiction`, `justice`, `judgement`…
    pub category: String,
    /// What to write instead, in French.
    pub advice_fr: String,
}

static WORDS: LazyLock<Vec<Sensitive>> = LazyLock::new(|| {
    let read = |row: &table::Row| {
        let pattern = row.text("pattern");
        let compared = match row.text("kind").as_str() {
            "word" if pattern.chars().all(char::is_uppercase) => Compared::Capitals,
            "word" => Compared::Word,
            _ => Compared::Expression,
        };
        Sensitive { pattern, compared, category: row.text("category"), advice_fr: row.text("advice_fr") }
    };
    table::rows(FILE).iter().map(read).collect()
});

/// Every word, in the order of the catalogue.
pub fn words() -> &'static [Sensitive] {
    &WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_its_category_and_its_advice() {
        const CATEGORIES: [&str; 14] = [
            "health",
            "addiction",
            "justice",
            "protection",
            "religion",
            "opinion",
            "origin",
            "sex_life",
            "family",
            "protection_measure",
            "identity",
            "judgement",
            "dignity",
            "accusation",
        ];
        assert_eq!(words().len(), table::announced(FILE));
        for word in words() {
            assert!(!word.pattern.is_empty() && !word.advice_fr.is_empty(), "{word:?}");
            assert!(CATEGORIES.contains(&word.category.as_str()), "{word:?}");
        }
        let how =
            |pattern: &str| words().iter().find(|word| word.pattern == pattern).map(|word| word.compared);
        assert_eq!(how("VIH"), Some(Compared::Capitals));
        assert_eq!(how("maladie"), Some(Compared::Word));
        assert_eq!(how("violences?"), Some(Compared::Expression));
    }
}
