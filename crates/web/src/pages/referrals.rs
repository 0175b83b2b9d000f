//! People addressed to the platform: the form of who sends, what becomes of it, and the answer.

use app::access::permit;
use app::orientation::{
    AnswerReferralError, Received, ReferError, ReferralInput, Sent, answer_referral, count_referrals,
    open_referral, refer, referrals_received, referrals_sent, referrals_waiting,
};
use axum::extract::Path;
use chrono::{DateTime, Utc};
use domain::access::permission::Action;
use domain::orientation::referral::{Answer as Reply, Moment, Urgency};

use super::rows::{self, t};
use crate::form::Form;
use crate::format;
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::form_page::FormPage;
use crate::view::parts::{Empty, Fact, Link, Tag, Tone};
use crate::view::referrals::{ReceivedPage, ReceivedRow, ReferralNote, ReferralPage, SentPage, SentRow};
use crate::view::words::coded;

/// What one sent.
pub(super) const LIST: &str = "/adressages";
/// The form.
pub(super) const NEW: &str = "/adressages/nouveau";
/// What waits for an answer.
pub(super) const RECEIVED: &str = "/adressages/recus";

fn moment(visit: &Visit, at: DateTime<Utc>) -> String {
    format::moment(at.with_timezone(&visit.department.timezone).naive_local(), visit.today())
}

fn date(visit: &Visit, at: DateTime<Utc>) -> String {
    format::full(at.with_timezone(&visit.department.timezone).date_naive())
}

fn urgent() -> Tag {
    Tag::new(t("referrals-tag-urgent").to_string(), Tone::Late)
}

/// `GET /{department}/adressages`.
///
/// # Errors
/// When the database does not answer.
pub async fn list(visit: Visit) -> Answer {
    let all = referrals_sent(&visit.ctx()).await?;
    let waiting = all.iter().filter(|one| one.answer.is_none()).count();
    let receives = permit(&visit.ctx(), Action::AnswerReferral).is_ok();
    page(&SentPage {
        summary: if all.is_empty() {
            String::new()
        } else {
            t("referrals-summary").n("n", waiting).to_string()
        },
        rows: all.iter().map(|one| sent_row(&visit, one)).collect(),
        empty: Empty {
            title: t("referrals-none").to_string(),
            text: t("referrals-none-text").to_string(),
            action: Some(Link::new(t("referrals-new").to_string(), visit.path(NEW))),
        },
        received: receives.then(|| Link::new(t("referrals-received").to_string(), visit.path(RECEIVED))),
        shell: visit.shell(),
    })
}

fn sent_row(visit: &Visit, one: &Sent) -> SentRow {
    SentRow {
        name: one.typed.name.clone(),
        tags: (one.urgency == Some(Urgency::Urgent)).then(urgent).into_iter().collect(),
        sent: moment(visit, one.sent_at),
        state: match one.answer {
            None => Tag::new(t("referrals-planned").to_string(), Tone::Soon),
            Some((Reply::Oriented, at)) => {
                Tag::new(t("referrals-oriented-on").s("date", date(visit, at)).to_string(), Tone::Ok)
            }
            Some((reply, at)) => {
                let said = coded::referral_answer(reply.code()).unwrap_or_default();
                let text = t("referrals-answered-on").s("answer", said).s("date", date(visit, at));
                Tag::new(text.to_string(), Tone::Neutral)
            }
        },
    }
}

/// How many of those one sent wait, and how many were answered; no name is read.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn count_sent(visit: &Visit) -> Result<(u64, u64), Fail> {
    Ok(count_referrals(&visit.ctx()).await?)
}

/// How many wait for an answer of the visitor.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn count_received(visit: &Visit) -> Result<usize, Fail> {
    Ok(referrals_waiting(&visit.ctx()).await?)
}

/// `GET /{department}/adressages/nouveau`.
///
/// # Errors
/// None of its own.
pub async fn new(visit: Visit) -> Answer {
    page(&form_page(&visit, &Form::default(), Vec::new()))
}

/// `POST /{department}/adressages/nouveau`.
///
/// # Errors
/// When the database refuses.
pub async fn add(visit: Visit, form: Form) -> Answer {
    let input = ReferralInput {
        last_name: form.get("last_name").to_owned(),
        first_name: form.get("first_name").to_owned(),
        birth_date: form.get("birth_date").trim().parse().ok(),
        number: form.get("number").to_owned(),
        commune: form.get("commune").to_owned(),
        phone: form.get("phone").to_owned(),
        reason: form.get("reason").to_owned(),
        urgency: Urgency::parse(form.get("urgency")),
        moment: Moment::parse(form.get("moment")),
        consent: !form.get("consent").is_empty(),
    };
    match refer(&visit.ctx(), &input).await {
        Ok(_) => see_other_saying(&visit, &visit.path(LIST), Tone::Ok, "flash-referred"),
        Err(error) => {
            let error = wrong(&error)?;
            unprocessable(&form_page(&visit, &form, vec![error]))
        }
    }
}

fn form_page(visit: &Visit, form: &Form, errors: Vec<FieldError>) -> FormPage {
    let field = |kind, name: &str, key: &str| {
        Field::new(kind, name, t(key).to_string()).value(form.get(name)).error(FieldError::of(&errors, name))
    };
    let select = |name: &str, key: &str, words: Vec<(&str, Option<String>)>| {
        let chosen = form.get(name);
        let mut choices = vec![Choice::new("", t("referrals-choose").to_string(), chosen)];
        choices.extend(
            words.into_iter().map(|(code, word)| Choice::new(code, word.unwrap_or_default(), chosen)),
        );
        Field::select(name, t(key).to_string(), choices).error(FieldError::of(&errors, name))
    };
    let urgencies = Urgency::ALL.map(|one| (one.code(), coded::referral_urgency(one.code()))).to_vec();
    let moments = Moment::ALL.map(|one| (one.code(), coded::referral_moment(one.code()))).to_vec();
    let hinted = |field: Field, key: &str| field.hint(t(key).to_string());
    let fields = vec![
        hinted(field(FieldKind::Text, "last_name", "referrals-last-name"), "referrals-last-name-hint"),
        field(FieldKind::Text, "first_name", "referrals-first-name"),
        field(FieldKind::Date, "birth_date", "referrals-birth-date"),
        Field {
            optional: true,
            ..hinted(field(FieldKind::Text, "number", "referrals-number"), "referrals-number-hint")
        },
        hinted(field(FieldKind::Text, "commune", "referrals-commune"), "referrals-commune-hint"),
        field(FieldKind::Text, "phone", "referrals-phone"),
        select("moment", "referrals-moment", moments),
        hinted(field(FieldKind::Textarea, "reason", "referrals-reason"), "referrals-reason-hint"),
        hinted(select("urgency", "referrals-urgency", urgencies), "referrals-urgency-hint"),
        hinted(field(FieldKind::Checkbox, "consent", "referrals-consent"), "referrals-consent-hint"),
    ];
    FormPage {
        back: Link::new(t("referrals-title").to_string(), visit.path(LIST)),
        title: t("referrals-new").to_string(),
        lead: t("referrals-new-lead").to_string(),
        action: visit.path(NEW),
        errors,
        fields,
        ticks: None,
        submit: t("referrals-send").to_string(),
        shell: visit.shell(),
    }
}

fn wrong(error: &ReferError) -> Result<FieldError, Fail> {
    let field = match error {
        ReferError::Refused(refused) => return Err((*refused).into()),
        ReferError::Store(error) => return Err(Fail::store(error)),
        ReferError::LastName => "last_name",
        ReferError::FirstName => "first_name",
        ReferError::BirthDate => "birth_date",
        ReferError::Number => "number",
        ReferError::Phone => "phone",
        ReferError::Commune(_) => "commune",
        ReferError::Reason => "reason",
        ReferError::Urgency => "urgency",
        ReferError::Moment => "moment",
        ReferError::Consent => "consent",
        ReferError::Twice | ReferError::TooMany => "",
    };
    Ok(FieldError { field: field.to_owned(), text: error.to_string() })
}

/// `GET /{department}/adressages/recus`.
///
/// # Errors
/// When the database does not answer.
pub async fn received(visit: Visit) -> Answer {
    let all = referrals_received(&visit.ctx()).await?;
    let row = |one: &Received| ReceivedRow {
        link: Link::new(one.person.1.clone(), visit.path(&format!("{RECEIVED}/{}", one.id))),
        tags: tags(one),
        by: by(one),
        sent: moment(&visit, one.sent_at),
    };
    page(&ReceivedPage {
        rows: all.iter().map(row).collect(),
        empty: Empty {
            title: t("referrals-received-none").to_string(),
            text: t("referrals-received-none-text").to_string(),
            action: None,
        },
        shell: visit.shell(),
    })
}

fn tags(one: &Received) -> Vec<Tag> {
    let pressing = (one.urgency == Urgency::Urgent).then(urgent);
    let followed = (!one.waits).then(|| Tag::new(t("referrals-tag-oriented").to_string(), Tone::Info));
    pressing.into_iter().chain(followed).collect()
}

fn by(one: &Received) -> String {
    match &one.by {
        Some((name, Some(structure))) => {
            t("referrals-by-both").s("name", name).s("structure", structure).to_string()
        }
        Some((name, None)) => name.clone(),
        None => t("referrals-by-somebody").to_string(),
    }
}

type Place = Path<(String, String)>;

/// `GET /{department}/adressages/recus/{id}`.
///
/// # Errors
/// 404 for one that is not the visitor's to answer.
pub async fn one(visit: Visit, Path((_, referral)): Place) -> Answer {
    let one = open_referral(&visit.ctx(), id(&referral)?).await?;
    page(&shown(&visit, &one, "", Vec::new()))
}

/// `POST /{department}/adressages/recus/{id}`.
///
/// # Errors
/// As [`one`].
pub async fn answer(visit: Visit, Path((_, referral)): Place, form: Form) -> Answer {
    let referral = id(&referral)?;
    match answer_referral(&visit.ctx(), referral, Reply::parse(form.get("answer"))).await {
        Ok(()) => see_other_saying(&visit, &visit.path(RECEIVED), Tone::Ok, "flash-referral-answered"),
        Err(AnswerReferralError::People(error)) => Err(error.into()),
        Err(error) => {
            let error = FieldError { field: "answer".to_owned(), text: error.to_string() };
            let one = open_referral(&visit.ctx(), referral).await?;
            unprocessable(&shown(&visit, &one, form.get("answer"), vec![error]))
        }
    }
}

fn shown(visit: &Visit, one: &Received, typed: &str, errors: Vec<FieldError>) -> ReferralPage {
    let fact = |key: &str, value: String| Fact::new(t(key).to_string(), value);
    let person = visit.path(&format!("/personnes/{}", one.person.0));
    let mut links = vec![Link::new(t("referrals-file").to_string(), person.clone())];
    if one.waits && permit(&visit.ctx(), Action::TakeCalls).is_ok() {
        links.insert(0, Link::new(t("referrals-call").to_string(), format!("{person}/appel")));
    }
    let mut choices = vec![Choice::new("", t("referrals-choose").to_string(), typed)];
    let word = |one: Reply| coded::referral_answer(one.code()).unwrap_or_default();
    choices.extend(Reply::GIVEN.map(|one| Choice::new(one.code(), word(one), typed)));
    ReferralPage {
        title: one.person.1.clone(),
        marks: tags(one),
        facts: vec![
            fact("referrals-by", by(one)),
            fact("referrals-sent", moment(visit, one.sent_at)),
            fact("referrals-typed", one.typed.name.clone()),
            fact("referrals-birth-date", format::full(one.typed.birth_date)),
            fact("referrals-phone", rows::phone(&one.typed.phone)),
            fact("referrals-moment", coded::referral_moment(one.moment.code()).unwrap_or_default()),
            fact("referrals-consented", format::full(one.consented_on)),
        ],
        reason: super::proposals::lines(&one.reason),
        links,
        answered: one
            .answer
            .map(|(reply, at)| {
                t("referrals-answered-on").s("answer", word(reply)).s("date", date(visit, at)).to_string()
            })
            .unwrap_or_default(),
        action: visit.path(&format!("{RECEIVED}/{}", one.id)),
        field: Field::select("answer", t("referrals-answer").to_string(), choices)
            .hint(t("referrals-answer-hint").to_string())
            .error(FieldError::of(&errors, "answer")),
        errors,
        shell: visit.shell(),
    }
}

/// The requests that wait, on the screen of the call and in the file.
pub(super) fn notes(visit: &Visit, all: &[Received]) -> Vec<ReferralNote> {
    let note = |one: &Received| {
        let title =
            t("referrals-note-title").s("date", date(visit, one.sent_at)).s("by", by(one)).to_string();
        let call = t("referrals-note-call")
            .s("moment", coded::referral_moment(one.moment.code()).unwrap_or_default())
            .s("phone", rows::phone(&one.typed.phone));
        ReferralNote {
            link: Link::new(title, visit.path(&format!("{RECEIVED}/{}", one.id))),
            reason: super::proposals::lines(&one.reason),
            call: call.to_string(),
            urgent: one.urgency == Urgency::Urgent,
        }
    };
    all.iter().map(note).collect()
}
