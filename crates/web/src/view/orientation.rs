//! `/{department}/orientation`: whom to orient next, the most urgent first.

use askama::Template;

use super::parts::{Chip, Clock, Column, Empty, Field, Link, Pager, Sort, Tag};
use super::shell::Shell;

/// The list of people to orient.
#[derive(Template)]
#[template(path = "orientation/to_orient.html")]
pub struct ToOrient {
    /// The frame.
    pub shell: Shell,
    /// « 46 personnes à orienter ».
    pub title: String,
    /// « Une personne a dépassé le délai légal… ».
    pub summary: String,
    /// « 94 % des orientations dans les 6 semaines… »; empty when nothing can be said.
    pub pace: String,
    /// How many are late, within 7 days, within 21, later.
    pub delays: Delays,
    /// The same as links, with counts.
    pub chips: Vec<Chip>,
    /// Territory, commune, delay left, seniority, age, family, file of origin.
    pub filters: Vec<Field>,
    /// What the filters keep of the address: sort.
    pub kept: Vec<(String, String)>,
    /// Six heads: person, received, delay, commune, family, seniority.
    pub columns: Vec<Column>,
    /// The people.
    pub rows: Vec<ToOrientRow>,
    /// Where one is in the list.
    pub pager: Pager,
    /// The same list as files.
    pub exports: Vec<Link>,
    /// Where these people are invited to choose an hour; `None` when one invites nobody.
    pub invite: Option<String>,
    /// What to say when there is nobody.
    pub empty: Empty,
}

impl ToOrient {
    /// Code and key of each head, in the order of the cells.
    const HEADS: [(&'static str, &'static str); 6] = [
        ("name", "orientation-person"),
        ("received", "orientation-received"),
        ("deadline", "orientation-delay"),
        ("commune", "orientation-commune"),
        ("family", "orientation-family"),
        ("seniority", "orientation-seniority"),
    ];

    /// The six heads. `sorted` is asked for each code (`name`, `received`, `deadline`, `commune`, `family`,
    /// `seniority`): the address that sorts by it, if it can, and how it is sorted now.
    pub fn columns(shell: &Shell, sorted: impl Fn(&'static str) -> (Option<String>, Sort)) -> Vec<Column> {
        let column = |(code, key): (&'static str, &'static str)| {
            let (href, sort) = sorted(code);
            Column { label: shell.t(key).to_string(), href, sort }
        };
        Self::HEADS.map(column).to_vec()
    }
}

/// Counts by delay left.
#[derive(Debug, Clone, Copy, Default)]
pub struct Delays {
    /// After the legal date.
    pub late: u32,
    /// 7 days or fewer.
    pub week: u32,
    /// 8 to 21 days.
    pub three_weeks: u32,
    /// More than 21 days.
    pub later: u32,
}

impl Delays {
    /// Everybody.
    pub fn total(self) -> u32 {
        self.late + self.week + self.three_weeks + self.later
    }

    /// The bar: class, start and width of each part, in hundredths of its length.
    pub fn bar(self) -> Vec<(&'static str, f64, f64)> {
        let total = f64::from(self.total().max(1));
        let parts = [("late", self.late), ("soon", self.week), ("fg", self.three_weeks), ("fg2", self.later)];
        let mut start = 0.0;
        let place = |(class, count): (&'static str, u32)| {
            let width = f64::from(count) * 100.0 / total;
            start += width;
            (class, start - width, width)
        };
        parts.into_iter().map(place).collect()
    }
}

/// A person on the list of those to orient.
#[derive(Debug, Clone)]
pub struct ToOrientRow {
    /// Name, to the page.
    pub link: Link,
    /// « 58 ans ».
    pub age: String,
    /// « 4 octobre ».
    pub received: String,
    /// The legal delay.
    pub clock: Clock,
    /// « Stenay », and the territory under it.
    pub commune: String,
    /// The territory; empty when unknown.
    pub territory: String,
    /// « seule, 2 enfants ».
    pub family: String,
    /// « au RSA depuis mars 2019 ».
    pub seniority: String,
    /// What one should know: « moins de 26 ans ».
    pub flags: Vec<Tag>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_is_full_or_empty() {
        let bar = Delays { late: 1, week: 5, three_weeks: 21, later: 19 }.bar();
        let width: f64 = bar.iter().map(|(_, _, width)| width).sum();
        assert!((width - 100.0).abs() < 1e-9);
        assert!(Delays::default().bar().iter().all(|(_, _, width)| *width == 0.0));
    }
}
