//! Pages without login.

use app::privacy::retention::active_years;
use app::settings::mentions;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use domain::people::contact::Email;
use domain::privacy::retention::{Keep, LIFETIMES, Start};

use crate::form::{Form, Query};
use crate::format;
use crate::i18n::Lang;
use crate::respond::{Answer, Fail, page};
use crate::site::{Site, Visit};
use crate::view::gallery::Gallery;
use crate::view::parts::Link;
use crate::view::public::{Accessibility, Departments, Privacy};
use crate::view::shell::Shell;
use crate::view::words;

/// `GET /{department}/public/accessibilite`.
///
/// # Errors
/// When the database does not answer.
pub async fn accessibility(visit: Visit, Query(query): Query) -> Answer {
    let set = mentions(&visit.ctx()).await.map_err(|e| Fail::store(&e))?;
    let shell = shell(&visit, &query);
    page(&Accessibility {
        contact_email: email(&visit, set.accessibility, "accessibilite"),
        checked_on: set.checked_on.map(|day| day_words(day, shell.lang)),
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
    let set = mentions(&visit.ctx()).await.map_err(|e| Fail::store(&e))?;
    let (dpo_email, shell) = (email(&visit, set.dpo, "dpo"), shell(&visit, &query));
    let years = active_years(&visit.ctx()).await.map_err(|e| Fail::store(&e))?;
    // What is kept is named in French; the English page says the principle. What goes with something else is not told twice.
    let alone = |keep| !matches!(keep, Keep::NotPersonal | Keep::As(_) | Keep::For(_, Start::Migration));
    let named = LIFETIMES.iter().filter(|one| shell.lang == Lang::Fr && alone(one.keep));
    let kept = named.map(|one| (one.what_fr.to_owned(), words::kept(one.keep, years))).collect();
    page(&Privacy { shell, dpo_email, years, kept })
}

/// The frame in the language asked for.
fn shell(visit: &Visit, query: &Form) -> Shell {
    Shell { lang: Lang::parse(query.get("lang")), ..visit.shell() }
}

/// An address that the département set; made up in the demonstration; empty when there is none, and the page says
/// where to ask instead.
fn email(visit: &Visit, set: Option<Email>, demo: &str) -> String {
    match set {
        Some(address) => address.as_str().to_owned(),
        None if visit.site.app.demo => format!("{demo}@{}.demo.test", visit.department.code),
        None => String::new(),
    }
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
