//! The journal: one chain, whole or broken at a known row, on both engines.

use std::sync::Arc;

use app::access::Refused;
use app::audit::{JournalError, page, record, verify};
use domain::access::role::Role;
use domain::audit::Act;
use serde_json::json;
use store::audit::JournalFilter;
use uuid::Uuid;

use testkit::world::{World, on_both};

async fn write(world: &World, act: Act, person: Option<Uuid>) -> i64 {
    let ctx = world.user(&[Role::TeamLead]);
    let tx = world.department.db.begin().await.unwrap();
    let number = record(&ctx, &tx, act, person, None, json!({ "n": 1 })).await.unwrap();
    tx.commit().await.unwrap();
    number
}

#[tokio::test]
async fn rows_are_numbered_without_a_gap_even_when_one_is_given_up_and_many_write_at_once() {
    on_both(async |world| {
        assert_eq!(write(&world, Act::Search, None).await, 1);
        let tx = world.department.db.begin().await.unwrap();
        record(&world.system(), &tx, Act::Import, None, None, json!({})).await.unwrap();
        tx.rollback().await.unwrap();
        assert_eq!(write(&world, Act::Search, None).await, 2);
        let world = Arc::new(world);
        let writers: Vec<_> = (0..20)
            .map(|_| {
                let world = Arc::clone(&world);
                tokio::spawn(async move { write(&world, Act::ReadList, None).await })
            })
            .collect();
        let mut numbers = Vec::new();
        for writer in writers {
            numbers.push(writer.await.unwrap());
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (3..=22).collect::<Vec<_>>());
        let report = verify(&world.system()).await.unwrap();
        assert_eq!((report.rows, report.broken_at), (22, None));
    })
    .await;
}

#[tokio::test]
async fn two_first_rows_at_once_make_one_chain() {
    on_both(async |world| {
        let (a, b) = tokio::join!(write(&world, Act::Search, None), write(&world, Act::Search, None));
        assert_eq!(a + b, 3);
        assert_eq!(verify(&world.system()).await.unwrap().broken_at, None);
    })
    .await;
}

#[tokio::test]
async fn a_changed_a_removed_and_a_cut_off_row_are_found() {
    let faults = [
        ("UPDATE journal SET act = 'search' WHERE number = 3", 3),
        ("UPDATE journal SET reason = '' WHERE number = 2", 2),
        ("DELETE FROM journal WHERE number = 2", 2),
        ("DELETE FROM journal WHERE number = 5", 5),
        ("DELETE FROM journal", 1),
    ];
    for (sql, broken_at) in faults {
        on_both(async |world| {
            for _ in 0..5 {
                write(&world, Act::ReadPerson, Some(Uuid::from_u128(9))).await;
            }
            world.department.db.execute_raw(sql).await.unwrap();
            assert_eq!(verify(&world.system()).await.unwrap().broken_at, Some(broken_at), "{sql}");
        })
        .await;
    }
}

#[tokio::test]
async fn everybody_reads_their_own_acts_and_the_data_protection_officer_all() {
    on_both(async |world| {
        write(&world, Act::ReadPerson, Some(Uuid::from_u128(9))).await;
        write(&world, Act::Search, None).await;
        let lead = world.user(&[Role::TeamLead]);
        let all = JournalFilter::default();
        assert!(matches!(page(&lead, &all).await, Err(JournalError::Refused(Refused::Forbidden))));
        let own = JournalFilter { actor: lead.actor.id, ..all.clone() };
        assert_eq!(page(&lead, &own).await.unwrap().len(), 2);
        let dpo = world.user(&[Role::Dpo]);
        let lines = page(&dpo, &JournalFilter { limit: 1, ..all.clone() }).await.unwrap();
        assert_eq!((lines.len(), lines[0].number, lines[0].row.act.as_str()), (1, 2, "search"));
        let older = page(&dpo, &JournalFilter { before_number: Some(2), ..all.clone() }).await.unwrap();
        assert_eq!((older.len(), older[0].number), (1, 1));
        let now = world.app.clock.now();
        let before = JournalFilter { to: Some(now), ..all.clone() };
        assert!(page(&dpo, &before).await.unwrap().is_empty());
        assert_eq!(page(&dpo, &JournalFilter { from: Some(now), ..all }).await.unwrap().len(), 2);
        let opened = app::audit::of_person(&dpo, Uuid::from_u128(9), 10).await.unwrap();
        assert_eq!((opened.len(), opened[0].row.actor_name.as_str()), (1, "Alice Demange"));
    })
    .await;
}
