//! Settings: the places where people are received, and their rooms.

use app::agenda::{RoomInput, Site, SiteError, SiteInput, save_room, save_site, sites};
use axum::extract::Path;
use chrono::NaiveDate;

use super::super::rows::{self, t};
use super::super::settings_tabs::tabs;
use super::places::address;
use crate::form::Form;
use crate::format;
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::agenda::{SitePage, SiteRow, Sites};
use crate::view::errors::Problem;
use crate::view::form::{Field, FieldError, FieldKind};
use crate::view::parts::{Fact, Link, Tag, Tone};

const LIST: &str = "/reglages/lieux";

/// `GET /{department}/reglages/lieux`.
///
/// # Errors
/// When the database does not answer.
pub async fn list(visit: Visit) -> Answer {
    let ctx = visit.ctx();
    let shared = ctx.shared().await.map_err(|e| Fail::store(&e))?;
    let all = sites(&ctx).await.map_err(|e| Fail::store(&e))?;
    let rows = all.into_iter().map(|one| SiteRow {
        address: address(&one),
        territory: one
            .territory
            .as_deref()
            .and_then(|code| shared.territory(code))
            .unwrap_or_default()
            .to_owned(),
        rooms: format::count(one.rooms.len()),
        tags: if one.is_open_on(visit.today()) {
            Vec::new()
        } else {
            vec![Tag::new(t("agenda-closed").to_string(), Tone::Neutral)]
        },
        link: Link::new(one.name.clone(), visit.path(&format!("{LIST}/{}", one.id))),
    });
    page(&Sites { tabs: tabs(&visit, LIST), rows: rows.collect(), shell: visit.shell() })
}

/// `GET /{department}/reglages/lieux/nouveau`.
///
/// # Errors
/// When the database does not answer.
pub async fn new(visit: Visit) -> Answer {
    page(&whole(&visit, None, &Typed::default(), &Form::default(), Vec::new()))
}

/// `POST /{department}/reglages/lieux/nouveau`.
///
/// # Errors
/// When the database refuses.
pub async fn add(visit: Visit, form: Form) -> Answer {
    save(visit, None, &form).await
}

/// `GET /{department}/reglages/lieux/{id}`.
///
/// # Errors
/// 404 for a place that is not of this département.
pub async fn one(visit: Visit, Path((_, site)): Path<(String, String)>) -> Answer {
    let site = find(&visit, &site).await?;
    page(&whole(&visit, Some(&site), &Typed::of(&site), &Form::default(), Vec::new()))
}

/// `POST /{department}/reglages/lieux/{id}`.
///
/// # Errors
/// 404 for a place that is not of this département.
pub async fn change(visit: Visit, Path((_, site)): Path<(String, String)>, form: Form) -> Answer {
    let site = find(&visit, &site).await?;
    save(visit, Some(site), &form).await
}

async fn find(visit: &Visit, site: &str) -> Result<Site, Fail> {
    let wanted = id(site)?;
    let all = sites(&visit.ctx()).await.map_err(|e| Fail::store(&e))?;
    all.into_iter().find(|one| one.id == wanted).ok_or(Fail::Problem(Problem::NotFound))
}

async fn save(visit: Visit, site: Option<Site>, form: &Form) -> Answer {
    let typed = Typed::read(form);
    let error = match typed.input() {
        Err(error) => error,
        Ok(input) => match save_site(&visit.ctx(), site.as_ref().map(|one| one.id), &input).await {
            Ok(id) => {
                let back = visit.path(&format!("{LIST}/{id}"));
                return see_other_saying(&visit, &back, Tone::Ok, "flash-site");
            }
            Err(error) => wrong(&error)?,
        },
    };
    unprocessable(&whole(&visit, site.as_ref(), &typed, &Form::default(), vec![error]))
}

/// `POST /{department}/reglages/lieux/{id}/salles`.
///
/// # Errors
/// 404 for a place that is not of this département.
pub async fn room(visit: Visit, Path((_, site)): Path<(String, String)>, form: Form) -> Answer {
    let site = find(&visit, &site).await?;
    let input = RoomInput {
        name: form.get("room").to_owned(),
        seats: form.get("seats").trim().parse().unwrap_or_default(),
        closed_on: None,
    };
    match save_room(&visit.ctx(), site.id, None, &input).await {
        Ok(_) => {
            let back = visit.path(&format!("{LIST}/{}", site.id));
            see_other_saying(&visit, &back, Tone::Ok, "flash-room")
        }
        Err(error) => {
            let mut error = wrong(&error)?;
            if error.field == "name" {
                "room".clone_into(&mut error.field);
            }
            unprocessable(&whole(&visit, Some(&site), &Typed::of(&site), &form, vec![error]))
        }
    }
}

/// What was typed of a place.
#[derive(Debug, Default)]
struct Typed {
    name: String,
    address: String,
    commune: String,
    access: String,
    phone: String,
    closed: String,
}

impl Typed {
    fn of(one: &Site) -> Self {
        Self {
            name: one.name.clone(),
            address: one.address.clone(),
            commune: rows::commune(&one.commune),
            access: one.access.clone(),
            phone: one.phone.clone(),
            closed: one.closed_on.map(|day| day.to_string()).unwrap_or_default(),
        }
    }

    fn read(form: &Form) -> Self {
        let word = |name: &str| form.get(name).trim().to_owned();
        Self {
            name: word("name"),
            address: word("address"),
            commune: word("commune"),
            access: word("access"),
            phone: word("phone"),
            closed: word("closed"),
        }
    }

    fn input(&self) -> Result<SiteInput, FieldError> {
        let date = |text: &str| text.parse::<NaiveDate>();
        let wrong = || FieldError { field: "closed".to_owned(), text: t("settings-wrong-date").to_string() };
        Ok(SiteInput {
            name: self.name.clone(),
            address: self.address.clone(),
            commune: self.commune.clone(),
            access: self.access.clone(),
            phone: self.phone.clone(),
            closed_on: match self.closed.as_str() {
                "" => None,
                text => Some(date(text).map_err(|_| wrong())?),
            },
        })
    }
}

fn whole(
    visit: &Visit,
    site: Option<&Site>,
    typed: &Typed,
    room: &Form,
    errors: Vec<FieldError>,
) -> SitePage {
    let base = site.map_or_else(|| format!("{LIST}/nouveau"), |one| format!("{LIST}/{}", one.id));
    let seats = |n: i64| t("agenda-room-seats").n("n", n).to_string();
    SitePage {
        title: site.map_or_else(|| t("agenda-site-add").to_string(), |one| one.name.clone()),
        action: visit.path(&base),
        fields: fields(typed, &errors),
        rooms: site
            .map(|one| one.rooms.iter().map(|room| Fact::new(room.name.clone(), seats(room.seats))).collect())
            .unwrap_or_default(),
        room_action: site.map(|_| visit.path(&format!("{base}/salles"))),
        room_fields: room_fields(room, &errors),
        errors,
        shell: visit.shell(),
    }
}

fn fields(typed: &Typed, errors: &[FieldError]) -> Vec<Field> {
    let field = |kind, name: &str, key: &str, value: &str| {
        Field::new(kind, name, t(key).to_string()).value(value).error(FieldError::of(errors, name))
    };
    let optional = |field: Field| Field { optional: true, ..field };
    vec![
        field(FieldKind::Text, "name", "agenda-site-name", &typed.name),
        field(FieldKind::Text, "address", "agenda-address", &typed.address),
        field(FieldKind::Text, "commune", "agenda-commune", &typed.commune),
        optional(
            field(FieldKind::Textarea, "access", "agenda-access", &typed.access)
                .hint(t("agenda-access-hint").to_string()),
        ),
        optional(field(FieldKind::Text, "phone", "agenda-phone", &typed.phone)),
        optional(
            field(FieldKind::Date, "closed", "agenda-closed-on", &typed.closed)
                .hint(t("agenda-closed-hint").to_string()),
        ),
    ]
}

fn room_fields(room: &Form, errors: &[FieldError]) -> Vec<Field> {
    let field = |name: &str, key: &str| {
        Field::new(FieldKind::Text, name, t(key).to_string())
            .value(room.get(name))
            .error(FieldError::of(errors, name))
    };
    vec![field("room", "agenda-room-name"), field("seats", "agenda-seats")]
}

/// What is wrong in the form, beside the field at fault.
fn wrong(error: &SiteError) -> Result<FieldError, Fail> {
    let field = match error {
        SiteError::Name | SiteError::Taken(_) => "name",
        SiteError::Address => "address",
        SiteError::Access => "access",
        SiteError::Commune(_) => "commune",
        SiteError::Seats => "seats",
        SiteError::Refused(refused) => return Err((*refused).into()),
        SiteError::Store(error) => return Err(Fail::store(error)),
        SiteError::Unknown => return Err(Fail::Problem(Problem::NotFound)),
    };
    Ok(FieldError { field: field.to_owned(), text: error.to_string() })
}
