//! `/{department}/reglages/dispositifs`: the programmes of the département, their versions, a text that publishes another.

use app::access::permit;
use app::programmes::{
    Offered, ProgrammeError, programme, programme_text, programme_versions, programmes, publish_programme,
};
use app::settings::{Draft, VersionError};
use axum::extract::Path;
use domain::access::permission::Action;
use domain::access::side::Side;
use domain::programmes::programme::{Programme, StartsFrom};

use super::super::catalogues::version_line;
use super::super::rows::t;
use super::super::settings_tabs::tabs;
use crate::form::{Form, Query};
use crate::format;
use crate::respond::{Answer, Fail, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::catalogues::Edit;
use crate::view::form::{Field, FieldError, FieldKind};
use crate::view::parts::{Fact, Link, Tag, Tone};
use crate::view::programmes::{ProgrammePage, ProgrammeRow, ProgrammesPage};
use crate::view::words;

/// The list.
const PAGE: &str = "/reglages/dispositifs";

/// `GET /{department}/reglages/dispositifs`.
///
/// # Errors
/// When the database does not answer.
pub async fn list(visit: Visit) -> Answer {
    let ctx = visit.ctx();
    let all = programmes(&ctx).await?;
    let may_edit = permit(&ctx, Action::EditCatalogues).is_ok();
    let row = |one: &Offered| ProgrammeRow {
        link: Link::new(one.programme.name.clone(), visit.path(&format!("{PAGE}/{}", one.programme.code))),
        summary: one.programme.summary.clone(),
        state: state(one),
    };
    page(&ProgrammesPage {
        tabs: tabs(&visit, PAGE),
        rows: all.iter().map(row).collect(),
        new: may_edit
            .then(|| Link::new(t("programmes-new").to_string(), visit.path(&format!("{PAGE}/nouveau")))),
        shell: visit.shell(),
    })
}

fn state(one: &Offered) -> Tag {
    if one.runs {
        Tag::new(t("programmes-runs").to_string(), Tone::Ok)
    } else {
        Tag::new(t("programmes-elsewhere").to_string(), Tone::Neutral)
    }
}

/// `GET /{department}/reglages/dispositifs/{code}`.
///
/// # Errors
/// 404 for a programme that is none.
pub async fn one(visit: Visit, Path((_, code)): Path<(String, String)>) -> Answer {
    page(&whole(&visit, &code, Vec::new(), None).await?)
}

/// `GET /{department}/reglages/dispositifs/nouveau`: a programme of one's own, from the text of another.
///
/// # Errors
/// When the database does not answer.
pub async fn new(visit: Visit, Query(form): Query) -> Answer {
    page(&blank(&visit, &form, Vec::new()).await?)
}

fn draft(form: &Form) -> Draft {
    Draft {
        text: form.get("texte").replace("\r\n", "\n"),
        valid_from: form.get("debut").parse().ok(),
        note: form.get("note").to_owned(),
        after: form.get("after").parse().unwrap_or_default(),
    }
}

/// `POST /{department}/reglages/dispositifs/{code}`: publishes a version.
///
/// # Errors
/// 404 for a programme that is none.
pub async fn publish(visit: Visit, Path((_, code)): Path<(String, String)>, form: Form) -> Answer {
    match publish_programme(&visit.ctx(), Some(&code), &draft(&form)).await {
        Ok(_) => done(&visit, &code),
        Err(error) => unprocessable(&whole(&visit, &code, wrong(error)?, Some(&form)).await?),
    }
}

/// `POST /{department}/reglages/dispositifs/nouveau`.
///
/// # Errors
/// When the database does not answer.
pub async fn publish_new(visit: Visit, form: Form) -> Answer {
    match publish_programme(&visit.ctx(), None, &draft(&form)).await {
        Ok(code) => done(&visit, &code),
        Err(error) => unprocessable(&blank(&visit, &form, wrong(error)?).await?),
    }
}

fn done(visit: &Visit, code: &str) -> Answer {
    see_other_saying(visit, &visit.path(&format!("{PAGE}/{code}")), Tone::Ok, "flash-programme")
}

fn wrong(error: ProgrammeError) -> Result<Vec<FieldError>, Fail> {
    let one = |field: &str, text: String| vec![FieldError { field: field.to_owned(), text }];
    let text = error.to_string();
    Ok(match error {
        ProgrammeError::Faults(faults) => {
            faults.into_iter().map(|text| FieldError { field: "texte".to_owned(), text }).collect()
        }
        ProgrammeError::Unreadable(_)
        | ProgrammeError::OtherCode(_)
        | ProgrammeError::Version(VersionError::TooLong | VersionError::Changed) => one("texte", text),
        ProgrammeError::Version(VersionError::TooEarly) => one("debut", text),
        other => return Err(other.into()),
    })
}

async fn whole(
    visit: &Visit,
    code: &str,
    errors: Vec<FieldError>,
    typed: Option<&Form>,
) -> Result<ProgrammePage, Fail> {
    let ctx = visit.ctx();
    let offered = programme(&ctx, code).await?;
    let versions = programme_versions(&ctx, code).await?;
    let last = versions.first().map_or(1, |one| one.number);
    let text = programme_text(&ctx, code, offered.number).await?;
    let may_edit = permit(&ctx, Action::EditCatalogues).is_ok();
    let title = |n: i64| t("messages-version").n("n", n).to_string();
    let summary = if offered.runs { "programmes-edit" } else { "programmes-take" };
    Ok(ProgrammePage {
        title: offered.programme.name.clone(),
        lead: offered.programme.summary.clone(),
        state: state(&offered),
        facts: facts(&offered.programme),
        conditions: offered.programme.conditions.iter().map(|one| one.question.clone()).collect(),
        edit_title: t(summary).to_string(),
        edit: may_edit.then(|| edit(visit, code, (last, &text), &errors, typed)),
        versions: versions.iter().map(|one| version_line(visit, title(one.number), one)).collect(),
        errors,
        shell: visit.shell(),
    })
}

async fn blank(visit: &Visit, typed: &Form, errors: Vec<FieldError>) -> Result<ProgrammePage, Fail> {
    let ctx = visit.ctx();
    let first = programmes(&ctx).await?.into_iter().find(|one| one.runs && one.programme.terms().is_some());
    let text = match first {
        Some(one) => programme_text(&ctx, &one.programme.code, one.number).await?,
        None => String::new(),
    };
    let typed = typed.has("texte").then_some(typed);
    let mut form = edit(visit, "nouveau", (1, &text), &errors, typed);
    form.open = true;
    Ok(ProgrammePage {
        title: t("programmes-new").to_string(),
        lead: t("programmes-new-lead").to_string(),
        state: Tag::new(t("programmes-draft").to_string(), Tone::Neutral),
        facts: Vec::new(),
        conditions: Vec::new(),
        edit_title: t("programmes-new-text").to_string(),
        edit: Some(form),
        versions: Vec::new(),
        errors,
        shell: visit.shell(),
    })
}

fn edit(
    visit: &Visit,
    code: &str,
    (last, text): (i64, &str),
    errors: &[FieldError],
    typed: Option<&Form>,
) -> Edit {
    let value = |name: &str, otherwise: String| typed.map_or(otherwise, |form| form.get(name).to_owned());
    let field = |kind, name: &str, label: &str, hint: &str, value: String| {
        Field::new(kind, name, t(label).to_string())
            .hint(t(hint).to_string())
            .value(value)
            .error(FieldError::of(errors, name))
    };
    let first = value("debut", visit.today().to_string());
    Edit {
        action: visit.path(&format!("{PAGE}/{code}")),
        after: value("after", last.to_string()),
        fields: vec![
            field(
                FieldKind::Textarea,
                "texte",
                "programmes-text",
                "programmes-text-hint",
                value("texte", text.to_owned()),
            ),
            field(FieldKind::Date, "debut", "catalogues-first-day", "programmes-first-day-hint", first),
            field(
                FieldKind::Text,
                "note",
                "catalogues-note",
                "catalogues-note-hint",
                value("note", String::new()),
            ),
        ],
        open: typed.is_some(),
    }
}

/// What rules somebody in it, in words.
fn facts(one: &Programme) -> Vec<Fact> {
    let fact = |key: &str, value: String| Fact::new(t(key).to_string(), value);
    let mut all = Vec::new();
    if let Some(prescription) = &one.prescription {
        let roles: Vec<&str> = prescription.by.iter().map(|role| role.label_fr()).collect();
        all.push(fact("programmes-fact-by", roles.join(", ")));
        if let Some(days) = prescription.answer_days {
            all.push(fact(
                "programmes-fact-answer",
                t("programmes-days").n("n", i64::from(days)).to_string(),
            ));
        }
    }
    if !one.sides.is_empty() {
        let key = if one.is_pair() {
            "programmes-fact-pair"
        } else if one.sides.contains(&Side::Social) {
            "programmes-fact-social"
        } else {
            "programmes-fact-employment"
        };
        all.push(fact("programmes-fact-who", t(key).to_string()));
    }
    if let Some(length) = &one.duration {
        let from = match length.starts_from {
            StartsFrom::Enrolment => "programmes-months",
            StartsFrom::FirstMeeting => "programmes-months-met",
        };
        all.push(fact("programmes-fact-length", t(from).n("n", i64::from(length.months)).to_string()));
        let renewals = match length.renewals_max {
            None => t("programmes-renewals-free").to_string(),
            Some(n) => t("programmes-renewals")
                .n("n", i64::from(n))
                .n("months", i64::from(length.renewal_months))
                .s("by", length.renewal_by.label_fr())
                .to_string(),
        };
        all.push(fact("programmes-fact-renewals", renewals));
    }
    if let Some(days) = one.contact_days {
        all.push(fact("programmes-fact-rhythm", t("programmes-rhythm").n("n", i64::from(days)).to_string()));
    }
    for (side, most) in &one.capacity {
        let who = words::side(*side);
        all.push(fact(
            "programmes-fact-capacity",
            t("programmes-capacity-of").n("n", i64::from(*most)).s("side", who.to_lowercase()).to_string(),
        ));
    }
    all.push(fact("programmes-fact-from", format::full(one.valid_from)));
    all
}
