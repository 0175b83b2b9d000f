//! What each letter says: plain text, short sentences, nothing sensitive, no personal data but the name.

use serde::{Deserialize, Serialize};
use store::access::account::Account;

use crate::access::INVITATION_DAYS;
use crate::{App, Department};

/// A letter, ready to leave.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The address of whoever it is for.
    pub to: String,
    /// Their name.
    pub name: String,
    /// One line.
    pub subject: String,
    /// The text.
    pub text: String,
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Letter({})", self.subject)
    }
}

/// A link to choose a first password.
pub(crate) fn invitation(app: &App, department: &Department, account: &Account, token: &str) -> Letter {
    let link = link(app, department, token);
    letter(
        department,
        account,
        "Votre compte Déclic",
        &format!(
            "Un compte Déclic est ouvert à votre nom. Pour choisir votre mot de passe, ouvrez ce lien :\n\n{link}\n\n\
             Il sert une seule fois, pendant {INVITATION_DAYS} jours. Passé ce délai, demandez-en un autre à \
             l’administration de votre département."
        ),
    )
}

/// A link to choose another password.
pub(crate) fn password_reset(app: &App, department: &Department, account: &Account, token: &str) -> Letter {
    let link = link(app, department, token);
    letter(
        department,
        account,
        "Choisir un nouveau mot de passe",
        &format!(
            "Vous avez demandé à choisir un nouveau mot de passe. Ouvrez ce lien :\n\n{link}\n\n\
             Il sert une seule fois, pendant une heure. Si vous n’avez rien demandé, ne faites rien : votre mot de \
             passe ne change pas."
        ),
    )
}

/// The password is another one since now.
pub(crate) fn password_changed(app: &App, department: &Department, account: &Account) -> Letter {
    notice(
        app,
        department,
        account,
        "Votre mot de passe a changé",
        "Le mot de passe de votre compte vient d’être changé.",
    )
}

/// A second factor was set up.
pub(crate) fn second_factor_added(app: &App, department: &Department, account: &Account) -> Letter {
    let what = "La double authentification vient d’être mise en place sur votre compte.";
    notice(app, department, account, "Double authentification mise en place", what)
}

/// The second factor was removed.
pub(crate) fn second_factor_removed(app: &App, department: &Department, account: &Account) -> Letter {
    let what = "La double authentification vient d’être retirée de votre compte.";
    notice(app, department, account, "Double authentification retirée", what)
}

fn notice(app: &App, department: &Department, account: &Account, subject: &str, what: &str) -> Letter {
    let address = format!("{}/{}/mot-de-passe-oublie", app.public_url, department.code);
    letter(
        department,
        account,
        subject,
        &format!(
            "{what}\n\nSi ce n’était pas vous, choisissez tout de suite un nouveau mot de passe, et prévenez \
             l’administration de votre département :\n\n{address}"
        ),
    )
}

fn link(app: &App, department: &Department, token: &str) -> String {
    format!("{}/{}/mot-de-passe/{token}", app.public_url, department.code)
}

fn letter(department: &Department, account: &Account, subject: &str, body: &str) -> Letter {
    Letter {
        to: account.email.clone(),
        name: account.name.clone(),
        subject: format!("{subject} ({})", department.name),
        text: format!(
            "Bonjour {},\n\n{body}\n\nDéclic, {}\nCe message est envoyé par une machine : n’y répondez pas.\n",
            account.name, department.name
        ),
    }
}
