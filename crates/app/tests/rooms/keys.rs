//! What is sealed, and from one secret to the next while people work, on both engines.

use app::intake::digest::digest;
use app::people::person;
use app::people::search::search;
use app::privacy::keys;
use domain::people::contact::Kind;
use store::crypto::{Keys, Secret};
use store::sealed::{NOT_SEALED, SEALED, Step, columns_of_bytes};
use store::{Db, StoreError};
use testkit::world::{World, on_both};
use uuid::Uuid;

/// The secret of test worlds, and the next one.
const OLD: Secret = [7; 32];
const NEW: Secret = [8; 32];

fn claims(world: &World, day: &str) -> Vec<u8> {
    use app::intake::generate::{GenerateInstruction, instruction};
    let mut out = Vec::new();
    let day = day.parse().unwrap();
    let order = GenerateInstruction {
        department: world.department.code.clone(),
        day,
        claims: 6,
        seed: 7,
        named: Vec::new(),
    };
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
        let begun = keys::status(&ctx).await.unwrap().remaining;
        while keys::status(&ctx).await.unwrap().remaining == begun {
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

/// What the journal's own check says.
async fn fault(world: &World) -> Option<store::audit::Fault> {
    store::audit::verify_chain(&world.department.db).await.unwrap().fault
}

/// A journal with sealed blocks, a stub, and rows after the last block.
async fn with_a_journal(world: &World) {
    use store::audit::{Partial, SealOrder, expire, seal};
    let (db, ctx) = (&world.department.db, world.system());
    for _ in 0..3 {
        super::audit_blocks::write(world, 10).await;
        let order = SealOrder { rows: 10, partial: Partial::Wait, at: world.system().now() };
        seal(db, &order).await.unwrap();
        world.wait(chrono::Duration::days(30));
    }
    let tx = db.begin().await.unwrap();
    let limit = ctx.now() - chrono::Duration::days(75);
    assert_eq!(expire(&tx, db.keys(), limit, world.system().now(), 10).await.unwrap().blocks.len(), 1);
    tx.commit().await.unwrap();
    super::audit_blocks::write(world, 3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_journal_is_sealed_again_with_the_new_secret_and_still_finds_what_was_changed() {
    on_both(|world| async move {
        peopled(&world).await;
        with_a_journal(&world).await;
        let new = Keys::derive(&NEW, "55").current();
        let world = world.reopened(Keys::ring(&NEW, &[OLD], "55")).await.unwrap();
        let ctx = world.system();
        assert!(keys::status(&ctx).await.unwrap().remaining > 5, "the seals of the journal count");
        keys::begin(&ctx).await.unwrap();
        while keys::step(&ctx).await.unwrap() != Step::Done {}
        assert_eq!(keys::end(&ctx).await.unwrap().remaining, 0);
        let seals = store::audit::seals(&world.department.db).await.unwrap();
        assert!(seals.len() == 1 && seals[0].0 == Some(new) && seals[0].1 >= 5, "{seals:?}");
        // The old secret may go: the new one alone reads every seal, and rows go on.
        let world = world.reopened(Keys::derive(&NEW, "55")).await.unwrap();
        assert_eq!(fault(&world).await, None);
        super::audit_blocks::write(&world, 2).await;
        assert_eq!(fault(&world).await, None);
        sound(&world).await;
        // A row, a block and a stub changed after that are found.
        let db = &world.department.db;
        for (change, back) in [
            (
                "UPDATE journal SET reason = 'autre' WHERE number = 25",
                "UPDATE journal SET reason = NULL WHERE number = 25",
            ),
            (
                "UPDATE journal_block SET last_row = last_row + 1 WHERE number = 2",
                "UPDATE journal_block SET last_row = last_row - 1 WHERE number = 2",
            ),
            (
                "UPDATE journal_block SET row_count = row_count + 1 WHERE number = 1",
                "UPDATE journal_block SET row_count = row_count - 1 WHERE number = 1",
            ),
        ] {
            db.execute_raw(change).await.unwrap();
            assert!(fault(&world).await.is_some(), "{change}");
            assert!(store::audit::reseal(db).await.unwrap().is_some(), "it is not sealed over");
            db.execute_raw(back).await.unwrap();
            assert_eq!(fault(&world).await, None, "{back}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_old_secret_cannot_go_before_the_journal_is_sealed_again() {
    on_both(|world| async move {
        peopled(&world).await;
        with_a_journal(&world).await;
        let mut world = world.reopened(Keys::ring(&NEW, &[OLD], "55")).await.unwrap();
        keys::begin(&world.system()).await.unwrap();
        let mut refused = 0;
        loop {
            let under_old = store::audit::seals(&world.department.db).await.unwrap();
            let under_old = under_old.iter().any(|(key, _)| *key == Some(Keys::derive(&OLD, "55").current()));
            if under_old {
                // Whatever is sealed again already, the new secret alone opens nothing: the journal cannot be harmed.
                let alone = Db::open(
                    world.department.db.engine().clone(),
                    Keys::derive(&NEW, "55"),
                    store::db::Open::Migrate,
                );
                let why = alone.await.unwrap_err();
                assert!(matches!(why, StoreError::KeyMissing(_)), "{why}");
                refused += 1;
            }
            if keys::step(&world.system()).await.unwrap() == Step::Done {
                assert!(!under_old, "the journal is sealed again before the last value");
                break;
            }
        }
        assert!(refused > 3, "{refused}");
        keys::end(&world.system()).await.unwrap();
        world = world.reopened(Keys::derive(&NEW, "55")).await.unwrap();
        assert_eq!(fault(&world).await, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_that_does_not_hold_keeps_its_old_seals_and_the_status_says_so() {
    on_both(|world| async move {
        with_a_journal(&world).await;
        world
            .department
            .db
            .execute_raw("UPDATE journal SET reason = 'autre' WHERE number = 25")
            .await
            .unwrap();
        let world = world.reopened(Keys::ring(&NEW, &[OLD], "55")).await.unwrap();
        let before = fault(&world).await;
        assert!(before.is_some());
        keys::begin(&world.system()).await.unwrap();
        while keys::step(&world.system()).await.unwrap() != Step::Done {}
        let status = keys::end(&world.system()).await.unwrap();
        let journal = status.places.iter().find(|place| place.place == "journal").unwrap();
        let old = journal.keys.iter().filter(|count| count.key.as_ref() != Some(&status.writes));
        assert_eq!(old.map(|count| count.values).sum::<u64>(), status.remaining);
        assert!(status.remaining >= 3, "{status:?}");
        assert_eq!(fault(&world).await, before, "the same fault, not another");
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
