//! CSV as offices make it: any of four separators, four encodings, sometimes a `sep=` line.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::sheet::{Row, SheetRefusal};
use super::{MAX_COLUMNS, MAX_ROWS};

const SEPARATORS: [u8; 4] = *b";,\t|";

/// The rows of a CSV file.
pub(super) fn rows(bytes: &[u8], name: &str) -> Result<Vec<Row>, SheetRefusal> {
    let text = decode(bytes);
    let start = text.trim_start();
    if start.starts_with("<?xml") || start.starts_with("<Racine") {
        return Err(SheetRefusal::Xml(name.to_owned()));
    }
    let controls =
        text.chars().take(4096).filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')).count();
    if controls > 0 || start.starts_with("%PDF") || start.starts_with("{\\rtf") {
        return Err(SheetRefusal::UnknownFormat(name.to_owned()));
    }
    let (separator, body, first_line) = match explicit_separator(&text) {
        Some((separator, body)) => (separator, body, 2),
        None => (separator(&text), &*text, 1),
    };
    parse(body, separator, first_line, name)
}

fn parse(text: &str, separator: u8, first_line: u64, name: &str) -> Result<Vec<Row>, SheetRefusal> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let (mut line, mut seen) = (first_line, 0);
    for record in reader.records() {
        let record = record.map_err(|_| SheetRefusal::Unreadable(name.to_owned()))?;
        // The header comes on top of the rows.
        if rows.len() > MAX_ROWS {
            return Err(SheetRefusal::TooManyRows);
        }
        line += new_lines(text, &mut seen, record.position());
        rows.push(Row {
            line,
            cells: record.iter().take(MAX_COLUMNS).map(|c| c.trim().to_owned()).collect(),
        });
    }
    Ok(rows)
}

/// Line breaks between the last record and this one; the reader's own count is late after CRLF.
fn new_lines(text: &str, seen: &mut usize, position: Option<&csv::Position>) -> u64 {
    let bytes = text.as_bytes();
    let from = *seen;
    let start = position.and_then(|p| usize::try_from(p.byte()).ok()).unwrap_or(from);
    let blanks = bytes.iter().skip(start).take_while(|b| matches!(b, b'\r' | b'\n')).count();
    *seen = start + blanks;
    bytes.get(from..*seen).map_or(0, |gone| memchr::memchr_iter(b'\n', gone).map(|_| 1).sum())
}

/// Byte order mark, else UTF-16 by its zeros, else UTF-8 when valid, else Windows-1252.
fn decode(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    if Encoding::for_bom(bytes).is_some() {
        return UTF_8.decode(bytes).0;
    }
    match bytes {
        [_, 0, _, 0, ..] => UTF_16LE.decode(bytes).0,
        [0, _, 0, _, ..] => UTF_16BE.decode(bytes).0,
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => WINDOWS_1252.decode(bytes).0,
        },
    }
}

/// `sep=;` on the first line, as Excel writes it.
fn explicit_separator(text: &str) -> Option<(u8, &str)> {
    let (first, body) = text.split_once('\n')?;
    match first.trim_end().strip_prefix("sep=")?.as_bytes() {
        [separator] if SEPARATORS.contains(separator) => Some((*separator, body)),
        _ => None,
    }
}

/// The separator that cuts the first lines into the same number of cells, the largest number first.
fn separator(text: &str) -> u8 {
    let score = |separator: u8| {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let widths: Vec<usize> = reader.records().take(20).filter_map(Result::ok).map(|r| r.len()).collect();
        let first = widths.first().copied().unwrap_or(0);
        let same = widths.iter().filter(|w| **w == first).count();
        if first < 2 { (0, 0) } else { (same * 100 / widths.len().max(1), first) }
    };
    SEPARATORS.into_iter().rev().max_by_key(|s| score(*s)).unwrap_or(b';')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        rows(bytes, "f.csv").unwrap().into_iter().map(|r| r.cells).collect()
    }

    #[test]
    fn the_separator_is_found_even_when_the_others_appear_in_cells() {
        for separator in [";", ",", "\t", "|"] {
            let text = format!("Nom{separator}Note\n\"A; B, C\"{separator}1\nD{separator}\"x, y; z\"\n");
            assert_eq!(
                cells(text.as_bytes()),
                [["Nom", "Note"], ["A; B, C", "1"], ["D", "x, y; z"]],
                "{separator}"
            );
        }
        assert_eq!(cells(b"sep=,\na;b,c\n"), [["a;b", "c"]]);
    }

    #[test]
    fn accents_are_read_in_every_encoding() {
        let text = "Prénom;Âge\nHélène;3\n";
        let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            WINDOWS_1252.encode(text).0.to_vec(),
            [b"\xff\xfe", &utf_16[..]].concat(),
            utf_16,
        ] {
            assert_eq!(cells(&bytes), [["Prénom", "Âge"], ["Hélène", "3"]]);
        }
    }

    #[test]
    fn a_cell_may_hold_line_breaks_and_lines_are_those_of_the_file() {
        let rows = rows(b"a;b\r\n\"x\r\ny\";1\r\nz;2\r\n", "f.csv").unwrap();
        assert_eq!(rows[1].cells, ["x\r\ny", "1"]);
        assert_eq!(rows.iter().map(|r| r.line).collect::<Vec<_>>(), [1, 2, 4]);
    }

    #[test]
    fn what_is_not_a_table_is_refused_by_name() {
        assert_eq!(
            rows(b"<?xml version='1.0'?><Racine/>", "f.xml"),
            Err(SheetRefusal::Xml("f.xml".to_owned()))
        );
        for bytes in [&b"%PDF-1.7 x"[..], b"\x01\x02\x03", b"\x89PNG\r\n\x1a\n\0\0\0"] {
            assert_eq!(rows(bytes, "f"), Err(SheetRefusal::UnknownFormat("f".to_owned())));
        }
    }
}
