//! What is said later of a message: reports of providers, mail that comes back. Twice, late, out of order, forged.

use app::access::{AddressLimiter, NewToken, TokenScope};
use app::messages::{
    BounceError, Bounced, Limits, ReportError, ReporterError, Written, desk, make_report_address,
    place_reports, receive_report, record_bounce, reporters,
};
use chrono::Duration;
use domain::access::role::Role;
use domain::messages::channel::Channel;
use domain::messages::state::State;
use domain::people::contact::Kind;
use store::audit::JournalFilter;
use testkit::world::on_both;

use crate::agenda::{Scene, sound};
use crate::messages::{Mailbox, readable};
use crate::written::{EMAIL, MOBILE, Texts, scene};

/// What a provider sends to the secret of its address.
async fn say(scene: &Scene, address: &str, body: &str) -> Result<(), ReportError> {
    let (wrong, all) = (AddressLimiter::default(), AddressLimiter::of_reports());
    let secret = address.rsplit('/').next().unwrap();
    let limits = Limits { wrong: &wrong, all: &all };
    receive_report(&scene.world.system(), limits, "192.0.2.7", secret, "application/json", body).await
}

async fn lines(scene: &Scene) -> u64 {
    let (all, reach) = (JournalFilter::default(), store::audit::Reach::Everything);
    store::audit::count(&scene.world.department.db, &reach, &all).await.unwrap()
}

async fn address(scene: &Scene) -> String {
    let manager = scene.world.user(&[Role::Manager]);
    let name = reporters(&manager).await.unwrap()[0].name.clone();
    make_report_address(&manager, &name).await.unwrap()
}

fn sms(all: &[Written]) -> &Written {
    all.iter().find(|one| one.channel == Channel::Sms).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_provider_says_counts_once_whatever_the_order_and_never_goes_back() {
    on_both(async |world| {
        let (_texts, provider) = Texts::start(200);
        let (scene, _) = scene(world, vec![provider]).await;
        scene.has(Kind::Phone, MOBILE).await;
        scene.booked(20).await;
        scene.send().await;
        let address = address(&scene).await;
        assert!(address.starts_with("https://declic.test/55/api/v1/sms/"), "{address}");
        for still in ["sent", "un mot inconnu"] {
            say(&scene, &address, &format!("{{\"id\": \"abc-1\", \"status\": \"{still}\"}}")).await.unwrap();
            assert_eq!(scene.states().await, [(Channel::Sms, State::Sent)]);
        }
        let before = lines(&scene).await;
        for _ in 0..3 {
            say(&scene, &address, r#"{"id": "abc-1", "status": "DELIVRD"}"#).await.unwrap();
        }
        assert_eq!(lines(&scene).await, before + 1, "one line, the first time");
        say(&scene, &address, r#"[{"id": "abc-1", "status": "expired"}, {"id": "abc-1", "status": "sent"}]"#)
            .await
            .unwrap();
        assert_eq!(scene.states().await, [(Channel::Sms, State::Delivered)]);
        let heard = reporters(&scene.world.user(&[Role::Manager])).await.unwrap()[0].heard_at;
        assert_eq!(heard, Some(scene.world.app.clock.now()));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_did_not_arrive_leaves_by_the_next_channel_and_is_taken_back_when_it_arrived_after_all() {
    on_both(async |world| {
        let (_texts, provider) = Texts::start(200);
        let (scene, _) = scene(world, vec![provider]).await;
        scene.has(Kind::Phone, MOBILE).await;
        scene.booked(20).await;
        scene.send().await;
        let address = address(&scene).await;
        for _ in 0..2 {
            say(&scene, &address, r#"{"id": "abc-1", "status": "expired"}"#).await.unwrap();
        }
        assert_eq!(scene.states().await, [(Channel::Letter, State::ToPrint), (Channel::Sms, State::Failed)]);
        assert!(sms(&scene.messages().await).problem.as_ref().unwrap().contains("pas arrivé"));
        // The telephone was switched on again.
        say(&scene, &address, r#"{"id": "abc-1", "status": "delivered"}"#).await.unwrap();
        assert_eq!(
            scene.states().await,
            [(Channel::Letter, State::Dropped), (Channel::Sms, State::Delivered)]
        );
        // A number that exists no more is marked, and not tried again.
        scene.booked(22).await;
        scene.send().await;
        say(&scene, &address, r#"{"id": "abc-2", "status": "unknown_subscriber"}"#).await.unwrap();
        scene.booked(24).await;
        scene.send().await;
        assert_eq!(
            scene.states().await[..2],
            [(Channel::Letter, State::ToPrint), (Channel::Letter, State::ToPrint)],
            "the second was never tried by text message"
        );
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_comes_before_its_message_is_known_waits_for_it() {
    on_both(async |world| {
        let (texts, provider) = Texts::start(200);
        let (scene, _) = scene(world, vec![provider]).await;
        scene.has(Kind::Phone, MOBILE).await;
        let address = address(&scene).await;
        // By the identifier that the provider gives, in the wrong order, before anything has left.
        say(&scene, &address, r#"{"id": "abc-1", "status": "delivered"}"#).await.unwrap();
        say(&scene, &address, r#"{"id": "abc-1", "status": "failed"}"#).await.unwrap();
        assert_eq!(place_reports(&scene.world.system()).await.unwrap(), 0);
        scene.booked(20).await;
        scene.send().await;
        assert_eq!(place_reports(&scene.world.system()).await.unwrap(), 1);
        assert_eq!(scene.states().await, [(Channel::Sms, State::Delivered)]);
        // By the identifier that it was given.
        scene.booked(22).await;
        scene.send().await;
        let ours = texts.told.lock().unwrap()[1]["id"].clone();
        say(&scene, &address, &format!("{{\"id\": {ours}, \"status\": \"delivered\"}}")).await.unwrap();
        assert_eq!(scene.states().await[0], (Channel::Sms, State::Delivered));
        // What never finds its message is dropped after a week.
        say(&scene, &address, r#"{"id": "ailleurs", "status": "failed"}"#).await.unwrap();
        scene.world.wait(Duration::days(9));
        app::privacy::retention::run(&scene.world.system(), app::privacy::retention::Mode::Run)
            .await
            .unwrap();
        let left = store::messages::report::waiting(scene.world.department.db.read(), 10).await.unwrap();
        assert_eq!(left, []);
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_which_messages_exist_and_a_changed_address_works_no_more() {
    on_both(async |world| {
        let (_texts, provider) = Texts::start(200);
        let (scene, _) = scene(world, vec![provider]).await;
        scene.has(Kind::Phone, MOBILE).await;
        scene.booked(20).await;
        scene.send().await;
        let first = address(&scene).await;
        say(&scene, &first, r#"{"id": "inconnu", "status": "failed"}"#).await.unwrap();
        say(&scene, &first, r#"{"id": "abc-1", "status": "sent"}"#).await.unwrap();
        assert!(matches!(say(&scene, &first, "bonjour").await, Err(ReportError::Unreadable(_))));
        let second = address(&scene).await;
        assert_ne!(first, second);
        let late = say(&scene, &first, r#"{"id": "abc-1", "status": "failed"}"#).await;
        assert!(matches!(late, Err(ReportError::Unknown)));
        assert_eq!(scene.states().await, [(Channel::Sms, State::Sent)]);
        // Whoever looks for the secret waits; the provider does not pay for it.
        let (wrong, all) = (AddressLimiter::default(), AddressLimiter::of_reports());
        let limits = Limits { wrong: &wrong, all: &all };
        let system = scene.world.system();
        let guess = async |word: &str, from: &str| {
            receive_report(&system, limits, from, word, "", "id=abc-1&status=delivered").await
        };
        let mut waited = false;
        for n in 0..60 {
            waited |= matches!(guess(&format!("faux-{n}"), "198.51.100.1").await, Err(ReportError::Wait(_)));
        }
        assert!(waited);
        guess(second.rsplit('/').next().unwrap(), "192.0.2.7").await.unwrap();
        assert_eq!(scene.states().await, [(Channel::Sms, State::Delivered)]);
        for role in [Role::JobCoach, Role::TeamLead, Role::Operator, Role::Dpo] {
            let refused = reporters(&scene.world.user(&[role])).await;
            assert!(matches!(refused, Err(ReporterError::Refused(_))), "{role:?}");
        }
        let unknown = make_report_address(&scene.world.user(&[Role::Admin]), "ailleurs").await;
        assert!(matches!(unknown, Err(ReporterError::Unknown)));
        sound(&scene.world).await;
    })
    .await;
}

/// The notification that a server makes of the mail that it was given: as Postfix writes it.
fn bounce_of(mail: &str, action: &str, status: &str) -> String {
    let head: String = mail.split("\r\n\r\n").next().unwrap().to_owned();
    format!(
        "From: MAILER-DAEMON@mx.example\r\nTo: declic@meuse.example\r\nSubject: Undelivered Mail\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"B\"\r\n\r\n\
         --B\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; {EMAIL}\r\nAction: {action}\r\n\
         Status: {status}\r\nDiagnostic-Code: smtp; 550 <{EMAIL}> no such user\r\n\r\n\
         --B\r\nContent-Type: text/rfc822-headers\r\n\r\n{head}\r\n\r\n--B--\r\n"
    )
}

/// The last mail that the server took.
fn last(mailbox: &Mailbox) -> String {
    mailbox.received.lock().unwrap().last().unwrap().1.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_that_comes_back_leaves_by_the_next_channel_and_its_address_is_given_up() {
    on_both(async |world| {
        let (texts, provider) = Texts::start(200);
        let (scene, mailbox) = scene(world, vec![provider]).await;
        scene.has(Kind::Email, EMAIL).await;
        scene.has(Kind::Phone, MOBILE).await;
        scene.booked(20).await;
        scene.send().await;
        let system = scene.world.system();
        let waits = bounce_of(&last(&mailbox), "delayed", "4.2.2");
        assert_eq!(record_bounce(&system, waits.as_bytes()).await.unwrap(), Bounced::Delayed);
        let told = scene.messages().await.remove(0);
        assert_eq!(told.state, State::Sent, "still under way");
        assert!(told.problem.unwrap().contains("fait attendre (4.2.2)"));
        let back = bounce_of(&last(&mailbox), "failed", "5.1.1");
        assert_eq!(record_bounce(&system, back.as_bytes()).await.unwrap(), Bounced::Failed);
        assert_eq!(record_bounce(&system, back.as_bytes()).await.unwrap(), Bounced::Known, "twice is once");
        scene.send().await;
        assert_eq!(scene.states().await, [(Channel::Sms, State::Sent), (Channel::Email, State::Failed)]);
        assert_eq!(texts.told.lock().unwrap().len(), 1);
        let failed = scene.messages().await.remove(1);
        let why = failed.problem.unwrap();
        assert!(why.contains("est revenu (5.1.1)") && !why.contains(EMAIL), "{why}");
        // The next message does not try that address.
        scene.booked(22).await;
        scene.send().await;
        assert_eq!(scene.states().await[0], (Channel::Sms, State::Sent));
        assert_eq!(mailbox.received.lock().unwrap().len(), 1);
        assert!(desk(&scene.ctx).await.unwrap().failed.is_empty(), "both reached them after all");
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_mailbox_or_an_unwanted_message_does_not_condemn_the_address() {
    on_both(async |world| {
        let (scene, mailbox) = scene(world, Vec::new()).await;
        scene.has(Kind::Email, EMAIL).await;
        for (rank, status) in [(20, "5.2.2"), (22, "5.7.1"), (24, "4.4.7")] {
            scene.booked(rank).await;
            scene.send().await;
            let back = bounce_of(&last(&mailbox), "failed", status);
            assert_eq!(record_bounce(&scene.world.system(), back.as_bytes()).await.unwrap(), Bounced::Failed);
            assert_eq!(
                scene.states().await[..2],
                [(Channel::Letter, State::ToPrint), (Channel::Email, State::Failed)],
                "{status}"
            );
        }
        assert_eq!(mailbox.received.lock().unwrap().len(), 3, "the address was tried each time");
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_foreign_and_unreadable_notifications_change_nothing() {
    on_both(async |world| {
        let (scene, mailbox) = scene(world, Vec::new()).await;
        scene.has(Kind::Email, EMAIL).await;
        scene.booked(20).await;
        scene.send().await;
        let system = scene.world.system();
        let before = lines(&scene).await;
        let mail = last(&mailbox);
        let (_, rest) =
            readable(&mail).split_once("Message-ID: <").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        let id = rest.split('>').next().unwrap().to_owned();
        let (row, seal) = id.split_once('.').unwrap();
        let (seal, _) = seal.split_once('@').unwrap();
        let turned: String = seal.chars().rev().collect();
        for (what, with) in [
            ("a row that is known, under no seal", format!("{row}@meuse.example")),
            ("under another seal", format!("{row}.{turned}@meuse.example")),
            ("under a seal that is cut", format!("{row}.{}@meuse.example", &seal[..20])),
            ("of somebody else", "20261127.abcdef@ailleurs.example".to_owned()),
        ] {
            let forged = bounce_of(&format!("Message-ID: <{with}>\r\n\r\n"), "failed", "5.1.1");
            assert_eq!(record_bounce(&system, forged.as_bytes()).await.unwrap(), Bounced::Foreign, "{what}");
        }
        for other in ["", "bonjour", "From: a@b.fr\r\nSubject: Absente\r\n\r\nJe reviens lundi.\r\n"] {
            let refused = record_bounce(&system, other.as_bytes()).await.unwrap_err();
            assert!(refused.to_string().contains("avis de remise"), "{refused}");
        }
        let coach = scene.world.user(&[Role::JobCoach]);
        let back = bounce_of(&mail, "failed", "5.1.1");
        assert!(matches!(record_bounce(&coach, back.as_bytes()).await, Err(BounceError::Refused(_))));
        assert_eq!(scene.states().await, [(Channel::Email, State::Sent)]);
        assert_eq!(lines(&scene).await, before);
        // A software that may write tells the same.
        let token =
            app::access::create_token(&system, NewToken::of("courrier", TokenScope::Write)).await.unwrap();
        let who = app::access::load_token(&scene.world.app, &scene.world.department, &token).await.unwrap();
        let software = scene.world.app.context(&scene.world.department, who.unwrap());
        assert_eq!(record_bounce(&software, back.as_bytes()).await.unwrap(), Bounced::Failed);
        sound(&scene.world).await;
    })
    .await;
}
