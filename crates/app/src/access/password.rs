//! Passwords: how they are kept and how they are checked. Which ones may be chosen is said by `domain`.
//!
//! Argon2id costs memory and time, so at most two are computed at once, away from the threads that answer requests.

use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Argon2, Params};
use domain::access::password::LONGEST_BYTES;
use store::StoreError;
use tokio::sync::Semaphore;

/// Bytes kept of a stretched word.
const STRETCHED_BYTES: usize = 32;

/// Argon2id at work at the same time.
static AT_WORK: Semaphore = Semaphore::const_new(2);

/// What an absent account is compared with, so that it answers neither sooner nor later than a present one.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash_now("nobody has this password").ok());

/// Hashes a password for keeping.
///
/// # Errors
/// When the machine has no memory or randomness left for it.
pub(super) async fn hash(password: String) -> Result<String, StoreError> {
    let _permit = AT_WORK.acquire().await.map_err(|_| busy())?;
    tokio::task::spawn_blocking(move || hash_now(&password)).await.map_err(|_| busy())?
}

/// What [`verify`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdict {
    /// The password is the one of the hash.
    pub right: bool,
    /// The same password hashed as passwords are today, when the kept hash costs less.
    pub stronger: Option<String>,
}

/// Whether `password` is the one of `hash`; without a hash, the same work for nothing.
///
/// # Errors
/// When the machine has no memory left for it.
pub(super) async fn verify(password: String, hash: Option<String>) -> Result<Verdict, StoreError> {
    let _permit = AT_WORK.acquire().await.map_err(|_| busy())?;
    let work = move || {
        let known = hash.is_some();
        let hash = hash.or_else(|| NOBODY.clone());
        let hash = hash.as_deref().and_then(|text| PasswordHash::new(text).ok());
        let equal = hash.as_ref().is_some_and(|hash| {
            password.len() <= LONGEST_BYTES
                && Argon2::default().verify_password(password.as_bytes(), hash).is_ok()
        });
        let right = known && equal;
        let weaker = right && hash.as_ref().is_some_and(is_weaker);
        Verdict { right, stronger: if weaker { hash_now(&password).ok() } else { None } }
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| busy())
}

/// Whether a kept hash costs less than those made today.
fn is_weaker(hash: &PasswordHash) -> bool {
    let today = Argon2::default();
    Params::try_from(hash).map_or(true, |kept| {
        kept.m_cost() < today.params().m_cost() || kept.t_cost() < today.params().t_cost()
    })
}

/// The same costly work for words that are not passwords: codes too short to be kept by a quick hash.
///
/// # Errors
/// When the machine has no memory left for it.
pub(super) async fn stretch(words: Vec<String>, salt: Vec<u8>) -> Result<Vec<Vec<u8>>, StoreError> {
    let _permit = AT_WORK.acquire().await.map_err(|_| busy())?;
    let one = move |word: &String| {
        let mut out = vec![0u8; STRETCHED_BYTES];
        Argon2::default().hash_password_into(word.as_bytes(), &salt, &mut out).map_err(|_| busy())?;
        Ok(out)
    };
    tokio::task::spawn_blocking(move || words.iter().map(one).collect()).await.map_err(|_| busy())?
}

fn hash_now(password: &str) -> Result<String, StoreError> {
    let hash: PasswordHash = Argon2::default().hash_password(password.as_bytes()).map_err(|_| busy())?;
    Ok(hash.to_string())
}

fn busy() -> StoreError {
    StoreError::Other("la machine ne peut pas vérifier de mot de passe en ce moment".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::{Algorithm, Version};

    const GOOD: &str = "trois canards bleus nagent sur le canal";

    #[tokio::test]
    async fn a_password_is_recognised_and_an_absent_account_never() {
        let hash = hash(GOOD.to_owned()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        let right = verify(GOOD.to_owned(), Some(hash.clone())).await.unwrap();
        assert_eq!(right, Verdict { right: true, stronger: None });
        assert!(!verify("deux canards".to_owned(), Some(hash)).await.unwrap().right);
        assert!(!verify("nobody has this password".to_owned(), None).await.unwrap().right);
    }

    #[tokio::test]
    async fn a_hash_that_costs_less_is_made_again_once_the_password_is_known() {
        let cheap = Params::new(8 * 1024, 1, 1, None).unwrap();
        let cheap = Argon2::new(Algorithm::Argon2id, Version::V0x13, cheap);
        let kept: PasswordHash = cheap.hash_password(GOOD.as_bytes()).unwrap();
        let verdict = verify(GOOD.to_owned(), Some(kept.to_string())).await.unwrap();
        let stronger = verdict.stronger.unwrap();
        assert!(stronger.contains("m=19456,t=2"), "{stronger}");
        assert_eq!(verify("autre".to_owned(), Some(kept.to_string())).await.unwrap().stronger, None);
        assert!(verify(GOOD.to_owned(), Some(stronger)).await.unwrap().right);
    }

    #[tokio::test]
    async fn the_same_word_stretches_alike_with_one_salt_only() {
        let make = async |salt: &[u8]| stretch(vec!["abcd".to_owned()], salt.to_vec()).await.unwrap();
        assert_eq!(make(b"0123456789abcdef").await, make(b"0123456789abcdef").await);
        assert_ne!(make(b"0123456789abcdef").await, make(b"1123456789abcdef").await);
    }
}
