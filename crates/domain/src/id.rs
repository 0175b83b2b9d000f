//! Identifiers: UUIDv7 made by the application, so that both database engines and every node agree.

use std::sync::Arc;

use uuid::Uuid;

/// The one place that makes identifiers. Injected everywhere; tests and benchmarks inject a seeded one.
#[derive(Clone)]
pub struct Ids(Arc<dyn Fn() -> Uuid + Send + Sync>);

impl Ids {
    /// Wraps a generator of unique identifiers.
    pub fn new(make: impl Fn() -> Uuid + Send + Sync + 'static) -> Self {
        Self(Arc::new(make))
    }

    /// A new identifier, greater than the ones made before by the same node.
    pub fn make(&self) -> Uuid {
        (self.0)()
    }
}

impl std::fmt::Debug for Ids {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ids")
    }
}
