//! When a fact was true, and which fact wins (`rules.md` § 5).

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// `(reference date, creation date and time of the file)`: the greatest wins, whatever the order of arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// `DTREF`: the day the file describes. The creation day for a flux without `DTREF` (instruction).
    pub reference: NaiveDate,
    /// `DTCREAFLUX` and `HEUCREAFLUX`, civil time of the emitter.
    pub created: NaiveDateTime,
}

impl Stamp {
    /// The stamp as text whose alphabetical order is the order of time; kept in the database on both engines.
    pub fn sortable(&self) -> String {
        format!("{}|{}", self.reference.format("%Y-%m-%d"), self.created.format("%Y-%m-%dT%H:%M:%S%.6f"))
    }

    /// Reads what [`Stamp::sortable`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let (reference, created) = text.split_once('|')?;
        Some(Self {
            reference: reference.parse().ok()?,
            created: NaiveDateTime::parse_from_str(created, "%Y-%m-%dT%H:%M:%S%.6f").ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_form_keeps_the_order_and_comes_back() {
        let at = |r: &str, c: &str| Stamp { reference: r.parse().unwrap(), created: c.parse().unwrap() };
        let old = at("2026-09-30", "2026-10-05T01:18:36.25");
        let new = at("2026-10-31", "2026-10-05T01:18:36");
        assert!(old < new && old.sortable() < new.sortable());
        assert_eq!(Stamp::parse(&old.sortable()), Some(old));
    }
}
