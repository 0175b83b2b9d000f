//! A wave of invitations by its pages: the numbers first, nothing typed is lost, then the people one by one.

use axum::http::StatusCode;
use chrono::Weekday;
use domain::access::role::Role;
use testkit::agenda::hours;
use testkit::page::check_page;
use testkit::world::on_both;

use super::journalled::lines;
use super::support::Browser;

const NEW: &str = "/55/agenda/vagues/nouvelle";

/// Is this write sent here?
pub fn plays(route: &str) -> bool {
    route.starts_with("/{department}/agenda/vagues")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wave_is_counted_then_sent_then_stopped() {
    on_both(async |world| {
        let world = world.in_demo();
        world.import("10.xml", &world.month("2026-10-01", 30, 0.0)).await.unwrap();
        let coach = world.account(Role::JobCoach, None).await;
        let site = world.site("Maison du département", "Bar-le-Duc").await;
        world.opens(coach, site, hours(&world, &[Weekday::Tue], "09:00", "11:00")).await;
        let mut lead = Browser::of(&world, Role::TeamLead).await;
        check_page(&lead.get("/55/agenda/vagues").await.body);
        // From the list of whom to orient, with its filters.
        let from = lead.get("/orientation?age=26-49").await.link(NEW);
        assert!(from.contains("etat=to_orient") && from.contains("age=26-49"), "{from}");
        let page = lead.get(&from).await;
        check_page(&page.body);
        assert!(page.body.contains("value=\"26-49\" selected"));
        let (csrf, coach) = (page.csrf(), coach.to_string());
        let until = domain::time::plus_days(world.system().today(), 21).to_string();
        let typed = [
            ("csrf", &*csrf),
            ("etat", "to_orient"),
            ("with", &*coach),
            ("purpose", "first_meeting"),
            ("until", &*until),
        ];
        let with = |most, what| [&typed[..], &[("most", most), ("do", what)]].concat();
        let refused = lead.post(NEW, &with("beaucoup", "send")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        check_page(&refused.body);
        assert!(refused.says("de 1 à 500") && refused.says("value=\"beaucoup\""));
        let before = lines(&world).await;
        let counted = lead.post(NEW, &with("25", "plan")).await;
        assert_eq!(counted.status, StatusCode::OK);
        check_page(&counted.body);
        assert!(counted.says("25 personnes") && counted.says("heures libres"));
        assert_eq!(lines(&world).await, before);
        let sent = lead.post(NEW, &with("25", "send")).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        assert!(lines(&world).await > before);
        let wave = lead.get("/55/agenda/vagues").await.link("/55/agenda/vagues/0");
        let page = lead.get(&wave).await;
        check_page(&page.body);
        assert!(page.says("Attend une place") && page.says("Invitée"));
        let csrf = page.csrf();
        let before = lines(&world).await;
        let stopped = lead.post(&format!("{wave}/arreter"), &[("csrf", &*csrf)]).await;
        assert_eq!(stopped.status, StatusCode::SEE_OTHER);
        assert!(lines(&world).await > before);
        let page = lead.get(&wave).await;
        assert!(page.says("Pas invitée") && !page.says("Attend une place"));
        check_page(&lead.get("/55/agenda/vagues").await.body);
    })
    .await;
}
