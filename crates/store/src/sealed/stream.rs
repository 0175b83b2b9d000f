//! Long bytes, sealed piece by piece: uploads that wait, backups.
//!
//! ```text
//! "DCS1"  stream (16 random bytes)  (size u32, sealed piece)*
//! ```
//!
//! Each piece is bound to its use, its stream and its rank, the last one is marked: none can be moved, removed or taken
//! from another stream. Streams from before they had a name begin with the size of their first piece and are still read.

use std::io::{self, Read, Write};

use chacha20poly1305::aead::OsRng;
use chacha20poly1305::aead::rand_core::RngCore as _;

use crate::crypto::{KeyId, Keys};
use crate::error::StoreError;

/// What a stream begins with; as the size of a piece it would be larger than any.
const BEGIN: &[u8; 4] = b"DCS1";
/// Bytes sealed at a time.
const PIECE: usize = 256 * 1024;
/// Most bytes of a sealed piece: what it holds, the header, the nonce and the tag, and room to spare.
const SEALED: u32 = 512 * 1024;

/// Seals what is written; nothing is whole before [`SealedWriter::finish`].
pub struct SealedWriter<W> {
    out: W,
    keys: Keys,
    place: String,
    piece: Vec<u8>,
    number: u64,
}

impl<W: Write> SealedWriter<W> {
    /// Begins a stream for this use.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(mut out: W, keys: Keys, of: &str) -> io::Result<Self> {
        let mut stream = [0u8; 16];
        OsRng.fill_bytes(&mut stream);
        out.write_all(BEGIN)?;
        out.write_all(&stream)?;
        Ok(Self { out, keys, place: place(of, Some(&stream)), piece: Vec::with_capacity(PIECE), number: 0 })
    }

    /// Writes the last piece and gives back what is written to.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        self.flush_piece(" end")?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn flush_piece(&mut self, mark: &str) -> io::Result<()> {
        let sealed = self.keys.encrypt(&format!("{} {}{mark}", self.place, self.number), &self.piece);
        let sealed = sealed.map_err(io::Error::other)?;
        self.out.write_all(&u32::try_from(sealed.len()).map_err(io::Error::other)?.to_le_bytes())?;
        self.out.write_all(&sealed)?;
        self.piece.clear();
        self.number += 1;
        Ok(())
    }
}

impl<W: Write> Write for SealedWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.piece.len() == PIECE {
            self.flush_piece("")?;
        }
        let room = PIECE - self.piece.len();
        let now = bytes.get(..room.min(bytes.len())).unwrap_or_default();
        self.piece.extend_from_slice(now);
        Ok(now.len())
    }

    /// Pieces are whole: what is less than one waits for [`SealedWriter::finish`].
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Opens what [`SealedWriter`] sealed; the end is reached only when the last piece was read.
pub struct SealedReader<R> {
    inner: R,
    keys: Keys,
    of: String,
    place: Option<String>,
    piece: Vec<u8>,
    at: usize,
    number: u64,
    ended: bool,
}

impl<R: Read> SealedReader<R> {
    /// Reads a stream of this use.
    pub fn new(inner: R, keys: Keys, of: &str) -> Self {
        let of = of.to_owned();
        Self { inner, keys, of, place: None, piece: Vec::new(), at: 0, number: 0, ended: false }
    }

    fn next_piece(&mut self) -> io::Result<()> {
        let mut size = [0u8; 4];
        self.inner.read_exact(&mut size)?;
        if self.place.is_none() && size == *BEGIN {
            let mut stream = [0u8; 16];
            self.inner.read_exact(&mut stream)?;
            self.inner.read_exact(&mut size)?;
            self.place = Some(place(&self.of, Some(&stream)));
        }
        let place = self.place.get_or_insert_with(|| place(&self.of, None));
        let mut sealed = vec![0u8; u32::from_le_bytes(size).min(SEALED) as usize];
        self.inner.read_exact(&mut sealed)?;
        let open = |mark: &str| self.keys.decrypt(&format!("{place} {}{mark}", self.number), &sealed);
        self.piece = match open("") {
            Ok(piece) => piece,
            Err(StoreError::Unreadable) => {
                self.ended = true;
                open(" end").map_err(io::Error::other)?
            }
            Err(error) => return Err(io::Error::other(error)),
        };
        self.at = 0;
        self.number += 1;
        Ok(())
    }
}

impl<R: Read> Read for SealedReader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.at >= self.piece.len() {
            if self.ended {
                return Ok(0);
            }
            self.next_piece()?;
        }
        let rest = self.piece.get(self.at..).unwrap_or_default();
        let n = rest.len().min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..n), rest.get(..n)) {
            to.copy_from_slice(from);
        }
        self.at += n;
        Ok(n)
    }
}

/// The key that sealed a stream, read from its first piece.
///
/// # Errors
/// When it cannot be read.
pub fn key_of(mut stream: impl Read) -> io::Result<Option<KeyId>> {
    let mut begin = Vec::new();
    stream.by_ref().take(64).read_to_end(&mut begin)?;
    let piece = if begin.starts_with(BEGIN) { begin.get(24..) } else { begin.get(4..) };
    Ok(piece.and_then(KeyId::of_sealed))
}

fn place(of: &str, stream: Option<&[u8; 16]>) -> String {
    let Some(stream) = stream else { return of.to_owned() };
    stream.iter().fold(format!("{of} "), |text, byte| format!("{text}{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::derive(&[3; 32], "45")
    }

    fn sealed(bytes: &[u8]) -> Vec<u8> {
        let mut writer = SealedWriter::begin(Vec::new(), keys(), "spool").unwrap();
        for part in bytes.chunks(10_007) {
            writer.write_all(part).unwrap();
        }
        writer.finish().unwrap()
    }

    fn opened(stream: &[u8]) -> io::Result<Vec<u8>> {
        let mut back = Vec::new();
        SealedReader::new(stream, keys(), "spool").read_to_end(&mut back)?;
        Ok(back)
    }

    #[test]
    fn what_went_in_comes_out_and_none_of_it_is_seen() {
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 700_001] {
            let bytes: Vec<u8> = b"<NIR>2820251108030</NIR>".iter().copied().cycle().take(length).collect();
            let stream = sealed(&bytes);
            assert!(opened(&stream).unwrap() == bytes, "{length}");
            assert!(!stream.windows(13).any(|w| w == b"2820251108030"));
            assert_eq!(key_of(stream.as_slice()).unwrap(), Some(keys().current()));
        }
    }

    #[test]
    fn a_piece_that_is_cut_moved_or_of_another_stream_is_refused() {
        let bytes = vec![7; 3 * PIECE];
        let (one, other) = (sealed(&bytes), sealed(&bytes));
        let piece = |rank: usize| {
            let size = PIECE + 4 + 46;
            20 + rank * size..20 + (rank + 1) * size
        };
        assert!(opened(&one[..piece(2).start]).is_err(), "the last piece is missing");
        assert!(
            opened(&[&one[..20], &one[piece(1)], &one[piece(0)], &one[piece(2).start..]].concat()).is_err()
        );
        assert!(opened(&[&one[..piece(1).start], &other[piece(1).start..]].concat()).is_err());
        let mut reader = SealedReader::new(one.as_slice(), keys(), "backup");
        assert!(reader.read_to_end(&mut Vec::new()).is_err());
    }

    #[test]
    fn a_stream_from_before_they_had_a_name_is_read() {
        let mut stream = Vec::new();
        for (rank, text) in [("spool 0", "un "), ("spool 1 end", "deux")] {
            let piece = keys().encrypt(rank, text.as_bytes()).unwrap();
            stream.extend(u32::try_from(piece.len()).unwrap().to_le_bytes());
            stream.extend(piece);
        }
        assert_eq!(opened(&stream).unwrap(), b"un deux");
    }
}
