//! The call desk and the decisions: catalogues, calls, the queue, decisions.

pub mod call;
pub mod catalogue;
pub mod decision;
pub mod professionals;
pub mod queue;
pub mod referral;
pub mod sector;
