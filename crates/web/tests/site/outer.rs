//! The outer wall, over real sockets: clients that drip, stay silent, take nothing, send too much or come in numbers;
//! and the end in two phases.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use domain::access::role::Role;
use testkit::world::{World, on_sqlite};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};
use web::outer::{Limits, Outer, listen, wall};
use web::{Site, router};

use crate::support::spools;

/// Longer than any limit of these tests; what takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(20);
/// Short enough for a test, long enough for a busy machine to answer an honest request.
const SHORT: Duration = Duration::from_millis(700);

struct Running {
    address: SocketAddr,
    site: Site,
    end: Option<oneshot::Sender<()>>,
    hurry: Option<oneshot::Sender<()>>,
    task: JoinHandle<std::io::Result<()>>,
}

/// Serves the real site, and two routes that no site has: one is slow, one panics.
async fn serve(world: &World, limits: Limits) -> Running {
    let site = Site::facing(world.app.clone(), Outer { limits, ..Outer::default() });
    let slow = || async {
        sleep(Duration::from_secs(2)).await;
        "late"
    };
    let broken = || async { std::env::var("DECLIC_NEVER_SET").map(|_| "").expect("Barrancourt") };
    let odd = Router::new()
        .route("/slow", get(slow))
        .route("/55/api/slow", get(slow))
        .route("/55/broken", get(broken))
        .route("/55/api/broken", get(broken));
    let whole = wall::around(odd, &site).merge(router(&site));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let ((end, ended), (hurry, hurried)) = (oneshot::channel::<()>(), oneshot::channel::<()>());
    let wait = |asked: oneshot::Receiver<()>| async move {
        if asked.await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let task =
        tokio::spawn(listen::run(whole, listener, Arc::clone(&site.outer), wait(ended), wait(hurried)));
    Running { address, site, end: Some(end), hurry: Some(hurry), task }
}

impl Running {
    async fn open(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// What is answered to these bytes, until the server closes.
    async fn say(&self, bytes: impl AsRef<[u8]>) -> String {
        let mut stream = self.open().await;
        stream.write_all(bytes.as_ref()).await.unwrap();
        rest(&mut stream).await
    }

    async fn get(&self, path: &str) -> String {
        self.say(request("GET", path, "Connection: close\r\n", "")).await
    }

    fn end(&mut self) {
        self.end.take().unwrap().send(()).unwrap();
    }

    async fn gone(self) {
        timeout(PATIENCE, self.task).await.expect("it ends").unwrap().unwrap();
    }
}

fn request(method: &str, path: &str, headers: &str, body: &str) -> String {
    format!("{method} {path} HTTP/1.1\r\nHost: declic.test\r\n{headers}\r\n{body}")
}

/// Everything until the server closes, or cuts.
async fn rest(stream: &mut TcpStream) -> String {
    let (mut all, mut piece) = (Vec::new(), vec![0; 16 * 1024]);
    loop {
        match timeout(PATIENCE, stream.read(&mut piece)).await.expect("the server closes in time") {
            Ok(0) | Err(_) => return String::from_utf8_lossy(&all).into_owned(),
            Ok(read) => all.extend_from_slice(&piece[..read]),
        }
    }
}

/// One answer of a connection that stays open.
async fn one(stream: &mut TcpStream) -> String {
    let (mut all, mut byte) = (Vec::new(), [0]);
    while !all.ends_with(b"\r\n\r\n") {
        timeout(PATIENCE, stream.read_exact(&mut byte)).await.expect("an answer").unwrap();
        all.push(byte[0]);
    }
    let head = String::from_utf8(all).unwrap();
    let length =
        head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ").map(str::to_owned));
    let mut body = vec![0; length.map_or(0, |n| n.parse().unwrap())];
    stream.read_exact(&mut body).await.unwrap();
    head + &String::from_utf8_lossy(&body)
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("none")
}

/// Sends a byte now and then for as long as the server takes it; how many it took.
async fn drip(stream: &mut TcpStream) -> u32 {
    let begun = Instant::now();
    for sent in 0.. {
        assert!(begun.elapsed() < PATIENCE, "a client that drips is never cut");
        let mut told = [0];
        let closed =
            matches!(timeout(Duration::from_millis(30), stream.peek(&mut told)).await, Ok(Ok(_) | Err(_)));
        if closed || stream.write_all(b"a").await.is_err() {
            return sent;
        }
    }
    0
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_that_drip_are_cut_and_hold_nobody() {
    let world = on_sqlite("55").await;
    let server = serve(&world, Limits { head: SHORT, ..Limits::default() }).await;
    let mut slow = Vec::new();
    for _ in 0..20 {
        let mut stream = server.open().await;
        stream.write_all(b"GET / HTTP/1.1\r\nX-Long: ").await.unwrap();
        slow.push(tokio::spawn(async move { drip(&mut stream).await }));
    }
    assert_eq!(status(&server.get("/health/live").await), "200");
    assert_eq!(status(&server.get("/55/connexion").await), "200");
    for stream in slow {
        assert!(stream.await.unwrap() > 3, "each was listened to for a while");
    }
    assert_eq!(status(&server.get("/health/live").await), "200");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_connection_is_kept_for_a_while_then_closed() {
    let world = on_sqlite("55").await;
    let limits =
        Limits { head: Duration::from_millis(200), idle: Duration::from_secs(3), ..Limits::default() };
    let server = serve(&world, limits).await;
    let mut stream = server.open().await;
    for _ in 0..3 {
        stream.write_all(request("GET", "/health/live", "", "").as_bytes()).await.unwrap();
        assert_eq!(status(&one(&mut stream).await), "200", "silence between requests is not a slow request");
        sleep(Duration::from_millis(500)).await;
    }
    assert_eq!(rest(&mut stream).await, "");
    let mut mute = server.open().await;
    assert_eq!(rest(&mut mute).await, "", "one that never says a word neither");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_drips_is_told_so_and_nothing_is_kept() {
    let world = on_sqlite("55").await;
    let limits = Limits { body_grace: SHORT, body_pace: 1_000_000, ..Limits::default() };
    let server = serve(&world, limits).await;
    let scope = app::access::TokenScope::Write;
    let token =
        app::access::create_token(&world.system(), app::access::NewToken::of("essai", scope)).await.unwrap();
    let form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n";
    let file = format!("Authorization: Bearer {token}\r\nContent-Length: 5000\r\n");
    for (path, headers, kind) in
        [("/55/connexion", form, "text/html"), ("/55/api/v1/imports", &file, "application/problem+json")]
    {
        let mut stream = server.open().await;
        stream.write_all(request("POST", path, headers, "csrf=").as_bytes()).await.unwrap();
        drip(&mut stream).await;
        let answer = rest(&mut stream).await;
        assert_eq!(status(&answer), "408", "{answer}");
        assert!(answer.contains(kind) && answer.contains("trop lent"), "{answer}");
    }
    assert_eq!(spools(&world), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_takes_nothing_of_the_answer_is_cut() {
    let world = on_sqlite("55").await;
    let server = serve(&world, Limits { stall: SHORT, ..Limits::default() }).await;
    let asset = web::assets::asset_url("declic.css");
    let whole = server.get(asset).await.len();
    let mut stream = server.open().await;
    let many = 200;
    stream.write_all(request("GET", asset, "", "").repeat(many).as_bytes()).await.unwrap();
    // Nothing is taken until long after the server lost its patience; then only what lay in between is left.
    sleep(SHORT * 4).await;
    let left = rest(&mut stream).await.len();
    assert!(left > 0 && left < whole * many / 2, "{left} bytes of {}", whole * many);
    assert_eq!(status(&server.get("/health/live").await), "200");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_connection_too_many_is_told_so_until_another_leaves() {
    let world = on_sqlite("55").await;
    let server = serve(&world, Limits { connections: 2, ..Limits::default() }).await;
    let mut held = [server.open().await, server.open().await];
    for stream in &mut held {
        stream.write_all(request("GET", "/health/live", "", "").as_bytes()).await.unwrap();
        one(stream).await;
    }
    let refused = server.get("/health/live").await;
    assert_eq!(status(&refused), "503", "{refused}");
    assert!(refused.contains("Retry-After"));
    drop(held);
    let begun = Instant::now();
    while status(&server.get("/health/live").await) != "200" {
        assert!(begun.elapsed() < PATIENCE, "a place that is free is given again");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn too_much_is_refused_before_it_is_kept() {
    let world = on_sqlite("55").await;
    let limits = Limits { head_bytes: 8 * 1024, body_bytes: 10_000, ..Limits::default() };
    let server = serve(&world, limits).await;
    let long = format!("X-Long: {}\r\nConnection: close\r\n", "a".repeat(9_000));
    assert_eq!(status(&server.say(request("GET", "/", &long, "")).await), "431");
    let scope = app::access::TokenScope::Write;
    let token =
        app::access::create_token(&world.system(), app::access::NewToken::of("essai", scope)).await.unwrap();
    let bearer = format!("Authorization: Bearer {token}\r\nConnection: close\r\n");
    let told = format!("{bearer}Content-Length: 10001\r\n");
    let chunked = format!("{bearer}Transfer-Encoding: chunked\r\n");
    let body = format!("2711\r\n{}\r\n0\r\n\r\n", "a".repeat(0x2711));
    for (headers, body) in [(told, "a".repeat(10_001)), (chunked, body)] {
        let answer = server.say(request("POST", "/55/api/v1/imports", &headers, &body)).await;
        assert_eq!(status(&answer), "413", "{answer}");
        assert!(answer.contains("application/problem+json"));
    }
    assert_eq!(spools(&world), 0);
    let form =
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 10001\r\nConnection: close\r\n";
    let answer = server.say(request("POST", "/55/connexion", form, &"a".repeat(10_001))).await;
    assert!(status(&answer) == "413" && answer.contains("text/html"), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_takes_too_long_is_given_up() {
    let world = on_sqlite("55").await;
    let server = serve(&world, Limits { answer: SHORT, answer_file: SHORT, ..Limits::default() }).await;
    let page = server.get("/slow").await;
    assert!(status(&page) == "503" && page.contains("text/html") && page.contains("retry-after"), "{page}");
    let json = server.get("/55/api/slow").await;
    assert!(status(&json) == "503" && json.contains("application/problem+json"), "{json}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_gives_a_page_with_the_number_of_the_event_and_no_word_of_it() {
    let world = on_sqlite("55").await;
    let server = serve(&world, Limits::default()).await;
    for (path, kind) in [("/55/broken", "text/html"), ("/55/api/broken", "application/problem+json")] {
        let mine = "X-Request-Id: evenement-de-test-1\r\nConnection: close\r\n";
        let answer = server.say(request("GET", path, mine, "")).await;
        assert_eq!(status(&answer), "500", "{answer}");
        assert!(answer.contains(kind) && !answer.contains("Barrancourt"), "{answer}");
        assert_eq!(
            answer.matches("evenement-de-test-1").count(),
            2,
            "in the header and on the page: {answer}"
        );
        assert!(answer.contains("content-security-policy"));
    }
    let given = server.get("/55/broken").await;
    let id = given.split("x-request-id: ").nth(1).unwrap().split('\r').next().unwrap();
    assert!(id.len() == 16 && given.matches(id).count() == 2, "{given}");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_drains_then_finishes_what_is_under_way() {
    let world = on_sqlite("55").await;
    let limits = Limits { drain: Duration::from_secs(1), ..Limits::default() };
    let mut server = serve(&world, limits).await;
    let mut kept = server.open().await;
    kept.write_all(request("GET", "/health/ready", "", "").as_bytes()).await.unwrap();
    assert_eq!(status(&one(&mut kept).await), "200");
    let mut under_way = server.open().await;
    under_way.write_all(request("GET", "/slow", "", "").as_bytes()).await.unwrap();
    server.end();
    while !server.site.outer.is_draining() {
        tokio::task::yield_now().await;
    }
    let ready = server.get("/health/ready").await;
    assert!(status(&ready) == "503" && ready.contains("stopping"), "{ready}");
    let page = server.get("/55/connexion").await;
    assert!(status(&page) == "200" && page.contains("connection: close"), "{page}");
    let late = rest(&mut under_way).await;
    assert!(status(&late) == "200" && late.ends_with("late"), "{late}");
    assert_eq!(rest(&mut kept).await, "", "a silent connection is closed");
    assert!(TcpStream::connect(server.address).await.is_err(), "nobody new is accepted");
    server.gone().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_request_to_end_does_not_wait() {
    let world = on_sqlite("55").await;
    let limits = Limits { drain: PATIENCE * 3, finish: PATIENCE * 3, ..Limits::default() };
    let mut server = serve(&world, limits).await;
    let mut under_way = server.open().await;
    under_way.write_all(request("GET", "/slow", "", "").as_bytes()).await.unwrap();
    server.end();
    server.hurry.take().unwrap().send(()).unwrap();
    server.gone().await;
    assert_eq!(rest(&mut under_way).await, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn ready_tells_of_a_full_disk() {
    let world = on_sqlite("55").await;
    std::fs::create_dir_all(&world.department.documents).unwrap();
    let server = serve(&world, Limits { least_room_mib: u64::MAX, ..Limits::default() }).await;
    let ready = server.get("/health/ready").await;
    assert!(status(&ready) == "503" && ready.contains("disk full"), "{ready}");
    assert_eq!(status(&server.get("/health/live").await), "200");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_error_of_the_api_is_a_problem_and_every_other_a_page() {
    let world = on_sqlite("55").await;
    let server = serve(&world, Limits::default()).await;
    let token = app::access::create_token(
        &world.system(),
        app::access::NewToken::of("essai", app::access::TokenScope::Read),
    )
    .await
    .unwrap();
    let bearer = format!("Authorization: Bearer {token}\r\nConnection: close\r\n");
    for (method, path, expected) in [
        ("GET", "/55/api/v1/nulle-part", "404"),
        ("GET", "/99/api/v1/people", "404"),
        ("DELETE", "/55/api/v1/people", "405"),
        ("GET", "/55/api/v1/people/pas-un-numero", "404"),
        ("POST", "/55/api/v1/imports", "403"),
    ] {
        let answer = server.say(request(method, path, &bearer, "")).await;
        assert_eq!(status(&answer), expected, "{path} {answer}");
        assert!(answer.contains("content-type: application/problem+json"), "{path} {answer}");
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        let problem: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!(problem["status"].to_string(), expected);
        assert!(
            ["type", "title", "detail", "instance"].iter().all(|key| problem[key].is_string()),
            "{problem}"
        );
    }
    let (cookie, _) = world.session(Role::Operator, None).await;
    let signed = format!("Cookie: __Host-declic-55={cookie}\r\nConnection: close\r\n");
    for (method, path, expected) in [
        ("DELETE", "/55/public/accessibilite", "403"),
        ("HEAD", "/assets/0/absent", "404"),
        ("PUT", "/", "405"),
    ] {
        let answer = server.say(request(method, path, &signed, "")).await;
        assert_eq!(status(&answer), expected, "{path}");
        assert!(answer.contains("content-type: text/html"), "{path} {answer}");
    }
}
