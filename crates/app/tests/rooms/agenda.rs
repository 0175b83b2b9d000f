//! Opening hours, slots, what is booked and what becomes of it, on both engines.

use app::Context;
use app::agenda::{
    AbsenceInput, AttendanceError, BookError, Booking, CancelError, Cancelling, FreeTime, MoveError,
    OpeningInput, OpeningsError, Place, Search, book_appointment, cancel_appointment, end_opening,
    find_slots, keep, move_appointment, of_person, offered, record_attendance, remove_absence, save_opening,
    take_absence,
};
use app::people::list::{Filter, Order, Page, PersonRow, Sort, list};
use chrono::{Duration, NaiveDate, Weekday};
use domain::access::role::Role;
use domain::agenda::appointment::{Attendance, CancelledBy, Kind, Modality, Purpose, Status};
use domain::agenda::opening::Opening;
use domain::agenda::span::Span;
use store::agenda::occupation;
use testkit::agenda::{WEEK, hours};
use testkit::world::{World, on_both, on_both_in};
use uuid::Uuid;

pub(crate) async fn people(world: &World) -> Vec<PersonRow> {
    let page = Page { after: None, limit: 500 };
    let sort = (Sort::Name, Order::Ascending);
    let listed = list(&world.system(), &Filter::default(), sort, &page).await.unwrap();
    listed.rows.into_iter().map(|entry| entry.row).collect()
}

pub(crate) async fn sound(world: &World) {
    assert_eq!(store::verify::verify(&world.department.db).await.unwrap(), Vec::<String>::new());
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn booking(slot: Uuid) -> Booking {
    Booking {
        place: Place::Slot(slot),
        and_with: None,
        modality: Modality::InPerson,
        purpose: Purpose::FollowUp,
        note: String::new(),
    }
}

/// A coach open on weekday mornings in Bar-le-Duc, who follows one of the people.
pub(crate) struct Scene {
    pub(crate) world: World,
    pub(crate) site: Uuid,
    pub(crate) coach: Uuid,
    pub(crate) ctx: Context,
    pub(crate) person: PersonRow,
    pub(crate) other: PersonRow,
}

impl Scene {
    pub(crate) async fn of(world: World) -> Self {
        world.import("09.xml", &world.month("2026-10-01", 40, 0.0)).await.unwrap();
        let mut all = people(&world).await.into_iter();
        let (person, other) = (all.next().unwrap(), all.next().unwrap());
        let coach = world.account(Role::JobCoach, None).await;
        world.follow(person.id, coach, "employment").await;
        let site = world.site("Maison du département", "Bar-le-Duc").await;
        world.opens(coach, site, hours(&world, &WEEK, "09:00", "12:00")).await;
        let ctx = world.acting(coach).await;
        Self { world, site, coach, ctx, person, other }
    }

    async fn starts(&self) -> Vec<String> {
        let zone = self.world.department.timezone;
        let free = self.world.free_with(self.coach).await;
        free.iter()
            .map(|slot| slot.span.start.with_timezone(&zone).format("%m-%d %H:%M").to_string())
            .collect()
    }

    /// How many appointments take an hour of somebody in the coming days.
    async fn hours_of(&self, who: Uuid) -> usize {
        let coming = Span { start: self.ctx.now(), end: self.ctx.now() + Duration::days(30) };
        occupation::busy(self.world.department.db.read(), &[who], coming).await.unwrap().len()
    }

    pub(crate) async fn book(&self, nth: usize) -> Uuid {
        let slot = self.world.free_with(self.coach).await[nth].id;
        book_appointment(&self.ctx, self.person.id, &booking(slot)).await.unwrap().id
    }
}

#[tokio::test]
async fn slots_follow_from_the_hours_and_leave_past_holidays_exceptions_and_absences_out() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        // It is Thursday, ten o’clock.
        assert_eq!(scene.starts().await[..4], ["11-26 11:00", "11-27 09:00", "11-27 10:00", "11-27 11:00"]);
        let far = scene.starts().await;
        assert!(!far.iter().any(|at| at.starts_with("12-25") || at.starts_with("01-01")), "{far:?}");
        let away = AbsenceInput {
            account: scene.coach,
            first: day("2026-11-27"),
            last: day("2026-11-30"),
            from: None,
            to: Some("10:00:00".parse().unwrap()),
        };
        assert_eq!(take_absence(&scene.ctx, away).await.unwrap(), 0);
        assert_eq!(scene.starts().await[..3], ["11-26 11:00", "11-30 10:00", "11-30 11:00"]);
        let absence = app::agenda::openings_of(&scene.ctx, scene.coach).await.unwrap().absences[0].id;
        remove_absence(&scene.ctx, absence).await.unwrap();
        assert_eq!(scene.starts().await, far);
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn an_absence_counts_what_is_booked_and_leaves_it_booked() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let id = scene.book(1).await;
        let away = AbsenceInput {
            account: scene.coach,
            first: day("2026-11-27"),
            last: day("2026-11-27"),
            from: None,
            to: None,
        };
        assert_eq!(take_absence(&scene.ctx, away).await.unwrap(), 1);
        let mine = of_person(&scene.ctx, scene.person.id).await.unwrap();
        assert_eq!((mine[0].id, mine[0].status), (id, Status::Upcoming));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn hours_that_cross_others_are_refused_and_a_coach_is_shared_between_places_on_given_days() {
    on_both_in("38", async |world| {
        let coach = world.account(Role::JobCoach, None).await;
        let tour = world.site("Antenne de La Tour-du-Pin", "La Tour-du-Pin").await;
        let pont = world.site("Antenne de Pont-de-Beauvoisin", "Le Pont-de-Beauvoisin").await;
        let (mut mondays, wednesdays) = ([Weekday::Mon, Weekday::Tue], [Weekday::Wed]);
        world.opens(coach, tour, hours(&world, &mondays, "09:00", "12:00")).await;
        world.opens(coach, pont, hours(&world, &wednesdays, "09:00", "12:00")).await;
        mondays = [Weekday::Tue, Weekday::Thu];
        let input = OpeningInput {
            site: pont,
            room: None,
            opening: hours(&world, &mondays, "11:30", "13:00"),
            modalities: vec![Modality::Phone],
        };
        let refused = save_opening(&world.system(), coach, None, &input).await.unwrap_err();
        assert!(matches!(refused, OpeningsError::Overlap(ref on) if on == "1er décembre 2026"), "{refused}");
        let free = world.free_with(coach).await;
        let at = |site| free.iter().filter(|slot| slot.site.id == site).count();
        // Six weeks from a Thursday: twelve Mondays and Tuesdays, six Wednesdays, three slots each.
        assert_eq!((at(tour), at(pont)), (36, 18));
        sound(&world).await;
    })
    .await;
}

#[tokio::test]
async fn hours_that_change_or_end_remake_the_slots_and_leave_what_is_booked() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let booked = scene.book(1).await;
        let row = app::agenda::openings_of(&scene.ctx, scene.coach).await.unwrap().openings.remove(0);
        let input = OpeningInput {
            site: scene.site,
            room: None,
            opening: Opening {
                exceptions: [day("2026-11-30")].into(),
                ..hours(&scene.world, &WEEK, "09:00", "11:00")
            },
            modalities: vec![Modality::InPerson],
        };
        save_opening(&scene.ctx, scene.coach, Some(row.0.id), &input).await.unwrap();
        // Friday at nine is booked.
        assert_eq!(scene.starts().await[..3], ["11-27 10:00", "12-01 09:00", "12-01 10:00"]);
        end_opening(&scene.ctx, row.0.id, day("2026-12-01")).await.unwrap();
        assert_eq!(scene.starts().await, ["11-27 10:00", "12-01 09:00", "12-01 10:00"]);
        let mine = of_person(&scene.ctx, scene.person.id).await.unwrap();
        assert_eq!((mine[0].id, mine[0].status), (booked, Status::Upcoming));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn of_two_who_want_a_slot_one_has_it_and_the_other_hears_of_the_nearest() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let ctx = scene.world.system();
        let slot = scene.world.free_with(scene.coach).await[1].clone();
        let wanted = booking(slot.id);
        let (first, second) = tokio::join!(
            book_appointment(&ctx, scene.person.id, &wanted),
            book_appointment(&ctx, scene.other.id, &wanted)
        );
        assert_eq!(usize::from(first.is_ok()) + usize::from(second.is_ok()), 1);
        let refused = first.err().or(second.err()).unwrap();
        assert!(refused.to_string().starts_with("Ce créneau vient d’être pris"), "{refused}");
        let BookError::Taken(near) = refused else { panic!("{refused}") };
        assert_eq!(near.len(), 3);
        assert!(near.iter().all(|one| one.id != slot.id && one.site.id == scene.site));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn nobody_is_in_two_places_at_once_neither_the_person_nor_the_room() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let second = scene.world.account(Role::SocialReferent, None).await;
        scene.world.opens(second, scene.site, hours(&scene.world, &WEEK, "09:30", "12:00")).await;
        scene.book(1).await;
        let theirs = scene.world.free_with(second).await;
        let crossing =
            theirs.iter().find(|slot| slot.span.start.to_string().starts_with("2026-11-27 08:30")).unwrap();
        let refused = book_appointment(&scene.ctx, scene.person.id, &booking(crossing.id)).await.unwrap_err();
        assert!(matches!(refused, BookError::Elsewhere), "{refused}");
        // At an hour outside of the slots too.
        let time = FreeTime {
            day: day("2026-11-27"),
            time: "09:15:00".parse().unwrap(),
            minutes: 30,
            site: None,
            host: scene.coach,
        };
        let visit =
            Booking { place: Place::Free(time.clone()), modality: Modality::Visit, ..booking(Uuid::nil()) };
        let refused = book_appointment(&scene.world.system(), scene.other.id, &visit).await.unwrap_err();
        assert!(matches!(refused, BookError::Taken(_)), "{refused}");
        let later = FreeTime { time: "14:00:00".parse().unwrap(), ..time };
        let visit = Booking { place: Place::Free(later), ..visit };
        book_appointment(&scene.ctx, scene.person.id, &visit).await.unwrap();
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn a_pair_is_proposed_what_is_free_for_both_and_takes_the_time_of_both() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let second = scene.world.account(Role::SocialReferent, None).await;
        scene.world.opens(second, scene.site, hours(&scene.world, &[Weekday::Fri], "10:00", "12:00")).await;
        let search = Search { with: Some(scene.coach), and_with: Some(second), ..Search::default() };
        let both = find_slots(&scene.ctx, &search).await.unwrap();
        let zone = scene.world.department.timezone;
        let starts: Vec<String> = both
            .iter()
            .take(3)
            .map(|one| one.span.start.with_timezone(&zone).format("%a %H:%M").to_string())
            .collect();
        assert_eq!(starts, ["Fri 10:00", "Fri 11:00", "Fri 10:00"]);
        assert_eq!(both[0].hosts.len(), 2);
        let pair = Booking { and_with: Some(second), ..booking(both[0].id) };
        book_appointment(&scene.ctx, scene.person.id, &pair).await.unwrap();
        let left = find_slots(&scene.ctx, &search).await.unwrap();
        assert_eq!(left.len(), both.len() - 1);
        assert_eq!(of_person(&scene.ctx, scene.person.id).await.unwrap()[0].kind, Kind::Pair);
        // Monday: the second one is not there.
        let monday = scene.world.free_with(scene.coach).await;
        let monday = monday.iter().find(|one| one.span.start.to_string().starts_with("2026-11-30")).unwrap();
        let pair = Booking { and_with: Some(second), ..booking(monday.id) };
        let refused = book_appointment(&scene.ctx, scene.person.id, &pair).await.unwrap_err();
        assert!(matches!(refused, BookError::Pair), "{refused}");
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn a_day_is_full_at_its_maximum_and_opens_again_with_a_cancellation() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let second = scene.world.account(Role::SocialReferent, None).await;
        let opening =
            Opening { daily_maximum: Some(1), ..hours(&scene.world, &[Weekday::Fri], "09:00", "12:00") };
        scene.world.opens(second, scene.site, opening).await;
        let free = scene.world.free_with(second).await;
        let all = free.len();
        let ctx = scene.world.system();
        let booked = book_appointment(&ctx, scene.person.id, &booking(free[1].id)).await.unwrap();
        assert_eq!(scene.world.free_with(second).await.len(), all - 3);
        let late = book_appointment(&ctx, scene.other.id, &booking(free[0].id)).await.unwrap_err();
        assert!(matches!(late, BookError::Taken(_)));
        let by = Cancelling { by: CancelledBy::Person, reason: "Garde d’enfant".to_owned() };
        cancel_appointment(&ctx, booked.id, &by).await.unwrap();
        assert_eq!(scene.world.free_with(second).await.len(), all);
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn an_appointment_moves_with_its_identifier_and_cancels_once() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let before = scene.starts().await;
        let id = scene.book(1).await;
        let to = scene.world.free_with(scene.coach).await[3].clone();
        let moved = move_appointment(&scene.ctx, id, Place::Slot(to.id), Modality::Phone).await.unwrap();
        assert_eq!((moved.id, moved.span), (id, to.span));
        let one = of_person(&scene.ctx, scene.person.id).await.unwrap().remove(0);
        assert_eq!((one.sequence, one.modality, one.span), (1, Modality::Phone, to.span));
        assert_eq!(scene.starts().await[..3], before[..3], "the hour it left is free again");
        let ics = app::agenda::invitation(&scene.ctx, id).await.unwrap();
        assert!(ics.contains("SEQUENCE:1") && ics.contains(&id.simple().to_string()), "{ics}");
        let name = (scene.person.last_name.to_lowercase(), scene.person.first_name.to_lowercase());
        for word in [name.0.as_str(), &name.1, "rsa"] {
            assert!(!ics.to_lowercase().contains(word), "{word} in {ics}");
        }
        let by = Cancelling { by: CancelledBy::Professional, reason: String::new() };
        cancel_appointment(&scene.ctx, id, &by).await.unwrap();
        assert!(app::agenda::invitation(&scene.ctx, id).await.unwrap().contains("METHOD:CANCEL"));
        assert_eq!(scene.starts().await, before);
        let again = cancel_appointment(&scene.ctx, id, &by).await.unwrap_err();
        assert!(matches!(again, CancelError::Over(_)));
        let place = Place::Slot(to.id);
        let moved = move_appointment(&scene.ctx, id, place, Modality::Phone).await.unwrap_err();
        assert!(matches!(moved, MoveError::Over(_)));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn how_it_went_is_written_after_its_hour_and_an_excuse_before_it_frees_it() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let all = scene.starts().await;
        let (id, other) = (scene.book(0).await, scene.book(1).await);
        let early = record_attendance(&scene.ctx, id, Attendance::Attended).await.unwrap_err();
        assert!(matches!(early, AttendanceError::Refusal(_)), "{early}");
        record_attendance(&scene.ctx, other, Attendance::Excused).await.unwrap();
        assert_eq!(scene.starts().await[..2], all[1..3], "the excused hour is free, the other one is not");
        assert_eq!(scene.hours_of(scene.person.id).await, 1);
        scene.world.wait(Duration::hours(2));
        record_attendance(&scene.ctx, id, Attendance::Absent).await.unwrap();
        record_attendance(&scene.ctx, id, Attendance::Attended).await.unwrap();
        let mine = of_person(&scene.ctx, scene.person.id).await.unwrap();
        let status = |id| mine.iter().find(|one| one.id == id).unwrap().status;
        assert_eq!((status(id), status(other)), (Status::Attended, Status::Excused));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_past_or_not_of_this_slot_is_refused_in_words() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let slot = scene.world.free_with(scene.coach).await[0].clone();
        let ask = async |booking: Booking| {
            book_appointment(&scene.ctx, scene.person.id, &booking).await.unwrap_err().to_string()
        };
        let visit = Booking { modality: Modality::Visit, ..booking(slot.id) };
        assert!(ask(visit).await.contains("parmi ce que ce créneau permet"));
        let long = Booking { note: "x".repeat(501), ..booking(slot.id) };
        assert!(ask(long).await.contains("500 caractères"));
        scene.world.wait(Duration::hours(2));
        assert!(ask(booking(slot.id)).await.contains("passé"));
        assert!(ask(booking(Uuid::from_u128(4))).await.contains("vient d’être pris"));
        let nobody = book_appointment(&scene.ctx, scene.other.id, &booking(slot.id)).await.unwrap_err();
        assert!(nobody.to_string().contains("vous n’avez pas à le voir"), "not of the caseload: {nobody}");
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn slots_are_searched_by_territory_modality_and_day_and_tell_how_far_they_are() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let verdun = scene.world.site("Antenne de Verdun", "Verdun").await;
        let second = scene.world.account(Role::SocialReferent, None).await;
        scene.world.opens(second, verdun, hours(&scene.world, &WEEK, "09:00", "12:00")).await;
        let found = async |search: Search| offered(&scene.ctx, scene.person.id, &search).await.unwrap();
        let all = found(Search { limit: 500, ..Search::default() }).await;
        assert!(all.windows(2).all(|two| two[0].span.start <= two[1].span.start));
        assert!(all.iter().all(|slot| slot.distance_km.is_some()));
        let code = all.iter().find(|slot| slot.site.id == verdun).unwrap().site.territory.clone();
        let there = found(Search { territory: code, ..Search::default() }).await;
        assert!(!there.is_empty() && there.iter().all(|slot| slot.site.id == verdun));
        assert!(found(Search { modality: Some(Modality::Visit), ..Search::default() }).await.is_empty());
        let one = day("2026-12-01");
        let on = found(Search { from: Some(one), to: Some(one), ..Search::default() }).await;
        assert_eq!(on.len(), 6);
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn slots_of_the_days_that_come_are_made_and_civil_hours_stay_across_the_change_of_clock() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        assert_eq!(keep(&scene.ctx).await.unwrap(), 0, "nothing is due today");
        scene.world.wait(Duration::days(100));
        assert_eq!(keep(&scene.ctx).await.unwrap(), 1);
        let all = scene.starts().await;
        // The clock changed on Sunday 28 March; Monday is Easter Monday.
        assert!(!all.iter().any(|one| one.starts_with("03-29")));
        for at in ["03-26 09:00", "03-30 09:00"] {
            assert!(all.iter().any(|one| one == at), "{at} in {all:?}");
        }
        let before = all.len();
        assert_eq!(keep(&scene.ctx).await.unwrap(), 0);
        assert_eq!(scene.starts().await.len(), before, "twice is once");
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn who_is_archived_takes_their_appointments_with_them() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let all = scene.starts().await.len();
        let id = scene.book(2).await;
        let db = &scene.world.department.db;
        let tx = db.begin().await.unwrap();
        store::agenda::appointment::forget(&tx, &[scene.person.id]).await.unwrap();
        tx.commit().await.unwrap();
        assert!(store::agenda::appointment::by_id(db.read(), id).await.unwrap().is_none());
        assert_eq!(scene.hours_of(scene.coach).await, 0);
        assert!(scene.starts().await.len() >= all - 1);
        sound(&scene.world).await;
    })
    .await;
}
