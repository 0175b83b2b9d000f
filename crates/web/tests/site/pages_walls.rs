//! Accounts, structures, tokens, notes and exceptional accesses, page by page, as a browser sends them.

use axum::http::StatusCode;
use domain::access::role::Role;
use store::people::PersonRow;
use testkit::world::World;
use web::routes_table;

use super::support::{Browser, demo, is};

async fn people(world: &World) -> Vec<PersonRow> {
    use app::people::list::{Filter, Order, Page, Sort, list};
    let page = Page { after: None, limit: 1_000 };
    let order = (Sort::Name, Order::Ascending);
    let listed = list(&world.system(), &Filter::default(), order, &page).await.unwrap();
    listed.rows.into_iter().map(|entry| entry.row).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_opens_an_account_gives_a_role_and_closes_it() {
    let world = demo("55").await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let new = admin.get("/reglages/utilisateurs/nouveau").await;
    let csrf = new.csrf();
    let empty =
        admin.post("/reglages/utilisateurs/nouveau", &[("csrf", &csrf), ("name", "Léna Marchal")]).await;
    is(&empty, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.says("Léna Marchal") && empty.says("Choisissez un rôle."));
    let fields = [
        ("csrf", csrf.as_str()),
        ("name", "Léna Marchal"),
        ("email", "lena@meuse.example"),
        ("role", "job_coach"),
        ("place", "territoire:verdun"),
    ];
    let shown = admin.post("/reglages/utilisateurs/nouveau", &fields).await;
    is(&shown, StatusCode::OK);
    assert!(shown.says("/55/mot-de-passe/"), "the link is shown once");
    let page = shown.link("/55/reglages/utilisateurs/");
    let user = admin.get(&page).await;
    assert!(user.says("Coach emploi") && user.says("Verdun") && user.says("jamais"));
    let role = [("csrf", csrf.as_str()), ("role", "operator"), ("place", ""), ("until", "2026-12-31")];
    let given = admin.post(&format!("{page}/roles"), &role).await;
    is(&given, StatusCode::SEE_OTHER);
    let user = admin.get(&page).await;
    assert!(user.says("Le rôle est donné.") && user.says("du 26 novembre 2026 au 31 décembre 2026"));
    let end = user
        .body
        .split(&format!("action=\"{page}/roles/"))
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let ended = admin.post(&format!("{page}/roles/{end}"), &[("csrf", &csrf), ("when", "now")]).await;
    is(&ended, StatusCode::SEE_OTHER);
    assert!(admin.get(&page).await.says("terminé"));
    is(&admin.post(&format!("{page}/fermer"), &[("csrf", &csrf)]).await, StatusCode::SEE_OTHER);
    assert!(admin.get(&page).await.says("Rouvrir ce compte"));
    is(&admin.post(&format!("{page}/rouvrir"), &[("csrf", &csrf)]).await, StatusCode::SEE_OTHER);
    assert!(admin.post(&format!("{page}/lien"), &[("csrf", &csrf)]).await.says("/55/mot-de-passe/"));
    let list = admin.get("/reglages/utilisateurs").await;
    assert!(list.says("lena@meuse.example") && list.says("invitation sans réponse"));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_s_own_account_shows_no_way_to_give_oneself_a_role() {
    let world = demo("55").await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let list = admin.get("/reglages/utilisateurs").await;
    let page = list.link("/55/reglages/utilisateurs/0");
    let own = admin.get(&page).await;
    assert!(!own.says("Donner ce rôle") && !own.says("Fermer ce compte"));
    let csrf = own.csrf();
    let forced = [("csrf", csrf.as_str()), ("role", "manager"), ("place", "")];
    let refused = admin.post(&format!("{page}/roles"), &forced).await;
    is(&refused, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("Personne ne se donne un rôle à soi-même"));
    let role = own
        .body
        .split(&format!("action=\"{page}/roles/"))
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let kept = admin.post(&format!("{page}/roles/{role}"), &[("csrf", &csrf), ("when", "now")]).await;
    is(&kept, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(kept.says("le dernier de l’administration"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_team_lead_proposes_and_an_administrator_answers() {
    let world = demo("55").await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let page = lead.get("/reglages/utilisateurs/proposer").await;
    assert!(!page.says("Administration"), "only the roles of a team");
    let csrf = page.csrf();
    let fields = |email: &'static str| {
        vec![
            ("csrf", csrf.as_str()),
            ("name", "Léna Marchal"),
            ("email", email),
            ("role", "job_coach"),
            ("place", ""),
        ]
    };
    is(
        &lead.post("/reglages/utilisateurs/proposer", &fields("lena@meuse.example")).await,
        StatusCode::SEE_OTHER,
    );
    is(
        &lead.post("/reglages/utilisateurs/proposer", &fields("hugo@meuse.example")).await,
        StatusCode::SEE_OTHER,
    );
    assert!(lead.get("/reglages/utilisateurs/proposer").await.says("en attente"));
    let mut admin = Browser::of(&world, Role::Admin).await;
    assert!(admin.get("/").await.says("Répondre à 2 comptes proposés"));
    let list = admin.get("/reglages/utilisateurs").await;
    let csrf = list.csrf();
    let answers: Vec<String> = list
        .body
        .split("action=\"")
        .filter_map(|rest| rest.split('"').next())
        .filter(|action| action.contains("/propositions/"))
        .map(str::to_owned)
        .collect();
    assert_eq!(answers.len(), 4, "{answers:?}");
    let accepted = admin.post(&answers[0], &[("csrf", &csrf)]).await;
    assert!(accepted.says("/55/mot-de-passe/"));
    is(&admin.post(&answers[0], &[("csrf", &csrf)]).await, StatusCode::UNPROCESSABLE_ENTITY);
    is(&admin.post(&answers[3], &[("csrf", &csrf)]).await, StatusCode::SEE_OTHER);
    let told = lead.get("/reglages/utilisateurs/proposer").await;
    assert!(told.says("accepté") && told.says("refusé"));
}

#[tokio::test(flavor = "multi_thread")]
async fn structures_and_tokens_are_kept_by_their_pages() {
    let world = demo("55").await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    assert!(admin.get("/reglages/structures").await.says("Aucune structure"));
    let csrf = admin.token("/reglages/structures/nouvelle").await;
    let fields = [
        ("csrf", csrf.as_str()),
        ("name", "Le Relais des Côtes"),
        ("kind", "shelter"),
        ("side", "social"),
        ("sensitive", "oui"),
        ("commune", "Commercy"),
        ("territory", "verdun"),
    ];
    let wrong = [
        ("csrf", csrf.as_str()),
        ("name", "Le Relais"),
        ("kind", "shelter"),
        ("side", "social"),
        ("commune", "Orléans"),
    ];
    let refused = admin.post("/reglages/structures/nouvelle", &wrong).await;
    is(&refused, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("« Orléans » n’est pas une commune"));
    is(&admin.post("/reglages/structures/nouvelle", &fields).await, StatusCode::SEE_OTHER);
    let list = admin.get("/reglages/structures").await;
    assert!(
        list.says("protégée")
            && list.says("Hébergement, accueil de jour, côté social")
            && list.says("Verdun")
    );
    let page = list.link("/55/reglages/structures/0");
    assert!(admin.get(&page).await.says("Commercy"));
    let closed =
        [&fields[..3], &[("side", "both"), ("until", "2026-11-01"), ("since", "2026-01-01")]].concat();
    is(&admin.post(&page, &closed).await, StatusCode::SEE_OTHER);
    assert!(admin.get("/reglages/structures").await.says("fermée"));

    let csrf = admin.token("/reglages/jetons").await;
    let new =
        [("csrf", csrf.as_str()), ("name", "Portail usager"), ("scope", "read"), ("last_day", "2028-01-01")];
    let refused = admin.post("/reglages/jetons", &new).await;
    is(&refused, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("un an au plus"));
    let shown = admin.post("/reglages/jetons", &new[..3]).await;
    assert!(shown.body.contains("declic_") && shown.says("montré qu’une fois"));
    let list = admin.get("/reglages/jetons").await;
    assert!(list.says("Portail usager") && !list.body.contains("declic_"));
    let action = |word: &str| {
        let found = list.body.split("action=\"").filter_map(|rest| rest.split('"').next());
        found.filter(|action| action.ends_with(word)).last().unwrap().to_owned()
    };
    assert!(admin.post(&action("/remplacer"), &[("csrf", &csrf)]).await.body.contains("declic_"));
    is(&admin.post(&action("/revoquer"), &[("csrf", &csrf)]).await, StatusCode::SEE_OTHER);
    assert!(admin.get("/reglages/jetons").await.says("révoqué"));
    is(&admin.post(&action("/revoquer"), &[("csrf", &csrf)]).await, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coach_who_receives_somebody_opens_their_file_and_two_people_read_of_it() {
    let world = demo("55").await;
    world.import("09.xml", &world.month("2026-10-01", 30, 0.0)).await.unwrap();
    let person = people(&world).await.remove(0);
    let mut coach = Browser::of(&world, Role::JobCoach).await;
    let page = format!("/personnes/{}", person.id);
    let hidden = coach.get(&page).await;
    is(&hidden, StatusCode::NOT_FOUND);
    assert!(hidden.says("Ouvrir un accès exceptionnel") && !hidden.says(&person.last_name));
    let csrf = coach.token("/acces-exceptionnel").await;
    let born = person.birth_date.unwrap().to_string();
    let fields = |reason: &'static str| {
        vec![
            ("csrf", csrf.clone()),
            ("last_name", person.last_name.clone()),
            ("first_name", person.first_name.clone()),
            ("birth_date", born.clone()),
            ("motive", "reception".to_owned()),
            ("reason", reason.to_owned()),
        ]
    };
    let send = async |coach: &mut Browser, reason| {
        let owned = fields(reason);
        let pairs: Vec<(&str, &str)> = owned.iter().map(|(name, value)| (*name, value.as_str())).collect();
        coach.post("/acces-exceptionnel", &pairs).await
    };
    let short = send(&mut coach, "à voir").await;
    is(&short, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.says("20 caractères au moins") && short.says(&person.first_name));
    let opened = send(&mut coach, "Reçue sans rendez-vous pour une coupure d’eau").await;
    assert_eq!((opened.status, opened.location()), (StatusCode::SEE_OTHER, format!("/55{page}").as_str()));
    let seen = coach.get(&page).await;
    is(&seen, StatusCode::OK);
    assert!(seen.says("parce que vous avez ouvert un accès exceptionnel à 10 h 00, jusqu’à 10 h 30"));
    let mut dpo = Browser::of(&world, Role::Dpo).await;
    assert!(dpo.get("/").await.says("Lire un accès exceptionnel"));
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    assert!(lead.get("/").await.says("Lire un accès exceptionnel"));
    let list = lead.get("/acces-exceptionnels").await;
    assert!(list.says("coupure d’eau") && list.says(&person.last_name));
    let action = list.body.split("action=\"").filter_map(|rest| rest.split('"').next());
    let action = action.filter(|action| action.contains("/acces-exceptionnels/")).last().unwrap().to_owned();
    is(&lead.post(&action, &[("csrf", &list.csrf())]).await, StatusCode::SEE_OTHER);
    assert!(!lead.get("/").await.says("Lire un accès exceptionnel"));
    assert!(lead.get(&format!("{page}/consultations")).await.says("Ouvre un accès exceptionnel"));
    let mut manager = Browser::of(&world, Role::Manager).await;
    let csrf = manager.token("/reglages/acces-exceptionnel").await;
    is(&manager.post("/reglages/acces-exceptionnel", &[("csrf", &csrf)]).await, StatusCode::SEE_OTHER);
    is(&coach.get("/acces-exceptionnel").await, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_written_opened_after_a_confirmation_and_a_refusal_says_what_is_missing() {
    let world = demo("55").await;
    world.import("09.xml", &world.month("2026-10-01", 30, 0.0)).await.unwrap();
    let all = people(&world).await;
    let person = all.iter().find(|one| one.state == "to_orient").unwrap();
    let mut operator = Browser::of(&world, Role::Operator).await;
    let page = format!("/personnes/{}", person.id);
    let seen = operator.get(&page).await;
    assert!(seen.says("parce qu’elle attend une orientation là où vous orientez"));
    let csrf = seen.csrf();
    let empty = operator.post(&format!("{page}/notes"), &[("csrf", &csrf), ("level", "orientation")]).await;
    is(&empty, StatusCode::UNPROCESSABLE_ENTITY);
    let text = "Rappeler après 16 h.\n<script>alert(1)</script>";
    let note = [("csrf", csrf.as_str()), ("text", text), ("level", "orientation")];
    is(&operator.post(&format!("{page}/notes"), &note).await, StatusCode::SEE_OTHER);
    let seen = operator.get(&page).await;
    assert!(seen.says("Rappeler après 16 h.") && !seen.body.contains("<script>alert"));
    let edit = seen.link(&format!("/55{page}/notes/"));
    let wider = [("csrf", csrf.as_str()), ("text", "Rappeler après 17 h."), ("level", "person")];
    let asked = operator.post(&edit, &wider).await;
    is(&asked, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(asked.says("Je confirme") && asked.says("17 h"));
    let confirmed = [&wider[..], &[("confirm", "oui")]].concat();
    is(&operator.post(&edit, &confirmed).await, StatusCode::SEE_OTHER);
    assert!(operator.get(&page).await.says("Rappeler après 17 h."));
    let refused = operator.get("/fichiers").await;
    is(&refused, StatusCode::FORBIDDEN);
    assert!(refused.says(
        "Il vous manque le droit « Lire les chiffres des fichiers ». L’ont : Responsable de territoire"
    ));
}

/// Who sends a form, where, and its fields.
type Sent = (Role, &'static str, Vec<(&'static str, &'static str)>);

/// The forms of the walls: what each really asks for. A field that is not asked for changes nothing.
fn forms() -> Vec<Sent> {
    let person = "/personnes/{person}/notes";
    vec![
        (
            Role::Admin,
            "/reglages/structures/nouvelle",
            vec![("name", "CCAS de Stenay"), ("kind", "town_service"), ("side", "social")],
        ),
        (
            Role::Admin,
            "/reglages/structures/{structure}",
            vec![("name", "CCAS"), ("kind", "town_service"), ("side", "social")],
        ),
        (
            Role::Admin,
            "/reglages/utilisateurs/nouveau",
            vec![("name", "Léna"), ("email", "lena@meuse.example"), ("role", "job_coach"), ("place", "")],
        ),
        (
            Role::TeamLead,
            "/reglages/utilisateurs/proposer",
            vec![("name", "Hugo"), ("email", "hugo@meuse.example"), ("role", "job_coach"), ("place", "")],
        ),
        (
            Role::Admin,
            "/reglages/utilisateurs/{other}/roles",
            vec![("role", "operator"), ("place", "territoire:verdun")],
        ),
        (
            Role::Admin,
            "/reglages/utilisateurs/{other}/roles/{held}",
            vec![("until", "2026-12-24"), ("when", "date")],
        ),
        (Role::Admin, "/reglages/utilisateurs/{other}/lien", vec![]),
        (Role::Admin, "/reglages/utilisateurs/{other}/fermer", vec![]),
        (Role::Admin, "/reglages/utilisateurs/{other}/rouvrir", vec![]),
        (Role::Admin, "/reglages/utilisateurs/propositions/{proposal}/accepter", vec![]),
        (Role::Admin, "/reglages/utilisateurs/propositions/{proposal}/refuser", vec![]),
        (Role::Admin, "/reglages/jetons", vec![("name", "Portail"), ("scope", "read")]),
        (Role::Admin, "/reglages/jetons/{token}/remplacer", vec![]),
        (Role::Admin, "/reglages/jetons/{token}/revoquer", vec![]),
        (Role::Manager, "/reglages/acces-exceptionnel", vec![("role", "job_coach")]),
        (Role::Operator, person, vec![("text", "Rappeler"), ("level", "orientation")]),
        (
            Role::Operator,
            "/personnes/{person}/notes/{note}",
            vec![("text", "Rappeler vite"), ("level", "orientation")],
        ),
        (
            Role::JobCoach,
            "/acces-exceptionnel",
            vec![("motive", "other"), ("reason", "Un motif assez long, vraiment"), ("number", "{claim}")],
        ),
        (Role::TeamLead, "/acces-exceptionnels/{access}", vec![]),
    ]
}

/// What the tables of the walls hold, but for what is drawn at random.
async fn told(world: &World) -> String {
    let ctx = world.system();
    let (db, read) = (ctx.db(), ctx.db().read());
    let accounts = store::access::account::all(db).await.unwrap();
    let accounts: Vec<_> =
        accounts.iter().map(|a| (a.id, &a.email, &a.name, a.demo, a.disabled_at)).collect();
    let tokens = store::access::token::all(db).await.unwrap();
    let tokens: Vec<_> =
        tokens.iter().map(|t| (t.id, &t.name, &t.scope, t.expires_at, t.revoked_at)).collect();
    let ids: Vec<_> = people(world).await.iter().map(|p| p.id).collect();
    let notes = store::people::note::of(read, &ids).await.unwrap();
    let notes: Vec<_> =
        notes.iter().map(|n| (n.id, n.thread, n.person_id, n.author_id, &n.level, n.superseded_by)).collect();
    let open = store::access::exceptional::recent(read, 50).await.unwrap();
    let open: Vec<_> = open.iter().map(|a| (a.id, a.account_id, a.person_id, &a.motive, a.until)).collect();
    format!(
        "{accounts:#?}{:#?}{:#?}{tokens:#?}{:#?}{:#?}{notes:#?}{open:#?}",
        store::access::account::all_roles(db).await.unwrap(),
        store::access::structure::all(read).await.unwrap(),
        store::access::proposal::all(db, None).await.unwrap(),
        store::settings::own_parameters(db).await.unwrap(),
    )
}

/// Sends every form of the walls, each after what it needs, with these fields besides.
async fn play(extra: &[(&str, &str)]) -> String {
    let world = demo("55").await;
    world.import("09.xml", &world.month("2026-10-01", 20, 0.0)).await.unwrap();
    let other = world.account(Role::Operator, None).await;
    let mut browsers = std::collections::BTreeMap::new();
    for role in [Role::Admin, Role::TeamLead, Role::Manager, Role::Operator, Role::JobCoach] {
        let mut browser = Browser::of(&world, role).await;
        let csrf = browser.token("/compte").await;
        browsers.insert(role, (browser, csrf));
    }
    let all = people(&world).await;
    let person = all.iter().find(|one| one.state == "to_orient").unwrap();
    let claim = app::people::person::open(&world.system(), person.id, domain::audit::Part::Essential)
        .await
        .unwrap()
        .dossiers[0]
        .claim_number
        .clone();
    for (role, path, fields) in forms() {
        let ctx = world.system();
        let db = ctx.db();
        let roles = store::access::account::all_roles(db).await.unwrap();
        let structures = store::access::structure::all(db.read()).await.unwrap();
        let tokens = store::access::token::all(db).await.unwrap();
        let notes = store::people::note::of(db.read(), &[person.id]).await.unwrap();
        let open = store::access::exceptional::recent(db.read(), 1).await.unwrap();
        let proposals = store::access::proposal::all(db, None).await.unwrap();
        let fill = |text: &str| {
            text.replace("{person}", &person.id.to_string())
                .replace("{other}", &other.to_string())
                .replace("{claim}", &claim)
                .replace("{held}", &roles.iter().find(|r| r.account_id == other).unwrap().id.to_string())
                .replace("{structure}", &structures.first().map(|s| s.id.to_string()).unwrap_or_default())
                .replace("{token}", &tokens.first().map(|t| t.id.to_string()).unwrap_or_default())
                .replace("{note}", &notes.last().map(|n| n.id.to_string()).unwrap_or_default())
                .replace("{access}", &open.first().map(|a| a.id.to_string()).unwrap_or_default())
                .replace("{proposal}", &proposals.first().map(|p| p.id.to_string()).unwrap_or_default())
        };
        let (browser, csrf) = browsers.get_mut(&role).unwrap();
        let filled: Vec<(&str, String)> = fields.iter().map(|(name, value)| (*name, fill(value))).collect();
        let mut sent: Vec<(&str, &str)> = vec![("csrf", csrf.as_str())];
        sent.extend(filled.iter().map(|(name, value)| (*name, value.as_str())));
        sent.extend(extra.iter().filter(|(name, _)| fields.iter().all(|(known, _)| known != name)));
        let before = lines(&world).await;
        let answered = browser.post(&fill(path), &sent).await;
        // The second answer to one proposal is refused; everything else is accepted.
        let expected = if path.ends_with("/refuser") { 422 } else { 200 };
        let status = answered.status.as_u16();
        assert!(
            status == expected || (expected == 200 && status == 303),
            "{path}: {} {}",
            status,
            answered.body
        );
        assert!(expected == 422 || lines(&world).await > before, "{path} leaves nothing in the journal");
    }
    told(&world).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_a_form_does_not_ask_for_changes_nothing() {
    let nobody = "00000000-0000-7000-8000-000000000000";
    let extra = [
        ("id", nobody),
        ("account_id", nobody),
        ("account", nobody),
        ("author_id", nobody),
        ("person_id", nobody),
        ("department", "38"),
        ("demo", "false"),
        ("disabled_at", "2020-01-01"),
        ("password_hash", "x"),
        ("accepted", "true"),
        ("proposed_by", nobody),
        ("expires_at", "2099-01-01"),
        ("thread", nobody),
        ("structure", nobody),
        ("is_admin", "1"),
        ("admin", "oui"),
        ("confirmed", "oui"),
    ];
    assert_eq!(play(&[]).await, play(&extra).await);
    let ours = [
        "/reglages/structures",
        "/reglages/utilisateurs",
        "/reglages/jetons",
        "/reglages/acces",
        "/acces-",
        "/notes",
    ];
    let known: Vec<String> = forms().into_iter().map(|(_, path, _)| shape(path)).collect();
    let routes =
        routes_table().into_iter().filter(|r| r.method == "POST" && ours.iter().any(|o| r.path.contains(o)));
    for route in routes {
        let path = shape(route.path.trim_start_matches("/{department}"));
        assert!(known.contains(&path), "{path} has no form here");
    }
}

/// How many lines the journal has.
async fn lines(world: &World) -> u64 {
    let (reach, all) = (store::audit::Reach::Everything, store::audit::JournalFilter::default());
    store::audit::count(&world.department.db, &reach, &all).await.unwrap()
}

/// Whether this route is one of the forms that are sent here.
pub fn plays(route: &str) -> bool {
    let path = shape(route.trim_start_matches("/{department}"));
    forms().into_iter().any(|(_, known, _)| shape(known) == path)
}

/// An address without the names of its parts.
fn shape(path: &str) -> String {
    let part = |part: &str| if part.starts_with('{') { "{}".to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}
