//! People, by JSON.

use app::people::due::{NextDue, Owner};
use app::people::list::{Entry, Filter, Order, Page, PersonRow, Sort, list as listed};
use app::people::person::open;
use axum::Json;
use axum::extract::Path;
use axum::response::IntoResponse;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::audit::Part;
use domain::followup::due::Kind;
use domain::followup::path::PathState;
use domain::intake::flux::RightState;
use domain::intake::timeline::Event;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::problem;
use crate::form::Query;
use crate::respond::{Answer, id};
use crate::site::Visit;

/// Most rows of a page.
const MOST: u64 = 200;

/// A person.
#[derive(Debug, Serialize, ToSchema)]
pub struct Person {
    /// Identifier.
    pub id: Uuid,
    /// Use name.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// ISO date.
    pub birth_date: Option<chrono::NaiveDate>,
    /// Path state.
    pub state: String,
    /// Marks beside the state.
    pub flags: Vec<String>,
    /// Code of the territory.
    pub territory: Option<String>,
    /// Who follows them.
    pub referents: Vec<Referent>,
    /// The next due step.
    pub next_due: Option<Due>,
}

/// Who follows a person.
#[derive(Debug, Serialize, ToSchema)]
pub struct Referent {
    /// Account.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// `social` or `employment`.
    pub side: String,
}

/// A due step.
#[derive(Debug, Serialize, ToSchema)]
pub struct Due {
    /// Kind of `rules.md` § 2.
    pub kind: String,
    /// ISO date.
    pub due_on: chrono::NaiveDate,
    /// Before today.
    pub late: bool,
    /// Who must act.
    pub owner: DueOwner,
    /// Why, in French.
    pub reason: String,
}

/// Who owes a step.
#[derive(Debug, Serialize, ToSchema)]
pub struct DueOwner {
    /// `user` or `team`.
    pub kind: &'static str,
    /// Name.
    pub name: String,
}

/// A page of people.
#[derive(Debug, Serialize, ToSchema)]
pub struct People {
    /// The people.
    pub items: Vec<Person>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// In all.
    pub total: u64,
}

/// One person with household and right.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonDetail {
    /// The person.
    #[serde(flatten)]
    pub person: Person,
    /// State of the right: the code of the file, `absent` or `claim`.
    pub right: Option<RightDetail>,
    /// The household.
    pub household: Option<HouseholdDetail>,
    /// Commune, INSEE code.
    pub commune: Option<String>,
}

/// The right.
#[derive(Debug, Serialize, ToSchema)]
pub struct RightDetail {
    /// `ETATDOSRSA`, `absent` or `claim`.
    pub state: String,
    /// In words.
    pub label: String,
    /// Subject to droits et devoirs.
    pub subject: bool,
    /// Since when the right runs.
    pub since: Option<chrono::NaiveDate>,
    /// Reception of the information.
    pub reception: Option<chrono::NaiveDate>,
}

/// The household.
#[derive(Debug, Serialize, ToSchema)]
pub struct HouseholdDetail {
    /// `FONORG`.
    pub organism: String,
    /// `NUMORG`.
    pub organism_number: String,
    /// `MATRICULE`.
    pub matricule: String,
    /// `NUMDEMRSA`.
    pub claim_number: String,
    /// Role of the person.
    pub role: Option<String>,
    /// Adults named.
    pub adults: usize,
    /// Children named.
    pub children: usize,
}

/// The timeline.
#[derive(Debug, Serialize, ToSchema)]
pub struct Events {
    /// The most recent first.
    #[schema(value_type = Vec<Object>)]
    pub items: Vec<Told>,
}

/// An event and the file that tells it.
#[derive(Debug, Serialize)]
pub struct Told {
    /// The event.
    #[serde(flatten)]
    pub event: Event,
    /// Name of the file.
    pub file: String,
}

fn flags(row: &PersonRow, late: bool) -> Vec<String> {
    let followed = PathState::parse(&row.state).is_some_and(PathState::is_followed);
    let closed = row.right_state.as_deref().and_then(RightState::parse).is_some_and(RightState::is_closed);
    let all = [
        ("closed_still_followed", closed && row.has_referent),
        ("no_referent", !row.has_referent && (row.state == PathState::ToOrient.code() || followed)),
        ("no_contract", followed && row.contract_on.is_none()),
        ("paused", row.paused_until.is_some()),
        ("late", late),
        ("match_open", row.match_open),
    ];
    all.into_iter().filter(|(_, is)| *is).map(|(flag, _)| flag.to_owned()).collect()
}

fn due(next: &NextDue) -> Due {
    let (kind, name) = match &next.owner {
        Owner::User(name) => ("user", name.clone()),
        Owner::Team(name) => ("team", name.clone()),
    };
    Due {
        kind: Kind::parse(&next.kind).map_or(next.kind.clone(), |kind| kind.rule().to_owned()),
        due_on: next.due_on,
        late: next.late,
        owner: DueOwner { kind, name },
        reason: next.reason.clone(),
    }
}

fn person_of(row: &PersonRow, referents: &[app::people::list::Referent], next: Option<&NextDue>) -> Person {
    Person {
        id: row.id,
        last_name: row.last_name.clone(),
        first_name: row.first_name.clone(),
        birth_date: row.birth_date,
        state: row.state.clone(),
        flags: flags(row, next.is_some_and(|d| d.late)),
        territory: row.territory.clone(),
        referents: referents
            .iter()
            .map(|r| Referent { id: r.account_id, name: r.name.clone(), side: r.side.clone() })
            .collect(),
        next_due: next.map(due),
    }
}

/// `GET /{department}/api/v1/people`.
///
/// # Errors
/// 400 for a value that cannot be read.
#[utoipa::path(get, path = "/{department}/api/v1/people", params(
    ("department" = String, Path), ("search" = Option<String>, Query), ("state" = Option<String>, Query),
    ("programme" = Option<String>, Query), ("referent" = Option<Uuid>, Query), ("territory" = Option<String>, Query),
    ("after" = Option<String>, Query), ("limit" = Option<u64>, Query)),
    responses((status = 200, body = People), (status = 401), (status = 403)), security(("bearer" = [])))]
pub async fn list(visit: Visit, Query(query): Query) -> Answer {
    let limit = match query.some("limit").map(str::parse::<u64>) {
        None => 50,
        Some(Ok(n)) if (1..=MOST).contains(&n) => n,
        Some(_) => return Ok(problem::bad_request("« limit » est un nombre de 1 à 200.")),
    };
    let state = query.some("state");
    if state.is_some_and(|s| PathState::parse(s).is_none()) {
        return Ok(problem::bad_request(
            "« state » est un état du parcours : to_orient, known, right_closed…",
        ));
    }
    let Ok(referent) = query.some("referent").map(str::parse::<Uuid>).transpose() else {
        return Ok(problem::bad_request("« referent » est l’identifiant d’un compte."));
    };
    if let Some(words) = query.some("search") {
        let found = app::people::search::search(&visit.ctx(), words).await?;
        let kept = |e: &&Entry| {
            state.is_none_or(|s| e.row.state == s)
                && query.some("programme").is_none_or(|p| e.row.programme.as_deref() == Some(p))
                && query.some("territory").is_none_or(|t| e.row.territory.as_deref() == Some(t))
        };
        let items: Vec<Person> =
            found.rows.iter().filter(kept).map(|e| person_of(&e.row, &e.referents, e.due.as_ref())).collect();
        let total = items.len() as u64;
        return Ok(Json(People { items, next: None, total }).into_response());
    }
    let filter = Filter {
        state: state.map(str::to_owned),
        territory: query.some("territory").map(str::to_owned),
        referent,
        programme: query.some("programme").map(str::to_owned),
        ..Filter::default()
    };
    let after = match query.some("after") {
        None => None,
        Some(key) => match read_cursor(key) {
            Some(after) => Some(after),
            None => {
                return Ok(problem::bad_request("« after » est la valeur « next » d’une page précédente."));
            }
        },
    };
    let found = listed(&visit.ctx(), &filter, (Sort::Name, Order::Ascending), &Page { after, limit }).await?;
    Ok(Json(People {
        items: found.rows.iter().map(|e| person_of(&e.row, &e.referents, e.due.as_ref())).collect(),
        next: found.next.as_ref().map(cursor),
        total: found.total,
    })
    .into_response())
}

/// Where the next page begins, in letters that any address carries as they are.
fn cursor((value, id): &(String, Uuid)) -> String {
    URL_SAFE_NO_PAD.encode(format!("{value}~{id}"))
}

fn read_cursor(text: &str) -> Option<(String, Uuid)> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    let (value, id) = text.rsplit_once('~')?;
    Some((value.to_owned(), id.parse().ok()?))
}

/// `GET /{department}/api/v1/people/{id}`.
///
/// # Errors
/// 404.
#[utoipa::path(get, path = "/{department}/api/v1/people/{id}",
    params(("department" = String, Path), ("id" = Uuid, Path)),
    responses((status = 200, body = PersonDetail), (status = 401), (status = 404)), security(("bearer" = [])))]
pub async fn person(visit: Visit, place: Path<(String, String)>) -> Answer {
    let file = open(&visit.ctx(), id(&place.1)?, Part::Essential).await?;
    let right = file.row.right_state.as_ref().map(|state| RightDetail {
        label: crate::view::words::right(domain::intake::flux::RightState::parse(state)).0,
        state: state.clone(),
        subject: file.row.subject,
        since: file.row.since,
        reception: file.row.reception.or(file.row.claim_reception),
    });
    let household = file.household.as_ref().map(|h| {
        let persons = h.dossier.as_ref().map(|d| d.persons.as_slice()).unwrap_or_default();
        HouseholdDetail {
            organism: h.row.organism.clone(),
            organism_number: h.row.organism_number.clone(),
            matricule: h.row.matricule.clone(),
            claim_number: h.row.claim_number.clone(),
            role: file.row.household_role.clone(),
            adults: persons.iter().filter(|p| p.role.is_followed()).count(),
            children: persons.iter().filter(|p| p.role == domain::intake::flux::Role::Child).count(),
        }
    });
    Ok(Json(PersonDetail {
        person: person_of(&file.row, &file.referents, file.due.as_ref()),
        right,
        household,
        commune: file.row.commune.clone(),
    })
    .into_response())
}

/// `GET /{department}/api/v1/people/{id}/events`.
///
/// # Errors
/// 404.
#[utoipa::path(get, path = "/{department}/api/v1/people/{id}/events",
    params(("department" = String, Path), ("id" = Uuid, Path)),
    responses((status = 200, body = Events), (status = 401), (status = 404)), security(("bearer" = [])))]
pub async fn events(visit: Visit, place: Path<(String, String)>) -> Answer {
    let file = open(&visit.ctx(), id(&place.1)?, Part::Events).await?;
    let items = file.events.into_iter().map(|(event, source)| Told { event, file: source.name }).collect();
    Ok(Json(Events { items }).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_and_nonsense_does_not() {
        let key = ("le goff léa".to_owned(), Uuid::from_u128(7));
        let text = cursor(&key);
        assert!(text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'));
        assert_eq!(read_cursor(&text), Some(key));
        assert_eq!(read_cursor("rien~x"), None);
    }
}
