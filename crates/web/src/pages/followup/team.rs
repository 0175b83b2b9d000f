//! The team of who leads: whom each professional follows, what is late there, and handing people over from one to another.

use app::followup::{
    ATTENDANCE_DAYS, FollowError, HandOver, HandOverInput, Member, Team, hand_over, to_hand_over,
};
use axum::extract::Path;
use domain::access::side::Side;
use uuid::Uuid;

use super::super::rows::{self, t};
use super::acts::refused;
use super::fields::Typed;
use crate::form::Form;
use crate::format;
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::followup::{TeamLine, TeamPage};
use crate::view::form::{Choice, Field, FieldError};
use crate::view::form_page::{FormPage, Tick, Ticks};
use crate::view::parts::{Empty, Link, Stat, Tag, Tone};

/// `GET /{department}/equipe`.
///
/// # Errors
/// 403 outside of the role's scope.
pub async fn team(visit: Visit) -> Answer {
    let found = app::followup::team(&visit.ctx()).await?;
    let follows: u64 = found.members.iter().map(|one| one.load.people).sum();
    page(&TeamPage {
        summary: t("team-summary")
            .n("n", count(found.members.len() as u64))
            .n("people", count(follows))
            .to_string(),
        stats: stats(&visit, &found),
        rows: found.members.iter().map(|one| line(&visit, one)).collect(),
        attendance: t("team-attendance").n("days", ATTENDANCE_DAYS).to_string(),
        empty: Empty {
            title: t("team-none").to_string(),
            text: t("team-none-text").to_string(),
            action: None,
        },
        late: Link::new(t("followup-late-title").to_string(), visit.path("/retards")),
        shell: visit.shell(),
    })
}

fn count(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn stats(visit: &Visit, found: &Team) -> Vec<Stat> {
    let stat = |n: u64, key: &str, path: &str, tone: Tone| Stat {
        value: format::number(count(n)),
        label: t(key).n("n", count(n)).to_string(),
        detail: None,
        href: (n > 0).then(|| visit.path(path)),
        tone: if n == 0 { Tone::Neutral } else { tone },
    };
    vec![
        stat(found.alone, "team-alone", "/personnes?suivi=sans-referent", Tone::Late),
        stat(found.late, "team-late", "/retards/personnes", Tone::Late),
        stat(found.contracts, "team-contracts", "/retards/personnes?etape=contract", Tone::Soon),
        stat(found.waiting, "team-waiting", "/prescriptions", Tone::Soon),
    ]
}

fn line(visit: &Visit, one: &Member) -> TeamLine {
    let side = match one.side {
        Some(Side::Social) => Some(t("team-social").to_string()),
        Some(Side::Employment) => Some(t("team-employment").to_string()),
        Some(Side::Both) | None => None,
    };
    let meta: Vec<String> = side.into_iter().chain(one.structure.clone()).collect();
    let people = one.load.people;
    let over = one.capacity.is_some_and(|most| people > most);
    let follows = match one.capacity {
        Some(most) => t("team-load").n("n", count(people)).n("most", count(most)),
        None => t("calls-load-alone").n("n", count(people)),
    };
    let mut tag = one.gone.then(|| Tag::new(t("team-gone").to_string(), Tone::Late));
    if over {
        tag = tag.or(Some(Tag::new(t("team-over").to_string(), Tone::Soon)));
    }
    let list = |n: u64, rest: String| (n > 0).then(|| Link::new(format::number(count(n)), visit.path(&rest)));
    let (held, absent, excused) = one.met;
    let met = (held + absent + excused > 0).then(|| {
        t("team-met")
            .n("held", count(held))
            .n("absent", count(absent))
            .n("excused", count(excused))
            .to_string()
    });
    let mut notes = Vec::new();
    if one.load.at_work > 0 {
        notes.push(t("team-at-work").n("n", count(one.load.at_work)).to_string());
    }
    if one.load.ending > 0 {
        notes.push(t("team-ending").n("n", count(one.load.ending)).to_string());
    }
    TeamLine {
        name: one.name.clone(),
        meta: meta.join(", "),
        tag,
        follows: (people > 0).then(|| follows.to_string()),
        bar: one.capacity.map(|most| bar(people, most)),
        notes,
        late: list(one.late, format!("/retards/personnes?qui={}", one.id)),
        contracts: list(one.contracts, format!("/retards/personnes?qui={}&etape=contract", one.id)),
        met,
        free: one.free.map(|at| {
            let on = at.with_timezone(&visit.department.timezone).date_naive();
            format::short(on, visit.today())
        }),
        hand_over: (people > 0).then(|| {
            Link::new(
                t("team-hand-over-short").to_string(),
                visit.path(&format!("/equipe/{}/relais", one.id)),
            )
        }),
    }
}

/// How full: what is followed and what is beyond, in hundredths of the larger of both.
fn bar(people: u64, most: u64) -> (u64, u64) {
    let whole = people.max(most).max(1);
    let within = people.min(most) * 100 / whole;
    (within, people.saturating_sub(most) * 100 / whole)
}

fn form_page(visit: &Visit, from: Uuid, found: &HandOver, typed: Typed<'_>) -> FormPage {
    let chosen = typed.form.get("to");
    let mut choices = vec![Choice::new("", t("followup-choose").to_string(), chosen)];
    choices.extend(found.takers.iter().map(|one| {
        let side = match one.side {
            Side::Social => t("team-social"),
            _ => t("team-employment"),
        };
        let load = match one.capacity {
            Some(most) => t("calls-load").n("n", count(one.follows)).n("most", count(most)),
            None => t("calls-load-alone").n("n", count(one.follows)),
        };
        let label = t("team-taker").s("name", &one.name).s("side", side).s("load", load);
        Choice::new(&one.id.to_string(), label.to_string(), chosen)
    }));
    let sent = typed.form.has("to");
    let boxes = found.people.iter().map(|entry| {
        let value = entry.row.id.to_string();
        let due = entry.due.as_ref().map(|due| {
            let before = t("followup-before").s("date", format::short(due.due_on, visit.today())).to_string();
            t("team-box-due").s("what", rows::due_words(due)).s("when", before).to_string()
        });
        Tick {
            label: t("team-box")
                .s("name", rows::name(&entry.row))
                .s("due", due.unwrap_or_else(|| t("team-box-none").to_string()))
                .to_string(),
            checked: !sent || typed.form.all("people").contains(&value),
            value,
        }
    });
    let to = Field::select("to", t("team-to").to_string(), choices);
    let to = if found.takers.is_empty() { to.hint(t("team-to-nobody").to_string()) } else { to };
    let hint = t("team-people-hint").n("n", count(found.total)).to_string();
    FormPage {
        back: Link::new(t("team-title").to_string(), visit.path("/equipe")),
        title: t("team-hand-over").s("name", &found.name).to_string(),
        lead: t("team-hand-over-lead").to_string(),
        action: visit.path(&format!("/equipe/{from}/relais")),
        errors: typed.errors.to_vec(),
        fields: vec![to.error(FieldError::of(typed.errors, "to")), typed.text("team-note", "team-note-hint")],
        ticks: Some(Ticks {
            legend: t("team-people").to_string(),
            hint,
            name: "people",
            boxes: boxes.collect(),
        }),
        submit: t("team-hand-over-go").to_string(),
        shell: visit.shell(),
    }
}

/// `GET /{department}/equipe/{account}/relais`.
///
/// # Errors
/// 404 for an account that follows nobody whom the actor leads.
pub async fn hand_over_page(visit: Visit, Path((_, account)): Path<(String, String)>) -> Answer {
    let from = id(&account)?;
    let found = to_hand_over(&visit.ctx(), from).await.map_err(refused)?;
    let form = Form::default();
    page(&form_page(&visit, from, &found, Typed { form: &form, errors: &[] }))
}

/// `POST /{department}/equipe/{account}/relais`.
///
/// # Errors
/// 404 for an account that follows nobody whom the actor leads.
pub async fn hand_over_people(
    visit: Visit,
    Path((_, account)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let from = id(&account)?;
    let input = HandOverInput {
        people: form.all("people").iter().filter_map(|one| one.parse().ok()).collect(),
        to: form.get("to").parse().ok(),
        text: form.get("text").to_owned(),
    };
    let error = match hand_over(&visit.ctx(), from, &input).await {
        Ok(_) => return see_other_saying(&visit, &visit.path("/equipe"), Tone::Ok, "flash-handed-over"),
        Err(error) => wrong(error)?,
    };
    let found = to_hand_over(&visit.ctx(), from).await.map_err(refused)?;
    unprocessable(&form_page(&visit, from, &found, Typed { form: &form, errors: &[error] }))
}

fn wrong(error: FollowError) -> Result<FieldError, Fail> {
    let field = match &error {
        FollowError::Referent | FollowError::Side => "to",
        FollowError::Refused(_) => "text",
        FollowError::Nobody => "",
        _ => return Err(refused(error)),
    };
    Ok(FieldError { field: field.to_owned(), text: error.to_string() })
}
