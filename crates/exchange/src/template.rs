//! Messages of the catalogue: front matter, sections by channel and language, and a subset of Mustache.
//!
//! `{{name}}`, `{{#name}}…{{/name}}` (when it is there), `{{^name}}…{{/name}}` (when it is not), `{{> partial}}`. A value
//! that is missing is told by its name: a letter never has an empty place. What comes from a value is never read as
//! markup.

mod prose;

use std::collections::BTreeMap;

use serde::Deserialize;

pub use prose::{blocks, text};

/// How deep partials may call one another.
const DEEPEST: u8 = 4;

/// Why a message cannot be read or filled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// No `+++` at the top, or what it holds cannot be read.
    #[error("L’en-tête du modèle, entre deux lignes « +++ », ne peut pas être lu : {0}.")]
    Head(String),
    /// No such section.
    #[error("Le modèle n’a pas de partie « {0} ».")]
    Section(String),
    /// Opened and not closed, or the other way round.
    #[error("« {0} » est ouvert sans être fermé, ou fermé sans être ouvert.")]
    Unbalanced(String),
    /// `{{` without `}}`.
    #[error("Une accolade double n’est pas fermée.")]
    Unclosed,
    /// Nothing is known under this name.
    #[error("« {0} » n’a pas de valeur.")]
    Missing(String),
    /// No such partial, or partials that call one another without end.
    #[error("« {0} » n’est pas un texte partagé que l’on peut insérer.")]
    Partial(String),
}

/// What is written at the top of a message.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Head {
    /// `orientation-decision`.
    pub code: String,
    /// What it is, in French.
    pub title_fr: String,
    /// The channels by which it goes, in the order in which they are tried: `email`, `sms`, `letter`.
    pub channels: Vec<String>,
    /// When it is sent, in French.
    #[serde(default)]
    pub sent_fr: String,
    /// `rapo`, `ordinary` or `none`.
    pub recourse: String,
    /// From 1; a change of the text is a new version.
    pub version: u32,
}

/// A message of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its front matter.
    pub head: Head,
    sections: Vec<(String, String)>,
}

impl Message {
    /// Reads a message.
    ///
    /// # Errors
    /// [`TemplateError::Head`].
    pub fn read(text: &str) -> Result<Self, TemplateError> {
        let none = || TemplateError::Head("il manque".to_owned());
        let rest = text.strip_prefix("+++\n").ok_or_else(none)?;
        let (head, body) = rest.split_once("\n+++\n").ok_or_else(none)?;
        let head = toml::from_str(head).map_err(|why| TemplateError::Head(why.message().to_owned()))?;
        Ok(Self { head, sections: sections(body) })
    }

    /// The template of a section: `letter.fr`.
    ///
    /// # Errors
    /// [`TemplateError::Section`], and those of [`Template::read`].
    pub fn section(&self, name: &str) -> Result<Template, TemplateError> {
        named(&self.sections, name)
    }

    /// The names of the sections, in the order of the file.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.sections.iter().map(|(name, _)| name.as_str())
    }
}

/// The template of a section of a file without front matter: `rapo.fr` of the ways of recourse.
///
/// # Errors
/// As [`Message::section`].
pub fn section_of(text: &str, name: &str) -> Result<Template, TemplateError> {
    named(&sections(text), name)
}

fn named(sections: &[(String, String)], name: &str) -> Result<Template, TemplateError> {
    let found = sections.iter().find(|(known, _)| known == name);
    Template::read(&found.ok_or_else(|| TemplateError::Section(name.to_owned()))?.1)
}

/// What follows each `## name`, without the blank lines around it.
fn sections(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            found.push((name.trim().to_owned(), String::new()));
        } else if let Some((_, body)) = found.last_mut() {
            body.push_str(line);
            body.push('\n');
        }
    }
    for (_, body) in &mut found {
        *body = body.trim().to_owned();
    }
    found
}

/// A value of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Words; there when they are not empty.
    Text(String),
    /// There, or not; never written.
    Flag(bool),
    /// Another template, already filled.
    Filled(Vec<Piece>),
}

impl Value {
    fn is_there(&self) -> bool {
        match self {
            Self::Text(text) => !text.is_empty(),
            Self::Flag(on) => *on,
            Self::Filled(pieces) => !pieces.is_empty(),
        }
    }
}

/// The values of a template, by name. A name that may have no value is there with an empty text.
pub type Values = BTreeMap<&'static str, Value>;

/// A part of a filled template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words of the template, where `**` and line breaks mean something.
    Words(String),
    /// Words of a value, where nothing does but line breaks.
    Value(String),
    /// Another template, set apart.
    Framed(Vec<Piece>),
}

/// A template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(Vec<Node>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    Words(String),
    Value(String),
    Part { name: String, when: bool, inner: Vec<Node> },
    Partial(String),
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// [`TemplateError::Unbalanced`], [`TemplateError::Unclosed`].
    pub fn read(text: &str) -> Result<Self, TemplateError> {
        let mut open: Vec<(String, bool, Vec<Node>)> = Vec::new();
        let mut nodes = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            if !before.is_empty() {
                nodes.push(Node::Words(before.to_owned()));
            }
            let (tag, after) = after.split_once("}}").ok_or(TemplateError::Unclosed)?;
            rest = after;
            let name = |sign: &str| tag.strip_prefix(sign).map(|name| name.trim().to_owned());
            if let Some(name) = name("#") {
                open.push((name, true, std::mem::take(&mut nodes)));
            } else if let Some(name) = name("^") {
                open.push((name, false, std::mem::take(&mut nodes)));
            } else if let Some(name) = name("/") {
                let Some((opened, when, before)) = open.pop().filter(|(opened, ..)| *opened == name) else {
                    return Err(TemplateError::Unbalanced(name));
                };
                let inner = std::mem::replace(&mut nodes, before);
                nodes.push(Node::Part { name: opened, when, inner });
            } else if let Some(name) = name(">") {
                nodes.push(Node::Partial(name));
            } else {
                nodes.push(Node::Value(tag.trim().to_owned()));
            }
        }
        if let Some((name, ..)) = open.pop() {
            return Err(TemplateError::Unbalanced(name));
        }
        if !rest.is_empty() {
            nodes.push(Node::Words(rest.to_owned()));
        }
        Ok(Self(nodes))
    }

    /// Fills a template. `partial` gives a shared text by its name.
    ///
    /// # Errors
    /// [`TemplateError::Missing`], [`TemplateError::Partial`], and those of [`Template::read`] for a partial.
    pub fn fill(
        &self,
        values: &Values,
        partial: &dyn Fn(&str) -> Option<&'static str>,
    ) -> Result<Vec<Piece>, TemplateError> {
        let mut out = Vec::new();
        fill(&self.0, values, partial, &mut out, DEEPEST)?;
        Ok(out)
    }
}

fn fill(
    nodes: &[Node],
    values: &Values,
    partial: &dyn Fn(&str) -> Option<&'static str>,
    out: &mut Vec<Piece>,
    left: u8,
) -> Result<(), TemplateError> {
    let get = |name: &String| values.get(name.as_str()).ok_or_else(|| TemplateError::Missing(name.clone()));
    for node in nodes {
        match node {
            Node::Words(text) => out.push(Piece::Words(text.clone())),
            Node::Value(name) => match get(name)? {
                Value::Text(text) if !text.is_empty() => out.push(Piece::Value(text.clone())),
                Value::Filled(pieces) if !pieces.is_empty() => out.push(Piece::Framed(pieces.clone())),
                _ => return Err(TemplateError::Missing(name.clone())),
            },
            Node::Part { name, when, inner } => {
                if get(name)?.is_there() == *when {
                    fill(inner, values, partial, out, left)?;
                } else {
                    known(inner, values)?;
                }
            }
            Node::Partial(name) => {
                let none = || TemplateError::Partial(name.clone());
                let left = left.checked_sub(1).ok_or_else(none)?;
                let text = partial(name).ok_or_else(none)?;
                fill(&Template::read(text.trim())?.0, values, partial, out, left)?;
            }
        }
    }
    Ok(())
}

/// A part that is not said this time must not fail the next one.
fn known(nodes: &[Node], values: &Values) -> Result<(), TemplateError> {
    for node in nodes {
        match node {
            Node::Value(name) | Node::Part { name, .. } if !values.contains_key(name.as_str()) => {
                return Err(TemplateError::Missing(name.clone()));
            }
            Node::Words(_) | Node::Partial(_) | Node::Value(_) => {}
            Node::Part { inner, .. } => known(inner, values)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
