//! `/{department}/personnes/{id}/contacts`: what a professional types of how to reach somebody.

use app::people::contact::{
    self as reach, Answer as Given, Contact as Way, ContactError, ContactPage, Mark, NewContact, Preference,
    Source, Told,
};
use axum::extract::Path;
use domain::people::contact::{Channel, Consent, Kind, LANGUAGES};
use uuid::Uuid;

use super::rows::{self, t};
use crate::form::{Form, Query};
use crate::format;
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::contact::{Asked, Contact, Contacts, Differs, Held};
use crate::view::form::{Choice, Field, FieldError};
use crate::view::parts::{Link, Tag, Tone};
use crate::view::words;

type Place = Path<(String, String)>;

/// The questions of the form, in its order, each with its field.
const ASKED: [(Kind, &str); 5] = [
    (Kind::Language, "language"),
    (Kind::Consent(Channel::Call), "call"),
    (Kind::Consent(Channel::Voicemail), "voicemail"),
    (Kind::Consent(Channel::Sms), "sms"),
    (Kind::Consent(Channel::Email), "mail"),
];

/// `GET /{department}/personnes/{id}/contacts?changer={contact}`.
///
/// # Errors
/// 404 for one whom the actor may not change.
pub async fn contacts(visit: Visit, Path((_, person)): Place, Query(query): Query) -> Answer {
    let file = reach::open(&visit.ctx(), id(&person)?).await?;
    let changed = query.some("changer").and_then(|key| key.parse::<Uuid>().ok());
    let typed = changed.and_then(|key| file.reach.ways.iter().find(|w| w.id == key)).map_or_else(
        || Typed { kind: "phone".to_owned(), ..Typed::default() },
        |way| Typed {
            kind: way.kind.code().to_owned(),
            value: shown_value(way.kind, &way.told.value),
            shared: way.told.shared,
            replaces: Some(way.id),
        },
    );
    page(&shown(&visit, &file, &typed, Vec::new()))
}

/// What the form that adds or changes holds.
#[derive(Debug, Default)]
struct Typed {
    kind: String,
    value: String,
    shared: bool,
    replaces: Option<Uuid>,
}

/// `POST /{department}/personnes/{id}/contacts`: `kind`, `value`, `shared`, `replaces`.
///
/// # Errors
/// As [`contacts`].
pub async fn write(visit: Visit, Path((_, person)): Place, form: Form) -> Answer {
    let (ctx, key) = (visit.ctx(), id(&person)?);
    let typed = Typed {
        kind: form.get("kind").to_owned(),
        value: form.get("value").to_owned(),
        shared: form.some("shared").is_some(),
        replaces: form.some("replaces").and_then(|id| id.parse().ok()),
    };
    let kind = Kind::parse(&typed.kind).unwrap_or(Kind::Language);
    let new = NewContact { kind, value: typed.value.clone(), shared: typed.shared, replaces: typed.replaces };
    match reach::write(&ctx, key, new).await {
        Ok(()) => {
            see_other_saying(&visit, &visit.path(&format!("/personnes/{key}")), Tone::Ok, "flash-contact")
        }
        Err(error) => again(&visit, key, &typed, error).await,
    }
}

/// `POST /{department}/personnes/{id}/contacts/{contact}`: `mark` is `unusable` or `usable`.
///
/// # Errors
/// As [`contacts`].
pub async fn mark(visit: Visit, place: Path<(String, String, String)>, form: Form) -> Answer {
    let (key, contact) = (id(&place.1)?, id(&place.2)?);
    let asked = if form.get("mark") == "usable" { Mark::Usable } else { Mark::Unusable };
    match reach::mark(&visit.ctx(), key, contact, asked).await {
        Ok(()) => {
            let path = visit.path(&format!("/personnes/{key}/contacts"));
            see_other_saying(&visit, &path, Tone::Ok, "flash-contact")
        }
        Err(error) => again(&visit, key, &Typed::default(), error).await,
    }
}

/// `POST /{department}/personnes/{id}/contacts/reponses`: each answer with the one that the page showed.
///
/// # Errors
/// As [`contacts`].
pub async fn answers(visit: Visit, Path((_, person)): Place, form: Form) -> Answer {
    let key = id(&person)?;
    let answered = ASKED.iter().filter(|(_, name)| form.get(name) != form.get(&format!("before-{name}")));
    let changes = answered
        .map(|(kind, name)| Preference { kind: *kind, value: form.some(name).map(ToOwned::to_owned) })
        .collect();
    match reach::prefer(&visit.ctx(), key, changes).await {
        Ok(()) => {
            see_other_saying(&visit, &visit.path(&format!("/personnes/{key}")), Tone::Ok, "flash-contact")
        }
        Err(error) => again(&visit, key, &Typed::default(), error).await,
    }
}

/// The page again, with what was typed and what is wrong with it.
async fn again(visit: &Visit, key: Uuid, typed: &Typed, error: ContactError) -> Answer {
    let field = match &error {
        ContactError::People(_) => return Err(error.into()),
        ContactError::Phone | ContactError::Email => "value",
        ContactError::Answer => "language",
        ContactError::Gone => "",
    };
    let errors = vec![FieldError { field: field.to_owned(), text: error.to_string() }];
    let file = reach::open(&visit.ctx(), key).await?;
    unprocessable(&shown(visit, &file, typed, errors))
}

fn shown(visit: &Visit, file: &ContactPage, typed: &Typed, errors: Vec<FieldError>) -> Contacts {
    let shell = visit.shell();
    let path = visit.path(&format!("/personnes/{}", file.row.id));
    let base = format!("{path}/contacts");
    let replaced = typed.replaces.and_then(|key| file.reach.ways.iter().find(|w| w.id == key));
    let shared = if typed.shared { "oui" } else { "" };
    Contacts {
        person: Link::new(rows::name(&file.row), path),
        rows: file.reach.ways.iter().map(|way| held(visit, way, &base)).collect(),
        fields: Contacts::fields(&shell, (&typed.kind, &typed.value, shared), &errors),
        replaces: replaced.map(|way| {
            let value = shown_value(way.kind, &way.told.value);
            (way.id.to_string(), t("contact-instead-of").s("value", value).to_string())
        }),
        answers: ASKED.iter().map(|(kind, name)| asked(file, *kind, name, &errors)).collect(),
        answers_action: format!("{base}/reponses"),
        write_action: base,
        errors,
        shell,
    }
}

fn held(visit: &Visit, way: &Way, base: &str) -> Held {
    let usable = way.unusable.is_none();
    let label = if usable { "contact-unusable" } else { "contact-usable" };
    Held {
        contact: contact(visit, way),
        change: usable.then(|| format!("{base}?changer={}#ecrire", way.id)),
        mark_action: format!("{base}/{}", way.id),
        mark: if usable { "unusable" } else { "usable" },
        mark_label: t(label).to_string(),
    }
}

/// A question, with the answer typed by a professional; what a file says stays with the file.
fn asked(file: &ContactPage, kind: Kind, name: &str, errors: &[FieldError]) -> Asked {
    let typed = |told: &Told| matches!(told.source, Source::Typed(_));
    let before = match kind {
        Kind::Language => file.reach.language.as_ref().map(|told| told.value.clone()),
        Kind::Consent(channel) => {
            let given = file.reach.answers.iter().find(|a| a.channel == channel && typed(&a.told));
            given.map(|a| a.answer.code().to_owned())
        }
        Kind::Phone | Kind::Email | Kind::Address => None,
    }
    .unwrap_or_default();
    let mut choices = vec![Choice::new("", t("contact-not-asked").to_string(), &before)];
    let label = if let Kind::Consent(channel) = kind {
        let answers = [Consent::Yes, Consent::No];
        choices.extend(answers.map(|a| Choice::new(a.code(), words::consent(channel, a), &before)));
        words::channel(channel)
    } else {
        let mut named = LANGUAGES.map(|code| (code, words::language(code)));
        named.sort_by_key(|(code, label)| (*code != "fr", domain::people::name::normalise(label)));
        choices.extend(named.map(|(code, label)| Choice::new(code, label, &before)));
        t("contact-language").to_string()
    };
    let field = Field::select(name, label, choices).error(FieldError::of(errors, name));
    Asked { field, before }
}

fn shown_value(kind: Kind, value: &str) -> String {
    if kind == Kind::Phone { rows::phone(value) } else { value.to_owned() }
}

fn href(kind: Kind, value: &str) -> Option<String> {
    match kind {
        Kind::Phone => Some(format!("tel:{value}")),
        Kind::Email => Some(format!("mailto:{value}")),
        Kind::Address | Kind::Language | Kind::Consent(_) => None,
    }
}

/// « saisi par Nadia Lenoir le 3 novembre », « contacts.csv, le 3 novembre ».
pub(super) fn source(visit: &Visit, told: &Told) -> String {
    let on = told.at.with_timezone(&visit.department.timezone).date_naive();
    let date = format::day_month(on, visit.today());
    match &told.source {
        Source::File(name) => t("people-from-file").s("file", name).s("date", date).to_string(),
        Source::Typed(name) if name.is_empty() => t("contact-typed").s("date", date).to_string(),
        Source::Typed(name) => t("contact-typed-by").s("name", name).s("date", date).to_string(),
    }
}

fn differs(visit: &Visit, kind: Kind, told: &Told) -> Differs {
    Differs {
        lead: t("contact-file-says").s("source", source(visit, told)).to_string(),
        value: shown_value(kind, &told.value),
        href: href(kind, &told.value),
    }
}

/// A way to reach somebody, as pages show it.
pub(super) fn contact(visit: &Visit, way: &Way) -> Contact {
    let label = if way.kind == Kind::Phone { "people-phone" } else { "people-email" };
    let mut tags = Vec::new();
    if let Some((at, who)) = &way.unusable {
        let on = at.with_timezone(&visit.department.timezone).date_naive();
        let date = format::day_month(on, visit.today());
        let key = if who.is_empty() { "contact-wrong-since" } else { "contact-wrong-by" };
        tags.push(Tag::new(t(key).s("date", date).s("name", who).to_string(), Tone::Late));
    }
    if way.told.shared {
        tags.push(Tag::new(t("people-shared").to_string(), Tone::Info));
    }
    if !way.told.allowed {
        tags.push(Tag::new(t("people-not-allowed").to_string(), Tone::Soon));
    }
    Contact {
        kind: t(label).to_string(),
        value: shown_value(way.kind, &way.told.value),
        href: href(way.kind, &way.told.value).filter(|_| way.unusable.is_none()),
        source: source(visit, &way.told),
        tags,
        differs: way.instead.iter().map(|told| differs(visit, way.kind, told)).collect(),
    }
}

/// The language and the answers, as the person's page shows them.
pub(super) fn said(visit: &Visit, reach: &reach::Reach) -> Vec<Contact> {
    let line = |kind: String, value: String, told: &Told| Contact {
        kind,
        value,
        href: None,
        source: source(visit, told),
        tags: Vec::new(),
        differs: Vec::new(),
    };
    let language = reach.language.as_ref();
    let language =
        language.map(|told| line(t("contact-language").to_string(), words::language(&told.value), told));
    let answer = |given: &Given| Contact {
        differs: given.instead.iter().map(|told| refused(visit, told)).collect(),
        ..line(words::channel(given.channel), words::consent(given.channel, given.answer), &given.told)
    };
    language.into_iter().chain(reach.answers.iter().map(answer)).collect()
}

fn refused(visit: &Visit, told: &Told) -> Differs {
    Differs {
        lead: t("contact-file-says").s("source", source(visit, told)).to_string(),
        value: t("people-not-allowed").to_string(),
        href: None,
    }
}

impl From<ContactError> for Fail {
    fn from(error: ContactError) -> Self {
        match error {
            ContactError::People(error) => error.into(),
            other => Self::Internal(other.to_string()),
        }
    }
}
