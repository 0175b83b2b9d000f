//! Made-up files for tests, benchmarks and the demonstration.

pub use exchange::generate::*;
