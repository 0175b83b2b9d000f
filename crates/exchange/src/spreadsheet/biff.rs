//! How large the grids of an XLS file are, before anything allocates them.
//!
//! calamine lays each sheet out as a full rectangle: two cells in opposite corners of a file of 5 KiB would take half a
//! gigabyte. This walks the compound file (MS-CFB) to its workbook stream, then the records of the stream (MS-XLS),
//! and looks at the positions of the cells only.

/// Streams shorter than this live elsewhere in the file; no spreadsheet program writes such a workbook.
const SHORTEST: u64 = 4096;
/// End of a chain of sectors, and other marks.
const MARKS: u32 = 0xFFFF_FFFA;

/// Cells of all the grids together; none when the file cannot be walked.
///
/// A sheet is walked from the place that the list of sheets names to its end, as calamine will: another place of the
/// stream could be read as other records. Sheets that lie over each other are nobody's, and would take for ever.
pub(super) fn grid_cells(bytes: &[u8]) -> Option<u64> {
    cells_of(&Compound::open(bytes)?.workbook()?)
}

fn cells_of(stream: &[u8]) -> Option<u64> {
    let (mut total, mut walked) = (0_u64, 0);
    for place in sheets(stream)? {
        let (grid, length) = sheet(stream.get(place..)?)?;
        total = total.saturating_add(grid.area());
        walked += length;
        if walked > stream.len() {
            return None;
        }
    }
    Some(total)
}

/// A record: its kind and what it holds; and what follows it.
fn record(stream: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let end = 4 + usize::from(u16_at(stream, 2)?);
    Some((u16_at(stream, 0)?, stream.get(4..end)?, stream.get(end..)?))
}

/// Where the sheets begin (`BoundSheet8`), in the globals that open the stream.
fn sheets(stream: &[u8]) -> Option<Vec<usize>> {
    let (mut places, mut rest) = (Vec::new(), stream);
    while !rest.is_empty() {
        let (kind, data, next) = record(rest)?;
        match kind {
            0x000A => break,
            0x0085 => places.push(usize::try_from(u32_at(data, 0)?).ok()?),
            _ => {}
        }
        rest = next;
    }
    Some(places)
}

/// The grid of the sheet that begins here, and how many bytes it takes.
fn sheet(stream: &[u8]) -> Option<(Grid, usize)> {
    let (mut grid, mut rest, mut depth) = (Grid::default(), stream, 0_u32);
    while !rest.is_empty() {
        let (kind, data, next) = record(rest)?;
        rest = next;
        match kind {
            // The sheet itself, or a chart within it, whose records are not cells.
            0x0809 => depth += 1,
            0x000A if depth <= 1 => break,
            0x000A => depth -= 1,
            _ if depth > 1 => {}
            0x0200 => grid.declare(data),
            // FORMULA, NUMBER, LABEL, RSTRING, BOOLERR, RK, LABELSST.
            0x0006 | 0x0203 | 0x0204 | 0x00D6 | 0x0205 | 0x027E | 0x00FD => {
                grid.add(u16_at(data, 0)?, u16_at(data, 2)?);
            }
            // MULRK: its last column closes it.
            0x00BD => {
                grid.add(u16_at(data, 0)?, u16_at(data, 2)?);
                grid.add(u16_at(data, 0)?, u16_at(data, data.len().checked_sub(2)?)?);
            }
            _ => {}
        }
    }
    Some((grid, stream.len() - rest.len()))
}

/// The rectangle around the cells of one sheet, and the cells that it says it has.
#[derive(Default)]
struct Grid {
    around: Option<[u64; 4]>,
    declared: u64,
}

impl Grid {
    fn add(&mut self, row: u16, column: u16) {
        let (row, column) = (u64::from(row), u64::from(column));
        let [top, left, bottom, right] = self.around.unwrap_or([row, column, row, column]);
        self.around = Some([top.min(row), left.min(column), bottom.max(row), right.max(column)]);
    }

    /// `Dimensions`: calamine makes room for as many cells before it has read one (of 10 bytes before 1997, 14 since).
    /// What ends before it begins is as bad as what has no end.
    fn declare(&mut self, data: &[u8]) {
        let wide = |at| u32_at(data, at).map(u64::from);
        let narrow = |at| u16_at(data, at).map(u64::from);
        let bounds = if data.len() == 10 {
            narrow(0).zip(narrow(2)).zip(narrow(4).zip(narrow(6)))
        } else {
            wide(0).zip(wide(4)).zip(narrow(8).zip(narrow(10)))
        };
        let Some(((top, bottom), (left, right))) = bounds else { return };
        if bottom == 0 || right == 0 {
            return;
        }
        let left = if left > 0xFF || right < left { 0 } else { left };
        let rows = bottom.checked_sub(top).unwrap_or(u64::MAX);
        self.declared = self.declared.max(rows.saturating_mul(right - left));
    }

    fn area(&self) -> u64 {
        let around = self.around;
        let cells = around.map_or(0, |[top, left, bottom, right]| (bottom - top + 1) * (right - left + 1));
        cells.max(self.declared)
    }
}

/// A compound file: sectors linked in chains by a table.
struct Compound<'a> {
    bytes: &'a [u8],
    shift: u32,
    next: Vec<u32>,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = u32::from(u16_at(bytes, 30)?);
        if shift != 9 && shift != 12 {
            return None;
        }
        let mut file = Self { bytes, shift, next: Vec::new() };
        let mut table = Vec::new();
        for sector in file.table_sectors()? {
            let entries = file.sector(sector)?.chunks_exact(4);
            table.extend(entries.filter_map(|entry| u32_at(entry, 0)));
        }
        file.next = table;
        Some(file)
    }

    /// The sectors that hold the table: 109 in the header, the others in a chain of their own.
    fn table_sectors(&self) -> Option<Vec<u32>> {
        let mut sectors: Vec<u32> = (0..109).filter_map(|i| u32_at(self.bytes, 76 + i * 4)).collect();
        let mut more = u32_at(self.bytes, 68)?;
        let last = (1_usize << self.shift) - 4;
        for _ in 0..self.count() {
            if more >= MARKS {
                break;
            }
            let sector = self.sector(more)?;
            sectors.extend(sector.get(..last)?.chunks_exact(4).filter_map(|entry| u32_at(entry, 0)));
            more = u32_at(sector, last)?;
        }
        sectors.retain(|s| *s < MARKS);
        (sectors.len() <= self.count()).then_some(sectors)
    }

    /// No chain is longer.
    fn count(&self) -> usize {
        self.bytes.len() >> self.shift
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (usize::try_from(number).ok()? + 1) << self.shift;
        let end = (start + (1 << self.shift)).min(self.bytes.len());
        self.bytes.get(start..end)
    }

    fn chain(&self, first: u32) -> Option<Vec<u8>> {
        let mut stream = Vec::new();
        let mut sector = first;
        for _ in 0..=self.count() {
            if sector >= MARKS {
                return Some(stream);
            }
            stream.extend_from_slice(self.sector(sector)?);
            sector = *self.next.get(usize::try_from(sector).ok()?)?;
        }
        None
    }

    /// The stream named `Workbook`, or `Book` before 1997.
    fn workbook(&self) -> Option<Vec<u8>> {
        let directory = self.chain(u32_at(self.bytes, 48)?)?;
        let named =
            |wanted: &str| directory.chunks_exact(128).find(|entry| name(entry).eq_ignore_ascii_case(wanted));
        let entry = named("Workbook").or_else(|| named("Book"))?;
        let length = u64::from(u32_at(entry, 120)?);
        let mut stream = self.chain(u32_at(entry, 116)?).filter(|_| length >= SHORTEST)?;
        stream.truncate(usize::try_from(length).ok()?);
        Some(stream)
    }
}

/// The name of a directory entry, in UTF-16.
fn name(entry: &[u8]) -> String {
    let units = entry.get(..64).unwrap_or(&[]).chunks_exact(2).filter_map(|unit| u16_at(unit, 0));
    char::decode_utf16(units.take_while(|unit| *unit != 0)).map(|c| c.unwrap_or('\u{fffd}')).collect()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PEOPLE: &[u8] = include_bytes!("../../tests/data/personnes.xls");
    const CORNERS: &[u8] = include_bytes!("../../tests/data/corners.xls");

    #[test]
    fn the_grid_of_a_small_file_can_be_immense() {
        assert_eq!(grid_cells(PEOPLE), Some(15));
        assert_eq!(grid_cells(CORNERS), Some(65_536 * 256));
    }

    /// The file of people, with other bounds in the record that declares them.
    fn declaring(bottom: u32) -> Vec<u8> {
        let mut bytes = PEOPLE.to_vec();
        let at = bytes.windows(4).position(|w| w == [0x00, 0x02, 14, 0]).unwrap();
        bytes[at + 8..at + 12].copy_from_slice(&bottom.to_le_bytes());
        bytes
    }

    #[test]
    fn cells_that_are_only_declared_count_too() {
        assert!(grid_cells(&declaring(0x7F00_0003)).unwrap() > 1 << 32);
        let before_it_begins = {
            let mut bytes = declaring(1);
            let at = bytes.windows(4).position(|w| w == [0x00, 0x02, 14, 0]).unwrap();
            bytes[at + 4] = 9;
            bytes
        };
        assert_eq!(grid_cells(&before_it_begins), Some(u64::MAX));
    }

    /// A stream of so many sheets, all said to begin where the first one does: one number, at the first cell.
    fn stream(sheets: usize, place: u32) -> Vec<u8> {
        let record = |kind: u16, data: &[u8]| {
            [&kind.to_le_bytes()[..], &u16::try_from(data.len()).unwrap().to_le_bytes(), data].concat()
        };
        let bound = [&place.to_le_bytes()[..], &[0; 4]].concat();
        let globals = [record(0x0809, &[0; 4]), record(0x0085, &bound).repeat(sheets), record(0x000A, &[])];
        let sheet = [record(0x0809, &[0; 4]), record(0x0203, &[0; 14]), record(0x000A, &[])];
        [globals.concat(), sheet.concat()].concat()
    }

    #[test]
    fn sheets_that_lie_over_each_other_or_begin_nowhere_are_given_up() {
        assert_eq!(cells_of(&stream(1, 24)), Some(1));
        assert_eq!(cells_of(&stream(40, 492)), None, "forty sheets in one place");
        assert_eq!(cells_of(&stream(1, 9_999)), None, "after the end");
    }

    #[test]
    fn what_is_not_a_compound_file_has_no_grid() {
        assert_eq!(grid_cells(b""), None);
        assert_eq!(grid_cells(&[0xD0; 600]), None);
    }

    proptest! {
        #[test]
        fn any_change_of_a_file_is_walked_or_given_up(at in 0..PEOPLE.len(), byte in any::<u8>()) {
            let mut bytes = PEOPLE.to_vec();
            bytes[at] = byte;
            let _ = grid_cells(&bytes);
        }
    }
}
