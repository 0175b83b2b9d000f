//! The forms of the walls: each is really sent, leaves a line in the journal, and takes no field that it does not ask for.

use domain::access::role::Role;
use domain::access::structure::StructureKind;
use store::access::second_factor::{self, SecondFactor};
use testkit::world::World;
use uuid::Uuid;
use web::routes_table;

use super::pages_walls::people;
use super::support::{Browser, demo};

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
        (Role::Admin, "/reglages/utilisateurs/{other}/places", vec![("capacity", "30")]),
        (Role::Admin, "/reglages/utilisateurs/{other}/lien", vec![]),
        (Role::Admin, "/reglages/utilisateurs/{other}/double-authentification", vec![]),
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
        (
            Role::SocialReferent,
            "/personnes/{person}/propositions",
            vec![
                ("structure", "{place}"),
                ("message", "Cherche un poste en cuisine"),
                ("last_day", "2026-12-24"),
                ("share", "phone"),
            ],
        ),
        (Role::Partner, "/propositions/{sent}", vec![("reply", "accepted"), ("reason", "Mardi à 9 h")]),
        (Role::SocialReferent, "/personnes/{person}/propositions/{sent}/terminer", vec![]),
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
    let proposed = store::people::proposal::of(read, &ids).await.unwrap();
    let proposed: Vec<_> = proposed
        .iter()
        .map(|p| {
            let whose = (p.id, p.person_id, p.structure_id, p.author_id, p.answered_by);
            (whose, &p.shares, p.since, p.until, p.ended_on, &p.answer)
        })
        .collect();
    let open = store::access::exceptional::recent(read, 50).await.unwrap();
    let open: Vec<_> = open.iter().map(|a| (a.id, a.account_id, a.person_id, &a.motive, a.until)).collect();
    format!(
        "{accounts:#?}{:#?}{:#?}{tokens:#?}{:#?}{:#?}{notes:#?}{open:#?}{proposed:#?}",
        store::access::account::all_roles(db).await.unwrap(),
        store::access::structure::all(read).await.unwrap(),
        store::access::proposal::all(db, None).await.unwrap(),
        store::settings::own_parameters(db).await.unwrap(),
    )
}

async fn give_second_factor(world: &World, account_id: Uuid) {
    let (db, now) = (&world.department.db, world.app.clock.now());
    let secret_sealed = db.keys().encrypt(store::sealed::SECOND_FACTOR.place, b"secret").unwrap();
    let factor = SecondFactor {
        account_id,
        secret_sealed,
        salt: vec![],
        last_step: 0,
        created_at: now,
        confirmed_at: None,
    };
    let tx = db.begin().await.unwrap();
    second_factor::begin(&tx, factor).await.unwrap();
    second_factor::confirm(&tx, account_id, now).await.unwrap();
    tx.commit().await.unwrap();
}

/// Sends every form of the walls, each after what it needs, with these fields besides.
async fn play(extra: &[(&str, &str)]) -> String {
    let world = demo("55").await;
    world.import("09.xml", &world.month("2026-10-01", 20, 0.0)).await.unwrap();
    let other = world.account(Role::Operator, None).await;
    give_second_factor(&world, other).await;
    let mut referent = other;
    let mut browsers = std::collections::BTreeMap::new();
    for role in [Role::Admin, Role::TeamLead, Role::Manager, Role::Operator, Role::JobCoach] {
        let mut browser = Browser::of(&world, role).await;
        let csrf = browser.token("/compte").await;
        browsers.insert(role, (browser, csrf));
    }
    // After every other name: the forms change the first structure.
    let place = world.structure("Zénith Insertion", StructureKind::Operator).await;
    for role in [Role::SocialReferent, Role::Partner] {
        let account = world.account(role, None).await;
        let mut browser = Browser::of_account(&world, role, account).await;
        let csrf = browser.token("/compte").await;
        browsers.insert(role, (browser, csrf));
        match role {
            Role::Partner => world.join(account, role, place).await,
            _ => referent = account,
        }
    }
    let all = people(&world).await;
    let person = all.iter().find(|one| one.state == "to_orient").unwrap();
    world.follow(person.id, referent, "social").await;
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
        let sent = store::people::proposal::of(db.read(), &[person.id]).await.unwrap();
        let fill = |text: &str| {
            text.replace("{person}", &person.id.to_string())
                .replace("{place}", &place.to_string())
                .replace("{sent}", &sent.first().map(|p| p.id.to_string()).unwrap_or_default())
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
        ("answered_by", nobody),
        ("ended_on", "2020-01-01"),
        ("shares", "phone email commune age"),
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
        "/propositions",
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
