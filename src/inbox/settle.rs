//! Which files are whole: those whose size and time have rested. Pure; the clock is an argument.
//!
//! No event and no lock tells when the last byte of a copy is written, on every file system. That a file rests
//! does.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};

use chrono::{DateTime, TimeDelta, Utc};

/// What one look at a file shows. Between two looks that differ, it was written or replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sight {
    /// Bytes.
    pub size: u64,
    /// When its content was last changed, as the file system has it: it may lie in the future.
    pub modified: DateTime<Utc>,
    /// Device and inode: another file may come under the same name, with the same size and time.
    pub inode: (u64, u64),
}

/// What the file system told of a file besides: it shortens the rest, and decides nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    /// It was moved to this name, as whoever writes under another name first does at the end.
    Moved,
    /// Somebody who could write closed it.
    Closed,
}

/// Whether a file is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rest {
    /// It has rested long enough.
    Whole {
        /// When it was first seen.
        received: DateTime<Utc>,
    },
    /// It has not.
    LookAgain {
        /// If it stays as it is, it will have at this moment.
        at: DateTime<Utc>,
        /// When it was first seen.
        received: DateTime<Utc>,
    },
    /// It was taken before, and has not changed since.
    Taken,
}

/// The files of a folder, as far as they have been watched resting.
#[derive(Debug)]
pub(super) struct Settling {
    settle: TimeDelta,
    files: HashMap<OsString, Seen>,
    hindrance: Option<Hindrance>,
}

#[derive(Debug, Clone, Copy)]
struct Seen {
    sight: Sight,
    received: DateTime<Utc>,
    /// The last look.
    looked: DateTime<Utc>,
    /// As it is now, it has been since then at the latest.
    since: DateTime<Utc>,
    hint: Option<Hint>,
    taken: Option<Taken>,
}

/// A file that was taken as it is, and is still there.
#[derive(Debug, Clone, Copy)]
enum Taken {
    /// It comes up again only when it changes.
    ForGood,
    /// It could not be put away; when that was last tried.
    PutOff(DateTime<Utc>),
}

/// Something keeps files from being put away, most likely all of them: a disk that is full or read-only. They are tried
/// again one at a time, after longer and longer waits; when one goes, all do.
#[derive(Debug, Clone, Copy)]
struct Hindrance {
    /// When the next one is tried.
    until: DateTime<Utc>,
    /// How long that was from the last one.
    wait: TimeDelta,
}

impl Hindrance {
    const FIRST: TimeDelta = TimeDelta::seconds(1);
    const LONGEST: TimeDelta = TimeDelta::minutes(1);

    /// One more try went wrong; the failures of one turn are one.
    fn after(earlier: Option<Self>, now: DateTime<Utc>) -> Self {
        let wait = match earlier {
            Some(earlier) if !earlier.is_over(now) => return earlier,
            Some(earlier) => (earlier.wait * 2).min(Self::LONGEST),
            None => Self::FIRST,
        };
        Self { until: now + wait, wait }
    }

    /// Whether a file is to be tried. A clock that was set back must not make it wait for a year.
    fn is_over(&self, now: DateTime<Utc>) -> bool {
        now >= self.until || self.until - now > Self::LONGEST
    }
}

impl Settling {
    /// A file is whole once it has rested for `settle`.
    pub(super) fn new(settle: TimeDelta) -> Self {
        Self { settle, files: HashMap::new(), hindrance: None }
    }

    /// Judges all files of a listing. One that is no longer listed is forgotten.
    pub(super) fn listing(
        &mut self,
        files: impl IntoIterator<Item = (OsString, Sight)>,
        heard: &HashMap<OsString, Hint>,
        now: DateTime<Utc>,
    ) -> Vec<Rest> {
        let mut before = std::mem::take(&mut self.files);
        let tried = self.next_try(&before, now);
        let mut rests = Vec::new();
        for (name, sight) in files {
            let mut seen = match before.remove(&name) {
                Some(earlier) => earlier.again(sight, now),
                None => Seen::first(sight, now),
            };
            seen.hint = heard.get(&name).copied().or(seen.hint);
            rests.push(match (self.hindrance, seen.taken) {
                (Some(Hindrance { until, .. }), Some(Taken::PutOff(_))) if tried.as_ref() != Some(&name) => {
                    Rest::LookAgain { at: until, received: seen.received }
                }
                _ => seen.rest(self.settle, now),
            });
            self.files.insert(name, seen);
        }
        rests
    }

    /// The file was taken and stays where it is: it comes up again when it changes.
    pub(super) fn take(&mut self, name: &OsStr) {
        self.note(name, Taken::ForGood);
    }

    /// Of the files that could not be put away the one that has not been tried for longest, when it is time to try one.
    fn next_try(&self, files: &HashMap<OsString, Seen>, now: DateTime<Utc>) -> Option<OsString> {
        self.hindrance.filter(|hindrance| hindrance.is_over(now))?;
        let put_off = files.iter().filter_map(|(name, seen)| match seen.taken {
            Some(Taken::PutOff(at)) => Some((at, name)),
            _ => None,
        });
        put_off.min().map(|(_, name)| name.clone())
    }

    /// The file was taken and could not be put away: it comes up again when it changes, and when that may go again.
    pub(super) fn put_off(&mut self, name: &OsStr, now: DateTime<Utc>) {
        self.note(name, Taken::PutOff(now));
        self.hindrance = Some(Hindrance::after(self.hindrance, now));
    }

    fn note(&mut self, name: &OsStr, taken: Taken) {
        if let Some(seen) = self.files.get_mut(name) {
            seen.taken = Some(taken);
        }
    }

    /// The file is gone: the next one of this name is another.
    pub(super) fn forget(&mut self, name: &OsStr) {
        let seen = self.files.remove(name);
        if seen.is_some_and(|seen| matches!(seen.taken, Some(Taken::PutOff(_)))) {
            self.hindrance = None;
        }
    }
}

impl Seen {
    /// A file that was last written an hour ago has rested for an hour, unless its clock runs ahead of ours.
    fn first(sight: Sight, now: DateTime<Utc>) -> Self {
        let since = if sight.modified <= now { sight.modified } else { now };
        Self { sight, received: now, looked: now, since, hint: None, taken: None }
    }

    fn again(self, sight: Sight, now: DateTime<Utc>) -> Self {
        if sight == self.sight {
            // Set back by a year, our clock must not make the file wait for one.
            return Self { looked: now, since: self.since.min(now), ..self };
        }
        // It changed after the last look. `cp -p` sets an old time in the end, which tells nothing.
        let told = sight.modified > self.looked && sight.modified <= now;
        let since = if told { sight.modified } else { now };
        Self { sight, looked: now, since, hint: None, taken: None, ..self }
    }

    fn rest(&self, settle: TimeDelta, now: DateTime<Utc>) -> Rest {
        let Self { received, .. } = *self;
        match self.taken {
            Some(Taken::ForGood) => return Rest::Taken,
            // It had rested when it was taken.
            Some(Taken::PutOff(_)) => return Rest::Whole { received },
            None => {}
        }
        let settle = match self.hint {
            Some(Hint::Moved) => TimeDelta::zero(),
            // Whoever appends line by line opens it again at once.
            Some(Hint::Closed) => settle / 10,
            None => settle,
        };
        if now - self.since >= settle {
            Rest::Whole { received }
        } else {
            Rest::LookAgain {
                at: self.since.checked_add_signed(settle).unwrap_or(DateTime::<Utc>::MAX_UTC),
                received,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_file_is_whole_at_first_sight() {
        check(&[(100, 10, -3600)], "whole, first seen at 100");
        check(&[(100, 10, 98)], "whole, first seen at 100");
    }

    #[test]
    fn a_fresh_file_is_whole_once_it_has_rested() {
        check(&[(100, 10, 99)], "look again at 101");
        check(&[(100, 10, 99), (101, 10, 99)], "whole, first seen at 100");
    }

    #[test]
    fn a_growing_file_starts_anew_each_time() {
        check(&[(100, 10, 100), (101, 20, 101), (102, 30, 102)], "look again at 104");
        check(&[(100, 10, 100), (101, 20, 101), (102, 30, 102), (104, 30, 102)], "whole, first seen at 100");
    }

    #[test]
    fn a_file_that_grows_under_an_old_time_is_watched() {
        check(&[(100, 10, 50), (101, 20, 50)], "look again at 103");
        check(&[(100, 10, 100), (101, 20, 5)], "look again at 103");
        check(&[(100, 10, 100), (101, 20, 5), (103, 20, 5)], "whole, first seen at 100");
    }

    #[test]
    fn rest_counts_from_the_last_write_not_from_the_look() {
        check(&[(100, 10, 100), (110, 20, 107)], "whole, first seen at 100");
    }

    #[test]
    fn a_time_in_the_future_tells_nothing() {
        check(&[(100, 10, 9999)], "look again at 102");
        check(&[(100, 10, 9999), (102, 10, 9999)], "whole, first seen at 100");
        check(&[(100, 10, 100), (101, 20, 9999), (102, 20, 9999)], "look again at 103");
    }

    #[test]
    fn a_clock_set_back_costs_one_more_rest() {
        check(&[(5000, 10, 5000), (100, 10, 5000)], "look again at 102");
        check(&[(5000, 10, 5000), (100, 10, 5000), (102, 10, 5000)], "whole, first seen at 5000");
    }

    #[test]
    fn another_file_of_the_same_name_and_size_and_time_rests_anew() {
        let mut settling = Settling::new(TimeDelta::seconds(2));
        look(&mut settling, 100, Sight { inode: (1, 1), ..sight(10, 100) });
        let rest = look(&mut settling, 102, Sight { inode: (1, 2), ..sight(10, 100) });
        assert_eq!(rest, Rest::LookAgain { at: at(104), received: at(100) });
    }

    #[test]
    fn a_taken_file_comes_up_again_when_it_changes() {
        let mut settling = Settling::new(TimeDelta::seconds(2));
        look(&mut settling, 100, sight(10, 0));
        settling.take(OsStr::new("a.txt"));
        assert_eq!(look(&mut settling, 200, sight(10, 0)), Rest::Taken);
        let again = Rest::LookAgain { at: at(302), received: at(100) };
        assert_eq!(look(&mut settling, 300, sight(20, 300)), again);
        assert_eq!(look(&mut settling, 302, sight(20, 300)), Rest::Whole { received: at(100) });
    }

    #[test]
    fn a_file_that_was_moved_in_is_whole_at_once() {
        let mut settling = Settling::new(TimeDelta::seconds(2));
        let rest = hear(&mut settling, 100, sight(10, 100), Some(Hint::Moved));
        assert_eq!(rest, Rest::Whole { received: at(100) });
    }

    #[test]
    fn a_file_that_was_closed_rests_a_tenth_unless_it_is_written_again() {
        let mut settling = Settling::new(TimeDelta::seconds(20));
        let rest = hear(&mut settling, 100, sight(10, 100), Some(Hint::Closed));
        assert_eq!(rest, Rest::LookAgain { at: at(102), received: at(100) });
        assert_eq!(look(&mut settling, 102, sight(10, 100)), Rest::Whole { received: at(100) });
        let rest = look(&mut settling, 103, sight(20, 103));
        assert_eq!(rest, Rest::LookAgain { at: at(123), received: at(100) });
    }

    #[test]
    fn a_file_that_could_not_be_put_away_comes_up_again_after_longer_and_longer_waits() {
        let mut settling = Settling::new(TimeDelta::seconds(2));
        look(&mut settling, 100, sight(10, 0));
        let mut now = 100;
        for wait in [1, 2, 4, 8, 16, 32, 60, 60] {
            settling.put_off(OsStr::new("a.txt"), at(now));
            let again = Rest::LookAgain { at: at(now + wait), received: at(100) };
            assert_eq!(look(&mut settling, now, sight(10, 0)), again);
            now += wait;
            assert_eq!(look(&mut settling, now, sight(10, 0)), Rest::Whole { received: at(100) });
        }
        settling.put_off(OsStr::new("a.txt"), at(now));
        let set_back = look(&mut settling, 50, sight(10, 0));
        assert_eq!(set_back, Rest::Whole { received: at(100) }, "the clock was set back");
    }

    #[test]
    fn of_many_that_could_not_be_put_away_one_is_tried_and_when_it_goes_all_are() {
        let names = ["a.txt", "b.txt", "c.txt"].map(OsString::from);
        let mut settling = Settling::new(TimeDelta::seconds(2));
        let tried = |settling: &mut Settling, now: i64| -> Vec<usize> {
            let files = names.iter().map(|name| (name.clone(), sight(10, 0)));
            let rests = settling.listing(files, &HashMap::new(), at(now));
            (0..rests.len()).filter(|&file| matches!(rests[file], Rest::Whole { .. })).collect()
        };
        assert_eq!(tried(&mut settling, 100), [0, 1, 2]);
        for name in &names {
            settling.put_off(name, at(100));
        }
        assert_eq!(tried(&mut settling, 100), [0; 0]);
        assert_eq!(tried(&mut settling, 101), [0]);
        settling.put_off(&names[0], at(101));
        assert_eq!(tried(&mut settling, 102), [0; 0]);
        assert_eq!(tried(&mut settling, 103), [1], "each has its turn");
        settling.forget(&names[1]);
        assert_eq!(tried(&mut settling, 103), [0, 1, 2], "and a new one of that name");
    }

    #[test]
    fn a_file_that_was_away_is_a_new_one() {
        for leave in [Settling::forget as fn(&mut Settling, &OsStr), |settling, _| {
            settling.listing([], &HashMap::new(), at(150));
        }] {
            let mut settling = Settling::new(TimeDelta::seconds(2));
            look(&mut settling, 100, sight(10, 0));
            leave(&mut settling, OsStr::new("a.txt"));
            assert_eq!(look(&mut settling, 200, sight(10, 0)), Rest::Whole { received: at(200) });
        }
    }

    /// Looks at one file, at each (second, size, time of change), and prints how the last look ended.
    fn check(looks: &[(i64, u64, i64)], expected: &str) {
        let mut settling = Settling::new(TimeDelta::seconds(2));
        let rests = looks.iter().map(|&(now, size, modified)| look(&mut settling, now, sight(size, modified)));
        let told = match rests.last().unwrap() {
            Rest::Whole { received } => format!("whole, first seen at {}", received.timestamp()),
            Rest::LookAgain { at, .. } => format!("look again at {}", at.timestamp()),
            Rest::Taken => "taken".to_owned(),
        };
        assert_eq!(told, expected, "{looks:?}");
    }

    fn look(settling: &mut Settling, now: i64, sight: Sight) -> Rest {
        hear(settling, now, sight, None)
    }

    fn hear(settling: &mut Settling, now: i64, sight: Sight, hint: Option<Hint>) -> Rest {
        let heard = hint.map(|hint| (OsString::from("a.txt"), hint)).into_iter().collect();
        settling.listing([(OsString::from("a.txt"), sight)], &heard, at(now))[0]
    }

    fn sight(size: u64, modified: i64) -> Sight {
        Sight { size, modified: at(modified), inode: (1, 1) }
    }

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }
}
