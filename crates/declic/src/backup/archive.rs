//! The file of a backup: its parts, then what it says of them.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek as _, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::crypto::Keys;

use crate::failure::{Failure, Outcome};

const BEGIN: &[u8] = b"DECLIC-BACKUP 1\n";
const END: &[u8] = b"DECLIC-END\n";
const SEAL: usize = 32;
/// Longest manifest, in bytes: the list of a million documents.
const LONGEST_MANIFEST: u64 = 256 * 1024 * 1024;
/// Where the seal of a manifest belongs.
const PLACE: &str = "backup";

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Code of the département.
    pub department: String,
    /// `sqlite` or `postgres`.
    pub engine: String,
    /// The schema, on PostgreSQL.
    pub schema: Option<String>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// The version of the program that made it.
    pub program: String,
    /// The migrations of the database.
    pub migrations: Vec<String>,
    /// What it holds.
    pub parts: Vec<Part>,
}

/// A part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// `database`, `documents/…`.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// A backup being written.
#[derive(Debug)]
pub struct Writer {
    out: BufWriter<File>,
    parts: Vec<Part>,
}

impl Writer {
    /// Begins a file that its owner alone may read.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn create(path: &Path) -> Outcome<Self> {
        let file = File::options()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(path)
            .map_err(|error| Failure::file("La sauvegarde ne peut pas être écrite", path, &error))?;
        let mut out = BufWriter::new(file);
        out.write_all(BEGIN)?;
        Ok(Self { out, parts: Vec::new() })
    }

    /// Copies a file into the backup; one that has gone meanwhile is left out.
    ///
    /// # Errors
    /// When it cannot be read, or became shorter while it was read.
    pub fn add(&mut self, name: &str, path: &Path) -> Outcome {
        let file = match File::open(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            other => other.map_err(|error| Failure::file("Le fichier ne peut pas être lu", path, &error))?,
        };
        let bytes = file.metadata()?.len();
        let length =
            u16::try_from(name.len()).map_err(|_| Failure::new("Un nom de document est trop long."))?;
        self.out.write_all(&length.to_le_bytes())?;
        self.out.write_all(name.as_bytes())?;
        self.out.write_all(&bytes.to_le_bytes())?;
        let mut reader = Hashing::new(BufReader::new(file).take(bytes));
        if std::io::copy(&mut reader, &mut self.out)? != bytes {
            return Err(Failure::new(format!("« {name} » a changé pendant la sauvegarde. Recommencez.")));
        }
        self.parts.push(Part { name: name.to_owned(), bytes, sha256: reader.sha256() });
        Ok(())
    }

    /// Writes the manifest and its seal, and makes the file safe on disk.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self, manifest: Manifest, keys: &Keys) -> Outcome<Manifest> {
        let manifest = Manifest { parts: self.parts, ..manifest };
        let text = serde_json::to_string(&manifest)?;
        self.out.write_all(text.as_bytes())?;
        self.out.write_all(&keys.blind(PLACE, &text))?;
        self.out.write_all(&(text.len() as u64).to_le_bytes())?;
        self.out.write_all(END)?;
        self.out.flush()?;
        self.out.get_ref().sync_all()?;
        Ok(manifest)
    }
}

/// A backup being read.
#[derive(Debug)]
pub struct Reader {
    input: BufReader<File>,
    /// What it says of itself, once its seal is known to be good.
    pub manifest: Manifest,
}

impl Reader {
    /// Opens a backup and checks its seal.
    ///
    /// # Errors
    /// When it is not a backup, was cut, was changed, or belongs to another secret.
    pub fn open(path: &Path, keys: &Keys) -> Outcome<Self> {
        let file = File::open(path)
            .map_err(|error| Failure::file("La sauvegarde ne peut pas être lue", path, &error))?;
        let mut input = BufReader::new(file);
        let text = manifest(&mut input).map_err(|_| not_whole())?;
        let (text, seal) = text;
        if keys.blind(PLACE, &text) != seal {
            return Err(Failure::new(
                "La sauvegarde a été changée, ou le secret n’est pas celui avec lequel elle a été faite. Rien n’a été remplacé.",
            ));
        }
        let manifest = serde_json::from_str(&text).map_err(|_| not_whole())?;
        input.seek(SeekFrom::Start(BEGIN.len() as u64))?;
        Ok(Self { input, manifest })
    }

    /// Reads every part in order, gives it to `keep` where it is to be written, and checks it.
    ///
    /// # Errors
    /// When a part is not what the manifest says.
    pub fn extract(mut self, mut place: impl FnMut(&str) -> Outcome<File>) -> Outcome<Manifest> {
        for part in self.manifest.parts.clone() {
            let mut length = [0u8; 2];
            self.input.read_exact(&mut length)?;
            let mut name = vec![0u8; usize::from(u16::from_le_bytes(length))];
            self.input.read_exact(&mut name)?;
            let mut bytes = [0u8; 8];
            self.input.read_exact(&mut bytes)?;
            if name != part.name.as_bytes() || u64::from_le_bytes(bytes) != part.bytes {
                return Err(not_whole());
            }
            let mut reader = Hashing::new((&mut self.input).take(part.bytes));
            let mut out = BufWriter::new(place(&part.name)?);
            let copied = std::io::copy(&mut reader, &mut out)?;
            if copied != part.bytes || reader.sha256() != part.sha256 {
                return Err(not_whole());
            }
            out.flush()?;
            out.get_ref().sync_all()?;
        }
        Ok(self.manifest)
    }
}

fn not_whole() -> Failure {
    Failure::new(
        "Ce fichier n’est pas une sauvegarde entière : il a été coupé ou changé. Rien n’a été remplacé.",
    )
}

/// The text of the manifest and its seal, found from the end.
fn manifest(input: &mut BufReader<File>) -> std::io::Result<(String, Vec<u8>)> {
    let odd = || std::io::Error::from(std::io::ErrorKind::InvalidData);
    let mut begin = [0u8; BEGIN.len()];
    input.read_exact(&mut begin)?;
    let tail = (8 + END.len()) as u64;
    let size = input.seek(SeekFrom::End(0))?;
    input.seek(SeekFrom::Start(size.checked_sub(tail).ok_or_else(odd)?))?;
    let mut length = [0u8; 8];
    input.read_exact(&mut length)?;
    let mut end = [0u8; END.len()];
    input.read_exact(&mut end)?;
    let length = u64::from_le_bytes(length);
    if begin != BEGIN || end != END || length > LONGEST_MANIFEST {
        return Err(odd());
    }
    let start = size.checked_sub(tail + SEAL as u64 + length).ok_or_else(odd)?;
    input.seek(SeekFrom::Start(start))?;
    let mut text = String::new();
    input.by_ref().take(length).read_to_string(&mut text)?;
    let mut seal = vec![0u8; SEAL];
    input.read_exact(&mut seal)?;
    Ok((text, seal))
}

/// A reader that keeps the hash of what went through.
struct Hashing<R> {
    inner: R,
    hash: Sha256,
}

impl<R: Read> Hashing<R> {
    fn new(inner: R) -> Self {
        Self { inner, hash: Sha256::new() }
    }

    fn sha256(self) -> String {
        use std::fmt::Write as _;
        self.hash.finalize().iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(into)?;
        self.hash.update(into.get(..count).unwrap_or_default());
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::derive(&[7; 32], "45")
    }

    fn write(folder: &Path) -> std::path::PathBuf {
        let (path, part) = (folder.join("backup"), folder.join("part"));
        std::fs::write(&part, "le contenu de la base").unwrap();
        let mut writer = Writer::create(&path).unwrap();
        writer.add("database", &part).unwrap();
        writer.add("documents/absent", &folder.join("absent")).unwrap();
        let manifest = Manifest {
            department: "45".to_owned(),
            engine: "sqlite".to_owned(),
            schema: None,
            made_at: DateTime::UNIX_EPOCH,
            program: "0.1.0".to_owned(),
            migrations: vec!["m0001".to_owned()],
            parts: Vec::new(),
        };
        writer.finish(manifest, &keys()).unwrap();
        path
    }

    fn read(path: &Path, keys: &Keys) -> Outcome<String> {
        let out = tempfile::NamedTempFile::new().unwrap();
        Reader::open(path, keys)?.extract(|_| Ok(out.reopen()?))?;
        Ok(std::fs::read_to_string(out.path()).unwrap())
    }

    #[test]
    fn what_went_in_comes_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = write(folder.path());
        assert_eq!(read(&path, &keys()).unwrap(), "le contenu de la base");
        assert_eq!(Reader::open(&path, &keys()).unwrap().manifest.parts.len(), 1);
        assert!(!crate::secret::is_exposed(&path).unwrap());
    }

    #[test]
    fn each_changed_byte_each_cut_and_another_secret_are_found() {
        let folder = tempfile::tempdir().unwrap();
        let path = write(folder.path());
        assert!(read(&path, &Keys::derive(&[8; 32], "45")).is_err());
        assert!(read(&path, &Keys::derive(&[7; 32], "38")).is_err());
        let whole = std::fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            std::fs::write(&path, &changed).unwrap();
            assert!(read(&path, &keys()).is_err(), "byte {at}");
            std::fs::write(&path, &whole[..at]).unwrap();
            assert!(read(&path, &keys()).is_err(), "cut at {at}");
        }
    }
}
