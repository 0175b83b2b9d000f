//! Words of what is written to people.

use domain::messages::channel::Channel;
use domain::messages::state::State;

use super::super::parts::{Tag, Tone};
use super::say;

/// By which channel, at the beginning of a line: « Courriel ».
pub fn channel_title(channel: Channel) -> String {
    say(match channel {
        Channel::Email => "words-by-email-title",
        Channel::Sms => "words-by-sms",
        Channel::Letter => "words-by-letter-title",
    })
}

/// By which channel, in a sentence: « courriel ».
pub fn channel(channel: Channel) -> String {
    say(match channel {
        Channel::Email => "words-by-email",
        Channel::Sms => "words-by-sms",
        Channel::Letter => "words-by-letter",
    })
}

/// Where a message stands.
pub fn state(state: State) -> Tag {
    let (key, tone) = match state {
        State::Waiting => ("words-message-waiting", Tone::Info),
        State::Sent => ("words-message-sent", Tone::Ok),
        State::Delivered => ("words-message-delivered", Tone::Ok),
        State::Failed => ("words-message-failed", Tone::Late),
        State::Refused => ("words-message-refused", Tone::Late),
        State::Dropped => ("words-message-dropped", Tone::Neutral),
        State::Unsent => ("words-message-unsent", Tone::Late),
        State::ToPrint => ("words-message-to-print", Tone::Soon),
        State::Printed => ("words-message-printed", Tone::Ok),
    };
    Tag::new(say(key), tone)
}
