//! The login wall: second factor, limits, sessions, confirming again, on both engines.

use app::access::{
    AddressLimiter, ChangePasswordError, Credentials, Enrolment, EnrolmentError, NewRole, NewUser,
    ProofError, RecoveryCodes, Refused, SessionActor, SignedIn, Stage, Visitor, begin_enrolment,
    change_password, choose_password, confirm_enrolment, create_user, end_my_other_sessions, end_my_session,
    enrolment, load_session, my_sessions, new_recovery_codes, pass_second_factor, permit, prove_again,
    remove_second_factor, reset_second_factor, sign_in,
};
use app::settings::{Security, SecurityError, edit_security, security};
use app::{Context, StoreError};
use chrono::Duration;
use domain::access::permission::Action;
use domain::access::role::Role;
use testkit::authenticator::code;
use testkit::world::{World, on_both};

const PASSWORD: &str = "trois canards bleus nagent sur le canal";
const NEW: &str = "sept loutres grises dorment sous le pont";
const EMAIL: &str = "nadia.pelletier@meuse.example";
const HERE: Visitor<'static> = Visitor {
    address: "203.0.113.7",
    agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
};

async fn ready(world: &World, role: Role) {
    let new =
        NewUser { email: EMAIL.to_owned(), name: "Nadia Pelletier".to_owned(), role: NewRole::of(role) };
    let token = create_user(&world.system(), new).await.unwrap().token;
    choose_password(&world.app, &world.department, &token, PASSWORD).await.unwrap();
}

async fn attempt(world: &World, email: &str, password: &str) -> Result<SignedIn, ProofError> {
    let credentials = Credentials { email, password, visitor: HERE };
    sign_in(&world.app, &world.department, &AddressLimiter::default(), credentials).await
}

async fn enter(world: &World) -> SignedIn {
    attempt(world, EMAIL, PASSWORD).await.unwrap()
}

async fn load(world: &World, signed_in: &SignedIn) -> Option<SessionActor> {
    load_session(&world.app, &world.department, signed_in.token.as_str()).await.unwrap()
}

async fn open(world: &World, signed_in: &SignedIn) -> (Context, SessionActor) {
    let session = load(world, signed_in).await.unwrap();
    (world.app.context(&world.department, session.actor.clone()), session)
}

async fn pass(world: &World, half: &SignedIn, typed: &str) -> Result<SignedIn, ProofError> {
    let session = load(world, half).await.unwrap();
    let limiter = AddressLimiter::default();
    pass_second_factor(&world.app, &world.department, &limiter, &session, typed, HERE).await
}

/// The key that the page shows once the second factor is begun.
async fn key(world: &World, signed_in: &SignedIn) -> String {
    let (ctx, session) = open(world, signed_in).await;
    begin_enrolment(&ctx, &session).await.unwrap();
    match enrolment(&ctx, &session).await.unwrap() {
        Enrolment::Begun(read) => read.typed,
        other => panic!("{other:?}"),
    }
}

async fn confirm(
    world: &World,
    signed_in: &SignedIn,
    typed: &str,
) -> Result<(SignedIn, RecoveryCodes), EnrolmentError> {
    let session = load(world, signed_in).await.unwrap();
    confirm_enrolment(&world.app, &world.department, &session, typed).await
}

/// Sets a second factor up: the key, the codes, and the session that did it.
async fn enrolled(world: &World, signed_in: &SignedIn) -> (String, RecoveryCodes, SignedIn) {
    let key = key(world, signed_in).await;
    let (opened, codes) = confirm(world, signed_in, &code(&key, world.app.clock.now())).await.unwrap();
    world.wait(Duration::minutes(1));
    (key, codes, opened)
}

async fn acts(world: &World) -> Vec<String> {
    let filter = store::audit::JournalFilter { limit: 500, ..Default::default() };
    let lines = app::audit::page(&world.system(), &filter).await.unwrap();
    lines.into_iter().rev().map(|line| line.row.act).collect()
}

async fn count(world: &World, act: &str) -> usize {
    acts(world).await.iter().filter(|one| *one == act).count()
}

#[tokio::test]
async fn a_code_is_asked_after_the_password_and_serves_once() {
    on_both(async |world| {
        ready(&world, Role::Operator).await;
        let first = enter(&world).await;
        assert_eq!(first.stage, Stage::Full);
        let other = enter(&world).await;
        let (key, codes, opened) = enrolled(&world, &first).await;
        assert!(load(&world, &first).await.is_none(), "another cookie");
        assert!(load(&world, &other).await.is_none(), "the other sessions end");
        assert_eq!(load(&world, &opened).await.unwrap().stage, Stage::Full);
        assert_eq!(codes.0.len(), 10);

        let half = enter(&world).await;
        assert_eq!(half.stage, Stage::SecondFactor);
        let (ctx, session) = open(&world, &half).await;
        assert!(session.actor.roles.is_empty(), "it holds no role");
        assert_eq!(permit(&ctx, Action::ReadPeople), Err(Refused::Forbidden));
        let now = code(&key, world.app.clock.now());
        assert!(matches!(pass(&world, &half, "000000").await, Err(ProofError::Wrong)));
        let full = pass(&world, &half, &now).await.unwrap();
        assert_eq!(load(&world, &full).await.unwrap().actor.roles_in_words(), "operator");
        assert!(load(&world, &half).await.is_none(), "another cookie");

        let again = enter(&world).await;
        assert!(matches!(pass(&world, &again, &now).await, Err(ProofError::Wrong)), "used");
        let earlier = code(&key, world.app.clock.now() - Duration::seconds(30));
        assert!(matches!(pass(&world, &again, &earlier).await, Err(ProofError::Wrong)), "before one used");
        let later = code(&key, world.app.clock.now() + Duration::seconds(30));
        pass(&world, &again, &later).await.unwrap();
        assert_eq!(count(&world, "proof_failed").await, 3);
        assert_eq!(count(&world, "enrol_second_factor").await, 1);
        world.wait(Duration::minutes(15));
        assert!(load(&world, &enter(&world).await).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_recovery_code_serves_once_and_new_ones_replace_the_old() {
    on_both(async |world| {
        ready(&world, Role::Operator).await;
        let (_, codes, opened) = enrolled(&world, &enter(&world).await).await;
        let half = enter(&world).await;
        let shouted = codes.0[3].to_uppercase().replace('-', " ");
        pass(&world, &half, &shouted).await.unwrap();
        let half = enter(&world).await;
        assert!(matches!(pass(&world, &half, &codes.0[3]).await, Err(ProofError::Wrong)));
        let (ctx, session) = open(&world, &opened).await;
        let Enrolment::Confirmed { codes_left, .. } = enrolment(&ctx, &session).await.unwrap() else {
            panic!("it counts");
        };
        assert_eq!(codes_left, 9);
        let new = new_recovery_codes(&ctx, &session).await.unwrap();
        assert!(matches!(pass(&world, &half, &codes.0[4]).await, Err(ProofError::Wrong)));
        pass(&world, &half, &new.0[0]).await.unwrap();
        let kept = store::access::second_factor::of(&world.department.db, session.account_id).await.unwrap();
        assert!(!format!("{kept:?}").contains(&new.0[1]), "shown once, kept as a hash");
    })
    .await;
}

#[tokio::test]
async fn half_a_session_lasts_a_quarter_of_an_hour() {
    on_both(async |world| {
        ready(&world, Role::Operator).await;
        enrolled(&world, &enter(&world).await).await;
        let half = enter(&world).await;
        world.wait(Duration::minutes(14));
        assert!(load(&world, &half).await.is_some());
        world.wait(Duration::minutes(1));
        assert!(load(&world, &half).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_role_of_the_list_sets_a_second_factor_up_before_anything_else() {
    on_both(async |world| {
        ready(&world, Role::Manager).await;
        let led = enter(&world).await;
        assert_eq!(led.stage, Stage::Enrol);
        let (ctx, session) = open(&world, &led).await;
        assert!(session.actor.roles.is_empty());
        assert_eq!(permit(&ctx, Action::EditSettings), Err(Refused::Forbidden));
        let key = key(&world, &led).await;
        assert!(matches!(confirm(&world, &led, "123456").await, Err(EnrolmentError::Code)));
        let (opened, _) = confirm(&world, &led, &code(&key, world.app.clock.now())).await.unwrap();
        let (ctx, session) = open(&world, &opened).await;
        assert_eq!(session.actor.roles_in_words(), "manager");
        assert!(matches!(remove_second_factor(&ctx, &session).await, Err(EnrolmentError::Mandatory)));
        assert!(matches!(begin_enrolment(&ctx, &session).await, Err(EnrolmentError::Already)));

        let now = security(&ctx).await.unwrap();
        assert_eq!(now.second_factor, [Role::Manager, Role::Admin, Role::Dpo, Role::TeamLead]);
        edit_security(&ctx, &Security { second_factor: vec![Role::Admin], ..now }).await.unwrap();
        remove_second_factor(&ctx, &session).await.unwrap();
        assert_eq!(enter(&world).await.stage, Stage::Full);
        assert_eq!(count(&world, "edit_settings").await, 1, "only what changed is written");
    })
    .await;
}

#[tokio::test]
async fn an_administrator_resets_a_lost_second_factor_but_not_their_own() {
    on_both(async |world| {
        ready(&world, Role::Operator).await;
        let (_, _, opened) = enrolled(&world, &enter(&world).await).await;
        let id = load(&world, &opened).await.unwrap().account_id;
        let operator = world.user(&[Role::Operator]);
        assert!(matches!(reset_second_factor(&operator, id).await, Err(EnrolmentError::Refused(_))));
        let mut own = world.user(&[Role::Admin]);
        own.actor.id = Some(id);
        assert!(matches!(reset_second_factor(&own, id).await, Err(EnrolmentError::Oneself)));
        reset_second_factor(&world.user(&[Role::Admin]), id).await.unwrap();
        assert!(load(&world, &opened).await.is_none(), "their sessions end");
        assert_eq!(enter(&world).await.stage, Stage::Full);
        assert_eq!(count(&world, "remove_second_factor").await, 1);
    })
    .await;
}

#[tokio::test]
async fn failures_are_counted_in_the_database_written_down_and_give_one_try_a_minute() {
    on_both(async |world| {
        ready(&world, Role::Operator).await;
        for email in [EMAIL, "personne@meuse.example"] {
            for _ in 0..10 {
                // Each time another server, or the same after a restart.
                let refused = attempt(&world, email, "canard").await.unwrap_err();
                assert_eq!(refused.to_string(), "Adresse électronique ou mot de passe incorrect.");
            }
            let refused = attempt(&world, email, PASSWORD).await.unwrap_err();
            assert!(matches!(refused, ProofError::TooMany { wait_seconds: 60 }), "{email}: {refused:?}");
        }
        assert_eq!((count(&world, "sign_in_failed").await, count(&world, "lock_sign_in").await), (20, 2));
        let filter = store::audit::JournalFilter { limit: 500, ..Default::default() };
        let told = format!("{:?}", app::audit::page(&world.system(), &filter).await.unwrap());
        assert!(!told.contains("personne@meuse"), "what was typed is not kept");
        assert!(!told.contains("canard"));
        world.wait(Duration::minutes(1));
        enter(&world).await;
        enter(&world).await;
    })
    .await;
}

#[tokio::test]
async fn wrong_codes_wait_too() {
    on_both(async |world| {
        ready(&world, Role::Operator).await;
        let (key, ..) = enrolled(&world, &enter(&world).await).await;
        let half = enter(&world).await;
        for _ in 0..5 {
            assert!(matches!(pass(&world, &half, "123456").await, Err(ProofError::Wrong)));
        }
        let right = code(&key, world.app.clock.now());
        assert!(matches!(pass(&world, &half, &right).await, Err(ProofError::TooMany { .. })));
        world.wait(Duration::minutes(5));
        let right = code(&key, world.app.clock.now());
        pass(&world, &half, &right).await.unwrap();
        assert_eq!(count(&world, "lock_sign_in").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_database_that_does_not_answer_lets_nobody_in() {
    on_both(async |world| {
        ready(&world, Role::Operator).await;
        world.department.db.clone().close().await.unwrap();
        for (email, password) in [(EMAIL, PASSWORD), (EMAIL, "canard"), ("personne@x.example", "x")] {
            let refused = attempt(&world, email, password).await.unwrap_err();
            assert!(matches!(refused, ProofError::Store(StoreError::Unreachable(_))), "{email}: {refused:?}");
        }
    })
    .await;
}

/// Thirty wrong passwords for an account that exists and thirty for one that does not, one after the other. The hash
/// makes almost all of the time: without it an absent account would answer many times sooner.
#[tokio::test]
async fn an_absent_account_takes_the_same_time() {
    on_both(async |world| {
        ready(&world, Role::Operator).await;
        let (mut known, mut absent) = (Vec::new(), Vec::new());
        for _ in 0..30 {
            for (email, times) in [(EMAIL, &mut known), ("personne@meuse.example", &mut absent)] {
                let start = std::time::Instant::now();
                let refused = attempt(&world, email, "canard").await;
                times.push(start.elapsed());
                assert!(matches!(refused, Err(ProofError::Wrong)));
            }
            world.wait(Duration::minutes(1));
        }
        known.sort();
        absent.sort();
        let ratio = absent[15].as_secs_f64() / known[15].as_secs_f64();
        println!("known {:?}, absent {:?}, ratio {ratio:.2}", known[15], absent[15]);
        assert!((0.6..1.6).contains(&ratio), "absent {:?}, known {:?}", absent[15], known[15]);
    })
    .await;
}

#[tokio::test]
async fn ones_sessions_are_told_in_words_and_end_one_by_one_or_together() {
    on_both(async |world| {
        ready(&world, Role::Operator).await;
        let first = enter(&world).await;
        world.wait(Duration::minutes(2));
        let (second, third) = (enter(&world).await, enter(&world).await);
        let (ctx, session) = open(&world, &second).await;
        let lines = my_sessions(&ctx, &session).await.unwrap();
        assert_eq!(lines.len(), 3);
        assert_eq!(lines.iter().map(|line| line.current).collect::<Vec<_>>(), [true, false, false]);
        assert_eq!(
            (lines[0].device.as_str(), lines[0].address.as_str()),
            ("Firefox sur Windows", "203.0.113.0/24")
        );
        assert!(!end_my_session(&ctx, &session, &lines[0].name).await.unwrap(), "not the present one");
        assert!(!end_my_session(&ctx, &session, "inconnue").await.unwrap());
        let oldest = lines.iter().min_by_key(|line| line.since).unwrap();
        assert!(end_my_session(&ctx, &session, &oldest.name).await.unwrap());
        assert!(load(&world, &first).await.is_none() && load(&world, &third).await.is_some());
        assert_eq!(end_my_other_sessions(&ctx, &session).await.unwrap(), 1);
        assert!(load(&world, &third).await.is_none() && load(&world, &second).await.is_some());
        assert_eq!(count(&world, "revoke_session").await, 2);

        let other = NewUser {
            email: "autre@meuse.example".to_owned(),
            name: "Autre Personne".to_owned(),
            role: NewRole::of(Role::Operator),
        };
        let token = create_user(&world.system(), other).await.unwrap().token;
        choose_password(&world.app, &world.department, &token, PASSWORD).await.unwrap();
        let stranger = attempt(&world, "autre@meuse.example", PASSWORD).await.unwrap();
        let (theirs, their_session) = open(&world, &stranger).await;
        assert!(!end_my_session(&theirs, &their_session, &lines[0].name).await.unwrap(), "not another's");
        assert_eq!(end_my_other_sessions(&theirs, &their_session).await.unwrap(), 0);
        assert!(load(&world, &second).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_changed_password_asks_the_present_one_and_ends_the_other_sessions() {
    on_both(async |world| {
        ready(&world, Role::Operator).await;
        let (mine, other) = (enter(&world).await, enter(&world).await);
        let session = load(&world, &mine).await.unwrap();
        let change = async |current: &str, new: &str| {
            change_password(&world.app, &world.department, &session, current, new).await
        };
        assert!(matches!(change("canard", NEW).await, Err(ChangePasswordError::Current)));
        assert!(matches!(change(PASSWORD, "canard").await, Err(ChangePasswordError::New(_))));
        assert!(matches!(
            change(PASSWORD, "Nadia-la-pie-vole-7-fois").await,
            Err(ChangePasswordError::New(_))
        ));
        assert!(matches!(change(PASSWORD, PASSWORD).await, Err(ChangePasswordError::Same)));
        let renewed = change(PASSWORD, NEW).await.unwrap();
        let after = load(&world, &renewed).await.unwrap();
        assert_eq!(after.csrf, session.csrf, "open forms stay good");
        assert!(load(&world, &mine).await.is_none() && load(&world, &other).await.is_none());
        assert!(attempt(&world, EMAIL, PASSWORD).await.is_err());
        attempt(&world, EMAIL, NEW).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_proof_is_recent_for_ten_minutes_and_given_again_by_password_or_code() {
    on_both(async |world| {
        ready(&world, Role::Operator).await;
        let first = enter(&world).await;
        assert!(load(&world, &first).await.unwrap().proved_lately);
        world.wait(Duration::minutes(10));
        let session = load(&world, &first).await.unwrap();
        assert!(!session.proved_lately);
        let limiter = AddressLimiter::default();
        let prove = async |session: &SessionActor, typed: &str| {
            prove_again(&world.app, &world.department, &limiter, session, typed, HERE).await
        };
        assert!(matches!(prove(&session, "123456").await, Err(ProofError::Wrong)));
        assert!(matches!(prove(&session, "canard").await, Err(ProofError::Wrong)));
        let renewed = prove(&session, PASSWORD).await.unwrap();
        let after = load(&world, &renewed).await.unwrap();
        assert!(after.proved_lately && after.csrf == session.csrf);
        assert!(load(&world, &first).await.is_none(), "another cookie");

        let (key, codes, opened) = enrolled(&world, &renewed).await;
        world.wait(Duration::minutes(10));
        let session = load(&world, &opened).await.unwrap();
        assert!(matches!(prove(&session, &codes.0[0]).await, Err(ProofError::Wrong)), "kept for the door");
        let opened = prove(&session, &code(&key, world.app.clock.now())).await.unwrap();
        assert!(load(&world, &opened).await.unwrap().proved_lately);
        assert_eq!((count(&world, "prove_again").await, count(&world, "proof_failed").await), (2, 3));
    })
    .await;
}

#[tokio::test]
async fn the_rules_of_sessions_are_dated_bounded_and_stricter_for_an_administrator() {
    on_both(async |world| {
        ready(&world, Role::Admin).await;
        let ctx = world.system();
        let now = security(&ctx).await.unwrap();
        assert_eq!((now.idle_minutes, now.admin_idle_minutes, now.longest_hours), (30, 15, 12));
        let change = async |new: Security| edit_security(&ctx, &new).await;
        let none = Security { second_factor: Vec::new(), ..now };
        assert!(matches!(
            change(Security { idle_minutes: 4, ..none.clone() }).await,
            Err(SecurityError::Idle)
        ));
        assert!(matches!(
            change(Security { admin_idle_minutes: 481, ..none.clone() }).await,
            Err(SecurityError::AdminIdle)
        ));
        assert!(matches!(
            change(Security { longest_hours: 25, ..none.clone() }).await,
            Err(SecurityError::Longest)
        ));
        let lead = world.user(&[Role::TeamLead]);
        assert!(matches!(edit_security(&lead, &none).await, Err(SecurityError::Refused(_))));
        change(none.clone()).await.unwrap();
        let opened = enter(&world).await;
        world.wait(Duration::minutes(14));
        assert!(load(&world, &opened).await.is_some());
        world.wait(Duration::minutes(15));
        assert!(load(&world, &opened).await.is_none());
        change(Security { admin_idle_minutes: 60, idle_minutes: 45, ..none }).await.unwrap();
        let opened = enter(&world).await;
        world.wait(Duration::minutes(44));
        assert!(load(&world, &opened).await.is_some(), "the shorter of the two");
    })
    .await;
}

#[tokio::test]
async fn a_cheap_hash_is_made_again_at_the_first_sign_in() {
    use argon2::password_hash::PasswordHasher as _;
    use argon2::{Algorithm, Argon2, Params, Version};
    on_both(async |world| {
        ready(&world, Role::Operator).await;
        let cheap = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8_192, 1, 1, None).unwrap());
        let hash: argon2::password_hash::phc::PasswordHash =
            cheap.hash_password(PASSWORD.as_bytes()).unwrap();
        let db = &world.department.db;
        let account = store::access::account::by_email(db, EMAIL).await.unwrap().unwrap();
        let tx = db.begin().await.unwrap();
        store::access::account::set_password(&tx, account.id, hash.to_string()).await.unwrap();
        tx.commit().await.unwrap();
        enter(&world).await;
        let kept =
            store::access::account::by_id(db, account.id).await.unwrap().unwrap().password_hash.unwrap();
        assert!(kept.contains("m=19456,t=2"), "{kept}");
        enter(&world).await;
    })
    .await;
}
