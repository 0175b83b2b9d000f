//! Contracts by their pages: written, compared, signed, on paper, ended; one of before 2025; what they ask.

use axum::http::StatusCode;
use domain::access::role::Role;
use domain::time::plus_days;
use testkit::page::check_page;
use testkit::world::{World, on_both};
use web::routes_table;

use super::programmes::{Sent, oriented};
use super::support::Browser;

/// Is this write sent here?
pub fn plays(route: &str) -> bool {
    route.contains("/contrat") || route.ends_with("/ancien-contrat")
}

const ACT: &str = "/{department}/personnes/{id}/contrat/{contract}/{acte}";

/// Writes a contract: what is wrong is told at its field and nothing typed is lost. Returns its address.
async fn written(world: &World, sent: &mut Sent, follows: &mut Browser, page: &str) -> String {
    let today = world.system().today();
    let (first, last, until) =
        (today.to_string(), plus_days(today, 180).to_string(), plus_days(today, 60).to_string());
    let new = format!("{page}/contrat");
    let form = follows.get(&new).await;
    check_page(&form.body);
    assert!(form.says("accompagnement emploi") && form.says("Venir aux rendez-vous"));
    let csrf = form.csrf();
    let fields = [
        ("starts_on", &*first),
        ("ends_on", &*last),
        ("weekly", "8"),
        ("person", "Animer la cuisine du quartier"),
        ("organisation", "Chercher une place d’accueil du soir"),
    ];
    let refused = follows.post(&new, &[&[("csrf", &*csrf)], &fields[..]].concat()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    check_page(&refused.body);
    assert!(refused.says("dites pourquoi") && refused.says("Animer la cuisine du quartier"));
    let whole = [&fields[..], &[("lighter", "childcare"), ("until", &*until)]].concat();
    sent.form(world, follows, (&new, "/{department}/personnes/{id}/contrat"), &whole).await;
    let file = follows.get(page).await;
    check_page(&file.body);
    assert!(file.says("Reste à signer"));
    // The old one is named first: by the step that asks to replace it.
    let old = file.link(&format!("{page}/contrat/"));
    let rest = file.body.replace(&old, "");
    let begins = rest.find(&format!("{page}/contrat/")).unwrap();
    let contract = rest[begins..].split('"').next().unwrap().to_owned();
    let text = format!("{contract}/texte?etat=1");
    let route = "/{department}/personnes/{id}/contrat/{contract}/texte";
    sent.form(world, follows, (&text, route), &whole).await;
    // Somebody else wrote it meanwhile: told, with what was typed.
    let csrf = follows.get(&format!("{contract}/texte")).await.csrf();
    let stale = follows.post(&text, &[&[("csrf", &*csrf)], &whole[..]].concat()).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    check_page(&stale.body);
    assert!(stale.says("a modifié ce projet entre-temps") && stale.says("Animer la cuisine du quartier"));
    contract
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contract_is_written_signed_printed_and_ended_by_pages() {
    on_both(async |world| {
        let world = world.in_demo();
        let (page, coach) = oriented(&world).await;
        let mut lead = Browser::of(&world, Role::TeamLead).await;
        let mut follows = Browser::of_account(&world, Role::JobCoach, coach).await;
        let mut sent = Sent { routes: Vec::new() };
        // One of before 2025 is in force: it is to be replaced.
        let today = world.system().today();
        let dates = [
            ("starts_on", &*plus_days(today, -200).to_string()),
            ("ends_on", &*plus_days(today, 120).to_string()),
        ];
        let old = format!("{page}/ancien-contrat");
        sent.form(&world, &mut lead, (&old, "/{department}/personnes/{id}/ancien-contrat"), &dates).await;
        let list = follows.get("/contrats").await;
        check_page(&list.body);
        assert!(list.says("Un ancien contrat à remplacer"));
        assert!(follows.get(&page).await.says("Remplacer l’ancien contrat"));
        let contract = written(&world, &mut sent, &mut follows, &page).await;
        assert_eq!(lead.get(&format!("{page}/contrat")).await.status, StatusCode::FORBIDDEN);
        let draft = follows.get(&contract).await;
        check_page(&draft.body);
        assert!(draft.says("Garde d’enfant") && draft.says("Je signe"));
        let csrf = draft.csrf();
        // What was not read is not signed.
        let unread = follows.post(&format!("{contract}/signer?etat=1"), &[("csrf", &*csrf)]).await;
        assert_eq!(unread.status, StatusCode::SEE_OTHER);
        assert!(follows.get(&contract).await.says("relisez-le, puis signez"));
        let signed = follows.post(&format!("{contract}/signer?etat=2"), &[("csrf", &*csrf)]).await;
        assert_eq!(signed.status, StatusCode::SEE_OTHER);
        sent.routes.push("/{department}/personnes/{id}/contrat/{contract}/signer");
        let paper = format!("{contract}/papier?etat=2");
        let nobody = follows.get(&paper).await;
        check_page(&nobody.body);
        let csrf = nobody.csrf();
        let day = today.to_string();
        let refused = follows.post(&paper, &[("csrf", &*csrf), ("day", &*day)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.says("Cochez au moins une signature"));
        sent.form(&world, &mut follows, (&paper, ACT), &[("day", &*day), ("who", "person")]).await;
        let whole = follows.get(&contract).await;
        check_page(&whole.body);
        assert!(whole.says("En vigueur") && whole.says("à la main, sur papier"));
        let pdf = follows.get(&format!("{contract}/contrat.pdf")).await;
        assert_eq!(pdf.status, StatusCode::OK);
        assert!(pdf.bytes.starts_with(b"%PDF-"));
        assert!(follows.get("/contrats").await.says("Aucun contrat ne demande rien"));
        // Who follows nobody of them sees neither the contract nor its paper.
        let mut other = Browser::of(&world, Role::SocialReferent).await;
        for at in [contract.clone(), format!("{contract}/contrat.pdf"), format!("{contract}/papier")] {
            assert_eq!(other.get(&at).await.status, StatusCode::NOT_FOUND, "{at}");
        }
        let later = plus_days(today, 90).to_string();
        let kept = [("day", &*later), ("text", "Pas encore de place au multi-accueil.")];
        sent.form(&world, &mut follows, (&format!("{contract}/heures"), ACT), &kept).await;
        let end = [("reason", "job"), ("day", &*day)];
        sent.form(&world, &mut lead, (&format!("{contract}/fin"), ACT), &end).await;
        let over = follows.get(&contract).await;
        check_page(&over.body);
        assert!(over.says("Fin avant la date : emploi"));
        // What is over is not changed: the page leads back.
        assert_eq!(follows.get(&format!("{contract}/fin")).await.status, StatusCode::SEE_OTHER);
        let writes = routes_table().into_iter().filter(|route| route.method == "POST" && plays(&route.path));
        for route in writes {
            assert!(sent.routes.contains(&route.path.as_str()), "{} is not sent", route.path);
        }
    })
    .await;
}
