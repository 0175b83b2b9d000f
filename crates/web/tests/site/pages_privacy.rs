//! What people ask about their data: the pages of the data protection officer, and who will be archived.

use axum::http::StatusCode;
use domain::access::role::Role;

use super::support::{Browser, demo, is, read};

const LIST: &str = "N° CAF;Nom;Prénom;Date de naissance;Rôle;Civilité;Numéro(s) de téléphone;Adresse\n\
    0346145;Lamothe;Odile;04/05/1991;dem;Mme;06 39 98 00 11;12 rue du Fort 55100 Verdun\n";

/// The first address of a form that begins so.
fn form(body: &str, start: &str) -> String {
    let (_, rest) =
        body.split_once(&format!("action=\"{start}")).unwrap_or_else(|| panic!("no {start}: {body}"));
    format!("{start}{}", rest.split('"').next().unwrap())
}

async fn record(dpo: &mut Browser, person: &str, right: &str) -> StatusCode {
    let path = format!("{person}/droits");
    let token = dpo.get(&path).await.csrf();
    let fields =
        [("csrf", token.as_str()), ("right", right), ("received", "2026-11-20"), ("note", "au guichet")];
    dpo.post(&path, &fields).await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_for_access_is_recorded_copied_once_and_answered() {
    let world = demo("55").await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    read(&world, &mut lead, "liste.csv", LIST.as_bytes()).await;
    let person = lead.get("/personnes").await.link("/55/personnes/0");
    let mut dpo = Browser::of(&world, Role::Dpo).await;
    assert!(dpo.get("/droits").await.says("Aucune demande n’attend."));
    let page = dpo.get(&format!("{person}/droits")).await;
    let empty = [
        ("csrf", page.csrf()),
        ("right", "access".into()),
        ("received", String::new()),
        ("note", "mot".into()),
    ];
    let empty: Vec<(&str, &str)> = empty.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let wrong = dpo.post(&format!("{person}/droits"), &empty).await;
    is(&wrong, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("href=\"#received\"") && wrong.body.contains("mot"), "what was typed stays");
    assert_eq!(record(&mut dpo, &person, "access").await, StatusCode::SEE_OTHER);
    let list = dpo.get("/droits").await;
    assert!(
        list.says("Odile Lamothe")
            && list.says("Répondre avant le 20 décembre 2026")
            && list.says("au guichet")
    );
    let copy = form(&list.body, "/55/droits/");
    assert!(copy.ends_with("/copie"));
    let token = [("csrf", list.csrf())];
    let token: Vec<(&str, &str)> = token.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let given = dpo.post(&copy, &token).await;
    is(&given, StatusCode::OK);
    assert!(given.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert!(given.body.contains("\"+33639980011\"") && given.body.contains("Lamothe"));
    is(&dpo.post(&copy, &token).await, StatusCode::SEE_OTHER);
    assert!(dpo.get("/droits").await.says("C’était déjà fait."));
    let answer = copy.trim_end_matches("/copie").to_owned();
    is(&dpo.post(&answer, &[token[0], ("reply", "granted")]).await, StatusCode::SEE_OTHER);
    assert!(dpo.get("/droits").await.says("Faite le 26 novembre 2026"));
    is(&lead.get(&format!("{person}/droits")).await, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn frozen_data_are_seen_by_the_data_protection_officer_alone() {
    let world = demo("55").await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    read(&world, &mut lead, "liste.csv", LIST.as_bytes()).await;
    let person = lead.get("/personnes").await.link("/55/personnes/0");
    let mut dpo = Browser::of(&world, Role::Dpo).await;
    assert_eq!(record(&mut dpo, &person, "restriction").await, StatusCode::SEE_OTHER);
    let list = dpo.get("/droits").await;
    let answer = form(&list.body, "/55/droits/");
    is(&dpo.post(&answer, &[("csrf", &list.csrf()), ("reply", "granted")]).await, StatusCode::SEE_OTHER);
    is(&lead.get(&person).await, StatusCode::NOT_FOUND);
    assert!(!lead.get("/personnes").await.says("Lamothe"));
    assert!(!lead.get("/recherche?q=lamothe").await.says("Odile"));
    assert!(dpo.get("/droits").await.says("Données gelées à sa demande"));
    let page = dpo.get(&format!("{person}/droits")).await;
    assert!(page.says("Données gelées"));
    let lift = [("csrf", page.csrf()), ("lift", "yes".to_owned())];
    let lift: Vec<(&str, &str)> = lift.iter().map(|(n, v)| (*n, v.as_str())).collect();
    is(&dpo.post(&format!("{person}/droits"), &lift).await, StatusCode::SEE_OTHER);
    is(&lead.get(&person).await, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_will_be_archived_is_told_thirty_days_before() {
    let world = demo("55").await;
    let mut dpo = Browser::of(&world, Role::Dpo).await;
    assert!(dpo.get("/bientot-archivees").await.says("Personne ne sera archivé dans les trente jours."));
    let mut operator = Browser::of(&world, Role::Operator).await;
    is(&operator.get("/bientot-archivees").await, StatusCode::FORBIDDEN);
}
