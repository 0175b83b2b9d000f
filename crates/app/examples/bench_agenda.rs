//! What a search of slots and a run on slots cost, on each engine: `cargo run --release -p app --example bench_agenda`.
//!
//! 64 places, 300 professionals open every weekday morning and afternoon; then 10,000 attempts, 32 at once, on 100 slots.

use std::io::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use app::Context;
use app::agenda::{BookError, Booking, Place, Search, book_appointment, find_slots};
use app::people::list::{Filter, Order, Page, Sort, list};
use domain::access::role::Role;
use domain::agenda::appointment::{Modality, Purpose};
use domain::agenda::opening::Opening;
use domain::reference::geo;
use testkit::agenda::{WEEK, hours};
use testkit::world::{World, on_postgres, on_sqlite};
use uuid::Uuid;

const SITES: usize = 64;
const PROFESSIONALS: usize = 300;
const SLOTS: usize = 100;
const ATTEMPTS: usize = 10_000;
const CLIENTS: usize = 32;
const SEARCHES: usize = 60;

type Failed = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failed> {
    let mut out = std::io::stdout();
    for (engine, world) in [("SQLite", on_sqlite("55").await), ("PostgreSQL", on_postgres("55").await)] {
        world.import("09.xml", &world.month("2026-10-01", 120, 0.0)).await?;
        let (sites, accounts) = open(&world).await;
        let territory = store::settings::territory_of(&world.department.db).await?.into_values().next();
        let searches = [
            ("anywhere", Search { limit: 24, ..Search::default() }),
            ("a territory", Search { territory, limit: 24, ..Search::default() }),
            ("a place", Search { site: sites.first().copied(), limit: 24, ..Search::default() }),
            (
                "a pair",
                Search {
                    with: accounts.first().copied(),
                    and_with: accounts.get(SITES).copied(),
                    limit: 24,
                    ..Search::default()
                },
            ),
            ("everything of one place", Search { site: sites.last().copied(), ..Search::default() }),
        ];
        for (name, search) in searches {
            let (mut times, mut found) = (Vec::new(), 0);
            for _ in 0..SEARCHES {
                let begun = Instant::now();
                found = find_slots(&world.system(), &search).await?.len();
                times.push(begun.elapsed());
            }
            writeln!(out, "{engine}: slots, {name}: {}, {found} found", told(&mut times))?;
        }
        let (booked, mut times) = run_on(&world).await?;
        writeln!(
            out,
            "{engine}: {ATTEMPTS} attempts on {SLOTS} slots, {CLIENTS} at once: {booked} booked, {}",
            told(&mut times)
        )?;
        let faults = store::verify::verify(&world.department.db).await?;
        writeln!(out, "{engine}: {} fault(s) found by verify {faults:?}", faults.len())?;
    }
    Ok(())
}

fn told(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at =
        |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1))).copied();
    let ms = |share| at(share).unwrap_or_default().as_secs_f64() * 1_000.0;
    format!("p50 {:.1} ms, p99 {:.1} ms, most {:.1} ms", ms(50), ms(99), ms(100))
}

async fn open(world: &World) -> (Vec<Uuid>, Vec<Uuid>) {
    let mut sites = Vec::new();
    for commune in geo::communes_of("55").iter().take(SITES) {
        sites.push(world.site(&format!("Lieu de {} ({})", commune.name, commune.code), commune.code).await);
    }
    let mut accounts = Vec::new();
    for (_, site) in (0..PROFESSIONALS).zip(sites.iter().cycle().copied()) {
        let account = world.account(Role::JobCoach, None).await;
        world.opens(account, site, hours(world, &WEEK, "09:00", "12:00")).await;
        world.opens(account, site, Opening { minutes: 30, ..hours(world, &WEEK, "14:00", "17:00") }).await;
        accounts.push(account);
    }
    (sites, accounts)
}

/// Everybody wants the same slots: how many were booked, and how long each attempt took.
async fn run_on(world: &World) -> Result<(usize, Vec<Duration>), Failed> {
    let page = Page { after: None, limit: 500 };
    let everybody = list(&world.system(), &Filter::default(), (Sort::Name, Order::Ascending), &page).await?;
    let everybody: Arc<[Uuid]> = everybody.rows.into_iter().map(|entry| entry.row.id).collect();
    let all = find_slots(&world.system(), &Search { limit: 4_000, ..Search::default() }).await?;
    let slots: Arc<[Uuid]> = all.iter().step_by(30).take(SLOTS).map(|slot| slot.id).collect();
    let mut tasks = tokio::task::JoinSet::new();
    for client in 0..CLIENTS {
        let (ctx, slots, everybody) = (world.system(), Arc::clone(&slots), Arc::clone(&everybody));
        tasks.spawn(async move { attempts(&ctx, client, &slots, &everybody).await });
    }
    let (mut booked, mut times) = (0, Vec::with_capacity(ATTEMPTS));
    for done in tasks.join_all().await {
        let (had, took) = done?;
        booked += had;
        times.extend(took);
    }
    Ok((booked, times))
}

async fn attempts(
    ctx: &Context,
    client: usize,
    slots: &[Uuid],
    everybody: &[Uuid],
) -> Result<(usize, Vec<Duration>), Failed> {
    let (mut booked, mut times) = (0, Vec::new());
    for attempt in (client..ATTEMPTS).step_by(CLIENTS) {
        let (slot, person) = (attempt % slots.len(), attempt / slots.len() % everybody.len());
        let (Some(slot), Some(person)) = (slots.get(slot), everybody.get(person)) else { continue };
        let booking = Booking {
            place: Place::Slot(*slot),
            and_with: None,
            modality: Modality::InPerson,
            purpose: Purpose::FollowUp,
            note: String::new(),
        };
        let begun = Instant::now();
        match book_appointment(ctx, *person, &booking).await {
            Ok(_) => booked += 1,
            Err(BookError::Taken(_) | BookError::Elsewhere) => {}
            Err(other) => return Err(other.into()),
        }
        times.push(begun.elapsed());
    }
    Ok((booked, times))
}
