//! The merge of one field: what I started from, what I send, what is there.
//!
//! A register keeps every value that it ever had. Those that nothing replaced are its *heads*: one in quiet times, several when
//! two authors wrote at the same time, until somebody who sees them all chooses.

use uuid::Uuid;

/// A value of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its identifier.
    pub id: Uuid,
    /// The value that its author started from; `None` for an empty field.
    pub base: Option<Uuid>,
    /// What it holds; may be empty.
    pub value: String,
    /// Who wrote it.
    pub author: Uuid,
    /// What replaced it.
    pub replaced_by: Option<Uuid>,
}

/// What a write comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Its author changed nothing, or it is there already: nothing is written.
    Nothing,
    /// It is written, and takes the place of these.
    Replaces(Vec<Uuid>),
    /// Somebody else wrote meanwhile: it is written beside, and somebody will choose.
    Beside,
}

/// The values that nothing replaced, in the order of the register.
pub fn heads(register: &[Entry]) -> impl Iterator<Item = &Entry> {
    register.iter().filter(|entry| entry.replaced_by.is_none())
}

/// What writing `value` comes to for `author`, who started from `base`.
///
/// - Sending back what one started from is no write, whatever the others did meanwhile.
/// - Over the latest value, or over one's own words alone, it replaces.
/// - When somebody else wrote meanwhile, it stands beside.
pub fn write(register: &[Entry], author: Uuid, base: Option<Uuid>, value: &str) -> Outcome {
    let known = |id: Uuid| register.iter().find(|entry| entry.id == id);
    let started = base.and_then(known);
    if started.map(|entry| entry.value.as_str()).unwrap_or_default() == value {
        return Outcome::Nothing;
    }
    if heads(register).any(|head| head.value == value && started.is_none_or(|one| one.id != head.id)) {
        // Both came to the same words. In a conflict, one's own version leaves its place to it.
        let mine = started.filter(|one| one.replaced_by.is_none());
        return mine.map_or(Outcome::Nothing, |one| Outcome::Replaces(vec![one.id]));
    }
    match latest_of(register, author, started) {
        Some(head) => Outcome::Replaces(vec![head]),
        None if register.is_empty() => Outcome::Replaces(Vec::new()),
        None => Outcome::Beside,
    }
}

/// The head that one reaches from where the author started, when nobody else wrote on the way: from there, or from what they
/// wrote beside somebody else before, which a page that was not read again does not know of.
fn latest_of(register: &[Entry], author: Uuid, started: Option<&Entry>) -> Option<Uuid> {
    let from = started.map(|entry| entry.id);
    let beside = register.iter().filter(|entry| entry.base == from && entry.author == author);
    started.into_iter().chain(beside).find_map(|entry| forward(register, author, entry))
}

/// The head that comes after `entry`, when all that replaced it is by `author`.
fn forward(register: &[Entry], author: Uuid, entry: &Entry) -> Option<Uuid> {
    let mut at = entry;
    // A register is finite and goes forward only: no more steps than it has values.
    for _ in 0..register.len() {
        let Some(next) = at.replaced_by else { return Some(at.id) };
        at = register.iter().find(|one| one.id == next).filter(|one| one.author == author)?;
    }
    None
}

/// What choosing `value` among the heads comes to, for somebody who saw those of `seen`.
///
/// # Errors
/// [`Moved`] when the heads are not those any more: nothing is thrown away that was not read.
pub fn settle(register: &[Entry], seen: &[Uuid]) -> Result<Vec<Uuid>, Moved> {
    let mut there: Vec<Uuid> = heads(register).map(|head| head.id).collect();
    let mut read = seen.to_vec();
    there.sort_unstable();
    read.sort_unstable();
    if there == read && there.len() > 1 { Ok(there) } else { Err(Moved) }
}

/// Somebody wrote, or chose, meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Ces textes ont changé entre-temps : relisez-les, puis choisissez.")]
pub struct Moved;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const GAELLE: Uuid = Uuid::from_u128(1);
    const YANN: Uuid = Uuid::from_u128(2);

    /// A register to which writes are applied, as the store does.
    #[derive(Debug, Clone, Default)]
    struct Register {
        entries: Vec<Entry>,
    }

    impl Register {
        fn write(&mut self, author: Uuid, base: Option<Uuid>, value: &str) -> Outcome {
            let outcome = write(&self.entries, author, base, value);
            match &outcome {
                Outcome::Nothing => {}
                Outcome::Replaces(old) => self.add(author, base, value, old),
                Outcome::Beside => self.add(author, base, value, &[]),
            }
            outcome
        }

        fn add(&mut self, author: Uuid, base: Option<Uuid>, value: &str, old: &[Uuid]) {
            let id = Uuid::from_u128(100 + self.entries.len() as u128);
            for entry in &mut self.entries {
                if old.contains(&entry.id) {
                    entry.replaced_by = Some(id);
                }
            }
            self.entries.push(Entry { id, base, value: value.to_owned(), author, replaced_by: None });
        }

        fn heads(&self) -> Vec<(&str, Uuid)> {
            heads(&self.entries).map(|head| (head.value.as_str(), head.id)).collect()
        }

        fn values(&self) -> Vec<&str> {
            self.heads().into_iter().map(|(value, _)| value).collect()
        }
    }

    #[test]
    fn one_author_writes_over_their_own_words() {
        let mut register = Register::default();
        register.write(GAELLE, None, "bus");
        // The answer to the first write was lost: the second starts from the same empty field.
        register.write(GAELLE, None, "bus le soir");
        assert_eq!(register.values(), ["bus le soir"]);
        assert_eq!(register.entries.len(), 2);
    }

    #[test]
    fn who_sends_back_what_they_read_changes_nothing() {
        let mut register = Register::default();
        register.write(GAELLE, None, "low");
        let read = register.heads()[0].1;
        register.write(YANN, Some(read), "strong");
        assert_eq!(register.write(GAELLE, Some(read), "low"), Outcome::Nothing);
        assert_eq!(register.values(), ["strong"]);
        assert_eq!(register.write(GAELLE, None, ""), Outcome::Nothing);
    }

    #[test]
    fn two_authors_from_the_same_words_stand_side_by_side_until_somebody_chooses() {
        let mut register = Register::default();
        register.write(GAELLE, None, "début");
        let read = register.heads()[0].1;
        register.write(GAELLE, Some(read), "à 7 h");
        assert_eq!(register.write(YANN, Some(read), "pas seule"), Outcome::Beside);
        assert_eq!(register.values(), ["à 7 h", "pas seule"]);
        // Each goes on from their own, whether they read it again or not.
        register.write(YANN, Some(read), "pas seule, non");
        assert_eq!(register.values(), ["à 7 h", "pas seule, non"]);
        let mine = register.heads()[1].1;
        register.write(YANN, Some(mine), "pas seule, au début");
        assert_eq!(register.values(), ["à 7 h", "pas seule, au début"]);
        let seen: Vec<Uuid> = register.heads().into_iter().map(|(_, id)| id).collect();
        assert_eq!(settle(&register.entries, &seen[..1]), Err(Moved));
        assert_eq!(settle(&register.entries, &[seen[0], mine]), Err(Moved));
        let all = settle(&register.entries, &[seen[1], seen[0]]).unwrap();
        register.add(YANN, None, "à 7 h, pas seule", &all);
        assert_eq!(register.values(), ["à 7 h, pas seule"]);
        assert_eq!(register.entries.len(), 6, "every word that was written is kept");
        assert_eq!(settle(&register.entries, &[register.heads()[0].1]), Err(Moved));
    }

    #[test]
    fn two_authors_who_write_the_same_are_not_told_apart() {
        let mut register = Register::default();
        register.write(GAELLE, None, "strong");
        assert_eq!(register.write(YANN, None, "strong"), Outcome::Nothing);
        assert_eq!(register.write(YANN, None, "low"), Outcome::Beside);
        let mine = register.heads()[1].1;
        assert_eq!(register.write(YANN, Some(mine), "strong"), Outcome::Replaces(vec![mine]));
    }

    /// An author reads the field again, or writes from what they read last.
    #[derive(Debug, Clone)]
    enum Step {
        Read(bool, usize),
        Write(bool, u8),
        Settle(bool),
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let step = prop_oneof![
            (any::<bool>(), 0usize..3).prop_map(|(who, which)| Step::Read(who, which)),
            (any::<bool>(), 0u8..6).prop_map(|(who, word)| Step::Write(who, word)),
            any::<bool>().prop_map(Step::Settle),
        ];
        proptest::collection::vec(step, 0..40)
    }

    fn who(first: bool) -> Uuid {
        if first { GAELLE } else { YANN }
    }

    proptest! {
        #[test]
        fn no_interleaving_of_two_authors_loses_a_word(steps in steps()) {
            let mut register = Register::default();
            let mut read: [Option<Uuid>; 2] = [None, None];
            let mut typed: Vec<String> = Vec::new();
            // What each author had read when each value came.
            let mut knew: Vec<(Uuid, Uuid)> = Vec::new();
            for step in steps {
                match step {
                    Step::Read(first, which) => {
                        let heads = register.heads();
                        read[usize::from(first)] = heads.get(which.min(heads.len().saturating_sub(1))).map(|(_, id)| *id);
                    }
                    Step::Write(first, word) => {
                        let value = if word == 0 { String::new() } else { format!("mot {word}") };
                        let base = read[usize::from(first)];
                        if register.write(who(first), base, &value) != Outcome::Nothing {
                            typed.push(value);
                            if let (Some(base), Some(new)) = (base, register.entries.last()) {
                                knew.push((base, new.id));
                            }
                        }
                    }
                    Step::Settle(first) => {
                        let seen: Vec<Uuid> = register.heads().into_iter().map(|(_, id)| id).collect();
                        if let Ok(all) = settle(&register.entries, &seen) {
                            typed.push("choisi".to_owned());
                            register.add(who(first), None, "choisi", &all);
                            let new = register.entries.last().map(|entry| entry.id).unwrap_or_default();
                            knew.extend(all.into_iter().map(|old| (old, new)));
                        }
                    }
                }
            }
            // Every word that was typed is kept, in order.
            let kept: Vec<&str> = register.entries.iter().map(|entry| entry.value.as_str()).collect();
            prop_assert_eq!(kept, typed.iter().map(String::as_str).collect::<Vec<_>>());
            // Nobody replaces words of the other that they had not read.
            for entry in &register.entries {
                if let Some(by) = entry.replaced_by {
                    let new = register.entries.iter().find(|one| one.id == by).unwrap();
                    prop_assert!(new.author == entry.author || knew.contains(&(entry.id, by)), "{:?} by {:?}", entry, new);
                }
            }
            prop_assert!(register.entries.is_empty() || heads(&register.entries).count() > 0);
        }

        #[test]
        fn fields_that_differ_merge_the_same_in_any_order(
            first in proptest::collection::vec((any::<bool>(), 0u8..4), 0..12),
            second in proptest::collection::vec((any::<bool>(), 0u8..4), 0..12),
            order in proptest::collection::vec(any::<bool>(), 24),
        ) {
            let apply = |register: &mut Register, (author, word): (bool, u8)| {
                let base = register.heads().last().map(|(_, id)| *id);
                register.write(who(author), base, &format!("mot {word}"));
            };
            let (mut one, mut other) = (Register::default(), Register::default());
            for step in &first {
                apply(&mut one, *step);
            }
            for step in &second {
                apply(&mut other, *step);
            }
            let (mut a, mut b) = (Register::default(), Register::default());
            let (mut left, mut right) = (first.iter(), second.iter());
            for turn in order {
                if turn {
                    left.next().into_iter().for_each(|step| apply(&mut a, *step));
                } else {
                    right.next().into_iter().for_each(|step| apply(&mut b, *step));
                }
            }
            left.for_each(|step| apply(&mut a, *step));
            right.for_each(|step| apply(&mut b, *step));
            prop_assert_eq!((a.entries, b.entries), (one.entries, other.entries));
        }
    }
}
