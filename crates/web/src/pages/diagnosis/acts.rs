//! What is sent from the page of a diagnosis.

use app::diagnosis::{
    Choice, Typed, Why, WriteInput, Written, beat, begin as begin_diagnosis, reopen as reopen_side,
    say_complete, settle as settle_conflict, theme_file, write,
};
use axum::extract::Path;
use domain::access::visibility::Level;
use domain::diagnosis::field::Field;
use uuid::Uuid;

use super::page::{Again, fail, shown};
use super::refused;
use super::theme::{BASE, FIELD, SEEN, present};
use crate::form::{Form, Query};
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::diagnosis::PresencePart;
use crate::view::form::FieldError;
use crate::view::parts::Tone;

type Place = Path<(String, String)>;
type OnTheme = Path<(String, String, String)>;

/// `POST /{department}/personnes/{id}/diagnostic`: begins one.
///
/// # Errors
/// 404 for one whom the actor does not follow.
pub async fn begin(visit: Visit, Path((_, person)): Place) -> Answer {
    let person = id(&person)?;
    let done = begin_diagnosis(&visit.ctx(), person).await;
    said(&visit, person, done, "flash-diagnosis-begun").await
}

/// `POST /{department}/personnes/{id}/diagnostic/terminer`: one's side is complete.
///
/// # Errors
/// 404 for one whom the actor does not follow.
pub async fn complete(visit: Visit, Path((_, person)): Place) -> Answer {
    let person = id(&person)?;
    let done = say_complete(&visit.ctx(), person).await;
    said(&visit, person, done, "flash-diagnosis-complete").await
}

/// `POST /{department}/personnes/{id}/diagnostic/rouvrir`: one writes again.
///
/// # Errors
/// 404 for one whom the actor does not follow.
pub async fn reopen(visit: Visit, Path((_, person)): Place) -> Answer {
    let person = id(&person)?;
    let done = reopen_side(&visit.ctx(), person).await;
    said(&visit, person, done, "flash-diagnosis-reopened").await
}

/// Back to the diagnosis when it is done; the page with the sentence when it is refused.
async fn said(
    visit: &Visit,
    person: Uuid,
    done: Result<(), app::diagnosis::DiagnosisError>,
    key: &str,
) -> Answer {
    match done {
        Ok(()) => {
            let back = visit.path(&format!("/personnes/{person}/diagnostic"));
            see_other_saying(visit, &back, Tone::Ok, key)
        }
        Err(error) => {
            let errors = vec![refused(error)?];
            let read = theme_file(&visit.ctx(), person).await.map_err(fail)?;
            let stuck = read.themes.iter().find(|one| one.conflict).map(|one| one.theme);
            let code =
                stuck.or_else(|| read.next_theme()).map(|theme| theme.code.clone()).unwrap_or_default();
            unprocessable(&shown(visit, &read, &code, &Again { errors, ..Again::default() }))
        }
    }
}

/// What is typed of a theme.
fn typed(theme: &str, form: &Form) -> WriteInput {
    let fields = form
        .without(&[])
        .into_iter()
        .filter_map(|(name, base)| {
            let code = name.strip_prefix(BASE)?;
            let value = form.get(&format!("{FIELD}{code}")).to_owned();
            Some(Typed { field: Field::parse(theme, code)?, base: base.parse().ok(), value })
        })
        .collect();
    WriteInput {
        fields,
        level: Level::parse(form.get("level")),
        confirmed: form.has("confirm"),
        anyway: form.has("anyway"),
    }
}

/// What is asked again, and what fields start from now.
fn again(form: &Form, done: &Written) -> Again {
    let errors = done
        .withheld
        .iter()
        .map(|one| FieldError { field: format!("{FIELD}{}", one.field), text: one.why.to_string() })
        .collect();
    Again {
        errors,
        typed: Some(form.clone()),
        bases: done.written.iter().map(|(field, id)| (field.code(), id.to_string())).collect(),
        anyway: done.withheld.iter().any(|one| matches!(one.why, Why::Words(_))),
        confirm: done.withheld.iter().any(|one| one.why == Why::Confirm),
    }
}

/// `POST /{department}/personnes/{id}/diagnostic/themes/{theme}`: writes what changed. `?auto` is the page that stays open.
///
/// # Errors
/// 404 for one whom the actor does not follow, and for a theme that is not in use.
pub async fn save(
    visit: Visit,
    Path((_, person, theme)): OnTheme,
    Query(query): Query,
    form: Form,
) -> Answer {
    let person = id(&person)?;
    let ctx = visit.ctx();
    let done = match write(&ctx, person, &theme, &typed(&theme, &form)).await {
        Ok(done) => done,
        Err(error) => {
            let errors = vec![refused(error)?];
            let read = theme_file(&ctx, person).await.map_err(fail)?;
            return unprocessable(&shown(
                &visit,
                &read,
                &theme,
                &Again { errors, typed: Some(form), ..Again::default() },
            ));
        }
    };
    beat(&ctx, person, &theme).await.map_err(fail)?;
    let stays = query.has("auto");
    if done.withheld.is_empty() && !stays {
        let back = visit.path(&format!("/personnes/{person}/diagnostic/themes/{theme}"));
        return if done.beside.is_empty() {
            see_other_saying(&visit, &back, Tone::Ok, "flash-diagnosis-saved")
        } else {
            see_other_saying(&visit, &back, Tone::Soon, "flash-diagnosis-beside")
        };
    }
    let read = theme_file(&ctx, person).await.map_err(fail)?;
    let shown = shown(&visit, &read, &theme, &again(&form, &done));
    if done.withheld.is_empty() { page(&shown) } else { unprocessable(&shown) }
}

/// `POST /{department}/personnes/{id}/diagnostic/themes/{theme}/choix`: what was typed beside is written first.
///
/// # Errors
/// 404 for one whom the actor does not follow.
pub async fn settle(visit: Visit, Path((_, person, theme)): OnTheme, form: Form) -> Answer {
    let person = id(&person)?;
    let ctx = visit.ctx();
    let written = write(&ctx, person, &theme, &typed(&theme, &form)).await;
    let Some((field, choice)) = chosen(&theme, &form) else {
        return Err(Fail::Problem(crate::view::errors::Problem::FormExpired));
    };
    let seen: Vec<Uuid> =
        form.all(&format!("{SEEN}{field}")).iter().filter_map(|id| id.parse().ok()).collect();
    let settled = match written {
        Ok(done) if done.withheld.is_empty() => {
            settle_conflict(&ctx, person, &theme, &field, &seen, choice).await
        }
        Ok(done) => {
            let read = theme_file(&ctx, person).await.map_err(fail)?;
            return unprocessable(&shown(&visit, &read, &theme, &again(&form, &done)));
        }
        Err(error) => Err(error),
    };
    match settled {
        Ok(()) => {
            let back = visit.path(&format!("/personnes/{person}/diagnostic/themes/{theme}"));
            see_other_saying(&visit, &back, Tone::Ok, "flash-diagnosis-settled")
        }
        Err(error) => {
            let errors = vec![refused(error)?];
            let read = theme_file(&ctx, person).await.map_err(fail)?;
            unprocessable(&shown(&visit, &read, &theme, &Again { errors, ..Again::default() }))
        }
    }
}

/// What the button says: « champ|identifiant », « champ|tous », « champ|autre ».
fn chosen(theme: &str, form: &Form) -> Option<(Field, Choice)> {
    let (code, which) = form.get("choice").rsplit_once('|')?;
    let field = Field::parse(theme, code)?;
    let choice = match which {
        "tous" => Choice::All,
        "autre" => Choice::Other(form.get(&format!("r-{code}")).to_owned()),
        id => Choice::One(id.parse().ok()?),
    };
    Some((field, choice))
}

/// `POST /{department}/personnes/{id}/diagnostic/themes/{theme}/presence`: the page is still open; who else is there.
///
/// # Errors
/// 404 for one whom the actor does not follow.
pub async fn presence(visit: Visit, Path((_, person, theme)): OnTheme) -> Answer {
    let here = beat(&visit.ctx(), id(&person)?, &theme).await.map_err(fail)?;
    page(&PresencePart { present: here.iter().map(present).collect(), shell: visit.shell() })
}
