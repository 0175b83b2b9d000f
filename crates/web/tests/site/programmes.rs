//! Programmes by their pages: somebody is proposed, answered, seen, paused, renewed and left; the text of a programme.

use app::orientation::{DecisionInput, decide};
use axum::http::StatusCode;
use domain::access::role::Role;
use domain::orientation::rules::{Organisation, Path};
use domain::time::plus_days;
use testkit::page::check_page;
use testkit::world::{World, on_both};
use uuid::Uuid;
use web::routes_table;

use super::journalled::lines;
use super::support::Browser;

const MEUSE: &str = "referents-parcours";

/// Is this write sent here?
pub fn plays(route: &str) -> bool {
    (route.contains("/dispositif") && !super::milestones::plays(route)) || route.ends_with("/contact")
}

/// Writes, and the routes that were sent.
pub struct Sent {
    pub routes: Vec<&'static str>,
}

impl Sent {
    /// Sends a form from its page: it leaves a line in the journal and leads on.
    pub async fn form(
        &mut self,
        world: &World,
        browser: &mut Browser,
        (at, route): (&str, &'static str),
        fields: &[(&str, &str)],
    ) {
        let page = browser.get(at).await;
        assert_eq!(page.status, StatusCode::OK, "{at}");
        check_page(&page.body);
        let csrf = page.csrf();
        let before = lines(world).await;
        let fields = [&[("csrf", &*csrf)], fields].concat();
        let answer = browser.post(at, &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{at}: {}", answer.body);
        assert!(lines(world).await > before, "{at} leaves nothing");
        self.routes.push(route);
    }
}

/// Somebody oriented and followed by a coach; their page.
pub async fn oriented(world: &World) -> (String, Uuid) {
    world.import("10.xml", &world.month("2026-10-01", 10, 0.0)).await.unwrap();
    let lead = world.acting(world.account(Role::TeamLead, None).await).await;
    let coach = world.account(Role::JobCoach, None).await;
    let mut browser = Browser::of(world, Role::TeamLead).await;
    let page = browser.get("/orientation").await.link("/55/personnes/0");
    let id: Uuid = page.rsplit('/').next().unwrap().parse().unwrap();
    let input = DecisionInput {
        path: Some(Path::SocioProfessionnel),
        organisation: Some(Organisation::Departement),
        referent: Some(coach),
        reason: "Rencontrée à l’accueil ce matin.".to_owned(),
        explanation: "On avance ensemble, à votre rythme.".to_owned(),
        ..DecisionInput::default()
    };
    decide(&lead, id, &input).await.unwrap();
    (page, coach)
}

const CONDITIONS: [&str; 3] = ["receives-rsa", "discouraged", "lives-in-covered-area"];

fn answered(reply: &'static str) -> Vec<(String, &'static str)> {
    CONDITIONS.iter().map(|code| (format!("condition-{code}"), reply)).collect()
}

/// Who acts on somebody's page.
struct Scene {
    page: String,
    coach: String,
    lead: Browser,
    follows: Browser,
}

impl Scene {
    /// First the programme, then its conditions: nothing is written before they are answered. The address of the answer.
    async fn proposed(&mut self, world: &World, sent: &mut Sent, yes: &[(&str, &str)]) -> String {
        let choose = format!("{}/dispositif", self.page);
        // The preset lets operators, social referents and leads propose it: the coach is told so.
        let none = self.follows.get(&choose).await;
        check_page(&none.body);
        assert!(none.says("Votre rôle ne prescrit aucun dispositif"));
        let first = self.lead.get(&choose).await;
        check_page(&first.body);
        let csrf = first.csrf();
        let chosen = self.lead.post(&choose, &[("csrf", &*csrf), ("dispositif", MEUSE)]).await;
        check_page(&chosen.body);
        assert!(chosen.says("La commune est-elle dans la zone couverte ?"));
        let at = format!("{choose}?dispositif={MEUSE}");
        sent.form(world, &mut self.lead, (&at, "/{department}/personnes/{id}/dispositif"), yes).await;
        assert_eq!(self.follows.get("/prescriptions").await.status, StatusCode::FORBIDDEN);
        let list = self.lead.get("/prescriptions").await;
        check_page(&list.body);
        assert!(list.says("Une personne attend une réponse"));
        assert!(self.lead.get("/").await.says("Répondre à une prescription"));
        list.link(&format!("{}/dispositif/", self.page))
    }

    /// A « no » is told, then they enter.
    async fn enrolled(&mut self, world: &World, sent: &mut Sent, answer: &str, yes: &[(&str, &str)]) {
        let wrong = self.lead.get(answer).await;
        check_page(&wrong.body);
        let csrf = wrong.csrf();
        let fields = [("csrf", &*csrf), ("verdict", "inscrire"), ("condition-receives-rsa", "no")];
        let no = self.lead.post(answer, &fields).await;
        assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
        check_page(&no.body);
        assert!(no.says("la réponse est non") && no.says("Pourquoi passer outre"));
        let enrol = [yes, &[("verdict", "inscrire"), ("employment", &*self.coach)]].concat();
        let route = "/{department}/personnes/{id}/dispositif/{enrolment}/reponse";
        sent.form(world, &mut self.lead, (answer, route), &enrol).await;
        let file = self.follows.get(&self.page).await;
        check_page(&file.body);
        assert!(file.says("Tenir le premier entretien") && file.says("En cours"));
        assert!(self.follows.get("/").await.says("Rien n’est en retard"));
    }

    /// A contact in two clicks: the form is ready, with today.
    async fn seen(&mut self, world: &World, sent: &mut Sent) {
        let contact = format!("{}/contact", self.page);
        let csrf = self.follows.get(&contact).await.csrf();
        let impossible = [
            ("csrf", &*csrf),
            ("means", "phone"),
            ("outcome", "absent"),
            ("subject", "work"),
            ("text", "Rien."),
        ];
        let refused = self.follows.post(&contact, &impossible).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.says("Ce résultat ne va pas avec ce moyen") && refused.says("Rien."));
        let said = [
            ("means", "meeting"),
            ("outcome", "held"),
            ("subject", "situation"),
            ("text", "Elle reprend confiance."),
            ("level", "pair"),
        ];
        let route = "/{department}/personnes/{id}/contact";
        sent.form(world, &mut self.follows, (&contact, route), &said).await;
        let file = self.follows.get(&self.page).await;
        check_page(&file.body);
        assert!(file.says("Voir ou appeler la personne") && file.says("Elle reprend confiance."));
    }

    /// Paused, taken up again, renewed by who may, and left.
    async fn left(&mut self, world: &World, sent: &mut Sent, course: &str) {
        let route = "/{department}/personnes/{id}/dispositif/{enrolment}/{change}";
        let until = plus_days(world.system().today(), 15).to_string();
        let at = |change: &str| format!("{course}/{change}");
        let pause = [("reason", "family"), ("until", &*until), ("level", "pair")];
        sent.form(world, &mut self.follows, (&at("pause"), route), &pause).await;
        assert!(self.follows.get(&self.page).await.says("En pause jusqu"));
        sent.form(world, &mut self.follows, (&at("reprise"), route), &[]).await;
        // Who follows asks, who leads answers: with a reason when it is no, then yes.
        assert_eq!(self.follows.get(&at("renouvellement")).await.status, StatusCode::SEE_OTHER);
        let why = [("text", "Elle a besoin de six mois de plus."), ("level", "pair")];
        sent.form(world, &mut self.follows, (&at("demande"), route), &why).await;
        let file = self.lead.get(&self.page).await;
        check_page(&file.body);
        assert!(file.says("Renouvellement demandé : une réponse est attendue"));
        assert!(file.says("Répondre à une demande de renouvellement"));
        let csrf = self.lead.get(&at("fin")).await.csrf();
        let mute = self.lead.post(&at("fin"), &[("csrf", &*csrf), ("text", ""), ("level", "pair")]).await;
        assert_eq!(mute.status, StatusCode::UNPROCESSABLE_ENTITY);
        check_page(&mute.body);
        let no = [("text", "La suite est déjà prête : un autre dispositif."), ("level", "pair")];
        sent.form(world, &mut self.lead, (&at("fin"), route), &no).await;
        assert!(self.follows.get(&self.page).await.says("Renouvellement non retenu"));
        sent.form(world, &mut self.lead, (&at("renouvellement"), route), &[]).await;
        sent.form(world, &mut self.follows, (&at("sortie"), route), &[("reason", "training")]).await;
        let file = self.follows.get(&self.page).await;
        check_page(&file.body);
        assert!(file.says("Terminé") && file.says("Sortie : formation"));
        // What is over is not changed: the page leads back.
        assert_eq!(self.follows.get(&at("pause")).await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_is_proposed_enrolled_seen_paused_renewed_and_left_by_pages() {
    on_both(async |world| {
        let world = world.in_demo();
        let (page, coach) = oriented(&world).await;
        let lead = Browser::of(&world, Role::TeamLead).await;
        let follows = Browser::of_account(&world, Role::JobCoach, coach).await;
        let mut scene = Scene { page, coach: coach.to_string(), lead, follows };
        let mut sent = Sent { routes: Vec::new() };
        let yes = answered("yes");
        let yes: Vec<(&str, &str)> = yes.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        let answer = scene.proposed(&world, &mut sent, &yes).await;
        scene.enrolled(&world, &mut sent, &answer, &yes).await;
        scene.seen(&world, &mut sent).await;
        scene.left(&world, &mut sent, answer.strip_suffix("/reponse").unwrap()).await;
        texts(&world, &mut sent).await;
        let writes = routes_table().into_iter().filter(|route| route.method == "POST" && plays(&route.path));
        for route in writes {
            assert!(sent.routes.contains(&route.path.as_str()), "{} is not sent", route.path);
        }
    })
    .await;
}

/// The programmes of the département, a version of one, one of its own.
async fn texts(world: &World, sent: &mut Sent) {
    let mut manager = Browser::of(world, Role::Manager).await;
    let list = manager.get("/reglages/dispositifs").await;
    check_page(&list.body);
    assert!(list.says("Ouvert ici") && list.says("À reprendre"));
    let at = format!("/55/reglages/dispositifs/{MEUSE}");
    let page = manager.get(&at).await;
    check_page(&page.body);
    assert!(page.says("un contact individuel tous les 21 jours au plus"));
    let text = app::programmes::programme_text(&world.acting(manager_id(world).await).await, MEUSE, 1)
        .await
        .unwrap();
    let faster = text.replace("individual_contacts = { value = 21", "individual_contacts = { value = 14");
    let csrf = page.csrf();
    let broken = [("csrf", &*csrf), ("texte", "schema = "), ("after", "1")];
    let refused = manager.post(&at, &broken).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    check_page(&refused.body);
    assert!(refused.says("ne suit pas la forme attendue") && refused.says("schema = "));
    let fields = [("texte", &*faster), ("after", "1"), ("note", "Quatorze jours.")];
    sent.form(world, &mut manager, (&at, "/{department}/reglages/dispositifs/{code}"), &fields).await;
    assert!(manager.get(&at).await.says("tous les 14 jours au plus"));
    let own = text.replace(&format!("code = \"{MEUSE}\""), "code = \"coup-de-pouce\"");
    let new = "/55/reglages/dispositifs/nouveau";
    let fields = [("texte", &*own), ("after", "1"), ("note", "")];
    sent.form(world, &mut manager, (new, "/{department}/reglages/dispositifs/nouveau"), &fields).await;
    let mut reader = Browser::of(world, Role::JobCoach).await;
    let page = reader.get("/55/reglages/dispositifs/coup-de-pouce").await;
    check_page(&page.body);
    assert!(page.says("Ouvert ici") && !page.says("Publier"));
}

async fn manager_id(world: &World) -> Uuid {
    world.account(Role::Manager, None).await
}
