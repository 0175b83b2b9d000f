//! An authenticator app: reads the key that a page shows, and gives the code of a moment.

use chrono::{DateTime, Utc};
use totp_rs::{Builder, Secret};

/// The code that the app shows at `at`, for the key typed into it.
pub fn code(key: &str, at: DateTime<Utc>) -> String {
    let key: String = key.split_whitespace().collect();
    let secret = Secret::try_from_base32(key).expect("a key in base 32");
    let app = Builder::new().with_secret(secret).build().expect("a key long enough");
    app.generate(u64::try_from(at.timestamp()).expect("a moment after 1970")).to_string()
}
