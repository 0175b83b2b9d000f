//! Pages without login.

use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;

use crate::form::{Form, Query};
use crate::format;
use crate::i18n::Lang;
use crate::respond::{Answer, Fail, page};
use crate::site::{Site, Visit};
use crate::view::gallery::Gallery;
use crate::view::parts::Link;
use crate::view::public::{Accessibility, Departments, Privacy};
use crate::view::shell::Shell;

/// The day on which every page was last read by the automatic checks: year, month, day.
const CHECKED_ON: (i32, u32, u32) = (2026, 11, 26);

/// `GET /{department}/public/accessibilite`.
///
/// # Errors
/// When the database does not answer.
pub async fn accessibility(visit: Visit, Query(query): Query) -> Answer {
    let (year, month, day) = CHECKED_ON;
    let checked = NaiveDate::from_ymd_opt(year, month, day);
    let shell = shell(&visit, &query);
    page(&Accessibility {
        contact_email: email(&visit, "contact.accessibility", "accessibilite").await?,
        checked_on: checked.map(|day| day_words(day, shell.lang)).unwrap_or_default(),
        shell,
    })
}

fn day_words(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Fr => format::full(day),
        Lang::En => day.format("%-d %B %Y").to_string(),
    }
}

/// `GET /{department}/public/donnees-personnelles`.
///
/// # Errors
/// When the database does not answer.
pub async fn privacy(visit: Visit, Query(query): Query) -> Answer {
    let dpo_email = email(&visit, "contact.dpo", "dpo").await?;
    page(&Privacy { dpo_email, shell: shell(&visit, &query) })
}

/// The frame in the language asked for.
fn shell(visit: &Visit, query: &Form) -> Shell {
    Shell { lang: Lang::parse(query.get("lang")), ..visit.shell() }
}

/// An address that the département set; made up in the demonstration; empty when there is none, and the page says
/// where to ask instead.
async fn email(visit: &Visit, parameter: &str, demo: &str) -> Result<String, Fail> {
    let set = app::settings::value_today(&visit.ctx(), parameter).await.map_err(|e| Fail::store(&e))?;
    Ok(match set {
        Some(address) => address,
        None if visit.site.app.demo => format!("{demo}@{}.demo.test", visit.department.code),
        None => String::new(),
    })
}

/// `GET /{department}/composants`: every component with made-up examples.
///
/// # Errors
/// Never.
pub async fn gallery(visit: Visit) -> Answer {
    page(&Gallery::new(visit.shell()))
}

/// `GET /` where several départements are served: which one?
pub fn departments(site: &Site) -> Response {
    let links = site.app.departments().map(|one| {
        let label = format!("{}{}{}", one.code, format::HARD, one.name);
        Link::new(label, format!("/{}/", one.code))
    });
    page(&Departments { links: links.collect(), lang: Lang::Fr }).into_response()
}
