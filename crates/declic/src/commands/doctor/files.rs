//! Files and folders: may we write, may others read, is there room.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use super::Finding;

/// Less room than this on a disk must be mended.
const LEAST_ROOM_MIB: u64 = 1024;

pub(super) fn writable(what: &str, path: &Path, writable: bool) -> Finding {
    if writable {
        Finding::Good(format!("{what} : écriture possible."))
    } else {
        Finding::Bad(format!(
            "{what} : écriture impossible dans « {} ». Corrigez les droits ou le chemin.",
            path.display()
        ))
    }
}

pub(super) fn is_writable(folder: &Path) -> bool {
    let trial = folder.join(format!(".declic-doctor-{}", std::process::id()));
    std::fs::File::create_new(&trial).and_then(|_| std::fs::remove_file(&trial)).is_ok()
}

pub(super) fn is_file_writable(file: &Path) -> bool {
    std::fs::File::options().append(true).open(file).is_ok()
}

/// Others than the owner and the group may read it.
pub(super) fn open_to_all(path: &Path) -> Option<Finding> {
    let mode = std::fs::metadata(path).ok()?.permissions().mode();
    (mode & 0o007 != 0).then(|| {
        let (right, path) = (if path.is_dir() { "700" } else { "600" }, path.display());
        Finding::Bad(format!("tout le monde peut lire « {path} » : chmod {right} {path}"))
    })
}

pub(super) fn room(folder: &Path) -> Option<Finding> {
    let free = app::health::room_mib(folder)?;
    let good = free >= LEAST_ROOM_MIB;
    let advice = if good { "" } else { " C’est trop peu : libérez de la place." };
    Some(Finding::of(good, format!("{free} Mio libres sur le disque.{advice}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_not_there_is_not_writable() {
        let folder = tempfile::tempdir().unwrap();
        assert!(is_writable(folder.path()));
        assert!(!is_writable(&folder.path().join("absent")));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
