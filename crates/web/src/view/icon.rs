//! Small drawings beside words; never alone without a name.

use std::fmt;

use askama::filters::HtmlSafe;

/// A drawing of 24 × 24, hidden from screen readers: the word beside it speaks.
#[derive(Debug, Clone, Copy)]
pub struct Icon(&'static str);

impl HtmlSafe for Icon {}

impl fmt::Display for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(r#"<svg class="dc-ic" viewBox="0 0 24 24" aria-hidden="true" focusable="false">"#)?;
        f.write_str(self.0)?;
        f.write_str("</svg>")
    }
}

const DRAWINGS: [(&str, &str); 22] = [
    ("search", r#"<circle cx="10.5" cy="10.5" r="6.5"/><path d="m20 20-4.7-4.7"/>"#),
    ("user", r#"<circle cx="12" cy="8" r="4"/><path d="M4 20.5c.8-4.2 4-6.3 8-6.3s7.2 2.1 8 6.3"/>"#),
    (
        "pair",
        r#"<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.5c.6-3.6 3.2-5.4 6.5-5.4s5.9 1.8 6.5 5.4M15.5 5.3a3.5 3.5 0 0 1 0 6.4M18 14.5c2 .8 3.2 2.5 3.5 5"/>"#,
    ),
    (
        "place",
        r#"<path d="M12 21.5s7-6.2 7-11.7a7 7 0 0 0-14 0c0 5.5 7 11.7 7 11.7Z"/><circle cx="12" cy="9.7" r="2.5"/>"#,
    ),
    ("home", r#"<path d="M3.5 11.5 12 4l8.5 7.5M6 10v10h12V10"/>"#),
    ("euro", r#"<path d="M18.5 6.2A7.5 7.5 0 1 0 18.5 17.8M3.5 10.3h9.5M3.5 13.8h8.5"/>"#),
    ("clock", r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.3l3.4 2"/>"#),
    ("check", r#"<path d="m4.5 12.5 5 5 10-11"/>"#),
    ("alert", r#"<path d="M12 3.5 22 20H2Z"/><path d="M12 9.5v5M12 17.2v.1"/>"#),
    ("info", r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.6v.1"/>"#),
    ("download", r#"<path d="M12 4v11M7 11l5 5 5-5M4.5 20.5h15"/>"#),
    ("upload", r#"<path d="M12 16V5M7 9.5 12 4.5l5 5M4.5 20.5h15"/>"#),
    ("file", r#"<path d="M6 3.5h8l4.5 4.5v12.5H6Z"/><path d="M14 3.5V8h4.5"/>"#),
    (
        "phone",
        r#"<path d="M5 4h4l1.6 4.6-2.2 1.6a12 12 0 0 0 5.4 5.4l1.6-2.2L20 15v4a1.5 1.5 0 0 1-1.6 1.5C10.5 20 4 13.5 3.5 5.6A1.5 1.5 0 0 1 5 4Z"/>"#,
    ),
    ("mail", r#"<rect x="3" y="5" width="18" height="14" rx="2"/><path d="m3.5 7 8.5 6.5L20.5 7"/>"#),
    ("note", r#"<path d="m4 20 1-4.5L16.5 4 20 7.5 8.5 19Z"/>"#),
    ("flag", r#"<path d="M5 21V4h13l-2.5 4.5L18 13H5"/>"#),
    ("swap", r#"<path d="M4 8h14l-4-4M20 16H6l4 4"/>"#),
    (
        "eye",
        r#"<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z"/><circle cx="12" cy="12" r="3"/>"#,
    ),
    (
        "lock",
        r#"<rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8 10.5V7.8a4 4 0 0 1 8 0v2.7"/>"#,
    ),
    ("out", r#"<path d="M10 4H5v16h5M14.5 8l4 4-4 4M18 12H9.5"/>"#),
    ("stop", r#"<circle cx="12" cy="12" r="8.5"/><path d="m6 6 12 12"/>"#),
];

/// The drawing of that name; an unknown name draws nothing, and a test reads the templates for one.
pub fn icon(name: &str) -> Icon {
    Icon(DRAWINGS.iter().find(|(known, _)| *known == name).map_or("", |(_, drawing)| drawing))
}

#[cfg(test)]
pub(super) fn is_known(name: &str) -> bool {
    DRAWINGS.iter().any(|(known, _)| *known == name)
}
