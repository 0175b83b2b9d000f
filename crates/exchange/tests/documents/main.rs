//! Documents: what is accepted, and each trick that is refused.

#[cfg(test)]
mod office;
#[cfg(test)]
mod plain;
#[cfg(test)]
mod support;
