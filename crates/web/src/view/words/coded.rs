//! Words of the database, as they are kept, in the words of the screen; nothing for one that this version does not know.

use domain::access::exceptional::Motive;
use domain::access::proposal::{self, Shared};
use domain::access::visibility::Level;
use domain::agenda::appointment::{CancelledBy, Kind as AppointmentKind, Modality, Purpose, Status};
use domain::agenda::callback::HalfDay;
use domain::audit::Act;
use domain::engagement::{contract, terms};
use domain::followup::path::PathState;
use domain::followup::{act, contact, due};
use domain::intake::delta::Change;
use domain::intake::flux::RightState;
use domain::intake::matching::Doubt;
use domain::orientation::queue::Attempt;
use domain::orientation::{referral, rules};
use domain::people::contact::{Channel, Consent, Kind, LANGUAGES, Phone};
use domain::people::transfer::{Direction, Standing};
use domain::privacy::document::{Format, Kind as DocumentKind};
use domain::privacy::rights::{Reply, Right};
use domain::programmes::course;

use super::say;
use crate::i18n::{Lang, text};

/// By which channel somebody is written to.
pub fn message_channel(code: &str) -> Option<String> {
    domain::messages::channel::Channel::parse(code).map(super::messages::channel)
}

/// Where a message stands.
pub fn message_state(code: &str) -> Option<String> {
    domain::messages::state::State::parse(code).map(|state| super::messages::state(state).label)
}

/// The state of a right.
pub fn right(code: &str) -> Option<String> {
    RightState::parse(code).map(|state| super::right(Some(state)).0)
}

/// Where somebody stands on the path.
pub fn state(code: &str) -> Option<String> {
    PathState::parse(code).map(super::state_name)
}

/// A step that is owed.
pub fn due_kind(code: &str) -> Option<String> {
    due::Kind::parse(code).map(super::due_kind)
}

/// A path that an orientation opens.
pub fn orientation_path(code: &str) -> Option<String> {
    rules::Path::parse(code).map(super::orientation_path)
}

/// The organisation in charge.
pub fn organisation(code: &str) -> Option<String> {
    rules::Organisation::parse(code).map(super::organisation)
}

/// How an attempt to reach somebody ended.
pub fn attempt(code: &str) -> Option<String> {
    Attempt::parse(code).map(super::attempt)
}

/// What was recorded of a path.
pub fn path_act(code: &str) -> Option<String> {
    act::Kind::parse(code).map(super::followup::act)
}

/// Why, with which result or answer.
pub fn path_reason(code: &str) -> Option<String> {
    act::Kind::ALL.iter().find_map(|kind| super::followup::of(*kind, code))
}

/// A programme.
pub fn programme(code: &str) -> Option<String> {
    domain::reference::catalogues::programme_name(code).map(str::to_owned)
}

/// What was recorded of a course.
pub fn course_act(code: &str) -> Option<String> {
    course::Kind::parse(code).map(super::programmes::course_act)
}

/// Why somebody was refused, paused or left.
pub fn course_reason(code: &str) -> Option<String> {
    course::Kind::ALL.iter().find_map(|kind| super::programmes::course_reason(*kind, code))
}

/// What kind of contract.
pub fn contract_nature(code: &str) -> Option<String> {
    terms::Nature::parse(code).map(super::engagement::nature)
}

/// Where a contract stands.
pub fn contract_stage(code: &str) -> Option<String> {
    let stage = contract::Stage::parse(code)?;
    Some(super::engagement::stage(stage, stage == contract::Stage::Signed, true).label)
}

/// What was recorded of a contract.
pub fn contract_act(code: &str) -> Option<String> {
    contract::Kind::parse(code).map(super::engagement::act)
}

/// Why a contract ended.
pub fn contract_end(code: &str) -> Option<String> {
    contract::EndReason::parse(code).map(super::engagement::end)
}

/// Who signs, one or several.
pub fn signatories(codes: &str) -> Option<String> {
    let one = |code: &str| contract::Signatory::parse(code).map(super::engagement::signatory);
    let all: Option<Vec<String>> = codes.split(',').map(one).collect();
    all.map(|all| all.join(", "))
}

/// How a signature was given.
pub fn signed(code: &str) -> Option<String> {
    contract::Means::parse(code).map(super::engagement::means)
}

/// What is committed to, and why there are fewer hours.
pub fn contract_text(kept: &str) -> Option<String> {
    let read: serde_json::Value = serde_json::from_str(kept).ok()?;
    let why = read.get("lighter").and_then(|code| terms::Lighter::parse(code.as_str()?));
    let mut lines: Vec<String> = why.map(super::engagement::lighter).into_iter().collect();
    for pair in read.get("commitments")?.as_array()? {
        let party = terms::Party::parse(pair.get(0)?.as_str()?)?;
        let who = super::say(match party {
            terms::Party::Person => "engagement-person",
            terms::Party::Organisation => "engagement-organisation",
        });
        lines.push(format!("{who} : {}", pair.get(1)?.as_str()?));
    }
    Some(lines.join("\n"))
}

/// How a contact was held.
pub fn means(code: &str) -> Option<String> {
    contact::Means::parse(code).map(super::programmes::means)
}

/// What came of it.
pub fn outcome(code: &str) -> Option<String> {
    contact::Outcome::parse(code).map(super::programmes::outcome)
}

/// What it was about.
pub fn contact_subject(code: &str) -> Option<String> {
    contact::Subject::parse(code).map(super::programmes::subject)
}

/// Why a decision is over.
pub fn decision_end(code: &str) -> Option<String> {
    match code {
        "replaced" => Some(say("words-decision-replaced")),
        "exited" => Some(say("words-decision-exited")),
        "transferred" => Some(say("words-decision-transferred")),
        _ => None,
    }
}

/// Which way somebody passed.
pub fn transfer_direction(code: &str) -> Option<String> {
    Some(say(match Direction::parse(code)? {
        Direction::Out => "words-transfer-out",
        Direction::In => "words-transfer-in",
    }))
}

/// Where a transfer stands.
pub fn transfer_standing(code: &str) -> Option<String> {
    Standing::parse(code).map(super::transfer_standing)
}

/// How a transfer ended.
pub fn transfer_end(code: &str) -> Option<String> {
    match code {
        "receipt" => Some(say("words-transfer-by-receipt")),
        "by_hand" => Some(say("words-transfer-by-hand")),
        "came_back" => Some(say("words-transfer-came-back")),
        _ => None,
    }
}

/// What an item that was received is.
pub fn transfer_kind(code: &str) -> Option<String> {
    super::transfer_kind(code)
}

/// What was received, without its keys.
pub fn transfer_body(text: &str) -> Option<String> {
    let item: app::people::transfer::Item = serde_json::from_str(text).ok()?;
    let facts = item.facts.iter().filter(|fact| fact.key != "dossier" && fact.key != "proposed");
    let told = facts.map(|fact| {
        let label = fact.label.clone().unwrap_or_else(|| super::transfer_fact(&fact.key));
        format!("{label} : {}", super::transfer_value(&fact.key, &fact.text))
    });
    let by = (!item.by.is_empty()).then(|| item.by.clone());
    Some(by.into_iter().chain(told).collect::<Vec<_>>().join(" ; "))
}

/// A département: « Meuse ».
pub fn department(code: &str) -> Option<String> {
    Some(app::people::transfer::department_name(code))
}

/// A way to reach somebody, or what they said of one.
pub fn contact(code: &str) -> Option<String> {
    Some(match Kind::parse(code)? {
        Kind::Phone => say("words-contact-phone"),
        Kind::Email => say("words-contact-email"),
        Kind::Address => say("words-contact-address"),
        Kind::Language => say("words-contact-language"),
        Kind::Consent(Channel::Call) => say("words-contact-call"),
        Kind::Consent(Channel::Voicemail) => say("words-contact-voicemail"),
        Kind::Consent(Channel::Sms) => say("words-contact-sms"),
        Kind::Consent(Channel::Email) => say("words-contact-mail"),
    })
}

/// A number as it is dialled, a language by its name, an answer as it is given.
pub fn contact_value(kept: &str) -> Option<String> {
    match Consent::parse(kept) {
        Some(Consent::Yes) => Some(say("journal-yes")),
        Some(Consent::No) => Some(say("journal-no")),
        None if LANGUAGES.contains(&kept) => Some(super::language(kept)),
        None => Phone::parse(kept).filter(|_| kept.starts_with('+')).map(|phone| phone.to_string()),
    }
}

/// Why a way to reach somebody is no longer used.
pub fn contact_end(code: &str) -> Option<String> {
    match code {
        "unusable" => Some(say("words-contact-unusable")),
        "replaced" => Some(say("words-contact-replaced")),
        _ => None,
    }
}

/// The side of a referent.
pub fn side(code: &str) -> Option<String> {
    match code {
        "social" => Some(say("words-path-social")),
        "employment" => Some(say("words-path-employment")),
        "both" => Some(say("words-side-both")),
        _ => None,
    }
}

/// What a movement of money is.
pub fn payment(code: &str) -> Option<String> {
    match code {
        "allocation" => Some(say("words-payment-allocation")),
        "debt_found" => Some(say("words-payment-debt-found")),
        "debt_transferred" => Some(say("words-payment-debt-transferred")),
        "debt_waived" => Some(say("words-payment-debt-waived")),
        "small_cancelled" => Some(say("words-payment-small-cancelled")),
        "cancelled" => Some(say("words-payment-cancelled")),
        _ => None,
    }
}

/// A label that the département gave.
pub fn label(code: &str) -> Option<String> {
    match code {
        "tag" => Some(say("words-label-tag")),
        "internal_id" => Some(say("words-label-number")),
        _ => None,
    }
}

/// What a document is about.
pub fn document(code: &str) -> Option<String> {
    DocumentKind::parse(code).map(super::document_kind)
}

/// Who sees a document.
pub fn visibility(code: &str) -> Option<String> {
    (code == "team").then(|| say("words-visibility-team"))
}

/// Who reads a text, told to the person it is about.
pub fn level(code: &str) -> Option<String> {
    match Level::parse(code)? {
        Level::Author => Some(say("words-level-author-alone")),
        other => Some(super::level(other)),
    }
}

/// What a structure sees of somebody proposed to it: « prénom, nom, téléphone ».
pub fn shared(shares: &[Shared]) -> String {
    let word = |one: &Shared| match one {
        Shared::Phone => "proposals-phone",
        Shared::Email => "proposals-email",
        Shared::Commune => "proposals-commune",
        Shared::Age => "proposals-age",
    };
    let keys = ["proposals-names"].into_iter().chain(shares.iter().map(word));
    keys.map(say).collect::<Vec<_>>().join(", ")
}

/// [`shared`], as the database keeps it.
pub fn shares(kept: &str) -> Option<String> {
    Some(shared(&Shared::split(kept)))
}

/// What a structure answered.
pub fn proposal_reply(code: &str) -> Option<String> {
    Some(match proposal::Reply::parse(code)? {
        proposal::Reply::Accepted => say("proposals-state-accepted"),
        proposal::Reply::Declined => say("proposals-state-declined"),
    })
}

/// How much an address to the platform presses.
pub fn referral_urgency(code: &str) -> Option<String> {
    Some(say(match referral::Urgency::parse(code)? {
        referral::Urgency::Ordinary => "referrals-ordinary",
        referral::Urgency::Urgent => "referrals-urgent",
    }))
}

/// When somebody would rather be called.
pub fn referral_moment(code: &str) -> Option<String> {
    Some(say(match referral::Moment::parse(code)? {
        referral::Moment::Any => "referrals-any",
        referral::Moment::Morning => "referrals-morning",
        referral::Moment::Noon => "referrals-noon",
        referral::Moment::Afternoon => "referrals-afternoon",
    }))
}

/// What who addressed somebody to the platform is answered.
pub fn referral_answer(code: &str) -> Option<String> {
    Some(say(match referral::Answer::parse(code)? {
        referral::Answer::Oriented => "referrals-oriented",
        referral::Answer::Followed => "referrals-followed",
        referral::Answer::Declined => "referrals-declined",
        referral::Answer::NotReached => "referrals-not-reached",
        referral::Answer::NotConcerned => "referrals-not-concerned",
    }))
}

/// Why somebody opened a file that is not theirs.
pub fn motive(code: &str) -> Option<String> {
    Motive::parse(code).map(|motive| motive.label_fr().to_owned())
}

/// The format of a document.
pub fn format(code: &str) -> Option<String> {
    Format::parse(code).map(|format| format.label_fr().to_owned())
}

/// What somebody asks about their data.
pub fn right_asked(code: &str) -> Option<String> {
    Right::parse(code).map(super::right_asked)
}

/// What was answered.
pub fn reply(code: &str) -> Option<String> {
    Reply::parse(code).map(super::reply)
}

/// Why one asked whether two records are one person.
pub fn doubt(code: &str) -> Option<String> {
    Doubt::parse(code).map(super::doubt)
}

/// What was decided.
pub fn review(code: &str) -> Option<String> {
    match code {
        "open" => Some(say("words-review-open")),
        "merged" => Some(say("words-review-merged")),
        "distinct" => Some(say("words-review-distinct")),
        _ => None,
    }
}

/// What a file changed.
pub fn change(code: &str) -> Option<String> {
    Change::parse(code).map(super::change_of_person)
}

/// A word by which somebody is found: one of their names, or how it sounds.
pub fn search_term(kept: &str) -> Option<String> {
    let (kind, word) = kept.split_once(':')?;
    let key = match kind {
        "n" => "words-term-name",
        "s" => "words-term-sound",
        _ => return None,
    };
    Some(text(Lang::Fr, key).s("word", word).to_string())
}

/// What was done.
pub fn act(code: &str) -> Option<String> {
    Act::parse(code).map(super::act)
}

/// What acted.
pub fn actor(code: &str) -> Option<String> {
    match code {
        "user" => Some(say("words-actor-user")),
        "token" => Some(say("words-actor-token")),
        "person" => Some(say("words-actor-person")),
        "system" => Some(say("words-actor-system")),
        _ => None,
    }
}

/// Who receives whom.
pub fn appointment_kind(code: &str) -> Option<String> {
    AppointmentKind::parse(code).map(super::agenda::kind)
}

/// How people meet.
pub fn modality(code: &str) -> Option<String> {
    Modality::parse(code).map(super::agenda::modality)
}

/// What an appointment is for.
pub fn purpose(code: &str) -> Option<String> {
    Purpose::parse(code).map(super::agenda::purpose)
}

/// Where an appointment stands.
pub fn appointment_status(code: &str) -> Option<String> {
    Status::parse(code).map(|status| super::agenda::status(status).0)
}

/// What a link lets its bearer do.
pub fn link_aim(code: &str) -> Option<String> {
    match code {
        "choose" => Some(say("words-link-choose")),
        "manage" => Some(say("words-link-manage")),
        _ => None,
    }
}

/// Where somebody stands in a wave of invitations.
pub fn wave_standing(code: &str) -> Option<String> {
    domain::agenda::wave::Standing::parse(code).map(super::agenda::wave_standing)
}

/// When somebody would like to be called.
pub fn half_day(code: &str) -> Option<String> {
    HalfDay::parse(code).map(super::agenda::half_day)
}

/// By whom it was cancelled.
pub fn cancelled_by(code: &str) -> Option<String> {
    CancelledBy::parse(code).map(super::agenda::cancelled_by)
}
