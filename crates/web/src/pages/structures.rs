//! Structures: where roles are held, on which side, and which of them are hidden.

use app::settings::{
    MOST_IN_STRUCTURE, Structure, StructureError, StructureInput, save_structure, set_structure_capacity,
    structure_loads, structures as known,
};
use axum::extract::Path;
use chrono::NaiveDate;
use domain::access::side::Side;
use domain::access::structure::StructureKind;

use super::rows::{self, t};
use super::settings_tabs::tabs;
use crate::form::Form;
use crate::format;
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::form_page::{FormPage, Tick, Ticks};
use crate::view::parts::{Link, Tag, Tone};
use crate::view::structures::{StructureRow, Structures};
use crate::view::words;

const LIST: &str = "/reglages/structures";

/// `GET /{department}/reglages/structures`.
///
/// # Errors
/// When the database does not answer.
pub async fn list(visit: Visit) -> Answer {
    let ctx = visit.ctx();
    let shared = ctx.shared().await.map_err(|e| Fail::store(&e))?;
    let all = known(&ctx).await.map_err(fail)?;
    let loads = structure_loads(&ctx).await.map_err(fail)?;
    let rows = all
        .into_iter()
        .map(|(one, members)| {
            let served: String = one
                .territories
                .iter()
                .filter_map(|code| shared.territory(code))
                .collect::<Vec<_>>()
                .join(", ");
            StructureRow {
                tags: tags(&one, visit.today(), loads.get(&one.id).copied()),
                follows: follows(loads.get(&one.id).copied()),
                kind: t("structures-kind-side")
                    .s("kind", words::structure_kind(one.kind))
                    .s("side", words::side(one.side))
                    .to_string(),
                place: if served.is_empty() { t("structures-whole").to_string() } else { served },
                members: format::number(i64::try_from(members).unwrap_or(i64::MAX)),
                link: Link::new(one.name, visit.path(&format!("{LIST}/{}", one.id))),
            }
        })
        .collect();
    page(&Structures { tabs: tabs(&visit, LIST), rows, shell: visit.shell() })
}

/// « 22 personnes sur 30 ».
fn follows(load: Option<(u64, Option<u64>)>) -> String {
    let n = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let (people, most) = load.unwrap_or_default();
    match most {
        Some(most) => t("structures-load").n("n", n(people)).n("most", n(most)).to_string(),
        None => format::number(n(people)),
    }
}

fn tags(one: &Structure, today: NaiveDate, load: Option<(u64, Option<u64>)>) -> Vec<Tag> {
    let mut all = Vec::new();
    if load.is_some_and(|(people, most)| most.is_some_and(|most| people >= most)) {
        all.push(Tag::new(t("structures-full").to_string(), Tone::Soon));
    }
    if one.sensitive {
        all.push(Tag::new(t("structures-hidden").to_string(), Tone::Info));
    }
    if !one.is_open_on(today) {
        all.push(Tag::new(t("structures-closed").to_string(), Tone::Neutral));
    }
    all
}

/// `GET /{department}/reglages/structures/nouvelle`.
///
/// # Errors
/// When the database does not answer.
pub async fn new(visit: Visit) -> Answer {
    page(&form_page(&visit, None, &Typed::default(), Vec::new()).await?)
}

/// `POST /{department}/reglages/structures/nouvelle`.
///
/// # Errors
/// When the database refuses.
pub async fn add(visit: Visit, form: Form) -> Answer {
    save(visit, None, &form).await
}

/// `GET /{department}/reglages/structures/{id}`.
///
/// # Errors
/// 404 for a structure that is not of this département.
pub async fn one(visit: Visit, Path((_, structure)): Path<(String, String)>) -> Answer {
    let structure = find(&visit, &structure).await?;
    let loads = structure_loads(&visit.ctx()).await.map_err(fail)?;
    let most = loads.get(&structure.id).and_then(|(_, most)| *most);
    let typed = Typed { capacity: most.map(|n| n.to_string()).unwrap_or_default(), ..Typed::of(&structure) };
    page(&form_page(&visit, Some(&structure), &typed, Vec::new()).await?)
}

/// `POST /{department}/reglages/structures/{id}`.
///
/// # Errors
/// 404 for a structure that is not of this département.
pub async fn change(visit: Visit, Path((_, structure)): Path<(String, String)>, form: Form) -> Answer {
    let structure = find(&visit, &structure).await?;
    save(visit, Some(structure), &form).await
}

async fn find(visit: &Visit, structure: &str) -> Result<Structure, Fail> {
    let wanted = id(structure)?;
    let all = known(&visit.ctx()).await.map_err(fail)?;
    let found = all.into_iter().find(|(one, _)| one.id == wanted).map(|(one, _)| one);
    found.ok_or(Fail::Problem(Problem::NotFound))
}

async fn save(visit: Visit, structure: Option<Structure>, form: &Form) -> Answer {
    let mut typed = Typed::read(form);
    let error = match typed.input() {
        Err(error) => error,
        Ok(input) => match save_structure(&visit.ctx(), structure.as_ref().map(|one| one.id), input).await {
            Ok(id) => match set_structure_capacity(&visit.ctx(), id, typed.people, typed.from).await {
                Ok(()) => return see_other_saying(&visit, &visit.path(LIST), Tone::Ok, "flash-structure"),
                Err(error) => wrong(error)?,
            },
            Err(error) => wrong(error)?,
        },
    };
    unprocessable(&form_page(&visit, structure.as_ref(), &typed, vec![error]).await?)
}

/// What was typed in the form.
#[derive(Debug, Default)]
struct Typed {
    name: String,
    kind: String,
    side: String,
    sensitive: bool,
    commune: String,
    territories: Vec<String>,
    since: String,
    until: String,
    capacity: String,
    capacity_since: String,
    people: Option<i64>,
    from: Option<NaiveDate>,
}

impl Typed {
    fn of(one: &Structure) -> Self {
        Self {
            name: one.name.clone(),
            kind: one.kind.code().to_owned(),
            side: one.side.code().to_owned(),
            sensitive: one.sensitive,
            commune: one.commune.as_deref().map(rows::commune).unwrap_or_default(),
            territories: one.territories.clone(),
            since: one.since.to_string(),
            until: one.until.map(|day| day.to_string()).unwrap_or_default(),
            ..Self::default()
        }
    }

    fn read(form: &Form) -> Self {
        let word = |name: &str| form.get(name).trim().to_owned();
        Self {
            name: word("name"),
            kind: word("kind"),
            side: word("side"),
            sensitive: !form.get("sensitive").is_empty(),
            commune: word("commune"),
            territories: form.all("territory").to_vec(),
            since: word("since"),
            until: word("until"),
            capacity: word("capacity"),
            capacity_since: word("capacity_since"),
            ..Self::default()
        }
    }

    fn input(&mut self) -> Result<StructureInput, FieldError> {
        let said = |field: &str, key: &str| FieldError { field: field.to_owned(), text: t(key).to_string() };
        let day = |field: &str, text: &str| match text {
            "" => Ok(None),
            text => text.parse::<NaiveDate>().map(Some).map_err(|_| said(field, "settings-wrong-date")),
        };
        self.people = match self.capacity.as_str() {
            "" => None,
            // What is no number is refused as a number that is too large.
            text => Some(text.parse().unwrap_or(i64::MAX)),
        };
        if self.people.is_some_and(|n| !(1..=MOST_IN_STRUCTURE).contains(&n)) {
            return Err(FieldError {
                field: "capacity".to_owned(),
                text: StructureError::Capacity.to_string(),
            });
        }
        self.from = day("capacity_since", &self.capacity_since)?;
        Ok(StructureInput {
            name: self.name.clone(),
            kind: StructureKind::parse(&self.kind).ok_or_else(|| said("kind", "structures-wrong-kind"))?,
            side: Side::parse(&self.side).ok_or_else(|| said("side", "structures-wrong-side"))?,
            sensitive: self.sensitive,
            commune: self.commune.clone(),
            territories: self.territories.clone(),
            since: day("since", &self.since)?,
            until: day("until", &self.until)?,
        })
    }
}

async fn form_page(
    visit: &Visit,
    structure: Option<&Structure>,
    typed: &Typed,
    errors: Vec<FieldError>,
) -> Result<FormPage, Fail> {
    let territories = app::settings::territories(&visit.ctx()).await.map_err(|e| Fail::store(&e))?;
    let boxes = territories
        .into_iter()
        .map(|one| Tick { checked: typed.territories.contains(&one.code), label: one.name, value: one.code })
        .collect();
    let ticks = Ticks {
        legend: t("structures-served").to_string(),
        hint: t("structures-served-hint").to_string(),
        name: "territory",
        boxes,
    };
    let action = structure.map_or_else(|| format!("{LIST}/nouvelle"), |one| format!("{LIST}/{}", one.id));
    let title = structure.map_or_else(|| t("structures-add").to_string(), |one| one.name.clone());
    Ok(FormPage {
        back: Link::new(t("structures-title").to_string(), visit.path(LIST)),
        title,
        lead: t("structures-form-lead").to_string(),
        action: visit.path(&action),
        fields: fields(typed, &errors),
        errors,
        ticks: Some(ticks),
        submit: t("structures-save").to_string(),
        shell: visit.shell(),
    })
}

fn fields(typed: &Typed, errors: &[FieldError]) -> Vec<Field> {
    let text = |kind, name: &str, key: &str, value: &str| {
        Field::new(kind, name, t(key).to_string()).value(value).error(FieldError::of(errors, name))
    };
    let select = |name: &str, key: &str, choices: Vec<Choice>| {
        Field::select(name, t(key).to_string(), choices).error(FieldError::of(errors, name))
    };
    let kinds = StructureKind::ALL
        .map(|kind| Choice::new(kind.code(), words::structure_kind(kind), &typed.kind))
        .to_vec();
    let sides = Side::ALL.map(|side| Choice::new(side.code(), words::side(side), &typed.side)).to_vec();
    let optional = |field: Field| Field { optional: true, ..field };
    vec![
        text(FieldKind::Text, "name", "structures-name", &typed.name),
        select("kind", "structures-kind", kinds),
        select("side", "structures-side", sides).hint(t("structures-side-hint").to_string()),
        text(
            FieldKind::Checkbox,
            "sensitive",
            "structures-sensitive",
            if typed.sensitive { "oui" } else { "" },
        )
        .hint(t("structures-sensitive-hint").to_string()),
        optional(text(FieldKind::Text, "commune", "structures-commune", &typed.commune)),
        optional(text(FieldKind::Date, "since", "structures-since", &typed.since)),
        optional(text(FieldKind::Date, "until", "structures-until", &typed.until)),
        optional(
            text(FieldKind::Text, "capacity", "structures-capacity", &typed.capacity)
                .hint(t("structures-capacity-hint").to_string()),
        ),
        optional(
            text(FieldKind::Date, "capacity_since", "structures-capacity-since", &typed.capacity_since)
                .hint(t("structures-capacity-since-hint").to_string()),
        ),
    ]
}

/// A refusal that no field explains.
pub(super) fn fail(error: StructureError) -> Fail {
    match error {
        StructureError::Refused(refused) => refused.into(),
        StructureError::Store(error) => Fail::store(&error),
        _ => Fail::Problem(Problem::NotFound),
    }
}

/// What is wrong in the form, beside the field at fault.
fn wrong(error: StructureError) -> Result<FieldError, Fail> {
    let field = match &error {
        StructureError::Name | StructureError::Taken(_) => "name",
        StructureError::Commune(_) => "commune",
        StructureError::Capacity => "capacity",
        StructureError::Territory(_) => "",
        StructureError::Dates => "until",
        StructureError::Refused(_) | StructureError::Store(_) | StructureError::Unknown => {
            return Err(fail(error));
        }
    };
    Ok(FieldError { field: field.to_owned(), text: error.to_string() })
}
