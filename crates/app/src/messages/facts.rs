//! What messages say, from what is known: one value for each variable of `catalogues/messages/variables.csv`.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use domain::agenda::appointment::{Modality, Purpose};
use domain::people::name::display;
use exchange::template::{Value, Values};

use super::words::Language;
use crate::Context;
use crate::agenda::Appointment;

/// Most characters of a place in a text message.
const SHORT_PLACE: usize = 26;

/// An appointment, in the time of the département.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Meeting {
    pub(crate) at: NaiveDateTime,
    pub(crate) minutes: i64,
    pub(crate) modality: Modality,
    pub(crate) purpose: Purpose,
    /// Name of the place; empty without one.
    pub(crate) site: String,
    /// Name and address of the place.
    pub(crate) place: String,
    /// How to come; may be empty.
    pub(crate) access: String,
    /// Who receives.
    pub(crate) with: String,
}

/// What a message may say of an appointment.
const OF_MEETING: [&str; 12] = [
    "appointment.date",
    "appointment.time",
    "appointment.short",
    "appointment.duration",
    "appointment.by_phone",
    "appointment.on_site",
    "appointment.with",
    "appointment.place",
    "appointment.place_short",
    "appointment.access",
    "appointment.bring",
    "appointment.purpose",
];

/// The values of a message that may be about an appointment: empty ones without any.
pub(crate) fn of_meeting(meeting: Option<&Meeting>, language: Language) -> Values {
    let mut values: Values = OF_MEETING.map(|name| (name, Value::Text(String::new()))).into();
    values.extend(meeting.into_iter().flat_map(|meeting| meeting.values(language)));
    values
}

impl Meeting {
    fn values(&self, language: Language) -> Values {
        let text = |text: &str| Value::Text(text.to_owned());
        let (visit, phone) =
            (language.of("Chez vous", "At your home"), language.of("au téléphone", "by phone"));
        let short = match self.modality {
            Modality::Visit => language.of("chez vous", "at your home").to_owned(),
            Modality::Phone => phone.to_owned(),
            Modality::InPerson => {
                self.site.chars().take(SHORT_PLACE).collect::<String>().trim_end().to_owned()
            }
        };
        let place = match self.modality {
            Modality::Visit => visit.to_owned(),
            Modality::InPerson | Modality::Phone => self.place.clone(),
        };
        let ask = language
            .of("appelez-nous, nous vous expliquons le chemin", "call us and we will explain the way");
        let bring = match self.modality {
            Modality::InPerson => language
                .of("une pièce d’identité, si vous en avez une", "an identity document, if you have one"),
            Modality::Phone => {
                language.of("votre téléphone, et de quoi écrire", "your phone, and something to write with")
            }
            Modality::Visit => language.of("rien de particulier", "nothing special"),
        };
        Values::from([
            ("appointment.date", Value::Text(language.day(self.at.date()))),
            ("appointment.time", Value::Text(language.time(self.at.time()))),
            ("appointment.short", Value::Text(language.short(self.at))),
            ("appointment.duration", Value::Text(language.minutes(self.minutes))),
            ("appointment.by_phone", Value::Flag(self.modality == Modality::Phone)),
            ("appointment.on_site", Value::Flag(self.modality == Modality::InPerson)),
            ("appointment.with", text(&self.with)),
            ("appointment.place", Value::Text(place)),
            ("appointment.place_short", Value::Text(short)),
            ("appointment.access", text(if self.access.is_empty() { ask } else { &self.access })),
            ("appointment.bring", text(bring)),
            ("appointment.purpose", text(language.purpose(self.purpose))),
        ])
    }
}

/// Everything that a message says, in no language yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Facts {
    /// What the département set, by variable.
    pub(crate) set: BTreeMap<&'static str, String>,
    /// First name and name.
    pub(crate) name: String,
    /// The postal address, line by line.
    pub(crate) address: Vec<String>,
    pub(crate) today: NaiveDate,
    pub(crate) reference: String,
    pub(crate) meeting: Option<Meeting>,
    /// What the person is invited for, where no appointment is made yet.
    pub(crate) purpose: Purpose,
    /// Who follows or receives the person.
    pub(crate) professional: String,
    /// Whether they do on the employment side; `None` = the service, nobody in particular.
    pub(crate) side: Option<bool>,
    /// Where to choose or change, and until when; `None` where there is nothing to choose.
    pub(crate) link: Option<String>,
    pub(crate) until: NaiveDate,
}

impl Facts {
    pub(crate) fn values(&self, language: Language) -> Values {
        let text = |text: &str| Value::Text(text.to_owned());
        let mut values: Values = self.set.iter().map(|(name, value)| (*name, text(value))).collect();
        let name = display(&self.name);
        values.extend([
            ("person.greeting", Value::Text(format!("{} {name}", language.of("Bonjour", "Dear")))),
            ("person.full_name", Value::Text(name)),
            ("person.address_block", Value::Text(self.address.join("\n"))),
            ("document.date", Value::Text(language.date(self.today))),
            ("document.reference", text(&self.reference)),
            ("professional.name", text(&self.professional)),
            (
                "professional.role",
                text(
                    self.side
                        .map_or(language.of("une personne de l’équipe", "somebody of the team"), |side| {
                            language.side(side)
                        }),
                ),
            ),
            (
                "professional.phone",
                text(self.set.get("sender.phone").map(String::as_str).unwrap_or_default()),
            ),
        ]);
        if let Some(link) = &self.link {
            values.extend([
                ("link.short", text(link)),
                ("link.expires", Value::Text(language.date(self.until))),
                ("link.expires_short", Value::Text(self.until.format("%d/%m").to_string())),
            ]);
        }
        values.extend(of_meeting(self.meeting.as_ref(), language));
        if self.meeting.is_none() {
            let place = language.of("à choisir avec le rendez-vous", "to be chosen with the appointment");
            values.insert("appointment.purpose", text(language.purpose(self.purpose)));
            values.insert("appointment.place", text(place));
        }
        values
    }
}

/// An appointment, as messages tell it.
pub(crate) fn meeting(ctx: &Context, one: &Appointment) -> Meeting {
    let site = one.site.as_ref();
    let place = site.map(|site| format!("{}, {}, {}", site.name, site.address, site.town()));
    Meeting {
        at: one.span.start.with_timezone(&ctx.department.timezone).naive_local(),
        minutes: (one.span.end - one.span.start).num_minutes(),
        modality: one.modality,
        purpose: one.purpose,
        site: site.map(|site| site.name.clone()).unwrap_or_default(),
        place: place.unwrap_or_default(),
        access: site.map(|site| site.access.trim_end_matches('.').to_owned()).unwrap_or_default(),
        with: one.hosts.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(", "),
    }
}
