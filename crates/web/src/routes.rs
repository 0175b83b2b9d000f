//! The whole map: every URL, its handler, and who may take it.

mod together;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn;
use axum::routing::{MethodRouter, get, post};
use domain::access::permission::Action;
use serde::Serialize;

use crate::door::{self, Access, Proof, Side, Terms};
use crate::site::Site;
use crate::{api, pages};

/// One route.
pub struct Route {
    method: &'static str,
    path: &'static str,
    terms: Terms,
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
    /// What must have been proved: `none`, `password` (a second factor is still to come), `session`, `recent`.
    pub proof: String,
}

const PUBLIC: Access = Access::Public;
const SIGNED_IN: Access = Access::SignedIn;
const HALF_WAY: Access = Access::HalfWay;
const ENROLLING: Access = Access::Enrolling;
const ANYHOW: Access = Access::Anyhow;

const fn may(action: Action) -> Access {
    Access::Permission(action)
}

fn page(method: &'static str, path: &'static str, access: Access, handler: MethodRouter<Site>) -> Route {
    Route { method, path, terms: Terms { access, proof: Proof::OfSession, side: Side::Pages }, handler }
}

fn json(method: &'static str, path: &'static str, access: Access, handler: MethodRouter<Site>) -> Route {
    Route { method, path, terms: Terms { access, proof: Proof::OfSession, side: Side::Api }, handler }
}

impl Route {
    /// The same, for an act that asks for the password again: an export, a change of rights, a deletion. Its form is not a
    /// file: what it holds is shown again when the proof is too old.
    fn recent(self) -> Self {
        Self { terms: Terms { proof: Proof::Recent, ..self.terms }, ..self }
    }

    /// The same, for a form whose address is the secret.
    fn by_link(self) -> Self {
        Self { terms: Terms { proof: Proof::Link, ..self.terms }, ..self }
    }
}

/// A file is as long as it is: its handler counts the bytes.
fn unlimited() -> DefaultBodyLimit {
    DefaultBodyLimit::disable()
}

/// Every route of a département.
pub fn all() -> Vec<Route> {
    let parts = [
        way_in(),
        files_in(),
        people(),
        followup(),
        together::contracts(),
        together::outcomes(),
        together::diagnosis(),
        agenda(),
        rights(),
        settings(),
        accounts(),
        open_to_all(),
        machines(),
    ];
    parts.into_iter().flatten().collect()
}

/// The way in, and one's own account.
#[rustfmt::skip]
fn way_in() -> Vec<Route> {
    vec![
        page("GET",  "/{department}/connexion", PUBLIC, get(pages::login::login)),
        page("POST", "/{department}/connexion", PUBLIC, post(pages::login::sign_in)),
        page("POST", "/{department}/connexion/demo", PUBLIC, post(pages::login::sign_in_demo)),
        page("GET",  "/{department}/second-facteur", HALF_WAY, get(pages::login::second_factor)),
        page("POST", "/{department}/second-facteur", HALF_WAY, post(pages::login::pass)),
        page("GET",  "/{department}/mot-de-passe-oublie", PUBLIC, get(pages::login::forgotten)),
        page("POST", "/{department}/mot-de-passe-oublie", PUBLIC, post(pages::login::ask)),
        page("GET",  "/{department}/mot-de-passe/{token}", PUBLIC, get(pages::login::choose_password)),
        page("POST", "/{department}/mot-de-passe/{token}", PUBLIC, post(pages::login::set_password)),
        page("GET",  "/{department}/confirmer", SIGNED_IN, get(pages::login::confirm)),
        page("POST", "/{department}/confirmer", SIGNED_IN, post(pages::login::confirmed)),
        page("GET",  "/{department}/reprise/{id}", SIGNED_IN, get(pages::login::resume)),
        page("GET",  "/{department}/proconnect", PUBLIC, get(pages::proconnect::leave)),
        page("GET",  "/{department}/proconnect/retour", PUBLIC, get(pages::proconnect::come_back)),
        page("POST", "/{department}/deconnexion", ANYHOW, post(pages::login::sign_out)),
        page("GET",  "/{department}/motif", SIGNED_IN, get(pages::access::reason)),
        page("POST", "/{department}/motif", SIGNED_IN, post(pages::access::give_reason)),
        page("GET",  "/{department}/qui-peut-quoi", SIGNED_IN, get(pages::who_may::who_may)),
        page("GET",  "/{department}/compte", SIGNED_IN, get(pages::account::account)),
        page("GET",  "/{department}/compte/mot-de-passe", SIGNED_IN, get(pages::account::password)),
        page("POST", "/{department}/compte/mot-de-passe", SIGNED_IN, post(pages::account::change_password)),
        page("GET",  "/{department}/compte/sessions", SIGNED_IN, get(pages::account::sessions)),
        page("POST", "/{department}/compte/sessions", SIGNED_IN, post(pages::account::end_session)),
        page("GET",  "/{department}/compte/double-authentification", ENROLLING, get(pages::account::second_factor)).recent(),
        page("POST", "/{department}/compte/double-authentification", ENROLLING, post(pages::account::begin)).recent(),
        page("POST", "/{department}/compte/double-authentification/verifier", ENROLLING, post(pages::account::verify)).recent(),
        page("POST", "/{department}/compte/double-authentification/codes", SIGNED_IN, post(pages::account::new_codes)).recent(),
        page("POST", "/{department}/compte/double-authentification/retirer", SIGNED_IN, post(pages::account::remove)).recent(),
        page("GET",  "/{department}", PUBLIC, get(pages::home::slash)),
        page("GET",  "/{department}/", SIGNED_IN, get(pages::home::home)),
        page("GET",  "/{department}/composants", PUBLIC, get(pages::public::gallery)),
    ]
}

/// Files in, and the questions they leave.
#[rustfmt::skip]
fn files_in() -> Vec<Route> {
    use Action::{DecideMatch, ImportFile, ReadImportPeople, ReadImports};
    vec![
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
    ]
}

/// People, and who is to orient.
#[rustfmt::skip]
fn people() -> Vec<Route> {
    use Action::{
        EditContacts, EditDocuments, ExportPeople, ReadDocuments, ReadOrientation, ReadPeople, RevealNir, WriteNotes,
        AnswerProposal, AnswerReferral, DecideOrientation, ProposePerson, ReceivePeople, ReferPerson, TakeCalls, TransferPeople,
    };
    vec![
        page("GET",  "/{department}/personnes", may(ReadPeople), get(pages::people::list)),
        page("GET",  "/{department}/personnes.csv", may(ExportPeople), get(pages::people::csv)).recent(),
        page("GET",  "/{department}/personnes.xlsx", may(ExportPeople), get(pages::people::xlsx)).recent(),
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
        page("POST", "/{department}/personnes/{id}/documents/{document}/retirer", may(EditDocuments), post(pages::documents::remove)).recent(),
        page("POST", "/{department}/personnes/{id}/notes", may(WriteNotes), post(pages::notes::add)),
        page("GET",  "/{department}/personnes/{id}/notes/{note}", may(WriteNotes), get(pages::notes::edit)),
        page("POST", "/{department}/personnes/{id}/notes/{note}", may(WriteNotes), post(pages::notes::change)),
        page("POST", "/{department}/personnes/{id}/propositions", may(ProposePerson), post(pages::proposals::add)),
        page("POST", "/{department}/personnes/{id}/propositions/{proposal}/terminer", may(ProposePerson), post(pages::proposals::end)),
        page("GET",  "/{department}/personnes/{id}/transfert", may(TransferPeople), get(pages::transfer::form)),
        page("POST", "/{department}/personnes/{id}/transfert", may(TransferPeople), post(pages::transfer::send)).recent(),
        page("GET",  "/{department}/transferts", may(TransferPeople), get(pages::transfer::list)),
        page("POST", "/{department}/transferts", may(ReceivePeople), post(pages::transfer::arrive).layer(unlimited())),
        page("POST", "/{department}/transferts/{id}/confirmer", may(TransferPeople), post(pages::transfer::confirm)),
        page("POST", "/{department}/transferts/{id}/annuler", may(TransferPeople), post(pages::transfer::undo)),
        page("GET",  "/{department}/propositions", may(AnswerProposal), get(pages::proposed::list)),
        page("GET",  "/{department}/propositions/{id}", may(AnswerProposal), get(pages::proposed::one)),
        page("POST", "/{department}/propositions/{id}", may(AnswerProposal), post(pages::proposed::answer)),
        page("GET",  "/{department}/adressages", may(ReferPerson), get(pages::referrals::list)),
        page("GET",  "/{department}/adressages/nouveau", may(ReferPerson), get(pages::referrals::new)),
        page("POST", "/{department}/adressages/nouveau", may(ReferPerson), post(pages::referrals::add)),
        page("GET",  "/{department}/adressages/recus", may(AnswerReferral), get(pages::referrals::received)),
        page("GET",  "/{department}/adressages/recus/{id}", may(AnswerReferral), get(pages::referrals::one)),
        page("POST", "/{department}/adressages/recus/{id}", may(AnswerReferral), post(pages::referrals::answer)),
        page("GET",  "/{department}/recherche", may(ReadPeople), get(pages::people::search)),
        page("GET",  "/{department}/appels", may(TakeCalls), get(pages::calls::desk)),
        page("POST", "/{department}/appels", may(TakeCalls), post(pages::calls::next)),
        page("GET",  "/{department}/personnes/{id}/appel", may(TakeCalls), get(pages::calls::call)),
        page("POST", "/{department}/personnes/{id}/appel", may(TakeCalls), post(pages::calls::save)),
        page("POST", "/{department}/personnes/{id}/appel/prendre", may(TakeCalls), post(pages::calls::take)),
        page("POST", "/{department}/personnes/{id}/appel/rendre", may(TakeCalls), post(pages::calls::give_back)),
        page("POST", "/{department}/personnes/{id}/appel/essai", may(TakeCalls), post(pages::calls::attempt)),
        page("POST", "/{department}/personnes/{id}/appel/decision", may(TakeCalls), post(pages::calls::decide_call)),
        page("GET",  "/{department}/personnes/{id}/orientation", may(DecideOrientation), get(pages::calls::without_call)),
        page("POST", "/{department}/personnes/{id}/orientation", may(DecideOrientation), post(pages::calls::decide_without_call)),
        page("GET",  "/{department}/personnes/{id}/orientation/{decision}/lettre.pdf", may(DecideOrientation), get(pages::calls::letter)),
        page("GET",  "/{department}/orientation", may(ReadOrientation), get(pages::orientation::to_orient)),
        page("GET",  "/{department}/orientation.csv", may(ExportPeople), get(pages::orientation::csv)).recent(),
        page("GET",  "/{department}/orientation.xlsx", may(ExportPeople), get(pages::orientation::xlsx)).recent(),
    ]
}

/// The path of somebody, and what is late.
#[rustfmt::skip]
fn followup() -> Vec<Route> {
    use Action::{AnswerPrescription, FollowPath, LeadPath, Prescribe, ReadLate};
    vec![
        page("GET",  "/{department}/personnes/{id}/suivi/clore", may(FollowPath), get(pages::followup::end_page)),
        page("POST", "/{department}/personnes/{id}/suivi/clore", may(FollowPath), post(pages::followup::end)),
        page("GET",  "/{department}/personnes/{id}/suivi/garder", may(FollowPath), get(pages::followup::keep_page)),
        page("POST", "/{department}/personnes/{id}/suivi/garder", may(FollowPath), post(pages::followup::keep)),
        page("GET",  "/{department}/personnes/{id}/suivi/rouvrir", may(LeadPath), get(pages::followup::reopen_page)),
        page("POST", "/{department}/personnes/{id}/suivi/rouvrir", may(LeadPath), post(pages::followup::reopen)),
        page("GET",  "/{department}/personnes/{id}/suivi/point", may(FollowPath), get(pages::followup::review_page)),
        page("POST", "/{department}/personnes/{id}/suivi/point", may(FollowPath), post(pages::followup::review)),
        page("GET",  "/{department}/personnes/{id}/suivi/contestation", may(FollowPath), get(pages::followup::contest_page)),
        page("POST", "/{department}/personnes/{id}/suivi/contestation", may(FollowPath), post(pages::followup::contest)),
        page("GET",  "/{department}/personnes/{id}/suivi/contestation/{act}", may(LeadPath), get(pages::followup::answer_page)),
        page("POST", "/{department}/personnes/{id}/suivi/contestation/{act}", may(LeadPath), post(pages::followup::answer)),
        page("GET",  "/{department}/personnes/{id}/suivi/appel", may(FollowPath), get(pages::followup::call_page)),
        page("POST", "/{department}/personnes/{id}/suivi/appel", may(FollowPath), post(pages::followup::call)),
        page("GET",  "/{department}/personnes/{id}/suivi/referent", may(LeadPath), get(pages::followup::referent_page)),
        page("POST", "/{department}/personnes/{id}/suivi/referent", may(LeadPath), post(pages::followup::referent)),
        page("GET",  "/{department}/personnes/{id}/contact", may(FollowPath), get(pages::followup::contact_page)),
        page("POST", "/{department}/personnes/{id}/contact", may(FollowPath), post(pages::followup::contact)),
        page("GET",  "/{department}/personnes/{id}/dispositif", may(Prescribe), get(pages::programmes::prescribe_page)),
        page("POST", "/{department}/personnes/{id}/dispositif", may(Prescribe), post(pages::programmes::prescribe)),
        page("GET",  "/{department}/personnes/{id}/dispositif/{enrolment}/reponse", may(AnswerPrescription), get(pages::programmes::answer_page)),
        page("POST", "/{department}/personnes/{id}/dispositif/{enrolment}/reponse", may(AnswerPrescription), post(pages::programmes::answer)),
        page("GET",  "/{department}/personnes/{id}/dispositif/{enrolment}/{change}", may(Prescribe), get(pages::programmes::change_page)),
        page("POST", "/{department}/personnes/{id}/dispositif/{enrolment}/{change}", may(Prescribe), post(pages::programmes::change)),
        page("GET",  "/{department}/personnes/{id}/dispositif/{enrolment}/point/{day}", may(FollowPath), get(pages::programmes::point_page)),
        page("POST", "/{department}/personnes/{id}/dispositif/{enrolment}/point/{day}", may(FollowPath), post(pages::programmes::point)),
        page("GET",  "/{department}/prescriptions", may(AnswerPrescription), get(pages::programmes::awaited)),
        page("GET",  "/{department}/retards", may(ReadLate), get(pages::followup::late)),
        page("GET",  "/{department}/retards/personnes", may(LeadPath), get(pages::followup::late_people)),
        page("GET",  "/{department}/oubliees", may(ReadLate), get(pages::followup::forgotten)),
        page("GET",  "/{department}/equipe", may(LeadPath), get(pages::followup::team)),
        page("GET",  "/{department}/equipe/{account}/relais", may(LeadPath), get(pages::followup::hand_over_page)),
        page("POST", "/{department}/equipe/{account}/relais", may(LeadPath), post(pages::followup::hand_over_people)),
    ]
}

/// Appointments: agendas, places, hours, sessions.
#[rustfmt::skip]
fn agenda() -> Vec<Route> {
    use Action::{AnswerCallBack, EditAppointments, EditOpenings, EditSettings, InviteWaves, ReadAppointments};
    use pages::agenda::{appointment, callbacks, feed, gatherings, hours, links, own, person, places, propose, sites, waves};
    use pages::booking;
    vec![
        page("GET",  "/{department}/agenda", may(ReadAppointments), get(own::agenda)),
        page("GET",  "/{department}/agenda/equipe", may(ReadAppointments), get(own::team)),
        page("GET",  "/{department}/agenda/lieux", may(ReadAppointments), get(places::list)),
        page("GET",  "/{department}/agenda/lieux/{id}", may(ReadAppointments), get(places::day)),
        page("GET",  "/{department}/agenda/lieux/{id}/demain", may(ReadAppointments), get(places::tomorrow)),
        page("GET",  "/{department}/agenda/seances", may(ReadAppointments), get(gatherings::list)),
        page("GET",  "/{department}/agenda/seances/nouvelle", may(EditAppointments), get(gatherings::new)),
        page("POST", "/{department}/agenda/seances/nouvelle", may(EditAppointments), post(gatherings::add)),
        page("GET",  "/{department}/agenda/seances/{id}", may(ReadAppointments), get(gatherings::show)),
        page("POST", "/{department}/agenda/seances/{id}/annuler", may(EditAppointments), post(gatherings::cancel)),
        page("GET",  "/{department}/agenda/heures", may(EditOpenings), get(hours::hours)),
        page("GET",  "/{department}/agenda/heures/nouvelle", may(EditOpenings), get(hours::new)),
        page("POST", "/{department}/agenda/heures/nouvelle", may(EditOpenings), post(hours::add)),
        page("GET",  "/{department}/agenda/heures/{id}", may(EditOpenings), get(hours::one)),
        page("POST", "/{department}/agenda/heures/{id}", may(EditOpenings), post(hours::change)),
        page("POST", "/{department}/agenda/heures/{id}/terminer", may(EditOpenings), post(hours::end)),
        page("POST", "/{department}/agenda/absences", may(EditOpenings), post(hours::away)),
        page("POST", "/{department}/agenda/absences/{id}/retirer", may(EditOpenings), post(hours::come_back)),
        page("POST", "/{department}/agenda/abonnement", may(EditOpenings), post(feed::begin)),
        page("POST", "/{department}/agenda/abonnement/retirer", may(EditOpenings), post(feed::end)),
        page("GET",  "/{department}/agenda/rendez-vous/{id}", may(EditAppointments), get(appointment::show)),
        page("GET",  "/{department}/agenda/rendez-vous/{id}/invitation.ics", may(EditAppointments), get(appointment::calendar)),
        page("POST", "/{department}/agenda/rendez-vous/{id}/venue", may(EditAppointments), post(appointment::attend)),
        page("POST", "/{department}/agenda/rendez-vous/{id}/deplacer", may(EditAppointments), post(appointment::shift)),
        page("POST", "/{department}/agenda/rendez-vous/{id}/annuler", may(EditAppointments), post(appointment::cancel)),
        page("GET",  "/{department}/personnes/{id}/rendez-vous", may(ReadAppointments), get(person::list)),
        page("GET",  "/{department}/personnes/{id}/rendez-vous/lien", may(EditAppointments), get(links::form)),
        page("POST", "/{department}/personnes/{id}/rendez-vous/lien", may(EditAppointments), post(links::give)),
        page("POST", "/{department}/personnes/{id}/rendez-vous/lien/terminer", may(EditAppointments), post(links::end)),
        page("GET",  "/{department}/agenda/vagues", may(InviteWaves), get(waves::list)),
        page("GET",  "/{department}/agenda/vagues/nouvelle", may(InviteWaves), get(waves::new)),
        page("POST", "/{department}/agenda/vagues/nouvelle", may(InviteWaves), post(waves::make)),
        page("GET",  "/{department}/agenda/vagues/{id}", may(InviteWaves), get(waves::one)),
        page("POST", "/{department}/agenda/vagues/{id}/arreter", may(InviteWaves), post(waves::stop)),
        page("GET",  "/{department}/rappels", may(AnswerCallBack), get(callbacks::list)),
        page("POST", "/{department}/rappels/{id}", may(AnswerCallBack), post(callbacks::answer)),
        page("GET",  "/{department}/r/{token}", PUBLIC, get(booking::short)),
        page("GET",  "/{department}/public/rendez-vous/{token}", PUBLIC, get(booking::show)),
        page("POST", "/{department}/public/rendez-vous/{token}", PUBLIC, post(booking::act)).by_link(),
        page("GET",  "/{department}/personnes/{id}/rendez-vous/nouveau", may(EditAppointments), get(propose::search)),
        page("POST", "/{department}/personnes/{id}/rendez-vous/nouveau", may(EditAppointments), post(propose::book)),
        page("POST", "/{department}/personnes/{id}/seances", may(EditAppointments), post(propose::seat)),
        page("GET",  "/{department}/messages", may(EditAppointments), get(pages::messages::desk)),
        page("POST", "/{department}/messages/{id}/traite", may(EditAppointments), post(pages::messages::handle)),
        page("POST", "/{department}/messages/imprimer", may(EditAppointments), post(pages::messages::print)),
        page("POST", "/{department}/messages/postes", may(EditAppointments), post(pages::messages::posted)),
        page("GET",  "/{department}/personnes/{id}/messages", may(EditAppointments), get(pages::messages::of_person)),
        page("POST", "/{department}/personnes/{id}/messages", may(EditAppointments), post(pages::messages::invite)),
        page("GET",  "/{department}/reglages/lieux", may(EditSettings), get(sites::list)),
        page("GET",  "/{department}/reglages/lieux/nouveau", may(EditSettings), get(sites::new)),
        page("POST", "/{department}/reglages/lieux/nouveau", may(EditSettings), post(sites::add)),
        page("GET",  "/{department}/reglages/lieux/{id}", may(EditSettings), get(sites::one)),
        page("POST", "/{department}/reglages/lieux/{id}", may(EditSettings), post(sites::change)),
        page("POST", "/{department}/reglages/lieux/{id}/salles", may(EditSettings), post(sites::room)),
        page("GET",  "/{department}/public/agenda/{token}", PUBLIC, get(feed::read)),
    ]
}

/// What people ask about their data, and who will be archived.
#[rustfmt::skip]
fn rights() -> Vec<Route> {
    use Action::{ManageRights, ReadRetention};
    vec![
        page("GET",  "/{department}/droits", may(ManageRights), get(pages::privacy::rights)),
        page("GET",  "/{department}/droits/{id}", may(ManageRights), get(pages::privacy::request)),
        page("POST", "/{department}/droits/{id}", may(ManageRights), post(pages::privacy::answer)).recent(),
        page("POST", "/{department}/droits/{id}/delai", may(ManageRights), post(pages::privacy::extend)).recent(),
        page("POST", "/{department}/droits/{id}/copie.json", may(ManageRights), post(pages::privacy::copy_json)).recent(),
        page("POST", "/{department}/droits/{id}/copie.pdf", may(ManageRights), post(pages::privacy::copy_pdf)).recent(),
        page("GET",  "/{department}/personnes/{id}/droits", may(ManageRights), get(pages::privacy::person)),
        page("POST", "/{department}/personnes/{id}/droits", may(ManageRights), post(pages::privacy::record)),
        page("POST", "/{department}/personnes/{id}/droits/degeler", may(ManageRights), post(pages::privacy::lift)).recent(),
        page("GET",  "/{department}/bientot-archivees", may(ReadRetention), get(pages::privacy::soon)),
    ]
}

/// Settings and journal.
#[rustfmt::skip]
fn settings() -> Vec<Route> {
    use Action::{EditCatalogues, EditSettings, ExportJournal, ReadCatalogues, ReadOwnActs};
    vec![
        page("GET",  "/{department}/reglages/territoires", may(EditSettings), get(pages::settings::territories)),
        page("POST", "/{department}/reglages/territoires", may(EditSettings), post(pages::settings::add)),
        page("GET",  "/{department}/reglages/territoires/{code}", may(EditSettings), get(pages::settings::territory)),
        page("POST", "/{department}/reglages/territoires/{code}/nom", may(EditSettings), post(pages::settings::rename)),
        page("POST", "/{department}/reglages/territoires/{code}/communes", may(EditSettings), post(pages::settings::move_communes)),
        page("GET",  "/{department}/reglages/orientation", may(ReadCatalogues), get(pages::catalogues::catalogues)),
        page("POST", "/{department}/reglages/orientation/essai", may(EditCatalogues), post(pages::catalogues::attempt)),
        page("POST", "/{department}/reglages/orientation/regles", may(EditCatalogues), post(pages::catalogues::rules)),
        page("POST", "/{department}/reglages/orientation/questions", may(EditCatalogues), post(pages::catalogues::questions)),
        page("GET",  "/{department}/reglages/dispositifs", may(ReadCatalogues), get(pages::programmes::list)),
        page("GET",  "/{department}/reglages/dispositifs/nouveau", may(EditCatalogues), get(pages::programmes::new)),
        page("POST", "/{department}/reglages/dispositifs/nouveau", may(EditCatalogues), post(pages::programmes::publish_new)),
        page("GET",  "/{department}/reglages/dispositifs/{code}", may(ReadCatalogues), get(pages::programmes::one)),
        page("POST", "/{department}/reglages/dispositifs/{code}", may(EditCatalogues), post(pages::programmes::publish)),
        page("GET",  "/{department}/reglages/messages", may(ReadCatalogues), get(pages::messages::list)),
        page("GET",  "/{department}/reglages/messages/{code}", may(ReadCatalogues), get(pages::messages::one)),
        page("POST", "/{department}/reglages/messages/{code}", may(EditCatalogues), post(pages::messages::change)),
        page("GET",  "/{department}/reglages/sms", may(EditSettings), get(pages::messages::reporters)).recent(),
        page("POST", "/{department}/reglages/sms", may(EditSettings), post(pages::messages::make_address)).recent(),
        page("GET",  "/{department}/reglages/mentions", may(EditSettings), get(pages::mentions::mentions)),
        page("POST", "/{department}/reglages/mentions", may(EditSettings), post(pages::mentions::edit)),
        page("GET",  "/{department}/reglages/transferts", may(EditSettings), get(pages::transfer::keys)),
        page("POST", "/{department}/reglages/transferts", may(EditSettings), post(pages::transfer::keep_key)).recent(),
        page("GET",  "/{department}/reglages/courriers", may(EditSettings), get(pages::letters::letters)),
        page("POST", "/{department}/reglages/courriers", may(EditSettings), post(pages::letters::edit)),
        page("GET",  "/{department}/reglages/secteurs", may(EditSettings), get(pages::sectors::list)),
        page("GET",  "/{department}/reglages/secteurs.csv", may(EditSettings), get(pages::sectors::csv)),
        page("POST", "/{department}/reglages/secteurs/importer", may(EditSettings), post(pages::sectors::import)),
        page("GET",  "/{department}/reglages/secteurs/nouveau", may(EditSettings), get(pages::sectors::new)),
        page("POST", "/{department}/reglages/secteurs/nouveau", may(EditSettings), post(pages::sectors::add)),
        page("GET",  "/{department}/reglages/secteurs/{id}", may(EditSettings), get(pages::sectors::one)),
        page("POST", "/{department}/reglages/secteurs/{id}", may(EditSettings), post(pages::sectors::change)),
        page("POST", "/{department}/reglages/secteurs/{id}/supprimer", may(EditSettings), post(pages::sectors::remove)),
        page("POST", "/{department}/reglages/secteurs/{id}/titulaires", may(EditSettings), post(pages::sectors::hold)),
        page("POST", "/{department}/reglages/secteurs/{id}/titulaires/{holder}/terminer", may(EditSettings), post(pages::sectors::end)),
        page("GET",  "/{department}/reglages/structures", may(EditSettings), get(pages::structures::list)),
        page("GET",  "/{department}/reglages/structures/nouvelle", may(EditSettings), get(pages::structures::new)),
        page("POST", "/{department}/reglages/structures/nouvelle", may(EditSettings), post(pages::structures::add)),
        page("GET",  "/{department}/reglages/structures/{id}", may(EditSettings), get(pages::structures::one)),
        page("POST", "/{department}/reglages/structures/{id}", may(EditSettings), post(pages::structures::change)),
        page("GET",  "/{department}/reglages/acces-exceptionnel", may(EditSettings), get(pages::exceptional::setting)),
        page("POST", "/{department}/reglages/acces-exceptionnel", may(EditSettings), post(pages::exceptional::set)),
        page("GET",  "/{department}/reglages/securite", may(EditSettings), get(pages::security::show)).recent(),
        page("POST", "/{department}/reglages/securite", may(EditSettings), post(pages::security::change)).recent(),
        page("GET",  "/{department}/journal", may(ReadOwnActs), get(pages::journal::journal)),
        page("GET",  "/{department}/journal.csv", may(ExportJournal), get(pages::journal::csv)).recent(),
        page("GET",  "/{department}/journal.xlsx", may(ExportJournal), get(pages::journal::xlsx)).recent(),
    ]
}

/// Accounts, tokens of softwares, and exceptional accesses. A list of accounts needs a password given lately: all that is done
/// from it does, and what is typed comes back.
#[rustfmt::skip]
fn accounts() -> Vec<Route> {
    use Action::{ManageUsers, OpenExceptionally, ProposeUser, ReadExceptional, ReadUsers};
    vec![
        page("GET",  "/{department}/reglages/utilisateurs", may(ReadUsers), get(pages::users::list)),
        page("GET",  "/{department}/reglages/utilisateurs/nouveau", may(ManageUsers), get(pages::users::new)).recent(),
        page("POST", "/{department}/reglages/utilisateurs/nouveau", may(ManageUsers), post(pages::users::add)).recent(),
        page("GET",  "/{department}/reglages/utilisateurs/proposer", may(ProposeUser), get(pages::users::proposals)),
        page("POST", "/{department}/reglages/utilisateurs/proposer", may(ProposeUser), post(pages::users::propose)),
        page("POST", "/{department}/reglages/utilisateurs/propositions/{proposal}/accepter", may(ManageUsers), post(pages::users::accept)).recent(),
        page("POST", "/{department}/reglages/utilisateurs/propositions/{proposal}/refuser", may(ManageUsers), post(pages::users::decline)).recent(),
        page("GET",  "/{department}/reglages/utilisateurs/{id}", may(ReadUsers), get(pages::user::user)),
        page("POST", "/{department}/reglages/utilisateurs/{id}/roles", may(ManageUsers), post(pages::user::give)).recent(),
        page("POST", "/{department}/reglages/utilisateurs/{id}/roles/{role}", may(ManageUsers), post(pages::user::end)).recent(),
        page("POST", "/{department}/reglages/utilisateurs/{id}/places", may(ManageUsers), post(pages::user::capacity)).recent(),
        page("POST", "/{department}/reglages/utilisateurs/{id}/lien", may(ManageUsers), post(pages::user::link)).recent(),
        page("POST", "/{department}/reglages/utilisateurs/{id}/double-authentification", may(ManageUsers), post(pages::user::reset)).recent(),
        page("POST", "/{department}/reglages/utilisateurs/{id}/fermer", may(ManageUsers), post(pages::user::close)).recent(),
        page("POST", "/{department}/reglages/utilisateurs/{id}/rouvrir", may(ManageUsers), post(pages::user::reopen)).recent(),
        page("GET",  "/{department}/reglages/jetons", may(ManageUsers), get(pages::tokens::list)).recent(),
        page("POST", "/{department}/reglages/jetons", may(ManageUsers), post(pages::tokens::create)).recent(),
        page("POST", "/{department}/reglages/jetons/{token}/remplacer", may(ManageUsers), post(pages::tokens::rotate)).recent(),
        page("POST", "/{department}/reglages/jetons/{token}/revoquer", may(ManageUsers), post(pages::tokens::revoke)).recent(),
        page("GET",  "/{department}/acces-exceptionnel", may(OpenExceptionally), get(pages::exceptional::ask)),
        page("POST", "/{department}/acces-exceptionnel", may(OpenExceptionally), post(pages::exceptional::open)),
        page("GET",  "/{department}/acces-exceptionnels", may(ReadExceptional), get(pages::exceptional::list)),
        page("POST", "/{department}/acces-exceptionnels/{id}", may(ReadExceptional), post(pages::exceptional::read)),
    ]
}

/// Pages that anybody may read.
#[rustfmt::skip]
fn open_to_all() -> Vec<Route> {
    vec![
        page("GET",  "/{department}/public/accessibilite", PUBLIC, get(pages::public::accessibility)),
        page("GET",  "/{department}/public/donnees-personnelles", PUBLIC, get(pages::public::privacy)),
    ]
}

/// What softwares ask.
#[rustfmt::skip]
fn machines() -> Vec<Route> {
    use Action::{ImportFile, ReadImports, ReadPeople};
    vec![
        json("GET",  "/{department}/api/v1/openapi.json", PUBLIC, get(api::openapi::serve)),
        json("GET",  "/{department}/api/v1/people", may(ReadPeople), get(api::people::list)),
        json("GET",  "/{department}/api/v1/people/{id}", may(ReadPeople), get(api::people::person)),
        json("GET",  "/{department}/api/v1/people/{id}/events", may(ReadPeople), get(api::people::events)),
        json("POST", "/{department}/api/v1/imports", may(ImportFile), post(api::imports::create)),
        json("GET",  "/{department}/api/v1/imports/{id}", may(ReadImports), get(api::imports::get)),
        json("POST", "/{department}/api/v1/messages/bounces", may(ImportFile), post(api::messages::bounces)),
        json("GET",  "/{department}/api/v1/sms/{token}", PUBLIC, get(api::messages::reports)),
        json("POST", "/{department}/api/v1/sms/{token}", PUBLIC, post(api::messages::reports)),
    ]
}

/// Every route, as `declic routes` tells it; those outside any département come last.
pub fn routes_table() -> Vec<RouteInfo> {
    let info = |method: &str, path: &str, access: &str, proof: &str| RouteInfo {
        method: method.to_owned(),
        path: path.to_owned(),
        access: access.to_owned(),
        proof: proof.to_owned(),
    };
    let of = |r: &Route| info(r.method, r.path, r.terms.access.code(), r.terms.proof_code());
    let mut table: Vec<RouteInfo> = all().iter().map(of).collect();
    for path in ["/", "/health/live", "/health/ready", crate::outer::contact::ROUTE, crate::assets::ROUTE] {
        table.push(info("GET", path, "public", "none"));
    }
    table
}

/// The router of the départements, each route behind its door.
pub fn departments(means: &Site) -> Router {
    let mut router: Router<Site> = Router::new();
    for route in all() {
        let (terms, shared) = (route.terms, means.clone());
        let door = from_fn(move |request, next| door::open(shared.clone(), terms, request, next));
        router = router.route(route.path, route.handler.layer(door));
    }
    router.with_state(means.clone())
}
