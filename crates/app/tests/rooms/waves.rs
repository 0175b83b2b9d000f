//! Waves of invitations, on both engines: never more people than hours, each invited once, the others as room comes.

use app::Context;
use app::agenda::booking_link::Offer;
use app::agenda::{
    AgendaError, Booking, Place, Wave, WaveError, WaveInput, book_appointment, carry_on, make_wave,
    plan_wave, stop_wave, wave, waves,
};
use app::people::list::Filter;
use chrono::{Duration, Weekday};
use domain::access::role::Role;
use domain::access::structure::StructureKind;
use domain::agenda::appointment::{Modality, Purpose};
use domain::agenda::wave::Standing;
use domain::time::plus_days;
use testkit::agenda::hours;
use testkit::world::{World, on_both};
use uuid::Uuid;

use super::agenda::{people, sound};

/// Three hours each Tuesday with a coach, forty people to orient, and the lead of everybody.
struct Scene {
    world: World,
    lead: Context,
    coach: Uuid,
}

impl Scene {
    async fn of(world: World) -> Self {
        world.import("10.xml", &world.month("2026-10-01", 40, 0.0)).await.unwrap();
        let coach = world.account(Role::JobCoach, None).await;
        let site = world.site("Maison du département", "Bar-le-Duc").await;
        world.opens(coach, site, hours(&world, &[Weekday::Tue], "09:00", "12:00")).await;
        let lead = world.acting(world.account(Role::TeamLead, None).await).await;
        Self { world, lead, coach }
    }

    fn input(&self, most: usize) -> WaveInput {
        WaveInput {
            filter: Filter { state: Some("to_orient".to_owned()), ..Filter::default() },
            most,
            offer: Offer {
                with: Some(self.coach),
                site: None,
                modality: None,
                purpose: Purpose::FirstMeeting,
            },
            until: plus_days(self.lead.today(), 28),
        }
    }

    /// How many messages wait or left for the people of a wave.
    async fn told(&self, one: &Wave) -> usize {
        let mut told = 0;
        for person in &one.people {
            told += app::messages::written_to(&self.lead, person.id).await.unwrap().len();
        }
        told
    }

    async fn later(&mut self, days: i64) {
        self.world.wait(Duration::days(days));
        app::agenda::keep(&self.world.system()).await.unwrap();
    }

    async fn look(&self, id: Uuid) -> Wave {
        wave(&self.lead, id).await.unwrap()
    }
}

fn anybody(input: &WaveInput) -> WaveInput {
    WaveInput { offer: Offer { with: None, ..input.offer.clone() }, ..input.clone() }
}

fn counts(one: &Wave) -> Vec<usize> {
    Standing::ALL.iter().map(|standing| one.count(*standing)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_are_invited_than_there_are_hours_and_the_others_are_as_room_comes() {
    on_both(async |world| {
        let mut scene = Scene::of(world).await;
        let plan = plan_wave(&scene.lead, &scene.input(30)).await.unwrap();
        assert!(plan.free >= 9 && plan.free < plan.people, "{plan:?}");
        assert_eq!((plan.people, plan.awaited, plan.now, plan.out), (30, 0, plan.free, 0));
        assert!(waves(&scene.lead).await.unwrap().is_empty());
        let id = make_wave(&scene.lead, &scene.input(30)).await.unwrap();
        let made = scene.look(id).await;
        assert_eq!(counts(&made), [30 - plan.free, plan.free, 0, 0, 0]);
        assert_eq!(scene.told(&made).await, plan.free);
        // The same hours are kept for them: nobody else is invited to them, and the same people are in no second wave.
        let again = plan_wave(&scene.lead, &scene.input(30)).await.unwrap();
        assert_eq!((again.now, again.awaited, again.out), (0, again.free, 30));
        assert_eq!(carry_on(&scene.world.system()).await.unwrap(), 0);
        // Somebody takes one of them: one hour less, one person less.
        let first = made.people[0].id;
        let slot = scene.world.free_with(scene.coach).await[0].id;
        let booking = Booking {
            place: Place::Slot(slot),
            and_with: None,
            modality: Modality::InPerson,
            purpose: Purpose::FirstMeeting,
            note: String::new(),
        };
        book_appointment(&scene.lead, first, &booking).await.unwrap();
        assert_eq!(carry_on(&scene.world.system()).await.unwrap(), 0);
        assert_eq!(counts(&scene.look(id).await), [30 - plan.free, plan.free - 1, 1, 0, 0]);
        // Their links are over: the hours that are left go to the next, who are told once.
        scene.later(12).await;
        let invited = carry_on(&scene.world.system()).await.unwrap();
        assert_eq!(carry_on(&scene.world.system()).await.unwrap(), 0);
        let after = scene.look(id).await;
        assert!(invited > 0 && invited < plan.free, "{invited}");
        assert_eq!(counts(&after), [30 - plan.free - invited, invited, 1, plan.free - 1, 0]);
        // The last day passes: who still waits is left out, who was invited has their time, then the wave is over.
        scene.later(17).await;
        assert_eq!(carry_on(&scene.world.system()).await.unwrap(), 0);
        let last = scene.look(id).await;
        assert_eq!((last.count(Standing::Waiting), last.count(Standing::Invited), last.over), (0, 0, true));
        assert_eq!(last.count(Standing::LeftOut), 30 - plan.free - invited);
        // Nobody is forgotten: each still owes or is owed what they were.
        let rows = people(&scene.world).await;
        for person in &last.people {
            assert!(rows.iter().any(|row| row.id == person.id && row.due_on.is_some()));
        }
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wave_is_stopped_and_whoever_is_here_no_more_is_not_invited() {
    on_both(async |world| {
        let mut scene = Scene::of(world).await;
        let id = make_wave(&scene.lead, &scene.input(40)).await.unwrap();
        let before = scene.look(id).await;
        // The next file names one household: the right of the others is closed.
        scene.later(10).await;
        scene.world.import("11.xml", &scene.world.month("2026-11-01", 1, 0.0)).await.unwrap();
        carry_on(&scene.world.system()).await.unwrap();
        let gone = scene.look(id).await;
        let rows = people(&scene.world).await;
        for one in &gone.people {
            let state = rows.iter().find(|row| row.id == one.id).unwrap().state.clone();
            assert_eq!(one.standing == Standing::LeftOut, state == "right_closed", "{state}");
        }
        assert!(gone.count(Standing::LeftOut) > before.people.len() / 2);
        stop_wave(&scene.lead, id).await.unwrap();
        let stopped = scene.look(id).await;
        assert_eq!(stopped.count(Standing::Waiting), 0);
        assert_eq!(stopped.over, stopped.count(Standing::Invited) == 0);
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_leads_at_once_invite_nobody_twice_and_each_sees_their_people() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let other = scene.world.acting(scene.world.account(Role::TeamLead, None).await).await;
        let input = scene.input(40);
        let (a, b) = tokio::join!(make_wave(&scene.lead, &input), make_wave(&other, &input));
        let made: Vec<Uuid> = [&a, &b].into_iter().filter_map(|one| one.as_ref().ok().copied()).collect();
        assert_eq!(made.len(), 1, "{a:?} {b:?}");
        let refused = a.err().or(b.err()).unwrap();
        assert!(matches!(refused, WaveError::Changed | WaveError::Nobody), "{refused}");
        let one = scene.look(made[0]).await;
        assert_eq!(scene.told(&one).await, one.count(Standing::Invited));
        // Somebody who answers for one territory sees of it the people of that territory only.
        let row = &people(&scene.world).await[0];
        let mine = row.territory.clone().unwrap();
        let local = scene.world.acting(scene.world.account(Role::TeamLead, Some(&mine)).await).await;
        let rows = people(&scene.world).await;
        for person in &wave(&local, made[0]).await.unwrap().people {
            let row = rows.iter().find(|row| row.id == person.id).unwrap();
            assert_eq!(row.territory.as_deref(), Some(mine.as_str()));
        }
        let coach = scene.world.acting(scene.coach).await;
        assert!(matches!(waves(&coach).await, Err(AgendaError::Refused(_))));
    })
    .await;
}

#[tokio::test]
async fn what_is_typed_wrong_is_said_and_nobody_is_invited() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let good = scene.input(10);
        for (most, wrong) in [(0, true), (501, true), (500, false)] {
            let error = plan_wave(&scene.lead, &WaveInput { most, ..good.clone() }).await;
            assert_eq!(matches!(error, Err(WaveError::Most)), wrong, "{most}");
        }
        for days in [-1, 92] {
            let until = plus_days(scene.lead.today(), days);
            let error = make_wave(&scene.lead, &WaveInput { until, ..good.clone() }).await.unwrap_err();
            assert!(matches!(error, WaveError::Until), "{error}");
        }
        // Who receives in a sensitive structure is nobody here, and offers no hour to anybody.
        let hidden = scene.world.account(Role::SocialReferent, None).await;
        let centre = scene.world.structure("CHRS Les Glycines", StructureKind::Shelter).await;
        scene.world.join(hidden, Role::SocialReferent, centre).await;
        let site = scene.world.site("Antenne de Verdun", "Verdun").await;
        let before = plan_wave(&scene.lead, &anybody(&good)).await.unwrap().free;
        scene.world.opens(hidden, site, hours(&scene.world, &[Weekday::Wed], "08:00", "10:00")).await;
        assert_eq!(plan_wave(&scene.lead, &anybody(&good)).await.unwrap().free, before);
        let offer = Offer { with: Some(hidden), ..good.offer.clone() };
        let error = plan_wave(&scene.lead, &WaveInput { offer, ..good.clone() }).await.unwrap_err();
        assert!(matches!(error, WaveError::Agenda(AgendaError::Unknown)), "{error}");
        let filter = Filter { commune: Some("99999".to_owned()), ..good.filter.clone() };
        let error = make_wave(&scene.lead, &WaveInput { filter, ..good }).await.unwrap_err();
        assert!(matches!(error, WaveError::Nobody), "{error}");
        assert!(waves(&scene.lead).await.unwrap().is_empty());
    })
    .await;
}
