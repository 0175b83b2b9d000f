//! `/{department}/personnes/{id}/contrat/{contract}`: a contract, its signatures, what one may do.

use app::engagement::{ContractAct, ContractTold, Signed};
use app::people::person::{PersonFile, open};
use axum::extract::Path;
use domain::audit::Part;
use domain::engagement::contract::{EndReason, Signatory, Stage};
use domain::engagement::terms::{Nature, Party};

use super::super::followup::lower;
use super::super::proposals::lines;
use super::super::rows::{self, t};
use super::acts::fitting;
use super::panel::hours;
use super::{contract_path, find};
use crate::format;
use crate::respond::{Answer, id, page};
use crate::site::Visit;
use crate::view::engagement::{Commitments, ContractLine, ContractPage, Signature};
use crate::view::parts::{Fact, Link, Tag, Tone};
use crate::view::words::{self, engagement as said};

/// `GET /{department}/personnes/{id}/contrat/{contract}`.
///
/// # Errors
/// 404 for one whom the actor may not see.
pub async fn show(visit: Visit, Path((_, person, contract)): Path<(String, String, String)>) -> Answer {
    let file = open(&visit.ctx(), id(&person)?, Part::Contract).await?;
    let one = find(&file, id(&contract)?)?;
    page(&shown(&visit, &file, one))
}

fn shown(visit: &Visit, file: &PersonFile, one: &ContractTold) -> ContractPage {
    let here = contract_path(visit, file, one.id);
    let name = rows::name(&file.row);
    let on = one.at.with_timezone(&visit.department.timezone).date_naive();
    let lead = match &one.by {
        Some(by) => t("engagement-lead").s("name", &name).s("by", by).s("date", format::full(on)).to_string(),
        None => t("engagement-lead-nobody").s("name", &name).s("date", format::full(on)).to_string(),
    };
    let sign = file.contracting.own(one).map(|who| {
        let text = t("engagement-sign-lead").s("who", lower(&said::signatory(who))).to_string();
        (text, format!("{here}/signer?etat={}", one.revision))
    });
    ContractPage {
        back: Link::new(name, visit.path(&format!("/personnes/{}", file.row.id))),
        title: said::nature(one.nature),
        lead,
        stage: said::stage(one.stage, one.in_force, one.over_on < visit.today()),
        facts: facts(one),
        sections: sections(one),
        signatures: one.signatures.iter().map(|(who, given)| signature(one, *who, given.as_ref())).collect(),
        sign,
        links: links(visit, file, one),
        paper: (one.nature == Nature::Engagement)
            .then(|| Link::new(t("engagement-paper").to_string(), format!("{here}/contrat.pdf"))),
        acts: one.acts.iter().map(|act| line(visit, act)).collect(),
        shell: visit.shell(),
    }
}

fn facts(one: &ContractTold) -> Vec<Fact> {
    let fact = |key: &str, value: String| Fact::new(t(key).to_string(), value);
    let mut all = vec![
        fact("engagement-starts", format::full(one.text.starts_on)),
        fact("engagement-ends", format::full(one.over_on)),
    ];
    if one.nature == Nature::Engagement {
        all.push(fact("engagement-week", hours(one)));
    }
    if let Some(why) = one.lighter {
        all.push(fact("engagement-why-lighter", said::lighter(why)));
    }
    if let Some(code) = &one.programme {
        all.push(fact("engagement-programme", words::programme(code)));
    }
    if let Some(day) = one.signed_on {
        all.push(fact("engagement-signed-on", format::full(day)));
    }
    all
}

fn sections(one: &ContractTold) -> Vec<Commitments> {
    let of = |party: Party| {
        let mine = one.text.commitments.iter().filter(|one| one.party == party);
        mine.map(|one| one.text.clone()).collect::<Vec<_>>()
    };
    let section = |id, key: &str, party| Commitments { id, title: t(key).to_string(), lines: of(party) };
    [
        section("personne", "engagement-person", Party::Person),
        section("nous", "engagement-organisation", Party::Organisation),
    ]
    .into_iter()
    .filter(|section| !section.lines.is_empty())
    .collect()
}

fn signature(one: &ContractTold, who: Signatory, given: Option<&Signed>) -> Signature {
    let state = match given {
        Some(_) => Tag::new(t("engagement-signed").to_string(), Tone::Ok),
        None if one.stage.is_open() => Tag::new(t("engagement-awaited").to_string(), Tone::Soon),
        None => Tag::new(t("engagement-not-given").to_string(), Tone::Neutral),
    };
    let meta = given.map_or_else(String::new, |given| {
        let how = said::means(given.means);
        let told = t("engagement-given").s("date", format::full(given.on)).s("how", lower(&how)).to_string();
        match &given.by {
            Some(by) => t("engagement-given-by").s("told", told).s("by", by).to_string(),
            None => told,
        }
    });
    Signature {
        who: said::signatory(who),
        state,
        meta,
        digest: given.map(|given| given.digest.clone()).unwrap_or_default(),
    }
}

fn links(visit: &Visit, file: &PersonFile, one: &ContractTold) -> Vec<Link> {
    let here = contract_path(visit, file, one.id);
    let to = |key: &str, what: &str| Link::new(t(key).to_string(), format!("{here}/{what}"));
    let may = file.contracting;
    let mut links: Vec<Link> = Vec::new();
    if may.write && one.stage == Stage::Draft {
        links.push(to("engagement-edit", "texte"));
    }
    let open = file.contracts.iter().any(|other| other.stage.is_open());
    if may.write && matches!(one.stage, Stage::Signed | Stage::Ended) && !open {
        let next = visit.path(&format!("/personnes/{}/contrat?suite={}", file.row.id, one.id));
        let key = if one.nature == Nature::Cer { "engagement-convert" } else { "engagement-follow" };
        links.push(Link::new(t(key).to_string(), next));
    }
    if let Some(before) = file.contracts.iter().find(|before| Some(before.id) == one.replaces) {
        let label = t("engagement-before").s("day", format::full(before.text.starts_on)).to_string();
        links.push(Link::new(label, contract_path(visit, file, before.id)));
    }
    links.extend(fitting(file, one).map(|(path, title)| to(title, path)));
    links
}

fn line(visit: &Visit, act: &ContractAct) -> ContractLine {
    let what = said::act(act.kind);
    let more = act
        .signatory
        .map(said::signatory)
        .or_else(|| EndReason::parse(&act.reason).map(said::end))
        .or_else(|| act.until.map(|day| t("engagement-until").s("date", format::full(day)).to_string()));
    let title = match more {
        Some(more) => t("followup-recorded").s("kind", what).s("what", lower(&more)).to_string(),
        None => what,
    };
    let on = act.at.with_timezone(&visit.department.timezone).date_naive();
    let meta = match &act.by {
        Some(name) => t("followup-by").s("date", format::full(on)).s("by", name).to_string(),
        None => t("followup-by-nobody").s("date", format::full(on)).to_string(),
    };
    ContractLine { title, meta, text: act.text.as_deref().map(lines).unwrap_or_default() }
}
