//! The use cases of each room, each test on SQLite and on PostgreSQL. One program, so that it is linked once.

#[cfg(test)]
mod access;
#[cfg(test)]
mod agenda;
#[cfg(test)]
mod agenda_walls;
#[cfg(test)]
mod announced;
#[cfg(test)]
mod audit;
#[cfg(test)]
mod audit_blocks;
#[cfg(test)]
mod audit_tampering;
#[cfg(test)]
mod booking_links;
#[cfg(test)]
mod contacts;
#[cfg(test)]
mod diagnosis;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod documents_s3;
#[cfg(test)]
mod engagement;
#[cfg(test)]
mod followup;
#[cfg(test)]
mod forgotten;
#[cfg(test)]
mod hand_over;
#[cfg(test)]
mod intake;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod later;
#[cfg(test)]
mod letters;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod login;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod milestones;
#[cfg(test)]
mod orientation;
#[cfg(test)]
mod outcomes;
#[cfg(test)]
mod proconnect;
#[cfg(test)]
mod programmes;
#[cfg(test)]
mod proposals;
#[cfg(test)]
mod referrals;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod retention;
#[cfg(test)]
mod review;
#[cfg(test)]
mod rights;
#[cfg(test)]
mod sectors;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod sheet;
#[cfg(test)]
mod transfer;
#[cfg(test)]
mod users;
#[cfg(test)]
mod walls;
#[cfg(test)]
mod waves;
#[cfg(test)]
mod waves_by_mail;
#[cfg(test)]
mod written;
