//! Where the bytes come from: a file of the command line, or an upload kept encrypted until it is read.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use store::crypto::Keys;
use store::sealed::stream::{SealedReader, SealedWriter};

/// Bytes read at a time.
const PIECE: usize = 256 * 1024;
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
            Self::Spool(path, keys) => {
                let file = BufReader::with_capacity(PIECE, File::open(path)?);
                Box::new(SealedReader::new(file, keys.clone(), PLACE))
            }
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

/// An upload being sealed on disk.
pub(crate) struct Sealer(SealedWriter<BufWriter<File>>);

impl Sealer {
    /// Begins a spool at `path`.
    pub fn create(path: &Path, keys: Keys) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(Self(SealedWriter::begin(BufWriter::new(File::create(path)?), keys, PLACE)?))
    }

    /// Adds bytes.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    /// Writes the last piece and makes it safe on disk.
    pub fn finish(self) -> io::Result<()> {
        self.0.finish()?.get_ref().sync_all()
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
