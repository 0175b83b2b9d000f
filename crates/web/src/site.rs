//! What every request shares, and who one request is about.

use std::sync::Arc;

use app::access::{Actor, AddressLimiter, SessionActor};
use app::shared::OfRequest;
use app::{App, Context, Department};
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use chrono::NaiveDate;
use domain::access::role::Role;

use crate::i18n::Lang;
use crate::outer::{Outer, wall};
use crate::view::shell::{Flash, NavItem, Shell, UserBadge};
use crate::view::words;

/// The means of the server.
#[derive(Debug, Clone)]
pub struct Site {
    /// The use cases' means.
    pub app: App,
    /// How often one address may fail to prove who it is.
    pub limiter: Arc<AddressLimiter>,
    /// How often a provider may say what became of messages.
    pub reports: Arc<AddressLimiter>,
    /// How the server meets the outside.
    pub outer: Arc<Outer>,
}

impl Site {
    /// A server for these départements.
    pub fn new(app: App) -> Self {
        Self::facing(app, Outer::default())
    }

    /// A server that meets the outside so.
    pub fn facing(app: App, outer: Outer) -> Self {
        let reports = Arc::new(AddressLimiter::of_reports());
        Self { app, limiter: Arc::new(AddressLimiter::default()), reports, outer: Arc::new(outer) }
    }
}

/// One request, once the door has let it in.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The server's means.
    pub site: Site,
    /// Whose file it is about.
    pub department: Arc<Department>,
    /// Who asks: an account, a token, or nobody on public pages.
    pub who: Who,
    /// The token of forms.
    pub csrf: String,
    /// Path and query asked for.
    pub address: String,
    /// The address of the machine that asks.
    pub peer: String,
    /// What its browser says it is.
    pub agent: String,
    /// Identifier of the request, in logs and error pages.
    pub request_id: String,
    /// The new cookie of a session that has just proved again who it is.
    pub renewed: Option<String>,
    /// Said once, from the page before.
    pub flash: Option<Flash>,
    /// What pages share, as this request has read it; `None` when it may write.
    of_request: Option<OfRequest>,
    /// The permission that the route asks for.
    pub asked: Option<domain::access::permission::Action>,
}

/// Who asks.
#[derive(Debug, Clone)]
pub enum Who {
    /// Nobody signed in.
    Nobody,
    /// Somebody with an account.
    User(Box<SessionActor>),
    /// A software with a token.
    Token(Actor),
}

impl Visit {
    /// A request of somebody not known yet.
    pub fn of_nobody(site: &Site, department: &Arc<Department>, request: &Request) -> Self {
        let id = request.headers().get(wall::REQUEST_ID).and_then(|v| v.to_str().ok());
        let address = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
        let peer = site.outer.proxies.client(request.extensions(), request.headers());
        let of_request = request.method().is_safe().then(OfRequest::default);
        let agent = request.headers().get(header::USER_AGENT).and_then(|v| v.to_str().ok());
        let agent = agent.unwrap_or_default().to_owned();
        Self {
            agent,
            of_request,
            ..Self::of_stranger(site, department, &address, &peer, id.unwrap_or_default())
        }
    }

    /// The same, from what was kept of a request: the address asked for, the machine that asks, the identifier.
    pub fn of_stranger(
        site: &Site,
        department: &Arc<Department>,
        address: &str,
        peer: &str,
        request_id: &str,
    ) -> Self {
        Self {
            who: Who::Nobody,
            csrf: String::new(),
            address: address.to_owned(),
            peer: peer.to_owned(),
            agent: String::new(),
            request_id: request_id.to_owned(),
            renewed: None,
            flash: None,
            of_request: None,
            asked: None,
            site: site.clone(),
            department: Arc::clone(department),
        }
    }

    /// The context of use cases. On a public page nobody has any role, so that nothing is granted.
    pub fn ctx(&self) -> Context {
        let actor = match &self.who {
            Who::User(session) => session.actor.clone(),
            Who::Token(actor) => actor.clone(),
            Who::Nobody => Actor {
                kind: app::access::ActorKind::User,
                id: None,
                name: String::new(),
                roles: Vec::new(),
                reason: None,
            },
        };
        self.site.app.context(&self.department, actor).reading(self.of_request.clone())
    }

    /// The session, when somebody is signed in.
    pub fn session(&self) -> Option<&SessionActor> {
        match &self.who {
            Who::User(session) => Some(session),
            _ => None,
        }
    }

    /// Today in the département.
    pub fn today(&self) -> NaiveDate {
        self.site.app.clock.today(self.department.timezone)
    }

    /// An address of this département.
    pub fn path(&self, rest: &str) -> String {
        format!("/{}{rest}", self.department.code)
    }

    /// The frame of a page.
    pub fn shell(&self) -> Shell {
        Shell {
            department_code: self.department.code.clone(),
            department_name: self.department.name.clone(),
            today: self.today(),
            nav: self.nav(),
            search: self.may(&[domain::access::permission::Action::ReadPeople]),
            user: self.badge(),
            csrf: self.csrf.clone(),
            flash: self.flash.clone(),
            demo: self.site.app.demo,
            lang: Lang::Fr,
        }
    }

    /// One of these actions is open to whoever is signed in, if need be once they have written why.
    fn may(&self, actions: &[domain::access::permission::Action]) -> bool {
        let Who::User(session) = &self.who else { return false };
        actions.iter().any(|action| {
            app::access::permit_actor(&session.actor, *action).is_ok()
                || app::access::a_reason_would_help(&session.actor, *action)
        })
    }

    fn badge(&self) -> Option<UserBadge> {
        let session = self.session()?;
        let role = session.actor.roles.first().map(|r| words::role(r.role)).unwrap_or_default();
        let social = session.actor.has_role(Role::SocialReferent);
        Some(UserBadge::new(&session.actor.name, &role, social))
    }

    fn nav(&self) -> Vec<NavItem> {
        use domain::access::permission::Action;
        if self.session().is_none() {
            return Vec::new();
        }
        let entries = [
            ("shell-nav-calls", "/appels", &[Action::TakeCalls][..]),
            ("shell-nav-orientation", "/orientation", &[Action::ReadOrientation]),
            ("shell-nav-people", "/personnes", &[Action::ReadPeople]),
            ("shell-nav-late", "/retards", &[Action::ReadLate]),
            ("agenda-title", "/agenda", &[Action::ReadAppointments]),
            ("shell-nav-proposals", "/propositions", &[Action::AnswerProposal]),
            ("referrals-nav", "/adressages", &[Action::ReferPerson]),
            ("shell-nav-files", "/fichiers", &[Action::ReadImports]),
            ("shell-nav-reviews", "/rapprochements", &[Action::DecideMatch]),
            ("shell-nav-rights", "/droits", &[Action::ManageRights]),
            ("shell-nav-soon", "/bientot-archivees", &[Action::ReadRetention]),
            // One's own acts are reached from one's account.
            (
                "shell-nav-journal",
                "/journal",
                &[Action::ReadJournal, Action::ReadTeamActs, Action::ReadTechnicalActs],
            ),
        ];
        let may = |actions: &[Action]| self.may(actions);
        let item = |key: &str, path: &str, under: &str| NavItem {
            label: crate::i18n::text(Lang::Fr, key).to_string(),
            current: self.address.starts_with(&section(&self.path(under))),
            href: self.path(path),
            count: None,
        };
        // One entry for all the pages of settings: it opens the first that the role may see.
        let settings = crate::pages::SETTINGS.into_iter().find(|(_, _, action)| may(&[*action]));
        let settings = settings.map(|(_, path, _)| item("shell-nav-settings", path, "/reglages"));
        let mut all: Vec<NavItem> = entries
            .into_iter()
            .filter(|(_, _, actions)| may(actions))
            .map(|(key, path, _)| item(key, path, path))
            .collect();
        all.extend(settings);
        all
    }
}

/// The first two parts of an address: the pages of a section have them in common.
fn section(href: &str) -> String {
    href.split('/').take(3).collect::<Vec<_>>().join("/")
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        // Routes are only reachable through the door, which puts the visit there.
        parts.extensions.get::<Self>().cloned().ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}
