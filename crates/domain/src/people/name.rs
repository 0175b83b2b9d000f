//! Names as they are compared and searched: no case, no accent, no punctuation.

/// Lower case, without accents or ligatures; anything but letters and digits becomes one space.
pub fn normalise(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut gap = false;
    for c in name.chars().flat_map(char::to_lowercase) {
        let plain: &str = match c {
            'à' | 'â' | 'ä' | 'á' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => "a",
            'ç' | 'ć' | 'č' => "c",
            'ď' | 'đ' => "d",
            'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
            'ğ' | 'ģ' => "g",
            'î' | 'ï' | 'í' | 'ì' | 'ī' | 'ı' => "i",
            'ł' | 'ľ' => "l",
            'ñ' | 'ń' | 'ň' => "n",
            'ô' | 'ö' | 'ó' | 'ò' | 'õ' | 'ø' | 'ő' => "o",
            'ř' => "r",
            'ś' | 'š' | 'ş' | 'ș' => "s",
            'ß' => "ss",
            'ť' | 'ţ' | 'ț' => "t",
            'ù' | 'û' | 'ü' | 'ú' | 'ū' | 'ů' | 'ű' => "u",
            'ý' | 'ÿ' => "y",
            'ź' | 'ż' | 'ž' => "z",
            'œ' => "oe",
            'æ' => "ae",
            c if c.is_alphanumeric() => {
                if gap && !out.is_empty() {
                    out.push(' ');
                }
                gap = false;
                out.push(c);
                continue;
            }
            // A combining accent belongs to the letter before it.
            '\u{300}'..='\u{36f}' => continue,
            _ => {
                gap = true;
                continue;
            }
        };
        if gap && !out.is_empty() {
            out.push(' ');
        }
        gap = false;
        out.push_str(plain);
    }
    out
}

/// Names as people write them: the payer sends capitals without accents, a screen shows « Jean-Pierre Le Goff ».
pub fn display(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut start = true;
    for c in name.trim().chars() {
        if start {
            out.extend(c.to_uppercase());
        } else {
            out.extend(c.to_lowercase());
        }
        start = matches!(c, ' ' | '-' | '\'' | '’');
    }
    out
}

/// A key that tolerates spelling: consonants' sound in French, without doubled letters and silent endings.
///
/// « Lamothe », « LAMOTTE » and « Lamote » share one key. Used to find candidates; the similarity then ranks them.
pub fn sound_key(name: &str) -> String {
    let mut text = normalise(name).replace(' ', "");
    for (from, to) in [
        ("eaux", "o"),
        ("eau", "o"),
        ("aux", "o"),
        ("au", "o"),
        ("ph", "f"),
        ("th", "t"),
        ("ch", "S"),
        ("sch", "S"),
        ("qu", "k"),
        ("ck", "k"),
        ("gu", "g"),
        ("y", "i"),
        ("ai", "e"),
        ("ei", "e"),
        ("h", ""),
    ] {
        text = text.replace(from, to);
    }
    let mut key = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut last = '\0';
    while let Some(c) = chars.next() {
        let soft = matches!(chars.peek(), Some('e' | 'i'));
        let sound = match c {
            'c' if soft => 's',
            'c' | 'q' => 'k',
            'g' if soft => 'j',
            'z' => 's',
            'w' => 'v',
            other => other,
        };
        if sound != last {
            key.push(sound);
        }
        last = sound;
    }
    while key.len() > 2 && key.ends_with(['e', 's', 't', 'd', 'x']) {
        key.pop();
    }
    key
}

/// Jaro–Winkler similarity of two names once normalised, between 0 and 1; 0 when either is empty.
pub fn similarity(a: &str, b: &str) -> f64 {
    let (a, b) = (normalise(a), normalise(b));
    if a.is_empty() || b.is_empty() { 0.0 } else { strsim::jaro_winkler(&a, &b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_ligatures_and_punctuation_do_not_matter() {
        assert_eq!(normalise(" Wœrlein-D’ÉTAIN "), "woerlein d etain");
        assert_eq!(normalise("e\u{301}te\u{301}"), "ete");
    }

    #[test]
    fn capitals_of_the_payer_become_names() {
        assert_eq!(display("JEAN-PIERRE"), "Jean-Pierre");
        assert_eq!(display("LE GOFF D'ARC"), "Le Goff D'Arc");
    }

    #[test]
    fn names_that_sound_alike_share_a_key() {
        for (a, b) in
            [("Lamothe", "LAMOTTE"), ("Thibault", "Tibo"), ("Philippe", "Filip"), ("Leclerc", "Leclair")]
        {
            let (ka, kb) = (sound_key(a), sound_key(b));
            assert!(ka.starts_with(&kb) || kb.starts_with(&ka), "{a} {ka} / {b} {kb}");
        }
    }

    #[test]
    fn an_empty_name_is_like_no_other() {
        assert!(similarity("", "").abs() < f64::EPSILON);
        assert!(similarity("Barrancourt", "Barancourt") > 0.95);
    }
}
