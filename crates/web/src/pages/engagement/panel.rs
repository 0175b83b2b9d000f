//! The contracts of a person on their page.

use app::engagement::ContractTold;
use app::people::person::PersonFile;
use domain::engagement::contract::Stage;
use domain::engagement::terms::Nature;

use super::super::rows::t;
use super::contract_path;
use crate::format;
use crate::site::Visit;
use crate::view::engagement::{ContractBlock, ContractPanel};
use crate::view::parts::Link;
use crate::view::words::engagement as said;

/// The panel.
pub fn panel(visit: &Visit, file: &PersonFile) -> ContractPanel {
    let to = |key: &str, what: &str| {
        Link::new(t(key).to_string(), visit.path(&format!("/personnes/{}/{what}", file.row.id)))
    };
    let may = file.contracting;
    let open = file.contracts.iter().any(|one| one.stage.is_open());
    let engaged = file.contracts.iter().any(|one| one.nature == Nature::Engagement && one.in_force);
    let mut links = Vec::new();
    if may.write && !open {
        links.push(to("engagement-new", "contrat"));
    }
    if (may.write || may.decide) && file.contracts.is_empty() && !engaged {
        links.push(to("engagement-old-go", "ancien-contrat"));
    }
    let kept = file.contracts.iter().filter(|one| one.stage != Stage::Dropped);
    ContractPanel { contracts: kept.map(|one| block(visit, file, one)).collect(), links }
}

fn block(visit: &Visit, file: &PersonFile, one: &ContractTold) -> ContractBlock {
    let title = t("engagement-from")
        .s("nature", said::nature(one.nature))
        .s("day", format::full(one.text.starts_on))
        .to_string();
    let mut facts = vec![t("engagement-until").s("date", format::full(one.over_on)).to_string()];
    if one.nature == Nature::Engagement {
        facts.push(hours(one));
    }
    let missing: Vec<String> = one
        .signatures
        .iter()
        .filter(|(_, given)| given.is_none() && one.stage.is_open())
        .map(|(who, _)| said::signatory(*who).to_lowercase())
        .collect();
    if !missing.is_empty() {
        facts.push(t("engagement-missing").s("who", missing.join(", ")).to_string());
    }
    let over = one.over_on < visit.today();
    ContractBlock {
        link: Link::new(title, contract_path(visit, file, one.id)),
        stage: said::stage(one.stage, one.in_force, over),
        facts,
    }
}

/// « 8 heures par semaine, adaptées jusqu’au 4 mai 2027 ».
pub(super) fn hours(one: &ContractTold) -> String {
    let n = i64::from(one.text.hours.weekly);
    match one.lighter_until {
        Some(day) => t("engagement-hours-until").n("n", n).s("date", format::full(day)).to_string(),
        None => t("engagement-hours").n("n", n).to_string(),
    }
}
