//! Accounts: the list, opening one by invitation, proposing one.

use app::access::{
    CreateUserError, Invitation, NewUser, PROPOSABLE, ProposeError, UserLine, accept_user, create_user,
    decline_user, list_users, permit, proposals as proposed, propose_user,
};
use axum::extract::Path;
use chrono::{DateTime, Utc};
use domain::access::permission::Action;
use domain::access::role::Role;

use super::role_fields::{read_role, role_fields, wrong_role};
use super::rows::t;
use super::settings_tabs::tabs;
use super::user::Places;
use crate::form::Form;
use crate::format;
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::form::{Field, FieldError, FieldKind};
use crate::view::form_page::{FormPage, Shown};
use crate::view::parts::{Link, Tag, Tone};
use crate::view::users::{ProposalRow, Propose, UserRow, Users};
use crate::view::words;

const LIST: &str = "/reglages/utilisateurs";
const PROPOSE: &str = "/reglages/utilisateurs/proposer";

/// `GET /{department}/reglages/utilisateurs`.
///
/// # Errors
/// When the database does not answer.
pub async fn list(visit: Visit) -> Answer {
    page(&users(&visit, Vec::new()).await?)
}

async fn users(visit: &Visit, errors: Vec<FieldError>) -> Result<Users, Fail> {
    let ctx = visit.ctx();
    let places = Places::load(visit).await?;
    let all = list_users(&ctx).await?;
    let may_manage = permit(&ctx, Action::ManageUsers).is_ok();
    let waiting = if may_manage { rows(visit, &places, &all).await? } else { Vec::new() };
    Ok(Users {
        tabs: tabs(visit, LIST),
        may_manage,
        errors,
        proposals: waiting.into_iter().filter(|one| one.accept.is_some()).collect(),
        rows: all.iter().map(|user| row(visit, &places, user)).collect(),
        shell: visit.shell(),
    })
}

fn row(visit: &Visit, places: &Places, user: &UserLine) -> UserRow {
    let today = visit.today();
    let running = user.roles.iter().filter(|role| role.until.is_none_or(|last| last >= today));
    UserRow {
        link: Link::new(&user.name, visit.path(&format!("{LIST}/{}", user.id))),
        email: user.email.clone(),
        roles: running
            .map(|role| {
                let place = places.of(role.territory.as_deref(), role.structure);
                let words =
                    t("users-role-at").s("role", words::role(role.role)).s("place", place).to_string();
                if role.since > today {
                    t("users-role-later").s("role", words).s("date", format::full(role.since)).to_string()
                } else {
                    words
                }
            })
            .collect(),
        seen: seen(visit, user.signed_in_at),
        tags: account_tags(user),
    }
}

/// When an account was last signed in to.
pub(super) fn seen(visit: &Visit, at: Option<DateTime<Utc>>) -> String {
    match at {
        Some(at) => format::moment(at.with_timezone(&visit.department.timezone).naive_local(), visit.today()),
        None => t("users-never").to_string(),
    }
}

/// « fermé », « invité ».
pub(super) fn account_tags(user: &UserLine) -> Vec<Tag> {
    if user.disabled_at.is_some() {
        vec![Tag::new(t("users-closed").to_string(), Tone::Neutral)]
    } else if user.signed_in_at.is_none() && !user.has_password && !user.demo {
        vec![Tag::new(t("users-invited").to_string(), Tone::Info)]
    } else {
        Vec::new()
    }
}

async fn rows(visit: &Visit, places: &Places, users: &[UserLine]) -> Result<Vec<ProposalRow>, Fail> {
    let ctx = visit.ctx();
    let may_decide = permit(&ctx, Action::ManageUsers).is_ok();
    let all = proposed(&ctx).await.map_err(fail)?;
    Ok(all
        .into_iter()
        .map(|one| {
            let role = Role::parse(&one.role).map(words::role).unwrap_or_default();
            let place = places.of(one.territory.as_deref(), one.structure);
            let who = users.iter().find(|user| user.id == one.proposed_by).map(|user| user.name.clone());
            let state = match (one.decided_at, one.accepted) {
                (None, _) => Tag::new(t("users-waiting").to_string(), Tone::Soon),
                (Some(_), true) => Tag::new(t("users-accepted").to_string(), Tone::Ok),
                (Some(_), false) => Tag::new(t("users-declined").to_string(), Tone::Neutral),
            };
            let answer = |word: &str| {
                let open = may_decide && one.decided_at.is_none();
                open.then(|| visit.path(&format!("{LIST}/propositions/{}/{word}", one.id)))
            };
            ProposalRow {
                accept: answer("accepter"),
                decline: answer("refuser"),
                role: t("users-role-at").s("role", role).s("place", place).to_string(),
                by: t("users-proposed-by")
                    .s("name", who.unwrap_or_else(|| t("users-you").to_string()))
                    .s("when", seen(visit, Some(one.proposed_at)))
                    .to_string(),
                name: one.name,
                email: one.email,
                state,
            }
        })
        .collect())
}

/// How many proposals wait for an answer.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn count_waiting(visit: &Visit) -> Result<u64, Fail> {
    let all = proposed(&visit.ctx()).await.map_err(fail)?;
    Ok(all.iter().filter(|one| one.decided_at.is_none()).count() as u64)
}

/// `GET /{department}/reglages/utilisateurs/nouveau`.
///
/// # Errors
/// When the database does not answer.
pub async fn new(visit: Visit) -> Answer {
    page(&new_page(&visit, &Form::default(), Vec::new()).await?)
}

/// The roles that can be given here.
pub(super) fn givable() -> Vec<Role> {
    Role::ALL.into_iter().filter(|role| *role != Role::Person).collect()
}

async fn new_page(visit: &Visit, form: &Form, errors: Vec<FieldError>) -> Result<FormPage, Fail> {
    Ok(FormPage {
        back: Link::new(t("users-title").to_string(), visit.path(LIST)),
        title: t("users-add").to_string(),
        lead: t("users-add-lead").to_string(),
        action: visit.path(&format!("{LIST}/nouveau")),
        fields: fields(visit, &givable(), form, &errors).await?,
        errors,
        ticks: None,
        submit: t("users-add-go").to_string(),
        shell: visit.shell(),
    })
}

async fn fields(
    visit: &Visit,
    roles: &[Role],
    form: &Form,
    errors: &[FieldError],
) -> Result<Vec<Field>, Fail> {
    let text = |kind, name: &str, key: &str| {
        Field::new(kind, name, t(key).to_string()).value(form.get(name)).error(FieldError::of(errors, name))
    };
    let mut all = vec![
        text(FieldKind::Text, "name", "users-full-name"),
        text(FieldKind::Email, "email", "users-email"),
    ];
    all.extend(role_fields(visit, roles, form, errors).await?);
    Ok(all)
}

fn read(form: &Form) -> Result<NewUser, FieldError> {
    let role = read_role(form)?;
    Ok(NewUser { email: form.get("email").to_owned(), name: form.get("name").to_owned(), role })
}

/// `POST /{department}/reglages/utilisateurs/nouveau`: opens the account, and shows its link once.
///
/// # Errors
/// When the database refuses.
pub async fn add(visit: Visit, form: Form) -> Answer {
    let error = match read(&form) {
        Err(error) => error,
        Ok(new) => match create_user(&visit.ctx(), new).await {
            Ok(invitation) => return page(&shown(&visit, &invitation)),
            Err(error) => wrong(&error)?,
        },
    };
    unprocessable(&new_page(&visit, &form, vec![error]).await?)
}

/// The link of an invitation, shown once.
pub(super) fn shown(visit: &Visit, invitation: &Invitation) -> Shown {
    Shown {
        back: Link::new(
            t("users-shown-back").to_string(),
            visit.path(&format!("{LIST}/{}", invitation.account_id)),
        ),
        title: t("users-shown").to_string(),
        lead: t("users-shown-lead").to_string(),
        value: visit.path(&format!("/mot-de-passe/{}", invitation.token)),
        shell: visit.shell(),
    }
}

/// `GET /{department}/reglages/utilisateurs/proposer`.
///
/// # Errors
/// When the database does not answer.
pub async fn proposals(visit: Visit) -> Answer {
    page(&propose_page(&visit, &Form::default(), Vec::new()).await?)
}

async fn propose_page(visit: &Visit, form: &Form, errors: Vec<FieldError>) -> Result<Propose, Fail> {
    let places = Places::load(visit).await?;
    Ok(Propose {
        tabs: tabs(visit, PROPOSE),
        fields: fields(visit, &PROPOSABLE, form, &errors).await?,
        errors,
        rows: rows(visit, &places, &[]).await?,
        shell: visit.shell(),
    })
}

/// `POST /{department}/reglages/utilisateurs/proposer`.
///
/// # Errors
/// When the database refuses.
pub async fn propose(visit: Visit, form: Form) -> Answer {
    let error = match read(&form) {
        Err(error) => error,
        Ok(new) => match propose_user(&visit.ctx(), new).await {
            Ok(()) => return see_other_saying(&visit, &visit.path(PROPOSE), Tone::Ok, "flash-proposed"),
            Err(error) => wrong_proposal(&error)?,
        },
    };
    unprocessable(&propose_page(&visit, &form, vec![error]).await?)
}

/// `POST /{department}/reglages/utilisateurs/propositions/{proposal}/accepter`.
///
/// # Errors
/// 422 when it was decided before.
pub async fn accept(visit: Visit, Path((_, proposal)): Path<(String, String)>) -> Answer {
    match accept_user(&visit.ctx(), id(&proposal)?).await {
        Ok(invitation) => page(&shown(&visit, &invitation)),
        Err(error) => {
            let wrong = wrong_proposal(&error)?;
            unprocessable(&users(&visit, vec![FieldError { field: String::new(), ..wrong }]).await?)
        }
    }
}

/// `POST /{department}/reglages/utilisateurs/propositions/{proposal}/refuser`.
///
/// # Errors
/// 422 when it was decided before.
pub async fn decline(visit: Visit, Path((_, proposal)): Path<(String, String)>) -> Answer {
    match decline_user(&visit.ctx(), id(&proposal)?).await {
        Ok(()) => see_other_saying(&visit, &visit.path(LIST), Tone::Ok, "flash-declined"),
        Err(error) => {
            let wrong = wrong_proposal(&error)?;
            unprocessable(&users(&visit, vec![FieldError { field: String::new(), ..wrong }]).await?)
        }
    }
}

fn fail(error: ProposeError) -> Fail {
    match error {
        ProposeError::User(CreateUserError::Refused(refused)) => refused.into(),
        ProposeError::User(CreateUserError::Store(error)) => Fail::store(&error),
        _ => Fail::Problem(Problem::NotFound),
    }
}

fn wrong_proposal(error: &ProposeError) -> Result<FieldError, Fail> {
    let field = match error {
        ProposeError::User(error) => return wrong(error),
        ProposeError::Role => "role",
        ProposeError::Place => "place",
        ProposeError::Waiting(_) => "email",
        ProposeError::Decided => "",
    };
    Ok(FieldError { field: field.to_owned(), text: error.to_string() })
}

/// What is wrong in the form, beside the field at fault.
fn wrong(error: &CreateUserError) -> Result<FieldError, Fail> {
    let field = match error {
        CreateUserError::Email(_) | CreateUserError::EmailTaken(_) => "email",
        CreateUserError::Name => "name",
        CreateUserError::Role(role) => return wrong_role(role),
        CreateUserError::NoAccount(_) => return Err(Fail::Problem(Problem::NotFound)),
        CreateUserError::Refused(refused) => return Err((*refused).into()),
        CreateUserError::Store(error) => return Err(Fail::store(error)),
    };
    Ok(FieldError { field: field.to_owned(), text: error.to_string() })
}
