//! `/{department}/reglages/utilisateurs` and `/jetons`: accounts, what they may do, and the tokens of other software.

use askama::Template;

use super::parts::{Fact, Field, FieldError, Link, Tag};
use super::shell::{NavItem, Shell};

/// The list of accounts.
#[derive(Template)]
#[template(path = "settings/users.html")]
pub struct Users {
    /// The frame.
    pub shell: Shell,
    /// The pages of settings.
    pub tabs: Vec<NavItem>,
    /// The actor may open accounts.
    pub may_manage: bool,
    /// What is wrong with an answer to a proposal.
    pub errors: Vec<FieldError>,
    /// Accounts proposed, that wait for an answer.
    pub proposals: Vec<ProposalRow>,
    /// The accounts.
    pub rows: Vec<UserRow>,
}

/// An account of the list.
#[derive(Debug, Clone)]
pub struct UserRow {
    /// Its holder, to its page.
    pub link: Link,
    /// Its e-mail.
    pub email: String,
    /// The roles in force or to come, one line each.
    pub roles: Vec<String>,
    /// « hier à 8 h 12 », « jamais ».
    pub seen: String,
    /// « fermé », « invité ».
    pub tags: Vec<Tag>,
}

/// An account that is proposed.
#[derive(Debug, Clone)]
pub struct ProposalRow {
    /// First and last name.
    pub name: String,
    /// Its e-mail.
    pub email: String,
    /// The role, where, and when.
    pub role: String,
    /// Who proposes it, and when.
    pub by: String,
    /// « acceptée », « refusée », « en attente ».
    pub state: Tag,
    /// Where the acceptance is sent; `None` when one may not decide or it was decided.
    pub accept: Option<String>,
    /// Where the refusal is sent.
    pub decline: Option<String>,
}

/// A team lead proposes an account.
#[derive(Template)]
#[template(path = "settings/propose.html")]
pub struct Propose {
    /// The frame.
    pub shell: Shell,
    /// The pages of settings.
    pub tabs: Vec<NavItem>,
    /// What is wrong in the form.
    pub errors: Vec<FieldError>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// What one has proposed before.
    pub rows: Vec<ProposalRow>,
}

/// One account.
#[derive(Template)]
#[template(path = "settings/user.html")]
pub struct User {
    /// The frame.
    pub shell: Shell,
    /// Its holder.
    pub name: String,
    /// « fermé », « invité ».
    pub tags: Vec<Tag>,
    /// E-mail, last sign-in.
    pub facts: Vec<Fact>,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// Its roles, in the order in which they were given.
    pub roles: Vec<RoleRow>,
    /// Where a new role is sent; `None` when one may not.
    pub add: Option<String>,
    /// The fields of a new role.
    pub fields: Vec<Field>,
    /// Where another link is asked for; `None` for a closed account.
    pub link: Option<String>,
    /// How many people they follow at most, and where it is sent.
    pub capacity: Option<(String, Field)>,
    /// Where the second factor is taken away; `None` when there is none or one may not.
    pub reset: Option<String>,
    /// Where the account is closed or opened again.
    pub switch: Option<String>,
    /// The account is closed.
    pub closed: bool,
}

/// A role of an account.
#[derive(Debug, Clone)]
pub struct RoleRow {
    /// In words.
    pub role: String,
    /// Territory, structure or département.
    pub place: String,
    /// « du 4 mai au 31 décembre 2026 ».
    pub period: String,
    /// « en cours », « à venir », « terminé ».
    pub state: Tag,
    /// Where its end is sent; `None` when it has ended or one may not.
    pub end: Option<String>,
    /// The field of its last day.
    pub last_day: Field,
}

/// The list of tokens.
#[derive(Template)]
#[template(path = "settings/tokens.html")]
pub struct Tokens {
    /// The frame.
    pub shell: Shell,
    /// The pages of settings.
    pub tabs: Vec<NavItem>,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// The tokens.
    pub rows: Vec<TokenRow>,
    /// The fields of a new one.
    pub fields: Vec<Field>,
}

/// A token.
#[derive(Debug, Clone)]
pub struct TokenRow {
    /// The software.
    pub name: String,
    /// Read, or read and write.
    pub scope: String,
    /// When it was made.
    pub made: String,
    /// Its end.
    pub end: String,
    /// When it was last used.
    pub used: String,
    /// « fonctionne », « révoqué », « terminé ».
    pub state: Tag,
    /// Where it is replaced; `None` when it no longer works.
    pub rotate: Option<String>,
    /// Where it is revoked.
    pub revoke: Option<String>,
}
