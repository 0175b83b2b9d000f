//! Files in: what a flux says, which fact wins, what changed, and whether two sightings are one person.

pub mod delta;
pub mod flux;
pub mod matching;
pub mod stamp;
pub mod timeline;
