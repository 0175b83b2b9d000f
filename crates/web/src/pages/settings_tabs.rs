//! The pages of settings that a role opens, as tabs.

use app::access::permit;
use domain::access::permission::Action;

use super::rows::t;
use crate::site::Visit;
use crate::view::shell::NavItem;

/// The pages of settings: text, address, permission.
pub const SETTINGS: [(&str, &str, Action); 17] = [
    ("settings-tab-territories", "/reglages/territoires", Action::EditSettings),
    ("settings-tab-structures", "/reglages/structures", Action::EditSettings),
    ("sectors-title", "/reglages/secteurs", Action::EditSettings),
    ("catalogues-tab", "/reglages/orientation", Action::EditCatalogues),
    ("programmes-all", "/reglages/dispositifs", Action::EditCatalogues),
    ("agenda-sites-title", "/reglages/lieux", Action::EditSettings),
    ("settings-tab-users", "/reglages/utilisateurs", Action::ReadUsers),
    ("settings-tab-propose", "/reglages/utilisateurs/proposer", Action::ProposeUser),
    ("settings-tab-tokens", "/reglages/jetons", Action::ManageUsers),
    ("settings-tab-exceptional", "/reglages/acces-exceptionnel", Action::EditSettings),
    ("settings-tab-security", "/reglages/securite", Action::EditSettings),
    ("letters-title", "/reglages/courriers", Action::EditSettings),
    ("transfer-title", "/transferts", Action::TransferPeople),
    ("transfer-keys", "/reglages/transferts", Action::EditSettings),
    ("messages-templates-tab", "/reglages/messages", Action::EditCatalogues),
    ("messages-reporters-tab", "/reglages/sms", Action::EditSettings),
    ("mentions-title", "/reglages/mentions", Action::EditSettings),
];

/// Those that the visitor may open; `current` is the address of this one.
pub fn tabs(visit: &Visit, current: &str) -> Vec<NavItem> {
    let ctx = visit.ctx();
    SETTINGS
        .into_iter()
        .filter(|(_, _, action)| permit(&ctx, *action).is_ok())
        .map(|(key, path, _)| NavItem {
            label: t(key).to_string(),
            href: visit.path(path),
            count: None,
            current: path == current,
        })
        .collect()
}
