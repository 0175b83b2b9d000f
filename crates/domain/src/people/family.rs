//! Family situations of the payers' files (`SITFAM`), as filters and rules group them.

/// Somebody who lives alone.
pub const ALONE: [&str; 7] = ["CEL", "DIV", "SEF", "SEL", "VEU", "SEP", "ISO"];
/// Somebody in a couple.
pub const COUPLE: [&str; 6] = ["MAR", "PAC", "VIM", "RPA", "RVC", "RVM"];

/// Brings up children alone.
pub fn is_lone_parent(family: Option<&str>, dependants: i64) -> bool {
    dependants > 0 && family.is_some_and(|code| ALONE.contains(&code))
}
