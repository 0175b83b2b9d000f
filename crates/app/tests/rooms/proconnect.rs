//! Signing in by an OpenID provider: a real one, and what must not get in.

use app::access::proconnect::{
    Leaving, ProConnectError, Provider, ProviderSettings, Return, begin, finish, sign_out_everywhere,
};
use app::access::{NewRole, NewUser, Stage, Visitor, create_user, load_session};
use chrono::Duration;
use domain::access::role::Role;
use store::audit::JournalFilter;
use testkit::oidc;
use testkit::world::{World, on_both};

const BASE: &str = "http://127.0.0.1:9";
const VISITOR: Visitor<'static> = Visitor { address: "192.0.2.1", agent: "" };
const EMAIL: &str = "nadia.pelletier@meuse.example";

fn settings(issuer: &str, client: &str) -> ProviderSettings {
    ProviderSettings {
        issuer: issuer.to_owned(),
        client_id: client.to_owned(),
        client_secret: oidc::SECRET.to_owned(),
        public_url: BASE.to_owned(),
    }
}

/// The département, served with this provider.
fn with_provider(mut world: World, issuer: &str, client: &str) -> World {
    let provider = Provider::new(settings(issuer, client), world.app.clock.clone()).unwrap();
    world.app = world.app.with_provider(provider);
    world
}

async fn account(world: &World, email: &str) {
    let new = NewUser {
        email: email.to_owned(),
        name: "Nadia Essai".to_owned(),
        role: NewRole::of(Role::Operator),
    };
    create_user(&world.system(), new).await.unwrap();
}

fn part(address: &str, name: &str) -> String {
    let pairs = address.split_once('?').map(|(_, query)| query).unwrap_or_default().split('&');
    pairs
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, v)| v.to_owned())
        .unwrap_or_default()
}

/// One whole way: the session's cookie and where to go, or why not. `change` is what an attacker does to the return.
async fn come(
    world: &World,
    email: &str,
    change: impl Fn(&mut String, &mut String, &mut String),
) -> Result<(String, String), ProConnectError> {
    let begun = begin(&world.app, &world.department, "/55/orientation", VISITOR).await?;
    let back = oidc::walk(&begun.address, email).unwrap();
    assert!(back.starts_with(&format!("{BASE}/55/proconnect/retour?")), "{back}");
    let (mut cookie, mut code, mut state) = (begun.cookie, part(&back, "code"), part(&back, "state"));
    change(&mut cookie, &mut code, &mut state);
    let back = Return { cookie: &cookie, code: &code, state: &state };
    let (signed_in, next) = finish(&world.app, &world.department, back, VISITOR).await?;
    Ok((signed_in.token.as_str().to_owned(), next))
}

fn nothing(_: &mut String, _: &mut String, _: &mut String) {}

async fn journal(world: &World) -> Vec<(String, serde_json::Value)> {
    let lines = app::audit::page(&world.system(), &JournalFilter::default()).await.unwrap();
    lines.into_iter().rev().map(|line| (line.row.act, line.row.detail)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_known_to_the_provider_and_to_the_departement_enters_and_leaves_both() {
    let provider = oidc::Provider::start(&format!("{BASE}/55")).unwrap();
    on_both(async |world| {
        let world = with_provider(world, &provider.url, oidc::CLIENT);
        account(&world, EMAIL).await;
        let (cookie, next) = come(&world, EMAIL, nothing).await.unwrap();
        assert_eq!(next, "/55/orientation");
        let session = load_session(&world.app, &world.department, &cookie).await.unwrap().unwrap();
        assert_eq!((session.email.as_str(), session.actor.roles.len()), (EMAIL, 1));

        // The second time the link is there already.
        come(&world, EMAIL, nothing).await.unwrap();
        let journal = journal(&world).await;
        assert_eq!(journal.iter().filter(|(act, _)| act == "link_identity").count(), 1);
        assert_eq!(
            journal.iter().filter(|(act, how)| act == "sign_in" && how["how"] == "proconnect").count(),
            2
        );

        let ctx = world.app.context(&world.department, session.actor.clone());
        let Leaving::Provider(address) = sign_out_everywhere(&ctx, &session.session).await.unwrap() else {
            panic!("the provider's session goes on")
        };
        assert!(address.starts_with(&format!("{}/session/end?id_token_hint=", provider.url)), "{address}");
        assert!(load_session(&world.app, &world.department, &cookie).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_no_open_account_here_is_told_so_and_nothing_is_made() {
    let provider = oidc::Provider::start(&format!("{BASE}/55")).unwrap();
    on_both(async |world| {
        let world = with_provider(world, &provider.url, oidc::CLIENT);
        let refused = come(&world, "someone@elsewhere.example", nothing).await.unwrap_err();
        assert!(matches!(refused, ProConnectError::NoAccount), "{refused}");
        assert_eq!(journal(&world).await.iter().filter(|(act, _)| act == "sign_in").count(), 0);
        let gave_up = come(&world, "", nothing).await.unwrap_err();
        assert!(matches!(gave_up, ProConnectError::Interrupted), "{gave_up}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_that_is_not_this_browser_s_this_attempt_s_or_signed_opens_nothing() {
    let provider = oidc::Provider::start(&format!("{BASE}/55")).unwrap();
    on_both(async |world| {
        let mut world = with_provider(world, &provider.url, oidc::CLIENT);
        account(&world, EMAIL).await;
        // Another state, no cookie, a cookie of another attempt (its nonce and its half of PKCE are not those of the code).
        let other = begin(&world.app, &world.department, "", VISITOR).await.unwrap();
        let other_state = part(&other.address, "state");
        let refused = come(&world, EMAIL, |_, _, state| state.push('x')).await.unwrap_err();
        assert!(matches!(refused, ProConnectError::Expired), "{refused}");
        let refused = come(&world, EMAIL, |cookie, _, _| cookie.clear()).await.unwrap_err();
        assert!(matches!(refused, ProConnectError::Expired), "{refused}");
        let refused = come(&world, EMAIL, |cookie, _, state| {
            cookie.clone_from(&other.cookie);
            state.clone_from(&other_state);
        });
        let refused = refused.await.unwrap_err();
        assert!(matches!(refused, ProConnectError::Untrusted(_)), "{refused}");
        let refused = come(&world, EMAIL, |_, code, _| *code = "made-up".to_owned()).await.unwrap_err();
        assert!(matches!(refused, ProConnectError::Untrusted(_)), "{refused}");

        // The same return twice: the provider gives nothing for a code that was used.
        let begun = begin(&world.app, &world.department, "", VISITOR).await.unwrap();
        let back = oidc::walk(&begun.address, EMAIL).unwrap();
        let (code, state) = (part(&back, "code"), part(&back, "state"));
        let back = Return { cookie: &begun.cookie, code: &code, state: &state };
        finish(&world.app, &world.department, back, VISITOR).await.unwrap();
        let refused = finish(&world.app, &world.department, back, VISITOR).await.unwrap_err();
        assert!(matches!(refused, ProConnectError::Untrusted(_)), "{refused}");

        // Eleven minutes later the attempt is over.
        let begun = begin(&world.app, &world.department, "", VISITOR).await.unwrap();
        let back = oidc::walk(&begun.address, EMAIL).unwrap();
        let (code, state) = (part(&back, "code"), part(&back, "state"));
        world.wait(Duration::minutes(11));
        let late = Return { cookie: &begun.cookie, code: &code, state: &state };
        let refused = finish(&world.app, &world.department, late, VISITOR).await.unwrap_err();
        assert!(matches!(refused, ProConnectError::Expired), "{refused}");

        // A provider whose userinfo is not signed, a wrong secret, a provider that does not answer.
        world = with_provider(world, &provider.url, oidc::UNSIGNED_CLIENT);
        let refused = come(&world, EMAIL, nothing).await.unwrap_err();
        assert!(matches!(&refused, ProConnectError::Untrusted(why) if why.contains("verif")), "{refused:?}");
        let wrong =
            ProviderSettings { client_secret: "another".to_owned(), ..settings(&provider.url, oidc::CLIENT) };
        world.app = world.app.clone().with_provider(Provider::new(wrong, world.app.clock.clone()).unwrap());
        let refused = come(&world, EMAIL, nothing).await.unwrap_err();
        assert!(matches!(refused, ProConnectError::Untrusted(_)), "{refused}");
        world = with_provider(world, "http://127.0.0.1:1", oidc::CLIENT);
        let refused = begin(&world.app, &world.department, "", VISITOR).await.unwrap_err();
        assert!(matches!(refused, ProConnectError::Unreachable(_)), "{refused}");
    })
    .await;
}

/// What the journal keeps of the last refusal.
async fn refusal(world: &World) -> Option<(String, serde_json::Value, Option<String>)> {
    // The row is written beside the answer.
    for _ in 0..50 {
        let filter = JournalFilter { limit: 1, ..JournalFilter::default() };
        let last = app::audit::page(&world.system(), &filter).await.unwrap().remove(0).row;
        if last.act == "sign_in_failed" {
            let why = last.detail["why"].as_str().unwrap_or_default().to_owned();
            return Some((why, last.detail["email"].clone(), last.object));
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    None
}

#[tokio::test(flavor = "multi_thread")]
async fn each_refusal_is_in_the_journal_with_its_reason_and_without_the_address() {
    let provider = oidc::Provider::start(&format!("{BASE}/55")).unwrap();
    on_both(async |world| {
        let mut world = with_provider(world, &provider.url, oidc::CLIENT);
        account(&world, EMAIL).await;
        account(&world, "closed@meuse.example").await;
        let closed = store::access::account::by_email(&world.department.db, "closed@meuse.example");
        let closed = closed.await.unwrap().unwrap().id;
        app::access::disable_user(&world.system(), closed).await.unwrap();
        let told = |why: &str, email: Option<&str>, object: Option<String>| {
            Some((why.to_owned(), email.map_or(serde_json::Value::Null, Into::into), object))
        };
        // Another act between two refusals: each is found because it was written, not because the one before was.
        let between = async || {
            let ctx = world.system();
            let tx = ctx.db().begin().await.unwrap();
            app::audit::record(&ctx, &tx, domain::audit::Act::RotateKeys, None, None, serde_json::json!({}))
                .await
                .unwrap();
            tx.commit().await.unwrap();
        };
        come(&world, "someone@elsewhere.example", nothing).await.unwrap_err();
        assert_eq!(refusal(&world).await, told("no_account", Some("s•••"), None));
        between().await;
        come(&world, "closed@meuse.example", nothing).await.unwrap_err();
        assert_eq!(refusal(&world).await, told("closed", None, Some(closed.to_string())));
        between().await;
        come(&world, "", nothing).await.unwrap_err();
        assert_eq!(refusal(&world).await, told("interrupted", None, None));
        between().await;
        come(&world, EMAIL, |_, _, state| state.push('x')).await.unwrap_err();
        assert_eq!(refusal(&world).await, told("expired", None, None));
        between().await;
        come(&world, EMAIL, |_, code, _| *code = "made-up".to_owned()).await.unwrap_err();
        assert_eq!(refusal(&world).await, told("untrusted", None, None));
        between().await;
        world = with_provider(world, "http://127.0.0.1:1", oidc::CLIENT);
        begin(&world.app, &world.department, "", VISITOR).await.unwrap_err();
        assert_eq!(refusal(&world).await, told("unreachable", None, None));

        let rows = app::audit::page(&world.system(), &JournalFilter::default()).await.unwrap();
        assert!(!format!("{rows:?}").contains("elsewhere.example"), "nobody's address is kept whole");
        // An address that fails all the time fills no journal: fifty, then one in ten seconds.
        for _ in 0..60 {
            begin(&world.app, &world.department, "", VISITOR).await.unwrap_err();
        }
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        let filter = JournalFilter { limit: 200, ..JournalFilter::default() };
        let rows = app::audit::page(&world.system(), &filter).await.unwrap();
        let refused = rows.iter().filter(|line| line.row.act == "sign_in_failed").count();
        assert!((50..=58).contains(&refused), "{refused}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_asked_by_the_provider_is_not_asked_again_here() {
    let provider = oidc::Provider::start(&format!("{BASE}/55")).unwrap();
    on_both(async |world| {
        let world = with_provider(world, &provider.url, oidc::CLIENT);
        // The roles of direction and data protection need two factors unless the département says otherwise.
        for (email, stage) in [("dpo@meuse.example", Stage::Enrol), ("mfa.dpo@meuse.example", Stage::Full)] {
            let new = NewUser {
                email: email.to_owned(),
                name: "Paul Essai".to_owned(),
                role: NewRole::of(Role::Dpo),
            };
            create_user(&world.system(), new).await.unwrap();
            let (cookie, _) = come(&world, email, nothing).await.unwrap();
            let session = load_session(&world.app, &world.department, &cookie).await.unwrap().unwrap();
            assert_eq!(session.stage, stage, "{email}");
        }
    })
    .await;
}

#[test]
fn a_provider_is_reached_by_https_or_on_this_machine() {
    let clock = || domain::time::Clock::fixed("2026-11-26T09:00:00Z".parse().unwrap());
    for (issuer, right) in [
        ("https://auth.example/api/v2", true),
        ("http://127.0.0.1:4000", true),
        ("http://auth.example", false),
        ("auth.example", false),
    ] {
        assert_eq!(Provider::new(settings(issuer, "declic"), clock()).is_ok(), right, "{issuer}");
    }
}
