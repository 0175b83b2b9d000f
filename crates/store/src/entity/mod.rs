//! Tables as the ORM sees them; seen by this crate only.

pub mod account;
pub mod account_role;
pub mod api_token;
pub mod contact;
pub mod content;
pub mod counter;
pub mod counter_place;
pub mod household;
pub mod import;
pub mod import_change;
pub mod import_reject;
pub mod journal;
pub mod journal_head;
pub mod membership;
pub mod one_time_link;
pub mod parameter;
pub mod payment;
pub mod person;
pub mod referent;
pub mod review;
pub mod search_term;
pub mod session;
pub mod sheet_profile;
pub mod sighting;
pub mod territory;
pub mod territory_commune;
