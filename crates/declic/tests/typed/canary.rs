//! Five hundred marked values go in by every door; nothing that the program leaves on the disk shows one of them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use testkit::process::{Guard, free_port, wait_for_port};

const PATIENCE: Duration = Duration::from_mins(2);

/// What is between two marks, each time.
fn between(text: &str, start: &str, end: &str) -> Vec<String> {
    let parts = text.split(start).skip(1).filter_map(|rest| rest.split_once(end));
    parts.map(|(value, _)| value.to_owned()).filter(|value| !value.is_empty()).collect()
}

/// The data, the temporary files and the words of the program, all in one folder.
struct Stage {
    folder: tempfile::TempDir,
    port: u16,
}

impl Stage {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program with everything it says kept in `said/`.
    fn command(&self, words: &[&str], name: &str) -> Command {
        let said = |ending: &str| std::fs::File::create(self.path(&format!("said/{name}.{ending}"))).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_declic"));
        command
            .args(words)
            .args(["--data", &self.path("data").display().to_string()])
            .env("TMPDIR", self.path("tmp"))
            .env("DECLIC_LOG", "debug")
            .stdin(Stdio::null())
            .stdout(said("out"))
            .stderr(said("err"));
        command
    }

    fn done(&self, words: &[&str], name: &str) -> String {
        let words = [words, &["--department", "55"]].concat();
        assert!(
            self.command(&words, name).status().unwrap().success(),
            "{words:?}: {}",
            self.said(name, "err")
        );
        self.said(name, "out")
    }

    fn said(&self, name: &str, ending: &str) -> String {
        std::fs::read_to_string(self.path(&format!("said/{name}.{ending}"))).unwrap()
    }

    fn serve(&self) -> (Child, Guard) {
        let address = format!("127.0.0.1:{}", self.port);
        let mut server = self.command(&["serve", "--listen", &address], "serve").spawn().unwrap();
        let guard = Guard::at_end("kill -9 \"$1\"", [server.id().to_string()]).unwrap();
        wait_for_port(&mut server, self.port, PATIENCE).unwrap();
        (server, guard)
    }

    /// Asks the server; the head and the body of its answer.
    fn ask(&self, head: &str, headers: &[(&str, &str)], body: &[u8]) -> (String, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let mut text = format!("{head} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n", self.port);
        for (name, value) in headers {
            let _ = write!(text, "{name}: {value}\r\n");
        }
        let _ = write!(text, "Content-Length: {}\r\n\r\n", body.len());
        stream.write_all(text.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.to_owned(), body.to_owned())
    }

    /// Every file under the folder in which one of the marks is in clear; the files typed by the test itself apart.
    fn shown(&self, marks: &BTreeSet<String>) -> Vec<String> {
        let (mut shown, mut folders) = (Vec::new(), vec![self.folder.path().to_owned()]);
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.extend(Some(path).filter(|path| !path.ends_with("typed")));
                    continue;
                }
                let bytes = std::fs::read(&path).unwrap();
                shown.extend(seen(&bytes, marks).map(|mark| format!("{mark} in {}", path.display())));
            }
        }
        shown
    }
}

/// The marks that stand in some bytes. All begin with a byte that few bytes are, so that one walk is enough.
fn seen<'a>(bytes: &'a [u8], marks: &'a BTreeSet<String>) -> impl Iterator<Item = &'a String> {
    let mut starts: Vec<Vec<usize>> = vec![Vec::new(); 256];
    for (at, byte) in bytes.iter().enumerate() {
        starts[usize::from(*byte)].push(at);
    }
    marks.iter().filter(move |mark| {
        let mark = mark.as_bytes();
        starts[usize::from(mark[0])].iter().any(|at| bytes[*at..].starts_with(mark))
    })
}

/// Files typed by the test, and the marks in them.
fn typed(stage: &Stage) -> BTreeSet<String> {
    let generate = |words: &[&str], name: &str| {
        let out = stage.path(&format!("typed/{name}")).display().to_string();
        let done = Command::new(env!("CARGO_BIN_EXE_declic"))
            .args(["generate"])
            .args(words)
            .args(["--department", "55", "--out", &out])
            .output()
            .unwrap();
        assert!(done.status.success());
        String::from_utf8_lossy(&std::fs::read(&out).unwrap()).into_owned()
    };
    let month = generate(&["beneficiaires", "--month", "2026-10", "--households", "100"], "mois.xml");
    let day = generate(&["instruction", "--day", "2026-11-20", "--claims", "80"], "jour.xml");
    let mut marks = BTreeSet::new();
    for text in [&month, &day] {
        marks.extend(between(text, "<NIR>", "</NIR>").into_iter().map(|nir| nir[..13].to_owned()));
        marks.extend(between(text, "<ADRELEC>", "</ADRELEC>").into_iter().filter(|mail| mail.contains('@')));
        let phones = between(text, "<NUMTEL>", "</NUMTEL>");
        marks.extend(phones.into_iter().map(|phone| phone.trim_start_matches('0').to_owned()));
        marks.extend(between(text, "<IDASSEDIC>", "</IDASSEDIC>"));
    }
    // Dossiers left out keep their text: each with a mark of its own.
    let mut broken = month;
    for rank in 0..30 {
        let mark = format!("CANARI{rank:04}ENCAGE");
        broken = broken.replacen("<NOM>", &format!("<XOM>{mark}"), 1).replacen("</NOM>", "</XOM>", 1);
        marks.insert(mark);
    }
    std::fs::write(stage.path("typed/mois.xml"), broken).unwrap();
    let mut list =
        "N° CAF;Nom;Prénom;Date de naissance;Rôle;Civilité;Numéro(s) de téléphone;Adresse électronique\n"
            .to_owned();
    for rank in 0..100 {
        let (phone, mail) = (format!("63998{rank:04}"), format!("canari.{rank:04}@cage.example"));
        let _ = writeln!(list, "9{rank:06};Canari;Jaune{rank};04/05/1991;dem;Mme;0{phone};{mail}");
        marks.extend([phone, mail]);
    }
    std::fs::write(stage.path("typed/liste.csv"), list).unwrap();
    marks
}

/// Chooses a password by the link of `user add`, signs in, and types a telephone on somebody's page.
fn by_hand(stage: &Stage, mark: &str) {
    let words = ["user", "add", "--email", "lead@meuse.test", "--name", "Léa Prost", "--role", "operator"];
    let link = stage.done(&words, "user");
    let link = link.lines().last().unwrap().trim().to_owned();
    let path = &link[link.find("/55/").unwrap()..];
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    let mut cookies = String::new();
    let visit = |head: &str, fields: &str, cookies: &mut String| {
        let cookie = cookies.clone();
        let (head, body) = stage.ask(head, &[form, ("Cookie", &cookie)], fields.as_bytes());
        for line in head.lines().filter(|line| line.to_lowercase().starts_with("set-cookie:")) {
            let pair = line["set-cookie:".len()..].trim().split(';').next().unwrap();
            let _ = write!(cookies, "{}{pair}", if cookies.is_empty() { "" } else { "; " });
        }
        (head, body)
    };
    let csrf = |body: &str| between(body, "name=\"csrf\" value=\"", "\"").remove(0);
    let token = csrf(&visit(&format!("GET {path}"), "", &mut cookies).1);
    let fields = format!("csrf={token}&password=un+mot+de+passe+de+canari+42");
    let (head, _) = visit(&format!("POST {path}"), &fields, &mut cookies);
    assert!(head.starts_with("HTTP/1.1 303"), "{head}");
    let token = csrf(&visit("GET /55/connexion", "", &mut cookies).1);
    let fields = format!("csrf={token}&email=lead%40meuse.test&password=un+mot+de+passe+de+canari+42");
    let (head, _) = visit("POST /55/connexion", &fields, &mut cookies);
    assert!(head.starts_with("HTTP/1.1 303"), "{head}");
    let people = visit("GET /55/personnes?tri=nom", "", &mut cookies).1;
    let person =
        between(&people, "href=\"/55/personnes/", "\"").into_iter().find(|id| id.len() == 36).unwrap();
    let contacts = format!("/55/personnes/{person}/contacts");
    let token = csrf(&visit(&format!("GET {contacts}"), "", &mut cookies).1);
    let fields = format!("csrf={token}&kind=phone&value=0{mark}&replaces=");
    let (head, body) = visit(&format!("POST {contacts}"), &fields, &mut cookies);
    assert!(head.starts_with("HTTP/1.1 303"), "{head}{body}");
    let (_, page) = visit(&format!("GET /55/personnes/{person}"), "", &mut cookies);
    assert!(page.contains("C’est enregistré") || page.contains("06"), "{page}");
    visit(&format!("GET /55/recherche?q=0{mark}"), "", &mut cookies);
}

#[test]
fn five_hundred_marked_values_are_nowhere_in_clear() {
    let stage = Stage { folder: tempfile::tempdir().unwrap(), port: free_port().unwrap() };
    for name in ["data", "tmp", "said", "typed"] {
        std::fs::create_dir(stage.path(name)).unwrap();
    }
    let mut marks = typed(&stage);
    let by_hand_mark = "639987654".to_owned();
    marks.insert(by_hand_mark.clone());
    assert!(marks.len() >= 500, "{}", marks.len());
    let token = stage.done(&["token", "create", "--name", "canari", "--scope", "write"], "token");
    let token = format!("Bearer {}", token.lines().last().unwrap().trim());
    let (mut server, guard) = stage.serve();
    let month = stage.path("typed/mois.xml").display().to_string();
    stage.done(&["import", &month], "import");
    for name in ["jour.xml", "liste.csv"] {
        let bytes = std::fs::read(stage.path("typed").join(name)).unwrap();
        let path = format!("POST /55/api/v1/imports?file_name={name}");
        let (head, body) = stage.ask(&path, &[("Authorization", &token)], &bytes);
        assert!(head.starts_with("HTTP/1.1 202"), "{head}{body}");
        let id = between(&body, "\"id\":\"", "\"").remove(0);
        let start = Instant::now();
        loop {
            let answer =
                stage.ask(&format!("GET /55/api/v1/imports/{id}"), &[("Authorization", &token)], b"").1;
            if answer.contains("\"status\":\"done\"") {
                break;
            }
            assert!(start.elapsed() < PATIENCE && !answer.contains("failed"), "{answer}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
    by_hand(&stage, &by_hand_mark);
    let backup = stage.path("sauvegarde").display().to_string();
    stage.done(&["backup", &backup], "backup");
    // While the server runs: the log of the database and its shared memory too.
    assert!(stage.path("data/55.db-wal").exists());
    assert_eq!(stage.shown(&marks), Vec::<String>::new());
    guard.disarm();
    Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap();
    assert!(server.wait().unwrap().success());
    assert!(stage.done(&["verify"], "verify").contains("rien à signaler"));
    assert_eq!(stage.shown(&marks), Vec::<String>::new());
    // The search itself sees: what was typed shows every mark.
    let typed: Vec<u8> = ["mois.xml", "jour.xml", "liste.csv"]
        .iter()
        .flat_map(|name| std::fs::read(stage.path("typed").join(name)).unwrap())
        .collect();
    assert_eq!(seen(&typed, &marks).count(), marks.len() - 1, "all but the one typed by hand");
    assert!(Path::new(&backup).metadata().unwrap().len() > 100_000);
}
