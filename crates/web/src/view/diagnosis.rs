//! The joint diagnosis and the actions, on the screen and on paper.

use askama::Template;

use super::form::{Choice, Field, FieldError};
use super::parts::{Link, Tag};
use super::person::PersonHead;
use super::shell::Shell;

/// `/{department}/personnes/{id}/diagnostic`, and the same on one theme.
#[derive(Template)]
#[template(path = "diagnosis/page.html")]
pub struct DiagnosisPage {
    /// The frame.
    pub shell: Shell,
    /// The top.
    pub head: PersonHead,
    /// « Deuxième diagnostic, commencé le 3 novembre ».
    pub lead: String,
    /// Who follows the person, and what each side said.
    pub sides: Vec<SideLine>,
    /// Where it is begun; `None` when one may not.
    pub begin: Option<String>,
    /// Where one's side is said complete.
    pub complete: Option<String>,
    /// Where it is opened again.
    pub reopen: Option<String>,
    /// The page to print.
    pub print: Option<String>,
    /// The themes, daily life first; empty when nothing was begun.
    pub groups: Vec<ThemeGroup>,
    /// How many were spoken of, and how many there are.
    pub progress: (usize, usize),
    /// The theme that is shown.
    pub theme: Option<ThemeView>,
    /// Leads and actions.
    pub actions: Vec<ActionRow>,
    /// Where one is decided; `None` when one may not.
    pub plan: Option<String>,
    /// Since the diagnosis before.
    pub chart: Option<Chart>,
    /// Who reads what.
    pub readers: Vec<Reader>,
}

/// Somebody who follows the person.
#[derive(Debug, Clone)]
pub struct SideLine {
    /// « GR ».
    pub initials: String,
    /// On the social side.
    pub social: bool,
    /// Name and side.
    pub who: String,
    /// « a terminé le 24 novembre », « écrit encore ».
    pub said: Tag,
}

/// Themes of one family.
#[derive(Debug, Clone)]
pub struct ThemeGroup {
    /// « Vie quotidienne ».
    pub title: String,
    /// The themes.
    pub rows: Vec<ThemeRow>,
}

/// A theme in the list.
#[derive(Debug, Clone)]
pub struct ThemeRow {
    /// The theme.
    pub link: Link,
    /// It is the one shown.
    pub current: bool,
    /// Its impact, 0 to 3, with its word.
    pub impact: Option<(u8, String)>,
    /// It was spoken of.
    pub explored: bool,
    /// A field waits for a choice.
    pub conflict: bool,
}

/// A theme.
#[derive(Debug, Clone)]
pub struct ThemeView {
    /// « Se déplacer ».
    pub title: String,
    /// Its code.
    pub code: String,
    /// The questions that open the exchange.
    pub questions: Vec<String>,
    /// How to write here; may be empty.
    pub rule: String,
    /// « Enregistré à 10 h 06 ».
    pub saved: String,
    /// The theme that follows.
    pub next: Link,
    /// Who else is here.
    pub present: Vec<String>,
    /// The form; `None` for who reads.
    pub form: Option<ThemeForm>,
    /// What is read, for who does not write.
    pub facts: Vec<(String, Vec<String>)>,
    /// What the others wrote.
    pub others: Vec<TextView>,
    /// What was there before.
    pub history: Vec<TextView>,
}

impl ThemeView {
    /// A field waits for a choice.
    pub fn is_to_choose(&self) -> bool {
        self.form.as_ref().is_some_and(ThemeForm::is_to_choose)
    }

    /// An objective is chosen.
    pub fn has_objective(&self) -> bool {
        self.form.as_ref().is_some_and(|form| form.objectives.iter().any(|one| one.checked))
    }
}

/// A text that is read.
#[derive(Debug, Clone)]
pub struct TextView {
    /// What it is; may be empty.
    pub label: String,
    /// Line by line.
    pub lines: Vec<String>,
    /// Who wrote it, when.
    pub by: String,
    /// Who reads it; may be empty.
    pub level: String,
    /// End of the class `dc-vis--…`.
    pub class: String,
}

/// The form of a theme.
#[derive(Debug, Clone)]
pub struct ThemeForm {
    /// Where it is sent.
    pub action: String,
    /// What is wrong, or asked again.
    pub errors: Vec<FieldError>,
    /// The box by which one keeps a text that holds sensitive words; `None` when there is none.
    pub anyway: Option<String>,
    /// The box by which one confirms that more people will read.
    pub confirm: Option<String>,
    /// What each field started from.
    pub bases: Vec<(String, String)>,
    /// It was spoken of.
    pub explored: TickBox,
    /// Situations.
    pub situations: Vec<TickBox>,
    /// Objectives, those that the situations lead to first.
    pub objectives: Vec<TickBox>,
    /// Impact on work.
    pub impact: OneOf,
    /// Priority of the person.
    pub priority: OneOf,
    /// What helps.
    pub strength: TextField,
    /// What both make of it.
    pub analysis: TextField,
    /// What the person says.
    pub says: TextField,
    /// Who reads it.
    pub levels: Vec<Choice>,
    /// That it was seen more widely before.
    pub wider: Vec<String>,
}

impl ThemeForm {
    /// A field waits for a choice.
    pub fn is_to_choose(&self) -> bool {
        let boxes = self.situations.iter().chain(&self.objectives).chain([&self.explored]);
        let few = [&self.impact, &self.priority];
        let texts = [&self.strength, &self.analysis, &self.says];
        boxes
            .map(|one| &one.conflict)
            .chain(few.map(|one| &one.conflict))
            .chain(texts.map(|one| &one.conflict))
            .any(Option::is_some)
    }
}

/// A box to tick.
#[derive(Debug, Clone)]
pub struct TickBox {
    /// Name of the field.
    pub name: String,
    /// What is read.
    pub label: String,
    /// Ticked.
    pub checked: bool,
    /// A word beside it: « appui », « proposé »; may be empty.
    pub note: String,
    /// Two authors disagree.
    pub conflict: Option<Conflict>,
}

impl TickBox {
    /// Its id: a name without what a selector would read.
    pub fn id(&self) -> String {
        self.name.replace(':', "-")
    }
}

/// A choice among few.
#[derive(Debug, Clone)]
pub struct OneOf {
    /// Name of the field.
    pub name: String,
    /// What is asked.
    pub legend: String,
    /// Value, word, meaning, chosen.
    pub choices: Vec<(String, String, String, bool)>,
    /// Two authors disagree.
    pub conflict: Option<Conflict>,
}

/// A text to write.
#[derive(Debug, Clone)]
pub struct TextField {
    /// Name of the field.
    pub name: String,
    /// What is asked.
    pub label: String,
    /// How to answer.
    pub hint: String,
    /// What was typed.
    pub value: String,
    /// What is wrong.
    pub error: Option<String>,
    /// Two authors wrote at the same time.
    pub conflict: Option<Conflict>,
}

/// Texts written at the same time, side by side.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// Code of the field.
    pub field: String,
    /// What it is.
    pub label: String,
    /// Identifier and text of each.
    pub versions: Vec<(String, TextView)>,
    /// It is written in words: both may be kept, or written again.
    pub text: bool,
    /// Where the choice is sent.
    pub action: String,
}

/// An action.
#[derive(Debug, Clone)]
pub struct ActionRow {
    /// What is done.
    pub label: String,
    /// Where it is changed.
    pub change: Option<String>,
    /// The theme; where and with whom.
    pub about: String,
    /// Who.
    pub who: String,
    /// By when.
    pub due: String,
    /// Where it stands.
    pub status: Tag,
    /// What came of it; hours.
    pub result: String,
}

/// Obstacles before and now.
#[derive(Debug, Clone)]
pub struct Chart {
    /// « août ».
    pub before: String,
    /// « novembre ».
    pub after: String,
    /// A sentence that says it all.
    pub told: String,
    /// The themes.
    pub rows: Vec<ChartRow>,
    /// Height of the drawing.
    pub height: usize,
}

/// A theme before and now.
#[derive(Debug, Clone)]
pub struct ChartRow {
    /// The theme.
    pub label: String,
    /// Where its line is.
    pub y: usize,
    /// Before and now, 0 to 3.
    pub values: [Option<u8>; 2],
}

impl ChartRow {
    /// The squares of one diagnosis: where, and whether it is full.
    pub fn squares(&self, which: usize) -> Vec<(usize, bool)> {
        let left = if which == 0 { 168 } else { 254 };
        let Some(value) = self.values.get(which).copied().flatten() else { return Vec::new() };
        (0..3u8).map(|rank| (left + usize::from(rank) * 11, rank < value)).collect()
    }

    /// The figure of one diagnosis; a dash when it is not known.
    pub fn figure(&self, which: usize) -> String {
        self.values.get(which).copied().flatten().map_or_else(|| "–".to_owned(), |value| value.to_string())
    }

    /// Where the squares stand.
    pub fn top(&self) -> usize {
        self.y.saturating_sub(10)
    }
}

/// Who reads a level.
#[derive(Debug, Clone)]
pub struct Reader {
    /// End of the class `dc-vis--…`.
    pub class: String,
    /// The level.
    pub level: String,
    /// Who that is here.
    pub who: String,
}

/// An action to decide or to change.
#[derive(Template)]
#[template(path = "diagnosis/action.html")]
pub struct ActionPage {
    /// The frame.
    pub shell: Shell,
    /// Where one comes from.
    pub back: Link,
    /// The title.
    pub title: String,
    /// What the theme is.
    pub lead: String,
    /// Where it is sent.
    pub action: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// The fields.
    pub fields: Vec<Field>,
    /// Hours, when they count.
    pub hours: Vec<Field>,
}

/// The diagnosis on a page, for the person.
#[derive(Template)]
#[template(path = "diagnosis/print.html")]
pub struct PrintPage {
    /// The frame.
    pub shell: Shell,
    /// Where one comes from.
    pub back: Link,
    /// Who it is for.
    pub name: String,
    /// When, and with whom.
    pub lead: String,
    /// What helps.
    pub strengths: Vec<String>,
    /// What was spoken of.
    pub themes: Vec<PrintTheme>,
    /// What was decided.
    pub actions: Vec<ActionRow>,
}

/// A theme on paper.
#[derive(Debug, Clone)]
pub struct PrintTheme {
    /// The theme.
    pub title: String,
    /// As the person would say it.
    pub situations: Vec<String>,
    /// What it means for work.
    pub impact: String,
    /// What is aimed at, and how one knows that it is reached.
    pub objectives: Vec<(String, String)>,
    /// Their own words.
    pub says: Vec<String>,
}

/// What a page that is open says each half minute: who else is there.
#[derive(Template)]
#[template(path = "diagnosis/presence.html")]
pub struct PresencePart {
    /// The frame.
    pub shell: Shell,
    /// Who else is there.
    pub present: Vec<String>,
}
