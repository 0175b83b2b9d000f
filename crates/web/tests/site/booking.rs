//! The link of a person, page by page: nothing changes by opening it, everything that does not work is answered the same, what is
//! typed is never lost; and the calls that are asked for come to somebody.

use app::people::list::PersonRow;
use axum::http::StatusCode;
use domain::access::role::Role;
use testkit::agenda::{WEEK, hours};
use testkit::world::{World, on_both};

use super::journalled::lines;
use super::relations::people;
use super::support::{Browser, Seen, is};

/// The writes that are sent here.
const PLAYED: [&str; 4] = [
    "/{department}/personnes/{id}/rendez-vous/lien",
    "/{department}/personnes/{id}/rendez-vous/lien/terminer",
    "/{department}/rappels/{id}",
    "/{department}/public/rendez-vous/{token}",
];

/// Whether a write is sent by the tests of this file.
pub fn plays(route: &str) -> bool {
    PLAYED.contains(&route)
}

/// A coach with hours, who follows somebody: their browser, and the address of that person's appointments.
async fn scene(world: &World) -> (Browser, uuid::Uuid, PersonRow, String) {
    world.import("09.xml", &world.month("2026-10-01", 20, 0.0)).await.unwrap();
    let coach = world.account(Role::JobCoach, None).await;
    let person = people(world).await.remove(0);
    world.follow(person.id, coach, "employment").await;
    let site = world.site("Maison de Bar-le-Duc", "Bar-le-Duc").await;
    world.opens(coach, site, hours(world, &WEEK, "09:00", "12:00")).await;
    let browser = Browser::of_account(world, Role::JobCoach, coach).await;
    let tab = format!("/55/personnes/{}/rendez-vous", person.id);
    (browser, coach, person, tab)
}

/// The address behind the link that a professional makes by the form, as it is read out.
async fn given(world: &World, coach: &mut Browser, tab: &str) -> String {
    let form = format!("{tab}/lien");
    let csrf = coach.token(&form).await;
    let before = lines(world).await;
    let seen =
        coach.post(&form, &[("csrf", &csrf), ("aim", ""), ("days", "14"), ("purpose", "follow_up")]).await;
    is(&seen, StatusCode::OK);
    assert!(lines(world).await > before);
    let (_, rest) = seen.body.split_once("/55/r/").expect("the link");
    format!("/r/{}", &rest[..11])
}

async fn page_of(browser: &mut Browser, short: &str) -> String {
    let sent = browser.get(short).await;
    is(&sent, StatusCode::SEE_OTHER);
    sent.location().to_owned()
}

/// The value of the nth hour of a page.
fn slot(seen: &Seen, nth: usize) -> String {
    seen.body.split("id=\"slot-").nth(nth).unwrap().split('"').next().unwrap().to_owned()
}

/// Sends a form of the page behind a link; where it leads, or the page that comes back.
async fn send(browser: &mut Browser, page: &str, fields: &[(&str, &str)]) -> Seen {
    let csrf = browser.token(page).await;
    browser.post(page.split('?').next().unwrap(), &[&[("csrf", csrf.as_str())], fields].concat()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_chooses_moves_and_cancels_without_an_account_and_opening_changes_nothing() {
    on_both(|world| async move {
        let world = world.in_demo();
        let (mut coach, _, person, tab) = scene(&world).await;
        let short = given(&world, &mut coach, &tab).await;
        let mut visitor = Browser::new(&world);
        let link = page_of(&mut visitor, &short).await;
        let before = lines(&world).await;
        let shown = visitor.get(&link).await;
        is(&shown, StatusCode::OK);
        for _ in 0..3 {
            is(&visitor.get(&format!("{link}?voir=annuler")).await, StatusCode::OK);
        }
        assert_eq!(lines(&world).await, before, "opening a link changes something");
        assert_eq!(shown.headers["referrer-policy"], "no-referrer");
        assert_eq!(shown.headers["x-robots-tag"], "noindex, nofollow");
        assert!(shown.says(&person.first_name) && !shown.says(&person.last_name), "{}", shown.body);
        assert!(!shown.body.contains("RSA") && shown.says("Maison de Bar-le-Duc, Bar-le-Duc"));
        let english = visitor.get(&format!("{link}?lang=en")).await;
        assert!(english.says("Choose your appointment") && english.says("Friday 27 November"));
        // Nothing chosen, then no way to meet: told, and the choice is kept.
        let nothing = send(&mut visitor, &link, &[("do", "book")]).await;
        is(&nothing, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nothing.says("Choisissez un horaire."));
        let first = slot(&shown, 2);
        let unsaid = send(&mut visitor, &link, &[("do", "book"), ("slot", &first)]).await;
        is(&unsaid, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(unsaid.body.contains(&format!("value=\"{first}\" checked")), "{}", unsaid.body);
        // A browser that says nothing of where it comes from, and one that says that it is elsewhere.
        let csrf = visitor.token(&link).await;
        let fields = [("csrf", csrf.as_str()), ("do", "book"), ("slot", &first), ("modality", "in_person")];
        is(&visitor.post_from(&link, &fields, Some("https://ailleurs.test")).await, StatusCode::FORBIDDEN);
        let booked = visitor.post_from(&link, &fields, Some("null")).await;
        assert_eq!(
            (booked.status, booked.location()),
            (StatusCode::SEE_OTHER, format!("{link}?dit=pris").as_str())
        );
        assert!(lines(&world).await > before);
        let mine = visitor.get(booked.location()).await;
        assert!(
            mine.says("Votre rendez-vous est pris.") && mine.says("vendredi 27 novembre à 9 h 00"),
            "{}",
            mine.body
        );
        assert!(coach.get("/agenda?jour=2026-11-27").await.says(&person.last_name));
        // Another hour, then none.
        let moving = format!("{link}?voir=deplacer");
        let to = slot(&visitor.get(&moving).await, 3);
        let moved = send(&mut visitor, &moving, &[("do", "move"), ("slot", &to)]).await;
        assert_eq!(moved.location(), format!("{link}?dit=deplace"));
        let asked = visitor.get(&format!("{link}?voir=annuler")).await;
        assert!(asked.says("Annuler ce rendez-vous"));
        let gone =
            send(&mut visitor, &format!("{link}?voir=annuler"), &[("do", "cancel"), ("lang", "en")]).await;
        assert_eq!(gone.location(), format!("{link}?dit=annule&lang=en"));
        assert!(visitor.get(gone.location()).await.says("You can choose another one"));
        assert!(coach.get(&tab).await.says("annulé"));
        assert_eq!(store::verify::verify(&world.department.db).await.unwrap(), Vec::<String>::new());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_too_late_loses_nothing_and_a_link_that_does_not_work_says_one_thing() {
    on_both(|world| async move {
        let world = world.in_demo();
        let (mut coach, _, _, tab) = scene(&world).await;
        let short = given(&world, &mut coach, &tab).await;
        let mut visitor = Browser::new(&world);
        let link = page_of(&mut visitor, &short).await;
        let wanted = slot(&visitor.get(&link).await, 1);
        let new = format!("{tab}/nouveau");
        let csrf = coach.token(&new).await;
        let fields =
            [("csrf", csrf.as_str()), ("slot", &wanted), ("modality", "phone"), ("purpose", "follow_up")];
        is(&coach.post(&new, &fields).await, StatusCode::SEE_OTHER);
        let late =
            send(&mut visitor, &link, &[("do", "book"), ("slot", &wanted), ("modality", "phone")]).await;
        is(&late, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.says("Cet horaire vient d’être pris") && late.says("Les plus proches de votre choix"));
        assert!(late.body.contains("value=\"phone\" selected"), "{}", late.body);
        // Wrong, and ended: the same page but for the address itself.
        let form = format!("{tab}/lien");
        let id = coach.get(&form).await.field("id");
        let csrf = coach.token(&form).await;
        let before = lines(&world).await;
        is(
            &coach.post(&format!("{form}/terminer"), &[("csrf", &csrf), ("id", &id)]).await,
            StatusCode::SEE_OTHER,
        );
        assert!(lines(&world).await > before);
        let mut pages = Vec::new();
        for address in [link.as_str(), "/public/rendez-vous/22222222222", "/public/rendez-vous/inconnu"] {
            let seen = visitor.get(address).await;
            is(&seen, StatusCode::NOT_FOUND);
            assert!(seen.says("Ce lien ne fonctionne pas") && seen.says("maison du département"));
            pages.push(seen.body);
        }
        assert!(pages.iter().all(|page| *page == pages[0]));
        let csrf = visitor.token("/connexion").await;
        let sent = visitor.post(&link, &[("csrf", &csrf), ("do", "cancel")]).await;
        is(&sent, StatusCode::NOT_FOUND);
        // Guessing is counted: fifty, then one must wait.
        let mut last = StatusCode::NOT_FOUND;
        for _ in 0..60 {
            last = visitor.get("/public/rendez-vous/33333333333").await.status;
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_hour_left_the_person_asks_to_be_called_and_somebody_answers() {
    on_both(|world| async move {
        let world = world.in_demo();
        let (mut coach, account, person, tab) = scene(&world).await;
        let short = given(&world, &mut coach, &tab).await;
        let opening = coach.get("/agenda/heures").await.link("/55/agenda/heures/0");
        let csrf = coach.token(&opening).await;
        is(&coach.post(&format!("{opening}/terminer"), &[("csrf", &csrf)]).await, StatusCode::SEE_OTHER);
        let mut visitor = Browser::new(&world);
        let link = page_of(&mut visitor, &short).await;
        // Today still has one; the day after nothing has.
        world.wait(chrono::Duration::days(1));
        let shown = visitor.get(&link).await;
        assert!(shown.says("Aucun horaire libre") && shown.says("Demander un appel"), "{}", shown.body);
        let wish = [("do", "call"), ("half_day", "afternoon"), ("phone", "12"), ("words", "Après 16 h")];
        let wrong = send(&mut visitor, &link, &wish).await;
        is(&wrong, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            wrong.says("Écrivez un numéro à dix chiffres") && wrong.body.contains("value=\"Après 16 h\"")
        );
        let before = lines(&world).await;
        let wish =
            [("do", "call"), ("half_day", "afternoon"), ("phone", "06 39 98 00 44"), ("words", "Après 16 h")];
        let asked = send(&mut visitor, &link, &wish).await;
        assert_eq!(asked.location(), format!("{link}?dit=rappel"));
        assert!(lines(&world).await > before);
        assert!(visitor.get(asked.location()).await.says("Vous avez demandé à être rappelé"));
        // The person is to orient: the desk owes the call, and the coach who follows them sees it too.
        let mut coach = Browser::of_account(&world, Role::JobCoach, account).await;
        let mut operator = Browser::of(&world, Role::Operator).await;
        assert!(operator.get("/").await.says("Rappeler 1 personne"));
        let listed = operator.get("/rappels").await;
        assert!(
            listed.says(&person.last_name) && listed.says("« Après 16 h »") && listed.says("06 39 98 00 44")
        );
        assert!(coach.get("/rappels").await.says(&person.last_name));
        let action = listed.body.split("action=\"/55/rappels/").nth(1).unwrap().split('"').next().unwrap();
        let (to, field) = (format!("/rappels/{action}"), format!("answer-{}", action.replace('-', "")));
        let csrf = operator.token("/rappels").await;
        let nothing = operator.post(&to, &[("csrf", &csrf), (&field, " ")]).await;
        is(&nothing, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nothing.says("Écrivez en une ligne"));
        let before = lines(&world).await;
        let done = operator.post(&to, &[("csrf", &csrf), (&field, "Rappelée, vient lundi")]).await;
        assert_eq!(done.location(), "/55/rappels");
        assert!(lines(&world).await > before);
        assert!(operator.get("/rappels").await.says("Personne n’attend d’appel"));
        assert!(coach.get(&tab).await.says("Rappelée, vient lundi"));
        is(&Browser::of(&world, Role::Dpo).await.get("/rappels").await, StatusCode::FORBIDDEN);
    })
    .await;
}
