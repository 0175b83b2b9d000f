//! The login wall, from a browser: half a session opens one page, sensitive acts ask again, nothing tells who has an account.

use app::access::{NewRole, NewUser, choose_password, create_user};
use app::messages::Post;
use axum::http::StatusCode;
use chrono::Duration;
use domain::access::role::Role;
use testkit::authenticator::code;
use testkit::world::{World, on_sqlite};
use web::routes_table;

use super::support::{Browser, Seen, demo, is};

const PASSWORD: &str = "trois canards bleus nagent sur le canal";
const EMAIL: &str = "nadia.pelletier@meuse.example";

async fn world_with(role: Role) -> World {
    let mut world = on_sqlite("55").await;
    let folder = world.department.documents.join("outbox");
    let post = Post::folder(folder, "declic@meuse.example").unwrap();
    world.app = world.app.clone().with_post(post, "https://declic.test".to_owned());
    let new =
        NewUser { email: EMAIL.to_owned(), name: "Nadia Pelletier".to_owned(), role: NewRole::of(role) };
    let token = create_user(&world.system(), new).await.unwrap().token;
    choose_password(&world.app, &world.department, &token, PASSWORD).await.unwrap();
    world
}

/// The key written under the drawing.
fn key(seen: &Seen) -> String {
    let (_, rest) = seen.body.split_once("dc-secret\">").unwrap_or_else(|| panic!("{}", seen.body));
    rest.split('<').next().unwrap().to_owned()
}

/// The codes of the page that shows them once.
fn codes(seen: &Seen) -> Vec<String> {
    let (_, rest) = seen.body.split_once("dc-codes").unwrap_or_else(|| panic!("{}", seen.body));
    rest.split("dc-mono\">").skip(1).map(|one| one.split('<').next().unwrap().to_owned()).collect()
}

/// Sets the second factor up from the page; gives the key and the codes.
pub async fn enrol(world: &World, browser: &mut Browser) -> (String, Vec<String>) {
    let here = "/compte/double-authentification";
    let csrf = browser.token(here).await;
    is(&browser.post(here, &[("csrf", &csrf)]).await, StatusCode::SEE_OTHER);
    let shown = browser.get(here).await;
    let (csrf, key) = (shown.csrf(), key(&shown));
    let check = "/compte/double-authentification/verifier";
    let wrong = browser.post(check, &[("csrf", &csrf), ("code", "000000")]).await;
    is(&wrong, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.says("Ce code n’est pas le bon"));
    let now = code(&key, world.app.clock.now());
    let done = browser.post(check, &[("csrf", &csrf), ("code", &now)]).await;
    is(&done, StatusCode::OK);
    let codes = codes(&done);
    assert_eq!(codes.len(), 10);
    world.wait(Duration::minutes(1));
    (key, codes)
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_session_opens_the_page_of_the_code_and_no_other() {
    let world = world_with(Role::Operator).await;
    let mut browser = Browser::with_password(&world, EMAIL, PASSWORD).await;
    let (key, codes) = enrol(&world, &mut browser).await;
    let mut half = Browser::new(&world);
    let seen = half.sign_in(EMAIL, PASSWORD).await;
    assert_eq!(seen.location(), "/55/second-facteur?suite=%2F55%2F");
    let mut tried = 0;
    for route in routes_table() {
        let apart = ["/second-facteur", "/deconnexion"].iter().any(|end| route.path.ends_with(end));
        if route.access == "public" || route.path.contains("/api/") || apart {
            continue;
        }
        let path = route.path.replace("{department}", "55").replace("{id}", "x").replace("{reject}", "x");
        let seen = match route.method.as_str() {
            "GET" => half.get(&path.replace("{code}", "verdun")).await,
            _ => half.post(&path.replace("{code}", "verdun"), &[]).await,
        };
        assert!(seen.location().starts_with("/55/second-facteur"), "{} {}", route.path, seen.status);
        tried += 1;
    }
    assert!(tried > 40, "{tried}");
    let csrf = half.token("/second-facteur").await;
    let send = |code: &str| {
        vec![("csrf", csrf.clone()), ("code", code.to_owned()), ("next", "/55/personnes".to_owned())]
    };
    let pairs =
        |fields: &[(&'static str, String)]| fields.iter().map(|(n, v)| (*n, v.clone())).collect::<Vec<_>>();
    let wrong = pairs(&send("123456"));
    let wrong: Vec<_> = wrong.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let seen = half.post("/second-facteur", &wrong).await;
    is(&seen, StatusCode::UNPROCESSABLE_ENTITY);
    let before = half.session().to_owned();
    let right = pairs(&send(&code(&key, world.app.clock.now())));
    let right: Vec<_> = right.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let seen = half.post("/second-facteur", &right).await;
    assert_eq!((seen.status, seen.location()), (StatusCode::SEE_OTHER, "/55/personnes"));
    assert_ne!(half.session(), before, "another cookie");
    is(&half.get("/personnes").await, StatusCode::OK);
    assert_eq!(half.get("/second-facteur").await.location(), "/55/");

    let mut other = Browser::new(&world);
    other.sign_in(EMAIL, PASSWORD).await;
    let csrf = other.token("/second-facteur").await;
    let seen = other.post("/second-facteur", &[("csrf", &csrf), ("code", &codes[0])]).await;
    assert_eq!(seen.location(), "/55/");
    let page = other.get("/compte/double-authentification").await;
    assert!(page.says("Il vous reste 9 codes de secours."));
    assert!(!codes.iter().any(|code| page.body.contains(code.as_str())), "never shown again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_is_led_to_the_second_factor_before_any_page() {
    let world = world_with(Role::Manager).await;
    let mut browser = Browser::new(&world);
    let seen = browser.sign_in(EMAIL, PASSWORD).await;
    assert_eq!(seen.location(), "/55/compte/double-authentification?suite=%2F55%2F");
    for path in
        ["/", "/compte", "/compte/sessions", "/personnes", "/reglages/securite", "/motif", "/confirmer"]
    {
        let seen = browser.get(path).await;
        assert!(seen.location().starts_with("/55/compte/double-authentification"), "{path} {}", seen.status);
    }
    assert!(
        browser
            .get("/compte/double-authentification")
            .await
            .says("Votre rôle demande la double authentification")
    );
    enrol(&world, &mut browser).await;
    is(&browser.get("/compte").await, StatusCode::OK);
    assert!(browser.get("/compte/double-authentification").await.says("elle ne peut pas être retirée"));
    let csrf = browser.token("/compte").await;
    let seen = browser.post("/compte/double-authentification/retirer", &[("csrf", &csrf)]).await;
    is(&seen, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sensitive_act_asks_the_password_again_and_loses_nothing() {
    let world = demo("55").await;
    let mut browser = Browser::of(&world, Role::Manager).await;
    let page = browser.get("/reglages/securite").await;
    is(&page, StatusCode::OK);
    let csrf = page.csrf();
    world.wait(Duration::minutes(11));
    let mut asked = 0;
    for route in routes_table().into_iter().filter(|route| route.proof == "recent" && route.method == "GET") {
        let path = route.path.replace("{department}", "55").replace("{id}", "x").replace("{code}", "x");
        let seen = browser.get(&path).await;
        if seen.status != StatusCode::FORBIDDEN && !seen.location().contains("/motif") {
            assert!(
                seen.location().starts_with("/55/confirmer?suite=%2F55%2F"),
                "{path} {}",
                seen.location()
            );
            asked += 1;
        }
    }
    assert!(asked >= 2, "{asked}");
    let typed = [
        ("csrf", csrf.as_str()),
        ("role", "admin"),
        ("role", "dpo"),
        ("idle", "45"),
        ("admin_idle", "10"),
        ("longest", "9"),
    ];
    let seen = browser.post("/reglages/securite", &typed).await;
    is(&seen, StatusCode::FORBIDDEN);
    assert!(seen.says("Confirmez que c’est vous") && seen.says("Ce que vous avez rempli est gardé"));
    for kept in [r#"name="role" value="admin""#, r#"name="role" value="dpo""#, r#"name="idle" value="45""#] {
        assert!(seen.body.contains(kept), "{kept}");
    }
    let with = |proof: &'static str| [&typed[..], &[("preuve", proof)]].concat();
    let seen = browser.post("/reglages/securite", &with("faux")).await;
    is(&seen, StatusCode::FORBIDDEN);
    assert!(seen.says("Ce mot de passe ou ce code n’est pas le bon") && seen.body.contains(r#"value="45""#));
    let before = browser.session().to_owned();
    let seen = browser.post("/reglages/securite", &with("demo")).await;
    assert_eq!((seen.status, seen.location()), (StatusCode::SEE_OTHER, "/55/reglages/securite"));
    assert_ne!(browser.session(), before);
    let page = browser.get("/reglages/securite").await;
    assert!(page.body.contains(r#"name="idle" value="45""#), "{}", page.body);
    assert!(page.says("Les règles de connexion sont enregistrées"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_asks_the_password_again_and_comes_back_to_the_list() {
    let world = demo("55").await;
    let mut browser = Browser::of(&world, Role::TeamLead).await;
    is(&browser.get("/personnes.csv").await, StatusCode::OK);
    world.wait(Duration::minutes(11));
    let seen = browser.get("/personnes.csv?famille=seul").await;
    assert_eq!(seen.location(), "/55/confirmer?suite=%2F55%2Fpersonnes.csv%3Ffamille%3Dseul");
    let here = "/confirmer?suite=%2F55%2Fpersonnes.csv%3Ffamille%3Dseul";
    let csrf = browser.token(here).await;
    let next = "/55/personnes.csv?famille=seul";
    let wrong = [("csrf", csrf.as_str()), ("next", next), ("preuve", "faux")];
    is(&browser.post("/confirmer", &wrong).await, StatusCode::UNPROCESSABLE_ENTITY);
    let seen = browser.post("/confirmer", &[("csrf", &csrf), ("next", next), ("preuve", "demo")]).await;
    assert_eq!(seen.location(), "/55/personnes?famille=seul");
    assert!(browser.get("/personnes?famille=seul").await.says("vous pouvez exporter"));
    is(&browser.get(next).await, StatusCode::OK);
    let away = [("csrf", csrf.as_str()), ("next", "//ailleurs.test/"), ("preuve", "demo")];
    assert_eq!(browser.post("/confirmer", &away).await.location(), "/55/");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_tells_whether_an_account_exists() {
    let world = world_with(Role::Operator).await;
    let mut browser = Browser::new(&world);
    let plain = |seen: &Seen, email: &str| seen.body.replace(email, "…");
    let absent = "personne.absente@meuse.example";
    let (known, unknown) = (browser.sign_in(EMAIL, "canard").await, browser.sign_in(absent, "canard").await);
    assert_eq!((known.status, plain(&known, EMAIL)), (unknown.status, plain(&unknown, absent)));
    let csrf = browser.token("/mot-de-passe-oublie").await;
    let known = browser.post("/mot-de-passe-oublie", &[("csrf", &csrf), ("email", EMAIL)]).await;
    let unknown = browser.post("/mot-de-passe-oublie", &[("csrf", &csrf), ("email", absent)]).await;
    is(&known, StatusCode::OK);
    assert_eq!((known.status, &known.body), (unknown.status, &unknown.body));
    let wrong = browser.post("/mot-de-passe-oublie", &[("csrf", &csrf), ("email", "nadia")]).await;
    is(&wrong, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("value=\"nadia\""), "what was typed is kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_chosen_again_from_the_letter() {
    let world = world_with(Role::Operator).await;
    let mut browser = Browser::new(&world);
    assert!(browser.get("/connexion").await.body.contains("/55/mot-de-passe-oublie"));
    let csrf = browser.token("/mot-de-passe-oublie").await;
    browser.post("/mot-de-passe-oublie", &[("csrf", &csrf), ("email", EMAIL)]).await;
    while app::messages::send_due(&world.system()).await.unwrap() {}
    let outbox = world.department.documents.join("outbox");
    let letters =
        std::fs::read_dir(outbox).unwrap().map(|e| std::fs::read_to_string(e.unwrap().path()).unwrap());
    let letters: Vec<String> = letters.map(|text| text.replace("=\r\n", "")).collect();
    let link = letters.iter().find_map(|text| text.split_once("https://declic.test/55/mot-de-passe/"));
    let link = link.unwrap().1.split_whitespace().next().unwrap().to_owned();
    let page = format!("/mot-de-passe/{link}");
    let csrf = browser.token(&page).await;
    let weak = browser.post(&page, &[("csrf", &csrf), ("password", "gravier mou")]).await;
    is(&weak, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(weak.says("une phrase de 7 mots"));
    let new = "sept loutres grises dorment sous le pont";
    is(&browser.post(&page, &[("csrf", &csrf), ("password", new)]).await, StatusCode::SEE_OTHER);
    is(&browser.get(&page).await, StatusCode::NOT_FOUND);
    is(&browser.sign_in(EMAIL, PASSWORD).await, StatusCode::UNPROCESSABLE_ENTITY);
    is(&browser.sign_in(EMAIL, new).await, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_tries_say_how_long_to_wait_and_a_database_away_lets_nobody_in() {
    let world = world_with(Role::Operator).await;
    let mut browser = Browser::new(&world);
    for _ in 0..10 {
        is(&browser.sign_in(EMAIL, "canard").await, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let seen = browser.sign_in(EMAIL, PASSWORD).await;
    is(&seen, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(seen.headers["retry-after"], "60");
    assert!(seen.says("Attendez une minute, puis essayez de nouveau."));
    let csrf = browser.token("/connexion").await;
    world.department.db.clone().close().await.unwrap();
    let fields = [("csrf", csrf.as_str()), ("email", EMAIL), ("password", PASSWORD)];
    let seen = browser.post("/connexion", &fields).await;
    is(&seen, StatusCode::SERVICE_UNAVAILABLE);
    assert!(seen.says("Déclic est momentanément indisponible"));
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_sessions_are_shown_and_ended_from_the_page() {
    let world = world_with(Role::Operator).await;
    let mut mine = Browser::with_password(&world, EMAIL, PASSWORD).await;
    let mut other = Browser::with_password(&world, EMAIL, PASSWORD).await;
    let page = mine.get("/compte/sessions").await;
    assert!(page.says("cet appareil") && page.says("Appareil inconnu"));
    let csrf = page.csrf();
    let (_, rest) = page.body.split_once("name=\"session\" value=\"").unwrap();
    assert!(rest.starts_with("autres"));
    let (_, rest) = rest.split_once("name=\"session\" value=\"").unwrap();
    let name = rest.split('"').next().unwrap();
    is(
        &mine.post("/compte/sessions", &[("csrf", &csrf), ("session", "inconnue")]).await,
        StatusCode::NOT_FOUND,
    );
    is(&mine.post("/compte/sessions", &[("csrf", &csrf), ("session", name)]).await, StatusCode::SEE_OTHER);
    assert!(other.get("/compte").await.location().contains("/connexion"));
    is(&mine.get("/compte").await, StatusCode::OK);

    let csrf = mine.token("/compte/mot-de-passe").await;
    let new = "sept loutres grises dorment sous le pont";
    let wrong = [("csrf", csrf.as_str()), ("current", "canard"), ("password", new)];
    let seen = mine.post("/compte/mot-de-passe", &wrong).await;
    is(&seen, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(seen.says("Ce n’est pas votre mot de passe actuel."));
    let right = [("csrf", csrf.as_str()), ("current", PASSWORD), ("password", new)];
    assert_eq!(mine.post("/compte/mot-de-passe", &right).await.location(), "/55/compte");
    is(&mine.get("/compte").await, StatusCode::OK);
}
