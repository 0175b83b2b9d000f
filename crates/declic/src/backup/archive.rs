//! The file of a backup: what it says of itself, then its parts, all sealed.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::crypto::Keys;
use store::sealed::stream::{SealedReader, SealedWriter};

use crate::failure::{Failure, Outcome};

const BEGIN: &[u8; 16] = b"DECLIC-BACKUP 2\n";
/// Backups that were not sealed.
const IN_CLEAR: &[u8; 16] = b"DECLIC-BACKUP 1\n";
/// Longest manifest, in bytes.
const LONGEST_MANIFEST: u32 = 1024 * 1024;
/// What binds the pieces of a backup to their use.
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
}

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// How many parts.
    pub parts: usize,
    /// Their bytes, in all.
    pub bytes: u64,
}

/// A backup being written.
pub struct Writer {
    out: SealedWriter<BufWriter<File>>,
    written: Written,
    left: u64,
}

impl Writer {
    /// Begins a file that its owner alone may read.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn create(path: &Path, keys: &Keys, manifest: &Manifest) -> Outcome<Self> {
        let file = File::options()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(path)
            .map_err(|error| Failure::file("La sauvegarde ne peut pas être écrite", path, &error))?;
        let mut file = BufWriter::new(file);
        file.write_all(BEGIN)?;
        let mut out = SealedWriter::begin(file, keys.clone(), PLACE)?;
        let text = serde_json::to_vec(manifest)?;
        let length = u32::try_from(text.len()).ok().filter(|length| *length <= LONGEST_MANIFEST);
        let length =
            length.ok_or_else(|| Failure::new("La description de la sauvegarde est trop longue."))?;
        out.write_all(&length.to_le_bytes())?;
        out.write_all(&text)?;
        Ok(Self { out, written: Written::default(), left: 0 })
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
        self.begin(name, bytes)?;
        self.left -= std::io::copy(&mut BufReader::new(file).take(bytes), &mut self.out)?;
        self.end(name)
    }

    /// Begins a part of `bytes` bytes, that [`Writer::write`] gives and [`Writer::end`] ends.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(&mut self, name: &str, bytes: u64) -> Outcome {
        let length =
            u16::try_from(name.len()).map_err(|_| Failure::new("Un nom de document est trop long."))?;
        self.out.write_all(&length.to_le_bytes())?;
        self.out.write_all(name.as_bytes())?;
        self.out.write_all(&bytes.to_le_bytes())?;
        self.left = bytes;
        self.written.parts += 1;
        self.written.bytes += bytes;
        Ok(())
    }

    /// Writes bytes of the part.
    ///
    /// # Errors
    /// When they cannot be written, or are more than was said.
    pub fn write(&mut self, bytes: &[u8]) -> Outcome {
        let left = self.left.checked_sub(bytes.len() as u64);
        self.left = left.ok_or_else(|| Failure::new("Un document a grandi pendant la sauvegarde."))?;
        Ok(self.out.write_all(bytes)?)
    }

    /// Ends the part.
    ///
    /// # Errors
    /// When fewer bytes came than was said.
    pub fn end(&mut self, name: &str) -> Outcome {
        match self.left {
            0 => Ok(()),
            _ => Err(Failure::new(format!("« {name} » a changé pendant la sauvegarde. Recommencez."))),
        }
    }

    /// Marks the end, and makes the file safe on disk.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> Outcome<Written> {
        self.out.write_all(&0u16.to_le_bytes())?;
        self.out.finish()?.get_ref().sync_all()?;
        Ok(self.written)
    }
}

/// A backup being read.
pub struct Reader {
    input: SealedReader<BufReader<File>>,
    /// What it says of itself.
    pub manifest: Manifest,
}

impl Reader {
    /// Opens a backup and reads what it says of itself.
    ///
    /// # Errors
    /// When it is not a backup, was cut, was changed, or belongs to another secret.
    pub fn open(path: &Path, keys: &Keys) -> Outcome<Self> {
        let file = File::open(path)
            .map_err(|error| Failure::file("La sauvegarde ne peut pas être lue", path, &error))?;
        let mut file = BufReader::new(file);
        let mut begin = [0u8; BEGIN.len()];
        file.read_exact(&mut begin).map_err(|_| not_whole())?;
        if begin == *IN_CLEAR {
            return Err(Failure::new(
                "Cette sauvegarde a l’ancien format, qui n’était pas chiffré. Restaurez-la avec la version qui l’a faite, puis lancez « declic migrate » avec celle-ci.",
            ));
        }
        if begin != *BEGIN {
            return Err(not_whole());
        }
        let mut input = SealedReader::new(file, keys.clone(), PLACE);
        let mut length = [0u8; 4];
        input.read_exact(&mut length).map_err(|e| refused(&e))?;
        let length = u32::from_le_bytes(length);
        if length > LONGEST_MANIFEST {
            return Err(not_whole());
        }
        let mut text = vec![0u8; length as usize];
        input.read_exact(&mut text).map_err(|e| refused(&e))?;
        let manifest = serde_json::from_slice(&text).map_err(|_| not_whole())?;
        Ok(Self { input, manifest })
    }

    /// Reads every part in order, to the end, and writes each where `place` says.
    ///
    /// # Errors
    /// When the backup was cut or changed.
    pub fn extract(mut self, mut place: impl FnMut(&str) -> Outcome<File>) -> Outcome<Manifest> {
        loop {
            let mut length = [0u8; 2];
            self.input.read_exact(&mut length).map_err(|e| refused(&e))?;
            let length = usize::from(u16::from_le_bytes(length));
            if length == 0 {
                break;
            }
            let mut name = vec![0u8; length];
            self.input.read_exact(&mut name).map_err(|e| refused(&e))?;
            let name = String::from_utf8(name).map_err(|_| not_whole())?;
            let mut bytes = [0u8; 8];
            self.input.read_exact(&mut bytes).map_err(|e| refused(&e))?;
            self.part(u64::from_le_bytes(bytes), place(&name)?)?;
        }
        // The mark of the last piece tells that nothing was cut off.
        match self.input.read(&mut [0u8; 1]).map_err(|e| refused(&e))? {
            0 => Ok(self.manifest),
            _ => Err(not_whole()),
        }
    }

    fn part(&mut self, mut left: u64, out: File) -> Outcome {
        let mut out = BufWriter::new(out);
        let mut buffer = vec![0u8; 64 * 1024];
        while left > 0 {
            let most = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
            let into = buffer.get_mut(..most).unwrap_or_default();
            let count = self.input.read(into).map_err(|e| refused(&e))?;
            if count == 0 {
                return Err(not_whole());
            }
            // What cannot be written is the disk's fault, not the backup's.
            out.write_all(into.get(..count).unwrap_or_default())?;
            left -= count as u64;
        }
        out.flush()?;
        Ok(out.get_ref().sync_all()?)
    }
}

/// Why a sealed piece does not open.
fn refused(error: &std::io::Error) -> Failure {
    match error.get_ref().and_then(|inner| inner.downcast_ref()) {
        Some(StoreError::KeyMissing(key)) => Failure::new(format!(
            "Cette sauvegarde a été faite avec un autre secret (clé {key}) ou pour un autre département. Ajoutez ce secret à la fin de secret_file. Rien n’a été remplacé."
        )),
        _ => not_whole(),
    }
}

fn not_whole() -> Failure {
    Failure::new(
        "Ce fichier n’est pas une sauvegarde entière : il a été coupé ou changé. Rien n’a été remplacé.",
    )
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
        let manifest = Manifest {
            department: "45".to_owned(),
            engine: "sqlite".to_owned(),
            schema: None,
            made_at: DateTime::UNIX_EPOCH,
            program: "0.1.0".to_owned(),
            migrations: vec!["m0001".to_owned()],
        };
        let mut writer = Writer::create(&path, &keys(), &manifest).unwrap();
        writer.add("database", &part).unwrap();
        writer.add("documents/absent", &folder.join("absent")).unwrap();
        assert_eq!(writer.finish().unwrap(), Written { parts: 1, bytes: 21 });
        path
    }

    fn read(path: &Path, keys: &Keys) -> Outcome<String> {
        let out = tempfile::NamedTempFile::new().unwrap();
        Reader::open(path, keys)?.extract(|_| Ok(out.reopen()?))?;
        Ok(std::fs::read_to_string(out.path()).unwrap())
    }

    #[test]
    fn what_went_in_comes_out_and_nothing_is_seen_between() {
        let folder = tempfile::tempdir().unwrap();
        let path = write(folder.path());
        let bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.windows(7).any(|w| w == b"contenu" || w == b"databas"));
        assert_eq!(read(&path, &keys()).unwrap(), "le contenu de la base");
        assert_eq!(read(&path, &Keys::ring(&[8; 32], &[[7; 32]], "45")).unwrap(), "le contenu de la base");
        assert!(!crate::secret::is_exposed(&path).unwrap());
    }

    #[test]
    fn each_changed_byte_each_cut_and_another_secret_are_found() {
        let folder = tempfile::tempdir().unwrap();
        let path = write(folder.path());
        for keys in [Keys::derive(&[8; 32], "45"), Keys::derive(&[7; 32], "38")] {
            assert!(read(&path, &keys).unwrap_err().to_string().contains("autre secret"));
        }
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

    #[test]
    fn a_backup_of_the_former_format_is_refused_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old");
        std::fs::write(&path, IN_CLEAR).unwrap();
        assert!(read(&path, &keys()).unwrap_err().to_string().contains("declic migrate"));
    }
}
