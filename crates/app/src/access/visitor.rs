//! The machine that asks.

/// The machine that asks, as far as it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visitor<'a> {
    /// Its address.
    pub address: &'a str,
    /// Its `User-Agent`; may be empty.
    pub agent: &'a str,
}
