//! The secret of the installation: 32 random bytes in base64, in a file that its owner alone can read.

use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use store::crypto::{Keys, Secret};

use crate::failure::{Failure, Outcome};

/// The secrets of the installation: one, or several while they are changed.
#[derive(Clone)]
pub struct Secrets {
    writes: Secret,
    others: Vec<Secret>,
}

impl Secrets {
    /// Reads the secret that writes and those that are only read.
    ///
    /// # Errors
    /// When one is missing, is not 32 bytes in base64, or stands twice.
    pub fn read(files: &SecretFiles) -> Outcome<Self> {
        let writes = read(&files.writes)?;
        let others = files.others.iter().map(|path| read(path)).collect::<Outcome<Vec<_>>>()?;
        if let Some((_, path)) = others.iter().zip(&files.others).find(|(other, _)| **other == writes) {
            return Err(Failure::new(format!(
                "Le fichier de secret « {} » contient le même secret que « {} ».",
                path.display(),
                files.writes.display()
            )));
        }
        Ok(Self { writes, others })
    }

    /// Reads the secrets, or makes the one that writes where there is none.
    ///
    /// # Errors
    /// When it can be neither read nor written.
    pub fn read_or_make(files: &SecretFiles) -> Outcome<Self> {
        if !files.writes.exists() {
            make(&files.writes)?;
        }
        Self::read(files)
    }

    /// The keys of a département.
    pub fn keys(&self, department: &str) -> Keys {
        Keys::ring(&self.writes, &self.others, department)
    }

    /// Whether one of the secrets has this fault.
    pub fn any(&self, fault: impl Fn(&Secret) -> bool) -> bool {
        fault(&self.writes) || self.others.iter().any(fault)
    }
}

/// The files of the secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretFiles {
    /// The one that writes.
    pub writes: PathBuf,
    /// Older ones, read until the rotation is finished.
    pub others: Vec<PathBuf>,
}

impl SecretFiles {
    /// Every file, the one that writes first.
    pub fn all(&self) -> impl Iterator<Item = &PathBuf> {
        std::iter::once(&self.writes).chain(&self.others)
    }
}

/// Reads the secret.
///
/// # Errors
/// When it is missing, or is not 32 bytes in base64.
fn read(path: &Path) -> Outcome<Secret> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::file("Le fichier de secret ne peut pas être lu", path, &error))?;
    let bytes = STANDARD.decode(text.trim()).unwrap_or_default();
    Secret::try_from(bytes).map_err(|_| {
        Failure::new(format!(
            "Le fichier de secret « {} » ne contient pas 32 octets en base64.",
            path.display()
        ))
    })
}

/// Others than the owner may read it.
///
/// # Errors
/// When the file is missing.
pub fn is_exposed(path: &Path) -> std::io::Result<bool> {
    Ok(std::fs::metadata(path)?.permissions().mode() & 0o077 != 0)
}

/// Writes a new secret beside its place, then moves it there unless another program was quicker.
fn make(path: &Path) -> Outcome {
    let fail = |error: std::io::Error| Failure::file("Le secret ne peut pas être écrit", path, &error);
    let mut secret = Secret::default();
    getrandom::fill(&mut secret)
        .map_err(|error| Failure::new(format!("La machine ne donne pas d’aléa ({error}).")))?;
    let draft = path.with_extension(format!("{}.new", std::process::id()));
    let mut file = std::fs::File::options()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&draft)
        .map_err(fail)?;
    writeln!(file, "{}", STANDARD.encode(secret)).and_then(|()| file.sync_all()).map_err(fail)?;
    match std::fs::hard_link(&draft, path) {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(fail(error)),
    }
    std::fs::remove_file(&draft).map_err(fail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(folder: &Path, others: &[&str]) -> SecretFiles {
        let others = others.iter().map(|name| folder.join(name)).collect();
        SecretFiles { writes: folder.join("secret"), others }
    }

    #[test]
    fn a_secret_is_made_once_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let files = files(folder.path(), &[]);
        let made = Secrets::read_or_make(&files).unwrap();
        assert_eq!(Secrets::read_or_make(&files).unwrap().writes, made.writes);
        assert!(!is_exposed(&files.writes).unwrap());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_secret_of_another_length_or_twice_in_the_list_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let refused =
            |others: &[&str]| Secrets::read(&files(folder.path(), others)).err().unwrap().to_string();
        std::fs::write(folder.path().join("secret"), "dHJvcCBjb3VydA==\n").unwrap();
        assert!(refused(&[]).contains("32 octets"));
        std::fs::remove_file(folder.path().join("secret")).unwrap();
        make(&folder.path().join("secret")).unwrap();
        std::fs::copy(folder.path().join("secret"), folder.path().join("old")).unwrap();
        assert!(refused(&["old"]).contains("le même secret"));
        assert!(refused(&["absent"]).contains("ne peut pas être lu"));
    }

    #[test]
    fn the_first_secret_writes_and_the_others_read() {
        let folder = tempfile::tempdir().unwrap();
        make(&folder.path().join("old")).unwrap();
        let before = SecretFiles { writes: folder.path().join("old"), others: Vec::new() };
        let sealed = Secrets::read(&before).unwrap().keys("45").encrypt("a", b"x").unwrap();
        let ring = Secrets::read_or_make(&files(folder.path(), &["old"])).unwrap().keys("45");
        assert_eq!(ring.decrypt("a", &sealed).unwrap(), b"x");
        assert!(!ring.sealed_now(&sealed));
    }
}
