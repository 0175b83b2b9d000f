//! Codes of an authenticator app: RFC 6238 with the values every app knows (SHA-1, six digits, thirty seconds).

use chrono::{DateTime, Utc};
use store::StoreError;
use totp_rs::{Builder, Totp};

/// Steps of thirty seconds accepted before and after the present one: a telephone's clock is never quite right.
const SKEW_STEPS: u16 = 1;

/// Bytes of the shared secret, as RFC 4226 recommends.
pub(super) const SECRET_BYTES: usize = 20;

/// The step of time of which `code` is the code, when it is one near `now`.
pub(super) fn step_of(secret: &[u8], code: &str, now: DateTime<Utc>) -> Option<i64> {
    let now = u64::try_from(now.timestamp()).ok()?;
    let step = builder(secret).build().ok()?.check(code, now)?;
    i64::try_from(step).ok()
}

/// What an app reads in the drawing: `otpauth://totp/…`.
///
/// # Errors
/// When the names cannot be put in an address.
pub(super) fn address(secret: &[u8], issuer: &str, account: &str) -> Result<String, StoreError> {
    let plain = |text: &str| text.replace(':', " ");
    let totp: Result<Totp, _> =
        builder(secret).with_issuer(Some(plain(issuer))).with_account_name(plain(account)).build();
    totp.and_then(|totp| totp.to_url()).map_err(|error| StoreError::Other(error.to_string()))
}

/// The secret as it is typed into an app: base 32, in groups of four.
pub(super) fn typed(secret: &[u8]) -> String {
    let text: Vec<char> = totp_rs::Secret::from(secret).to_base32().chars().collect();
    text.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn builder(secret: &[u8]) -> Builder {
    Builder::new().with_skew(SKEW_STEPS).with_secret(secret.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of the examples of RFC 6238, appendix B, for SHA-1.
    const SECRET: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn the_codes_of_the_rfc_are_accepted_at_their_time() {
        // The RFC prints eight digits; the last six are the code.
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(step_of(SECRET, code, at(seconds)), Some(seconds / 30), "{seconds}");
        }
    }

    #[test]
    fn one_step_early_or_late_is_accepted_and_no_more() {
        let step = 1_111_111_109 / 30;
        for (seconds, expected) in
            [(-60, None), (-30, Some(step)), (0, Some(step)), (30, Some(step)), (60, None)]
        {
            assert_eq!(step_of(SECRET, "081804", at(1_111_111_109 + seconds)), expected, "{seconds}");
        }
        for wrong in ["081805", "81804", "", "0818040", "abcdef"] {
            assert_eq!(step_of(SECRET, wrong, at(1_111_111_109)), None, "{wrong}");
        }
    }

    #[test]
    fn an_app_reads_the_same_secret_in_the_drawing_and_in_the_text() {
        let address = address(SECRET, "Déclic : Loiret", "agathe@loiret.example").unwrap();
        assert!(address.starts_with("otpauth://totp/"), "{address}");
        assert!(address.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), "{address}");
        assert_eq!(typed(SECRET), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }
}
