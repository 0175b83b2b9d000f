//! Random words that prove something: cookies, links, tokens. Only their hash is kept.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use store::StoreError;

/// Bytes of randomness in each.
const BYTES: usize = 32;

/// What a random word is for; the same word for another use has another hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    Session,
    Link,
    ApiToken,
    Feed,
    Report,
}

/// A new word of 256 random bits, fit for a URL and a header.
///
/// # Errors
/// When the machine gives no randomness: nothing can then be signed in to.
pub(crate) fn random_word() -> Result<String, StoreError> {
    Ok(URL_SAFE_NO_PAD.encode(random_bytes::<BYTES>()?))
}

/// Random bytes: a salt, a shared secret.
///
/// # Errors
/// When the machine gives no randomness.
pub(crate) fn random_bytes<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0u8; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| StoreError::Other(format!("la machine ne donne pas d’aléa ({error})")))?;
    Ok(bytes)
}

/// What the database keeps of a word.
pub(crate) fn hash(used_for: Use, word: &str) -> Vec<u8> {
    let name: &[u8] = match used_for {
        Use::Session => b"session",
        Use::Link => b"link",
        Use::ApiToken => b"api token",
        Use::Feed => b"feed",
        Use::Report => b"report",
    };
    store::crypto::sha256(&[name, word.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_words_differ_and_the_same_word_has_one_hash_per_use() {
        let word = random_word().unwrap();
        assert_eq!(word.len(), 43);
        assert_ne!(word, random_word().unwrap());
        assert_eq!(hash(Use::Session, &word), hash(Use::Session, &word));
        assert_ne!(hash(Use::Session, &word), hash(Use::Link, &word));
    }
}
