//! How to reach somebody, typed by hand from the person's page.

use axum::http::StatusCode;
use domain::access::role::Role;

use super::support::{Browser, demo, is, read};

const LIST: &str = "N° CAF;Nom;Prénom;Date de naissance;Rôle;Civilité;Numéro(s) de téléphone;Adresse\n\
    0346145;Lamothe;Odile;04/05/1991;dem;Mme;06 39 98 00 11;12 rue du Fort 55100 Verdun\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_is_changed_marked_and_told_with_its_source() {
    let world = demo("55").await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    read(&world, &mut lead, "liste.csv", LIST.as_bytes()).await;
    let person = lead.get("/personnes").await.link("/55/personnes/0");
    let page = lead.get(&person).await;
    assert!(page.says("12 rue du Fort 55100 Verdun") && page.says("liste.csv, le 26 novembre"));
    let contacts = page.link(&format!("{person}/contacts"));
    let form = lead.get(&contacts).await;
    let change = form.link(&format!("{contacts}?changer="));
    let change = lead.get(change.split('#').next().unwrap()).await;
    assert!(change.says("Au lieu de 06 39 98 00 11."));
    let replaces = change.body.split("name=\"replaces\" value=\"").nth(1).unwrap();
    let replaces = replaces.split('"').next().unwrap().to_owned();
    let token = change.csrf();
    let typed = [("csrf", token.as_str()), ("kind", "phone"), ("replaces", replaces.as_str())];
    let wrong = lead.post(&contacts, &[&typed[..], &[("value", "06 39")]].concat()).await;
    is(&wrong, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("value=\"06 39\"") && wrong.body.contains("href=\"#value\""));
    assert!(wrong.says("Au lieu de 06 39 98 00 11."), "what is replaced is not lost either");
    let sent = lead.post(&contacts, &[&typed[..], &[("value", "06 39 98 00 77")]].concat()).await;
    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, person.as_str()));
    let page = lead.get(&person).await;
    assert!(page.says("06 39 98 00 77") && page.says("saisi par Essai Responsable de territoire"));
    assert!(page.says("liste.csv, le 26 novembre :") && page.says("06 39 98 00 11"));
    assert!(page.says("C’est enregistré."));

    let form = lead.get(&contacts).await;
    let mark = form.body.split(&format!("action=\"{contacts}/")).nth(1).unwrap();
    let mark = format!("{contacts}/{}", mark.split('"').next().unwrap());
    let sent = lead.post(&mark, &[("csrf", &form.csrf()), ("mark", "unusable")]).await;
    is(&sent, StatusCode::SEE_OTHER);
    assert!(lead.get(&contacts).await.says("ne fonctionne plus, dit par"));
    let again = lead.post(&mark, &[("csrf", &form.csrf()), ("mark", "unusable")]).await;
    is(&again, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.says("Quelqu’un a changé ce contact"));
    assert!(lead.get(&format!("{person}/consultations")).await.says("Change un moyen de joindre"));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_answers_that_change_are_written() {
    let world = demo("55").await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    read(&world, &mut lead, "liste.csv", LIST.as_bytes()).await;
    let person = lead.get("/personnes").await.link("/55/personnes/0");
    let (contacts, answers) = (format!("{person}/contacts"), format!("{person}/contacts/reponses"));
    let token = lead.get(&contacts).await.csrf();
    let sent = lead.post(&answers, &[("csrf", &token), ("voicemail", "no"), ("language", "ar")]).await;
    is(&sent, StatusCode::SEE_OTHER);
    // A form opened before that sends what it showed: nothing of a colleague is lost.
    let old = [("csrf", token.as_str()), ("sms", "yes"), ("voicemail", ""), ("before-voicemail", "")];
    is(&lead.post(&answers, &old).await, StatusCode::SEE_OTHER);
    let page = lead.get(&person).await;
    assert!(page.says("ne pas laisser de message") && page.says("Arabe") && page.says("SMS"));
    let wrong = lead.post(&answers, &[("csrf", &token), ("language", "klingon")]).await;
    is(&wrong, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("href=\"#language\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_change_contacts_is_not_offered_to() {
    let world = demo("55").await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    read(&world, &mut lead, "liste.csv", LIST.as_bytes()).await;
    let person = lead.get("/personnes").await.link("/55/personnes/0");
    let mut manager = Browser::of(&world, Role::Manager).await;
    let reason = manager.get(&format!("/motif?suite={person}")).await;
    let sent = [("csrf", reason.csrf()), ("next", person.clone()), ("reason", "Réponse au médiateur".into())];
    let sent: Vec<(&str, &str)> = sent.iter().map(|(n, v)| (*n, v.as_str())).collect();
    is(&manager.post("/motif", &sent).await, StatusCode::SEE_OTHER);
    let page = manager.get(&person).await;
    is(&page, StatusCode::OK);
    assert!(!page.body.contains("/contacts"));
    is(&manager.get(&format!("{person}/contacts")).await, StatusCode::FORBIDDEN);
    let mut coach = Browser::of(&world, Role::JobCoach).await;
    is(&coach.get(&format!("{person}/contacts")).await, StatusCode::NOT_FOUND);
}
