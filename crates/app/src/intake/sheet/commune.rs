//! Where somebody lives, from a postcode and a town as people type them.

use std::collections::HashMap;

use domain::people::name::normalise;
use domain::reference::geo::{Commune, communes_of};
use exchange::spreadsheet::SheetRow;

/// The communes of the département, by postcode and by name.
pub(super) struct Places {
    by_postcode: HashMap<&'static str, Vec<&'static Commune>>,
    by_name: HashMap<String, Vec<&'static Commune>>,
}

impl Places {
    /// Those of one département.
    pub fn of(department: &str) -> Self {
        let (mut by_postcode, mut by_name) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        for commune in communes_of(department) {
            for postcode in commune.postcodes.split(' ').filter(|p| !p.is_empty()) {
                by_postcode.entry(postcode).or_default().push(commune);
            }
            by_name.entry(plain(commune.name)).or_default().push(commune);
        }
        Self { by_postcode, by_name }
    }

    /// The commune that a row names without ambiguity.
    pub fn find(&self, row: &SheetRow) -> Option<&'static Commune> {
        let texts: Vec<&str> =
            row.postcode_town.iter().chain(row.address.iter().rev()).map(String::as_str).collect();
        // « 12 rue du Fort 55100 Verdun » in one cell: the town is what follows the postcode.
        let ends = texts.iter().filter_map(|t| Some(plain(t.rsplit_once(postcode(t)?.as_str())?.1)));
        let towns: Vec<String> =
            texts.iter().map(|t| plain(t)).chain(ends).filter(|t| !t.is_empty()).collect();
        let Some(postcode) = texts.iter().find_map(|t| postcode(t)) else {
            return towns.iter().find_map(|t| only(self.by_name.get(t)?));
        };
        match self.by_postcode.get(postcode.as_str()) {
            Some(here) => pick(here, &towns),
            None => pick(&elsewhere(&postcode), &towns),
        }
    }
}

/// The only one, else the one whose name is among the towns typed.
fn pick(communes: &[&'static Commune], towns: &[String]) -> Option<&'static Commune> {
    let named = || communes.iter().copied().find(|c| towns.contains(&plain(c.name)));
    if communes.len() == 1 { communes.first().copied() } else { named() }
}

fn only(communes: &[&'static Commune]) -> Option<&'static Commune> {
    if communes.len() == 1 { communes.first().copied() } else { None }
}

/// Communes of another département that have this postcode.
fn elsewhere(postcode: &str) -> Vec<&'static Commune> {
    let departments: &[&str] = match postcode.get(..2) {
        Some("20") => &["2A", "2B"],
        Some("97" | "98") => &[postcode.get(..3).unwrap_or_default()],
        Some(two) => &[two],
        None => &[],
    };
    let communes = departments.iter().flat_map(|d| communes_of(d));
    communes.filter(|c| c.postcodes.split(' ').any(|p| p == postcode)).collect()
}

/// Five digits that stand alone; a spreadsheet may have lost the first zero.
fn postcode(text: &str) -> Option<String> {
    let words =
        || text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| w.bytes().all(|b| b.is_ascii_digit()));
    words().rfind(|w| w.len() == 5).map(str::to_owned).or_else(|| {
        let whole = text.trim();
        words().find(|w| w.len() == 4 && (whole.starts_with(w) || *w == whole)).map(|w| format!("0{w}"))
    })
}

/// A town without digits, « cedex » and short forms: « ST MIHIEL CEDEX 2 » is « saint mihiel ».
fn plain(town: &str) -> String {
    let words = normalise(town);
    let words =
        words.split(' ').take_while(|w| *w != "cedex").filter(|w| !w.bytes().any(|b| b.is_ascii_digit()));
    let long = words.map(|w| match w {
        "st" => "saint",
        "ste" => "sainte",
        other => other,
    });
    long.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(postcode_town: &str, address: &[&str]) -> Option<&'static str> {
        let row = SheetRow {
            postcode_town: Some(postcode_town.to_owned()),
            address: address.iter().map(|a| (*a).to_owned()).collect(),
            ..SheetRow::default()
        };
        Places::of("55").find(&row).map(|c| c.name)
    }

    #[test]
    fn a_commune_is_found_as_people_write_it() {
        for (text, address) in [
            ("55100 VERDUN", &[][..]),
            ("Verdun", &[]),
            ("55100", &["12 rue du Fort", "VERDUN CEDEX 2"]),
            ("VERDUN", &["12 rue du Fort", "55100"]),
            ("12 rue du Fort 55100 Verdun", &[]),
        ] {
            assert_eq!(found(text, address), Some("Verdun"), "{text}");
        }
        assert_eq!(found("55300 ST MIHIEL", &[]), Some("Saint-Mihiel"));
        assert_eq!(found("75001 PARIS", &[]), Some("Paris"));
    }

    #[test]
    fn what_is_ambiguous_is_left() {
        assert_eq!(found("55100", &[]), None, "this postcode has many communes");
        assert_eq!(found("99999 NULLE PART", &[]), None);
    }
}
