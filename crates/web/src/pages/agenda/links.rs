//! Give a person a link by other means than a message; end one that went astray.

use app::agenda::booking_link::{Aim, GiveError, LiveLink, end_link, give_link, links_of};
use app::agenda::of_person;
use app::people::person::{PersonFile, open};
use axum::extract::Path;
use domain::agenda::appointment::{Purpose, Status};
use domain::audit::Part;
use uuid::Uuid;

use super::super::rows::{self, t};
use super::propose::{offer, offer_fields};
use super::rows::{fail, local, when};
use crate::form::Form;
use crate::format;
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::booking::{GiveLink, LinkLine};
use crate::view::form::{Choice, Field, FieldError};
use crate::view::parts::{Link, Tone};
use crate::view::words::agenda as words;

type Who = Path<(String, String)>;

/// How long a link may last, in days.
const DAYS: [&str; 4] = ["7", "14", "30", "90"];

/// `GET /{department}/personnes/{id}/rendez-vous/lien`.
///
/// # Errors
/// 404 for one for whom the actor may not book.
pub async fn form(visit: Visit, Path((_, person)): Who) -> Answer {
    let file = open(&visit.ctx(), id(&person)?, Part::Appointments).await?;
    page(&whole(&visit, &file, &Form::default(), None, Vec::new()).await?)
}

/// `POST /{department}/personnes/{id}/rendez-vous/lien`: the link is shown once, on the page that answers.
///
/// # Errors
/// 404 for one for whom the actor may not book.
pub async fn give(visit: Visit, Path((_, person)): Who, form: Form) -> Answer {
    let ctx = visit.ctx();
    let file = open(&ctx, id(&person)?, Part::Appointments).await?;
    let days = form.get("days").parse().unwrap_or_default();
    match give_link(&ctx, file.row.id, &aim(&form), days).await {
        Ok(given) => {
            let day = format::day(local(&visit, given.until).date(), visit.today());
            let until = t("agenda-link-until").s("day", day).to_string();
            page(&whole(&visit, &file, &form, Some((given.address, until)), Vec::new()).await?)
        }
        Err(GiveError::Agenda(error)) => Err(fail(error)),
        Err(GiveError::Days) => {
            let text = GiveError::Days.to_string();
            let errors = vec![FieldError { field: "days".to_owned(), text }];
            unprocessable(&whole(&visit, &file, &form, None, errors).await?)
        }
    }
}

/// `POST /{department}/personnes/{id}/rendez-vous/lien/terminer`.
///
/// # Errors
/// 404 for a link that is not this person's.
pub async fn end(visit: Visit, Path((_, person)): Who, form: Form) -> Answer {
    let (person, link) = (id(&person)?, id(form.get("id"))?);
    end_link(&visit.ctx(), person, link).await.map_err(fail)?;
    let back = visit.path(&format!("/personnes/{person}/rendez-vous/lien"));
    see_other_saying(&visit, &back, Tone::Ok, "flash-link-ended")
}

/// An appointment of the person, or the limits of what they may choose.
fn aim(form: &Form) -> Aim {
    match form.get("aim").parse() {
        Ok(appointment) => Aim::Manage(appointment),
        Err(_) => Aim::Choose(offer(form, Purpose::FollowUp)),
    }
}

async fn whole(
    visit: &Visit,
    file: &PersonFile,
    form: &Form,
    given: Option<(String, String)>,
    errors: Vec<FieldError>,
) -> Result<GiveLink, Fail> {
    let ctx = visit.ctx();
    let base = visit.path(&format!("/personnes/{}/rendez-vous", file.row.id));
    let name = rows::name(&file.row);
    let links = links_of(&ctx, file.row.id).await.map_err(fail)?;
    Ok(GiveLink {
        back: Link::new(name.clone(), base.clone()),
        title: t("agenda-link-for").s("name", name).to_string(),
        given,
        action: format!("{base}/lien"),
        fields: fields(visit, file.row.id, form, &errors).await?,
        links: links.iter().map(|link| line(visit, link)).collect(),
        errors,
        shell: visit.shell(),
    })
}

async fn fields(visit: &Visit, person: Uuid, form: &Form, errors: &[FieldError]) -> Result<Vec<Field>, Fail> {
    let ctx = visit.ctx();
    let aim = form.get("aim");
    let mut aims = vec![Choice::new("", t("agenda-link-choose").to_string(), aim)];
    let now = visit.site.app.clock.now();
    let coming = of_person(&ctx, person).await.map_err(fail)?;
    let coming = coming.iter().filter(|one| one.status == Status::Upcoming && one.span.start > now);
    aims.extend(coming.map(|one| {
        let label = t("agenda-link-manage").s("when", when(visit, one.span)).to_string();
        Choice::new(&one.id.to_string(), label, aim)
    }));
    let days = form.some("days").unwrap_or("30");
    let lasting = DAYS
        .iter()
        .map(|one| {
            let count: u64 = one.parse().unwrap_or_default();
            Choice::new(one, t("agenda-link-days").n("n", count).to_string(), days)
        })
        .collect();
    let mut fields = vec![Field::select("aim", t("agenda-link-aim").to_string(), aims)];
    fields.extend(offer_fields(visit, form, Purpose::FollowUp).await?);
    fields.push(
        Field::select("days", t("agenda-link-lasts").to_string(), lasting)
            .error(FieldError::of(errors, "days")),
    );
    Ok(fields)
}

fn line(visit: &Visit, link: &LiveLink) -> LinkLine {
    let on = |at| format::day_month(local(visit, at).date(), visit.today());
    let made = match &link.made_by {
        Some(name) => t("agenda-link-made-by").s("day", on(link.made_at)).s("name", name).to_string(),
        None => t("agenda-link-made").s("day", on(link.made_at)).to_string(),
    };
    let used = match (link.appointment.is_some() && !link.manages, link.used_at) {
        (true, _) => t("agenda-link-booked").to_string(),
        (false, Some(_)) => t("agenda-link-used").to_string(),
        (false, None) => t("agenda-link-unused").to_string(),
    };
    LinkLine {
        id: link.id.to_string(),
        what: if link.manages { words::link_manages() } else { words::link_chooses() },
        meta: format!("{made} {} {used}", t("agenda-link-until").s("day", on(link.until))),
    }
}
