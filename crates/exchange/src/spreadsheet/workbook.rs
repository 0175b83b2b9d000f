//! XLSX, ODS and XLS through calamine, behind bounds: a workbook is a compressed file made by somebody else.

use std::io::{Cursor, Read};

use calamine::{Data, ExcelDateTime, Ods, Reader, Xls, Xlsx};
use zip::ZipArchive;

use super::sheet::{Row, SheetRefusal};
use super::{MAX_COLUMNS, MAX_ROWS, biff};

/// Size allowed once expanded.
const MAX_EXPANDED: u64 = 256 << 20;
/// Times a workbook may grow when expanded; small ones may grow more.
const MAX_RATIO: u64 = 200;
/// Below this size the ratio does not matter.
const SMALL: u64 = 8 << 20;
/// Largest XLS: it is not compressed.
const MAX_XLS: usize = 64 << 20;
/// Cells of the grids of an XLS: 65,536 rows of 64 columns.
const MAX_GRID: u64 = 1 << 22;

/// XLSX or ODS.
pub(super) fn zipped(bytes: &[u8], name: &str) -> Result<Vec<Row>, SheetRefusal> {
    let kind = measure(bytes, name)?;
    let unreadable = || SheetRefusal::Unreadable(name.to_owned());
    let cursor = Cursor::new(bytes);
    guarded(name, || match kind {
        Kind::Xlsx => {
            let mut book: Xlsx<_> = calamine::open_workbook_from_rs(cursor).map_err(|_| unreadable())?;
            first_filled(book.sheet_names(), |sheet| xlsx_rows(&mut book, sheet).ok_or_else(unreadable)?)
        }
        Kind::Ods => {
            let mut book: Ods<_> = calamine::open_workbook_from_rs(cursor).map_err(|_| unreadable())?;
            first_filled(book.sheet_names(), |sheet| {
                range_rows(&book.worksheet_range(sheet).map_err(|_| unreadable())?)
            })
        }
        Kind::Other => Err(SheetRefusal::UnknownFormat(name.to_owned())),
    })
}

/// The old binary format; an encrypted XLSX comes in the same wrapping.
pub(super) fn xls(bytes: &[u8], name: &str) -> Result<Vec<Row>, SheetRefusal> {
    let unreadable = || SheetRefusal::Unreadable(name.to_owned());
    let cells = biff::grid_cells(bytes).ok_or_else(unreadable)?;
    if bytes.len() > MAX_XLS || cells > MAX_GRID {
        return Err(SheetRefusal::Bomb(name.to_owned()));
    }
    guarded(name, || {
        let mut book: Xls<_> =
            calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| unreadable())?;
        first_filled(book.sheet_names(), |sheet| {
            range_rows(&book.worksheet_range(sheet).map_err(|_| unreadable())?)
        })
    })
}

/// calamine takes slices of what a file says without looking: a damaged file can make it panic.
fn guarded(
    name: &str,
    read: impl FnOnce() -> Result<Vec<Row>, SheetRefusal>,
) -> Result<Vec<Row>, SheetRefusal> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(SheetRefusal::Unreadable(name.to_owned())))
}

fn first_filled(
    sheets: Vec<String>,
    mut read: impl FnMut(&str) -> Result<Vec<Row>, SheetRefusal>,
) -> Result<Vec<Row>, SheetRefusal> {
    for sheet in sheets {
        let rows = read(&sheet)?;
        if !rows.is_empty() {
            return Ok(rows);
        }
    }
    Err(SheetRefusal::Empty)
}

enum Kind {
    Xlsx,
    Ods,
    Other,
}

/// Expands every entry into nothing and counts: what the directory declares may be a lie.
fn measure(bytes: &[u8], name: &str) -> Result<Kind, SheetRefusal> {
    let unreadable = |_| SheetRefusal::Unreadable(name.to_owned());
    let bomb = || SheetRefusal::Bomb(name.to_owned());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    let allowed = MAX_EXPANDED.min((bytes.len() as u64 * MAX_RATIO).max(SMALL));
    if archive.decompressed_size().is_some_and(|size| size > u128::from(allowed)) || archive.len() > 10_000 {
        return Err(bomb());
    }
    let mut expanded = 0;
    for i in 0..archive.len() {
        let entry = archive.by_index(i).map_err(unreadable)?;
        let mut bounded = entry.take(allowed + 1 - expanded);
        expanded += std::io::copy(&mut bounded, &mut std::io::sink())
            .map_err(|_| SheetRefusal::Unreadable(name.to_owned()))?;
        if expanded > allowed {
            return Err(bomb());
        }
    }
    let has = |file: &str| archive.index_for_name(file).is_some();
    Ok(match (has("xl/workbook.xml"), has("content.xml")) {
        (true, _) => Kind::Xlsx,
        (false, true) => Kind::Ods,
        (false, false) => Kind::Other,
    })
}

/// Cell by cell: the dense grid of a sheet with one cell in each corner would not fit in memory.
fn xlsx_rows(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Option<Result<Vec<Row>, SheetRefusal>> {
    let mut reader = book.worksheet_cells_reader(sheet).ok()?;
    let mut rows: Vec<Row> = Vec::new();
    while let Some(cell) = reader.next_cell().ok()? {
        let (row, column) = cell.get_position();
        let Ok(column) = usize::try_from(column) else { continue };
        let text = text(&Data::from(cell.get_value().clone()));
        if column >= MAX_COLUMNS || text.is_empty() {
            continue;
        }
        let line = u64::from(row) + 1;
        if rows.last().is_none_or(|r| r.line != line) {
            if rows.len() > MAX_ROWS {
                return Some(Err(SheetRefusal::TooManyRows));
            }
            rows.push(Row { line, cells: Vec::new() });
        }
        let Some(row) = rows.last_mut() else { continue };
        if row.cells.len() <= column {
            row.cells.resize(column + 1, String::new());
        }
        if let Some(slot) = row.cells.get_mut(column) {
            *slot = text;
        }
    }
    Some(Ok(rows))
}

fn range_rows(range: &calamine::Range<Data>) -> Result<Vec<Row>, SheetRefusal> {
    let (first_row, first_column) = range.start().unwrap_or((0, 0));
    let padding = usize::try_from(first_column).unwrap_or(0).min(MAX_COLUMNS);
    if range.height() > MAX_ROWS * 2 {
        return Err(SheetRefusal::TooManyRows);
    }
    let rows = range.rows().zip(u64::from(first_row) + 1..).map(|(cells, line)| {
        let cells = cells.iter().take(MAX_COLUMNS - padding).map(text);
        Row { line, cells: std::iter::repeat_n(String::new(), padding).chain(cells).collect() }
    });
    Ok(rows.filter(|row| row.cells.iter().any(|c| !c.is_empty())).collect())
}

/// The text of a cell, as people would type it.
fn text(data: &Data) -> String {
    match data {
        Data::String(text) => text.trim().to_owned(),
        Data::Int(n) => n.to_string(),
        Data::Float(n) => number(*n),
        Data::Bool(true) => "oui".to_owned(),
        Data::Bool(false) => "non".to_owned(),
        Data::DateTime(when) => date(when),
        Data::DateTimeIso(text) => text.strip_suffix("T00:00:00").unwrap_or(text).to_owned(),
        Data::DurationIso(text) => text.clone(),
        Data::Error(_) | Data::Empty => String::new(),
    }
}

/// Whole numbers have no decimals: identifiers are kept as numbers by spreadsheets.
fn number(n: f64) -> String {
    if n.fract() == 0.0 && n.abs() < 9e15 { format!("{n:.0}") } else { n.to_string() }
}

fn date(when: &ExcelDateTime) -> String {
    if when.is_duration() {
        return number(when.as_f64());
    }
    match when.as_datetime() {
        Some(at) if at.time() == chrono::NaiveTime::MIN => at.date().to_string(),
        Some(at) => at.format("%Y-%m-%d %H:%M").to_string(),
        None => number(when.as_f64()),
    }
}
