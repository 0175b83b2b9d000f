//! Accounts, sessions, tokens and reasons, on both engines.

use app::access::{
    AddressLimiter, ChoosePasswordError, CreateUserError, Credentials, NewRole, NewToken, NewUser,
    ProofError, Refused, RoleError, TokenScope, Visitor, choose_password, create_token, create_user,
    demo_accounts, give_reason, invite_again, invited, list_users, load_session, load_token, permit, scope,
    sign_in, sign_in_demo, sign_out,
};
use chrono::Duration;
use domain::access::permission::Action;
use domain::access::role::Role;
use domain::access::scope::Reach;
use store::access::account::{self, Account, AccountRole};
use uuid::Uuid;

use testkit::world::{World, on_both};

const PASSWORD: &str = "trois canards bleus nagent sur le canal";

fn operator() -> NewUser {
    NewUser {
        email: "Nadia.Pelletier@Meuse.example".to_owned(),
        name: " Nadia  Pelletier".to_owned(),
        role: NewRole::of(Role::Operator).on(Some("verdun".to_owned())),
    }
}

fn token(name: &str, last_day: Option<&str>) -> NewToken {
    let last_day = last_day.map(|day| day.parse().unwrap());
    NewToken { name: name.to_owned(), scope: TokenScope::Read, last_day }
}

async fn invite(world: &World, new: NewUser) -> String {
    create_user(&world.system(), new).await.unwrap().token
}

async fn ready(world: &World) {
    let token = invite(world, operator()).await;
    choose_password(&world.app, &world.department, &token, PASSWORD).await.unwrap();
}

const HERE: Visitor<'static> = Visitor { address: "192.0.2.1", agent: "" };

async fn enter(world: &World, email: &str, password: &str) -> Result<String, ProofError> {
    let credentials = Credentials { email, password, visitor: HERE };
    let signed_in = sign_in(&world.app, &world.department, &AddressLimiter::default(), credentials).await?;
    Ok(signed_in.token.as_str().to_owned())
}

/// The département asks nobody for a second factor.
async fn no_second_factor(world: &World) {
    let now = app::settings::security(&world.system()).await.unwrap();
    let new = app::settings::Security { second_factor: Vec::new(), ..now };
    app::settings::edit_security(&world.system(), &new).await.unwrap();
}

async fn acts(world: &World) -> Vec<String> {
    let lines = app::audit::page(&world.system(), &store::audit::JournalFilter::default()).await.unwrap();
    lines.into_iter().rev().map(|line| line.row.act).collect()
}

#[tokio::test]
async fn an_invited_operator_chooses_a_password_signs_in_works_and_signs_out() {
    on_both(async |world| {
        let token = invite(&world, operator()).await;
        let who = invited(&world.app, &world.department, &token).await.unwrap().unwrap();
        assert_eq!(
            (who.email.as_str(), who.name.as_str()),
            ("nadia.pelletier@meuse.example", "Nadia Pelletier")
        );
        assert!(enter(&world, &who.email, PASSWORD).await.is_err());
        choose_password(&world.app, &world.department, &token, PASSWORD).await.unwrap();

        let cookie = enter(&world, "nadia.pelletier@MEUSE.example ", PASSWORD).await.unwrap();
        let seen = load_session(&world.app, &world.department, &cookie).await.unwrap().unwrap();
        assert_eq!(seen.actor.roles_in_words(), "operator verdun");
        assert_eq!(seen.csrf.len(), 43);
        let ctx = world.app.context(&world.department, seen.actor.clone());
        let queue = scope(&ctx, Action::ReadPeople).unwrap();
        assert_eq!(queue.reaches(), [Reach::Queue(Some(vec!["verdun".to_owned()]))]);

        sign_out(&ctx, &seen.session).await.unwrap();
        assert!(load_session(&world.app, &world.department, &cookie).await.unwrap().is_none());
        assert_eq!(
            acts(&world).await,
            ["create_user", "sign_in_failed", "set_password", "sign_in", "sign_out"]
        );
        assert_eq!(app::audit::verify(&world.system()).await.unwrap().fault, None);
    })
    .await;
}

#[tokio::test]
async fn a_link_works_once_for_seven_days_and_the_next_one_replaces_it() {
    on_both(async |world| {
        let first = invite(&world, operator()).await;
        let second = invite_again(&world.system(), "nadia.pelletier@meuse.example").await.unwrap().token;
        let choose = async |token: &str, password: &str| {
            choose_password(&world.app, &world.department, token, password).await
        };
        assert!(matches!(choose(&first, PASSWORD).await, Err(ChoosePasswordError::Link)));
        assert!(matches!(choose(&second, "Motdepasse2026").await, Err(ChoosePasswordError::Password(_))));
        choose(&second, PASSWORD).await.unwrap();
        assert!(matches!(choose(&second, PASSWORD).await, Err(ChoosePasswordError::Link)));
        let third = invite_again(&world.system(), "nadia.pelletier@meuse.example").await.unwrap().token;
        world.wait(Duration::days(7));
        assert!(matches!(choose(&third, PASSWORD).await, Err(ChoosePasswordError::Link)));
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_the_sessions_of_the_old_one() {
    on_both(async |world| {
        ready(&world).await;
        let cookie = enter(&world, "nadia.pelletier@meuse.example", PASSWORD).await.unwrap();
        let token = invite_again(&world.system(), "nadia.pelletier@meuse.example").await.unwrap().token;
        choose_password(
            &world.app,
            &world.department,
            &token,
            "quatre hérons gris pêchent près du vieux barrage",
        )
        .await
        .unwrap();
        assert!(load_session(&world.app, &world.department, &cookie).await.unwrap().is_none());
        assert!(enter(&world, "nadia.pelletier@meuse.example", PASSWORD).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_opened_is_refused_in_plain_words() {
    on_both(async |world| {
        let attempt = async |change: fn(&mut NewUser)| {
            let mut new = operator();
            change(&mut new);
            create_user(&world.system(), new).await
        };
        assert!(matches!(attempt(|n| n.email = "nadia".into()).await, Err(CreateUserError::Email(_))));
        assert!(matches!(attempt(|n| n.name = " ".into()).await, Err(CreateUserError::Name)));
        assert!(matches!(
            attempt(|n| n.role.role = Role::Person).await,
            Err(CreateUserError::Role(RoleError::PersonRole))
        ));
        let elsewhere = attempt(|n| n.role.territory = Some("orleans".into())).await;
        assert!(matches!(elsewhere, Err(CreateUserError::Role(RoleError::Territory(_)))));
        attempt(|_| ()).await.unwrap();
        assert!(matches!(attempt(|_| ()).await, Err(CreateUserError::EmailTaken(_))));
        let lead = world.user(&[Role::TeamLead]);
        assert!(matches!(create_user(&lead, operator()).await, Err(CreateUserError::Refused(_))));
        assert_eq!(acts(&world).await, ["create_user"]);
        let users = list_users(&world.user(&[Role::Admin])).await.unwrap();
        assert_eq!((users.len(), users[0].roles[0].role, users[0].has_password), (1, Role::Operator, false));
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_after_half_an_hour_without_use_and_after_twelve_hours_in_any_case() {
    on_both(async |world| {
        ready(&world).await;
        let alive =
            async |cookie: &str| load_session(&world.app, &world.department, cookie).await.unwrap().is_some();
        let idle = enter(&world, "nadia.pelletier@meuse.example", PASSWORD).await.unwrap();
        let used = enter(&world, "nadia.pelletier@meuse.example", PASSWORD).await.unwrap();
        for _ in 0..24 {
            world.wait(Duration::minutes(29));
            assert!(alive(&used).await);
        }
        assert!(!alive(&idle).await);
        world.wait(Duration::minutes(23));
        assert!(alive(&used).await);
        world.wait(Duration::minutes(1));
        assert!(!alive(&used).await, "12 hours after it began");
    })
    .await;
}

#[tokio::test]
async fn a_manager_writes_a_reason_that_holds_half_an_hour_and_stays_in_the_journal() {
    on_both(async |world| {
        no_second_factor(&world).await;
        let new = NewUser { role: NewRole::of(Role::Manager), ..operator() };
        let token = invite(&world, new).await;
        choose_password(&world.app, &world.department, &token, PASSWORD).await.unwrap();
        let cookie = enter(&world, "nadia.pelletier@meuse.example", PASSWORD).await.unwrap();
        let load = async || load_session(&world.app, &world.department, &cookie).await.unwrap().unwrap();
        let seen = load().await;
        let ctx = world.app.context(&world.department, seen.actor);
        assert_eq!(permit(&ctx, Action::ReadPeople), Err(Refused::ReasonNeeded));
        assert!(give_reason(&ctx, &seen.session, "  un   motif ").await.is_err());
        give_reason(&ctx, &seen.session, "Réponse au médiateur, courrier du 12").await.unwrap();
        let ctx = world.app.context(&world.department, load().await.actor);
        assert!(scope(&ctx, Action::ReadPeople).unwrap().is_everything());
        world.wait(Duration::minutes(29));
        assert!(load().await.actor.reason.is_some());
        world.wait(Duration::minutes(1));
        let ctx = world.app.context(&world.department, load().await.actor);
        assert_eq!(permit(&ctx, Action::ReadPeople), Err(Refused::ReasonNeeded));
        let filter =
            store::audit::JournalFilter { act: Some("give_reason".to_owned()), ..Default::default() };
        let lines = app::audit::page(&world.system(), &filter).await.unwrap();
        assert_eq!(lines[0].row.reason.as_deref(), Some("Réponse au médiateur, courrier du 12"));
    })
    .await;
}

#[tokio::test]
async fn a_role_counts_between_its_dates_only() {
    on_both(async |world| {
        ready(&world).await;
        let cookie = enter(&world, "nadia.pelletier@meuse.example", PASSWORD).await.unwrap();
        let load = async || load_session(&world.app, &world.department, &cookie).await.unwrap().unwrap();
        let id = load().await.account_id;
        let role = |role: &str, since: &str, until: &str| AccountRole {
            id: world.app.ids.make(),
            account_id: id,
            role: role.to_owned(),
            territory: None,
            structure: None,
            since: since.parse().unwrap(),
            until: Some(until.parse().unwrap()),
        };
        let tx = world.department.db.begin().await.unwrap();
        let roles = vec![
            role("admin", "2026-01-01", "2026-11-25"),
            role("dpo", "2026-11-26", "2026-11-26"),
            role("manager", "2026-11-27", "2026-12-31"),
        ];
        account::add_roles(&tx, roles).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(load().await.actor.roles_in_words(), "operator verdun, dpo");
    })
    .await;
}

#[tokio::test]
async fn a_token_is_shown_once_works_until_revoked_and_imports_only_when_it_may_write() {
    on_both(async |world| {
        let token = create_token(&world.system(), token("Portail usager", None)).await.unwrap();
        let load = async |word: &str| load_token(&world.app, &world.department, word).await.unwrap();
        let actor = load(&token).await.unwrap();
        assert_eq!((actor.name.as_str(), actor.roles_in_words().as_str()), ("Portail usager", "token:read"));
        assert!(load("declic_inconnu").await.is_none());
        assert!(load(&token["declic_".len()..]).await.is_none());
        let ctx = world.app.context(&world.department, actor.clone());
        assert!(scope(&ctx, Action::ReadPeople).unwrap().is_everything());
        assert_eq!(permit(&ctx, Action::ImportFile), Err(Refused::Forbidden));
        let kept = &store::access::token::all(&world.department.db).await.unwrap()[0];
        assert_eq!(kept.last_used_at, Some(world.app.clock.now()));
        let tx = world.department.db.begin().await.unwrap();
        assert!(store::access::token::revoke(&tx, actor.id.unwrap(), world.app.clock.now()).await.unwrap());
        tx.commit().await.unwrap();
        assert!(load(&token).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn demo_accounts_open_in_the_demo_and_nowhere_else() {
    on_both(async |world| {
        let id = Uuid::from_u128(0xDE);
        let tx = world.department.db.begin().await.unwrap();
        let row = Account {
            id,
            email: "operator@55.demo.test".to_owned(),
            name: "Odile Perrin".to_owned(),
            password_hash: None,
            demo: true,
            created_at: world.app.clock.now(),
            disabled_at: None,
        };
        account::insert(&tx, row).await.unwrap();
        tx.commit().await.unwrap();
        assert!(enter(&world, "operator@55.demo.test", "demo").await.is_err());
        assert!(sign_in_demo(&world.app, &world.department, "operator@55.demo.test", HERE).await.is_err());
        assert!(demo_accounts(&world.app, &world.department).await.unwrap().is_empty());
        let demo = world.in_demo();
        enter(&demo, "operator@55.demo.test", "demo").await.unwrap();
        assert!(enter(&demo, "operator@55.demo.test", "autre").await.is_err());
        sign_in_demo(&demo.app, &demo.department, "operator@55.demo.test", HERE).await.unwrap();
        assert_eq!(demo_accounts(&demo.app, &demo.department).await.unwrap().len(), 1);
    })
    .await;
}
