//! The joint diagnosis: two authors, what each reads, what nobody loses; and the actions with their due step; on both engines.

use app::Context;
use app::diagnosis::{
    Choice, Diagnosis, DiagnosisError, PlanInput, ThemeFile, Typed, Why, WriteInput, Written, beat, begin,
    change_action, completed, leave, open_diagnosis, plan_action, printed, reopen, say_complete, settle,
    write,
};
use app::people::PeopleError;
use app::people::due::Owner;
use app::people::person::open;
use chrono::Duration;
use domain::access::role::Role;
use domain::access::side::Side;
use domain::access::structure::StructureKind;
use domain::access::visibility::Level;
use domain::audit::{Act, Part};
use domain::diagnosis::action::{Draft, Refusal, Status, Who};
use domain::diagnosis::field::{Field, Impact, YES};
use domain::followup::due::Kind;
use domain::time::plus_days;
use testkit::world::{World, on_both};
use uuid::Uuid;

use super::agenda::{people, sound};

/// A person oriented, with a referent on each side, and the lead of their territories.
struct Scene {
    world: World,
    person: Uuid,
    yann: Context,
    gaelle: Context,
    lead: Context,
}

impl Scene {
    async fn of(world: World) -> Self {
        world.import("09.xml", &world.month("2026-10-01", 20, 0.0)).await.unwrap();
        let lead = world.acting(world.account(Role::TeamLead, None).await).await;
        let person = people(&world).await.into_iter().find(|row| row.state == "to_orient").unwrap().id;
        let (social, coach) =
            (world.account(Role::SocialReferent, None).await, world.account(Role::JobCoach, None).await);
        let decision = super::followup::decision(domain::orientation::rules::Path::Social, Some(social));
        app::orientation::decide(&lead, person, &decision).await.unwrap();
        world.follow(person, coach, "employment").await;
        let (yann, gaelle) = (world.acting(social).await, world.acting(coach).await);
        Self { world, person, yann, gaelle, lead }
    }

    async fn begun(world: World) -> Self {
        let scene = Self::of(world).await;
        begin(&scene.yann, scene.person).await.unwrap();
        scene
    }

    async fn read(&self, who: &Context) -> Diagnosis {
        open_diagnosis(who, self.person).await.unwrap()
    }

    async fn theme(&self, who: &Context, code: &str) -> ThemeFile {
        self.read(who).await.theme(code).cloned().unwrap()
    }

    /// Writes one field of a theme, from a value.
    async fn put(
        &self,
        who: &Context,
        theme: &str,
        field: Field,
        base: Option<Uuid>,
        value: &str,
    ) -> Written {
        let input = WriteInput {
            fields: vec![Typed { field, base, value: value.to_owned() }],
            level: Some(Level::Pair),
            ..WriteInput::default()
        };
        write(who, self.person, theme, &input).await.unwrap()
    }

    async fn base(&self, who: &Context, theme: &str, field: &Field) -> Option<Uuid> {
        self.theme(who, theme).await.field(field).base()
    }
}

fn situation(code: &str) -> Field {
    Field::Situation(code.to_owned())
}

#[tokio::test]
async fn two_authors_write_different_fields_and_nothing_meets() {
    on_both(async |world| {
        let scene = Scene::begun(world).await;
        scene.put(&scene.yann, "MOB", Field::Impact, None, "strong").await;
        let done = scene.put(&scene.gaelle, "MOB", situation("MOB-S01"), None, YES).await;
        assert_eq!((done.written.len(), done.beside.len()), (1, 0));
        scene.put(&scene.yann, "MOB", situation("MOB-S04"), None, YES).await;
        for who in [&scene.yann, &scene.gaelle, &scene.lead] {
            let theme = scene.theme(who, "MOB").await;
            assert_eq!(theme.impact(), Some(Impact::Strong));
            assert_eq!(theme.situations(), ["MOB-S01", "MOB-S04"]);
            assert!(!theme.is_conflict());
        }
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn two_texts_written_at_the_same_time_stand_side_by_side_until_one_chooses() {
    on_both(async |world| {
        let scene = Scene::begun(world).await;
        let field = Field::Analysis;
        scene.put(&scene.gaelle, "MOB", field.clone(), None, "Arriver à 7 h.").await;
        let first = scene.base(&scene.gaelle, "MOB", &field).await;
        let done = scene.put(&scene.yann, "MOB", field.clone(), None, "Pas seule.").await;
        assert_eq!(done.beside, std::slice::from_ref(&field));
        // Gaëlle's page was not read again: she goes on from her own words.
        scene.put(&scene.gaelle, "MOB", field.clone(), first, "Arriver à 7 h à Oraison.").await;
        // Yann sends his page again, from the empty field that it showed: his own words are replaced.
        scene.put(&scene.yann, "MOB", field.clone(), None, "Pas seule, au début.").await;
        let held = scene.theme(&scene.yann, "MOB").await.field(&field);
        let told: Vec<&str> = held.heads.iter().map(|one| one.value.as_str()).collect();
        assert_eq!(told, ["Arriver à 7 h à Oraison.", "Pas seule, au début."]);
        assert!(scene.read(&scene.lead).await.is_conflict());
        assert!(matches!(say_complete(&scene.yann, scene.person).await, Err(DiagnosisError::Conflict)));
        let seen: Vec<Uuid> = held.heads.iter().map(|one| one.id).collect();
        let stale = settle(&scene.yann, scene.person, "MOB", &field, &seen[..1], Choice::All).await;
        assert!(matches!(stale, Err(DiagnosisError::Moved(_))));
        let other = settle(&scene.yann, scene.person, "MOB", &field, &seen, Choice::One(Uuid::nil())).await;
        assert!(matches!(other, Err(DiagnosisError::Moved(_))));
        settle(&scene.yann, scene.person, "MOB", &field, &seen, Choice::All).await.unwrap();
        let held = scene.theme(&scene.gaelle, "MOB").await.field(&field);
        assert_eq!(held.value(), "Arriver à 7 h à Oraison.\n\nPas seule, au début.");
        assert_eq!(held.before.len(), 4, "every word that was written is kept");
        // What Gaëlle had typed meanwhile is not lost either.
        let done = scene.put(&scene.gaelle, "MOB", field.clone(), Some(seen[0]), "Dès lundi.").await;
        assert_eq!(done.beside, std::slice::from_ref(&field));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn what_one_may_not_read_is_not_shown_not_counted_and_not_met() {
    on_both(async |world| {
        let scene = Scene::begun(world).await;
        let said = |level| WriteInput {
            fields: vec![Typed { field: Field::Says, base: None, value: "Dort mal depuis mars.".to_owned() }],
            level: Some(level),
            ..WriteInput::default()
        };
        write(&scene.yann, scene.person, "SAN", &said(Level::Social)).await.unwrap();
        scene.put(&scene.yann, "SAN", situation("SAN-S02"), None, YES).await;
        let theme = scene.theme(&scene.gaelle, "SAN").await;
        assert!(theme.others.is_empty() && theme.fields.is_empty() && !theme.is_explored());
        assert!(!scene.read(&scene.gaelle).await.themes.iter().any(|one| one.explored));
        // She writes the same box blindly, as a forged form would: nothing is written, nothing is told.
        let done = scene.put(&scene.gaelle, "SAN", situation("SAN-S02"), None, YES).await;
        assert_eq!(done, Written::default());
        // Her own text meets nobody's.
        let done = write(&scene.gaelle, scene.person, "SAN", &said(Level::Pair)).await.unwrap();
        assert!(done.beside.is_empty());
        let theirs = scene.theme(&scene.yann, "SAN").await;
        assert_eq!(theirs.others.len(), 1);
        assert_eq!(theirs.situations(), ["SAN-S02"]);
        assert_eq!(theirs.own.unwrap().held.value(), "Dort mal depuis mars.");
        // A coach may not give a level that they do not read.
        let done = write(&scene.gaelle, scene.person, "LOG", &said(Level::Social)).await.unwrap();
        assert_eq!(done.withheld[0].why, Why::Level);
        // Somebody who does not follow the person knows of nothing.
        let other = scene.world.acting(scene.world.account(Role::JobCoach, None).await).await;
        assert!(matches!(
            open_diagnosis(&other, scene.person).await,
            Err(DiagnosisError::People(PeopleError::Unknown))
        ));
        assert!(matches!(begin(&scene.lead, scene.person).await, Err(DiagnosisError::People(_))));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn sensitive_words_and_more_readers_are_asked_again_and_the_rest_is_written() {
    on_both(async |world| {
        let scene = Scene::begun(world).await;
        let mut input = WriteInput {
            fields: vec![
                Typed { field: Field::Impact, base: None, value: "low".to_owned() },
                Typed { field: Field::Says, base: None, value: "Sa maladie revient.".to_owned() },
            ],
            level: Some(Level::Social),
            ..WriteInput::default()
        };
        let done = write(&scene.yann, scene.person, "MOB", &input).await.unwrap();
        assert_eq!(done.written.len(), 1);
        assert!(matches!(&done.withheld[0].why, Why::Words(advice) if !advice.is_empty()));
        assert_eq!(scene.theme(&scene.yann, "MOB").await.own.unwrap().held.value(), "");
        input.anyway = true;
        write(&scene.yann, scene.person, "MOB", &input).await.unwrap();
        let own = scene.theme(&scene.yann, "MOB").await.own.unwrap();
        assert_eq!((own.held.value(), own.level), ("Sa maladie revient.", Level::Social));
        let raise = |confirmed| WriteInput {
            fields: vec![Typed {
                field: Field::Says,
                base: own.held.base(),
                value: "Sa maladie revient.".to_owned(),
            }],
            level: Some(Level::Person),
            confirmed,
            anyway: true,
        };
        let done = write(&scene.yann, scene.person, "MOB", &raise(false)).await.unwrap();
        assert_eq!(done.withheld[0].why, Why::Confirm);
        assert!(scene.theme(&scene.gaelle, "MOB").await.others.is_empty());
        write(&scene.yann, scene.person, "MOB", &raise(true)).await.unwrap();
        assert_eq!(scene.theme(&scene.gaelle, "MOB").await.others.len(), 1);
        let filter =
            app::audit::JournalFilter { person: vec![scene.person], limit: 50, ..Default::default() };
        let lines = app::audit::page(&scene.world.system(), &filter).await.unwrap();
        assert!(lines.iter().any(|line| line.row.act == Act::RaiseDiagnosis.code()));
        let words = lines.iter().any(|line| line.row.detail.to_string().contains("maladie"));
        assert!(!words, "what is written never goes to the journal");
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn each_side_completes_and_a_second_diagnosis_is_compared_with_the_first() {
    on_both(async |world| {
        let scene = Scene::of(world).await;
        assert!(matches!(say_complete(&scene.yann, scene.person).await, Err(DiagnosisError::NotBegun)));
        begin(&scene.yann, scene.person).await.unwrap();
        assert!(matches!(begin(&scene.gaelle, scene.person).await, Err(DiagnosisError::UnderWay)));
        scene.put(&scene.yann, "LOG", Field::Impact, None, "strong").await;
        say_complete(&scene.yann, scene.person).await.unwrap();
        let input = WriteInput {
            fields: vec![Typed { field: Field::Impact, base: None, value: "low".to_owned() }],
            ..WriteInput::default()
        };
        let closed = write(&scene.yann, scene.person, "MOB", &input).await;
        assert!(matches!(closed, Err(DiagnosisError::Closed)));
        assert_eq!(scene.read(&scene.gaelle).await.complete, None);
        reopen(&scene.yann, scene.person).await.unwrap();
        write(&scene.yann, scene.person, "MOB", &input).await.unwrap();
        say_complete(&scene.yann, scene.person).await.unwrap();
        scene.world.wait(Duration::minutes(5));
        say_complete(&scene.gaelle, scene.person).await.unwrap();
        let whole = scene.read(&scene.lead).await;
        assert!(whole.complete.is_some());
        let told = completed(&scene.lead, &[scene.person]).await.unwrap().unwrap();
        assert_eq!(told.at(whole.asked), whole.complete);
        assert_eq!(told.sides.completed(Side::Both), whole.complete);
        scene.world.wait(Duration::days(90));
        let gaelle = scene.world.acting(scene.gaelle.actor.id.unwrap()).await;
        begin(&gaelle, scene.person).await.unwrap();
        scene.put(&gaelle, "LOG", Field::Impact, None, "low").await;
        let second = open_diagnosis(&gaelle, scene.person).await.unwrap();
        let (_, changes) = second.since.unwrap();
        let of = |code: &str| changes.iter().find(|one| one.theme == code).map(|one| (one.before, one.after));
        assert_eq!(of("LOG"), Some((Some(Impact::Strong), Some(Impact::Low))));
        assert_eq!(of("MOB"), Some((Some(Impact::Low), None)));
        assert_eq!((second.number, second.complete), (2, None));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn who_is_there_is_said_for_two_minutes() {
    on_both(async |world| {
        let scene = Scene::begun(world).await;
        assert!(beat(&scene.yann, scene.person, "LOG").await.unwrap().is_empty());
        let seen = beat(&scene.gaelle, scene.person, "MOB").await.unwrap();
        assert_eq!(seen.iter().map(|one| one.theme.as_str()).collect::<Vec<_>>(), ["LOG"]);
        scene.world.wait(Duration::seconds(121));
        assert!(beat(&scene.gaelle, scene.person, "MOB").await.unwrap().is_empty());
        assert_eq!(scene.read(&scene.yann).await.present.len(), 1);
        leave(&scene.gaelle, scene.person).await.unwrap();
        assert!(scene.read(&scene.yann).await.present.is_empty());
        assert!(matches!(
            beat(&scene.yann, scene.person, "INT").await,
            Err(DiagnosisError::People(PeopleError::Unknown))
        ));
        sound(&scene.world).await;
    })
    .await;
}

fn plan(scene: &Scene, who: Who, days: i64) -> PlanInput {
    PlanInput {
        theme: "MOB".to_owned(),
        situation: Some("MOB-S01".to_owned()),
        code: Some("MOB-A01".to_owned()),
        draft: Draft {
            who: Some(who),
            due_on: Some(plus_days(scene.lead.today(), days)),
            status: Some(Status::Planned),
            ..Draft::default()
        },
        level: Some(Level::Person),
        ..PlanInput::default()
    }
}

#[tokio::test]
async fn an_action_with_a_date_is_owed_by_who_does_it_until_it_is_done() {
    on_both(async |world| {
        let scene = Scene::begun(world).await;
        let owed = async || {
            let file = open(&scene.lead, scene.person, Part::Essential).await.unwrap();
            file.steps.into_iter().find(|step| step.kind == Kind::DoAction.code())
        };
        assert!(owed().await.is_none());
        plan_action(&scene.yann, scene.person, &plan(&scene, Who::Employment, 3)).await.unwrap();
        let step = owed().await.unwrap();
        let owner = step.owner;
        assert_eq!(owner, Owner::User(scene.gaelle.actor.name.clone()));
        assert_eq!(step.legal_on, plus_days(scene.lead.today(), 3));
        plan_action(&scene.gaelle, scene.person, &plan(&scene, Who::Person, 1)).await.unwrap();
        let step = owed().await.unwrap();
        assert_eq!(step.legal_on, plus_days(scene.lead.today(), 1));
        assert!(
            matches!(step.owner, Owner::User(_)),
            "the person's own actions are looked at by who follows"
        );
        for action in scene.read(&scene.yann).await.actions {
            let mut done = plan(&scene, action.who, 1);
            done.draft.status = Some(Status::Done);
            done.draft.hours = [Some(4), Some(3), None];
            change_action(&scene.yann, scene.person, action.id, &done).await.unwrap();
            let again = change_action(&scene.gaelle, scene.person, action.id, &done).await;
            assert!(matches!(again, Err(DiagnosisError::Changed)));
        }
        assert!(owed().await.is_none());
        let kept = scene.read(&scene.gaelle).await.actions;
        assert!(kept.iter().all(|one| one.status == Status::Done && one.hours == [Some(4), Some(3), None]));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test]
async fn an_action_of_the_social_side_is_not_hinted_at_and_says_what_is_wrong() {
    on_both(async |world| {
        let scene = Scene::begun(world).await;
        let place = scene.world.structure("Le Refuge", StructureKind::Shelter).await;
        let mut hidden = plan(&scene, Who::Social, 2);
        hidden.level = Some(Level::Social);
        hidden.structure = Some(place);
        plan_action(&scene.yann, scene.person, &hidden).await.unwrap();
        assert!(scene.read(&scene.gaelle).await.actions.is_empty());
        let file = open(&scene.gaelle, scene.person, Part::Essential).await.unwrap();
        assert!(file.steps.iter().all(|step| step.kind != Kind::DoAction.code()));
        assert_eq!(scene.read(&scene.yann).await.actions.len(), 1);
        let mut wrong = plan(&scene, Who::Social, 2);
        wrong.level = Some(Level::Social);
        assert!(matches!(plan_action(&scene.gaelle, scene.person, &wrong).await, Err(DiagnosisError::Level)));
        wrong.level = None;
        wrong.draft.who = None;
        assert!(matches!(
            plan_action(&scene.gaelle, scene.person, &wrong).await,
            Err(DiagnosisError::Action(Refusal::Who))
        ));
        let mut words = plan(&scene, Who::Person, 2);
        words.draft.result = "Refus : maladie.".to_owned();
        assert!(matches!(
            plan_action(&scene.gaelle, scene.person, &words).await,
            Err(DiagnosisError::Words(_))
        ));
        words.anyway = true;
        plan_action(&scene.gaelle, scene.person, &words).await.unwrap();
        assert!(printed(&scene.yann, scene.person).await.unwrap().actions.len() == 2);
        sound(&scene.world).await;
    })
    .await;
}
