//! A département on each engine, a clock that moves when told, identifiers in order.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use app::access::{Actor, ActorKind, HeldRole};
use app::{App, Context, Department};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::access::role::Role;
use domain::access::side::Side;
use domain::access::structure::StructureKind;
use domain::id::Ids;
use domain::time::Clock;
use store::access::structure::{self, Structure};
use store::crypto::Keys;
use store::db::Open;
use store::privacy::objects::Objects;
use store::{Db, Engine};
use uuid::Uuid;

/// A Thursday in November.
const START: &str = "2026-11-26T09:00:00Z";

/// A département in a database of its own, and the means to use it.
#[derive(Debug)]
pub struct World {
    /// The means of the use cases.
    pub app: App,
    /// The département.
    pub department: Arc<Department>,
    seconds: Arc<AtomicI64>,
    _folder: tempfile::TempDir,
}

impl World {
    /// A département, seeded, on this engine.
    pub async fn of(code: &str, engine: Engine, folder: tempfile::TempDir) -> Self {
        let db = Db::open(engine, Keys::derive(&[7; 32], code), Open::Migrate).await.expect("a test world");
        let documents = folder.path().join("documents");
        let department = Department {
            code: code.to_owned(),
            name: domain::reference::geo::department(code).expect("a test world").name.to_owned(),
            timezone: domain::time::zone_of_department(code),
            db,
            objects: Objects::in_folder(&documents.join("objects")).expect("a test world"),
            documents,
        };
        app::settings::seed(&department).await.expect("a test world");
        let seconds = Arc::new(AtomicI64::new(0));
        let (passed, next) = (Arc::clone(&seconds), AtomicU64::new(1));
        let start: DateTime<Utc> = START.parse().expect("a test world");
        let clock = Clock::new(move || start + Duration::seconds(passed.load(Ordering::SeqCst)));
        let ids = Ids::new(move || Uuid::from_u128(u128::from(next.fetch_add(1, Ordering::SeqCst))));
        let app = App::new(vec![department], clock, ids, false);
        let department = Arc::clone(app.department(code).expect("a test world"));
        Self { app, department, seconds, _folder: folder }
    }

    /// The same data, opened with other keys.
    ///
    /// # Errors
    /// When these keys do not open them.
    pub async fn reopened(self, keys: Keys) -> Result<Self, store::StoreError> {
        let old = &self.department;
        old.db.clone().close().await?;
        let department = Department {
            db: Db::open(old.db.engine().clone(), keys, Open::Migrate).await?,
            ..Department::clone(old)
        };
        let app = App::new(vec![department], self.app.clock.clone(), self.app.ids.clone(), self.app.demo);
        let department = Arc::clone(app.department(&self.department.code).expect("a test world"));
        Ok(Self { app, department, ..self })
    }

    /// The same data, with the documents of people in another place.
    #[must_use]
    pub fn with_objects(self, objects: Objects) -> Self {
        let department = Department { objects, ..Department::clone(&self.department) };
        let app = App::new(vec![department], self.app.clock.clone(), self.app.ids.clone(), self.app.demo);
        let department = Arc::clone(app.department(&self.department.code).expect("a test world"));
        Self { app, department, ..self }
    }

    /// Lets time pass.
    pub fn wait(&self, duration: Duration) {
        self.seconds.fetch_add(duration.num_seconds(), Ordering::SeqCst);
    }

    /// The same département, with demo accounts open.
    #[must_use]
    pub fn in_demo(mut self) -> Self {
        self.app.demo = true;
        self
    }

    /// What the program itself does.
    pub fn system(&self) -> Context {
        self.app.context(&self.department, Actor::system("essai"))
    }

    /// What somebody with these roles on the whole département does.
    pub fn user(&self, roles: &[Role]) -> Context {
        let roles = roles.iter().map(|role| HeldRole::of(*role)).collect();
        let actor = Actor {
            kind: ActorKind::User,
            id: Some(Uuid::from_u128(0xA11CE)),
            name: "Alice Demange".to_owned(),
            roles,
            reason: None,
        };
        self.app.context(&self.department, actor)
    }
}

impl World {
    /// A demo account that holds `role`, on the whole département or on a territory.
    pub async fn account(&self, role: Role, territory: Option<&str>) -> Uuid {
        use store::access::account::{self, Account, AccountRole};
        let (id, ctx) = (self.app.ids.make(), self.system());
        let tx = self.department.db.begin().await.expect("a transaction");
        let email = format!("{}-{}@{}.demo.test", role.code(), id.simple(), self.department.code);
        let new = Account {
            id,
            email,
            name: format!("Essai {}", role.label_fr()),
            password_hash: None,
            demo: true,
            created_at: ctx.now(),
            disabled_at: None,
        };
        account::insert(&tx, new).await.expect("an account");
        let held = AccountRole {
            id: self.app.ids.make(),
            account_id: id,
            role: role.code().to_owned(),
            territory: territory.map(str::to_owned),
            structure: None,
            since: domain::time::plus_days(ctx.today(), -30),
            until: None,
        };
        account::add_roles(&tx, vec![held]).await.expect("a role");
        tx.commit().await.expect("the account");
        id
    }

    /// A structure that opened a month ago; hidden outside the social side when its kind tells much.
    pub async fn structure(&self, name: &str, kind: StructureKind) -> Uuid {
        let (id, ctx) = (self.app.ids.make(), self.system());
        let side = if kind.tells_much() { Side::Social } else { Side::Employment };
        let new = Structure {
            id,
            name: name.to_owned(),
            kind,
            side,
            sensitive: kind.tells_much(),
            commune: None,
            since: domain::time::plus_days(ctx.today(), -30),
            until: None,
            territories: Vec::new(),
        };
        self.save_structure(new).await;
        id
    }

    /// Gives a structure its last day.
    pub async fn close_structure(&self, id: Uuid, last: NaiveDate) {
        let known = structure::of(self.department.db.read(), &[id]).await.expect("a read");
        let known = known.into_iter().next().expect("the structure");
        self.save_structure(Structure { until: Some(last), ..known }).await;
    }

    async fn save_structure(&self, one: Structure) {
        let tx = self.department.db.begin().await.expect("a transaction");
        structure::save(&tx, one).await.expect("a structure");
        tx.commit().await.expect("the structure");
    }

    /// Gives an account a role in a structure, since yesterday.
    pub async fn join(&self, account_id: Uuid, role: Role, structure: Uuid) {
        use store::access::account::{self, AccountRole};
        let held = AccountRole {
            id: self.app.ids.make(),
            account_id,
            role: role.code().to_owned(),
            territory: None,
            structure: Some(structure),
            since: domain::time::plus_days(self.system().today(), -1),
            until: None,
        };
        let tx = self.department.db.begin().await.expect("a transaction");
        account::add_roles(&tx, vec![held]).await.expect("a role");
        tx.commit().await.expect("the role");
    }

    /// Makes an account the referent of a person on a side, from today on.
    pub async fn follow(&self, person_id: Uuid, account_id: Uuid, side: &str) {
        use store::access::referent::{Assignment, assign};
        let since = self.system().today();
        let one = Assignment { id: self.app.ids.make(), person_id, account_id, side: side.to_owned(), since };
        let tx = self.department.db.begin().await.expect("a transaction");
        assign(&tx, vec![one]).await.expect("a referent");
        tx.commit().await.expect("the referent");
    }

    /// What an account does, with the roles it holds now.
    pub async fn acting(&self, account: Uuid) -> Context {
        let cookie = self.session_of(account).await;
        let session =
            app::access::load_session(&self.app, &self.department, &cookie).await.expect("a session");
        self.app.context(&self.department, session.expect("a session").actor)
    }

    /// The cookie of a session of somebody who holds `role`, and their account.
    pub async fn session(&self, role: Role, territory: Option<&str>) -> (String, Uuid) {
        let id = self.account(role, territory).await;
        (self.session_of(id).await, id)
    }

    /// The cookie of a new session of this demo account.
    pub async fn session_of(&self, id: Uuid) -> String {
        let account = store::access::account::by_id(&self.department.db, id).await.expect("a read");
        let mut app = self.app.clone();
        app.demo = true;
        let email = account.expect("the account").email;
        let visitor = app::access::Visitor { address: "192.0.2.1", agent: "" };
        let opened = app::access::sign_in_demo(&app, &self.department, &email, visitor).await;
        opened.expect("a session").token.as_str().to_owned()
    }

    /// Brings bytes in, as the program would.
    ///
    /// # Errors
    /// As the use case.
    pub async fn import(
        &self,
        name: &str,
        bytes: &[u8],
    ) -> Result<app::intake::report::Report, app::intake::import::ImportError> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        let input =
            app::intake::import::ImportInput { path: &path, file_name: name.to_owned(), profile: None };
        app::intake::import::import_file(&self.system(), input, |_, _| {}).await
    }

    /// A made-up month of this département.
    pub fn month(&self, month: &str, households: u32, drift_percent: f64) -> Vec<u8> {
        use app::intake::generate::{GenerateBeneficiaires, beneficiaires};
        let mut out = Vec::new();
        let order = GenerateBeneficiaires {
            department: self.department.code.clone(),
            households,
            month: month.parse().expect("a date"),
            daily: None,
            seed: 7,
            drift_percent,
            named: Vec::new(),
        };
        beneficiaires(&order, &mut out).expect("bytes");
        out
    }
}

/// Runs `story` on SQLite, then on PostgreSQL, each time in a new database of the département 55.
pub async fn on_both<F: Future<Output = ()>>(story: impl Fn(World) -> F) {
    on_both_in("55", story).await;
}

/// Runs `story` in a département, on SQLite, then on PostgreSQL.
pub async fn on_both_in<F: Future<Output = ()>>(code: &str, story: impl Fn(World) -> F) {
    Box::pin(story(on_sqlite(code).await)).await;
    Box::pin(story(on_postgres(code).await)).await;
}

/// A new département on SQLite.
pub async fn on_sqlite(code: &str) -> World {
    let folder = tempfile::tempdir().expect("a test world");
    let engine = Engine::Sqlite { file: folder.path().join(format!("{code}.db")) };
    World::of(code, engine, folder).await
}

/// A new département on PostgreSQL.
pub async fn on_postgres(code: &str) -> World {
    let schema = crate::pg::fresh_schema();
    let engine = Engine::Postgres { url: schema.url, schema: schema.name };
    World::of(code, engine, tempfile::tempdir().expect("a test world")).await
}
