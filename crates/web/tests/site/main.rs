//! The real router and templates: every route by role, every write, every answer's headers, what must not leak, pages.

#[cfg(test)]
mod agenda;
#[cfg(test)]
mod booking;
#[cfg(test)]
mod budget;
#[cfg(test)]
mod calls;
#[cfg(test)]
mod diagnosis;
#[cfg(test)]
mod engagement;
#[cfg(test)]
mod followup;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod journalled;
#[cfg(test)]
mod leaks;
#[cfg(test)]
mod login;
#[cfg(test)]
mod matrix;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod milestones;
#[cfg(test)]
mod outcomes;
#[cfg(test)]
mod outer;
#[cfg(test)]
mod pages_contacts;
#[cfg(test)]
mod pages_documents;
#[cfg(test)]
mod pages_intake;
#[cfg(test)]
mod pages_privacy;
#[cfg(test)]
mod pages_report;
#[cfg(test)]
mod pages_walls;
#[cfg(test)]
mod programmes;
#[cfg(test)]
mod proposals;
#[cfg(test)]
mod referrals;
#[cfg(test)]
mod relations;
#[cfg(test)]
mod resume;
#[cfg(test)]
mod sectors;
#[cfg(test)]
mod support;
#[cfg(test)]
mod told_apart;
#[cfg(test)]
mod transfer;
#[cfg(test)]
mod waves;

/// The writes that the tests of their room send, their lines being counted there.
#[cfg(test)]
const PLAYED: [fn(&str) -> bool; 11] = [
    forms::plays,
    programmes::plays,
    milestones::plays,
    engagement::plays,
    outcomes::plays,
    agenda::plays,
    booking::plays,
    messages::plays,
    followup::plays,
    diagnosis::plays,
    waves::plays,
];
