//! Passwords: which ones are accepted, how they are kept, how they are checked.
//!
//! CNIL, deliberation 2022-100: long enough, not among the usual ones, no forced renewal. Argon2id costs memory and
//! time, so at most two are computed at once, away from the threads that answer requests.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use domain::people::name::normalise;
use store::StoreError;
use tokio::sync::Semaphore;

/// Fewest characters.
const SHORTEST: usize = 12;
/// Most bytes; more would only serve to tire the machine.
const LONGEST_BYTES: usize = 512;
/// Fewest different characters.
const FEWEST_DIFFERENT: usize = 5;
/// Shortest part of a name or an e-mail that may not be in the password.
const SHORTEST_NAME: usize = 4;

const COMMON: &str = include_str!("common_passwords.txt");

/// Argon2id at work at the same time.
static AT_WORK: Semaphore = Semaphore::const_new(2);

/// What an absent account is compared with, so that it answers neither sooner nor later than a present one.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash_now("nobody has this password").ok());

/// Why a password is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// Fewer than twelve characters.
    #[error(
        "Le mot de passe doit compter au moins 12 caractères. Une phrase de quelques mots convient bien."
    )]
    TooShort,
    /// More than 512 bytes.
    #[error("Le mot de passe est trop long : 512 caractères au plus.")]
    TooLong,
    /// One that attackers try first.
    #[error("Ce mot de passe est trop courant. Choisissez une phrase que vous seul pouvez imaginer.")]
    Common,
    /// Holds the name or the e-mail.
    #[error("Le mot de passe ne doit contenir ni votre nom ni votre adresse électronique.")]
    Personal,
}

/// Whether `password` may be chosen by the holder of this account.
///
/// # Errors
/// The first fault found.
pub fn check(password: &str, email: &str, name: &str) -> Result<(), PasswordFault> {
    if password.chars().count() < SHORTEST {
        return Err(PasswordFault::TooShort);
    }
    if password.len() > LONGEST_BYTES {
        return Err(PasswordFault::TooLong);
    }
    if is_common(password) {
        return Err(PasswordFault::Common);
    }
    let plain = squeezed(password);
    let (local, host) = email.split_once('@').unwrap_or((email, ""));
    let words =
        local.split(['.', '-', '_', '+']).chain(host.split('.').take(1)).chain(name.split([' ', '-']));
    let own = |word: &str| {
        let word = squeezed(word);
        word.chars().count() >= SHORTEST_NAME && plain.contains(&word)
    };
    if words.into_iter().any(own) { Err(PasswordFault::Personal) } else { Ok(()) }
}

/// Hashes a password for keeping.
///
/// # Errors
/// When the machine has no memory or randomness left for it.
pub(super) async fn hash(password: String) -> Result<String, StoreError> {
    let _permit = AT_WORK.acquire().await.map_err(|_| busy())?;
    tokio::task::spawn_blocking(move || hash_now(&password)).await.map_err(|_| busy())?
}

/// Whether `password` is the one of `hash`; without a hash, the same work for nothing.
///
/// # Errors
/// When the machine has no memory left for it.
pub(super) async fn verify(password: String, hash: Option<String>) -> Result<bool, StoreError> {
    let _permit = AT_WORK.acquire().await.map_err(|_| busy())?;
    let work = move || {
        let known = hash.is_some();
        let hash = hash.or_else(|| NOBODY.clone());
        let right = hash.as_deref().and_then(|text| PasswordHash::new(text).ok()).is_some_and(|hash| {
            password.len() <= LONGEST_BYTES
                && Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
        });
        known && right
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| busy())
}

fn hash_now(password: &str) -> Result<String, StoreError> {
    let hash: PasswordHash = Argon2::default().hash_password(password.as_bytes()).map_err(|_| busy())?;
    Ok(hash.to_string())
}

fn busy() -> StoreError {
    StoreError::Other("la machine ne peut pas vérifier de mot de passe en ce moment".to_owned())
}

/// Without accents, spaces, punctuation or capitals.
fn squeezed(text: &str) -> String {
    normalise(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Among the usual ones, as it stands, repeated, or with digits around it; or a few characters again and again.
fn is_common(password: &str) -> bool {
    let different: std::collections::BTreeSet<char> = password.chars().collect();
    let plain = squeezed(password);
    let letters = plain.trim_matches(|c: char| c.is_ascii_digit());
    let usual = |candidate: &str| {
        COMMON.lines().any(|word| {
            candidate == word
                || (!word.is_empty()
                    && candidate.len() > word.len()
                    && candidate.replace(word, "").is_empty())
        })
    };
    different.len() < FEWEST_DIFFERENT || letters.is_empty() || usual(&plain) || usual(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(password: &str) -> Option<PasswordFault> {
        check(password, "jeanne.lemoine@loiret.fr", "Jeanne Lemoine").err()
    }

    #[test]
    fn a_sentence_is_accepted_without_capitals_digits_or_signs() {
        assert_eq!(fault("trois canards sur le canal"), None);
        assert_eq!(fault("péniche à l’ancre en août"), None);
    }

    #[test]
    fn a_short_a_usual_and_a_repeated_one_are_refused() {
        assert_eq!(fault("cheval bleu"), Some(PasswordFault::TooShort));
        assert_eq!(fault(&"une phrase ".repeat(60)), Some(PasswordFault::TooLong));
        for usual in [
            "MotDePasse2026!",
            "azertyuiop12",
            "123456789012",
            "Password1234!",
            "aaaaaaaaaaaa",
            "loulouloulou",
            "Administrateur45",
            "Département 2026",
        ] {
            assert_eq!(fault(usual), Some(PasswordFault::Common), "{usual}");
        }
    }

    #[test]
    fn the_name_and_the_address_are_refused_whatever_their_accents() {
        assert_eq!(fault("Lemoine et ses canards"), Some(PasswordFault::Personal));
        assert_eq!(fault("les bords du loiret"), Some(PasswordFault::Personal));
        assert!(check("les éléves du bourg", "e@x.fr", "Odile Élève").is_err());
    }

    #[test]
    fn the_list_holds_plain_words_only() {
        assert!(COMMON.lines().count() >= 200);
        for word in COMMON.lines() {
            assert_eq!(word, squeezed(word), "{word}");
        }
    }

    #[tokio::test]
    async fn a_password_is_recognised_and_an_absent_account_never() {
        let hash = super::hash("trois canards sur le canal".to_owned()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(verify("trois canards sur le canal".to_owned(), Some(hash.clone())).await.unwrap());
        assert!(!verify("deux canards sur le canal".to_owned(), Some(hash)).await.unwrap());
        assert!(!verify("nobody has this password".to_owned(), None).await.unwrap());
    }
}
