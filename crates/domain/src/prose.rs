//! Words set in paragraphs, as a letter shows them: what a template and its values become, before any page is made.

/// Words that look the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// The words; never a line break.
    pub text: String,
    /// Seen before the rest.
    pub strong: bool,
    /// Said beside the rest.
    pub soft: bool,
}

/// A line, which may go over several lines of the page.
pub type Line = Vec<Run>;

/// A part of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph, line by line.
    Paragraph(Vec<Line>),
    /// Steps, or points when they are not numbered.
    List {
        /// In this order.
        numbered: bool,
        /// One line each.
        items: Vec<Line>,
    },
    /// A part that must not be missed, set apart.
    Framed(Vec<Block>),
}

/// The words of a line, whatever they look like.
pub fn words(line: &[Run]) -> String {
    line.iter().map(|run| run.text.as_str()).collect()
}
