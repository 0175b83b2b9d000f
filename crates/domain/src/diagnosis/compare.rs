//! Before and after: the impact of each theme in the diagnosis before and in this one.

use super::field::Impact;

/// A theme in two diagnoses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change<'a> {
    /// The theme.
    pub theme: &'a str,
    /// Its impact before; `None` when it was not said.
    pub before: Option<Impact>,
    /// Its impact now.
    pub after: Option<Impact>,
}

/// The themes whose impact is known in either, in the order of `themes`.
pub fn changes<'a>(
    themes: impl IntoIterator<Item = &'a str>,
    before: impl Fn(&str) -> Option<Impact>,
    after: impl Fn(&str) -> Option<Impact>,
) -> Vec<Change<'a>> {
    themes
        .into_iter()
        .map(|theme| Change { theme, before: before(theme), after: after(theme) })
        .filter(|change| change.before.is_some() || change.after.is_some())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_is_told_when_either_diagnosis_says_its_impact() {
        let before = |theme: &str| (theme == "LOG").then_some(Impact::Strong);
        let after = |theme: &str| match theme {
            "LOG" => Some(Impact::Low),
            "MOB" => Some(Impact::None),
            _ => None,
        };
        let told = changes(["MOB", "LOG", "SAN"], before, after);
        assert_eq!(
            told,
            [
                Change { theme: "MOB", before: None, after: Some(Impact::None) },
                Change { theme: "LOG", before: Some(Impact::Strong), after: Some(Impact::Low) },
            ]
        );
    }
}
