//! Who acts, what they may do, and how they prove who they are.
//!
//! ```text
//! e-mail + password ── sign_in ──▶ cookie ── load_session ──▶ Actor ── permit, scope ──▶ rows
//! token create ──────────────────▶ bearer ── load_token ────▶ Actor ──┘
//! user add ──▶ link valid once ── choose_password ──▶ password
//! ```
//!
//! Cookies, links and tokens are kept as hashes. Roles are dated: only those in force today count.

mod actor;
mod choose_password;
mod create_user;
mod give_reason;
mod limiter;
mod list_users;
pub mod password;
mod permit;
mod secret;
mod session;
mod sign_in;
mod sign_in_demo;
mod token;

pub use actor::{Actor, ActorKind, HeldRole, TokenScope};
pub use choose_password::{ChoosePasswordError, Invited, choose_password, invited};
pub use create_user::{CreateUserError, Invitation, NewUser, create_user, invite_again};
pub use give_reason::{GiveReasonError, give_reason};
pub use limiter::SignInLimiter;
pub use list_users::{ListUsersError, RoleLine, UserLine, list_users};
pub use permit::{Refused, a_reason_would_help, permit, permit_actor, scope};
pub use session::{SessionActor, SessionHandle, SessionToken, load_session, sign_out};
pub use sign_in::{Credentials, SignInError, sign_in};
pub use sign_in_demo::{DEMO_PASSWORD, DemoAccount, demo_accounts, sign_in_demo};
pub use token::{CreateTokenError, create_token, load_token};
