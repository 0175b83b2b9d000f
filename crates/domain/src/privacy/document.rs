//! Documents of a person: which files are accepted, what they are about, how long and how large.

/// Largest document unless the département says otherwise, in MiB.
pub const LARGEST_MIB: u64 = 20;

/// Most that the documents of one person may weigh together unless the département says otherwise, in MiB.
pub const PERSON_MIB: u64 = 200;

/// Days between « retirer » and the destruction of a document, so that a mistake can be mended.
pub const REMOVED_DAYS: i64 = 90;

/// Hours during which the bytes of a document that nobody names any more are kept: longer than any backup takes.
pub const UNNAMED_HOURS: i64 = 24;

/// Name of the parameter that replaces [`LARGEST_MIB`].
pub const LARGEST_PARAMETER: &str = "documents.largest_mib";

/// Name of the parameter that replaces [`PERSON_MIB`].
pub const PERSON_PARAMETER: &str = "documents.person_mib";

/// Longest name of a file, in characters.
pub const LONGEST_NAME: usize = 120;

/// Longest label, in characters.
pub const LONGEST_LABEL: usize = 120;

/// Fewest characters of the reason for which a document is removed.
pub const SHORTEST_REASON: usize = 10;

/// A format that is accepted. All of them can be opened by free software without running code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Portable document.
    Pdf,
    /// Photograph.
    Jpeg,
    /// Picture.
    Png,
    /// Photograph or picture of the web.
    Webp,
    /// Photograph of a telephone.
    Heic,
    /// Text of Word, without macros.
    Docx,
    /// Workbook of Excel, without macros.
    Xlsx,
    /// Text of `LibreOffice`, without macros.
    Odt,
    /// Workbook of `LibreOffice`, without macros.
    Ods,
    /// Plain text.
    Txt,
    /// Table as text.
    Csv,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 11] = [
        Self::Pdf,
        Self::Jpeg,
        Self::Png,
        Self::Webp,
        Self::Heic,
        Self::Docx,
        Self::Xlsx,
        Self::Odt,
        Self::Ods,
        Self::Txt,
        Self::Csv,
    ];

    /// The word of the database, which is also the usual ending of the name.
    pub fn code(self) -> &'static str {
        self.endings().first().copied().unwrap_or_default()
    }

    /// Reads [`Format::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    /// The endings a name may have, without the dot.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::Webp => &["webp"],
            Self::Heic => &["heic", "heif"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Odt => &["odt"],
            Self::Ods => &["ods"],
            Self::Txt => &["txt"],
            Self::Csv => &["csv"],
        }
    }

    /// What the browser is told the bytes are. Text is always plain: no reader takes it for a page.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Heic => "image/heic",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Txt => "text/plain",
            Self::Csv => "text/csv",
        }
    }

    /// What people call it.
    pub fn label_fr(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpeg => "photo JPEG",
            Self::Png => "image PNG",
            Self::Webp => "image WebP",
            Self::Heic => "photo HEIC",
            Self::Docx => "texte Word",
            Self::Xlsx => "tableau Excel",
            Self::Odt => "texte LibreOffice",
            Self::Ods => "tableau LibreOffice",
            Self::Txt => "texte simple",
            Self::Csv => "tableau CSV",
        }
    }

    /// The format that the ending of a name announces.
    pub fn announced_by(name: &str) -> Option<Self> {
        let (stem, ending) = name.rsplit_once('.')?;
        let ending = ending.to_ascii_lowercase();
        let format = Self::ALL.into_iter().find(|format| format.endings().contains(&ending.as_str()))?;
        (!stem.is_empty()).then_some(format)
    }
}

/// What a document is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Identity card, residence permit, family book.
    Identity,
    /// Notice of right, of resources, of taxes.
    Resources,
    /// Lease, certificate of lodging.
    Housing,
    /// Curriculum vitæ, letter to an employer.
    Cv,
    /// Diploma, certificate of training, driving licence.
    Diploma,
    /// Contract of work, payslip, certificate of an employer.
    Work,
    /// Recognition of a handicap, what a physician certifies about work.
    Health,
    /// A letter received or sent.
    Letter,
    /// Anything else.
    Other,
}

impl Kind {
    /// Every kind, in the order of the form.
    pub const ALL: [Self; 9] = [
        Self::Identity,
        Self::Resources,
        Self::Housing,
        Self::Cv,
        Self::Diploma,
        Self::Work,
        Self::Health,
        Self::Letter,
        Self::Other,
    ];

    /// The word of the database and of the form.
    pub fn code(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Resources => "resources",
            Self::Housing => "housing",
            Self::Cv => "cv",
            Self::Diploma => "diploma",
            Self::Work => "work",
            Self::Health => "health",
            Self::Letter => "letter",
            Self::Other => "other",
        }
    }

    /// Reads [`Kind::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// The name under which a file is kept: the last part of what the browser sent (some send a whole path), without signs
/// that cannot be read or that lie about the direction of writing, cut at [`LONGEST_NAME`] with its ending kept.
pub fn kept_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !c.is_control() && !lies(*c)).collect();
    let name = name.trim().trim_start_matches('.').trim();
    if name.chars().count() <= LONGEST_NAME {
        return name.to_owned();
    }
    match name.rsplit_once('.').filter(|(_, ending)| ending.len() <= 8) {
        Some((stem, ending)) => {
            let kept: String = stem.chars().take(LONGEST_NAME - ending.chars().count() - 1).collect();
            format!("{kept}.{ending}")
        }
        None => name.chars().take(LONGEST_NAME).collect(),
    }
}

/// Marks that turn the writing around (with one before it, `fdp.exe` is read `exe.pdf`), and signs without width.
fn lies(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_database_is_read_again() {
        for format in Format::ALL {
            assert_eq!(Format::parse(format.code()), Some(format));
            for ending in format.endings() {
                assert_eq!(Format::announced_by(&format!("Livret.{}", ending.to_uppercase())), Some(format));
            }
        }
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.code()), Some(kind));
        }
        assert_eq!(Format::announced_by("virus.pdf.exe"), None);
        assert_eq!(Format::announced_by(".pdf"), None);
        assert_eq!(Format::announced_by("sans-fin"), None);
    }

    #[test]
    fn the_name_kept_is_the_last_part_and_cannot_lie() {
        assert_eq!(kept_name("C:\\Users\\a\\CV Léa.pdf"), "CV Léa.pdf");
        assert_eq!(kept_name("../../etc/passwd.txt"), "passwd.txt");
        assert_eq!(kept_name("a\r\nSet-Cookie: b.pdf"), "aSet-Cookie: b.pdf");
        assert_eq!(kept_name("facture\u{202e}fdp.exe"), "facturefdp.exe");
        assert_eq!(kept_name("...pdf"), "pdf");
        let long = kept_name(&format!("{}.jpeg", "é".repeat(400)));
        assert_eq!((long.chars().count(), long.ends_with("é.jpeg")), (LONGEST_NAME, true));
        assert_eq!(kept_name("  "), "");
    }
}
