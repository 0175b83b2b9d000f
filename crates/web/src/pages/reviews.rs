//! Is it the same person? The queue, the two records side by side, the decision and its undoing.

use app::intake::review::{
    self, ContactLine, Decided as Answered, Decision, Fact, PlaceLine, Queue, ReviewError, ReviewLine,
    ReviewPage, Side, status,
};
use axum::extract::Path;
use chrono::{DateTime, NaiveDate, Utc};
use domain::intake::flux::DossierKey;
use uuid::Uuid;

use super::rows::{self, t};
use crate::form::{Form, Query};
use crate::format;
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::form::{Field, FieldKind};
use crate::view::intake::{CompareRow, Decided, Review, ReviewRow, Reviews};
use crate::view::parts::{Chip, Empty, Link, Tag, Tone};
use crate::view::shell::Flash;
use crate::view::words;

/// What is asked of a path: département and question.
type Place = Path<(String, String)>;

/// Every fact that is compared, in the order of the page.
const FACTS: [(Fact, &str); 11] = [
    (Fact::LastName, "intake-fact-last-name"),
    (Fact::BirthName, "intake-fact-birth-name"),
    (Fact::FirstName, "intake-fact-first-name"),
    (Fact::BirthDate, "intake-fact-birth-date"),
    (Fact::Sex, "intake-fact-sex"),
    (Fact::BirthPlace, "intake-fact-birth-place"),
    (Fact::Nir, "intake-fact-nir"),
    (Fact::FranceTravail, "intake-fact-france-travail"),
    (Fact::Household, "intake-fact-household"),
    (Fact::Address, "intake-fact-address"),
    (Fact::Contact, "intake-fact-contact"),
];

/// `GET /{department}/rapprochements?etat=decides`.
///
/// # Errors
/// 403 outside of the role's scope.
pub async fn list(visit: Visit, Query(query): Query) -> Answer {
    let decided = query.get("etat") == "decides";
    let queue = if decided { Queue::Decided } else { Queue::Open };
    // The key of a page is « value~uuid »; questions are in the order of their identifiers.
    let after =
        query.some("apres").and_then(|key| key.rsplit('~').next()).and_then(|id| id.parse::<Uuid>().ok());
    let listed = review::list(&visit.ctx(), queue, after).await?;
    let path = visit.path("/rapprochements");
    let next = listed.next.map(|id| (String::new(), id));
    let empty = if decided { "intake-reviews-undecided" } else { "intake-reviews-none" };
    page(&Reviews {
        title: t("intake-reviews-n").n("n", listed.open).to_string(),
        chips: chips(&path, decided, listed.open),
        rows: listed.rows.iter().map(|line| row(&visit, line)).collect(),
        pager: rows::pager(&path, &query, listed.rows.len(), None, next.as_ref()),
        empty: Empty {
            title: t(empty).to_string(),
            text: t("intake-reviews-none-text").to_string(),
            action: None,
        },
        shell: visit.shell(),
    })
}

fn chips(path: &str, decided: bool, open: u64) -> Vec<Chip> {
    let count = format::number(i64::try_from(open).unwrap_or(i64::MAX));
    let chip =
        |key: &str, href: String, count, current| Chip { label: t(key).to_string(), href, count, current };
    vec![
        chip("intake-reviews-open", path.to_owned(), Some(count), !decided),
        chip("intake-reviews-decided", format!("{path}?etat=decides"), None, decided),
    ]
}

fn row(visit: &Visit, line: &ReviewLine) -> ReviewRow {
    ReviewRow {
        href: visit.path(&format!("/rapprochements/{}", line.id)),
        known: who(visit, &line.left),
        named: who(visit, &line.right),
        doubt: line.doubt.map(words::doubt).unwrap_or_default(),
        since: format::near(local(visit, line.asked_at), visit.today()),
        decided: line.decided.as_ref().map(|_| verdict(&line.status)),
    }
}

/// « Bérengère Lamothe-Oury, 35 ans ».
fn who(visit: &Visit, (name, birth): &(String, Option<NaiveDate>)) -> String {
    match birth {
        Some(birth) => format!("{name}, {}", format::age_words(*birth, visit.today())),
        None => name.clone(),
    }
}

fn local(visit: &Visit, at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&visit.department.timezone).date_naive()
}

fn verdict(code: &str) -> Tag {
    let key = if code == status::MERGED { "intake-verdict-same" } else { "intake-verdict-two" };
    Tag::new(t(key).to_string(), Tone::Ok)
}

/// `GET /{department}/rapprochements/{id}`.
///
/// # Errors
/// 404 for a question on people whom the actor may not see.
pub async fn review(visit: Visit, Path((_, key)): Place) -> Answer {
    page(&shown(&visit, id(&key)?, "", None).await?)
}

/// The page; `wrong` is why a decision was not taken, `typed` the reason that was written.
async fn shown(visit: &Visit, key: Uuid, typed: &str, wrong: Option<String>) -> Result<Review, Fail> {
    let question = review::open(&visit.ctx(), key).await?;
    let path = visit.path(&format!("/rapprochements/{key}"));
    let mut shell = visit.shell();
    if let Some(title) = wrong {
        shell.flash = Some(Flash { tone: Tone::Late, title, text: String::new(), action: None });
    }
    let merged = question.review.status == status::MERGED;
    let doubt = question.doubt.map(words::doubt).unwrap_or_default();
    let asked = format::near(local(visit, question.review.asked_at), visit.today());
    Ok(Review {
        position: t("intake-review-asked").s("doubt", doubt).s("day", asked).to_string(),
        known: head(visit, &question.left, true),
        named: head(visit, &question.right, !merged && question.left.id != question.right.id),
        rows: FACTS.iter().map(|(fact, label)| compared(&question, *fact, label)).collect(),
        evidence: told(&question.agreeing, "intake-fact-same"),
        against: told(&question.differing, "intake-fact-differs"),
        unknown: told(&unknown(&question), "intake-fact-unknown"),
        decided: question.decided.as_ref().map(|d| decided(visit, &question, d, &path)),
        may_decide: true,
        reason: reason(typed),
        action: path,
        shell,
    })
}

/// The field of the reason.
fn reason(typed: &str) -> Field {
    let field = Field::new(FieldKind::Textarea, "reason", t("intake-review-reason").to_string());
    Field { optional: true, ..field }.value(typed)
}

/// Head of a record: where it comes from, and its page while it speaks for itself.
fn head(visit: &Visit, side: &Side, open: bool) -> Link {
    let name = format!("{} {}", side.identity.first_name, side.identity.last_name);
    let label = match &side.first_file {
        Some(file) => t("intake-review-from").s("name", name).s("file", &file.name).to_string(),
        None => name,
    };
    Link::new(label, if open { visit.path(&format!("/personnes/{}", side.id)) } else { String::new() })
}

fn compared(question: &ReviewPage, fact: Fact, label: &str) -> CompareRow {
    CompareRow {
        label: t(label).to_string(),
        known: value(&question.left, fact),
        named: value(&question.right, fact),
        differs: question.differing.contains(&fact),
    }
}

fn value(side: &Side, fact: Fact) -> String {
    let many = |values: Vec<String>| values.join(" ; ");
    let said = match fact {
        Fact::LastName => Some(side.identity.last_name.clone()),
        Fact::BirthName => Some(side.identity.birth_name.clone()),
        Fact::FirstName => Some(side.identity.first_name.clone()),
        Fact::BirthDate => side.identity.birth_date.map(format::full),
        Fact::Sex => side.identity.sex.as_deref().map(sex),
        Fact::BirthPlace => side.identity.birth_place.clone(),
        Fact::Nir => side.nir_masked.clone(),
        Fact::FranceTravail => side.france_travail_id.clone(),
        Fact::Household => Some(many(side.places.iter().map(place).collect())),
        Fact::Address => side.address.clone(),
        Fact::Contact => Some(many(side.contacts.iter().map(contact).collect())),
    };
    said.filter(|text| !text.is_empty()).unwrap_or_else(|| t("intake-fact-absent").to_string())
}

fn sex(code: &str) -> String {
    match code {
        "1" => t("intake-sex-m").to_string(),
        "2" => t("intake-sex-f").to_string(),
        other => other.to_owned(),
    }
}

/// « CAF 551, dossier 0417552, Demandeur ».
fn place(place: &PlaceLine) -> String {
    let DossierKey { organism, organism_number, matricule, .. } = &place.key;
    let role = words::household_role(place.role, words::Gender::Masculine);
    let line = t("intake-place")
        .s("organism", format!("{organism} {organism_number}"))
        .s("matricule", matricule)
        .s("role", role)
        .to_string();
    if place.named { line } else { format!("{line} {}", t("intake-place-past")) }
}

fn contact(line: &ContactLine) -> String {
    if line.kind == "phone" { rows::phone(&line.value) } else { line.value.clone() }
}

/// What one side at least does not tell.
fn unknown(question: &ReviewPage) -> Vec<Fact> {
    let known = |fact: &Fact| question.agreeing.contains(fact) || question.differing.contains(fact);
    FACTS.iter().map(|(fact, _)| *fact).filter(|fact| !known(fact)).collect()
}

fn told(facts: &[Fact], key: &str) -> Vec<String> {
    let label =
        |fact: &Fact| FACTS.iter().find(|(known, _)| known == fact).map(|(_, label)| t(label).to_string());
    facts.iter().filter_map(label).map(|label| t(key).s("fact", label).to_string()).collect()
}

fn decided(visit: &Visit, question: &ReviewPage, answer: &Answered, path: &str) -> Decided {
    let at = answer.at.with_timezone(&visit.department.timezone).naive_local();
    let by = if answer.by.is_empty() { t("intake-review-nobody").to_string() } else { answer.by.clone() };
    let text = t("intake-review-decided")
        .s("verdict", verdict(&question.review.status).label)
        .s("when", format::moment(at, visit.today()))
        .s("by", by)
        .to_string();
    let text = match &answer.reason {
        Some(reason) => format!("{text} {}", t("intake-review-because").s("reason", reason)),
        None => text,
    };
    Decided { text, undo_action: Some(format!("{path}/defaire")) }
}

/// `POST /{department}/rapprochements/{id}`: `decision` is `same`, `two` or `later`, `reason` is free.
///
/// # Errors
/// 404 for a question on people whom the actor may not see, or another decision.
pub async fn decide(visit: Visit, Path((_, key)): Place, form: Form) -> Answer {
    let (key, list) = (id(&key)?, visit.path("/rapprochements"));
    let (decision, flash) = match form.get("decision") {
        "same" => (Decision::Same, "flash-same"),
        "two" => (Decision::Distinct, "flash-two"),
        "later" => return see_other_saying(&visit, &list, Tone::Soon, "flash-later"),
        _ => return Err(Fail::Problem(Problem::NotFound)),
    };
    match review::decide(&visit.ctx(), key, decision, form.get("reason")).await {
        Ok(()) => see_other_saying(&visit, &list, Tone::Ok, flash),
        Err(error) => {
            let wrong = wrong(error)?;
            unprocessable(&shown(&visit, key, form.get("reason"), Some(wrong)).await?)
        }
    }
}

/// `POST /{department}/rapprochements/{id}/defaire`.
///
/// # Errors
/// 404 for a question on people whom the actor may not see.
pub async fn undo(visit: Visit, Path((_, key)): Place) -> Answer {
    let key = id(&key)?;
    match review::undo(&visit.ctx(), key).await {
        Ok(()) => {
            see_other_saying(&visit, &visit.path(&format!("/rapprochements/{key}")), Tone::Ok, "flash-undone")
        }
        Err(error) => {
            let wrong = wrong(error)?;
            unprocessable(&shown(&visit, key, "", Some(wrong)).await?)
        }
    }
}

/// Why a decision was not taken, in a sentence; other refusals have their own page.
fn wrong(error: ReviewError) -> Result<String, Fail> {
    match error {
        ReviewError::Denied(_) | ReviewError::Unknown | ReviewError::Store(_) => Err(error.into()),
        said => Ok(said.to_string()),
    }
}

impl From<ReviewError> for Fail {
    fn from(error: ReviewError) -> Self {
        match error {
            ReviewError::Denied(refused) => refused.into(),
            ReviewError::Unknown => Self::Problem(Problem::NotFound),
            ReviewError::Store(error) => Self::store(&error),
            other => Self::Internal(other.to_string()),
        }
    }
}
