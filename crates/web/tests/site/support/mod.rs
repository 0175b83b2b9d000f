//! A browser without a screen: keeps cookies, reads the token of forms, and reads each page as a linter.

use std::collections::BTreeMap;

use app::intake::queue::work_once;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use domain::access::role::Role;
use http_body_util::BodyExt as _;
use testkit::world::{World, on_sqlite};
use tower::ServiceExt as _;
use uuid::Uuid;
use web::{Site, router};

/// The boundary of multipart forms.
const BOUNDARY: &str = "----declic";

/// A browser on one server.
pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
    department: String,
}

/// A part of a form: its name and its value, or its name, the file's name and its bytes.
pub enum Part<'a> {
    Text(&'a str, &'a str),
    File(&'a str, &'a str, &'a [u8]),
}

/// What was answered.
#[derive(Debug)]
pub struct Seen {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    /// The same, as it came.
    pub bytes: Vec<u8>,
}

impl Seen {
    /// Where one is sent.
    pub fn location(&self) -> &str {
        self.headers.get("location").and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// The token of the first form.
    pub fn csrf(&self) -> String {
        let (_, rest) = self
            .body
            .split_once("name=\"csrf\" value=\"")
            .unwrap_or_else(|| panic!("no form: {}", self.body));
        rest.split('"').next().unwrap().to_owned()
    }

    /// The first address of the page that starts so.
    pub fn link(&self, start: &str) -> String {
        let start = format!("href=\"{start}");
        let (_, rest) = self.body.split_once(&start).unwrap_or_else(|| panic!("no {start} in {}", self.body));
        let rest = rest.split('"').next().unwrap();
        format!("{}{rest}", start.trim_start_matches("href=\"")).replace("&amp;", "&").replace("&#38;", "&")
    }

    /// The value of the first field of this name; empty when there is none.
    pub fn field(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let rest = self.body.split_once(&start).map(|(_, rest)| rest).unwrap_or_default();
        rest.split('"').next().unwrap_or_default().to_owned()
    }

    /// Whether the page says it; print signs and entities do not matter.
    pub fn says(&self, words: &str) -> bool {
        let plain = |text: &str| text.replace("&#39;", "’").replace(['\u{a0}', '\u{202f}'], " ");
        plain(&self.body).contains(&plain(words))
    }
}

impl Browser {
    /// Nobody yet.
    pub fn new(world: &World) -> Self {
        let router = router(&Site::new(world.app.clone()));
        Self { router, cookies: BTreeMap::new(), department: world.department.code.clone() }
    }

    /// Somebody who holds this role, signed in with the button of their demo account.
    pub async fn of(world: &World, role: Role) -> Self {
        let account = world.account(role, None).await;
        Self::of_account(world, role, account).await
    }

    /// The same, with a demo account that was made first for this role.
    pub async fn of_account(world: &World, role: Role, account: Uuid) -> Self {
        let email = format!("{}-{}@{}.demo.test", role.code(), account.simple(), world.department.code);
        let mut browser = Self::new(world);
        let login = browser.get("/connexion").await;
        let sent = browser.post("/connexion/demo", &[("csrf", &login.csrf()), ("email", &email)]).await;
        assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, browser.path("/").as_str()));
        browser
    }

    /// Somebody with an account that is not of the demonstration, signed in by its password.
    pub async fn with_password(world: &World, email: &str, password: &str) -> Self {
        let mut browser = Self::new(world);
        let seen = browser.sign_in(email, password).await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
        browser
    }

    /// Types an e-mail and a password.
    pub async fn sign_in(&mut self, email: &str, password: &str) -> Seen {
        let csrf = self.get("/connexion").await.csrf();
        self.post("/connexion", &[("csrf", &csrf), ("email", email), ("password", password)]).await
    }

    /// The value of the session's cookie; empty when there is none.
    pub fn session(&self) -> &str {
        self.cookies.get(&format!("__Host-declic-{}", self.department)).map_or("", String::as_str)
    }

    /// An address of the département, given whole or not.
    pub fn path(&self, path: &str) -> String {
        let whole = format!("/{}/", self.department);
        if path.starts_with(&whole) { path.to_owned() } else { format!("/{}{path}", self.department) }
    }

    /// A page; every page must be sound, whatever its status.
    pub async fn get(&mut self, path: &str) -> Seen {
        let request = self.request("GET", path).body(Body::empty()).unwrap();
        self.send(request).await
    }

    /// The token of the forms of a page.
    pub async fn token(&mut self, path: &str) -> String {
        self.get(path).await.csrf()
    }

    /// A form.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Seen {
        self.post_from(path, fields, None).await
    }

    /// A form that says from which site it comes.
    pub async fn post_from(&mut self, path: &str, fields: &[(&str, &str)], origin: Option<&str>) -> Seen {
        let fields: Vec<_> =
            fields.iter().map(|(name, value)| format!("{name}={}", web::form::encode(value))).collect();
        let mut request =
            self.request("POST", path).header("content-type", "application/x-www-form-urlencoded");
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let request = request.body(Body::from(fields.join("&"))).unwrap();
        self.send(request).await
    }

    /// A form with a file, as the page writes it: token, file, profile.
    pub async fn upload(&mut self, token: &str, name: &str, bytes: &[u8], origin: Option<&str>) -> Seen {
        let parts = [Part::Text("csrf", token), Part::File("file", name, bytes), Part::Text("profile", "")];
        self.parts_from("/fichiers", &parts, origin).await
    }

    /// A form in parts.
    pub async fn send_parts(&mut self, path: &str, parts: &[Part<'_>]) -> Seen {
        self.parts_from(path, parts, None).await
    }

    async fn parts_from(&mut self, path: &str, parts: &[Part<'_>], origin: Option<&str>) -> Seen {
        let mut body = Vec::new();
        for part in parts {
            let (head, value) = match part {
                Part::Text(name, value) => (format!("name=\"{name}\""), value.as_bytes()),
                Part::File(name, file, bytes) => (
                    format!("name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: application/octet-stream"),
                    *bytes,
                ),
            };
            body.extend_from_slice(
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes(),
            );
            body.extend_from_slice(value);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let mut request = self.request("POST", path).header("content-type", kind);
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let request = request.body(Body::from(body)).unwrap();
        self.send(request).await
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let uri = if path == "//" { "/".to_owned() } else { self.path(path) };
        Request::builder()
            .method(method)
            .uri(uri)
            .header("host", "declic.test")
            .header("cookie", cookies.join("; "))
    }

    async fn send(&mut self, request: Request<Body>) -> Seen {
        let asked = format!("{} {}", request.method(), request.uri());
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        for cookie in parts.headers.get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let seen = Seen {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
            bytes: bytes.into(),
        };
        let kind = seen.headers.get("content-type").and_then(|v| v.to_str().ok()).unwrap_or_default();
        if kind.starts_with("text/html") {
            let faults = testkit::page::check_page(&seen.body);
            assert!(faults.is_empty(), "{asked}: {}", faults.join("\n"));
            assert!(!seen.body.contains('⟦'), "{asked}: a text is missing");
        }
        seen
    }
}

/// The sample of the CAF, for the Haute-Marne.
pub const SAMPLE: &[u8] = include_bytes!("../../../../app/tests/data/RSABEM.xml");

/// Sends a file and lets the worker read it; the address of its report.
pub async fn read(world: &World, browser: &mut Browser, name: &str, bytes: &[u8]) -> String {
    let token = browser.token("/fichiers").await;
    let sent = browser.upload(&token, name, bytes, None).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    assert!(work_once(&world.system()).await.unwrap());
    sent.location().to_owned()
}

/// The sample, as text that can be changed.
pub fn sample() -> String {
    String::from_utf8_lossy(SAMPLE).into_owned()
}

/// The status of what was answered.
pub fn is(seen: &Seen, status: StatusCode) {
    assert_eq!(seen.status, status, "{}", seen.body);
}

/// A département with demo accounts.
pub async fn demo(code: &str) -> World {
    on_sqlite(code).await.in_demo()
}

/// What is left of uploads on the disk.
pub fn spools(world: &World) -> usize {
    std::fs::read_dir(world.department.documents.join("spool")).map_or(0, Iterator::count)
}
