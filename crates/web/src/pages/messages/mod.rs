//! What is written to people: the messages of the département, those of a person, those that wait for somebody.

mod desk;
mod person;
mod reporters;
mod templates;

use app::messages::{Example, Written};
use chrono::{DateTime, Utc};

use super::rows::t;
use crate::format;
use crate::site::Visit;
use crate::view::messages::{ExampleView, MessageRow};
use crate::view::parts::Link;
use crate::view::words::messages as words;

pub use desk::{desk, handle, posted, print};
pub use person::{invite, list as of_person};
pub use reporters::{list as reporters, make as make_address};
pub use templates::{change, list, one};

/// Whether the person is named beside each message, and may be dealt with there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    Yes,
    No,
}

fn row(visit: &Visit, one: &Written, named: Named) -> MessageRow {
    let local = |at: DateTime<Utc>| {
        format::moment(at.with_timezone(&visit.department.timezone).naive_local(), visit.today())
    };
    let who = match &one.author {
        Some(name) => t("messages-by").s("name", name).to_string(),
        None => t("messages-alone").to_string(),
    };
    let (key, day) = match one.sent_at {
        Some(at) => ("messages-sent-on", local(at)),
        None => ("messages-on", local(one.at)),
    };
    let channel = words::channel_title(one.channel);
    let failed = one.state.has_failed() && !one.handled;
    MessageRow {
        title: match one.about {
            Some(at) => t("messages-about").s("title", &one.title).s("at", local(at)).to_string(),
            None => one.title.clone(),
        },
        person: (named == Named::Yes).then(|| {
            Link::new(one.person.1.clone(), visit.path(&format!("/personnes/{}/messages", one.person.0)))
        }),
        state: words::state(one.state),
        meta: t(key).s("channel", channel).s("day", day).s("who", who).to_string(),
        problem: one.problem.clone(),
        subject: one.subject.clone(),
        text: one.text.clone(),
        handle: (failed && named == Named::Yes).then(|| visit.path(&format!("/messages/{}/traite", one.id))),
    }
}

fn example(one: &Example) -> ExampleView {
    let parts = t("messages-parts").n("n", one.parts).to_string();
    ExampleView {
        title: t("messages-example")
            .s("channel", words::channel_title(one.channel))
            .s("language", one.language)
            .to_string(),
        language: one.language,
        subject: one.subject.clone(),
        text: one.text.clone(),
        note: (one.channel == domain::messages::channel::Channel::Sms).then_some(parts),
    }
}
