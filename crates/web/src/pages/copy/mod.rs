//! The copy of what is held on a person, in words: what the JSON file and the letter say.

mod dossier;
mod fields;
#[cfg(test)]
mod not_said;
mod say;

use app::privacy::rights::{CopyFact, CopyLetter, CopyRow, CopySection, HeldCopy, HeldRows, Layout};
use domain::privacy::retention::lifetime;
use serde_json::Value;

use self::fields::{FIELDS, SECTIONS, SectionOf};
use self::say::Teller;
use super::rows::{self, t};
use crate::format;
use crate::site::Visit;
use crate::view::words;

/// The copy as it is given to the person.
pub fn letter(visit: &Visit, copy: &HeldCopy, officer: Vec<String>) -> CopyLetter {
    let teller = Teller::new(visit, copy);
    let mut sections = vec![about(copy)];
    for of in SECTIONS {
        sections.extend(section(&teller, copy, &of));
    }
    CopyLetter {
        department: visit.department.name.clone(),
        officer,
        person: rows::name(&copy.person),
        reference: t("copy-reference").s("day", format::full(copy.request.row.received_on)).to_string(),
        made_on: visit.today(),
        sections,
    }
}

/// What the law says must be told with the copy (RGPD, art. 15.1).
fn about(copy: &HeldCopy) -> CopySection {
    let words = |key: &str| t(key).to_string();
    let mut all = vec![
        ("why", words("public-why"), words("public-why-text")),
        ("source", words("copy-source"), words("copy-source-text")),
        ("recipients", words("public-who"), words("public-who-text")),
        ("kept", words("public-long"), t("public-long-text").n("years", copy.active_years).to_string()),
        ("automatic", words("copy-automatic"), words("copy-automatic-text")),
        ("others", words("copy-others"), t("copy-others-text").n("n", copy.of_others).to_string()),
        ("documents", words("copy-documents"), words("copy-documents-text")),
    ];
    let facts = all.drain(..).map(|(name, label, text)| CopyFact {
        name: name.to_owned(),
        label,
        value: text.clone().into(),
        text,
    });
    CopySection {
        name: "about".to_owned(),
        title: words("copy-about"),
        lead: String::new(),
        layout: Layout::Text,
        rows: vec![CopyRow { title: String::new(), facts: facts.collect() }],
    }
}

/// A table in words; nothing for one that holds nothing on this person.
fn section(teller: &Teller<'_>, copy: &HeldCopy, of: &SectionOf) -> Option<CopySection> {
    let rows: Vec<CopyRow> = if of.table == "content" {
        let mut told: Vec<_> = copy.told.iter().collect();
        told.sort_by_key(|told| std::cmp::Reverse(teller.latest(told)));
        told.into_iter().map(|told| dossier::row(teller, told)).collect()
    } else if of.table == "sighting" {
        let seen =
            copy.told.iter().flat_map(|told| told.files.iter().map(|file| teller.seen(*file, &told.dossier)));
        seen.map(|facts| CopyRow { title: String::new(), facts }).collect()
    } else {
        let held: Option<&HeldRows> = copy.held.iter().find(|held| held.table == of.table);
        held.map(|held| held.rows.iter().map(|row| said(teller, of, row)).collect()).unwrap_or_default()
    };
    if rows.is_empty() {
        return None;
    }
    let kept = lifetime(of.table)
        .map(|one| t("copy-kept").s("how", words::kept(one.keep, copy.active_years)).to_string());
    Some(CopySection {
        name: of.table.to_owned(),
        title: t(of.title).to_string(),
        lead: kept.unwrap_or_default(),
        layout: of.layout,
        rows,
    })
}

/// A row: each of its fields that has a value, in the order of the list.
fn said(teller: &Teller<'_>, of: &SectionOf, row: &Value) -> CopyRow {
    let known = FIELDS.iter().filter(|field| field.table == of.table);
    let facts = known.filter_map(|field| {
        let kept = row.get(field.column).filter(|kept| !kept.is_null())?;
        let (value, text) = teller.say(&field.say, kept)?;
        Some(CopyFact { name: field.column.to_owned(), label: t(field.key).to_string(), value, text })
    });
    CopyRow { title: String::new(), facts: facts.collect() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use app::privacy::rights::HELD;
    use testkit::world::on_both;

    use super::fields::{FIELDS, SECTIONS};
    use super::not_said::NOT_SAID;

    #[test]
    fn every_table_of_the_copy_has_its_section_and_its_fields() {
        let held: BTreeSet<&str> = HELD.into_iter().collect();
        let shown: BTreeSet<&str> = SECTIONS.iter().map(|of| of.table).collect();
        assert_eq!(held, shown);
        let said: BTreeSet<&str> = FIELDS.iter().map(|field| field.table).collect();
        let told: BTreeSet<&str> = ["content", "sighting"].into();
        assert_eq!(held.difference(&said).copied().collect::<BTreeSet<_>>(), told);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn every_column_of_the_schema_is_said_once_or_left_out_with_a_reason() {
        on_both(|world| async move {
            let said = FIELDS.iter().map(|field| (field.table.to_owned(), field.column.to_owned()));
            let left = NOT_SAID.iter().map(|(table, column, why)| {
                assert!(!why.is_empty());
                ((*table).to_owned(), (*column).to_owned())
            });
            let mut listed: Vec<(String, String)> = said.chain(left).collect();
            let columns = store::privacy::columns(&world.department.db).await.unwrap();
            let known = columns.into_iter().filter(|(table, _)| HELD.contains(&table.as_str()));
            // What is sealed is said in clear, under its name without the seal.
            let mut known: Vec<(String, String)> = known
                .map(|(table, name)| (table, name.strip_suffix("_sealed").unwrap_or(&name).to_owned()))
                .collect();
            listed.sort();
            known.sort();
            assert_eq!(listed, known);
        })
        .await;
    }
}
