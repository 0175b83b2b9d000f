//! Where does this dossier end? A quick look at the tags, good enough to hand one slice to the real parser.
//!
//! A sound dossier ends with its own end tag. A broken one ends where the next thing of the file begins: another
//! dossier, the trailer or `</Racine>`. Comments and CDATA are stepped over, unless they are never closed.

use std::io::Read;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::source::Source;
use super::token::{TagEnd, name_of, tag_end};
use super::{MAX_DOSSIER, Refusal};

/// The elements that are one dossier each: bénéficiaires, instruction, financier.
pub(super) const DOSSIERS: [&str; 3] = ["InfosFoyerRSA", "InfoDemandeRSA", "InfosFinancieresFoyerRSA"];

/// What follows the dossiers.
const TRAILERS: [&str; 2] = ["TransmissionFlux", "TotalisationAcompte"];

/// What lies inside a dossier: seen outside, it tells that a tag is missing.
const INSIDE: [&str; 10] = [
    "IdentificationRSA",
    "Personne",
    "DonneesAdministratives",
    "PrestationRSA",
    "Evenement",
    "Controle",
    "Anomalie",
    "FicheLiaison",
    "AcompteRSA",
    "DetailAcompteRSA",
];

/// Enough text to recognise any of these names.
const AHEAD: usize = 64;

/// One dossier at the beginning of the window.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// Its length in bytes.
    pub(super) length: usize,
    /// It ended without its own end tag, or something of it follows its end tag.
    pub(super) broken: bool,
}

/// Whether a dossier, or a piece of one, begins here; gives the name of its element.
pub(super) fn begins<R: Read>(source: &mut Source<R>) -> Result<Option<String>, Refusal> {
    source.want(AHEAD)?;
    let Some(inside) = source.rest().strip_prefix('<') else { return Ok(None) };
    let name = name_of(inside);
    let here = DOSSIERS.contains(&name) || INSIDE.contains(&name);
    Ok(here.then(|| name.to_owned()))
}

/// Finds the end of the dossier that begins here and keeps all of it in the window.
pub(super) fn span<R: Read>(source: &mut Source<R>, element: &str) -> Result<Span, Refusal> {
    let own_end = quick_end(source.rest(), element);
    let mut walk = Walk { element, at: own_end.unwrap_or(0), own_end };
    let mut ended = false;
    loop {
        match walk.on(source.rest(), ended) {
            Step::Done(span) => return Ok(span),
            Step::Cut => return Err(Refusal::Cut),
            Step::More if source.rest().len() > MAX_DOSSIER => {
                return Err(Refusal::DossierTooBig { line: source.line() });
            }
            Step::More => ended = !source.fill()?,
        }
    }
}

/// The end of a dossier that lies whole in the window and holds nothing that needs a closer look: nearly all of them.
fn quick_end(text: &str, element: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (_, close) = FINDERS.iter().find(|(name, _)| *name == element)?;
    let end = close.find(bytes)? + close.needle().len();
    let inside = bytes.get(1..end)?;
    let odd = ODD.iter().any(|finder| finder.find(inside).is_some());
    (!odd).then_some(end)
}

static FINDERS: LazyLock<Vec<(&'static str, Finder<'static>)>> = LazyLock::new(|| {
    DOSSIERS.iter().map(|name| (*name, Finder::new(&format!("</{name}>")).into_owned())).collect()
});

/// Comments and CDATA, other dossiers, the trailer, the end of the root.
static ODD: LazyLock<[Finder<'static>; 5]> = LazyLock::new(|| {
    ["<!", "<Info", "<Trans", "<Total", "</Racine"].map(|odd| Finder::new(odd).into_owned())
});

enum Step {
    Done(Span),
    /// More text is needed.
    More,
    /// The file ends inside the dossier.
    Cut,
}

struct Walk<'a> {
    element: &'a str,
    /// Everything before was looked at.
    at: usize,
    /// The end of the dossier's own end tag, once seen; what follows is then looked at.
    own_end: Option<usize>,
}

impl Walk<'_> {
    fn on(&mut self, text: &str, ended: bool) -> Step {
        if self.at == 0 && DOSSIERS.contains(&self.element) {
            match tag_end(text) {
                TagEnd::At(end) => {
                    self.at = end + 1;
                    if text.get(..end).is_some_and(|tag| tag.ends_with('/')) {
                        return Step::Done(Span { length: end + 1, broken: false });
                    }
                }
                TagEnd::Unknown if !ended => return Step::More,
                TagEnd::Broken | TagEnd::Unknown => self.at = 1,
            }
        }
        self.at = self.at.max(1);
        loop {
            let rest = text.get(self.at..).unwrap_or("");
            let next = memchr::memchr(b'<', rest.as_bytes());
            if let Some(end) = self.own_end {
                match self.after_end(rest, next, end, ended) {
                    Some(step) => return step,
                    None => continue,
                }
            }
            let Some(next) = next else {
                self.at = text.len();
                return if ended { Step::Cut } else { Step::More };
            };
            self.at += next;
            let tag = rest.get(next..).unwrap_or("");
            if tag.len() < AHEAD && !ended {
                return Step::More;
            }
            if let Some(step) = self.tag(tag, ended) {
                return step;
            }
        }
    }

    /// After the own end tag: the dossier is sound when blanks then a new thing follow.
    fn after_end(&mut self, rest: &str, next: Option<usize>, end: usize, ended: bool) -> Option<Step> {
        let sound = Some(Step::Done(Span { length: end, broken: false }));
        let blank = rest.get(..next.unwrap_or(rest.len())).is_some_and(|t| t.trim().is_empty());
        let tag = next.and_then(|n| rest.get(n..)).unwrap_or("");
        if blank && tag.len() < AHEAD && rest.len() < MAX_DOSSIER / 4 && !ended {
            return Some(Step::More);
        }
        let name = name_of(tag.trim_start_matches('<'));
        // A piece that begins with its identification is a dossier without its start tag: it is rejected by itself.
        let piece = INSIDE.contains(&name) && name != "IdentificationRSA";
        let stray_end = tag.starts_with("</") && name_of(tag.get(2..).unwrap_or("")) != "Racine";
        if blank && !piece && !stray_end {
            return sound;
        }
        self.own_end = None;
        self.element = "";
        None
    }

    /// Looks at one tag; none when the walk goes on after it.
    fn tag(&mut self, tag: &str, ended: bool) -> Option<Step> {
        let broken = Some(Step::Done(Span { length: self.at, broken: true }));
        let step = match tag.as_bytes().get(1) {
            Some(b'/') => {
                let name = name_of(tag.get(2..).unwrap_or(""));
                if name == "Racine" {
                    return broken;
                }
                if name == self.element {
                    return self.own_end_tag(tag, ended);
                }
                2
            }
            Some(b'!') => return self.aside(tag, ended),
            _ => {
                let name = name_of(tag.get(1..).unwrap_or(""));
                if DOSSIERS.contains(&name) || TRAILERS.contains(&name) {
                    return broken;
                }
                1
            }
        };
        self.at += step;
        None
    }

    fn own_end_tag(&mut self, tag: &str, ended: bool) -> Option<Step> {
        match tag_end(tag) {
            TagEnd::At(end) => {
                self.at += end + 1;
                self.own_end = Some(self.at);
                None
            }
            TagEnd::Unknown if !ended => Some(Step::More),
            TagEnd::Unknown => Some(Step::Cut),
            TagEnd::Broken => {
                self.at += 2;
                None
            }
        }
    }

    /// A comment, a CDATA section or a declaration.
    fn aside(&mut self, tag: &str, ended: bool) -> Option<Step> {
        let (open, close) = match tag {
            t if t.starts_with("<!--") => ("<!--", "-->"),
            t if t.starts_with("<![CDATA[") => ("<![CDATA[", "]]>"),
            _ => {
                self.at += 2;
                return None;
            }
        };
        let inside = tag.get(open.len()..).unwrap_or("").as_bytes();
        let end = memchr::memmem::find(inside, close.as_bytes());
        let again = memchr::memmem::find(inside, open.as_bytes());
        match (end, again) {
            (Some(end), again) if again.is_none_or(|a| a > end) => self.at += open.len() + end + close.len(),
            (None, None) if !ended && inside.len() < MAX_DOSSIER => return Some(Step::More),
            // Never closed: its opening is the fault, not all that follows.
            _ => self.at += open.len(),
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Result<(String, bool), Refusal> {
        let mut source = Source::open(text.as_bytes())?;
        let element = begins(&mut source)?.unwrap_or_default();
        let span = span(&mut source, &element)?;
        Ok((source.rest()[..span.length].to_owned(), span.broken))
    }

    #[test]
    fn a_dossier_ends_with_its_own_end_tag() {
        let dossier = "<InfosFoyerRSA a='>'><NOM>A</NOM></InfosFoyerRSA >";
        for after in [
            "</Racine>",
            " <InfosFoyerRSA>",
            "<TransmissionFlux>",
            "\n<!-- x -->",
            "<?x?>",
            "<IdentificationRSA>",
        ] {
            assert_eq!(first(&format!("{dossier}{after}")).unwrap(), (dossier.to_owned(), false), "{after}");
        }
    }

    #[test]
    fn an_end_tag_in_a_comment_or_a_cdata_section_does_not_count() {
        let dossier = "<InfosFoyerRSA><!-- </InfosFoyerRSA> --><![CDATA[</InfosFoyerRSA>]]></InfosFoyerRSA>";
        assert_eq!(first(&format!("{dossier}</Racine>")).unwrap(), (dossier.to_owned(), false));
    }

    #[test]
    fn a_broken_dossier_ends_where_the_next_thing_begins() {
        for broken in [
            "<InfosFoyerRSA><NOM>",
            "<InfosFoyerRSA <NOM>",
            "<InfosFoyerRSA><!-- <NOM/>",
            "<InfosFoyerRSA></InfosFoyerRSA></InfosFoyerRSA>",
            "<InfosFoyerRSA></InfosFoyerRSA><Personne></Personne></InfosFoyerRSA>",
            "<InfosFoyerRSA></InfosFoyerRSA>text",
            "<IdentificationRSA></IdentificationRSA></InfosFoyerRSA>",
        ] {
            for after in ["<InfosFoyerRSA>", "<TransmissionFlux>", "</Racine>"] {
                assert_eq!(
                    first(&format!("{broken}{after}")).unwrap(),
                    (broken.to_owned(), true),
                    "{broken}{after}"
                );
            }
        }
    }

    #[test]
    fn a_self_closed_dossier_is_one() {
        assert_eq!(
            first("<InfosFoyerRSA x='1'/></Racine>").unwrap(),
            ("<InfosFoyerRSA x='1'/>".to_owned(), false)
        );
    }

    #[test]
    fn a_cut_dossier_has_no_end() {
        assert!(matches!(first("<InfosFoyerRSA><NOM>A</NOM>"), Err(Refusal::Cut)));
        assert!(matches!(first("<InfosFoyerRSA></InfosFoyerRSA"), Err(Refusal::Cut)));
    }
}
