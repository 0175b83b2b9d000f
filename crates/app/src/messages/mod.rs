//! What leaves: letters to accounts, and what is written to people.
//!
//! ```text
//! use case ── queue, in its own transaction ──▶ outbox ── send_due, a job ──▶ Post: an SMTP server, or a folder
//! use case ── tell, in its own transaction ──▶ message ── deliver_due, a job ──▶ Post, or a provider of text messages
//!                                                 ▲              │ refused, or said later not to have arrived
//!                                                 └──────────────┘ (report, bounce): the next channel
//! ```

mod announce;
mod bounce;
mod compose;
mod deliver;
mod facts;
mod gateway;
mod invite;
mod later;
pub mod letters;
mod outbox;
mod post;
mod print;
mod read;
mod remind;
mod report;
mod sheet;
mod tell;
pub(crate) mod templates;
mod tls;
mod words;

pub(crate) use announce::{call_promised, decided};
pub use bounce::{BounceError, Bounced, record_bounce};
pub use deliver::deliver_due;
pub use exchange::delivery::{MOST_BYTES as MOST_BYTES_OF_A_BOUNCE, Mapping};
pub(crate) use facts::{Meeting, meeting, of_meeting};
pub use gateway::{Provider, ProviderSettings, Sms};
pub(crate) use invite::{INVITATION, invite_in};
pub use invite::{Preview, invite, preview_invitation};
pub use letters::Letter;
pub use outbox::{Kind, queue, queue_asked, send_due};
pub use post::{Post, PostError};
pub use print::{PrintError, posted, print};
pub use read::{Desk, HandleError, Written, desk, handle, written_to};
pub use remind::remind;
pub use report::{
    Limits, ReportError, Reporter, ReporterError, make_report_address, place_reports, receive_report,
    reporters,
};
pub(crate) use sheet::{address, field_words, sheet};
pub(crate) use tell::{attended, booked, cancelled, valid as invitation_lasts};
pub use templates::{Example, Listed, Shown, TemplatesError, publish_template, template, templates};
pub(crate) use words::Language;
