//! Links by which people book by themselves, and the calls that they ask for: the public page, and those of professionals.

use askama::Template;

use super::agenda::SlotChoice;
use super::form::{Field, FieldError};
use super::parts::{Chip, Fact, Link, Tag};
use super::shell::{NavItem, Shell};

/// `/{department}/public/rendez-vous/{token}`: choose an hour, see, move or cancel, ask to be called.
#[derive(Template)]
#[template(path = "public/booking.html")]
pub struct Booking {
    /// The frame; in the language asked for.
    pub shell: Shell,
    /// « Choisissez votre rendez-vous ».
    pub title: String,
    /// To whom, and what happened or is to be done.
    pub lead: String,
    /// Said besides: a call was asked for.
    pub notice: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// Where every form is sent.
    pub action: String,
    /// When, where, with whom; empty when there is no appointment.
    pub facts: Vec<Fact>,
    /// Move, cancel, be called.
    pub links: Vec<Link>,
    /// Hours to choose from.
    pub choose: Option<Choosing>,
    /// It is asked whether to cancel; where one goes back.
    pub cancel: Option<String>,
    /// A call may be asked for here.
    pub call: Option<Calling>,
    /// How to reach the service.
    pub reach: Vec<Fact>,
}

/// Hours to choose from.
#[derive(Debug, Clone)]
pub struct Choosing {
    /// Title of the part; empty when that of the page says it.
    pub title: String,
    /// `book` or `move`.
    pub does: &'static str,
    /// What the form sends besides.
    pub hidden: Vec<(String, String)>,
    /// One place or all.
    pub places: Vec<Chip>,
    /// The days.
    pub days: Vec<SlotDay>,
    /// How, when there is a choice.
    pub fields: Vec<Field>,
    /// The button.
    pub submit: String,
    /// First days, next days.
    pub moves: Vec<Link>,
}

/// The hours of a day.
#[derive(Debug, Clone)]
pub struct SlotDay {
    /// « Vendredi 27 novembre ».
    pub title: String,
    /// Its hours.
    pub slots: Vec<SlotChoice>,
    /// All the hours of that day.
    pub more: Option<Link>,
}

/// The form by which a call is asked for.
#[derive(Debug, Clone)]
pub struct Calling {
    /// Title of the part; empty when that of the page says it.
    pub title: String,
    /// When, on which telephone.
    pub fields: Vec<Field>,
    /// What the form sends besides.
    pub hidden: Vec<(String, String)>,
    /// Where one goes back; empty when there is nothing else.
    pub back: Option<Link>,
}

/// A link that does not work, whyever.
#[derive(Template)]
#[template(path = "public/booking_gone.html")]
pub struct BookingGone {
    /// The frame; in the language asked for.
    pub shell: Shell,
    /// How to reach the service.
    pub reach: Vec<Fact>,
}

/// `/{department}/personnes/{id}/rendez-vous/lien`: give a person a link.
#[derive(Template)]
#[template(path = "agenda/link.html")]
pub struct GiveLink {
    /// The frame.
    pub shell: Shell,
    /// The person, to their appointments.
    pub back: Link,
    /// « Un lien pour Léa Bertin ».
    pub title: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// The link that was just made: address, and until when.
    pub given: Option<(String, String)>,
    /// Where the form is sent.
    pub action: String,
    /// What it allows.
    pub fields: Vec<Field>,
    /// Those that work.
    pub links: Vec<LinkLine>,
}

/// A link that works.
#[derive(Debug, Clone)]
pub struct LinkLine {
    /// What the form that ends it sends.
    pub id: String,
    /// What it is for.
    pub what: String,
    /// By whom and when it was made, until when it works.
    pub meta: String,
}

/// `/{department}/rappels`: the calls that people asked for.
#[derive(Template)]
#[template(path = "agenda/callbacks.html")]
pub struct Callbacks {
    /// The frame.
    pub shell: Shell,
    /// The pages of the room.
    pub tabs: Vec<NavItem>,
    /// How many.
    pub lead: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// Those that the reader owes, then the others of the team.
    pub groups: Vec<(String, Vec<CallbackLine>)>,
}

/// A call that was asked for.
#[derive(Debug, Clone)]
pub struct CallbackLine {
    /// The person, to their file when it opens.
    pub who: Link,
    /// In the queue, late.
    pub tags: Vec<Tag>,
    /// « L’après-midi. « Après 16 h » ».
    pub when: String,
    /// The number, to be dialled; may be empty.
    pub phone: String,
    /// When it was asked, by whom it is owed.
    pub meta: String,
    /// Where the answer is sent; `None` once it was given.
    pub action: Option<String>,
    /// What came of it.
    pub field: Field,
}
