//! Invitations and agendas for calendars (RFC 5545, RFC 5546). Hours are UTC: a calendar shows them in its own zone, and no
//! list of time zones can be out of date.
//!
//! The caller gives a subject that names nobody: a calendar is shared, shown on a wall, read over a shoulder.

use chrono::{DateTime, Utc};
use icalendar::{Calendar, Class, Component, EventLike, EventStatus, Property};

/// Who made the file.
const PRODUCT: &str = "-//Déclic//Agenda//FR";

/// Something that takes an hour in a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The identifier, which never changes.
    pub uid: String,
    /// Grows with each change.
    pub sequence: u32,
    /// The beginning.
    pub start: DateTime<Utc>,
    /// The end.
    pub end: DateTime<Utc>,
    /// When it was last changed.
    pub stamp: DateTime<Utc>,
    /// The subject.
    pub summary: String,
    /// Where; may be empty.
    pub location: String,
}

/// What a calendar is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Take the event in, or its new hour.
    Request,
    /// Take it out.
    Cancel,
}

/// Who invites, and who is invited; each an e-mail address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parties {
    /// Who invites.
    pub organizer: Option<String>,
    /// Who is invited. Without an address an invitation is a publication: calendars refuse a request to nobody.
    pub attendee: Option<String>,
}

/// An invitation, its new hour, or its end.
pub fn invitation(event: &Event, method: Method, parties: &Parties) -> String {
    let word = match (method, &parties.attendee) {
        (Method::Cancel, _) => "CANCEL",
        (Method::Request, Some(_)) => "REQUEST",
        (Method::Request, None) => "PUBLISH",
    };
    let mut component = component(event);
    component.status(if method == Method::Cancel { EventStatus::Cancelled } else { EventStatus::Confirmed });
    if let Some(mail) = &parties.organizer {
        component.append_property(Property::new("ORGANIZER", format!("mailto:{mail}")));
    }
    if let Some(mail) = &parties.attendee {
        let mut attendee = Property::new("ATTENDEE", format!("mailto:{mail}"));
        attendee.add_parameter("ROLE", "REQ-PARTICIPANT").add_parameter("PARTSTAT", "NEEDS-ACTION");
        component.append_property(attendee.done());
    }
    let mut calendar = calendar();
    calendar.append_property(Property::new("METHOD", word));
    calendar.push(component);
    calendar.to_string()
}

/// An agenda to follow.
pub fn feed(events: &[Event]) -> String {
    let mut calendar = calendar();
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    for event in events {
        let mut component = component(event);
        component.status(EventStatus::Confirmed);
        calendar.push(component);
    }
    calendar.to_string()
}

fn calendar() -> Calendar {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", PRODUCT));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar
}

fn component(event: &Event) -> icalendar::Event {
    let mut component = icalendar::Event::new();
    component
        .uid(&event.uid)
        .sequence(event.sequence)
        .timestamp(event.stamp)
        .starts(event.start)
        .ends(event.end)
        .summary(&event.summary)
        .class(Class::Private);
    if !event.location.is_empty() {
        component.location(&event.location);
    }
    component.done()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event() -> Event {
        Event {
            uid: "0198b3@55.declic".to_owned(),
            sequence: 2,
            start: "2026-11-26T09:00:00Z".parse().unwrap(),
            end: "2026-11-26T09:45:00Z".parse().unwrap(),
            stamp: "2026-11-20T10:00:00Z".parse().unwrap(),
            summary: "Rendez-vous".to_owned(),
            location: "Maison, 3 rue du Port; Bar-le-Duc".to_owned(),
        }
    }

    fn parties() -> Parties {
        Parties {
            organizer: Some("agenda@55.demo.test".to_owned()),
            attendee: Some("a@exemple.fr".to_owned()),
        }
    }

    #[test]
    fn an_invitation_and_its_end_have_the_same_identifier() {
        insta::assert_snapshot!(invitation(&event(), Method::Request, &parties()));
        let end = invitation(&Event { sequence: 3, ..event() }, Method::Cancel, &parties());
        for line in ["METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:3", "UID:0198b3@55.declic"] {
            assert!(end.lines().any(|found| found == line), "{line} in {end}");
        }
    }

    #[test]
    fn without_anybody_invited_it_is_a_publication() {
        let alone = invitation(&event(), Method::Request, &Parties::default());
        assert!(alone.contains("METHOD:PUBLISH\r\n") && !alone.contains("ATTENDEE"), "{alone}");
    }

    #[test]
    fn a_text_cannot_leave_its_line() {
        let sly = Event { location: "Salle\r\nATTENDEE:mailto:x@y.fr".to_owned(), ..event() };
        let text = feed(&[sly]);
        assert!(text.lines().all(|line| !line.starts_with("ATTENDEE")), "{text}");
        assert!(text.lines().all(|line| line.len() <= 75), "{text}");
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 1);
    }
}
