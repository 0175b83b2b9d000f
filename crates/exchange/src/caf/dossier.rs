//! One dossier: its slice of XML becomes a [`Draft`] in a single pass.

use super::block::Block;
use super::draft::Draft;
use super::pull::{Event, Pull};
use super::{MAX_DEPTH, MAX_TEXT, Refusal, value};

/// Why the slice could not be read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Rejects the dossier alone.
    Malformed,
    /// Refuses the file.
    TooDeep,
    /// Refuses the file.
    TextTooLong,
    /// Refuses the file.
    Declaration,
}

impl Fault {
    /// The refusal of the file, or nothing when the dossier alone is rejected.
    pub(super) fn refusal(self, line: u64) -> Option<Refusal> {
        match self {
            Self::Malformed => None,
            Self::TooDeep => Some(Refusal::TooDeep { line }),
            Self::TextTooLong => Some(Refusal::TextTooLong { line }),
            Self::Declaration => Some(Refusal::EntityDeclaration),
        }
    }
}

/// Reads what can be read; the draft holds what came before the fault, if any.
pub(super) fn read(slice: &str) -> (Draft, Result<(), Fault>) {
    let mut pass =
        Pass { draft: Draft::default(), blocks: Vec::with_capacity(16), text: String::new(), length: 0 };
    let outcome = pass.run(slice);
    (pass.draft, outcome)
}

struct Pass {
    draft: Draft,
    /// The blocks open around the present place, the innermost last.
    blocks: Vec<Block>,
    /// Text of the present leaf.
    text: String,
    /// Length of the text of the present element, kept or not.
    length: usize,
}

impl Pass {
    fn run(&mut self, slice: &str) -> Result<(), Fault> {
        let mut pull = Pull::new(slice);
        loop {
            match pull.next()? {
                Event::Start(name) => self.open(name)?,
                Event::End(name) => self.close(name),
                Event::Text(text) => self.append(text)?,
                Event::Char(c) => self.append(c.encode_utf8(&mut [0; 4]))?,
                Event::Eof => return Ok(()),
            }
        }
    }

    fn open(&mut self, name: &str) -> Result<(), Fault> {
        // `Racine` is open too.
        if self.blocks.len() + 2 > MAX_DEPTH {
            return Err(Fault::TooDeep);
        }
        let block = self.blocks.last().copied().unwrap_or(Block::Outside).child(name);
        self.blocks.push(block);
        self.text.clear();
        self.length = 0;
        self.draft.open(block);
        Ok(())
    }

    fn close(&mut self, name: &str) {
        match self.blocks.pop() {
            Some(Block::Leaf) => {
                let parent = self.blocks.last().copied().unwrap_or(Block::Outside);
                let text = self.text.trim();
                if text.bytes().any(|b| b.is_ascii_control()) {
                    self.draft.leaf(parent, name, value::without_controls(text).trim());
                } else {
                    self.draft.leaf(parent, name, text);
                }
            }
            Some(block) => self.draft.close(block),
            None => {}
        }
        self.text.clear();
        self.length = 0;
    }

    fn append(&mut self, text: &str) -> Result<(), Fault> {
        self.length += text.len();
        if self.length > MAX_TEXT {
            return Err(Fault::TextTooLong);
        }
        match self.blocks.last() {
            Some(Block::Leaf) => self.text.push_str(text),
            // Text around blocks is blank, or a sign that a tag lost its brackets.
            Some(Block::Skip) => {}
            _ if text.trim().is_empty() => {}
            _ => return Err(Fault::Malformed),
        }
        Ok(())
    }
}
