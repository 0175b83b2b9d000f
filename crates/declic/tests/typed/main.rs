//! The program as it is typed.

#[cfg(test)]
mod backups;
#[cfg(test)]
mod canary;
#[cfg(test)]
mod commands;
#[cfg(test)]
mod ends;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod logs;
#[cfg(test)]
mod read_only;
#[cfg(test)]
mod servers;
#[cfg(test)]
mod visitor;
