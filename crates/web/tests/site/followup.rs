//! A path from its page: closed, kept, opened again, reviewed, contested; and the page of what is late.

use app::Context;
use app::access::disable_user;
use app::agenda::{book_appointment, record_attendance};
use app::followup::{ContestInput, EndInput, contest, end_path};
use app::orientation::{DecisionInput, decide};
use axum::http::StatusCode;
use chrono::{Datelike as _, Duration, NaiveDate};
use domain::access::role::Role;
use domain::access::visibility::Level;
use domain::agenda::appointment::{Attendance, Modality, Purpose};
use domain::followup::act::{Channel, ContestKind, EndReason};
use domain::orientation::rules::{Organisation, Path};
use testkit::agenda::{WEEK, hours};
use testkit::page::check_page;
use testkit::world::{World, on_both};
use uuid::Uuid;
use web::routes_table;

use super::journalled::{form, lines};
use super::support::{Browser, demo};

/// Somebody oriented, with or without a referent; the lead of their territory, on a page and in the program.
struct Stage {
    lead: Browser,
    acting: Context,
    coach: Uuid,
    id: Uuid,
    page: String,
}

/// The file of a month, which a payer makes on the fifth of the next.
async fn month(world: &World, of: NaiveDate, households: u32) {
    let first = of.with_day(1).unwrap().to_string();
    world.import(&format!("{first}.xml"), &world.month(&first, households, 0.0)).await.unwrap();
}

async fn stage(world: &World, followed: bool) -> Stage {
    month(world, domain::time::plus_days(world.system().today(), -61), 12).await;
    let mut lead = Browser::of(world, Role::TeamLead).await;
    let acting = world.acting(world.account(Role::TeamLead, None).await).await;
    let coach = world.account(Role::JobCoach, None).await;
    let input = DecisionInput {
        path: Some(Path::Social),
        organisation: Some(Organisation::Departement),
        referent: followed.then_some(coach),
        reason: "Rencontrée à l’accueil ce matin.".to_owned(),
        explanation: "Nous cherchons d’abord un toit.".to_owned(),
        ..DecisionInput::default()
    };
    // The first household is the one that the next file still names.
    let list = lead.get("/orientation").await.body;
    let all = list.split("href=\"/55/personnes/").skip(1);
    let id = all.filter_map(|rest| rest.split('"').next()?.parse::<Uuid>().ok()).max().unwrap();
    decide(&acting, id, &input).await.unwrap();
    let page = format!("/55/personnes/{id}");
    Stage { lead, acting, coach, id, page }
}

impl Stage {
    /// The next file names nobody but one household: their right is closed.
    async fn gone(&self, world: &World) {
        month(world, domain::time::plus_days(self.acting.today(), -31), 1).await;
    }

    async fn ended(&self) {
        let input = EndInput {
            reason: Some(EndReason::RightClosed),
            day: Some(self.acting.today()),
            ..EndInput::default()
        };
        end_path(&self.acting, self.id, &input).await.unwrap();
    }

    async fn contested(&self) {
        let input = ContestInput {
            kind: Some(ContestKind::Refuses),
            channel: Some(Channel::Phone),
            day: Some(self.acting.today()),
            words: "« Pas maintenant, ma mère est malade. »".to_owned(),
            level: Some(Level::Pair),
        };
        contest(&self.acting, self.id, &input).await.unwrap();
    }

    async fn missed(&self, world: &World) {
        let site = world.site("Maison du département", "Bar-le-Duc").await;
        world.opens(self.coach, site, hours(world, &WEEK, "09:00", "12:00")).await;
        let slot = world.free_with(self.coach).await[0].id;
        let booking = app::agenda::Booking {
            place: app::agenda::Place::Slot(slot),
            and_with: None,
            modality: Modality::InPerson,
            purpose: Purpose::FollowUp,
            note: String::new(),
        };
        let booked = book_appointment(&self.acting, self.id, &booking).await.unwrap();
        world.wait(Duration::hours(3));
        record_attendance(&self.acting, booked.id, Attendance::Absent).await.unwrap();
    }
}

/// Is this write sent here, each in a département of its own?
pub fn plays(route: &str) -> bool {
    route.contains("/suivi/") || route.ends_with("/relais")
}

/// A coach is closed; their people are on the page of the team, and somebody else takes over.
async fn relay(world: &World) -> (u64, StatusCode) {
    let (page, coach) = super::programmes::oriented(world).await;
    let next = world.account(Role::JobCoach, None).await;
    let admin = world.acting(world.account(Role::Admin, None).await).await;
    disable_user(&admin, coach).await.unwrap();
    let mut lead = Browser::of(world, Role::TeamLead).await;
    let home = lead.get("/").await;
    check_page(&home.body);
    assert!(home.says("Une personne n’a pas de référent"));
    let alone = lead.get("/personnes?suivi=sans-referent").await;
    check_page(&alone.body);
    assert!(alone.body.contains(&page) && alone.says("nommer un référent"));
    let team = lead.get("/equipe").await;
    check_page(&team.body);
    assert!(team.says("ne suit plus personne") && team.says("personne sans référent"));
    let at = format!("/equipe/{coach}/relais");
    let form = lead.get(&at).await;
    check_page(&form.body);
    let (id, csrf, to) = (page.rsplit('/').next().unwrap(), form.csrf(), next.to_string());
    let bare = [("csrf", &*csrf), ("to", &*to), ("people", id), ("text", "court")];
    let refused = lead.post(&at, &bare).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    check_page(&refused.body);
    assert!(refused.says("court"));
    let before = lines(world).await;
    let whole = [&bare[..3], &[("text", "Contrat à signer mardi, préfère les messages.")]].concat();
    let status = lead.post(&at, &whole).await.status;
    assert_eq!(lead.get(&at).await.status, StatusCode::NOT_FOUND, "they follow nobody any more");
    let file = lead.get(&page).await;
    assert!(file.says("Relais entre référents") && file.says("Contrat à signer mardi"));
    // A coach leads nobody.
    let mut coach = Browser::of(world, Role::JobCoach).await;
    assert_eq!(coach.get("/equipe").await.status, StatusCode::FORBIDDEN);
    (before, status)
}

async fn exercise(world: &World, path: &str) -> (u64, StatusCode) {
    if path.ends_with("/relais") {
        return relay(world).await;
    }
    let what = path.rsplit("/suivi/").next().unwrap();
    let mut stage = stage(world, what != "referent").await;
    let today = stage.acting.today().to_string();
    let next = domain::time::plus_days(stage.acting.today(), 60).to_string();
    let coach = stage.coach.to_string();
    let said = ("text", "Ce qui était prévu est fait.");
    let level = ("level", "pair");
    let (at, fields) = match what {
        "clore" => {
            stage.gone(world).await;
            ("clore".to_owned(), vec![("reason", "moved"), ("day", &*today), level])
        }
        "garder" => {
            stage.gone(world).await;
            ("garder".to_owned(), vec![("reason", "request"), ("next_on", &*next), level])
        }
        "rouvrir" => {
            stage.gone(world).await;
            stage.ended().await;
            ("rouvrir".to_owned(), vec![said, level])
        }
        "point" => {
            let fields = vec![
                ("day", &*today),
                ("presence", "present"),
                ("result", "continue"),
                ("next_on", &*next),
                said,
                level,
            ];
            ("point".to_owned(), fields)
        }
        "contestation" => {
            let fields = vec![("kind", "refuses"), ("channel", "phone"), ("day", &*today), said, level];
            ("contestation".to_owned(), fields)
        }
        "contestation/{act}" => {
            stage.contested().await;
            let start = format!("{}/suivi/contestation/", stage.page);
            let to = stage.lead.get(&stage.page).await.link(&start);
            (to.rsplit_once("/suivi/").unwrap().1.to_owned(), vec![said, level])
        }
        "appel" => {
            stage.missed(world).await;
            // Hours later, the session of the morning is over.
            stage.lead = Browser::of(world, Role::TeamLead).await;
            ("appel".to_owned(), vec![("result", "reached"), level])
        }
        "referent" => ("referent".to_owned(), vec![("referent", &*coach)]),
        _ => panic!("say in tests/site/followup.rs how a write to {path} is exercised"),
    };
    let at = format!("{}/suivi/{at}", stage.page);
    form(world, &mut stage.lead, &at, &at, &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_write_of_a_path_leaves_a_line_in_the_journal() {
    let writes = routes_table().into_iter().filter(|route| route.method == "POST" && plays(&route.path));
    let mut sent = 0;
    for route in writes {
        let world = demo("55").await;
        let (before, status) = exercise(&world, &route.path).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{}", route.path);
        assert!(lines(&world).await > before, "{} leaves nothing", route.path);
        sent += 1;
    }
    assert_eq!(sent, 9);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_path_is_closed_from_its_page_and_opened_again() {
    on_both(async |world| {
        let world = world.in_demo();
        let mut stage = stage(&world, true).await;
        stage.gone(&world).await;
        let file = stage.lead.get(&stage.page).await;
        check_page(&file.body);
        assert!(file.says("Clore le suivi ou le poursuivre") && file.says("Orientation décidée"));
        let at = format!("{}/suivi/clore", stage.page);
        let page = stage.lead.get(&at).await;
        check_page(&page.body);
        let csrf = page.csrf();
        // Nothing chosen: the fields say it, and what was typed stays.
        let typed = [("csrf", &*csrf), ("reason", ""), ("text", "Partie hier."), ("level", "pair")];
        let wrong = stage.lead.post(&at, &typed).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        check_page(&wrong.body);
        assert!(wrong.says("Choisissez une réponse dans la liste.") && wrong.says("Partie hier."));
        let today = stage.acting.today().to_string();
        let typed = [
            ("csrf", &*csrf),
            ("reason", "moved"),
            ("day", &*today),
            ("text", "Partie à Nancy, le dossier suit."),
            ("level", "pair"),
        ];
        assert_eq!(stage.lead.post(&at, &typed).await.status, StatusCode::SEE_OTHER);
        let file = stage.lead.get(&stage.page).await;
        check_page(&file.body);
        assert!(file.says("Suivi clos") && file.says("Partie à Nancy") && file.says("Rouvrir le suivi"));
        // There is nothing to close any more: the page says so and leads back.
        assert_eq!(stage.lead.get(&at).await.status, StatusCode::SEE_OTHER);
        // Who followed them finds nobody.
        let mut coach = Browser::of_account(&world, Role::JobCoach, stage.coach).await;
        assert_eq!(coach.get(&stage.page).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_late_is_counted_by_team_and_each_number_opens_its_people() {
    on_both(async |world| {
        let world = world.in_demo();
        let stage = stage(&world, true).await;
        world.wait(Duration::days(50));
        let mut lead = Browser::of(&world, Role::TeamLead).await;
        let page = lead.get("/retards").await;
        check_page(&page.body);
        assert!(page.says("Qui doit agir") && page.says("Essai Coach emploi"));
        let list = lead.get(&page.link("/55/retards/personnes?")).await;
        assert_eq!(list.status, StatusCode::OK);
        check_page(&list.body);
        assert!(list.says("en retard") && list.body.contains("/55/personnes/0"));
        let mut manager = Browser::of(&world, Role::Manager).await;
        let numbers = manager.get("/retards").await;
        check_page(&numbers.body);
        assert!(numbers.says("moins de 5") && !numbers.says("Essai Coach emploi"));
        assert!(!numbers.body.contains("/55/retards/personnes"));
        let mut coach = Browser::of_account(&world, Role::JobCoach, stage.coach).await;
        assert_eq!(coach.get("/retards").await.status, StatusCode::FORBIDDEN);
    })
    .await;
}

/// The page that must be empty: named to who leads, counted for who manages, refused to the others.
#[tokio::test(flavor = "multi_thread")]
async fn the_forgotten_are_named_to_who_leads_and_only_counted_for_who_manages() {
    on_both(async |world| {
        let world = world.in_demo();
        let (page, _) = super::programmes::oriented(&world).await;
        let mut lead = Browser::of(&world, Role::TeamLead).await;
        let empty = lead.get("/oubliees").await;
        check_page(&empty.body);
        assert!(empty.says("Personne n’est oublié") && empty.says("rien n’ait été écrit"));
        world.wait(Duration::days(70));
        let mut lead = Browser::of(&world, Role::TeamLead).await;
        let found = lead.get("/oubliees").await;
        check_page(&found.body);
        assert!(found.says("rien d’écrit depuis le") && found.body.contains(&page));
        let late = lead.get("/retards").await;
        assert!(late.body.contains("/oubliees") && late.body.contains("/equipe"));
        let mut manager = Browser::of(&world, Role::Manager).await;
        let counted = manager.get("/oubliees").await;
        check_page(&counted.body);
        assert!(counted.says("Par territoire") && !counted.body.contains("/55/personnes/0"));
        let mut coach = Browser::of(&world, Role::JobCoach).await;
        assert_eq!(coach.get("/oubliees").await.status, StatusCode::FORBIDDEN);
    })
    .await;
}
