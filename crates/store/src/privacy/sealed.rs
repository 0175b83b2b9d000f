//! Files encrypted piece by piece, so that a large one is neither written nor read whole in memory.
//!
//! ```text
//! declic-doc-1\0 · nonce (19 bytes)                               32 bytes
//! (64 KiB encrypted + tag of 16 bytes)*, the last one marked      STREAM over XChaCha20-Poly1305
//! ```
//!
//! Each piece is bound to its rank and to whether it is the last: a piece that was changed, moved, doubled or cut off
//! does not decrypt. Each file has a key of its own, drawn at random; the row that names the file holds this key
//! encrypted with the département's. Changing the secret therefore rewrites rows, never files.

use std::io::{self, Read, Seek, SeekFrom, Write};

use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::generic_array::GenericArray;
use chacha20poly1305::aead::rand_core::RngCore as _;
use chacha20poly1305::aead::stream::{NewStream as _, StreamBE32, StreamPrimitive as _};
use chacha20poly1305::aead::{KeyInit as _, OsRng, Payload};

use crate::crypto::Keys;
use crate::error::{Result, StoreError};
use crate::sealed::DOCUMENT_KEY;

/// What a sealed file begins with.
const MARK: &[u8; 13] = b"declic-doc-1\0";
/// Bytes before the first piece: mark and nonce.
pub const HEAD: usize = 32;
/// Bytes of the nonce that the counter and the mark of the last piece complete.
const NONCE: usize = HEAD - MARK.len();
/// Clear bytes of a piece.
pub const PIECE: usize = 64 * 1024;
/// Bytes of a piece once sealed.
pub const SEALED_PIECE: usize = PIECE + 16;

/// The key of one file.
#[derive(Clone)]
pub struct FileKey(XChaCha20Poly1305, [u8; 32]);

impl std::fmt::Debug for FileKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileKey(•)")
    }
}

impl FileKey {
    /// A new key.
    pub fn draw() -> Self {
        let mut key = [0; 32];
        OsRng.fill_bytes(&mut key);
        Self::of(key)
    }

    fn of(key: [u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(&key.into()), key)
    }

    /// The key as a row keeps it.
    ///
    /// # Errors
    /// As [`Keys::encrypt`].
    pub fn wrap(&self, keys: &Keys) -> Result<Vec<u8>> {
        keys.encrypt(DOCUMENT_KEY.place, &self.1)
    }

    /// Reads what [`FileKey::wrap`] made.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] with another secret.
    pub fn unwrap(keys: &Keys, wrapped: &[u8]) -> Result<Self> {
        let key = keys.decrypt(DOCUMENT_KEY.place, wrapped)?;
        Ok(Self::of(key.try_into().map_err(|_| StoreError::Unreadable)?))
    }

    fn stream(&self, nonce: [u8; NONCE]) -> StreamBE32<XChaCha20Poly1305> {
        StreamBE32::from_aead(self.0.clone(), GenericArray::from_slice(&nonce))
    }
}

/// Bytes of a sealed file whose clear bytes are `size`.
pub fn sealed_size(size: u64) -> u64 {
    HEAD as u64 + size + 16 * pieces(size)
}

/// Pieces of a file; an empty one has one, which says that nothing was cut off.
fn pieces(size: u64) -> u64 {
    size.div_ceil(PIECE as u64).max(1)
}

/// Seals what is written.
pub struct Sealing<W> {
    out: W,
    stream: StreamBE32<XChaCha20Poly1305>,
    piece: Vec<u8>,
    rank: u32,
}

impl<W: Write> Sealing<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// When the output refuses.
    pub fn begin(mut out: W, key: &FileKey) -> io::Result<Self> {
        let mut nonce = [0; NONCE];
        OsRng.fill_bytes(&mut nonce);
        out.write_all(MARK)?;
        out.write_all(&nonce)?;
        Ok(Self { out, stream: key.stream(nonce), piece: Vec::with_capacity(PIECE), rank: 0 })
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// When the output refuses.
    pub fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            // A full piece waits for the next byte: only then is it known not to be the last.
            if self.piece.len() == PIECE {
                self.flush(false)?;
            }
            let (now, later) = bytes.split_at(bytes.len().min(PIECE - self.piece.len()));
            self.piece.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    /// Writes the last piece and gives the output back.
    ///
    /// # Errors
    /// When the output refuses.
    pub fn finish(mut self) -> io::Result<W> {
        self.flush(true)?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn flush(&mut self, last: bool) -> io::Result<()> {
        let payload = Payload { msg: &self.piece, aad: MARK };
        let sealed = self.stream.encrypt(self.rank, last, payload).map_err(|_| unreadable())?;
        self.out.write_all(&sealed)?;
        self.piece.clear();
        self.rank = self.rank.checked_add(1).ok_or_else(unreadable)?;
        Ok(())
    }
}

/// Opens the pieces of a file in order, as they come from wherever they are kept.
pub struct Opening {
    stream: StreamBE32<XChaCha20Poly1305>,
    pieces: u64,
    left: u64,
    rank: u32,
}

impl Opening {
    /// Reads the head of a file of `size` clear bytes.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] when it is not one of ours.
    pub fn begin(key: &FileKey, head: &[u8], size: u64) -> Result<Self> {
        let nonce = head.strip_prefix(MARK.as_slice()).and_then(|n| <[u8; NONCE]>::try_from(n).ok());
        let stream = key.stream(nonce.ok_or(StoreError::Unreadable)?);
        Ok(Self { stream, pieces: pieces(size), left: size, rank: 0 })
    }

    /// Sealed bytes of the next piece; `None` after the last.
    pub fn wants(&self) -> Option<usize> {
        let more = u64::from(self.rank) < self.pieces;
        more.then(|| usize::try_from(self.left).unwrap_or(PIECE).min(PIECE) + 16)
    }

    /// Opens the next piece.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`]: another key, a changed byte, another rank.
    pub fn open(&mut self, sealed: &[u8]) -> Result<Vec<u8>> {
        let last = u64::from(self.rank) + 1 == self.pieces;
        let piece = open_at(&self.stream, self.rank, last, sealed)?;
        self.left = self.left.checked_sub(piece.len() as u64).ok_or(StoreError::Unreadable)?;
        self.rank += 1;
        Ok(piece)
    }
}

fn open_at(stream: &StreamBE32<XChaCha20Poly1305>, rank: u32, last: bool, sealed: &[u8]) -> Result<Vec<u8>> {
    stream.decrypt(rank, last, Payload { msg: sealed, aad: MARK }).map_err(|_| StoreError::Unreadable)
}

/// A sealed file on this machine, read anywhere in it as if it were clear; one piece is in memory at a time.
pub struct Unsealed<R> {
    inner: R,
    stream: StreamBE32<XChaCha20Poly1305>,
    size: u64,
    at: u64,
    /// The piece in memory and its rank.
    held: Option<(u64, Vec<u8>)>,
}

impl<R: Read + Seek> Unsealed<R> {
    /// Opens a file of `size` clear bytes.
    ///
    /// # Errors
    /// When it cannot be read, or is not one of ours.
    pub fn open(mut inner: R, key: &FileKey, size: u64) -> io::Result<Self> {
        let mut head = [0; HEAD];
        inner.seek(SeekFrom::Start(0))?;
        inner.read_exact(&mut head)?;
        let opening = Opening::begin(key, &head, size).map_err(|_| unreadable())?;
        Ok(Self { inner, stream: opening.stream, size, at: 0, held: None })
    }

    fn piece(&mut self, rank: u64) -> io::Result<&[u8]> {
        if self.held.as_ref().is_none_or(|(held, _)| *held != rank) {
            let (start, last) = (rank * PIECE as u64, rank + 1 == pieces(self.size));
            let length = usize::try_from(self.size - start).unwrap_or(PIECE).min(PIECE) + 16;
            let mut sealed = vec![0; length];
            self.inner.seek(SeekFrom::Start(HEAD as u64 + rank * SEALED_PIECE as u64))?;
            self.inner.read_exact(&mut sealed)?;
            let number = u32::try_from(rank).map_err(io::Error::other)?;
            let piece = open_at(&self.stream, number, last, &sealed).map_err(|_| unreadable())?;
            self.held = Some((rank, piece));
        }
        Ok(self.held.as_ref().map(|(_, piece)| piece.as_slice()).unwrap_or_default())
    }
}

impl<R: Read + Seek> Read for Unsealed<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.size || out.is_empty() {
            return Ok(0);
        }
        let (rank, within) = (self.at / PIECE as u64, self.at % PIECE as u64);
        let piece = self.piece(rank)?;
        let rest = piece.get(usize::try_from(within).unwrap_or(PIECE)..).unwrap_or_default();
        let count = rest.len().min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..count), rest.get(..count)) {
            to.copy_from_slice(from);
        }
        self.at += count as u64;
        Ok(count)
    }
}

impl<R> Seek for Unsealed<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = target.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

fn unreadable() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, StoreError::Unreadable.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(key: &FileKey, bytes: &[u8]) -> Vec<u8> {
        let mut sealing = Sealing::begin(Vec::new(), key).unwrap();
        for part in bytes.chunks(10_007) {
            sealing.write(part).unwrap();
        }
        sealing.finish().unwrap()
    }

    fn open(key: &FileKey, file: &[u8], size: usize) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        Unsealed::open(io::Cursor::new(file), key, size as u64)?.read_to_end(&mut out)?;
        Ok(out)
    }

    fn open_in_order(key: &FileKey, file: &[u8], size: usize) -> Result<Vec<u8>> {
        let (head, mut rest) = file.split_at_checked(HEAD).ok_or(StoreError::Unreadable)?;
        let mut opening = Opening::begin(key, head, size as u64)?;
        let mut out = Vec::new();
        while let Some(wants) = opening.wants() {
            let (now, later) = rest.split_at_checked(wants).ok_or(StoreError::Unreadable)?;
            out.extend(opening.open(now)?);
            rest = later;
        }
        if rest.is_empty() { Ok(out) } else { Err(StoreError::Unreadable) }
    }

    #[test]
    fn what_went_in_comes_out_at_every_size_around_a_piece() {
        let key = FileKey::draw();
        for size in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 5] {
            let bytes: Vec<u8> = (0..=255).cycle().take(size).collect();
            let file = sealed(&key, &bytes);
            assert_eq!(file.len() as u64, sealed_size(size as u64));
            assert!(open(&key, &file, size).unwrap() == bytes, "{size}");
            assert!(open_in_order(&key, &file, size).unwrap() == bytes, "{size}");
        }
    }

    #[test]
    fn it_is_read_anywhere() {
        let (key, bytes) =
            (FileKey::draw(), (0..200_000u32).map(|n| n.to_le_bytes()[1]).collect::<Vec<u8>>());
        let file = sealed(&key, &bytes);
        let mut reader = Unsealed::open(io::Cursor::new(file), &key, bytes.len() as u64).unwrap();
        for at in [199_990, 5, 65_530, 131_072, 0] {
            reader.seek(SeekFrom::Start(at as u64)).unwrap();
            let mut ten = Vec::new();
            Read::by_ref(&mut reader).take(10).read_to_end(&mut ten).unwrap();
            assert_eq!(ten, bytes[at..(at + 10).min(bytes.len())], "{at}");
        }
        reader.seek(SeekFrom::End(-1)).unwrap();
        assert!(reader.seek(SeekFrom::Current(-300_000)).is_err());
    }

    #[test]
    fn a_piece_that_was_changed_moved_doubled_or_cut_off_is_found() {
        let (key, size) = (FileKey::draw(), 3 * PIECE + 100);
        let file = sealed(&key, &vec![7; size]);
        let piece = |n: usize| HEAD + n * SEALED_PIECE..(HEAD + (n + 1) * SEALED_PIECE).min(file.len());
        let mut wrong: Vec<Vec<u8>> = Vec::new();
        for at in [0, 15, HEAD, HEAD + SEALED_PIECE + 3, file.len() - 1] {
            let mut changed = file.clone();
            changed[at] ^= 1;
            wrong.push(changed);
        }
        wrong.push([&file[..HEAD], &file[piece(1)], &file[piece(0)], &file[piece(2).start..]].concat());
        wrong.push([&file[..piece(1).start], &file[piece(0)], &file[piece(2).start..]].concat());
        wrong.push(file[..piece(2).end].to_vec());
        wrong.push(file[..file.len() - 1].to_vec());
        for (n, wrong) in wrong.iter().enumerate() {
            assert!(open(&key, wrong, size).is_err(), "{n}");
            assert!(open_in_order(&key, wrong, size).is_err(), "{n}");
        }
        // A file that pretends to be shorter: its last piece is not marked as such.
        assert!(open(&key, &file[..piece(2).end], 3 * PIECE).is_err());
        assert!(open_in_order(&key, &[&file[..], b"more"].concat(), size).is_err());
        assert!(open(&FileKey::draw(), &file, size).is_err());
    }

    #[test]
    fn the_key_of_a_file_is_kept_wrapped() {
        let (keys, key) = (Keys::derive(&[7; 32], "45"), FileKey::draw());
        let wrapped = key.wrap(&keys).unwrap();
        assert!(!wrapped.windows(32).any(|w| w == key.1));
        let file = sealed(&FileKey::unwrap(&keys, &wrapped).unwrap(), b"bonjour");
        assert_eq!(open(&key, &file, 7).unwrap(), b"bonjour");
        assert!(FileKey::unwrap(&Keys::derive(&[8; 32], "45"), &wrapped).is_err());
    }
}
