//! The typesetter: a world that holds a template, its data, a drawing and our fonts, and nothing else.

use std::sync::LazyLock;

use chrono::{Datelike as _, NaiveDate};
use serde_json::Value;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// Fonts inside the program; see `assets/fonts/VENDOR.md`.
const FONTS: [&[u8]; 2] = [
    include_bytes!("../assets/fonts/AtkinsonHyperlegibleNext_400Regular.ttf"),
    include_bytes!("../assets/fonts/AtkinsonHyperlegibleNext_700Bold.ttf"),
];

/// Letters after which what was computed for one may be forgotten: it holds what people wrote, and memory.
const REMEMBERED: usize = 0;

/// Why a letter cannot be set.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    /// The template does not fit its data, or the result would not be accessible.
    #[error("the letter cannot be set: {0}")]
    Template(String),
    /// The data cannot be written.
    #[error("the data of the letter cannot be written: {0}")]
    Data(#[from] serde_json::Error),
}

struct Kit {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

static KIT: LazyLock<Kit> = LazyLock::new(|| {
    let fonts: Vec<Font> = FONTS.iter().flat_map(|font| Font::iter(Bytes::new(*font))).collect();
    Kit {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
    }
});

/// Whether each of our fonts draws this sign.
pub(crate) fn can_draw(sign: char) -> bool {
    KIT.fonts.iter().all(|font| font.info().coverage.contains(u32::from(sign)))
}

struct Letter {
    main: Source,
    data: (Option<FileId>, Bytes),
    logo: (Option<FileId>, Bytes),
    day: NaiveDate,
}

/// A file of this world.
fn file_id(name: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?).intern())
}

impl World for Letter {
    fn library(&self) -> &LazyHash<Library> {
        &KIT.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &KIT.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let known = [&self.data, &self.logo].into_iter().find(|(known, _)| *known == Some(id));
        known.map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        KIT.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        day(self.day)
    }
}

fn day(date: NaiveDate) -> Option<Datetime> {
    Datetime::from_ymd(date.year(), u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?)
}

fn noon(date: NaiveDate) -> Option<Datetime> {
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    Datetime::from_ymd_hms(date.year(), month, day, 12, 0, 0)
}

/// Sets a template with its data.
///
/// # Errors
/// [`LetterError`].
pub(crate) fn print(
    template: &str,
    data: &Value,
    logo: Option<&[u8]>,
    on: NaiveDate,
) -> Result<Vec<u8>, LetterError> {
    let main = file_id("main.typ").ok_or_else(|| LetterError::Template("no name".to_owned()))?;
    let letter = Letter {
        main: Source::new(main, template.to_owned()),
        data: (file_id("data.json"), Bytes::new(serde_json::to_vec(data)?)),
        logo: (logo.and_then(|_| file_id("logo.svg")), Bytes::new(logo.unwrap_or_default().to_vec())),
        day: on,
    };
    let told = |faults: &[SourceDiagnostic]| {
        let lines: Vec<String> = faults.iter().map(|fault| fault.message.to_string()).collect();
        LetterError::Template(lines.join("; "))
    };
    let set = typst::compile::<PagedDocument>(&letter);
    let made = set.output.map_err(|faults| told(&faults)).and_then(|document| {
        let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
            .map_err(|why| LetterError::Template(why.message().to_string()))?;
        let options = PdfOptions {
            creator: Smart::Custom(Some("Déclic".to_owned())),
            timestamp: noon(on).map(Timestamp::new_utc),
            standards,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&document, &options).map_err(|faults| told(&faults))
    });
    typst::comemo::evict(REMEMBERED);
    made
}
