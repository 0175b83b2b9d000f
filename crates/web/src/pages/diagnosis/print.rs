//! The diagnosis on a page, for the person: their words, in plain French.
//!
//! It holds what the person may read: coded situations as they would say them, without those that ask for care (a paper is
//! read at home by others), their own words where they are the person's to read, and the actions open to them.

use app::diagnosis::{Diagnosis, ThemeFile, printed};
use axum::extract::Path;
use domain::access::relation::Relation;
use domain::access::visibility::{Case, Level, sees};
use domain::diagnosis::field::Impact;
use domain::reference::diagnosis::{objective_of, situation_of};

use super::super::rows::{self, t};
use super::page::{action, fail};
use crate::format;
use crate::respond::{Answer, id, page};
use crate::site::Visit;
use crate::view::diagnosis::{PrintPage, PrintTheme};
use crate::view::parts::Link;

/// `GET /{department}/personnes/{id}/diagnostic/imprimer`.
///
/// # Errors
/// 404 for one whom the actor does not follow.
pub async fn print(visit: Visit, Path((_, person)): Path<(String, String)>) -> Answer {
    let read = printed(&visit.ctx(), id(&person)?).await.map_err(fail)?;
    page(&sheet(&visit, &read))
}

fn for_them(level: Level) -> bool {
    sees(Relation::Themself, level, Case::default())
}

fn sheet(visit: &Visit, read: &Diagnosis) -> PrintPage {
    let base = visit.path(&format!("/personnes/{}/diagnostic", read.file.row.id));
    let names: Vec<&str> = read.pair.iter().map(|one| one.name.as_str()).collect();
    let day = read.opened_at.map(|at| at.with_timezone(&visit.department.timezone).date_naive());
    PrintPage {
        back: Link::new(t("diagnosis-back").to_string(), base.clone()),
        name: rows::name(&read.file.row),
        lead: t("diagnosis-print-lead")
            .s("day", day.map(format::full).unwrap_or_default())
            .s("names", names.join(", "))
            .to_string(),
        strengths: read.files.iter().flat_map(helps).collect(),
        themes: read.files.iter().filter(|file| file.is_explored()).map(theme).collect(),
        actions: read
            .actions
            .iter()
            .filter(|one| for_them(one.level))
            .map(|one| action(visit, one, &base, false))
            .collect(),
        shell: visit.shell(),
    }
}

/// The situations that help, as the person would say them.
fn helps(file: &ThemeFile) -> Vec<String> {
    use domain::reference::diagnosis::Nature;
    let here = file.situations().into_iter().filter_map(situation_of);
    here.filter(|one| one.nature == Nature::Resource && !one.sensitive)
        .map(|one| one.label_person_fr.clone())
        .collect()
}

fn theme(file: &ThemeFile) -> PrintTheme {
    use domain::reference::diagnosis::Nature;
    let here = file.situations().into_iter().filter_map(situation_of);
    let own = file.own.as_ref().filter(|own| for_them(own.level)).map(|own| own.held.value());
    let others = file.others.iter().filter(|one| for_them(one.level)).map(|one| one.version.value.as_str());
    PrintTheme {
        title: file.theme.label_fr.clone(),
        situations: here
            .filter(|one| one.nature != Nature::Resource && !one.sensitive)
            .map(|one| one.label_person_fr.clone())
            .collect(),
        impact: file.impact().map(|one: Impact| one.meaning(file.theme).to_owned()).unwrap_or_default(),
        objectives: file
            .objectives()
            .into_iter()
            .filter_map(objective_of)
            .map(|one| (one.label_fr.clone(), one.success_sign_fr.clone()))
            .collect(),
        says: own.into_iter().chain(others).filter(|text| !text.is_empty()).map(str::to_owned).collect(),
    }
}
