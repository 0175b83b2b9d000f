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
pub(super) fn grid_cells(bytes: &[u8]) -> Option<u64> {
    let file = Compound::open(bytes)?;
    let stream = file.workbook()?;
    let mut total = 0;
    let mut grid = Grid::default();
    let mut rest = stream.as_slice();
    while let (Some(kind), Some(length)) = (u16_at(rest, 0), u16_at(rest, 2)) {
        let data = rest.get(4..4 + usize::from(length))?;
        match kind {
            // A sheet begins.
            0x0809 => total += std::mem::take(&mut grid).area(),
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
        rest = rest.get(4 + usize::from(length)..)?;
    }
    Some(total + grid.area())
}

/// The rectangle around the cells of one sheet.
#[derive(Default)]
struct Grid(Option<[u64; 4]>);

impl Grid {
    fn add(&mut self, row: u16, column: u16) {
        let (row, column) = (u64::from(row), u64::from(column));
        let [top, left, bottom, right] = self.0.unwrap_or([row, column, row, column]);
        self.0 = Some([top.min(row), left.min(column), bottom.max(row), right.max(column)]);
    }

    fn area(&self) -> u64 {
        self.0.map_or(0, |[top, left, bottom, right]| (bottom - top + 1) * (right - left + 1))
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
