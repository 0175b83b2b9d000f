//! The messages of the département: those shipped, its own versions, and what a version must hold to be published.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use domain::access::permission::Action;
use domain::agenda::appointment::{Modality, Purpose};
use domain::messages::channel::Channel;
use domain::messages::decency::indecent;
use domain::messages::sms;
use domain::orientation::rules::{Organisation, Path};
use domain::reference::catalogues::{
    MESSAGE_RECOURSE, MESSAGES, ORIENTATION_DECISION, message as shipped, shared_text,
};
use domain::time::plus_months;
use exchange::template::{Message, TemplateError, Value, Values, section_of, text};
use store::orientation::catalogue::{self, CatalogueRow};
use store::{StoreError, Tx};

use super::facts::{Facts, Meeting};
use super::sheet;
use super::words::Language;
use crate::Context;
use crate::access::{Refused, permit};
use crate::settings::versions::{self, SHIPPED};
use crate::settings::{Draft, LETTER_FIELDS, Version, VersionError};

/// Why a message is not read or published.
#[derive(Debug, thiserror::Error)]
pub enum TemplatesError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// It can be read and not used: one sentence for each fault.
    #[error("{}", .0.join(" "))]
    Faults(Vec<String>),
    /// Too long, too early, written over, or unknown.
    #[error(transparent)]
    Version(#[from] VersionError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A message of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// `appointment-reminder`.
    pub code: &'static str,
    /// What it is.
    pub title: String,
    /// When it is sent.
    pub sent: String,
    /// By which channels, in the order in which they are tried.
    pub channels: Vec<Channel>,
    /// The number of the version in force.
    pub number: i64,
}

/// What a message looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// By which channel.
    pub channel: Channel,
    /// `fr` or `en`.
    pub language: &'static str,
    /// The subject of an e-mail, the object of a letter; empty for a text message.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// The parts of a text message, each of which is paid for; 1 for the rest.
    pub parts: usize,
}

/// A message, its versions and what it looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Which.
    pub listed: Listed,
    /// Its versions, the most recent first.
    pub versions: Vec<Version>,
    /// The text of the most recent one.
    pub text: String,
    /// What the one in force looks like.
    pub examples: Vec<Example>,
}

/// What a message without recourse says of it.
const NO_RECOURSE: &str = "none";

fn kind(code: &str) -> String {
    format!("message:{code}")
}

/// The message in force today, and the number of its version. For the program: who reads what is asked by each use case.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn in_force(ctx: &Context, code: &str) -> Result<(Message, i64), StoreError> {
    read(code, catalogue::in_force(ctx.db().read(), &kind(code), ctx.today()).await?)
}

/// The same, inside a transaction: one that holds hours and asks for a second connection could wait for itself.
pub(super) async fn in_force_in(ctx: &Context, tx: &Tx, code: &str) -> Result<(Message, i64), StoreError> {
    read(code, catalogue::in_force(tx, &kind(code), ctx.today()).await?)
}

fn read(code: &str, own: Option<CatalogueRow>) -> Result<(Message, i64), StoreError> {
    let text = own.as_ref().map_or_else(|| shipped(code).unwrap_or_default(), |row| &row.content);
    let message = Message::read(text).map_err(|error| StoreError::Other(error.to_string()))?;
    Ok((message, own.map_or(SHIPPED, |row| row.number)))
}

/// The channels of a message, in the order in which they are tried.
pub(crate) fn channels(message: &Message) -> Vec<Channel> {
    message.head.channels.iter().filter_map(|code| Channel::parse(code)).collect()
}

/// Every message.
///
/// # Errors
/// [`TemplatesError::Refused`].
pub async fn templates(ctx: &Context) -> Result<Vec<Listed>, TemplatesError> {
    permit(ctx, Action::ReadCatalogues)?;
    let mut all = Vec::with_capacity(MESSAGES.len());
    for (code, _) in MESSAGES {
        all.push(listed(ctx, code).await?.0);
    }
    Ok(all)
}

async fn listed(ctx: &Context, code: &'static str) -> Result<(Listed, Message), StoreError> {
    let (message, number) = in_force(ctx, code).await?;
    let listed = Listed {
        code,
        title: message.head.title_fr.clone(),
        sent: message.head.sent_fr.clone(),
        channels: channels(&message),
        number,
    };
    Ok((listed, message))
}

/// The code of a message that is sent, from the word of the database.
pub(super) fn code_of(code: &str) -> Option<&'static str> {
    MESSAGES.iter().map(|(known, _)| *known).find(|known| *known == code)
}

fn known(code: &str) -> Result<&'static str, VersionError> {
    code_of(code).ok_or(VersionError::Unknown)
}

/// One message, with its versions and what it looks like.
///
/// # Errors
/// [`TemplatesError`].
pub async fn template(ctx: &Context, code: &str) -> Result<Shown, TemplatesError> {
    permit(ctx, Action::ReadCatalogues)?;
    let code = known(code)?;
    let (listed, message) = listed(ctx, code).await?;
    let versions = versions::list(ctx, &kind(code)).await?;
    let last = versions.first().map_or(SHIPPED, |one| one.number);
    let text = versions::text(ctx, &kind(code), last, shipped(code).unwrap_or_default()).await?;
    let facts = made_up(ctx, Modality::InPerson, false);
    let examples = examples(&message, &facts).map_err(|error| StoreError::Other(error.to_string()))?;
    Ok(Shown { listed, versions, text, examples })
}

/// Publishes a version of a message; those before stay. Returns its number.
///
/// # Errors
/// [`TemplatesError`].
pub async fn publish_template(ctx: &Context, code: &str, draft: &Draft) -> Result<i64, TemplatesError> {
    permit(ctx, Action::EditCatalogues)?;
    let code = known(code)?;
    versions::fits(&draft.text)?;
    let faults = faults(ctx, code, &draft.text);
    if !faults.is_empty() {
        return Err(TemplatesError::Faults(faults));
    }
    Ok(versions::add(ctx, &kind(code), draft).await?)
}

/// What keeps a text from being sent, one sentence each.
fn faults(ctx: &Context, code: &str, written: &str) -> Vec<String> {
    let message = match Message::read(written) {
        Ok(message) => message,
        Err(error) => return vec![error.to_string()],
    };
    let mut faults = Vec::new();
    if message.head.code != code {
        faults.push(format!("Le code de l’en-tête doit rester « {code} »."));
    }
    if message.head.channels.is_empty()
        || message.head.channels.iter().any(|one| Channel::parse(one).is_none())
    {
        faults.push("Les canaux de l’en-tête (channels) sont email, sms et letter.".to_owned());
    }
    for modality in [Modality::InPerson, Modality::Phone] {
        match examples(&message, &made_up(ctx, modality, true)) {
            Ok(examples) => faults.extend(examples.iter().flat_map(unfit)),
            Err(error) => faults.push(error.to_string()),
        }
    }
    faults.dedup();
    faults
}

/// What a message may not say, or at what length.
fn unfit(example: &Example) -> Vec<String> {
    let mut faults = Vec::new();
    let seen = if example.channel == Channel::Sms { &example.text } else { &example.subject };
    if let Some(word) = indecent(seen).filter(|_| example.channel != Channel::Letter) {
        faults.push(format!(
            "« {word} » ne s’écrit ni dans un objet ni dans un SMS : d’autres peuvent le lire."
        ));
    }
    if example.channel == Channel::Sms && example.parts > 1 {
        let length = sms::length(&example.text);
        faults.push(format!(
            "Le SMS ({}) peut prendre {length} caractères avec les plus longues valeurs : 160 au plus.",
            example.language
        ));
    }
    faults
}

/// What a made-up decision says.
fn of_a_decision(language: Language) -> Values {
    let text = |french, english| Value::Text(language.of(french, english).to_owned());
    let day = chrono::NaiveDate::from_ymd_opt(2026, 12, 7).unwrap_or_default();
    Values::from([
        ("orientation.decision_date", Value::Text(language.date(day))),
        ("orientation.path_label", Value::Text(language.path(Path::Social).unwrap_or_default().to_owned())),
        (
            "orientation.organisation",
            Value::Text(language.organisation(Organisation::Departement).to_owned()),
        ),
        (
            "orientation.reason",
            text("Nous cherchons d’abord un logement avec vous.", "We first look for housing with you."),
        ),
        ("orientation.used_rules", Value::Flag(true)),
        ("contract.sign_before", Value::Text(language.date(plus_months(day, 1)))),
        ("recourse.delay", Value::Text(language.months(2))),
        (
            "recourse.rapo_authority",
            text(
                "la présidente ou au président du conseil départemental",
                "the president of the departmental council",
            ),
        ),
    ])
}

/// When a call was promised: on which day, at what time.
pub(super) fn of_a_call(at: Option<NaiveDateTime>, language: Language) -> Values {
    let Some(at) = at else { return Values::new() };
    let (day, time) = (language.day(at.date()), language.time(at.time()));
    let when = match language {
        Language::French => format!("le {day}, à {time}"),
        Language::English => format!("on {day}, at {time}"),
    };
    Values::from([("call.when", Value::Text(when)), ("call.short", Value::Text(language.short(at)))])
}

/// What a message says in each of its channels and languages.
pub(crate) fn examples(message: &Message, facts: &Facts) -> Result<Vec<Example>, TemplateError> {
    let mut all = Vec::new();
    for channel in channels(message) {
        for language in Language::ALL {
            let mut values = facts.values(language);
            values.extend(of_a_decision(language));
            values.extend(of_a_call(facts.meeting.as_ref().map(|one| one.at), language));
            if message.head.code == ORIENTATION_DECISION {
                // It announces a letter, and leads nowhere.
                values.retain(|name, _| !name.starts_with("link."));
            }
            if message.head.recourse != NO_RECOURSE {
                let way = format!("{}.{}", message.head.recourse, language.code());
                let recourse = section_of(MESSAGE_RECOURSE, &way)?.fill(&values, &|_| None)?;
                values.insert("recourse.text", Value::Filled(recourse));
            }
            all.push(said(message, channel, language, &values)?);
        }
    }
    Ok(all)
}

/// What a message says by a channel, in a language.
///
/// # Errors
/// [`TemplateError`]: a section is not there, or asks for what is not known.
pub(crate) fn said(
    message: &Message,
    channel: Channel,
    language: Language,
    values: &Values,
) -> Result<Example, TemplateError> {
    let code = language.code();
    let fill = |section: &str| -> Result<String, TemplateError> {
        Ok(text(&message.section(section)?.fill(values, &|name| shared_text(name))?))
    };
    let (subject, text) = match channel {
        Channel::Email => {
            let subject = fill(&format!("email.{code}.subject"))?;
            (subject.replace('\n', " "), fill(&format!("email.{code}"))?)
        }
        Channel::Sms => (String::new(), sms::plain(&fill(&format!("sms.{code}"))?.replace('\n', " "))),
        Channel::Letter => {
            let page = sheet::sheet(language, message, values)?;
            (page.object.clone(), sheet::words_of(&page))
        }
    };
    let parts = if channel == Channel::Sms { sms::parts(&text) } else { 1 };
    Ok(Example { channel, language: code, subject, text, parts })
}

/// Somebody who does not exist; `longest` gives each value of a text message its most characters.
pub(crate) fn made_up(ctx: &Context, modality: Modality, longest: bool) -> Facts {
    let at = domain::time::plus_days(ctx.today(), 12).and_hms_opt(10, 30, 0).unwrap_or_default();
    let pad = |text: &str, most: usize| {
        if longest {
            text.chars().chain(std::iter::repeat('x')).take(most).collect()
        } else {
            text.to_owned()
        }
    };
    let mut set: BTreeMap<&'static str, String> =
        LETTER_FIELDS.map(|field| (field.variable, "à compléter".to_owned())).into();
    set.extend([
        ("sender.name", format!("Département {}", ctx.department.name)),
        ("sender.short", pad("Dept", 14)),
        ("sender.phone", "02 00 00 00 00".to_owned()),
        ("sender.hours", "du lundi au vendredi, de 9 h à 12 h".to_owned()),
    ]);
    Facts {
        set,
        name: "Lina SASSI".to_owned(),
        address: vec!["12 rue des Tilleuls".to_owned(), "55000 BAR-LE-DUC".to_owned()],
        today: ctx.today(),
        reference: format!("{}-000123", ctx.today().format("%Y")),
        meeting: Some(Meeting {
            at,
            minutes: 45,
            modality,
            purpose: Purpose::FirstMeeting,
            site: pad("Maison du Département", 26),
            place: "Maison du Département, 2 rue Modèle, 55000 Bar-le-Duc".to_owned(),
            access: "bus 3, arrêt Mairie".to_owned(),
            with: "Nora Bellec".to_owned(),
        }),
        purpose: Purpose::FirstMeeting,
        professional: "Nora Bellec".to_owned(),
        side: Some(false),
        link: Some(pad("dcl.fr/55/r/k7m2p9qa4xy", 24)),
        until: domain::time::plus_days(ctx.today(), 10),
    }
}
