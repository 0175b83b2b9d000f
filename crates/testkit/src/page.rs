//! What every page must have, checked without a browser: the suite is a linter.
//!
//! Tests of the web floor call [`check_page`] on each page they fetch, so nobody writes these assertions by hand. What
//! needs layout or colour (contrast, focus) is for axe in [`crate::browser`].

use std::collections::{HashMap, HashSet};

use scraper::{ElementRef, Html, Selector};

/// Every fault of a whole page, one sentence each; empty when there is none.
///
/// ```
/// let faults = testkit::page::check_page("<!doctype html><html lang='fr'><title>Agenda</title><h1>Agenda</h1>");
/// assert!(faults.is_empty(), "{faults:?}");
/// ```
pub fn check_page(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let mut faults = Vec::new();
    check_document(&page, &mut faults);
    check_ids(&page, &mut faults);
    check_fields(&page, &mut faults);
    check_forms(&page, &mut faults);
    check_inline_code(&page, &mut faults);
    check_names(&page, &mut faults);
    check_raw_template(&page, &mut faults);
    faults
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).unwrap_or_else(|why| panic!("selector {selector}: {why}"));
    page.select(&selector).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The start tag, short enough for a sentence.
fn tag(element: ElementRef<'_>) -> String {
    let html = element.html();
    let end = html.find('>').map_or(html.len(), |end| end + 1);
    html.chars().take(html.get(..end).map_or(0, |tag| tag.chars().count()).min(160)).collect()
}

fn has(element: ElementRef<'_>, attribute: &str) -> bool {
    element.value().attr(attribute).is_some_and(|value| !value.trim().is_empty())
}

fn check_document(page: &Html, faults: &mut Vec<String>) {
    if !has(page.root_element(), "lang") {
        faults.push("<html> has no lang".into());
    }
    match all(page, "head > title").as_slice() {
        [title] if !text(*title).is_empty() => {}
        titles => faults.push(format!("{} <title> with a text, not 1", titles.len())),
    }
    match all(page, "h1").as_slice() {
        [h1] if !text(*h1).is_empty() => {}
        [_] => faults.push("the <h1> is empty".into()),
        found => faults.push(format!("{} <h1>, not 1", found.len())),
    }
}

fn check_ids(page: &Html, faults: &mut Vec<String>) {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for element in all(page, "[id]") {
        *seen.entry(element.value().attr("id").unwrap_or_default()).or_default() += 1;
    }
    let mut twice: Vec<_> = seen.iter().filter(|(_, count)| **count > 1).collect();
    twice.sort();
    faults.extend(twice.iter().map(|(id, count)| format!("id {id:?} is there {count} times")));
    for element in all(page, "[for], [aria-labelledby], [aria-describedby], [aria-controls]") {
        let value = element.value();
        for (name, referred) in value.attrs().filter(|(name, _)| *name == "for" || name.starts_with("aria-"))
        {
            if !["for", "aria-labelledby", "aria-describedby", "aria-controls"].contains(&name) {
                continue;
            }
            for id in referred.split_whitespace().filter(|id| !seen.contains_key(id)) {
                faults.push(format!("{name}={id:?} points to nothing: {}", tag(element)));
            }
        }
    }
}

fn check_fields(page: &Html, faults: &mut Vec<String>) {
    let labelled: HashSet<&str> = all(page, "label[for]")
        .into_iter()
        .filter(|label| !text(*label).is_empty())
        .filter_map(|label| label.value().attr("for"))
        .collect();
    for field in all(page, "input, select, textarea") {
        let value = field.value();
        let kind = value.attr("type").unwrap_or("text");
        if value.name() == "input" && ["hidden", "submit", "button", "reset"].contains(&kind) {
            continue;
        }
        if value.name() == "input" && kind == "image" {
            continue; // its name is its `alt`, see check_names
        }
        let by_id = value.attr("id").is_some_and(|id| labelled.contains(id));
        let around = field
            .ancestors()
            .filter_map(ElementRef::wrap)
            .any(|parent| parent.value().name() == "label" && !text(parent).is_empty());
        if !by_id && !around && !has(field, "aria-label") && !has(field, "aria-labelledby") {
            faults.push(format!("no label: {}", tag(field)));
        }
    }
}

fn check_forms(page: &Html, faults: &mut Vec<String>) {
    let token = Selector::parse("input[type=hidden][name=csrf]").unwrap_or_else(|why| panic!("{why}"));
    for form in all(page, "form") {
        let writes = form.value().attr("method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
        match form.select(&token).count() {
            0 if writes => faults.push(format!("no csrf field: {}", tag(form))),
            1.. if !writes => faults.push(format!("csrf field in a form that reads: {}", tag(form))),
            _ => {}
        }
    }
}

fn check_inline_code(page: &Html, faults: &mut Vec<String>) {
    for element in all(page, "*") {
        let value = element.value();
        let name = value.name();
        if name == "style" || (name == "script" && value.attr("src").is_none()) {
            faults.push(format!("inline <{name}>"));
        }
        for (attribute, content) in value.attrs() {
            if attribute == "style" || attribute.starts_with("on") {
                faults.push(format!("inline {attribute}: {}", tag(element)));
            }
            let start = content.trim_start().get(..11).unwrap_or(content.trim_start()).to_ascii_lowercase();
            if start.starts_with("data:") || start.starts_with("javascript:") {
                faults.push(format!("{attribute} is a data: or javascript: address: {}", tag(element)));
            }
        }
    }
}

/// Images, drawings, links, buttons and tables that say what they are.
fn check_names(page: &Html, faults: &mut Vec<String>) {
    for image in all(page, "img, input[type=image]") {
        // An empty `alt` says that the image is decoration; a missing one says nothing.
        if image.value().attr("alt").is_none() && !has(image, "aria-label") {
            faults.push(format!("image without alt: {}", tag(image)));
        }
    }
    for drawing in all(page, "svg") {
        let title =
            drawing.child_elements().any(|child| child.value().name() == "title" && !text(child).is_empty());
        let named = title || has(drawing, "aria-label") || has(drawing, "aria-labelledby");
        let hidden = drawing.value().attr("aria-hidden") == Some("true");
        if !named && (!hidden || drawing.value().attr("role") == Some("img")) {
            faults.push(format!("drawing without a name and not aria-hidden: {}", tag(drawing)));
        }
    }
    let images = Selector::parse("img[alt], svg title, [aria-label]").unwrap_or_else(|why| panic!("{why}"));
    for link in all(page, "a[href], button") {
        let image = link
            .select(&images)
            .any(|part| has(part, "alt") || has(part, "aria-label") || !text(part).is_empty());
        if text(link).is_empty() && !image && !has(link, "aria-label") && !has(link, "aria-labelledby") {
            faults.push(format!("link or button without text: {}", tag(link)));
        }
    }
    for table in all(page, "table") {
        let caption = table.child_elements().any(|c| c.value().name() == "caption" && !text(c).is_empty());
        if !caption && !has(table, "aria-label") && !has(table, "aria-labelledby") {
            faults.push(format!("table without caption: {}", tag(table)));
        }
    }
}

/// Template code that reached the reader: `{{ name }}`, `{% if %}`, `Some("…")`, an untranslated key in braces.
fn check_raw_template(page: &Html, faults: &mut Vec<String>) {
    // What is typed in a field is not ours: the text of a letter may well hold braces.
    let is_field = |node: ElementRef<'_>| node.value().name() == "textarea";
    let words: String = all(page, "body")
        .into_iter()
        .flat_map(|body| body.descendants())
        .filter(|node| !node.ancestors().filter_map(ElementRef::wrap).any(is_field))
        .filter_map(|node| node.value().as_text().map(|text| &**text))
        .collect();
    let visible = words.split_whitespace().collect::<Vec<_>>().join(" ");
    for mark in ["{{", "}}", "{%", "%}", "{#", "Some(", "None)", "Ok(", "Err("] {
        if let Some(at) = visible.find(mark) {
            let excerpt: String =
                visible.chars().skip(visible.get(..at).map_or(0, |b| b.chars().count())).take(40).collect();
            faults.push(format!("raw code on the page: {excerpt:?}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = "<!doctype html><html lang=fr><head><title>Personnes</title></head><body><h1>Personnes</h1>\
        <form method=post action=/x><input type=hidden name=csrf value=t><label for=n>Nom</label><input id=n name=n>\
        <label>Note <textarea name=note></textarea></label><button>Enregistrer</button></form>\
        <a href=/y><img src=/a.png alt=Accueil></a><img src=/b.png alt=''><svg aria-hidden=true></svg>\
        <table><caption>Liste</caption><tr><td>1</td></tr></table></body></html>";

    #[test]
    fn a_sound_page_has_no_fault() {
        assert_eq!(check_page(SOUND), Vec::<String>::new());
    }

    /// Each row breaks one thing in the sound page and names the words that must be in the one fault found.
    #[test]
    fn each_fault_is_seen_alone() {
        let rows = [
            ("lang=fr", "", "no lang"),
            ("<title>Personnes</title>", "", "<title>"),
            ("<h1>Personnes</h1>", "", "0 <h1>"),
            ("<h1>Personnes</h1>", "<h1>a</h1><h1>b</h1>", "2 <h1>"),
            ("<table>", "<table id=n>", "2 times"),
            ("<label for=n>Nom</label>", "", "no label"),
            ("<input type=hidden name=csrf value=t>", "", "no csrf"),
            ("method=post", "method=get", "form that reads"),
            ("<h1>", "<h1 style='color:red'>", "inline style"),
            ("<h1>", "<h1 onclick='x()'>", "inline onclick"),
            ("</body>", "<script>1</script></body>", "inline <script>"),
            ("alt=Accueil", "", "image without alt"),
            ("<svg aria-hidden=true>", "<svg role=img>", "drawing without a name"),
            ("<button>Enregistrer", "<button>", "without text"),
            ("<caption>Liste</caption>", "", "caption"),
            ("src=/b.png", "src='data:image/png;base64,AA'", "data:"),
            ("<td>1</td>", "<td>{{ person.name }}</td>", "raw code"),
            ("<table>", "<table aria-describedby=absent>", "points to nothing"),
        ];
        for (from, to, expected) in rows {
            let broken = SOUND.replacen(from, to, 1);
            assert_ne!(broken, SOUND, "{from} is not in the page");
            let faults = check_page(&broken);
            assert!(faults.iter().any(|fault| fault.contains(expected)), "{from} → {to}: {faults:?}");
        }
    }
}
