//! Sectors and the capacity of structures, page by page.

use axum::http::StatusCode;
use domain::access::role::Role;
use domain::access::structure::StructureKind;
use testkit::page::check_page;
use testkit::world::World;

use super::journalled::form;
use super::support::{Browser, Seen, demo, is};

const LIST: &str = "/reglages/secteurs";
const NEW: &str = "/reglages/secteurs/nouveau";
const TYPED: [(&str, &str); 3] =
    [("name", "Secteur de Commercy"), ("purpose", "tous"), ("communes", "Commercy\n55545")];

/// A sector; its page.
async fn made(manager: &mut Browser) -> String {
    let csrf = manager.token(NEW).await;
    manager.post(NEW, &[&[("csrf", csrf.as_str())], &TYPED[..]].concat()).await.location().to_owned()
}

/// How each write of sectors is exercised, for the test of the journal.
pub async fn exercise(world: &World, path: &str) -> (u64, StatusCode) {
    let mut manager = Browser::of(world, Role::Manager).await;
    let coach = world.account(Role::JobCoach, None).await.to_string();
    let holder = [("account", coach.as_str()), ("rank", "1")];
    match path.rsplit('/').next().unwrap() {
        "importer" => {
            let table = [("table", "secteur;code_insee\nNord;55545\n")];
            form(world, &mut manager, LIST, &format!("{LIST}/importer"), &table).await
        }
        "nouveau" => form(world, &mut manager, NEW, NEW, &[("name", "Autre"), TYPED[1], TYPED[2]]).await,
        last => {
            let page = made_once(&mut manager).await;
            match last {
                "supprimer" => form(world, &mut manager, &page, &format!("{page}/supprimer"), &[]).await,
                "titulaires" => {
                    form(world, &mut manager, &page, &format!("{page}/titulaires"), &holder).await
                }
                "terminer" => {
                    form(world, &mut manager, &page, &format!("{page}/titulaires"), &holder).await;
                    let end = end_of(&mut manager, &page).await;
                    form(world, &mut manager, &page, &end, &[]).await
                }
                _ => form(world, &mut manager, &page, &page, &TYPED).await,
            }
        }
    }
}

/// The sector of an earlier exercise, or a new one.
async fn made_once(manager: &mut Browser) -> String {
    let csrf = manager.token(NEW).await;
    let sent = manager.post(NEW, &[&[("csrf", csrf.as_str())], &TYPED[..]].concat()).await;
    if sent.status == StatusCode::SEE_OTHER {
        return sent.location().to_owned();
    }
    manager.get(LIST).await.link("/55/reglages/secteurs/0")
}

/// Where the first holder of a sector is ended.
async fn end_of(manager: &mut Browser, page: &str) -> String {
    let seen = manager.get(page).await;
    let start = format!("action=\"{page}/titulaires/");
    let rest = seen.body.split(&start).nth(1).unwrap().split('"').next().unwrap();
    format!("{page}/titulaires/{rest}")
}

/// Nothing is wrong with how the page is made.
fn sound(seen: &Seen) {
    assert_eq!(check_page(&seen.body), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_makes_a_sector_names_who_follows_there_and_ends_it() {
    let world = demo("55").await;
    let place = world.structure("Tremplin Emploi", StructureKind::Operator).await.to_string();
    let mut manager = Browser::of(&world, Role::Manager).await;
    let empty = manager.get(LIST).await;
    sound(&empty);
    assert!(empty.says("Aucun secteur"));
    let csrf = manager.token(NEW).await;
    let hostile =
        [("csrf", csrf.as_str()), ("name", "<b>Nord</b>"), ("purpose", "tous"), ("communes", "<script>")];
    let wrong = manager.post(NEW, &hostile).await;
    is(&wrong, StatusCode::UNPROCESSABLE_ENTITY);
    sound(&wrong);
    assert!(wrong.says("Introuvable dans ce département") && wrong.says("&#60;b&#62;Nord&#60;/b&#62;"));
    assert!(!wrong.body.contains("<b>Nord"), "shown as it was written");
    let page = made(&mut manager).await;
    let seen = manager.get(&page).await;
    sound(&seen);
    assert!(seen.says("Le secteur est enregistré.") && seen.says("Commercy") && seen.says("Verdun"));
    let to = format!("{page}/titulaires");
    let nobody = manager.post(&to, &[("csrf", &csrf), ("rank", "1")]).await;
    is(&nobody, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nobody.says("Choisissez une structure, un professionnel, ou les deux."));
    let held = manager.post(&to, &[("csrf", &csrf), ("rank", "1"), ("structure", &place)]).await;
    is(&held, StatusCode::SEE_OTHER);
    assert!(manager.get(&page).await.says("Tremplin Emploi, toute l’équipe"));
    let list = manager.get(LIST).await;
    sound(&list);
    assert!(list.says("497 communes n’ont aucun secteur.") && list.says("tout le monde"));
    let csv = manager.get("/reglages/secteurs.csv").await;
    assert!(csv.body.contains("Secteur de Commercy;tous;55122;Commercy;Tremplin Emploi;;1;"));
    let end = end_of(&mut manager, &page).await;
    is(&manager.post(&end, &[("csrf", &csrf)]).await, StatusCode::SEE_OTHER);
    assert!(manager.get(LIST).await.says("personne"));
    let gone = manager.post(&format!("{page}/supprimer"), &[("csrf", &csrf)]).await;
    is(&gone, StatusCode::SEE_OTHER);
    is(&manager.get(&page).await, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_with_wrong_lines_comes_back_with_each_of_them() {
    let world = demo("55").await;
    let mut manager = Browser::of(&world, Role::Manager).await;
    let csrf = manager.token(LIST).await;
    let to = format!("{LIST}/importer");
    let table = "secteur;code_insee\nNord;55545\nNord;<i>99\n";
    let wrong = manager.post(&to, &[("csrf", &csrf), ("table", table)]).await;
    is(&wrong, StatusCode::UNPROCESSABLE_ENTITY);
    sound(&wrong);
    assert!(wrong.says("Ligne 3 : « &#60;i&#62;99 » n’est pas une commune de ce département."));
    assert!(wrong.says("Nord;55545"), "what was pasted is kept");
    let empty = manager.post(&to, &[("csrf", &csrf), ("table", "")]).await;
    assert!(empty.says("Le tableau est vide"));
    let right = "secteur\tcode_insee\nNord\t55545\n";
    is(&manager.post(&to, &[("csrf", &csrf), ("table", right)]).await, StatusCode::SEE_OTHER);
    assert!(manager.get(LIST).await.says("Nord"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_capacity_of_a_structure_is_typed_beside_it_and_the_call_says_why_and_full() {
    let world = demo("55").await;
    let place = world.structure("Tremplin Emploi", StructureKind::Operator).await;
    let coach = world.account(Role::JobCoach, None).await;
    let mut manager = Browser::of(&world, Role::Manager).await;
    let page = format!("/reglages/structures/{place}");
    let csrf = manager.token(&page).await;
    let typed = |capacity| {
        [
            ("csrf", csrf.as_str()),
            ("name", "Tremplin Emploi"),
            ("kind", "operator"),
            ("side", "employment"),
            ("capacity", capacity),
        ]
    };
    let wrong = manager.post(&page, &typed("beaucoup")).await;
    is(&wrong, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.says("de 1 à 20 000"));
    is(&manager.post(&page, &typed("30")).await, StatusCode::SEE_OTHER);
    assert!(manager.get("/reglages/structures").await.says("0 sur 30"));
    assert!(manager.get(&page).await.body.contains("value=\"30\""));

    world.import("10.xml", &world.month("2026-10-01", 12, 0.0)).await.unwrap();
    let mut operator = Browser::of(&world, Role::Operator).await;
    let csrf = operator.token("/appels").await;
    let screen = operator.post("/appels", &[("csrf", &csrf)]).await.location().to_owned();
    let person = screen.trim_end_matches("/appel").rsplit('/').next().unwrap().parse().unwrap();
    let file =
        app::people::person::open(&world.system(), person, domain::audit::Part::Essential).await.unwrap();
    let input = app::settings::SectorInput {
        name: "Secteur de la rivière".to_owned(),
        purpose: domain::orientation::sector::Purpose::Everybody,
        communes: file.row.commune.unwrap(),
        territory: String::new(),
        epci: String::new(),
    };
    let sector = app::settings::save_sector(&world.system(), None, &input).await.unwrap();
    let holder = app::settings::HolderInput { account: Some(coach), priority: 1, ..Default::default() };
    app::settings::add_holder(&world.system(), sector, &holder).await.unwrap();
    app::access::set_capacity(&world.system(), coach, Some(1)).await.unwrap();
    world.follow(person, coach, "employment").await;
    let seen = operator.get(&screen).await;
    sound(&seen);
    assert!(seen.says("secteur Secteur de la rivière") && seen.says("complet"));
    let cut = operator.get(&format!("/appels?secteur={sector}")).await;
    sound(&cut);
    assert!(
        cut.body.contains(&format!("name=\"secteur\" value=\"{sector}\"")),
        "the button keeps the sector"
    );
}
