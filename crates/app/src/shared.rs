//! What nearly every page needs and few transactions change: counters, territories, the files that are in.
//!
//! Kept in memory for each département, good as long as the revision of its database has not moved: each request reads
//! that number first, so that a change made by another program or machine is seen by the next page.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use store::StoreError;
use store::intake::{files, history};
use store::people::counters::Counters;
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::Context;
use crate::intake::history::{FileFact, fact};

/// What pages share, at one revision of the database.
#[derive(Debug)]
pub struct Shared {
    revision: i64,
    /// How many people stand where.
    pub(crate) counters: Counters,
    /// Code and name of each territory, by name.
    pub territories: Vec<(String, String)>,
    /// Key and name of each sector, by name.
    pub sectors: Vec<(Uuid, String)>,
    /// The files that are in and tell of people, in the order of their arrival.
    pub files: Vec<FileFact>,
    /// Key and name of every file that is in, the most recent first.
    pub file_names: Vec<(Uuid, String)>,
    /// Records that joined another one, with the one that speaks for them.
    pub(crate) joined: HashMap<Uuid, Uuid>,
    /// Claims of which a file left the dossier out.
    pub(crate) rejected: HashSet<String>,
}

impl Shared {
    async fn load(ctx: &Context, revision: i64) -> Result<Self, StoreError> {
        let db = ctx.db();
        let heads = files::heads(db).await?;
        Ok(Self {
            revision,
            counters: Counters::load(db).await?,
            territories: store::settings::territory_names(db).await?,
            sectors: store::orientation::sector::names(db.read()).await?,
            file_names: heads.iter().rev().map(|head| (head.id, head.file_name.clone())).collect(),
            files: heads.into_iter().filter_map(fact).collect(),
            joined: store::people::one::joined(db).await?,
            rejected: history::rejected_claims(db).await?,
        })
    }

    /// The name of a territory.
    pub fn territory(&self, code: &str) -> Option<&str> {
        self.territories.iter().find(|(known, _)| known == code).map(|(_, name)| name.as_str())
    }
}

/// What is kept of each département served here.
#[derive(Debug, Clone, Default)]
pub struct Kept(Arc<Mutex<HashMap<String, Arc<Shared>>>>);

/// What one request has read of it: one revision, from its beginning to its end.
pub type OfRequest = Arc<OnceCell<Arc<Shared>>>;

impl Kept {
    fn get(&self, department: &str, revision: i64) -> Option<Arc<Shared>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(department).filter(|shared| shared.revision == revision).map(Arc::clone)
    }

    fn put(&self, department: &str, shared: &Arc<Shared>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(department.to_owned(), Arc::clone(shared));
    }
}

impl Context {
    /// What pages share, as it stands now: one small read, unless something moved.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn shared(&self) -> Result<Arc<Shared>, StoreError> {
        match &self.of_request {
            Some(cell) => Ok(Arc::clone(cell.get_or_try_init(|| self.read_shared()).await?)),
            None => self.read_shared().await,
        }
    }

    async fn read_shared(&self) -> Result<Arc<Shared>, StoreError> {
        let code = &self.department.code;
        // The number first: what is read after it may be newer than its mark, never older.
        let revision = store::revision::now(self.db()).await?;
        if let Some(shared) = self.app.kept.get(code, revision) {
            return Ok(shared);
        }
        let shared = Arc::new(Shared::load(self, revision).await?);
        self.app.kept.put(code, &shared);
        Ok(shared)
    }
}
