//! The questionnaire and the rules of the orientation: read, tried on past calls, changed by versions.

use app::access::permit;
use app::orientation::{
    CatalogueError, CatalogueKind, Replay, catalogues as current, publish, replay, version_text, versions,
};
use app::settings::{Draft, Version, VersionError};
use domain::access::permission::Action;
use domain::orientation::recommend::Verdict;
use domain::orientation::rules::{Rule, RuleSet, Stage};

use super::rows::t;
use super::settings_tabs::tabs;
use crate::form::Form;
use crate::format;
use crate::respond::{Answer, Fail, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::catalogues::{CataloguesPage, Edit, RuleLine, StageRules, Tried, VersionLine};
use crate::view::form::{Field, FieldError, FieldKind};
use crate::view::parts::{Tag, Tone};
use crate::view::words::{self, coded};

const PAGE: &str = "/reglages/orientation";
/// Changes of a replay that are shown.
const SHOWN: usize = 50;

impl From<CatalogueError> for Fail {
    fn from(error: CatalogueError) -> Self {
        match error {
            CatalogueError::Refused(refused) => refused.into(),
            CatalogueError::Store(error) | CatalogueError::Version(VersionError::Store(error)) => {
                Self::store(&error)
            }
            other => Self::Internal(other.to_string()),
        }
    }
}

/// What is shown again after a form was sent.
#[derive(Debug, Default)]
struct Again {
    errors: Vec<FieldError>,
    /// Which form, with what was typed.
    typed: Option<(CatalogueKind, Form)>,
    tried: Option<Tried>,
}

/// `GET /{department}/reglages/orientation`.
///
/// # Errors
/// When the database does not answer.
pub async fn catalogues(visit: Visit) -> Answer {
    page(&shown(&visit, Again::default()).await?)
}

async fn shown(visit: &Visit, again: Again) -> Result<CataloguesPage, Fail> {
    let ctx = visit.ctx();
    let now = current(&ctx).await?;
    let may_edit = permit(&ctx, Action::EditCatalogues).is_ok();
    let (mut lines, mut edits) = (Vec::new(), Vec::new());
    for kind in [CatalogueKind::Rules, CatalogueKind::Questionnaire] {
        let all = versions(&ctx, kind).await?;
        lines.extend(all.iter().map(|one| version(visit, kind, one)));
        let last = all.first().map_or(1, |one| one.number);
        edits.push(if may_edit { Some(edit(visit, kind, last, &again).await?) } else { None });
    }
    let mut edits = edits.into_iter();
    Ok(CataloguesPage {
        tabs: tabs(visit, PAGE),
        stages: Stage::ALL.into_iter().map(|stage| stage_rules(&now.rules, stage)).collect(),
        versions: lines,
        tried: again.tried,
        rules: edits.next().flatten(),
        questions: edits.next().flatten(),
        errors: again.errors,
        shell: visit.shell(),
    })
}

fn stage_rules(rules: &RuleSet, stage: Stage) -> StageRules {
    let title = match stage {
        Stage::Safety => "catalogues-stage-safety",
        Stage::Eligibility => "catalogues-stage-eligibility",
        Stage::Organisation => "catalogues-stage-organisation",
        Stage::Path => "catalogues-stage-path",
        Stage::OrganisationDefault => "catalogues-stage-default",
        Stage::Programme => "catalogues-stage-programme",
        Stage::Review => "catalogues-stage-review",
    };
    let line = |rule: &Rule| RuleLine {
        order: rule.order.to_string(),
        code: rule.code.clone(),
        gives: gives(rule),
        reason: rule.reason_pro_fr.clone(),
        reference: rule.reference.clone(),
    };
    StageRules { title: t(title).to_string(), rules: rules.stage(stage).into_iter().map(line).collect() }
}

fn gives(rule: &Rule) -> String {
    let then = &rule.then;
    let parts = [
        then.path.map(words::orientation_path),
        then.organisation.map(words::organisation),
        then.programme.as_deref().map(words::programme),
        then.result.map(|one| t("catalogues-gives-result").s("code", one.code()).to_string()),
        then.flag.as_deref().map(|flag| t("catalogues-gives-flag").s("code", flag).to_string()),
        then.review_key.as_deref().map(str::to_owned),
        then.face_to_face.filter(|yes| *yes).map(|_| t("catalogues-gives-meet").to_string()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn version(visit: &Visit, kind: CatalogueKind, one: &Version) -> VersionLine {
    let key = match kind {
        CatalogueKind::Rules => "catalogues-rules-version",
        CatalogueKind::Questionnaire => "catalogues-questions-version",
    };
    version_line(visit, t(key).n("n", one.number).to_string(), one)
}

/// A version of a text of the département.
pub(super) fn version_line(visit: &Visit, title: String, one: &Version) -> VersionLine {
    let to_come = one.valid_from.is_some_and(|day| day > visit.today());
    let (state, tone) = match (one.in_force, to_come) {
        (true, _) => ("catalogues-in-force", Tone::Ok),
        (false, true) => ("catalogues-to-come", Tone::Info),
        (false, false) => ("catalogues-past", Tone::Neutral),
    };
    let since = one.valid_from.map(|day| t("catalogues-since").s("date", format::full(day)).to_string());
    let author = one.author.as_ref().map(|name| t("catalogues-by").s("name", name).to_string());
    let note = Some(one.note.clone()).filter(|note| !note.is_empty());
    VersionLine {
        title,
        state: Tag::new(t(state).to_string(), tone),
        detail: [since, author, note].into_iter().flatten().collect::<Vec<_>>().join(" "),
    }
}

async fn edit(visit: &Visit, kind: CatalogueKind, last: i64, again: &Again) -> Result<Edit, Fail> {
    let typed = again.typed.as_ref().filter(|(of, _)| *of == kind).map(|(_, form)| form);
    let prefix = slug(kind);
    let name = |field: &str| format!("{prefix}-{field}");
    let text = match typed {
        Some(form) => form.get(&name("texte")).to_owned(),
        None => version_text(&visit.ctx(), kind, last).await?,
    };
    let value =
        |field: &str, otherwise: String| typed.map_or(otherwise, |form| form.get(&name(field)).to_owned());
    let field = |kind, field: &str, label: &str, hint: &str, value: String| {
        Field::new(kind, &name(field), t(label).to_string())
            .hint(t(hint).to_string())
            .value(value)
            .error(FieldError::of(&again.errors, &name(field)))
    };
    Ok(Edit {
        action: visit.path(&format!("{PAGE}/{prefix}")),
        after: typed.map_or(last.to_string(), |form| form.get("after").to_owned()),
        fields: vec![
            field(FieldKind::Textarea, "texte", "catalogues-text", "catalogues-text-hint", text),
            field(
                FieldKind::Date,
                "debut",
                "catalogues-first-day",
                "catalogues-first-day-hint",
                value("debut", visit.today().to_string()),
            ),
            field(
                FieldKind::Text,
                "note",
                "catalogues-note",
                "catalogues-note-hint",
                value("note", String::new()),
            ),
        ],
        open: typed.is_some(),
    })
}

fn slug(kind: CatalogueKind) -> &'static str {
    match kind {
        CatalogueKind::Rules => "regles",
        CatalogueKind::Questionnaire => "questions",
    }
}

fn wrong(kind: CatalogueKind, error: CatalogueError) -> Result<Vec<FieldError>, Fail> {
    let field = |name: &str| format!("{}-{name}", slug(kind));
    let one = |name: &str, text: String| vec![FieldError { field: field(name), text }];
    let text = error.to_string();
    Ok(match error {
        CatalogueError::Faults(faults) => {
            faults.into_iter().map(|text| FieldError { field: field("texte"), text }).collect()
        }
        CatalogueError::Unreadable(_)
        | CatalogueError::Version(VersionError::TooLong | VersionError::Changed) => one("texte", text),
        CatalogueError::Version(VersionError::TooEarly) => one("debut", text),
        other => return Err(other.into()),
    })
}

async fn published(visit: Visit, kind: CatalogueKind, form: Form) -> Answer {
    let name = |field: &str| format!("{}-{field}", slug(kind));
    let draft = Draft {
        text: form.get(&name("texte")).replace("\r\n", "\n"),
        valid_from: form.get(&name("debut")).parse().ok(),
        note: form.get(&name("note")).to_owned(),
        after: form.get("after").parse().unwrap_or_default(),
    };
    match publish(&visit.ctx(), kind, &draft).await {
        Ok(_) => see_other_saying(&visit, &visit.path(PAGE), Tone::Ok, "flash-catalogue"),
        Err(error) => {
            let errors = wrong(kind, error)?;
            unprocessable(&shown(&visit, Again { errors, typed: Some((kind, form)), tried: None }).await?)
        }
    }
}

/// `POST /{department}/reglages/orientation/regles`.
///
/// # Errors
/// When the database refuses.
pub async fn rules(visit: Visit, form: Form) -> Answer {
    published(visit, CatalogueKind::Rules, form).await
}

/// `POST /{department}/reglages/orientation/questions`.
///
/// # Errors
/// When the database refuses.
pub async fn questions(visit: Visit, form: Form) -> Answer {
    published(visit, CatalogueKind::Questionnaire, form).await
}

/// `POST /{department}/reglages/orientation/essai`: what a draft of rules would change of past proposals.
///
/// # Errors
/// When the database does not answer.
pub async fn attempt(visit: Visit, form: Form) -> Answer {
    let kind = CatalogueKind::Rules;
    let text = form.get("regles-texte").replace("\r\n", "\n");
    match replay(&visit.ctx(), &text).await {
        Ok(found) => {
            let again = Again { tried: Some(tried(&found)), typed: Some((kind, form)), errors: Vec::new() };
            page(&shown(&visit, again).await?)
        }
        Err(error) => {
            let errors = wrong(kind, error)?;
            unprocessable(&shown(&visit, Again { errors, typed: Some((kind, form)), tried: None }).await?)
        }
    }
}

fn tried(found: &Replay) -> Tried {
    let lines = found.differences.iter().take(SHOWN).map(|one| {
        t("catalogues-tried-line")
            .n("n", one.rank)
            .s("before", verdict(&one.before))
            .s("after", verdict(&one.after))
            .s("gone", one.rules.0.join(", "))
            .s("new", one.rules.1.join(", "))
            .to_string()
    });
    Tried {
        summary: t("catalogues-tried").n("n", found.differences.len()).n("all", found.calls).to_string(),
        lines: lines.collect(),
    }
}

fn verdict(one: &Verdict) -> String {
    let path = one.path.as_deref().and_then(coded::orientation_path);
    let organisation = one.organisation.as_deref().and_then(coded::organisation);
    let programmes = one.programmes.iter().map(|code| words::programme(code));
    let parts = path.into_iter().chain(one.result.clone()).chain(organisation).chain(programmes);
    parts.collect::<Vec<_>>().join(", ")
}
