//! The keys by which départements know each other.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable as _, Kem as _, Serializable as _};
use sha2::{Digest as _, Sha256};

use super::TransferRefusal;

/// What a key as text begins with.
const PREFIX: &str = "declic-";
/// Bytes that tell a mistyped key.
const CHECK: usize = 4;

/// The random bytes that a key pair is made from.
pub type Seed = [u8; 32];

/// The key of a département that others seal files to, and know its files by. It is public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// Its département.
    pub department: String,
    bytes: [u8; 32],
}

impl PublicKey {
    /// Reads [`PublicKey::text`], whatever spaces and line breaks a letter put in it.
    ///
    /// # Errors
    /// [`TransferRefusal::Key`].
    pub fn parse(text: &str) -> Result<Self, TransferRefusal> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let (department, key) =
            text.strip_prefix(PREFIX).and_then(|rest| rest.split_once('-')).ok_or(TransferRefusal::Key)?;
        let all = BASE64.decode(key).map_err(|_| TransferRefusal::Key)?;
        let (bytes, check) = all.split_at_checked(32).ok_or(TransferRefusal::Key)?;
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| TransferRefusal::Key)?;
        let found = Self { department: department.to_owned(), bytes };
        let good = check == found.check() && found.opened().is_ok();
        good.then_some(found).ok_or(TransferRefusal::Key)
    }

    /// The key as it is sent: `declic-55-…`.
    pub fn text(&self) -> String {
        format!("{PREFIX}{}-{}", self.department, BASE64.encode([&self.bytes[..], &self.check()].concat()))
    }

    /// What two people read to each other on the phone to know that they hold the same key: four groups of four digits.
    pub fn fingerprint(&self) -> String {
        let digits =
            self.digest().iter().take(8).fold(String::new(), |text, byte| format!("{text}{byte:02X}"));
        let groups: Vec<String> =
            digits.as_bytes().chunks(4).map(|part| String::from_utf8_lossy(part).into_owned()).collect();
        groups.join(" ")
    }

    fn digest(&self) -> [u8; 32] {
        Sha256::new()
            .chain_update(PREFIX)
            .chain_update(&self.department)
            .chain_update(self.bytes)
            .finalize()
            .into()
    }

    fn check(&self) -> Vec<u8> {
        self.digest().iter().rev().take(CHECK).copied().collect()
    }

    pub(super) fn opened(&self) -> Result<<X25519HkdfSha256 as hpke::Kem>::PublicKey, TransferRefusal> {
        <X25519HkdfSha256 as hpke::Kem>::PublicKey::from_bytes(&self.bytes).map_err(|_| TransferRefusal::Key)
    }
}

/// Both keys of a département.
#[derive(Clone)]
pub struct KeyPair {
    pub(super) secret: <X25519HkdfSha256 as hpke::Kem>::PrivateKey,
    public: PublicKey,
}

impl std::fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyPair({})", self.public.department)
    }
}

impl KeyPair {
    /// The pair made from these random bytes.
    pub fn of(department: &str, seed: &Seed) -> Self {
        let (secret, public) = X25519HkdfSha256::derive_keypair(seed);
        let public = PublicKey { department: department.to_owned(), bytes: public.to_bytes().into() };
        Self { secret, public }
    }

    /// The one that is given to others.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_again_whatever_a_letter_did_to_it() {
        let key = KeyPair::of("2A", &[7; 32]).public().clone();
        let text = key.text();
        assert!(text.starts_with("declic-2A-"), "{text}");
        assert_eq!(PublicKey::parse(&format!("  {}\n{} ", &text[..20], &text[20..])), Ok(key.clone()));
        assert_eq!(key.fingerprint().len(), 19);
    }

    #[test]
    fn a_key_mistyped_cut_or_of_another_departement_is_no_key() {
        let text = KeyPair::of("55", &[7; 32]).public().text();
        let elsewhere = text.replace("declic-55-", "declic-38-");
        for wrong in ["", "declic-", "declic-55-", "Bonjour", &text[1..], &text[..text.len() - 1], &elsewhere]
        {
            assert_eq!(PublicKey::parse(wrong), Err(TransferRefusal::Key), "{wrong}");
        }
    }
}
