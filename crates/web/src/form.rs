//! Forms and queries: fields by name, nothing typed is lost.

use std::collections::HashMap;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::respond::Fail;
use crate::view::errors::Problem;

/// Most bytes of a form without a file.
pub const MOST_BYTES: usize = 256 * 1024;

/// The fields of a form, read by the door before the handler.
#[derive(Debug, Clone, Default)]
pub struct Form(HashMap<String, Vec<String>>);

impl Form {
    /// Reads `a=1&b=2`.
    pub fn parse(text: &str) -> Self {
        let mut fields: HashMap<String, Vec<String>> = HashMap::new();
        for pair in text.split('&').filter(|p| !p.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            fields.entry(decode(name)).or_default().push(decode(value));
        }
        Self(fields)
    }

    /// The first value of a field; empty when absent.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).and_then(|v| v.first()).map_or("", String::as_str)
    }

    /// Whether a field was sent, even empty.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The first value of a field, trimmed, when there is something in it.
    pub fn some(&self, name: &str) -> Option<&str> {
        Some(self.get(name).trim()).filter(|v| !v.is_empty())
    }

    /// Every value of a field.
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// Every field with every value, in the order of their names, but these.
    pub fn without(&self, dropped: &[&str]) -> Vec<(String, String)> {
        let mut kept: Vec<(String, String)> = self
            .0
            .iter()
            .filter(|(name, _)| !dropped.contains(&name.as_str()))
            .flat_map(|(name, values)| values.iter().map(move |value| (name.clone(), value.clone())))
            .collect();
        // Stable: the values of one field keep their order.
        kept.sort_by(|a, b| a.0.cmp(&b.0));
        kept
    }

    /// The fields without empty values, in the order of their names, as the query of an address.
    pub fn query_without(&self, dropped: &[&str]) -> String {
        let mut kept: Vec<(&String, &String)> = self
            .0
            .iter()
            .filter(|(name, _)| !dropped.contains(&name.as_str()))
            .flat_map(|(name, values)| values.iter().map(move |v| (name, v)))
            .filter(|(_, v)| !v.is_empty())
            .collect();
        kept.sort();
        let parts: Vec<String> =
            kept.into_iter().map(|(n, v)| format!("{}={}", encode(n), encode(v))).collect();
        parts.join("&")
    }
}

impl<S: Sync> FromRequestParts<S> for Form {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fail> {
        parts.extensions.get::<Self>().cloned().ok_or(Fail::Problem(Problem::FormExpired))
    }
}

/// The query of the address.
#[derive(Debug, Clone, Default)]
pub struct Query(pub Form);

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(Form::parse(parts.uri.query().unwrap_or_default())))
    }
}

/// Decodes `%41` and `+`; what is not UTF-8 is replaced.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(b) = rest.next() {
        match b {
            b'+' => bytes.push(b' '),
            b'%' => {
                let mut ahead = rest.clone();
                let pair = ahead.next().zip(ahead.next()).and_then(|(a, b)| {
                    u8::try_from(char::from(a).to_digit(16)? * 16 + char::from(b).to_digit(16)?).ok()
                });
                match pair {
                    Some(value) => {
                        bytes.push(value);
                        rest = ahead;
                    }
                    None => bytes.push(b'%'),
                }
            }
            b => bytes.push(b),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Encodes a value of a query.
pub fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::with_capacity(text.len()), |mut out, b| {
        if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_decoded_and_bad_escapes_are_kept() {
        let form = Form::parse("a=L%C3%A9a+B&b=100%&b=%zz&c");
        assert_eq!(form.get("a"), "Léa B");
        assert_eq!(form.all("b"), ["100%", "%zz"]);
        assert_eq!((form.get("c"), form.get("d")), ("", ""));
    }

    #[test]
    fn a_query_comes_back_in_order_without_what_is_dropped() {
        let form = Form::parse("z=1&tri=nom&a=&apres=x&m=%26");
        assert_eq!(form.query_without(&["apres"]), "m=%26&tri=nom&z=1");
    }
}
