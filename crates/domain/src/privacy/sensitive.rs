//! Words that ask for care in what is written on people. A match warns and advises; it blocks nothing, and the words found
//! are never kept nor logged.

use std::sync::LazyLock;

use reference::sensitive::{Compared, Sensitive, words};
use regex::{RegexSet, RegexSetBuilder};

use crate::people::name::normalise;

/// A kind of comparison, and the words of the list that are compared so.
struct Watch {
    set: RegexSet,
    of: Vec<&'static Sensitive>,
}

/// Words without accents and case; words in capitals; expressions.
static WATCHES: LazyLock<[Watch; 3]> = LazyLock::new(|| {
    let watch = |compared: Compared, expression: fn(&str) -> String, any_case: bool| {
        let of: Vec<&Sensitive> = words().iter().filter(|word| word.compared == compared).collect();
        let patterns = of.iter().map(|word| format!(r"(?:^|\W)(?:{})(?:\W|$)", expression(&word.pattern)));
        let set = RegexSetBuilder::new(patterns)
            .case_insensitive(any_case)
            .build()
            .unwrap_or_else(|_| RegexSet::empty());
        Watch { set, of }
    };
    [
        watch(Compared::Word, |word| regex::escape(&normalise(word)), false),
        watch(Compared::Capitals, regex::escape, false),
        watch(Compared::Expression, str::to_owned, true),
    ]
});

/// The words of the list that a text holds, each once, in the order of the list.
pub fn found(text: &str) -> Vec<&'static Sensitive> {
    let plain = normalise(text);
    let [word, capitals, expression] = &*WATCHES;
    let mut found: Vec<&Sensitive> = [(word, plain.as_str()), (capitals, text), (expression, text)]
        .into_iter()
        .flat_map(|(watch, text)| {
            watch.set.matches(text).into_iter().filter_map(|rank| watch.of.get(rank).copied())
        })
        .collect();
    found.sort_by_key(|one| words().iter().position(|word| word == *one));
    found
}

/// What to write instead, each advice once.
pub fn advice(text: &str) -> Vec<&'static str> {
    let mut all: Vec<&str> = Vec::new();
    for one in found(text) {
        if !all.contains(&one.advice_fr.as_str()) {
            all.push(&one.advice_fr);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn categories(text: &str) -> Vec<&'static str> {
        found(text).into_iter().map(|one| one.category.as_str()).collect()
    }

    #[test]
    fn every_word_of_the_list_is_compiled() {
        let watched: usize = WATCHES.iter().map(|watch| watch.set.len()).sum();
        assert_eq!(watched, words().len());
    }

    #[test]
    fn whole_words_are_found_whatever_their_accents_and_case() {
        for text in
            ["Sa MALADIE revient", "maladie", "(maladie)", "une maladie.", "dépression sévère", "Depression"]
        {
            assert!(categories(text).contains(&"health"), "{text}");
        }
        assert_eq!(
            categories("Sort de prison ou de détention").iter().filter(|one| **one == "justice").count(),
            2
        );
    }

    #[test]
    fn a_part_of_a_word_accuses_nobody() {
        for text in
            ["Aide bénévole au refuge", "Habite Romans", "Elle a pris la route", "Peut venir à 7 h", ""]
        {
            assert_eq!(found(text), Vec::<&Sensitive>::new(), "{text}");
        }
    }

    #[test]
    fn initials_are_seen_in_capitals_only() {
        assert!(!categories("Suivi par l’ASE").is_empty());
        assert_eq!(found("elle passe ase trois"), Vec::<&Sensitive>::new());
    }

    #[test]
    fn a_number_of_social_security_is_seen_and_each_advice_is_given_once() {
        assert!(categories("2 91 05 38 185 042 29").contains(&"identity"));
        let advised = advice("Un cancer, puis du diabète : le diabete encore");
        assert_eq!(advised.len(), 1, "{advised:?}");
    }
}
