//! Text messages: the alphabet that every telephone reads (GSM 03.38), and how many parts a text takes.

use crate::people::name::normalise;

/// Most characters of a text that goes in one part.
pub const ONE_PART: usize = 160;
/// Characters of each part when there are several: seven go to put them together again.
const OF_SEVERAL: usize = 153;

/// The basic alphabet beyond the letters, figures and signs of ASCII.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà";
/// Characters that take two places.
const TWICE: &str = "^{}\\[~]|€";

/// The same words in the alphabet of text messages: `ê` becomes `e`, `’` an apostrophe, what has no likeness a question mark.
pub fn plain(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        match c {
            '’' | '‘' | '`' | '´' => out.push('\''),
            '«' | '»' | '“' | '”' => out.push('"'),
            '–' | '—' | '−' | '‑' => out.push('-'),
            '…' => out.push_str("..."),
            'œ' => out.push_str("oe"),
            'Œ' => out.push_str("OE"),
            '\u{a0}' | '\u{202f}' | '\t' => out.push(' '),
            'ç' => out.push('c'),
            c if is_read(c) => out.push(c),
            c => out.push_str(&bare(c)),
        }
        out
    })
}

/// A letter without its accent.
fn bare(c: char) -> String {
    let bare: String =
        normalise(c.encode_utf8(&mut [0; 4])).chars().filter(char::is_ascii_alphanumeric).collect();
    match bare.as_str() {
        "" => "?".to_owned(),
        _ if c.is_uppercase() => bare.to_uppercase(),
        _ => bare,
    }
}

/// How many places a text takes.
pub fn length(text: &str) -> usize {
    text.chars().map(|c| if TWICE.contains(c) { 2 } else { 1 }).sum()
}

/// How many parts a text takes, each of which is paid for.
pub fn parts(text: &str) -> usize {
    match length(text) {
        long if long > ONE_PART => long.div_ceil(OF_SEVERAL),
        _ => 1,
    }
}

fn is_read(c: char) -> bool {
    c.is_ascii_alphanumeric() || BASIC.contains(c) || TWICE.contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_telephone_reads_it() {
        assert_eq!(plain("Être à l’école : « œuf » …"), "Etre à l'école : \" oeuf \" ...");
        assert_eq!(plain("Łódź 漢 Zoë çà"), "Lodz ? Zoe cà");
        assert!(plain("ţčş êîôûë ’").chars().all(is_read));
    }

    #[test]
    fn parts_are_counted_as_they_are_paid() {
        assert_eq!((parts(""), parts(&"a".repeat(160)), parts(&"a".repeat(161))), (1, 1, 2));
        assert_eq!((parts(&"a".repeat(306)), parts(&"a".repeat(307))), (2, 3));
        assert_eq!((length("€"), parts(&"€".repeat(81))), (2, 2));
    }
}
