//! Programmes: what the département offers, who is proposed, taken, waits, and how their course goes.
//!
//! ```text
//! prescribe ──▶ answer (enrol, waiting list, refuse) ──▶ change (pause, resume, renew, exit; decline, withdraw), point
//!     └───────────────── an act, added ──▶ restate ──▶ course, state and due steps of the person
//! ```
//! Nothing is changed afterwards; a person of the département answers each time, and no number of a programme is a lock.

mod answer;
mod catalogue;
mod change;
mod point;
mod prescribe;
mod record;
mod restate;
mod told;
mod waiting;

pub use answer::{AnswerInput, Verdict, answer, could_accompany};
pub use catalogue::{
    Offered, ProgrammeError, programme, programme_text, programme_versions, programmes, publish_programme,
};
pub use change::{ChangeInput, change};
pub use point::{NEEDLESS, PointInput, hold_point};
pub use prescribe::{Prescribable, PrescribeInput, prescribable, prescribe};
pub use record::EnrolError;
pub use told::{CourseAct, CourseTold, PointTold, Renewal, Rights};
pub use waiting::{Awaited, awaited, count_awaited};

pub(crate) use catalogue::version_of;
pub(crate) use change::end_courses;
pub(crate) use restate::{restate, restated};
pub(crate) use told::told;
