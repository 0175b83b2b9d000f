//! How long sessions last and who needs a second factor: dated parameters of the département.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::access::role::Role;
use store::{Db, StoreError, settings};

use super::actor::HeldRole;

/// Minutes without use after which a session ends.
pub const IDLE_MINUTES: &str = "security.session_idle_minutes";
/// The same, for an administrator.
pub const ADMIN_IDLE_MINUTES: &str = "security.admin_session_idle_minutes";
/// Hours after which a session ends, used or not.
pub const LONGEST_HOURS: &str = "security.session_longest_hours";
/// Codes of the roles that need a second factor, separated by blanks.
pub const SECOND_FACTOR_ROLES: &str = "security.second_factor_roles";

/// How long the sessions of somebody last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limits {
    idle: Duration,
    longest: Duration,
}

impl Limits {
    /// The limits of whoever holds these roles, on `day`.
    pub(super) async fn of(db: &Db, roles: &[HeldRole], day: NaiveDate) -> Result<Self, StoreError> {
        let admin = roles.iter().any(|held| held.role == Role::Admin);
        let number = async |key: &str, fallback: i64| {
            let value = settings::value_at(db, key, day).await?;
            Ok::<_, StoreError>(value.and_then(|v| v.parse().ok()).filter(|n| *n > 0).unwrap_or(fallback))
        };
        let mut idle = number(IDLE_MINUTES, 30).await?;
        if admin {
            idle = idle.min(number(ADMIN_IDLE_MINUTES, 15).await?);
        }
        let longest = number(LONGEST_HOURS, 12).await?;
        Ok(Self { idle: Duration::minutes(idle), longest: Duration::hours(longest) })
    }

    /// When a session that began at `created_at` and is used `now` ends.
    pub(super) fn end(self, created_at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
        (now + self.idle).min(created_at + self.longest)
    }
}

/// The roles that need a second factor on `day`.
///
/// # Errors
/// When the database does not answer.
pub async fn second_factor_roles(db: &Db, day: NaiveDate) -> Result<Vec<Role>, StoreError> {
    let value = settings::value_at(db, SECOND_FACTOR_ROLES, day).await?.unwrap_or_default();
    Ok(Role::parse_all(&value))
}
