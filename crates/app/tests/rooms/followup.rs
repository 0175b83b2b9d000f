//! How a path ends, goes on and is looked at again, what the person says against it, and what is late; on both engines.

use app::Context;
use app::agenda::{Cancelling, book_appointment, cancel_appointment, record_attendance};
use app::followup::{
    AnswerInput, CallInput, ContactInput, ContestInput, EndInput, FollowError, KeepInput, Late, LateFilter,
    LateOwner, ReopenInput, ReviewInput, answer_contest, contest, end_path, keep_path, late, late_people,
    name_referent, record_call, record_contact, reopen_path, review_path, who_could_follow,
};
use app::orientation::{DecisionInput, decide};
use app::people::PeopleError;
use app::people::due::Owner;
use app::people::person::{PersonFile, open};
use chrono::{Duration, NaiveDate};
use domain::access::role::Role;
use domain::access::structure::StructureKind;
use domain::access::visibility::Level;
use domain::agenda::appointment::{Attendance, CancelledBy};
use domain::audit::Part;
use domain::followup::act::{
    CallResult, Channel, ContestKind, EndReason, KeepReason, Kind, Presence, Refusal, ReviewResult,
};
use domain::followup::contact::{Means, Outcome, Subject};
use domain::followup::due;
use domain::followup::may::Bar;
use domain::orientation::rules::{Organisation, Path};
use domain::time::{plus_days, plus_months};
use testkit::agenda::{WEEK, hours};
use testkit::world::{World, on_both};
use uuid::Uuid;

use super::agenda::{booking, people, sound};

/// A département with people oriented, a coach who follows them and the lead of their territories.
struct Scene {
    world: World,
    coach: Uuid,
    follows: Context,
    lead: Context,
    people: Vec<Uuid>,
}

const ORIENTED: usize = 12;

impl Scene {
    async fn of(world: World) -> Self {
        world.import("09.xml", &world.month("2026-10-01", 40, 0.0)).await.unwrap();
        let lead = world.acting(world.account(Role::TeamLead, None).await).await;
        let coach = world.account(Role::JobCoach, None).await;
        let waiting = people(&world).await.into_iter().filter(|row| row.state == "to_orient");
        let people: Vec<Uuid> = waiting.take(ORIENTED).map(|row| row.id).collect();
        for person in &people {
            decide(&lead, *person, &decision(Path::Social, Some(coach))).await.unwrap();
        }
        let follows = world.acting(coach).await;
        Self { world, coach, follows, lead, people }
    }

    /// Somebody whose right closed: the file of the next month does not name them.
    async fn gone(&self) -> Uuid {
        self.world.wait(Duration::days(35));
        self.world.import("10.xml", &self.world.month("2026-11-01", 20, 0.0)).await.unwrap();
        let mut gone = None;
        for person in &self.people {
            if self.file(*person).await.row.closed_on.is_some() {
                gone = gone.or(Some(*person));
            }
        }
        gone.unwrap()
    }

    async fn file(&self, person: Uuid) -> PersonFile {
        open(&self.lead, person, Part::Essential).await.unwrap()
    }

    fn today(&self) -> NaiveDate {
        self.lead.today()
    }
}

pub(super) fn decision(path: Path, referent: Option<Uuid>) -> DecisionInput {
    DecisionInput {
        path: Some(path),
        organisation: Some(Organisation::Departement),
        referent,
        reason: "Rencontrée à l’accueil ce matin.".to_owned(),
        explanation: "On avance ensemble, à votre rythme.".to_owned(),
        ..DecisionInput::default()
    }
}

fn owed(file: &PersonFile, kind: due::Kind) -> Option<NaiveDate> {
    file.steps.iter().find(|step| step.kind == kind.code()).map(|step| step.legal_on)
}

fn end(scene: &Scene) -> EndInput {
    EndInput {
        reason: Some(EndReason::RightClosed),
        day: Some(scene.today()),
        text: "Partie chez sa sœur, elle nous écrira.".to_owned(),
        level: Some(Level::Employment),
    }
}

#[tokio::test]
async fn a_path_is_kept_then_closed_then_opened_again() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let subject = scene.people[0];
        assert!(matches!(
            end_path(&scene.follows, subject, &end(&scene)).await,
            Err(FollowError::Barred(Bar::StillSubject))
        ));
        let gone = scene.gone().await;
        let file = scene.file(gone).await;
        let closed = file.row.closed_on.unwrap();
        assert_eq!(owed(&file, due::Kind::CloseOrKeep), Some(plus_days(closed, 30)));
        let keep = |months: u32| KeepInput {
            reason: Some(KeepReason::SoonOpen),
            next_on: Some(plus_months(scene.today(), months)),
            ..KeepInput::default()
        };
        assert!(matches!(
            keep_path(&scene.follows, gone, &keep(7)).await,
            Err(FollowError::Refused(Refusal::NextDay))
        ));
        keep_path(&scene.follows, gone, &keep(6)).await.unwrap();
        let look = plus_months(scene.today(), 6);
        assert_eq!(owed(&scene.file(gone).await, due::Kind::CloseOrKeep), Some(look));
        // Another reason is told in words.
        let other = EndInput { reason: Some(EndReason::Other), text: String::new(), ..end(&scene) };
        assert!(matches!(
            end_path(&scene.follows, gone, &other).await,
            Err(FollowError::Refused(Refusal::Text))
        ));
        end_path(&scene.follows, gone, &end(&scene)).await.unwrap();
        let file = scene.file(gone).await;
        assert_eq!((file.row.state.as_str(), file.row.has_referent), ("exited", false));
        assert!(file.steps.is_empty() && file.row.due_on.is_none());
        assert!(file.decisions[0].ended_on.is_some());
        assert_eq!(file.acts.iter().map(|act| act.kind).collect::<Vec<_>>(), [Kind::Ended, Kind::Kept]);
        assert_eq!(file.acts[0].text.as_deref(), Some("Partie chez sa sœur, elle nous écrira."));
        // Who followed sees them no more, nor can undo it.
        assert!(matches!(open(&scene.follows, gone, Part::Essential).await, Err(PeopleError::Unknown)));
        sound(&scene.world).await;
        let again = ReopenInput { text: "Fermé par erreur hier.".to_owned(), level: Some(Level::Pair) };
        assert!(reopen_path(&scene.follows, gone, &again).await.is_err());
        scene.world.wait(Duration::days(1));
        reopen_path(&scene.lead, gone, &again).await.unwrap();
        let file = scene.file(gone).await;
        assert_eq!((file.row.state.as_str(), file.row.exited_on), ("oriented", None));
        assert_eq!(file.referents.iter().map(|one| one.account_id).collect::<Vec<_>>(), [scene.coach]);
        assert_eq!(file.acts.len(), 3);
        open(&scene.follows, gone, Part::Essential).await.unwrap();
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_written_of_an_end_is_read_by_its_level_and_a_new_right_asks_for_another_orientation() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let gone = scene.gone().await;
        let social = scene.world.account(Role::SocialReferent, None).await;
        scene.world.follow(gone, social, "social").await;
        let kept = KeepInput {
            reason: Some(KeepReason::UnderWay),
            next_on: Some(plus_days(scene.today(), 30)),
            text: "La formation se termine en janvier.".to_owned(),
            level: Some(Level::Employment),
        };
        keep_path(&scene.follows, gone, &kept).await.unwrap();
        let theirs = open(&scene.world.acting(social).await, gone, Part::Essential).await.unwrap();
        assert_eq!(theirs.acts.len(), 1);
        assert_eq!(theirs.acts[0].text, None);
        // Not a level that the coach may give.
        let wide = KeepInput { level: Some(Level::Social), ..kept };
        assert!(matches!(keep_path(&scene.follows, gone, &wide).await, Err(FollowError::Level)));
        end_path(&scene.follows, gone, &end(&scene)).await.unwrap();
        // The month after names everybody again: subject again, thus to orient, from the new reception on.
        scene.world.wait(Duration::days(31));
        scene.world.import("11.xml", &scene.world.month("2026-12-01", 40, 0.0)).await.unwrap();
        let row = scene.file(gone).await.row;
        assert_eq!(row.state, "to_orient");
        assert!(row.due_on.is_some() && row.look_on.is_none());
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn a_review_sets_the_next_one_or_what_it_concludes() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let person = scene.people[0];
        let decided = scene.today();
        assert_eq!(owed(&scene.file(person).await, due::Kind::Review), Some(plus_months(decided, 6)));
        scene.world.wait(Duration::days(170));
        let held = scene.today();
        let review = ReviewInput {
            day: Some(held),
            presence: Some(Presence::Present),
            result: Some(ReviewResult::Continue),
            next_on: Some(plus_months(held, 6)),
            text: "Le logement est trouvé, la santé va mieux.".to_owned(),
            level: Some(Level::Pair),
        };
        let late_one = ReviewInput { next_on: Some(plus_months(held, 7)), ..review.clone() };
        assert!(matches!(
            review_path(&scene.follows, person, &late_one).await,
            Err(FollowError::Refused(Refusal::NextDay))
        ));
        let before = ReviewInput { day: Some(plus_days(decided, -1)), ..review.clone() };
        assert!(matches!(
            review_path(&scene.follows, person, &before).await,
            Err(FollowError::Refused(Refusal::Day))
        ));
        review_path(&scene.follows, person, &review).await.unwrap();
        assert_eq!(owed(&scene.file(person).await, due::Kind::Review), Some(plus_months(held, 6)));
        let turn = ReviewInput { result: Some(ReviewResult::Reorient), next_on: None, ..review };
        assert_eq!(review_path(&scene.follows, person, &turn).await.unwrap(), ReviewResult::Reorient);
        let file = scene.file(person).await;
        assert_eq!(owed(&file, due::Kind::Review), Some(plus_days(held, 15)));
        let after = Some(file.decisions[0].id);
        let again = DecisionInput { after, ..decision(Path::Emploi, None) };
        decide(&scene.lead, person, &again).await.unwrap();
        assert_eq!(owed(&scene.file(person).await, due::Kind::Review), None);
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn a_contest_keeps_the_words_of_the_person_and_is_answered_by_the_lead_or_by_a_new_decision() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let person = scene.people[0];
        let words = ContestInput {
            kind: Some(ContestKind::Contests),
            channel: Some(Channel::Letter),
            day: Some(scene.today()),
            words: "« Je préfère chercher par moi-même. »".to_owned(),
            level: Some(Level::Pair),
        };
        let mute = ContestInput { words: String::new(), ..words.clone() };
        assert!(matches!(
            contest(&scene.follows, person, &mute).await,
            Err(FollowError::Refused(Refusal::Text))
        ));
        contest(&scene.follows, person, &words).await.unwrap();
        let file = scene.file(person).await;
        assert_eq!(owed(&file, due::Kind::AnswerContest), Some(plus_days(scene.today(), 30)));
        // Nothing follows by itself.
        assert_eq!(file.row.state, "oriented");
        assert!(
            file.acts[0].open
                && file.acts[0].text.as_deref() == Some("« Je préfère chercher par moi-même. »")
        );
        assert!(matches!(
            end_path(&scene.follows, person, &end(&scene)).await,
            Err(FollowError::Barred(Bar::StillSubject))
        ));
        let said = AnswerInput {
            text: "Nous gardons ce parcours encore un mois.".to_owned(),
            level: Some(Level::Pair),
        };
        let one = file.acts[0].id;
        assert!(matches!(
            answer_contest(&scene.follows, person, one, &said).await,
            Err(FollowError::People(PeopleError::Refused(_)))
        ));
        answer_contest(&scene.lead, person, one, &said).await.unwrap();
        assert!(matches!(
            answer_contest(&scene.lead, person, one, &said).await,
            Err(FollowError::Barred(Bar::NoContest))
        ));
        let file = scene.file(person).await;
        assert_eq!((owed(&file, due::Kind::AnswerContest), file.acts[0].about), (None, Some(one)));
        contest(&scene.follows, person, &words).await.unwrap();
        let after = Some(scene.file(person).await.decisions[0].id);
        decide(&scene.lead, person, &DecisionInput { after, ..decision(Path::Emploi, None) }).await.unwrap();
        let file = scene.file(person).await;
        assert_eq!(owed(&file, due::Kind::AnswerContest), None);
        assert!(file.acts.iter().all(|act| !act.open));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn an_absence_owes_a_call_to_who_received_until_something_follows() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let person = scene.people[0];
        let site = scene.world.site("Maison du département", "Bar-le-Duc").await;
        scene.world.opens(scene.coach, site, hours(&scene.world, &WEEK, "09:00", "12:00")).await;
        let slot = scene.world.free_with(scene.coach).await[0].id;
        let booked = book_appointment(&scene.follows, person, &booking(slot)).await.unwrap();
        scene.world.wait(Duration::hours(3));
        let call = |result| CallInput { result: Some(result), ..CallInput::default() };
        let early = record_call(&scene.follows, person, &call(CallResult::Reached)).await;
        assert!(matches!(early, Err(FollowError::Barred(Bar::NoAbsence))));
        record_attendance(&scene.follows, booked.id, Attendance::Absent).await.unwrap();
        let file = scene.file(person).await;
        // Absent on a Thursday: Friday and Monday are the two working days.
        assert_eq!(owed(&file, due::Kind::CallBack), "2026-11-30".parse().ok());
        assert_eq!(file.due.unwrap().owner, Owner::User("Essai Coach emploi".to_owned()));
        record_call(&scene.follows, person, &call(CallResult::NotReached)).await.unwrap();
        assert!(owed(&scene.file(person).await, due::Kind::CallBack).is_some());
        // A new appointment is enough; once it is cancelled, the call is owed again.
        let slot = scene.world.free_with(scene.coach).await[1].id;
        let next = book_appointment(&scene.follows, person, &booking(slot)).await.unwrap();
        assert_eq!(owed(&scene.file(person).await, due::Kind::CallBack), None);
        let input = Cancelling { by: CancelledBy::Person, reason: String::new() };
        cancel_appointment(&scene.follows, next.id, &input).await.unwrap();
        assert!(owed(&scene.file(person).await, due::Kind::CallBack).is_some());
        scene.world.wait(Duration::minutes(5));
        record_call(&scene.follows, person, &call(CallResult::Reached)).await.unwrap();
        assert_eq!(owed(&scene.file(person).await, due::Kind::CallBack), None);
        // Corrected afterwards: they had come.
        record_attendance(&scene.follows, booked.id, Attendance::Attended).await.unwrap();
        assert!(scene.file(person).await.row.met_on.is_some());
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn an_exchange_that_is_written_after_an_absence_is_the_call() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let person = scene.people[0];
        let site = scene.world.site("Maison du département", "Bar-le-Duc").await;
        scene.world.opens(scene.coach, site, hours(&scene.world, &WEEK, "09:00", "12:00")).await;
        let slot = scene.world.free_with(scene.coach).await[0].id;
        let booked = book_appointment(&scene.follows, person, &booking(slot)).await.unwrap();
        scene.world.wait(Duration::hours(3));
        record_attendance(&scene.follows, booked.id, Attendance::Absent).await.unwrap();
        let today = scene.follows.today();
        // Neither what was held the day before, nor a message left.
        for (day, outcome, owes) in [
            (plus_days(today, -1), Outcome::Held, true),
            (today, Outcome::MessageLeft, true),
            (today, Outcome::Held, false),
        ] {
            let input = ContactInput {
                day: Some(day),
                means: Some(Means::Phone),
                outcome: Some(outcome),
                subject: Some(Subject::Situation),
                ..ContactInput::default()
            };
            record_contact(&scene.follows, person, &input).await.unwrap();
            let call = owed(&scene.file(person).await, due::Kind::CallBack);
            assert_eq!(call.is_some(), owes, "{day} {outcome:?}");
        }
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn an_absence_in_a_sensitive_structure_hides_nothing_else_that_is_owed() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let person = scene.people[0];
        let hidden = scene.world.account(Role::SocialReferent, None).await;
        let shelter = scene.world.structure("Le Refuge", StructureKind::Shelter).await;
        scene.world.join(hidden, Role::SocialReferent, shelter).await;
        let site = scene.world.site("Antenne de Verdun", "Verdun").await;
        scene.world.opens(hidden, site, hours(&scene.world, &WEEK, "09:00", "12:00")).await;
        let slot = scene.world.free_with(hidden).await[0].id;
        let booked = book_appointment(&scene.lead, person, &booking(slot)).await.unwrap();
        scene.world.wait(Duration::hours(3));
        record_attendance(&scene.lead, booked.id, Attendance::Absent).await.unwrap();
        scene.world.wait(Duration::days(60));
        let kinds = |late: &Late| -> Vec<due::Kind> {
            let row = late.people.iter().find(|row| row.id == person).unwrap();
            row.steps.iter().map(|step| step.kind).collect()
        };
        assert!(kinds(&late(&scene.lead).await.unwrap()).contains(&due::Kind::CallBack));
        let manager = scene.world.acting(scene.world.account(Role::Manager, None).await).await;
        let told = kinds(&late(&manager).await.unwrap());
        assert!(told.contains(&due::Kind::Contract) && !told.contains(&due::Kind::CallBack), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn a_lead_names_who_follows_without_deciding_again() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let waiting = people(&scene.world).await.into_iter().find(|row| row.state == "to_orient").unwrap();
        decide(&scene.lead, waiting.id, &decision(Path::Social, None)).await.unwrap();
        assert!(owed(&scene.file(waiting.id).await, due::Kind::AssignReferent).is_some());
        assert!(name_referent(&scene.follows, waiting.id, Some(scene.coach)).await.is_err());
        assert!(matches!(
            name_referent(&scene.lead, waiting.id, Some(Uuid::from_u128(7))).await,
            Err(FollowError::Referent)
        ));
        let could = who_could_follow(&scene.lead, waiting.id).await.unwrap();
        assert!(could.iter().any(|one| one.id == scene.coach));
        name_referent(&scene.lead, waiting.id, Some(scene.coach)).await.unwrap();
        let file = scene.file(waiting.id).await;
        assert_eq!((file.row.has_referent, owed(&file, due::Kind::AssignReferent)), (true, None));
        // Nobody is replaced in silence.
        let again = name_referent(&scene.lead, waiting.id, Some(scene.coach)).await;
        assert!(matches!(again, Err(FollowError::Barred(Bar::Followed))));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn everything_late_is_told_to_who_leads_with_who_must_act_and_each_number_opens_its_people() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        assert!(late(&scene.follows).await.is_err());
        let before = late(&scene.lead).await.unwrap();
        scene.world.wait(Duration::days(60));
        let found = late(&scene.lead).await.unwrap();
        assert!(found.opens && found.people.len() > before.people.len());
        let theirs = LateFilter { owner: Some(LateOwner::User(scene.coach)), ..LateFilter::default() };
        let (list, total) = late_people(&scene.lead, &theirs, (0, 5)).await.unwrap();
        assert_eq!((list.len(), total), (5, ORIENTED));
        assert_eq!(found.name(LateOwner::User(scene.coach)), Some("Essai Coach emploi"));
        // A contract and a first appointment are late for each: both are told.
        let kinds: Vec<due::Kind> = list[0].steps.iter().map(|(kind, _)| *kind).collect();
        assert!(kinds.contains(&due::Kind::Contract) && kinds.contains(&due::Kind::FirstAppointment));
        for kind in due::Kind::ALL {
            let filter = LateFilter { kind: Some(kind), ..LateFilter::default() };
            let number = found.people.iter().filter(|row| filter.since(row).is_some()).count();
            assert_eq!(late_people(&scene.lead, &filter, (0, 1)).await.unwrap().1, number, "{kind:?}");
        }
        // A lead of one territory is told of that one only; a manager reads numbers, not people.
        let there = found.people[0].territory.clone().unwrap();
        let local = scene.world.acting(scene.world.account(Role::TeamLead, Some(&there)).await).await;
        assert!(
            late(&local).await.unwrap().people.iter().all(|row| row.territory.as_deref() == Some(&*there))
        );
        let manager = scene.world.acting(scene.world.account(Role::Manager, None).await).await;
        let numbers = late(&manager).await.unwrap();
        assert_eq!((numbers.opens, numbers.people.len()), (false, found.people.len()));
        assert!(matches!(
            late_people(&manager, &theirs, (0, 5)).await,
            Err(PeopleError::Refused(app::access::Refused::Forbidden))
        ));
        // What a sensitive structure does is nobody's but the social side's.
        let shelter = scene.world.structure("Le Refuge", StructureKind::Shelter).await;
        scene.world.join(scene.coach, Role::JobCoach, shelter).await;
        let hidden = late(&manager).await.unwrap();
        assert!(hidden.people.iter().flat_map(|row| &row.steps).all(|step| step.owner == LateOwner::Team));
    })
    .await;
}
