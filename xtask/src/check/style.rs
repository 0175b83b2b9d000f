//! Budgets of size and the left-overs that must not reach the main branch.

use std::path::Path;

use crate::shell::{Outcome, git, root};

const MOST_LINES: usize = 500;
const MOST_FUNCTION_LINES: usize = 80;
const MOST_BYTES: u64 = 2_000_000;

/// Only `app::access` decides who sees which rows.
const SCOPES: [&str; 4] = ["Scope::everything", "Scope::territories", "Scope::caseload", "Scope::nobody"];

/// Where a scope may be made.
const SCOPE_HOME: &str = "crates/app/src/access";

// Written in two halves, so that this file does not hold what it looks for.
const UNDONE: [&str; 5] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
    concat!("un", "implemented!"),
    concat!("to", "do!"),
];
const SKIPPED: &str = concat!("#[", "ignore");
const MACHINE_PATHS: [&str; 2] = [concat!("/wo", "rk/"), concat!("/ro", "ot/")];

/// Every fault of the tracked files.
pub fn faults() -> Outcome<Vec<String>> {
    let mut faults = Vec::new();
    for path in git(&["ls-files", "-z"])?.split('\0').filter(|path| !path.is_empty()) {
        let file = root().join(path);
        // A file removed but not yet committed, or a link, has nothing to be judged.
        let Ok(about) = std::fs::symlink_metadata(&file) else { continue };
        if about.len() > MOST_BYTES {
            faults.push(format!("{path}: {} bytes, at most {MOST_BYTES}", about.len()));
        }
        if about.is_file()
            && let Ok(text) = String::from_utf8(std::fs::read(&file)?)
        {
            faults.extend(faults_in(path, &text));
        }
    }
    Ok(faults)
}

/// The faults of one file, whose path is told from the root.
fn faults_in(path: &str, text: &str) -> Vec<String> {
    if foreign(path) {
        return Vec::new();
    }
    let mut faults = Vec::new();
    let extension = Path::new(path).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let lines = text.lines().count();
    if ["rs", "html", "css"].contains(&extension) && lines > MOST_LINES {
        faults.push(format!("{path}: {lines} lines, at most {MOST_LINES}"));
    }
    let code = extension == "rs";
    if code && !in_tests(path) {
        faults.extend(long_functions(text).map(|(line, name, length)| {
            format!("{path}:{line}: {name} has {length} lines, at most {MOST_FUNCTION_LINES}")
        }));
        faults.extend(scopes(path, text));
    }
    for (number, line) in (1..).zip(text.lines()) {
        let mut tell = |what: &str| faults.push(format!("{path}:{number}: {what}"));
        if (code || extension == "html")
            && UNDONE.iter().any(|mark| holds_word(line, mark))
            && !has_number(line)
        {
            tell("left undone without the number of an issue");
        }
        if code && line.contains(SKIPPED) {
            tell("a test that does not run");
        }
        if MACHINE_PATHS.iter().any(|mark| holds_path(line, mark)) {
            tell("a path of one machine");
        }
    }
    faults
}

/// Files that are kept as others wrote them, or as a test wrote them.
fn foreign(path: &str) -> bool {
    path.split('/').any(|folder| ["vendor", "snapshots"].contains(&folder))
        || path.starts_with("crates/testkit/assets/")
}

fn in_tests(path: &str) -> bool {
    path.split('/').any(|folder| folder == "tests")
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The name of the function a line starts to define.
fn function(line: &str) -> Option<&str> {
    let mut rest = line.trim_start();
    if let Some(after) = rest.strip_prefix("pub") {
        rest = match after.strip_prefix('(') {
            Some(inside) => inside.split_once(')')?.1,
            None => after,
        }
        .strip_prefix(' ')?;
    }
    for word in ["const ", "async ", "unsafe "] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    rest.strip_prefix("fn ")?.split(['(', '<']).next()
}

/// Line, name and length of each function over the budget. The code is formatted, so the closing brace of a function
/// stands alone under its first letter.
fn long_functions(text: &str) -> impl Iterator<Item = (usize, &str, usize)> {
    let mut open: Option<(usize, &str, usize)> = None;
    let mut long = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if let Some((start, name, depth)) = open {
            let closed = line.trim_end().get(depth..) == Some("}") && indent(line) == depth;
            if closed && number - start + 1 > MOST_FUNCTION_LINES {
                long.push((start, name, number - start + 1));
            }
            // A declaration of a trait has no body: what stands further left is outside of it.
            if closed || (!line.trim().is_empty() && indent(line) < depth) {
                open = None;
            }
        }
        if let Some(name) = function(line)
            && open.is_none_or(|(_, _, depth)| indent(line) <= depth)
        {
            open = (!line.ends_with(['}', ';'])).then_some((number, name, indent(line)));
        }
    }
    long.into_iter()
}

/// Uses of a scope's constructor outside of its home, comments and tests.
fn scopes(path: &str, text: &str) -> Vec<String> {
    let exempt = [SCOPE_HOME, "crates/testkit/", "xtask/"].iter().any(|home| path.starts_with(home));
    if exempt {
        return Vec::new();
    }
    (1..)
        .zip(text.lines())
        .take_while(|(_, line)| !line.trim_start().starts_with("#[cfg(test)]"))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .filter_map(|(number, line)| Some((number, SCOPES.iter().find(|scope| line.contains(**scope))?)))
        .map(|(number, scope)| format!("{path}:{number}: {scope} is made in {SCOPE_HOME} only"))
        .collect()
}

fn holds_word(line: &str, mark: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(mark).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line.get(at + mark.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(part) && (mark.ends_with('!') || !after.is_some_and(part))
    })
}

/// The number of an issue: `#` and a digit.
fn has_number(line: &str) -> bool {
    line.match_indices('#')
        .any(|(at, _)| line.get(at + 1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())))
}

/// A path from the root of the file system; the same folder further down is nobody's business.
fn holds_path(line: &str, mark: &str) -> bool {
    line.match_indices(mark).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        !before.is_some_and(|c| c.is_alphanumeric() || "._-~}/".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_over_the_budget_is_told_and_a_vendored_one_is_not() {
        let long = "a\n".repeat(501);
        assert_eq!(faults_in("crates/web/assets/declic.css", &long).len(), 1);
        assert_eq!(faults_in("crates/web/assets/vendor/bootstrap.css", &long).len(), 0);
        assert_eq!(faults_in("docs/long.md", &long).len(), 0);
    }

    #[test]
    fn a_long_function_is_found_after_a_declaration_without_body() {
        let body = "        work();\n".repeat(79);
        let text = format!(
            "trait T {{\n    fn short(&self);\n}}\nimpl A {{\n    pub(crate) async fn long(\n        &self,\n    ) {{\n{body}    }}\n    \
             fn one() {{}}\n}}\n"
        );
        let found: Vec<_> = long_functions(&text).collect();
        assert_eq!(found, [(5, "long", 83)]);
    }

    #[test]
    fn a_function_of_eighty_lines_is_within_the_budget() {
        let text = format!("fn f() {{\n{}}}\n", "    work();\n".repeat(78));
        assert_eq!(long_functions(&text).count(), 0);
    }

    #[test]
    fn what_is_left_undone_needs_a_number() {
        let mark = UNDONE[0];
        assert_eq!(faults_in("crates/app/src/a.rs", &format!("// {mark}: later\n")).len(), 1);
        assert_eq!(faults_in("crates/app/src/a.rs", &format!("// {mark} #12: later\n")).len(), 0);
        assert_eq!(faults_in("crates/app/src/a.rs", &format!("let {mark}_LIST = 1;\n")).len(), 0);
        assert_eq!(faults_in("crates/app/src/a.rs", &format!("    {SKIPPED}]\n")).len(), 1);
    }

    #[test]
    fn a_path_of_one_machine_is_told_and_a_folder_of_the_project_is_not() {
        let path = MACHINE_PATHS[0];
        assert_eq!(faults_in("README.md", &format!("see {path}main\n")).len(), 1);
        assert_eq!(faults_in("README.md", &format!("see docs{path}main\n")).len(), 0);
    }

    #[test]
    fn a_scope_is_made_in_one_place() {
        let line = format!("let scope = {}();\n", SCOPES[0]);
        assert_eq!(faults_in("crates/app/src/agenda/list.rs", &line).len(), 1);
        assert_eq!(faults_in("crates/app/src/access/scope.rs", &line).len(), 0);
        assert_eq!(faults_in("crates/store/tests/people.rs", &line).len(), 0);
        assert_eq!(
            faults_in("crates/store/src/people.rs", &format!("#[cfg(test)]\nmod tests {{\n{line}}}\n")).len(),
            0
        );
        assert_eq!(faults_in("crates/store/src/people.rs", &format!("/// {line}")).len(), 0);
    }
}
