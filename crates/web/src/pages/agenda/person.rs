//! Tab « Rendez-vous » of a person.

use app::agenda::of_person;
use app::people::person::open;
use axum::extract::Path;
use domain::access::permission::Action;
use domain::agenda::appointment::Status;
use domain::audit::Part;

use super::super::person_head::{Tab, head};
use super::rows::{appointment, fail};
use crate::format;
use crate::respond::{Answer, id, page};
use crate::site::Visit;
use crate::view::agenda::{DayRow, PersonAppointments};

/// `GET /{department}/personnes/{id}/rendez-vous`.
///
/// # Errors
/// 404 for one whom the actor may not see.
pub async fn list(visit: Visit, Path((_, person)): Path<(String, String)>) -> Answer {
    let ctx = visit.ctx();
    let file = open(&ctx, id(&person)?, Part::Appointments).await?;
    let all = of_person(&ctx, file.row.id).await.map_err(fail)?;
    let base = visit.path(&format!("/personnes/{}/rendez-vous", file.row.id));
    let now = visit.site.app.clock.now();
    let (mut coming, past): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|one| matches!(one.status, Status::Upcoming | Status::Waiting) && one.span.end > now);
    coming.reverse();
    let row = |one: &app::agenda::Appointment| {
        let at = one.span.start.with_timezone(&visit.department.timezone).date_naive();
        let shown = appointment(&visit, one, &base);
        // The person is known here: what is said instead is when and what for.
        let words = format!("{}, {}", format::day(at, visit.today()), shown.hour);
        DayRow { who: crate::view::parts::Link { label: words, ..shown.who.clone() }, ..shown }
    };
    let edits = app::access::permit(&ctx, Action::EditAppointments).is_ok();
    let open = edits && file.standing.shelf.is_none();
    page(&PersonAppointments {
        head: head(&visit, &file, Tab::Appointments),
        coming: coming.iter().map(row).collect(),
        past: past.iter().map(row).collect(),
        propose: open.then(|| (format!("{base}/nouveau"), format!("{base}/lien"))),
        calls: super::callbacks::history(&visit, &ctx, file.row.id).await?,
        shell: visit.shell(),
    })
}
