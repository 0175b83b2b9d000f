//! Files that a made-up office sends, so that every state of a file has its picture.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{Outcome, run};

/// The files, and what becomes of each.
pub struct Files {
    /// A flux of which one dossier is left out and one code is unknown.
    pub with_reject: PathBuf,
    /// A table whose columns nobody knows, two of them with one title.
    pub unknown: PathBuf,
    /// A flux cut before its end.
    pub cut: PathBuf,
    /// A flux long enough to be seen while it is read.
    pub long: PathBuf,
}

/// Writes them into `folder`.
///
/// # Errors
/// When the program does not make a flux.
pub fn make(program: &Path, folder: &Path, department: &str) -> Outcome<Files> {
    let flux = |name: &str, households: &str, month: &str| -> Outcome<PathBuf> {
        let out = folder.join(name);
        let words = ["generate", "beneficiaires", "--department", department, "--seed", "11"];
        let more = ["--households", households, "--month", month, "--out"];
        run(Command::new(program).args(words).args(more).arg(&out).arg("--data").arg(folder.join("made")))?;
        Ok(out)
    };
    // One byte, one character, whatever the encoding: what is not touched comes out as it came in.
    let bytes = std::fs::read(flux("entier.xml", "40", "2026-07")?)?;
    let whole: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let wrong =
        whole.replacen("<MATRICULE>", "<MATRICULE/><ANCIEN>", 1).replacen("</MATRICULE>", "</ANCIEN>", 1);
    let wrong = wrong.replacen("<SITFAM>", "<SITFAM>Z", 3);
    let files = Files {
        with_reject: folder.join("juillet.xml"),
        unknown: folder.join("suivi-du-territoire.csv"),
        cut: folder.join("coupe.xml"),
        long: flux("aout.xml", "6000", "2026-08")?,
    };
    let back = |text: &str| text.chars().map(u8::try_from).collect::<Result<Vec<u8>, _>>();
    std::fs::write(&files.with_reject, back(&wrong)?)?;
    std::fs::write(&files.cut, back(&whole.replace("</Racine>", ""))?)?;
    std::fs::write(
        &files.unknown,
        "Qui;Petit nom;Arrivée au monde;Contact;Contact;Remarque\n\
         Delaunay;Marthe;04/05/1991;06 39 98 00 12;marthe@exemple.fr;préfère le matin\n\
         Rossi;Ugo;12/11/1984;06 39 98 00 13;ugo@exemple.fr;\n\
         Barrancourt;Léa;31/02/1990;injoignable;;\n",
    )?;
    Ok(files)
}
