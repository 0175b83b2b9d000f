//! A contract on paper.

use app::engagement::{ContractTold, Paper, print};
use app::people::person::{PersonFile, open};
use axum::extract::Path;
use domain::audit::Part;
use domain::engagement::contract::Signatory;
use domain::engagement::terms::{Nature, Party};

use super::super::rows::{self, t};
use super::{fail, find};
use crate::format;
use crate::respond::{Answer, Fail, download, id};
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::words::engagement as said;

/// `GET /{department}/personnes/{id}/contrat/{contract}/contrat.pdf`.
///
/// # Errors
/// 404 for one whom the actor may not see, and for a contract of before 2025.
pub async fn paper(visit: Visit, Path((_, person, contract)): Path<(String, String, String)>) -> Answer {
    let ctx = visit.ctx();
    let file = open(&ctx, id(&person)?, Part::Contract).await?;
    let one = find(&file, id(&contract)?)?;
    if one.nature != Nature::Engagement {
        return Err(Fail::Problem(Problem::NotFound));
    }
    let bytes = print(&ctx, (file.row.id, one.id), model(&file, one)).await.map_err(fail)?;
    download(bytes, "application/pdf", "contrat.pdf")
}

/// What is written, to the person. Why there are fewer hours is not: paper is left on tables.
fn model(file: &PersonFile, one: &ContractTold) -> Paper {
    let day = |date| format::full(date);
    let text = &one.text;
    let hours = i64::from(text.hours.weekly);
    let week = match (hours, one.lighter_until) {
        (0, Some(until)) => t("engagement-paper-exempt").s("date", day(until)).to_string(),
        (_, Some(until)) => t("engagement-paper-lighter").n("n", hours).s("date", day(until)).to_string(),
        (_, None) => t("engagement-hours").n("n", hours).to_string(),
    };
    let lines = |party: Party| {
        let mine = text.commitments.iter().filter(|one| one.party == party);
        mine.map(|one| one.text.clone()).collect::<Vec<_>>()
    };
    let name = rows::name(&file.row);
    let short: String = one.id.simple().to_string().chars().take(8).collect();
    Paper {
        title: said::nature(one.nature),
        person: name.clone(),
        reference: t("engagement-paper-reference").s("id", short).n("n", one.revision).to_string(),
        lead: t("engagement-paper-lead").to_string(),
        facts: vec![
            (
                t("engagement-paper-dates").to_string(),
                t("engagement-paper-from-to")
                    .s("from", day(text.starts_on))
                    .s("to", day(one.over_on))
                    .to_string(),
            ),
            (t("engagement-paper-week").to_string(), week),
        ],
        sections: vec![
            (t("engagement-paper-person").to_string(), lines(Party::Person)),
            (t("engagement-paper-organisation").to_string(), lines(Party::Organisation)),
        ],
        signatures_title: t("engagement-signatures").to_string(),
        signatures: signatures(&name, one),
        notes: ["engagement-paper-change", "engagement-paper-breach", "engagement-paper-keep"]
            .map(|key| t(key).to_string())
            .to_vec(),
    }
}

fn signatures(name: &str, one: &ContractTold) -> Vec<(String, String)> {
    let told = |(who, given): &(Signatory, Option<app::engagement::Signed>)| {
        let label = if *who == Signatory::Person { name.to_owned() } else { said::signatory(*who) };
        let stands = given.as_ref().map_or_else(String::new, |given| {
            t("engagement-given")
                .s("date", format::full(given.on))
                .s("how", said::means(given.means).to_lowercase())
                .to_string()
        });
        (label, stands)
    };
    one.signatures.iter().map(told).collect()
}
