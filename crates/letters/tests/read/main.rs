//! Letters, as other programs read them.

#[cfg(test)]
mod access;
