//! The page of a diagnosis: begun, written by two, chosen, completed, printed; and the actions.

use axum::http::StatusCode;
use domain::access::role::Role;
use testkit::page::check_page;
use testkit::world::{World, on_both};
use uuid::Uuid;
use web::routes_table;

use super::journalled::lines;
use super::support::{Browser, Seen, demo};

/// A person with a referent on each side.
struct Stage {
    yann: Browser,
    gaelle: Browser,
    lead: Browser,
    page: String,
}

async fn stage(world: &World) -> Stage {
    world.import("10.xml", &world.month("2026-10-01", 10, 0.0)).await.unwrap();
    let mut lead = Browser::of(world, Role::TeamLead).await;
    let person = lead.get("/personnes").await.link("/55/personnes/0");
    let id: Uuid = person.rsplit('/').next().unwrap().parse().unwrap();
    let (social, coach) =
        (world.account(Role::SocialReferent, None).await, world.account(Role::JobCoach, None).await);
    world.follow(id, social, "social").await;
    world.follow(id, coach, "employment").await;
    Stage {
        yann: Browser::of_account(world, Role::SocialReferent, social).await,
        gaelle: Browser::of_account(world, Role::JobCoach, coach).await,
        lead,
        page: format!("{person}/diagnostic"),
    }
}

impl Stage {
    async fn begun(world: &World) -> Self {
        let mut stage = stage(world).await;
        let csrf = stage.yann.token(&stage.page).await;
        let sent = stage.yann.post(&stage.page, &[("csrf", &csrf)]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        stage
    }

    fn theme(&self, code: &str) -> String {
        format!("{}/themes/{code}", self.page)
    }
}

/// Sends a theme with what its page started from, and some fields over it.
async fn send(browser: &mut Browser, seen: &Seen, at: &str, typed: &[(&str, &str)]) -> Seen {
    let mut fields = vec![("csrf".to_owned(), seen.csrf())];
    for part in seen.body.split("name=\"b-").skip(1) {
        let name = part.split('"').next().unwrap();
        fields.push((format!("b-{name}"), seen.field(&format!("b-{name}"))));
    }
    fields.extend(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(at, &fields).await
}

async fn exercise(world: &World, path: &str) -> (u64, StatusCode) {
    let mut stage =
        if path.ends_with("/diagnostic") { stage(world).await } else { Stage::begun(world).await };
    let theme = stage.theme("MOB");
    let (at, from, fields) = match path.rsplit("/diagnostic").next().unwrap() {
        "" => (stage.page.clone(), stage.page.clone(), vec![]),
        "/terminer" => (format!("{}/terminer", stage.page), stage.page.clone(), vec![]),
        "/rouvrir" => {
            let csrf = stage.yann.token(&stage.page).await;
            stage.yann.post(&format!("{}/terminer", stage.page), &[("csrf", &csrf)]).await;
            (format!("{}/rouvrir", stage.page), stage.page.clone(), vec![])
        }
        "/themes/{theme}" => (theme.clone(), theme, vec![("f-impact", "low")]),
        "/themes/{theme}/choix" => return choice(world, stage).await,
        "/themes/{theme}/action" => {
            let fields =
                vec![("code", "MOB-A01"), ("who", "person"), ("status", "planned"), ("level", "person")];
            (format!("{theme}/action"), format!("{theme}/action"), fields)
        }
        "/actions/{action}" => {
            let add = format!("{theme}/action");
            let csrf = stage.yann.token(&add).await;
            let fields = [
                ("csrf", &*csrf),
                ("code", "MOB-A01"),
                ("who", "person"),
                ("status", "planned"),
                ("level", "person"),
            ];
            stage.yann.post(&add, &fields).await;
            let at = stage.yann.get(&theme).await.link(&format!("{}/actions/", stage.page));
            let fields =
                vec![("code", "MOB-A01"), ("who", "person"), ("status", "done"), ("level", "person")];
            (at.clone(), at, fields)
        }
        _ => panic!("say in tests/site/diagnosis.rs how a write to {path} is exercised"),
    };
    let seen = stage.yann.get(&from).await;
    let before = lines(world).await;
    (before, send(&mut stage.yann, &seen, &at, &fields).await.status)
}

/// Two wrote the same field from the same page: one chooses.
async fn choice(world: &World, mut stage: Stage) -> (u64, StatusCode) {
    let theme = stage.theme("MOB");
    let (first, second) = (stage.yann.get(&theme).await, stage.gaelle.get(&theme).await);
    send(&mut stage.yann, &first, &theme, &[("f-impact", "low")]).await;
    send(&mut stage.gaelle, &second, &theme, &[("f-impact", "strong")]).await;
    let seen = stage.gaelle.get(&theme).await;
    let ids: Vec<String> = seen
        .body
        .split("name=\"s-impact\" value=\"")
        .skip(1)
        .map(|part| part.split('"').next().unwrap().to_owned())
        .collect();
    let chosen = format!("impact|{}", ids[0]);
    let fields = [("s-impact", ids[0].as_str()), ("s-impact", ids[1].as_str()), ("choice", &chosen)];
    let before = lines(world).await;
    (before, send(&mut stage.gaelle, &seen, &format!("{theme}/choix"), &fields).await.status)
}

/// Is this write sent here, each in a département of its own?
pub fn plays(route: &str) -> bool {
    route.contains("/diagnostic")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_write_of_a_diagnosis_leaves_a_line_in_the_journal_but_who_is_there() {
    let writes = routes_table().into_iter().filter(|route| route.method == "POST" && plays(&route.path));
    let mut sent = 0;
    for route in writes.filter(|route| !route.path.ends_with("/presence")) {
        let world = demo("55").await;
        let (before, status) = exercise(&world, &route.path).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{}", route.path);
        assert!(lines(&world).await > before, "{} leaves nothing", route.path);
        sent += 1;
    }
    assert_eq!(sent, 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_write_one_theme_and_one_chooses() {
    on_both(async |world| {
        let world = world.in_demo();
        let mut stage = stage(&world).await;
        let empty = stage.yann.get(&stage.page).await;
        check_page(&empty.body);
        assert!(empty.says("Le diagnostic n’est pas commencé") && empty.says("Commencer le diagnostic"));
        let read = stage.lead.get(&stage.page).await;
        assert!(!read.says("Commencer le diagnostic"));
        let sent = stage.yann.post(&stage.page, &[("csrf", &empty.csrf())]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        let theme = stage.theme("MOB");
        let first = stage.yann.get(&theme).await;
        check_page(&first.body);
        let second = stage.gaelle.get(&theme).await;
        assert!(second.says("est sur ce diagnostic"));
        send(&mut stage.yann, &first, &theme, &[("f-impact", "low"), ("f-analysis", "Elle marche.")]).await;
        let typed = [("f-situation:MOB-S04", "yes"), ("f-analysis", "Après le dernier bus.")];
        let sent = send(&mut stage.gaelle, &second, &theme, &typed).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        let seen = stage.gaelle.get(&theme).await;
        check_page(&seen.body);
        assert!(seen.says("Elle marche.") && seen.says("Après le dernier bus."));
        assert!(seen.says("Garder tout, l’un après l’autre") && seen.body.contains("value=\"low\" checked"));
        let stuck = stage.gaelle.post(&format!("{}/terminer", stage.page), &[("csrf", &seen.csrf())]).await;
        assert_eq!(stuck.status, StatusCode::UNPROCESSABLE_ENTITY);
        check_page(&stuck.body);
        let ids: Vec<&str> = seen
            .body
            .split("name=\"s-analysis\" value=\"")
            .skip(1)
            .map(|part| part.split('"').next().unwrap())
            .collect();
        let fields = [("s-analysis", ids[0]), ("s-analysis", ids[1]), ("choice", "analysis|tous")];
        send(&mut stage.gaelle, &seen, &format!("{theme}/choix"), &fields).await;
        let after = stage.lead.get(&theme).await;
        check_page(&after.body);
        assert!(after.says("Elle marche.") && after.says("Après le dernier bus."));
        assert!(!after.body.contains("<textarea"), "a lead reads");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sensitive_word_is_asked_again_with_what_was_typed() {
    let world = demo("55").await;
    let mut stage = Stage::begun(&world).await;
    let theme = stage.theme("MOB");
    let seen = stage.yann.get(&theme).await;
    let typed = [("f-says", "Ma maladie m’empêche."), ("level", "pair"), ("f-impact", "strong")];
    let asked = send(&mut stage.yann, &seen, &theme, &typed).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    check_page(&asked.body);
    assert!(asked.says("enregistrer quand même") && asked.says("Ma maladie m’empêche."));
    assert!(!stage.gaelle.get(&theme).await.says("Ma maladie"));
    let again = [&typed[..], &[("anyway", "oui")]].concat();
    let kept = send(&mut stage.yann, &asked, &theme, &again).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    let read = stage.gaelle.get(&theme).await;
    check_page(&read.body);
    assert!(read.says("Ma maladie m’empêche."));
    // The page that stays open is answered by itself.
    let open = stage.gaelle.get(&theme).await;
    let stays = send(&mut stage.gaelle, &open, &format!("{theme}?auto=1"), &[("f-priority", "soon")]).await;
    assert_eq!(stays.status, StatusCode::OK);
    assert_ne!(stays.field("b-priority"), "");
    let none = stage.lead.get(&format!("{}/themes/INT", stage.page)).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    let printed = stage.yann.get(&format!("{}/imprimer", stage.page)).await;
    check_page(&printed.body);
    assert!(printed.says("Ce dont nous avons parlé") && !printed.says("Ma maladie"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_action_is_decided_and_what_is_wrong_is_said() {
    let world = demo("55").await;
    let mut stage = Stage::begun(&world).await;
    let theme = stage.theme("MOB");
    let at = format!("{theme}/action");
    let form = stage.yann.get(&at).await;
    check_page(&form.body);
    let typed = [("csrf", &*form.csrf()), ("label", "Faire du vélo"), ("planned", "beaucoup")];
    let wrong = stage.yann.post(&at, &typed).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    check_page(&wrong.body);
    assert!(wrong.says("Faire du vélo"));
    let typed = [
        ("csrf", &*form.csrf()),
        ("label", "Faire du vélo"),
        ("who", "person"),
        ("status", "planned"),
        ("level", "person"),
        ("planned", "4"),
    ];
    assert_eq!(stage.yann.post(&at, &typed).await.status, StatusCode::SEE_OTHER);
    let seen = stage.gaelle.get(&theme).await;
    check_page(&seen.body);
    assert!(seen.says("Faire du vélo") && seen.says("4 h prévues"));
    let change = stage.gaelle.get(&seen.link(&format!("{}/actions/", stage.page))).await;
    check_page(&change.body);
    assert!(change.says("Faire du vélo"));
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_words_stay_readable_once_ones_side_is_complete() {
    on_both(async |world| {
        let world = world.in_demo();
        let mut stage = Stage::begun(&world).await;
        let theme = stage.theme("FIN");
        let first = stage.yann.get(&theme).await;
        let words = "Une dette ancienne, dossier à préparer.";
        let typed = [("f-says", words), ("level", "social"), ("f-impact", "medium")];
        assert_eq!(send(&mut stage.yann, &first, &theme, &typed).await.status, StatusCode::SEE_OTHER);
        let csrf = stage.yann.token(&stage.page).await;
        let done = stage.yann.post(&format!("{}/terminer", stage.page), &[("csrf", &csrf)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        let mine = stage.yann.get(&theme).await;
        check_page(&mine.body);
        assert!(mine.says(words) && !mine.body.contains("<textarea"));
        let other = stage.gaelle.get(&theme).await;
        assert!(!other.says(words) && other.body.contains("<textarea"));
    })
    .await;
}
