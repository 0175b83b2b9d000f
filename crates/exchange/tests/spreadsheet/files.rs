//! The four formats, and files that should not be opened.

use std::io::{Cursor, Write};

use exchange::spreadsheet::{Sheet, SheetRefusal};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn xlsx(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    workbook.save_to_buffer().unwrap()
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn ods(table: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
         <office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    );
    let kind: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
    let manifest: &[u8] =
        b"<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    zip(&[("mimetype", kind), ("META-INF/manifest.xml", manifest), ("content.xml", content.as_bytes())])
}

#[test]
fn numbers_dates_and_line_breaks_of_a_workbook_become_text() {
    let bytes = xlsx(|sheet| {
        sheet.write(0, 1, "Date de\nNaissance").unwrap();
        sheet.write(0, 0, " N° CAF ").unwrap();
        let date = ExcelDateTime::from_ymd(1982, 2, 1).unwrap();
        sheet.write(2, 0, 346_145).unwrap();
        sheet.write_with_format(2, 1, &date, &Format::new().set_num_format("dd/mm/yyyy")).unwrap();
        sheet.write(2, 2, 2_820_251_108_030.0).unwrap();
        sheet.write(2, 3, true).unwrap();
        sheet.write(2, 4, 1.5).unwrap();
    });
    let sheet = Sheet::open(&bytes, "f.xlsx").unwrap();
    assert_eq!(sheet.headers(), ["N° CAF", "Date de\nNaissance"]);
    assert_eq!(sheet.rows()[0].cells, ["346145", "1982-02-01", "2820251108030", "oui", "1.5"]);
    assert_eq!(sheet.rows()[0].line, 3);
}

#[test]
fn an_open_document_is_read() {
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let date = "<table:table-cell office:value-type=\"date\" office:date-value=\"1982-02-01\"><text:p>01/02/82</text:p></table:table-cell>";
    let table = format!(
        "<table:table table:name=\"A\"><table:table-row>{}{}</table:table-row><table:table-row>{}{date}</table:table-row></table:table>",
        cell("Nom"),
        cell("Né le"),
        cell("MARTIN"),
    );
    let sheet = Sheet::open(&ods(&table), "f.ods").unwrap();
    assert_eq!(
        (sheet.headers(), &sheet.rows()[0].cells[..]),
        (&["Nom".to_owned(), "Né le".to_owned()][..], &["MARTIN".to_owned(), "1982-02-01".to_owned()][..])
    );
}

#[test]
fn a_workbook_of_before_2007_is_read() {
    let sheet = Sheet::open(include_bytes!("../data/personnes.xls"), "personnes.xls").unwrap();
    assert_eq!(sheet.headers(), ["N° CAF", "Nom", "Prénom", "Date de\nNaissance", "NIR"]);
    assert_eq!(sheet.rows()[0].cells, ["346145", "MARTIN", "Léa", "1982-02-01", "2820251108030"]);
}

#[test]
fn a_workbook_of_before_2007_with_an_immense_grid_is_refused() {
    let corners = include_bytes!("../data/corners.xls");
    assert_eq!(Sheet::open(corners, "f.xls"), Err(SheetRefusal::Bomb("f.xls".to_owned())));
}

#[test]
fn a_workbook_of_before_2007_that_declares_more_rows_than_a_machine_can_hold_is_refused() {
    let mut bytes = include_bytes!("../data/personnes.xls").to_vec();
    let dimensions = bytes.windows(4).position(|w| w == [0x00, 0x02, 14, 0]).unwrap();
    bytes[dimensions + 11] = 0x7F;
    assert_eq!(Sheet::open(&bytes, "f.xls"), Err(SheetRefusal::Bomb("f.xls".to_owned())));
}

proptest! {
    #[test]
    fn a_damaged_workbook_is_read_or_refused(at in 0usize..5632, byte in any::<u8>(), length in 0usize..5632) {
        let mut bytes = include_bytes!("../data/personnes.xls").to_vec();
        bytes[at] = byte;
        let _ = Sheet::open(&bytes, "f.xls");
        let _ = Sheet::open(&bytes[..length], "f.xls");
    }
}

#[test]
fn a_sheet_with_one_cell_in_each_corner_is_read_in_little_memory() {
    let bytes = xlsx(|sheet| {
        sheet.write(0, 0, "Nom").unwrap();
        sheet.write(1_048_575, 16_383, "loin").unwrap();
        sheet.write(1_048_575, 0, "MARTIN").unwrap();
    });
    let sheet = Sheet::open(&bytes, "f.xlsx").unwrap();
    assert_eq!((sheet.rows().len(), sheet.rows()[0].line), (1, 1_048_576));
}

#[test]
fn the_first_sheet_that_holds_something_is_read() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet();
    workbook.add_worksheet().write(0, 0, "Nom").unwrap().write(1, 0, "MARTIN").unwrap();
    assert_eq!(Sheet::open(&workbook.save_to_buffer().unwrap(), "f").unwrap().headers(), ["Nom"]);
}

#[test]
fn a_workbook_that_expands_out_of_proportion_is_refused() {
    let zeros = vec![b' '; 40 << 20];
    let bomb = zip(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &zeros)]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(Sheet::open(&bomb, "f.xlsx"), Err(SheetRefusal::Bomb("f.xlsx".to_owned())));
    // The directory may lie about the sizes: what counts is what comes out.
    let mut liar = bomb.clone();
    for at in 0..liar.len() - 4 {
        if liar[at..at + 4] == u32::try_from(zeros.len()).unwrap().to_le_bytes() {
            liar[at..at + 4].copy_from_slice(&100u32.to_le_bytes());
        }
    }
    assert_ne!(liar, bomb);
    assert!(matches!(Sheet::open(&liar, "f.xlsx"), Err(SheetRefusal::Bomb(_) | SheetRefusal::Unreadable(_))));
}

#[test]
fn repeated_rows_and_columns_without_end_are_refused() {
    let cell = "<table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"1000000\"><text:p>x</text:p></table:table-cell>";
    let table = format!(
        "<table:table table:name=\"A\"><table:table-row table:number-rows-repeated=\"1000000\">{cell}</table:table-row></table:table>"
    );
    assert!(Sheet::open(&ods(&table), "f.ods").is_err());
}

#[test]
fn what_is_not_a_table_is_refused_in_french() {
    let workbook = xlsx(|sheet| {
        sheet.write(0, 0, "Nom").unwrap();
    });
    let cases: [(&[u8], &str); 8] = [
        (b"", "vide.csv"),
        (b"\n\n ; ; \n", "blanc.csv"),
        (b"Nom;Prenom\n", "titres.csv"),
        (b"<?xml version='1.0'?><Racine/>", "flux.xml"),
        (b"%PDF-1.7", "lettre.pdf"),
        (b"PK\x03\x04 not a zip", "abime.xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 encrypted", "protege.xlsx"),
        (&workbook, "titres.xlsx"),
    ];
    let all = cases.map(|(bytes, name)| Sheet::open(bytes, name).unwrap_err().to_string());
    let archive = Sheet::open(&zip(&[("a.txt", b"x")]), "archive.zip").unwrap_err().to_string();
    insta::assert_snapshot!(format!("{}\n{archive}\n{}", all.join("\n"), SheetRefusal::Bomb("f".to_owned())));
}

#[test]
fn more_than_200_000_rows_are_refused() {
    let text = |rows: usize| format!("Nom\n{}", "MARTIN\n".repeat(rows));
    assert_eq!(Sheet::open(text(200_000).as_bytes(), "f.csv").unwrap().rows().len(), 200_000);
    assert_eq!(Sheet::open(text(200_001).as_bytes(), "f.csv"), Err(SheetRefusal::TooManyRows));
}
