//! One server on the same data: a lock of the operating system, gone with its process.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Outcome};

/// The name of the locked file, beside the databases.
const NAME: &str = "declic.lock";

/// The locks of a server; released when dropped.
#[derive(Debug)]
pub struct ServerLock {
    _files: Vec<File>,
}

/// Takes the lock of each folder.
///
/// # Errors
/// When another `serve`, `worker` or `demo` has one of them.
pub fn take(folders: &[PathBuf]) -> Outcome<ServerLock> {
    let files = folders.iter().map(|folder| take_one(folder)).collect::<Outcome<_>>()?;
    Ok(ServerLock { _files: files })
}

fn take_one(folder: &Path) -> Outcome<File> {
    let path = folder.join(NAME);
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|error| Failure::file("Le verrou ne peut pas être ouvert", &path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Failure::new(format!(
            "Un autre programme Déclic sert déjà les données de « {} ». Arrêtez-le d’abord.",
            folder.display()
        ))),
        Err(TryLockError::Error(error)) => {
            Err(Failure::file("Le verrou ne peut pas être pris", &path, &error))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_server_is_refused_until_the_first_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let folders = [folder.path().to_owned()];
        let first = take(&folders).unwrap();
        assert!(take(&folders).unwrap_err().to_string().contains("déjà"));
        drop(first);
        take(&folders).unwrap();
    }
}
