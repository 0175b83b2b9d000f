//! Journeys in a real browser, against the real binary.

#[cfg(test)]
mod booking;
#[cfg(test)]
mod calls;
#[cfg(test)]
mod diagnosis;
#[cfg(test)]
mod first;
#[cfg(test)]
mod followup;
#[cfg(test)]
mod login;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod proconnect;
#[cfg(test)]
mod programmes;
#[cfg(test)]
mod referrals;
#[cfg(test)]
mod session_end;
#[cfg(test)]
mod stored;
#[cfg(test)]
mod stored_walls;
#[cfg(test)]
mod stories;
#[cfg(test)]
#[expect(dead_code, reason = "shared with the tests of commands, which use all of it")]
#[path = "../typed/visitor.rs"]
mod visitor;
#[cfg(test)]
mod walls;
#[cfg(test)]
mod waves;
