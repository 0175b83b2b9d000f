//! Writes XML: one block per line, Windows-1252.

use std::borrow::Cow;
use std::fmt::Write as _;

use chrono::NaiveDate;

/// A piece of a file.
#[derive(Default)]
pub(super) struct Xml {
    text: String,
    depth: usize,
}

impl Xml {
    /// Text as it is.
    pub(super) fn raw(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// An element that holds others; each outermost one ends a line.
    pub(super) fn block(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.text.push('<');
        self.text.push_str(name);
        self.text.push('>');
        self.depth += 1;
        inside(self);
        self.depth -= 1;
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
        if self.depth <= 2 {
            self.text.push('\n');
        }
    }

    /// An element that holds a value, escaped.
    pub(super) fn leaf(&mut self, name: &str, value: &str) {
        let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        // Writing to a string cannot fail.
        let _ = write!(self.text, "<{name}>{value}</{name}>");
    }

    /// A leaf when there is a value.
    pub(super) fn some(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.leaf(name, value);
        }
    }

    /// `AAAA-MM-JJ`.
    pub(super) fn date(&mut self, name: &str, value: NaiveDate) {
        self.leaf(name, &value.to_string());
    }

    /// 0 or 1.
    pub(super) fn top(&mut self, name: &str, value: bool) {
        self.leaf(name, if value { "1" } else { "0" });
    }

    /// `0000646.52`.
    pub(super) fn amount(&mut self, name: &str, cents: i64) {
        self.leaf(name, &format!("{:07}.{:02}", cents / 100, cents % 100));
    }

    /// The bytes of the file.
    pub(super) fn encoded(&self) -> Cow<'_, [u8]> {
        encoding_rs::WINDOWS_1252.encode(&self.text).0
    }
}

/// Upper case without accents, at most `limit` characters: how the payers write names and places.
pub(super) fn capitals(text: &str, limit: usize) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '’' => out.push('\''),
            '-' | '\'' | ' ' => out.push(c),
            _ => out.push_str(&domain::people::name::normalise(c.encode_utf8(&mut [0; 4])).to_uppercase()),
        }
    }
    out.chars().take(limit).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_the_payers_do() {
        assert_eq!(capitals("Élodie-Zoé L’Hœuf", 28), "ELODIE-ZOE L'HOEUF");
        assert_eq!(capitals("Saint-Martin-du-Très-Long", 12), "SAINT-MARTIN");
    }
}
