//! Territories: which communes make which, and what they are called.

use std::collections::HashMap;

use app::people::list::{Filter, communes as lived_in};
use app::settings::{
    TerritoryError, add_territory, move_commune, rename_territory, territories as known, territory_of,
};
use axum::extract::Path;
use domain::access::permission::Action;
use domain::people::name::normalise;
use domain::reference::geo;

use super::rows::t;
use crate::form::Form;
use crate::format;
use crate::respond::{Answer, Fail, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::form::{Choice, FieldError};
use crate::view::parts::{Link, Tone};
use crate::view::settings::{CommuneLine, Territories, Territory, TerritoryRow};

/// The code, in addresses, of the communes that have no territory.
const NONE: &str = "aucun";

/// What is asked of a path: département and territory.
type Place = Path<(String, String)>;

/// `GET /{department}/reglages/territoires`.
///
/// # Errors
/// When the database does not answer.
pub async fn territories(visit: Visit) -> Answer {
    page(&list(&visit, "", Vec::new()).await?)
}

async fn list(visit: &Visit, typed: &str, errors: Vec<FieldError>) -> Result<Territories, Fail> {
    let ctx = visit.ctx();
    let people = people(visit).await?;
    let places = territory_of(&ctx).await.map_err(|e| Fail::store(&e))?;
    let living = |code: &str| -> i64 {
        people
            .iter()
            .filter(|(commune, _)| places.get(*commune).is_some_and(|c| c == code))
            .map(|(_, n)| n)
            .sum()
    };
    let rows = known(&ctx).await.map_err(|e| Fail::store(&e))?.into_iter().map(|one| TerritoryRow {
        people: format::number(living(&one.code)),
        link: Link::new(one.name, address(visit, &one.code)),
        communes: format::count(one.communes),
        code: one.code,
    });
    let left =
        geo::communes_of(&visit.department.code).iter().filter(|c| !places.contains_key(c.code)).count();
    let without =
        (left > 0).then(|| Link::new(t("settings-without").n("n", left).to_string(), address(visit, NONE)));
    let tabs = super::settings_tabs::tabs(visit, "/reglages/territoires");
    Ok(Territories::new(visit.shell(), tabs, rows.collect(), without, typed, errors))
}

fn address(visit: &Visit, code: &str) -> String {
    visit.path(&format!("/reglages/territoires/{code}"))
}

/// How many people followed live in each commune; no name, whoever sets territories.
async fn people(visit: &Visit) -> Result<HashMap<String, i64>, Fail> {
    let communes = lived_in(&visit.ctx(), Action::EditSettings, &Filter::default()).await?;
    Ok(communes.into_iter().map(|(code, n)| (code, i64::try_from(n).unwrap_or(i64::MAX))).collect())
}

/// `POST /{department}/reglages/territoires`: one more territory, without communes.
///
/// # Errors
/// When the database refuses.
pub async fn add(visit: Visit, form: Form) -> Answer {
    let typed = form.get("name");
    match add_territory(&visit.ctx(), typed).await {
        Ok(code) => see_other_saying(&visit, &address(&visit, &code), Tone::Ok, "flash-territory"),
        Err(error) => {
            let wrong = wrong(error, "name")?;
            unprocessable(&list(&visit, typed, vec![wrong]).await?)
        }
    }
}

/// `GET /{department}/reglages/territoires/{code}`.
///
/// # Errors
/// 404 for a territory that is not of this département.
pub async fn territory(visit: Visit, Path((_, code)): Place) -> Answer {
    page(&one(&visit, &code, &Typed::default(), Vec::new()).await?)
}

/// What was typed in a form that comes back.
#[derive(Debug, Default)]
struct Typed {
    name: Option<String>,
    to: String,
    communes: Vec<String>,
}

async fn one(visit: &Visit, code: &str, typed: &Typed, errors: Vec<FieldError>) -> Result<Territory, Fail> {
    let ctx = visit.ctx();
    let all = known(&ctx).await.map_err(|e| Fail::store(&e))?;
    let title = match all.iter().find(|one| one.code == code) {
        Some(one) => one.name.clone(),
        None if code == NONE => t("settings-none-yet").to_string(),
        None => return Err(Fail::Problem(Problem::NotFound)),
    };
    let mut choices = vec![Choice::new("", t("settings-choose").to_string(), &typed.to)];
    choices.extend(all.iter().filter(|o| o.code != code).map(|o| Choice::new(&o.code, &o.name, &typed.to)));
    let shell = visit.shell();
    Ok(Territory {
        rename_action: format!("{}/nom", address(visit, code)),
        move_action: format!("{}/communes", address(visit, code)),
        name: Territory::name_field(&shell, typed.name.as_deref().unwrap_or(&title), &errors),
        to: Territory::to_field(&shell, choices, &errors),
        communes: communes(visit, code, &typed.communes).await?,
        title,
        errors,
        shell,
    })
}

/// The communes of a territory, by name.
async fn communes(visit: &Visit, code: &str, checked: &[String]) -> Result<Vec<CommuneLine>, Fail> {
    let people = people(visit).await?;
    let places = territory_of(&visit.ctx()).await.map_err(|e| Fail::store(&e))?;
    let mut lines: Vec<CommuneLine> = geo::communes_of(&visit.department.code)
        .iter()
        .filter(|commune| places.get(commune.code).map_or(NONE, String::as_str) == code)
        .map(|commune| CommuneLine {
            code: commune.code.to_owned(),
            name: commune.name.to_owned(),
            people: t("shell-people")
                .n("n", people.get(commune.code).copied().unwrap_or_default())
                .to_string(),
            checked: checked.iter().any(|one| one == commune.code),
        })
        .collect();
    lines.sort_by_key(|line| normalise(&line.name));
    Ok(lines)
}

/// `POST /{department}/reglages/territoires/{code}/nom`.
///
/// # Errors
/// 404 for a territory that is not of this département.
pub async fn rename(visit: Visit, Path((_, code)): Place, form: Form) -> Answer {
    match rename_territory(&visit.ctx(), &code, form.get("name")).await {
        Ok(()) => see_other_saying(&visit, &address(&visit, &code), Tone::Ok, "flash-renamed"),
        Err(error) => {
            let wrong = wrong(error, "name")?;
            let typed = Typed { name: Some(form.get("name").to_owned()), ..Typed::default() };
            unprocessable(&one(&visit, &code, &typed, vec![wrong]).await?)
        }
    }
}

/// `POST /{department}/reglages/territoires/{code}/communes`: puts the communes ticked into another territory.
///
/// # Errors
/// 404 for a territory that is not of this département.
pub async fn move_communes(visit: Visit, Path((_, code)): Place, form: Form) -> Answer {
    let typed = Typed { name: None, to: form.get("to").to_owned(), communes: form.all("commune").to_vec() };
    let mut errors = Vec::new();
    if typed.communes.is_empty() {
        errors.push(said("communes", "settings-move-none"));
    }
    if typed.to.is_empty() || typed.to == code {
        errors.push(said("to", "settings-move-nowhere"));
    }
    if errors.is_empty() {
        let ctx = visit.ctx();
        for commune in &typed.communes {
            if let Err(error) = move_commune(&ctx, commune, &typed.to).await {
                errors.push(wrong(error, "to")?);
                break;
            }
        }
    }
    if errors.is_empty() {
        return see_other_saying(&visit, &address(&visit, &typed.to), Tone::Ok, "flash-communes");
    }
    unprocessable(&one(&visit, &code, &typed, errors).await?)
}

fn said(field: &str, key: &str) -> FieldError {
    FieldError { field: field.to_owned(), text: t(key).to_string() }
}

/// What is wrong in the form, beside `field` when it is at fault; other refusals have their own page.
fn wrong(error: TerritoryError, field: &str) -> Result<FieldError, Fail> {
    match error {
        TerritoryError::Refused(refused) => Err(refused.into()),
        TerritoryError::Store(error) => Err(Fail::store(&error)),
        TerritoryError::Territory(_) if field == "name" => Err(Fail::Problem(Problem::NotFound)),
        TerritoryError::Commune(_) => {
            Ok(FieldError { field: "communes".to_owned(), text: error.to_string() })
        }
        other => Ok(FieldError { field: field.to_owned(), text: other.to_string() }),
    }
}
