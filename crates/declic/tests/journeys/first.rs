//! The first journey in a real browser, as the people of step 1 live it; with JavaScript and without; axe on each page.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;

use testkit::browser::{Browser, Scripts};
use testkit::process::Server;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/RSABEM.xml");

pub struct Stage {
    pub server: Server,
    /// What the tour without JavaScript opened, and as whom, to be read by axe afterwards.
    seen: RefCell<Vec<(String, String)>>,
    who: RefCell<String>,
    folder: tempfile::TempDir,
}

/// A demonstration of today, which this journey alone changes.
pub fn demo() -> Stage {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("demo");
    copy(&MADE, &data);
    stage(folder, &["demo", "--data", &data.display().to_string()])
}

/// One that stands on a day.
pub fn demo_on(day: &str) -> Stage {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("demo").display().to_string();
    stage(folder, &["demo", "--people", "20", "--until", day, "--data", &data])
}

fn stage(folder: tempfile::TempDir, words: &[&str]) -> Stage {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_declic"));
    let server = Server::start(&program, words, Duration::from_mins(4)).unwrap();
    Stage { server, seen: RefCell::default(), who: RefCell::default(), folder }
}

/// The data of a demonstration, made once for all the journeys of a run: each opens a copy, as `declic demo` opens what it made.
static MADE: LazyLock<PathBuf> = LazyLock::new(|| {
    let data = Path::new(env!("CARGO_TARGET_TMPDIR")).join("demo");
    if data.exists() {
        std::fs::remove_dir_all(&data).unwrap();
    }
    let program = PathBuf::from(env!("CARGO_BIN_EXE_declic"));
    let words = ["demo", "--people", "100", "--data", &data.display().to_string()];
    let made = Server::start(&program, &words, Duration::from_mins(4)).unwrap();
    assert!(made.stop().unwrap().success());
    data
});

/// Copies a folder.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).unwrap();
        }
    }
}

impl Stage {
    /// The folder of data.
    pub fn data(&self) -> String {
        self.folder.path().join("demo").display().to_string()
    }

    pub fn enter(&self, browser: &Browser, department: &str, role: &str) {
        browser.goto(&format!("{}/{department}/connexion", self.server.url)).unwrap();
        browser.follow(&format!("button[value^='{role}@{department}']")).unwrap();
        browser.wait_for(".dc-user").unwrap();
        *self.who.borrow_mut() = format!("{role}@{department}");
    }

    pub fn open(&self, browser: &Browser, path: &str, scripts: Scripts) {
        browser.goto(&format!("{}{path}", self.server.url)).unwrap();
        self.sound(browser, path, scripts);
    }

    /// Nothing sticks out at 320 px, axe has nothing to say, the console is silent. Axe is a script: what the tour without
    /// JavaScript opens is kept, and read by [`Stage::read_again`].
    pub fn sound(&self, browser: &Browser, name: &str, scripts: Scripts) {
        browser.set_width(320).unwrap();
        assert_eq!(browser.overflow().unwrap(), 0, "{name} sticks out at 320 px");
        browser.set_width(1280).unwrap();
        if matches!(scripts, Scripts::Off) {
            self.seen.borrow_mut().push((self.who.borrow().clone(), browser.url().unwrap()));
        } else {
            accessible(browser, name);
        }
    }

    /// Axe on every address that the tour without JavaScript opened, as the same person.
    pub fn read_again(&self) {
        let mut seen = self.seen.take();
        seen.sort();
        seen.dedup();
        assert!(seen.len() > 10, "{seen:?}");
        for pages in seen.chunk_by(|a, b| a.0 == b.0) {
            let browser = Browser::start(Scripts::On).unwrap();
            let (role, department) = pages[0].0.split_once('@').unwrap();
            self.enter(&browser, department, role);
            for (_, url) in pages {
                browser.goto(url).unwrap();
                accessible(&browser, url);
            }
        }
    }
}

/// Axe has nothing to say and the console is silent.
pub fn accessible(browser: &Browser, name: &str) {
    let violations: Vec<String> = browser.axe().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(violations, Vec::<String>::new(), "{name}");
    // The browser itself notes a page that answers 403, 404 or 422; that is what was asked for.
    let answered = "Failed to load resource: the server responded with a status of 4";
    let console: Vec<String> =
        browser.console().unwrap().into_iter().filter(|l| !l.contains(answered)).collect();
    assert_eq!(console, Vec::<String>::new(), "{name}");
}

/// An operator sees who must be oriented, the most urgent first, and opens a person.
fn operator(stage: &Stage, scripts: Scripts) {
    let browser = Browser::start(scripts).unwrap();
    stage.enter(&browser, "55", "operator");
    stage.sound(&browser, "home", scripts);
    stage.open(&browser, "/55/orientation", scripts);
    let title = browser.text("h1").unwrap();
    assert!(title.contains("à orienter"), "{title}");
    assert!(browser.count("table tbody tr").unwrap() > 5);
    stage.open(&browser, "/55/orientation?famille=seul&tri=nom", scripts);
    assert!(browser.count("table tbody tr").unwrap() > 0);
    browser.follow("table tbody tr:first-child a").unwrap();
    browser.wait_for(".dc-person").unwrap();
    stage.sound(&browser, "person", scripts);
    let name = browser.text("h1").unwrap();
    let family = name.split_whitespace().last().unwrap().to_lowercase();
    browser.fill("#q", &family).unwrap();
    browser.press(testkit::browser::keys::ENTER).unwrap();
    browser.wait_for("main").unwrap();
    assert!(browser.html().unwrap().contains(&name), "{name} is found by « {family} »");
    stage.sound(&browser, "search", scripts);
    stage.open(&browser, "/55/personnes", scripts);
    browser.goto(&format!("{}/55/fichiers", stage.server.url)).unwrap();
    assert!(
        browser.text("h1").unwrap().to_lowercase().contains("rôle")
            || browser.title().unwrap().contains("ouvert")
    );
}

/// A team lead sends a file of another département, reads why it is refused; then opens the people of a number.
fn team_lead(stage: &Stage, scripts: Scripts) {
    let browser = Browser::start(scripts).unwrap();
    stage.enter(&browser, "55", "team_lead");
    stage.open(&browser, "/55/fichiers", scripts);
    let known = browser.count("table tbody tr").unwrap();
    assert!(known >= 3, "{known}");
    browser.fill("input[type=file]", SAMPLE).unwrap();
    browser.follow("form[enctype] button[type=submit]").unwrap();
    browser.wait_for(".dc-crumb").unwrap();
    let address = browser.url().unwrap();
    assert!(address.contains("/55/fichiers/"), "{address}");
    // The page is left and asked again: the import goes on without it.
    stage.open(&browser, "/55/personnes", scripts);
    browser.goto(&address).unwrap();
    browser.wait_for(".dc-flash--late, [role=alert]").unwrap();
    assert!(browser.html().unwrap().contains("département"), "the refusal names the département");
    stage.sound(&browser, "refused file", scripts);
    stage.open(&browser, "/55/fichiers", scripts);
    let files = browser.addresses("table tbody a[href*='/fichiers/']").unwrap();
    let mut opened = false;
    for file in files {
        browser.goto(&file).unwrap();
        if browser.count("a[href*='changement=entered']").unwrap() > 0 {
            stage.sound(&browser, "file", scripts);
            browser.follow("a[href*='changement=entered']").unwrap();
            browser.wait_for("table tbody tr").unwrap();
            stage.sound(&browser, "people behind a number", scripts);
            opened = true;
            break;
        }
    }
    assert!(opened, "a number opens its people");
    stage.open(&browser, "/55/rapprochements", scripts);
}

/// A manager writes why before a file opens; an administrator never sees one.
fn manager_and_admin(stage: &Stage, scripts: Scripts) {
    let browser = Browser::start(scripts).unwrap();
    stage.enter(&browser, "45", "manager");
    stage.open(&browser, "/45/personnes", scripts);
    assert!(browser.url().unwrap().contains("/motif"), "a reason is asked");
    browser.fill("textarea", "Réponse à un courrier du 12 novembre").unwrap();
    browser.follow("main button[type=submit]").unwrap();
    browser.wait_for("table tbody tr").unwrap();
    stage.open(&browser, "/45/reglages/territoires", scripts);
    let admin = Browser::start(scripts).unwrap();
    stage.enter(&admin, "45", "admin");
    admin.goto(&format!("{}/45/personnes", stage.server.url)).unwrap();
    assert_eq!(admin.count("table").unwrap(), 0, "an administrator sees nobody");
    stage.sound(&admin, "refused", scripts);
    let dpo = Browser::start(scripts).unwrap();
    stage.enter(&dpo, "45", "dpo");
    stage.open(&dpo, "/45/journal", scripts);
    assert!(dpo.html().unwrap().contains("courrier du 12 novembre"), "the reason is in the journal");
}

#[test]
fn the_first_journey_runs_with_javascript() {
    let stage = demo();
    operator(&stage, Scripts::On);
    team_lead(&stage, Scripts::On);
    manager_and_admin(&stage, Scripts::On);
}

#[test]
fn the_first_journey_runs_without_javascript() {
    let stage = demo();
    operator(&stage, Scripts::Off);
    team_lead(&stage, Scripts::Off);
    manager_and_admin(&stage, Scripts::Off);
    stage.read_again();
}

#[test]
fn public_pages_and_components_are_sound() {
    let stage = demo();
    let browser = Browser::start(Scripts::On).unwrap();
    for path in [
        "/",
        "/55/connexion",
        "/55/composants",
        "/55/public/accessibilite",
        "/55/public/donnees-personnelles",
        "/55/nulle-part",
    ] {
        stage.open(&browser, path, Scripts::On);
    }
}
