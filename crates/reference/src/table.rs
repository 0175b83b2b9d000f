//! Reading of the embedded CSV files: commas, quotes of RFC 4180, the names of the columns first.

use std::collections::HashMap;

/// A row, by the names of its columns.
pub(crate) struct Row {
    fields: HashMap<String, String>,
}

impl Row {
    /// A field; empty when the column is not known. The tests of each room name every column that they read.
    pub(crate) fn text(&self, column: &str) -> String {
        self.fields.get(column).cloned().unwrap_or_default()
    }

    /// Whether a field is `true`.
    pub(crate) fn is(&self, column: &str) -> bool {
        self.fields.get(column).is_some_and(|text| text == "true")
    }

    /// A whole number; 0 when it is not one.
    pub(crate) fn number(&self, column: &str) -> u32 {
        self.fields.get(column).and_then(|text| text.parse().ok()).unwrap_or_default()
    }
}

/// The rows of a file that can be read.
pub(crate) fn rows(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let Ok(names) = reader.headers().cloned() else { return Vec::new() };
    reader
        .records()
        .filter_map(Result::ok)
        .map(|record| Row {
            fields: names
                .iter()
                .zip(&record)
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        })
        .collect()
}

/// How many rows the file announces, when no field holds a line end: what [`rows`] must find, no less.
#[cfg(test)]
pub(crate) fn announced(text: &str) -> usize {
    text.lines().filter(|line| !line.is_empty()).count() - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_commas_and_a_number_that_is_not_one_is_nought() {
        let all = rows("code,label,order,active\nA,\"un, deux\",7,true\nB,trois,x,false\n");
        let told: Vec<_> =
            all.iter().map(|row| (row.text("label"), row.number("order"), row.is("active"))).collect();
        assert_eq!(told, [("un, deux".to_owned(), 7, true), ("trois".to_owned(), 0, false)]);
        assert_eq!(all[0].text("unknown"), "");
    }

    #[test]
    fn a_row_with_a_field_too_many_is_not_read_and_is_missed() {
        let text = "a,b\n1,2\n1,2,3\n";
        assert_eq!((rows(text).len(), announced(text)), (1, 2));
    }
}
