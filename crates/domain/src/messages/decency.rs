//! What must not be read over a shoulder: a subject and a text message show on a locked screen.

/// Words that no subject and no text message may hold, without accents and in lower case; a word that begins so is one.
const NEVER: [&str; 12] = [
    "rsa",
    "sanction",
    "suspension",
    "suspendu",
    "radi",
    "allocat",
    "allocation",
    "sante",
    "malad",
    "handicap",
    "health",
    "penalt",
];

/// The first word of `text` that a subject or a text message may not hold.
pub fn indecent(text: &str) -> Option<String> {
    let is_word = |c: char| c.is_alphanumeric();
    text.split(|c: char| !is_word(c)).find(|word| told(word)).map(str::to_owned)
}

fn told(word: &str) -> bool {
    let plain = crate::people::name::normalise(word).to_lowercase();
    // « radi » would accuse « radio »: what strikes somebody off is « radié », « radiation ».
    NEVER.iter().any(|never| match *never {
        "rsa" => plain == "rsa",
        "radi" => plain.starts_with("radie") || plain.starts_with("radiat"),
        other => plain.starts_with(other),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locked_screen_says_nothing_of_the_right_or_of_health() {
        for text in
            ["Votre RSA", "rdv r.s.a ? non, RSA", "Sanctions", "votre santé", "radiation", "health check"]
        {
            assert!(indecent(text).is_some(), "{text}");
        }
        for text in ["Rendez-vous à la radio", "Bersac", "Votre rendez-vous", "Choisissez un créneau", ""] {
            assert_eq!(indecent(text), None, "{text}");
        }
    }
}
