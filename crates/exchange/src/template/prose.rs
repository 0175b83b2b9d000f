//! From a filled template to paragraphs, lists and bold words.

use domain::prose::{Block, Line, Run, words};

use super::Piece;

/// The paragraphs of a filled template: a blank line of the template parts them, `1. ` and `- ` begin the items of a list,
/// `**` makes bold and `*` soft. A value is taken as it is; each of its lines is a line.
pub fn blocks(pieces: &[Piece]) -> Vec<Block> {
    let mut setting = Setting::default();
    for piece in pieces {
        match piece {
            Piece::Words(text) => setting.words(text),
            Piece::Value(text) => setting.value(text),
            Piece::Framed(inner) => {
                setting.end_paragraph();
                setting.blocks.push(Block::Framed(blocks(inner)));
            }
        }
    }
    setting.end_paragraph();
    setting.blocks
}

/// The words of a filled template, for what has no bold and no pages: a blank line between paragraphs, `- ` before points.
pub fn text(pieces: &[Piece]) -> String {
    said(&blocks(pieces))
}

fn said(blocks: &[Block]) -> String {
    let lines = |lines: &[Line]| lines.iter().map(|line| words(line)).collect::<Vec<_>>();
    let said = blocks.iter().map(|block| match block {
        Block::Paragraph(all) => lines(all).join("\n"),
        Block::List { numbered, items } => {
            let mark = |rank: usize| if *numbered { format!("{}. ", rank + 1) } else { "- ".to_owned() };
            let items = lines(items).into_iter().enumerate();
            items.map(|(rank, line)| mark(rank) + &line).collect::<Vec<_>>().join("\n")
        }
        Block::Framed(inner) => self::said(inner),
    });
    said.collect::<Vec<_>>().join("\n\n")
}

/// What begins a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Mark {
    #[default]
    None,
    Number,
    Dash,
}

#[derive(Default)]
struct Setting {
    blocks: Vec<Block>,
    lines: Vec<(Mark, Line)>,
    line: Line,
    mark: Mark,
    strong: bool,
    soft: bool,
}

impl Setting {
    fn words(&mut self, text: &str) {
        for (rank, line) in text.split('\n').enumerate() {
            if rank > 0 {
                if self.line.is_empty() {
                    self.end_paragraph();
                }
                self.end_line();
            }
            let mut rest = line;
            if self.line.is_empty() {
                (self.mark, rest) = mark(line);
            }
            while let Some((before, after)) = rest.split_once('*') {
                self.run(before);
                if let Some(after) = after.strip_prefix('*') {
                    self.strong = !self.strong;
                    rest = after;
                } else {
                    self.soft = !self.soft;
                    rest = after;
                }
            }
            self.run(rest);
        }
    }

    fn value(&mut self, text: &str) {
        for (rank, line) in text.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
            if rank > 0 {
                self.end_line();
            }
            self.run(line);
        }
    }

    fn run(&mut self, text: &str) {
        if !text.is_empty() {
            self.line.push(Run { text: text.to_owned(), strong: self.strong, soft: self.soft });
        }
    }

    fn end_line(&mut self) {
        let (line, mark) = (std::mem::take(&mut self.line), std::mem::take(&mut self.mark));
        if !line.is_empty() {
            self.lines.push((mark, line));
        }
    }

    /// Lines of one kind that follow one another are one block.
    fn end_paragraph(&mut self) {
        self.end_line();
        let mut made: Vec<Block> = Vec::new();
        for (mark, line) in std::mem::take(&mut self.lines) {
            match (mark, made.last_mut()) {
                (Mark::Number, Some(Block::List { numbered: true, items }))
                | (Mark::Dash, Some(Block::List { numbered: false, items })) => items.push(line),
                (Mark::None, Some(Block::Paragraph(lines))) => lines.push(line),
                (Mark::None, _) => made.push(Block::Paragraph(vec![line])),
                _ => made.push(Block::List { numbered: mark == Mark::Number, items: vec![line] }),
            }
        }
        self.blocks.append(&mut made);
    }
}

/// « 1. », « - ».
fn mark(line: &str) -> (Mark, &str) {
    if let Some(rest) = line.strip_prefix("- ") {
        return (Mark::Dash, rest);
    }
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    match line.get(digits..).and_then(|rest| rest.strip_prefix(". ")) {
        Some(rest) if digits > 0 => (Mark::Number, rest),
        _ => (Mark::None, line),
    }
}
