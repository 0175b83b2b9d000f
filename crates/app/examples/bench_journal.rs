//! What a row of the journal costs, on each engine: `cargo run -p app --example bench_journal [rows]`.

use std::io::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use app::audit::{record, seal_now, verify};
use domain::audit::Act;
use serde_json::json;
use testkit::world::{World, on_postgres, on_sqlite};
use uuid::Uuid;

const WRITERS: usize = 8;

type Failed = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failed> {
    let rows = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(2_000);
    let mut out = std::io::stdout();
    for (engine, world) in [("SQLite", on_sqlite("55").await), ("PostgreSQL", on_postgres("55").await)] {
        let world = Arc::new(world);
        let begun = Instant::now();
        in_one_transaction(&world, rows).await?;
        let row = begun.elapsed();
        let begun = Instant::now();
        one_by_one(&world, rows).await?;
        let act = begun.elapsed();
        let begun = Instant::now();
        let tasks: Vec<_> = (0..WRITERS)
            .map(|_| {
                let world = Arc::clone(&world);
                tokio::spawn(async move { one_by_one(&world, rows / WRITERS).await })
            })
            .collect();
        for task in tasks {
            task.await??;
        }
        let many = begun.elapsed();
        let begun = Instant::now();
        seal_now(&world.system()).await?;
        let sealing = begun.elapsed();
        let begun = Instant::now();
        let report = verify(&world.system()).await?;
        let verifying = begun.elapsed();
        let each = |time: Duration, n: usize| time.as_micros() / n.max(1) as u128;
        writeln!(
            out,
            "{engine}: {} µs a row, {} µs an act with its commit, {} µs with {WRITERS} writers at once, \
             {} µs a row to seal, {} µs a row to verify ({} rows, {} blocks, whole: {})",
            each(row, rows),
            each(act, rows),
            each(many, rows),
            each(sealing, 3 * rows),
            each(verifying, 3 * rows),
            report.rows,
            report.blocks,
            report.fault.is_none(),
        )?;
    }
    Ok(())
}

async fn in_one_transaction(world: &World, rows: usize) -> Result<(), Failed> {
    let (ctx, db) = (world.system(), &world.department.db);
    let tx = db.begin().await?;
    for n in 0..rows {
        let person = Some(Uuid::from_u128(n as u128));
        record(&ctx, &tx, Act::ReadPerson, person, None, json!({ "part": "essential" })).await?;
    }
    Ok(tx.commit().await?)
}

async fn one_by_one(world: &World, rows: usize) -> Result<(), Failed> {
    for _ in 0..rows {
        in_one_transaction(world, 1).await?;
    }
    Ok(())
}
