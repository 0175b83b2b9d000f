//! The file as a window of decoded text: fills from the front, is consumed from the back, never grows past one dossier.
//!
//! The encoding is that of the byte order mark, else of the prolog, else UTF-8. Bytes that are not UTF-8 in a file
//! that claims to be are read as Windows-1252: that is what they are in practice.

use std::io::{ErrorKind, Read};

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Refusal;

/// How many bytes are read at a time.
const CHUNK: usize = 64 << 10;

/// A stream of text with a bounded window on it.
pub(super) struct Source<R> {
    input: R,
    raw: Vec<u8>,
    decoding: Decoding,
    text: String,
    at: usize,
    line: u64,
    bytes: u64,
    repaired: u64,
    ended: bool,
}

enum Decoding {
    Utf8,
    Other(Box<Decoder>),
}

impl<R: Read> Source<R> {
    /// Reads the first bytes and finds the encoding.
    pub(super) fn open(input: R) -> Result<Self, Refusal> {
        let mut source = Self {
            input,
            raw: Vec::with_capacity(CHUNK + 8),
            decoding: Decoding::Utf8,
            text: String::new(),
            at: 0,
            line: 1,
            bytes: 0,
            repaired: 0,
            ended: false,
        };
        let last = source.read_chunk()?;
        let (encoding, mark) = detect(&source.raw);
        source.raw.drain(..mark);
        if encoding != UTF_8 {
            source.decoding = Decoding::Other(Box::new(encoding.new_decoder_without_bom_handling()));
        }
        source.decode(last);
        source.ended = last;
        Ok(source)
    }

    /// The text not consumed yet.
    pub(super) fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Line of the next character, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Bytes read from the input.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Bytes that were not what the file said they were.
    pub(super) fn repaired(&self) -> u64 {
        self.repaired
    }

    /// Consumes `count` bytes of text.
    pub(super) fn advance(&mut self, count: usize) {
        let end = (self.at + count).min(self.text.len());
        if let Some(gone) = self.text.as_bytes().get(self.at..end) {
            self.line += memchr::memchr_iter(b'\n', gone).map(|_| 1).sum::<u64>();
        }
        self.at = end;
    }

    /// Adds a chunk to the window; false at the end of the file.
    pub(super) fn fill(&mut self) -> Result<bool, Refusal> {
        if self.ended {
            return Ok(false);
        }
        self.text.drain(..self.at);
        self.at = 0;
        let last = self.read_chunk()?;
        self.decode(last);
        self.ended = last;
        Ok(true)
    }

    /// Fills until the window holds `count` bytes or the file ends.
    pub(super) fn want(&mut self, count: usize) -> Result<(), Refusal> {
        while self.rest().len() < count && self.fill()? {}
        Ok(())
    }

    /// Reads one full chunk after what is left in `raw`; true at the end of the input.
    fn read_chunk(&mut self) -> Result<bool, Refusal> {
        let mut filled = self.raw.len();
        let end = filled + CHUNK;
        self.raw.resize(end, 0);
        let mut last = false;
        while let Some(room) = self.raw.get_mut(filled..).filter(|room| !room.is_empty()) {
            match self.input.read(room) {
                Ok(0) => {
                    last = true;
                    break;
                }
                Ok(n) => {
                    filled += n;
                    self.bytes += n as u64;
                }
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => {
                    self.raw.truncate(filled);
                    return Err(e.into());
                }
            }
        }
        self.raw.truncate(filled);
        Ok(last)
    }

    /// Moves `raw` into `text`; a sequence cut in two by the chunk waits for the next one.
    fn decode(&mut self, last: bool) {
        match &mut self.decoding {
            Decoding::Utf8 => self.decode_utf8(last),
            Decoding::Other(decoder) => {
                let room = decoder.max_utf8_buffer_length(self.raw.len()).unwrap_or(self.raw.len() * 3);
                self.text.reserve(room);
                let (_, read, had_errors) = decoder.decode_to_string(&self.raw, &mut self.text, last);
                self.raw.drain(..read);
                self.repaired += u64::from(had_errors);
            }
        }
    }

    fn decode_utf8(&mut self, last: bool) {
        self.text.reserve(self.raw.len());
        let mut from = 0;
        while let Some(bytes) = self.raw.get(from..).filter(|b| !b.is_empty()) {
            let Some(chunk) = bytes.utf8_chunks().next() else { break };
            self.text.push_str(chunk.valid());
            let bad = chunk.invalid();
            from += chunk.valid().len();
            if bad.is_empty() {
                break;
            }
            // A sequence cut by the end of the chunk: the rest of it comes with the next one.
            if !last
                && from + bad.len() == self.raw.len()
                && std::str::from_utf8(bad).is_err_and(|e| e.error_len().is_none())
            {
                break;
            }
            self.text.push_str(&WINDOWS_1252.decode_without_bom_handling(bad).0);
            self.repaired += bad.len() as u64;
            from += bad.len();
        }
        self.raw.drain(..from);
    }
}

/// The encoding of a file that begins with `bytes`, and the length of its byte order mark.
fn detect(bytes: &[u8]) -> (&'static Encoding, usize) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return (encoding, mark);
    }
    match bytes {
        [b'<', 0, ..] => return (UTF_16LE, 0),
        [0, b'<', ..] => return (UTF_16BE, 0),
        _ => {}
    }
    let declared = declared_label(bytes).and_then(Encoding::for_label_no_replacement);
    // A prolog that reads as ASCII cannot be in UTF-16, whatever it says.
    (declared.filter(|e| *e != UTF_16LE && *e != UTF_16BE).unwrap_or(UTF_8), 0)
}

/// The label of `<?xml … encoding="label"?>`.
fn declared_label(bytes: &[u8]) -> Option<&[u8]> {
    let start = bytes.iter().position(|b| !b.is_ascii_whitespace())?;
    let prolog = bytes.get(start..)?;
    if !prolog.starts_with(b"<?xml") {
        return None;
    }
    let prolog = prolog.get(..memchr::memmem::find(prolog, b"?>")?)?;
    let after = prolog.get(memchr::memmem::find(prolog, b"encoding")? + "encoding".len()..)?;
    let open = after.iter().position(|b| matches!(b, b'"' | b'\''))?;
    let quote = *after.get(open)?;
    let label = after.get(open + 1..)?;
    label.get(..memchr::memchr(quote, label)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time: every sequence is cut somewhere.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let n = self.0.len().min(buffer.len()).min(1);
            buffer[..n].copy_from_slice(&self.0[..n]);
            self.0 = &self.0[n..];
            Ok(n)
        }
    }

    fn whole(bytes: &[u8]) -> (String, u64) {
        let mut source = Source::open(Drip(bytes)).unwrap();
        while source.fill().unwrap() {}
        (source.rest().to_owned(), source.repaired())
    }

    #[test]
    fn the_prolog_says_the_encoding() {
        for (label, byte) in [("windows-1252", 0x80), ("ISO-8859-15", 0xA4)] {
            let mut bytes = format!("<?xml version='1.0' encoding='{label}'?><a>").into_bytes();
            bytes.push(byte);
            assert!(whole(&bytes).0.ends_with("<a>€"), "{label}");
        }
    }

    #[test]
    fn a_byte_order_mark_wins_over_the_prolog() {
        assert_eq!(
            whole("\u{feff}<?xml encoding='iso-8859-1'?>é".as_bytes()).0,
            "<?xml encoding='iso-8859-1'?>é"
        );
    }

    #[test]
    fn utf_16_is_read_with_or_without_its_mark() {
        let text = "<Racine>é</Racine>";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(whole(&little).0, text);
        assert_eq!(whole(&big).0, text);
        assert_eq!(whole(&[&[0xff, 0xfe][..], &little].concat()).0, text);
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_read_as_windows_1252_and_counted() {
        assert_eq!(
            whole(b"<?xml encoding='UTF-8'?>H\xe9l\xc3\xa8ne\xe9"),
            ("<?xml encoding='UTF-8'?>Hélèneé".to_owned(), 2)
        );
    }

    #[test]
    fn a_letter_cut_by_the_chunk_is_put_together() {
        let text = format!("{}é", "a".repeat(CHUNK - 1));
        assert_eq!(whole(text.as_bytes()), (text.clone(), 0));
    }

    #[test]
    fn lines_are_counted_as_the_text_is_consumed() {
        let mut source = Source::open(&b"a\nb\nc"[..]).unwrap();
        source.advance(4);
        assert_eq!((source.line(), source.rest()), (3, "c"));
    }
}
