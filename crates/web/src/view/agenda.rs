//! `/{department}/agenda`: days, weeks, places, the team, sessions, hours.

use askama::Template;

use super::form_page::Ticks;
use super::parts::{Chip, Empty, Fact, Field, FieldError, Link, Tag};
use super::shell::{NavItem, Shell};

/// An agenda: one's own, or a day in a place.
#[derive(Template)]
#[template(path = "agenda/agenda.html")]
pub struct Agenda {
    /// The frame.
    pub shell: Shell,
    /// The pages of the room.
    pub tabs: Vec<NavItem>,
    /// « Semaine du 23 novembre ».
    pub title: String,
    /// How much there is.
    pub lead: String,
    /// Day or week.
    pub views: Vec<Chip>,
    /// Before, today, after.
    pub moves: Vec<Link>,
    /// What can be done from here.
    pub actions: Vec<Link>,
    /// The days.
    pub days: Vec<DayBlock>,
    /// Nothing at all.
    pub empty: Option<Empty>,
}

/// A day.
#[derive(Debug, Clone)]
pub struct DayBlock {
    /// Id of its title.
    pub id: String,
    /// « Jeudi 26 novembre ».
    pub title: String,
    /// « 3 rendez-vous, 2 créneaux libres ».
    pub meta: String,
    /// What there is, by hour.
    pub rows: Vec<DayRow>,
}

/// Something at an hour.
#[derive(Debug, Clone)]
pub struct DayRow {
    /// `is-past`, `is-next`, `is-free`, or nothing.
    pub class: &'static str,
    /// For machines: `2026-11-26T09:00`.
    pub at: String,
    /// « 9 h 00 ».
    pub hour: String,
    /// « 45 min ».
    pub length: String,
    /// With whom, or what.
    pub who: Link,
    /// Where it stands.
    pub tags: Vec<Tag>,
    /// How, where, with whom.
    pub meta: String,
    /// Came, excused, absent: the form, when its hour has come.
    pub attendance: Option<AttendanceForm>,
}

/// The three words of an attendance.
#[derive(Debug, Clone)]
pub struct AttendanceForm {
    /// Where it is sent.
    pub action: String,
    /// Where one comes back.
    pub back: String,
    /// Value and word of each button.
    pub words: Vec<(&'static str, String)>,
    /// Of whom, for who hears the page.
    pub who: String,
}

/// The places.
#[derive(Template)]
#[template(path = "agenda/places.html")]
pub struct Places {
    /// The frame.
    pub shell: Shell,
    /// The pages of the room.
    pub tabs: Vec<NavItem>,
    /// The places.
    pub rows: Vec<PlaceRow>,
}

/// A place.
#[derive(Debug, Clone)]
pub struct PlaceRow {
    /// Its day.
    pub link: Link,
    /// Address and commune.
    pub address: String,
    /// How to come in; may be empty.
    pub access: String,
    /// The list of its reception.
    pub reception: String,
}

/// The list of the reception.
#[derive(Template)]
#[template(path = "agenda/reception.html")]
pub struct Reception {
    /// The frame.
    pub shell: Shell,
    /// The place.
    pub place: Link,
    /// The day, in words.
    pub day: String,
    /// Address and telephone.
    pub facts: Vec<Fact>,
    /// Who comes.
    pub rows: Vec<ReceptionRow>,
}

/// Somebody who comes.
#[derive(Debug, Clone)]
pub struct ReceptionRow {
    /// « 9 h 00 ».
    pub hour: String,
    /// Their name.
    pub who: String,
    /// Who receives, in which room.
    pub with: String,
    /// A telephone, or nothing.
    pub phone: String,
}

/// The team’s week.
#[derive(Template)]
#[template(path = "agenda/team.html")]
pub struct Team {
    /// The frame.
    pub shell: Shell,
    /// The pages of the room.
    pub tabs: Vec<NavItem>,
    /// « Semaine du 23 novembre ».
    pub title: String,
    /// Before, today, after.
    pub moves: Vec<Link>,
    /// Heads of the days.
    pub days: Vec<String>,
    /// The professionals.
    pub rows: Vec<TeamRow>,
}

/// A professional.
#[derive(Debug, Clone)]
pub struct TeamRow {
    /// Their name, to their hours.
    pub who: Link,
    /// For each day: what is booked, what is free, away.
    pub cells: Vec<TeamCell>,
}

/// A day of a professional.
#[derive(Debug, Clone, Default)]
pub struct TeamCell {
    /// « Lundi 23 », for narrow screens.
    pub label: String,
    /// Hours booked.
    pub booked: Vec<String>,
    /// « 2 libres », « absente »; may be empty.
    pub note: String,
}

/// The hours of a professional.
#[derive(Template)]
#[template(path = "agenda/hours.html")]
pub struct HoursPage {
    /// The frame.
    pub shell: Shell,
    /// The pages of the room.
    pub tabs: Vec<NavItem>,
    /// « Heures d’accueil de Julien Lahaye ».
    pub title: String,
    /// The other professionals whose hours one may set.
    pub others: Vec<Chip>,
    /// A new opening.
    pub add: String,
    /// The openings.
    pub openings: Vec<OpeningRow>,
    /// The absences.
    pub absences: Vec<AbsenceRow>,
    /// What is wrong with the absence that was typed.
    pub errors: Vec<FieldError>,
    /// Where an absence is sent.
    pub absence_action: String,
    /// The fields of an absence.
    pub fields: Vec<Field>,
    /// Whose hours these are, in the form.
    pub account: String,
    /// The secret feed; `None` for somebody else’s hours.
    pub feed: Option<FeedCard>,
}

/// An opening.
#[derive(Debug, Clone)]
pub struct OpeningRow {
    /// « Lundi et jeudi, 9 h 00 à 12 h 00 », to its form.
    pub link: Link,
    /// Where and how.
    pub place: String,
    /// Length, buffer, recurrence, dates.
    pub detail: String,
    /// Where its end is sent.
    pub end: String,
}

/// An absence.
#[derive(Debug, Clone)]
pub struct AbsenceRow {
    /// From when to when.
    pub words: String,
    /// Where its removal is sent.
    pub remove: String,
}

/// The secret feed.
#[derive(Debug, Clone)]
pub struct FeedCard {
    /// Since when; empty when there is none.
    pub since: String,
    /// Where a new one is asked.
    pub begin: String,
    /// Where it is taken away.
    pub end: String,
}

/// Sessions for several people.
#[derive(Template)]
#[template(path = "agenda/gatherings.html")]
pub struct Gatherings {
    /// The frame.
    pub shell: Shell,
    /// The pages of the room.
    pub tabs: Vec<NavItem>,
    /// A new one; `None` for who may only read.
    pub add: Option<String>,
    /// The sessions.
    pub rows: Vec<GatheringRow>,
}

/// A session.
#[derive(Debug, Clone)]
pub struct GatheringRow {
    /// Its title, to its page.
    pub link: Link,
    /// When.
    pub when: String,
    /// Where, with whom.
    pub place: String,
    /// « 8 sur 10 », « 3 attendent ».
    pub seats: String,
    /// « Annulée », « complète ».
    pub tags: Vec<Tag>,
}

/// One session.
#[derive(Template)]
#[template(path = "agenda/gathering.html")]
pub struct GatheringPage {
    /// The frame.
    pub shell: Shell,
    /// Its title.
    pub title: String,
    /// When.
    pub lead: String,
    /// « Annulée », « complète ».
    pub tags: Vec<Tag>,
    /// Where, with whom, how many seats.
    pub facts: Vec<Fact>,
    /// The people of it whom one sees.
    pub rows: Vec<DayRow>,
    /// Where its cancellation is sent; `None` when it cannot be cancelled.
    pub cancel: Option<String>,
}

/// One appointment.
#[derive(Template)]
#[template(path = "agenda/appointment.html")]
pub struct AppointmentPage {
    /// The frame.
    pub shell: Shell,
    /// Where one comes from.
    pub back: Link,
    /// « Rendez-vous de Maëlle Dorvault ».
    pub title: String,
    /// When.
    pub lead: String,
    /// Where it stands.
    pub tags: Vec<Tag>,
    /// What is known.
    pub facts: Vec<Fact>,
    /// What is wrong in a form.
    pub errors: Vec<FieldError>,
    /// Came, excused, absent.
    pub attendance: Option<AttendanceForm>,
    /// Another hour.
    pub moving: Option<SlotForm>,
    /// The end.
    pub cancel: Option<CancelForm>,
    /// The file for calendars.
    pub invitation: String,
}

/// The form that cancels.
#[derive(Debug, Clone)]
pub struct CancelForm {
    /// Where it is sent.
    pub action: String,
    /// By whom, why.
    pub fields: Vec<Field>,
    /// It came back.
    pub open: bool,
}

/// Slots to choose from.
#[derive(Debug, Clone)]
pub struct SlotForm {
    /// Where it is sent.
    pub action: String,
    /// The slots.
    pub slots: Vec<SlotChoice>,
    /// What goes with the choice.
    pub fields: Vec<Field>,
    /// What is sent besides.
    pub hidden: Vec<(String, String)>,
    /// The word of the button.
    pub submit: String,
    /// What is said when there is none.
    pub empty: Option<Empty>,
    /// It came back.
    pub open: bool,
}

/// A slot to choose.
#[derive(Debug, Clone)]
pub struct SlotChoice {
    /// What is sent.
    pub value: String,
    /// « jeu. 26 nov., 9 h 00 ».
    pub when: String,
    /// Where, with whom.
    pub place: String,
    /// Chosen.
    pub checked: bool,
}

/// Proposing an appointment to somebody.
#[derive(Template)]
#[template(path = "agenda/propose.html")]
pub struct Propose {
    /// The frame.
    pub shell: Shell,
    /// The person.
    pub back: Link,
    /// The title.
    pub title: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// This page again, with other filters.
    pub search_action: String,
    /// What is looked for.
    pub filters: Vec<Field>,
    /// What goes with it.
    pub kept: Vec<(String, String)>,
    /// What is found.
    pub form: SlotForm,
    /// An hour of one’s own.
    pub free: FreeForm,
    /// Sessions that the person may join.
    pub sessions: Vec<SessionChoice>,
    /// Where a seat is asked.
    pub join_action: String,
}

/// An hour outside of the slots.
#[derive(Debug, Clone)]
pub struct FreeForm {
    /// Its fields.
    pub fields: Vec<Field>,
    /// It came back with something wrong.
    pub open: bool,
}

/// A session that somebody may join.
#[derive(Debug, Clone)]
pub struct SessionChoice {
    /// What is sent.
    pub value: String,
    /// What it is called.
    pub title: String,
    /// When, where, how many seats are left.
    pub meta: String,
    /// « Inscrire », « Mettre en attente ».
    pub go: String,
}

/// A form of opening hours: days to tick, ways to meet to tick.
#[derive(Template)]
#[template(path = "agenda/opening.html")]
pub struct OpeningForm {
    /// The frame.
    pub shell: Shell,
    /// Where one comes from.
    pub back: Link,
    /// The title.
    pub title: String,
    /// Where it is sent.
    pub action: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// The days of the week, and how one may meet.
    pub ticks: Vec<Ticks>,
    /// Place, hours.
    pub fields: Vec<Field>,
    /// What is rarely changed.
    pub more: Vec<Field>,
    /// Whose hours these are.
    pub account: String,
}

/// The places, in settings.
#[derive(Template)]
#[template(path = "agenda/sites.html")]
pub struct Sites {
    /// The frame.
    pub shell: Shell,
    /// The pages of settings.
    pub tabs: Vec<NavItem>,
    /// The places.
    pub rows: Vec<SiteRow>,
}

/// A place, in settings.
#[derive(Debug, Clone)]
pub struct SiteRow {
    /// Its name, to its form.
    pub link: Link,
    /// Address and commune.
    pub address: String,
    /// Its territory.
    pub territory: String,
    /// How many rooms.
    pub rooms: String,
    /// « fermé ».
    pub tags: Vec<Tag>,
}

/// A place and its rooms, in settings.
#[derive(Template)]
#[template(path = "agenda/site.html")]
pub struct SitePage {
    /// The frame.
    pub shell: Shell,
    /// Its name, or « Ajouter un lieu ».
    pub title: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// Where the place is sent.
    pub action: String,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Its rooms: name and seats.
    pub rooms: Vec<Fact>,
    /// Where a room is sent; `None` for a new place.
    pub room_action: Option<String>,
    /// The fields of a room.
    pub room_fields: Vec<Field>,
}

/// Tab « Rendez-vous » of a person.
#[derive(Template)]
#[template(path = "people/person_appointments.html")]
pub struct PersonAppointments {
    /// The frame.
    pub shell: Shell,
    /// The top.
    pub head: super::person::PersonHead,
    /// Those to come, the nearest first.
    pub coming: Vec<DayRow>,
    /// Those past or cancelled, the latest first.
    pub past: Vec<DayRow>,
    /// Where one proposes an appointment, and gives a link; `None` for who may only read.
    pub propose: Option<(String, String)>,
    /// The calls that they asked for, the last first.
    pub calls: Vec<super::booking::CallbackLine>,
}
