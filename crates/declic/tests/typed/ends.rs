//! How the real server ends under load, and what it says while its database is away.

use std::io::Write as _;
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use testkit::process::Server;

use crate::visitor::{DEPARTMENT, PATIENCE, Visitor, done, serve, token};

/// What the machine allows before it kills.
const ALLOWED: Duration = Duration::from_secs(30);

fn status(server: &Server, path: &str) -> Option<u16> {
    Visitor::new(server, "").send("GET", path, "", "").ok().map(|answer| answer.status)
}

/// Waits until a path answers with this status.
fn until(server: &Server, path: &str, wanted: u16) {
    let begun = Instant::now();
    while status(server, path) != Some(wanted) {
        assert!(begun.elapsed() < PATIENCE, "{path} never answers {wanted}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// An upload that is begun and never ends.
fn endless(server: &Server, bearer: &str) -> TcpStream {
    let address = server.url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "POST /{DEPARTMENT}/api/v1/imports HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {bearer}\r\nContent-Length: 99999\r\n\r\n<Racine>"
    )
    .unwrap();
    stream
}

#[test]
fn under_load_everything_asked_before_the_end_is_answered_whole() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data").display().to_string();
    token(&["--data", &data], "read");
    let server = Arc::new(serve(&["--data", &data], &folder.path().join("log")));
    let leaving = Arc::new(AtomicBool::new(false));
    let clients: Vec<_> = (0..8)
        .map(|_| {
            let (server, leaving) = (Arc::clone(&server), Arc::clone(&leaving));
            std::thread::spawn(move || {
                let mut answered = 0_u32;
                while !leaving.load(Ordering::SeqCst) {
                    let answer = Visitor::new(&server, "").get(&format!("/{DEPARTMENT}/connexion"));
                    assert_eq!(answer.status, 200);
                    answered += 1;
                }
                answered
            })
        })
        .collect();
    std::thread::sleep(Duration::from_millis(500));
    let asked = Instant::now();
    server.ask_to_end().unwrap();
    // As a proxy does: as soon as it is not ready, nothing new is sent to it.
    until(&server, "/health/ready", 503);
    leaving.store(true, Ordering::SeqCst);
    let answered: u32 = clients.into_iter().map(|client| client.join().expect("no answer was cut")).sum();
    assert!(answered > 20, "{answered}");
    let server = Arc::into_inner(server).unwrap();
    assert!(server.wait().unwrap().success());
    assert!(asked.elapsed() < ALLOWED, "{:?}", asked.elapsed());
    assert!(done(&["verify", "--data", &data]).contains("rien à signaler"));
}

#[test]
fn who_never_finishes_is_cut_in_time_and_at_once_when_asked_twice() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data").display().to_string();
    let bearer = token(&["--data", &data], "write");
    for times in [1, 2] {
        let server = serve(&["--data", &data], &folder.path().join("log"));
        let upload = endless(&server, &bearer);
        until(&server, "/health/live", 200);
        let asked = Instant::now();
        for _ in 0..times {
            server.ask_to_end().unwrap();
            // Two signals at the same instant are one.
            std::thread::sleep(Duration::from_millis(300));
        }
        assert!(server.wait().unwrap().success());
        let most = if times == 1 { ALLOWED } else { Duration::from_secs(10) };
        assert!(asked.elapsed() < most, "{times}: {:?}", asked.elapsed());
        drop(upload);
        let spool = Path::new(&data).join(format!("{DEPARTMENT}-documents/spool"));
        assert_eq!(std::fs::read_dir(spool).map_or(0, Iterator::count), 0, "half a file is kept");
    }
}

#[test]
fn an_import_under_way_finishes_or_waits_for_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (data, calm, file) = (path("data"), path("calm"), path("month.xml"));
    let month = [
        "generate",
        "beneficiaires",
        "--department",
        DEPARTMENT,
        "--month",
        "2026-10",
        "--households",
        "1500",
    ];
    done(&[&month[..], &["--out", &file]].concat());
    done(&["import", "--department", DEPARTMENT, "--data", &calm, &file]);
    let bearer = token(&["--data", &data], "write");
    let authorization = format!("Authorization: Bearer {bearer}\r\n");
    let server = serve(&["--data", &data], &folder.path().join("log"));
    let text = std::fs::read(&file).unwrap();
    let sent = Visitor::new(&server, &authorization)
        .send("POST", &format!("/{DEPARTMENT}/api/v1/imports"), "", &text)
        .unwrap();
    assert_eq!(sent.status, 202, "{}", sent.body);
    let place = sent.head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap().to_owned();
    std::thread::sleep(Duration::from_millis(700));
    server.ask_to_end().unwrap();
    server.ask_to_end().unwrap();
    assert!(server.wait().unwrap().success());
    let server = serve(&["--data", &data], &folder.path().join("log"));
    let begun = Instant::now();
    while !Visitor::new(&server, &authorization).get(&place).body.contains("\"status\":\"done\"") {
        assert!(begun.elapsed() < PATIENCE, "it is never brought in");
        std::thread::sleep(Duration::from_millis(200));
    }
    assert!(server.stop().unwrap().success());
    let digest = |data: &str| done(&["digest", "--department", DEPARTMENT, "--data", data]);
    assert_eq!(digest(&data), digest(&calm));
}

#[test]
fn a_database_that_is_cut_is_told_and_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut cluster = testkit::pg::Cluster::start().unwrap();
    let here = folder.path().display();
    std::fs::write(folder.path().join("secret"), "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=\n").unwrap();
    let config = folder.path().join("declic.toml");
    let text = format!(
        "secret_file = \"{here}/secret\"\n[departments.{DEPARTMENT}]\ndatabase = \"{}\"\ndocuments = \"file:{here}/documents\"\n",
        cluster.url
    );
    std::fs::write(&config, text).unwrap();
    let config = config.display().to_string();
    let place = ["--config", config.as_str()];
    let bearer = token(&place, "read");
    let server = serve(&place, &folder.path().join("log"));
    let mut api = Visitor::new(&server, &format!("Authorization: Bearer {bearer}\r\n"));
    let people = format!("/{DEPARTMENT}/api/v1/people");
    assert_eq!(api.get(&people).status, 200);
    cluster.cut().unwrap();
    let away = api.get(&people);
    assert_eq!(away.status, 503, "{}", away.body);
    assert!(
        away.head.contains("retry-after") && away.body.contains("indisponible"),
        "{}\n{}",
        away.head,
        away.body
    );
    let mut somebody = Visitor::new(&server, &format!("Cookie: __Host-declic-{DEPARTMENT}=abc\r\n"));
    let page = somebody.get(&format!("/{DEPARTMENT}/personnes"));
    assert_eq!(page.status, 503, "{}", page.body);
    assert_eq!(status(&server, "/health/ready"), Some(503));
    assert_eq!(status(&server, "/health/live"), Some(200));
    cluster.begin().unwrap();
    until(&server, "/health/ready", 200);
    assert_eq!(api.get(&people).status, 200);
    assert!(server.stop().unwrap().success());
}
