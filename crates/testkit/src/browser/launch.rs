//! Where the browser is, and what it is started with.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Scripts;
use crate::process::find;

/// Where chromedriver and the browser are, under the names that distributions give them.
pub fn programs() -> Option<(PathBuf, PathBuf)> {
    let browser = ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| find(name, &[]));
    Some((find("chromedriver", &[])?, browser?))
}

/// What a session is opened with: nothing leaves the machine, and the profile is empty.
pub(super) fn capabilities(chromium: &Path, profile: &Path, scripts: Scripts) -> Value {
    let profile = format!("--user-data-dir={}", profile.display());
    let arguments = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--force-prefers-reduced-motion",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--lang=fr",
        &profile,
    ];
    let preferences = match scripts {
        Scripts::On => json!({}),
        Scripts::Off => json!({ "profile.managed_default_content_settings.javascript": 2 }),
    };
    json!({ "capabilities": { "alwaysMatch": {
        "browserName": "chrome",
        "timeouts": { "implicit": 0, "pageLoad": 20_000, "script": 20_000 },
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": { "binary": chromium, "args": arguments, "prefs": preferences },
    } } })
}
