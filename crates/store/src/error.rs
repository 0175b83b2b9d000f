//! What can go wrong with a database, in words that tell what to do.

use sea_orm::{DbErr, RuntimeErr};

use crate::crypto::KeyId;

/// A failure of the database. Refusals that follow from a rule are typed by the use cases, not here.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another program holds the write lock for longer than we wait.
    #[error(
        "La base est occupée par un autre programme. Attendez qu’il ait fini, puis recommencez : rien n’a été écrit."
    )]
    Locked,
    /// The file or its folder cannot be written.
    #[error(
        "La base est en lecture seule. Vérifiez les droits du fichier et de son dossier : rien n’a été écrit."
    )]
    ReadOnly,
    /// No room left.
    #[error("Le disque est plein. Libérez de la place, puis recommencez : rien n’a été écrit.")]
    DiskFull,
    /// The database server does not answer, or the file cannot be opened.
    #[error("La base ne répond pas ({0}). Vérifiez son adresse et qu’elle est démarrée.")]
    Unreachable(String),
    /// The schema is newer than this program.
    #[error("La base est plus récente que ce programme. Installez la version qui l’a mise à jour.")]
    Newer,
    /// A stored value cannot be read: the wrong secret, or tampering.
    #[error("Une donnée chiffrée ne peut pas être lue : le fichier de secret n’est pas celui de cette base.")]
    Unreadable,
    /// A stored value was sealed with a secret that is not in `secret_file`.
    #[error(
        "Une donnée est chiffrée avec la clé {0}, dont le secret n’est pas dans secret_file. Remettez ce fichier de secret dans la liste, puis recommencez : rien n’a été changé."
    )]
    KeyMissing(KeyId),
    /// Values wait to be sealed: the schema was brought to date without the keys.
    #[error("Des données attendent d’être chiffrées. Lancez d’abord « declic migrate ».")]
    Unsealed,
    /// Anything else.
    #[error("La base a refusé l’opération : {0}")]
    Other(String),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        let text = error.to_string();
        let lower = text.to_lowercase();
        if lower.contains("database is locked") || lower.contains("database table is locked") {
            Self::Locked
        } else if lower.contains("readonly database") || lower.contains("read-only transaction") {
            Self::ReadOnly
        } else if lower.contains("database or disk is full")
            || lower.contains("no space left")
            || lower.contains("disk i/o error")
        {
            Self::DiskFull
        } else if is_away(&error) {
            Self::Unreachable(text)
        } else {
            Self::Other(text)
        }
    }
}

/// The server went away, is going, or is not back yet (classes 08 and 57P of PostgreSQL's error codes).
fn is_away(error: &DbErr) -> bool {
    use sea_orm::sqlx::Error as Sqlx;
    let cause = match error {
        DbErr::Conn(_) | DbErr::ConnectionAcquire(_) => return true,
        DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) => cause,
        _ => return false,
    };
    match &**cause {
        Sqlx::Io(_) | Sqlx::PoolTimedOut | Sqlx::PoolClosed | Sqlx::WorkerCrashed => true,
        Sqlx::Database(told) => {
            told.code().is_some_and(|code| code.starts_with("08") || code.starts_with("57P"))
        }
        _ => false,
    }
}

/// The result of every function of this crate.
pub type Result<T> = std::result::Result<T, StoreError>;
