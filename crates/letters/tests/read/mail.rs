//! A letter by post: the window of the envelope, what is said, tags, languages.

use domain::prose::{Block, Line, Run};
use letters::{Mail, Sheet, mail};

use super::pdf::Pdf;

fn plain(text: &str) -> Run {
    Run { text: text.to_owned(), ..Run::default() }
}

fn strong(text: &str) -> Run {
    Run { strong: true, ..plain(text) }
}

fn lines(all: &[&str]) -> Vec<String> {
    all.iter().map(|line| (*line).to_owned()).collect()
}

fn sheet(language: &'static str, object: &str, body: Vec<Block>) -> Sheet {
    Sheet {
        language,
        sender: lines(&["Département de la Meuse", "Place Pierre-François Gossin", "55000 Bar-le-Duc"]),
        recipient: lines(&["Odile Barrancourt", "12 rue des Tilleuls", "55100 Verdun"]),
        place_and_date: "Bar-le-Duc, le 26 novembre 2026".to_owned(),
        notes: vec![vec![plain("Référence : 2026-0A1B2C3D")]],
        object: object.to_owned(),
        body,
    }
}

fn letter(body: Vec<Block>) -> Mail {
    Mail {
        author: "Département de la Meuse".to_owned(),
        made_on: "2026-11-26".parse().unwrap(),
        reference: "2026-0A1B2C3D".to_owned(),
        sheets: vec![sheet("fr", "Objet : Votre accompagnement : notre décision", body)],
    }
}

fn pdf(model: &Mail) -> Pdf {
    Pdf::of("mail.pdf", mail(model).unwrap_or_else(|why| panic!("{why}")))
}

fn body() -> Vec<Block> {
    let why: Line = vec![strong("Pourquoi ?"), plain(" "), plain("Vous cherchez d'abord un toit")];
    vec![
        Block::Paragraph(vec![vec![plain("Bonjour Odile Barrancourt,")]]),
        Block::Paragraph(vec![why, vec![strong("Quand ?"), plain(" lundi, à 9 h 30.")]]),
        Block::Framed(vec![
            Block::Paragraph(vec![vec![plain("Vous avez deux mois.")]]),
            Block::List {
                numbered: true, items: vec![vec![plain("Écrivez d’abord")], vec![plain("Puis")]]
            },
        ]),
        Block::List { numbered: false, items: vec![vec![plain("un point")]] },
    ]
}

#[test]
fn everything_is_read_again_and_words_of_two_looks_keep_their_space() {
    let text = pdf(&letter(body())).text();
    for words in [
        "Département de la Meuse",
        "Odile Barrancourt",
        "55100 Verdun",
        "Bar-le-Duc, le 26 novembre 2026",
        "Référence : 2026-0A1B2C3D",
        "Objet : Votre accompagnement : notre décision",
        "Pourquoi ? Vous cherchez d’abord un toit",
        "Quand ? lundi, à 9 h 30.",
        "Vous avez deux mois.",
        "1. Écrivez d’abord",
        "2. Puis",
        "un point",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains('◊'));
}

#[test]
fn the_address_and_it_alone_is_in_the_window_of_the_envelope() {
    let read = pdf(&letter(body()));
    // In points, at 72 to the inch: 100 to 200 mm from the left, 45 to 85 mm from the top.
    let window = ["-f", "1", "-l", "1", "-x", "283", "-y", "128", "-W", "283", "-H", "113"];
    let seen = read.ask("pdftotext", &window, &["-"]);
    let seen: Vec<&str> = seen.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(seen, ["Odile Barrancourt", "12 rue des Tilleuls", "55100 Verdun"]);
}

#[test]
fn it_is_tagged_titled_and_each_sheet_says_its_language() {
    let mut model = letter(body());
    model.sheets.push(sheet("en", "Subject: Your support: our decision", body()));
    let read = pdf(&model);
    let about = read.ask("pdfinfo", &[], &[]);
    for line in ["Title:           Objet\u{a0}: Votre accompagnement", "Tagged:          yes"] {
        assert!(about.contains(line), "{line}: {about}");
    }
    assert!(about.contains("Pages:           2"), "{about}");
    for mark in [&b"pdfuaid:part"[..], b"pdfaid:part", b"/Lang"] {
        assert!(read.holds(mark), "{}", String::from_utf8_lossy(mark));
    }
    let tags = read.ask("pdfinfo", &["-struct"], &[]);
    assert!(["H1", "P", "L", "LI"].iter().all(|kind| tags.contains(kind)), "{tags}");
    assert!(read.text().contains("Subject: Your support: our decision"));
}

#[test]
fn what_people_write_is_text_and_what_cannot_be_drawn_is_told() {
    let tricks = "#image(\"/etc/passwd\") *gras* $x$ = titre <label> @ref";
    let model = letter(vec![Block::Paragraph(vec![vec![strong("a 😀 : "), plain(tricks), plain(" ?")]])]);
    let text = pdf(&model).text();
    assert!(text.contains("a ◊ : #image") && text.contains("<label> @ref ?"), "{text}");
    assert!(text.contains("que cette lettre ne sait pas écrire"), "{text}");
}
