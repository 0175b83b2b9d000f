//! Returns to work: announced, begun, news at the moments of the programme, ended, followed no more; on both engines.

use app::followup::{ContactInput, EndInput, end_path, record_contact};
use app::outcomes::{
    BeginInput, ChangeInput, NewsInput, OutcomeError, OutcomeTold, begin_outcome, change, take_news,
};
use app::people::PeopleError;
use app::people::person::{PersonFile, open};
use app::programmes::{ChangeInput as CourseChange, answer, change as change_course};
use domain::access::role::Role;
use domain::access::structure::StructureKind;
use domain::audit::Part;
use domain::followup::contact::{Means, Outcome, Subject};
use domain::followup::{act, due};
use domain::outcomes::outcome::{Act, CloseReason, EndReason, Going, Kind, Refusal, Stage, Work};
use domain::outcomes::plan::Check;
use domain::outcomes::retention::Kept;
use domain::programmes::admission::Reply;
use domain::programmes::course::{ExitReason, Kind as CourseKind};
use domain::time::{plus_days, plus_months};
use testkit::world::on_both;
use uuid::Uuid;

use super::agenda::sound;
use super::programmes::{MEUSE, Scene, owed};

async fn enrolled(scene: &Scene) {
    let enrolment = scene.prescribed(MEUSE, Reply::Yes).await;
    answer(&scene.lead, scene.person, enrolment, &scene.taken(MEUSE).await).await.unwrap();
}

fn job(scene: &Scene, days: i64) -> BeginInput {
    let starts = plus_days(scene.today(), days);
    BeginInput {
        kind: Some(Kind::Job),
        work: Some(Work::FixedTerm),
        hours: Some(24),
        starts_on: Some(starts),
        ends_on: Some(plus_days(plus_months(starts, 4), -1)),
        name: "Magasin de Saint-Mihiel, employée".to_owned(),
        follows: None,
    }
}

fn news(check: Option<Check>, going: Going) -> NewsInput {
    NewsInput {
        means: Some(Means::Phone),
        going: Some(going),
        check,
        text: "Tout va bien avec l’équipe.".to_owned(),
        level: Some(domain::access::visibility::Level::Pair),
        ..NewsInput::default()
    }
}

fn changing(kind: Act) -> ChangeInput {
    ChangeInput { kind, day: None, end: None, close: None, agreed: None, text: String::new() }
}

fn last(file: &PersonFile) -> &OutcomeTold {
    &file.outcomes[0]
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, OutcomeError>) -> Refusal {
    match answer {
        Err(OutcomeError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

/// Odile (Meuse): announced, begun on its day, called after seven days, then at each month; the path ends after the last.
#[tokio::test]
async fn news_are_taken_at_each_moment_of_the_programme_and_then_no_more() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        enrolled(&scene).await;
        let (person, coach) = (scene.person, &scene.follows);
        begin_outcome(coach, person, &job(&scene, 4)).await.unwrap();
        let file = scene.file().await;
        let one = last(&file);
        assert_eq!(
            (file.row.state.as_str(), one.now.stage, one.hours),
            ("enrolled", Stage::Announced, Some(24))
        );
        assert_eq!(one.name, "Magasin de Saint-Mihiel, employée");
        assert_eq!(owed(&file, due::Kind::ConfirmStart), Some(plus_days(scene.today(), 4)));
        assert_eq!(owed(&file, due::Kind::RetentionCheck), None);
        sound(&scene.world).await;
        let id = one.id;
        assert_eq!(refusal(take_news(coach, person, id, &news(None, Going::Well)).await), Refusal::Stage);
        scene.wait(4);
        let start = scene.today();
        let began = ChangeInput { day: Some(start), ..changing(Act::Started) };
        change(coach, person, id, &began).await.unwrap();
        let file = scene.file().await;
        assert_eq!((file.row.state.as_str(), file.row.outcome_on), ("in_outcome", Some(start)));
        assert_eq!(owed(&file, due::Kind::RetentionCheck), Some(plus_days(start, 7)));
        // Neither the rhythm of the programme, nor a contract: work came first.
        for kind in [due::Kind::Contact, due::Kind::FirstMeeting, due::Kind::Diagnose, due::Kind::Contract] {
            assert_eq!(owed(&file, kind), None, "{kind:?}");
        }
        sound(&scene.world).await;
        for (check, at) in [
            (Check::Days(7), plus_days(start, 7)),
            (Check::Months(1), plus_months(start, 1)),
            (Check::Months(2), plus_months(start, 2)),
            (Check::Months(3), plus_months(start, 3)),
        ] {
            scene.wait((at - scene.today()).num_days());
            assert_eq!(owed(&scene.file().await, due::Kind::RetentionCheck), Some(at));
            assert!(!take_news(coach, person, id, &news(Some(check), Going::Well)).await.unwrap());
        }
        let file = scene.file().await;
        let kept: Vec<Kept> = last(&file).kept.iter().map(|(_, kept)| *kept).collect();
        assert_eq!(kept, [Kept::Yes, Kept::Yes, Kept::NotYet, Kept::NotYet]);
        assert_eq!(file.contacts.iter().filter(|one| one.subject == Subject::AtWork).count(), 4);
        // The end that was written in advance says nothing: somebody asks, and it goes on.
        let ends = plus_days(plus_months(start, 4), -1);
        assert_eq!(owed(&file, due::Kind::AskAtEnd), Some(ends));
        let later = ChangeInput { day: Some(plus_months(start, 10)), ..changing(Act::Extended) };
        change(coach, person, id, &later).await.unwrap();
        scene.wait((plus_months(start, 6) - scene.today()).num_days());
        assert!(take_news(coach, person, id, &news(Some(Check::Months(6)), Going::Well)).await.unwrap());
        let file = scene.file().await;
        assert_eq!((file.row.state.as_str(), owed(&file, due::Kind::RetentionCheck)), ("enrolled", None));
        assert_eq!(last(&file).now.stage, Stage::Open);
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn an_end_opens_a_contact_at_once_and_a_second_job_is_another_line() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        enrolled(&scene).await;
        let (person, coach) = (scene.person, &scene.follows);
        begin_outcome(coach, person, &job(&scene, -30)).await.unwrap();
        let first = last(&scene.file().await).id;
        // Something is fragile: nobody leaves it at that.
        let fragile = news(Some(Check::Months(1)), Going::Fragile);
        assert_eq!(refusal(take_news(coach, person, first, &fragile).await), Refusal::Agree);
        let agreed = Some(plus_days(scene.today(), 14));
        take_news(coach, person, first, &NewsInput { agreed, ..fragile }).await.unwrap();
        let file = scene.file().await;
        assert_eq!(owed(&file, due::Kind::AgreedContact), agreed);
        assert_eq!(owed(&file, due::Kind::RetentionCheck), Some(plus_months(last(&file).now.starts_on, 2)));
        // An exchange that was not planned ends what was agreed.
        scene.wait(3);
        let called = ContactInput {
            means: Some(Means::Phone),
            outcome: Some(Outcome::Held),
            subject: Some(Subject::AtWork),
            ..ContactInput::default()
        };
        record_contact(coach, person, &called).await.unwrap();
        assert_eq!(owed(&scene.file().await, due::Kind::AgreedContact), None);
        let ended =
            ChangeInput { end: Some(EndReason::Better), day: Some(scene.today()), ..changing(Act::Ended) };
        change(coach, person, first, &ended).await.unwrap();
        let file = scene.file().await;
        assert_eq!((file.row.state.as_str(), last(&file).now.stage), ("enrolled", Stage::Ended));
        assert_eq!(owed(&file, due::Kind::AgreedContact), Some(plus_days(scene.today(), 1)));
        assert!(owed(&file, due::Kind::Contact).is_some());
        sound(&scene.world).await;
        let next = BeginInput {
            work: Some(Work::Permanent),
            ends_on: None,
            name: "Cantine, aide de cuisine".to_owned(),
            follows: Some(first),
            ..job(&scene, 0)
        };
        begin_outcome(coach, person, &next).await.unwrap();
        let file = scene.file().await;
        assert_eq!((file.outcomes.len(), last(&file).follows), (2, Some(first)));
        assert_eq!((file.row.state.as_str(), file.row.outcome_on), ("in_outcome", Some(scene.today())));
        // Written by mistake: it stays readable and counts nowhere.
        let second = last(&file).id;
        assert_eq!(refusal(change(coach, person, second, &changing(Act::Withdrawn)).await), Refusal::Words);
        let mistake = ChangeInput { text: "Saisi deux fois.".to_owned(), ..changing(Act::Withdrawn) };
        change(coach, person, second, &mistake).await.unwrap();
        let file = scene.file().await;
        assert_eq!((file.row.state.as_str(), last(&file).now.stage), ("enrolled", Stage::Withdrawn));
        assert_eq!(last(&file).acts[0].text.as_deref(), Some("Saisi deux fois."));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn who_left_the_programme_is_still_followed_at_work_until_the_path_ends() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        enrolled(&scene).await;
        let (person, coach) = (scene.person, &scene.follows);
        begin_outcome(coach, person, &job(&scene, 0)).await.unwrap();
        begin_outcome(coach, person, &job(&scene, 20)).await.unwrap();
        let course = scene.file().await.courses[0].id;
        let exit = CourseChange {
            kind: CourseKind::Exited,
            reason: ExitReason::Job.code().to_owned(),
            until: None,
            text: String::new(),
            level: None,
        };
        change_course(coach, person, course, &exit).await.unwrap();
        let file = scene.file().await;
        assert_eq!((file.row.state.as_str(), file.row.enrolled_on), ("in_outcome", None));
        assert!(owed(&file, due::Kind::RetentionCheck).is_some());
        sound(&scene.world).await;
        // Not subject any more: the path may end, and with it the news.
        scene.wait(35);
        scene.world.import("10.xml", &scene.world.month("2026-11-01", 1, 0.0)).await.unwrap();
        let file = scene.file().await;
        assert!(file.row.closed_on.is_some() && owed(&file, due::Kind::CloseOrKeep).is_some());
        let end = EndInput {
            reason: Some(act::EndReason::Resources),
            day: Some(scene.today()),
            ..EndInput::default()
        };
        let out = end_path(&scene.lead, person, &end).await;
        assert!(out.is_ok(), "{out:?}");
        let file = open(&scene.lead, person, Part::Essential).await.unwrap();
        assert_eq!((file.row.state.as_str(), file.row.outcome_on), ("exited", None));
        assert_eq!((file.row.start_by, file.due.clone()), (None, None));
        let stages: Vec<Stage> = file.outcomes.iter().map(|one| one.now.stage).collect();
        assert_eq!(stages, [Stage::Unknown, Stage::Open]);
        assert!(file.outcomes.iter().all(|one| one.acts[0].reason == CloseReason::PathEnded.code()));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_typed_is_read_and_only_who_follows_writes() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let (person, coach) = (scene.person, &scene.follows);
        let good = job(&scene, 0);
        for (input, expected) in [
            (BeginInput { kind: None, ..good.clone() }, Refusal::Choice),
            (BeginInput { work: None, ..good.clone() }, Refusal::Choice),
            (BeginInput { hours: Some(0), ..good.clone() }, Refusal::Hours),
            (BeginInput { starts_on: None, ..good.clone() }, Refusal::Start),
            (BeginInput { starts_on: Some(plus_months(scene.today(), 7)), ..good.clone() }, Refusal::Start),
            (BeginInput { ends_on: good.starts_on, ..good.clone() }, Refusal::End),
            (BeginInput { name: " ".to_owned(), ..good.clone() }, Refusal::Name),
        ] {
            assert_eq!(refusal(begin_outcome(coach, person, &input).await), expected, "{input:?}");
        }
        let other = scene.world.acting(scene.world.account(Role::JobCoach, None).await).await;
        let unknown = begin_outcome(&other, person, &good).await;
        assert!(matches!(
            unknown,
            Err(OutcomeError::Follow(app::followup::FollowError::People(PeopleError::Unknown)))
        ));
        let nobody =
            begin_outcome(coach, person, &BeginInput { follows: Some(Uuid::from_u128(7)), ..good.clone() })
                .await;
        assert!(matches!(nobody, Err(OutcomeError::Unknown)));
        // Volunteering is told, and moves nothing.
        let given = BeginInput { kind: Some(Kind::Volunteering), work: None, ..good };
        begin_outcome(coach, person, &given).await.unwrap();
        let file = scene.file().await;
        assert_eq!((file.row.state.as_str(), last(&file).work), ("oriented", None));
        assert_eq!(owed(&file, due::Kind::RetentionCheck), None);
        assert!(last(&file).now.left().is_empty() && !last(&file).now.is_followed_no_more());
        // Nor does its end ask anything of anybody.
        let end =
            ChangeInput { end: Some(EndReason::Term), day: Some(scene.today()), ..changing(Act::Ended) };
        change(coach, person, last(&file).id, &end).await.unwrap();
        let file = scene.file().await;
        assert_eq!((last(&file).now.stage, owed(&file, due::Kind::AgreedContact)), (Stage::Ended, None));
        sound(&scene.world).await;
    })
    .await;
}

/// Whoever is followed by a sensitive structure alone is not said to be at work.
#[tokio::test]
async fn a_return_to_work_that_a_sensitive_structure_follows_is_not_told_outside() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        begin_outcome(&scene.follows, scene.person, &job(&scene, 0)).await.unwrap();
        assert_eq!(scene.file().await.row.state, "in_outcome");
        let refuge = scene.world.structure("Le Refuge", StructureKind::Shelter).await;
        scene.world.join(scene.coach, Role::JobCoach, refuge).await;
        let mut outside = scene.world.acting(scene.world.account(Role::Manager, None).await).await;
        outside.actor.reason = Some("Une question sur ce dossier".to_owned());
        let file = open(&outside, scene.person, Part::Essential).await.unwrap();
        assert_eq!((file.outcomes.len(), file.row.outcome_on, file.row.check_by), (0, None, None));
        assert_ne!(file.row.state, "in_outcome");
        let mine = open(&scene.follows, scene.person, Part::Essential).await.unwrap();
        assert_eq!((mine.outcomes.len(), mine.row.state.as_str()), (1, "in_outcome"));
    })
    .await;
}
