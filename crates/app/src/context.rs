//! The program's means: départements and their databases, clock, identifiers.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::id::Ids;
use domain::reference::holidays::{Zone, zone_of_department};
use domain::time::Clock;
use store::Db;
use store::privacy::objects::Objects;

use crate::access::Actor;
use crate::access::proconnect::Provider;
use crate::messages::{Post, Sms};

/// A département: a data controller of its own, with its own database.
#[derive(Debug, Clone)]
pub struct Department {
    /// INSEE code: 45, 2A, 974.
    pub code: String,
    /// « Loiret ».
    pub name: String,
    /// Civil time.
    pub timezone: Tz,
    /// Its rows.
    pub db: Db,
    /// A folder of this machine for what waits: files to be read, documents being received; encrypted.
    pub documents: PathBuf,
    /// The documents of people, encrypted.
    pub objects: Objects,
}

impl Department {
    /// Where documents wait while they are received.
    pub fn incoming(&self) -> PathBuf {
        self.documents.join("incoming")
    }

    /// The public holidays that apply.
    pub fn holidays(&self) -> Zone {
        zone_of_department(&self.code)
    }
}

/// Everything the use cases need, shared by all requests.
#[derive(Debug, Clone)]
pub struct App {
    departments: Arc<BTreeMap<String, Arc<Department>>>,
    /// The present time.
    pub clock: Clock,
    /// New identifiers.
    pub ids: Ids,
    /// Demo accounts and demo data: passwords are public.
    pub demo: bool,
    /// How letters leave.
    pub post: Post,
    /// How text messages leave.
    pub sms: Sms,
    /// What the links in letters begin with, without a slash at the end: `https://declic.loiret.fr`.
    pub public_url: String,
    /// What the links in text messages begin with, where there is an address shorter than [`App::public_url`]; without a
    /// slash at the end.
    pub short_url: Option<String>,
    /// How far running imports have come; in memory, since nothing is written before the end.
    pub progress: crate::intake::Progress,
    /// Who vouches for agents, where the installation has one (`[oidc]`).
    pub provider: Option<Arc<Provider>>,
    /// What pages share.
    pub(crate) kept: crate::shared::Kept,
}

impl App {
    /// Puts the means together.
    pub fn new(departments: Vec<Department>, clock: Clock, ids: Ids, demo: bool) -> Self {
        let departments = departments.into_iter().map(|d| (d.code.clone(), Arc::new(d))).collect();
        Self {
            departments: Arc::new(departments),
            clock,
            ids,
            demo,
            post: Post::None,
            sms: Sms::None,
            public_url: String::new(),
            short_url: None,
            progress: crate::intake::Progress::default(),
            provider: None,
            kept: crate::shared::Kept::default(),
        }
    }

    /// The same means, with a provider that vouches for agents.
    #[must_use]
    pub fn with_provider(self, provider: Provider) -> Self {
        Self { provider: Some(Arc::new(provider)), ..self }
    }

    /// The same, with letters that leave by `post` and links that begin with `public_url`.
    #[must_use]
    pub fn with_post(self, post: Post, public_url: String) -> Self {
        Self { post, public_url, ..self }
    }

    /// The same, with a shorter address for links in text messages.
    #[must_use]
    pub fn with_short_url(self, short_url: Option<String>) -> Self {
        Self { short_url, ..self }
    }

    /// The same, with text messages that leave by `sms`.
    #[must_use]
    pub fn with_sms(self, sms: Sms) -> Self {
        Self { sms, ..self }
    }

    /// A département served here.
    pub fn department(&self, code: &str) -> Option<&Arc<Department>> {
        self.departments.get(code)
    }

    /// The départements served here, by code.
    pub fn departments(&self) -> impl Iterator<Item = &Arc<Department>> {
        self.departments.values()
    }

    /// The context of `actor` in `department`.
    pub fn context(&self, department: &Arc<Department>, actor: Actor) -> Context {
        Context { app: self.clone(), department: Arc::clone(department), actor, of_request: None }
    }
}

/// Who acts, where, and when: the first argument of every use case.
#[derive(Debug, Clone)]
pub struct Context {
    /// The program's means.
    pub app: App,
    /// The département.
    pub department: Arc<Department>,
    /// Who acts.
    pub actor: Actor,
    /// What this request has read of what pages share; `None` outside of a request that only reads.
    pub(crate) of_request: Option<crate::shared::OfRequest>,
}

impl Context {
    /// The département's database.
    pub fn db(&self) -> &Db {
        &self.department.db
    }

    /// The same, for a request that only reads: what pages share is then read once for all of it.
    #[must_use]
    pub fn reading(self, of_request: Option<crate::shared::OfRequest>) -> Self {
        Self { of_request, ..self }
    }

    /// The present instant.
    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    /// Today, in the département's zone.
    pub fn today(&self) -> NaiveDate {
        self.app.clock.today(self.department.timezone)
    }
}
