//! Every text on screen: Fluent files `i18n/<language>/<room>.ftl`, French first, English for the public pages.
//!
//! ```
//! use web::i18n::{Lang, text};
//! assert_eq!(text(Lang::Fr, "shell-skip").to_string(), "Aller au contenu");
//! ```
//! Whoever writes a text uses ordinary spaces and straight apostrophes: [`typography`] puts the narrow no-break spaces
//! of French print when the files are read. A text without arguments is found in a table; the others are formatted.
//! A key that does not exist shows itself between ⟦ ⟧, and a test of `view` finds it first.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;

use crate::format;

/// A language of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// French, the language of every page.
    #[default]
    Fr,
    /// English, on public pages; what it lacks is said in French.
    En,
}

impl Lang {
    /// `fr` or `en`, as the attribute `lang` takes it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// Reads [`Lang::code`]; anything else is French.
    pub fn parse(code: &str) -> Self {
        if code.eq_ignore_ascii_case("en") { Self::En } else { Self::Fr }
    }
}

/// A text to be shown; give it its arguments, then print it.
#[derive(Debug)]
pub struct Text<'a> {
    lang: Lang,
    key: &'a str,
    args: Vec<(&'static str, FluentValue<'static>)>,
}

/// The text of a key.
pub fn text(lang: Lang, key: &str) -> Text<'_> {
    Text { lang, key, args: Vec::new() }
}

impl Text<'_> {
    /// A count: it chooses the plural and is shown in groups of three digits.
    #[must_use]
    pub fn n(mut self, name: &'static str, count: impl Count) -> Self {
        self.args.push((name, FluentValue::from(count.count())));
        self
    }

    /// A word put in the sentence as it is.
    #[must_use]
    pub fn s(mut self, name: &'static str, word: impl fmt::Display) -> Self {
        self.args.push((name, FluentValue::String(Cow::Owned(word.to_string()))));
        self
    }
}

/// What can be counted in a sentence; templates hand over references as well as values.
pub trait Count {
    /// The count.
    fn count(&self) -> i64;
}

macro_rules! countable {
    ($($number:ty),*) => {
        $(impl Count for $number {
            fn count(&self) -> i64 {
                i64::try_from(*self).unwrap_or(i64::MAX)
            }
        })*
    };
}
countable!(i32, i64, u8, u32, u64, usize);

impl<T: Count> Count for &T {
    fn count(&self) -> i64 {
        (**self).count()
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let chosen = if self.lang == Lang::En && ENGLISH.has(self.key) { &*ENGLISH } else { &*FRENCH };
        chosen.write(self, f)
    }
}

struct Catalogue {
    plain: HashMap<String, String>,
    bundle: FluentBundle<FluentResource>,
}

static FRENCH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::read(Lang::Fr));
static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::read(Lang::En));

#[derive(RustEmbed)]
#[folder = "i18n/"]
struct Files;

impl Catalogue {
    fn read(lang: Lang) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![lang.code().parse().unwrap_or_default()]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| match value {
            FluentValue::Number(number) => number.as_string().parse().ok().map(format::number),
            _ => None,
        }));
        let mut plain = HashMap::new();
        for (_, source) in sources(lang) {
            // A message that cannot be read is left out; the tests below read the errors.
            let resource = FluentResource::try_new(source.clone()).unwrap_or_else(|(read, _)| read);
            let _ = bundle.add_resource(resource);
            plain.extend(keys(&source).map(|key| (key.to_owned(), String::new())));
        }
        plain.retain(|key, value| {
            let mut errors = Vec::new();
            let pattern = bundle.get_message(key).and_then(|message| message.value());
            let Some(pattern) = pattern else { return false };
            value.push_str(&bundle.format_pattern(pattern, None, &mut errors));
            errors.is_empty()
        });
        Self { plain, bundle }
    }

    fn has(&self, key: &str) -> bool {
        self.plain.contains_key(key) || self.bundle.has_message(key)
    }

    fn write(&self, text: &Text<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(plain) = self.plain.get(text.key) {
            return f.write_str(plain);
        }
        let Some(pattern) = self.bundle.get_message(text.key).and_then(|message| message.value()) else {
            return write!(f, "⟦{}⟧", text.key);
        };
        let args: FluentArgs<'_> = text.args.iter().map(|(name, value)| (*name, value.clone())).collect();
        f.write_str(&self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()))
    }
}

/// The files of a language with their typography done, by room.
fn sources(lang: Lang) -> Vec<(String, String)> {
    let mut files: Vec<_> = Files::iter().filter(|path| path.starts_with(lang.code())).collect();
    files.sort();
    files
        .into_iter()
        .filter_map(|path| Some((path.to_string(), Files::get(&path)?)))
        .map(|(path, file)| {
            let source = String::from_utf8_lossy(&file.data).into_owned();
            (path, if lang == Lang::Fr { typography(&source) } else { source.replace('\'', "’") })
        })
        .collect()
}

/// The identifiers of the messages of a file.
fn keys(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter_map(|line| {
        let (key, _) = line.split_once(" =")?;
        let first = key.chars().next()?;
        (first.is_ascii_alphabetic() && !key.contains(' ')).then_some(key)
    })
}

/// French print: narrow no-break space before `; ! ? %` and inside « », no-break space before a colon, ’ for '.
pub fn typography(text: &str) -> String {
    let pairs = [
        (" ;", "\u{202f};"),
        (" !", "\u{202f}!"),
        (" ?", "\u{202f}?"),
        (" %", "\u{202f}%"),
        ("« ", "«\u{202f}"),
        (" »", "\u{202f}»"),
        (" :", "\u{a0}:"),
        ("'", "’"),
    ];
    pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Every key of a language with the file it is in.
    pub(crate) fn all_keys(lang: Lang) -> Vec<(String, String)> {
        let files = sources(lang);
        files
            .iter()
            .flat_map(|(path, source)| keys(source).map(|key| (key.to_owned(), path.clone())))
            .collect()
    }

    #[test]
    fn every_file_is_read_without_an_error_and_no_key_is_there_twice() {
        for lang in [Lang::Fr, Lang::En] {
            let mut seen = HashMap::new();
            for (path, source) in sources(lang) {
                if let Err((_, errors)) = FluentResource::try_new(source.clone()) {
                    panic!("{path}: {errors:?}");
                }
                let room = path.rsplit('/').next().unwrap().trim_end_matches(".ftl").to_owned();
                for key in keys(&source) {
                    // `flash-…`: what a room says once it is done; only such keys may come back in a cookie.
                    let of_the_room = key.starts_with(&format!("{room}-")) || key.starts_with("flash-");
                    assert!(of_the_room, "{path}: {key} must start with {room}-");
                    if let Some(before) = seen.insert(key.to_owned(), path.clone()) {
                        panic!("{key} is in {before} and in {path}");
                    }
                }
            }
        }
    }

    #[test]
    fn english_says_nothing_that_french_does_not() {
        let french: Vec<_> = all_keys(Lang::Fr).into_iter().map(|(key, _)| key).collect();
        for (key, path) in all_keys(Lang::En) {
            assert!(french.contains(&key), "{path}: {key}");
        }
    }

    #[test]
    fn french_print_is_kept() {
        assert_eq!(
            typography("Qui ? « moi » : l'un ; 5 %"),
            "Qui\u{202f}? «\u{202f}moi\u{202f}»\u{a0}: l’un\u{202f}; 5\u{202f}%"
        );
        for (path, source) in sources(Lang::Fr) {
            for line in source.lines().filter(|line| !line.starts_with('#')) {
                assert!(
                    !line.contains(" ?") && !line.contains("« ") && !line.contains('\''),
                    "{path}: {line}"
                );
            }
        }
    }

    #[test]
    fn counts_choose_the_plural_and_are_grouped_without_marks() {
        let of = |n: i64| text(Lang::Fr, "shell-people").n("n", n).to_string();
        assert_eq!(of(0), "0 personne");
        assert_eq!(of(1), "1 personne");
        assert_eq!(of(1370), "1\u{202f}370 personnes");
    }

    #[test]
    fn what_english_lacks_is_said_in_french_and_an_unknown_key_shows_itself() {
        assert_eq!(text(Lang::En, "shell-skip").to_string(), "Skip to content");
        assert_eq!(
            text(Lang::En, "intake-files-title").to_string(),
            text(Lang::Fr, "intake-files-title").to_string()
        );
        assert_eq!(text(Lang::Fr, "no-such-key").to_string(), "⟦no-such-key⟧");
        assert_eq!(Lang::parse("EN"), Lang::En);
        assert_eq!(Lang::parse("de"), Lang::Fr);
    }
}
