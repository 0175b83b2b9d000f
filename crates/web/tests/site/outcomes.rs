//! Returns to work by their pages: announced, begun, news, what is fragile, the end, a mistake.

use axum::http::StatusCode;
use domain::access::role::Role;
use domain::time::plus_days;
use testkit::page::check_page;
use testkit::world::on_both;
use web::routes_table;

use super::programmes::{Sent, oriented};
use super::support::Browser;

/// Is this write sent here?
pub fn plays(route: &str) -> bool {
    route.contains("/activite")
}

const NEW: &str = "/{department}/personnes/{id}/activite";
const NEWS: &str = "/{department}/personnes/{id}/activite/{outcome}/nouvelles";
const ACT: &str = "/{department}/personnes/{id}/activite/{outcome}/{acte}";

#[tokio::test(flavor = "multi_thread")]
async fn a_return_to_work_is_written_followed_and_ended_by_pages() {
    on_both(async |world| {
        let world = world.in_demo();
        let (page, coach) = oriented(&world).await;
        let mut follows = Browser::of_account(&world, Role::JobCoach, coach).await;
        let mut sent = Sent { routes: Vec::new() };
        let today = world.system().today();
        let (soon, first) = (plus_days(today, 3).to_string(), today.to_string());
        let new = format!("{page}/activite");
        assert!(follows.get(&page).await.says("Enregistrer une reprise"));
        let csrf = follows.get(&new).await.csrf();
        let fields = [
            ("kind", "job"),
            ("name", "École de La Tour-du-Pin, agente d’entretien"),
            ("starts_on", &*soon),
            ("hours", "dix-huit"),
        ];
        // Each fault at its field, one after the other, and nothing typed is lost.
        let refused = follows.post(&new, &[&[("csrf", &*csrf)], &fields[..]].concat()).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        check_page(&refused.body);
        assert!(refused.says("Choisissez une réponse") && refused.says("agente d’entretien"));
        let hours = [&[("csrf", &*csrf)], &fields[..], &[("work", "fixed_term")]].concat();
        let refused = follows.post(&new, &hours).await;
        assert!(refused.says("entre 1 et 60") && refused.says("dix-huit"));
        let good: Vec<_> =
            fields[..3].iter().copied().chain([("work", "fixed_term"), ("hours", "18")]).collect();
        sent.form(&world, &mut follows, (&new, NEW), &good).await;
        let file = follows.get(&page).await;
        check_page(&file.body);
        assert!(file.says("Annoncée") && file.says("CDD, 18 heures par semaine"));
        assert!(file.says("Dire si l’activité a commencé"));
        let debut = file.link(&format!("{page}/activite/"));
        assert!(debut.ends_with("/debut"), "{debut}");
        let one = debut.trim_end_matches("/debut").to_owned();
        // It began today, before the day that was announced.
        sent.form(&world, &mut follows, (&debut, ACT), &[("day", &*first)]).await;
        let file = follows.get(&page).await;
        check_page(&file.body);
        assert!(file.says("En activité") && file.says("Prendre des nouvelles"));
        let news = format!("{one}/nouvelles");
        let csrf = follows.get(&news).await.csrf();
        let fragile = [
            ("going", "fragile"),
            ("means", "phone"),
            ("text", "Les trajets sont longs."),
            ("level", "pair"),
        ];
        let refused = follows.post(&news, &[&[("csrf", &*csrf)], &fragile[..]].concat()).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        check_page(&refused.body);
        assert!(refused.says("convenez du jour") && refused.says("Les trajets sont longs"));
        let later = plus_days(today, 7).to_string();
        let agreed = [&fragile[..], &[("agreed", &*later), ("check", "m1")]].concat();
        sent.form(&world, &mut follows, (&news, NEWS), &agreed).await;
        let file = follows.get(&page).await;
        check_page(&file.body);
        assert!(file.says("Tenir le contact convenu") && file.says("Nouvelles : mois 1"));
        // Who follows nobody of them sees nothing of it.
        let mut other = Browser::of(&world, Role::SocialReferent).await;
        for at in [new.clone(), news.clone(), format!("{one}/fin")] {
            assert_eq!(other.get(&at).await.status, StatusCode::NOT_FOUND, "{at}");
        }
        let end = format!("{one}/fin");
        let csrf = follows.get(&end).await.csrf();
        let refused = follows.post(&end, &[("csrf", &*csrf), ("reason", "other")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        check_page(&refused.body);
        assert!(refused.says("Écrivez la raison"));
        sent.form(&world, &mut follows, (&end, ACT), &[("reason", "constraint"), ("day", &*first)]).await;
        let over = follows.get(&page).await;
        check_page(&over.body);
        assert!(over.says("Terminée le") && over.says("trajet, garde d’enfant ou horaires"));
        assert!(!over.says("En activité"));
        // What is over is not ended twice, and what is no change is no page.
        assert_eq!(follows.get(&end).await.status, StatusCode::SEE_OTHER);
        assert_eq!(follows.get(&format!("{one}/inconnu")).await.status, StatusCode::NOT_FOUND);
        let writes = routes_table().into_iter().filter(|route| route.method == "POST" && plays(&route.path));
        for route in writes {
            assert!(sent.routes.contains(&route.path.as_str()), "{} is not sent", route.path);
        }
    })
    .await;
}
