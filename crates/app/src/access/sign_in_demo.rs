//! Signing in with one click, in the demo only.

use std::sync::Arc;

use domain::access::role::Role;
use store::StoreError;
use store::access::account;

use super::held::roles_on;
use super::session::{How, Opening, SignedIn};
use super::sign_in::ProofError;
use super::visitor::Visitor;
use crate::{App, Department};

/// The password of every demo account, in demo mode only.
pub const DEMO_PASSWORD: &str = "demo";

/// A demo account, as the sign-in page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccount {
    /// `operator@55.demo.test`.
    pub email: String,
    /// A made-up name.
    pub name: String,
    /// Its roles in force today.
    pub roles: Vec<Role>,
}

/// The demo accounts of a département; none outside the demo.
///
/// # Errors
/// When the database does not answer.
pub async fn demo_accounts(app: &App, department: &Department) -> Result<Vec<DemoAccount>, StoreError> {
    if !app.demo {
        return Ok(Vec::new());
    }
    let today = app.clock.today(department.timezone);
    let mut found = Vec::new();
    for one in account::of_demo(&department.db).await? {
        let roles = roles_on(&department.db, one.id, today).await?;
        let roles = roles.iter().map(|held| held.role).collect();
        found.push(DemoAccount { email: one.email, name: one.name, roles });
    }
    found.sort_by_key(|one| one.roles.first().copied());
    Ok(found)
}

/// Begins a session for a demo account, without a password.
///
/// # Errors
/// [`ProofError::Wrong`] outside the demo, and for an account that is not a demo account.
pub async fn sign_in_demo(
    app: &App,
    department: &Arc<Department>,
    email: &str,
    visitor: Visitor<'_>,
) -> Result<SignedIn, ProofError> {
    let account = if app.demo { account::by_email(&department.db, email).await? } else { None };
    let account = account.filter(|account| account.demo && account.disabled_at.is_none());
    let account = account.ok_or(ProofError::Wrong)?;
    let opening = Opening::of(app, department, &account).await?;
    let tx = department.db.begin().await?;
    let signed_in = opening.begin(&tx, How::Demo, &visitor).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(signed_in)
}
