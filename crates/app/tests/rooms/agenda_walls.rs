//! Who sees which appointments, what is hidden, what a secret feed tells; sessions for several people; on both engines.

use app::access::{HeldRole, HeldStructure};
use app::agenda::{
    AgendaError, Cancelling, GatherInput, Joined, begin_feed, book_appointment, cancel_appointment,
    cancel_gathering, end_feed, feed, gathering, gatherings, join, my_agenda, next_day, of_person, offered,
    plan, record_attendance, site_day, team_agenda,
};
use app::people::contact::{NewContact, write};
use app::people::person::opened;
use chrono::{Duration, NaiveDate, Weekday};
use domain::access::role::Role;
use domain::access::side::Side;
use domain::access::structure::StructureKind;
use domain::agenda::appointment::{Attendance, CancelledBy, Status};
use domain::people::contact::Kind;
use store::audit::{JournalFilter, Reach};
use testkit::agenda::{WEEK, hours};
use testkit::world::{World, on_both};
use uuid::Uuid;

use super::agenda::{Scene, booking, people, sound};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

async fn acts(world: &World) -> Vec<String> {
    let all = JournalFilter { limit: 50, ..JournalFilter::default() };
    let lines = store::audit::list(&world.department.db, &Reach::Everything, &all).await.unwrap();
    lines.into_iter().map(|line| line.row.act).collect()
}

#[tokio::test]
async fn each_sees_the_appointments_of_their_people_and_of_those_whom_they_receive() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let (world, friday) = (&scene.world, day("2026-11-27"));
        let slot = world.free_with(scene.coach).await[1].id;
        // The other person is followed by somebody else, and comes to the coach.
        let social = world.account(Role::SocialReferent, None).await;
        world.follow(scene.other.id, social, "social").await;
        let social = world.acting(social).await;
        let booked = book_appointment(&social, scene.other.id, &booking(slot)).await.unwrap();
        let mine = my_agenda(&scene.ctx, friday, friday).await.unwrap();
        assert_eq!(mine.appointments.len(), 1);
        assert!(!mine.appointments[0].who.opens && !mine.appointments[0].who.name.is_empty());
        assert_eq!(of_person(&social, scene.other.id).await.unwrap().len(), 1);
        // Who follows neither sees nothing, not even that there is something.
        let stranger = world.account(Role::JobCoach, None).await;
        let stranger = world.acting(stranger).await;
        assert!(site_day(&stranger, scene.site, friday).await.unwrap().appointments.is_empty());
        let by = Cancelling { by: CancelledBy::Professional, reason: String::new() };
        let refused = cancel_appointment(&stranger, booked.id, &by).await.unwrap_err();
        assert!(refused.to_string().contains("n’existe pas"), "{refused}");
        assert!(offered(&stranger, scene.other.id, &app::agenda::Search::default()).await.is_err());
        // The lead of the territory sees it, the lead of another one does not.
        for (territory, sees) in [(scene.other.territory.clone().unwrap(), 1), ("ailleurs".to_owned(), 0)] {
            let lead = world.account(Role::TeamLead, Some(&territory)).await;
            let lead = world.acting(lead).await;
            assert_eq!(site_day(&lead, scene.site, friday).await.unwrap().appointments.len(), sees);
        }
        // The coach says how it went, though the file is not theirs to open.
        world.wait(Duration::days(2));
        record_attendance(&scene.ctx, booked.id, Attendance::Absent).await.unwrap();
        assert!(acts(world).await.iter().any(|act| act == "record_attendance"));
        assert!(matches!(
            my_agenda(&world.user(&[Role::Admin]), friday, friday).await,
            Err(AgendaError::Refused(_))
        ));
        sound(world).await;
    })
    .await;
}

#[tokio::test]
async fn what_a_sensitive_structure_does_stays_on_the_social_side() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let (world, friday) = (&scene.world, day("2026-11-27"));
        let shelter = world.structure("Le Relais", StructureKind::Shelter).await;
        let social = world.account(Role::SocialReferent, None).await;
        world.join(social, Role::SocialReferent, shelter).await;
        world.follow(scene.person.id, social, "social").await;
        world.opens(social, scene.site, hours(world, &[Weekday::Fri], "09:00", "11:00")).await;
        let there = world.acting(social).await;
        let slot = world.free_with(social).await[0].id;
        // The coach is not offered their slots, and cannot take one whose address they would know.
        let all = offered(&scene.ctx, scene.person.id, &app::agenda::Search::default()).await.unwrap();
        assert!(all.iter().all(|one| one.hosts.iter().all(|(host, _)| *host != social)));
        assert!(book_appointment(&scene.ctx, scene.person.id, &booking(slot)).await.is_err());
        book_appointment(&there, scene.person.id, &booking(slot)).await.unwrap();
        assert_eq!(of_person(&there, scene.person.id).await.unwrap().len(), 1);
        assert!(of_person(&scene.ctx, scene.person.id).await.unwrap().is_empty());
        assert!(site_day(&scene.ctx, scene.site, friday).await.unwrap().appointments.is_empty());
        // A lead of both sides books another one: the journal of the person does not hint at it to the employment side.
        let lead = world.acting(world.account(Role::TeamLead, None).await).await;
        let slot = world.free_with(social).await[0].id;
        book_appointment(&lead, scene.person.id, &booking(slot)).await.unwrap();
        let hints = async |ctx: &app::Context| {
            let lines = opened(ctx, scene.person.id, None, 50).await.unwrap();
            lines.iter().filter(|line| line.row.act == "book_appointment").count()
        };
        let employment = HeldStructure {
            id: Uuid::from_u128(0xE4),
            name: "Service emploi".to_owned(),
            side: Side::Employment,
            departmental: true,
            territories: Vec::new(),
        };
        let mut other = world.user(&[Role::TeamLead]);
        other.actor.roles = vec![HeldRole { structure: Some(employment), ..HeldRole::of(Role::TeamLead) }];
        assert_eq!((hints(&other).await, hints(&lead).await), (0, 2));
        assert!(of_person(&other, scene.person.id).await.unwrap().is_empty());
        sound(world).await;
    })
    .await;
}

#[tokio::test]
async fn the_reception_has_tomorrow_s_list_with_a_telephone_and_weekends_are_stepped_over() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let world = &scene.world;
        let new = NewContact {
            kind: Kind::Phone,
            value: "06 39 98 00 77".to_owned(),
            shared: false,
            replaces: None,
        };
        write(&scene.ctx, scene.person.id, new).await.unwrap();
        let friday = world.free_with(scene.coach).await[1].id;
        book_appointment(&scene.ctx, scene.person.id, &booking(friday)).await.unwrap();
        let list = next_day(&scene.ctx, scene.site).await.unwrap();
        assert_eq!((list.day, list.appointments.len()), (day("2026-11-27"), 1));
        assert_eq!(list.phones.get(&scene.person.id).map(String::as_str), Some("+33639980077"));
        world.wait(Duration::days(1));
        assert_eq!(next_day(&scene.ctx, scene.site).await.unwrap().day, day("2026-11-30"));
        let lead = world.acting(world.account(Role::TeamLead, None).await).await;
        let team = team_agenda(&lead, day("2026-11-23"), day("2026-11-27")).await.unwrap();
        let coach = team.iter().find(|one| one.id == scene.coach).unwrap();
        assert_eq!(coach.appointments.len(), 1);
        sound(world).await;
    })
    .await;
}

#[tokio::test]
async fn a_secret_feed_tells_hours_and_places_and_nothing_of_anybody() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let slot = scene.world.free_with(scene.coach).await[1].id;
        book_appointment(&scene.ctx, scene.person.id, &booking(slot)).await.unwrap();
        let word = begin_feed(&scene.ctx).await.unwrap();
        let nobody = scene.world.user(&[]);
        let text = feed(&nobody, &word).await.unwrap();
        assert!(
            text.contains("DTSTART:20261127T080000Z") && text.contains("Maison du département"),
            "{text}"
        );
        for word in [&scene.person.last_name, &scene.person.first_name, &scene.person.birth_name] {
            assert!(!text.to_lowercase().contains(&word.to_lowercase()), "{word} in {text}");
        }
        let other = begin_feed(&scene.ctx).await.unwrap();
        assert!(feed(&nobody, &word).await.is_err(), "the one before stops working");
        assert!(feed(&nobody, &other).await.is_ok());
        end_feed(&scene.ctx).await.unwrap();
        assert!(feed(&nobody, &other).await.is_err());
        sound(&scene.world).await;
    })
    .await;
}

fn workshop(scene: &Scene, seats: u16, times: u16) -> GatherInput {
    GatherInput {
        title: "Parler de soi en trois minutes".to_owned(),
        site: scene.site,
        room: None,
        host: scene.coach,
        day: day("2026-12-18"),
        time: "14:00:00".parse().unwrap(),
        minutes: 120,
        seats,
        times,
        every_weeks: 1,
    }
}

#[tokio::test]
async fn a_session_has_seats_and_a_waiting_list_that_moves_up() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let (ctx, all) = (scene.world.system(), people(&scene.world).await);
        // 25 December and 1 January are holidays: two of four sessions are left.
        assert_eq!(plan(&scene.ctx, &workshop(&scene, 2, 4)).await.unwrap(), 2);
        let again = plan(&scene.ctx, &workshop(&scene, 2, 1)).await.unwrap_err();
        assert!(again.to_string().contains("déjà pris le 18 décembre 2026"), "{again}");
        let sessions = gatherings(&ctx, ctx.today()).await.unwrap();
        assert_eq!(sessions.len(), 2);
        let id = sessions[0].id;
        let mut got = Vec::new();
        for person in all.iter().take(4) {
            got.push(join(&ctx, id, person.id).await.unwrap());
        }
        assert!(matches!(
            got[..],
            [Joined::Seated(_), Joined::Seated(_), Joined::Waiting(_), Joined::Waiting(_)]
        ));
        let twice = join(&ctx, id, all[0].id).await.unwrap_err();
        assert!(twice.to_string().contains("déjà inscrite"), "{twice}");
        let Joined::Seated(first) = got[0] else { panic!("a seat") };
        let by = Cancelling { by: CancelledBy::Person, reason: String::new() };
        assert_eq!(cancel_appointment(&ctx, first, &by).await.unwrap(), 1, "one moves up");
        let (session, seats) = gathering(&ctx, id).await.unwrap();
        assert_eq!((session.taken, session.waiting), (2, 1));
        let of = |person: Uuid| seats.iter().find(|one| one.who.id == person).unwrap().status;
        assert_eq!(
            [of(all[0].id), of(all[2].id), of(all[3].id)],
            [Status::Cancelled, Status::Upcoming, Status::Waiting]
        );
        assert_eq!(cancel_gathering(&scene.ctx, id).await.unwrap(), 3);
        assert!(join(&ctx, id, all[5].id).await.is_err());
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forty_people_want_ten_seats_at_once_and_ten_have_one() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let (ctx, all) = (scene.world.system(), people(&scene.world).await);
        plan(&scene.ctx, &workshop(&scene, 10, 1)).await.unwrap();
        let id = gatherings(&ctx, ctx.today()).await.unwrap()[0].id;
        let mut tasks = tokio::task::JoinSet::new();
        for person in all.iter().take(40).map(|one| one.id) {
            let ctx = ctx.clone();
            tasks.spawn(async move { join(&ctx, id, person).await });
        }
        let got = tasks.join_all().await;
        let asked = got.len();
        let seated = got.iter().filter(|one| matches!(one, Ok(Joined::Seated(_)))).count();
        let waiting = got.iter().filter(|one| matches!(one, Ok(Joined::Waiting(_)))).count();
        assert_eq!((seated, waiting), (10, asked - 10), "{got:?}");
        sound(&scene.world).await;
    })
    .await;
}

/// How many try at once, and how often in all; `examples/bench_agenda.rs` tries ten thousand times.
const CLIENTS: usize = 64;
const ATTEMPTS: usize = 1_000;

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_attempts_on_a_hundred_slots_book_a_hundred_and_no_more() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let world = &scene.world;
        let everybody: Vec<Uuid> = people(world).await.iter().map(|one| one.id).collect();
        let mut slots = Vec::new();
        for _ in 0..4 {
            let account = world.account(Role::JobCoach, None).await;
            world.opens(account, scene.site, hours(world, &WEEK, "09:00", "12:00")).await;
            slots.extend(world.free_with(account).await.into_iter().take(25).map(|slot| slot.id));
        }
        let mut tasks = tokio::task::JoinSet::new();
        for client in 0..CLIENTS {
            let (ctx, slots, everybody) = (world.system(), slots.clone(), everybody.clone());
            tasks.spawn(async move {
                let mut booked = Vec::new();
                for attempt in (client..ATTEMPTS).step_by(CLIENTS) {
                    let (slot, person) = (slots[attempt % 100], everybody[attempt / 100 % everybody.len()]);
                    match book_appointment(&ctx, person, &booking(slot)).await {
                        Ok(_) => booked.push(slot),
                        Err(app::agenda::BookError::Taken(_) | app::agenda::BookError::Elsewhere) => {}
                        Err(error) => panic!("{error}"),
                    }
                }
                booked
            });
        }
        let mut booked: Vec<Uuid> = tasks.join_all().await.into_iter().flatten().collect();
        assert_eq!(booked.len(), 100);
        booked.sort_unstable();
        slots.sort_unstable();
        assert_eq!(booked, slots, "each slot once");
        sound(world).await;
    })
    .await;
}
