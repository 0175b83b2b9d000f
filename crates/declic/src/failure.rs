//! Why a command stops: one sentence for whoever typed it.

/// A sentence and an exit status.
#[derive(Debug)]
pub struct Failure {
    sentence: String,
    exit_status: u8,
}

impl Failure {
    /// Refused or failed.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), exit_status: 1 }
    }

    /// The words of the command line do not say enough.
    pub fn usage(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), exit_status: 2 }
    }

    /// The reader of a pipe has seen enough (`declic routes | head`): nothing to say.
    pub fn nobody_reads() -> Self {
        Self::new(String::new())
    }

    /// True when there is a sentence.
    pub fn speaks(&self) -> bool {
        !self.sentence.is_empty()
    }

    /// A file or folder could not be read or written.
    pub fn file(what: &str, path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::new(format!("{what} « {} » : {}.", path.display(), in_french(error)))
    }

    /// 1, or 2 for wrong usage.
    pub fn exit_status(&self) -> u8 {
        self.exit_status
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::new(error.to_string())
    }
}

/// The usual failures of a disk in French; the system's own words for the others.
fn in_french(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "fichier ou dossier introuvable".to_owned(),
        ErrorKind::PermissionDenied => "droits insuffisants".to_owned(),
        ErrorKind::StorageFull => "le disque est plein".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "le disque est en lecture seule".to_owned(),
        ErrorKind::IsADirectory => "c’est un dossier, pas un fichier".to_owned(),
        _ => error.to_string(),
    }
}

/// What a command answers.
pub type Outcome<T = ()> = Result<T, Failure>;
