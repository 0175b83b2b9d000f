//! Whoever asks for what lies outside their scope learns nothing: not by status, body, headers, nor time.

use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use domain::access::permission::Action;
use domain::access::role::Role;
use http_body_util::BodyExt as _;
use store::people::list::{Filter, Order, Page, Sort};
use testkit::world::{World, on_both};
use tower::ServiceExt as _;
use uuid::Uuid;
use web::{Site, router};

/// Asked of each, one after the other in turn: what slows the machine slows both.
const TIMES: usize = 120;
/// Medians may differ by this much, or by half: the machine does other things.
const NOISE: Duration = Duration::from_millis(2);

async fn ask(router: &Router, cookie: &str, path: &str) -> (StatusCode, HeaderMap, String) {
    let request = Request::builder()
        .uri(path)
        .header("host", "declic.test")
        .header("x-request-id", "le-meme-pour-tous")
        .header("cookie", format!("__Host-declic-55={cookie}"))
        .body(Body::empty())
        .unwrap();
    let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    (parts.status, parts.headers, String::from_utf8_lossy(&bytes).into_owned())
}

/// Somebody of the territory of Bar-le-Duc, whom an operator of Verdun may not see.
async fn elsewhere(world: &World) -> Uuid {
    world.import("09.xml", &world.month("2026-10-01", 80, 0.0)).await.unwrap();
    let scope = app::access::scope(&world.system(), Action::ReadPeople).unwrap();
    let (page, today) = (Page { after: None, limit: 1_000 }, world.system().today());
    let sort = (Sort::Name, Order::Ascending);
    let filter = Filter::default();
    let all = store::people::list::list(&world.department.db, &scope, today, &filter, sort, &page);
    all.await.unwrap().iter().find(|p| p.territory.as_deref() == Some("bar-le-duc")).unwrap().id
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_elsewhere_and_what_does_not_exist_cannot_be_told_apart() {
    on_both(|world| async move {
        let (there, absent) = (elsewhere(&world).await, Uuid::from_u128(0xABCD_EF01_2345_6789));
        let (cookie, _) = world.session(Role::Operator, Some("verdun")).await;
        let site = router(&Site::new(world.app.clone()));
        for tab in ["", "/droit", "/consultations"] {
            let path = |id: Uuid| format!("/55/personnes/{id}{tab}");
            let (mut of_there, mut of_absent) = (Vec::new(), Vec::new());
            for _ in 0..TIMES {
                for (id, times) in [(there, &mut of_there), (absent, &mut of_absent)] {
                    let begun = Instant::now();
                    let (status, ..) = ask(&site, &cookie, &path(id)).await;
                    times.push(begun.elapsed());
                    assert_eq!(status, StatusCode::NOT_FOUND);
                }
            }
            let (one, other) =
                (ask(&site, &cookie, &path(there)).await, ask(&site, &cookie, &path(absent)).await);
            let same = |text: &str, id: Uuid| text.replace(&id.to_string(), "ID");
            assert_eq!(same(&one.2, there), same(&other.2, absent), "{tab}");
            assert_eq!(one.1, other.1, "{tab}");
            let (one, other) = (median(of_there), median(of_absent));
            let (more, less) = (one.max(other), one.min(other));
            assert!(
                more.saturating_sub(less) < NOISE.max(less / 2),
                "{tab}: {one:?} elsewhere, {other:?} absent"
            );
        }
    })
    .await;
}
