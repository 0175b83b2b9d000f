//! The points of a programme by their pages: told on the person's page, written with a form, no longer owed.

use app::programmes::{
    AnswerInput, PrescribeInput, Verdict, answer, prescribe, programme, programme_text, publish_programme,
};
use app::settings::Draft;
use axum::http::StatusCode;
use domain::access::role::Role;
use domain::programmes::admission::{Replies, Reply};
use testkit::page::check_page;
use testkit::world::{World, on_both};
use uuid::Uuid;
use web::routes_table;

use super::programmes::{Sent, oriented};
use super::support::Browser;

const MEUSE: &str = "referents-parcours";
const POINT: &str = "/{department}/personnes/{id}/dispositif/{enrolment}/point/{day}";
const POINTS: &str = r#"
[[milestones]]
day = 60
label_fr = "Point à deux mois"
kind = "review"

[[milestones]]
day = 330
label_fr = "Préparer la suite"
kind = "exit_preparation"
"#;

/// Is this write sent here?
pub fn plays(route: &str) -> bool {
    route == POINT
}

/// Somebody in a programme of which the département's version sets two points.
async fn enrolled(world: &World) -> (String, Uuid) {
    let (page, coach) = oriented(world).await;
    let person: Uuid = page.rsplit('/').next().unwrap().parse().unwrap();
    let manager = world.acting(world.account(Role::Manager, None).await).await;
    let text = programme_text(&manager, MEUSE, 1).await.unwrap() + POINTS;
    let draft = Draft { text, note: "Deux points.".to_owned(), after: 1, ..Draft::default() };
    publish_programme(&manager, Some(MEUSE), &draft).await.unwrap();
    let lead = world.acting(world.account(Role::TeamLead, None).await).await;
    let asked = programme(&lead, MEUSE).await.unwrap().programme.conditions;
    let replies: Replies = asked.into_iter().map(|one| (one.code, Reply::Yes)).collect();
    let proposal =
        PrescribeInput { programme: MEUSE.to_owned(), replies: replies.clone(), ..PrescribeInput::default() };
    let enrolment = prescribe(&lead, person, &proposal).await.unwrap();
    let taken = AnswerInput {
        verdict: Some(Verdict::Enrol),
        replies,
        employment: Some(coach),
        ..AnswerInput::default()
    };
    answer(&lead, person, enrolment, &taken).await.unwrap();
    (page, coach)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_point_of_a_programme_is_told_written_and_behind() {
    on_both(async |world| {
        let world = world.in_demo();
        let (page, coach) = enrolled(&world).await;
        let mut follows = Browser::of_account(&world, Role::JobCoach, coach).await;
        let mut sent = Sent { routes: Vec::new() };
        let file = follows.get(&page).await;
        check_page(&file.body);
        assert!(file.says("Prochain point : Point à deux mois") && file.says("Tenir un point prévu"));
        let at = file.link(&format!("{page}/dispositif/"));
        assert!(at.ends_with("/point/60"), "{at}");
        let form = follows.get(&at).await;
        check_page(&form.body);
        let csrf = form.csrf();
        let typed = "Le permis est passé, on vise l’entrepôt.";
        let mute = follows.post(&at, &[("csrf", &*csrf), ("text", typed)]).await;
        assert_eq!(mute.status, StatusCode::UNPROCESSABLE_ENTITY);
        check_page(&mute.body);
        assert!(mute.says("Choisissez une réponse") && mute.says(typed));
        // Needless: said in words, or not at all.
        let bare = follows.post(&at, &[("csrf", &*csrf), ("how", "needless"), ("level", "pair")]).await;
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(bare.says("Écrivez-le en une phrase"));
        let fields = [("how", "meeting"), ("text", typed), ("level", "pair")];
        sent.form(&world, &mut follows, (&at, POINT), &fields).await;
        let file = follows.get(&page).await;
        check_page(&file.body);
        assert!(file.says("Prochain point : Préparer la suite") && file.says(typed));
        assert!(file.says("Point à deux mois : fait"));
        // What is behind leads back; what is no point is nowhere.
        assert_eq!(follows.get(&at).await.status, StatusCode::SEE_OTHER);
        let none = at.replace("/point/60", "/point/61");
        assert_eq!(follows.get(&none).await.status, StatusCode::NOT_FOUND);
        assert!(routes_table().iter().any(|route| route.method == "POST" && plays(&route.path)));
        assert_eq!(sent.routes, [POINT]);
    })
    .await;
}
