//! Files in, seen from a browser: sent, read, told, questioned; and the rooms around them.

#[cfg(test)]
use app::intake::queue::work_once;
use axum::http::StatusCode;
use domain::access::role::Role;
use testkit::world::on_sqlite;

use super::support::{Browser, SAMPLE, demo, is, read, sample, spools};

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_sent_read_and_its_numbers_open_the_people_behind_them() {
    let world = demo("52").await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let empty = lead.get("/fichiers").await;
    assert!(empty.says("Aucun fichier reçu"));
    let sent = lead.upload(&empty.csrf(), "RSABEM.xml", SAMPLE, None).await;
    is(&sent, StatusCode::SEE_OTHER);
    let waiting = lead.get(sent.location()).await;
    is(&waiting, StatusCode::OK);
    assert!(waiting.body.contains("http-equiv=\"refresh\"") && waiting.body.contains("every 2s"));
    assert!(waiting.says("Le fichier attend son tour"));
    assert!(lead.get("/").await.says("Lecture de RSABEM.xml"));

    assert!(work_once(&world.system()).await.unwrap());
    let report = lead.get(sent.location()).await;
    assert!(!report.body.contains("http-equiv=\"refresh\""));
    assert!(report.says("dossiers sont entrés"));
    let list = lead.get("/fichiers").await;
    assert!(list.says("RSABEM.xml") && list.says("Bénéficiaires"));

    let people = lead.get(&report.link(&format!("{}/personnes?changement=entered", sent.location()))).await;
    is(&people, StatusCode::OK);
    assert!(people.says("Entre dans les droits et devoirs"));
    is(&lead.get(&format!("{}/personnes?changement=inconnu", sent.location())).await, StatusCode::NOT_FOUND);
    is(&lead.get(&format!("{}/personnes", sent.location())).await, StatusCode::NOT_FOUND);

    let again = read(&world, &mut lead, "encore.xml", SAMPLE).await;
    assert!(lead.get(&again).await.says("Ce fichier était déjà entré"));
    assert_eq!(spools(&world), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_a_file_or_with_an_empty_one_comes_back_with_what_to_do() {
    let world = demo("52").await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let token = lead.token("/fichiers").await;
    for (name, bytes, text) in
        [("", &b""[..], "Choisissez un fichier."), ("vide.xml", &b""[..], "Ce fichier est vide.")]
    {
        let seen = lead.upload(&token, name, bytes, None).await;
        is(&seen, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.says(text) && seen.body.contains("id=\"file-erreur\""), "{name}");
    }
    let seen = lead.post("/fichiers", &[("csrf", &token)]).await;
    is(&seen, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(lead.get("/fichiers").await.says("Aucun fichier reçu"));
    assert_eq!(spools(&world), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_from_another_site_or_without_the_token_is_refused_and_nothing_is_kept() {
    let world = demo("52").await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let token = lead.token("/fichiers").await;
    is(&lead.upload("un-autre", "a.xml", SAMPLE, None).await, StatusCode::FORBIDDEN);
    is(&lead.upload("", "a.xml", SAMPLE, None).await, StatusCode::FORBIDDEN);
    is(&lead.upload(&token, "a.xml", SAMPLE, Some("https://ailleurs.test")).await, StatusCode::FORBIDDEN);
    assert_eq!(spools(&world), 0);
    is(&lead.upload(&token, "a.xml", SAMPLE, Some("https://declic.test")).await, StatusCode::SEE_OTHER);
    let mut operator = Browser::of(&world, Role::Operator).await;
    is(&operator.get("/fichiers").await, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_file_says_why_in_one_sentence() {
    let world = demo("52").await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let cut = sample().replace("</Racine>", "");
    let path = read(&world, &mut lead, "coupe.xml", cut.as_bytes()).await;
    let report = lead.get(&path).await;
    assert!(report.says("Ce fichier est refusé, rien n’a été écrit."), "{}", report.body);
    assert!(lead.get("/fichiers").await.says("Refusé"));
    is(&lead.get("/fichiers/00000000-0000-7000-8000-000000000000").await, StatusCode::NOT_FOUND);
    is(&lead.get("/fichiers/pas-un-numero").await, StatusCode::NOT_FOUND);
    let back = lead.get(&format!("{path}/colonnes")).await;
    assert_eq!((back.status, back.location()), (StatusCode::SEE_OTHER, path.as_str()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dossier_left_out_is_told_downloaded_and_read_by_who_may() {
    let world = demo("52").await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let wrong = sample().replacen("<MATRICULE>205599000000000</MATRICULE>", "", 1);
    let path = read(&world, &mut lead, "rejet.xml", wrong.as_bytes()).await;
    let report = lead.get(&path).await;
    assert!(report.says("1 dossier refusé"), "{}", report.body);
    let csv = lead.get(&report.link(&format!("{path}/rejets"))).await;
    is(&csv, StatusCode::OK);
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
    assert!(csv.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert!(csv.body.starts_with("\u{feff}Position;Ligne;Dossier;Raison\r\n1;"), "{}", csv.body);
    let raw = lead.get(&report.link(&format!("{path}/rejets/"))).await;
    is(&raw, StatusCode::OK);
    assert!(raw.says("TIFOUR") && raw.says("Sa lecture est notée au journal"));

    let mut admin = Browser::of(&world, Role::Admin).await;
    let seen = admin.get(&path).await;
    assert!(seen.says("non visible avec votre rôle") && !seen.body.contains("/personnes?changement="));
    let mut manager = Browser::of(&world, Role::Manager).await;
    let numbers = manager.get(&path).await;
    let asked = manager.get(&numbers.link(&format!("{path}/personnes?changement="))).await;
    is(&asked, StatusCode::SEE_OTHER);
    assert!(asked.location().starts_with("/52/motif?suite="));
}

/// The form of columns: what the first one is, then a first name and a birth date.
fn said<'a>(token: &'a str, go: &'a str, name: &'a str, first: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("csrf", token),
        ("column-0", first),
        ("column-1", "1"),
        ("column-2", "3"),
        ("profile_name", name),
        ("go", go),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_columns_of_an_unknown_table_are_said_once_and_kept_under_a_name() {
    let world = demo("52").await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let table = "Qui;Colonne B;Quand\r\nDelaunay;Marthe;04/05/1991\r\nRossi;Ugo;12/11/1984\r\n";
    let path = read(&world, &mut lead, "tableau.csv", table.as_bytes()).await;
    assert!(lead.get(&path).await.says("Dites ce que contient chaque colonne."));
    assert!(lead.get("/").await.says("Choisir les colonnes de tableau.csv"));
    let columns = format!("{path}/colonnes");
    let asked = lead.get(&columns).await;
    is(&asked, StatusCode::OK);
    assert!(asked.says("2 lignes, 3 colonnes.") && asked.says("Delaunay"));
    let token = asked.csrf();
    let nobody = lead.post(&columns, &said(&token, "preview", "", "19")).await;
    is(&nobody, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nobody.says("Ces colonnes ne désignent personne"));
    let preview = lead.post(&columns, &said(&token, "preview", "Ma liste", "0")).await;
    is(&preview, StatusCode::OK);
    assert!(preview.says("Aperçu de la lecture") && preview.body.contains("value=\"Ma liste\""));
    let built_in = lead.post(&columns, &said(&token, "import", "cnaf-contacts", "0")).await;
    is(&built_in, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(built_in.says("choisissez un autre nom"));
    let chosen = lead.post(&columns, &said(&token, "import", "Ma liste", "0")).await;
    assert_eq!((chosen.status, chosen.location()), (StatusCode::SEE_OTHER, path.as_str()));
    assert!(work_once(&world.system()).await.unwrap());
    assert!(lead.get(&path).await.says("2 sur 2 dossiers sont entrés."));
    assert!(lead.get("/fichiers").await.body.contains("<option value=\"Ma liste\">"));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_records_are_seen_side_by_side_joined_and_parted_again() {
    let world = demo("52").await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let first =
        "Nom;Prénom;Date de naissance;N° CAF;Rôle;Civilité\r\nDelaunay;Marthe;04/05/1991;1234567;DEM;Mme\r\n";
    let second = first.replace("Delaunay", "Delaunai").replace("1234567", "7654321");
    read(&world, &mut lead, "un.csv", first.as_bytes()).await;
    read(&world, &mut lead, "deux.csv", second.as_bytes()).await;
    let list = lead.get("/rapprochements").await;
    assert!(list.says("1 question à décider"), "{}", list.body);
    assert!(lead.get("/").await.says("Décider d’un rapprochement"));
    let path = list.link("/52/rapprochements/");
    let question = lead.get(&path).await;
    assert!(question.says("Date de naissance : identique") && question.says("Nom d’usage : différent"));
    let token = question.csrf();
    is(&lead.post(&path, &[("csrf", &token), ("decision", "peut-etre")]).await, StatusCode::NOT_FOUND);
    let long = "x".repeat(600);
    let refused = lead.post(&path, &[("csrf", &token), ("decision", "two"), ("reason", &long)]).await;
    is(&refused, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("Le motif est trop long") && refused.says(&long));
    let later = lead.post(&path, &[("csrf", &token), ("decision", "later")]).await;
    assert_eq!(later.location(), "/52/rapprochements");
    let joined =
        lead.post(&path, &[("csrf", &token), ("decision", "same"), ("reason", "Même adresse")]).await;
    is(&joined, StatusCode::SEE_OTHER);
    let empty = lead.get("/rapprochements").await;
    assert!(
        empty.says("C’est noté : une seule personne.") && empty.says("Aucune question n’attend de décision")
    );
    let decided = lead.get("/rapprochements?etat=decides").await;
    assert!(decided.says("Une seule personne") && !decided.says("C’est noté"));
    let seen = lead.get(&path).await;
    assert!(seen.says("Motif : Même adresse"));
    let undo = format!("{path}/defaire");
    is(&lead.post(&undo, &[("csrf", "autre")]).await, StatusCode::FORBIDDEN);
    is(&lead.post(&undo, &[("csrf", &token)]).await, StatusCode::SEE_OTHER);
    let again = lead.post(&undo, &[("csrf", &token)]).await;
    is(&again, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.says("il n’y a rien à annuler"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_territory_is_added_renamed_and_given_communes() {
    let world = demo("55").await;
    let mut manager = Browser::of(&world, Role::Manager).await;
    let list = manager.get("/reglages/territoires").await;
    is(&list, StatusCode::OK);
    let token = list.csrf();
    let wrong = manager.post("/reglages/territoires", &[("csrf", &token), ("name", " ")]).await;
    is(&wrong, StatusCode::UNPROCESSABLE_ENTITY);
    let added = manager.post("/reglages/territoires", &[("csrf", &token), ("name", "Val d'Ornois")]).await;
    assert_eq!(added.location(), "/55/reglages/territoires/val-d-ornois");
    let twice = manager.post("/reglages/territoires", &[("csrf", &token), ("name", "Val d’Ornois")]).await;
    assert!(twice.says("Un territoire s’appelle déjà"));

    let named = manager.post("/reglages/territoires/verdun/nom", &[("csrf", &token), ("name", "")]).await;
    is(&named, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(named.body.contains("id=\"name-erreur\""));
    let named =
        manager.post("/reglages/territoires/verdun/nom", &[("csrf", &token), ("name", "Verdunois")]).await;
    is(&named, StatusCode::SEE_OTHER);
    let page = manager.get(named.location()).await;
    assert!(page.says("Verdunois") && page.says("Le nom est enregistré."));
    is(
        &manager.post("/reglages/territoires/nulle-part/nom", &[("csrf", &token), ("name", "X")]).await,
        StatusCode::NOT_FOUND,
    );

    let from = "/reglages/territoires/bar-le-duc/communes";
    let none = manager.post(from, &[("csrf", &token)]).await;
    is(&none, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.says("Cochez au moins une commune.") && none.says("Choisissez un autre territoire."));
    let moved = [("csrf", token.as_str()), ("commune", "55029"), ("to", "val-d-ornois")];
    let moved = manager.post(from, &moved).await;
    assert_eq!(moved.location(), "/55/reglages/territoires/val-d-ornois");
    assert!(manager.get(moved.location()).await.says("Bar-le-Duc"));
    let elsewhere = [("csrf", token.as_str()), ("commune", "75056"), ("to", "verdun")];
    assert!(manager.post(from, &elsewhere).await.says("n’est pas de ce département"));
    is(&manager.get("/reglages/territoires/nulle-part").await, StatusCode::NOT_FOUND);
    is(&manager.get("/reglages/territoires/aucun").await, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_journal_is_filtered_paged_and_verified_on_request() {
    let world = demo("52").await;
    for _ in 0..3 {
        let mut lead = Browser::of(&world, Role::TeamLead).await;
        let path = read(&world, &mut lead, "RSABEM.xml", SAMPLE).await;
        for _ in 0..20 {
            lead.get(&format!("{path}/personnes?changement=entered")).await;
        }
    }
    let mut dpo = Browser::of(&world, Role::Dpo).await;
    let page = dpo.get("/journal").await;
    assert!(page.says("50 lignes") && page.says("Ouvre une liste"), "{}", page.body);
    assert!(!page.says("Le journal est entier"));
    let next = dpo.get(&page.link("/52/journal?apres=")).await;
    is(&next, StatusCode::OK);
    assert!(next.says("Fait entrer un fichier"));
    let imports = dpo.get("/journal?acte=import").await;
    assert!(imports.says("6 lignes") && imports.says("RSABEM.xml"), "{}", imports.body);
    assert!(dpo.get("/journal?au=2026-11-25").await.says("Aucune ligne pour ces filtres"));
    assert!(dpo.get("/journal?du=2026-11-26&au=2026-11-26&acte=sign_in").await.says("4 lignes"));
    let whole = dpo.get("/journal?verifier=1").await;
    assert!(whole.says("Le journal est entier : 70 lignes"), "{}", whole.body);
    let mut manager = Browser::of(&world, Role::Manager).await;
    is(&manager.get("/journal").await, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_has_a_first_page_that_says_what_to_do() {
    let world = demo("55").await;
    world.import("octobre.xml", &world.month("2026-10-01", 30, 0.0)).await.unwrap();
    for (role, words) in [
        (Role::Operator, "délai légal"),
        (Role::TeamLead, "Dernier fichier"),
        (Role::SocialReferent, "personne que vous suivez"),
        (Role::JobCoach, "personne que vous suivez"),
        (Role::Manager, "Ouvrir des dossiers"),
        (Role::Admin, "Régler les territoires"),
        (Role::Dpo, "Lire le journal"),
        (Role::Partner, "Adresser une personne à la plateforme"),
        (Role::Prescriber, "Adresser une personne à la plateforme"),
    ] {
        let seen = Browser::of(&world, role).await.get("/").await;
        is(&seen, StatusCode::OK);
        assert!(seen.says(words), "{} {}", role.code(), seen.body);
    }
    let mut nobody = Browser::new(&world);
    assert_eq!(nobody.get("").await.location(), "/55/");
    assert!(nobody.get("/").await.location().starts_with("/55/connexion"));
}

#[tokio::test(flavor = "multi_thread")]
async fn public_pages_are_read_without_login_in_two_languages() {
    let world = demo("55").await;
    let mut nobody = Browser::new(&world);
    assert!(nobody.get("/public/accessibilite").await.says("accessibilite@55.demo.test"));
    assert!(!nobody.get("/public/accessibilite?lang=en").await.says("Last check"));
    assert!(nobody.get("/public/donnees-personnelles?lang=en").await.says("Personal data"));
    is(&nobody.get("/composants").await, StatusCode::OK);
    let mut manager = Browser::of(&world, Role::Manager).await;
    let token = manager.token("/reglages/mentions").await;
    let fields = |dpo: &'static str, day: &'static str| {
        [
            ("csrf", token.clone()),
            ("accessibility", String::new()),
            ("dpo", dpo.into()),
            ("checked_on", day.into()),
        ]
    };
    for (dpo, day, wrong) in
        [("dpo chez meuse", "", "#dpo"), ("", "2026-11-27", "#checked_on"), ("", "demain", "#checked_on")]
    {
        let fields = fields(dpo, day);
        let typed: Vec<_> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let seen = manager.post("/reglages/mentions", &typed).await;
        is(&seen, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.body.contains(&format!("href=\"{wrong}\"")) && seen.body.contains(dpo), "{dpo} {day}");
    }
    let fields = fields("dpo@meuse.example", "2026-11-26");
    let typed: Vec<_> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    is(&manager.post("/reglages/mentions", &typed).await, StatusCode::SEE_OTHER);
    assert!(nobody.get("/public/accessibilite?lang=en").await.says("26 November 2026"));
    assert!(nobody.get("/public/donnees-personnelles").await.says("dpo@meuse.example"));
    let set = on_sqlite("52").await;
    assert!(
        Browser::new(&set)
            .get("/public/donnees-personnelles")
            .await
            .says("à l’accueil du conseil départemental")
    );

    let two = [&world, &set].map(|world| world.department.as_ref().clone());
    let mut both = demo("55").await;
    both.app = app::App::new(two.to_vec(), world.app.clock.clone(), world.app.ids.clone(), true);
    let choice = Browser::new(&both).get("//").await;
    is(&choice, StatusCode::OK);
    assert!(choice.says("Choisissez votre département") && choice.says("52 Haute-Marne"));
}
