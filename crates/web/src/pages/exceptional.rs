//! Exceptional accesses: asking for one, reading of those of others, saying which roles may.

use app::access::{
    Ask, ExceptionalError, Notice, acknowledge, may_open_exceptionally, notices, notices_waiting,
    open_exceptionally, permit, roles_allowed, set_roles,
};
use axum::extract::Path;
use domain::access::exceptional::Motive;
use domain::access::permission::{Action, Grant, grant};
use domain::access::role::Role;

use super::rows::t;
use super::users::seen;
use crate::form::Form;
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::exceptional::{Exceptional, NoticeRow};
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::form_page::{FormPage, Tick, Ticks};
use crate::view::parts::{Link, Tag, Tone};
use crate::view::words;

const ASK: &str = "/acces-exceptionnel";
const LIST: &str = "/acces-exceptionnels";
const SETTING: &str = "/reglages/acces-exceptionnel";

/// `GET /{department}/acces-exceptionnel`: the form.
///
/// # Errors
/// 403 when the département does not open it to the role.
pub async fn ask(visit: Visit) -> Answer {
    may_open_exceptionally(&visit.ctx()).await.map_err(refused)?;
    page(&ask_page(&visit, &Form::default(), Vec::new()))
}

fn ask_page(visit: &Visit, form: &Form, errors: Vec<FieldError>) -> FormPage {
    let field = |kind, name: &str, key: &str| {
        Field::new(kind, name, t(key).to_string()).value(form.get(name)).error(FieldError::of(&errors, name))
    };
    let optional = |field: Field| Field { optional: true, ..field };
    let mut motives = vec![Choice::new("", t("exceptional-choose").to_string(), form.get("motive"))];
    motives
        .extend(Motive::ALL.map(|motive| Choice::new(motive.code(), motive.label_fr(), form.get("motive"))));
    let fields = vec![
        optional(field(FieldKind::Text, "last_name", "exceptional-last-name"))
            .hint(t("exceptional-last-name-hint").to_string()),
        optional(field(FieldKind::Date, "birth_date", "exceptional-birth-date")),
        optional(field(FieldKind::Text, "first_name", "exceptional-first-name"))
            .hint(t("exceptional-first-name-hint").to_string()),
        optional(field(FieldKind::Text, "number", "exceptional-number"))
            .hint(t("exceptional-number-hint").to_string()),
        Field::select("motive", t("exceptional-motive").to_string(), motives)
            .error(FieldError::of(&errors, "motive")),
        field(FieldKind::Textarea, "reason", "exceptional-reason")
            .hint(t("exceptional-reason-hint").to_string()),
    ];
    FormPage {
        back: Link::new(t("people-title").to_string(), visit.path("/personnes")),
        title: t("exceptional-ask").to_string(),
        lead: t("exceptional-ask-lead").to_string(),
        action: visit.path(ASK),
        errors,
        fields,
        ticks: None,
        submit: t("exceptional-ask-go").to_string(),
        shell: visit.shell(),
    }
}

/// `POST /{department}/acces-exceptionnel`: opens the file for half an hour.
///
/// # Errors
/// 403 when the département does not open it to the role.
pub async fn open(visit: Visit, form: Form) -> Answer {
    let ask = Ask {
        number: form.get("number").to_owned(),
        last_name: form.get("last_name").to_owned(),
        first_name: form.get("first_name").to_owned(),
        birth_date: form.get("birth_date").parse().ok(),
        motive: Motive::parse(form.get("motive")),
        reason: form.get("reason").to_owned(),
    };
    match open_exceptionally(&visit.ctx(), &ask).await {
        Ok(person) => {
            let to = visit.path(&format!("/personnes/{person}"));
            see_other_saying(&visit, &to, Tone::Soon, "flash-exceptional")
        }
        Err(error) => {
            let error = wrong(error)?;
            unprocessable(&ask_page(&visit, &form, vec![error]))
        }
    }
}

/// `GET /{department}/acces-exceptionnels`.
///
/// # Errors
/// When the database does not answer.
pub async fn list(visit: Visit) -> Answer {
    let all = notices(&visit.ctx()).await.map_err(refused)?;
    let waiting = all.iter().filter(|one| !one.seen).count();
    page(&Exceptional {
        summary: t("exceptional-waiting").n("n", waiting).to_string(),
        rows: all.into_iter().map(|one| row(&visit, one)).collect(),
        shell: visit.shell(),
    })
}

/// How many accesses wait to be read by the visitor.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn count_waiting(visit: &Visit) -> Result<u64, Fail> {
    notices_waiting(&visit.ctx()).await.map_err(refused)
}

fn row(visit: &Visit, one: Notice) -> NoticeRow {
    let name = one.name.unwrap_or_else(|| t("exceptional-somebody").to_string());
    let state = if one.seen {
        Tag::new(t("exceptional-seen").to_string(), Tone::Ok)
    } else {
        Tag::new("", Tone::Soon)
    };
    NoticeRow {
        who: one.who,
        when: seen(visit, Some(one.opened_at)),
        about: Link::new(name, visit.path(&format!("/personnes/{}", one.person_id))),
        motive: one.motive.map(|motive| motive.label_fr().to_owned()).unwrap_or_default(),
        reason: one.reason,
        state,
        seen: (!one.seen).then(|| visit.path(&format!("{LIST}/{}", one.id))),
    }
}

/// `POST /{department}/acces-exceptionnels/{id}`: read.
///
/// # Errors
/// 404 for an access that the visitor does not answer for.
pub async fn read(visit: Visit, Path((_, access)): Path<(String, String)>) -> Answer {
    acknowledge(&visit.ctx(), id(&access)?).await.map_err(refused)?;
    see_other_saying(&visit, &visit.path(LIST), Tone::Ok, "flash-exceptional-read")
}

/// `GET /{department}/reglages/acces-exceptionnel`: which roles may.
///
/// # Errors
/// When the database does not answer.
pub async fn setting(visit: Visit) -> Answer {
    let open = roles_allowed(&visit.ctx()).await.map_err(|e| Fail::store(&e))?;
    let boxes = possible()
        .map(|role| Tick {
            value: role.code().to_owned(),
            label: words::role(role),
            checked: open.contains(&role),
        })
        .collect();
    page(&FormPage {
        back: Link::new(t("settings-title").to_string(), visit.path("/reglages/territoires")),
        title: t("exceptional-setting").to_string(),
        lead: t("exceptional-setting-lead").to_string(),
        action: visit.path(SETTING),
        errors: Vec::new(),
        fields: Vec::new(),
        ticks: Some(Ticks {
            legend: t("exceptional-setting-roles").to_string(),
            hint: t("exceptional-setting-hint").to_string(),
            name: "role",
            boxes,
        }),
        submit: t("exceptional-setting-go").to_string(),
        shell: visit.shell(),
    })
}

fn possible() -> impl Iterator<Item = Role> {
    Role::ALL.into_iter().filter(|role| grant(*role, Action::OpenExceptionally) == Grant::Exceptional)
}

/// `POST /{department}/reglages/acces-exceptionnel`.
///
/// # Errors
/// When the database refuses.
pub async fn set(visit: Visit, form: Form) -> Answer {
    let roles: Vec<Role> = form.all("role").iter().filter_map(|code| Role::parse(code)).collect();
    set_roles(&visit.ctx(), &roles).await.map_err(refused)?;
    see_other_saying(&visit, &visit.path(SETTING), Tone::Ok, "flash-exceptional-roles")
}

/// Where the visitor asks for an access, when they may.
pub(super) fn way(visit: &Visit) -> Option<Link> {
    permit(&visit.ctx(), Action::OpenExceptionally).ok()?;
    Some(Link::new(t("exceptional-ask").to_string(), visit.path(ASK)))
}

fn refused(error: ExceptionalError) -> Fail {
    match error {
        ExceptionalError::Refused(refused) => refused.into(),
        ExceptionalError::Closed => Fail::Problem(Problem::Forbidden),
        ExceptionalError::Store(error) => Fail::store(&error),
        _ => Fail::Problem(Problem::NotFound),
    }
}

fn wrong(error: ExceptionalError) -> Result<FieldError, Fail> {
    let field = match &error {
        ExceptionalError::Motive => "motive",
        ExceptionalError::Reason => "reason",
        ExceptionalError::Identity | ExceptionalError::Nobody => "last_name",
        ExceptionalError::Several => "first_name",
        ExceptionalError::TooMany => "",
        ExceptionalError::Refused(_) | ExceptionalError::Closed | ExceptionalError::Store(_) => {
            return Err(refused(error));
        }
    };
    Ok(FieldError { field: field.to_owned(), text: error.to_string() })
}
