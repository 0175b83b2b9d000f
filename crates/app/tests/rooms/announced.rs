//! The call that is promised and the letter of a decision are announced, once, by what reaches the person, in decent words.

use app::Context;
use app::messages::{Sms, Written, deliver_due, desk, written_to};
use app::orientation::{AttemptInput, DecisionInput, decide, record_attempt, take};
use app::people::contact::{NewContact, Preference, prefer, write};
use chrono::{Duration, NaiveDateTime};
use domain::access::role::Role;
use domain::messages::channel::Channel;
use domain::messages::state::State;
use domain::orientation::queue::Attempt;
use domain::orientation::rules::{Organisation, Path};
use domain::people::contact::{Channel as Asked, Kind};
use testkit::world::{World, on_both};
use uuid::Uuid;

use crate::agenda::{people, sound};
use crate::written::{EMAIL, MOBILE, Texts, posted_by};

/// Somebody to orient, an operator, a mailbox and a provider.
struct Stage {
    world: World,
    operator: Context,
    person: Uuid,
    texts: Texts,
    mailbox: crate::messages::Mailbox,
}

impl Stage {
    async fn of(world: World) -> Self {
        let (texts, provider) = Texts::start(200);
        let (mut world, mailbox) = posted_by(world).await;
        world.app = world.app.clone().with_sms(Sms::Providers(vec![provider]));
        world.import("09.xml", &world.month("2026-10-01", 20, 0.0)).await.unwrap();
        let operator = world.acting(world.account(Role::Operator, None).await).await;
        let person = people(&world).await[0].id;
        take(&operator, person).await.unwrap();
        Self { world, operator, person, texts, mailbox }
    }

    async fn has(&self, kind: Kind, value: &str) {
        let new = NewContact { kind, value: value.to_owned(), shared: false, replaces: None };
        write(&self.operator, self.person, new).await.unwrap();
    }

    async fn call_back(&self, at: &str) {
        let at: NaiveDateTime = at.parse().unwrap();
        let input = AttemptInput { ending: Some(Attempt::CallBack), inbound: false, call_back: Some(at) };
        record_attempt(&self.operator, self.person, &input).await.unwrap();
    }

    async fn send(&self) {
        while deliver_due(&self.world.system()).await.unwrap() {}
    }

    async fn told(&self) -> Vec<Written> {
        written_to(&self.operator, self.person).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promised_call_is_announced_with_its_hour_and_only_the_last_one_is() {
    on_both(async |world| {
        let stage = Stage::of(world).await;
        stage.has(Kind::Email, EMAIL).await;
        stage.has(Kind::Phone, MOBILE).await;
        stage.call_back("2026-12-01T09:30:00").await;
        // It is moved before the first announcement has left.
        stage.world.wait(Duration::minutes(1));
        stage.call_back("2026-12-02T14:00:00").await;
        stage.send().await;
        let says = stage.texts.says();
        assert_eq!(says.len(), 1, "{says:?}");
        assert!(
            says[0].contains("nous vous appelons mer 02/12 14h00") && says[0].contains("/55/r/"),
            "{says:?}"
        );
        assert!(stage.mailbox.received.lock().unwrap().is_empty(), "one channel at a time");
        let states: Vec<State> = stage.told().await.iter().map(|one| one.state).collect();
        assert_eq!(states, [State::Sent, State::Dropped]);
        stage.send().await;
        assert_eq!(stage.texts.says().len(), 1);
        sound(&stage.world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_written_to_who_refuses_it_and_nobody_has_to_make_up_for_that() {
    on_both(async |world| {
        let stage = Stage::of(world).await;
        stage.call_back("2026-12-01T09:30:00").await;
        stage.has(Kind::Phone, MOBILE).await;
        let no = Preference { kind: Kind::Consent(Asked::Sms), value: Some("no".to_owned()) };
        prefer(&stage.operator, stage.person, vec![no]).await.unwrap();
        stage.world.wait(Duration::minutes(1));
        stage.call_back("2026-12-02T14:00:00").await;
        stage.send().await;
        assert!(stage.texts.says().is_empty() && stage.told().await.is_empty());
        assert!(desk(&stage.operator).await.unwrap().failed.is_empty());
        sound(&stage.world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_took_place_is_announced_no_more_and_one_that_is_too_near_is_not_made_up_for() {
    on_both(async |world| {
        let stage = Stage::of(world).await;
        stage.has(Kind::Phone, MOBILE).await;
        *stage.texts.status.lock().unwrap() = 503;
        stage.call_back("2026-11-26T11:00:00").await;
        stage.send().await;
        // The provider answers again once the hour is past.
        stage.world.wait(Duration::hours(2));
        *stage.texts.status.lock().unwrap() = 200;
        stage.send().await;
        let told = stage.told().await;
        assert_eq!((told.len(), told[0].state), (1, State::Dropped));
        assert!(desk(&stage.operator).await.unwrap().failed.is_empty(), "nobody has to call twice");
        // Called before the announcement could leave: it is not true any more.
        stage.call_back("2026-12-03T09:30:00").await;
        stage.world.wait(Duration::minutes(1));
        let none = AttemptInput { ending: Some(Attempt::NoAnswer), ..AttemptInput::default() };
        record_attempt(&stage.operator, stage.person, &none).await.unwrap();
        stage.send().await;
        assert!(stage.texts.says().is_empty());
        assert_eq!(stage.told().await[0].state, State::Dropped);
        sound(&stage.world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_letter_of_a_decision_is_announced_once_and_says_nothing_that_others_may_not_read() {
    on_both(async |world| {
        let stage = Stage::of(world).await;
        stage.has(Kind::Email, EMAIL).await;
        let input = DecisionInput {
            path: Some(Path::Social),
            organisation: Some(Organisation::Departement),
            explanation: "Nous cherchons d’abord un logement avec vous.".to_owned(),
            reason: "Elle le demande, et sa situation a changé depuis le questionnaire.".to_owned(),
            ..DecisionInput::default()
        };
        let refused = DecisionInput { path: None, ..input.clone() };
        assert!(decide(&stage.operator, stage.person, &refused).await.is_err());
        assert!(stage.told_by_system().await.is_empty(), "what is not decided is not announced");
        decide(&stage.operator, stage.person, &input).await.unwrap();
        assert!(decide(&stage.operator, stage.person, &input).await.is_err(), "decided already");
        stage.send().await;
        stage.send().await;
        let received = stage.mailbox.received.lock().unwrap().clone();
        assert_eq!(received.len(), 1);
        let told = stage.told_by_system().await;
        assert_eq!((told.len(), told[0].channel, told[0].state), (1, Channel::Email, State::Sent));
        assert_eq!(told[0].subject, "Un courrier arrive chez vous");
        assert!(
            told[0].text.contains("par la poste") && !told[0].text.contains("/55/r/"),
            "{}",
            told[0].text
        );
        for word in ["RSA", "logement", "sanction", "social"] {
            assert!(!received[0].1.contains(word), "{word}");
        }
        let (db, now) = (stage.world.department.db.read(), stage.world.app.clock.now());
        let links = store::agenda::booking_link::live(db, &[stage.person], now).await.unwrap();
        assert!(links.is_empty(), "it leads nowhere");
        sound(&stage.world).await;
    })
    .await;
}

impl Stage {
    async fn told_by_system(&self) -> Vec<Written> {
        written_to(&self.world.system(), self.person).await.unwrap()
    }
}
