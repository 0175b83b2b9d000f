//! Follow-up: the acts of a path, each on its page; the panel of a person; what is late.

mod acts;
mod contact;
mod fields;
mod forgotten;
mod late;
mod panel;
mod story;
mod team;

pub use acts::{
    answer, answer_page, call, call_page, contest, contest_page, end, end_page, keep, keep_page, referent,
    referent_page, reopen, reopen_page, review, review_page,
};
pub use contact::{contact, contact_page};
pub use forgotten::forgotten;
pub use late::{late, people as late_people};
pub use team::{hand_over_page, hand_over_people, team};

pub(super) use acts::refused;
pub(super) use fields::{Typed, professional};
pub(super) use panel::{lower, panel};
pub(super) use story::story;
