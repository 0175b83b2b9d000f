//! The arrows of `ARCHITECTURE.md`: which floor may use which, read from `cargo metadata`.

use serde_json::Value;

use crate::shell::{Outcome, cargo, output};

/// Each floor and the floors it may name. Arrows only point down.
const FLOORS: [(&str, &[&str]); 8] = [
    ("declic", &["web", "app", "store"]),
    ("web", &["app", "domain"]),
    ("app", &["store", "letters", "exchange", "domain"]),
    ("store", &["domain"]),
    ("letters", &["domain"]),
    ("exchange", &["domain"]),
    ("domain", &["reference"]),
    ("reference", &[]),
];

/// Development only: they may use every floor, and no floor may use them outside its tests.
const DEVELOPMENT: [&str; 2] = ["testkit", "xtask"];

/// What only `store` names, so that no query is written elsewhere.
const DATABASE: [&str; 5] = ["sea-orm", "sea-orm-migration", "sqlx", "sqlx-sqlite", "sqlx-postgres"];

/// The arrows of the workspace that are not drawn in the architecture.
pub fn faults() -> Outcome<Vec<String>> {
    let text = output(cargo().args(["metadata", "--format-version", "1", "--no-deps"]))?;
    Ok(faults_in(&serde_json::from_str(&text)?))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn faults_in(metadata: &Value) -> Vec<String> {
    let members: Vec<&str> = list(metadata, "packages").map(|package| text(package, "name")).collect();
    let mut faults = Vec::new();
    for package in list(metadata, "packages") {
        let from = text(package, "name");
        if DEVELOPMENT.contains(&from) {
            continue;
        }
        let Some((_, allowed)) = FLOORS.iter().find(|(floor, _)| *floor == from) else {
            faults.push(format!("{from} is not a floor of the architecture"));
            continue;
        };
        for dependency in list(package, "dependencies") {
            let to = text(dependency, "name");
            if DATABASE.contains(&to) && from != "store" {
                faults.push(format!("{from} ─▶ {to}: only store names the database library"));
            }
            let in_tests = text(dependency, "kind") == "dev";
            if members.contains(&to) && !in_tests && !allowed.contains(&to) {
                faults.push(format!("{from} ─▶ {to}: this arrow is not in the architecture"));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn workspace(from: &str, to: &str, kind: Option<&str>) -> Vec<String> {
        let dependency = json!({ "name": to, "kind": kind });
        let mut packages = vec![json!({ "name": from, "dependencies": [dependency] })];
        packages.extend(
            ["web", "store", "domain", "testkit", "reference"]
                .iter()
                .filter(|name| **name != from)
                .map(|name| json!({ "name": name, "dependencies": [] })),
        );
        faults_in(&json!({ "packages": packages }))
    }

    #[test]
    fn arrows_point_down_only() {
        assert_eq!(workspace("web", "domain", None), Vec::<String>::new());
        assert_eq!(workspace("web", "store", None).len(), 1);
        assert_eq!(workspace("domain", "store", Some("build")).len(), 1);
        assert_eq!(workspace("exchange", "reference", None).len(), 1);
    }

    #[test]
    fn the_test_kit_is_for_tests() {
        assert_eq!(workspace("web", "testkit", Some("dev")), Vec::<String>::new());
        assert_eq!(workspace("web", "testkit", None).len(), 1);
    }

    #[test]
    fn only_store_names_the_database_library() {
        assert_eq!(workspace("store", "sea-orm", None), Vec::<String>::new());
        assert_eq!(workspace("app", "sqlx", Some("dev")).len(), 1);
    }

    #[test]
    fn a_new_floor_must_be_drawn_first() {
        assert_eq!(workspace("helpers", "domain", None), ["helpers is not a floor of the architecture"]);
    }
}
