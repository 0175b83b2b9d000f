//! One account: its roles with their dates, its link, its end.

use std::collections::HashMap;

use app::access::{
    CreateUserError, EditUserError, EnrolmentError, ListUsersError, RoleLine, UserLine, add_role,
    disable_user, enable_user, end_role, invite_account, list_users, permit, reset_second_factor,
    send_invitation, set_capacity,
};
use axum::extract::Path;
use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::time::plus_days;
use uuid::Uuid;

use super::role_fields::{read_role, role_fields, wrong_role};
use super::rows::t;
use super::users::{account_tags, givable, seen, shown};
use crate::form::Form;
use crate::format;
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::form::{Field, FieldError, FieldKind};
use crate::view::parts::{Fact, Tag, Tone};
use crate::view::users::{RoleRow, User};
use crate::view::words;

const LIST: &str = "/reglages/utilisateurs";

/// Where roles are held, in words.
pub(super) struct Places {
    whole: String,
    territories: HashMap<String, String>,
    structures: HashMap<Uuid, String>,
}

impl Places {
    /// The names of territories, and those of structures for who may read accounts.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load(visit: &Visit) -> Result<Self, Fail> {
        let ctx = visit.ctx();
        let structures = if permit(&ctx, Action::ReadUsers).is_ok() {
            app::settings::structure_names(&ctx).await.map_err(super::structures::fail)?
        } else {
            let open = app::settings::open_structures(&ctx).await.map_err(super::structures::fail)?;
            open.into_iter().map(|one| (one.id, one.name)).collect()
        };
        Ok(Self {
            whole: t("access-whole").s("department", &visit.department.name).to_string(),
            territories: app::settings::territories(&ctx)
                .await
                .map_err(|e| Fail::store(&e))?
                .into_iter()
                .map(|one| (one.code, one.name))
                .collect(),
            structures,
        })
    }

    /// Where a role is held.
    pub fn of(&self, territory: Option<&str>, structure: Option<Uuid>) -> String {
        match (structure, territory) {
            (Some(id), _) => self.structures.get(&id).cloned().unwrap_or_default(),
            (None, Some(code)) => self.territories.get(code).cloned().unwrap_or_default(),
            (None, None) => self.whole.clone(),
        }
    }
}

type Place = Path<(String, String)>;

/// `GET /{department}/reglages/utilisateurs/{id}`.
///
/// # Errors
/// 404 for an account that is not of this département.
pub async fn user(visit: Visit, Path((_, account)): Place) -> Answer {
    page(&user_page(&visit, id(&account)?, &Form::default(), Vec::new()).await?)
}

async fn user_page(visit: &Visit, account: Uuid, form: &Form, errors: Vec<FieldError>) -> Result<User, Fail> {
    let ctx = visit.ctx();
    let all = list_users(&ctx).await?;
    let user = all.into_iter().find(|one| one.id == account).ok_or(Fail::Problem(Problem::NotFound))?;
    let places = Places::load(visit).await?;
    let may = permit(&ctx, Action::ManageUsers).is_ok();
    let mine = ctx.actor.id == Some(account);
    let closed = user.disabled_at.is_some();
    let path = |rest: &str| visit.path(&format!("{LIST}/{account}{rest}"));
    let set = app::access::capacity(&ctx, account).await.map_err(refused)?;
    let fields = if may && !mine { role_fields(visit, &givable(), form, &errors).await? } else { Vec::new() };
    Ok(User {
        name: user.name.clone(),
        tags: account_tags(&user),
        facts: facts(visit, &user),
        roles: user.roles.iter().map(|role| role_row(visit, &places, account, role, may)).collect(),
        add: (may && !mine && !closed).then(|| path("/roles")),
        fields,
        link: (may && !closed).then(|| path("/lien")),
        capacity: (may && !closed).then(|| (path("/places"), most(form, &errors, set))),
        reset: (may && !mine && user.second_factor).then(|| path("/double-authentification")),
        switch: (may && !mine).then(|| path(if closed { "/rouvrir" } else { "/fermer" })),
        closed,
        errors,
        shell: visit.shell(),
    })
}

/// How many people the account follows at most.
fn most(form: &Form, errors: &[FieldError], set: Option<i64>) -> Field {
    let kept = set.map(|people| people.to_string()).unwrap_or_default();
    let value = if form.has("capacity") { form.get("capacity").to_owned() } else { kept };
    let field = Field::new(FieldKind::Text, "capacity", t("users-capacity-most").to_string())
        .hint(t("users-capacity-hint").to_string())
        .value(value)
        .error(FieldError::of(errors, "capacity"));
    Field { optional: true, ..field }
}

/// `POST /{department}/reglages/utilisateurs/{id}/places`.
///
/// # Errors
/// 404 for an account that is not of this département.
pub async fn capacity(visit: Visit, Path((_, account)): Place, form: Form) -> Answer {
    let account = id(&account)?;
    let typed = form.some("capacity").map(str::parse::<i64>);
    let people = typed.map(Result::unwrap_or_default);
    match set_capacity(&visit.ctx(), account, people).await {
        Ok(()) => {
            let to = visit.path(&format!("{LIST}/{account}"));
            see_other_saying(&visit, &to, Tone::Ok, "flash-capacity")
        }
        Err(error @ EditUserError::Capacity) => {
            let errors = vec![FieldError { field: "capacity".to_owned(), text: error.to_string() }];
            unprocessable(&user_page(&visit, account, &form, errors).await?)
        }
        Err(error) => Err(refused(error)),
    }
}

fn facts(visit: &Visit, user: &UserLine) -> Vec<Fact> {
    let mut all = vec![
        Fact::new(t("users-email").to_string(), user.email.clone()),
        Fact::new(t("users-seen").to_string(), seen(visit, user.signed_in_at)),
        Fact::new(
            t("users-second").to_string(),
            t(if user.second_factor { "users-second-on" } else { "users-second-off" }).to_string(),
        ),
    ];
    if let Some(at) = user.disabled_at {
        all.push(Fact::new(t("users-closed-since").to_string(), seen(visit, Some(at))));
    }
    all
}

fn role_row(visit: &Visit, places: &Places, account: Uuid, role: &RoleLine, may: bool) -> RoleRow {
    let today = visit.today();
    let over = role.until.is_some_and(|last| last < today);
    let state = match (over, role.since > today) {
        (true, _) => Tag::new(t("users-over").to_string(), Tone::Neutral),
        (false, true) => Tag::new(t("users-later").to_string(), Tone::Info),
        (false, false) => Tag::new(t("users-running").to_string(), Tone::Ok),
    };
    let end = visit.path(&format!("{LIST}/{account}/roles/{}", role.id));
    let name = format!("until-{}", role.id);
    let last_day = Field::new(FieldKind::Date, &name, t("users-until").to_string());
    RoleRow {
        role: words::role(role.role),
        place: places.of(role.territory.as_deref(), role.structure),
        period: period(role),
        state,
        end: (may && !over).then_some(end),
        last_day: last_day.value(role.until.unwrap_or(today).to_string()),
    }
}

fn period(role: &RoleLine) -> String {
    let from = format::full(role.since);
    match role.until {
        // A role that was cancelled before it began.
        Some(last) if last < role.since => t("users-cancelled").s("date", from).to_string(),
        Some(last) => t("users-from-to").s("from", from).s("to", format::full(last)).to_string(),
        None => t("users-from").s("from", from).to_string(),
    }
}

/// `POST /{department}/reglages/utilisateurs/{id}/roles`.
///
/// # Errors
/// 404 for an account that is not of this département.
pub async fn give(visit: Visit, Path((_, account)): Place, form: Form) -> Answer {
    let account = id(&account)?;
    let error = match read_role(&form) {
        Err(error) => error,
        Ok(new) => match add_role(&visit.ctx(), account, &new).await {
            Ok(()) => return done(&visit, account, "flash-role"),
            Err(EditUserError::Role(error)) => wrong_role(&error)?,
            Err(error) => wrong(error)?,
        },
    };
    unprocessable(&user_page(&visit, account, &form, vec![error]).await?)
}

/// `POST /{department}/reglages/utilisateurs/{id}/roles/{role}`: the last day of a role.
///
/// # Errors
/// 404 for a role that is not of this account.
pub async fn end(
    visit: Visit,
    Path((_, account, role)): Path<(String, String, String)>,
    form: Form,
) -> Answer {
    let (account, role) = (id(&account)?, id(&role)?);
    let last_day = match form.get("when") {
        "now" => Some(plus_days(visit.today(), -1)),
        _ => form.get("until").parse::<NaiveDate>().ok(),
    };
    let error = match last_day {
        None => FieldError { field: format!("until-{role}"), text: t("settings-wrong-date").to_string() },
        Some(day) => match end_role(&visit.ctx(), account, role, day).await {
            Ok(()) => return done(&visit, account, "flash-role-end"),
            Err(error) => wrong(error)?,
        },
    };
    unprocessable(&user_page(&visit, account, &Form::default(), vec![error]).await?)
}

/// `POST /{department}/reglages/utilisateurs/{id}/fermer`.
///
/// # Errors
/// 404 for an account that is not of this département.
pub async fn close(visit: Visit, Path((_, account)): Place) -> Answer {
    let account = id(&account)?;
    match disable_user(&visit.ctx(), account).await {
        Ok(()) => done(&visit, account, "flash-closed"),
        Err(error) => {
            let error = wrong(error)?;
            unprocessable(&user_page(&visit, account, &Form::default(), vec![error]).await?)
        }
    }
}

/// `POST /{department}/reglages/utilisateurs/{id}/rouvrir`.
///
/// # Errors
/// 404 for an account that is not of this département.
pub async fn reopen(visit: Visit, Path((_, account)): Place) -> Answer {
    let account = id(&account)?;
    match enable_user(&visit.ctx(), account).await {
        Ok(()) => done(&visit, account, "flash-reopened"),
        Err(error) => {
            let error = wrong(error)?;
            unprocessable(&user_page(&visit, account, &Form::default(), vec![error]).await?)
        }
    }
}

/// `POST /{department}/reglages/utilisateurs/{id}/lien`: another link to choose a password, sent to its holder, or shown once.
///
/// # Errors
/// 404 for an account that is not of this département, or is closed.
pub async fn link(visit: Visit, Path((_, account)): Place, form: Form) -> Answer {
    let account = id(&account)?;
    let error = if form.get("how") == "letter" {
        match send_invitation(&visit.ctx(), account).await {
            Ok(()) => return done(&visit, account, "flash-link-sent"),
            Err(error) => error,
        }
    } else {
        match invite_account(&visit.ctx(), account).await {
            Ok(invitation) => return page(&shown(&visit, &invitation)),
            Err(error) => error,
        }
    };
    match error {
        CreateUserError::Refused(refused) => Err(refused.into()),
        CreateUserError::Store(error) => Err(Fail::store(&error)),
        _ => Err(Fail::Problem(Problem::NotFound)),
    }
}

/// `POST /{department}/reglages/utilisateurs/{id}/double-authentification`: its holder lost their telephone and their codes.
///
/// # Errors
/// 404 for an account that is not of this département, or has no second factor.
pub async fn reset(visit: Visit, Path((_, account)): Place) -> Answer {
    let account = id(&account)?;
    match reset_second_factor(&visit.ctx(), account).await {
        Ok(()) => done(&visit, account, "flash-second-reset"),
        Err(EnrolmentError::Refused(refused)) => Err(refused.into()),
        Err(EnrolmentError::Store(error)) => Err(Fail::store(&error)),
        Err(error @ EnrolmentError::Oneself) => {
            let error = FieldError { field: String::new(), text: error.to_string() };
            unprocessable(&user_page(&visit, account, &Form::default(), vec![error]).await?)
        }
        Err(_) => Err(Fail::Problem(Problem::NotFound)),
    }
}

fn done(visit: &Visit, account: Uuid, key: &str) -> Answer {
    see_other_saying(visit, &visit.path(&format!("{LIST}/{account}")), Tone::Ok, key)
}

/// What is wrong, at the top of the page.
fn refused(error: EditUserError) -> Fail {
    wrong(error).err().unwrap_or(Fail::Problem(Problem::Forbidden))
}

fn wrong(error: EditUserError) -> Result<FieldError, Fail> {
    match error {
        EditUserError::Refused(refused) => Err(refused.into()),
        EditUserError::Store(error) => Err(Fail::store(&error)),
        EditUserError::Unknown => Err(Fail::Problem(Problem::NotFound)),
        other => Ok(FieldError { field: String::new(), text: other.to_string() }),
    }
}

impl From<ListUsersError> for Fail {
    fn from(error: ListUsersError) -> Self {
        match error {
            ListUsersError::Refused(refused) => refused.into(),
            ListUsersError::Store(error) => Self::store(&error),
        }
    }
}
