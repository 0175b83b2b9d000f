//! The token of a link by which a person books without an account: short enough for a text message, and for a letter from
//! which somebody types it.

/// The letters of a token: no 0 or 1, no l or o, which are mistaken for one another.
pub const ALPHABET: &[u8; 32] = b"23456789abcdefghijkmnpqrstuvwxyz";

/// Characters of a token: 55 bits.
pub const LENGTH: usize = 11;

/// A token from random bytes; each byte gives five of its bits.
pub fn token(random: [u8; LENGTH]) -> String {
    let letter = |byte: &u8| ALPHABET.get(usize::from(byte & 31)).copied().map_or('2', char::from);
    random.iter().map(letter).collect()
}

/// A token as it was made, from what somebody typed: capitals, spaces and hyphens do not matter, nor does an `l` or a `1` read
/// for an `i`. `None` for what cannot be a token.
pub fn read(typed: &str) -> Option<String> {
    let kept = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').take(LENGTH + 1);
    let letter = |c: char| match c.to_ascii_lowercase() {
        'l' | '1' => 'i',
        other => other,
    };
    let token: String = kept.map(letter).collect();
    let known = token.bytes().all(|byte| ALPHABET.contains(&byte));
    (known && token.len() == LENGTH).then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_it_was_made_however_it_is_typed() {
        let made = token([0, 1, 2, 3, 250, 5, 6, 7, 8, 255, 16]);
        assert_eq!((made.len(), read(&made)), (LENGTH, Some(made.clone())));
        let spaced = format!(" {}-{} ", &made[..4].to_uppercase(), &made[4..]);
        assert_eq!(read(&spaced), Some(made));
        assert_eq!(read("L1i23456789").as_deref(), Some("iii23456789"));
        for wrong in ["", "23456", "234567890ab", "k7m2p9qa4xy2", "k7m2p9qa4x/", "k7m2p9qa4xé"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_letters_are_thirty_two_and_differ() {
        let different: std::collections::BTreeSet<_> = ALPHABET.iter().collect();
        assert_eq!(different.len(), 32);
    }
}
