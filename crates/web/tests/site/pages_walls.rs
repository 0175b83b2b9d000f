//! Accounts, structures, tokens, notes and exceptional accesses, page by page, as a browser sends them.

use axum::http::StatusCode;
use domain::access::role::Role;
use store::people::PersonRow;
use testkit::world::World;

use super::support::{Browser, demo, is};

pub async fn people(world: &World) -> Vec<PersonRow> {
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
    let sent = admin.post(&format!("{page}/lien"), &[("csrf", csrf.as_str()), ("how", "letter")]).await;
    is(&sent, StatusCode::SEE_OTHER);
    assert!(admin.get(&page).await.says("Le lien est parti par courriel."));
    let nothing = admin.post(&format!("{page}/double-authentification"), &[("csrf", &csrf)]).await;
    is(&nothing, StatusCode::NOT_FOUND);
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
