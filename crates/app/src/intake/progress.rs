//! How far the running imports have come.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;

/// Bytes read and bytes in all, by import; shared by the worker and the pages.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<Mutex<HashMap<Uuid, (u64, u64)>>>);

impl Progress {
    /// Says how far an import has come.
    pub fn set(&self, import: Uuid, read: u64, total: u64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(import, (read, total));
    }

    /// Forgets an import that ended.
    pub fn forget(&self, import: Uuid) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&import);
    }

    /// Bytes read and bytes in all.
    pub fn get(&self, import: Uuid) -> Option<(u64, u64)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&import).copied()
    }
}
