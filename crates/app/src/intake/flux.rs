//! The reader of CAF and MSA files, for those who measure it.

pub use exchange::caf::{Expect, bench_parse};
