//! Letters, as other programs read them.

#[cfg(test)]
mod access;
#[cfg(test)]
mod contract;
#[cfg(test)]
mod mail;
#[cfg(test)]
mod pdf;
