//! A PDF as the programs of poppler read it.

use std::path::Path;
use std::process::Command;

/// What installs the programs that read PDF files.
const POPPLER: &str = "poppler is not here. On Debian, as root: apt-get install -y poppler-utils";

/// A PDF.
pub struct Pdf {
    file: tempfile::NamedTempFile,
    bytes: Vec<u8>,
}

impl Pdf {
    /// A PDF, also written to the folder `DECLIC_LOOK` under this name.
    pub fn of(name: &str, bytes: Vec<u8>) -> Self {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), &bytes).unwrap();
        if let Some(folder) = std::env::var_os("DECLIC_LOOK") {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(Path::new(&folder).join(name), &bytes).unwrap();
        }
        Self { file, bytes }
    }

    /// What a program answers.
    pub fn ask(&self, program: &str, words: &[&str], last: &[&str]) -> String {
        let program = testkit::process::find(program, &[]).expect(POPPLER);
        let output =
            Command::new(program).args(words).arg(self.file.path()).args(last).output().expect(POPPLER);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// The whole text, with spaces that break.
    pub fn text(&self) -> String {
        let text = self.ask("pdftotext", &["-layout"], &["-"]).replace('\u{a0}', " ");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether these bytes are in the file.
    pub fn holds(&self, words: &[u8]) -> bool {
        self.bytes.windows(words.len()).any(|w| w == words)
    }
}
