//! Journeys in a real browser, against the real binary.

#[cfg(test)]
mod first;
