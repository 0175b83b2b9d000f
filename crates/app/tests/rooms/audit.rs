//! The journal: one chain, whole or broken at a known row, on both engines.

use std::sync::Arc;

use app::access::{Actor, HeldRole, Refused};
use app::audit::{Fault, JournalError, export, page, record, verify};
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
        assert_eq!((report.rows, report.fault), (22, None));
    })
    .await;
}

#[tokio::test]
async fn two_first_rows_at_once_make_one_chain() {
    on_both(async |world| {
        let (a, b) = tokio::join!(write(&world, Act::Search, None), write(&world, Act::Search, None));
        assert_eq!(a + b, 3);
        assert_eq!(verify(&world.system()).await.unwrap().fault, None);
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
            let fault = verify(&world.system()).await.unwrap().fault;
            assert_eq!(fault, Some(Fault::Row { number: broken_at, block: None }), "{sql}");
        })
        .await;
    }
}

#[tokio::test]
async fn everybody_reads_their_own_acts_and_the_data_protection_officer_all() {
    on_both(async |world| {
        let person = Uuid::from_u128(9);
        write(&world, Act::ReadPerson, Some(person)).await;
        write(&world, Act::Search, None).await;
        let other = world.user(&[Role::Dpo]).actor;
        let as_actor = |actor: Actor| world.app.context(&world.department, actor);
        let dpo = as_actor(Actor { id: Some(Uuid::from_u128(0xD90)), ..other.clone() });
        let all = JournalFilter::default();
        let manager = world.user(&[Role::Manager]);
        assert!(matches!(page(&manager, &all).await, Err(JournalError::Refused(Refused::Forbidden))));
        assert_eq!(page(&world.user(&[Role::JobCoach]), &all).await.unwrap().len(), 2);
        let stranger = as_actor(Actor { roles: vec![], ..other });
        assert!(page(&stranger, &all).await.is_err());
        let lines = page(&dpo, &JournalFilter { limit: 1, ..all.clone() }).await.unwrap();
        assert_eq!((lines.len(), lines[0].number, lines[0].row.act.as_str()), (1, 2, "search"));
        let older = page(&dpo, &JournalFilter { before_number: Some(2), ..all.clone() }).await.unwrap();
        assert_eq!((older.len(), older[0].number), (1, 1));
        let now = world.app.clock.now();
        let count = async |filter: JournalFilter| page(&dpo, &filter).await.unwrap().len();
        assert_eq!(count(JournalFilter { to: Some(now), ..all.clone() }).await, 0);
        assert_eq!(count(JournalFilter { from: Some(now), ..all.clone() }).await, 2);
        assert_eq!(count(JournalFilter { role: Some("team_lead".into()), ..all.clone() }).await, 2);
        assert_eq!(count(JournalFilter { role: Some("lead".into()), ..all.clone() }).await, 0);
        assert_eq!(count(JournalFilter { reason: Some(true), ..all.clone() }).await, 0);
        assert_eq!(count(JournalFilter { person: vec![person], ..all }).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_team_lead_reads_the_acts_of_the_territory_and_an_administrator_what_touches_no_file() {
    on_both(async |world| {
        let here = world.account(Role::JobCoach, Some("verdun")).await;
        let elsewhere = world.account(Role::JobCoach, Some("barrois")).await;
        let wide = world.account(Role::Operator, None).await;
        for (n, id) in [here, elsewhere, wide].into_iter().enumerate() {
            let ctx = world.user(&[Role::JobCoach]);
            let actor = Actor { id: Some(id), name: format!("Personne {n}"), ..ctx.actor.clone() };
            let ctx = world.app.context(&world.department, actor);
            let tx = world.department.db.begin().await.unwrap();
            record(&ctx, &tx, Act::ReadPerson, None, None, json!({})).await.unwrap();
            record(&ctx, &tx, Act::SignIn, None, None, json!({})).await.unwrap();
            tx.commit().await.unwrap();
        }
        let read = async |role: Role, territory: Option<&str>| {
            let ctx = world.user(&[role]);
            let roles = vec![HeldRole::on(role, territory)];
            let actor = Actor { id: Some(Uuid::from_u128(0xF00)), roles, ..ctx.actor.clone() };
            let ctx = world.app.context(&world.department, actor);
            let listing = page(&ctx, &JournalFilter::default()).await.unwrap();
            let mut names: Vec<String> =
                listing.into_iter().map(|l| format!("{} {}", l.row.actor_name, l.row.act)).collect();
            names.sort();
            (names, app::audit::writers(&ctx).await.unwrap().len())
        };
        let (names, writers) = read(Role::TeamLead, Some("verdun")).await;
        assert_eq!(names, ["Personne 0 read_person", "Personne 0 sign_in"]);
        assert_eq!(writers, 1);
        assert_eq!(read(Role::TeamLead, None).await.0.len(), 6);
        let (names, _) = read(Role::Admin, None).await;
        assert_eq!(names, ["Personne 0 sign_in", "Personne 1 sign_in", "Personne 2 sign_in"]);
        assert_eq!(read(Role::JobCoach, None).await, (vec![], 0));
        assert_eq!(read(Role::Dpo, None).await.0.len(), 6);
    })
    .await;
}

#[tokio::test]
async fn an_export_of_the_journal_is_in_the_journal_and_for_the_data_protection_officer_alone() {
    on_both(async |world| {
        write(&world, Act::Search, None).await;
        let all = JournalFilter::default();
        for role in [Role::TeamLead, Role::Admin, Role::Manager, Role::JobCoach] {
            assert!(export(&world.user(&[role]), &all, "journal.csv").await.is_err(), "{role:?}");
        }
        let dpo = world.user(&[Role::Dpo]);
        assert_eq!(export(&dpo, &all, "journal.csv").await.unwrap().len(), 1);
        let told = page(&dpo, &all).await.unwrap().remove(0).row;
        assert_eq!((told.act.as_str(), told.object.as_deref()), ("export", Some("journal.csv")));
        assert_eq!(told.detail["rows"], 1);
    })
    .await;
}
