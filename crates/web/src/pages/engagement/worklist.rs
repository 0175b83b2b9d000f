//! `/{department}/contrats`: what contracts ask of those who follow people, or lead a team.

use app::engagement::{Asked, NAMED, Worklist, worklist};

use super::super::rows::{self, t};
use crate::format;
use crate::respond::{Answer, page};
use crate::site::Visit;
use crate::view::engagement::{ContractList, ContractRow, ContractsPage};
use crate::view::parts::{Empty, Tag, Tone};

/// `GET /{department}/contrats`.
///
/// # Errors
/// 403 for who follows nobody.
pub async fn list(visit: Visit) -> Answer {
    let found = worklist(&visit.ctx()).await?;
    let Worklist { validate, replace, ending, sign } = &found;
    let lists = [
        list_of(&visit, "valider", ["engagement-list-validate", "engagement-list-validate-by"], validate),
        list_of(&visit, "remplacer", ["engagement-list-replace", "engagement-list-replace-by"], replace),
        list_of(&visit, "fin", ["engagement-list-ending", "engagement-list-ending-by"], ending),
        list_of(&visit, "signer", ["engagement-list-sign", "engagement-list-sign-by"], sign),
    ];
    page(&ContractsPage {
        summary: t("engagement-list-lead").to_string(),
        lists: lists.into_iter().flatten().collect(),
        empty: Empty {
            title: t("engagement-list-none").to_string(),
            text: t("engagement-list-none-text").to_string(),
            action: None,
        },
        shell: visit.shell(),
    })
}

fn list_of(
    visit: &Visit,
    id: &'static str,
    [title, by]: [&str; 2],
    people: &[Asked],
) -> Option<ContractList> {
    (!people.is_empty()).then(|| ContractList {
        id,
        title: t(title).n("n", people.len() as u64).to_string(),
        rows: people.iter().map(|one| row(visit, one, by)).collect(),
        // Never « fifty » for « fifty at least ».
        more: (people.len() as u64 >= NAMED).then(|| t("engagement-list-more").n("n", NAMED).to_string()),
    })
}

fn row(visit: &Visit, one: &Asked, key: &str) -> ContractRow {
    let Asked { entry, by, late } = one;
    let names: Vec<&str> = entry.referents.iter().map(|one| one.name.as_str()).collect();
    let town = entry.row.commune.as_deref().map(rows::commune).unwrap_or_default();
    let meta = [names.join(", "), town].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
    ContractRow {
        person: rows::link(visit, &entry.row),
        when: t(key).s("date", format::full(*by)).to_string(),
        meta: meta.join(" · "),
        tag: late.then(|| Tag::new(t("followup-late").to_string(), Tone::Late)),
    }
}
