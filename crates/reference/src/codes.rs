//! Code lists of the files that the Caf and the MSA send: what `SEF` or `ASS` means.
//!
//! A list is named after the element that carries it (`"SITFAM"`, `"ACT"`, `"NATPF"`…). Lists that end in `_VRSD` are
//! those of the reworked file; their labels were deduced. `NUMORG` names the Caf bodies.
//! An unknown code is normal (the payers add some): show the code, never refuse the file.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::tsv;

const FILE: &str = include_str!("../data/codes.tsv");

static ENTRIES: LazyLock<HashMap<&'static str, Vec<(&'static str, &'static str)>>> = LazyLock::new(|| {
    let mut lists: HashMap<_, Vec<_>> = HashMap::new();
    for [list, code, label] in tsv::rows(FILE) {
        lists.entry(list).or_default().push((code, label));
    }
    lists
});

/// The codes of a list with their labels in French, sorted by code; empty if the list is unknown.
pub fn entries(list: &str) -> &'static [(&'static str, &'static str)] {
    ENTRIES.get(list).map(Vec::as_slice).unwrap_or_default()
}

/// The label of a code, spaces around it ignored.
pub fn label(list: &str, code: &str) -> Option<&'static str> {
    let (entries, code) = (entries(list), code.trim());
    let index = entries.binary_search_by_key(&code, |(known, _)| known).ok()?;
    entries.get(index).map(|(_, label)| *label)
}

/// Whether the list has this code, spaces around it ignored.
pub fn known(list: &str, code: &str) -> bool {
    label(list, code).is_some()
}

/// A short label for the state of the right to RSA (`ETATDOSRSA`), for lists and badges.
pub fn right_state_label(code: &str) -> &'static str {
    match code.trim() {
        "0" => "Demande en attente de décision",
        "1" => "Demande refusée",
        "2" => "Droit ouvert et versable",
        "3" => "Droit ouvert et suspendu",
        "4" => "Droit ouvert mais versement suspendu",
        "5" => "Droit clos",
        "6" => "Droit clos sur mois antérieur ayant eu un droit",
        _ => "État du droit inconnu",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is needed to read the files of beneficiaries, applications and payments.
    const NEEDED: &str = "\
        ABANEU ACT APPLIEME AVISCONDADMRSA COMMACONTRO DIFLOG DIFSOC ETATADR ETATCREALIM ETATDOSRSA EXCL \
        FAMCIBCONTRO FG FONORG FONORGCEDMUT HISPRO INSCDEMEMPLOI MODEPAI MOTICLORSA MOTICONDADMRSA \
        MOTIREFURSA MOTISUSDRORSA MOTISUSVERSRSA NATCIBCONTRO NATFLUX NATGROUPFSUS NATI NATLOG NATMOB \
        NATPF NATPFCRE NATPREST NATRESS NIVDIPMAXOBT NIVETU NUMORG ORIDEMRSA PAYS QUAL REG RGADR \
        ROLEPERS SENSOPECOMPTA SEXE SITFAM SITPERSDEMRSA SITPERSSOCPRO SOUSNATPF STATUDEMRSA SUIIRSA \
        TOPPERSDRODEVORSA TYPEADR TYPECONTRO TYPEDTNAI TYPEFLUX TYPEOCCLOG TYPEOPECOMPTA TYPEPAR \
        TYPEPARTE TYPESERINS";

    #[test]
    fn no_row_is_lost_while_reading() {
        assert_eq!(ENTRIES.values().map(Vec::len).sum::<usize>(), tsv::announced(FILE));
    }

    #[test]
    fn every_list_that_the_files_need_is_there() {
        for list in NEEDED.split_whitespace() {
            assert!(!entries(list).is_empty(), "{list}");
        }
        assert!(entries("NUMORG").len() > 120);
    }

    #[test]
    fn every_code_of_every_list_is_found_once() {
        for (list, entries) in ENTRIES.iter() {
            assert!(entries.is_sorted_by(|a, b| a.0 < b.0), "{list}");
            assert!(entries.iter().all(|(code, text)| label(list, code) == Some(*text)), "{list}");
        }
    }

    #[test]
    fn a_code_is_read_with_its_label() {
        assert_eq!(label("SITFAM", "SEF"), Some("Séparation de fait"));
        assert_eq!(label("ACT", " CDI "), Some("Contrat à durée indéterminé"));
        assert_eq!(label("TYPEADR", "P"), Some("Provisoire"));
        assert_eq!(label("ACT", "ZZZ"), None);
        assert_eq!(label("NOLIST", "1"), None);
        assert!(known("ROLEPERS", "DEM"));
        assert!(!known("ROLEPERS", ""));
    }

    #[test]
    fn labels_are_clean_text() {
        for (code, text) in ENTRIES.values().flatten() {
            assert_eq!(text.trim(), *text);
            assert!(!text.is_empty(), "{code}");
            assert!(!text.contains(['‚', '`', '\u{a0}', '\u{fffd}']), "{text}");
            assert!(!text.contains("[label deduced"), "{text}");
        }
        assert_eq!(label("NATTITSEJ", "AND"), Some("Titre d'identité d'andorran"));
        assert_eq!(label("MENTTITSEJ", "AT"), Some("Il autorise son titulaire à travailler"));
    }

    #[test]
    fn each_state_of_the_right_has_a_short_label_of_its_own() {
        let labels: std::collections::HashSet<_> =
            entries("ETATDOSRSA").iter().map(|(code, _)| right_state_label(code)).collect();
        assert_eq!(labels.len(), 7);
        assert!(!labels.contains(right_state_label("9")));
        assert_eq!(right_state_label("2"), "Droit ouvert et versable");
    }
}
