//! Appointments, page by page: each form is really sent and leaves a line in the journal; what is refused is said beside its
//! field; the pages name nobody whom the reader may not see.

use app::agenda::{of_person, sites};
use axum::http::StatusCode;
use domain::access::role::Role;
use testkit::world::{World, on_both};
use web::routes_table;

use super::relations::people;
use super::support::{Browser, demo, is};

/// The writes that are sent here.
const PLAYED: [&str; 17] = [
    "/{department}/agenda/seances/nouvelle",
    "/{department}/agenda/seances/{id}/annuler",
    "/{department}/agenda/heures/nouvelle",
    "/{department}/agenda/heures/{id}",
    "/{department}/agenda/heures/{id}/terminer",
    "/{department}/agenda/absences",
    "/{department}/agenda/absences/{id}/retirer",
    "/{department}/agenda/abonnement",
    "/{department}/agenda/abonnement/retirer",
    "/{department}/agenda/rendez-vous/{id}/venue",
    "/{department}/agenda/rendez-vous/{id}/deplacer",
    "/{department}/agenda/rendez-vous/{id}/annuler",
    "/{department}/personnes/{id}/rendez-vous/nouveau",
    "/{department}/personnes/{id}/seances",
    "/{department}/reglages/lieux/nouveau",
    "/{department}/reglages/lieux/{id}",
    "/{department}/reglages/lieux/{id}/salles",
];

/// Whether a write is sent by the tests of this file.
pub fn plays(route: &str) -> bool {
    PLAYED.contains(&route)
}

pub async fn lines(world: &World) -> u64 {
    let (reach, all) = (store::audit::Reach::Everything, store::audit::JournalFilter::default());
    store::audit::count(&world.department.db, &reach, &all).await.unwrap()
}

/// Sends a form that is accepted and leaves a line; where it leads.
pub async fn sent(
    world: &World,
    browser: &mut Browser,
    page: &str,
    to: &str,
    fields: &[(&str, &str)],
) -> String {
    let csrf = browser.token(page).await;
    let before = lines(world).await;
    let seen = browser.post(to, &[&[("csrf", csrf.as_str())], fields].concat()).await;
    assert!(
        seen.status == StatusCode::SEE_OTHER || seen.status == StatusCode::OK,
        "{to}: {} {}",
        seen.status,
        seen.body
    );
    assert!(lines(world).await > before, "{to} leaves nothing in the journal");
    if seen.status == StatusCode::SEE_OTHER { seen.location().to_owned() } else { seen.body }
}

/// The same form, refused: the page comes back with the sentence.
async fn refused(browser: &mut Browser, page: &str, to: &str, fields: &[(&str, &str)], says: &str) {
    let csrf = browser.token(page).await;
    let seen = browser.post(to, &[&[("csrf", csrf.as_str())], fields].concat()).await;
    is(&seen, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(seen.says(says), "{says} in {}", seen.body);
}

const PLACE: [(&str, &str); 3] =
    [("name", "Maison de Bar-le-Duc"), ("address", "3 rue du Port"), ("commune", "Bar-le-Duc")];

/// A coach with hours in a place, and somebody whom they follow; the address of that person.
pub async fn scene(world: &World) -> (Browser, uuid::Uuid, String, String) {
    world.import("09.xml", &world.month("2026-10-01", 20, 0.0)).await.unwrap();
    let mut manager = Browser::of(world, Role::Manager).await;
    let new = "/reglages/lieux/nouveau";
    refused(
        &mut manager,
        new,
        new,
        &[("name", "A"), ("address", "B"), ("commune", "Nulle-Part")],
        "n’est pas une commune",
    )
    .await;
    let site = sent(world, &mut manager, new, new, &PLACE).await;
    sent(world, &mut manager, &site, &format!("{site}/salles"), &[("room", "Salle Bleue"), ("seats", "12")])
        .await;
    sent(world, &mut manager, &site, &site, &PLACE).await;
    assert!(manager.get(&site).await.says("12 places"));
    let coach = world.account(Role::JobCoach, None).await;
    let person = people(world).await[0].id;
    world.follow(person, coach, "employment").await;
    let mut browser = Browser::of_account(world, Role::JobCoach, coach).await;
    let site = sites(&world.system()).await.unwrap()[0].id.to_string();
    let account = coach.to_string();
    let at = format!("/agenda/heures/nouvelle?pour={account}");
    let hours = [
        ("account", account.as_str()),
        ("day", "3"),
        ("day", "4"),
        ("way", "in_person"),
        ("way", "phone"),
        ("site", site.as_str()),
        ("from", "09:00"),
        ("to", "12:00"),
        ("minutes", "45"),
        ("buffer", "15"),
        ("every", "1"),
        ("since", "2026-11-26"),
    ];
    let to = "/agenda/heures/nouvelle";
    let wrong: Vec<_> = hours.iter().copied().filter(|(name, _)| *name != "day").collect();
    refused(&mut browser, &at, to, &wrong, "Cochez au moins un jour").await;
    sent(world, &mut browser, &at, to, &hours).await;
    let one = browser.get("/agenda/heures").await.link("/55/agenda/heures/0");
    sent(world, &mut browser, &one, &one, &hours).await;
    (browser, coach, format!("/55/personnes/{person}/rendez-vous"), one)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_lives_from_the_hours_to_its_end_by_forms_alone() {
    on_both(|world| async move {
        let world = world.in_demo();
        let (mut coach, _, tab, opening) = scene(&world).await;
        let new = format!("{tab}/nouveau");
        assert!(coach.get(&tab).await.says("Aucun rendez-vous à venir"));
        let slot = |seen: &super::support::Seen, nth: usize| {
            seen.body.split("id=\"slot-").nth(nth).unwrap().split('"').next().unwrap().to_owned()
        };
        let shown = coach.get(&new).await;
        let (first, second) = (slot(&shown, 1), slot(&shown, 2));
        let fields = [("slot", second.as_str()), ("modality", "in_person"), ("purpose", "follow_up")];
        sent(&world, &mut coach, &new, &new, &fields).await;
        refused(&mut coach, &new, &new, &fields, "vient d’être pris").await;
        let listed = coach.get(&tab).await;
        assert!(listed.says("27\u{a0}novembre"), "{}", listed.body);
        let one = listed.link("/55/agenda/rendez-vous/");
        let shown = coach.get(&one).await;
        assert!(shown.says("Déplacer") && shown.says("Maison de Bar-le-Duc"));
        sent(
            &world,
            &mut coach,
            &one,
            &format!("{one}/deplacer"),
            &[("slot", &first), ("modality", "phone")],
        )
        .await;
        assert!(coach.get(&one).await.says("par téléphone"));
        let ics = coach.get(&format!("{one}/invitation.ics")).await;
        assert!(ics.headers["content-type"].to_str().unwrap().starts_with("text/calendar"));
        assert!(ics.body.contains("SEQUENCE:1"));
        for page in ["/agenda", "/agenda?vue=semaine", "/agenda/equipe", "/agenda/lieux", "/agenda/seances"] {
            is(&coach.get(page).await, StatusCode::OK);
        }
        let place = coach.get("/agenda/lieux").await.link("/55/agenda/lieux/");
        is(&coach.get(&place).await, StatusCode::OK);
        is(&coach.get(&format!("{place}/demain")).await, StatusCode::OK);
        refused(
            &mut coach,
            &one,
            &format!("{one}/venue"),
            &[("how", "attended"), ("back", "")],
            "attendez son heure",
        )
        .await;
        sent(
            &world,
            &mut coach,
            &one,
            &format!("{one}/venue"),
            &[("how", "excused"), ("back", "/99/ailleurs")],
        )
        .await;
        sent(&world, &mut coach, &new, &new, &fields).await;
        let one = coach.get(&tab).await.link("/55/agenda/rendez-vous/");
        refused(&mut coach, &one, &format!("{one}/annuler"), &[("by", "nobody")], "Dites qui annule").await;
        let by = [("by", "person"), ("reason", "Garde d’enfant")];
        sent(&world, &mut coach, &one, &format!("{one}/annuler"), &by).await;
        assert!(coach.get(&one).await.says("Garde d’enfant"));
        let visit = |day| {
            [
                ("place", "free"),
                ("free_modality", "visit"),
                ("free_day", day),
                ("free_time", "15:00"),
                ("free_minutes", "60"),
                ("free_site", ""),
                ("free_purpose", "follow_up"),
            ]
        };
        refused(&mut coach, &new, &new, &visit("2026-11-25"), "est passé").await;
        sent(&world, &mut coach, &new, &new, &visit("2026-11-30")).await;
        assert!(coach.get(&tab).await.says("en visite"));
        sent(&world, &mut coach, "/agenda/heures", &format!("{opening}/terminer"), &[]).await;
        assert_eq!(store::verify::verify(&world.department.db).await.unwrap(), Vec::<String>::new());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_absences_and_the_feed_are_set_by_forms_alone() {
    let world = demo("55").await;
    let (mut coach, account, tab, _) = scene(&world).await;
    let site = sites(&world.system()).await.unwrap()[0].id.to_string();
    let account = account.to_string();
    let new = "/agenda/seances/nouvelle";
    let session = [
        ("title", "Parler de soi"),
        ("site", site.as_str()),
        ("host", account.as_str()),
        ("day", "2026-12-01"),
        ("time", "14:00"),
        ("minutes", "120"),
        ("seats", "1"),
        ("times", "2"),
        ("every", "1"),
    ];
    refused(
        &mut coach,
        new,
        new,
        &[
            ("title", ""),
            ("site", &site),
            ("host", &account),
            ("day", "2026-12-01"),
            ("time", "14:00"),
            ("minutes", "120"),
            ("seats", "1"),
        ],
        "sans nom de personne",
    )
    .await;
    sent(&world, &mut coach, new, new, &session).await;
    let one = coach.get("/agenda/seances").await.link("/55/agenda/seances/0");
    let id = one.rsplit('/').next().unwrap().to_owned();
    let join = tab.replace("rendez-vous", "seances");
    let page = format!("{tab}/nouveau");
    sent(&world, &mut coach, &page, &join, &[("session", &id)]).await;
    refused(&mut coach, &page, &join, &[("session", &id)], "déjà inscrite").await;
    assert!(coach.get(&one).await.says("1 sur 1 inscrits"));
    sent(&world, &mut coach, &one, &format!("{one}/annuler"), &[]).await;
    assert!(coach.get(&one).await.says("Annulée"));

    let hours = "/agenda/heures";
    refused(
        &mut coach,
        hours,
        "/agenda/absences",
        &[("account", &account), ("first", "2026-11-01"), ("last", "2026-11-02")],
        "à venir",
    )
    .await;
    let away = [("account", account.as_str()), ("first", "2026-12-03"), ("last", "")];
    sent(&world, &mut coach, hours, "/agenda/absences", &away).await;
    let shown = coach.get(hours).await;
    assert!(shown.says("Jeudi 3\u{a0}décembre"), "{}", shown.body);
    let back = shown
        .body
        .split("action=\"/55/agenda/absences/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    sent(&world, &mut coach, hours, &format!("/agenda/absences/{back}"), &[]).await;

    let shown = sent(&world, &mut coach, hours, "/agenda/abonnement", &[]).await;
    let secret = shown.split("/55/public/agenda/").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let mut nobody = Browser::new(&world);
    let feed = nobody.get(&format!("/public/agenda/{secret}")).await;
    is(&feed, StatusCode::OK);
    assert!(feed.body.starts_with("BEGIN:VCALENDAR"), "{}", feed.body);
    sent(&world, &mut coach, hours, "/agenda/abonnement/retirer", &[]).await;
    is(&nobody.get(&format!("/public/agenda/{secret}")).await, StatusCode::NOT_FOUND);
}

#[test]
fn every_write_of_the_agenda_is_sent() {
    let ours = ["/agenda", "/rendez-vous", "/seances", "/reglages/lieux"];
    let writes =
        routes_table().into_iter().filter(|r| r.method == "POST" && ours.iter().any(|o| r.path.contains(o)));
    for route in writes {
        let elsewhere = super::booking::plays(&route.path) || super::waves::plays(&route.path);
        assert!(plays(&route.path) || elsewhere, "{} is not sent", route.path);
    }
}

/// Who may not see somebody finds them on no page of the agenda.
#[tokio::test(flavor = "multi_thread")]
async fn the_pages_name_nobody_to_who_may_not_see_them() {
    let world = demo("55").await;
    let (mut coach, _, tab, _) = scene(&world).await;
    let new = format!("{tab}/nouveau");
    let shown = coach.get(&new).await;
    let slot = shown.body.split("id=\"slot-").nth(2).unwrap().split('"').next().unwrap().to_owned();
    sent(
        &world,
        &mut coach,
        &new,
        &new,
        &[("slot", &slot), ("modality", "in_person"), ("purpose", "contract")],
    )
    .await;
    let person = people(&world).await.remove(0);
    let booked = of_person(&world.system(), person.id).await.unwrap().remove(0);
    let name = format!("{} {}", person.first_name, person.last_name);
    assert!(coach.get("/agenda?jour=2026-11-27").await.says(&name));
    let stranger = world.account(Role::JobCoach, None).await;
    let mut stranger = Browser::of_account(&world, Role::JobCoach, stranger).await;
    let site = booked.site.unwrap().id;
    for page in [
        "/agenda?jour=2026-11-27".to_owned(),
        "/agenda/equipe".to_owned(),
        format!("/agenda/lieux/{site}?jour=2026-11-27"),
        format!("/agenda/lieux/{site}/demain"),
    ] {
        let seen = stranger.get(&page).await;
        is(&seen, StatusCode::OK);
        assert!(
            !seen.body.contains(&person.last_name) && !seen.body.contains(&person.id.to_string()),
            "{page}"
        );
    }
    is(&stranger.get(&format!("/agenda/rendez-vous/{}", booked.id)).await, StatusCode::NOT_FOUND);
    is(
        &stranger.get(&format!("/agenda/rendez-vous/{}/invitation.ics", booked.id)).await,
        StatusCode::NOT_FOUND,
    );
    is(&stranger.get(&tab).await, StatusCode::NOT_FOUND);
}
