//! A person's page: who they are, where they stand, what happened, how to reach them.

use app::people::nir::RevealError;
use app::people::person::{Label, PersonFile, open, opened as readers};
use axum::extract::Path;
use chrono::NaiveDate;
use domain::audit::Part;
use domain::intake::flux::{Address, Dossier, FluxPerson, Right, Role};

use super::contacts;
use super::journal_words::{act_words, detail};
use super::person_head::{Tab, head};
use super::person_story::{event, periods};
use super::rows::{self, t};
use crate::form::{Form, Query};
use crate::format;
use crate::respond::{Answer, Fail, id, page, unprocessable};
use crate::site::Visit;
use crate::view::contact::Contact;
use crate::view::form::FieldError;
use crate::view::parts::{Fact, Link, SmallMap};
use crate::view::person::{
    Member, NamedBy, Nir, Opening, PersonOpened, PersonPage, PersonRight, Question, RightCard,
};
use crate::view::words::{self, Gender};

/// Events shown on the first tab.
const EVENTS: usize = 12;

type Place = Path<(String, String)>;

/// `GET /{department}/personnes/{id}`.
///
/// # Errors
/// 404 for one whom the actor may not see.
pub async fn person(visit: Visit, Path((_, person)): Place) -> Answer {
    let file = open(&visit.ctx(), id(&person)?, Part::Essential).await?;
    page(&essential(&visit, &file, None))
}

/// `POST /{department}/personnes/{id}/nir`.
///
/// # Errors
/// 404 for one whom the actor may not see.
pub async fn reveal_nir(visit: Visit, Path((_, person)): Place, form: Form) -> Answer {
    let person = id(&person)?;
    let reason = form.get("reason");
    match app::people::nir::reveal(&visit.ctx(), person, reason).await {
        Ok(clear) => {
            let file = open(&visit.ctx(), person, Part::Essential).await?;
            let mut shown = essential(&visit, &file, None);
            shown.nir.shown = clear;
            shown.nir.reveal_action = None;
            page(&shown)
        }
        Err(RevealError::People(error)) => Err(error.into()),
        Err(other) => {
            let file = open(&visit.ctx(), person, Part::Essential).await?;
            unprocessable(&essential(&visit, &file, Some(other.to_string())))
        }
    }
}

pub(super) fn essential(visit: &Visit, file: &PersonFile, nir_error: Option<String>) -> PersonPage {
    let dossier = file.household.as_ref().and_then(|h| h.dossier.as_ref());
    let story = super::followup::story(visit, file);
    let more = story.len() > EVENTS;
    PersonPage {
        head: head(visit, file, Tab::Essential),
        referrals: super::referrals::notes(visit, &file.referrals),
        right: right_card(visit, file),
        members: dossier.map(|d| members(visit, file, d)).unwrap_or_default(),
        address: address(visit, file, dossier),
        map: map(visit, file),
        contacts: ways(visit, file),
        contacts_href: file
            .may_edit_contacts
            .then(|| visit.path(&format!("/personnes/{}/contacts", file.row.id))),
        facts: facts(visit, file),
        orientation: super::calls::panel(visit, file),
        notes: super::notes::notes(visit, file, &Form::default(), Vec::new()),
        proposals: super::proposals::proposals(visit, file, &Form::default(), Vec::new()),
        nir: nir(visit, file, nir_error),
        questions: questions(visit, file),
        path: super::followup::panel(visit, file),
        panels: vec![super::programmes::panel(visit, file), super::outcomes::panel(visit, file)],
        contracts: super::engagement::panel(visit, file),
        events: story.into_iter().take(EVENTS).collect(),
        received: super::transfer::received(visit, file),
        transfer_href: (file.may_transfer && file.row.left_on.is_none())
            .then(|| visit.path(&format!("/personnes/{}/transfert", file.row.id))),
        more_events: more.then(|| visit.path(&format!("/personnes/{}/droit", file.row.id))),
        shell: visit.shell(),
    }
}

fn right_card(visit: &Visit, file: &PersonFile) -> RightCard {
    let (state, tone) = words::right(rows::right_state(&file.row));
    let today = visit.today();
    let right = file.household.as_ref().and_then(|h| h.dossier.as_ref()).and_then(|d| d.right.as_ref());
    let mut all = Vec::new();
    if let Some(right) = right {
        all.extend(right_facts(right, today));
    }
    let gender = rows::gender(&file.row);
    let subject = if file.row.subject {
        gender.choose("people-subject-f", "people-subject-m")
    } else {
        gender.choose("people-not-subject-f", "people-not-subject-m")
    };
    let mut duties = Fact::new(t("people-duties").to_string(), t(subject).to_string());
    if let Some(on) = file.row.reception.filter(|_| file.row.subject) {
        duties = duties.detail(t("people-received-on").s("date", format::full(on)).to_string());
    }
    all.push(duties);
    if let Some(on) = file.row.claim_reception {
        all.push(Fact::new(
            t("people-claim").to_string(),
            t("people-received-on").s("date", format::full(on)).to_string(),
        ));
    }
    RightCard { state, tone, facts: all }
}

fn right_facts(right: &Right, today: NaiveDate) -> Vec<Fact> {
    let mut all = Vec::new();
    if let Some(since) = right.origin_date {
        all.push(Fact::new(t("people-since").to_string(), format::full(since)));
    }
    if let Some(reason) = &right.reason {
        let label = domain::reference::codes::label(&reason.list, &reason.code);
        let words = label.map_or_else(|| t("people-unknown-code").to_string(), ToOwned::to_owned);
        let since = right
            .since
            .map(|d| format!(", {}", t("people-since-day").s("date", format::day_month(d, today))));
        let detail = format!("{}{}", t("people-code").s("code", &reason.code), since.unwrap_or_default());
        all.push(Fact::new(t("people-reason").to_string(), words).detail(detail));
    }
    if let Some(cents) = right.amount_cents {
        let natures: Vec<String> = right
            .natures
            .iter()
            .map(|n| {
                let code = n.rsplit('/').next().unwrap_or(n);
                let label = domain::reference::codes::label("SOUSNATPF", code)
                    .or_else(|| domain::reference::codes::label("NATPF", code));
                label.map_or_else(|| n.clone(), ToOwned::to_owned)
            })
            .collect();
        let fact = Fact::new(
            t("people-amount").to_string(),
            t("people-per-month").s("amount", format::euros(cents)).to_string(),
        );
        all.push(if natures.is_empty() { fact } else { fact.detail(natures.join(", ")) });
    }
    if right.homeless {
        all.push(Fact::new(t("people-housing").to_string(), t("people-homeless").to_string()));
    }
    all
}

fn members(visit: &Visit, file: &PersonFile, dossier: &Dossier) -> Vec<Member> {
    let (mine, adults) = match &file.household {
        Some(h) => (h.person.as_ref(), h.adults.as_slice()),
        None => (None, [].as_slice()),
    };
    let gender =
        |p: &FluxPerson| if p.sex.as_deref() == Some("2") { Gender::Feminine } else { Gender::Masculine };
    dossier
        .persons
        .iter()
        .map(|p| {
            let page = adults.iter().find(|a| {
                a.birth_date == p.birth_date && a.first_name == domain::people::name::display(&p.first_name)
            });
            let role = words::household_role(p.role, gender(p));
            Member {
                name: format!(
                    "{} {}",
                    domain::people::name::display(&p.first_name),
                    domain::people::name::display(&p.last_name)
                ),
                role: if Some(p) == mine { format!("{role}, {}", t("people-this-file")) } else { role },
                age: p.birth_date.map(|d| format::age_words(d, visit.today())).unwrap_or_default(),
                href: page
                    .filter(|_| p.role != Role::Child)
                    .map(|a| visit.path(&format!("/personnes/{}", a.id))),
            }
        })
        .collect()
}

fn ways(visit: &Visit, file: &PersonFile) -> Vec<Contact> {
    let ways = file.reach.ways.iter().map(|way| contacts::contact(visit, way));
    ways.chain(contacts::said(visit, &file.reach)).collect()
}

/// The address that the payer tells, then those that spreadsheets tell otherwise.
fn address(visit: &Visit, file: &PersonFile, dossier: Option<&Dossier>) -> Vec<Fact> {
    let main = dossier.and_then(Dossier::main_address);
    let told: Vec<Fact> = file
        .reach
        .addresses
        .iter()
        .filter(|way| main.is_none_or(|main| !says_the_same(&way.told.value, main)))
        .enumerate()
        .map(|(rank, way)| {
            let first = rank == 0 && main.is_none();
            let label = if first { "people-address-line" } else { "people-other-address" };
            Fact::new(t(label).to_string(), way.told.value.clone()).detail(contacts::source(visit, &way.told))
        })
        .collect();
    let mut all = main.map(|main| vec![main_address(file, main)]).unwrap_or_default();
    if all.is_empty() && told.is_empty() {
        return all;
    }
    let territory = file.territory.clone().unwrap_or_else(|| t("people-no-territory").to_string());
    let territory = Fact::new(t("people-territory").to_string(), territory);
    if all.is_empty() {
        let mut told = told.into_iter();
        return told.next().into_iter().chain([territory]).chain(told).collect();
    }
    all.push(territory);
    let others = dossier.into_iter().flat_map(|d| &d.addresses).filter(|a| Some(*a) != main);
    all.extend(others.map(|a| {
        Fact::new(
            t("people-other-address").to_string(),
            format!("{}, {} {}", a.lines.join(", "), a.postcode, a.town),
        )
    }));
    all.extend(told);
    all
}

fn main_address(file: &PersonFile, main: &Address) -> Fact {
    let lines = main.lines.iter().map(|l| domain::people::name::display(l)).collect::<Vec<_>>().join(", ");
    let town = file.row.commune.as_deref().map_or_else(|| main.town.clone(), rows::commune);
    let fact = Fact::new(t("people-address-line").to_string(), format!("{lines}, {} {town}", main.postcode));
    match main.since {
        Some(since) => fact.detail(t("people-since-day").s("date", format::full(since)).to_string()),
        None => fact,
    }
}

/// The same street and town, however they are typed.
fn says_the_same(typed: &str, main: &Address) -> bool {
    let whole = format!("{} {} {}", main.lines.join(" "), main.postcode, main.town);
    domain::people::name::normalise(typed) == domain::people::name::normalise(&whole)
}

fn map(visit: &Visit, file: &PersonFile) -> Option<SmallMap> {
    use domain::reference::contours;
    use domain::reference::geo;
    let commune = geo::commune(file.row.commune.as_deref()?)?;
    let (lat, lon) = commune.position()?;
    let code = visit.department.code.as_str();
    let point = contours::project(code, lat, lon);
    #[expect(clippy::cast_precision_loss, reason = "a drawing is a thousand units wide")]
    let point = point.map(|(x, y)| (x as f32, y as f32));
    let territory = file.territory.clone().unwrap_or_else(|| t("people-no-territory").to_string());
    let text = t("people-map-text").s("town", commune.name).s("territory", territory).to_string();
    let title =
        t("people-map-title").s("town", commune.name).s("department", &visit.department.name).to_string();
    if let Some(map) = contours::territory_map(code) {
        let here = file.row.territory.as_deref().and_then(|t| map.shapes.iter().find(|s| s.code == t));
        return Some(SmallMap {
            title,
            text,
            view_box: map.view_box.clone(),
            outlines: map.shapes.iter().map(|s| s.path.to_owned()).collect(),
            here: here.map(|s| s.path.to_owned()),
            point,
        });
    }
    let outline = contours::department_outline(code)?;
    Some(SmallMap {
        title,
        text,
        view_box: outline.view_box.clone(),
        outlines: vec![outline.path.to_owned()],
        here: None,
        point,
    })
}

fn facts(visit: &Visit, file: &PersonFile) -> Vec<Fact> {
    let row = &file.row;
    let mut all = Vec::new();
    if let Some(date) = row.birth_date {
        let born = rows::gender(row).choose("people-born-f", "people-born-m");
        let fact = Fact::new(t(born).to_string(), format::full(date));
        let place = row.birth_place.as_ref().map(|p| t("people-born-at").s("place", p).to_string());
        all.push(match place {
            Some(place) => fact.detail(place),
            None => fact,
        });
    }
    if row.birth_name != row.last_name {
        all.push(Fact::new(t("people-birth-name").to_string(), row.birth_name.clone()));
    }
    for key in &file.dossiers {
        let label = t("people-dossier").s("organism", &key.organism).to_string();
        all.push(
            Fact::new(label, key.claim_number.clone())
                .detail(t("people-matricule").s("number", &key.matricule).to_string())
                .mono(),
        );
    }
    if let Some(number) = &file.france_travail {
        all.push(Fact::new(t("people-france-travail").to_string(), number.clone()).mono());
    }
    let numbers = file.numbers.iter().map(|label| labelled(visit, "contact-number", label).mono());
    all.extend(numbers);
    all.extend(file.tags.iter().map(|label| labelled(visit, "contact-tags", label)));
    all
}

/// A tag or a number, with the file that told it.
fn labelled(visit: &Visit, key: &str, label: &Label) -> Fact {
    let on = label.at.with_timezone(&visit.department.timezone).date_naive();
    let date = format::day_month(on, visit.today());
    let source = t("people-from-file").s("file", &label.file).s("date", date).to_string();
    Fact::new(t(key).to_string(), label.value.clone()).detail(source)
}

fn nir(visit: &Visit, file: &PersonFile, error: Option<String>) -> Nir {
    let action = visit.path(&format!("/personnes/{}/nir", file.row.id));
    Nir {
        shown: file.nir_masked.clone().unwrap_or_else(|| t("people-nir-absent").to_string()),
        reveal_action: file.may_reveal_nir.then_some(action),
        errors: error.map(|text| FieldError { field: "reason".to_owned(), text }).into_iter().collect(),
        warning: (file.row.nir_sealed.is_some() && !file.row.nir_valid)
            .then(|| t("people-nir-wrong").to_string()),
    }
}

fn questions(visit: &Visit, file: &PersonFile) -> Vec<Question> {
    file.questions
        .iter()
        .map(|(review, name, birth)| {
            let label = birth.map_or_else(|| name.clone(), |d| format!("{name}, {}", format::full(d)));
            let href = if file.may_decide_match {
                visit.path(&format!("/rapprochements/{}", review.id))
            } else {
                visit.path(&format!("/personnes/{}", file.row.id))
            };
            let doubt = domain::intake::matching::Doubt::parse(&review.doubt);
            Question { link: Link::new(label, href), text: doubt.map(words::doubt).unwrap_or_default() }
        })
        .collect()
}

/// `GET /{department}/personnes/{id}/droit`.
///
/// # Errors
/// 404 for one whom the actor may not see.
pub async fn right(visit: Visit, Path((_, person)): Place) -> Answer {
    let file = open(&visit.ctx(), id(&person)?, Part::Right).await?;
    let named = file
        .files
        .iter()
        .map(|f| {
            let told: Vec<String> = file
                .events
                .iter()
                .filter(|(e, _)| e.import == f.id)
                .map(|e| event(&visit, &file, e, false).title.to_lowercase())
                .collect();
            NamedBy {
                link: file_link(&visit, f),
                reference: format::day_month(f.stamp.reference, visit.today()),
                changes: told.join(", "),
            }
        })
        .collect();
    page(&PersonRight {
        head: head(&visit, &file, Tab::Right),
        periods: periods(&visit, &file),
        files: named,
        shell: visit.shell(),
    })
}

/// A file, to its report when the actor may read reports.
pub(super) fn file_link(visit: &Visit, file: &app::intake::history::FileFact) -> Link {
    let label = format!("{}, {}", words::file_kind(file.kind), format::month_year(file.stamp.reference));
    let may = app::access::permit(&visit.ctx(), domain::access::permission::Action::ReadImports).is_ok();
    Link::new(label, if may { visit.path(&format!("/fichiers/{}", file.id)) } else { String::new() })
}

/// `GET /{department}/personnes/{id}/consultations`.
///
/// # Errors
/// 404 for one whom the actor may not see.
pub async fn opened(visit: Visit, Path((_, person)): Place, Query(query): Query) -> Answer {
    let ctx = visit.ctx();
    let file = open(&ctx, id(&person)?, Part::Readers).await?;
    let before = query.some("apres").and_then(|number| number.parse().ok());
    let mut lines = readers(&ctx, file.row.id, before, super::journal::PAGE + 1).await?;
    let next = super::journal::cut(&mut lines);
    let rows: Vec<Opening> = lines
        .iter()
        .map(|line| Opening {
            when: format::moment(
                line.row.at.with_timezone(&visit.department.timezone).naive_local(),
                visit.today(),
            ),
            who: line.row.actor_name.clone(),
            role: role_words(&line.row.role),
            act: act_words(&line.row.act),
            detail: detail(line),
            reason: line.row.reason.clone().unwrap_or_default(),
        })
        .collect();
    let path = format!("/personnes/{}/consultations", file.row.id);
    let pager = super::journal::pager(&visit, &path, &query, rows.len(), next);
    page(&PersonOpened { head: head(&visit, &file, Tab::Opened), rows, pager, shell: visit.shell() })
}

/// The roles kept by the journal, in words.
pub(super) fn role_words(kept: &str) -> String {
    let word = |held: &str| {
        let code = held.split_whitespace().next().unwrap_or_default();
        domain::access::role::Role::parse(code).map_or_else(|| held.to_owned(), words::role)
    };
    kept.split(", ").map(word).collect::<Vec<_>>().join(", ")
}

impl From<RevealError> for Fail {
    fn from(error: RevealError) -> Self {
        match error {
            RevealError::People(error) => error.into(),
            other => Self::Internal(other.to_string()),
        }
    }
}
