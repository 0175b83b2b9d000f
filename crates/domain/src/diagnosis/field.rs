//! The fields of a theme: what they hold, who reads them, what may be written in them.

use std::fmt;

use reference::diagnosis::{Theme, objective_of, situation_of, theme_of};

use crate::access::visibility::Level;
use crate::coded::coded;

/// Longest text of a field, in characters.
pub const LONGEST_TEXT: usize = 4_000;
/// What a box that is ticked holds; one that is not holds nothing.
pub const YES: &str = "yes";

coded! {
    /// How much a theme stands in the way of work.
    Impact {
        /// Not at all.
        None = "none",
        /// A little.
        Low = "low",
        /// Clearly.
        Medium = "medium",
        /// It must be dealt with first.
        Strong = "strong",
    }
}

impl Impact {
    /// 0 to 3.
    pub fn rank(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Low => 1,
            Self::Medium => 2,
            Self::Strong => 3,
        }
    }

    /// What it means for a theme, as the catalogue says it.
    pub fn meaning(self, theme: &Theme) -> &str {
        theme.impacts_fr.get(usize::from(self.rank())).map(String::as_str).unwrap_or_default()
    }
}

coded! {
    /// When the person wishes to work on it.
    Priority {
        /// Before the rest.
        First = "first",
        /// In a while.
        Soon = "soon",
        /// Not now.
        Later = "later",
    }
}

/// A field of a theme. Each is a register of its own: two authors who write two fields never meet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The theme was spoken of.
    Explored,
    /// Impact on work.
    Impact,
    /// Priority of the person.
    Priority,
    /// A situation, observed or not.
    Situation(String),
    /// An objective, chosen or not.
    Objective(String),
    /// What helps.
    Strength,
    /// What both authors make of it: what it changes for work.
    Analysis,
    /// What the person says: each author keeps their own, with its readers.
    Says,
}

impl Field {
    /// The word of the database and of the form.
    pub fn code(&self) -> String {
        self.to_string()
    }

    /// Reads [`Field::code`] in a theme; `None` for what the theme does not hold.
    pub fn parse(theme: &str, code: &str) -> Option<Self> {
        theme_of(theme)?;
        let of = |kind: &str| code.strip_prefix(kind).map(str::to_owned);
        if let Some(one) = of("situation:") {
            return situation_of(&one).filter(|known| known.theme == theme).map(|_| Self::Situation(one));
        }
        if let Some(one) = of("objective:") {
            return objective_of(&one).filter(|known| known.theme == theme).map(|_| Self::Objective(one));
        }
        [Self::Explored, Self::Impact, Self::Priority, Self::Strength, Self::Analysis, Self::Says]
            .into_iter()
            .find(|field| field.code() == code)
    }

    /// It is written in words, and sealed.
    pub fn is_text(&self) -> bool {
        matches!(self, Self::Strength | Self::Analysis | Self::Says)
    }

    /// Each author has their own, and says who reads it.
    pub fn is_own(&self) -> bool {
        *self == Self::Says
    }

    /// Who reads it and may write it: the pair, but for what stays on the social side. One's own text has the level that its
    /// author gave.
    pub fn level(&self) -> Level {
        match self {
            Self::Situation(code) => {
                situation_of(code).and_then(|one| Level::parse(&one.visibility)).unwrap_or(Level::Social)
            }
            _ => Level::Pair,
        }
    }

    /// What is kept of what was typed.
    ///
    /// # Errors
    /// [`Wrong`] when the field cannot hold it.
    pub fn read(&self, typed: &str) -> Result<String, Wrong> {
        let typed = typed.trim();
        let known = match self {
            _ if typed.is_empty() => true,
            Self::Explored | Self::Situation(_) | Self::Objective(_) => typed == YES,
            Self::Impact => Impact::parse(typed).is_some(),
            Self::Priority => Priority::parse(typed).is_some(),
            Self::Strength | Self::Analysis | Self::Says => typed.chars().count() <= LONGEST_TEXT,
        };
        match (known, self.is_text()) {
            (true, true) => Ok(typed.replace("\r\n", "\n")),
            (true, false) => Ok(typed.to_owned()),
            (false, true) => Err(Wrong::Long),
            (false, false) => Err(Wrong::Choice),
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Explored => f.write_str("explored"),
            Self::Impact => f.write_str("impact"),
            Self::Priority => f.write_str("priority"),
            Self::Situation(code) => write!(f, "situation:{code}"),
            Self::Objective(code) => write!(f, "objective:{code}"),
            Self::Strength => f.write_str("strength"),
            Self::Analysis => f.write_str("analysis"),
            Self::Says => f.write_str("says"),
        }
    }
}

/// What a field cannot hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// Not one of its answers.
    #[error("Choisissez une réponse de la liste.")]
    Choice,
    /// Too long.
    #[error("Ce texte dépasse 4 000 caractères : raccourcissez-le.")]
    Long,
}

/// The level proposed for one's own text on a theme, among those that one may give: that of the theme, or the pair.
pub fn proposed_level(theme: &Theme, offered: &[Level]) -> Level {
    let usual = Level::parse(&theme.visibility).filter(|level| offered.contains(level));
    usual.or_else(|| offered.contains(&Level::Pair).then_some(Level::Pair)).unwrap_or(Level::Author)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_every_theme_is_read_back_in_its_theme_only() {
        use reference::diagnosis::{objectives, situations, themes};
        for theme in themes() {
            let plain = [
                Field::Explored,
                Field::Impact,
                Field::Priority,
                Field::Strength,
                Field::Analysis,
                Field::Says,
            ];
            let situated = situations().iter().filter(|one| one.theme == theme.code);
            let aimed = objectives().iter().filter(|one| one.theme == theme.code);
            let all = plain
                .into_iter()
                .chain(situated.map(|one| Field::Situation(one.code.clone())))
                .chain(aimed.map(|one| Field::Objective(one.code.clone())));
            for field in all {
                assert_eq!(Field::parse(&theme.code, &field.code()), Some(field));
            }
        }
        assert_eq!(Field::parse("LOG", "situation:MOB-S01"), None);
        assert_eq!(Field::parse("LOG", "objective:MOB-O01"), None);
        assert_eq!(Field::parse("ZZZ", "impact"), None);
        assert_eq!(Field::parse("LOG", "anything"), None);
    }

    #[test]
    fn what_is_of_the_social_side_stays_there() {
        let level = |code: &str| Field::Situation(code.to_owned()).level();
        assert_eq!(level("SAN-S02"), Level::Social);
        assert_eq!(level("FAM-S08"), Level::Social);
        assert_eq!(level("MOB-S01"), Level::Pair);
        assert_eq!(level("unknown"), Level::Social, "what is not known is not shown to more people");
        assert_eq!(Field::Impact.level(), Level::Pair);
    }

    #[test]
    fn a_field_holds_its_answers_and_nothing_else() {
        assert_eq!(Field::Impact.read(" strong "), Ok("strong".to_owned()));
        assert_eq!(Field::Impact.read("huge"), Err(Wrong::Choice));
        assert_eq!(Field::Priority.read(""), Ok(String::new()));
        assert_eq!(Field::Explored.read("non"), Err(Wrong::Choice));
        assert_eq!(Field::Says.read("  Je marche.\r\nBeaucoup. "), Ok("Je marche.\nBeaucoup.".to_owned()));
        assert_eq!(Field::Says.read(&"é".repeat(LONGEST_TEXT + 1)), Err(Wrong::Long));
        assert!(Field::Says.read(&"é".repeat(LONGEST_TEXT)).is_ok());
    }

    #[test]
    fn the_level_proposed_is_that_of_the_theme_for_who_may_give_it() {
        let health = theme_of("SAN").unwrap();
        let mobility = theme_of("MOB").unwrap();
        let social = [Level::Author, Level::Social, Level::Pair, Level::Person];
        let coach = [Level::Author, Level::Employment, Level::Pair, Level::Person];
        assert_eq!(proposed_level(health, &social), Level::Social);
        assert_eq!(proposed_level(health, &coach), Level::Pair);
        assert_eq!(proposed_level(mobility, &social), Level::Pair);
        assert_eq!(proposed_level(mobility, &[Level::Author]), Level::Author);
    }

    #[test]
    fn impacts_are_in_order_and_each_has_its_meaning() {
        let ranks: Vec<u8> = Impact::ALL.iter().map(|one| one.rank()).collect();
        assert_eq!(ranks, [0, 1, 2, 3]);
        let mobility = theme_of("MOB").unwrap();
        assert!(Impact::Strong.meaning(mobility).starts_with("Aucun déplacement"));
    }
}
