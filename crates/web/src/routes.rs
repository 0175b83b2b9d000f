//! The whole map: every URL, its handler, and who may take it.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn;
use axum::routing::{MethodRouter, get, post};
use domain::access::permission::Action;
use serde::Serialize;

use crate::door::{self, Access, Side};
use crate::site::Site;
use crate::{api, pages};

/// One route.
pub struct Route {
    method: &'static str,
    path: &'static str,
    access: Access,
    side: Side,
    handler: MethodRouter<Site>,
}

/// A route as `declic routes` tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RouteInfo {
    /// `GET`, `POST`.
    pub method: String,
    /// As axum writes it.
    pub path: String,
    /// `public`, `signed_in`, or the permission's name.
    pub access: String,
}

const PUBLIC: Access = Access::Public;
const SIGNED_IN: Access = Access::SignedIn;

const fn may(action: Action) -> Access {
    Access::Permission(action)
}

fn page(method: &'static str, path: &'static str, access: Access, handler: MethodRouter<Site>) -> Route {
    Route { method, path, access, side: Side::Pages, handler }
}

fn json(method: &'static str, path: &'static str, access: Access, handler: MethodRouter<Site>) -> Route {
    Route { method, path, access, side: Side::Api, handler }
}

/// A file is as long as it is: its handler counts the bytes.
fn unlimited() -> DefaultBodyLimit {
    DefaultBodyLimit::disable()
}

/// Every route of a département.
#[rustfmt::skip]
pub fn all() -> Vec<Route> {
    use Action::{
        DecideMatch, EditContacts, EditDocuments, ExportJournal, ExportPeople, ImportFile, ReadDocuments, ReadImportPeople,
        ReadImports, ReadOrientation, ReadOwnActs, ReadPeople, RevealNir, WriteNotes,
    };
    let mut all = vec![
        // The way in
        page("GET",  "/{department}/connexion", PUBLIC, get(pages::access::login)),
        page("POST", "/{department}/connexion", PUBLIC, post(pages::access::sign_in)),
        page("POST", "/{department}/connexion/demo", PUBLIC, post(pages::access::sign_in_demo)),
        page("GET",  "/{department}/mot-de-passe/{token}", PUBLIC, get(pages::access::choose_password)),
        page("POST", "/{department}/mot-de-passe/{token}", PUBLIC, post(pages::access::set_password)),
        page("POST", "/{department}/deconnexion", SIGNED_IN, post(pages::access::sign_out)),
        page("GET",  "/{department}/motif", SIGNED_IN, get(pages::access::reason)),
        page("POST", "/{department}/motif", SIGNED_IN, post(pages::access::give_reason)),
        page("GET",  "/{department}/compte", SIGNED_IN, get(pages::access::account)),
        page("GET",  "/{department}/qui-peut-quoi", SIGNED_IN, get(pages::who_may::who_may)),
        // Home
        page("GET",  "/{department}", PUBLIC, get(pages::home::slash)),
        page("GET",  "/{department}/", SIGNED_IN, get(pages::home::home)),
        page("GET",  "/{department}/composants", PUBLIC, get(pages::public::gallery)),
        // Files in
        page("GET",  "/{department}/fichiers", may(ReadImports), get(pages::intake::files)),
        page("POST", "/{department}/fichiers", may(ImportFile), post(pages::intake::send).layer(unlimited())),
        page("GET",  "/{department}/fichiers/{id}", may(ReadImports), get(pages::intake::file)),
        page("GET",  "/{department}/fichiers/{id}/personnes", may(ReadImportPeople), get(pages::intake::people)),
        page("GET",  "/{department}/fichiers/{id}/rejets", may(ReadImports), get(pages::intake::rejects_csv)),
        page("GET",  "/{department}/fichiers/{id}/rejets/{reject}", may(ReadImportPeople), get(pages::intake::raw)),
        page("GET",  "/{department}/fichiers/{id}/colonnes", may(ImportFile), get(pages::mapping::mapping)),
        page("POST", "/{department}/fichiers/{id}/colonnes", may(ImportFile), post(pages::mapping::choose)),
        page("GET",  "/{department}/rapprochements", may(DecideMatch), get(pages::reviews::list)),
        page("GET",  "/{department}/rapprochements/{id}", may(DecideMatch), get(pages::reviews::review)),
        page("POST", "/{department}/rapprochements/{id}", may(DecideMatch), post(pages::reviews::decide)),
        page("POST", "/{department}/rapprochements/{id}/defaire", may(DecideMatch), post(pages::reviews::undo)),
        // People
        page("GET",  "/{department}/personnes", may(ReadPeople), get(pages::people::list)),
        page("GET",  "/{department}/personnes.csv", may(ExportPeople), get(pages::people::csv)),
        page("GET",  "/{department}/personnes.xlsx", may(ExportPeople), get(pages::people::xlsx)),
        page("GET",  "/{department}/personnes/{id}", may(ReadPeople), get(pages::person::person)),
        page("GET",  "/{department}/personnes/{id}/droit", may(ReadPeople), get(pages::person::right)),
        page("GET",  "/{department}/personnes/{id}/consultations", may(ReadPeople), get(pages::person::opened)),
        page("POST", "/{department}/personnes/{id}/nir", may(RevealNir), post(pages::person::reveal_nir)),
        page("GET",  "/{department}/personnes/{id}/contacts", may(EditContacts), get(pages::contacts::contacts)),
        page("POST", "/{department}/personnes/{id}/contacts", may(EditContacts), post(pages::contacts::write)),
        page("POST", "/{department}/personnes/{id}/contacts/reponses", may(EditContacts), post(pages::contacts::answers)),
        page("POST", "/{department}/personnes/{id}/contacts/{contact}", may(EditContacts), post(pages::contacts::mark)),
        page("GET",  "/{department}/personnes/{id}/documents", may(ReadDocuments), get(pages::documents::list)),
        page("POST", "/{department}/personnes/{id}/documents", may(EditDocuments), post(pages::documents::add).layer(unlimited())),
        page("GET",  "/{department}/personnes/{id}/documents/{document}", may(ReadDocuments), get(pages::documents::download)),
        page("POST", "/{department}/personnes/{id}/documents/{document}/retirer", may(EditDocuments), post(pages::documents::remove)),
        page("POST", "/{department}/personnes/{id}/notes", may(WriteNotes), post(pages::notes::add)),
        page("GET",  "/{department}/personnes/{id}/notes/{note}", may(WriteNotes), get(pages::notes::edit)),
        page("POST", "/{department}/personnes/{id}/notes/{note}", may(WriteNotes), post(pages::notes::change)),
        page("GET",  "/{department}/recherche", may(ReadPeople), get(pages::people::search)),
        // Orientation
        page("GET",  "/{department}/orientation", may(ReadOrientation), get(pages::orientation::to_orient)),
        page("GET",  "/{department}/orientation.csv", may(ExportPeople), get(pages::orientation::csv)),
        page("GET",  "/{department}/orientation.xlsx", may(ExportPeople), get(pages::orientation::xlsx)),
        // Journal
        page("GET",  "/{department}/journal", may(ReadOwnActs), get(pages::journal::journal)),
        page("GET",  "/{department}/journal.csv", may(ExportJournal), get(pages::journal::csv)),
        page("GET",  "/{department}/journal.xlsx", may(ExportJournal), get(pages::journal::xlsx)),
        // Public
        page("GET",  "/{department}/public/accessibilite", PUBLIC, get(pages::public::accessibility)),
        page("GET",  "/{department}/public/donnees-personnelles", PUBLIC, get(pages::public::privacy)),
        // API
        json("GET",  "/{department}/api/v1/openapi.json", PUBLIC, get(api::openapi::serve)),
        json("GET",  "/{department}/api/v1/people", may(ReadPeople), get(api::people::list)),
        json("GET",  "/{department}/api/v1/people/{id}", may(ReadPeople), get(api::people::person)),
        json("GET",  "/{department}/api/v1/people/{id}/events", may(ReadPeople), get(api::people::events)),
        json("POST", "/{department}/api/v1/imports", may(ImportFile), post(api::imports::create)),
        json("GET",  "/{department}/api/v1/imports/{id}", may(ReadImports), get(api::imports::get)),
    ];
    all.extend(settings());
    all
}

/// The routes of settings, of accounts and of exceptional accesses.
#[rustfmt::skip]
fn settings() -> Vec<Route> {
    use Action::{EditSettings, ManageUsers, OpenExceptionally, ProposeUser, ReadExceptional, ReadUsers};
    vec![
        // Settings
        page("GET",  "/{department}/reglages/territoires", may(EditSettings), get(pages::settings::territories)),
        page("POST", "/{department}/reglages/territoires", may(EditSettings), post(pages::settings::add)),
        page("GET",  "/{department}/reglages/territoires/{code}", may(EditSettings), get(pages::settings::territory)),
        page("POST", "/{department}/reglages/territoires/{code}/nom", may(EditSettings), post(pages::settings::rename)),
        page("POST", "/{department}/reglages/territoires/{code}/communes", may(EditSettings), post(pages::settings::move_communes)),
        page("GET",  "/{department}/reglages/mentions", may(EditSettings), get(pages::mentions::mentions)),
        page("POST", "/{department}/reglages/mentions", may(EditSettings), post(pages::mentions::edit)),
        page("GET",  "/{department}/reglages/structures", may(EditSettings), get(pages::structures::list)),
        page("GET",  "/{department}/reglages/structures/nouvelle", may(EditSettings), get(pages::structures::new)),
        page("POST", "/{department}/reglages/structures/nouvelle", may(EditSettings), post(pages::structures::add)),
        page("GET",  "/{department}/reglages/structures/{id}", may(EditSettings), get(pages::structures::one)),
        page("POST", "/{department}/reglages/structures/{id}", may(EditSettings), post(pages::structures::change)),
        page("GET",  "/{department}/reglages/acces-exceptionnel", may(EditSettings), get(pages::exceptional::setting)),
        page("POST", "/{department}/reglages/acces-exceptionnel", may(EditSettings), post(pages::exceptional::set)),
        // Accounts and tokens
        page("GET",  "/{department}/reglages/utilisateurs", may(ReadUsers), get(pages::users::list)),
        page("GET",  "/{department}/reglages/utilisateurs/nouveau", may(ManageUsers), get(pages::users::new)),
        page("POST", "/{department}/reglages/utilisateurs/nouveau", may(ManageUsers), post(pages::users::add)),
        page("GET",  "/{department}/reglages/utilisateurs/proposer", may(ProposeUser), get(pages::users::proposals)),
        page("POST", "/{department}/reglages/utilisateurs/proposer", may(ProposeUser), post(pages::users::propose)),
        page("POST", "/{department}/reglages/utilisateurs/propositions/{proposal}/accepter", may(ManageUsers), post(pages::users::accept)),
        page("POST", "/{department}/reglages/utilisateurs/propositions/{proposal}/refuser", may(ManageUsers), post(pages::users::decline)),
        page("GET",  "/{department}/reglages/utilisateurs/{id}", may(ReadUsers), get(pages::user::user)),
        page("POST", "/{department}/reglages/utilisateurs/{id}/roles", may(ManageUsers), post(pages::user::give)),
        page("POST", "/{department}/reglages/utilisateurs/{id}/roles/{role}", may(ManageUsers), post(pages::user::end)),
        page("POST", "/{department}/reglages/utilisateurs/{id}/lien", may(ManageUsers), post(pages::user::link)),
        page("POST", "/{department}/reglages/utilisateurs/{id}/fermer", may(ManageUsers), post(pages::user::close)),
        page("POST", "/{department}/reglages/utilisateurs/{id}/rouvrir", may(ManageUsers), post(pages::user::reopen)),
        page("GET",  "/{department}/reglages/jetons", may(ManageUsers), get(pages::tokens::list)),
        page("POST", "/{department}/reglages/jetons", may(ManageUsers), post(pages::tokens::create)),
        page("POST", "/{department}/reglages/jetons/{token}/remplacer", may(ManageUsers), post(pages::tokens::rotate)),
        page("POST", "/{department}/reglages/jetons/{token}/revoquer", may(ManageUsers), post(pages::tokens::revoke)),
        // Exceptional accesses
        page("GET",  "/{department}/acces-exceptionnel", may(OpenExceptionally), get(pages::exceptional::ask)),
        page("POST", "/{department}/acces-exceptionnel", may(OpenExceptionally), post(pages::exceptional::open)),
        page("GET",  "/{department}/acces-exceptionnels", may(ReadExceptional), get(pages::exceptional::list)),
        page("POST", "/{department}/acces-exceptionnels/{id}", may(ReadExceptional), post(pages::exceptional::read)),
    ]
}

/// Every route, as `declic routes` tells it; those outside any département come last.
pub fn routes_table() -> Vec<RouteInfo> {
    let info = |method: &str, path: &str, access: &str| RouteInfo {
        method: method.to_owned(),
        path: path.to_owned(),
        access: access.to_owned(),
    };
    let mut table: Vec<RouteInfo> = all().iter().map(|r| info(r.method, r.path, r.access.code())).collect();
    for path in ["/", "/health/live", "/health/ready", crate::outer::contact::ROUTE, crate::assets::ROUTE] {
        table.push(info("GET", path, "public"));
    }
    table
}

/// The router of the départements, each route behind its door.
pub fn departments(means: &Site) -> Router {
    let mut router: Router<Site> = Router::new();
    for route in all() {
        let (access, side, shared) = (route.access, route.side, means.clone());
        let door = from_fn(move |request, next| door::open(shared.clone(), access, side, request, next));
        router = router.route(route.path, route.handler.layer(door));
    }
    router.with_state(means.clone())
}
