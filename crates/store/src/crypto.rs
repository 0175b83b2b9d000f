//! Encryption of what must not be read by whoever holds the file: NIR, telephones, e-mails, contents of files, raw rejects.
//!
//! XChaCha20-Poly1305 with a random nonce for each value; the place of the value (table and column) is bound to it,
//! so that a ciphertext cannot be moved elsewhere. A keyed hash (HMAC-SHA-256) lets equal values be found without
//! decrypting: the *blind index*. Keys are derived from the secrets of the installation, for each département apart.
//!
//! A *ring* holds several generations of keys while secrets are changed: the first writes, all read.
//!
//! ```text
//! sealed value   "D1"  key id (4)  nonce (24)  ciphertext and tag        header and place are authenticated
//! blind index          key id (4)  HMAC (32)
//! ```
//!
//! Values sealed before the ring have no header: each generation is tried.

use std::sync::Arc;

use chacha20poly1305::aead::{Aead, AeadCore, KeyInit, OsRng, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use crate::error::{Result, StoreError};

/// What a sealed value begins with.
const VERSION: &[u8; 2] = b"D1";
/// Bytes of a key's identifier.
const ID: usize = 4;
/// Bytes of what stands before the nonce: version and identifier.
pub const HEADER: usize = VERSION.len() + ID;
/// Bytes of the nonce that opens each ciphertext.
const NONCE: usize = 24;

/// The bytes from which keys are derived; one file of `secret_file` holds one.
pub type Secret = [u8; 32];

/// Which generation of keys sealed a value: derived from the secret, tells nothing of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId([u8; ID]);

impl KeyId {
    /// Reads the identifier that stands in a header or an index.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        Some(Self(bytes.get(..ID)?.try_into().ok()?))
    }

    /// The header of the values that it sealed.
    pub fn header(self) -> Vec<u8> {
        [&VERSION[..], &self.0].concat()
    }

    /// The identifier in the header of a sealed value; `None` when the value has no header.
    pub fn of_sealed(sealed: &[u8]) -> Option<Self> {
        Self::read(sealed.strip_prefix(VERSION)?)
    }
}

impl std::fmt::Display for KeyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::fmt::Debug for KeyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

/// The keys derived from one secret.
#[derive(Clone)]
struct Generation {
    id: KeyId,
    cipher: XChaCha20Poly1305,
    index: [u8; 32],
    journal: [u8; 32],
}

impl Generation {
    fn derive(secret: &Secret, department: &str) -> Self {
        let key = |use_of: &str| hmac(secret, &[b"declic 1", use_of.as_bytes(), department.as_bytes()]);
        let [a, b, c, d, ..] = key("id");
        Self {
            id: KeyId([a, b, c, d]),
            cipher: XChaCha20Poly1305::new(&key("encrypt").into()),
            index: key("index"),
            journal: key("journal"),
        }
    }

    fn open(&self, bound: &[u8], body: &[u8]) -> Option<Vec<u8>> {
        let (nonce, body) = body.split_at_checked(NONCE)?;
        self.cipher.decrypt(XNonce::from_slice(nonce), Payload { msg: body, aad: bound }).ok()
    }
}

/// The keys of one département.
#[derive(Clone)]
pub struct Keys {
    writes: Arc<Generation>,
    others: Arc<[Generation]>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(•)")
    }
}

impl Keys {
    /// Derives the keys of `department` from the only secret of the installation.
    pub fn derive(secret: &Secret, department: &str) -> Self {
        Self::ring(secret, &[], department)
    }

    /// Derives a ring: `writes` seals, `others` only read.
    pub fn ring(writes: &Secret, others: &[Secret], department: &str) -> Self {
        Self {
            writes: Arc::new(Generation::derive(writes, department)),
            others: others.iter().map(|secret| Generation::derive(secret, department)).collect(),
        }
    }

    fn generations(&self) -> impl Iterator<Item = &Generation> {
        std::iter::once(&*self.writes).chain(self.others.iter())
    }

    /// The identifier of the keys that write.
    pub fn current(&self) -> KeyId {
        self.writes.id
    }

    /// The identifiers of every generation, the one that writes first.
    pub fn ids(&self) -> Vec<KeyId> {
        self.generations().map(|generation| generation.id).collect()
    }

    /// True when the keys that write sealed this value.
    pub fn sealed_now(&self, sealed: &[u8]) -> bool {
        KeyId::of_sealed(sealed) == Some(self.writes.id)
    }

    /// True when the keys that write made this blind index.
    pub fn indexed_now(&self, index: &[u8]) -> bool {
        index.len() == ID + 32 && KeyId::read(index) == Some(self.writes.id)
    }

    /// Encrypts `plain`, bound to its `place`.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] when the cipher refuses (a value of more than 256 GiB).
    pub fn encrypt(&self, place: &str, plain: &[u8]) -> Result<Vec<u8>> {
        let nonce = XChaCha20Poly1305::generate_nonce(&mut OsRng);
        let mut out = self.writes.id.header();
        let bound = [&out, place.as_bytes()].concat();
        let sealed = self
            .writes
            .cipher
            .encrypt(&nonce, Payload { msg: plain, aad: &bound })
            .map_err(|_| StoreError::Unreadable)?;
        out.extend_from_slice(&nonce);
        out.extend(sealed);
        Ok(out)
    }

    /// Decrypts what [`Keys::encrypt`] made for the same place.
    ///
    /// # Errors
    /// [`StoreError::KeyMissing`] when no secret of the ring sealed it; [`StoreError::Unreadable`]: another place, or a
    /// changed byte.
    pub fn decrypt(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let id = KeyId::of_sealed(sealed);
        if let Some(id) = id
            && let Some(generation) = self.generations().find(|generation| generation.id == id)
            && let Some((header, body)) = sealed.split_at_checked(HEADER)
            && let Some(plain) = generation.open(&[header, place.as_bytes()].concat(), body)
        {
            return Ok(plain);
        }
        // A value from before the ring may begin with the bytes of a header by chance.
        if let Some(plain) = self.generations().find_map(|g| g.open(place.as_bytes(), sealed)) {
            return Ok(plain);
        }
        Err(match id {
            Some(id) if !self.ids().contains(&id) => StoreError::KeyMissing(id),
            _ => StoreError::Unreadable,
        })
    }

    /// Decrypts a text.
    ///
    /// # Errors
    /// As [`Keys::decrypt`].
    pub fn decrypt_text(&self, place: &str, sealed: &[u8]) -> Result<String> {
        String::from_utf8(self.decrypt(place, sealed)?).map_err(|_| StoreError::Unreadable)
    }

    /// The key that seals the journal from now on; each seal says which one made it.
    pub fn seal_key(&self) -> Vec<u8> {
        self.writes.id.0.to_vec()
    }

    /// The seal of a line of the journal under a key; `None` when no secret of the ring makes that key.
    pub fn seal(&self, key_id: &[u8], parts: &[&[u8]]) -> Option<Vec<u8>> {
        let generation = self.generations().find(|generation| generation.id.0 == key_id)?;
        Some(hmac(&generation.journal, parts).to_vec())
    }

    /// The blind index of a value: equal values give equal bytes, and nothing else can be learnt without the key.
    pub fn index(&self, place: &str, value: &str) -> Vec<u8> {
        index(&self.writes, place, value)
    }

    /// The blind indexes that a value may have: one for each generation, until none remains of the old ones.
    pub fn indexes(&self, place: &str, value: &str) -> Vec<Vec<u8>> {
        self.generations().map(|generation| index(generation, place, value)).collect()
    }

    /// A keyed hash of the generation that writes, without identifier: what a whole file is sealed with.
    pub fn mac(&self, place: &str, value: &str) -> Vec<u8> {
        hmac(&self.writes.index, &[place.as_bytes(), value.as_bytes()]).to_vec()
    }

    /// True when one generation of the ring made this [`Keys::mac`].
    pub fn verifies(&self, place: &str, value: &str, mac: &[u8]) -> bool {
        self.generations().any(|generation| {
            hmac_of(&generation.index, &[place.as_bytes(), value.as_bytes()]).verify_slice(mac).is_ok()
        })
    }

    /// The key of content hashes in a database from before it was kept apart: the index key of the generation that sealed
    /// `example`, a value of that time.
    pub(crate) fn first_content_key(&self, place: &str, example: &[u8]) -> Option<[u8; 32]> {
        self.generations().find(|g| g.open(place.as_bytes(), example).is_some()).map(|g| g.index)
    }
}

fn index(generation: &Generation, place: &str, value: &str) -> Vec<u8> {
    let mac = hmac(&generation.index, &[place.as_bytes(), value.as_bytes()]);
    [&generation.id.0[..], &mac].concat()
}

/// The key that hashes what files say, so that the same words are known again. It is random, made with the database, and
/// kept there under the keys of the ring: when these change, the hashes stay ([ADR 4](../../../docs/adr/)).
#[derive(Clone)]
pub struct ContentKey(pub(crate) [u8; 32]);

impl std::fmt::Debug for ContentKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ContentKey(•)")
    }
}

impl ContentKey {
    /// Makes one.
    pub(crate) fn random() -> Self {
        Self(XChaCha20Poly1305::generate_key(&mut OsRng).into())
    }

    /// The hash of a content.
    pub fn hash(&self, content: &str) -> Vec<u8> {
        hmac(&self.0, &[b"content", content.as_bytes()]).to_vec()
    }
}

/// HMAC-SHA-256 over parts, each preceded by its length.
fn hmac_of(key: &[u8], parts: &[&[u8]]) -> Hmac<Sha256> {
    // A key of any length is accepted by HMAC; the fallback key can never be used.
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key)
        .unwrap_or_else(|_| <Hmac<Sha256> as Mac>::new(&[0u8; 64].into()));
    for part in parts {
        mac.update(&(part.len() as u64).to_le_bytes());
        mac.update(part);
    }
    mac
}

fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    hmac_of(key, parts).finalize().into_bytes().into()
}

/// SHA-256 of some bytes: tokens at rest, content of dossiers, the journal's chain.
pub fn sha256(parts: &[&[u8]]) -> Vec<u8> {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: Secret = [7; 32];
    const NEW: Secret = [8; 32];

    fn keys() -> Keys {
        Keys::derive(&OLD, "45")
    }

    /// What was written before the ring: nonce and ciphertext, bound to the place alone.
    fn without_header(place: &str, plain: &[u8]) -> Vec<u8> {
        let generation = Generation::derive(&OLD, "45");
        let nonce = XNonce::from_slice(b"D1 twenty-four bytes.   ");
        let sealed = generation.cipher.encrypt(nonce, Payload { msg: plain, aad: place.as_bytes() }).unwrap();
        [&nonce[..], &sealed].concat()
    }

    #[test]
    fn a_value_comes_back_only_at_its_place_with_its_key() {
        let sealed = keys().encrypt("person.nir", b"2820251108030").unwrap();
        assert_eq!(keys().decrypt("person.nir", &sealed).unwrap(), b"2820251108030");
        assert!(matches!(keys().decrypt("reject.raw", &sealed), Err(StoreError::Unreadable)));
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(keys().decrypt("person.nir", &changed).is_err(), "byte {at}");
        }
        assert!(keys().decrypt("person.nir", b"short").is_err());
    }

    #[test]
    fn a_key_that_is_not_in_the_ring_is_named() {
        let sealed = keys().encrypt("person.nir", b"2820251108030").unwrap();
        for other in [Keys::derive(&OLD, "38"), Keys::derive(&NEW, "45")] {
            let refused = other.decrypt("person.nir", &sealed).unwrap_err();
            assert!(matches!(refused, StoreError::KeyMissing(id) if id == keys().current()));
            let sentence = refused.to_string();
            assert!(sentence.contains(&keys().current().to_string()), "{sentence}");
            assert!(sentence.contains("secret_file"), "{sentence}");
        }
    }

    #[test]
    fn the_first_writes_and_all_read() {
        let before = keys().encrypt("a", b"x").unwrap();
        let ring = Keys::ring(&NEW, &[OLD], "45");
        assert_eq!(ring.ids(), [Keys::derive(&NEW, "45").current(), keys().current()]);
        assert_eq!(ring.decrypt("a", &before).unwrap(), b"x");
        let after = ring.encrypt("a", b"x").unwrap();
        assert!(ring.sealed_now(&after) && !ring.sealed_now(&before));
        assert_eq!(Keys::derive(&NEW, "45").decrypt("a", &after).unwrap(), b"x");
        assert!(keys().decrypt("a", &after).is_err());
    }

    #[test]
    fn an_index_is_asked_in_every_generation() {
        let ring = Keys::ring(&NEW, &[OLD], "45");
        let (old, new) = (keys().index("a", "x"), ring.index("a", "x"));
        assert_ne!(old, new);
        assert_eq!(ring.indexes("a", "x"), [new.clone(), old.clone()]);
        assert!(ring.indexed_now(&new) && !ring.indexed_now(&old) && !ring.indexed_now(&new[4..]));
        assert_ne!(ring.index("a", "x"), ring.index("b", "x"));
    }

    #[test]
    fn values_from_before_the_ring_are_read_by_whichever_key_made_them() {
        let sealed = without_header("person.nir", b"2820251108030");
        let ring = Keys::ring(&NEW, &[OLD], "45");
        assert_eq!(ring.decrypt("person.nir", &sealed).unwrap(), b"2820251108030");
        assert!(!ring.sealed_now(&sealed));
        assert!(ring.decrypt("reject.raw", &sealed).is_err());
        let key = ring.first_content_key("person.nir", &sealed).unwrap();
        assert_eq!(ContentKey(key).hash("x"), keys().mac("content", "x"));
    }

    #[test]
    fn the_same_value_is_never_encrypted_twice_alike() {
        assert_ne!(keys().encrypt("a", b"x").unwrap(), keys().encrypt("a", b"x").unwrap());
    }

    #[test]
    fn a_mac_is_known_by_any_generation() {
        let mac = keys().mac("backup", "text");
        assert!(Keys::ring(&NEW, &[OLD], "45").verifies("backup", "text", &mac));
        assert!(!Keys::derive(&NEW, "45").verifies("backup", "text", &mac));
        assert!(!keys().verifies("backup", "text", &mac[1..]));
    }
}
