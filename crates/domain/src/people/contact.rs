//! Phone numbers and e-mail addresses.

use std::fmt;

/// What a contact is: a way to reach somebody, or what they said of a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A phone number, E.164.
    Phone,
    /// An e-mail address.
    Email,
    /// A postal address in one line, as somebody typed it.
    Address,
    /// The language in which to speak: one of [`LANGUAGES`].
    Language,
    /// May one use this channel? `yes` or `no`.
    Consent(Channel),
}

/// A channel that somebody may allow or refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// A call.
    Call,
    /// A message left on an answering machine, that others may hear.
    Voicemail,
    /// A text message.
    Sms,
    /// An e-mail.
    Email,
}

impl Channel {
    /// Every channel, in the order of the screen.
    pub const ALL: [Self; 4] = [Self::Call, Self::Voicemail, Self::Sms, Self::Email];
}

/// What somebody answered for a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Consent {
    /// They agree.
    Yes,
    /// They refuse.
    No,
}

impl Consent {
    /// The word of the database and of forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
        }
    }

    /// Reads [`Consent::code`].
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Yes, Self::No].into_iter().find(|answer| answer.code() == code)
    }
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Phone,
        Self::Email,
        Self::Address,
        Self::Language,
        Self::Consent(Channel::Call),
        Self::Consent(Channel::Voicemail),
        Self::Consent(Channel::Sms),
        Self::Consent(Channel::Email),
    ];

    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Address => "address",
            Self::Language => "language",
            Self::Consent(Channel::Call) => "consent_call",
            Self::Consent(Channel::Voicemail) => "consent_voicemail",
            Self::Consent(Channel::Sms) => "consent_sms",
            Self::Consent(Channel::Email) => "consent_email",
        }
    }

    /// Reads [`Kind::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Languages that can be preferred (ISO 639), the most spoken by the people followed first; `fsl` is the French sign language.
pub const LANGUAGES: [&str; 22] = [
    "fr", "ar", "en", "es", "pt", "tr", "ru", "uk", "ro", "it", "de", "pl", "sq", "fa", "ps", "ta", "zh",
    "vi", "wo", "ff", "rom", "fsl",
];

/// A phone number in international form (`+33…`), French or overseas.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Phone(String);

impl Phone {
    /// Reads `06 12 34 56 78`, `612345678` (a spreadsheet that lost its zero), `+33 6…`, `0033…`; overseas codes too.
    pub fn parse(text: &str) -> Option<Self> {
        let kept: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        let digits = kept.trim_start_matches('+');
        let national = if let Some(rest) = kept.strip_prefix("+33").or_else(|| kept.strip_prefix("0033")) {
            rest.trim_start_matches('0').to_owned()
        } else if kept.starts_with('+') || kept.starts_with("00") {
            let digits = digits.trim_start_matches('0');
            let overseas = ["590", "594", "596", "262", "508"].iter().any(|code| digits.starts_with(code));
            return (overseas && (9..=12).contains(&digits.len())).then(|| Self(format!("+{digits}")));
        } else {
            digits.strip_prefix('0').unwrap_or(digits).to_owned()
        };
        (national.len() == 9 && !national.starts_with('0')).then(|| Self(format!("+33{national}")))
    }

    /// `+33612345678`.
    pub fn e164(&self) -> &str {
        &self.0
    }

    /// A line on which a text message can be received.
    pub fn is_mobile(&self) -> bool {
        self.0.starts_with("+336") || self.0.starts_with("+337")
    }
}

impl fmt::Display for Phone {
    /// « 06 12 34 56 78 ».
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(national) = self.0.strip_prefix("+33") else { return f.write_str(&self.0) };
        for (i, c) in format!("0{national}").chars().enumerate() {
            if i > 0 && i % 2 == 0 {
                f.write_str("\u{a0}")?;
            }
            write!(f, "{c}")?;
        }
        Ok(())
    }
}

/// An e-mail address in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// One `@`, something on both sides, a dot in the domain, no space or control character, at most 254 characters.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let (local, host) = text.split_once('@')?;
        let odd =
            |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | ',' | ';' | '@');
        let good = !local.is_empty()
            && text.len() <= 254
            && !text.chars().filter(|c| *c != '@').any(odd)
            && !host.contains('@')
            && host.split('.').count() > 1
            && host.split('.').all(|label| !label.is_empty());
        good.then_some(Self(text))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_from_its_word() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.code()), Some(kind));
        }
        assert_eq!((Kind::parse("fax"), Consent::parse("perhaps")), (None, None));
    }

    #[test]
    fn a_number_is_read_however_it_is_written() {
        for text in [
            "06 39 98 00 01",
            "0639980001",
            "639980001",
            "+33 6 39 98 00 01",
            "0033639980001",
            "06.39.98.00.01",
        ] {
            assert_eq!(Phone::parse(text).unwrap().e164(), "+33639980001", "{text}");
        }
        assert_eq!(
            Phone::parse("06 39 98 00 01").unwrap().to_string().replace('\u{a0}', " "),
            "06 39 98 00 01"
        );
        assert_eq!(Phone::parse("+590 690 00 00 00").unwrap().e164(), "+590690000000");
    }

    #[test]
    fn what_is_not_a_number_is_refused() {
        for text in ["", "X", "12", "0000000000", "+1 202 555 0100"] {
            assert_eq!(Phone::parse(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_are_checked_and_lowered() {
        assert_eq!(Email::parse(" Lea.Martin@Example.ORG ").unwrap().as_str(), "lea.martin@example.org");
        for text in ["", "x", "a@b", "a b@c.fr", "a@b@c.fr", "a@.fr", "a@b..fr"] {
            assert_eq!(Email::parse(text), None, "{text}");
        }
    }
}
