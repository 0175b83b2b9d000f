//! Every page of the examples is read as a reader and a screen reader would; every text has its key.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::examples::{self, Page};
use super::icon;
use crate::assets;
use crate::i18n::{Lang, tests::all_keys};

fn files(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, ending: &str, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, ending, found);
            } else if path.to_string_lossy().ends_with(ending) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), ending, &mut found);
    found.sort();
    found
}

/// What stands between `start` and the next quote, everywhere in a text.
fn quoted<'a>(text: &'a str, start: &str) -> Vec<&'a str> {
    text.split(start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn keys_of(lang: Lang) -> BTreeSet<String> {
    all_keys(lang).into_iter().map(|(key, _)| key).collect()
}

#[test]
fn every_page_is_sound() {
    let pages = examples::all();
    assert!(pages.len() > 50, "{} pages", pages.len());
    let mut faults = Vec::new();
    for Page { name, html } in &pages {
        faults.extend(testkit::page::check_page(html).into_iter().map(|fault| format!("{name}: {fault}")));
        if let Some(key) = quoted(&html.replace('⟦', "⟦\"").replace('⟧', "\""), "⟦\"").first() {
            faults.push(format!("{name}: no text for {key}"));
        }
        for sign in ["$n", "$name", "{ $", "  <b>"] {
            if html.contains(sign) {
                faults.push(format!("{name}: {sign:?} on the page"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn pages_load_nothing_from_elsewhere() {
    for Page { name, html } in examples::all() {
        for address in
            quoted(&html, " src=\"").into_iter().chain(quoted(&html, "<link rel=\"stylesheet\" href=\""))
        {
            assert!(address.starts_with("/assets/") && !address.ends_with("absent"), "{name}: {address}");
        }
    }
}

/// A file that is being read; a call, whose answers are saved as they are given.
const WITH_SCRIPT: [&str; 3] = ["file-running", "appel", "appel-erreur"];

#[test]
fn only_a_page_that_waits_or_saves_by_itself_loads_a_script() {
    for Page { name, html } in examples::all() {
        assert_eq!(html.contains("<script"), WITH_SCRIPT.contains(&name.as_str()), "{name}");
    }
}

#[test]
fn every_key_of_a_template_is_in_the_french_files() {
    let keys = keys_of(Lang::Fr);
    for (path, text) in files("templates", ".html") {
        for key in quoted(&text, ".t(\"") {
            assert!(keys.contains(key), "{}: {key} has no text", path.display());
        }
        for name in quoted(&text, ".icon(\"") {
            assert!(icon::is_known(name), "{}: no drawing {name}", path.display());
        }
    }
}

/// A literal of the code that looks like a key of a room is one.
#[test]
fn every_key_of_the_code_is_in_the_french_files() {
    let keys = keys_of(Lang::Fr);
    let rooms: BTreeSet<_> =
        keys.iter().filter_map(|key| key.split_once('-')).map(|(room, _)| room).collect();
    let is_key = |literal: &str| {
        let plain = literal.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        plain && literal.split_once('-').is_some_and(|(room, rest)| rooms.contains(room) && !rest.is_empty())
    };
    let mut absent = Vec::new();
    for (path, text) in files("src", ".rs") {
        // The names of the examples are those of their pages.
        if !path.components().any(|part| part.as_os_str() == "examples") {
            let literals = text.lines().flat_map(|line| line.split('"').skip(1).step_by(2));
            let unknown = literals.filter(|literal| is_key(literal) && !keys.contains(*literal));
            absent.extend(unknown.map(|key| format!("{}: {key}", path.display())));
        }
    }
    assert!(absent.is_empty(), "keys without a text:\n{}", absent.join("\n"));
}

#[test]
fn every_key_is_used_somewhere() {
    let sources: Vec<_> = [files("templates", ".html"), files("src", ".rs")].concat();
    let unused: Vec<_> = keys_of(Lang::Fr)
        .into_iter()
        .filter(|key| !sources.iter().any(|(_, text)| text.contains(&format!("\"{key}\""))))
        .collect();
    assert!(unused.is_empty(), "texts that no page shows: {unused:?}");
}

#[test]
fn what_the_public_reads_is_in_english_too() {
    let english = keys_of(Lang::En);
    let public =
        ["layout_public.html", "bar_public.html", "base.html", "demo.html", "error.html", "login.html"];
    let errors = files("src", "view/errors.rs");
    let templates = files("templates", ".html").into_iter().filter(|(path, _)| {
        let folder = path.parent().and_then(Path::file_name).is_some_and(|folder| folder == "public");
        folder || path.file_name().is_some_and(|name| public.iter().any(|known| name == *known))
    });
    for (path, text) in templates {
        for key in quoted(&text, ".t(\"") {
            assert!(english.contains(key), "{}: {key} is not in English", path.display());
        }
    }
    for key in errors.iter().flat_map(|(_, text)| quoted(text, "=> \"")) {
        assert!(english.contains(key), "{key} is not in English");
    }
}

#[test]
fn a_file_stays_short_enough_to_be_read() {
    let all = [files("templates", ".html"), files("src", ".rs"), files("assets/css", ".css")].concat();
    for (path, text) in all {
        assert!(text.lines().count() <= 500, "{}", path.display());
    }
}

/// `DECLIC_LOOK=/tmp/look cargo test -p web look` writes the pages there, to be opened in a browser.
#[test]
fn look() {
    let Ok(folder) = std::env::var("DECLIC_LOOK") else { return };
    let folder = PathBuf::from(folder);
    for Page { name, html } in examples::all() {
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{name}.html")), html).unwrap();
    }
    for name in [assets::STYLESHEET, "declic-symbole.svg", "declic-logo.svg", "htmx.min.js"] {
        let path = folder.join(assets::asset_url(name).trim_start_matches('/'));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, assets::bytes(name)).unwrap();
    }
}
