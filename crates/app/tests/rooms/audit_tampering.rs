//! A thousand random edits of the journal's tables, by somebody who holds the database and not the secret: all found.

use app::audit::{Fault, record};
use chrono::Duration;
use domain::audit::Act;
use serde_json::json;
use store::audit::{JournalRow, Partial, SealOrder, append, expire, seal, verify_in};
use store::crypto::Keys;
use store::{Db, Tx};
use testkit::world::{World, on_postgres, on_sqlite};
use uuid::Uuid;

use super::audit_blocks::write;

/// Rows of a block in this story.
const ROWS: i64 = 10;

/// Splitmix64: the same edits each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        i64::try_from((z ^ (z >> 31)) % u64::try_from(sides).unwrap()).unwrap()
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[usize::try_from(self.roll(i64::try_from(all.len()).unwrap())).unwrap()]
    }
}

/// Six blocks of ten rows, of which two have expired, and seven rows after the last one; the head as it was before the last
/// block was sealed.
async fn journal(world: &World) -> String {
    let (ctx, db) = (world.system(), &world.department.db);
    let mut old_head = String::new();
    for block in 1..=6 {
        write(world, 10).await;
        if block == 6 {
            let copy = "CREATE TABLE kept_head AS SELECT * FROM journal_head";
            db.execute_raw(copy).await.unwrap();
            old_head = "kept_head".to_owned();
        }
        let order = SealOrder { rows: ROWS, partial: Partial::Wait, at: ctx.now() };
        assert_eq!(seal(db, &order).await.unwrap().blocks.len(), 1);
        world.wait(Duration::days(30));
    }
    let tx = db.begin().await.unwrap();
    let limit = ctx.now() - Duration::days(135);
    assert_eq!(expire(&tx, db.keys(), limit, ctx.now(), 10).await.unwrap().blocks.len(), 2);
    tx.commit().await.unwrap();
    write(world, 6).await;
    let lead = world.user(&[domain::access::role::Role::TeamLead]);
    let tx = db.begin().await.unwrap();
    record(&lead, &tx, Act::Search, None, None, json!({})).await.unwrap();
    tx.commit().await.unwrap();
    old_head
}

const FIRST: i64 = 21;
const LAST: i64 = 67;

fn bytes(dice: &mut Dice, postgres: bool) -> String {
    let value = u128::try_from(dice.roll(i64::MAX)).unwrap();
    if postgres { format!("'\\x{value:064x}'") } else { format!("X'{value:064x}'") }
}

fn uuid(dice: &mut Dice, postgres: bool) -> String {
    let id = Uuid::from_u128(0xA000 + u128::try_from(dice.roll(1_000)).unwrap());
    if postgres { format!("'{id}'") } else { format!("X'{}'", id.simple()) }
}

fn instant(dice: &mut Dice) -> String {
    format!("'2020-01-01T00:00:{:02}+00:00'", dice.roll(60))
}

fn text(dice: &mut Dice, column: &str) -> String {
    format!("COALESCE({column}, '') || '{}'", dice.roll(99))
}

/// What somebody does with SQL alone.
fn by_sql(dice: &mut Dice, postgres: bool, old_head: &str) -> Vec<String> {
    let row = FIRST + dice.roll(LAST - FIRST + 1);
    let other = FIRST + (row - FIRST + 1 + dice.roll(LAST - FIRST)) % (LAST - FIRST + 1);
    let cut = 1 + dice.roll(40);
    match dice.roll(14) {
        0..=3 => {
            let column = *dice.one_of(&[
                "number",
                "at",
                "actor_kind",
                "actor_id",
                "actor_name",
                "role",
                "act",
                "person_id",
                "object",
                "reason",
                "detail",
                "previous",
                "hash",
            ]);
            let value = match column {
                "number" => (LAST + 1 + dice.roll(100)).to_string(),
                "at" => instant(dice),
                "actor_id" | "person_id" => uuid(dice, postgres),
                "previous" | "hash" => bytes(dice, postgres),
                column => text(dice, column),
            };
            vec![format!("UPDATE journal SET {column} = {value} WHERE number = {row}")]
        }
        4 => vec![format!("DELETE FROM journal WHERE number = {row}")],
        5 => vec![format!("DELETE FROM journal WHERE number > {}", LAST - cut)],
        6 => vec![
            format!("DELETE FROM journal WHERE number > {}", LAST - cut),
            format!(
                "UPDATE journal_head SET number = {0}, hash = (SELECT hash FROM journal WHERE number = {0})",
                LAST - cut
            ),
        ],
        7 => vec![
            format!("UPDATE journal SET number = -1 WHERE number = {row}"),
            format!("UPDATE journal SET number = {row} WHERE number = {other}"),
            format!("UPDATE journal SET number = {other} WHERE number = -1"),
        ],
        8 => {
            let number = *dice.one_of(&[0, -5, 7, 20, LAST + 1, LAST + 50]);
            let columns = "at, actor_kind, actor_id, actor_name, role, act, person_id, object, reason, detail, \
                           previous, hash";
            vec![format!(
                "INSERT INTO journal (number, {columns}) SELECT {number}, {columns} FROM journal WHERE number = {row}"
            )]
        }
        _ => on_blocks_and_head(dice, postgres, old_head),
    }
}

/// The same, on blocks, stubs and the head.
fn on_blocks_and_head(dice: &mut Dice, postgres: bool, old_head: &str) -> Vec<String> {
    let block = 1 + dice.roll(6);
    match dice.roll(5) {
        0 => {
            let column = *dice.one_of(&[
                "number", "first_row", "last_row", "row_count", "first_at", "last_at", "previous", "hash",
                "previous_seal", "sealed_at", "key_id", "seal", "expired_at", "stub_key_id", "stub_seal",
            ]);
            let value = match column {
                "number" => (7 + dice.roll(9)).to_string(),
                "first_row" | "last_row" | "row_count" => format!("{column} + {}", 1 + dice.roll(5)),
                "first_at" | "last_at" | "sealed_at" | "expired_at" => instant(dice),
                _ => bytes(dice, postgres),
            };
            vec![format!("UPDATE journal_block SET {column} = {value} WHERE number = {block}")]
        }
        1 => vec![format!("DELETE FROM journal_block WHERE number >= {block}")],
        2 => match dice.roll(5) {
            0 => vec![format!("DELETE FROM journal_block WHERE number = {block}")],
            // A stub that says it still has its rows, and a block that says its rows have expired.
            1 => vec!["UPDATE journal_block SET expired_at = NULL, stub_key_id = NULL, stub_seal = NULL WHERE number = 2".into()],
            2 => vec![
                "DELETE FROM journal WHERE number <= 30".into(),
                "UPDATE journal_block SET expired_at = sealed_at WHERE number = 3".into(),
            ],
            3 => vec![
                "DELETE FROM journal WHERE number <= 30".into(),
                "UPDATE journal_block SET expired_at = (SELECT expired_at FROM journal_block b WHERE b.number = 2), \
                 stub_key_id = (SELECT stub_key_id FROM journal_block b WHERE b.number = 2), \
                 stub_seal = (SELECT stub_seal FROM journal_block b WHERE b.number = 2) WHERE number = 3"
                    .into(),
            ],
            _ => vec!["DELETE FROM journal".into(), "DELETE FROM journal_block".into(), "DELETE FROM journal_head".into()],
        },
        3 => {
            let column = *dice.one_of(&["number", "hash", "block", "block_seal", "broken_at", "key_id", "seal"]);
            let value = match column {
                "number" | "block" => format!("{column} - 1"),
                "broken_at" => "5".to_owned(),
                _ => bytes(dice, postgres),
            };
            vec![format!("UPDATE journal_head SET {column} = {value}")]
        }
        _ => {
            // The head of an earlier day, alone or with the rows after it cut off.
            let mut all = vec![
                "DELETE FROM journal_head".to_owned(),
                format!("INSERT INTO journal_head SELECT * FROM {old_head}"),
            ];
            if dice.roll(2) == 0 {
                all.push("DELETE FROM journal WHERE number > 60".to_owned());
            }
            all
        }
    }
}

/// What somebody does with this very program and another secret: the chain is right, the seals are not.
async fn with_another_secret(dice: &mut Dice, tx: &Tx, world: &World) -> String {
    let (forger, now) = (Keys::derive(&[8; 32], "55"), world.system().now());
    let from = LAST - dice.roll(30);
    match dice.roll(3) {
        0 => {
            expire(tx, &forger, now, now, 1).await.unwrap();
            // The forger cannot even expire a block: its seal does not hold for them. They cut it by hand.
            Db::execute_raw_in(tx, "DELETE FROM journal WHERE number <= 30").await.unwrap();
            "a stub by hand".to_owned()
        }
        cut => {
            let end = if cut == 1 { from } else { LAST };
            Db::execute_raw_in(tx, &format!("DELETE FROM journal WHERE number > {end}")).await.unwrap();
            let head = format!(
                "UPDATE journal_head SET number = {end}, hash = (SELECT hash FROM journal WHERE number = {end})"
            );
            Db::execute_raw_in(tx, &head).await.unwrap();
            for _ in end..LAST.max(end + 1) {
                let row = JournalRow {
                    at: now,
                    actor_kind: "user".to_owned(),
                    actor_id: None,
                    actor_name: "Personne".to_owned(),
                    role: "operator".to_owned(),
                    act: "search".to_owned(),
                    person_id: None,
                    object: None,
                    reason: None,
                    detail: json!({}),
                };
                append(tx, &forger, row).await.unwrap();
            }
            format!("rows from {end} on, chained again")
        }
    }
}

async fn all_found(world: World, edits: u64, postgres: bool) {
    let (db, keys) = (&world.department.db, world.department.db.keys());
    let old_head = journal(&world).await;
    assert_eq!(store::audit::verify_chain(db).await.unwrap().fault, None);
    for seed in 0..edits {
        let mut dice = Dice(seed * 7_919 + 1);
        let tx = db.begin().await.unwrap();
        let edit = if dice.roll(8) == 0 {
            with_another_secret(&mut dice, &tx, &world).await
        } else {
            let statements = by_sql(&mut dice, postgres, &old_head);
            for sql in &statements {
                Db::execute_raw_in(&tx, sql).await.unwrap_or_else(|e| panic!("{sql}: {e}"));
            }
            statements.join("; ")
        };
        let report = verify_in(&tx, keys).await.unwrap_or_else(|e| panic!("{edit}: {e}"));
        assert!(report.fault.is_some(), "edit {seed} was not found: {edit}");
        tx.rollback().await.unwrap();
    }
    let report = store::audit::verify_chain(db).await.unwrap();
    assert_eq!((report.fault, report.rows, report.blocks, report.stubs), (None, 47, 6, 2));
}

#[tokio::test]
async fn a_thousand_random_edits_of_the_journal_are_all_found() {
    all_found(on_sqlite("55").await, 1_000, false).await;
}

#[tokio::test]
async fn a_hundred_random_edits_are_found_on_postgresql() {
    all_found(on_postgres("55").await, 100, true).await;
}

#[tokio::test]
async fn a_value_that_is_not_of_the_kind_of_its_column_is_found_too() {
    let world = on_sqlite("55").await;
    journal(&world).await;
    let db = &world.department.db;
    for (sql, fault) in [
        ("UPDATE journal SET at = 'hier' WHERE number = 40", Fault::Row { number: 40, block: Some(4) }),
        ("UPDATE journal_block SET sealed_at = 'hier' WHERE number = 4", Fault::Block(1)),
        ("UPDATE journal_head SET number = 'fin'", Fault::Head(1)),
    ] {
        let tx = db.begin().await.unwrap();
        Db::execute_raw_in(&tx, sql).await.unwrap();
        assert_eq!(verify_in(&tx, db.keys()).await.unwrap().fault, Some(fault), "{sql}");
        tx.rollback().await.unwrap();
    }
}
