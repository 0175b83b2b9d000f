//! Is a département able to work: its database answers, its disks have room.

use std::path::Path;
use std::time::Duration;

use store::Engine;
use tokio::time::timeout;

use crate::Department;

/// A database that takes longer to say that it is there is not.
const PATIENCE: Duration = Duration::from_secs(3);

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// Everything answers.
    Well,
    /// The database does not answer.
    DatabaseAway,
    /// The disk of the database or of the documents is full, or nearly.
    DiskFull,
}

/// Looks at the database and at the disks; fewer than `least_room_mib` MiB free is a full disk.
pub async fn health(department: &Department, least_room_mib: u64) -> Health {
    if !matches!(timeout(PATIENCE, department.db.ping()).await, Ok(Ok(()))) {
        return Health::DatabaseAway;
    }
    let file = match department.db.engine() {
        Engine::Sqlite { file } => file.parent(),
        Engine::Postgres { .. } => None,
    };
    let folders = file.into_iter().chain([department.documents.as_path()]);
    if folders.filter_map(room_mib).any(|free| free < least_room_mib) {
        Health::DiskFull
    } else {
        Health::Well
    }
}

/// Free room for an ordinary account on the disk of a folder, in MiB; nothing when the folder is not there.
pub fn room_mib(folder: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize) / (1024 * 1024))
}
