//! A headless Chromium driven by chromedriver, for the journeys that only a browser can show.
//!
//! The calls block: a journey is a list of steps, and the server it visits is another process
//! ([`crate::process::Server`]). `WebDriver` is JSON over HTTP on this machine; each method here is one or two such calls.
//!
//! ```no_run
//! use testkit::browser::{Browser, Scripts};
//! # fn main() -> Result<(), testkit::process::Failure> {
//! let browser = Browser::start(Scripts::Off)?;
//! browser.goto("http://127.0.0.1:8080/45/connexion")?;
//! browser.fill("input[type=email]", "operator@45.demo.test")?;
//! browser.follow("form button")?;
//! assert_eq!(browser.axe()?, []);
//! # Ok(()) }
//! ```

pub mod keys;
mod launch;
mod look;
mod network;

use std::fmt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

pub use launch::programs;

use crate::process::{Failure, Guard, free_port, wait_for_port};

/// axe-core, the accessibility checker; see `assets/axe-core-4.14.1/VENDOR.md`.
const AXE: &str = include_str!("../assets/axe-core-4.14.1/axe.min.js");

/// The rules every page obeys: WCAG 2.2 levels A and AA, which the RGAA follows, and axe's own good practice.
const AXE_RUN: &str = "
const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
  .then(r => done(r.violations.map(v => ({id: v.id, impact: v.impact, help: v.help, where: v.nodes.map(n => n.html)}))))
  .catch(e => done(String(e)));";

/// How long a step may take before the journey fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// Name `WebDriver` gives to a reference to an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Whether pages may run JavaScript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    /// As for most visitors.
    On,
    /// Refused by the browser's content settings, as for a visitor who blocks it.
    Off,
}

/// One fault that axe found on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Name of the rule, for example `color-contrast`.
    pub rule: String,
    /// `minor`, `moderate`, `serious` or `critical`.
    pub impact: String,
    /// What the rule asks, in English.
    pub help: String,
    /// The start of each element at fault.
    pub elements: Vec<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {} — {}", self.rule, self.impact, self.help, self.elements.join(" · "))
    }
}

/// One browser with an empty profile; it is closed, and its profile removed, when dropped.
#[derive(Debug)]
pub struct Browser {
    agent: ureq::Agent,
    session: String,
    driver: Child,
    guard: Option<Guard>,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Starts chromedriver on a free port and one headless Chromium, 1280 pixels wide.
    ///
    /// # Errors
    /// When chromedriver or Chromium is not installed or does not start.
    pub fn start(scripts: Scripts) -> Result<Self, Failure> {
        let (driver, chromium) = programs()
            .ok_or("no Chromium and chromedriver; on Debian: apt-get install -y chromium chromium-driver")?;
        let profile = tempfile::Builder::new().prefix("declic-browser-").tempdir()?;
        let port = free_port()?;
        let mut driver = Command::new(driver)
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let pids = [driver.id().to_string().into(), profile.path().as_os_str().to_owned()];
        let guard = Guard::at_end("kill \"$1\"; rm -rf \"$2\"", pids)?;
        wait_for_port(&mut driver, port, PATIENCE)?;
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE + PATIENCE))
            .build()
            .into();
        let root = format!("http://127.0.0.1:{port}");
        let wanted = launch::capabilities(&chromium, profile.path(), scripts);
        let mut browser = Self { agent, session: root, driver, guard: Some(guard), _profile: profile };
        let opened = browser.post("session", &wanted)?;
        let id = opened.get("sessionId").and_then(Value::as_str).ok_or("chromedriver opened no session")?;
        browser.session = format!("{}/session/{id}", browser.session);
        browser.set_width(1280)?;
        Ok(browser)
    }

    /// Opens an address and waits until the page is loaded.
    ///
    /// # Errors
    /// When the address does not answer, or no other page has come within 20 seconds.
    pub fn goto(&self, url: &str) -> Result<(), Failure> {
        let before = self.element("css selector", "html")?;
        self.post("url", &json!({ "url": url }))?;
        self.arrive(&before, url)
    }

    /// The address of the page now.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub fn url(&self) -> Result<String, Failure> {
        self.get("url")
    }

    /// The title of the page.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub fn title(&self) -> Result<String, Failure> {
        self.get("title")
    }

    /// The page as the browser holds it now, after any script.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub fn html(&self) -> Result<String, Failure> {
        self.get("source")
    }

    /// How many elements match a CSS selector.
    ///
    /// # Errors
    /// When the selector is not valid.
    pub fn count(&self, css: &str) -> Result<usize, Failure> {
        let found = self.post("elements", &json!({ "using": "css selector", "value": css }))?;
        Ok(found.as_array().map_or(0, Vec::len))
    }

    /// Waits until an element matches: for what a script brings after the page is loaded.
    ///
    /// # Errors
    /// When none has come within 20 seconds.
    pub fn wait_for(&self, css: &str) -> Result<(), Failure> {
        let start = Instant::now();
        while self.count(css)? == 0 {
            if start.elapsed() > PATIENCE {
                return Err(format!("no {css} on {}", self.url()?).into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// Clicks the first element that matches, where the page stays: a box, a menu, what a script answers.
    ///
    /// # Errors
    /// When there is none, or it cannot be clicked.
    pub fn click(&self, css: &str) -> Result<(), Failure> {
        self.act(css, "click", &json!({}))
    }

    /// Clicks the first link or button whose visible text is `text`, where the page stays.
    ///
    /// # Errors
    /// When there is none, or it cannot be clicked.
    pub fn click_text(&self, text: &str) -> Result<(), Failure> {
        let element = self.labelled(text)?;
        self.post(&format!("element/{element}/click"), &json!({})).map(drop)
    }

    /// Clicks the first element that matches and waits for the page it leads to, be it at the same address.
    ///
    /// # Errors
    /// When there is none, it cannot be clicked, or no other page has come within 20 seconds.
    pub fn follow(&self, css: &str) -> Result<(), Failure> {
        self.leave(&self.element("css selector", css)?, css)
    }

    /// As [`Browser::follow`], by the visible text of the link or button.
    ///
    /// # Errors
    /// As [`Browser::follow`].
    pub fn follow_text(&self, text: &str) -> Result<(), Failure> {
        self.leave(&self.labelled(text)?, text)
    }

    fn leave(&self, element: &str, what: &str) -> Result<(), Failure> {
        self.post(&format!("element/{element}/click"), &json!({}))?;
        self.arrive(element, what)
    }

    /// Waits for another page than that of `before`, and until it is whole. A click returns before a form has been answered,
    /// and on a busy machine an address too: the old page could still be read. It is gone when its elements are.
    fn arrive(&self, before: &str, what: &str) -> Result<(), Failure> {
        let start = Instant::now();
        while self.get(&format!("element/{before}/name")).is_ok() || !self.is_whole() {
            if start.elapsed() > PATIENCE {
                return Err(format!("{what} leads nowhere from {}", self.url()?).into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    fn is_whole(&self) -> bool {
        self.execute("return document.readyState").is_ok_and(|state| state == "complete")
    }

    fn labelled(&self, text: &str) -> Result<String, Failure> {
        let quoted = format!("\"{}\"", text.replace('"', ""));
        let path = format!("//*[self::a or self::button or self::summary][normalize-space(.)={quoted}]");
        self.element("xpath", &path)
    }

    /// Empties a field and types `text` into it.
    ///
    /// # Errors
    /// When there is no such field, or it does not take text.
    pub fn fill(&self, css: &str, text: &str) -> Result<(), Failure> {
        self.act(css, "clear", &json!({}))?;
        self.act(css, "value", &json!({ "text": text }))
    }

    /// Types into the element that has the focus, as a person at the keyboard does. [`keys`] has those without a letter.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub fn press(&self, text: &str) -> Result<(), Failure> {
        let strokes: Vec<Value> = text
            .chars()
            .flat_map(|key| {
                ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key.to_string() }))
            })
            .collect();
        let actions = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] });
        self.post("actions", &actions).map(drop)
    }

    /// The visible text of the first element that matches.
    ///
    /// # Errors
    /// When there is none.
    pub fn text(&self, css: &str) -> Result<String, Failure> {
        let element = self.element("css selector", css)?;
        self.get(&format!("element/{element}/text"))
    }

    /// The addresses, complete, of the links that match, in the order of the page.
    ///
    /// # Errors
    /// When the selector is not valid.
    pub fn addresses(&self, css: &str) -> Result<Vec<String>, Failure> {
        self.properties(css, "href")
    }

    /// The texts of the elements that match, in the order of the page.
    ///
    /// # Errors
    /// When the selector is not valid.
    pub fn texts(&self, css: &str) -> Result<Vec<String>, Failure> {
        self.properties(css, "textContent")
    }

    /// The identifiers of the elements that match and have one.
    ///
    /// # Errors
    /// When the selector is not valid.
    pub fn ids(&self, css: &str) -> Result<Vec<String>, Failure> {
        self.properties(css, "id")
    }

    /// The cookies of the page as a request sends them, for a program that goes on in this visitor's name.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub fn cookie(&self) -> Result<String, Failure> {
        let cookies = read(self.agent.get(format!("{}/cookie", self.session)).call()?, "cookie")?;
        let part = |cookie: &Value, key: &str| {
            cookie.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let pairs = cookies.as_array().into_iter().flatten();
        Ok(pairs.map(|c| format!("{}={}", part(c, "name"), part(c, "value"))).collect::<Vec<_>>().join("; "))
    }

    /// Runs a function body in the page and gives what it returns.
    ///
    /// # Errors
    /// When the script throws.
    pub fn execute(&self, script: &str) -> Result<Value, Failure> {
        self.post("execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Runs axe on the page.
    ///
    /// # Errors
    /// When axe itself fails.
    pub fn axe(&self) -> Result<Vec<Violation>, Failure> {
        let script = format!("{AXE}\n{AXE_RUN}");
        let found = self.post("execute/async", &json!({ "script": script, "args": [] }))?;
        let rows = found.as_array().ok_or_else(|| format!("axe failed: {found}"))?;
        let word =
            |row: &Value, key: &str| row.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        Ok(rows
            .iter()
            .map(|row| Violation {
                rule: word(row, "id"),
                impact: word(row, "impact"),
                help: word(row, "help"),
                elements: row
                    .get("where")
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten()
                    .map(|html| html.as_str().unwrap_or_default().chars().take(160).collect())
                    .collect(),
            })
            .collect())
    }

    /// Warnings and errors of the browser's console since the last call: refused scripts and styles, missing files.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub fn console(&self) -> Result<Vec<String>, Failure> {
        let entries = self.post("se/log", &json!({ "type": "browser" }))?;
        let of =
            |entry: &Value, key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        Ok(entries
            .as_array()
            .into_iter()
            .flatten()
            .filter(|entry| ["WARNING", "SEVERE"].contains(&of(entry, "level").as_str()))
            .map(|entry| of(entry, "message"))
            .collect())
    }

    fn developer(&self, command: &str, parameters: &Value) -> Result<Value, Failure> {
        self.post("goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// A property of each element that matches; those without it are left out.
    fn properties(&self, css: &str, name: &str) -> Result<Vec<String>, Failure> {
        let script =
            "return [...document.querySelectorAll(arguments[0])].map(e => e[arguments[1]]).filter(v => v)";
        let found = self.post("execute/sync", &json!({ "script": script, "args": [css, name] }))?;
        Ok(found.as_array().into_iter().flatten().filter_map(|v| Some(v.as_str()?.to_owned())).collect())
    }

    fn element(&self, using: &str, value: &str) -> Result<String, Failure> {
        let found = self.post("element", &json!({ "using": using, "value": value }))?;
        let id = found.get(ELEMENT).and_then(Value::as_str);
        id.map(ToOwned::to_owned).ok_or_else(|| format!("no {value} on the page").into())
    }

    fn act(&self, css: &str, verb: &str, body: &Value) -> Result<(), Failure> {
        let element = self.element("css selector", css)?;
        self.post(&format!("element/{element}/{verb}"), body).map(drop)
    }

    fn get(&self, path: &str) -> Result<String, Failure> {
        let answer = self.agent.get(format!("{}/{path}", self.session)).call()?;
        let value = read(answer, path)?;
        value.as_str().map(ToOwned::to_owned).ok_or_else(|| format!("{path}: {value} is not a text").into())
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        let url = format!("{}/{path}", self.session);
        read(self.agent.post(url).content_type("application/json").send(body.to_string())?, path)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Ends Chromium in order, so that nothing writes to the profile while it is removed.
        let _ = self.agent.delete(&self.session).call();
        if let Some(guard) = self.guard.take() {
            guard.disarm();
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// The `value` of an answer, or the first line of what went wrong.
fn read(mut answer: ureq::http::Response<ureq::Body>, step: &str) -> Result<Value, Failure> {
    let refused = !answer.status().is_success();
    let text = answer.body_mut().with_config().limit(256 << 20).read_to_string()?;
    let mut body: Value = serde_json::from_str(&text)?;
    let value = body.get_mut("value").map(Value::take).unwrap_or_default();
    if refused {
        let why = value.get("message").and_then(Value::as_str).unwrap_or("no reason given");
        return Err(format!("{step}: {}", why.lines().next().unwrap_or_default()).into());
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;

    use super::*;

    fn page(body: &str) -> String {
        let html =
            format!("<!doctype html><html lang=fr><title>Essai</title><main><h1>Essai</h1>{body}</main>");
        format!("data:text/html;base64,{}", base64::engine::general_purpose::STANDARD.encode(html))
    }

    #[test]
    fn a_page_is_filled_measured_and_checked() {
        let browser = Browser::start(Scripts::On).unwrap();
        browser.set_width(360).unwrap();
        browser
            .goto(&page("<p id=w></p><label>Nom <input></label><script>w.textContent=innerWidth</script>"))
            .unwrap();
        assert_eq!(browser.text("#w").unwrap(), "360");
        browser.fill("input", "Caroline").unwrap();
        browser.press("!").unwrap();
        assert_eq!(browser.execute("return document.querySelector('input').value").unwrap(), "Caroline!");
        assert_eq!(browser.overflow().unwrap(), 0);
        assert_eq!(browser.axe().unwrap(), []);
        assert!(browser.screenshot().unwrap().starts_with(b"\x89PNG"));

        browser.goto(&page("<img src=x><input>")).unwrap();
        let rules: Vec<String> = browser.axe().unwrap().into_iter().map(|violation| violation.rule).collect();
        assert!(rules.contains(&"image-alt".to_owned()) && rules.contains(&"label".to_owned()), "{rules:?}");
    }

    #[test]
    fn without_scripts_the_page_runs_none_and_can_still_be_used() {
        let browser = Browser::start(Scripts::Off).unwrap();
        browser.goto(&page("<p id=w>sans</p><script>w.textContent='avec'</script><details><summary>Plus</summary></details>")).unwrap();
        assert_eq!(browser.text("#w").unwrap(), "sans");
        assert_eq!(browser.ids("p").unwrap(), ["w"]);
        browser.click_text("Plus").unwrap();
        assert_eq!(browser.count("details[open]").unwrap(), 1);
        assert!(browser.click("#absent").unwrap_err().to_string().contains("#absent"));
        browser.goto(&page("<a href='about:blank'>Partir</a>")).unwrap();
        browser.follow_text("Partir").unwrap();
        assert_eq!(browser.url().unwrap(), "about:blank");
    }
}
