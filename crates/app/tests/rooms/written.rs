//! What is written to people: by the channel that reaches them, once, at a decent hour, and told to somebody when it fails.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use app::agenda::{
    Cancelling, Place, book_appointment, cancel_appointment, move_appointment, record_attendance,
};
use app::messages::{
    Desk, HandleError, Post, PrintError, Provider, ProviderSettings, Sms, TemplatesError, Written,
    deliver_due, desk, handle, posted, print, publish_template, remind, template, written_to,
};
use app::people::contact::{NewContact, Preference, prefer, write};
use app::settings::{Draft, LETTER_FIELDS, edit_letters};
use chrono::Duration;
use domain::access::role::Role;
use domain::agenda::appointment::{Attendance, CancelledBy, Modality};
use domain::messages::channel::Channel;
use domain::messages::state::State;
use domain::people::contact::{Channel as Asked, Kind};
use testkit::world::{World, on_both};
use uuid::Uuid;

use crate::agenda::{Scene, booking, sound};
use crate::messages::{Encrypted, FROM, Mailbox, readable, serve, with_post};

/// A provider of text messages on this machine: it answers with the status that the test sets, and keeps what it is told.
#[derive(Clone, Default)]
pub(crate) struct Texts {
    pub(crate) told: Arc<Mutex<Vec<serde_json::Value>>>,
    pub(crate) status: Arc<Mutex<u16>>,
}

impl Texts {
    pub(crate) fn start(status: u16) -> (Self, Provider) {
        let texts = Self { status: Arc::new(Mutex::new(status)), ..Self::default() };
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let provider = provider(&format!("http://{}/send", listener.local_addr().unwrap()));
        let server = texts.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut lines = BufReader::new(stream.unwrap());
                let (mut line, mut length) = (String::new(), 0usize);
                while lines.read_line(&mut line).is_ok_and(|read| read > 2) {
                    if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                        length = value.trim().parse().unwrap();
                    }
                    line.clear();
                }
                let mut body = vec![0; length];
                lines.read_exact(&mut body).unwrap();
                let status = *server.status.lock().unwrap();
                if status == 0 {
                    // Hangs up after having heard everything: nobody knows whether it was sent.
                    server.told.lock().unwrap().push(serde_json::from_slice(&body).unwrap());
                    continue;
                }
                if status == 200 {
                    server.told.lock().unwrap().push(serde_json::from_slice(&body).unwrap());
                }
                let n = server.told.lock().unwrap().len();
                let answer = format!("{{\"id\": \"abc-{n}\"}}");
                let head = format!(
                    "HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                    answer.len()
                );
                lines.get_mut().write_all(format!("{head}{answer}").as_bytes()).unwrap();
            }
        });
        (texts, provider)
    }

    pub(crate) fn says(&self) -> Vec<String> {
        self.told.lock().unwrap().iter().map(|one| one["text"].as_str().unwrap().to_owned()).collect()
    }
}

fn provider(url: &str) -> Provider {
    Provider::new(ProviderSettings {
        name: url.to_owned(),
        url: url.to_owned(),
        body: "{\"to\": \"{to}\", \"from\": \"{from}\", \"text\": \"{text}\", \"id\": \"{id}\"}".to_owned(),
        from: "DeptMeuse".to_owned(),
        token: Some("secret".to_owned()),
        reference_at: Some("/id".to_owned()),
        report: app::messages::Mapping::default(),
    })
    .unwrap()
}

/// Where nothing listens.
fn nobody() -> Provider {
    let place = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    provider(&format!("http://{place}/send"))
}

/// A scene with a mailbox and these providers.
pub(crate) async fn scene(world: World, providers: Vec<Provider>) -> (Scene, Mailbox) {
    let (mut world, mailbox) = posted_by(world).await;
    world.app = world.app.clone().with_sms(Sms::Providers(providers));
    (Scene::of(world).await, mailbox)
}

/// A world whose mail goes to a server of this machine, and whose letters say who writes.
pub(crate) async fn posted_by(world: World) -> (World, Mailbox) {
    let mailbox = Mailbox::default();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("smtp://{}", listener.local_addr().unwrap());
    serve(&mailbox, listener, &Encrypted::Never);
    let world = with_post(world, Post::smtp(&address, None, FROM).unwrap());
    let set: BTreeMap<&str, String> = LETTER_FIELDS
        .map(|field| {
            let value = match field.name {
                "email" => "insertion@meuse.example",
                "short" => "Dept Meuse",
                "phone" => "03 29 00 00 00",
                _ => "Bar-le-Duc",
            };
            (field.name, value.to_owned())
        })
        .into();
    edit_letters(&world.system(), &set).await.unwrap();
    (world, mailbox)
}

impl Scene {
    pub(crate) async fn has(&self, kind: Kind, value: &str) {
        let new = NewContact { kind, value: value.to_owned(), shared: false, replaces: None };
        write(&self.ctx, self.person.id, new).await.unwrap();
    }

    async fn answers(&self, channel: Asked, value: &str) {
        let change = Preference { kind: Kind::Consent(channel), value: Some(value.to_owned()) };
        prefer(&self.ctx, self.person.id, vec![change]).await.unwrap();
    }

    /// Books the slot of this rank, and gives the appointment.
    pub(crate) async fn booked(&self, nth: usize) -> Uuid {
        let slot = self.world.free_with(self.coach).await[nth].id;
        book_appointment(&self.ctx, self.person.id, &booking(slot)).await.unwrap().id
    }

    pub(crate) async fn send(&self) {
        while deliver_due(&self.world.system()).await.unwrap() {}
    }

    pub(crate) async fn messages(&self) -> Vec<Written> {
        written_to(&self.ctx, self.person.id).await.unwrap()
    }

    pub(crate) async fn states(&self) -> Vec<(Channel, State)> {
        self.messages().await.into_iter().map(|one| (one.channel, one.state)).collect()
    }
}

pub(crate) const EMAIL: &str = "nina.essai@exemple.fr";
pub(crate) const MOBILE: &str = "06 39 98 00 01";

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_is_confirmed_once_and_recalled_two_days_before_by_who_reads_it_first() {
    on_both(async |world| {
        let (texts, provider) = Texts::start(200);
        let (scene, mailbox) = scene(world, vec![provider]).await;
        scene.has(Kind::Email, EMAIL).await;
        scene.has(Kind::Phone, MOBILE).await;
        // Twenty slots on: more than a week.
        scene.booked(20).await;
        scene.send().await;
        let received = mailbox.received.lock().unwrap().clone();
        assert_eq!((received.len(), received[0].0.as_str()), (1, EMAIL));
        let mail = readable(&received[0].1);
        for part in ["text/calendar", "method=REQUEST", "METHOD:REQUEST", "https://declic.test/55/r/"] {
            assert!(mail.contains(part), "{part} in {mail}");
        }
        assert!(!mail.to_uppercase().contains("RSA"), "{mail}");
        assert!(texts.says().is_empty(), "one channel at a time");
        let at = scene.messages().await[0].at;
        scene.world.wait(Duration::days(3));
        assert_eq!(remind(&scene.world.system()).await.unwrap(), 0, "not yet");
        for _ in 0..14 {
            scene.world.wait(Duration::hours(12));
            remind(&scene.world.system()).await.unwrap();
            scene.send().await;
        }
        let says = texts.says();
        assert_eq!(says.len(), 1, "{says:?}");
        assert!(says[0].starts_with("Dept Meuse: rappel RDV ") && says[0].contains("/55/r/"), "{says:?}");
        assert_eq!(texts.told.lock().unwrap()[0]["to"], "+33639980001");
        assert_eq!(mailbox.received.lock().unwrap().len(), 1, "nobody is told twice");
        let sent = scene.messages().await[0].sent_at.unwrap();
        assert!(sent - at >= Duration::days(3), "{sent}");
        assert_eq!(scene.states().await, [(Channel::Sms, State::Sent), (Channel::Email, State::Sent)]);
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_channel_refuses_leaves_by_the_next_and_a_provider_that_is_down_is_replaced() {
    on_both(async |world| {
        let (texts, provider) = Texts::start(200);
        let (scene, mailbox) = scene(world, vec![nobody(), provider]).await;
        scene.has(Kind::Email, EMAIL).await;
        scene.has(Kind::Phone, MOBILE).await;
        *mailbox.refuse.lock().unwrap() = true;
        scene.booked(20).await;
        scene.send().await;
        assert_eq!(scene.states().await, [(Channel::Sms, State::Sent), (Channel::Email, State::Refused)]);
        assert_eq!(texts.says().len(), 1);
        assert_eq!(desk(&scene.ctx).await.unwrap(), Desk::default(), "it reached them after all");
        // The number is refused too: a letter, far enough from the day.
        *texts.status.lock().unwrap() = 400;
        scene.booked(21).await;
        scene.send().await;
        let states = scene.states().await;
        assert_eq!(
            states[..3],
            [
                (Channel::Letter, State::ToPrint),
                (Channel::Sms, State::Refused),
                (Channel::Email, State::Refused)
            ]
        );
        let pdf = print(&scene.ctx).await.unwrap();
        assert!(pdf.starts_with(b"%PDF-"));
        assert_eq!(desk(&scene.ctx).await.unwrap().to_print.len(), 1, "printed is not posted");
        assert_eq!((posted(&scene.ctx).await.unwrap(), posted(&scene.ctx).await.unwrap()), (1, 0));
        assert_eq!(scene.states().await[0], (Channel::Letter, State::Printed));
        assert!(matches!(print(&scene.ctx).await, Err(PrintError::Nothing)));
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_whose_answer_is_lost_is_asked_again_with_the_same_identifier_and_nobody_else() {
    on_both(async |world| {
        let ((first, unsure), (second, other)) = (Texts::start(0), Texts::start(200));
        let (scene, _) = scene(world, vec![unsure, other]).await;
        scene.has(Kind::Phone, MOBILE).await;
        scene.booked(20).await;
        scene.send().await;
        assert_eq!(first.told.lock().unwrap().len(), 1);
        *first.status.lock().unwrap() = 503;
        scene.world.wait(Duration::minutes(2));
        scene.send().await;
        assert!(second.says().is_empty(), "it may have been sent");
        *first.status.lock().unwrap() = 200;
        scene.world.wait(Duration::minutes(10));
        scene.send().await;
        let told = first.told.lock().unwrap().clone();
        assert_eq!((told.len(), &told[0]["id"], &told[0]["text"]), (2, &told[1]["id"], &told[1]["text"]));
        assert!(second.says().is_empty());
        assert_eq!(scene.states().await, [(Channel::Sms, State::Sent)]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_telephone_does_not_ring_at_night_and_a_refusal_is_obeyed() {
    on_both(async |world| {
        let (texts, provider) = Texts::start(200);
        let (scene, mailbox) = scene(world, vec![provider]).await;
        scene.has(Kind::Phone, MOBILE).await;
        scene.world.wait(Duration::hours(12));
        scene.booked(20).await;
        scene.send().await;
        assert!(texts.says().is_empty(), "it is ten in the evening");
        scene.world.wait(Duration::hours(10));
        scene.send().await;
        assert_eq!(texts.says().len(), 1);
        scene.answers(Asked::Sms, "no").await;
        scene.has(Kind::Email, EMAIL).await;
        scene.answers(Asked::Email, "no").await;
        scene.booked(21).await;
        scene.send().await;
        assert_eq!(texts.says().len(), 1);
        assert!(mailbox.received.lock().unwrap().is_empty());
        assert_eq!(scene.states().await[0], (Channel::Letter, State::ToPrint));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_nothing_reaches_in_time_is_told_to_those_who_follow_them_and_to_nobody_else() {
    on_both(async |world| {
        let (scene, _) = scene(world, Vec::new()).await;
        // Tomorrow morning: the post would come too late.
        scene.booked(1).await;
        let failed = desk(&scene.ctx).await.unwrap().failed;
        assert_eq!(failed.len(), 1);
        assert!(failed[0].problem.as_ref().unwrap().contains("appelez la personne"));
        let other = scene.world.account(Role::JobCoach, None).await;
        let other = scene.world.acting(other).await;
        assert_eq!(desk(&other).await.unwrap(), Desk::default());
        assert!(matches!(handle(&other, failed[0].id).await, Err(HandleError::Agenda(_))));
        handle(&scene.ctx, failed[0].id).await.unwrap();
        assert!(matches!(handle(&scene.ctx, failed[0].id).await, Err(HandleError::Changed)));
        assert_eq!(desk(&scene.ctx).await.unwrap(), Desk::default());
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_longer_so_is_not_sent_and_a_cancellation_is_told_when_the_service_cancels() {
    on_both(async |world| {
        let (scene, mailbox) = scene(world, Vec::new()).await;
        scene.has(Kind::Email, EMAIL).await;
        let id = scene.booked(20).await;
        let slot = scene.world.free_with(scene.coach).await[25].id;
        move_appointment(&scene.ctx, id, Place::Slot(slot), Modality::InPerson).await.unwrap();
        scene.send().await;
        assert_eq!(mailbox.received.lock().unwrap().len(), 1, "only the new hour");
        let by = |by| Cancelling { by, reason: String::new() };
        cancel_appointment(&scene.ctx, id, &by(CancelledBy::Structure)).await.unwrap();
        scene.send().await;
        let received = mailbox.received.lock().unwrap().clone();
        assert_eq!(received.len(), 2);
        assert!(readable(&received[1].1).contains("METHOD:CANCEL"), "{}", received[1].1);
        let id = scene.booked(22).await;
        scene.send().await;
        cancel_appointment(&scene.ctx, id, &by(CancelledBy::Person)).await.unwrap();
        scene.send().await;
        assert_eq!(mailbox.received.lock().unwrap().len(), 3, "they know it");
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_did_not_come_is_written_to_kindly_then_by_post_when_there_is_no_news() {
    on_both(async |world| {
        let (texts, provider) = Texts::start(200);
        let (scene, _) = scene(world, vec![provider]).await;
        scene.has(Kind::Phone, MOBILE).await;
        let id = scene.booked(1).await;
        scene.send().await;
        scene.world.wait(Duration::days(1));
        record_attendance(&scene.ctx, id, Attendance::Absent).await.unwrap();
        // Written by mistake, and corrected before it has left.
        record_attendance(&scene.ctx, id, Attendance::Attended).await.unwrap();
        scene.send().await;
        assert_eq!(texts.says().len(), 1);
        assert_eq!(scene.states().await[0].1, State::Dropped);
        // It was right after all: what never left is told now.
        record_attendance(&scene.ctx, id, Attendance::Absent).await.unwrap();
        scene.send().await;
        assert_eq!(texts.says().len(), 2);
        let id = scene.booked(2).await;
        scene.world.wait(Duration::days(4));
        record_attendance(&scene.ctx, id, Attendance::Absent).await.unwrap();
        scene.send().await;
        let last = texts.says().pop().unwrap();
        assert!(last.contains("nous ne nous sommes pas vus") && last.contains("/55/r/"), "{last}");
        remind(&scene.world.system()).await.unwrap();
        assert!(desk(&scene.ctx).await.unwrap().to_print.is_empty(), "not at once");
        scene.world.wait(Duration::days(8));
        for _ in 0..2 {
            remind(&scene.world.system()).await.unwrap();
        }
        assert_eq!(desk(&scene.ctx).await.unwrap().to_print.len(), 1, "one letter");
        sound(&scene.world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_cannot_be_sent_decently_is_not_published_and_one_that_can_counts_at_once() {
    on_both(async |world| {
        let manager = world.user(&[Role::Manager]);
        let code = "appointment-reminder";
        let shown = template(&manager, code).await.unwrap();
        assert_eq!((shown.listed.number, shown.examples.len()), (1, 4));
        let publish = async |from: &str, to: &str| {
            let text = shown.text.replacen(from, to, 1);
            assert_ne!(text, shown.text, "{from}");
            let draft = Draft { text, after: shown.versions[0].number, ..Draft::default() };
            publish_template(&manager, code, &draft).await
        };
        for (from, to, why) in [
            ("votre rendez-vous du", "votre RSA du", "RSA"),
            (
                ": rappel RDV ",
                ": rappel de votre rendez-vous que nous vous demandons de ne pas oublier ",
                "160",
            ),
            ("{{person.greeting}}", "{{person.salary}}", "person.salary"),
            ("code = \"appointment-reminder\"", "code = \"other\"", "appointment-reminder"),
            ("## sms.fr", "## sms.de", "sms.fr"),
            ("{{^appointment.by_phone}}", "", "ouvert"),
        ] {
            let error = publish(from, to).await.unwrap_err();
            assert!(
                matches!(&error, TemplatesError::Faults(_)) && error.to_string().contains(why),
                "{error}"
            );
        }
        assert_eq!(publish("Nous vous attendons bientôt.", "À bientôt.").await.unwrap(), 2);
        let now = template(&manager, code).await.unwrap();
        assert_eq!((now.listed.number, now.versions.len()), (2, 2));
        assert!(now.examples.iter().any(|one| one.text.contains("À bientôt.")));
        assert!(publish_template(&world.user(&[Role::JobCoach]), code, &Draft::default()).await.is_err());
    })
    .await;
}
