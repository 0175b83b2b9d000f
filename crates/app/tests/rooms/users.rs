//! Accounts, their dated roles in territories and structures, proposals and tokens, on both engines.

use app::Context;
use app::access::{
    CreateUserError, EditUserError, NewRole, NewToken, NewUser, ProposeError, TokenError, TokenScope,
    accept_user, add_role, create_token, create_user, decline_user, disable_user, enable_user, end_role,
    list_tokens, list_users, load_session, load_token, proposals, propose_user, revoke_token, rotate_token,
    scope,
};
use app::settings::{StructureError, StructureInput, save_structure, structures};
use chrono::{Duration, NaiveDate};
use domain::access::permission::Action;
use domain::access::role::Role;
use domain::access::scope::Reach;
use domain::access::side::Side;
use domain::access::structure::StructureKind;
use store::audit::JournalFilter;
use testkit::world::{World, on_both};
use uuid::Uuid;

fn new_user(email: &str, role: Role) -> NewUser {
    NewUser { email: email.to_owned(), name: "Nadia Pelletier".to_owned(), role: NewRole::of(role) }
}

fn structure(name: &str, kind: StructureKind, side: Side, territories: &[&str]) -> StructureInput {
    StructureInput {
        name: name.to_owned(),
        kind,
        side,
        sensitive: kind.tells_much(),
        commune: String::new(),
        territories: territories.iter().map(|code| (*code).to_owned()).collect(),
        since: Some(day("2026-01-01")),
        until: None,
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// What somebody signed in may do, as each request finds it.
async fn seen_by(world: &World, cookie: &str) -> Context {
    let session = load_session(&world.app, &world.department, cookie).await.unwrap().unwrap();
    world.app.context(&world.department, session.actor)
}

async fn as_admin(world: &World) -> (Context, Uuid, String) {
    let (cookie, id) = world.session(Role::Admin, None).await;
    (seen_by(world, &cookie).await, id, cookie)
}

async fn acts(world: &World, act: &str) -> Vec<serde_json::Value> {
    let filter = JournalFilter { act: Some(act.to_owned()), ..JournalFilter::default() };
    let lines = app::audit::page(&world.system(), &filter).await.unwrap();
    lines.into_iter().rev().map(|line| line.row.detail).collect()
}

#[tokio::test]
async fn nobody_gives_themselves_a_role_nor_removes_the_last_administrator() {
    on_both(async |world| {
        let (admin, id, cookie) = as_admin(&world).await;
        let own = add_role(&admin, id, &NewRole::of(Role::Manager)).await;
        assert!(matches!(own, Err(EditUserError::OwnRole)), "{own:?}");
        assert!(matches!(disable_user(&admin, id).await, Err(EditUserError::OwnAccount)));
        let role = list_users(&admin).await.unwrap()[0].roles[0].id;
        let today = world.system().today();
        let last = end_role(&admin, id, role, today).await;
        assert!(matches!(last, Err(EditUserError::LastAdmin)), "{last:?}");
        assert!(matches!(disable_user(&world.system(), id).await, Err(EditUserError::LastAdmin)));

        let second = create_user(&admin, new_user("n@meuse.example", Role::Admin)).await.unwrap().account_id;
        let yesterday = domain::time::plus_days(today, -1);
        end_role(&admin, id, role, yesterday).await.unwrap();
        assert!(
            matches!(
                add_role(&seen_by(&world, &cookie).await, id, &NewRole::of(Role::Admin)).await,
                Err(EditUserError::Refused(_))
            ),
            "the role is gone at once"
        );
        assert!(matches!(disable_user(&world.system(), second).await, Err(EditUserError::LastAdmin)));
        assert_eq!(acts(&world, "disable_user").await.len(), 0, "what is refused leaves nothing");
        let edits = acts(&world, "edit_role").await;
        assert_eq!(
            (edits.len(), &edits[0]["before"]["until"], &edits[0]["after"]["until"]),
            (1, &serde_json::Value::Null, &serde_json::json!(yesterday))
        );
    })
    .await;
}

#[tokio::test]
async fn a_role_given_for_a_time_counts_from_its_first_day_to_its_last() {
    on_both(async |world| {
        let (admin, ..) = as_admin(&world).await;
        let id = world.account(Role::Operator, Some("verdun")).await;
        let new = NewRole {
            since: Some(day("2026-11-28")),
            until: Some(day("2026-11-30")),
            ..NewRole::of(Role::TeamLead).on(Some("bar-le-duc".to_owned()))
        };
        add_role(&admin, id, &new).await.unwrap();
        // A session lasts a day at most: each of these days begins with a new one.
        let roles = async || seen_by(&world, &world.session_of(id).await).await.actor.roles_in_words();
        assert_eq!(roles().await, "operator verdun");
        let role = list_users(&admin).await.unwrap().iter().find(|u| u.id == id).unwrap().roles[1].id;
        assert!(matches!(end_role(&admin, id, role, day("2026-11-20")).await, Err(EditUserError::Past)));
        let back = NewRole { since: Some(day("2026-12-02")), until: Some(day("2026-12-01")), ..new.clone() };
        assert!(matches!(add_role(&admin, id, &back).await, Err(EditUserError::Role(_))));
        let elsewhere = new.clone().on(Some("orleans".to_owned()));
        assert!(matches!(add_role(&admin, id, &elsewhere).await, Err(EditUserError::Role(_))));
        let unknown = add_role(&admin, Uuid::from_u128(9), &new).await;
        assert!(matches!(unknown, Err(EditUserError::Unknown)));
        // Cancelled before it begins.
        end_role(&admin, id, role, day("2026-11-27")).await.unwrap();
        add_role(&admin, id, &new).await.unwrap();
        for (expected, days) in [
            ("operator verdun", 1),
            ("operator verdun", 1),
            ("operator verdun, team_lead bar-le-duc", 2),
            ("operator verdun, team_lead bar-le-duc", 1),
            ("operator verdun", 1),
        ] {
            assert_eq!(roles().await, expected, "{}", world.system().today());
            world.wait(Duration::days(days));
        }
    })
    .await;
}

#[tokio::test]
async fn a_closed_account_is_out_at_once_and_may_come_back() {
    on_both(async |world| {
        let (admin, ..) = as_admin(&world).await;
        let (cookie, id) = world.session(Role::JobCoach, None).await;
        disable_user(&admin, id).await.unwrap();
        disable_user(&admin, id).await.unwrap();
        assert!(load_session(&world.app, &world.department, &cookie).await.unwrap().is_none());
        enable_user(&admin, id).await.unwrap();
        assert!(load_session(&world.app, &world.department, &cookie).await.unwrap().is_none());
        assert_eq!(
            (acts(&world, "disable_user").await.len(), acts(&world, "enable_user").await.len()),
            (1, 1)
        );
        let lead = world.user(&[Role::TeamLead]);
        assert!(matches!(disable_user(&lead, id).await, Err(EditUserError::Refused(_))));
        let seen = list_users(&world.user(&[Role::Dpo])).await.unwrap();
        assert!(seen.iter().find(|user| user.id == id).unwrap().signed_in_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_team_lead_proposes_within_reach_and_an_administrator_answers_once() {
    on_both(async |world| {
        let (admin, ..) = as_admin(&world).await;
        let (cookie, _) = world.session(Role::TeamLead, Some("verdun")).await;
        let lead = seen_by(&world, &cookie).await;
        let on = |role: Role, territory: &str| NewUser {
            role: NewRole::of(role).on(Some(territory.to_owned())),
            ..new_user("lena@meuse.example", role)
        };
        let wide = propose_user(&lead, new_user("lena@meuse.example", Role::JobCoach)).await;
        assert!(matches!(wide, Err(ProposeError::Place)), "{wide:?}");
        assert!(matches!(
            propose_user(&lead, on(Role::JobCoach, "bar-le-duc")).await,
            Err(ProposeError::Place)
        ));
        assert!(matches!(propose_user(&lead, on(Role::Admin, "verdun")).await, Err(ProposeError::Role)));
        propose_user(&lead, on(Role::JobCoach, "verdun")).await.unwrap();
        assert!(matches!(
            propose_user(&lead, on(Role::JobCoach, "verdun")).await,
            Err(ProposeError::Waiting(_))
        ));
        assert!(list_users(&admin).await.unwrap().iter().all(|user| user.email != "lena@meuse.example"));

        let waiting = proposals(&admin).await.unwrap();
        assert_eq!(proposals(&lead).await.unwrap(), waiting);
        assert!(matches!(
            accept_user(&lead, waiting[0].id).await,
            Err(ProposeError::User(CreateUserError::Refused(_)))
        ));
        let invitation = accept_user(&admin, waiting[0].id).await.unwrap();
        assert!(matches!(decline_user(&admin, waiting[0].id).await, Err(ProposeError::Decided)));
        let users = list_users(&admin).await.unwrap();
        let lena = users.iter().find(|user| user.id == invitation.account_id).unwrap();
        assert_eq!(
            (lena.email.as_str(), lena.roles[0].territory.as_deref()),
            ("lena@meuse.example", Some("verdun"))
        );
        let taken = propose_user(&lead, on(Role::JobCoach, "verdun")).await;
        assert!(matches!(taken, Err(ProposeError::User(CreateUserError::EmailTaken(_)))));
        assert_eq!(acts(&world, "decide_proposal").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_role_in_a_structure_reaches_what_the_structure_answers_for() {
    on_both(async |world| {
        let (admin, ..) = as_admin(&world).await;
        let manager = world.user(&[Role::Manager]);
        let social = structure("MDS de Verdun", StructureKind::Departmental, Side::Social, &["verdun"]);
        let social = save_structure(&manager, None, social).await.unwrap();
        let shelter = structure("Le Relais", StructureKind::Shelter, Side::Social, &[]);
        let shelter = save_structure(&manager, None, shelter).await.unwrap();
        let lead_in = async |structure: Uuid| {
            let (cookie, id) = world.session(Role::Partner, None).await;
            let new = NewRole { structure: Some(structure), ..NewRole::of(Role::TeamLead) };
            add_role(&admin, id, &new).await.unwrap();
            (cookie, id)
        };
        let (cookie, _) = lead_in(social).await;
        let reach = scope(&seen_by(&world, &cookie).await, Action::ReadPeople).unwrap();
        assert_eq!(reach.reaches(), [Reach::Territories(Some(vec!["verdun".to_owned()]))]);
        let (cookie, _) = lead_in(shelter).await;
        let ctx = seen_by(&world, &cookie).await;
        assert_eq!(scope(&ctx, Action::ReadPeople).unwrap().reaches(), [Reach::Structure(shelter)]);
        assert!(!ctx.actor.roles_in_words().contains("Relais"), "the journal does not name it");

        // Closed, it gives nothing more.
        let closed = StructureInput {
            until: Some(day("2026-11-25")),
            ..structure("Le Relais", StructureKind::Shelter, Side::Social, &[])
        };
        save_structure(&manager, Some(shelter), closed).await.unwrap();
        assert!(scope(&seen_by(&world, &cookie).await, Action::ReadPeople).is_err());
    })
    .await;
}

#[tokio::test]
async fn a_structure_is_checked_named_once_and_journalled() {
    on_both(async |world| {
        let manager = world.user(&[Role::Manager]);
        let good = || structure("CCAS de Commercy", StructureKind::TownService, Side::Social, &["verdun"]);
        let attempt = async |change: fn(&mut StructureInput)| {
            let mut input = good();
            change(&mut input);
            save_structure(&manager, None, input).await
        };
        assert!(matches!(attempt(|s| s.name = "  ".into()).await, Err(StructureError::Name)));
        assert!(matches!(attempt(|s| s.commune = "Orléans".into()).await, Err(StructureError::Commune(_))));
        assert!(matches!(
            attempt(|s| s.territories = vec!["orleans".into()]).await,
            Err(StructureError::Territory(_))
        ));
        assert!(matches!(attempt(|s| s.until = Some(day("2025-01-01"))).await, Err(StructureError::Dates)));
        let id = attempt(|s| s.commune = "commercy".into()).await.unwrap();
        assert!(matches!(
            attempt(|s| s.name = "ccas de COMMERCY".into()).await,
            Err(StructureError::Taken(_))
        ));
        let unknown = save_structure(&manager, Some(Uuid::from_u128(9)), good()).await;
        assert!(matches!(unknown, Err(StructureError::Unknown)));
        save_structure(&manager, Some(id), StructureInput { sensitive: true, ..good() }).await.unwrap();
        let all = structures(&manager).await.unwrap();
        assert_eq!((all.len(), all[0].0.sensitive, all[0].1), (1, true, 0));
        let told = acts(&world, "edit_settings").await;
        assert_eq!(
            (told.len(), &told[1]["before"]["name"], &told[1]["after"]["name"]),
            (2, &serde_json::json!("CCAS de Commercy"), &serde_json::Value::Null)
        );
        assert!(matches!(structures(&world.user(&[Role::TeamLead])).await, Err(StructureError::Refused(_))));
    })
    .await;
}

#[tokio::test]
async fn a_token_ends_is_replaced_with_a_day_of_overlap_and_revoked_at_once() {
    on_both(async |world| {
        let (admin, ..) = as_admin(&world).await;
        let new = |last: Option<&str>| NewToken {
            name: "Portail usager".to_owned(),
            scope: TokenScope::Read,
            last_day: last.map(day),
        };
        assert!(create_token(&admin, new(Some("2026-11-25"))).await.is_err());
        assert!(create_token(&admin, new(Some("2027-11-27"))).await.is_err());
        let works =
            async |word: &str| load_token(&world.app, &world.department, word).await.unwrap().is_some();
        let short = create_token(&admin, new(Some("2026-11-26"))).await.unwrap();
        let first = create_token(&admin, new(None)).await.unwrap();
        assert!(works(&short).await && works(&first).await);
        let id = list_tokens(&admin)
            .await
            .unwrap()
            .into_iter()
            .find(|one| one.expires_at > Some(world.app.clock.now() + Duration::days(2)))
            .unwrap()
            .id;
        let second = rotate_token(&admin, id).await.unwrap();
        world.wait(Duration::hours(23));
        assert!(!works(&short).await && works(&first).await && works(&second).await);
        world.wait(Duration::hours(1));
        assert!(!works(&first).await && works(&second).await);
        assert!(matches!(rotate_token(&admin, id).await, Err(TokenError::Unknown)));
        let current = list_tokens(&admin).await.unwrap()[0].id;
        revoke_token(&admin, current).await.unwrap();
        assert!(!works(&second).await);
        assert!(matches!(revoke_token(&admin, current).await, Err(TokenError::Unknown)));
        assert!(matches!(list_tokens(&world.user(&[Role::Manager])).await, Err(TokenError::Refused(_))));
        assert_eq!(
            (acts(&world, "rotate_token").await.len(), acts(&world, "revoke_token").await.len()),
            (1, 1)
        );
    })
    .await;
}
