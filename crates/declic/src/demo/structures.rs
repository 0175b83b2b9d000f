//! A few made-up structures in which roles can be held, one of them sensitive.

use app::Context;
use app::domain::access::side::Side;
use app::domain::access::structure::StructureKind;
use app::settings::{StructureInput, save_structure};
use uuid::Uuid;

use crate::failure::Outcome;

/// Names, kinds and sides; none of them exists.
const STRUCTURES: [(&str, StructureKind, Side); 4] = [
    ("Maison de la solidarité du Centre", StructureKind::Departmental, Side::Social),
    ("Service emploi et insertion", StructureKind::Departmental, Side::Employment),
    ("Tremplin Emploi", StructureKind::Operator, Side::Employment),
    ("Le Relais de la Rivière", StructureKind::Shelter, Side::Social),
];

/// The one in which the partner of the demonstration holds their role: conventioned, hidden from nobody.
const OF_THE_PARTNER: StructureKind = StructureKind::Operator;

/// Makes the structures of a département; returns that of the partner.
///
/// # Errors
/// When the database refuses.
pub async fn make(ctx: &Context) -> Outcome<Option<Uuid>> {
    let mut partner = None;
    for (name, kind, side) in STRUCTURES {
        let input = StructureInput {
            name: name.to_owned(),
            kind,
            side,
            sensitive: kind.tells_much(),
            commune: String::new(),
            territories: Vec::new(),
            since: None,
            until: None,
        };
        let id = save_structure(ctx, None, input).await?;
        if kind == OF_THE_PARTNER {
            partner = Some(id);
        }
    }
    Ok(partner)
}
