//! The call desk and the decision, on both engines.

use std::collections::BTreeSet;

use app::Context;
use app::agenda::{BookError, of_person, record_attendance};
use app::orientation::{
    AnswersError, AnswersInput, AttemptError, AttemptInput, CallScreen, CatalogueError, CatalogueKind,
    DecideError, DecisionInput, FirstAppointment, TakeError, decide, desk, give_back, open_call, publish,
    record_attempt, replay, save_answers, simulate, take, take_next, version_text, versions,
};
use app::people::PeopleError;
use app::people::list::{Filter, Order, Page, PersonRow, Sort, list};
use app::people::notes::{Level, NoteInput, add_note};
use app::people::person::open;
use app::settings::{Draft, VersionError};
use chrono::{Duration, NaiveDate};
use domain::access::role::Role;
use domain::access::structure::StructureKind;
use domain::agenda::appointment::Attendance;
use domain::audit::Part;
use domain::orientation::condition::{Values, values};
use domain::orientation::decision::Refusal;
use domain::orientation::queue::Attempt;
use domain::orientation::rules::{Organisation, Path};
use domain::reference::catalogues::{ORIENTATION_CASES, ORIENTATION_RULES};
use testkit::agenda::{WEEK, hours};
use testkit::world::{World, on_both};
use uuid::Uuid;

use super::agenda::sound;

/// A département with people to orient, and an operator.
struct Scene {
    world: World,
    operator: Context,
}

impl Scene {
    async fn of(world: World) -> Self {
        world.import("09.xml", &world.month("2026-10-01", 40, 0.0)).await.unwrap();
        let account = world.account(Role::Operator, None).await;
        let operator = world.acting(account).await;
        Self { world, operator }
    }

    async fn another(&self) -> Context {
        self.world.acting(self.world.account(Role::Operator, None).await).await
    }

    async fn row(&self, id: Uuid) -> PersonRow {
        open(&self.world.system(), id, Part::Essential).await.unwrap().row
    }

    async fn waiting(&self) -> u64 {
        desk(&self.operator, None).await.unwrap().waiting
    }

    async fn write(&self, by: &Context, person: Uuid, revision: i64, pairs: &[(&str, &str)]) -> i64 {
        save_answers(by, person, revision, &typed(pairs)).await.unwrap().revision
    }
}

fn typed(pairs: &[(&str, &str)]) -> AnswersInput {
    let typed = answers(pairs);
    AnswersInput { shown: typed.keys().cloned().collect(), typed, draft: Values::new() }
}

fn answers(pairs: &[(&str, &str)]) -> Values {
    values(pairs.iter().map(|(name, value)| (*name, (*value).to_owned())))
}

/// Somebody who worked not long ago, is ready, and has few obstacles.
const READY: [(&str, &str); 16] = [
    ("call_ok", "yes"),
    ("identity", "yes"),
    ("language_need", "french_ok"),
    ("sleep", "yes"),
    ("food", "yes"),
    ("work_situation", "last_two_years"),
    ("work_kind", "employee"),
    ("wish", "quick_job"),
    ("readiness", "now"),
    ("search_autonomy", "some_help"),
    ("confidence", "none"),
    ("mobility", "none"),
    ("health", "none"),
    ("housing", "stable"),
    ("french", "easy"),
    ("support_wish", "job"),
];

fn decision(path: Path, organisation: Organisation) -> DecisionInput {
    DecisionInput {
        path: Some(path),
        organisation: Some(organisation),
        explanation: "Vous êtes prêt, on cherche un emploi avec vous.".to_owned(),
        ..DecisionInput::default()
    }
}

#[tokio::test]
async fn operators_who_press_at_once_never_get_the_same_person() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let mut operators = Vec::new();
        for _ in 0..12 {
            operators.push(scene.another().await);
        }
        let tasks: Vec<_> = operators
            .iter()
            .cloned()
            .map(|ctx| tokio::spawn(async move { take_next(&ctx, None).await.unwrap() }))
            .collect();
        let mut taken = Vec::new();
        for task in tasks {
            taken.push(task.await.unwrap());
        }
        let distinct: BTreeSet<Uuid> = taken.iter().copied().collect();
        assert_eq!(distinct.len(), operators.len());
        // A browser that closed: the same operator finds the same person.
        assert_eq!(take_next(&operators[0], None).await.unwrap(), taken[0]);
        let refused = take(&operators[1], taken[0]).await.unwrap_err();
        assert!(matches!(refused, TakeError::Taken { .. }), "{refused}");
        assert!(refused.to_string().contains("10 h 00"), "{refused}");
        give_back(&operators[0], taken[0]).await.unwrap();
        take(&operators[1], taken[0]).await.unwrap();
        // Without a sign for half an hour, anybody may take them.
        scene.world.wait(Duration::minutes(31));
        take(&operators[2], taken[0]).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_attempt_without_answer_waits_and_a_promised_call_comes_first_at_its_time() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let all = scene.waiting().await;
        let first = take_next(&scene.operator, None).await.unwrap();
        let silent = AttemptInput { ending: Some(Attempt::NoAnswer), ..AttemptInput::default() };
        record_attempt(&scene.operator, first, &silent).await.unwrap();
        assert_eq!(scene.waiting().await, all - 1);
        let second = take_next(&scene.operator, None).await.unwrap();
        assert_ne!(second, first);
        let at = |text: &str| Some(text.parse::<chrono::NaiveDateTime>().unwrap());
        let promise = |call_back| AttemptInput {
            ending: Some(Attempt::CallBack),
            call_back,
            ..AttemptInput::default()
        };
        for bad in [None, at("2026-11-26T09:00:00"), at("2027-11-26T15:00:00")] {
            let refused = record_attempt(&scene.operator, second, &promise(bad)).await.unwrap_err();
            assert!(matches!(refused, AttemptError::When), "{refused}");
        }
        record_attempt(&scene.operator, second, &promise(at("2026-11-26T15:00:00"))).await.unwrap();
        let desk_now = desk(&scene.operator, None).await.unwrap();
        assert_eq!(desk_now.waiting, all - 2);
        assert_eq!(desk_now.promised.iter().map(|one| one.row.id).collect::<Vec<_>>(), [second]);
        // Three in the afternoon in Bar-le-Duc is 14 h UTC; the clock of the test stands at 9 h UTC.
        scene.world.wait(Duration::hours(5));
        assert_eq!(take_next(&scene.operator, None).await.unwrap(), second);
        // The one who did not answer comes back on the third working day.
        scene.world.wait(Duration::days(5));
        let due = desk(&scene.operator, None).await.unwrap();
        assert_eq!(due.waiting, all);
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn a_call_stops_resumes_and_two_who_write_lose_nothing() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let person = take_next(&scene.operator, None).await.unwrap();
        let one = scene.write(&scene.operator, person, 0, &READY[..4]).await;
        assert_eq!(one, 1);
        // The same again changes nothing.
        assert_eq!(scene.write(&scene.operator, person, 1, &READY[..4]).await, 1);
        let other = scene.another().await;
        let refused = save_answers(&other, person, 1, &typed(&READY)).await.unwrap_err();
        assert!(matches!(refused, AnswersError::Take(TakeError::Taken { .. })), "{refused}");
        // The browser of the first closed in mid-call; another takes over half an hour later.
        scene.world.wait(Duration::minutes(31));
        take(&other, person).await.unwrap();
        let screen = open_call(&other, person).await.unwrap();
        assert_eq!(screen.answers, answers(&READY[..4]));
        assert_eq!(scene.write(&other, person, screen.revision, &READY).await, 2);
        give_back(&other, person).await.unwrap();
        // The first comes back with an old page: nothing is overwritten unseen.
        let late = save_answers(&scene.operator, person, 1, &typed(&READY[..4])).await.unwrap_err();
        assert!(matches!(late, AnswersError::Changed { revision: 2 }), "{late}");
        // An answer that is none is refused; the others are kept, and what is not on the page stays.
        let begun = values([("explanation", "Vous cherchez un emploi.".to_owned())]);
        let bad = AnswersInput { draft: begun.clone(), ..typed(&[("wish", "the moon"), ("french", "hard")]) };
        let refused = save_answers(&scene.operator, person, 2, &bad).await.unwrap_err();
        assert!(matches!(&refused, AnswersError::Refused(codes) if codes == &["wish"]), "{refused}");
        let screen = open_call(&scene.operator, person).await.unwrap();
        assert_eq!(screen.answers["french"], ["hard"]);
        assert_eq!(screen.answers["wish"], ["quick_job"]);
        assert_eq!(screen.answers["health"], ["none"]);
        assert_eq!(screen.draft, begun);
    })
    .await;
}

#[tokio::test]
async fn a_decision_orients_names_a_referent_and_leaves_the_queue() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let agency = scene.world.structure("Agence de Verdun", StructureKind::FranceTravail).await;
        let coach = scene.world.account(Role::SocialReferent, Some("nowhere")).await;
        scene.world.join(coach, Role::JobCoach, agency).await;
        let all = scene.waiting().await;
        let person = take_next(&scene.operator, None).await.unwrap();
        scene.write(&scene.operator, person, 0, &READY).await;
        let screen = open_call(&scene.operator, person).await.unwrap();
        assert_eq!(screen.proposed.path, Some(Path::Emploi));
        assert_eq!(screen.proposed.organisation, Some(Organisation::FranceTravail));
        assert_eq!(screen.candidates.first().map(|one| (one.id, one.of_organisation)), Some((coach, true)));
        assert!(
            !screen.others.is_empty() && screen.others.iter().any(|(rule, _)| rule.code == "health-first")
        );
        let good =
            DecisionInput { referent: Some(coach), ..decision(Path::Emploi, Organisation::FranceTravail) };
        let silent = DecisionInput { explanation: String::new(), ..good.clone() };
        assert!(matches!(
            decide(&scene.operator, person, &silent).await,
            Err(DecideError::Refused(Refusal::Explanation))
        ));
        let stranger = DecisionInput { referent: Some(Uuid::from_u128(7)), ..good.clone() };
        assert!(matches!(decide(&scene.operator, person, &stranger).await, Err(DecideError::Referent)));
        decide(&scene.operator, person, &good).await.unwrap();
        let row = scene.row(person).await;
        assert_eq!((row.state.as_str(), row.has_referent), ("oriented", true));
        assert_eq!(row.oriented_on, Some(scene.world.system().today()));
        assert_eq!(row.due_kind.as_deref(), Some("first_appointment"));
        assert_eq!(row.due_on, "2026-12-11".parse::<NaiveDate>().ok());
        assert_eq!(scene.waiting().await, all - 1);
        // The operator's part ends with the decision; the referent's begins.
        assert!(matches!(open_call(&scene.operator, person).await, Err(PeopleError::Unknown)));
        let follows = scene.world.acting(coach).await;
        let file = open(&follows, person, Part::Essential).await.unwrap();
        let told = file.decisions;
        assert_eq!(told[0].explanation, good.explanation);
        assert!(!told[0].deviates);
        // The same month again changes nothing of it.
        scene.world.import("10.xml", &scene.world.month("2026-10-01", 41, 0.0)).await.unwrap();
        assert_eq!(scene.row(person).await.state, "oriented");
        sound(&scene.world).await;
    })
    .await;
}

/// Somebody of the queue, a coach who is open in the mornings, and the screen of their call.
async fn with_hours(scene: &Scene) -> (Uuid, Uuid, CallScreen) {
    let coach = scene.world.account(Role::JobCoach, None).await;
    let site = scene.world.site("Maison du département", "Bar-le-Duc").await;
    scene.world.opens(coach, site, hours(&scene.world, &WEEK, "09:00", "12:00")).await;
    let person = take_next(&scene.operator, None).await.unwrap();
    scene.write(&scene.operator, person, 0, &READY).await;
    (person, coach, open_call(&scene.operator, person).await.unwrap())
}

#[tokio::test]
async fn the_decision_books_the_first_appointment_and_the_step_ends_when_it_is_held() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let (person, coach, screen) = with_hours(&scene).await;
        let slot = screen.slots.first().expect("a slot").clone();
        let first = Some(FirstAppointment { slot: slot.id, modality: slot.modalities[0] });
        let other = scene.world.account(Role::JobCoach, None).await;
        let wrong = DecisionInput {
            first,
            referent: Some(other),
            ..decision(Path::Emploi, Organisation::FranceTravail)
        };
        assert!(matches!(decide(&scene.operator, person, &wrong).await, Err(DecideError::OtherSlot)));
        let good = DecisionInput { first, ..decision(Path::Emploi, Organisation::FranceTravail) };
        decide(&scene.operator, person, &good).await.unwrap();
        let follows = scene.world.acting(coach).await;
        let booked = of_person(&follows, person).await.unwrap();
        assert_eq!((booked.len(), booked[0].span), (1, slot.span));
        assert_eq!(scene.row(person).await.due_kind.as_deref(), Some("first_appointment"));
        // Whoever wants the same hour for somebody else is told so, and nothing of their decision stays.
        let next = take_next(&scene.operator, None).await.unwrap();
        scene.write(&scene.operator, next, 0, &READY).await;
        let late = decide(&scene.operator, next, &good).await.unwrap_err();
        assert!(matches!(late, DecideError::Booking(BookError::Taken(_))), "{late}");
        assert_eq!(scene.row(next).await.state, "to_orient");
        scene.world.wait(slot.span.start - follows.now() + Duration::minutes(90));
        let follows = scene.world.acting(coach).await;
        record_attendance(&follows, booked[0].id, Attendance::Attended).await.unwrap();
        let row = scene.row(person).await;
        assert_eq!((row.due_kind.as_deref(), row.met_on.is_some()), (Some("contract"), true));
        // It was a mistake: they did not come. They are called within two working days, and the appointment is owed again.
        record_attendance(&follows, booked[0].id, Attendance::Absent).await.unwrap();
        let row = scene.row(person).await;
        assert_eq!((row.due_kind.as_deref(), row.met_on), (Some("call_back"), None));
        let file = open(&follows, person, Part::Essential).await.unwrap();
        assert!(file.steps.iter().any(|step| step.kind == "first_appointment"));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn what_was_said_to_orient_passes_to_the_pair_once_they_have_met() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let (person, coach, screen) = with_hours(&scene).await;
        let note = NoteInput {
            text: "Préfère être appelée l’après-midi.".to_owned(),
            level: Some(Level::Orientation),
            confirmed: false,
        };
        add_note(&scene.operator, person, &note).await.unwrap();
        let slot = screen.slots.first().expect("a slot").clone();
        let first = Some(FirstAppointment { slot: slot.id, modality: slot.modalities[0] });
        let good = DecisionInput { first, ..decision(Path::Emploi, Organisation::FranceTravail) };
        decide(&scene.operator, person, &good).await.unwrap();
        let notes = async || {
            let follows = scene.world.acting(coach).await;
            open(&follows, person, Part::Essential).await.unwrap().notes.len()
        };
        assert_eq!(notes().await, 0);
        let follows = scene.world.acting(coach).await;
        let booked = of_person(&follows, person).await.unwrap();
        scene.world.wait(slot.span.start - follows.now() + Duration::minutes(90));
        let follows = scene.world.acting(coach).await;
        record_attendance(&follows, booked[0].id, Attendance::Attended).await.unwrap();
        assert_eq!(notes().await, 1);
    })
    .await;
}

#[tokio::test]
async fn another_choice_and_another_decision_ask_for_a_reason_and_the_first_stays() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let person = take_next(&scene.operator, None).await.unwrap();
        scene.write(&scene.operator, person, 0, &READY).await;
        let social = decision(Path::Social, Organisation::Departement);
        assert!(matches!(
            decide(&scene.operator, person, &social).await,
            Err(DecideError::Refused(Refusal::Reason))
        ));
        let told = DecisionInput { reason: "Veut d’abord un logement stable.".to_owned(), ..social };
        let first = decide(&scene.operator, person, &told).await.unwrap();
        // Nobody is named: the team lead owes a referent.
        let row = scene.row(person).await;
        assert_eq!((row.due_kind.as_deref(), row.has_referent), (Some("assign_referent"), false));
        let lead = scene.world.acting(scene.world.account(Role::TeamLead, None).await).await;
        let again = DecisionInput { reason: "Le logement est trouvé.".to_owned(), ..told.clone() };
        assert!(matches!(decide(&lead, person, &again).await, Err(DecideError::Changed)));
        let again = DecisionInput { after: Some(first), ..again };
        decide(&lead, person, &again).await.unwrap();
        let file = open(&lead, person, Part::Essential).await.unwrap();
        let all = file.decisions;
        assert_eq!(all.len(), 2);
        assert_eq!(all[1].reason.as_deref(), Some("Veut d’abord un logement stable."));
        assert!(all[1].ended_on.is_some() && all[0].ended_on.is_none());
        // Six months for a social path (CASF L262-31).
        assert_eq!(all[0].review_on, "2027-05-26".parse::<NaiveDate>().ok());
    })
    .await;
}

#[tokio::test]
async fn two_who_decide_at_once_make_one_decision() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let sort = (Sort::Due, Order::Ascending);
        let page = Page { after: None, limit: 1 };
        let someone = list(&scene.world.system(), &Filter::default(), sort, &page).await.unwrap().rows;
        let person = someone[0].row.id;
        let mut leads = Vec::new();
        for _ in 0..6 {
            leads.push(scene.world.acting(scene.world.account(Role::TeamLead, None).await).await);
        }
        let input = DecisionInput {
            reason: "Rencontrée à l’accueil ce matin.".to_owned(),
            ..decision(Path::Social, Organisation::Departement)
        };
        let tasks: Vec<_> = leads
            .into_iter()
            .map(|ctx| {
                let input = input.clone();
                tokio::spawn(async move { decide(&ctx, person, &input).await.is_ok() })
            })
            .collect();
        let mut made = 0;
        for task in tasks {
            made += usize::from(task.await.unwrap());
        }
        assert_eq!(made, 1);
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn an_operator_of_another_territory_finds_nobody() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let person = take_next(&scene.operator, None).await.unwrap();
        let there = scene.row(person).await.territory.unwrap();
        let elsewhere = ["verdun", "bar-le-duc"].into_iter().find(|code| *code != there).unwrap();
        let stranger = scene.world.account(Role::Operator, Some(elsewhere)).await;
        let stranger = scene.world.acting(stranger).await;
        let nobody =
            |result: Result<Uuid, TakeError>| matches!(result, Err(TakeError::People(PeopleError::Unknown)));
        assert!(nobody(take(&stranger, person).await));
        assert!(matches!(open_call(&stranger, person).await, Err(PeopleError::Unknown)));
        let input = decision(Path::Social, Organisation::Departement);
        let refused = decide(&stranger, person, &input).await.unwrap_err();
        assert!(matches!(refused, DecideError::Take(TakeError::People(PeopleError::Unknown))), "{refused}");
        for role in [Role::SocialReferent, Role::JobCoach, Role::Admin, Role::Dpo, Role::Partner] {
            let ctx = scene.world.acting(scene.world.account(role, None).await).await;
            assert!(take_next(&ctx, None).await.is_err(), "{role:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn rules_change_by_versions_after_a_replay_and_judged_cases_agree() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        let cases = simulate(&scene.world.system(), ORIENTATION_CASES.as_bytes()).await.unwrap();
        assert!(cases.len() > 40);
        assert!(cases.iter().all(|case| case.got == case.expected && !case.why.is_empty()));
        let person = take_next(&scene.operator, None).await.unwrap();
        scene.write(&scene.operator, person, 0, &READY).await;
        decide(&scene.operator, person, &decision(Path::Emploi, Organisation::FranceTravail)).await.unwrap();
        let manager = scene.world.acting(scene.world.account(Role::Manager, None).await).await;
        assert_eq!(version_text(&manager, CatalogueKind::Rules, 1).await.unwrap(), ORIENTATION_RULES);
        let changed = ORIENTATION_RULES.replace(
            "{ q = \"readiness\", in = [\"now\", \"within_3_months\"] }, { d = \"medium_count\", le = 1 } ] }\nthen = { path = \"emploi\" }",
            "{ q = \"readiness\", in = [\"within_3_months\"] }, { d = \"medium_count\", le = 1 } ] }\nthen = { path = \"emploi\" }",
        );
        assert_ne!(changed, ORIENTATION_RULES);
        let tried = replay(&manager, &changed).await.unwrap();
        assert_eq!((tried.calls, tried.differences.len()), (1, 1));
        assert_eq!(tried.differences[0].before.path.as_deref(), Some("emploi"));
        assert_eq!(tried.differences[0].rules.0, ["recent-work-ready", "ft-for-work"]);
        let draft = Draft { text: changed, after: 1, note: "Essai".to_owned(), valid_from: None };
        let broken = Draft { text: draft.text.replace("\"wish\"", "\"desire\""), ..draft.clone() };
        let refused = publish(&manager, CatalogueKind::Rules, &broken).await.unwrap_err();
        assert!(refused.to_string().contains("« desire » n’existe pas"), "{refused}");
        let lead = scene.world.acting(scene.world.account(Role::TeamLead, None).await).await;
        let refused = publish(&lead, CatalogueKind::Rules, &draft).await.unwrap_err();
        assert!(matches!(refused, CatalogueError::Refused(_)));
        assert_eq!(publish(&manager, CatalogueKind::Rules, &draft).await.unwrap(), 2);
        let twice = publish(&manager, CatalogueKind::Rules, &draft).await.unwrap_err();
        assert!(matches!(twice, CatalogueError::Version(VersionError::Changed)));
        let kept = versions(&manager, CatalogueKind::Rules).await.unwrap();
        assert_eq!(kept.iter().map(|one| (one.number, one.in_force)).collect::<Vec<_>>(), [(2, true), (1, false)]);
        // The decision made before remembers by which rules it was proposed.
        let next = take_next(&scene.operator, None).await.unwrap();
        scene.write(&scene.operator, next, 0, &READY).await;
        let screen = open_call(&scene.operator, next).await.unwrap();
        assert_eq!((screen.proposed.path, screen.catalogues.rules_number), (Some(Path::Undetermined), 2));
    })
    .await;
}
