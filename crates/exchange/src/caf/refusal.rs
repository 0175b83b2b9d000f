//! Why a whole file is refused: one sentence each, for the agent who imports.

use chrono::NaiveDate;
use domain::time::in_words;

/// The file is refused and nothing of it may be kept.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// No byte, or blanks only.
    #[error("Le fichier est vide : demandez à l’organisme payeur de l’envoyer de nouveau.")]
    Empty,
    /// Does not begin like XML.
    #[error(
        "Ce fichier n’est pas du XML : choisissez le flux reçu de la CAF ou de la MSA, sans le convertir."
    )]
    NotXml,
    /// The root element is not `Racine`.
    #[error(
        "Le fichier commence par <{0}> au lieu de <Racine> : ce n’est pas un flux RSA de la CAF ou de la MSA."
    )]
    WrongRoot(String),
    /// Something follows `</Racine>`.
    #[error(
        "Il y a autre chose après la fin du flux (</Racine>) : si deux fichiers ont été mis bout à bout, importez-les séparément."
    )]
    SecondRoot,
    /// `<!DOCTYPE` or `<!ENTITY`.
    #[error(
        "Le fichier déclare un DOCTYPE ou des entités, ce qu’un flux de la CAF ou de la MSA ne fait jamais : il est refusé par sécurité, demandez-en un nouvel envoi."
    )]
    EntityDeclaration,
    /// More than 64 levels.
    #[error(
        "Le fichier emboîte plus de 64 éléments les uns dans les autres (ligne {line}) : ce n’est pas un flux normal, demandez-en un nouvel envoi."
    )]
    TooDeep {
        /// Line where the dossier or the element begins.
        line: u64,
    },
    /// More than 1 MiB of text in one element.
    #[error(
        "Un élément contient plus de 1 Mio de texte (ligne {line}) : le fichier est abîmé, demandez-en un nouvel envoi."
    )]
    TextTooLong {
        /// Line where the dossier or the element begins.
        line: u64,
    },
    /// One dossier of more than 2 MiB.
    #[error(
        "Le dossier qui commence ligne {line} dépasse 2 Mio : le fichier est abîmé, demandez-en un nouvel envoi."
    )]
    DossierTooBig {
        /// Line of its first tag.
        line: u64,
    },
    /// Not well-formed outside any dossier.
    #[error("Le fichier est abîmé à la ligne {line}, en dehors des dossiers : demandez-en un nouvel envoi.")]
    Malformed {
        /// Where.
        line: u64,
    },
    /// The end of the file comes before `</Racine>`.
    #[error(
        "Le fichier est coupé : la fin (</Racine>) manque. Téléchargez-le de nouveau ou demandez-en un nouvel envoi."
    )]
    Cut,
    /// `DTCREAFLUX` after tomorrow.
    #[error("Le fichier se dit créé le {date}, dans l’avenir : vérifiez la date de cette machine ou demandez un nouvel envoi.", date = in_words(*.0))]
    CreatedAfterTomorrow(NaiveDate),
    /// `DTREF` after tomorrow.
    #[error("Le fichier décrit la situation au {date}, dans l’avenir : vérifiez la date de cette machine ou demandez un nouvel envoi.", date = in_words(*.0))]
    ReferenceAfterTomorrow(NaiveDate),
    /// The first dossier belongs to another département.
    #[error(
        "Ce fichier concerne le département {found} et non le {expected} : importez-le dans le bon département."
    )]
    OtherDepartment {
        /// `IDEPARTE` as received.
        found: String,
        /// The département of the import.
        expected: String,
    },
    /// A field of `IdentificationFlux` is missing or unreadable.
    #[error("L’en-tête du fichier (IdentificationFlux) est incomplet : {0}. Demandez un nouvel envoi.")]
    BadHeader(String),
    /// `TYPEFLUX` and `NATFLUX` name no flux that can be imported.
    #[error(
        "Ce flux n’est pas de ceux que l’on importe (TYPEFLUX « {frequency} », NATFLUX « {nature} ») : attendus, bénéficiaires (D), instruction (I) et financier (F)."
    )]
    UnknownKind {
        /// `TYPEFLUX`.
        frequency: String,
        /// `NATFLUX`.
        nature: String,
    },
    /// The reader failed.
    #[error("La lecture du fichier s’est arrêtée ({0}) : vérifiez le disque ou le réseau, puis recommencez.")]
    Io(#[from] std::io::Error),
}
