//! Ten years pass: nobody followed is forgotten, nothing outlives its time, on both engines.

use app::intake::digest::digest;
use app::intake::queue;
use app::people::contact::{self, NewContact};
use app::people::list::{Filter, Order, Page, Sort};
use app::people::person;
use app::privacy::retention::{Mode, Outcome, run, soon};
use app::privacy::rights::{self, NewRequest};
use chrono::{Duration, NaiveDate};
use domain::access::role::Role;
use domain::people::contact::Kind;
use domain::privacy::retention::{ARCHIVE_MONTHS, Keep, LIFETIMES, Length, lifetime};
use domain::privacy::rights::{Reply, Right};
use store::migration::TABLES;
use testkit::world::{World, on_both};
use uuid::Uuid;

/// Households that stay, and those that leave after a month.
const STAY: u32 = 8;
const ALL: u32 = 16;

async fn retained(world: &World) -> Outcome {
    let done = run(&world.system(), Mode::Run).await.unwrap();
    assert_eq!(store::verify::verify(&world.department.db).await.unwrap(), Vec::<String>::new());
    done
}

async fn everybody(world: &World) -> Vec<Uuid> {
    let page = Page { after: None, limit: 200 };
    let sort = (Sort::Name, Order::Ascending);
    let listed = app::people::list::list(&world.system(), &Filter::default(), sort, &page).await.unwrap();
    listed.rows.into_iter().map(|entry| entry.row.id).collect()
}

/// What the pages of these people say, the names of files apart: they are forgotten after five years.
async fn told(world: &World, people: &[Uuid]) -> Vec<String> {
    let mut all = Vec::new();
    for id in people {
        let file = person::open(&world.system(), *id, domain::audit::Part::Essential).await.unwrap();
        all.push(
            format!("{file:?}")
                .replace("octobre.xml", "")
                .replace("novembre.xml", "")
                .replace("cassé.xml", ""),
        );
    }
    all
}

/// Who is waited for, who left after October, and who is named in November though nobody waits for them.
struct People {
    stay: Vec<Uuid>,
    leave: Vec<Uuid>,
    quiet: Vec<Uuid>,
}

impl People {
    /// Everybody whom nobody waits for.
    fn fading(&self) -> u64 {
        (self.leave.len() + self.quiet.len()) as u64
    }
}

/// A month with everybody, then a month with half of them.
async fn two_months(world: &World) -> People {
    world.import("octobre.xml", &world.month("2026-10-01", ALL, 0.0)).await.unwrap();
    world.wait(Duration::days(20));
    world.import("novembre.xml", &world.month("2026-11-01", STAY, 0.0)).await.unwrap();
    let mut people = People { stay: Vec::new(), leave: Vec::new(), quiet: Vec::new() };
    for id in everybody(world).await {
        let row = person::open(&world.system(), id, domain::audit::Part::Essential).await.unwrap().row;
        match (row.state.as_str(), row.right_state.as_deref()) {
            ("to_orient", _) => people.stay.push(id),
            (_, Some("absent")) => people.leave.push(id),
            _ => people.quiet.push(id),
        }
    }
    assert!(
        people.stay.len() >= 6 && people.leave.len() >= 8,
        "{} {}",
        people.stay.len(),
        people.leave.len()
    );
    people
}

/// The day before which what began in this table is over.
fn edge(table: &str, today: NaiveDate) -> NaiveDate {
    match lifetime(table).unwrap().keep {
        // A block goes when its last act is old enough: here a block spans the quarter between two runs, and waits for the next.
        Keep::For(length, _) if table == "journal" => domain::time::plus_days(length.before(today), -184),
        Keep::For(length, _) => length.before(today),
        // Rows of a person follow the archive.
        _ => Length::Months(ARCHIVE_MONTHS).before(today),
    }
}

#[tokio::test]
async fn every_table_has_a_lifetime_and_the_documentation_says_the_same() {
    let listed: Vec<&str> = LIFETIMES.iter().map(|one| one.table).collect();
    let (mut a, mut b) = (listed.clone(), TABLES.to_vec());
    a.sort_unstable();
    b.sort_unstable();
    assert_eq!(a, b);
    let document = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/data-retention.md");
    let document = std::fs::read_to_string(document).unwrap();
    for one in LIFETIMES {
        let row = document.lines().find_map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let names = cells.first()?.split(',').map(|name| name.trim().trim_matches('`'));
            names.into_iter().any(|name| name == one.table).then_some(cells)
        });
        let row = row.unwrap_or_else(|| panic!("no row for {}", one.table));
        let (length, start) = one.words();
        assert_eq!(row[2..5], [&length, &start, one.then.word()], "{}", one.table);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_years_leave_nothing_beyond_its_time_and_forget_nobody() {
    on_both(|world| async move {
        let people = two_months(&world).await;
        let broken = String::from_utf8(world.month("2026-10-01", 3, 0.0)).unwrap();
        let broken = broken.replacen("<NOM>", "<NON>", 1).replacen("</NOM>", "</NON>", 1);
        world.import("cassé.xml", broken.as_bytes()).await.unwrap();
        world.session(Role::TeamLead, None).await;
        let ctx = world.user(&[Role::TeamLead]);
        let mut upload = queue::receive(&ctx).unwrap();
        upload.write("Qui;Petit nom\nLamothe;Odile\n".as_bytes()).unwrap();
        upload.finish(&ctx, "à moi.csv", None).await.unwrap();
        assert!(queue::work_once(&world.system()).await.unwrap());
        let mut total = Outcome::default();
        for _ in 0..44 {
            world.wait(Duration::days(91));
            let before = told(&world, &people.stay[..4]).await;
            let done = retained(&world).await;
            assert!(told(&world, &people.stay[..4]).await == before, "{done:?} changed the pages of others");
            total.archived += done.archived;
            total.anonymised += done.anonymised;
            total.sessions += done.sessions;
            total.rejects += done.rejects;
            total.files += done.files;
            total.uploads += done.uploads;
            total.journal += done.journal;
            for table in TABLES {
                let edge = edge(table, world.system().today());
                let left = store::privacy::outlived(&world.department.db, table, edge).await.unwrap();
                assert_eq!(left, Some(0), "{table}");
            }
        }
        assert_eq!((total.archived, total.anonymised), (people.fading(), people.fading()));
        assert_eq!((total.sessions, total.uploads), (1, 1));
        assert!(total.journal > 0);
        assert!(total.rejects > 0 && total.files == 4, "{total:?}");
        assert_eq!(everybody(&world).await.len(), people.stay.len(), "nobody followed is forgotten");
        let again = retained(&world).await;
        assert!(again.is_empty(), "what was done is not done again: {again:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_for_an_answer_about_their_data_stays_and_what_was_noted_goes_with_the_name() {
    on_both(|world| async move {
        let people = two_months(&world).await;
        let (leave, fading) = (&people.leave, people.fading());
        let dpo = world.user(&[Role::Dpo]);
        let right = Right::Access;
        let note = "Je m’appelle ainsi".to_owned();
        let new = NewRequest { person: leave[0], right, received_on: dpo.today(), note };
        let request = rights::record(&dpo, new).await.unwrap();
        world.wait(Duration::days(365 * 3));
        assert_eq!(retained(&world).await.archived, fading - 1);
        let dpo = world.user(&[Role::Dpo]);
        let why = "Votre identité n’a pas pu être vérifiée.";
        rights::answer(&dpo, request, Reply::Refused, why).await.unwrap();
        assert_eq!(retained(&world).await.archived, 1);
        world.wait(Duration::days(365 * 3 + 30));
        retained(&world).await;
        let kept = rights::one(&world.user(&[Role::Dpo]), request).await.unwrap();
        assert_eq!((kept.note, kept.reply_note, kept.person.is_none()), (None, None, true));
        assert_eq!(kept.row.reply.as_deref(), Some("refused"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn archive_then_anonymous_each_on_its_day_with_a_notice_before() {
    on_both(|world| async move {
        let People { stay, leave, quiet } = two_months(&world).await;
        let until = |day: &str| {
            let day: NaiveDate = day.parse().unwrap();
            world.wait(day.signed_duration_since(world.system().today()));
        };
        // The file of October says how things stood on the 31st: the last contact of those who left.
        until("2028-09-30");
        assert_eq!(soon(&world.system()).await.unwrap(), []);
        until("2028-10-02");
        let told = soon(&world.system()).await.unwrap();
        assert_eq!(told.len(), leave.len());
        assert!(told.iter().all(|(id, on)| leave.contains(id) && *on == "2028-10-31".parse().unwrap()));
        until("2028-10-31");
        assert_eq!(retained(&world).await.archived, 0);
        until("2028-11-01");
        let dry = run(&world.system(), Mode::DryRun).await.unwrap();
        let known = digest(&world.system()).await.unwrap();
        assert_eq!(digest(&world.system()).await.unwrap(), known, "a dry run changes nothing");
        let done = retained(&world).await;
        assert_eq!((done.archived, dry.archived), (leave.len() as u64, leave.len() as u64));
        let mut seen = everybody(&world).await;
        seen.sort_unstable();
        let mut expected = [stay, quiet].concat();
        expected.sort_unstable();
        assert_eq!(seen, expected);
        assert!(person::open(&world.system(), leave[0], domain::audit::Part::Essential).await.is_err());
        until("2031-11-01");
        assert_eq!(retained(&world).await.anonymised, 0);
        until("2031-11-02");
        assert_eq!(retained(&world).await.anonymised, leave.len() as u64);
        let lines = app::audit::JournalFilter { act: Some("retention".to_owned()), ..Default::default() };
        let lines = app::audit::page(&world.system(), &lines).await.unwrap();
        assert!(lines.iter().all(|line| line.row.person_id.is_none() && line.row.object.is_none()));
        assert!(lines.iter().any(|line| line.row.detail["anonymised"] == leave.len()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_act_of_a_professional_counts_as_a_contact_and_reading_does_not() {
    on_both(|world| async move {
        let people = two_months(&world).await;
        let leave = &people.leave;
        world.wait(Duration::days(400));
        let lead = world.user(&[Role::TeamLead]);
        let new = NewContact {
            kind: Kind::Phone,
            value: "06 39 98 00 11".to_owned(),
            shared: false,
            replaces: None,
        };
        contact::write(&lead, leave[0], new).await.unwrap();
        person::open(&lead, leave[1], domain::audit::Part::Essential).await.unwrap();
        world.wait(Duration::days(340));
        assert_eq!(retained(&world).await.archived, people.fading() - 1);
        assert!(person::open(&lead, leave[0], domain::audit::Part::Essential).await.is_ok());
        assert!(person::open(&lead, leave[1], domain::audit::Part::Essential).await.is_err());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_back_in_a_file_comes_out_of_the_archive() {
    on_both(|world| async move {
        let people = two_months(&world).await;
        world.wait(Duration::days(740));
        assert_eq!(retained(&world).await.archived, people.fading());
        assert_eq!(everybody(&world).await.len(), people.stay.len());
        let report = world.import("retour.xml", &world.month("2028-11-01", ALL, 0.0)).await.unwrap();
        assert_eq!(report.persons.created, 0);
        assert!(everybody(&world).await.len() >= people.stay.len() + people.leave.len() - 1);
        assert!(retained(&world).await.is_empty());
    })
    .await;
}
