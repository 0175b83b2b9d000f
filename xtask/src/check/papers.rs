//! Documents that must keep a form: the scorecard and the changelog.

use crate::shell::{Outcome, root};

/// The scorecard.
const SCORECARD: &str = "docs/quality.md";

/// What the departments read.
const CHANGELOG: &str = "CHANGELOG.md";

/// Faults of the documents.
pub fn faults() -> Outcome<Vec<String>> {
    let mut faults = scorecard(&read(SCORECARD)?);
    faults.extend(changelog(&read(CHANGELOG)?));
    Ok(faults)
}

fn read(path: &str) -> Outcome<String> {
    Ok(std::fs::read_to_string(root().join(path)).map_err(|why| format!("{path}: {why}"))?)
}

/// The cells of each row of each table of a Markdown text, with the number of its line; the ruler is left out.
pub fn rows(text: &str) -> Vec<(usize, Vec<String>)> {
    (1..)
        .zip(text.lines())
        .filter_map(|(number, line)| Some((number, line.trim().strip_prefix('|')?)))
        .map(|(number, line)| (number, cells(line)))
        .filter(|(_, cells)| {
            !cells.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| "-: ".contains(c)))
        })
        .collect()
}

/// A bar inside a cell is written `\|`.
fn cells(line: &str) -> Vec<String> {
    let line = line.replace("\\|", "\u{1}");
    let line = line.trim_end();
    line.strip_suffix('|').unwrap_or(line).split('|').map(|cell| cell.trim().replace('\u{1}', "|")).collect()
}

/// Rows of the scorecard whose command is missing: such a row is not done.
fn scorecard(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let (mut column, mut before, mut judged) = (None, 0, 0);
    for (number, cells) in rows(text) {
        // The rule under a heading leaves a hole of one line; a wider one means another table.
        if number > before + 2 || before == 0 {
            column =
                cells.iter().position(|cell| ["command", "commande"].contains(&cell.to_lowercase().as_str()));
            if column.is_none() {
                faults.push(format!("{SCORECARD}:{number}: a table without a column `command`"));
            }
        } else if let Some(column) = column {
            judged += 1;
            if cells.get(column).is_none_or(String::is_empty) {
                faults.push(format!("{SCORECARD}:{number}: a row without a command"));
            }
        }
        before = number;
    }
    if judged == 0 {
        faults.push(format!("{SCORECARD}: no row"));
    }
    faults
}

/// The changelog has a place for what comes next, or a version.
fn changelog(text: &str) -> Vec<String> {
    let heading = |line: &str| {
        line.strip_prefix("## ").is_some_and(|rest| {
            let rest = rest.trim_start_matches('[');
            rest.starts_with("À venir") || rest.starts_with(|c: char| c.is_ascii_digit())
        })
    };
    if text.lines().any(heading) {
        Vec::new()
    } else {
        vec![format!("{CHANGELOG}: no heading `## À venir` and no version")]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_without_command_is_told() {
        let text = "| Row | Figure | Command |\n|---|---|---|\n| A | 1 | `x \\| y` |\n| B | 2 | |\n\nText\n\n| Row | Command |\n|---|---|\n| C | z |\n";
        assert_eq!(scorecard(text), ["docs/quality.md:4: a row without a command"]);
    }

    #[test]
    fn a_table_without_the_column_is_told() {
        assert_eq!(scorecard("| Row | Figure |\n|---|---|\n| A | 1 |\n").len(), 2);
    }

    #[test]
    fn the_changelog_has_a_place_for_what_comes() {
        assert!(changelog("# Nouveautés\n\n## À venir\n").is_empty());
        assert!(changelog("## 1.2.0 — 3 mars\n").is_empty());
        assert_eq!(changelog("# Nouveautés\n").len(), 1);
    }
}
