//! `/{department}/droits` and `/{department}/bientot-archivees`: rights of people over their data, and what will go.

use app::privacy::retention;
use app::privacy::rights::{self, CopyLetter, NewRequest, Request, RightsError, Shelf};
use app::settings::mentions;
use axum::extract::Path;
use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::people::contact::Email;
use domain::privacy::rights::{Reply, Right, answer_by};
use uuid::Uuid;

use super::copy::letter;
use super::rows::{self, t};
use crate::form::Form;
use crate::format;
use crate::respond::{Answer, Fail, download, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::form::FieldError;
use crate::view::parts::{Fact, Link, Tone};
use crate::view::privacy::{AnswerForm, Copies, PersonRights, RequestPage, RequestRow, Rights, Soon};
use crate::view::words;

type Place = Path<(String, String)>;

/// `GET /{department}/droits`.
///
/// # Errors
/// 403 outside of the role.
pub async fn rights(visit: Visit) -> Answer {
    let all = rights::all(&visit.ctx()).await?;
    let (waiting, late) = rights::waiting(&visit.ctx()).await?;
    page(&Rights {
        summary: t("privacy-summary").n("waiting", waiting).n("late", late).to_string(),
        requests: all.requests.iter().map(|one| row(&visit, one, true)).collect(),
        hidden: all
            .hidden
            .iter()
            .map(|(shelf, row)| (person_link(&visit, row.id, rows::name(row)), why(shelf)))
            .collect(),
        shell: visit.shell(),
    })
}

/// Why somebody is in no list.
pub(super) fn why(shelf: &Shelf) -> String {
    let (key, day) = match (shelf.restricted_on, shelf.archived_on) {
        (Some(day), _) => ("privacy-frozen", Some(day)),
        (None, day) => ("privacy-archived", day),
    };
    t(key).s("day", day.map(format::full).unwrap_or_default()).to_string()
}

fn person_link(visit: &Visit, person: Uuid, name: String) -> Link {
    Link::new(name, visit.path(&format!("/personnes/{person}/droits")))
}

/// Who asks; the words of nobody for one who is anonymous since.
fn asker(one: &Request) -> String {
    let known = one.person.as_ref().map(rows::name).filter(|name| !name.trim().is_empty());
    known.unwrap_or_else(|| t("privacy-anonymous").to_string())
}

fn right_words(one: &Request) -> String {
    one.right.map(words::right_asked).unwrap_or_default()
}

fn is_late(visit: &Visit, one: &Request) -> bool {
    one.row.answered_on.is_none() && one.row.answer_by < visit.today()
}

/// « Réponse due le 20 décembre 2026 », « En retard », or what was answered and when.
fn state(visit: &Visit, one: &Request) -> String {
    let reply = one.row.reply.as_deref().and_then(Reply::parse).map(words::reply);
    if let Some((reply, day)) = reply.zip(one.row.answered_on) {
        return t("privacy-answered").s("reply", reply).s("day", format::full(day)).to_string();
    }
    let key = if is_late(visit, one) { "privacy-late" } else { "privacy-answer-by" };
    t(key).s("day", format::full(one.row.answer_by)).to_string()
}

fn row(visit: &Visit, one: &Request, named: bool) -> RequestRow {
    let label = if named { asker(one) } else { right_words(one) };
    RequestRow {
        link: Link::new(label, visit.path(&format!("/droits/{}", one.row.id))),
        right: if named { right_words(one) } else { String::new() },
        received: t("privacy-received-on").s("day", format::full(one.row.received_on)).to_string(),
        state: state(visit, one),
        late: is_late(visit, one),
    }
}

/// `GET /{department}/droits/{id}`.
///
/// # Errors
/// 404 for no request.
pub async fn request(visit: Visit, Path((_, request)): Place) -> Answer {
    let one = rights::one(&visit.ctx(), id(&request)?).await?;
    page(&shown_request(&visit, &one, ("", ""), Vec::new()))
}

fn shown_request(visit: &Visit, one: &Request, typed: (&str, &str), errors: Vec<FieldError>) -> RequestPage {
    let base = visit.path(&format!("/droits/{}", one.row.id));
    let shell = visit.shell();
    let waits = one.row.answered_on.is_none();
    let copies = Copies {
        pdf: format!("{base}/copie.pdf"),
        json: format!("{base}/copie.json"),
        made: one.row.taken_at.map(|at| {
            let here = at.with_timezone(&visit.department.timezone).naive_local();
            t("privacy-copy-made").s("when", format::moment(here, visit.today())).to_string()
        }),
    };
    RequestPage {
        right: right_words(one),
        person: person_link(visit, one.person.as_ref().map_or(one.row.person_id, |row| row.id), asker(one)),
        state: state(visit, one),
        late: is_late(visit, one),
        facts: facts(one),
        advice: one.right.map(|right| t(advice(right)).to_string()).unwrap_or_default(),
        links: links(visit, one),
        copies: (one.right == Some(Right::Access) && one.person.is_some()).then_some(copies),
        answer: waits.then(|| AnswerForm::new(&shell, base, typed, &errors)),
        delay: delay_form(visit, one, "", &errors),
        errors,
        shell,
    }
}

fn advice(right: Right) -> &'static str {
    match right {
        Right::Access => "privacy-advice-access",
        Right::Rectification => "privacy-advice-rectification",
        Right::Restriction => "privacy-advice-restriction",
        Right::Objection => "privacy-advice-objection",
        Right::Erasure => "privacy-advice-erasure",
    }
}

fn facts(one: &Request) -> Vec<Fact> {
    let fact = |key: &str, text: String| Fact::new(t(key).to_string(), text);
    let mut all = vec![
        fact("privacy-received", format::full(one.row.received_on)),
        fact("privacy-due", format::full(one.row.answer_by)),
    ];
    all.extend(one.note.clone().map(|note| fact("privacy-note", note)));
    all.extend(one.row.extended_on.map(|day| fact("privacy-delayed-on", format::full(day))));
    all.extend(one.delay_note.clone().map(|note| fact("privacy-delayed-why", note)));
    all.extend(one.row.answered_on.map(|day| fact("privacy-answered-on", format::full(day))));
    all.extend(one.reply_note.clone().map(|note| fact("privacy-reply-note", note)));
    all
}

/// Where a mistake is mended: what is typed by hand, and what files bring.
fn links(visit: &Visit, one: &Request) -> Vec<Link> {
    let at = |key: &str, rest: &str| {
        Link::new(t(key).to_string(), visit.path(&format!("/personnes/{}{rest}", one.row.person_id)))
    };
    match (one.right, one.person.is_some()) {
        (Some(Right::Rectification), true) => {
            vec![at("privacy-see-file", ""), at("privacy-see-sources", "/droit")]
        }
        (Some(Right::Objection | Right::Restriction | Right::Erasure), true) => {
            vec![at("privacy-see-file", "")]
        }
        _ => Vec::new(),
    }
}

/// `POST /{department}/droits/{id}`: `reply`, `note`.
///
/// # Errors
/// 404 for no request.
pub async fn answer(visit: Visit, Path((_, request)): Place, form: Form) -> Answer {
    let (ctx, key) = (visit.ctx(), id(&request)?);
    let (typed, note) = (form.get("reply"), form.get("note"));
    let back = visit.path(&format!("/droits/{key}"));
    let errors = match Reply::parse(typed) {
        None => wrong("reply", t("privacy-reply-missing").to_string()),
        Some(reply) => match rights::answer(&ctx, key, reply, note).await {
            Ok(()) => return see_other_saying(&visit, &back, Tone::Ok, "flash-rights-answered"),
            Err(RightsError::Answered) => {
                return see_other_saying(&visit, &back, Tone::Soon, "flash-rights-already");
            }
            Err(error @ RightsError::Reason) => wrong("note", error.to_string()),
            Err(error @ RightsError::NoCopy) => wrong("reply", error.to_string()),
            Err(other) => return Err(other.into()),
        },
    };
    let one = rights::one(&ctx, key).await?;
    unprocessable(&shown_request(&visit, &one, (typed, note), errors))
}

/// `POST /{department}/droits/{id}/delai`: `delay`, why two more months are needed, as it was written to the person.
///
/// # Errors
/// 404 for no request.
pub async fn extend(visit: Visit, Path((_, request)): Place, form: Form) -> Answer {
    let (ctx, key) = (visit.ctx(), id(&request)?);
    let (typed, back) = (form.get("delay"), visit.path(&format!("/droits/{key}")));
    match rights::extend(&ctx, key, typed).await {
        Ok(_) => see_other_saying(&visit, &back, Tone::Ok, "flash-rights-extended"),
        Err(RightsError::Answered) => see_other_saying(&visit, &back, Tone::Soon, "flash-rights-already"),
        Err(error @ RightsError::NoMoreTime(_)) => {
            let one = rights::one(&ctx, key).await?;
            let errors = wrong("delay", error.to_string());
            let shown = shown_request(&visit, &one, ("", ""), errors);
            unprocessable(&RequestPage { delay: delay_form(&visit, &one, typed, &shown.errors), ..shown })
        }
        Err(other) => Err(other.into()),
    }
}

/// The form that gives two more months: while the request waits, in its first month, once. It stays when it was refused.
fn delay_form(visit: &Visit, one: &Request, typed: &str, errors: &[FieldError]) -> Option<AnswerForm> {
    let may = one.row.answered_on.is_none()
        && one.row.extended_on.is_none()
        && visit.today() <= answer_by(one.row.received_on);
    let refused = errors.iter().any(|error| error.field == "delay");
    let action = visit.path(&format!("/droits/{}/delai", one.row.id));
    (may || refused).then(|| AnswerForm::delay(&visit.shell(), action, typed, errors))
}

fn wrong(field: &str, text: String) -> Vec<FieldError> {
    vec![FieldError { field: field.to_owned(), text }]
}

/// `POST /{department}/droits/{id}/copie.json`: everything held, for a machine.
///
/// # Errors
/// 404 for no request, and for one that is not for access.
pub async fn copy_json(visit: Visit, Path((_, request)): Place) -> Answer {
    let letter = copy(&visit, id(&request)?, "json").await?;
    let bytes = serde_json::to_vec_pretty(&letter).map_err(|e| Fail::Internal(e.to_string()))?;
    download(bytes, "application/json", "vos-donnees-personnelles.json")
}

/// `POST /{department}/droits/{id}/copie.pdf`: the same, to be read.
///
/// # Errors
/// As [`copy_json`].
pub async fn copy_pdf(visit: Visit, Path((_, request)): Place) -> Answer {
    let letter = copy(&visit, id(&request)?, "pdf").await?;
    download(rights::print(&letter).await?, "application/pdf", "vos-donnees-personnelles.pdf")
}

async fn copy(visit: &Visit, request: Uuid, format: &'static str) -> Result<CopyLetter, Fail> {
    let ctx = visit.ctx();
    let copy = rights::copy(&ctx, request, format).await?;
    let dpo = mentions(&ctx).await.map_err(|e| Fail::store(&e))?.dpo;
    let office = t("privacy-office").s("department", &visit.department.name).to_string();
    let write = dpo.as_ref().map(Email::as_str).map(ToOwned::to_owned);
    let officer = vec![
        t("privacy-officer").to_string(),
        office,
        write.unwrap_or_else(|| t("privacy-officer-desk").to_string()),
    ];
    Ok(letter(visit, &copy, officer))
}

/// `GET /{department}/personnes/{id}/droits`.
///
/// # Errors
/// 404 for nobody.
pub async fn person(visit: Visit, Path((_, person)): Place) -> Answer {
    let typed = (String::new(), visit.today().to_string(), String::new());
    page(&shown_person(&visit, id(&person)?, typed, Vec::new()).await?)
}

async fn shown_person(
    visit: &Visit,
    person: Uuid,
    (right, received, note): (String, String, String),
    errors: Vec<FieldError>,
) -> Result<PersonRights, Fail> {
    let ctx = visit.ctx();
    let (row, requests, hidden) = rights::of_person(&ctx, person).await?;
    let shell = visit.shell();
    let base = visit.path(&format!("/personnes/{}", row.id));
    let opens = app::access::permit(&ctx, Action::ReadPeople).is_ok()
        || app::access::a_reason_would_help(&ctx.actor, Action::ReadPeople);
    let frozen = hidden.is_some_and(|shelf| shelf.restricted_on.is_some());
    Ok(PersonRights {
        name: rows::name(&row),
        file: opens.then(|| base.clone()),
        action: format!("{base}/droits"),
        fields: PersonRights::fields(&shell, (&right, &received, &note), &errors),
        requests: requests.iter().map(|one| self::row(visit, one, false)).collect(),
        hidden: hidden.as_ref().map(why),
        lift: frozen.then(|| format!("{base}/droits/degeler")),
        errors,
        shell,
    })
}

/// `POST /{department}/personnes/{id}/droits`: `right`, `received`, `note`.
///
/// # Errors
/// As [`person`].
pub async fn record(visit: Visit, Path((_, person)): Place, form: Form) -> Answer {
    let key = id(&person)?;
    let [right, received, note] = ["right", "received", "note"].map(|name| form.get(name).to_owned());
    let mut errors = Vec::new();
    let asked = Right::parse(&right);
    if asked.is_none() {
        errors.extend(wrong("right", t("privacy-right-missing").to_string()));
    }
    let day = received.parse::<NaiveDate>().ok();
    if day.is_none() {
        errors.extend(wrong("received", t("privacy-received-missing").to_string()));
    }
    if let (Some(right), Some(received_on)) = (asked, day) {
        let new = NewRequest { person: key, right, received_on, note: note.clone() };
        match rights::record(&visit.ctx(), new).await {
            Ok(request) => {
                let to = visit.path(&format!("/droits/{request}"));
                return see_other_saying(&visit, &to, Tone::Ok, "flash-rights-recorded");
            }
            Err(error @ RightsError::Future) => errors.extend(wrong("received", error.to_string())),
            Err(other) => return Err(other.into()),
        }
    }
    unprocessable(&shown_person(&visit, key, (right, received, note), errors).await?)
}

/// `POST /{department}/personnes/{id}/droits/degeler`: frozen data may be used again.
///
/// # Errors
/// As [`person`].
pub async fn lift(visit: Visit, Path((_, person)): Place) -> Answer {
    let key = id(&person)?;
    let back = visit.path(&format!("/personnes/{key}/droits"));
    match rights::lift(&visit.ctx(), key).await {
        Ok(()) => see_other_saying(&visit, &back, Tone::Ok, "flash-rights-lifted"),
        Err(RightsError::Answered) => see_other_saying(&visit, &back, Tone::Soon, "flash-rights-already"),
        Err(other) => Err(other.into()),
    }
}

/// `GET /{department}/bientot-archivees`.
///
/// # Errors
/// 403 outside of the role.
pub async fn soon(visit: Visit) -> Answer {
    let people = retention::announced(&visit.ctx()).await?;
    let line = |row, day| {
        let link = rows::link(&visit, row);
        (link, t("privacy-soon-on").s("day", format::full(day)).to_string())
    };
    page(&Soon {
        summary: t("privacy-soon-summary").n("count", people.len()).to_string(),
        people: people.iter().map(|(row, day)| line(row, *day)).collect(),
        shell: visit.shell(),
    })
}

impl From<RightsError> for Fail {
    fn from(error: RightsError) -> Self {
        match error {
            RightsError::Refused(refused) => refused.into(),
            RightsError::Unknown | RightsError::NotAccess => Self::Problem(Problem::NotFound),
            RightsError::Store(error) => Self::store(&error),
            other => Self::Internal(other.to_string()),
        }
    }
}
