//! A sector for each territory but the last, on each side, held by the professionals of the demonstration; and people whom the
//! prescriber addresses to the platform.

use std::collections::BTreeMap;

use app::Context;
use app::domain::access::role::Role;
use app::domain::orientation::referral::{Moment, Urgency};
use app::domain::orientation::sector::Purpose;
use app::domain::reference::geo;
use app::orientation::{ReferError, ReferralInput, refer};
use app::settings::{
    HolderInput, SectorInput, add_holder, save_sector, set_structure_capacity, territories, territory_of,
};
use uuid::Uuid;

use super::acting;
use crate::failure::{Failure, Outcome};

/// How many people the structure of the partner follows at most.
const PLACES: i64 = 30;

/// Who is addressed: name, first name, birth date, telephone, why. Nobody of them exists.
const ADDRESSED: [(&str, &str, &str, &str, &str); 3] = [
    (
        "Vauquelin",
        "Zélie",
        "1991-03-14",
        "06 39 98 12 34",
        "N’a plus de travail depuis l’été. Veut reprendre un métier, ne sait pas à qui s’adresser.",
    ),
    (
        "Ferrandi",
        "Ilario",
        "1985-06-02",
        "06 39 98 55 55",
        "Doit quitter son logement à la fin du mois et n’a aucun rendez-vous.",
    ),
    (
        "Marchenoir",
        "Odeline",
        "1999-11-30",
        "06 39 98 77 01",
        "Vient à l’atelier du lundi, dit qu’elle aimerait un accompagnement.",
    ),
];

/// Makes the sectors.
///
/// # Errors
/// When the database refuses.
pub async fn make(ctx: &Context, accounts: &BTreeMap<Role, Uuid>, partner: Option<Uuid>) -> Outcome {
    let places = territories(ctx).await?;
    let served = places.split_last().map(|(_, served)| served).unwrap_or_default();
    for (side, role, purpose) in
        [("emploi", Role::JobCoach, Purpose::Employment), ("social", Role::SocialReferent, Purpose::Social)]
    {
        let Some(account) = accounts.get(&role) else { continue };
        for place in served {
            let input = SectorInput {
                name: format!("{}, {side}", place.name),
                purpose,
                communes: String::new(),
                territory: place.code.clone(),
                epci: String::new(),
            };
            let id = save_sector(ctx, None, &input).await?;
            let holder = HolderInput { account: Some(*account), priority: 1, ..HolderInput::default() };
            add_holder(ctx, id, &holder).await?;
        }
    }
    if let Some(partner) = partner {
        set_structure_capacity(ctx, partner, Some(PLACES), None).await?;
    }
    Ok(())
}

/// Makes what the prescriber sent.
///
/// # Errors
/// When one is refused: the demonstration would not be one.
pub async fn address(ctx: &Context, accounts: &BTreeMap<Role, Uuid>) -> Outcome {
    let Some(prescriber) = acting(ctx, accounts, Role::Prescriber).await? else { return Ok(()) };
    let of = territory_of(ctx).await?;
    let lived_in = geo::communes_of(&ctx.department.code).iter().filter(|one| of.contains_key(one.code));
    let Some(town) = lived_in.max_by_key(|one| one.population) else { return Ok(()) };
    for (rank, (last_name, first_name, born, phone, reason)) in ADDRESSED.into_iter().enumerate() {
        let input = ReferralInput {
            last_name: last_name.to_owned(),
            first_name: first_name.to_owned(),
            birth_date: born.parse().ok(),
            number: String::new(),
            commune: town.code.to_owned(),
            phone: phone.to_owned(),
            reason: reason.to_owned(),
            urgency: Some(if rank == 1 { Urgency::Urgent } else { Urgency::Ordinary }),
            moment: Some(if rank == 0 { Moment::Morning } else { Moment::Any }),
            consent: true,
        };
        match refer(&prescriber, &input).await {
            Ok(_) | Err(ReferError::Twice) => {}
            Err(error) => return Err(Failure::new(error.to_string())),
        }
    }
    Ok(())
}
