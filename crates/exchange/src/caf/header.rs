//! Prolog, root and `IdentificationFlux`.

use std::io::Read;

use chrono::{Days, NaiveDateTime};
use domain::intake::flux::{Header, Kind};

use super::flux::Expect;
use super::source::Source;
use super::token::{self, Stack, Token};
use super::{Refusal, scan, value};

/// Reads up to and including the start tag of `Racine`.
pub(super) fn root<R: Read>(source: &mut Source<R>) -> Result<(), Refusal> {
    loop {
        skip_blanks(source)?;
        let line = source.line();
        match source.rest().chars().next() {
            None => return Err(Refusal::Empty),
            Some('<') => {}
            Some(_) => return Err(Refusal::NotXml),
        }
        match token::next(source) {
            Ok(Token::Nothing) => {}
            Ok(Token::Start { name, .. }) if name == "Racine" => return Ok(()),
            Ok(Token::Start { name, .. }) => return Err(Refusal::WrongRoot(value::shortened(&name, 40))),
            Err(Refusal::Malformed { .. }) if line == 1 => return Err(Refusal::NotXml),
            Err(refusal) => return Err(refusal),
            Ok(_) => return Err(Refusal::NotXml),
        }
    }
}

fn skip_blanks<R: Read>(source: &mut Source<R>) -> Result<(), Refusal> {
    loop {
        let rest = source.rest();
        let blanks = rest.len() - rest.trim_start().len();
        let all = blanks == rest.len();
        source.advance(blanks);
        if !all || !source.fill()? {
            return Ok(());
        }
    }
}

/// The fields as received.
#[derive(Default)]
struct Fields {
    emitter: String,
    version: String,
    frequency: String,
    nature: String,
    created_on: String,
    created_at: String,
    reference: String,
}

impl Fields {
    fn of(&mut self, element: &str) -> Option<&mut String> {
        Some(match element {
            "APPLIEME" => &mut self.emitter,
            "NUMVERSIONAPPLIEME" => &mut self.version,
            "TYPEFLUX" => &mut self.frequency,
            "NATFLUX" => &mut self.nature,
            "DTCREAFLUX" => &mut self.created_on,
            "HEUCREAFLUX" => &mut self.created_at,
            "DTREF" => &mut self.reference,
            _ => return None,
        })
    }
}

/// Reads `IdentificationFlux` and checks it.
pub(super) fn read<R: Read>(source: &mut Source<R>, expect: &Expect) -> Result<Header, Refusal> {
    let mut fields = Fields::default();
    let mut stack = Stack::default();
    let missing = || Refusal::BadHeader("il manque avant le premier dossier".to_owned());
    loop {
        if scan::begins(source)?.is_some() {
            return Err(missing());
        }
        let line = source.line();
        match token::next(source)? {
            Token::Start { name, closed } if !closed => stack.open(name, line)?,
            Token::Text(text) => {
                if stack.is_empty() {
                    return Err(Refusal::Malformed { line });
                }
                if let Some(field) = fields.of(stack.top()) {
                    field.push_str(&value::shortened(text.trim(), 60));
                }
            }
            Token::End(name) if stack.is_empty() && name == "Racine" => return Err(missing()),
            Token::End(name) => {
                stack.close(&name, line)?;
                if name == "IdentificationFlux" {
                    return header(&fields, expect);
                }
            }
            Token::Eof => return Err(Refusal::Cut),
            Token::Nothing | Token::Start { .. } => {}
        }
    }
}

fn header(fields: &Fields, expect: &Expect) -> Result<Header, Refusal> {
    let bad = |what: &str| Refusal::BadHeader(what.to_owned());
    if fields.emitter.is_empty() {
        return Err(bad("APPLIEME manque"));
    }
    let kind = kind(fields)?;
    let created_on =
        value::date(&fields.created_on).ok_or_else(|| bad("DTCREAFLUX manque ou n’est pas une date"))?;
    let created_at =
        value::time(&fields.created_at).ok_or_else(|| bad("HEUCREAFLUX manque ou n’est pas une heure"))?;
    let reference = match (fields.reference.is_empty(), kind) {
        (true, Kind::Instruction) => created_on,
        _ => value::date(&fields.reference).ok_or_else(|| bad("DTREF manque ou n’est pas une date"))?,
    };
    let tomorrow = expect.today.checked_add_days(Days::new(1)).unwrap_or(expect.today);
    if created_on > tomorrow {
        return Err(Refusal::CreatedAfterTomorrow(created_on));
    }
    if reference > tomorrow {
        return Err(Refusal::ReferenceAfterTomorrow(reference));
    }
    Ok(Header {
        kind,
        emitter: fields.emitter.clone(),
        emitter_version: fields.version.clone(),
        created: NaiveDateTime::new(created_on, created_at),
        reference,
    })
}

fn kind(fields: &Fields) -> Result<Kind, Refusal> {
    match (fields.nature.as_str(), fields.frequency.as_str()) {
        ("", _) => Err(Refusal::BadHeader("NATFLUX manque".to_owned())),
        (_, "") => Err(Refusal::BadHeader("TYPEFLUX manque".to_owned())),
        ("D", "M" | "R") => Ok(Kind::BeneficiairesMonthly),
        ("D", "I") => Ok(Kind::BeneficiairesDaily),
        ("I", _) => Ok(Kind::Instruction),
        ("F", _) => Ok(Kind::Financier),
        (nature, frequency) => {
            Err(Refusal::UnknownKind { frequency: frequency.to_owned(), nature: nature.to_owned() })
        }
    }
}
