//! The points that a programme sets on the way: owed, held, seen from elsewhere, needless; on both engines.

use app::followup::{ContactInput, FollowError, record_contact};
use app::people::PeopleError;
use app::people::due::Owner;
use app::people::person::PersonFile;
use app::programmes::{ChangeInput, EnrolError, NEEDLESS, PointInput, answer, change, hold_point};
use domain::access::visibility::Level;
use domain::followup::contact::{Means, Outcome, Refusal};
use domain::followup::due;
use domain::outcomes::outcome::{Kind as Activity, Work};
use domain::programmes::admission::Reply;
use domain::programmes::course::{Bar, Kind};
use domain::programmes::milestone::State;
use domain::time::plus_days;
use testkit::world::on_both_in;
use uuid::Uuid;

use super::agenda::sound;
use super::programmes::{Scene, owed};

const LOIRET: &str = "trois-mois-pour-un-job";

/// Somebody of the Loiret who entered, and was met today: the points are counted from today.
async fn entered(scene: &Scene) -> Uuid {
    let enrolment = scene.prescribed(LOIRET, Reply::Yes).await;
    answer(&scene.lead, scene.person, enrolment, &scene.taken(LOIRET).await).await.unwrap();
    enrolment
}

fn held(point: u32) -> PointInput {
    PointInput {
        point,
        means: Some(Means::Meeting),
        text: "Certificat de cariste : dossier déposé.".to_owned(),
        level: Some(Level::Pair),
        ..PointInput::default()
    }
}

fn states(file: &PersonFile) -> Vec<(u32, State)> {
    file.courses[0].points.iter().map(|point| (point.day, point.state)).collect()
}

#[tokio::test]
async fn the_points_of_a_programme_are_owed_one_after_the_other_until_they_are_held() {
    on_both_in("45", async |world| {
        let scene = Scene::of(world).await;
        let enrolment = entered(&scene).await;
        let file = scene.file().await;
        // Its length runs from the first meeting: before it, there is nothing to count from.
        assert_eq!((owed(&file, due::Kind::Milestone), file.courses[0].points.len()), (None, 0));
        let early = hold_point(&scene.follows, scene.person, enrolment, &held(42)).await;
        assert!(matches!(early, Err(EnrolError::Point)));
        scene.contact(Means::Meeting, Outcome::Held).await;
        let start = scene.today();
        let file = scene.file().await;
        assert_eq!(owed(&file, due::Kind::Milestone), Some(plus_days(start, 7)));
        assert_eq!(file.row.point.as_deref(), Some("Premier rendez-vous et diagnostic des besoins"));
        // A diagnosis that is complete, then a contract in force, are seen without being said twice.
        app::diagnosis::begin(&scene.follows, scene.person).await.unwrap();
        app::diagnosis::say_complete(&scene.follows, scene.person).await.unwrap();
        assert_eq!(owed(&scene.file().await, due::Kind::Milestone), Some(plus_days(start, 14)));
        super::engagement::signed(&scene).await;
        assert_eq!(owed(&scene.file().await, due::Kind::Milestone), Some(plus_days(start, 42)));
        scene.wait(41);
        // Held the day before, written today: an exchange like any other, which the rhythm counts too.
        let yesterday = plus_days(scene.today(), -1);
        let review = PointInput { day: Some(yesterday), ..held(42) };
        hold_point(&scene.follows, scene.person, enrolment, &review).await.unwrap();
        let file = scene.file().await;
        assert_eq!(owed(&file, due::Kind::Contact), Some(plus_days(yesterday, 7)));
        assert_eq!(owed(&file, due::Kind::Milestone), Some(plus_days(start, 77)));
        assert_eq!(states(&file)[2], (42, State::Held(yesterday)));
        assert_eq!(file.contacts[0].text.as_deref(), Some("Certificat de cariste : dossier déposé."));
        assert_eq!(file.courses[0].acts[0].point.as_deref(), Some("Point à mi-parcours"));
        let twice = hold_point(&scene.follows, scene.person, enrolment, &held(42)).await;
        assert!(matches!(twice, Err(EnrolError::Point)));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn a_renewal_moves_the_exit_and_work_leaves_only_what_prepares_the_end() {
    on_both_in("45", async |world| {
        let scene = Scene::of(world).await;
        let enrolment = entered(&scene).await;
        scene.contact(Means::Meeting, Outcome::Held).await;
        let start = scene.today();
        for point in [7, 14, 42] {
            hold_point(&scene.follows, scene.person, enrolment, &held(point)).await.unwrap();
        }
        let file = scene.file().await;
        let end = file.courses[0].ends_on.unwrap();
        assert_eq!(owed(&file, due::Kind::Milestone), Some(plus_days(start, 77)));
        let renewal = ChangeInput {
            kind: Kind::Renewed,
            reason: String::new(),
            until: None,
            text: String::new(),
            level: None,
        };
        change(&scene.lead, scene.person, enrolment, &renewal).await.unwrap();
        let file = scene.file().await;
        let later = file.courses[0].ends_on.unwrap();
        assert!(later > end);
        assert_eq!(owed(&file, due::Kind::Milestone), Some(later));
        assert_eq!(states(&file)[3].1, State::Met);
        let job = app::outcomes::BeginInput {
            kind: Some(Activity::Job),
            work: Some(Work::Permanent),
            hours: Some(35),
            starts_on: Some(scene.today()),
            ends_on: None,
            name: "Entrepôt de Pithiviers".to_owned(),
            follows: None,
        };
        app::outcomes::begin_outcome(&scene.follows, scene.person, &job).await.unwrap();
        let file = scene.file().await;
        assert_eq!((file.row.state.as_str(), owed(&file, due::Kind::Milestone)), ("in_outcome", Some(later)));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn a_point_is_held_by_who_follows_or_said_needless_with_a_reason() {
    on_both_in("45", async |world| {
        let scene = Scene::of(world).await;
        let enrolment = entered(&scene).await;
        scene.contact(Means::Meeting, Outcome::Held).await;
        let start = scene.today();
        let hold =
            async |input: &PointInput| hold_point(&scene.follows, scene.person, enrolment, input).await;
        let how = hold(&PointInput { means: None, ..held(7) }).await;
        assert!(matches!(how, Err(EnrolError::Follow(FollowError::Contact(Refusal::Choice)))));
        let tomorrow = hold(&PointInput { day: Some(plus_days(start, 1)), ..held(7) }).await;
        assert!(matches!(tomorrow, Err(EnrolError::Follow(FollowError::Contact(Refusal::Day)))));
        assert!(matches!(hold(&held(8)).await, Err(EnrolError::Point)));
        let needless = PointInput { needless: true, means: None, text: String::new(), ..held(7) };
        assert!(matches!(hold(&needless).await, Err(EnrolError::Text)));
        // Nothing of what was refused was kept.
        assert_eq!(scene.file().await.contacts.len(), 1);
        let why = "Diagnostic fait avec le service social en octobre.".to_owned();
        hold(&PointInput { text: why.clone(), ..needless }).await.unwrap();
        let file = scene.file().await;
        assert_eq!(file.contacts.len(), 1);
        let act = &file.courses[0].acts[0];
        assert_eq!((act.reason.as_str(), act.text.as_ref()), (NEEDLESS, Some(&why)));
        assert_eq!(owed(&file, due::Kind::Milestone), Some(plus_days(start, 14)));
        // Neither somebody who does not follow them, nor once the course is over.
        let other = scene.world.account(domain::access::role::Role::JobCoach, None).await;
        let stranger = scene.world.acting(other).await;
        let refused = hold_point(&stranger, scene.person, enrolment, &held(14)).await;
        assert!(
            matches!(
                &refused,
                Err(EnrolError::Follow(FollowError::People(PeopleError::Refused(_) | PeopleError::Unknown)))
            ),
            "{refused:?}"
        );
        let exit = ChangeInput {
            kind: Kind::Exited,
            reason: "job".to_owned(),
            until: None,
            text: String::new(),
            level: None,
        };
        change(&scene.follows, scene.person, enrolment, &exit).await.unwrap();
        assert!(matches!(hold(&held(14)).await, Err(EnrolError::Barred(_))));
        let file = scene.file().await;
        assert_eq!((owed(&file, due::Kind::Milestone), file.courses[0].points.len()), (None, 0));
        record_contact(
            &scene.follows,
            scene.person,
            &ContactInput {
                means: Some(Means::Phone),
                outcome: Some(Outcome::Held),
                subject: Some(domain::followup::contact::Subject::Situation),
                ..ContactInput::default()
            },
        )
        .await
        .unwrap();
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn who_follows_asks_for_a_renewal_and_who_decides_owes_an_answer_before_the_end() {
    on_both_in("45", async |world| {
        let scene = Scene::of(world).await;
        let enrolment = entered(&scene).await;
        let saying = |kind: Kind, text: &str| ChangeInput {
            kind,
            reason: String::new(),
            until: None,
            text: text.to_owned(),
            level: Some(Level::Pair),
        };
        let by =
            async |who: &app::Context, input: &ChangeInput| change(who, scene.person, enrolment, input).await;
        let ask = saying(Kind::RenewalAsked, "La formation commence après la fin des trois mois.");
        let early = by(&scene.follows, &ask).await;
        assert!(matches!(early, Err(EnrolError::Barred(Bar::NotStarted))));
        scene.contact(Means::Meeting, Outcome::Held).await;
        let ends = scene.file().await.courses[0].ends_on.unwrap();
        by(&scene.follows, &ask).await.unwrap();
        let file = scene.file().await;
        assert_eq!(owed(&file, due::Kind::DecideRenewal), Some(ends));
        assert_eq!(owed(&file, due::Kind::RenewOrEnd), None);
        let owner = file.steps.iter().find(|one| one.kind == "decide_renewal").unwrap().owner.clone();
        assert!(matches!(owner, Owner::Team(_)), "{owner:?}");
        assert!(file.courses[0].renewal.asked && file.courses[0].renewal.decides);
        assert!(matches!(by(&scene.follows, &ask).await, Err(EnrolError::Barred(Bar::Stage))));
        // Who follows does not answer; a « no » is told in words.
        let no = saying(Kind::RenewalDenied, "La formation suffit : on prépare la sortie ensemble.");
        assert!(matches!(by(&scene.follows, &no).await, Err(EnrolError::Decider)));
        assert!(matches!(by(&scene.lead, &saying(Kind::RenewalDenied, "")).await, Err(EnrolError::Text)));
        by(&scene.lead, &no).await.unwrap();
        let file = scene.file().await;
        assert_eq!(owed(&file, due::Kind::DecideRenewal), None);
        assert_eq!(owed(&file, due::Kind::RenewOrEnd), Some(plus_days(ends, -30)));
        assert!(matches!(by(&scene.lead, &no).await, Err(EnrolError::Barred(Bar::Stage))));
        // Asked again, then granted; no renewal is left.
        by(&scene.follows, &ask).await.unwrap();
        by(&scene.lead, &saying(Kind::Renewed, "")).await.unwrap();
        let file = scene.file().await;
        assert_eq!(owed(&file, due::Kind::DecideRenewal), None);
        assert!(file.courses[0].ends_on.unwrap() > ends && !file.courses[0].renewal.left);
        assert!(matches!(by(&scene.follows, &ask).await, Err(EnrolError::Barred(Bar::Renewals))));
        sound(&scene.world).await;
    })
    .await;
}
