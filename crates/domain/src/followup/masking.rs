//! Small numbers that are not shown to who may not open the people behind them (`rules.md` § 7).

/// Numbers under this one are masked.
pub const SMALL: u64 = 5;

/// Which cells of a table are masked. The table has its totals: the last cell of each line is the sum of the others, and so
/// is the last line. Each number under [`SMALL`] but zero is, and in each line and column where only one would be, another
/// one too, the smallest first, so that no sum gives it away.
pub fn masked(table: &[Vec<u64>]) -> Vec<Vec<bool>> {
    let mut hidden: Vec<Vec<bool>> =
        table.iter().map(|line| line.iter().map(|n| (1..SMALL).contains(n)).collect()).collect();
    let width = table.iter().map(Vec::len).max().unwrap_or(0);
    let lines = (0..table.len()).map(|row| (0..width).map(|column| (row, column)).collect::<Vec<_>>());
    let columns = (0..width).map(|column| (0..table.len()).map(|row| (row, column)).collect::<Vec<_>>());
    let sums: Vec<Vec<(usize, usize)>> = lines.chain(columns).collect();
    // Each turn hides one more cell, so that it ends.
    while let Some(cell) = sums.iter().find_map(|sum| betrayed(table, &hidden, sum)) {
        if let Some(flag) = hidden.get_mut(cell.0).and_then(|line| line.get_mut(cell.1)) {
            *flag = true;
        }
    }
    hidden
}

/// The cell to hide beside the only one hidden of a sum: the smallest that is not zero, else a zero.
fn betrayed(table: &[Vec<u64>], hidden: &[Vec<bool>], sum: &[(usize, usize)]) -> Option<(usize, usize)> {
    let number = |cell: &(usize, usize)| table.get(cell.0).and_then(|line| line.get(cell.1)).copied();
    let is_hidden = |cell: &&(usize, usize)| {
        hidden.get(cell.0).and_then(|line| line.get(cell.1)).copied().unwrap_or(false)
    };
    if sum.iter().filter(is_hidden).count() != 1 {
        return None;
    }
    let shown = sum.iter().filter(|cell| number(cell).is_some() && !is_hidden(cell));
    shown.min_by_key(|cell| (number(cell) == Some(0), number(cell))).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// With its totals.
    fn whole(cells: Vec<Vec<u64>>) -> Vec<Vec<u64>> {
        let mut table: Vec<Vec<u64>> = cells
            .into_iter()
            .map(|line| {
                let total = line.iter().sum();
                [line, vec![total]].concat()
            })
            .collect();
        let width = table.first().map_or(0, Vec::len);
        table.push((0..width).map(|column| table.iter().map(|line| line[column]).sum()).collect());
        table
    }

    #[test]
    fn a_small_number_takes_another_one_with_it() {
        let hidden = masked(&whole(vec![vec![3, 12, 40], vec![20, 30, 50]]));
        assert_eq!(hidden[0], [true, true, false, false]);
        assert_eq!(hidden[1], [true, true, false, false]);
        assert_eq!(masked(&whole(vec![vec![8, 12], vec![0, 30]])), vec![vec![false; 3]; 3]);
    }

    proptest! {
        #[test]
        fn no_sum_gives_a_small_number_away(
            cells in proptest::collection::vec(proptest::collection::vec(0u64..30, 3), 1..5),
        ) {
            let table = whole(cells);
            let hidden = masked(&table);
            for (line, mask) in table.iter().zip(&hidden) {
                for (n, hidden) in line.iter().zip(mask) {
                    prop_assert!(*hidden || !(1..SMALL).contains(n));
                }
                prop_assert!(mask.iter().filter(|hidden| **hidden).count() != 1);
            }
            for column in 0..table[0].len() {
                prop_assert!(hidden.iter().filter(|line| line[column]).count() != 1);
            }
        }
    }
}
