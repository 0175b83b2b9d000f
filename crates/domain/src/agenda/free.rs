//! What is free: slots that nothing takes, and the time that two people have in common.

use super::span::Span;

/// What is known of the day of a professional when a slot is judged.
#[derive(Debug, Clone, Copy)]
pub struct Day<'a> {
    /// What is booked with them, by whoever.
    pub busy: &'a [Span],
    /// When they are away.
    pub absences: &'a [Span],
    /// How many appointments they have that day.
    pub booked: usize,
}

/// Whether a slot can be proposed: nothing within its buffer, no absence, and the day not full.
pub fn is_free(slot: Span, buffer_minutes: u16, daily_maximum: Option<u16>, day: Day<'_>) -> bool {
    let wide = slot.widened(buffer_minutes);
    daily_maximum.is_none_or(|most| day.booked < usize::from(most))
        && !day.busy.iter().any(|busy| wide.overlaps(*busy))
        && !day.absences.iter().any(|away| slot.overlaps(*away))
}

/// The stretches that these spans cover; two that follow each other within `gap_minutes` are one.
pub fn windows(spans: &[Span], gap_minutes: u16) -> Vec<Span> {
    let mut sorted = spans.to_vec();
    sorted.sort();
    let gap = chrono::Duration::minutes(i64::from(gap_minutes));
    let mut all: Vec<Span> = Vec::new();
    for span in sorted {
        match all.last_mut() {
            Some(last) if span.start <= last.end + gap => last.end = last.end.max(span.end),
            _ => all.push(span),
        }
    }
    all
}

/// The slots of one person during which the other one is free all along: what a pair may be proposed. `gap_minutes` is the
/// buffer between two slots of the other, during which they are there too.
pub fn for_both(mine: &[Span], theirs: &[Span], gap_minutes: u16) -> Vec<Span> {
    let open = windows(theirs, gap_minutes);
    mine.iter().copied().filter(|slot| open.iter().any(|window| window.holds(*slot))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Duration, Utc};
    use proptest::prelude::*;

    fn span(start: i64, minutes: u16) -> Span {
        let origin: DateTime<Utc> = "2026-11-26T08:00:00Z".parse().unwrap();
        Span::of(origin + Duration::minutes(start), minutes)
    }

    const NOTHING: Day<'_> = Day { busy: &[], absences: &[], booked: 0 };

    #[test]
    fn a_buffer_keeps_the_neighbours_away_but_not_those_that_respect_it() {
        let busy = [span(60, 45)];
        let day = Day { busy: &busy, ..NOTHING };
        assert!(!is_free(span(60, 45), 0, None, day));
        assert!(is_free(span(0, 45), 15, None, day), "ends at 45, the next begins at 60");
        assert!(!is_free(span(0, 50), 15, None, day));
        assert!(is_free(span(105, 45), 0, None, day));
        assert!(!is_free(span(105, 45), 15, None, day));
    }

    #[test]
    fn an_absence_and_a_full_day_close_a_slot() {
        let away = [span(0, 30)];
        assert!(!is_free(span(25, 45), 0, None, Day { absences: &away, ..NOTHING }));
        assert!(is_free(span(30, 45), 15, None, Day { absences: &away, ..NOTHING }));
        assert!(is_free(span(0, 45), 0, Some(2), Day { booked: 1, ..NOTHING }));
        assert!(!is_free(span(0, 45), 0, Some(2), Day { booked: 2, ..NOTHING }));
    }

    #[test]
    fn a_pair_has_the_slots_of_one_within_the_time_of_the_other() {
        let mine = [span(0, 60), span(60, 60), span(120, 60)];
        let theirs = [span(30, 45), span(75, 45)];
        assert_eq!(for_both(&mine, &theirs, 0), [span(60, 60)]);
        let spaced = [span(0, 50), span(60, 60)];
        assert_eq!(for_both(&mine, &spaced, 0), [span(60, 60)]);
        assert_eq!(for_both(&mine, &spaced, 10), [span(0, 60), span(60, 60)]);
    }

    fn several() -> impl Strategy<Value = Vec<Span>> {
        proptest::collection::vec((0i64..600, 1u16..20), 0..12)
            .prop_map(|all| all.into_iter().map(|(start, length)| span(start * 5, length * 5)).collect())
    }

    proptest! {
        #[test]
        fn what_a_pair_is_proposed_is_free_for_both(mine in several(), theirs in several()) {
            for slot in for_both(&mine, &theirs, 0) {
                prop_assert!(mine.contains(&slot));
                // Each grain of the slot lies in a free slot of the other.
                for grain in slot.grains() {
                    prop_assert!(theirs.iter().any(|one| one.grains().any(|other| other == grain)));
                }
            }
        }

        #[test]
        fn windows_are_apart_and_cover_the_same_grains(spans in several()) {
            let all = windows(&spans, 0);
            prop_assert!(all.windows(2).all(|pair| pair[0].end < pair[1].start));
            let grains = |list: &[Span]| {
                list.iter().flat_map(|one| one.grains()).collect::<std::collections::BTreeSet<_>>()
            };
            prop_assert_eq!(grains(&all), grains(&spans));
        }
    }
}
