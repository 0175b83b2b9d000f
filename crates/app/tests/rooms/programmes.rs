//! Who is proposed for a programme, taken, seen in its rhythm, paused, renewed and left; on both engines.

use app::Context;
use app::followup::{ContactInput, EndInput, end_path, record_contact};
use app::intake::review::{self, Decision};
use app::orientation::{DecisionInput, decide};
use app::people::PeopleError;
use app::people::person::{PersonFile, open};
use app::programmes::{
    AnswerInput, ChangeInput, EnrolError, PrescribeInput, ProgrammeError, Verdict, answer, awaited, change,
    count_awaited, prescribable, prescribe, programme, programme_text, programmes, publish_programme,
};
use app::settings::{Draft, VersionError};
use chrono::{Duration, NaiveDate};
use domain::access::role::Role;
use domain::access::structure::StructureKind;
use domain::access::visibility::Level;
use domain::audit::Part;
use domain::followup::act::EndReason;
use domain::followup::contact::{Means, Outcome, Subject};
use domain::followup::due;
use domain::intake::matching::Doubt;
use domain::orientation::rules::{Organisation, Path};
use domain::programmes::admission::{Obstacle, Reply};
use domain::programmes::course::{Bar, ExitReason, Kind, PauseReason, RefusalReason, Stage};
use domain::time::plus_days;
use store::people::one;
use testkit::world::{World, on_both, on_both_in};
use uuid::Uuid;

use super::agenda::{people, sound};

pub(crate) const MEUSE: &str = "referents-parcours";

/// A département with somebody oriented, their coach, and the lead of their territory.
pub(crate) struct Scene {
    pub world: World,
    pub coach: Uuid,
    pub follows: Context,
    pub lead: Context,
    pub person: Uuid,
}

impl Scene {
    pub async fn of(world: World) -> Self {
        world.import("09.xml", &world.month("2026-10-01", 12, 0.0)).await.unwrap();
        let lead = world.acting(world.account(Role::TeamLead, None).await).await;
        let coach = world.account(Role::JobCoach, None).await;
        let mut waiting = people(&world).await.into_iter().filter(|row| row.state == "to_orient");
        let person = waiting.next_back().unwrap().id;
        let input = DecisionInput {
            path: Some(Path::SocioProfessionnel),
            organisation: Some(Organisation::Departement),
            referent: Some(coach),
            reason: "Rencontrée à l’accueil ce matin.".to_owned(),
            explanation: "On avance ensemble, à votre rythme.".to_owned(),
            ..DecisionInput::default()
        };
        decide(&lead, person, &input).await.unwrap();
        let follows = world.acting(coach).await;
        Self { world, coach, follows, lead, person }
    }

    pub async fn file(&self) -> PersonFile {
        open(&self.lead, self.person, Part::Essential).await.unwrap()
    }

    pub fn wait(&self, days: i64) {
        self.world.wait(Duration::days(days));
    }

    pub fn today(&self) -> NaiveDate {
        self.lead.today()
    }

    /// Proposes them, every condition being answered so.
    pub async fn prescribed(&self, code: &str, reply: Reply) -> Uuid {
        let input = PrescribeInput { replies: self.replies(code, reply).await, ..proposal(code) };
        prescribe(&self.lead, self.person, &input).await.unwrap()
    }

    async fn replies(&self, code: &str, reply: Reply) -> domain::programmes::admission::Replies {
        let known = programme(&self.lead, code).await.unwrap().programme.conditions;
        known.into_iter().map(|one| (one.code, reply)).collect()
    }

    pub async fn taken(&self, code: &str) -> AnswerInput {
        AnswerInput {
            verdict: Some(Verdict::Enrol),
            replies: self.replies(code, Reply::Yes).await,
            employment: Some(self.coach),
            ..AnswerInput::default()
        }
    }

    pub async fn contact(&self, means: Means, outcome: Outcome) {
        let input = ContactInput {
            means: Some(means),
            outcome: Some(outcome),
            subject: Some(Subject::Situation),
            text: "Le car a changé d’horaire, covoiturage trouvé.".to_owned(),
            level: Some(Level::Pair),
            ..ContactInput::default()
        };
        record_contact(&self.follows, self.person, &input).await.unwrap();
    }
}

fn proposal(code: &str) -> PrescribeInput {
    PrescribeInput { programme: code.to_owned(), ..PrescribeInput::default() }
}

pub(crate) fn owed(file: &PersonFile, kind: due::Kind) -> Option<NaiveDate> {
    file.steps.iter().find(|step| step.kind == kind.code()).map(|step| step.legal_on)
}

fn changing(kind: Kind, reason: &str) -> ChangeInput {
    ChangeInput { kind, reason: reason.to_owned(), until: None, text: String::new(), level: None }
}

#[tokio::test]
async fn somebody_is_proposed_taken_met_and_seen_in_the_rhythm_of_the_programme() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let begun = scene.today();
        let enrolment = scene.prescribed(MEUSE, Reply::Yes).await;
        let file = scene.file().await;
        assert_eq!((file.row.state.as_str(), file.row.programme.as_deref()), ("prescribed", Some(MEUSE)));
        assert_eq!(owed(&file, due::Kind::AnswerPrescription), Some(plus_days(begun, 7)));
        assert!(matches!(
            prescribe(&scene.lead, scene.person, &proposal(MEUSE)).await,
            Err(EnrolError::Already)
        ));
        assert_eq!(awaited(&scene.lead, None).await.unwrap().len(), 1);
        // Who follows proposes; who leads answers.
        let taken = scene.taken(MEUSE).await;
        assert!(matches!(
            answer(&scene.follows, scene.person, enrolment, &taken).await,
            Err(EnrolError::Follow(error)) if matches!(&error, app::followup::FollowError::People(PeopleError::Refused(_)))
        ));
        scene.wait(2);
        answer(&scene.lead, scene.person, enrolment, &taken).await.unwrap();
        let file = scene.file().await;
        assert_eq!(file.row.state, "enrolled");
        assert_eq!(owed(&file, due::Kind::FirstMeeting), Some(plus_days(begun, 17)));
        assert_eq!(owed(&file, due::Kind::Diagnose), Some(plus_days(begun, 23)));
        assert_eq!(owed(&file, due::Kind::AnswerPrescription), None);
        // An attempt is kept and is no contact.
        scene.contact(Means::Phone, Outcome::MessageLeft).await;
        assert!(owed(&scene.file().await, due::Kind::FirstMeeting).is_some());
        scene.wait(4);
        let met = scene.today();
        scene.contact(Means::Meeting, Outcome::Held).await;
        let file = scene.file().await;
        assert_eq!(owed(&file, due::Kind::FirstMeeting), None);
        assert_eq!(owed(&file, due::Kind::Contact), Some(plus_days(met, 21)));
        assert_eq!(file.contacts.len(), 2);
        // The diagnosis is the coach's here: begun, then complete on their side.
        app::diagnosis::begin(&scene.follows, scene.person).await.unwrap();
        assert_eq!(scene.file().await.row.state, "enrolled");
        app::diagnosis::say_complete(&scene.follows, scene.person).await.unwrap();
        let file = scene.file().await;
        assert_eq!((file.row.state.as_str(), owed(&file, due::Kind::Diagnose)), ("diagnosed", None));
        app::diagnosis::reopen(&scene.follows, scene.person).await.unwrap();
        assert_eq!(scene.file().await.row.state, "enrolled");
        assert!(awaited(&scene.lead, None).await.unwrap().is_empty());
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn a_pause_has_a_reason_and_an_end_and_a_course_is_renewed_then_left() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let enrolment = scene.prescribed(MEUSE, Reply::Yes).await;
        answer(&scene.lead, scene.person, enrolment, &scene.taken(MEUSE).await).await.unwrap();
        scene.contact(Means::Meeting, Outcome::Held).await;
        let until = plus_days(scene.today(), 18);
        let pause = ChangeInput { until: Some(until), ..changing(Kind::Paused, PauseReason::Family.code()) };
        let far = ChangeInput { until: Some(plus_days(until, 200)), ..pause.clone() };
        assert!(matches!(change(&scene.follows, scene.person, enrolment, &far).await, Err(EnrolError::Day)));
        change(&scene.follows, scene.person, enrolment, &pause).await.unwrap();
        let file = scene.file().await;
        assert_eq!(owed(&file, due::Kind::Contact), None);
        assert_eq!(owed(&file, due::Kind::EndOfPause), Some(until));
        assert_eq!(file.courses[0].stage, Stage::Paused(until));
        scene.wait(18);
        scene.contact(Means::Phone, Outcome::Held).await;
        let file = scene.file().await;
        assert_eq!(owed(&file, due::Kind::Contact), Some(plus_days(until, 21)));
        // The département decides of a renewal: who leads may, who follows may not.
        let renewal = changing(Kind::Renewed, "");
        assert!(matches!(
            change(&scene.follows, scene.person, enrolment, &renewal).await,
            Err(EnrolError::Decider)
        ));
        let before = file.courses[0].ends_on.unwrap();
        change(&scene.lead, scene.person, enrolment, &renewal).await.unwrap();
        assert!(scene.file().await.courses[0].ends_on.unwrap() > before);
        assert!(matches!(
            change(&scene.lead, scene.person, enrolment, &renewal).await,
            Err(EnrolError::Barred(Bar::Renewals))
        ));
        let exit = changing(Kind::Exited, ExitReason::Job.code());
        change(&scene.follows, scene.person, enrolment, &exit).await.unwrap();
        let file = scene.file().await;
        // The decision is still in force: somebody goes on.
        assert_eq!((file.row.state.as_str(), file.row.programme.as_deref()), ("oriented", None));
        assert!(owed(&file, due::Kind::Contract).is_some());
        assert_eq!(file.courses[0].stage, Stage::Over(Kind::Exited));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn a_no_that_blocks_is_lifted_with_a_reason_or_refused_with_what_next() {
    on_both_in("45", async |world| {
        let scene = Scene::of(world).await;
        let code = "trois-mois-pour-un-job";
        let mut replies = scene.replies(code, Reply::Yes).await;
        replies.insert("can-travel".to_owned(), Reply::No);
        let input = PrescribeInput { replies: replies.clone(), ..proposal(code) };
        let first = prescribe(&scene.lead, scene.person, &input).await.unwrap();
        let open = AnswerInput { replies: replies.clone(), ..scene.taken(code).await };
        let Err(EnrolError::Obstacles(found)) = answer(&scene.lead, scene.person, first, &open).await else {
            panic!("a no lets nobody in")
        };
        assert!(matches!(found.as_slice(), [Obstacle::No(_)]));
        let refused = AnswerInput {
            verdict: Some(Verdict::Refuse),
            reason: Some(RefusalReason::Travel),
            text: "Demander d’abord une aide pour réparer le scooter.".to_owned(),
            level: Some(Level::Pair),
            ..open.clone()
        };
        let mute = AnswerInput { text: String::new(), ..refused.clone() };
        assert!(matches!(answer(&scene.lead, scene.person, first, &mute).await, Err(EnrolError::Text)));
        answer(&scene.lead, scene.person, first, &refused).await.unwrap();
        assert_eq!(scene.file().await.row.state, "oriented");
        let again = plus_days(scene.today(), 30);
        assert!(matches!(
            prescribe(&scene.lead, scene.person, &input).await,
            Err(EnrolError::TooSoon(day)) if day == again
        ));
        scene.wait(30);
        let second = prescribe(&scene.lead, scene.person, &input).await.unwrap();
        let reason = "Sa sœur la conduit chaque mardi, vu avec elle.".to_owned();
        let lifted =
            AnswerInput { lifted: vec![("can-travel".to_owned(), reason)], level: Some(Level::Pair), ..open };
        let nobody = AnswerInput { employment: None, ..lifted.clone() };
        assert!(matches!(
            answer(&scene.lead, scene.person, second, &nobody).await,
            Err(EnrolError::Professional)
        ));
        answer(&scene.lead, scene.person, second, &lifted).await.unwrap();
        let file = scene.file().await;
        assert_eq!(file.row.state, "enrolled");
        // The first prescription stays readable.
        assert_eq!(file.courses.len(), 2);
        assert_eq!(file.courses[1].stage, Stage::Over(Kind::Refused));
        // Its length runs from the first meeting.
        assert_eq!(file.courses[0].ends_on, None);
        scene.contact(Means::Meeting, Outcome::Held).await;
        let length = programme(&scene.lead, code).await.unwrap().programme.duration.unwrap();
        assert_eq!(scene.file().await.courses[0].ends_on, Some(length.last_day(scene.today())));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn who_waits_for_a_place_or_declines_is_never_without_a_next_step() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let enrolment = scene.prescribed(MEUSE, Reply::Unknown).await;
        let wait = AnswerInput { verdict: Some(Verdict::Wait), ..scene.taken(MEUSE).await };
        let blank = AnswerInput { replies: scene.replies(MEUSE, Reply::Unknown).await, ..wait.clone() };
        assert!(matches!(
            answer(&scene.lead, scene.person, enrolment, &blank).await,
            Err(EnrolError::Obstacles(all)) if all.len() >= 2
        ));
        answer(&scene.lead, scene.person, enrolment, &wait).await.unwrap();
        let file = scene.file().await;
        assert_eq!(file.row.state, "prescribed");
        assert_eq!(owed(&file, due::Kind::AnswerPrescription), Some(plus_days(scene.today(), 30)));
        change(&scene.follows, scene.person, enrolment, &changing(Kind::Declined, "")).await.unwrap();
        let file = scene.file().await;
        assert_eq!(file.row.state, "oriented");
        assert!(file.due.is_some());
        // Nothing follows from a refusal of the person: they may be proposed again at once.
        let again = scene.prescribed(MEUSE, Reply::Yes).await;
        let (one, other) = (scene.taken(MEUSE).await, scene.taken(MEUSE).await);
        let both = tokio::join!(
            answer(&scene.lead, scene.person, again, &one),
            answer(&scene.lead, scene.person, again, &other),
        );
        assert_eq!([both.0.is_ok(), both.1.is_ok()].iter().filter(|ok| **ok).count(), 1);
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn the_end_of_a_path_ends_its_courses() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let enrolment = scene.prescribed(MEUSE, Reply::Yes).await;
        answer(&scene.lead, scene.person, enrolment, &scene.taken(MEUSE).await).await.unwrap();
        scene.world.wait(Duration::days(35));
        scene.world.import("10.xml", &scene.world.month("2026-11-01", 1, 0.0)).await.unwrap();
        let file = scene.file().await;
        // Their right is closed and they are still followed: both are told.
        assert_eq!(file.row.state, "enrolled");
        assert!(
            owed(&file, due::Kind::CloseOrKeep).is_some() && owed(&file, due::Kind::FirstMeeting).is_some()
        );
        let end = EndInput {
            reason: Some(EndReason::RightClosed),
            day: Some(scene.today()),
            ..EndInput::default()
        };
        end_path(&scene.follows, scene.person, &end).await.unwrap();
        let file = scene.file().await;
        assert_eq!((file.row.state.as_str(), file.row.programme.as_deref()), ("exited", None));
        assert_eq!(file.courses[0].stage, Stage::Over(Kind::Exited));
        assert!(file.steps.is_empty());
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn a_departement_changes_its_programmes_and_who_entered_goes_on_by_theirs() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let offered = programmes(&scene.lead).await.unwrap();
        let here = |code: &str| offered.iter().any(|one| one.runs && one.programme.code == code);
        assert!(here(MEUSE) && !here("trois-mois-pour-un-job"));
        let enrolment = scene.prescribed(MEUSE, Reply::Yes).await;
        answer(&scene.lead, scene.person, enrolment, &scene.taken(MEUSE).await).await.unwrap();
        scene.contact(Means::Meeting, Outcome::Held).await;
        let manager = scene.world.acting(scene.world.account(Role::Manager, None).await).await;
        let text = programme_text(&manager, MEUSE, 1).await.unwrap();
        let draft = |text: &str, after: i64| Draft {
            text: text.to_owned(),
            note: "Quatorze jours.".to_owned(),
            after,
            ..Draft::default()
        };
        let faster = text.replace("individual_contacts = { value = 21", "individual_contacts = { value = 14");
        assert!(matches!(
            publish_programme(&scene.lead, Some(MEUSE), &draft(&faster, 1)).await,
            Err(ProgrammeError::Refused(_))
        ));
        let none = text.replace("max_days_between_individual_contacts", "other");
        assert!(matches!(
            publish_programme(&manager, Some(MEUSE), &draft(&none, 1)).await,
            Err(ProgrammeError::Faults(faults)) if faults.len() == 1
        ));
        publish_programme(&manager, Some(MEUSE), &draft(&faster, 1)).await.unwrap();
        assert!(matches!(
            publish_programme(&manager, Some(MEUSE), &draft(&faster, 1)).await,
            Err(ProgrammeError::Version(VersionError::Changed))
        ));
        assert_eq!(programme(&manager, MEUSE).await.unwrap().programme.contact_days, Some(14));
        // Whoever entered before goes on by the version of that day.
        let met = scene.today();
        assert_eq!(owed(&scene.file().await, due::Kind::Contact), Some(plus_days(met, 21)));
        // A programme of another département is taken by publishing its text here.
        let loiret = programme_text(&manager, "trois-mois-pour-un-job", 1).await.unwrap();
        publish_programme(&manager, Some("trois-mois-pour-un-job"), &draft(&loiret, 1)).await.unwrap();
        assert!(programme(&manager, "trois-mois-pour-un-job").await.unwrap().runs);
        // One of one's own.
        let own = loiret.replace("code = \"trois-mois-pour-un-job\"", "code = \"coup-de-pouce\"");
        publish_programme(&manager, None, &draft(&own, 1)).await.unwrap();
        assert!(programme(&manager, "coup-de-pouce").await.unwrap().runs);
        let offered = prescribable(&scene.lead, scene.person).await.unwrap();
        assert!(offered.iter().any(|one| one.programme.code == "coup-de-pouce"));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn a_prescription_written_on_a_record_that_was_merged_still_awaits_its_answer() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        scene.prescribed(MEUSE, Reply::Yes).await;
        let mine = scene.file().await.row;
        let others = people(&scene.world).await;
        let other = others.iter().find(|row| row.id != mine.id && row.household_id != mine.household_id);
        let other = other.unwrap().id;
        let question = super::review::ask(&scene.world, mine.id, other, Doubt::CloseNames).await;
        let ctx = scene.world.user(&[Role::TeamLead]);
        review::decide(&ctx, question, Decision::Same, "Une seule personne, vue avec ses papiers.")
            .await
            .unwrap();
        let waiting = awaited(&scene.lead, None).await.unwrap();
        let kept = one::rows(scene.world.department.db.read(), &[mine.id, other]).await.unwrap();
        let root = kept.iter().find(|row| row.merged_into.is_none()).unwrap().id;
        assert_eq!(waiting.iter().map(|one| one.entry.row.id).collect::<Vec<_>>(), [root]);
        assert_eq!(count_awaited(&scene.lead).await.unwrap(), 1);
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn the_programme_and_the_contract_of_whom_only_a_sensitive_structure_follows_are_not_told_outside() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let enrolment = scene.prescribed(MEUSE, Reply::Yes).await;
        answer(&scene.lead, scene.person, enrolment, &scene.taken(MEUSE).await).await.unwrap();
        super::engagement::signed(&scene).await;
        assert_eq!((scene.file().await.courses.len(), scene.file().await.contracts.len()), (1, 1));
        let refuge = scene.world.structure("Le Refuge", StructureKind::Shelter).await;
        scene.world.join(scene.coach, Role::JobCoach, refuge).await;
        let mut outside = scene.world.acting(scene.world.account(Role::Manager, None).await).await;
        outside.actor.reason = Some("Une question sur ce dossier".to_owned());
        let file = open(&outside, scene.person, Part::Essential).await.unwrap();
        assert_eq!((file.courses.len(), file.contracts.len()), (0, 0));
        assert!(file.row.contract_on.is_none() && file.row.programme.is_none());
        let mine = open(&scene.follows, scene.person, Part::Essential).await.unwrap();
        assert_eq!((mine.courses.len(), mine.contracts.len()), (1, 1));
    })
    .await;
}
