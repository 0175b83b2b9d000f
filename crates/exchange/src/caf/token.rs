//! The XML around the dossiers: prolog, root, header, trailer. Small, strict, bounded.

use std::io::Read;

use super::source::Source;
use super::{MAX_DEPTH, MAX_TEXT, Refusal};

/// One piece of XML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// `<name …>`, or `<name …/>` when closed.
    Start { name: String, closed: bool },
    /// `</name>`.
    End(String),
    /// Text or CDATA that is not blank, entities left as they are.
    Text(String),
    /// Blanks, a comment or a processing instruction.
    Nothing,
    /// The end of the file.
    Eof,
}

/// Consumes the next token.
pub(super) fn next<R: Read>(source: &mut Source<R>) -> Result<Token, Refusal> {
    source.want(16)?;
    let rest = source.rest();
    if rest.is_empty() {
        return Ok(Token::Eof);
    }
    if !rest.starts_with('<') {
        return text(source);
    }
    if rest.starts_with("<!--") {
        upto(source, 4, "-->")?;
        return Ok(Token::Nothing);
    }
    if rest.starts_with("<?") {
        upto(source, 2, "?>")?;
        return Ok(Token::Nothing);
    }
    if rest.starts_with("<![CDATA[") {
        let content = upto(source, 9, "]]>")?;
        return Ok(if content.trim().is_empty() { Token::Nothing } else { Token::Text(content) });
    }
    if rest.starts_with("<!") {
        return Err(Refusal::EntityDeclaration);
    }
    tag(source)
}

/// Text up to the next tag or the end of the file.
fn text<R: Read>(source: &mut Source<R>) -> Result<Token, Refusal> {
    let line = source.line();
    let end = loop {
        let rest = source.rest();
        let found = memchr::memchr(b'<', rest.as_bytes());
        let length = found.unwrap_or(rest.len());
        if length > MAX_TEXT {
            return Err(Refusal::TextTooLong { line });
        }
        if found.is_some() || !source.fill()? {
            break length;
        }
    };
    let content = source.rest().get(..end).unwrap_or("");
    let token = if content.trim().is_empty() { Token::Nothing } else { Token::Text(content.to_owned()) };
    source.advance(end);
    Ok(token)
}

/// Consumes up to and including `mark`, looked for after `from` bytes; gives what lies between.
fn upto<R: Read>(source: &mut Source<R>, from: usize, mark: &str) -> Result<String, Refusal> {
    let line = source.line();
    loop {
        let rest = source.rest();
        if let Some(inside) = rest.get(from..)
            && let Some(length) = memchr::memmem::find(inside.as_bytes(), mark.as_bytes())
        {
            if length > MAX_TEXT {
                return Err(Refusal::TextTooLong { line });
            }
            let content = inside.get(..length).unwrap_or("").to_owned();
            source.advance(from + length + mark.len());
            return Ok(content);
        }
        if rest.len() > MAX_TEXT {
            return Err(Refusal::TextTooLong { line });
        }
        if !source.fill()? {
            return Err(Refusal::Cut);
        }
    }
}

fn tag<R: Read>(source: &mut Source<R>) -> Result<Token, Refusal> {
    let line = source.line();
    let end = loop {
        match tag_end(source.rest()) {
            TagEnd::At(end) if end <= MAX_TEXT => break end,
            TagEnd::Broken => return Err(Refusal::Malformed { line }),
            TagEnd::At(_) => return Err(Refusal::TextTooLong { line }),
            TagEnd::Unknown if source.rest().len() > MAX_TEXT => return Err(Refusal::TextTooLong { line }),
            TagEnd::Unknown => {
                if !source.fill()? {
                    return Err(Refusal::Cut);
                }
            }
        }
    };
    let token = {
        let inside = source.rest().get(1..end).unwrap_or("");
        if let Some(name) = inside.strip_prefix('/') {
            Token::End(name.trim_end().to_owned())
        } else {
            Token::Start { name: name_of(inside).to_owned(), closed: inside.ends_with('/') }
        }
    };
    match &token {
        Token::Start { name, .. } | Token::End(name) if !is_name(name) => Err(Refusal::Malformed { line }),
        _ => {
            source.advance(end + 1);
            Ok(token)
        }
    }
}

/// Where a tag ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TagEnd {
    /// Index of its `>`.
    At(usize),
    /// Not in this text yet.
    Unknown,
    /// Another tag begins before: this one is not closed.
    Broken,
}

/// Finds the `>` of the tag at the beginning of `text`, outside quotes.
pub(super) fn tag_end(text: &str) -> TagEnd {
    let mut quote = None;
    for (i, byte) in text.bytes().enumerate().skip(1) {
        match (byte, quote) {
            (b'<', _) => return TagEnd::Broken,
            (b'>', None) => return TagEnd::At(i),
            (b'"' | b'\'', None) => quote = Some(byte),
            (_, Some(q)) if q == byte => quote = None,
            _ => {}
        }
    }
    TagEnd::Unknown
}

/// The element name at the beginning of the inside of a tag.
pub(super) fn name_of(inside: &str) -> &str {
    let end = inside.bytes().position(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'>' | b'<'));
    inside.get(..end.unwrap_or(inside.len())).unwrap_or("")
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == ':')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '-' | '.'))
}

/// The elements open around the present place, `Racine` left out.
#[derive(Debug, Default)]
pub(super) struct Stack(Vec<String>);

impl Stack {
    /// No element is open.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The innermost element.
    pub(super) fn top(&self) -> &str {
        self.0.last().map_or("", String::as_str)
    }

    /// Enters an element.
    pub(super) fn open(&mut self, name: String, line: u64) -> Result<(), Refusal> {
        if self.0.len() + 2 > MAX_DEPTH {
            return Err(Refusal::TooDeep { line });
        }
        self.0.push(name);
        Ok(())
    }

    /// Leaves the element, which must be the innermost one.
    pub(super) fn close(&mut self, name: &str, line: u64) -> Result<(), Refusal> {
        match self.0.pop() {
            Some(open) if open == name => Ok(()),
            _ => Err(Refusal::Malformed { line }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Result<Vec<Token>, Refusal> {
        let mut source = Source::open(text.as_bytes())?;
        let mut all = Vec::new();
        loop {
            match next(&mut source)? {
                Token::Eof => return Ok(all),
                Token::Nothing => {}
                token => all.push(token),
            }
        }
    }

    #[test]
    fn attributes_comments_and_self_closed_elements_are_understood() {
        let start = |name: &str, closed| Token::Start { name: name.to_owned(), closed };
        assert_eq!(
            tokens("<?xml?> <!-- <no> --><a x='>' >t<![CDATA[<u>]]></a ><b y=\"/\"/>").unwrap(),
            [
                start("a", false),
                Token::Text("t".to_owned()),
                Token::Text("<u>".to_owned()),
                Token::End("a".to_owned()),
                start("b", true)
            ]
        );
    }

    #[test]
    fn a_declaration_or_a_broken_tag_is_refused() {
        assert!(matches!(tokens("<!DOCTYPE a>"), Err(Refusal::EntityDeclaration)));
        assert!(matches!(tokens("\n<a <b>"), Err(Refusal::Malformed { line: 2 })));
        assert!(matches!(tokens("<1>"), Err(Refusal::Malformed { line: 1 })));
        assert!(matches!(tokens("<a"), Err(Refusal::Cut)));
    }
}
