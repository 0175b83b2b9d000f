//! Which mapping reads a table: the one that was named, else the one that reads the most of its columns.

use exchange::spreadsheet::{Columns, Field, Profile, builtin_profiles};
use store::intake::profiles::ProfileRow;

/// What to do with a table whose columns nobody knows.
const UNKNOWN: &str = "Les colonnes de ce tableau ne sont pas connues. Dites ce que contient chacune sur la page \
    Fichiers, ou nommez une correspondance avec --profile.";

/// The mappings that can be named: those the département saved, then the built-in ones.
pub(in super::super) fn known(saved: Vec<ProfileRow>) -> Vec<Profile> {
    let saved = saved.into_iter().filter_map(|row| serde_json::from_str(&row.profile).ok());
    saved.chain(builtin_profiles()).collect()
}

/// The mapping and its columns; or one French sentence that says what to do.
///
/// `named` is the name of a known mapping, or a mapping for this time only, written as [`once`] does.
pub(in super::super) fn choose(
    known: &[Profile],
    named: Option<&str>,
    headers: &[String],
) -> Result<(Profile, Columns), String> {
    let profile = match named {
        Some(text) if text.starts_with('{') => serde_json::from_str(text).map_err(|_| UNKNOWN.to_owned())?,
        Some(name) => known.iter().find(|p| p.name == name).cloned().ok_or_else(|| nameless(known, name))?,
        None => best(known, headers).ok_or_else(|| UNKNOWN.to_owned())?,
    };
    let columns = profile.bind(headers).map_err(|missing| missing.to_string())?;
    Ok((profile, columns))
}

/// A mapping for one file, as its row keeps it.
pub(in super::super) fn once(profile: &Profile) -> Option<String> {
    serde_json::to_string(profile).ok()
}

/// The mapping that fits and reads the most columns; those the département saved come first.
pub(in super::super) fn best(known: &[Profile], headers: &[String]) -> Option<Profile> {
    let mut found: Option<(usize, &Profile)> = None;
    for profile in known.iter().filter(|p| p.bind(headers).is_ok()) {
        let count = columns_read(profile, headers);
        if count > found.map_or(0, |(most, _)| most) {
            found = Some((count, profile));
        }
    }
    found.map(|(_, profile)| profile.clone())
}

fn columns_read(profile: &Profile, headers: &[String]) -> usize {
    let there = |column: &exchange::spreadsheet::Column| {
        let mut column = column.clone();
        column.optional = false;
        Profile { name: String::new(), columns: vec![column] }.bind(headers).is_ok()
    };
    profile.columns.iter().filter(|c| c.field != Field::Ignore).filter(|c| there(c)).count()
}

fn nameless(known: &[Profile], name: &str) -> String {
    let names: Vec<&str> = known.iter().map(|p| p.name.as_str()).collect();
    format!("Aucune correspondance ne s’appelle « {name} ». Celles qui existent : {}.", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use exchange::spreadsheet::Column;

    fn headers(titles: &[&str]) -> Vec<String> {
        titles.iter().map(|t| (*t).to_owned()).collect()
    }

    fn saved(name: &str, titles: &[(&str, Field)]) -> Profile {
        let column = |(header, field): &(&str, Field)| Column {
            header: (*header).to_owned(),
            field: *field,
            optional: false,
        };
        Profile { name: name.to_owned(), columns: titles.iter().map(column).collect() }
    }

    #[test]
    fn the_mapping_that_reads_the_most_columns_is_chosen_and_the_saved_one_when_they_are_equal() {
        let file = headers(&["Nom", "Prénom", "Né le", "Tél"]);
        let short = saved("court", &[("Nom", Field::LastName), ("Prénom", Field::FirstName)]);
        let long = saved(
            "long",
            &[("Nom", Field::LastName), ("Prénom", Field::FirstName), ("Né le", Field::BirthDate)],
        );
        let known = [short.clone(), long];
        assert_eq!(choose(&known, None, &file).unwrap().0.name, "long");
        assert_eq!(choose(&known, Some("court"), &file).unwrap().0.name, "court");
        assert_eq!(choose(&known, once(&short).as_deref(), &file).unwrap().0, short);
        assert_eq!(
            choose(
                &[short.clone(), saved("autre", &[("Nom", Field::LastName), ("Tél", Field::Phone)])],
                None,
                &file
            )
            .unwrap()
            .0,
            short
        );
    }

    #[test]
    fn a_table_that_no_mapping_reads_is_told_with_what_to_do() {
        let file = headers(&["A", "B"]);
        let known = known(Vec::new());
        assert!(choose(&known, None, &file).unwrap_err().contains("--profile"));
        assert!(choose(&known, Some("rien"), &file).unwrap_err().contains("cnaf-contacts"));
        assert!(choose(&known, Some("cnaf-contacts"), &file).unwrap_err().contains("MATRICULE"));
    }
}
