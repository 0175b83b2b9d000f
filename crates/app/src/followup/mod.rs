//! Follow-up: how a path ends, goes on, is looked at again; what the person says against a decision; what is late.
//!
//! ```text
//! end_path, keep_path, review_path, contest, record_call ──▶ an act, added ──▶ restate ──▶ state and due step of the person
//! reopen_path, answer_contest, name_referent ────────────────────┘                          │
//! late, late_people ◀── every due step that is past, each with who must act ◀───────────────┘
//! ```
//! An act is never changed: an end is undone by a reopening, a contest stays beside its answer.

mod answer;
mod contest;
mod end;
mod forgotten;
mod hand_over;
mod keep;
mod late;
mod my_day;
mod record;
mod record_call;
mod record_contact;
mod referent;
mod reopen;
mod restate;
mod review;
mod team;
mod told;
mod turn;

pub use answer::{AnswerInput, answer_contest};
pub use contest::{ContestInput, contest};
pub use end::{EndInput, end_path};
pub use forgotten::{Forgotten, forgotten};
pub use hand_over::{HandOver, HandOverInput, MOST, Taker, hand_over, to_hand_over};
pub use keep::{KeepInput, keep_path};
pub use late::{Late, LateEntry, LateFilter, LateOwner, LateRow, LateStep, late, late_people};
pub use my_day::{MyDay, my_day};
pub use record::FollowError;
pub use record_call::{CallInput, record_call};
pub use record_contact::{ContactInput, record_contact};
pub use referent::{name_referent, who_could_follow};
pub use reopen::{ReopenInput, reopen_path};
pub use review::{ReviewInput, Terms, review_path, review_terms};
pub use team::{ATTENDANCE_DAYS, Member, Team, count_alone, team};
pub use told::{ContactTold, PathAct, Rights};
pub use turn::turn_referents;

pub(crate) use answer::answered_by_decision;
pub(crate) use record::{Subject, begin, stand, stand_all, subject};
pub(crate) use record_contact::write_contact;
pub(crate) use restate::{appointments_changed, refresh};
pub(crate) use told::{calls, contacts, rights, told};
