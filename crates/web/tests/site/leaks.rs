//! Other territory, other caseload, merged or closed: by id, search, list, export and count, what one may not know does
//! not exist.

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use domain::access::role::Role;
use http_body_util::BodyExt;
use store::people::PersonRow;
use store::people::list::{Filter, Order, Page, Sort};
use testkit::world::{World, on_both};
use tower::ServiceExt;
use web::{Site, router};

async fn ask(world: &World, cookie: &str, path: &str) -> Response<Body> {
    let request = Request::builder()
        .uri(path)
        .header("host", "declic.test")
        .header("cookie", format!("__Host-declic-55={cookie}"))
        .body(Body::empty())
        .unwrap();
    router(&Site::new(world.app.clone())).oneshot(request).await.unwrap()
}

async fn text(response: Response<Body>) -> String {
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn people(world: &World) -> Vec<PersonRow> {
    let scope = app::access::scope(&world.system(), domain::access::permission::Action::ReadPeople).unwrap();
    let page = Page { after: None, limit: 1_000 };
    let sort = (Sort::Name, Order::Ascending);
    let today = world.system().today();
    store::people::list::list(&world.department.db, &scope, today, &Filter::default(), sort, &page)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lies_outside_ones_territory_does_not_exist() {
    on_both(|world| async move {
        world.import("09.xml", &world.month("2026-10-01", 120, 0.0)).await.unwrap();
        let all = people(&world).await;
        let open = |p: &&PersonRow| p.state == "to_orient";
        let mine = all.iter().filter(open).find(|p| p.territory.as_deref() == Some("verdun")).unwrap();
        let other = all.iter().filter(open).find(|p| p.territory.as_deref() == Some("bar-le-duc")).unwrap();
        for role in [Role::Operator, Role::TeamLead] {
            let (cookie, _) = world.session(role, Some("verdun")).await;
            let seen = ask(&world, &cookie, &format!("/55/personnes/{}", mine.id)).await;
            assert_eq!(seen.status(), StatusCode::OK);
            for tab in ["", "/droit", "/documents", "/consultations"] {
                let hidden = ask(&world, &cookie, &format!("/55/personnes/{}{tab}", other.id)).await;
                // An operator has no documents at all, whoever it is.
                let closed = role == Role::Operator && tab == "/documents";
                let status = if closed { StatusCode::FORBIDDEN } else { StatusCode::NOT_FOUND };
                assert_eq!(hidden.status(), status, "{role:?} {tab}");
                assert!(!text(hidden).await.contains(&other.last_name));
            }
            let birth = other.birth_date.unwrap().format("%d/%m/%Y").to_string().replace('/', "%2F");
            for query in [other.last_name.clone(), birth] {
                let found = text(ask(&world, &cookie, &format!("/55/recherche?q={query}")).await).await;
                assert!(!found.contains(&other.id.to_string()), "{role:?} finds by {query}");
            }
            let here = all.iter().filter(open).filter(|p| p.territory.as_deref() == Some("verdun")).count();
            let listed = text(ask(&world, &cookie, "/55/orientation").await).await;
            assert!(
                listed.contains(&format!("{here} personnes à orienter")),
                "{role:?} counts only their own"
            );
            assert!(!listed.contains(&other.id.to_string()));
            let asked = text(ask(&world, &cookie, "/55/orientation?territoire=bar-le-duc").await).await;
            assert!(!asked.contains(&other.id.to_string()));
            let csv = text(ask(&world, &cookie, "/55/orientation.csv").await).await;
            assert_eq!(csv.lines().count(), here + 1, "{role:?} takes only their own away");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_referent_sees_the_people_they_follow_and_nobody_else() {
    on_both(|world| async move {
        world.import("09.xml", &world.month("2026-10-01", 40, 0.0)).await.unwrap();
        let all = people(&world).await;
        let (cookie, account) = world.session(Role::SocialReferent, None).await;
        let followed = &all[0];
        let empty = text(ask(&world, &cookie, "/55/personnes").await).await;
        assert!(all.iter().all(|p| !empty.contains(&p.id.to_string())));
        let tx = world.department.db.begin().await.unwrap();
        let assignment = store::access::referent::Assignment {
            id: world.app.ids.make(),
            person_id: followed.id,
            account_id: account,
            side: "social".to_owned(),
            since: world.system().today(),
        };
        store::access::referent::assign(&tx, vec![assignment]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(
            ask(&world, &cookie, &format!("/55/personnes/{}", followed.id)).await.status(),
            StatusCode::OK
        );
        let hidden = ask(&world, &cookie, &format!("/55/personnes/{}", all[1].id)).await;
        assert_eq!(hidden.status(), StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_read_of_a_person_is_in_the_journal() {
    on_both(|world| async move {
        world.import("09.xml", &world.month("2026-10-01", 10, 0.0)).await.unwrap();
        let person = people(&world).await.remove(0);
        let (cookie, account) = world.session(Role::TeamLead, None).await;
        assert_eq!(
            ask(&world, &cookie, &format!("/55/personnes/{}", person.id)).await.status(),
            StatusCode::OK
        );
        let filter = store::audit::JournalFilter { person: vec![person.id], ..Default::default() };
        let lines = store::audit::list(&world.department.db, &store::audit::Reach::Everything, &filter)
            .await
            .unwrap();
        let read = lines.iter().find(|l| l.row.act == "read_person").unwrap();
        assert_eq!(read.row.actor_id, Some(account));
        assert_eq!(read.row.detail["part"], "essential");
        assert_eq!(store::audit::verify_chain(&world.department.db).await.unwrap().fault, None);
    })
    .await;
}
