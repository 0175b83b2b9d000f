//! Encryption of what must not be read by whoever holds the file: NIR and raw rejects.
//!
//! XChaCha20-Poly1305 with a random nonce for each value; the place of the value (table and column) is bound to it,
//! so that a ciphertext cannot be moved elsewhere. A keyed hash (HMAC-SHA-256) lets equal NIR be found without
//! decrypting: the *blind index*. Both keys are derived from the one secret, for each département apart.

use chacha20poly1305::aead::{Aead, AeadCore, KeyInit, OsRng, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use crate::error::{Result, StoreError};

/// Bytes of the nonce that opens each ciphertext.
const NONCE: usize = 24;

/// The keys of one département.
#[derive(Clone)]
pub struct Keys {
    cipher: XChaCha20Poly1305,
    index: [u8; 32],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(•)")
    }
}

impl Keys {
    /// Derives the keys of `department` from the secret of the installation.
    pub fn derive(secret: &[u8; 32], department: &str) -> Self {
        let key = |use_of: &str| hmac(secret, &[b"declic 1", use_of.as_bytes(), department.as_bytes()]);
        Self { cipher: XChaCha20Poly1305::new(&key("encrypt").into()), index: key("index") }
    }

    /// Encrypts `plain`, bound to its `place`.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] when the cipher refuses (a value of more than 256 GiB).
    pub fn encrypt(&self, place: &str, plain: &[u8]) -> Result<Vec<u8>> {
        let nonce = XChaCha20Poly1305::generate_nonce(&mut OsRng);
        let sealed = self
            .cipher
            .encrypt(&nonce, Payload { msg: plain, aad: place.as_bytes() })
            .map_err(|_| StoreError::Unreadable)?;
        let mut out = nonce.to_vec();
        out.extend(sealed);
        Ok(out)
    }

    /// Decrypts what [`Keys::encrypt`] made for the same place.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`]: another secret, another place, or a changed byte.
    pub fn decrypt(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let (nonce, body) = sealed.split_at_checked(NONCE).ok_or(StoreError::Unreadable)?;
        self.cipher
            .decrypt(XNonce::from_slice(nonce), Payload { msg: body, aad: place.as_bytes() })
            .map_err(|_| StoreError::Unreadable)
    }

    /// The blind index of a value: equal values give equal bytes, and nothing else can be learnt without the key.
    pub fn blind(&self, place: &str, value: &str) -> Vec<u8> {
        hmac(&self.index, &[place.as_bytes(), value.as_bytes()]).to_vec()
    }
}

/// HMAC-SHA-256 over parts, each preceded by its length.
fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // A key of any length is accepted by HMAC; the fallback key can never be used.
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key)
        .unwrap_or_else(|_| <Hmac<Sha256> as Mac>::new(&[0u8; 64].into()));
    for part in parts {
        mac.update(&(part.len() as u64).to_le_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
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

    fn keys() -> Keys {
        Keys::derive(&[7; 32], "45")
    }

    #[test]
    fn a_value_comes_back_only_at_its_place_with_its_key() {
        let sealed = keys().encrypt("person.nir", b"2820251108030").unwrap();
        assert_eq!(keys().decrypt("person.nir", &sealed).unwrap(), b"2820251108030");
        assert!(keys().decrypt("reject.raw", &sealed).is_err());
        assert!(Keys::derive(&[7; 32], "38").decrypt("person.nir", &sealed).is_err());
        assert!(Keys::derive(&[8; 32], "45").decrypt("person.nir", &sealed).is_err());
        let mut changed = sealed.clone();
        changed[30] ^= 1;
        assert!(keys().decrypt("person.nir", &changed).is_err());
        assert!(keys().decrypt("person.nir", b"short").is_err());
    }

    #[test]
    fn the_same_value_is_never_encrypted_twice_alike_but_its_index_is_equal() {
        let k = keys();
        assert_ne!(k.encrypt("a", b"x").unwrap(), k.encrypt("a", b"x").unwrap());
        assert_eq!(k.blind("a", "x"), k.blind("a", "x"));
        assert_ne!(k.blind("a", "x"), k.blind("b", "x"));
    }
}
