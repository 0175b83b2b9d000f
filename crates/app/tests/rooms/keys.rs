//! What is sealed, and from one secret to the next while people work, on both engines.

use app::intake::digest::digest;
use app::people::person;
use app::people::search::search;
use app::privacy::keys;
use domain::people::contact::Kind;
use store::StoreError;
use store::crypto::{Keys, Secret};
use store::sealed::{NOT_SEALED, SEALED, Step, columns_of_bytes};
use testkit::world::{World, on_both};
use uuid::Uuid;

/// The secret of test worlds, and the next one.
const OLD: Secret = [7; 32];
const NEW: Secret = [8; 32];

fn claims(world: &World, day: &str) -> Vec<u8> {
    use app::intake::generate::{GenerateInstruction, instruction};
    let mut out = Vec::new();
    let day = day.parse().unwrap();
    let order = GenerateInstruction { department: world.department.code.clone(), day, claims: 6, seed: 7 };
    instruction(&order, &mut out).unwrap();
    out
}

/// People with NIR, France Travail numbers, telephones and e-mails, and a dossier left out.
async fn peopled(world: &World) {
    let month =
        String::from_utf8_lossy(&world.month("2026-10-01", 40, 0.0)).replacen("<NOM>", "<NOM></NOM><X>", 1);
    world.import("mois.xml", month.replacen("</NOM>", "</X>", 2).as_bytes()).await.unwrap();
    world.import("demandes.xml", &claims(world, "2026-11-20")).await.unwrap();
}

async fn known(world: &World) -> String {
    digest(&world.system()).await.unwrap()
}

async fn sound(world: &World) {
    assert_eq!(store::verify::verify(&world.department.db).await.unwrap(), Vec::<String>::new());
}

/// Somebody with a telephone and a France Travail number, as their page shows them.
async fn somebody(world: &World) -> (Uuid, String, String) {
    let ctx = world.system();
    let page = app::people::list::Page { after: None, limit: 100 };
    let sort = (app::people::list::Sort::Name, app::people::list::Order::Ascending);
    let all =
        app::people::list::list(&ctx, &app::people::list::Filter::default(), sort, &page).await.unwrap();
    let (mut phone, mut number) = (None, None);
    for entry in all.rows {
        let file = person::open(&ctx, entry.row.id, domain::audit::Part::Essential).await.unwrap();
        let reached = file.reach.ways.iter().find(|way| way.kind == Kind::Phone);
        phone = phone.or(reached.map(|way| (entry.row.id, way.told.value.clone())));
        number = number.or(file.france_travail);
    }
    let (id, phone) = phone.unwrap();
    (id, phone, number.unwrap())
}

async fn found(world: &World, words: &str) -> Vec<Uuid> {
    search(&world.system(), words).await.unwrap().rows.iter().map(|entry| entry.row.id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_column_of_bytes_is_sealed_or_says_why_not() {
    on_both(|world| async move {
        let schema = columns_of_bytes(&world.department.db).await.unwrap();
        let mut listed: Vec<(String, String)> = SEALED
            .iter()
            .map(|column| (column.table, column.sealed))
            .chain(NOT_SEALED.iter().map(|(table, column, _)| (*table, *column)))
            .map(|(table, column)| (table.to_owned(), column.to_owned()))
            .collect();
        listed.sort();
        assert_eq!(schema, listed);
        for column in SEALED {
            let index = column.index.map(|index| (column.table.to_owned(), index.column.to_owned()));
            assert!(index.is_none_or(|index| listed.contains(&index)), "{}", column.name());
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_found_by_telephone_and_france_travail_number_though_both_are_sealed() {
    on_both(|world| async move {
        peopled(&world).await;
        let (id, phone, number) = somebody(&world).await;
        assert!(found(&world, &phone).await.contains(&id));
        let national = phone.replace("+33", "0");
        assert!(found(&world, &national).await.contains(&id));
        assert_eq!(found(&world, &number).await.len(), 1);
        assert_eq!(found(&world, &number.to_lowercase()).await, found(&world, &number).await);
        sound(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_goes_on_while_people_search_and_files_come_in() {
    on_both(|world| async move {
        peopled(&world).await;
        let before = known(&world).await;
        let (id, phone, number) = somebody(&world).await;
        let world = world.reopened(Keys::ring(&NEW, &[OLD], "55")).await.unwrap();
        let ctx = world.system();
        let status = keys::begin(&ctx).await.unwrap();
        assert!(status.remaining > 80, "{status:?}");
        // One column is done, the others are not: everything is found, and known again.
        let mut steps = 0;
        while keys::status(&ctx).await.unwrap().remaining == status.remaining {
            assert_ne!(keys::step(&ctx).await.unwrap(), Step::Done);
            steps += 1;
        }
        assert!(steps > 0);
        assert!(found(&world, &phone).await.contains(&id));
        assert_eq!(found(&world, &number).await.len(), 1);
        let again = world.import("mois-encore.xml", &world.month("2026-10-01", 40, 0.0)).await.unwrap();
        assert_eq!((again.persons.created, again.persons.review), (1, 0), "the dossier that was left out");
        let calls = world
            .import("demandes-encore.xml", &[claims(&world, "2026-11-20"), b"\n".to_vec()].concat())
            .await;
        assert_eq!(calls.unwrap().persons.created, 0);
        sound(&world).await;
        let meanwhile = known(&world).await;
        assert_ne!(meanwhile, before);
        while keys::step(&ctx).await.unwrap() != Step::Done {}
        assert_eq!(keys::end(&ctx).await.unwrap().remaining, 0);
        assert_eq!(known(&world).await, meanwhile);
        // The old secret may go; the new one alone reads everything.
        let world = world.reopened(Keys::derive(&NEW, "55")).await.unwrap();
        assert_eq!(known(&world).await, meanwhile);
        assert!(found(&world, &phone).await.contains(&id));
        sound(&world).await;
        world.wait(chrono::Duration::days(20));
        let next = world.import("novembre.xml", &world.month("2026-11-01", 40, 0.0)).await.unwrap();
        assert_eq!((next.persons.created, next.persons.review), (0, 0));
        let refused = world.reopened(Keys::derive(&OLD, "55")).await.unwrap_err();
        assert!(matches!(refused, StoreError::KeyMissing(_)), "{refused}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_is_in_the_journal_and_a_second_one_finds_nothing_to_do() {
    on_both(|world| async move {
        peopled(&world).await;
        let world = world.reopened(Keys::ring(&NEW, &[OLD], "55")).await.unwrap();
        for _ in 0..2 {
            keys::begin(&world.system()).await.unwrap();
            while keys::step(&world.system()).await.unwrap() != Step::Done {}
            keys::end(&world.system()).await.unwrap();
        }
        let filter = app::audit::JournalFilter { act: Some("rotate_keys".to_owned()), ..Default::default() };
        let lines = app::audit::page(&world.system(), &filter).await.unwrap();
        assert_eq!(lines.len(), 4);
        sound(&world).await;
    })
    .await;
}
