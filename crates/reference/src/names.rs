//! First and last names to make people up, for the demonstration and the tests. No name here is a person.
//!
//! Source: the `fr_FR` person provider of Faker 40.54.0 (MIT, Copyright (c) 2012 Daniele Faraglia).

use std::sync::LazyLock;

use crate::tsv;

const FILE: &str = include_str!("../data/names.tsv");

/// First names given to women, in alphabetical order.
pub static FEMALE: LazyLock<Vec<&'static str>> = LazyLock::new(|| of_kind("female"));

/// First names given to men, in alphabetical order.
pub static MALE: LazyLock<Vec<&'static str>> = LazyLock::new(|| of_kind("male"));

/// Last names, in alphabetical order.
pub static LAST: LazyLock<Vec<&'static str>> = LazyLock::new(|| of_kind("last"));

fn of_kind(wanted: &str) -> Vec<&'static str> {
    tsv::rows(FILE).filter(|[kind, _]| *kind == wanted).map(|[_, name]| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_the_file_is_in_one_list() {
        assert_eq!(FEMALE.len() + MALE.len() + LAST.len(), tsv::announced(FILE));
        assert_eq!((FEMALE.len(), MALE.len(), LAST.len()), (127, 88, 400));
    }

    #[test]
    fn no_name_is_empty_or_given_twice_in_a_list() {
        for list in [&FEMALE, &MALE, &LAST] {
            let distinct: std::collections::HashSet<_> = list.iter().collect();
            assert_eq!(distinct.len(), list.len());
            assert!(list.iter().all(|name| !name.trim().is_empty()));
        }
    }
}
