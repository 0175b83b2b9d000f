//! A table written for a spreadsheet program: CSV or XLSX, safe to open.
//!
//! A cell that a program would take for a formula is a text: somebody may have written it in a form to be run on the
//! agent's machine (CWE-1236). In CSV it gets an apostrophe; in XLSX it is written as a text marked as such.
//!
//! ```
//! use exchange::table::{Cell, Table};
//!
//! let table = Table {
//!     title: "Personnes".to_owned(),
//!     headers: vec!["Nom".to_owned(), "Retard (jours)".to_owned()],
//!     rows: vec![vec![Cell::text("=HYPERLINK(\"x\")"), Cell::Integer(-3)]],
//! };
//! assert_eq!(String::from_utf8(table.to_csv()).unwrap(), "\u{feff}Nom;Retard (jours)\r\n\"'=HYPERLINK(\"\"x\"\")\";-3\r\n");
//! ```

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// Longest text of a cell in XLSX.
const MAX_CELL: usize = 32_000;

/// A table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Name of the sheet.
    pub title: String,
    /// Titles of the columns.
    pub headers: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text, whatever it looks like.
    Text(String),
    /// Whole number.
    Integer(i64),
    /// Number with two decimals: amounts in euros, shares.
    Decimal(f64),
    /// Date.
    Date(NaiveDate),
}

/// The workbook could not be written.
#[derive(Debug, thiserror::Error)]
#[error("Le classeur n’a pas pu être écrit ({0}) : exportez moins de lignes ou choisissez le format CSV.")]
pub struct TableError(#[from] XlsxError);

impl Cell {
    /// A text cell; an empty text is an empty cell.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<Option<NaiveDate>> for Cell {
    fn from(date: Option<NaiveDate>) -> Self {
        date.map_or(Self::Empty, Self::Date)
    }
}

impl Table {
    /// CSV for French offices: UTF-8 with its mark, semicolons, CRLF, decimal comma, dates `JJ/MM/AAAA`.
    pub fn to_csv(&self) -> Vec<u8> {
        [csv_head(&self.headers), csv_rows(&self.rows)].concat()
    }

    /// XLSX with a fixed, bold first row.
    ///
    /// # Errors
    /// [`TableError`] beyond a million rows or without room for a temporary file.
    pub fn to_xlsx(&self) -> Result<Vec<u8>, TableError> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(sheet_name(&self.title))?;
        sheet.set_freeze_panes(1, 0)?;
        let formats = Formats {
            bold: Format::new().set_bold(),
            quoted: Format::new().set_quote_prefix(),
            decimal: Format::new().set_num_format("# ##0.00"),
            date: Format::new().set_num_format("dd/mm/yyyy"),
        };
        for (column, header) in (0..).zip(&self.headers) {
            sheet.set_column_width(column, width(header, &self.rows, usize::from(column)))?;
        }
        for (column, header) in (0..).zip(&self.headers) {
            sheet.write_string_with_format(
                0,
                column,
                header.chars().take(255).collect::<String>(),
                &formats.bold,
            )?;
        }
        for (row, cells) in (1..).zip(&self.rows) {
            for (column, cell) in (0..).zip(cells) {
                xlsx_cell(sheet, row, column, cell, &formats)?;
            }
        }
        Ok(workbook.save_to_buffer()?)
    }
}

/// The beginning of a CSV: its mark and its titles.
pub fn csv_head(headers: &[String]) -> Vec<u8> {
    let mut out = "\u{feff}".to_owned();
    csv_line(&mut out, headers.iter().map(|h| safe(h)));
    out.into_bytes()
}

/// Rows of a CSV, to follow [`csv_head`] a part at a time.
pub fn csv_rows(rows: &[Vec<Cell>]) -> Vec<u8> {
    let mut out = String::new();
    for row in rows {
        csv_line(&mut out, row.iter().map(csv_cell));
    }
    out.into_bytes()
}

struct Formats {
    bold: Format,
    quoted: Format,
    decimal: Format,
    date: Format,
}

fn xlsx_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => {
            let text: String = text.chars().take(MAX_CELL).collect();
            if is_risky(&text) {
                sheet.write_string_with_format(row, column, text, &formats.quoted)?;
            } else {
                sheet.write_string(row, column, text)?;
            }
        }
        // Beyond 2^53 a spreadsheet would round it.
        Cell::Integer(n) => {
            match i32::try_from(*n) {
                Ok(n) => sheet.write_number(row, column, n)?,
                Err(_) => sheet.write_string(row, column, n.to_string())?,
            };
        }
        Cell::Decimal(n) if n.is_finite() => {
            sheet.write_number_with_format(row, column, *n, &formats.decimal)?;
        }
        Cell::Empty | Cell::Decimal(_) => {}
        Cell::Date(date) => {
            let (month, day) = (date.month().try_into().unwrap_or(1), date.day().try_into().unwrap_or(1));
            let date = ExcelDateTime::from_ymd(date.year().try_into().unwrap_or(1900), month, day)?;
            sheet.write_datetime_with_format(row, column, &date, &formats.date)?;
        }
    }
    Ok(())
}

/// Wide enough for the title and the first rows, within reason.
fn width(header: &str, rows: &[Vec<Cell>], column: usize) -> u32 {
    let lengths = rows.iter().take(50).filter_map(|r| r.get(column)).map(|cell| match cell {
        Cell::Text(text) => text.chars().count(),
        Cell::Date(_) | Cell::Decimal(_) => 12,
        Cell::Integer(_) | Cell::Empty => 8,
    });
    let longest = lengths.chain([header.chars().count()]).max().unwrap_or(8);
    u32::try_from(longest.clamp(8, 50) + 2).unwrap_or(12)
}

/// At most 31 characters, none of those that a sheet name cannot have.
fn sheet_name(title: &str) -> String {
    let name: String =
        title.chars().filter(|c| !"[]:*?/\\'".contains(*c) && !c.is_control()).take(31).collect();
    let name = name.trim().to_owned();
    if name.is_empty() { "Tableau".to_owned() } else { name }
}

fn csv_cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => safe(text),
        Cell::Integer(n) => n.to_string(),
        Cell::Decimal(n) if n.is_finite() => format!("{n:.2}").replace('.', ","),
        Cell::Empty | Cell::Decimal(_) => String::new(),
        Cell::Date(date) => date.format("%d/%m/%Y").to_string(),
    }
}

fn csv_line(out: &mut String, cells: impl Iterator<Item = String>) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.push(';');
        }
        if cell.contains([';', '"', '\r', '\n', ',', '\t']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

/// The text, after an apostrophe when a spreadsheet would run it.
fn safe(text: &str) -> String {
    if is_risky(text) { format!("'{text}") } else { text.to_owned() }
}

/// Begins like a formula, perhaps after blanks or invisible characters, full-width forms included.
fn is_risky(text: &str) -> bool {
    let invisible = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
    };
    text.starts_with(['\t', '\r', '\n'])
        || text
            .trim_start_matches(invisible)
            .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '−', '﹢', '﹣', '﹦', '﹫'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader};

    const FORMULAS: [&str; 16] = [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\u{a0}=1",
        "\u{200b}=1",
        "\u{feff}=1",
        "＝1",
        "＋1",
        "－1",
        "＠A",
    ];

    fn one(cell: Cell) -> Table {
        Table { title: "T".to_owned(), headers: vec!["H".to_owned()], rows: vec![vec![cell]] }
    }

    fn csv(cell: Cell) -> String {
        String::from_utf8(one(cell).to_csv())
            .unwrap()
            .trim_start_matches("\u{feff}H\r\n")
            .trim_end_matches("\r\n")
            .to_owned()
    }

    #[test]
    fn a_formula_in_csv_is_a_text_after_an_apostrophe() {
        for formula in FORMULAS {
            let cell = csv(Cell::text(formula));
            assert!(cell.starts_with('\'') || cell.starts_with("\"'"), "{formula:?} → {cell:?}");
        }
        for harmless in ["Le Goff", "d'Arc", "a=b", "06 39 98 00 01", "1-2", "É"] {
            assert_eq!(csv(Cell::text(harmless)), harmless);
        }
    }

    #[test]
    fn a_title_is_kept_safe_too() {
        let table = Table { headers: vec!["=1".to_owned()], ..Table::default() };
        assert_eq!(String::from_utf8(table.to_csv()).unwrap(), "\u{feff}'=1\r\n");
    }

    #[test]
    fn numbers_and_dates_are_values() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 6).unwrap();
        assert_eq!(csv(Cell::Integer(-5)), "-5");
        assert_eq!(csv(Cell::Decimal(-1234.5)), "\"-1234,50\"");
        assert_eq!(csv(Cell::Date(day)), "06/11/2026");
        assert_eq!((csv(Cell::Decimal(f64::NAN)), csv(Cell::from(None))), (String::new(), String::new()));
    }

    #[test]
    fn cells_are_quoted_as_rfc_4180_says() {
        assert_eq!(csv(Cell::text("a;b")), "\"a;b\"");
        assert_eq!(csv(Cell::text("dit \"oui\"\nnon")), "\"dit \"\"oui\"\"\nnon\"");
    }

    fn reread(table: &Table) -> calamine::Range<Data> {
        let bytes = table.to_xlsx().unwrap();
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
        let name = book.sheet_names()[0].clone();
        assert!(book.worksheet_formula(&name).unwrap().is_empty());
        book.worksheet_range(&name).unwrap()
    }

    #[test]
    fn a_formula_in_xlsx_is_a_text() {
        for formula in FORMULAS {
            let range = reread(&one(Cell::text(formula)));
            assert!(matches!(range.get_value((1, 0)), Some(Data::String(_))), "{formula:?}");
        }
    }

    #[test]
    fn a_workbook_holds_what_the_table_holds() {
        let table = Table {
            title: "Personnes [à voir] : une liste au nom beaucoup trop long".to_owned(),
            headers: ["Nom", "Retard", "Montant", "Le", "Numéro"].map(str::to_owned).to_vec(),
            rows: vec![vec![
                Cell::text("Hélène"),
                Cell::Integer(-3),
                Cell::Decimal(646.52),
                Cell::Date(NaiveDate::from_ymd_opt(2026, 11, 6).unwrap()),
                Cell::Integer(2_820_251_108_030),
            ]],
        };
        let range = reread(&table);
        assert_eq!(range.get_value((1, 0)), Some(&Data::String("Hélène".to_owned())));
        assert_eq!(range.get_value((1, 1)), Some(&Data::Float(-3.0)));
        assert_eq!(range.get_value((1, 2)), Some(&Data::Float(646.52)));
        let Some(Data::DateTime(date)) = range.get_value((1, 3)) else { panic!("{range:?}") };
        assert_eq!(date.as_datetime().unwrap().date().to_string(), "2026-11-06");
        assert_eq!(range.get_value((1, 4)), Some(&Data::String("2820251108030".to_owned())));
    }

    #[test]
    fn an_endless_text_is_cut_and_the_workbook_is_still_written() {
        assert!(one(Cell::text("é".repeat(100_000))).to_xlsx().is_ok());
    }
}
