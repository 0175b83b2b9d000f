//! The answer to an access request, as the programs of poppler read it: text, fonts, tags, title, pages.

use std::collections::BTreeSet;

use letters::{AccessAnswer, Block, Section, Sender, access_answer};

use super::pdf::Pdf;

fn pair(term: &str, value: &str) -> (String, String) {
    (term.to_owned(), value.to_owned())
}

fn says(lines: &[&str]) -> Block {
    Block::Text { title: String::new(), lines: lines.iter().map(|line| (*line).to_owned()).collect() }
}

fn answer() -> AccessAnswer {
    let row =
        |n: usize| vec![format!("{n} octobre 2026"), "Ouvre un dossier".to_owned(), format!("Agent {n}")];
    AccessAnswer {
        sender: Sender {
            department: "Meuse".to_owned(),
            logo_svg: None,
            officer: vec![
                "Délégué à la protection des données".to_owned(),
                "Place Pierre-François Gossin".to_owned(),
            ],
        },
        person: "Odile Barrancourt".to_owned(),
        made_on: "2026-11-26".parse().unwrap(),
        reference: "réponse 2026-014".to_owned(),
        sections: vec![
            Section {
                title: "Identité".to_owned(),
                lead: "Gardée deux ans après le dernier contact.".to_owned(),
                blocks: vec![Block::Facts {
                    title: "Votre fiche".to_owned(),
                    facts: vec![
                        pair("Née le", "4 mai 1968 à l'Isle-d'Espagnac"),
                        pair("Montant", "607,75 €"),
                        pair("Vide", ""),
                    ],
                }],
            },
            Section {
                title: "Qui a ouvert votre dossier ?".to_owned(),
                lead: String::new(),
                blocks: vec![Block::Table {
                    caption: "Les lectures des douze derniers mois".to_owned(),
                    heads: ["Quand", "Quoi", "Qui"].map(str::to_owned).to_vec(),
                    rows: (1..=80).map(row).collect(),
                }],
            },
            Section {
                title: "Notes".to_owned(),
                lead: String::new(),
                blocks: vec![says(&["Cherche un poste d'aide à domicile."])],
            },
        ],
    }
}

fn pdf(answer: &AccessAnswer) -> Pdf {
    Pdf::of("access.pdf", access_answer(answer).unwrap_or_else(|why| panic!("{why}")))
}

#[test]
fn everything_that_was_given_is_read_again_in_french() {
    let read = pdf(&answer());
    let text = read.text();
    for words in [
        "Vos données personnelles",
        "Odile Barrancourt",
        "Le 26 novembre 2026",
        "Identité",
        "Gardée deux ans après le dernier contact.",
        "Votre fiche",
        "4 mai 1968 à l’Isle-d’Espagnac",
        "607,75 €",
        "Vide : Non renseigné",
        "Qui a ouvert votre dossier ?",
        "Les lectures des douze derniers mois",
        "80 octobre 2026",
        "Agent 80",
        "Cherche un poste d’aide à domicile.",
        "Place Pierre-François Gossin",
        "Département Meuse, réponse 2026-014",
        "page 1 sur ",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains('◊'));
}

#[test]
fn it_is_tagged_titled_in_french_and_kept_for_long() {
    let read = pdf(&answer());
    let about = read.ask("pdfinfo", &[], &[]);
    let line = |name: &str| {
        let line =
            about.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_else(|| panic!("{about}"));
        line.trim().to_owned()
    };
    assert_eq!(line("Title:"), "Vos données personnelles, Odile Barrancourt");
    assert_eq!((line("Tagged:").as_str(), line("Author:").as_str()), ("yes", "Département Meuse"));
    assert_eq!((line("Encrypted:").as_str(), line("JavaScript:").as_str()), ("no", "no"));
    assert!(line("Page size:").contains("A4"));
    assert!(line("Pages:").parse::<u32>().unwrap() >= 3, "the table goes over several pages");
    // What the standards ask to be written down, in clear for archivists.
    for mark in [&b"pdfuaid:part"[..], b"pdfaid:part", b"pdfaid:conformance", b"/Lang"] {
        assert!(read.holds(mark), "{}", String::from_utf8_lossy(mark));
    }
    let tags = read.ask("pdfinfo", &["-struct"], &[]);
    let kinds = tags.lines().filter_map(|line| line.split_whitespace().next());
    let kinds: BTreeSet<&str> = kinds.map(|kind| kind.trim_end_matches(':')).collect();
    for kind in ["H1", "H2", "H3", "P", "L", "LI", "Table", "TH", "TD", "Caption"] {
        assert!(kinds.contains(kind), "{kind}: {kinds:?}");
    }
}

#[test]
fn each_font_is_embedded_and_its_text_can_be_copied() {
    let fonts = pdf(&answer()).ask("pdffonts", &[], &[]);
    let rows: Vec<&str> = fonts.lines().skip(2).collect();
    assert_eq!(rows.len(), 2, "{fonts}");
    for row in rows {
        // … embedded, subset, Unicode table, object, generation.
        let cells: Vec<&str> = row.split_whitespace().collect();
        assert!(row.contains("AtkinsonHyperlegibleNext"), "{row}");
        assert_eq!(cells[cells.len() - 5..cells.len() - 2], ["yes", "yes", "yes"], "{row}");
    }
}

#[test]
fn what_people_write_is_text_and_never_markup() {
    let mut model = answer();
    let tricks = "#image(\"/etc/passwd\") *gras* $x$ = titre <label> @ref #read(\"data.json\") \\ // /* https://a.test";
    model.sections[2].blocks = vec![says(&[tricks])];
    model.person = "#panic() <b>".to_owned();
    let text = pdf(&model).text();
    // A long line breaks where it may.
    let whole = |text: &str| text.replace(' ', "");
    assert!(whole(&text).contains(&whole(tricks)) && text.contains("#panic() <b>"), "{text}");
}

#[test]
fn any_sign_can_be_written_by_people_and_the_letter_says_what_it_replaced() {
    let mut model = answer();
    let odd: String = (1..0x3000).filter_map(char::from_u32).chain("😀𝔘﷽\u{10ffff}".chars()).collect();
    model.sections[2].blocks =
        vec![says(&[&odd]), says(&[]), Block::Facts { title: String::new(), facts: vec![] }];
    model.sections[1].blocks = vec![Block::Table {
        caption: String::new(),
        heads: vec!["A".to_owned(), "B".to_owned()],
        rows: vec![vec![], vec!["1".to_owned(), "2".to_owned(), "3".to_owned()]],
    }];
    let text = pdf(&model).text();
    assert!(text.contains('◊') && text.contains("tient la place d’un caractère"), "{text}");
}

#[test]
fn the_drawing_of_the_departement_stands_at_the_top() {
    let mut model = answer();
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path fill="#0b5c6b" d="M0 0h40v20H0z"/></svg>"##;
    model.sender.logo_svg = Some(svg.as_bytes().to_vec());
    let read = pdf(&model);
    let tags = read.ask("pdfinfo", &["-struct"], &[]);
    assert!(tags.contains("Figure"), "{tags}");
    model.sender.logo_svg = Some(b"<svg".to_vec());
    assert!(access_answer(&model).is_err(), "a broken drawing is told, not left out");
}

#[test]
fn the_same_answer_gives_the_same_bytes() {
    assert!(access_answer(&answer()).unwrap() == access_answer(&answer()).unwrap());
}
