//! The contract: what the person and the organisation commit to, who signed it, and whether one is in force.

pub mod contract;
pub mod standing;
pub mod terms;
