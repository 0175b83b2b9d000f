//! What an obstacle leads to: objectives and actions, by the ranks of the catalogue. They suggest; any other may be chosen.

use reference::diagnosis::{Action, Link, Objective, action_of, links, objective_of};

/// The actions that these situations and objectives lead to, the first proposed first, each once.
pub fn actions(situations: &[&str], objectives: &[&str]) -> Vec<&'static Action> {
    let mut found: Vec<&Link> = links()
        .iter()
        .filter(|link| {
            let aimed = objectives.is_empty() || objectives.contains(&link.objective.as_str());
            (situations.contains(&link.situation.as_str()) && aimed)
                || (objectives.contains(&link.objective.as_str()) && situations.is_empty())
        })
        .collect();
    found.sort_by_key(|link| (link.objective_rank, link.action_rank));
    once(found.into_iter().filter_map(|link| action_of(&link.action)).filter(|action| action.active), |a| {
        &a.code
    })
}

/// The objectives that these situations lead to, the first proposed first, each once.
pub fn objectives(situations: &[&str]) -> Vec<&'static Objective> {
    let mut found: Vec<&Link> =
        links().iter().filter(|link| situations.contains(&link.situation.as_str())).collect();
    found.sort_by_key(|link| link.objective_rank);
    once(found.into_iter().filter_map(|link| objective_of(&link.objective)).filter(|one| one.active), |o| {
        &o.code
    })
}

fn once<T>(all: impl Iterator<Item = &'static T>, code: fn(&T) -> &String) -> Vec<&'static T> {
    let mut kept: Vec<&T> = Vec::new();
    for one in all {
        if kept.iter().all(|other| code(other) != code(one)) {
            kept.push(one);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_obstacle_leads_to_its_objectives_and_actions_by_rank() {
        let aims: Vec<&str> = objectives(&["MOB-S01"]).into_iter().map(|one| one.code.as_str()).collect();
        assert_eq!(aims.first(), Some(&"MOB-O01"));
        let all: Vec<&str> = actions(&["MOB-S01"], &[]).into_iter().map(|one| one.code.as_str()).collect();
        assert_eq!(all.get(..2), Some(&["MOB-A01", "MOB-A13"][..]));
        let mut once = all.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), all.len());
    }

    #[test]
    fn an_objective_keeps_its_own_actions() {
        let aimed = actions(&["MOB-S01"], &["MOB-O05"]);
        assert_eq!(aimed.first().map(|one| one.code.as_str()), Some("MOB-A11"));
        assert!(aimed.iter().all(|one| one.code != "MOB-A01"));
        assert!(!actions(&[], &["MOB-O05"]).is_empty());
        assert!(actions(&[], &[]).is_empty());
    }
}
