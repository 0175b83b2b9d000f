//! Where the bytes come from: a file of the command line, or an upload kept encrypted until it is read.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use store::crypto::Keys;

/// Bytes sealed at a time in a spool.
const PIECE: usize = 256 * 1024;
/// Most bytes of a sealed piece: what it holds, the nonce and the tag, and room to spare.
const SEALED: u32 = 512 * 1024;
/// What binds a spool's pieces to their use.
const PLACE: &str = "spool";

/// The bytes of a file to import.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    /// In clear, where the officer put it.
    Plain(PathBuf),
    /// Sealed, in the folder of the département's documents.
    Spool(PathBuf, Keys),
}

impl Source {
    /// Opens the bytes.
    pub fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(match self {
            Self::Plain(path) => Box::new(BufReader::with_capacity(PIECE, File::open(path)?)),
            Self::Spool(path, keys) => Box::new(Unsealed {
                inner: BufReader::with_capacity(PIECE, File::open(path)?),
                keys: keys.clone(),
                piece: Vec::new(),
                at: 0,
                number: 0,
            }),
        })
    }

    /// Size on disk, for the progress bar (a spool is a few bytes larger than what it holds).
    pub fn size(&self) -> u64 {
        let (Self::Plain(path) | Self::Spool(path, _)) = self;
        std::fs::metadata(path).map_or(0, |m| m.len())
    }

    /// SHA-256 of the bytes, in hexadecimal.
    pub fn sha256(&self) -> io::Result<String> {
        let mut hash = Sha256::new();
        let mut reader = self.open()?;
        let mut buffer = vec![0u8; PIECE];
        loop {
            let n = reader.read(&mut buffer)?;
            let Some(part) = buffer.get(..n).filter(|p| !p.is_empty()) else { break };
            hash.update(part);
        }
        Ok(hex(&hash.finalize()))
    }
}

/// Bytes as hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}

/// Seals what is written, piece by piece; each piece is bound to its rank so that none can be moved or removed.
pub(crate) struct Sealer {
    out: BufWriter<File>,
    keys: Keys,
    piece: Vec<u8>,
    number: u64,
}

impl Sealer {
    /// Begins a spool at `path`.
    pub fn create(path: &Path, keys: Keys) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(Self {
            out: BufWriter::new(File::create(path)?),
            keys,
            piece: Vec::with_capacity(PIECE),
            number: 0,
        })
    }

    /// Adds bytes.
    pub fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let room = PIECE - self.piece.len();
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.piece.extend_from_slice(now);
            bytes = later;
            if self.piece.len() == PIECE {
                self.flush_piece("")?;
            }
        }
        Ok(())
    }

    /// Writes the last piece and makes it safe on disk.
    pub fn finish(mut self) -> io::Result<()> {
        self.flush_piece(" end")?;
        self.out.flush()?;
        self.out.get_ref().sync_all()
    }

    fn flush_piece(&mut self, mark: &str) -> io::Result<()> {
        let sealed = self
            .keys
            .encrypt(&format!("{PLACE} {}{mark}", self.number), &self.piece)
            .map_err(|e| io::Error::other(e.to_string()))?;
        let size = u32::try_from(sealed.len()).map_err(io::Error::other)?;
        self.out.write_all(&size.to_le_bytes())?;
        self.out.write_all(&sealed)?;
        self.piece.clear();
        self.number += 1;
        Ok(())
    }
}

struct Unsealed {
    inner: BufReader<File>,
    keys: Keys,
    piece: Vec<u8>,
    at: usize,
    number: u64,
}

impl Read for Unsealed {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.at >= self.piece.len() {
            let mut size = [0u8; 4];
            match self.inner.read_exact(&mut size) {
                Ok(()) => {}
                Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(0),
                Err(e) => return Err(e),
            }
            let mut sealed = vec![0u8; u32::from_le_bytes(size).min(SEALED) as usize];
            self.inner.read_exact(&mut sealed)?;
            let open = |mark: &str| self.keys.decrypt(&format!("{PLACE} {}{mark}", self.number), &sealed);
            self.piece = open("").or_else(|_| open(" end")).map_err(|e| io::Error::other(e.to_string()))?;
            self.at = 0;
            self.number += 1;
            if self.piece.is_empty() {
                return Ok(0);
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spool_gives_its_bytes_back_and_holds_none_in_clear() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("spool/a");
        let keys = Keys::derive(&[3; 32], "45");
        let bytes: Vec<u8> = b"<NIR>2820251108030</NIR>".iter().copied().cycle().take(700_001).collect();
        let mut sealer = Sealer::create(&path, keys.clone()).unwrap();
        for part in bytes.chunks(10_007) {
            sealer.write(part).unwrap();
        }
        sealer.finish().unwrap();
        let raw = std::fs::read(&path).unwrap();
        assert!(!raw.windows(13).any(|w| w == b"2820251108030"));
        let mut back = Vec::new();
        Source::Spool(path, keys).open().unwrap().read_to_end(&mut back).unwrap();
        assert!(back == bytes);
    }
}
