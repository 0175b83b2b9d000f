//! Generated from the map of routes: every write leaves a line in the journal. A route that is not exercised here fails the
//! test: say how it is exercised, or why it leaves nothing.

use app::intake::queue::work_once;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::access::role::Role;
use store::audit::{JournalFilter, Reach};
use testkit::authenticator::code;
use testkit::world::World;
use tower::ServiceExt as _;
use web::{Site, router, routes_table};

use super::login::enrol;
use super::support::{Browser, Part, demo, read};

/// Writes that leave nothing in the journal, each with its reason.
const SILENT: [(&str, &str); 2] = [
    (
        "/{department}/mot-de-passe-oublie",
        "nobody is looked for yet: the job that writes the letter leaves the line",
    ),
    (
        "/{department}/compte/double-authentification",
        "nothing counts before the first right code, which leaves the line",
    ),
];

/// A table whose columns nobody has named yet.
const UNKNOWN: &str = "Colonne A;Colonne B;Colonne C\r\nDelaunay;Marthe;04/05/1991\r\n";

const PASSWORD: &str = "sept mots sans rapport entre eux ici";

pub async fn lines(world: &World) -> u64 {
    let all = JournalFilter::default();
    store::audit::count(&world.department.db, &Reach::Everything, &all).await.unwrap()
}

/// An account without a password yet, and the word of its link.
async fn invited(world: &World, name: &str) -> (String, String) {
    let email = format!("{name}@example.org");
    let new = app::access::NewUser {
        email: email.clone(),
        name: "Zoé Hannequin".to_owned(),
        role: app::access::NewRole::of(Role::Operator),
    };
    (email, app::access::create_user(&world.system(), new).await.unwrap().token)
}

async fn choose(browser: &mut Browser, token: &str) -> StatusCode {
    let path = format!("/mot-de-passe/{token}");
    let csrf = browser.token(&path).await;
    browser.post(&path, &[("csrf", &csrf), ("password", PASSWORD), ("password2", PASSWORD)]).await.status
}

/// Two records of which one asks whether they are one person; the address of the question.
async fn question(world: &World, lead: &mut Browser) -> String {
    let first =
        "Nom;Prénom;Date de naissance;N° CAF;Rôle;Civilité\r\nDelaunay;Marthe;04/05/1991;1234567;DEM;Mme\r\n";
    let second = first.replace("Delaunay", "Delaunai").replace("1234567", "7654321");
    read(world, lead, "un.csv", first.as_bytes()).await;
    read(world, lead, "deux.csv", second.as_bytes()).await;
    lead.get("/rapprochements").await.link("/55/rapprochements/")
}

/// Somebody's page.
async fn person(world: &World, lead: &mut Browser) -> String {
    world.import("10.xml", &world.month("2026-10-01", 10, 0.0)).await.unwrap();
    lead.get("/personnes").await.link("/55/personnes/0")
}

/// What is ready before the write, and the write itself.
async fn exercise(world: &World, path: &str) -> (u64, StatusCode) {
    let rest = path.strip_prefix("/{department}/").unwrap();
    match rest.split('/').next().unwrap() {
        "fichiers" | "rapprochements" => file_in(world, path).await,
        "personnes" if rest.contains("/droits") => right(world, path).await,
        "appels" => super::calls::exercise(world, path).await,
        "transferts" => super::transfer::exercise(world, path).await,
        "personnes" | "reglages" if rest.contains("/transfert") => {
            super::transfer::exercise(world, path).await
        }
        "personnes" if rest.contains("/appel") || rest.ends_with("/orientation") => {
            super::calls::exercise(world, path).await
        }
        "reglages" if rest.contains("/orientation") => super::calls::exercise(world, path).await,
        "personnes" => somebody(world, path).await,
        "reglages" if rest.contains("/secteurs") => super::sectors::exercise(world, path).await,
        "adressages" => super::referrals::exercise(world, path).await,
        "reglages" => setting(world, path).await,
        "droits" => right(world, path).await,
        "api" => software(world, path).await,
        _ => way_in(world, path).await,
    }
}

/// The way in and out, and what somebody with an account of their own writes.
async fn way_in(world: &World, path: &str) -> (u64, StatusCode) {
    let mut lead = Browser::of(world, Role::TeamLead).await;
    let mut manager = Browser::of(world, Role::Manager).await;
    let mut nobody = Browser::new(world);
    match path {
        "/{department}/connexion" => {
            let (email, token) = invited(world, "connexion").await;
            choose(&mut nobody, &token).await;
            let csrf = nobody.token("/connexion").await;
            let before = lines(world).await;
            let fields = [("csrf", csrf.as_str()), ("email", &email), ("password", PASSWORD)];
            (before, nobody.post("/connexion", &fields).await.status)
        }
        "/{department}/connexion/demo" => {
            let before = lines(world).await;
            Browser::of(world, Role::JobCoach).await;
            (before, StatusCode::SEE_OTHER)
        }
        "/{department}/mot-de-passe/{token}" => {
            let (_, token) = invited(world, "invitee").await;
            (lines(world).await, choose(&mut nobody, &token).await)
        }
        "/{department}/deconnexion" => form(world, &mut lead, "/", "/deconnexion", &[]).await,
        "/{department}/motif" => {
            let fields = [("reason", "Réponse à un courrier du médiateur")];
            form(world, &mut manager, "/motif", "/motif", &fields).await
        }
        path if path == "/{department}/second-facteur" || path.contains("/compte/") => {
            own_account(world, path).await
        }
        "/{department}/confirmer" => {
            form(world, &mut lead, "/confirmer", "/confirmer", &[("preuve", "demo")]).await
        }
        path => {
            panic!("say in tests/site/journalled.rs how a write to {path} is exercised, or why it is silent")
        }
    }
}

/// Files and the questions they leave.
async fn file_in(world: &World, path: &str) -> (u64, StatusCode) {
    let mut lead = Browser::of(world, Role::TeamLead).await;
    match path {
        "/{department}/fichiers" => {
            let csrf = lead.token("/fichiers").await;
            let before = lines(world).await;
            (before, lead.upload(&csrf, "liste.csv", UNKNOWN.as_bytes(), None).await.status)
        }
        "/{department}/fichiers/{id}/colonnes" => {
            let at = read(world, &mut lead, "tableau.csv", UNKNOWN.as_bytes()).await;
            let at = format!("{at}/colonnes");
            let fields = [
                ("go", "import"),
                ("profile_name", ""),
                ("column-0", "0"),
                ("column-1", "1"),
                ("column-2", "3"),
            ];
            form(world, &mut lead, &at, &at, &fields).await
        }
        "/{department}/rapprochements/{id}" => {
            let at = question(world, &mut lead).await;
            form(world, &mut lead, &at, &at, &[("decision", "same")]).await
        }
        "/{department}/rapprochements/{id}/defaire" => {
            let at = lead.get("/rapprochements?etat=decides").await.link("/55/rapprochements/");
            form(world, &mut lead, &at, &format!("{at}/defaire"), &[]).await
        }
        path => {
            panic!("say in tests/site/journalled.rs how a write to {path} is exercised, or why it is silent")
        }
    }
}

/// Somebody's file.
async fn somebody(world: &World, path: &str) -> (u64, StatusCode) {
    let mut lead = Browser::of(world, Role::TeamLead).await;
    match path {
        "/{department}/personnes/{id}/nir" => {
            let at = person(world, &mut lead).await;
            let fields = [("reason", "Demande de la CPAM du 12 novembre")];
            form(world, &mut lead, &at, &format!("{at}/nir"), &fields).await
        }
        "/{department}/personnes/{id}/contacts" => {
            let page = format!("{}/contacts", person(world, &mut lead).await);
            let fields = [("kind", "phone"), ("value", "06 39 98 00 77"), ("replaces", "")];
            form(world, &mut lead, &page, &page, &fields).await
        }
        "/{department}/personnes/{id}/contacts/reponses" => {
            let page = format!("{}/contacts", person(world, &mut lead).await);
            form(world, &mut lead, &page, &format!("{page}/reponses"), &[("voicemail", "no")]).await
        }
        "/{department}/personnes/{id}/contacts/{contact}" => {
            let page = format!("{}/contacts", person(world, &mut lead).await);
            let seen = lead.get(&page).await;
            let (_, rest) = seen.body.split_once(&format!("action=\"{page}/0")).unwrap();
            let mark = format!("{page}/0{}", rest.split('"').next().unwrap());
            form(world, &mut lead, &page, &mark, &[("mark", "unusable")]).await
        }
        "/{department}/personnes/{id}/documents" => {
            let page = format!("{}/documents", person(world, &mut lead).await);
            let csrf = lead.token(&page).await;
            let before = lines(world).await;
            (before, document(&mut lead, &page, &csrf).await)
        }
        "/{department}/personnes/{id}/documents/{document}/retirer" => {
            let page = format!("{}/documents", person(world, &mut lead).await);
            let csrf = lead.token(&page).await;
            document(&mut lead, &page, &csrf).await;
            let document = lead.get(&page).await.link(&format!("{page}/0"));
            let field = format!("reason-{}", document.rsplit('/').next().unwrap().replace('-', ""));
            let fields = [(field.as_str(), "ajouté sur le mauvais dossier")];
            form(world, &mut lead, &page, &format!("{document}/retirer"), &fields).await
        }
        path => {
            panic!("say in tests/site/journalled.rs how a write to {path} is exercised, or why it is silent")
        }
    }
}

/// What somebody asks about their data.
async fn right(world: &World, path: &str) -> (u64, StatusCode) {
    let mut lead = Browser::of(world, Role::TeamLead).await;
    let mut dpo = Browser::of(world, Role::Dpo).await;
    let page = format!("{}/droits", person(world, &mut lead).await);
    let asked = |right| [("right", right), ("received", "2026-11-20"), ("note", "au guichet")];
    match path {
        "/{department}/personnes/{id}/droits" => {
            form(world, &mut dpo, &page, &page, &asked("objection")).await
        }
        "/{department}/personnes/{id}/droits/degeler" => {
            let request = recorded(&mut dpo, &page, &asked("restriction")).await;
            form(world, &mut dpo, &request, &request, &[("reply", "granted")]).await;
            form(world, &mut dpo, &page, &format!("{page}/degeler"), &[]).await
        }
        "/{department}/droits/{id}" => {
            let request = recorded(&mut dpo, &page, &asked("rectification")).await;
            form(world, &mut dpo, &request, &request, &[("reply", "granted")]).await
        }
        "/{department}/droits/{id}/delai" => {
            let request = recorded(&mut dpo, &page, &asked("rectification")).await;
            let fields = [("delay", "Trois services tiennent une partie du dossier.")];
            form(world, &mut dpo, &request, &format!("{request}/delai"), &fields).await
        }
        "/{department}/droits/{id}/copie.json" | "/{department}/droits/{id}/copie.pdf" => {
            let request = recorded(&mut dpo, &page, &asked("access")).await;
            let copy = path.rsplit('/').next().unwrap();
            form(world, &mut dpo, &request, &format!("{request}/{copy}"), &[]).await
        }
        path => {
            panic!("say in tests/site/journalled.rs how a write to {path} is exercised, or why it is silent")
        }
    }
}

/// Records a request; its page.
async fn recorded(dpo: &mut Browser, page: &str, fields: &[(&str, &str)]) -> String {
    let csrf = dpo.token(page).await;
    dpo.post(page, &[&[("csrf", csrf.as_str())], fields].concat()).await.location().to_owned()
}

/// Settings.
async fn setting(world: &World, path: &str) -> (u64, StatusCode) {
    let mut manager = Browser::of(world, Role::Manager).await;
    match path {
        "/{department}/reglages/securite" => {
            let fields = [("role", "admin"), ("idle", "45"), ("admin_idle", "15"), ("longest", "12")];
            form(world, &mut manager, "/reglages/securite", "/reglages/securite", &fields).await
        }
        "/{department}/reglages/territoires" => {
            let at = "/reglages/territoires";
            form(world, &mut manager, at, at, &[("name", "Val d'Ornois")]).await
        }
        "/{department}/reglages/territoires/{code}/nom" => {
            let at = "/reglages/territoires/verdun";
            form(world, &mut manager, at, &format!("{at}/nom"), &[("name", "Verdunois")]).await
        }
        "/{department}/reglages/territoires/{code}/communes" => {
            let fields = [("commune", "55029"), ("to", "verdun")];
            let at = "/reglages/territoires/barrois";
            form(world, &mut manager, at, &format!("{at}/communes"), &fields).await
        }
        "/{department}/reglages/courriers" => {
            let at = "/reglages/courriers";
            form(world, &mut manager, at, at, &[("phone", "03 29 00 00 00")]).await
        }
        "/{department}/reglages/mentions" => {
            let at = "/reglages/mentions";
            form(world, &mut manager, at, at, &[("dpo", "dpo@meuse.example")]).await
        }
        path => {
            panic!("say in tests/site/journalled.rs how a write to {path} is exercised, or why it is silent")
        }
    }
}

/// What a software sends.
async fn software(world: &World, path: &str) -> (u64, StatusCode) {
    match path {
        "/{department}/api/v1/imports" => {
            let new = app::access::NewToken::of("logiciel", app::access::TokenScope::Write);
            let token = app::access::create_token(&world.system(), new).await.unwrap();
            let request = Request::post("/55/api/v1/imports?file_name=api.csv")
                .header("host", "declic.test")
                .header("authorization", format!("Bearer {token}"))
                .body(Body::from(format!("{UNKNOWN}Autre;Paul;05/06/1988\r\n")))
                .unwrap();
            let before = lines(world).await;
            (before, router(&Site::new(world.app.clone())).oneshot(request).await.unwrap().status())
        }
        path => {
            panic!("say in tests/site/journalled.rs how a write to {path} is exercised, or why it is silent")
        }
    }
}

/// Adds a document.
async fn document(browser: &mut Browser, page: &str, csrf: &str) -> StatusCode {
    let parts = [
        Part::Text("csrf", csrf),
        Part::Text("kind", "other"),
        Part::File("file", "a.txt", b"un petit texte"),
    ];
    browser.send_parts(page, &parts).await.status
}

/// What somebody with an account of their own writes about it.
async fn own_account(world: &World, path: &str) -> (u64, StatusCode) {
    let name = path.rsplit('/').next().unwrap();
    let (email, token) = invited(world, name).await;
    choose(&mut Browser::new(world), &token).await;
    let mut mine = Browser::with_password(world, &email, PASSWORD).await;
    let second = "/compte/double-authentification";
    match path.strip_prefix("/{department}").unwrap() {
        "/compte/mot-de-passe" => {
            let new = "huit autres mots sans rapport entre eux ici";
            let fields = [("current", PASSWORD), ("password", new)];
            form(world, &mut mine, "/compte/mot-de-passe", "/compte/mot-de-passe", &fields).await
        }
        "/compte/sessions" => {
            Browser::with_password(world, &email, PASSWORD).await;
            form(world, &mut mine, "/compte/sessions", "/compte/sessions", &[("session", "autres")]).await
        }
        "/compte/double-authentification/verifier" => {
            let before = lines(world).await;
            enrol(world, &mut mine).await;
            (before, StatusCode::OK)
        }
        "/second-facteur" => {
            let (key, _) = enrol(world, &mut mine).await;
            let mut half = Browser::with_password(world, &email, PASSWORD).await;
            let code = code(&key, world.app.clock.now());
            form(world, &mut half, "/second-facteur", "/second-facteur", &[("code", &code)]).await
        }
        ended => {
            enrol(world, &mut mine).await;
            form(world, &mut mine, second, ended, &[]).await
        }
    }
}

/// Reads a page for the token of its forms, then sends one.
pub async fn form(
    world: &World,
    browser: &mut Browser,
    page: &str,
    to: &str,
    fields: &[(&str, &str)],
) -> (u64, StatusCode) {
    let csrf = browser.token(page).await;
    let before = lines(world).await;
    let all = [&[("csrf", csrf.as_str())], fields].concat();
    (before, browser.post(to, &all).await.status)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_write_leaves_a_line_in_the_journal() {
    let world = demo("55").await;
    let mut tried = 0;
    for route in routes_table().into_iter().filter(|route| route.method != "GET") {
        // The forms of the walls are sent, and their lines counted, by their own test.
        let silent = SILENT.iter().any(|(path, _)| *path == route.path);
        if silent || super::PLAYED.iter().any(|plays| plays(&route.path)) {
            continue;
        }
        let (before, status) = exercise(&world, &route.path).await;
        assert!(status.is_success() || status == StatusCode::SEE_OTHER, "{} {status}", route.path);
        assert!(lines(&world).await > before, "{} {} leaves nothing", route.method, route.path);
        tried += 1;
        while work_once(&world.system()).await.unwrap() {}
    }
    assert!(tried >= 14, "{tried}");
    assert_eq!(store::audit::verify_chain(&world.department.db).await.unwrap().fault, None);
}

/// Reads of the API that tell of nobody.
const OF_NOBODY: [&str; 4] =
    ["/api/v1/imports", "/api/v1/imports/{id}", "/api/v1/openapi.json", "/api/v1/sms/{token}"];

#[tokio::test(flavor = "multi_thread")]
async fn every_read_of_people_by_a_software_leaves_one_line_that_names_nobody() {
    let world = demo("55").await;
    world.import("10.xml", &world.month("2026-10-01", 10, 0.0)).await.unwrap();
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let person = lead.get("/personnes").await.link("/55/personnes/0");
    let person = person.rsplit('/').next().unwrap().to_owned();
    let new = app::access::NewToken::of("portail", app::access::TokenScope::Read);
    let token = app::access::create_token(&world.system(), new).await.unwrap();
    let ask = async |path: String| {
        let request = Request::get(path)
            .header("host", "declic.test")
            .header("authorization", format!("Bearer {token}"))
            .body(Body::empty())
            .unwrap();
        router(&Site::new(world.app.clone())).oneshot(request).await.unwrap().status()
    };
    let mut tried = 0;
    for route in routes_table() {
        let Some(rest) = route.path.strip_prefix("/{department}") else { continue };
        if route.method != "GET" || !rest.starts_with("/api/") || OF_NOBODY.contains(&rest) {
            continue;
        }
        let before = lines(&world).await;
        assert_eq!(ask(format!("/55{}", rest.replace("{id}", &person))).await, StatusCode::OK, "{rest}");
        assert_eq!(lines(&world).await, before + 1, "{rest}");
        tried += 1;
    }
    assert!(tried >= 3, "{tried}");

    let filtered = "/55/api/v1/people?state=to_orient&territory=verdun&limit=2";
    assert_eq!(ask(filtered.to_owned()).await, StatusCode::OK);
    let filter = JournalFilter { limit: 1, ..JournalFilter::default() };
    let kept =
        store::audit::list(&world.department.db, &Reach::Everything, &filter).await.unwrap().remove(0).row;
    assert_eq!((kept.act.as_str(), kept.actor_name.as_str(), kept.person_id), ("read_list", "portail", None));
    let names = ["state", "territory", "referent", "people"].map(|name| kept.detail[name].clone());
    assert_eq!(names[..3], ["to_orient".into(), "verdun".into(), serde_json::Value::Bool(false)]);
    assert_eq!(kept.detail.as_object().unwrap().len(), names.len(), "nothing else: {}", kept.detail);
    let shown = Browser::of(&world, Role::Dpo).await.get("/journal").await;
    assert!(shown.says("Filtre : À orienter, territoire verdun."), "{}", shown.body);
    // Somebody who reads a list at a glance leaves none.
    let before = lines(&world).await;
    lead.get("/personnes").await;
    assert_eq!(lines(&world).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_reads_the_journal_within_their_reach_and_the_officer_takes_it_away() {
    let world = demo("55").await;
    world.import("10.xml", &world.month("2026-10-01", 10, 0.0)).await.unwrap();
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let person = lead.get("/personnes").await.link("/55/personnes/0");
    lead.get(&format!("{person}/droit")).await;
    let mut manager = Browser::of(&world, Role::Manager).await;
    form(
        &world,
        &mut manager,
        "/reglages/territoires/verdun",
        "/reglages/territoires/verdun/nom",
        &[("name", "=Verdunois")],
    )
    .await;

    let own = lead.get("/journal").await;
    assert!(own.says("Vos actes et ceux de votre équipe") && own.says("Onglet Droit et fichiers."));
    assert!(!own.says("Nom du territoire") && !own.says("Vérifier tout le journal"));
    assert_eq!(lead.get("/journal.csv").await.status, StatusCode::FORBIDDEN);
    let opened = lead.get(&format!("{person}/consultations")).await;
    assert!(opened.says("Onglet Droit et fichiers.") && opened.says("Essai Responsable de territoire"));

    let mut coach = Browser::of(&world, Role::JobCoach).await;
    let mine = coach.get("/journal").await;
    assert!(mine.says("Ce que vous avez lu ou fait") && mine.says("1 ligne"), "{}", mine.body);
    let mut admin = Browser::of(&world, Role::Admin).await;
    let technical = admin.get("/journal").await;
    assert!(technical.says("Nom du territoire") && !technical.says("Onglet"));

    let mut dpo = Browser::of(&world, Role::Dpo).await;
    let all = dpo.get("/journal").await;
    assert!(all.says("Nom du territoire : « Verdun et Argonne » devient « =Verdunois »."), "{}", all.body);
    assert!(all.says("Le premier bloc sera scellé demain.") && all.says("jamais été vérifié"));
    assert!(dpo.get("/journal?role=team_lead").await.says("Onglet Droit et fichiers."));
    assert!(dpo.get("/journal?motif=avec").await.says("Aucune ligne pour ces filtres"));
    app::audit::seal_now(&world.system()).await.unwrap();
    assert!(dpo.get("/journal?verifier=1").await.says("Un bloc scellé."));
    let sealed = dpo.get("/journal").await;
    assert!(sealed.says("Dernier bloc scellé : 1") && sealed.says("Sceau à noter ailleurs : 1:"));
    assert!(sealed.says("Dernière vérification") && sealed.says("Entier,"), "{}", sealed.body);
    let csv = dpo.get("/journal.csv?acte=edit_settings").await;
    assert_eq!(csv.status, StatusCode::OK);
    assert!(csv.body.contains("Change un réglage") && csv.body.lines().count() == 2, "{}", csv.body);
    assert!(!csv.body.contains("\"=") && !csv.body.contains(";="), "{}", csv.body);
    assert_eq!(dpo.get("/journal.xlsx").await.status, StatusCode::OK);
    assert!(dpo.get("/journal?acte=export").await.says("journal.xlsx"));
}
