//! `/{department}/reglages/sms`: the addresses at which providers of text messages say what became of a message.

use app::messages::{Reporter, ReporterError, make_report_address, reporters};

use super::super::rows::t;
use super::super::settings_tabs::tabs;
use super::super::users::seen;
use crate::form::Form;
use crate::format;
use crate::respond::{Answer, Fail, page};
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::form_page::Shown;
use crate::view::messages::{ReporterRow, Reporters};
use crate::view::parts::Link;

const PAGE: &str = "/reglages/sms";

fn fail(error: ReporterError) -> Fail {
    match error {
        ReporterError::Refused(refused) => refused.into(),
        ReporterError::Unknown => Fail::Problem(Problem::NotFound),
        ReporterError::Store(error) => Fail::store(&error),
    }
}

/// `GET /{department}/reglages/sms`.
///
/// # Errors
/// When the database does not answer.
pub async fn list(visit: Visit) -> Answer {
    let all = reporters(&visit.ctx()).await.map_err(fail)?;
    let rows = all.into_iter().map(|one| row(&visit, one)).collect();
    page(&Reporters { tabs: tabs(&visit, PAGE), rows, shell: visit.shell() })
}

fn row(visit: &Visit, one: Reporter) -> ReporterRow {
    let made = one.address.as_ref().map(|(at, by)| {
        let date = format::full(at.with_timezone(&visit.department.timezone).date_naive());
        let key = if by.is_empty() { "messages-address-made" } else { "messages-address-made-by" };
        t(key).s("date", date).s("name", by).to_string()
    });
    ReporterRow {
        heard: if made.is_some() {
            seen(visit, one.heard_at)
        } else {
            t("messages-address-never").to_string()
        },
        made,
        name: one.name,
    }
}

/// `POST /{department}/reglages/sms`: another address for a provider, shown once.
///
/// # Errors
/// 404 for a provider that is not in the configuration.
pub async fn make(visit: Visit, form: Form) -> Answer {
    let address = make_report_address(&visit.ctx(), form.get("provider")).await.map_err(fail)?;
    page(&Shown {
        back: Link::new(t("messages-address-back").to_string(), visit.path(PAGE)),
        title: t("messages-address-shown").to_string(),
        lead: t("messages-address-shown-lead").to_string(),
        value: address,
        shell: visit.shell(),
    })
}
