//! Blocks of the journal: sealed beside who writes, expired when their time has come, on both engines.

use std::sync::Arc;

use app::audit::{Fault, JournalFilter, keep, page, record, seal_now, verify, verify_against};
use chrono::{Duration, Months};
use domain::audit::Act;
use serde_json::json;
use store::audit::{Partial, SealOrder};
use testkit::world::{World, on_both, on_sqlite};
use uuid::Uuid;

/// Writes `count` acts in one transaction each.
pub async fn write(world: &World, count: usize) {
    for n in 0..count {
        let ctx = world.system();
        let tx = world.department.db.begin().await.unwrap();
        let person = (n % 2 == 0).then(|| Uuid::from_u128(n as u128));
        record(&ctx, &tx, Act::ReadPerson, person, Some(format!("objet {n}")), json!({ "n": n }))
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}

async fn whole(world: &World) -> store::audit::ChainReport {
    let report = verify(&world.system()).await.unwrap();
    assert_eq!(report.fault, None);
    report
}

#[tokio::test]
async fn a_day_is_sealed_the_next_day_and_a_thousand_rows_at_once() {
    on_both(async |world| {
        let ctx = world.system();
        write(&world, 3).await;
        assert!(keep(&ctx).await.unwrap().sealed.is_empty(), "the day is not over");
        world.wait(Duration::days(1));
        let sealed = keep(&ctx).await.unwrap().sealed;
        assert_eq!((sealed.len(), sealed[0].first_row, sealed[0].last_row), (1, 1, 3));
        assert!(keep(&ctx).await.unwrap().sealed.is_empty(), "twice is once");
        write(&world, 2).await;
        let now = seal_now(&ctx).await.unwrap();
        assert_eq!((now[0].number, now[0].first_row, now[0].last_row), (2, 4, 5));
        write(&world, 5).await;
        let order = SealOrder { rows: 2, partial: Partial::Wait, at: ctx.now() };
        let full = store::audit::seal(ctx.db(), &order).await.unwrap().blocks;
        assert_eq!(full.iter().map(|b| (b.first_row, b.last_row)).collect::<Vec<_>>(), [(6, 7), (8, 9)]);
        let report = whole(&world).await;
        assert_eq!((report.rows, report.blocks, report.stubs), (10, 4, 0));
        assert_eq!(report.last.unwrap().number, 4);
    })
    .await;
}

#[tokio::test]
async fn many_write_while_others_seal_and_the_journal_is_one_chain() {
    on_both(async |world| {
        let world = Arc::new(world);
        let writers = (0..8).map(|_| {
            let world = Arc::clone(&world);
            tokio::spawn(async move { write(&world, 12).await })
        });
        let sealers = (0..2).map(|_| {
            let world = Arc::clone(&world);
            tokio::spawn(async move {
                for _ in 0..15 {
                    seal_now(&world.system()).await.unwrap();
                }
            })
        });
        for task in writers.chain(sealers).collect::<Vec<_>>() {
            task.await.unwrap();
        }
        seal_now(&world.system()).await.unwrap();
        let report = whole(&world).await;
        assert_eq!(report.rows, 96);
        assert_eq!(report.last.unwrap().last_row, 96);
    })
    .await;
}

#[tokio::test]
async fn over_four_years_nothing_outlives_twelve_months_and_the_chain_never_breaks() {
    on_both(async |world| {
        let ctx = world.system();
        for _ in 0..48 {
            write(&world, 4).await;
            world.wait(Duration::days(30));
            let kept = keep(&ctx).await.unwrap();
            assert_eq!(kept.sealed.len(), 1, "a month is sealed at its end");
            let limit = ctx.now().checked_sub_months(Months::new(12)).unwrap();
            let old = JournalFilter { to: Some(limit - Duration::days(30)), ..JournalFilter::default() };
            assert!(page(&ctx, &old).await.unwrap().is_empty());
            let recent = JournalFilter { limit: 500, ..JournalFilter::default() };
            let lines = page(&ctx, &recent).await.unwrap();
            assert!(lines.len() < 100, "{}", lines.len());
        }
        let report = whole(&world).await;
        assert!(report.stubs > 30 && report.stubs < report.blocks, "{report:?}");
        let told = JournalFilter { act: Some(Act::ExpireJournal.code().into()), ..JournalFilter::default() };
        let expiry = page(&ctx, &told).await.unwrap().remove(0).row;
        assert_eq!(expiry.actor_kind, "system");
        assert!(expiry.detail["rows"][1].as_i64() > expiry.detail["rows"][0].as_i64(), "{}", expiry.detail);
    })
    .await;
}

#[tokio::test]
async fn the_departement_may_keep_the_journal_longer_from_a_date_on() {
    let world = on_sqlite("55").await;
    let ctx = world.system();
    let tx = world.department.db.begin().await.unwrap();
    let parameter = store::settings::Parameter {
        key: "privacy.log_months".to_owned(),
        since: ctx.today(),
        value: "36".to_owned(),
        source: "risque documenté".to_owned(),
    };
    store::settings::set_value(&tx, parameter).await.unwrap();
    tx.commit().await.unwrap();
    write(&world, 3).await;
    world.wait(Duration::days(30 * 30));
    assert!(keep(&ctx).await.unwrap().expired.is_empty());
    world.wait(Duration::days(250));
    assert_eq!(keep(&ctx).await.unwrap().expired.len(), 1);
}

#[tokio::test]
async fn a_broken_journal_is_neither_sealed_nor_expired_and_goes_on_being_written() {
    on_both(async |world| {
        let ctx = world.system();
        write(&world, 4).await;
        seal_now(&ctx).await.unwrap();
        write(&world, 4).await;
        let db = &world.department.db;
        db.execute_raw("UPDATE journal SET act = 'search' WHERE number = 6").await.unwrap();
        let why = seal_now(&ctx).await.unwrap_err().to_string();
        assert!(why.contains("la ligne 6 (pas encore scellée)"), "{why}");
        db.execute_raw("UPDATE journal SET act = 'search' WHERE number = 2").await.unwrap();
        world.wait(Duration::days(500));
        let why = app::audit::expire(&ctx).await.unwrap_err().to_string();
        assert!(why.contains("la ligne 2 (bloc 1)"), "{why}");
        write(&world, 1).await;
        let fault = verify(&ctx).await.unwrap().fault;
        assert_eq!(fault, Some(Fault::Row { number: 2, block: Some(1) }));
        let found = store::verify::verify(db).await.unwrap();
        assert!(
            found.iter().any(|one| one.contains("le journal n’est pas entier : la ligne 2")),
            "{found:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_head_that_was_changed_or_removed_is_never_taken_for_a_good_one() {
    let edits = [
        "UPDATE journal_head SET number = 3",
        "UPDATE journal_head SET hash = (SELECT hash FROM journal WHERE number = 3), number = 3",
        "DELETE FROM journal_head",
        "UPDATE journal_head SET seal = NULL, key_id = NULL",
    ];
    for edit in edits {
        on_both(async |world| {
            write(&world, 4).await;
            let db = &world.department.db;
            if edit.contains("number = 3") {
                db.execute_raw("DELETE FROM journal WHERE number = 4").await.unwrap();
            }
            db.execute_raw(edit).await.unwrap();
            write(&world, 2).await;
            let fault = verify(&world.system()).await.unwrap().fault;
            assert!(fault.is_some(), "{edit}");
            assert!(seal_now(&world.system()).await.is_err(), "{edit}");
        })
        .await;
    }
}

#[tokio::test]
async fn the_seal_noted_elsewhere_finds_a_journal_put_back_whole_to_an_older_state() {
    let world = on_sqlite("55").await;
    let ctx = world.system();
    write(&world, 3).await;
    let db = &world.department.db;
    let old = world.department.documents.with_file_name("old.db");
    db.execute_raw(&format!("VACUUM INTO '{}'", old.display())).await.unwrap();
    write(&world, 3).await;
    let block = seal_now(&ctx).await.unwrap().remove(0);
    let noted = block.noted(64);
    let seal = noted.strip_prefix("1:").unwrap();
    assert_eq!(verify_against(&ctx, Some((1, seal))).await.unwrap().fault, None);
    assert_eq!(verify_against(&ctx, Some((1, &seal[..16]))).await.unwrap().fault, None);
    db.execute_raw(&format!("ATTACH '{}' AS old", old.display())).await.unwrap();
    for table in ["journal", "journal_block", "journal_head"] {
        db.execute_raw(&format!("DELETE FROM {table}")).await.unwrap();
        db.execute_raw(&format!("INSERT INTO {table} SELECT * FROM old.{table}")).await.unwrap();
    }
    assert_eq!(verify(&ctx).await.unwrap().fault, None, "nothing inside tells it");
    assert_eq!(verify_against(&ctx, Some((1, seal))).await.unwrap().fault, Some(Fault::Expected(1)));
}
