//! Who acts, what they may do, and how they prove who they are.
//!
//! ```text
//! e-mail + password ── sign_in ──▶ [ second factor ] ──▶ cookie ── load_session ──▶ Actor ── permit, scope ──▶ rows
//! token create ──────────────────────────────────────▶ bearer ── load_token ────▶ Actor ──┘
//! user add, forgotten password ──▶ link valid once ── choose_password ──▶ password
//! ```
//!
//! Cookies, links, tokens and codes are kept as hashes. Roles are dated: only those in force today count. Failures are
//! counted by account in the database (`tries`) and by address in memory (`limiter`).

mod actor;
mod capacity;
mod change_password;
mod choose_password;
mod create_user;
mod edit_user;
mod enrolment;
mod exceptional;
mod give_reason;
mod held;
mod kept_form;
mod limiter;
pub mod limits;
mod list_users;
mod my_sessions;
mod new_role;
mod password;
mod permit;
pub mod proconnect;
mod propose_user;
mod proposed;
mod prove_again;
mod relation;
mod reset_password;
mod second_factor;
pub(crate) mod secret;
mod sensitive;
mod session;
mod sign_in;
mod sign_in_demo;
mod teams;
mod token;
mod totp;
mod tries;
mod visitor;

pub use actor::{Actor, ActorKind, HeldRole, HeldStructure, TokenScope};
pub use capacity::{capacity, set_capacity};
pub use change_password::{ChangePasswordError, change_password};
pub use choose_password::{ChoosePasswordError, Invited, choose_password, invited};
pub(crate) use create_user::INVITATION_DAYS;
pub use create_user::{
    CreateUserError, Invitation, NewUser, create_user, invite_account, invite_again, send_invitation,
};
pub use edit_user::{EditUserError, add_role, disable_user, enable_user, end_role};
pub use enrolment::{
    Enrolment, EnrolmentError, RecoveryCodes, ToRead, begin_enrolment, confirm_enrolment, enrolment,
    is_mandatory, new_recovery_codes, remove_second_factor, reset_second_factor,
};
pub(crate) use exceptional::exceptional_scope;
pub use exceptional::{
    Ask, ExceptionalError, Notice, acknowledge, may as may_open_exceptionally, notices, notices_waiting,
    open_exceptionally, roles_allowed, set_roles,
};
pub use give_reason::{GiveReasonError, give_reason};
pub use kept_form::{KeptForm, forget_form, keep_form, kept_form};
pub use limiter::AddressLimiter;
pub use list_users::{ListUsersError, RoleLine, UserLine, list_users};
pub use my_sessions::{SessionLine, end_my_other_sessions, end_my_session, my_sessions};
pub use new_role::{NewRole, RoleError};
pub(crate) use permit::social_scope;
pub use permit::{Refused, a_reason_would_help, permit, permit_actor, scope};
pub use propose_user::{PROPOSABLE, ProposeError, accept_user, decline_user, proposals, propose_user};
pub(crate) use proposed::{Seen, proposed, proposed_to, term};
pub use prove_again::prove_again;
pub(crate) use relation::Relations;
pub use relation::Why;
pub(crate) use reset_password::answer as answer_password_reset;
pub use reset_password::ask_password_reset;
pub use second_factor::pass_second_factor;
pub(crate) use sensitive::{hidden_accounts, hide_sensitive, is_social};
pub use session::{How, SessionActor, SessionHandle, SessionToken, SignedIn, Stage, load_session, sign_out};
pub use sign_in::{Credentials, ProofError, sign_in};
pub use sign_in_demo::{DEMO_PASSWORD, DemoAccount, demo_accounts, sign_in_demo};
pub(crate) use teams::Teams;
pub use token::{
    ApiToken, CreateTokenError, NewToken, TokenError, create_token, list_tokens, load_token, revoke_token,
    rotate_token, token_works,
};
pub use visitor::Visitor;
