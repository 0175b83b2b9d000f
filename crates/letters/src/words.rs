//! Text as it is printed: French spaces, and only signs that the fonts can draw.

use unicode_normalization::UnicodeNormalization as _;

use crate::press::can_draw;

/// The space that no line breaks at.
const HARD: char = '\u{a0}';
/// Stands for a sign that cannot be drawn.
const UNDRAWN: char = '◊';

/// Spells texts, and remembers whether a sign had to be replaced: a PDF that is kept for long may not hold one that no
/// font draws, and what a person wrote may hold any.
#[derive(Debug, Default)]
pub(crate) struct Speller {
    replaced: bool,
}

impl Speller {
    /// What the reader is told when a sign was replaced.
    pub const NOTE: &str = "Le signe ◊ tient la place d’un caractère que ce document ne sait pas écrire ; il est exact dans le fichier de données.";

    /// The same, in a letter that goes alone.
    pub const NOTE_IN_MAIL: &str =
        "Le signe ◊ tient la place d’un caractère que cette lettre ne sait pas écrire.";

    /// Whether a sign was replaced.
    pub fn replaced(&self) -> bool {
        self.replaced
    }

    /// The text with its French spaces and apostrophes, on one line.
    pub fn french(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for sign in text.nfc() {
            self.add(&mut out, sign);
        }
        let spaced = spaced(out.trim());
        spaced.trim().to_owned()
    }

    fn add(&mut self, out: &mut String, sign: char) {
        match sign {
            '\'' => out.push('’'),
            '\u{202f}' => out.push(HARD),
            '\u{2010}' | '\u{2011}' => out.push('-'),
            _ if sign.is_whitespace() && sign != HARD => out.push(' '),
            _ if sign.is_control() || is_without_width(sign) => {}
            _ if can_draw(sign) => out.push(sign),
            _ => {
                // « ễ » is read as « e » rather than not at all.
                let base = std::iter::once(sign).nfd().next().filter(|base| *base != sign && can_draw(*base));
                self.replaced |= base.is_none();
                out.push(base.unwrap_or(UNDRAWN));
            }
        }
    }
}

/// Marks that say how to draw their neighbours, and draw nothing.
fn is_without_width(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// A hard space before `: ; ! ? »`, after `«`, and between a number and its unit.
fn spaced(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let at = |i: usize| signs.get(i).copied().unwrap_or(' ');
    let mut out = String::with_capacity(text.len());
    for (i, sign) in signs.iter().copied().enumerate() {
        if sign != ' ' {
            out.push(sign);
            continue;
        }
        let before = if i == 0 { ' ' } else { at(i - 1) };
        let after = signs.iter().skip(i).find(|next| **next != ' ').copied().unwrap_or(' ');
        if before == ' ' || before == HARD {
            continue;
        }
        let held = matches!(after, ':' | ';' | '!' | '?' | '»' | '€' | '%')
            || before == '«'
            || (before.is_ascii_digit() && after.is_ascii_digit());
        out.push(if held { HARD } else { ' ' });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_spaces_are_hard_and_never_doubled() {
        let french = |text: &str| Speller::default().french(text);
        assert_eq!(
            french("Est-ce vrai ?  « Oui »  : 607,75 €"),
            "Est-ce vrai\u{a0}? «\u{a0}Oui\u{a0}»\u{a0}: 607,75\u{a0}€"
        );
        assert_eq!(french(" l'été\t\n1 234 "), "l’été 1\u{a0}234");
        assert_eq!(french("déjà\u{202f}; là"), "déjà\u{a0}; là");
    }

    #[test]
    fn a_sign_that_no_font_draws_is_replaced_and_told() {
        let mut speller = Speller::default();
        assert_eq!(speller.french("Łukasz Ğülşen Œuvré e\u{301}té"), "Łukasz Ğülşen Œuvré été");
        assert_eq!(speller.french("Nguyễn"), "Nguyen");
        assert_eq!(speller.french("a\u{202e}b\u{200b}c\u{7}"), "abc");
        assert!(!speller.replaced());
        assert_eq!(speller.french("😀 محمد"), "◊ ◊◊◊◊");
        assert!(speller.replaced());
    }
}
