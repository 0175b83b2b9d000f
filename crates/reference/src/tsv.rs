//! Reading of the embedded files: tab-separated, no quotes, `#` before the names of the columns.

/// The rows that have exactly `N` fields. The test of each room checks that no row is left out.
pub(crate) fn rows<const N: usize>(text: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(fields)
}

fn fields<const N: usize>(line: &'static str) -> Option<[&'static str; N]> {
    let mut split = line.split('\t');
    let mut row = [""; N];
    for field in &mut row {
        *field = split.next()?;
    }
    split.next().is_none().then_some(row)
}

/// How many rows the file announces: what a parser must find, no less.
#[cfg(test)]
pub(crate) fn announced(text: &str) -> usize {
    text.lines().filter(|line| !line.starts_with('#')).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_empty_fields_and_drop_the_header() {
        let rows: Vec<[&str; 3]> = rows("#a\tb\tc\n1\t\t3\n").collect();
        assert_eq!(rows, [["1", "", "3"]]);
    }

    #[test]
    fn a_row_with_too_few_or_too_many_fields_is_not_a_row() {
        assert_eq!(rows::<2>("1\n1\t2\t3\n").count(), 0);
    }
}
