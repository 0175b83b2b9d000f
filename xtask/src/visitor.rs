//! Logging in as a person does, in the browser: the cookie it gets serves a load generator too.

use chrono::Utc;
use testkit::browser::Browser;

use crate::shell::Outcome;

/// The button that sends the form of a page; the search of the bar has its own, above.
const SUBMIT: &str = "main form button[type=submit]";

/// Fills the login form of a département and waits for the page behind it.
///
/// # Errors
/// When the form is still there afterwards.
pub fn log_in(browser: &Browser, server: &str, department: &str, email: &str, password: &str) -> Outcome {
    browser.goto(&format!("{server}/{department}/connexion"))?;
    browser.fill("input[type=email]", email)?;
    browser.fill("input[type=password]", password)?;
    browser.follow(SUBMIT)?;
    behind_the_door(browser, email)
}

/// Chooses a password on the page of an invitation, then logs in with it when that is still to do.
///
/// # Errors
/// When the invitation is refused.
pub fn accept(
    browser: &Browser,
    server: &str,
    department: &str,
    link: &str,
    email: &str,
    password: &str,
) -> Outcome {
    browser.goto(link)?;
    for field in browser.ids("input[type=password]")? {
        browser.fill(&format!("[id='{field}']"), password)?;
    }
    // Then waits for the login form: an address typed too soon would take back what was sent.
    browser.follow(SUBMIT)?;
    if browser.wait_for("input[type=email]").is_err() {
        return Err(format!("the password of {email} is not taken: {}", browser.text("main")?).into());
    }
    log_in(browser, server, department, email, password)
}

/// Sets a second factor up, as a role that needs one must before any other page.
#[expect(clippy::disallowed_methods, reason = "a real server asks for the code of the real moment")]
fn set_up(browser: &Browser) -> Outcome {
    browser.follow(SUBMIT)?;
    browser.wait_for(".dc-secret")?;
    let code = testkit::authenticator::code(&browser.text(".dc-secret")?, Utc::now());
    browser.fill("input[name=code]", &code)?;
    browser.follow("form:has(input[name=code]) button[type=submit]")?;
    // The recovery codes are shown; the way in is open.
    browser.wait_for("ol")?;
    let home = browser.url()?;
    let (home, _) = home.split_once("/compte/").ok_or("the second factor is set up elsewhere")?;
    browser.goto(&format!("{home}/"))?;
    Ok(())
}

fn behind_the_door(browser: &Browser, email: &str) -> Outcome {
    browser.wait_for("h1")?;
    if browser.url()?.contains("/double-authentification") {
        set_up(browser)?;
    }
    let url = browser.url()?;
    let asked = ["/connexion", "/second-facteur", "/double-authentification"];
    if asked.iter().any(|page| url.contains(page)) {
        return Err(format!("{email} is not let in: {}", browser.text("main")?).into());
    }
    Ok(())
}
