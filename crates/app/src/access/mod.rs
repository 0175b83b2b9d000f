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
mod edit_user;
mod exceptional;
mod give_reason;
mod held;
mod limiter;
mod list_users;
mod new_role;
pub mod password;
mod permit;
mod propose_user;
mod relation;
mod secret;
mod sensitive;
mod session;
mod sign_in;
mod sign_in_demo;
mod token;

pub use actor::{Actor, ActorKind, HeldRole, HeldStructure, TokenScope};
pub use choose_password::{ChoosePasswordError, Invited, choose_password, invited};
pub use create_user::{CreateUserError, Invitation, NewUser, create_user, invite_account, invite_again};
pub use edit_user::{EditUserError, add_role, disable_user, enable_user, end_role};
pub(crate) use exceptional::exceptional_scope;
pub use exceptional::{
    Ask, ExceptionalError, Notice, acknowledge, may as may_open_exceptionally, notices, open_exceptionally,
    roles_allowed, set_roles,
};
pub use give_reason::{GiveReasonError, give_reason};
pub use limiter::SignInLimiter;
pub use list_users::{ListUsersError, RoleLine, UserLine, list_users};
pub use new_role::{NewRole, RoleError};
pub(crate) use permit::social_scope;
pub use permit::{Refused, a_reason_would_help, permit, permit_actor, scope};
pub use propose_user::{PROPOSABLE, ProposeError, accept_user, decline_user, proposals, propose_user};
pub(crate) use relation::Relations;
pub use relation::Why;
pub(crate) use sensitive::{hidden_accounts, hide_sensitive, is_social};
pub use session::{SessionActor, SessionHandle, SessionToken, load_session, sign_out};
pub use sign_in::{Credentials, SignInError, sign_in};
pub use sign_in_demo::{DEMO_PASSWORD, DemoAccount, demo_accounts, sign_in_demo};
pub use token::{
    ApiToken, CreateTokenError, NewToken, TokenError, create_token, list_tokens, load_token, revoke_token,
    rotate_token, token_works,
};
