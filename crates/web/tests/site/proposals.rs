//! People proposed to a structure, page by page: from the referent's form to the partner's answer, and what a partner must
//! find on no page.

use app::people::contact::{NewContact, write};
use app::people::nir::reveal;
use app::people::person::open;
use app::people::proposal::{ProposalInput, propose};
use axum::http::StatusCode;
use chrono::Duration;
use domain::access::proposal::Shared;
use domain::access::role::Role;
use domain::access::structure::StructureKind;
use domain::audit::Part;
use domain::people::contact::Kind;
use store::people::PersonRow;
use testkit::world::{World, on_both};
use uuid::Uuid;
use web::routes_table;

use super::relations::{NOBODY, address, ask, people, served};
use super::support::{Browser, demo, is};

/// The cookie of a session and its token.
async fn session(world: &World, account: Uuid) -> (String, String) {
    let cookie = world.session_of(account).await;
    let seen = app::access::load_session(&world.app, &world.department, &cookie).await.unwrap().unwrap();
    (cookie, seen.csrf)
}

/// A text without its blanks: a number is written with them or without.
fn closed_up(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Texts of a person that no proposal tells, as they may be written on a page.
async fn secrets(world: &World, person: Uuid, referent: &app::Context) -> Vec<String> {
    let file = open(&world.system(), person, Part::Essential).await.unwrap();
    let nir = reveal(referent, person, "pour l’essai des murs").await.unwrap();
    let key = &file.dossiers[0];
    let dossier = file.household.as_ref().and_then(|h| h.dossier.as_ref()).unwrap();
    let street = dossier.main_address().unwrap().lines.clone();
    let born = file.row.birth_date.unwrap();
    let mut all = vec![
        person.to_string(),
        nir.clone(),
        key.claim_number.clone(),
        key.matricule.clone(),
        web::format::full(born),
        born.to_string(),
        "zib@exemple.fr".to_owned(),
        "Une note qui reste entre nous".to_owned(),
    ];
    all.extend(street.iter().flat_map(|line| [line.clone(), domain::people::name::display(line)]));
    let mut all: Vec<String> = all.iter().map(|text| closed_up(text)).collect();
    all.retain(|text| text.chars().count() > 3);
    assert!(all.len() >= 8, "{all:?}");
    all
}

/// Somebody whose values are marked, proposed with their telephone only.
struct Marked {
    person: PersonRow,
    /// The account of their referent.
    account: Uuid,
    /// The structure to which they are proposed, and another one.
    places: (Uuid, Uuid),
    proposal: String,
    /// What the proposal does not tell.
    hidden: Vec<String>,
}

async fn marked(world: &World) -> Marked {
    world.import("09.xml", &world.month("2026-10-01", 60, 0.0)).await.unwrap();
    let all = people(world).await;
    let known = all.iter().filter(|one| one.nir_sealed.is_some() && one.birth_date.is_some());
    let person = known.filter(|one| one.commune.is_some()).nth(3).unwrap().clone();
    let account = world.account(Role::SocialReferent, None).await;
    world.follow(person.id, account, "social").await;
    let referent = {
        let (cookie, _) = session(world, account).await;
        let seen = app::access::load_session(&world.app, &world.department, &cookie).await.unwrap();
        world.app.context(&world.department, seen.unwrap().actor)
    };
    for (kind, value) in [(Kind::Phone, "06 39 98 00 77"), (Kind::Email, "zib@exemple.fr")] {
        let new = NewContact { kind, value: value.to_owned(), shared: false, replaces: None };
        write(&referent, person.id, new).await.unwrap();
    }
    let note = app::people::notes::NoteInput {
        text: "Une note qui reste entre nous".to_owned(),
        level: Some(app::people::notes::Level::Team),
        confirmed: false,
    };
    app::people::notes::add_note(&referent, person.id, &note).await.unwrap();
    let places = (
        world.structure("Tremplin", StructureKind::Operator).await,
        world.structure("Atelier", StructureKind::Association).await,
    );
    let input = ProposalInput {
        structure: Some(places.0),
        text: "Cherche un poste.".to_owned(),
        shares: vec![Shared::Phone],
        until: Some(domain::time::plus_days(referent.today(), 10)),
    };
    let proposal = propose(&referent, person.id, &input).await.unwrap().to_string();
    let hidden = secrets(world, person.id, &referent).await;
    Marked { person, account, places, proposal, hidden }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_shared_is_on_no_page_of_a_partner_and_nothing_is_once_it_is_over() {
    on_both(|world| async move {
        let Marked { person, account, places: (here, there), proposal, hidden } = marked(&world).await;
        let site = served(&world);
        let (partner, neighbour, nowhere) = (
            world.account(Role::Partner, None).await,
            world.account(Role::Partner, None).await,
            world.account(Role::Partner, None).await,
        );
        world.join(partner, Role::Partner, here).await;
        world.join(neighbour, Role::Partner, there).await;
        // They are what the pages of a referent say.
        let (cookie, csrf) = session(&world, account).await;
        let mut told = String::new();
        for tab in ["", "/contacts", "/droit"] {
            let path = format!("/55/personnes/{}{tab}", person.id);
            told += &closed_up(&ask(&site, "GET", &path, &cookie, &csrf).await.2);
        }
        let found = hidden.iter().filter(|text| told.contains(text.as_str())).count();
        assert!(found >= 6, "{found} of {hidden:?}");
        let pages = || routes_table().into_iter().filter(|r| r.method == "GET" && !r.path.contains("/api/"));
        let one = format!("/55/propositions/{proposal}");

        let (cookie, csrf) = session(&world, partner).await;
        let mut read = 0;
        for route in pages() {
            for id in [person.id.to_string(), proposal.clone()] {
                let asked = address(&route.path, &id);
                let (status, _, body) = ask(&site, "GET", &asked, &cookie, &csrf).await;
                let said = closed_up(&body);
                let found = hidden.iter().find(|text| said.contains(text.as_str()));
                assert_eq!(found, None, "{asked}");
                assert!(!route.path.contains("/personnes") || status == 403, "{asked} {status}");
                assert_eq!(said.contains("0639980077"), asked == one, "{asked}");
                read += usize::from(status == 200);
            }
        }
        assert!(read > 20, "{read}");
        let (_, _, list) = ask(&site, "GET", "/55/propositions", &cookie, "").await;
        assert!(list.contains(&proposal) && list.contains(&person.last_name));

        // Another structure, no structure, and every one once the last day is over: nobody, to the letter.
        for (account, days) in [(neighbour, 0), (nowhere, 0), (partner, 11)] {
            world.wait(Duration::days(days));
            let (cookie, csrf) = session(&world, account).await;
            for method in ["GET", "POST"] {
                let nobody =
                    ask(&site, method, &address("/{department}/propositions/{id}", NOBODY), &cookie, &csrf)
                        .await;
                assert_eq!(nobody.0, 404, "{method}");
                assert_eq!(ask(&site, method, &one, &cookie, &csrf).await, nobody, "{method}");
            }
            for path in ["/55/propositions", "/55/"] {
                let (status, _, body) = ask(&site, "GET", path, &cookie, &csrf).await;
                assert!(
                    status == 200 && !body.contains(&proposal) && !body.contains(&person.last_name),
                    "{path}"
                );
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_referent_proposes_a_partner_answers_and_what_is_typed_is_never_lost() {
    let world = demo("55").await;
    world.import("09.xml", &world.month("2026-10-01", 30, 0.0)).await.unwrap();
    let person = people(&world).await.into_iter().find(|one| one.commune.is_some()).unwrap();
    let (account, partner) =
        (world.account(Role::SocialReferent, None).await, world.account(Role::Partner, None).await);
    world.follow(person.id, account, "social").await;
    let mut alone = Browser::of_account(&world, Role::Partner, partner).await;
    assert!(alone.get("/propositions").await.says("Votre compte n’a de rôle dans aucune structure"));
    let place = world.structure("Tremplin Emploi", StructureKind::Operator).await;
    world.join(partner, Role::Partner, place).await;
    assert!(alone.get("/propositions").await.says("Personne ne vous est proposé aujourd’hui"));

    let mut referent = Browser::of_account(&world, Role::SocialReferent, account).await;
    let page = format!("/personnes/{}", person.id);
    let seen = referent.get(&page).await;
    assert!(seen.says("n’est proposée à aucune structure") && seen.says("Tremplin Emploi"));
    assert!(seen.says("value=\"2026-12-26\""), "thirty days unless said otherwise");
    let (csrf, place) = (seen.csrf(), place.to_string());
    let text = "Cherche un poste en cuisine.\n<script>alert(1)</script>";
    let typed = [
        ("csrf", csrf.as_str()),
        ("structure", place.as_str()),
        ("message", text),
        ("last_day", "2027-09-01"),
        ("share", "commune"),
    ];
    let refused = referent.post(&format!("{page}/propositions"), &typed).await;
    is(&refused, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("d’aujourd’hui à six mois au plus") && refused.says("Cherche un poste en cuisine."));
    assert!(
        refused.says("value=\"commune\" checked") && refused.says(&format!("value=\"{place}\" selected"))
    );
    assert!(refused.says("2027-09-01") && !refused.body.contains("<script>alert"));
    let right = [&typed[..3], &[("last_day", "2026-12-10"), ("share", "commune")]].concat();
    let sent = referent.post(&format!("{page}/propositions"), &right).await;
    is(&sent, StatusCode::SEE_OTHER);
    let seen = referent.get(&page).await;
    assert!(seen.says("La personne est proposée à la structure.") && seen.says("attend une réponse"));
    assert!(seen.says("La structure voit : prénom, nom, commune.") && !seen.body.contains("<script>alert"));

    let home = alone.get("/").await;
    assert!(home.says("Répondre à une proposition") && !home.says(&person.last_name));
    assert!(!home.body.contains("role=\"search\"") && seen.body.contains("role=\"search\""));
    let list = alone.get("/propositions").await;
    assert!(list.says("Une personne attend votre réponse.") && list.says(&person.last_name));
    let one = list.link("/55/propositions/");
    let told = alone.get(&one).await;
    assert!(told.says("Vous voyez ces informations parce que") && told.says("jusqu’au 10 décembre 2026"));
    assert!(told.says("Cherche un poste en cuisine.") && !told.body.contains("<script>alert"));
    let csrf = told.csrf();
    let empty = [("csrf", csrf.as_str()), ("reply", "declined"), ("reason", " ")];
    let refused = alone.post(&one, &empty).await;
    is(&refused, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("Écrivez pourquoi vous déclinez") && refused.says("value=\"declined\" selected"));
    let accepted = [("csrf", csrf.as_str()), ("reply", "accepted"), ("reason", "<b>Mardi</b> à 9 h")];
    is(&alone.post(&one, &accepted).await, StatusCode::SEE_OTHER);
    let told = alone.get(&one).await;
    assert!(told.says("Acceptée par Essai Partenaire") && !told.body.contains("<b>Mardi"));
    assert!(referent.get(&page).await.says("à 9 h"));
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let opened = lead.get(&format!("{page}/consultations")).await;
    assert!(opened.says("Lit ce qu’une proposition montre") && opened.says("Essai Partenaire"));
    assert!(opened.says("Répond à une proposition") && opened.says("jusqu’au 10 décembre 2026"));

    let declined = [("csrf", csrf.as_str()), ("reply", "declined"), ("reason", "Complet")];
    let gone = alone.post(&one, &declined).await;
    assert_eq!((gone.status, gone.location()), (StatusCode::SEE_OTHER, "/55/propositions"));
    assert!(alone.get("/propositions").await.says("Personne ne vous est proposé"));
    is(&alone.get(&one).await, StatusCode::NOT_FOUND);
    let seen = referent.get(&page).await;
    assert!(seen.says("Déclinée par Essai Partenaire") && seen.says("Complet"));
    assert!(!seen.says("/terminer"), "nothing is left to end");
}
