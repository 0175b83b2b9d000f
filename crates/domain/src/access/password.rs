//! Which passwords may be chosen: CNIL, délibération 2022-100 du 21 juillet 2022, « mot de passe seul », 80 bits.
//!
//! Its three examples are the three ways of [`check`]: 12 characters of four kinds, 14 of three kinds, or a sentence of
//! seven words. Never one of the usual ones, nor one that holds the name, the e-mail or the département. No renewal is
//! ever forced, as the same text recommends.

use std::collections::BTreeSet;

use crate::people::name::normalise;

/// Fewest characters with the four kinds: small letters, capitals, digits, other signs.
const SHORTEST_OF_FOUR_KINDS: usize = 12;
/// Fewest characters with three kinds.
const SHORTEST_OF_THREE_KINDS: usize = 14;
/// Fewest words of a sentence.
const FEWEST_WORDS: usize = 7;
/// Fewest different words of a sentence.
const FEWEST_DIFFERENT_WORDS: usize = 5;
/// Fewest letters of a sentence: seven words of one letter are no sentence.
const FEWEST_LETTERS: usize = 20;
/// Most bytes; more would only serve to tire the machine.
pub const LONGEST_BYTES: usize = 512;
/// Fewest different characters.
const FEWEST_DIFFERENT: usize = 5;
/// Shortest part of a name or an e-mail that may not be in the password.
const SHORTEST_NAME: usize = 4;

/// What people choose first, in French offices and elsewhere; small letters and digits only, one a line.
const COMMON: &str = include_str!("common_passwords.txt");

/// Signs that stand for letters.
const DISGUISES: [(char, char); 9] = [
    ('@', 'a'),
    ('4', 'a'),
    ('3', 'e'),
    ('€', 'e'),
    ('1', 'i'),
    ('!', 'i'),
    ('0', 'o'),
    ('$', 's'),
    ('5', 's'),
];

/// For whom a password is chosen.
#[derive(Debug, Clone, Copy)]
pub struct Holder<'a> {
    /// Their e-mail.
    pub email: &'a str,
    /// First and last name.
    pub name: &'a str,
    /// The name of their département.
    pub department: &'a str,
}

/// Why a password is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// None of the three ways.
    #[error(
        "Ce mot de passe est trop facile à deviner par une machine. Choisissez : 12 caractères avec minuscules, majuscules, chiffres et signes ; ou 14 avec trois de ces sortes ; ou une phrase de 7 mots."
    )]
    Weak,
    /// More than 512 bytes.
    #[error("Le mot de passe est trop long : 512 caractères au plus.")]
    TooLong,
    /// One that attackers try first.
    #[error("Ce mot de passe est trop courant. Choisissez une phrase que vous seul pouvez imaginer.")]
    Common,
    /// Holds the name, the e-mail or the département.
    #[error(
        "Le mot de passe ne doit contenir ni votre nom, ni votre adresse électronique, ni le nom du département."
    )]
    Personal,
}

/// Whether `password` may be chosen by this person.
///
/// # Errors
/// The first fault found.
pub fn check(password: &str, holder: Holder<'_>) -> Result<(), PasswordFault> {
    if password.len() > LONGEST_BYTES {
        return Err(PasswordFault::TooLong);
    }
    if is_common(password) {
        return Err(PasswordFault::Common);
    }
    if !is_strong(password) {
        return Err(PasswordFault::Weak);
    }
    if is_personal(password, holder) { Err(PasswordFault::Personal) } else { Ok(()) }
}

fn is_strong(password: &str) -> bool {
    let length = password.chars().count();
    let kinds = kinds(password);
    length >= SHORTEST_OF_FOUR_KINDS && kinds == 4
        || length >= SHORTEST_OF_THREE_KINDS && kinds >= 3
        || is_sentence(password)
}

/// How many of the four kinds of characters are in it; a letter without capitals counts as small, a blank as a sign.
fn kinds(password: &str) -> usize {
    let kind = |c: char| match c {
        c if c.is_uppercase() => 0,
        c if c.is_alphabetic() => 1,
        c if c.is_numeric() => 2,
        _ => 3,
    };
    password.chars().map(kind).collect::<BTreeSet<u8>>().len()
}

fn is_sentence(password: &str) -> bool {
    let words: Vec<String> = password
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let letters: usize = words.iter().map(|word| word.chars().count()).sum();
    let different: BTreeSet<&String> = words.iter().collect();
    words.len() >= FEWEST_WORDS && different.len() >= FEWEST_DIFFERENT_WORDS && letters >= FEWEST_LETTERS
}

/// Holds a part of the name, of the e-mail, or the département.
fn is_personal(password: &str, holder: Holder<'_>) -> bool {
    let plain = squeezed(password);
    let (local, host) = holder.email.split_once('@').unwrap_or((holder.email, ""));
    let words = local
        .split(['.', '-', '_', '+'])
        .chain(host.split('.').take(1))
        .chain(holder.name.split([' ', '-', '’', '\'']))
        .chain([holder.department]);
    let own = |word: &str| {
        let word = squeezed(word);
        word.chars().count() >= SHORTEST_NAME && plain.contains(&word)
    };
    words.into_iter().any(own)
}

/// A few characters again and again, or nothing but usual passwords one after the other, whatever the digits and signs
/// around them or in the place of letters.
fn is_common(password: &str) -> bool {
    let different: BTreeSet<char> = password.chars().collect();
    if different.len() < FEWEST_DIFFERENT {
        return true;
    }
    if is_sentence(password) {
        return false;
    }
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let plain = squeezed(password);
    // Signs and digits after the word are dress, those within it are disguise.
    let word = password.trim_end_matches(|c: char| !c.is_alphabetic());
    let shown: String = word
        .chars()
        .map(|c| DISGUISES.iter().find(|(sign, _)| *sign == c).map_or(c, |(_, letter)| *letter))
        .collect();
    let shown = squeezed(&shown);
    letters(&plain).is_empty()
        || [plain.as_str(), &letters(&plain), &shown, &letters(&shown)].into_iter().any(is_made_of_usual_ones)
}

/// Whether usual passwords, one after the other, make all of it.
fn is_made_of_usual_ones(text: &str) -> bool {
    let mut reached = vec![false; text.len() + 1];
    if let Some(start) = reached.first_mut() {
        *start = true;
    }
    for from in 0..text.len() {
        if !reached.get(from).copied().unwrap_or_default() {
            continue;
        }
        let Some(rest) = text.get(from..) else { continue };
        for word in COMMON.lines().filter(|word| !word.is_empty() && rest.starts_with(word)) {
            if let Some(end) = reached.get_mut(from + word.len()) {
                *end = true;
            }
        }
    }
    !text.is_empty() && reached.last().copied().unwrap_or_default()
}

/// Without accents, spaces, punctuation or capitals.
fn squeezed(text: &str) -> String {
    normalise(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const JEANNE: Holder<'_> =
        Holder { email: "jeanne.lemoine@conseil.example", name: "Jeanne Lemoine", department: "Loiret" };

    fn fault(password: &str) -> Option<PasswordFault> {
        check(password, JEANNE).err()
    }

    #[test]
    fn the_three_ways_of_the_cnil_are_accepted() {
        for good in [
            "kT9#vbPz!q2m",
            "Gribouille7tordu",
            "trois canards bleus nagent sur le canal",
            "péniche à l’ancre en août, sous la pluie",
        ] {
            assert_eq!(fault(good), None, "{good}");
        }
    }

    #[test]
    fn one_less_of_anything_is_too_weak() {
        for weak in [
            "kT9#vbPz!q2",
            "kt9#vbpz!q2m",
            "gribouille7tordu",
            "gravier mou",
            "trois canards sur le canal",
            "le le le le le le le canal",
            "a b c d e f g",
        ] {
            assert_eq!(fault(weak), Some(PasswordFault::Weak), "{weak}");
        }
        assert_eq!(fault(&"une phrase ".repeat(60)), Some(PasswordFault::TooLong));
    }

    #[test]
    fn the_usual_ones_are_refused_however_they_are_dressed() {
        for usual in [
            "MotDePasse2026!",
            "azertyuiop12",
            "123456789012",
            "Password1234!",
            "P@ssw0rd2026",
            "M0tdep@sse45!",
            "aaaaaaaaaaaa",
            "loulouloulou",
            "Administrateur45",
            "Département 2026",
            "Azerty-Motdepasse-45",
            "Soleil2026Soleil!",
        ] {
            assert_eq!(fault(usual), Some(PasswordFault::Common), "{usual}");
        }
    }

    #[test]
    fn the_name_the_address_and_the_departement_are_refused_whatever_their_accents() {
        for own in [
            "Lemoine et ses sept canards sur le canal",
            "LeLoiretEnCrue#27",
            "Jeanne-la-pie-vole-haut-7",
            "Conseil-tordu#8xyq",
        ] {
            assert_eq!(fault(own), Some(PasswordFault::Personal), "{own}");
        }
        let odile = Holder { email: "e@x.fr", name: "Odile Élève", department: "Ain" };
        assert!(check("les éléves du bourg vont à l’école", odile).is_err());
        assert_eq!(
            check("les canards du bourg vont à l’étang", odile),
            Ok(()),
            "« Ain » is too short to count"
        );
    }

    #[test]
    fn the_list_holds_plain_words_only_each_once() {
        let words: BTreeSet<&str> = COMMON.lines().collect();
        assert!(words.len() >= 600, "{}", words.len());
        assert_eq!(words.len(), COMMON.lines().count());
        for word in words {
            assert_eq!(word, squeezed(word), "{word}");
            assert!(word.chars().count() > 2, "{word}: shorter words would make any word");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_judged(password in ".{0,80}") {
            let _ = check(&password, JEANNE);
        }
    }
}
