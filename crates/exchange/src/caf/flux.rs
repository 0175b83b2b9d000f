//! The stream of dossiers.

use std::io::Read;

use chrono::NaiveDate;
use domain::intake::flux::{Header, Item, Kind, Reject};

use super::dossier;
use super::scan::Span;
use super::source::Source;
use super::token::{self, Stack, Token};
use super::{MAX_RAW, Refusal, check, header, scan, value};

/// What the caller knows.
#[derive(Debug, Clone)]
pub struct Expect {
    /// The département of the import: `45`, `2A`, `974`.
    pub department: String,
    /// Today in that département.
    pub today: NaiveDate,
}

/// The count written by the emitter at the end of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trailer {
    /// `NBTOTDOSRSATRANSM` or `NBTOTDEMRSATRANSM`.
    pub declared: u64,
}

/// A flux being read.
pub struct Flux<R> {
    source: Source<R>,
    expect: Expect,
    header: Header,
    position: u64,
    department_seen: bool,
    stack: Stack,
    trailer: Option<Trailer>,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Reading,
    Finished,
    Refused,
}

impl<R: Read> Flux<R> {
    /// Reads the prolog and the header.
    ///
    /// # Errors
    /// A [`Refusal`] that holds for the whole file.
    pub fn open(input: R, expect: Expect) -> Result<Self, Refusal> {
        let mut source = Source::open(input)?;
        header::root(&mut source)?;
        let header = header::read(&mut source, &expect)?;
        Ok(Self {
            source,
            expect,
            header,
            position: 0,
            department_seen: false,
            stack: Stack::default(),
            trailer: None,
            state: State::Reading,
        })
    }

    /// `IdentificationFlux`.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The next dossier, or nothing once `</Racine>` and the end of the file were seen.
    ///
    /// # Errors
    /// A [`Refusal`]: the whole file is refused, the dossiers already given with it.
    #[expect(
        clippy::should_implement_trait,
        reason = "an iterator of results would let `collect` forget the refusal"
    )]
    pub fn next(&mut self) -> Result<Option<Item>, Refusal> {
        match self.state {
            State::Reading => {}
            State::Finished => return Ok(None),
            State::Refused => return Err(Refusal::Cut),
        }
        let result = self.advance();
        self.state = match &result {
            Ok(Some(_)) => State::Reading,
            Ok(None) => State::Finished,
            Err(_) => State::Refused,
        };
        result
    }

    /// The emitter's own count; known once [`Flux::next`] has answered nothing.
    pub fn trailer(&self) -> Option<Trailer> {
        self.trailer
    }

    /// Bytes read so far.
    pub fn bytes_read(&self) -> u64 {
        self.source.bytes()
    }

    /// How many bytes were not in the encoding the file declares; they were read as Windows-1252.
    pub fn repaired_bytes(&self) -> u64 {
        self.source.repaired()
    }

    fn advance(&mut self) -> Result<Option<Item>, Refusal> {
        loop {
            if let Some(element) = scan::begins(&mut self.source)? {
                return self.dossier(&element).map(Some);
            }
            let line = self.source.line();
            match token::next(&mut self.source)? {
                Token::Start { name, closed } if !closed => self.stack.open(name, line)?,
                Token::Text(_) if self.stack.is_empty() => return Err(Refusal::Malformed { line }),
                Token::Text(text) => {
                    if matches!(self.stack.top(), "NBTOTDOSRSATRANSM" | "NBTOTDEMRSATRANSM") {
                        self.trailer = text.trim().parse().ok().map(|declared| Trailer { declared });
                    }
                }
                Token::End(name) if self.stack.is_empty() && name == "Racine" => {
                    self.nothing_follows()?;
                    return Ok(None);
                }
                Token::End(name) => self.stack.close(&name, line)?,
                Token::Eof => return Err(Refusal::Cut),
                Token::Nothing | Token::Start { .. } => {}
            }
        }
    }

    /// Blanks, comments and the padding of old transfer tools may follow the root; nothing else.
    fn nothing_follows(&mut self) -> Result<(), Refusal> {
        loop {
            match token::next(&mut self.source) {
                Ok(Token::Eof) => return Ok(()),
                Ok(Token::Nothing) => {}
                Ok(Token::Text(text))
                    if text.trim_matches(['\0', '\u{1a}', ' ', '\r', '\n', '\t']).is_empty() => {}
                Err(refusal @ (Refusal::Io(_) | Refusal::EntityDeclaration)) => return Err(refusal),
                Ok(_) | Err(_) => return Err(Refusal::SecondRoot),
            }
        }
    }

    fn dossier(&mut self, element: &str) -> Result<Item, Refusal> {
        self.position += 1;
        let line = self.source.line();
        let span = self.span(element)?;
        let slice = self.source.rest().get(..span.length).unwrap_or("");
        let (draft, outcome) = dossier::read(slice);
        let fault = match outcome {
            Err(fault) => fault.refusal(line).map_or(Ok(Some(MALFORMED)), Err)?,
            Ok(()) if span.broken => Some(MALFORMED),
            Ok(()) if element != expected(self.header.kind) => Some(MISPLACED),
            Ok(()) => None,
        };
        let foreign = foreign(&mut self.department_seen, &self.expect, draft.department.as_deref())?;
        let key = draft.key();
        let number = value::some(&draft.claim_number).unwrap_or_else(|| "absent".to_owned());
        let outcome = match fault.map(str::to_owned).or(foreign) {
            Some(reason) => Err(reason),
            None => check::accept(draft, &self.header, self.expect.today),
        };
        let item = match outcome {
            Ok(dossier) => Item::Accepted(Box::new(dossier)),
            Err(reason) => Item::Rejected(Box::new(Reject {
                position: self.position,
                line,
                dossier: value::shortened(&number, 40),
                key,
                reason,
                raw: head(slice, MAX_RAW).to_owned(),
            })),
        };
        self.source.advance(span.length);
        Ok(item)
    }

    /// The extent of the dossier; when the bound is passed without an end, says which fault it is.
    fn span(&mut self, element: &str) -> Result<Span, Refusal> {
        match scan::span(&mut self.source, element) {
            Err(Refusal::DossierTooBig { line }) => {
                let (_, outcome) = dossier::read(self.source.rest());
                Err(outcome.err().and_then(|f| f.refusal(line)).unwrap_or(Refusal::DossierTooBig { line }))
            }
            other => other,
        }
    }
}

/// The reason to reject a dossier of another département; the first one that names a département decides for the file.
fn foreign(seen: &mut bool, expect: &Expect, found: Option<&str>) -> Result<Option<String>, Refusal> {
    let Some(found) = found else { return Ok(None) };
    let first = !std::mem::replace(seen, true);
    if value::department(found) == value::department(&expect.department) {
        return Ok(None);
    }
    let found = value::shortened(found, 10);
    if first {
        return Err(Refusal::OtherDepartment { found, expected: expect.department.clone() });
    }
    Ok(Some(format!("Le dossier vient d’un autre département (IDEPARTE {found}).")))
}

const MISPLACED: &str = "Cet élément n’a pas sa place dans un flux de cette nature.";
const MALFORMED: &str = "Le XML de ce dossier est mal formé : une balise manque, ne se referme pas ou contient un caractère interdit.";

fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::Instruction => "InfoDemandeRSA",
        Kind::Financier => "InfosFinancieresFoyerRSA",
        Kind::BeneficiairesMonthly | Kind::BeneficiairesDaily | Kind::Spreadsheet | Kind::Transfer => {
            "InfosFoyerRSA"
        }
    }
}

/// The longest beginning of `text` within `limit` bytes.
fn head(text: &str, limit: usize) -> &str {
    let mut end = text.len().min(limit);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("")
}

/// Reads a whole flux and counts: `(bytes, dossiers)`. For the measurement command.
///
/// # Errors
/// The refusal of the file.
pub fn bench_parse(input: impl Read, expect: Expect) -> Result<(u64, u64), Refusal> {
    let mut flux = Flux::open(input, expect)?;
    let mut dossiers = 0;
    while flux.next()?.is_some() {
        dossiers += 1;
    }
    Ok((flux.bytes_read(), dossiers))
}
