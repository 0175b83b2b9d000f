//! Letters: queued with what makes them needed, sent once to a real SMTP server, put off while it is away.

use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex};

use app::access::{AddressLimiter, NewRole, NewUser, ask_password_reset, create_user, send_invitation};
use app::messages::{Post, send_due};
use chrono::Duration;
use domain::access::role::Role;
use mailin::{Action, Handler, Response, Session, SessionBuilder, response};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use testkit::world::{World, on_both};

pub(crate) const FROM: &str = "Déclic <declic@meuse.example>";
const EMAIL: &str = "nadia.pelletier@meuse.example";

/// What the server received: recipient and message.
pub(crate) type Received = Arc<Mutex<Vec<(String, String)>>>;

/// A mailbox on a server of this machine.
#[derive(Clone, Default)]
pub(crate) struct Mailbox {
    pub(crate) received: Received,
    pub(crate) refuse: Arc<Mutex<bool>>,
    /// What was said before the connection was encrypted.
    in_clear: Arc<Mutex<Vec<u8>>>,
    to: String,
    text: Vec<u8>,
}

impl Handler for Mailbox {
    fn mail(&mut self, _: IpAddr, _: &str, _: &str) -> Response {
        if *self.refuse.lock().unwrap() { response::NO_MAILBOX } else { response::OK }
    }

    fn rcpt(&mut self, to: &str) -> Response {
        to.clone_into(&mut self.to);
        response::OK
    }

    fn data_start(&mut self, _: &str, _: &str, _: bool, _: &[String]) -> Response {
        self.text.clear();
        response::OK
    }

    fn data(&mut self, line: &[u8]) -> io::Result<()> {
        self.text.extend_from_slice(line);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let text = String::from_utf8(self.text.clone()).unwrap();
        self.received.lock().unwrap().push((self.to.clone(), text));
        response::OK
    }
}

/// How a server encrypts.
#[derive(Clone)]
pub(crate) enum Encrypted {
    Never,
    /// From the first byte: `smtps://`.
    AtOnce(Arc<ServerConfig>),
    /// When asked: STARTTLS.
    Asked(Arc<ServerConfig>),
}

/// Takes letters as they come; the thread ends with the tests. The protocol is that of a kept library.
pub(crate) fn serve(mailbox: &Mailbox, listener: TcpListener, encrypted: &Encrypted) {
    let (mailbox, encrypted) = (mailbox.clone(), encrypted.clone());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mailbox, encrypted, stream) = (mailbox.clone(), encrypted.clone(), stream.unwrap());
            std::thread::spawn(move || {
                let in_clear = Arc::clone(&mailbox.in_clear);
                let mut session = SessionBuilder::new("mail.test");
                if matches!(encrypted, Encrypted::Asked(_)) {
                    session.enable_start_tls();
                }
                let mut session = session.build(Ipv4Addr::LOCALHOST.into(), mailbox);
                let sealed = |tls, stream| StreamOwned::new(ServerConnection::new(tls).unwrap(), stream);
                match encrypted {
                    Encrypted::Never => drop(converse(&mut session, stream, true, &mut Vec::new())),
                    Encrypted::AtOnce(tls) => {
                        drop(converse(&mut session, sealed(tls, stream), true, &mut Vec::new()));
                    }
                    Encrypted::Asked(tls) => {
                        let mut heard = Vec::new();
                        let upgraded = converse(&mut session, stream, true, &mut heard);
                        in_clear.lock().unwrap().extend(heard);
                        if let Some(stream) = upgraded {
                            session.tls_active();
                            drop(converse(&mut session, sealed(tls, stream), false, &mut Vec::new()));
                        }
                    }
                }
            });
        }
    });
}

/// Speaks until the end; gives the stream back when it is to be encrypted. A client that hangs up, as one that does not
/// trust the certificate does, is no fault of the server's.
fn converse<S: Read + Write>(
    session: &mut Session<Mailbox>,
    stream: S,
    greet: bool,
    heard: &mut Vec<u8>,
) -> Option<S> {
    let mut lines = BufReader::new(stream);
    if greet {
        session.greeting().write_to(lines.get_mut()).ok()?;
    }
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        let answer = session.process(&line);
        heard.append(&mut line);
        if answer.action != Action::NoReply {
            answer.write_to(lines.get_mut()).ok()?;
            lines.get_mut().flush().ok()?;
        }
        match answer.action {
            Action::Close => return None,
            Action::UpgradeTls => return Some(lines.into_inner()),
            _ => {}
        }
    }
    None
}

/// A certificate of this machine made for the test, as PEM, and what a server needs to show it.
fn certificate(names: &[&str]) -> (Vec<u8>, Arc<ServerConfig>) {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let made = rcgen::generate_simple_self_signed(names).unwrap();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key.into())
        .unwrap();
    (made.cert.pem().into_bytes(), Arc::new(config))
}

pub(crate) fn with_post(mut world: World, post: Post) -> World {
    world.app = world.app.clone().with_post(post, "https://declic.test".to_owned());
    world
}

async fn drain(world: &World) {
    while send_due(&world.system()).await.unwrap() {}
}

async fn nadia(world: &World) -> uuid::Uuid {
    let new = NewUser {
        email: EMAIL.to_owned(),
        name: "Nadia Pelletier".to_owned(),
        role: NewRole::of(Role::Operator),
    };
    create_user(&world.system(), new).await.unwrap().account_id
}

/// The text of a message, its quoted-printable undone as far as addresses need.
pub(crate) fn readable(message: &str) -> String {
    message.replace("=\r\n", "").replace("=3D", "=")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_leaves_through_a_real_server_once_and_opens_the_account() {
    on_both(async |world| {
        let mailbox = Mailbox::default();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("smtp://{}", listener.local_addr().unwrap());
        serve(&mailbox, listener, &Encrypted::Never);
        let world = with_post(world, Post::smtp(&address, None, FROM).unwrap());
        let id = nadia(&world).await;
        send_invitation(&world.system(), id).await.unwrap();
        assert!(mailbox.received.lock().unwrap().is_empty(), "it leaves by the job alone");
        drain(&world).await;
        world.wait(Duration::days(1));
        drain(&world).await;
        let received = mailbox.received.lock().unwrap().clone();
        assert_eq!(received.len(), 1);
        let (to, message) = &received[0];
        assert_eq!(to, EMAIL);
        for head in ["From: ", "declic@meuse.example", "Message-ID: <", "Auto-Submitted: auto-generated"] {
            assert!(message.contains(head), "{head} in {message}");
        }
        let text = readable(message);
        let (_, link) = text.split_once("https://declic.test/55/mot-de-passe/").unwrap();
        let token = link.split_whitespace().next().unwrap();
        let who = app::access::invited(&world.app, &world.department, token).await.unwrap().unwrap();
        assert_eq!(who.email, EMAIL);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_waits_for_a_server_that_is_away_and_is_not_lost() {
    on_both(async |world| {
        // A port that was free a moment ago: nothing listens.
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let place = listener.local_addr().unwrap();
        drop(listener);
        let world = with_post(world, Post::smtp(&format!("smtp://{place}"), None, FROM).unwrap());
        let id = nadia(&world).await;
        send_invitation(&world.system(), id).await.unwrap();
        assert!(send_due(&world.system()).await.unwrap());
        assert!(!send_due(&world.system()).await.unwrap(), "not again at once");
        world.wait(Duration::minutes(1));
        assert!(send_due(&world.system()).await.unwrap());
        world.wait(Duration::minutes(1));
        assert!(!send_due(&world.system()).await.unwrap(), "the second wait is longer");
        let mailbox = Mailbox::default();
        serve(&mailbox, TcpListener::bind(place).unwrap(), &Encrypted::Never);
        *mailbox.refuse.lock().unwrap() = true;
        world.wait(Duration::hours(1));
        assert!(send_due(&world.system()).await.unwrap());
        assert!(mailbox.received.lock().unwrap().is_empty(), "refused");
        *mailbox.refuse.lock().unwrap() = false;
        world.wait(Duration::hours(5));
        assert!(!send_due(&world.system()).await.unwrap(), "a refusal waits six hours");
        world.wait(Duration::hours(1));
        drain(&world).await;
        assert_eq!(mailbox.received.lock().unwrap().len(), 1);
        assert_eq!(store::messages::mail::waiting(&world.department.db).await.unwrap(), (0, None));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_never_send_the_same_and_a_dead_one_leaves_it_to_the_next() {
    on_both(async |world| {
        let folder = tempfile::tempdir().unwrap();
        let world = with_post(world, Post::folder(folder.path().to_owned(), FROM).unwrap());
        let id = nadia(&world).await;
        send_invitation(&world.system(), id).await.unwrap();
        let now = world.app.clock.now();
        let db = &world.department.db;
        let until = now + Duration::minutes(5);
        let claims =
            [store::messages::mail::claim(db, now, until), store::messages::mail::claim(db, now, until)];
        let [first, second] = claims;
        let (first, second) = tokio::join!(first, second);
        let taken = [first.unwrap(), second.unwrap()];
        assert_eq!(taken.iter().flatten().count(), 1, "one of the two");
        // The worker that took it died.
        assert!(!send_due(&world.system()).await.unwrap());
        world.wait(Duration::minutes(5));
        drain(&world).await;
        let names: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names.len(), 1, "{names:?}");
        assert_eq!(std::path::Path::new(&names[0]).extension().unwrap(), "eml");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_is_answered_to_those_who_have_an_account_only_and_expires() {
    on_both(async |world| {
        let folder = tempfile::tempdir().unwrap();
        let world = with_post(world, Post::folder(folder.path().to_owned(), FROM).unwrap());
        nadia(&world).await;
        let ask = async |email: &str| {
            ask_password_reset(&world.app, &world.department, &AddressLimiter::default(), email, "192.0.2.1")
                .await
        };
        let letters = || std::fs::read_dir(folder.path()).map_or(0, Iterator::count);
        ask("personne@meuse.example").await.unwrap();
        drain(&world).await;
        assert_eq!(letters(), 0, "nobody to write to");
        ask("Nadia.Pelletier@Meuse.example").await.unwrap();
        drain(&world).await;
        assert_eq!(letters(), 1);
        ask(EMAIL).await.unwrap();
        world.wait(Duration::hours(1));
        drain(&world).await;
        assert_eq!(letters(), 1, "an old question is not answered");
        let kept = format!("{:?}", store::messages::mail::waiting(&world.department.db).await.unwrap());
        assert_eq!(kept, "(0, None)");
    })
    .await;
}

/// The address of a server of this machine that encrypts in this way.
fn address(listener: &TcpListener, encrypted: &Encrypted) -> String {
    let port = listener.local_addr().unwrap().port();
    match encrypted {
        Encrypted::Never => format!("smtp://localhost:{port}"),
        Encrypted::AtOnce(_) => format!("smtps://localhost:{port}"),
        Encrypted::Asked(_) => format!("smtp://localhost:{port}?tls=required"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_with_a_certificate_takes_letters_when_it_is_trusted_and_no_other() {
    on_both(async |world| {
        let mut world = world;
        let id = nadia(&world).await;
        let (trusted, shown) = certificate(&["localhost"]);
        let (another, _) = certificate(&["localhost"]);
        let (elsewhere, wrong_name) = certificate(&["mail.elsewhere.example"]);
        for (right, wrong) in [
            (Encrypted::AtOnce(Arc::clone(&shown)), Encrypted::AtOnce(Arc::clone(&wrong_name))),
            (Encrypted::Asked(shown), Encrypted::Asked(wrong_name)),
        ] {
            let mailbox = Mailbox::default();
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let (good, second) = (address(&listener, &right), TcpListener::bind("127.0.0.1:0").unwrap());
            serve(&mailbox, listener, &right);
            let bad = address(&second, &wrong);
            serve(&mailbox, second, &wrong);
            world = with_post(world, Post::smtp(&good, None, FROM).unwrap());
            send_invitation(&world.system(), id).await.unwrap();
            // Nobody vouches for it; somebody else does; it is at the name of another machine.
            for (address, authorities, told) in [
                (&good, None, "aucune autorité connue"),
                (&good, Some(&another), "certificat du serveur de courrier n’est pas accepté"),
                (&bad, Some(&elsewhere), "au nom d’une autre machine"),
            ] {
                let post = Post::smtp(address, authorities.map(Vec::as_slice), FROM).unwrap();
                let why = post.greet().await.unwrap_err();
                assert!(why.contains(told), "{why}");
                world = with_post(world, post);
                assert!(send_due(&world.system()).await.unwrap(), "tried");
                assert!(!send_due(&world.system()).await.unwrap(), "put off");
                let (kept, _) = store::messages::mail::waiting(&world.department.db).await.unwrap();
                assert_eq!(kept, 1, "the letter stays");
                world.wait(Duration::hours(1));
            }
            assert!(mailbox.received.lock().unwrap().is_empty());
            let post = Post::smtp(&good, Some(&trusted), FROM).unwrap();
            post.greet().await.unwrap();
            world = with_post(world, post);
            drain(&world).await;
            assert_eq!(mailbox.received.lock().unwrap().len(), 1);
            assert_eq!(store::messages::mail::waiting(&world.department.db).await.unwrap(), (0, None));
            let in_clear = String::from_utf8(mailbox.in_clear.lock().unwrap().clone()).unwrap();
            assert!(!in_clear.contains(EMAIL) && !in_clear.contains("MAIL FROM"), "{in_clear}");
        }
        let plain = Post::smtp("smtp://localhost:25", Some(&trusted), FROM).unwrap_err();
        assert!(plain.contains("ca_file"), "{plain}");
    })
    .await;
}
