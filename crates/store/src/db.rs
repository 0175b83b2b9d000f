//! One département, one database: two pools, one of which writes.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction,
    IsolationLevel, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;

use crate::crypto::{ContentKey, Keys};
use crate::error::{Result, StoreError};
use crate::migration::Migrator;

/// A transaction; dropping it without `commit` rolls back.
pub type Tx = DatabaseTransaction;

/// Where the rows are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Engine {
    /// A file on this machine.
    Sqlite {
        /// Path of the database file.
        file: PathBuf,
    },
    /// A schema of a PostgreSQL server.
    Postgres {
        /// `postgres://user@host/database`.
        url: String,
        /// The département's schema, `d45`.
        schema: String,
    },
}

/// The database of one département.
#[derive(Clone, Debug)]
pub struct Db {
    read: DatabaseConnection,
    write: DatabaseConnection,
    engine: Engine,
    keys: Keys,
    asked: Arc<AtomicU64>,
    content: Option<ContentKey>,
}

/// How to open a database that may not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// It must exist and be up to date enough to be read.
    Existing,
    /// Make it when it is missing, and bring its schema to date.
    Migrate,
}

/// Rows that the thread of a SQLite connection may read ahead of who asked: a page of a list does not make it wait.
const ROWS_AHEAD: usize = 500;

/// A connection that was in use so recently is not asked first whether it is still there.
const IDLE: Duration = Duration::from_secs(10);

/// Memory given to the SQLite connection that writes, in KiB; the import keeps its peak low whatever the size of the file.
const WRITE_CACHE_KIB: i32 = 8 * 1024;

/// Memory given to each SQLite connection that reads, in KiB: the system keeps the file in memory already, once for all.
const READ_CACHE_KIB: i32 = 2 * 1024;

impl Db {
    /// Opens the database of a département.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when it cannot be opened, [`StoreError::Newer`] when this program is too old.
    pub async fn open(engine: Engine, keys: Keys, how: Open) -> Result<Self> {
        let (mut read, mut write) = match &engine {
            Engine::Sqlite { file } => {
                if how == Open::Existing && !file.exists() {
                    return Err(StoreError::Unreachable(format!("{} n’existe pas", file.display())));
                }
                let write =
                    Database::connect(sqlite_options(file, 1, WRITE_CACHE_KIB)).await.map_err(unreachable)?;
                let read =
                    Database::connect(sqlite_options(file, 4, READ_CACHE_KIB)).await.map_err(unreachable)?;
                (read, write)
            }
            Engine::Postgres { url, schema } => {
                ensure_schema(url, schema).await?;
                let mut options = ConnectOptions::new(url.clone());
                options
                    .max_connections(8)
                    .sqlx_logging(false)
                    .test_before_acquire_if_idle_for(IDLE)
                    .acquire_timeout(Duration::from_secs(10))
                    .set_schema_search_path(schema.clone());
                let pool = Database::connect(options).await.map_err(unreachable)?;
                (pool.clone(), pool)
            }
        };
        let asked = Arc::new(AtomicU64::new(0));
        for connection in [&mut read, &mut write] {
            let asked = Arc::clone(&asked);
            connection.set_metric_callback(move |_| {
                asked.fetch_add(1, Ordering::Relaxed);
            });
        }
        let mut db = Self { read, write, engine, keys, asked, content: None };
        db.content = match how {
            Open::Migrate => {
                db.migrate().await?;
                Some(crate::sealed::prepare(&db).await?)
            }
            // Whether the ring opens it is told by `check_keys`; some commands look at a database that is not theirs.
            Open::Existing => crate::sealed::content_key(&db).await.unwrap_or_default(),
        };
        Ok(db)
    }

    /// Brings the schema to date.
    ///
    /// # Errors
    /// [`StoreError::Newer`] when the database knows migrations that this program does not.
    pub async fn migrate(&self) -> Result<()> {
        let unsealed = crate::audit::begins_to_be_sealed(self).await?;
        match Migrator::up(&self.write, None).await {
            Err(error) if error.to_string().contains("is missing, this migration has been applied") => {
                return Err(StoreError::Newer);
            }
            other => other?,
        }
        if unsealed {
            crate::audit::seal_head_once(self).await?;
        }
        Ok(())
    }

    /// The names of the migrations not yet applied.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn pending_migrations(&self) -> Result<usize> {
        Ok(Migrator::get_pending_migrations(&self.read).await?.len())
    }

    /// The pool for reading.
    pub fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    /// The keys of this département.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The key that hashes what files say.
    ///
    /// # Errors
    /// [`StoreError::Unsealed`] when the database was not brought to date with its keys.
    pub fn content_key(&self) -> Result<&ContentKey> {
        self.content.as_ref().ok_or(StoreError::Unsealed)
    }

    /// Tells whether this ring is that of the database, and nothing waits to be sealed.
    ///
    /// # Errors
    /// [`StoreError::KeyMissing`] and [`StoreError::Unreadable`] for another ring, [`StoreError::Unsealed`].
    pub async fn check_keys(&self) -> Result<()> {
        crate::sealed::content_key(self).await?.map(drop).ok_or(StoreError::Unsealed)
    }

    /// Where the rows are.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// True on PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        matches!(self.engine, Engine::Postgres { .. })
    }

    /// Begins a transaction that may write (`BEGIN IMMEDIATE` on SQLite: a reader never turns into a blocked writer).
    ///
    /// # Errors
    /// [`StoreError::Locked`] when another program writes for too long.
    pub async fn begin(&self) -> Result<Tx> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        Ok(self.write.begin_with_options(options).await?)
    }

    /// Begins a transaction that only reads, and sees the database as it is at its first read whatever is written
    /// meanwhile.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn snapshot(&self) -> Result<Tx> {
        let options = if self.is_postgres() {
            TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..Default::default()
            }
        } else {
            TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
                ..Default::default()
            }
        };
        Ok(self.read.begin_with_options(options).await?)
    }

    /// Runs one statement outside any transaction (`VACUUM INTO`, `PRAGMA`).
    ///
    /// # Errors
    /// What the engine answers.
    pub async fn execute_raw(&self, sql: &str) -> Result<()> {
        let backend = self.write.get_database_backend();
        self.write.execute_raw(Statement::from_string(backend, sql)).await?;
        Ok(())
    }

    /// Runs one statement inside a transaction, as another tool would: what tests of tampering do.
    ///
    /// # Errors
    /// What the engine answers.
    pub async fn execute_raw_in(tx: &Tx, sql: &str) -> Result<()> {
        tx.execute_raw(Statement::from_string(tx.get_database_backend(), sql)).await?;
        Ok(())
    }

    /// Answers when the database does.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.read.ping().await?)
    }

    /// Statements asked of the database since it was opened here; `BEGIN` and `COMMIT` are not counted. Each page has a
    /// budget of them, which a test holds.
    pub fn asked(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }

    /// The clock of the database's machine; nothing on SQLite, which has none of its own.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn server_time(&self) -> Result<Option<DateTime<Utc>>> {
        if !self.is_postgres() {
            return Ok(None);
        }
        let asked =
            Statement::from_string(self.read.get_database_backend(), "SELECT clock_timestamp() AS now");
        let row = self.read.query_one_raw(asked).await?;
        Ok(row.map(|row| row.try_get("", "now")).transpose()?)
    }

    /// Closes both pools; on SQLite this checkpoints the write-ahead log.
    ///
    /// # Errors
    /// What the engine answers.
    pub async fn close(self) -> Result<()> {
        self.read.close().await?;
        if !matches!(self.engine, Engine::Postgres { .. }) {
            self.write.close().await?;
        }
        Ok(())
    }
}

fn unreachable(error: sea_orm::DbErr) -> StoreError {
    match StoreError::from(error) {
        StoreError::Other(text) => StoreError::Unreachable(text),
        told => told,
    }
}

fn sqlite_options(file: &Path, connections: u32, cache_kib: i32) -> ConnectOptions {
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", file.display()));
    options
        .max_connections(connections)
        .min_connections(1)
        .sqlx_logging(false)
        .test_before_acquire_if_idle_for(IDLE)
        .acquire_timeout(Duration::from_mins(1))
        .map_sqlx_sqlite_opts(move |o| {
            o.create_if_missing(true)
                .foreign_keys(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(Duration::from_secs(5))
                .pragma("cache_size", format!("-{cache_kib}"))
                .pragma("temp_store", "MEMORY")
                .row_buffer_size(ROWS_AHEAD)
                // What is deleted is overwritten in the file.
                .pragma("secure_delete", "ON")
                .statement_cache_capacity(100)
        });
    options
}

async fn ensure_schema(url: &str, schema: &str) -> Result<()> {
    let plain = schema.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !schema.is_empty();
    if !plain {
        return Err(StoreError::Unreachable(format!("le schéma « {schema} » n’est pas un nom simple")));
    }
    let mut options = ConnectOptions::new(url.to_owned());
    options.max_connections(1).sqlx_logging(false).acquire_timeout(Duration::from_secs(10));
    let server = Database::connect(options).await.map_err(unreachable)?;
    server.execute_unprepared(&format!("CREATE SCHEMA IF NOT EXISTS \"{schema}\"")).await?;
    server.close().await?;
    Ok(())
}
