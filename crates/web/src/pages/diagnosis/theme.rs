//! A theme: its form, what the others wrote, what waits for a choice.

use app::diagnosis::{Diagnosis, Held, Present, ThemeFile, Version};
use domain::access::visibility::Level;
use domain::diagnosis::field::{Field as Part, Impact, Priority, YES};
use domain::diagnosis::suggest;
use domain::reference::diagnosis::{Nature, objectives, situations};

use super::super::rows::t;
use super::super::users::seen;
use super::class;
use super::page::Again;
use crate::site::Visit;
use crate::view::diagnosis::{Conflict, OneOf, TextField, TextView, ThemeForm, ThemeView, TickBox};
use crate::view::form::{Choice, FieldError};
use crate::view::parts::Link;
use crate::view::words;

/// What begins the name of a field, and of what it started from.
pub(super) const FIELD: &str = "f-";
/// What begins the name of what a field started from.
pub(super) const BASE: &str = "b-";
/// What begins the name of the values of a conflict that were shown.
pub(super) const SEEN: &str = "s-";

/// Values of the history that are shown.
const HISTORY: usize = 12;

/// The theme, as the page shows it.
pub(super) fn view(
    visit: &Visit,
    read: &Diagnosis,
    file: &ThemeFile,
    base: &str,
    again: &Again,
) -> ThemeView {
    let theme = file.theme;
    let place = read.themes.iter().position(|one| one.theme.code == theme.code).unwrap_or_default();
    let next = read.themes.get(place + 1).or_else(|| read.themes.first()).map_or(theme, |one| one.theme);
    // What was typed comes back even when one may not write any more: it is not lost.
    let open = read.may.write || again.typed.is_some();
    let writer = Writer { visit, file, base, again, open };
    ThemeView {
        title: theme.label_fr.clone(),
        code: theme.code.clone(),
        questions: vec![theme.question_fr.clone(), theme.follow_up_fr.clone()],
        rule: theme.writing_rule_fr.clone(),
        saved: saved(visit, file),
        next: Link::new(next.label_fr.clone(), format!("{base}/themes/{}", next.code)),
        present: read.present.iter().map(present).collect(),
        form: open.then(|| writer.form()),
        facts: if read.may.write { Vec::new() } else { facts(file) },
        others: writer.words(),
        history: writer.history(),
    }
}

/// « Yann Torrecillas est sur ce diagnostic, thème « Se loger » ».
pub(super) fn present(one: &Present) -> String {
    t("diagnosis-present").s("name", &one.name).s("theme", words::diagnosis::theme(&one.theme)).to_string()
}

fn saved(visit: &Visit, file: &ThemeFile) -> String {
    let own = file.own.as_ref().map(|own| &own.held);
    let heads = file.fields.values().chain(own).flat_map(|held| &held.heads);
    match heads.map(|head| head.at).max() {
        Some(at) => t("diagnosis-saved").s("when", seen(visit, Some(at))).to_string(),
        None => String::new(),
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

/// What a value says, in words.
fn said(field: &Part, value: &str) -> Vec<String> {
    match field {
        Part::Impact => Impact::parse(value).map(words::diagnosis::impact).into_iter().collect(),
        Part::Priority => Priority::parse(value).map(words::diagnosis::priority).into_iter().collect(),
        Part::Explored | Part::Situation(_) | Part::Objective(_) => {
            vec![t(if value == YES { "diagnosis-yes" } else { "diagnosis-no" }).to_string()]
        }
        _ => lines(value),
    }
}

/// What a field is called.
pub(super) fn label(field: &Part) -> String {
    let key = match field {
        Part::Explored => "diagnosis-explored",
        Part::Impact => "diagnosis-impact",
        Part::Priority => "diagnosis-priority",
        Part::Strength => "diagnosis-strength",
        Part::Analysis => "diagnosis-analysis",
        Part::Says => "diagnosis-says",
        Part::Situation(code) => {
            return situations()
                .iter()
                .find(|one| one.code == *code)
                .map(|one| one.label_fr.clone())
                .unwrap_or_default();
        }
        Part::Objective(code) => {
            return objectives()
                .iter()
                .find(|one| one.code == *code)
                .map(|one| one.label_fr.clone())
                .unwrap_or_default();
        }
    };
    t(key).to_string()
}

/// What is read by who does not write.
fn facts(file: &ThemeFile) -> Vec<(String, Vec<String>)> {
    let labels = |codes: Vec<&str>, of: fn(String) -> Part| -> Vec<String> {
        codes.into_iter().map(|code| label(&of(code.to_owned()))).collect()
    };
    let words_of = |field: &Part| said(field, file.field(field).value());
    let all = [
        (t("diagnosis-situations").to_string(), labels(file.situations(), Part::Situation)),
        (label(&Part::Impact), words_of(&Part::Impact)),
        (label(&Part::Priority), words_of(&Part::Priority)),
        (t("diagnosis-objectives").to_string(), labels(file.objectives(), Part::Objective)),
        (label(&Part::Strength), words_of(&Part::Strength)),
        (label(&Part::Analysis), words_of(&Part::Analysis)),
    ];
    all.into_iter().filter(|(_, told)| !told.is_empty()).collect()
}

/// Who makes the form of a theme.
struct Writer<'a> {
    visit: &'a Visit,
    file: &'a ThemeFile,
    base: &'a str,
    again: &'a Again,
    /// One's own words are a field.
    open: bool,
}

impl Writer<'_> {
    fn form(&self) -> ThemeForm {
        let theme = self.file.theme;
        let own = self.file.own.as_ref();
        let level = match &self.again.typed {
            Some(form) if form.has("level") => form.get("level").to_owned(),
            _ => own.map(|own| own.level.code().to_owned()).unwrap_or_default(),
        };
        let levels = own.map(|own| own.levels.as_slice()).unwrap_or_default();
        let wider = own.map(|own| own.wider.as_slice()).unwrap_or_default();
        ThemeForm {
            action: format!("{}/themes/{}", self.base, theme.code),
            errors: self.again.errors.clone(),
            anyway: self.again.anyway.then(|| t("diagnosis-anyway").to_string()),
            confirm: self.again.confirm.then(|| t("diagnosis-confirm").to_string()),
            bases: self.bases(),
            explored: self.tick(&Part::Explored, String::new()),
            situations: self.situations(),
            objectives: self.objectives(),
            impact: self.one_of(
                &Part::Impact,
                Impact::ALL
                    .iter()
                    .map(|one| (one.code(), words::diagnosis::impact(*one), one.meaning(theme).to_owned())),
            ),
            priority: self.one_of(
                &Part::Priority,
                Priority::ALL.iter().map(|one| (one.code(), words::diagnosis::priority(*one), String::new())),
            ),
            strength: self.text(&Part::Strength, "diagnosis-strength-hint"),
            analysis: self.text(&Part::Analysis, "diagnosis-analysis-hint"),
            says: self.text(&Part::Says, "diagnosis-says-hint"),
            levels: levels.iter().map(|one| Choice::new(one.code(), words::level(*one), &level)).collect(),
            wider: wider
                .iter()
                .map(|(level, until)| {
                    t("notes-wider")
                        .s("level", words::level(*level))
                        .s("until", seen(self.visit, Some(*until)))
                        .to_string()
                })
                .collect(),
        }
    }

    fn held(&self, field: &Part) -> Held {
        match &self.file.own {
            Some(own) if field.is_own() => own.held.clone(),
            _ => self.file.field(field),
        }
    }

    /// Every field that the form shows, with what it starts from.
    fn bases(&self) -> Vec<(String, String)> {
        let theme = &self.file.theme.code;
        let situated = self.situations().into_iter().map(|one| one.name);
        let aimed = self.objectives().into_iter().map(|one| one.name);
        let plain =
            [Part::Explored, Part::Impact, Part::Priority, Part::Strength, Part::Analysis, Part::Says];
        plain
            .iter()
            .map(|part| format!("{FIELD}{part}"))
            .chain(situated)
            .chain(aimed)
            .filter_map(|name| {
                let code = name.strip_prefix(FIELD)?.to_owned();
                let held = self.held(&Part::parse(theme, &code)?);
                let name = format!("{BASE}{code}");
                let sent =
                    self.again.typed.as_ref().filter(|form| form.has(&name)).map(|form| form.get(&name));
                let kept = held.base().map(|id| id.to_string()).unwrap_or_default();
                let written = self.again.bases.get(&code).cloned();
                let value = written.unwrap_or_else(|| sent.map_or(kept, str::to_owned));
                (!held.is_conflict() || sent.is_some()).then_some((name, value))
            })
            .collect()
    }

    /// What a field shows: what was typed, or what is kept.
    fn value(&self, field: &Part) -> String {
        let code = field.code();
        match &self.again.typed {
            Some(form) if form.has(&format!("{BASE}{code}")) => {
                form.get(&format!("{FIELD}{code}")).to_owned()
            }
            _ => self.held(field).value().to_owned(),
        }
    }

    fn tick(&self, field: &Part, note: String) -> TickBox {
        TickBox {
            name: format!("{FIELD}{field}"),
            label: label(field),
            checked: self.value(field) == YES,
            note,
            conflict: self.conflict(field),
        }
    }

    /// The situations of the theme that are the writer's to see; one that stands stays, even retired.
    fn situations(&self) -> Vec<TickBox> {
        let offered = self.file.own.as_ref().map(|own| own.levels.as_slice()).unwrap_or_default();
        let here = situations().iter().filter(|one| one.theme == self.file.theme.code);
        here.filter_map(|one| {
            let field = Part::Situation(one.code.clone());
            let stands = self.file.is(&field);
            let shown = offered.contains(&field.level()) && (one.active || stands);
            let note = match one.nature {
                Nature::Resource => t("diagnosis-resource").to_string(),
                Nature::Obstacle | Nature::Neutral => String::new(),
            };
            shown.then(|| self.tick(&field, note))
        })
        .collect()
    }

    /// The objectives of the theme: those that the situations lead to first.
    fn objectives(&self) -> Vec<TickBox> {
        let led = suggest::objectives(&self.file.situations());
        let rank = |code: &str| led.iter().position(|one| one.code == code).unwrap_or(usize::MAX);
        let mut here: Vec<_> = objectives()
            .iter()
            .filter(|one| one.theme == self.file.theme.code)
            .filter(|one| one.active || self.file.is(&Part::Objective(one.code.clone())))
            .collect();
        here.sort_by_key(|one| rank(&one.code));
        here.into_iter()
            .map(|one| {
                let led = rank(&one.code) != usize::MAX;
                let note = if led { t("diagnosis-led").to_string() } else { String::new() };
                self.tick(&Part::Objective(one.code.clone()), note)
            })
            .collect()
    }

    fn one_of(&self, field: &Part, all: impl Iterator<Item = (&'static str, String, String)>) -> OneOf {
        let value = self.value(field);
        OneOf {
            name: format!("{FIELD}{field}"),
            legend: label(field),
            choices: all
                .map(|(code, word, meaning)| (code.to_owned(), word, meaning, code == value))
                .collect(),
            conflict: self.conflict(field),
        }
    }

    fn text(&self, field: &Part, hint: &str) -> TextField {
        let name = format!("{FIELD}{field}");
        TextField {
            label: label(field),
            hint: t(hint).to_string(),
            value: self.value(field),
            error: FieldError::of(&self.again.errors, &name),
            conflict: self.conflict(field),
            name,
        }
    }

    fn conflict(&self, field: &Part) -> Option<Conflict> {
        let held = self.held(field);
        held.is_conflict().then(|| Conflict {
            field: field.code(),
            label: label(field),
            versions: held.heads.iter().map(|one| (one.id.to_string(), self.told(field, one))).collect(),
            text: field.is_text(),
            action: format!("{}/themes/{}/choix", self.base, self.file.theme.code),
        })
    }

    fn told(&self, field: &Part, version: &Version) -> TextView {
        let somebody = || t("diagnosis-somebody").to_string();
        let by = if version.mine {
            t("diagnosis-me").to_string()
        } else {
            version.by.clone().unwrap_or_else(somebody)
        };
        let told = said(field, &version.value);
        TextView {
            label: String::new(),
            lines: if told.is_empty() { vec![t("diagnosis-emptied").to_string()] } else { told },
            by: t("diagnosis-by").s("name", by).s("when", seen(self.visit, Some(version.at))).to_string(),
            level: String::new(),
            class: String::new(),
        }
    }

    /// What each keeps in their own words; one's own is a field of the form, and is read here once one does not write any more.
    fn words(&self) -> Vec<TextView> {
        let one = |level: Level, version: &Version| TextView {
            level: words::level(level),
            class: class(level),
            ..self.told(&Part::Says, version)
        };
        let own = self.file.own.as_ref().filter(|_| !self.open);
        let own = own.into_iter().flat_map(|own| own.held.heads.iter().map(|head| (own.level, head)));
        let mine = own.filter(|(_, head)| !head.value.is_empty());
        let others = self.file.others.iter().map(|other| (other.level, &other.version));
        mine.chain(others).map(|(level, version)| one(level, version)).collect()
    }

    /// What was there before, the last first.
    fn history(&self) -> Vec<TextView> {
        let own = self.file.own.as_ref().map(|own| (&Part::Says, &own.held));
        let mut all: Vec<(&Part, &Version)> = self
            .file
            .fields
            .iter()
            .chain(own)
            .flat_map(|(field, held)| held.before.iter().map(move |one| (field, one)))
            .collect();
        all.sort_by_key(|(_, one)| std::cmp::Reverse((one.at, one.id)));
        all.into_iter()
            .take(HISTORY)
            .map(|(field, one)| TextView { label: label(field), ..self.told(field, one) })
            .collect()
    }
}
