//! Who sees which person and which text, and who is hidden from whom, on both engines.

use app::Context;
use app::access::{
    Ask, ExceptionalError, NewRole, acknowledge, add_role, load_session, notices, notices_waiting,
    open_exceptionally, set_roles,
};
use app::people::PeopleError;
use app::people::list::{Filter, Order, Page, PersonRow, Sort, export, list, states};
use app::people::nir::{RevealError, reveal};
use app::people::notes::{Level, NoteError, NoteInput, add_note, change_note};
use app::people::person::{open, opened};
use app::privacy::rights::{self, NewRequest};
use app::settings::{StructureInput, save_structure};
use chrono::Duration;
use domain::access::exceptional::Motive;
use domain::access::relation::Relation;
use domain::access::role::Role;
use domain::access::side::Side;
use domain::access::structure::StructureKind;
use domain::audit::Part;
use domain::privacy::rights::{Reply, Right};
use testkit::world::{World, on_both};
use uuid::Uuid;

const SORT: (Sort, Order) = (Sort::Name, Order::Ascending);

async fn people(ctx: &Context) -> Vec<PersonRow> {
    let page = Page { after: None, limit: 500 };
    let listed = list(ctx, &Filter::default(), SORT, &page).await.unwrap();
    listed.rows.into_iter().map(|entry| entry.row).collect()
}

async fn seen_by(world: &World, cookie: &str) -> Context {
    let session = load_session(&world.app, &world.department, cookie).await.unwrap().unwrap();
    world.app.context(&world.department, session.actor)
}

/// Somebody who holds a role, signed in, and their account.
async fn somebody(world: &World, role: Role, territory: Option<&str>) -> (Context, Uuid) {
    let (cookie, id) = world.session(role, territory).await;
    (seen_by(world, &cookie).await, id)
}

/// Two people to orient, of two territories.
async fn two(world: &World) -> (PersonRow, PersonRow) {
    world.import("09.xml", &world.month("2026-10-01", 120, 0.0)).await.unwrap();
    let all = people(&world.system()).await;
    let of = |code: &str| {
        let found = all.iter().find(|p| p.territory.as_deref() == Some(code) && p.state == "to_orient");
        found.unwrap().clone()
    };
    (of("verdun"), of("bar-le-duc"))
}

fn ask(person: &PersonRow) -> Ask {
    Ask {
        last_name: person.last_name.to_lowercase(),
        birth_date: person.birth_date,
        first_name: person.first_name.clone(),
        motive: Some(Motive::Reception),
        reason: "Reçue sans rendez-vous, menace d’expulsion".to_owned(),
        number: String::new(),
    }
}

#[tokio::test]
async fn the_page_says_why_one_may_see_a_person_the_closest_relation_first() {
    on_both(async |world| {
        let (mine, _) = two(&world).await;
        let (lead, _) = somebody(&world, Role::TeamLead, Some("verdun")).await;
        let (operator, _) = somebody(&world, Role::Operator, Some("verdun")).await;
        let (referent, account) = somebody(&world, Role::SocialReferent, None).await;
        let (_, coach) = somebody(&world, Role::JobCoach, None).await;
        let first = async |ctx: &Context| open(ctx, mine.id, Part::Essential).await.unwrap().why[0].clone();
        assert_eq!(first(&lead).await.relation, Relation::Team(Side::Both));
        assert_eq!(first(&operator).await.relation, Relation::Queue);
        assert!(matches!(open(&referent, mine.id, Part::Essential).await, Err(PeopleError::Unknown)));
        world.follow(mine.id, account, "social").await;
        let alone = first(&referent).await;
        assert_eq!((alone.relation, alone.paired), (Relation::Own(Side::Social), false));
        world.follow(mine.id, coach, "employment").await;
        assert!(first(&referent).await.paired);
    })
    .await;
}

#[tokio::test]
async fn an_exceptional_access_opens_one_person_for_half_an_hour_and_two_people_are_told() {
    on_both(async |world| {
        let (here, other) = two(&world).await;
        let (coach, _) = somebody(&world, Role::JobCoach, None).await;
        let (lead, _) = somebody(&world, Role::TeamLead, Some("verdun")).await;
        let (elsewhere, _) = somebody(&world, Role::TeamLead, Some("bar-le-duc")).await;
        let (dpo, _) = somebody(&world, Role::Dpo, None).await;
        assert!(matches!(open(&coach, here.id, Part::Essential).await, Err(PeopleError::Unknown)));
        assert_eq!(open_exceptionally(&coach, &ask(&here)).await.unwrap(), here.id);
        let file = open(&coach, here.id, Part::Essential).await.unwrap();
        assert_eq!(file.why[0].relation, Relation::Exceptional);
        assert!(!file.may_reveal_nir && !file.may_write_notes);
        let nir = reveal(&coach, here.id, "je voudrais le voir").await;
        assert!(matches!(nir, Err(RevealError::People(PeopleError::Unknown))), "{nir:?}");
        assert!(
            matches!(open(&coach, other.id, Part::Essential).await, Err(PeopleError::Unknown)),
            "one person only"
        );
        assert!(people(&coach).await.is_empty(), "in no list");

        let told = notices(&lead).await.unwrap();
        assert_eq!(
            (told.len(), told[0].seen, told[0].reason.as_str()),
            (1, false, "Reçue sans rendez-vous, menace d’expulsion")
        );
        assert!(told[0].name.as_ref().is_some_and(|name| name.contains(&here.last_name)));
        assert!(notices(&elsewhere).await.unwrap().is_empty(), "another territory");
        assert_eq!(notices(&dpo).await.unwrap()[0].name, None, "a file is opened with a reason");
        assert!(matches!(acknowledge(&elsewhere, told[0].id).await, Err(ExceptionalError::Nobody)));
        assert_eq!(notices_waiting(&lead).await.unwrap(), 1);
        acknowledge(&lead, told[0].id).await.unwrap();
        assert_eq!(notices_waiting(&lead).await.unwrap(), 0);
        assert!(notices(&lead).await.unwrap()[0].seen);
        assert!(!notices(&dpo).await.unwrap()[0].seen, "each reads for themselves");
        let lines = opened(&lead, here.id, None, 50).await.unwrap();
        let line = lines.iter().find(|l| l.row.act == "open_exceptionally").unwrap();
        assert!(line.row.reason.as_ref().is_some_and(|reason| reason.contains("menace d’expulsion")));

        let asked = NewRequest {
            person: here.id,
            right: Right::Restriction,
            received_on: dpo.today(),
            note: String::new(),
        };
        let request = rights::record(&dpo, asked).await.unwrap();
        rights::answer(&dpo, request, Reply::Granted, "").await.unwrap();
        assert_eq!(notices(&lead).await.unwrap()[0].name, None, "frozen data name nobody");
        assert!(open(&coach, here.id, Part::Essential).await.is_err(), "nor does an access that still runs");
        rights::lift(&dpo, here.id).await.unwrap();

        world.wait(Duration::minutes(30));
        assert!(matches!(open(&coach, here.id, Part::Essential).await, Err(PeopleError::Unknown)));
    })
    .await;
}

#[tokio::test]
async fn nobody_browses_by_an_exceptional_access() {
    on_both(async |world| {
        let (here, _) = two(&world).await;
        let (coach, _) = somebody(&world, Role::JobCoach, None).await;
        let attempt = async |change: fn(&mut Ask)| {
            let mut one = ask(&here);
            change(&mut one);
            open_exceptionally(&coach, &one).await
        };
        assert!(matches!(attempt(|a| a.reason = "trop court".into()).await, Err(ExceptionalError::Reason)));
        assert!(matches!(attempt(|a| a.motive = None).await, Err(ExceptionalError::Motive)));
        assert!(matches!(attempt(|a| a.birth_date = None).await, Err(ExceptionalError::Identity)));
        assert!(matches!(attempt(|a| a.last_name = String::new()).await, Err(ExceptionalError::Identity)));
        let begins = attempt(|a| a.last_name.truncate(a.last_name.char_indices().nth(2).unwrap().0)).await;
        assert!(matches!(begins, Err(ExceptionalError::Nobody)), "the beginning of a name: {begins:?}");
        for _ in 0..9 {
            assert!(matches!(attempt(|a| a.number = "99".into()).await, Err(ExceptionalError::Nobody)));
        }
        assert!(matches!(attempt(|a| a.number = "98".into()).await, Err(ExceptionalError::TooMany)));
        assert!(matches!(attempt(|_| ()).await, Err(ExceptionalError::TooMany)), "a right guess waits too");
        world.wait(Duration::minutes(61));
        assert!(matches!(attempt(|a| a.number = "98".into()).await, Err(ExceptionalError::Nobody)));
        for role in [Role::Partner, Role::Admin, Role::Manager, Role::Dpo, Role::Prescriber] {
            let refused = open_exceptionally(&world.user(&[role]), &ask(&here)).await;
            assert!(matches!(refused, Err(ExceptionalError::Refused(_))), "{role:?}");
        }
        assert_eq!(notices(&world.user(&[Role::Dpo])).await.unwrap().len(), 0);
        set_roles(&world.user(&[Role::Manager]), &[Role::Operator, Role::Admin]).await.unwrap();
        assert!(matches!(attempt(|_| ()).await, Err(ExceptionalError::Closed)));
        set_roles(&world.user(&[Role::Manager]), &[]).await.unwrap();
        assert!(matches!(attempt(|_| ()).await, Err(ExceptionalError::Closed)));
        // A whole number suffices; its beginning does not.
        set_roles(&world.user(&[Role::Manager]), &[Role::JobCoach]).await.unwrap();
        let claim =
            open(&world.system(), here.id, Part::Essential).await.unwrap().dossiers[0].claim_number.clone();
        let by = |number: &str| Ask {
            number: number.to_owned(),
            last_name: String::new(),
            birth_date: None,
            ..ask(&here)
        };
        assert!(matches!(
            open_exceptionally(&coach, &by(&claim[..claim.len() - 1])).await,
            Err(ExceptionalError::Nobody)
        ));
        assert_eq!(open_exceptionally(&coach, &by(&claim)).await.unwrap(), here.id);
    })
    .await;
}

fn note(text: &str, level: Level) -> NoteInput {
    NoteInput { text: text.to_owned(), level: Some(level), confirmed: false }
}

#[tokio::test]
async fn a_note_is_shown_and_counted_only_for_who_may_read_it() {
    on_both(async |world| {
        let (person, _) = two(&world).await;
        let (social, account) = somebody(&world, Role::SocialReferent, None).await;
        let (coach, coach_account) = somebody(&world, Role::JobCoach, None).await;
        let (operator, _) = somebody(&world, Role::Operator, Some("verdun")).await;
        let (lead, _) = somebody(&world, Role::TeamLead, Some("verdun")).await;
        world.follow(person.id, account, "social").await;
        world.follow(person.id, coach_account, "employment").await;
        for (ctx, text, level) in [
            (&social, "seul", Level::Author),
            (&social, "soin", Level::Social),
            (&social, "binôme", Level::Pair),
            (&coach, "emploi", Level::Employment),
            (&coach, "équipe", Level::Team),
            (&operator, "appel", Level::Orientation),
        ] {
            add_note(ctx, person.id, &note(text, level)).await.unwrap();
        }
        let read = async |ctx: &Context| {
            let mut texts: Vec<String> = open(ctx, person.id, Part::Essential)
                .await
                .unwrap()
                .notes
                .into_iter()
                .map(|one| one.text)
                .collect();
            texts.sort();
            texts.join(" ")
        };
        assert_eq!(read(&social).await, "binôme seul soin équipe");
        assert_eq!(read(&coach).await, "binôme emploi équipe");
        assert_eq!(read(&operator).await, "appel équipe");
        assert_eq!(read(&lead).await, "appel binôme emploi soin équipe");
        let mut manager = world.user(&[Role::Manager]);
        manager.actor.reason = Some("Réponse à un courrier".to_owned());
        assert_eq!(read(&manager).await, "");
        let refused = add_note(&lead, person.id, &note("x", Level::Team)).await;
        assert!(matches!(refused, Err(NoteError::People(PeopleError::Refused(_)))));
        let sealed = store::people::note::of(world.department.db.read(), &[person.id]).await.unwrap();
        assert!(sealed.iter().all(|row| !String::from_utf8_lossy(&row.text_sealed).contains("soin")));
    })
    .await;
}

#[tokio::test]
async fn opening_a_note_is_confirmed_and_closing_it_keeps_the_trace() {
    on_both(async |world| {
        let (person, other) = two(&world).await;
        let (social, account) = somebody(&world, Role::SocialReferent, None).await;
        let (coach, coach_account) = somebody(&world, Role::JobCoach, None).await;
        world.follow(person.id, account, "social").await;
        world.follow(person.id, coach_account, "employment").await;
        add_note(&social, person.id, &note("Un rendez-vous de soin", Level::Social)).await.unwrap();
        let mine = async |ctx: &Context| open(ctx, person.id, Part::Essential).await.unwrap().notes;
        let id = mine(&social).await[0].id;
        let wider = note("Un rendez-vous le mardi", Level::Pair);
        assert!(matches!(change_note(&social, person.id, id, &wider).await, Err(NoteError::Confirm)));
        assert!(mine(&coach).await.is_empty());
        change_note(&social, person.id, id, &NoteInput { confirmed: true, ..wider.clone() }).await.unwrap();
        assert_eq!(mine(&coach).await[0].text, "Un rendez-vous le mardi");
        let stale = change_note(&social, person.id, id, &note("x", Level::Social)).await;
        assert!(matches!(stale, Err(NoteError::Changed)), "{stale:?}");
        let current = mine(&social).await[0].id;
        let stolen = change_note(&coach, person.id, current, &note("x", Level::Pair)).await;
        assert!(matches!(stolen, Err(NoteError::People(PeopleError::Unknown))), "only its author changes it");
        let astray = change_note(&social, other.id, current, &note("x", Level::Social)).await;
        assert!(matches!(astray, Err(NoteError::People(PeopleError::Unknown))));
        world.wait(Duration::minutes(5));
        change_note(&social, person.id, current, &note("Un rendez-vous", Level::Social)).await.unwrap();
        assert!(mine(&coach).await.is_empty());
        let kept = &mine(&social).await[0];
        assert_eq!(kept.wider.iter().map(|(level, _)| *level).collect::<Vec<_>>(), [Level::Pair]);
        let lines = opened(&world.system(), person.id, None, 50).await.unwrap();
        let acts: Vec<&str> =
            lines.iter().map(|l| l.row.act.as_str()).filter(|a| a.ends_with("_note")).collect();
        assert_eq!(acts, ["lower_note", "raise_note", "write_note"]);
        let all = store::people::note::of(world.department.db.read(), &[person.id]).await.unwrap();
        assert_eq!(all.len(), 3, "nothing is deleted");
        assert!(matches!(add_note(&social, person.id, &note(" ", Level::Pair)).await, Err(NoteError::Text)));
        assert!(matches!(
            add_note(&social, person.id, &note("x", Level::Employment)).await,
            Err(NoteError::Level)
        ));
        assert!(matches!(
            add_note(&social, person.id, &note("x", Level::Partner)).await,
            Err(NoteError::Level)
        ));
    })
    .await;
}

/// A referent in a shelter who follows `person`.
async fn sheltered(world: &World, person: &PersonRow) -> (Context, Uuid) {
    let manager = world.user(&[Role::Manager]);
    let shelter = StructureInput {
        name: "Le Relais des Côtes".to_owned(),
        kind: StructureKind::Shelter,
        side: Side::Social,
        sensitive: true,
        commune: String::new(),
        territories: Vec::new(),
        since: Some("2026-01-01".parse().unwrap()),
        until: None,
    };
    let shelter = save_structure(&manager, None, shelter).await.unwrap();
    let (cookie, id) = world.session(Role::Partner, None).await;
    let role = NewRole { structure: Some(shelter), ..NewRole::of(Role::SocialReferent) };
    add_role(&world.system(), id, &role).await.unwrap();
    world.follow(person.id, id, "social").await;
    (seen_by(world, &cookie).await, id)
}

#[tokio::test]
async fn a_sensitive_structure_is_named_to_the_social_side_only() {
    on_both(async |world| {
        let (person, _) = two(&world).await;
        let (shelter, account) = sheltered(&world, &person).await;
        let (coach, coach_account) = somebody(&world, Role::JobCoach, None).await;
        world.follow(person.id, coach_account, "employment").await;
        open(&shelter, person.id, Part::Essential).await.unwrap();
        let (operator, _) = somebody(&world, Role::Operator, Some("verdun")).await;
        let (lead, _) = somebody(&world, Role::TeamLead, Some("verdun")).await;
        let (_, employment) = work_lead(&world).await;
        let filter = Filter { referent: Some(account), ..Filter::default() };
        let page = Page { after: None, limit: 500 };
        for (name, ctx, knows) in [
            ("the referent", &shelter, true),
            ("a team lead of both sides", &lead, true),
            ("the program", &world.system(), true),
            ("the coach of the pair", &coach, false),
            ("an operator", &operator, false),
            ("a team lead of the employment side", &employment, false),
        ] {
            let file = open(ctx, person.id, Part::Essential).await.unwrap();
            let named = |ids: Vec<Uuid>| ids.contains(&account);
            assert_eq!(named(file.referents.iter().map(|r| r.account_id).collect()), knows, "{name}: page");
            let listed = list(ctx, &Filter::default(), SORT, &page).await.unwrap();
            let row = listed.rows.iter().find(|e| e.row.id == person.id).unwrap();
            assert_eq!(named(row.referents.iter().map(|r| r.account_id).collect()), knows, "{name}: list");
            let theirs = list(ctx, &filter, SORT, &page).await.unwrap();
            assert_eq!((theirs.total > 0, !theirs.rows.is_empty()), (knows, knows), "{name}: filter");
            let counted: u64 = states(ctx, &filter).await.unwrap().into_iter().map(|(_, n)| n).sum();
            assert_eq!(counted > 0, knows, "{name}: counts");
            let away = export(ctx, &Filter::default(), SORT, "essai").await.unwrap();
            let row = away.iter().find(|e| e.row.id == person.id).unwrap();
            assert_eq!(named(row.referents.iter().map(|r| r.account_id).collect()), knows, "{name}: export");
            assert_eq!(
                export(ctx, &filter, SORT, "essai").await.unwrap().len(),
                usize::from(knows),
                "{name}"
            );
        }
        let told =
            |lines: Vec<store::audit::JournalLine>| lines.iter().any(|l| l.row.actor_id == Some(account));
        assert!(told(opened(&lead, person.id, None, 50).await.unwrap()));
        assert!(!told(opened(&employment, person.id, None, 50).await.unwrap()), "who opened the file");
        // After the role has ended, what it began stays hidden.
        let users = app::access::list_users(&world.system()).await.unwrap();
        let roles = &users.iter().find(|user| user.id == account).unwrap().roles;
        let role = roles.iter().find(|role| role.structure.is_some()).unwrap().id;
        app::access::end_role(&world.system(), account, role, world.system().today()).await.unwrap();
        world.wait(Duration::days(2));
        let file = open(&coach, person.id, Part::Essential).await.unwrap();
        assert!(file.referents.iter().all(|r| r.account_id != account));
    })
    .await;
}

#[tokio::test]
async fn what_would_hint_at_a_sensitive_structure_is_taken_away_too() {
    on_both(async |world| {
        let (person, _) = two(&world).await;
        sheltered(&world, &person).await;
        let (cookie, employment) = work_lead(&world).await;
        let file = open(&employment, person.id, Part::Essential).await.unwrap();
        assert!(!file.row.has_referent && file.referents.is_empty());
        let (lead, _) = somebody(&world, Role::TeamLead, Some("verdun")).await;
        assert!(open(&lead, person.id, Part::Essential).await.unwrap().row.has_referent);
        drop(cookie);
    })
    .await;
}

/// A team lead whose role is held in an employment service of the département.
async fn work_lead(world: &World) -> (String, Context) {
    let service = StructureInput {
        name: "Service emploi".to_owned(),
        kind: StructureKind::Departmental,
        side: Side::Employment,
        sensitive: false,
        commune: String::new(),
        territories: Vec::new(),
        since: Some("2026-01-01".parse().unwrap()),
        until: None,
    };
    let service = save_structure(&world.user(&[Role::Manager]), None, service).await.unwrap();
    let (cookie, id) = world.session(Role::Partner, None).await;
    let role = NewRole { structure: Some(service), ..NewRole::of(Role::TeamLead) };
    add_role(&world.system(), id, &role).await.unwrap();
    let ctx = seen_by(world, &cookie).await;
    (cookie, ctx)
}
