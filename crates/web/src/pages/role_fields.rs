//! The fields with which a role is given: which one, where, from which day to which day.

use app::access::{NewRole, RoleError};
use app::settings::open_structures;
use chrono::NaiveDate;
use domain::access::role::Role;

use super::rows::t;
use crate::form::Form;
use crate::respond::Fail;
use crate::site::Visit;
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::words;

/// How a structure begins in the values of the field « où ».
const STRUCTURE: &str = "structure:";
/// How a territory begins in them.
const TERRITORY: &str = "territoire:";

/// The four fields, with what was typed.
///
/// # Errors
/// When the database does not answer.
pub async fn role_fields(
    visit: &Visit,
    roles: &[Role],
    form: &Form,
    errors: &[FieldError],
) -> Result<Vec<Field>, Fail> {
    let ctx = visit.ctx();
    let mut choices = vec![Choice::new("", t("users-choose-role").to_string(), form.get("role"))];
    choices.extend(roles.iter().map(|role| Choice::new(role.code(), words::role(*role), form.get("role"))));
    let place = form.get("place");
    let whole = t("access-whole").s("department", &visit.department.name).to_string();
    let mut places = vec![Choice::new("", whole, place)];
    let territories = app::settings::territories(&ctx).await.map_err(|e| Fail::store(&e))?;
    places.extend(territories.into_iter().map(|one| {
        let label = t("users-place-territory").s("name", one.name).to_string();
        Choice::new(&format!("{TERRITORY}{}", one.code), label, place)
    }));
    let structures = open_structures(&ctx).await.map_err(super::structures::fail)?;
    places.extend(structures.into_iter().map(|one| {
        let label = t("users-place-structure").s("name", one.name).to_string();
        Choice::new(&format!("{STRUCTURE}{}", one.id), label, place)
    }));
    let date = |name: &str, key: &str, hint: &str| Field {
        optional: true,
        ..Field::new(FieldKind::Date, name, t(key).to_string())
            .hint(t(hint).to_string())
            .value(form.get(name))
            .error(FieldError::of(errors, name))
    };
    Ok(vec![
        Field::select("role", t("users-role").to_string(), choices).error(FieldError::of(errors, "role")),
        Field::select("place", t("users-place").to_string(), places)
            .hint(t("users-place-hint").to_string())
            .error(FieldError::of(errors, "place")),
        date("since", "users-since", "users-since-hint"),
        date("until", "users-until", "users-until-hint"),
    ])
}

/// The role typed.
///
/// # Errors
/// What is wrong, beside its field.
pub fn read_role(form: &Form) -> Result<NewRole, FieldError> {
    let said = |field: &str, key: &str| FieldError { field: field.to_owned(), text: t(key).to_string() };
    let day = |field: &str| match form.get(field).trim() {
        "" => Ok(None),
        text => text.parse::<NaiveDate>().map(Some).map_err(|_| said(field, "settings-wrong-date")),
    };
    let role = Role::parse(form.get("role")).filter(|role| *role != Role::Person);
    let role = NewRole::of(role.ok_or_else(|| said("role", "users-wrong-role"))?);
    let place = form.get("place");
    let (since, until) = (day("since")?, day("until")?);
    let placed = match (place.strip_prefix(TERRITORY), place.strip_prefix(STRUCTURE)) {
        (Some(code), _) => role.on(Some(code.to_owned())),
        (None, Some(id)) => {
            let id = id.parse().map_err(|_| said("place", "users-wrong-place"))?;
            NewRole { structure: Some(id), ..role }
        }
        (None, None) if place.is_empty() => role,
        (None, None) => return Err(said("place", "users-wrong-place")),
    };
    Ok(NewRole { since, until, ..placed })
}

/// The field at fault of a role that cannot be given.
///
/// # Errors
/// When the database failed.
pub fn wrong_role(error: &RoleError) -> Result<FieldError, Fail> {
    let field = match error {
        RoleError::PersonRole => "role",
        RoleError::Territory(_) | RoleError::Structure => "place",
        RoleError::Dates => "until",
        RoleError::Store(error) => return Err(Fail::store(error)),
    };
    Ok(FieldError { field: field.to_owned(), text: error.to_string() })
}
