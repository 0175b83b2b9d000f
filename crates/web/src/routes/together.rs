//! The routes of what is done with somebody: contracts, the joint diagnosis, actions, the return to work.

use axum::routing::{get, post};
use domain::access::permission::Action;

use super::{Route, may, page};
use crate::pages;

/// The contracts of somebody.
#[rustfmt::skip]
pub(super) fn contracts() -> Vec<Route> {
    use Action::{FollowPath, ReadPeople, WriteContract};
    use pages::engagement as room;

    vec![
        page("GET",  "/{department}/personnes/{id}/contrat", may(WriteContract), get(room::new_page)),
        page("POST", "/{department}/personnes/{id}/contrat", may(WriteContract), post(room::new)),
        page("GET",  "/{department}/personnes/{id}/contrat/{contract}", may(ReadPeople), get(room::show)),
        page("GET",  "/{department}/personnes/{id}/contrat/{contract}/texte", may(WriteContract), get(room::edit_page)),
        page("POST", "/{department}/personnes/{id}/contrat/{contract}/texte", may(WriteContract), post(room::edit)),
        page("POST", "/{department}/personnes/{id}/contrat/{contract}/signer", may(WriteContract), post(room::sign)),
        page("GET",  "/{department}/personnes/{id}/contrat/{contract}/contrat.pdf", may(ReadPeople), get(room::paper)),
        page("GET",  "/{department}/personnes/{id}/contrat/{contract}/{acte}", may(ReadPeople), get(room::act_page)),
        page("POST", "/{department}/personnes/{id}/contrat/{contract}/{acte}", may(ReadPeople), post(room::act)),
        page("GET",  "/{department}/contrats", may(FollowPath), get(room::list)),
        page("GET",  "/{department}/personnes/{id}/ancien-contrat", may(ReadPeople), get(room::old_page)),
        page("POST", "/{department}/personnes/{id}/ancien-contrat", may(ReadPeople), post(room::old)),
    ]
}

/// The returns to work of somebody.
#[rustfmt::skip]
pub(super) fn outcomes() -> Vec<Route> {
    use Action::FollowPath;
    use pages::outcomes as room;

    vec![
        page("GET",  "/{department}/personnes/{id}/activite", may(FollowPath), get(room::new_page)),
        page("POST", "/{department}/personnes/{id}/activite", may(FollowPath), post(room::new)),
        page("GET",  "/{department}/personnes/{id}/activite/{outcome}/nouvelles", may(FollowPath), get(room::news_page)),
        page("POST", "/{department}/personnes/{id}/activite/{outcome}/nouvelles", may(FollowPath), post(room::news)),
        page("GET",  "/{department}/personnes/{id}/activite/{outcome}/{acte}", may(FollowPath), get(room::change_page)),
        page("POST", "/{department}/personnes/{id}/activite/{outcome}/{acte}", may(FollowPath), post(room::change)),
    ]
}

/// The joint diagnosis of somebody, and the actions.
#[rustfmt::skip]
pub(super) fn diagnosis() -> Vec<Route> {
    use Action::{EditDiagnosis, ReadDiagnosis};
    use pages::diagnosis as room;
    vec![
        page("GET",  "/{department}/personnes/{id}/diagnostic", may(ReadDiagnosis), get(room::show)),
        page("POST", "/{department}/personnes/{id}/diagnostic", may(EditDiagnosis), post(room::begin)),
        page("POST", "/{department}/personnes/{id}/diagnostic/terminer", may(EditDiagnosis), post(room::complete)),
        page("POST", "/{department}/personnes/{id}/diagnostic/rouvrir", may(EditDiagnosis), post(room::reopen)),
        page("GET",  "/{department}/personnes/{id}/diagnostic/imprimer", may(EditDiagnosis), get(room::print)),
        page("GET",  "/{department}/personnes/{id}/diagnostic/themes/{theme}", may(ReadDiagnosis), get(room::show_theme)),
        page("POST", "/{department}/personnes/{id}/diagnostic/themes/{theme}", may(EditDiagnosis), post(room::save)),
        page("POST", "/{department}/personnes/{id}/diagnostic/themes/{theme}/choix", may(EditDiagnosis), post(room::settle)),
        page("POST", "/{department}/personnes/{id}/diagnostic/themes/{theme}/presence", may(EditDiagnosis), post(room::presence)),
        page("GET",  "/{department}/personnes/{id}/diagnostic/themes/{theme}/action", may(EditDiagnosis), get(room::add_page)),
        page("POST", "/{department}/personnes/{id}/diagnostic/themes/{theme}/action", may(EditDiagnosis), post(room::add)),
        page("GET",  "/{department}/personnes/{id}/diagnostic/actions/{action}", may(EditDiagnosis), get(room::change_page)),
        page("POST", "/{department}/personnes/{id}/diagnostic/actions/{action}", may(EditDiagnosis), post(room::change)),
    ]
}
