//! People addressed to the platform, page by page: from the prescriber's form to the answer, and what they find on no page.

use axum::http::StatusCode;
use domain::access::role::Role;
use testkit::page::check_page;
use testkit::world::{World, on_both};
use web::routes_table;

use super::journalled::form;
use super::relations::address;
use super::support::{Browser, Seen, is};

const LIST: &str = "/adressages";
const NEW: &str = "/adressages/nouveau";
const RECEIVED: &str = "/adressages/recus";
const REASON: &str = "Plus de logement <script>alert(1)</script> à la fin du mois.";

fn typed(csrf: &str) -> Vec<(&str, &str)> {
    vec![
        ("csrf", csrf),
        ("last_name", "Vauquelin"),
        ("first_name", "Zélie"),
        ("birth_date", "1991-03-14"),
        ("commune", "Commercy"),
        ("phone", "06 39 98 12 34"),
        ("reason", REASON),
        ("urgency", "urgent"),
        ("moment", "morning"),
        ("consent", "oui"),
    ]
}

/// How each write of referrals is exercised, for the test of the journal.
pub async fn exercise(world: &World, path: &str) -> (u64, StatusCode) {
    let mut prescriber = Browser::of(world, Role::Prescriber).await;
    let sent = form(world, &mut prescriber, NEW, NEW, &typed("")[1..]).await;
    if path.ends_with("/nouveau") {
        return sent;
    }
    let mut lead = Browser::of(world, Role::TeamLead).await;
    let page = lead.get(RECEIVED).await.link("/55/adressages/recus/0");
    form(world, &mut lead, &page, &page, &[("answer", "declined")]).await
}

/// Nothing is wrong with how the page is made.
fn sound(seen: &Seen) {
    assert_eq!(check_page(&seen.body), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_form_to_the_answer() {
    on_both(async |world| {
        let world = world.in_demo();
        let mut prescriber = Browser::of(&world, Role::Prescriber).await;
        let home = prescriber.get("/").await;
        sound(&home);
        assert!(
            home.says("Adresser une personne à la plateforme"),
            "the first page of that role is not empty"
        );
        let csrf = prescriber.token(NEW).await;
        let mut unwilling = typed(&csrf);
        unwilling.retain(|(name, _)| *name != "consent");
        let wrong = prescriber.post(NEW, &unwilling).await;
        is(&wrong, StatusCode::UNPROCESSABLE_ENTITY);
        sound(&wrong);
        assert!(wrong.says("Demandez son accord") && wrong.says("Vauquelin") && wrong.says("alert(1)"));
        assert!(!wrong.body.contains("<script>alert"));
        is(&prescriber.post(NEW, &typed(&csrf)).await, StatusCode::SEE_OTHER);
        let list = prescriber.get(LIST).await;
        sound(&list);
        assert!(list.says("Zélie Vauquelin") && list.says("appel prévu") && list.says("urgent"));
        assert!(!list.says("06 39 98 12 34"), "names and state, and nothing else");
        let twice = prescriber.post(NEW, &typed(&csrf)).await;
        is(&twice, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(twice.says("Une demande est déjà en cours pour cette personne"));

        let mut operator = Browser::of(&world, Role::Operator).await;
        assert!(operator.get("/").await.says("Répondre à une personne adressée"));
        let desk = operator.get("/appels").await;
        sound(&desk);
        assert!(desk.says("Zélie Vauquelin") && desk.says("adressée, urgent"));
        let csrf = desk.csrf();
        let screen = operator.post("/appels", &[("csrf", &csrf)]).await.location().to_owned();
        let call = operator.get(&screen).await;
        sound(&call);
        assert!(call.says("par Essai Prescripteur") && call.says("À appeler le matin, au 06 39 98 12 34"));
        assert!(
            call.says("&#60;script&#62;alert(1)&#60;/script&#62;") && !call.body.contains("<script>alert")
        );
        let file = operator.get(screen.trim_end_matches("/appel")).await;
        sound(&file);
        assert!(file.says("par Essai Prescripteur"));
        let received = operator.get(RECEIVED).await;
        sound(&received);
        let page = received.link("/55/adressages/recus/0");
        let one = operator.get(&page).await;
        sound(&one);
        assert!(one.says("14 mars 1991") && one.says("le matin"));
        let empty = operator.post(&page, &[("csrf", &csrf)]).await;
        is(&empty, StatusCode::UNPROCESSABLE_ENTITY);
        sound(&empty);
        is(&operator.post(&page, &[("csrf", &csrf), ("answer", "not_reached")]).await, StatusCode::SEE_OTHER);
        let answered = prescriber.get(LIST).await;
        assert!(answered.says("n’a pas pu être jointe (26 novembre 2026)") && !answered.says("appel prévu"));
        is(&operator.get(&page).await, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prescriber_finds_a_person_on_no_page() {
    on_both(async |world| {
        let world = world.in_demo();
        world.import("10.xml", &world.month("2026-10-01", 30, 0.0)).await.unwrap();
        let all = super::pages_walls::people(&world).await;
        let known = all.iter().find(|one| one.birth_date.is_some()).unwrap();
        let born = known.birth_date.unwrap().to_string();
        let mut prescriber = Browser::of(&world, Role::Prescriber).await;
        let csrf = prescriber.token(NEW).await;
        let mut exact = typed(&csrf);
        let number = {
            let ctx = world.system();
            let file = app::people::person::open(&ctx, known.id, domain::audit::Part::Essential);
            file.await.unwrap().dossiers[0].claim_number.clone()
        };
        exact.retain(|(name, _)| !["last_name", "first_name", "birth_date"].contains(name));
        exact.extend([
            ("last_name", known.last_name.as_str()),
            ("first_name", known.first_name.as_str()),
            ("birth_date", &born),
            ("number", &number),
        ]);
        let found = prescriber.post(NEW, &exact).await;
        let mut unknown = typed(&csrf);
        unknown.push(("number", "0000000"));
        let created = prescriber.post(NEW, &unknown).await;
        assert_eq!(
            (found.status, found.location()),
            (created.status, created.location()),
            "one answer for both"
        );
        for route in routes_table().into_iter().filter(|r| r.method == "GET" && !r.path.contains("/api/")) {
            let path = address(&route.path, &known.id.to_string());
            let seen = prescriber.get(&path).await;
            assert!(!seen.body.contains(&known.id.to_string()) || seen.status != StatusCode::OK, "{path}");
            for one in all.iter().filter(|one| one.id != known.id) {
                let name = format!("{} {}", one.first_name, one.last_name);
                assert!(!seen.says(&name), "{path} names {name}");
            }
        }
    })
    .await;
}
