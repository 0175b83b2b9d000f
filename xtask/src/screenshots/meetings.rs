//! The tour of calls, appointments and messages: operator, reception, referent, lead, and the person on a telephone.

use std::time::{Duration, Instant};

use testkit::browser::{Browser, Scripts};

use super::Camera;
use super::tour::first;
use crate::shell::Outcome;

/// What somebody answers during a call: question and answer.
const SAID: [(&str, &str); 5] = [
    ("call_ok", "yes"),
    ("identity", "yes"),
    ("work_situation", "last_two_years"),
    ("wish", "quick_job"),
    ("readiness", "now"),
];

/// How long a letter of the demo may take to leave.
const PATIENCE: Duration = Duration::from_mins(2);

/// This part of the tour.
///
/// # Errors
/// When a page cannot be opened.
pub fn all(camera: &Camera) -> Outcome {
    call(camera)?;
    reception(camera)?;
    lead(camera)?;
    settings(camera)?;
    person(camera)
}

/// A call under way: the questions, and the proposal that they make.
fn call(camera: &Camera) -> Outcome {
    let browser = camera.of("operator")?;
    camera.take(&browser, "file-des-appels", "/appels")?;
    browser.goto(&format!("{}/appels", camera.base))?;
    browser.follow("form[action$='/appels'] button")?;
    browser.wait_for("#appel")?;
    for (question, answer) in SAID {
        let field = format!("#q-{question}-{answer}");
        browser.click(&field)?;
        browser.wait_for(&format!("#appel:not(.htmx-request) {field}:checked"))?;
    }
    let screen = browser.url()?;
    camera.take(&browser, "appels", &screen)
}

/// The agenda of who receives, and what the reception prints for the next day.
fn reception(camera: &Camera) -> Outcome {
    camera.take(&camera.of("social_referent")?, "agenda", "/agenda")?;
    let browser = camera.of("team_lead")?;
    browser.goto(&format!("{}/agenda/lieux", camera.base))?;
    for place in browser.addresses("main a[href*='/agenda/lieux/']")? {
        let place = place.trim_end_matches("/demain");
        let list = format!("{place}/demain");
        browser.goto(&list)?;
        if browser.count(".dc-empty")? == 0 {
            camera.take(&browser, "lieu", place)?;
            return camera.take(&browser, "demain", &list);
        }
    }
    Err("nobody is expected anywhere".into())
}

/// A wave, what did not reach people, what is late.
fn lead(camera: &Camera) -> Outcome {
    let browser = camera.of("team_lead")?;
    browser.goto(&format!("{}/agenda/vagues", camera.base))?;
    let wave = first(&browser, "main a[href*='/agenda/vagues/0']")?;
    camera.take(&browser, "vague", &wave)?;
    camera.take(&browser, "vague-nouvelle", "/agenda/vagues/nouvelle?etat=to_orient")?;
    camera.take(&browser, "messages", "/messages")?;
    camera.take(&browser, "retards", "/retards")
}

/// The addresses that providers of text messages call.
fn settings(camera: &Camera) -> Outcome {
    let browser = camera.of("manager")?;
    camera.take(&browser, "sms", "/reglages/sms")?;
    camera.take(&browser, "modeles", "/reglages/messages")?;
    camera.take(&browser, "modele-appel", "/reglages/messages/orientation-call")?;
    camera.take(&browser, "modele-decision", "/reglages/messages/orientation-decision")
}

/// Somebody invited chooses their hour, on a telephone, by the link of their letter.
fn person(camera: &Camera) -> Outcome {
    let browser = Browser::start(Scripts::On)?;
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        for token in tokens(camera) {
            let page = format!("{}/r/{token}", camera.base);
            browser.goto(&page)?;
            if browser.count("fieldset input[name=slot]")? > 0 {
                return camera.take(&browser, "choisir-son-heure", &page);
            }
        }
        std::thread::sleep(Duration::from_secs(1));
    }
    Err("no invitation left".into())
}

/// The links of the letters that have left.
fn tokens(camera: &Camera) -> Vec<String> {
    let files = std::fs::read_dir(&camera.outbox).into_iter().flatten().flatten();
    let texts = files.filter_map(|file| std::fs::read_to_string(file.path()).ok());
    let token = |text: String| {
        let text = text.replace("=\r\n", "");
        let (_, link) = text.split_once(&format!("/{}/r/", camera.department))?;
        Some(link.chars().take_while(char::is_ascii_alphanumeric).collect())
    };
    texts.filter_map(token).collect()
}
