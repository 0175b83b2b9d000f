//! One account for each role, with a made-up name.

use std::collections::BTreeMap;

use app::Context;
use app::domain::access::role::Role;
use app::domain::time::plus_days;
use store::StoreError;
use store::access::account::{self, Account, AccountRole};
use uuid::Uuid;

use crate::failure::Outcome;

/// The roles have been held for so long.
const HELD_SINCE_DAYS: i64 = 400;

/// First names, by role; family names, by département, so that no two accounts are namesakes.
const FIRST_NAMES: [(Role, &str); 10] = [
    (Role::Operator, "Odile"),
    (Role::SocialReferent, "Samira"),
    (Role::JobCoach, "Julien"),
    (Role::Prescriber, "Patricia"),
    (Role::TeamLead, "Thierry"),
    (Role::Partner, "Pauline"),
    (Role::AidOfficer, "Aïcha"),
    (Role::Manager, "Marc"),
    (Role::Admin, "Adèle"),
    (Role::Dpo, "Denis"),
];
const FAMILY_NAMES: [(&str, &str); 4] =
    [("38", "Berthollet"), ("45", "Chassagne"), ("04", "Esclangon"), ("55", "Lahaye")];

/// Those of the stories that are played in their département.
const CAST: [(&str, Role, &str); 14] = [
    ("38", Role::Operator, "Maëlle Roussillon"),
    ("38", Role::SocialReferent, "Anouk Delvaux"),
    ("38", Role::JobCoach, "Tiphaine Morel"),
    ("38", Role::TeamLead, "Gilles Astier"),
    ("38", Role::AidOfficer, "Rachid Benhaddou"),
    ("45", Role::SocialReferent, "Sandrine Quillet"),
    ("45", Role::JobCoach, "Malik Oudin"),
    ("45", Role::TeamLead, "Claire Vasseur"),
    ("04", Role::JobCoach, "Fabien Roustan"),
    ("04", Role::SocialReferent, "Mireille Tassy"),
    ("04", Role::TeamLead, "Denis Aubanel"),
    ("55", Role::Operator, "Justine Kaminski"),
    ("55", Role::JobCoach, "Loïc Harmand"),
    ("55", Role::TeamLead, "Véronique Mangin"),
];

/// A second operator, where the demonstration has two: the platform of the Meuse.
const SECOND_OPERATOR: (&str, &str) = ("55", "Oscar");

/// Makes the accounts of a département and tells which account has which role; the partner holds theirs in `structure`.
///
/// # Errors
/// When the database refuses.
pub async fn make(ctx: &Context, structure: Option<Uuid>) -> Outcome<BTreeMap<Role, Uuid>> {
    let code = ctx.department.code.as_str();
    let family =
        FAMILY_NAMES.iter().find(|(department, _)| *department == code).map_or("Martin", |(_, name)| name);
    let tx = ctx.db().begin().await?;
    let mut made = BTreeMap::new();
    let second = (code == SECOND_OPERATOR.0).then_some((Role::Operator, SECOND_OPERATOR.1));
    for (role, first) in FIRST_NAMES.into_iter().chain(second) {
        let id = ctx.app.ids.make();
        let rank = if made.contains_key(&role) { "2" } else { "" };
        let new = Account {
            id,
            email: format!("{}{rank}@{code}.demo.test", role.code()).to_lowercase(),
            name: cast(code, role).filter(|_| rank.is_empty()).unwrap_or_else(|| format!("{first} {family}")),
            password_hash: None,
            demo: true,
            created_at: ctx.now(),
            disabled_at: None,
        };
        account::insert(&tx, new).await?;
        let held = AccountRole {
            id: ctx.app.ids.make(),
            account_id: id,
            role: role.code().to_owned(),
            territory: None,
            structure: structure.filter(|_| role == Role::Partner),
            since: plus_days(ctx.today(), -HELD_SINCE_DAYS),
            until: None,
        };
        account::add_roles(&tx, vec![held]).await?;
        made.entry(role).or_insert(id);
    }
    tx.commit().await.map_err(StoreError::from)?;
    Ok(made)
}

/// The name that a story gives to who holds this role here.
fn cast(code: &str, role: Role) -> Option<String> {
    let held = CAST.iter().find(|(department, of, _)| *department == code && *of == role);
    held.map(|(.., name)| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_but_the_person_has_an_account() {
        let named: Vec<Role> = FIRST_NAMES.iter().map(|(role, _)| *role).collect();
        let expected: Vec<Role> = Role::ALL.into_iter().filter(|role| *role != Role::Person).collect();
        assert_eq!(named, expected);
    }
}
