//! The call desk, the screen of a call, and the decision.

use askama::Template;

use super::form::{Field, FieldError};
use super::form_page::Ticks;
use super::parts::{Clock, Empty, Link, Tag};
use super::referrals::ReferralNote;
use super::shell::Shell;

/// Somebody of the queue.
#[derive(Debug, Clone)]
pub struct QueueRow {
    /// Name, to the screen of the call.
    pub link: Link,
    /// « 27 ans, Ligny-en-Barrois ».
    pub meta: String,
    /// The legal delay.
    pub clock: Option<Clock>,
    /// « rappel à 11 h », « 2 essais »; may be empty.
    pub note: String,
    /// It is the person shown.
    pub current: bool,
}

/// `/{department}/appels`: whom the operator has, who comes next, what was promised.
#[derive(Template)]
#[template(path = "orientation/desk.html")]
pub struct DeskPage {
    /// The frame.
    pub shell: Shell,
    /// How many people may be called now, in a sentence.
    pub summary: String,
    /// Territory.
    pub filters: Vec<Field>,
    /// Nothing more is kept of the address.
    pub kept: Vec<(String, String)>,
    /// The territory and the sector chosen, kept by the button.
    pub sent: Vec<(String, String)>,
    /// Whom the operator has.
    pub mine: Vec<QueueRow>,
    /// Who comes next.
    pub queue: Vec<QueueRow>,
    /// Calls promised for later.
    pub promised: Vec<QueueRow>,
    /// When there is nobody to call.
    pub empty: Empty,
}

/// Who is on the phone, and how to reach them.
#[derive(Debug, Clone)]
pub struct CallHead {
    /// « Kévin Thomassard ».
    pub name: String,
    /// Age, place, reception.
    pub facts: Vec<String>,
    /// The legal delay.
    pub clock: Option<Clock>,
    /// Telephones: what is read, and the `tel:` address.
    pub phones: Vec<Link>,
    /// « Langue : turc », « Ne pas laisser de message ».
    pub tags: Vec<Tag>,
    /// The whole file.
    pub file: Link,
    /// The attempts before, the last first.
    pub attempts: Vec<String>,
    /// Who addressed them to the platform, and why.
    pub referrals: Vec<ReferralNote>,
}

/// How an attempt may end.
#[derive(Debug, Clone)]
pub struct Ending {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
}

/// A question of the call.
#[derive(Debug, Clone)]
pub struct Question {
    /// Name of the field.
    pub code: String,
    /// Its rank among those that are asked.
    pub rank: usize,
    /// As it is asked.
    pub text: String,
    /// Advice for the operator; may be empty.
    pub hint: String,
    /// What kind of field.
    pub kind: QuestionKind,
    /// The answers proposed.
    pub answers: Vec<Choice>,
    /// What was written, for a text or a moment.
    pub value: String,
    /// Must not be forgotten.
    pub required: bool,
    /// What is wrong.
    pub error: Option<String>,
}

/// What kind of field a question is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionKind {
    /// One answer.
    One,
    /// Several answers.
    Several,
    /// A few words.
    Text,
    /// A day and an hour.
    Moment,
}

impl Question {
    /// The `type` of its boxes.
    pub fn input_type(&self) -> &'static str {
        if self.kind == QuestionKind::Several { "checkbox" } else { "radio" }
    }

    /// Its code, without what begins the name of the field.
    pub fn name(&self) -> &str {
        self.code.strip_prefix("q-").unwrap_or(&self.code)
    }

    /// A group of boxes.
    pub fn has_boxes(&self) -> bool {
        matches!(self.kind, QuestionKind::One | QuestionKind::Several)
    }

    /// A text of several lines.
    pub fn is_text(&self) -> bool {
        self.kind == QuestionKind::Text
    }
}

/// An answer to tick.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// It is chosen.
    pub checked: bool,
}

/// A part of the call.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its title.
    pub title: String,
    /// What the operator says; may be empty.
    pub say: String,
    /// Its questions.
    pub questions: Vec<Question>,
}

/// A path to choose.
#[derive(Debug, Clone)]
pub struct PathChoice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// It is chosen.
    pub checked: bool,
    /// The rules propose it.
    pub proposed: bool,
    /// Why, or why not.
    pub reasons: Vec<String>,
}

/// A professional to choose.
#[derive(Debug, Clone)]
pub struct ReferentChoice {
    /// What is sent; empty for « nobody yet ».
    pub value: String,
    /// Name.
    pub name: String,
    /// « secteur de Commercy », « complet ».
    pub tags: Vec<Tag>,
    /// « Agence de Verdun, 12 km. 18 personnes suivies sur 30. »
    pub detail: String,
    /// It is chosen.
    pub checked: bool,
}

/// A slot to choose.
#[derive(Debug, Clone)]
pub struct SlotOption {
    /// What is sent; empty for « not now ».
    pub value: String,
    /// « vendredi 27 novembre, 9 h 30 ».
    pub when: String,
    /// Place, way and professional.
    pub place: String,
    /// It is chosen.
    pub checked: bool,
}

/// What the rules propose, and what is decided.
#[derive(Debug, Clone)]
pub struct Advice {
    /// « Règles, version 1 », to the rules.
    pub rules: Link,
    /// What must be done today: no home, no food, danger.
    pub urgent: Vec<String>,
    /// What ends the rules before any path, or asks for a meeting first; may be empty.
    pub notice: Vec<String>,
    /// The required questions without an answer; may be empty.
    pub missing: String,
    /// The paths.
    pub paths: Vec<PathChoice>,
    /// The path proposed, as the page showed it.
    pub shown_path: String,
    /// Organisation.
    pub organisation: Field,
    /// The organisation proposed, as the page showed it.
    pub shown_organisation: String,
    /// Programmes, when some are proposed.
    pub programmes: Option<Ticks>,
    /// Who could follow.
    pub referents: Vec<ReferentChoice>,
    /// The earliest slots; empty when there is none.
    pub slots: Vec<SlotOption>,
    /// The reason of another choice.
    pub reason: Field,
    /// What the person receives.
    pub explanation: Field,
    /// The explanation proposed, as the page showed it.
    pub shown_explanation: String,
    /// The last decision that the page shows.
    pub after: String,
}

/// `/{department}/personnes/{id}/appel`: the whole call on one screen.
#[derive(Template)]
#[template(path = "orientation/call.html")]
pub struct CallPage {
    /// The frame.
    pub shell: Shell,
    /// Who it is.
    pub head: CallHead,
    /// The address of this page, where everything is sent.
    pub action: String,
    /// The operator's queue.
    pub queue: Vec<QueueRow>,
    /// How an attempt may end.
    pub endings: Vec<Ending>,
    /// When to call back, and what is wrong with it.
    pub call_back: Field,
    /// Who else is on the phone with them, or why one does not write; `None` when the operator has them.
    pub shut: Option<String>,
    /// The person may be taken.
    pub may_take: bool,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// What the next writing follows.
    pub revision: i64,
    /// Questions answered and asked.
    pub progress: (usize, usize),
    /// The questions.
    pub sections: Vec<Section>,
    /// The proposal and the decision.
    pub advice: Advice,
    /// What was decided before.
    pub decisions: Vec<DecisionLine>,
}

/// `/{department}/personnes/{id}/orientation`: decide without a call.
#[derive(Template)]
#[template(path = "orientation/decide.html")]
pub struct DecidePage {
    /// The frame.
    pub shell: Shell,
    /// Who it is.
    pub head: CallHead,
    /// Where it is sent.
    pub action: String,
    /// A decision is in force: it will be replaced.
    pub again: bool,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// The proposal and the decision.
    pub advice: Advice,
    /// What was decided before.
    pub decisions: Vec<DecisionLine>,
}

/// A decision, on the page of a person.
#[derive(Debug, Clone)]
pub struct DecisionLine {
    /// « Emploi, France Travail ».
    pub title: String,
    /// In force, or replaced.
    pub state: Tag,
    /// « Décidée le 26 novembre 2026 par … Référent : … ».
    pub lines: Vec<String>,
    /// What the person was told, line by line.
    pub explanation: Vec<String>,
    /// Why it was not what was proposed, or why again; may be empty.
    pub reason: String,
    /// To the letter that notifies it: what is shown, and where.
    pub letter: Option<DecisionLetter>,
}

/// The letter of a decision.
#[derive(Debug, Clone)]
pub struct DecisionLetter {
    /// « Lettre ».
    pub link: Link,
    /// The same for who hears the page: which decision.
    pub about: String,
}

/// The panel of a person's page.
#[derive(Debug, Clone)]
pub struct OrientationPanel {
    /// The decisions, the last first.
    pub decisions: Vec<DecisionLine>,
    /// To the screen of the call.
    pub call: Option<Link>,
    /// To the page of decision.
    pub decide: Option<Link>,
}
