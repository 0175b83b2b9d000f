//! Reads the XML of one dossier, already whole and decoded: a pull parser that borrows from the slice.
//!
//! Elements, text, CDATA, comments, processing instructions and the five entities; attributes are stepped over. It
//! was written because quick-xml spent half of the import in checks that the window has made already (measured: twice
//! as fast); a property test holds it to quick-xml's verdict.

use super::dossier::Fault;
use super::token::{TagEnd, tag_end};

/// One event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event<'a> {
    /// `<name>`; `<name/>` gives a start and an end.
    Start(&'a str),
    /// `</name>`, which closes the innermost element.
    End(&'a str),
    /// Text or CDATA, without any entity.
    Text(&'a str),
    /// An entity or a character reference.
    Char(char),
    /// The end of the slice, with every element closed.
    Eof,
}

/// The parser.
pub(super) struct Pull<'a> {
    text: &'a str,
    at: usize,
    open: Vec<&'a str>,
    /// The element just opened was `<name/>`.
    empty: bool,
}

impl<'a> Pull<'a> {
    /// At the beginning of a slice.
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, open: Vec::with_capacity(16), empty: false }
    }

    /// The next event.
    pub(super) fn next(&mut self) -> Result<Event<'a>, Fault> {
        if std::mem::take(&mut self.empty) {
            return self.open.pop().map(Event::End).ok_or(Fault::Malformed);
        }
        loop {
            let rest = self.rest();
            match rest.as_bytes() {
                [] if self.open.is_empty() => return Ok(Event::Eof),
                [] => return Err(Fault::Malformed),
                [b'<', b'/', ..] => return self.end(rest),
                [b'<', b'!', ..] => {
                    if let Some(event) = self.aside(rest)? {
                        return Ok(event);
                    }
                }
                [b'<', b'?', ..] => {
                    if rest.starts_with("<?xml ") {
                        return Err(Fault::Malformed);
                    }
                    self.over(rest, 2, "?>")?;
                }
                [b'<', ..] => return self.start(rest),
                [b'&', ..] => return self.entity(rest),
                bytes => {
                    let length = memchr::memchr2(b'<', b'&', bytes).unwrap_or(bytes.len());
                    return Ok(Event::Text(self.take(length)));
                }
            }
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn take(&mut self, length: usize) -> &'a str {
        let taken = self.text.get(self.at..self.at + length).unwrap_or("");
        self.at += length;
        taken
    }

    fn start(&mut self, rest: &'a str) -> Result<Event<'a>, Fault> {
        let bytes = rest.as_bytes();
        let length = bytes.iter().skip(1).position(|b| !is_name_byte(*b)).ok_or(Fault::Malformed)?;
        let name = rest.get(1..=length).filter(|n| !n.is_empty()).ok_or(Fault::Malformed)?;
        if name.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.') {
            return Err(Fault::Malformed);
        }
        let end = match bytes.get(length + 1) {
            Some(b'>') => length + 1,
            Some(b'/' | b' ' | b'\t' | b'\r' | b'\n') => match tag_end(rest) {
                TagEnd::At(end) => end,
                TagEnd::Unknown | TagEnd::Broken => return Err(Fault::Malformed),
            },
            _ => return Err(Fault::Malformed),
        };
        self.empty = bytes.get(end - 1) == Some(&b'/');
        self.at += end + 1;
        self.open.push(name);
        Ok(Event::Start(name))
    }

    fn end(&mut self, rest: &'a str) -> Result<Event<'a>, Fault> {
        let name = self.open.pop().ok_or(Fault::Malformed)?;
        let after = rest.get(2..).and_then(|r| r.strip_prefix(name)).ok_or(Fault::Malformed)?;
        let blanks = after.bytes().take_while(u8::is_ascii_whitespace).count();
        if after.as_bytes().get(blanks) != Some(&b'>') {
            return Err(Fault::Malformed);
        }
        self.at += 2 + name.len() + blanks + 1;
        Ok(Event::End(name))
    }

    /// A comment or a CDATA section; a declaration is a fault.
    fn aside(&mut self, rest: &'a str) -> Result<Option<Event<'a>>, Fault> {
        if rest.starts_with("<!--") {
            self.over(rest, 4, "-->")?;
            return Ok(None);
        }
        if rest.starts_with("<![CDATA[") {
            return Ok(Some(Event::Text(self.over(rest, 9, "]]>")?)));
        }
        Err(if rest.starts_with("<!DOCTYPE") || rest.starts_with("<!ENTITY") {
            Fault::Declaration
        } else {
            Fault::Malformed
        })
    }

    /// Steps over `mark`, looked for after `from` bytes; gives what lies between.
    fn over(&mut self, rest: &'a str, from: usize, mark: &str) -> Result<&'a str, Fault> {
        let inside = rest.get(from..).ok_or(Fault::Malformed)?;
        let length = memchr::memmem::find(inside.as_bytes(), mark.as_bytes()).ok_or(Fault::Malformed)?;
        self.at += from + length + mark.len();
        Ok(inside.get(..length).unwrap_or(""))
    }

    fn entity(&mut self, rest: &'a str) -> Result<Event<'a>, Fault> {
        let end = rest.bytes().take(12).position(|b| b == b';').ok_or(Fault::Malformed)?;
        let c = resolve(rest.get(1..end).unwrap_or("")).ok_or(Fault::Malformed)?;
        self.at += end + 1;
        Ok(Event::Char(c))
    }
}

/// Letters beyond ASCII are allowed in names; none is used by the schemas.
fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':') || byte >= 0x80
}

/// The five entities of XML and character references; nothing else is declared in a flux.
fn resolve(entity: &str) -> Option<char> {
    if let Some(number) = entity.strip_prefix('#') {
        let code = match number.strip_prefix('x') {
            Some(hex) if hex.bytes().all(|b| b.is_ascii_hexdigit()) => u32::from_str_radix(hex, 16).ok()?,
            None if number.bytes().all(|b| b.is_ascii_digit()) => number.parse().ok()?,
            _ => return None,
        };
        return char::from_u32(code).filter(|c| *c != '\0');
    }
    Some(match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use proptest::prelude::*;
    use quick_xml::Reader;
    use quick_xml::events::Event as Other;

    /// What is read: names and joined text, or nothing when malformed.
    fn ours(text: &str) -> Option<String> {
        let mut pull = Pull::new(text);
        let mut out = String::new();
        loop {
            match pull.next().ok()? {
                Event::Start(name) => write!(out, "[{name}").unwrap(),
                Event::End(_) => out.push(']'),
                Event::Text(text) => out.push_str(text),
                Event::Char(c) => out.push(c),
                Event::Eof => return Some(out),
            }
        }
    }

    fn theirs(text: &str) -> Option<String> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        let (mut out, mut depth) = (String::new(), 0);
        loop {
            match reader.read_event().ok()? {
                Other::Start(tag) => {
                    depth += 1;
                    write!(out, "[{}", tag.name().as_ref() as &str).unwrap();
                }
                Other::End(_) => {
                    depth -= 1;
                    out.push(']');
                }
                Other::Text(text) => out.push_str(&text),
                Other::CData(text) => out.push_str(&text),
                Other::GeneralRef(entity) => {
                    out.push_str(&quick_xml::escape::unescape(&format!("&{};", &*entity)).ok()?);
                }
                Other::Eof => return (depth == 0).then_some(out),
                Other::DocType(_) => return None,
                _ => {}
            }
        }
    }

    #[test]
    fn what_a_dossier_holds_is_read() {
        let text = "<a b='>'>x &amp; y<!-- <c> --><![CDATA[<z>&]]><d/><e f=\"1\" /></a >\n";
        assert_eq!(ours(text).unwrap(), "[ax & y<z>&[d][e]]\n");
        assert_eq!(ours("<a>&#233;&#xE9;</a>").unwrap(), "[aéé]");
    }

    #[test]
    fn what_is_malformed_is_said_so() {
        for text in [
            "<a>",
            "</a>",
            "<a></b>",
            "<a><b></a></b>",
            "<a>&x;</a>",
            "<a>&</a>",
            "<a>A & B</a>",
            "<a <b></a>",
            "<>",
            "< a></a>",
            "<a>1 < 2</a>",
            "<a><!-- </a>",
            "<a><![CDATA[</a>",
            "<a b='></a>",
            "<1></1>",
            "<a>&#0;</a>",
            "<a></a",
            "<a/",
            "<a",
        ] {
            assert_eq!(ours(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn our_verdict_is_that_of_quick_xml(pieces in prop::collection::vec(prop::sample::select(vec![
            "<a>", "</a>", "<b>", "</b>", "<b/>", "<b c='1'>", "<b c=\"/\"/>", "text", "é", "&amp;", "&lt;", "&#65;", "<!-- x -->", "<![CDATA[ <u> ]]>", " ", "\n",
            "</a >", "<?pi x?>",
        ]), 0..14)) {
            let text = pieces.concat();
            prop_assert_eq!(ours(&text), theirs(&text), "{}", text);
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[<>/!&;a\\-\\[\\]CDAT'\" =#x1é]{0,40}") {
            let _ = ours(&text);
        }
    }
}
