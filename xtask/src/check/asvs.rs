//! `docs/asvs.md`: level 1 is whole, and every row names a test or a file that exists.

use std::collections::HashSet;
use std::path::Path;

use super::papers::rows;
use crate::shell::{Outcome, git, root};

/// The table.
const TABLE: &str = "docs/asvs.md";

/// How many requirements level 1 of the standard has, in version 5.0.0.
const LEVEL_1: usize = 70;

/// Faults of the table.
pub fn faults() -> Outcome<Vec<String>> {
    let text = std::fs::read_to_string(root().join(TABLE)).map_err(|why| format!("{TABLE}: {why}"))?;
    let tracked = git(&["ls-files"])?;
    let mut tests = HashSet::new();
    for path in tracked.lines().filter(|path| Path::new(path).extension().is_some_and(|end| end == "rs")) {
        // A file removed but not yet committed has no test.
        let code = std::fs::read_to_string(root().join(path)).unwrap_or_default();
        tests.extend(functions(&code));
    }
    Ok(judge(&text, |proof| tests.contains(proof) || root().join(proof).exists()))
}

/// Names of the functions of a source.
fn functions(code: &str) -> Vec<String> {
    code.lines()
        .filter_map(|line| line.trim_start().trim_start_matches("async ").strip_prefix("fn "))
        .filter_map(|rest| rest.split(['(', '<']).next())
        .map(str::to_owned)
        .collect()
}

fn judge(text: &str, exists: impl Fn(&str) -> bool) -> Vec<String> {
    let (mut faults, mut seen) = (Vec::new(), HashSet::new());
    let level_2 =
        text.lines().position(|line| line.starts_with("## Level 2")).map_or(usize::MAX, |at| at + 1);
    let mut level_1 = 0;
    for (number, cells) in rows(text) {
        let [id, _, answer, proof] = cells.as_slice() else {
            faults.push(format!("{TABLE}:{number}: a row has four cells"));
            continue;
        };
        if id == "Id" {
            continue;
        }
        level_1 += usize::from(number < level_2);
        if !seen.insert(id.clone()) {
            faults.push(format!("{TABLE}:{number}: {id} is there twice"));
        }
        if answer.is_empty() {
            faults.push(format!("{TABLE}:{number}: {id} has no answer"));
        }
        let proofs: Vec<&str> = proof.split('`').skip(1).step_by(2).collect();
        if proofs.is_empty() {
            faults.push(format!("{TABLE}:{number}: {id} names no proof"));
        }
        let missing = proofs.iter().filter(|proof| !exists(proof));
        faults.extend(missing.map(|proof| format!("{TABLE}:{number}: {id}: no test and no file is {proof}")));
    }
    if level_1 != LEVEL_1 {
        faults.push(format!("{TABLE}: {level_1} requirements of level 1, not {LEVEL_1}"));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_without_proof_or_with_one_that_is_gone_is_told() {
        let row = |n: usize, proof: &str| format!("| 1.1.{n} | a | yes | {proof} |\n");
        let whole: String = (0..LEVEL_1).map(|n| row(n, "`here`")).collect();
        let head = "| Id | In short | Answer | Proof |\n|---|---|---|---|\n";
        let exists = |proof: &str| proof == "here";
        assert!(judge(&format!("{head}{whole}"), exists).is_empty());
        assert_eq!(
            judge(&format!("{head}{whole}{}", row(0, "`here`")), exists).len(),
            2,
            "twice, and one too many"
        );
        let gone = whole.replacen("`here`", "`gone`", 1);
        assert!(judge(&format!("{head}{gone}"), exists)[0].contains("no test and no file is gone"));
        let bare = whole.replacen("`here`", "", 1);
        assert!(judge(&format!("{head}{bare}"), exists)[0].contains("names no proof"));
    }

    #[test]
    fn functions_are_found_whatever_stands_before() {
        assert_eq!(functions("    async fn a_test() {\nfn other<T>(x: T) {\n// fn no"), ["a_test", "other"]);
    }
}
