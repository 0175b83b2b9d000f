//! The pieces pages are made of; each has a macro in `templates/components/` and an example in the gallery.

use chrono::NaiveDate;

use crate::format;

pub use super::form::{Choice, Field, FieldError, FieldKind};

/// What a colour means; a word always goes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// No meaning.
    #[default]
    Neutral,
    /// Chosen, new.
    Accent,
    /// For information.
    Info,
    /// Done, accepted.
    Ok,
    /// Soon, to be read again.
    Soon,
    /// Late, refused.
    Late,
}

impl Tone {
    /// End of a class: `--late`; empty when neutral.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Neutral => "",
            Self::Accent => "accent",
            Self::Info => "info",
            Self::Ok => "ok",
            Self::Soon => "soon",
            Self::Late => "late",
        }
    }

    /// The drawing of a message.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Ok => "check",
            Self::Soon => "clock",
            Self::Late => "alert",
            _ => "info",
        }
    }
}

/// A word that leads somewhere.
#[derive(Debug, Clone)]
pub struct Link {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

impl Link {
    /// A link.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into() }
    }
}

/// A short word in a box.
#[derive(Debug, Clone)]
pub struct Tag {
    /// The word.
    pub label: String,
    /// What it means.
    pub tone: Tone,
}

impl Tag {
    /// A tag.
    pub fn new(label: impl Into<String>, tone: Tone) -> Self {
        Self { label: label.into(), tone }
    }
}

/// Where a person stands.
#[derive(Debug, Clone)]
pub struct StateTag {
    /// Code of the state, as in the API: `to_orient`.
    pub code: String,
    /// The word, agreed with the person: « Orientée ».
    pub label: String,
}

impl StateTag {
    /// End of the class `dc-state--…`.
    pub fn suffix(&self) -> String {
        match self.code.as_str() {
            "in_outcome" => "outcome".into(),
            "right_closed" => "closed".into(),
            code => code.replace('_', "-"),
        }
    }
}

/// The legal delay: a ring that empties.
#[derive(Debug, Clone)]
pub struct Clock {
    /// « 5 j », « 2 j de retard », « aujourd’hui ».
    pub days: String,
    /// « avant le 22 nov. », « (le 15 nov.) ».
    pub rest: String,
    /// What is left of the delay, in hundredths.
    pub share: u8,
    /// Late, soon (7 days or fewer) or neutral.
    pub tone: Tone,
}

impl Clock {
    /// The clock of a delay of `total_days` that ends on `legal`; `today` may be after it.
    pub fn new(legal: NaiveDate, total_days: i64, today: NaiveDate) -> Self {
        let left = (legal - today).num_days();
        let date = format::short(legal, today);
        let share = u8::try_from((left.max(0) * 100 / total_days.max(1)).min(100)).unwrap_or(0);
        let hard = format::HARD;
        let number = format::number(left.abs());
        let (days, rest, tone) = match left {
            ..0 => (format!("{number}{hard}j de retard"), format!("(le{hard}{date})"), Tone::Late),
            0 => ("dernier jour".into(), format!("le{hard}{date}"), Tone::Soon),
            1..=7 => (format!("{number}{hard}j"), format!("avant le{hard}{date}"), Tone::Soon),
            _ => (format!("{number}{hard}j"), format!("avant le{hard}{date}"), Tone::Neutral),
        };
        Self { days, rest, share, tone }
    }
}

/// A figure that opens the cases behind it.
#[derive(Debug, Clone)]
pub struct Stat {
    /// The figure.
    pub value: String,
    /// What it counts.
    pub label: String,
    /// Its base or its limit.
    pub detail: Option<String>,
    /// The list behind it; `None` when there is nobody or one may not see them.
    pub href: Option<String>,
    /// Late and soon are marked.
    pub tone: Tone,
}

/// Something to do.
#[derive(Debug, Clone)]
pub struct Task {
    /// What.
    pub label: String,
    /// Where it is done.
    pub href: String,
    /// Why, or how many.
    pub detail: Option<String>,
    /// How urgent, in a word.
    pub tag: Option<Tag>,
    /// How urgent, as a delay.
    pub clock: Option<Clock>,
}

/// A fact: a term and what is said of it.
#[derive(Debug, Clone)]
pub struct Fact {
    /// « Matricule ».
    pub term: String,
    /// Its value.
    pub value: String,
    /// A second line: source, date.
    pub detail: Option<String>,
    /// Numbers and codes are set in fixed width.
    pub mono: bool,
}

impl Fact {
    /// A fact on one line.
    pub fn new(term: impl Into<String>, value: impl Into<String>) -> Self {
        Self { term: term.into(), value: value.into(), detail: None, mono: false }
    }

    /// The same with a second line.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// The same in fixed width.
    #[must_use]
    pub fn mono(mut self) -> Self {
        self.mono = true;
        self
    }
}

/// A filter that is a link.
#[derive(Debug, Clone)]
pub struct Chip {
    /// What it says.
    pub label: String,
    /// The list it gives.
    pub href: String,
    /// How many are there.
    pub count: Option<String>,
    /// Whether it is on.
    pub current: bool,
}

/// How a column is sorted now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Not by this column.
    #[default]
    None,
    /// From the smallest.
    Ascending,
    /// From the greatest.
    Descending,
}

impl Sort {
    /// The value of `aria-sort`; empty when the table is sorted otherwise.
    pub fn aria(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Ascending => "ascending",
            Self::Descending => "descending",
        }
    }
}

/// Head of a column.
#[derive(Debug, Clone)]
pub struct Column {
    /// What it holds.
    pub label: String,
    /// The same list sorted by it; `None` when it cannot be.
    pub href: Option<String>,
    /// How it is sorted now.
    pub sort: Sort,
}

impl Column {
    /// A column that cannot be sorted.
    pub fn plain(label: impl Into<String>) -> Self {
        Self { label: label.into(), href: None, sort: Sort::None }
    }
}

/// Where one is in a long list; pages go forward only, by key.
#[derive(Debug, Clone, Default)]
pub struct Pager {
    /// « 1 à 50 sur 1 370 ».
    pub shown: String,
    /// Back to the start; `None` when there.
    pub first: Option<String>,
    /// The next page; `None` at the end.
    pub next: Option<String>,
}

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// Name of its drawing.
    pub icon: &'static str,
    /// What happened.
    pub title: String,
    /// When, in words.
    pub when: String,
    /// Who did it, or which organism.
    pub by: Option<String>,
    /// What is said of it.
    pub text: Option<String>,
    /// The file or page it comes from.
    pub source: Option<Link>,
    /// The most recent or most important one.
    pub accent: bool,
}

/// A place on an outline; the text says the same without the drawing.
#[derive(Debug, Clone)]
pub struct SmallMap {
    /// « Le Loiret ».
    pub title: String,
    /// « Malesherbes est au nord-est du département. »
    pub text: String,
    /// `viewBox` of the drawing.
    pub view_box: String,
    /// Outlines of the territories or cantons: the `d` of each path.
    pub outlines: Vec<String>,
    /// The outline one is in.
    pub here: Option<String>,
    /// The place, in the units of the drawing.
    pub point: Option<(f32, f32)>,
}

/// A long work under way.
#[derive(Debug, Clone)]
pub struct Progress {
    /// « 11 000 dossiers lus sur 16 000 ».
    pub text: String,
    /// Hundredths done; `None` when the total is not known.
    pub percent: Option<u8>,
    /// The page that shows it, asked again every two seconds.
    pub href: String,
}

/// Nothing to show, and what to do.
#[derive(Debug, Clone)]
pub struct Empty {
    /// What is empty.
    pub title: String,
    /// Why, and what to do.
    pub text: String,
    /// The way out.
    pub action: Option<Link>,
}

/// A step of the path.
#[derive(Debug, Clone)]
pub struct Step {
    /// The word, agreed with the person.
    pub label: String,
    /// When it was passed, or how long it lasts.
    pub when: Option<String>,
    /// Done, here, or to come.
    pub mark: Mark,
}

/// Where a step is in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Passed.
    Done,
    /// The person is here.
    Here,
    /// To come.
    Next,
}

impl Mark {
    /// The class.
    pub fn class(self) -> &'static str {
        match self {
            Self::Done => "is-done",
            Self::Here => "is-now",
            Self::Next => "",
        }
    }

    /// Whether the person is here.
    pub fn is_here(self) -> bool {
        self == Self::Here
    }

    /// Whether it is passed.
    pub fn is_done(self) -> bool {
        self == Self::Done
    }
}

/// The next due step of a person.
#[derive(Debug, Clone)]
pub struct Due {
    /// Above the figure: « avant le », « en retard de ».
    pub lead: String,
    /// The figure: « 22 nov. », « 3 jours ».
    pub when: String,
    /// What must be done.
    pub what: String,
    /// By whom and why.
    pub who: String,
    /// The legal delay.
    pub clock: Option<Clock>,
    /// Whether it is late.
    pub late: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_says_how_many_days_are_left_or_lost() {
        let clock = |legal: &str| Clock::new(legal.parse().unwrap(), 42, "2026-11-17".parse().unwrap());
        let late = clock("2026-11-15");
        assert_eq!((late.days.as_str(), late.tone, late.share), ("2\u{a0}j de retard", Tone::Late, 0));
        let last = clock("2026-11-17");
        assert_eq!((last.days.as_str(), last.tone), ("dernier jour", Tone::Soon));
        assert_eq!(clock("2026-11-24").tone, Tone::Soon);
        let far = clock("2026-12-28");
        assert_eq!(
            (far.days.as_str(), far.rest.as_str(), far.share),
            ("41\u{a0}j", "avant le\u{a0}28\u{a0}déc.", 97)
        );
    }

    #[test]
    fn every_state_of_the_api_has_its_class() {
        let suffix = |code: &str| StateTag { code: code.into(), label: String::new() }.suffix();
        assert_eq!(suffix("to_orient"), "to-orient");
        assert_eq!(suffix("in_outcome"), "outcome");
        assert_eq!(suffix("right_closed"), "closed");
    }
}
