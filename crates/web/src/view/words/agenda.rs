//! Words of appointments.

use chrono::Weekday;
use domain::agenda::appointment::{CancelledBy, Kind, Modality, Purpose, Status};
use domain::agenda::callback::HalfDay;
use domain::agenda::wave::Standing;

use super::super::parts::Tone;
use super::say;

/// Who receives whom: « En binôme ».
pub fn kind(kind: Kind) -> String {
    say(match kind {
        Kind::Individual => "words-appointment-individual",
        Kind::Pair => "words-appointment-pair",
        Kind::Collective => "words-appointment-collective",
    })
}

/// How people meet: « Sur place ».
pub fn modality(modality: Modality) -> String {
    say(match modality {
        Modality::InPerson => "words-modality-in-person",
        Modality::Phone => "words-modality-phone",
        Modality::Visit => "words-modality-visit",
    })
}

/// What a link is for, when the person chooses an hour.
pub fn link_chooses() -> String {
    say("words-link-choose")
}

/// What a link is for, when it is about one appointment.
pub fn link_manages() -> String {
    say("words-link-manage")
}

/// When somebody would like to be called: « Le matin ».
pub fn half_day(half_day: HalfDay) -> String {
    say(match half_day {
        HalfDay::Morning => "words-half-day-morning",
        HalfDay::Afternoon => "words-half-day-afternoon",
    })
}

/// Where somebody stands in a wave of invitations.
pub fn wave_standing(standing: Standing) -> String {
    say(match standing {
        Standing::Waiting => "words-wave-waiting",
        Standing::Invited => "words-wave-invited",
        Standing::Booked => "words-wave-booked",
        Standing::Unanswered => "words-wave-unanswered",
        Standing::LeftOut => "words-wave-left-out",
    })
}

/// Of several people: « En attente d’une place ».
pub fn wave_standings(standing: Standing) -> String {
    say(match standing {
        Standing::Waiting => "words-waves-waiting",
        Standing::Invited => "words-waves-invited",
        Standing::Booked => "words-waves-booked",
        Standing::Unanswered => "words-waves-unanswered",
        Standing::LeftOut => "words-waves-left-out",
    })
}

/// What it is for: « Premier rendez-vous ».
pub fn purpose(purpose: Purpose) -> String {
    say(match purpose {
        Purpose::Orientation => "words-purpose-orientation",
        Purpose::FirstMeeting => "words-purpose-first-meeting",
        Purpose::Diagnosis => "words-purpose-diagnosis",
        Purpose::Contract => "words-purpose-contract",
        Purpose::FollowUp => "words-purpose-follow-up",
        Purpose::Review => "words-purpose-review",
        Purpose::Workshop => "words-purpose-workshop",
        Purpose::Other => "words-purpose-other",
    })
}

/// By whom it was cancelled: « Par la personne ».
pub fn cancelled_by(by: CancelledBy) -> String {
    say(match by {
        CancelledBy::Person => "words-cancelled-person",
        CancelledBy::Professional => "words-cancelled-professional",
        CancelledBy::Structure => "words-cancelled-structure",
    })
}

/// « lundi ».
pub fn weekday(day: Weekday) -> String {
    say(match day {
        Weekday::Mon => "words-monday",
        Weekday::Tue => "words-tuesday",
        Weekday::Wed => "words-wednesday",
        Weekday::Thu => "words-thursday",
        Weekday::Fri => "words-friday",
        Weekday::Sat => "words-saturday",
        Weekday::Sun => "words-sunday",
    })
}

/// Where it stands, and what its colour says.
pub fn status(status: Status) -> (String, Tone) {
    let (key, tone) = match status {
        Status::Upcoming => ("words-appointment-upcoming", Tone::Accent),
        Status::Waiting => ("words-appointment-waiting", Tone::Info),
        Status::Attended => ("words-appointment-attended", Tone::Ok),
        Status::Excused => ("words-appointment-excused", Tone::Neutral),
        Status::Absent => ("words-appointment-absent", Tone::Soon),
        Status::Cancelled => ("words-appointment-cancelled", Tone::Neutral),
    };
    (say(key), tone)
}
