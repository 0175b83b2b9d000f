//! Fields of a form, their choices and what is wrong with them.

/// An answer of a select.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is chosen.
    pub selected: bool,
}

impl Choice {
    /// A choice, selected when its value is the `current` one.
    pub fn new(value: &str, label: impl Into<String>, current: &str) -> Self {
        Self { value: value.to_owned(), label: label.into(), selected: value == current }
    }
}

/// What a field asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A line of text.
    Text,
    /// An e-mail address.
    Email,
    /// A password.
    Password,
    /// A civil date.
    Date,
    /// A civil time.
    Time,
    /// One of [`Field::choices`].
    Select,
    /// Several lines.
    Textarea,
    /// A file.
    File,
    /// Yes or no.
    Checkbox,
}

impl FieldKind {
    /// The `type` of the input.
    pub fn input_type(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Password => "password",
            Self::Date => "date",
            Self::Time => "time",
            Self::File => "file",
            Self::Checkbox => "checkbox",
            _ => "text",
        }
    }
}

/// A field with its label, its hint and what is wrong with it.
#[derive(Debug, Clone)]
pub struct Field {
    /// Name and id.
    pub name: String,
    /// What is asked.
    pub label: String,
    /// How to answer.
    pub hint: Option<String>,
    /// What is wrong, in a sentence.
    pub error: Option<String>,
    /// What was typed, never lost (a checkbox is checked when it is not empty).
    pub value: String,
    /// What it asks for.
    pub kind: FieldKind,
    /// Answers of a select.
    pub choices: Vec<Choice>,
    /// `username`, `current-password`, `new-password`…; empty for `off`.
    pub autocomplete: &'static str,
    /// Accepted file names, for a file.
    pub accept: &'static str,
    /// May be left empty; said beside the label.
    pub optional: bool,
}

impl Field {
    /// A field that is empty and right.
    pub fn new(kind: FieldKind, name: &str, label: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            label: label.into(),
            hint: None,
            error: None,
            value: String::new(),
            kind,
            choices: Vec::new(),
            autocomplete: "",
            accept: "",
            optional: false,
        }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with what was typed.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// The same with what is wrong.
    #[must_use]
    pub fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }

    /// A select over these choices.
    pub fn select(name: &str, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self { choices, ..Self::new(FieldKind::Select, name, label) }
    }

    /// Whether it is a select.
    pub fn is_select(&self) -> bool {
        self.kind == FieldKind::Select
    }

    /// Whether it has several lines.
    pub fn is_textarea(&self) -> bool {
        self.kind == FieldKind::Textarea
    }

    /// Whether it is a checkbox.
    pub fn is_checkbox(&self) -> bool {
        self.kind == FieldKind::Checkbox
    }

    /// Whether what was given is put back: never for a password or a file.
    pub fn keeps_value(&self) -> bool {
        !matches!(self.kind, FieldKind::Password | FieldKind::File)
    }

    /// The ids of its hint and its error, for `aria-describedby`.
    pub fn described_by(&self) -> String {
        let hint = self.hint.as_ref().map(|_| format!("{}-aide", self.name));
        let error = self.error.as_ref().map(|_| format!("{}-erreur", self.name));
        [hint, error].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// What is wrong in a form, at the top of the page.
#[derive(Debug, Clone)]
pub struct FieldError {
    /// Name (and id) of the field; empty when no field is at fault.
    pub field: String,
    /// The sentence.
    pub text: String,
}

impl FieldError {
    /// What is wrong with that field.
    pub fn of(errors: &[Self], field: &str) -> Option<String> {
        errors.iter().find(|error| error.field == field).map(|error| error.text.clone())
    }
}
