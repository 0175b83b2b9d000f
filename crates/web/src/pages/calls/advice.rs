//! What the rules propose, why, why not the others; and what was begun of the decision.

use app::orientation::{CallScreen, Candidate};
use domain::agenda::appointment::Modality;
use domain::orientation::condition::{Literal, Op, Source, Test, Values};
use domain::orientation::recommend::Recommendation;
use domain::orientation::rules::{Organisation, Outcome, Path, Rule, Stage};

use super::super::rows::t;
use crate::form::Form;
use crate::format;
use crate::site::Visit;
use crate::view::calls::{Advice, PathChoice, ReferentChoice, SlotOption};
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::form_page::{Tick, Ticks};
use crate::view::parts::{Link, Tag, Tone};
use crate::view::words;

/// The page of the rules.
const RULES: &str = "/reglages/orientation";
/// Candidates shown.
const SHOWN: usize = 8;
/// Reasons of a path that is not proposed.
const WHY_NOT: usize = 3;

/// What was begun of the decision: what differs from what the page proposed, so that a proposal that changes is followed as
/// long as nobody chose otherwise.
pub(super) fn draft(form: &Form) -> Values {
    let mut draft = Values::new();
    for (name, shown) in [("path", "shown_path"), ("organisation", "shown_organisation")] {
        if let Some(value) = form.some(name).filter(|value| *value != form.get(shown)) {
            draft.insert(name.to_owned(), vec![value.to_owned()]);
        }
    }
    let told = form.get("explanation");
    if !told.trim().is_empty() && same(told) != same(form.get("shown_explanation")) {
        draft.insert("explanation".to_owned(), vec![told.to_owned()]);
    }
    for name in ["referent", "reason", "slot"] {
        if let Some(value) = form.some(name) {
            draft.insert(name.to_owned(), vec![value.to_owned()]);
        }
    }
    let programmes = form.all("programme");
    if form.has("shown_programmes") {
        draft.insert("programmes".to_owned(), programmes.to_vec());
    }
    draft
}

/// A browser sends the ends of lines its own way.
fn same(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

/// The first value of a draft.
fn begun<'a>(draft: &'a Values, name: &str) -> Option<&'a str> {
    draft.get(name).and_then(|values| values.first()).map(String::as_str)
}

/// The panel of advice and decision.
pub(super) fn advice(visit: &Visit, seen: &CallScreen, errors: &[FieldError]) -> Advice {
    let proposed = &seen.proposed;
    let shown_path =
        proposed.path.filter(|path| *path != Path::Undetermined).map(Path::code).unwrap_or_default();
    let path = begun(&seen.draft, "path").unwrap_or(shown_path);
    let shown_organisation = proposed.organisation.map(Organisation::code).unwrap_or_default();
    let organisation = begun(&seen.draft, "organisation").unwrap_or(shown_organisation);
    let explanation = explanation(seen);
    let rules = t("calls-rules").n("n", seen.catalogues.rules_number).to_string();
    let text = |kind, name, label: &str, hint: &str, value: &str| {
        Field::new(kind, name, t(label).to_string())
            .hint(t(hint).to_string())
            .value(value)
            .error(FieldError::of(errors, name))
    };
    let mut organisations = vec![Choice::new("", t("calls-choose").to_string(), organisation)];
    organisations
        .extend(Organisation::ALL.map(|one| Choice::new(one.code(), words::organisation(one), organisation)));
    Advice {
        rules: Link::new(rules, visit.path(RULES)),
        urgent: stage_reasons(seen, Stage::Safety),
        notice: notices(seen),
        missing: missing(seen),
        paths: [Path::Emploi, Path::SocioProfessionnel, Path::Social]
            .map(|one| path_choice(seen, one, path))
            .to_vec(),
        shown_path: shown_path.to_owned(),
        organisation: Field::select("organisation", t("calls-organisation").to_string(), organisations)
            .error(FieldError::of(errors, "organisation")),
        shown_organisation: shown_organisation.to_owned(),
        programmes: programmes(seen),
        referents: referents(seen),
        slots: slots(visit, seen),
        reason: text(
            FieldKind::Textarea,
            "reason",
            "calls-reason",
            "calls-reason-hint",
            begun(&seen.draft, "reason").unwrap_or_default(),
        ),
        explanation: text(
            FieldKind::Textarea,
            "explanation",
            "calls-explanation",
            if seen.answers.is_empty() { "calls-explanation-alone" } else { "calls-explanation-hint" },
            begun(&seen.draft, "explanation").unwrap_or(&explanation),
        ),
        shown_explanation: explanation,
        after: seen.decisions.first().map(|one| one.id.to_string()).unwrap_or_default(),
    }
}

/// The reasons for the professional of the rules of a stage that matched.
fn stage_reasons(seen: &CallScreen, stage: Stage) -> Vec<String> {
    let rules = seen.proposed.reasons(&seen.catalogues.rules).into_iter();
    rules.filter(|rule| rule.stage == stage).map(|rule| rule.reason_pro_fr.clone()).collect()
}

/// What ends the rules, or asks for a meeting.
fn notices(seen: &CallScreen) -> Vec<String> {
    let mut all = Vec::new();
    if seen.answers.is_empty() {
        return vec![t("calls-begin").to_string()];
    }
    if let Some(outcome) = seen.proposed.result {
        all.push(
            t(match outcome {
                Outcome::NoOrientation => "calls-result-none",
                Outcome::Transfer => "calls-result-transfer",
                Outcome::Voluntary => "calls-result-voluntary",
                Outcome::KeepReferent => "calls-result-keep",
                Outcome::FaceToFace => "calls-result-meet",
            })
            .to_string(),
        );
        all.extend(stage_reasons(seen, Stage::Eligibility));
    } else if seen.proposed.face_to_face {
        all.push(t("calls-result-meet").to_string());
    }
    all
}

fn missing(seen: &CallScreen) -> String {
    let missing = seen.questionnaire.missing(&seen.facts, &seen.answers);
    if missing.is_empty() || seen.answers.is_empty() {
        String::new()
    } else {
        t("calls-missing").n("n", missing.len()).to_string()
    }
}

fn path_choice(seen: &CallScreen, path: Path, chosen: &str) -> PathChoice {
    let proposed = seen.proposed.path == Some(path);
    let reasons = if proposed {
        let kept = [Stage::Organisation, Stage::Path, Stage::OrganisationDefault, Stage::Review];
        kept.into_iter().flat_map(|stage| stage_reasons(seen, stage)).collect()
    } else {
        why_not(seen, path)
    };
    PathChoice {
        value: path.code().to_owned(),
        label: words::orientation_path(path),
        checked: chosen == path.code(),
        proposed,
        reasons,
    }
}

/// What kept the rule that comes nearest to this path from matching.
fn why_not(seen: &CallScreen, path: Path) -> Vec<String> {
    if seen.answers.is_empty() {
        return Vec::new();
    }
    let gives = |rule: &Rule| rule.stage == Stage::Path && rule.then.path == Some(path);
    let rules = seen.others.iter().filter(|(rule, missed)| gives(rule) && !missed.is_empty());
    let nearest = rules.min_by_key(|(rule, missed)| (missed.len(), rule.order));
    let Some((_, missed)) = nearest else { return Vec::new() };
    missed.iter().take(WHY_NOT).filter_map(|(test, wanted)| test_words(seen, test, *wanted)).collect()
}

/// « Pour chercher un travail, de quoi avez-vous besoin ? Il faudrait : Je me débrouille. Répondu : D’un coup de main. »
fn test_words(seen: &CallScreen, test: &Test, wanted: bool) -> Option<String> {
    match test.source {
        Source::Answer => {
            let question = seen.questionnaire.question(&test.name)?;
            let label = |code: &str| question.label(code).to_owned();
            let given = seen.answers.get(&test.name).map(Vec::as_slice).unwrap_or_default();
            let given = if given.is_empty() {
                t("calls-no-answer").to_string()
            } else {
                given.iter().map(|code| label(code)).collect::<Vec<_>>().join(", ")
            };
            let Op::In(list) = &test.op else { return None };
            let codes = list.iter().filter_map(|literal| match literal {
                Literal::Text(code) => Some(label(code)),
                _ => None,
            });
            let needed = codes.collect::<Vec<_>>().join(&t("calls-or").to_string());
            let key = if wanted { "calls-why-not" } else { "calls-why-not-this" };
            Some(t(key).s("question", &question.text_fr).s("needed", needed).s("given", given).to_string())
        }
        Source::Derived if test.name == "strong_count" => Some(t("calls-why-strong").to_string()),
        Source::Derived if test.name == "medium_count" => Some(t("calls-why-medium").to_string()),
        Source::Derived | Source::Fact => None,
    }
}

/// The programmes that the rules propose; ticked until somebody unticks them.
fn programmes(seen: &CallScreen) -> Option<Ticks> {
    let proposed: &Recommendation = &seen.proposed;
    if proposed.programmes.is_empty() {
        return None;
    }
    let kept = seen.draft.get("programmes");
    let reason = |code: &str| {
        let rules = proposed.reasons(&seen.catalogues.rules).into_iter();
        rules
            .filter(|rule| rule.then.programme.as_deref() == Some(code))
            .map(|r| r.reason_pro_fr.clone())
            .next()
    };
    let boxes = proposed.programmes.iter().map(|code| Tick {
        value: code.clone(),
        label: match reason(code) {
            Some(why) => format!("{} : {why}", words::programme(code)),
            None => words::programme(code),
        },
        checked: kept.is_none_or(|kept| kept.contains(code)),
    });
    Some(Ticks {
        legend: t("calls-programmes").to_string(),
        hint: t("calls-programmes-hint").to_string(),
        name: "programme",
        boxes: boxes.collect(),
    })
}

fn referents(seen: &CallScreen) -> Vec<ReferentChoice> {
    let chosen = begun(&seen.draft, "referent").unwrap_or_default();
    let mut all: Vec<ReferentChoice> = seen
        .candidates
        .iter()
        .enumerate()
        .filter(|(rank, one)| *rank < SHOWN || one.id.to_string() == chosen)
        .map(|(_, one)| ReferentChoice {
            value: one.id.to_string(),
            name: one.name.clone(),
            tags: candidate_tags(one),
            detail: candidate_words(one),
            checked: one.id.to_string() == chosen,
        })
        .collect();
    // Whoever follows already goes on, unless somebody else is chosen.
    let now: Vec<&str> = seen.file.referents.iter().map(|one| one.name.as_str()).collect();
    let (name, detail) = if now.is_empty() {
        (t("calls-later").to_string(), t("calls-later-detail").to_string())
    } else {
        (t("calls-same").to_string(), t("calls-same-detail").s("who", now.join(", ")).to_string())
    };
    all.push(ReferentChoice {
        value: String::new(),
        name,
        tags: Vec::new(),
        detail,
        checked: chosen.is_empty(),
    });
    all
}

/// The earliest slots, and the way to book none.
fn slots(visit: &Visit, seen: &CallScreen) -> Vec<SlotOption> {
    if seen.slots.is_empty() {
        return Vec::new();
    }
    let chosen = begun(&seen.draft, "slot").unwrap_or_default();
    let option = |slot: &app::agenda::FreeSlot| {
        let modality = slot.modalities.first()?;
        let value = format!("{}~{}", slot.id, modality.code());
        let at = slot.span.start.with_timezone(&visit.department.timezone).naive_local();
        let hosts: Vec<&str> = slot.hosts.iter().map(|(_, name)| name.as_str()).collect();
        let place = match modality {
            Modality::InPerson => slot.site.name.clone(),
            other => words::agenda::modality(*other),
        };
        Some(SlotOption {
            when: format!("{}, {}", format::day(at.date(), visit.today()), format::hour(at.time())),
            place: format!("{place}, {}", hosts.join(", ")),
            checked: value == chosen,
            value,
        })
    };
    let mut all: Vec<SlotOption> = seen.slots.iter().filter_map(option).collect();
    let none = all.iter().all(|one| !one.checked);
    all.push(SlotOption {
        value: String::new(),
        when: t("calls-no-slot").to_string(),
        place: t("calls-no-slot-detail").to_string(),
        checked: none,
    });
    all
}

/// Why they come first, and that they are full.
fn candidate_tags(one: &Candidate) -> Vec<Tag> {
    let sector = one
        .sector
        .as_ref()
        .map(|sector| Tag::new(t("calls-of-sector").s("name", &sector.name).to_string(), Tone::Ok));
    let full = one.is_full().then(|| Tag::new(t("calls-full").to_string(), Tone::Soon));
    sector.into_iter().chain(full).collect()
}

fn candidate_words(one: &Candidate) -> String {
    let side = words::coded::side(one.side.code());
    let place = one.place.as_ref().map(|place| match (place.commune, place.distance_km) {
        (Some(town), Some(km)) => {
            let km = format::number(i64::from(km));
            t("calls-place").s("name", &place.name).s("town", town).s("km", km).to_string()
        }
        _ => place.name.clone(),
    });
    let follows = i64::try_from(one.follows).unwrap_or(i64::MAX);
    let load = match one.capacity {
        Some(most) => {
            t("calls-load").n("n", follows).n("most", i64::try_from(most).unwrap_or(i64::MAX)).to_string()
        }
        None => t("calls-load-alone").n("n", follows).to_string(),
    };
    let whole = one.place.as_ref().and_then(|place| place.load).map(|(follows, most)| {
        let n = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        t("calls-structure-load").n("n", n(follows)).n("most", n(most)).to_string()
    });
    [side, place, Some(load), whole].into_iter().flatten().collect::<Vec<_>>().join(". ")
}

/// What the person will read: the reasons of the rules in plain French.
fn explanation(seen: &CallScreen) -> String {
    if seen.answers.is_empty() {
        return String::new();
    }
    let told =
        [Stage::Safety, Stage::Organisation, Stage::Path, Stage::OrganisationDefault, Stage::Programme];
    let rules = seen.proposed.reasons(&seen.catalogues.rules).into_iter();
    let reasons = rules.filter(|rule| told.contains(&rule.stage)).map(|rule| rule.reason_person_fr.as_str());
    let mut said: Vec<&str> = Vec::new();
    for reason in reasons {
        if !said.contains(&reason) {
            said.push(reason);
        }
    }
    said.join(" ")
}
