//! The secret of the installation: 32 random bytes in base64, in a file that its owner alone can read.

use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::failure::{Failure, Outcome};

/// The bytes from which the keys of each département are derived.
pub type Secret = [u8; 32];

/// Reads the secret.
///
/// # Errors
/// When it is missing, or is not 32 bytes in base64.
pub fn read(path: &Path) -> Outcome<Secret> {
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

/// Reads the secret, or makes one where there is none.
///
/// # Errors
/// When it can be neither read nor written.
pub fn read_or_make(path: &Path) -> Outcome<Secret> {
    if !path.exists() {
        make(path)?;
    }
    read(path)
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

    #[test]
    fn a_secret_is_made_once_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        let made = read_or_make(&path).unwrap();
        assert_eq!(read_or_make(&path).unwrap(), made);
        assert!(!is_exposed(&path).unwrap());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_secret_of_another_length_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        std::fs::write(&path, "dHJvcCBjb3VydA==\n").unwrap();
        assert!(read(&path).unwrap_err().to_string().contains("32 octets"));
    }
}
