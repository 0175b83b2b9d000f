//! A client of the real server that speaks HTTP by hand, so that what is sent is what is written here.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use testkit::process::Server;

/// The département of these tests.
pub const DEPARTMENT: &str = "52";
/// A debug build on a busy machine.
pub const PATIENCE: Duration = Duration::from_mins(2);

/// The program.
pub fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_declic"))
}

/// What a command prints; it must succeed.
pub fn done(words: &[&str]) -> String {
    let output = Command::new(program()).args(words).env_remove("DECLIC_CONFIG").output().unwrap();
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A token of the API of a place (`["--data", folder]` or `["--config", file]`).
pub fn token(place: &[&str], scope: &str) -> String {
    let words = ["token", "create", "--department", DEPARTMENT, "--name", "essai", "--scope", scope];
    done(&[&words[..], place].concat()).lines().last().unwrap().to_owned()
}

/// A server whose log goes to `log`.
pub fn serve(place: &[&str], log: &Path) -> Server {
    let log = std::fs::File::options().create(true).append(true).open(log).unwrap();
    Server::start_logging(&program(), &[&["serve"], place].concat(), PATIENCE, log).unwrap()
}

/// Somebody, with the cookies they were given.
pub struct Visitor {
    address: String,
    cookies: BTreeMap<String, String>,
    headers: String,
}

/// What was answered.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    /// The token of the first form.
    pub fn csrf(&self) -> String {
        let (_, rest) = self.body.split_once("name=\"csrf\" value=\"").expect("a form");
        rest.split('"').next().unwrap().to_owned()
    }
}

impl Visitor {
    /// Nobody yet; `headers` go with each request.
    pub fn new(server: &Server, headers: &str) -> Self {
        let address = server.url.trim_start_matches("http://").to_owned();
        Self { address, cookies: BTreeMap::new(), headers: headers.to_owned() }
    }

    pub fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, "", "").unwrap()
    }

    pub fn post(&mut self, path: &str, fields: &str) -> Answer {
        self.send("POST", path, "Content-Type: application/x-www-form-urlencoded\r\n", fields).unwrap()
    }

    /// Sends a request on a connection of its own; an answer that is cut is an error.
    pub fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &str,
        body: impl AsRef<[u8]>,
    ) -> std::io::Result<Answer> {
        let body = body.as_ref();
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nCookie: {}\r\nContent-Length: {}\r\n{}{headers}\r\n",
            self.address,
            cookies.join("; "),
            body.len(),
            self.headers,
        )?;
        stream.write_all(body)?;
        let mut all = Vec::new();
        stream.read_to_end(&mut all)?;
        let all = String::from_utf8_lossy(&all).into_owned();
        let cut = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
        let (head, body) = all.split_once("\r\n\r\n").ok_or_else(cut)?;
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if length.is_some_and(|length| length.parse() != Ok(body.len())) {
            return Err(cut());
        }
        for cookie in head.lines().filter_map(|line| line.strip_prefix("set-cookie: ")) {
            if let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(cut)?;
        Ok(Answer { status, head: head.to_owned(), body: body.to_owned() })
    }
}
