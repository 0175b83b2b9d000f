//! What is typed of opening hours, and its fields.

use std::collections::BTreeSet;

use app::agenda::{OpeningInput, Site};
use chrono::{NaiveDate, NaiveTime};
use domain::agenda::appointment::Modality;
use domain::agenda::opening::{Opening, OpeningError, Weekdays};

use super::super::rows::t;
use crate::form::Form;
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::form_page::{Tick, Ticks};
use crate::view::words::agenda as words;

/// What was typed in the form.
#[derive(Debug, Default)]
pub(super) struct Typed {
    days: Vec<String>,
    ways: Vec<String>,
    site: String,
    room: String,
    from: String,
    to: String,
    minutes: String,
    buffer: String,
    every: String,
    since: String,
    until: String,
    most: String,
    except: String,
}

impl Typed {
    /// What a new opening begins with.
    pub(super) fn new(today: NaiveDate) -> Self {
        Self {
            ways: vec![Modality::InPerson.code().to_owned(), Modality::Phone.code().to_owned()],
            from: "09:00".to_owned(),
            to: "12:00".to_owned(),
            minutes: "45".to_owned(),
            buffer: "15".to_owned(),
            every: "1".to_owned(),
            since: today.to_string(),
            ..Self::default()
        }
    }

    /// What is known of an opening.
    pub(super) fn of(site: uuid::Uuid, room: Option<uuid::Uuid>, ways: &[Modality], rule: &Opening) -> Self {
        let text = |number: u16| number.to_string();
        Self {
            days: rule.weekdays.days().iter().map(|day| day.num_days_from_monday().to_string()).collect(),
            ways: ways.iter().map(|way| way.code().to_owned()).collect(),
            site: site.to_string(),
            room: room.map(|room| room.to_string()).unwrap_or_default(),
            from: rule.from.format("%H:%M").to_string(),
            to: rule.to.format("%H:%M").to_string(),
            minutes: text(rule.minutes),
            buffer: text(rule.buffer_minutes),
            every: text(rule.every_weeks),
            since: rule.since.to_string(),
            until: rule.until.map(|day| day.to_string()).unwrap_or_default(),
            most: rule.daily_maximum.map(text).unwrap_or_default(),
            except: rule
                .exceptions
                .iter()
                .map(|day| day.format("%d/%m/%Y").to_string())
                .collect::<Vec<_>>()
                .join(", "),
        }
    }

    /// Reads the form.
    pub(super) fn read(form: &Form) -> Self {
        let word = |name: &str| form.get(name).trim().to_owned();
        Self {
            days: form.all("day").to_vec(),
            ways: form.all("way").to_vec(),
            site: word("site"),
            room: word("room"),
            from: word("from"),
            to: word("to"),
            minutes: word("minutes"),
            buffer: word("buffer"),
            every: word("every"),
            since: word("since"),
            until: word("until"),
            most: word("most"),
            except: word("except"),
        }
    }

    /// What it makes, or the field at fault.
    pub(super) fn input(&self) -> Result<OpeningInput, FieldError> {
        let said = |field: &str, text: String| FieldError { field: field.to_owned(), text };
        let rule = |field: &str, error: OpeningError| said(field, error.to_string());
        let date = |field: &str, text: &str| {
            text.parse::<NaiveDate>().map_err(|_| said(field, t("settings-wrong-date").to_string()))
        };
        let hour = |field: &str, text: &str| {
            NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| rule(field, OpeningError::Times))
        };
        let number = |field: &str, text: &str, error| text.parse::<u16>().map_err(|_| rule(field, error));
        let opening = Opening {
            weekdays: self.weekdays(),
            from: hour("from", &self.from)?,
            to: hour("to", &self.to)?,
            every_weeks: number("every", &self.every, OpeningError::Every)?,
            since: date("since", &self.since)?,
            until: if self.until.is_empty() { None } else { Some(date("until", &self.until)?) },
            minutes: number("minutes", &self.minutes, OpeningError::Length)?,
            buffer_minutes: number("buffer", &self.buffer, OpeningError::Buffer)?,
            daily_maximum: match self.most.as_str() {
                "" => None,
                text => Some(number("most", text, OpeningError::Maximum)?),
            },
            exceptions: self
                .exceptions()
                .ok_or_else(|| said("except", t("agenda-wrong-except").to_string()))?,
        };
        opening.check().map_err(|error| rule(field_of(error), error))?;
        Ok(OpeningInput {
            site: self.site.parse().map_err(|_| said("site", t("agenda-wrong-site").to_string()))?,
            room: self.room.parse().ok(),
            opening,
            modalities: self.ways.iter().filter_map(|way| Modality::parse(way)).collect(),
        })
    }

    fn weekdays(&self) -> Weekdays {
        let chosen = |day: &chrono::Weekday| self.days.contains(&day.num_days_from_monday().to_string());
        Weekdays::of(&Weekdays::ALL.into_iter().filter(chosen).collect::<Vec<_>>())
    }

    fn exceptions(&self) -> Option<BTreeSet<NaiveDate>> {
        let words = self.except.split(|c: char| c == ',' || c == ';' || c.is_whitespace());
        let read = |word: &str| {
            NaiveDate::parse_from_str(word, "%d/%m/%Y").or_else(|_| word.parse::<NaiveDate>()).ok()
        };
        words.filter(|word| !word.is_empty()).map(read).collect()
    }

    /// The days of the week.
    pub(super) fn days(&self) -> Ticks {
        let boxes = Weekdays::ALL.map(|day| {
            let value = day.num_days_from_monday().to_string();
            Tick { checked: self.days.contains(&value), label: words::weekday(day), value }
        });
        Ticks {
            legend: t("agenda-weekdays").to_string(),
            hint: String::new(),
            name: "day",
            boxes: boxes.to_vec(),
        }
    }

    /// How one may meet.
    pub(super) fn ways(&self) -> Ticks {
        let tick = |way: &Modality| Tick {
            value: way.code().to_owned(),
            label: words::modality(*way),
            checked: self.ways.iter().any(|one| one == way.code()),
        };
        Ticks {
            legend: t("agenda-how").to_string(),
            hint: String::new(),
            name: "way",
            boxes: Modality::ALL.iter().map(tick).collect(),
        }
    }

    /// Place and hours.
    pub(super) fn fields(&self, sites: &[Site], today: NaiveDate, errors: &[FieldError]) -> Vec<Field> {
        let open: Vec<&Site> = sites.iter().filter(|one| one.is_open_on(today)).collect();
        let places = open.iter().map(|one| Choice::new(&one.id.to_string(), one.name.clone(), &self.site));
        let mut rooms = vec![Choice::new("", t("agenda-no-room").to_string(), &self.room)];
        for site in &open {
            rooms.extend(
                site.rooms.iter().filter(|room| room.closed_on.is_none_or(|last| today <= last)).map(
                    |room| {
                        Choice::new(&room.id.to_string(), format!("{}, {}", site.name, room.name), &self.room)
                    },
                ),
            );
        }
        let field = |kind, name: &str, key: &str, value: &str| {
            Field::new(kind, name, t(key).to_string()).value(value).error(FieldError::of(errors, name))
        };
        vec![
            Field::select("site", t("agenda-place").to_string(), places.collect())
                .error(FieldError::of(errors, "site")),
            Field::select("room", t("agenda-room").to_string(), rooms).error(FieldError::of(errors, "room")),
            field(FieldKind::Time, "from", "agenda-begins", &self.from),
            field(FieldKind::Time, "to", "agenda-ends", &self.to),
            field(FieldKind::Text, "minutes", "agenda-minutes", &self.minutes),
            field(FieldKind::Text, "buffer", "agenda-buffer", &self.buffer),
        ]
    }

    /// What is rarely changed.
    pub(super) fn more(&self, errors: &[FieldError]) -> Vec<Field> {
        let field = |kind, name: &str, key: &str, value: &str| {
            Field::new(kind, name, t(key).to_string()).value(value).error(FieldError::of(errors, name))
        };
        let optional = |field: Field| Field { optional: true, ..field };
        vec![
            field(FieldKind::Text, "every", "agenda-every", &self.every)
                .hint(t("agenda-every-hint").to_string()),
            field(FieldKind::Date, "since", "agenda-since", &self.since),
            optional(field(FieldKind::Date, "until", "agenda-until", &self.until)),
            optional(field(FieldKind::Text, "most", "agenda-most", &self.most)),
            optional(
                field(FieldKind::Textarea, "except", "agenda-except", &self.except)
                    .hint(t("agenda-except-hint").to_string()),
            ),
        ]
    }
}

fn field_of(error: OpeningError) -> &'static str {
    match error {
        OpeningError::Weekdays => "day",
        OpeningError::Times | OpeningError::TooShort => "to",
        OpeningError::Length => "minutes",
        OpeningError::Buffer => "buffer",
        OpeningError::Every => "every",
        OpeningError::Maximum => "most",
        OpeningError::Dates => "until",
    }
}
