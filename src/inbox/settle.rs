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
    /// At this moment, too.
    Until(DateTime<Utc>),
}

/// How long a file rests that was taken and could not be put away, before it is tried again.
const PUT_OFF: TimeDelta = TimeDelta::minutes(5);

impl Settling {
    /// A file is whole once it has rested for `settle`.
    pub(super) fn new(settle: TimeDelta) -> Self {
        Self { settle, files: HashMap::new() }
    }

    /// Judges all files of a listing. One that is no longer listed is forgotten.
    pub(super) fn listing(
        &mut self,
        files: impl IntoIterator<Item = (OsString, Sight)>,
        heard: &HashMap<OsString, Hint>,
        now: DateTime<Utc>,
    ) -> Vec<Rest> {
        let mut before = std::mem::take(&mut self.files);
        let mut rests = Vec::new();
        for (name, sight) in files {
            let mut seen = match before.remove(&name) {
                Some(earlier) => earlier.again(sight, now),
                None => Seen::first(sight, now),
            };
            seen.hint = heard.get(&name).copied().or(seen.hint);
            rests.push(seen.rest(self.settle, now));
            self.files.insert(name, seen);
        }
        rests
    }

    /// The file was taken and stays where it is: it comes up again when it changes.
    pub(super) fn take(&mut self, name: &OsStr) {
        self.note(name, Taken::ForGood);
    }

    /// The file was taken and could not be put away: it comes up again when it changes, and after some minutes.
    pub(super) fn put_off(&mut self, name: &OsStr, now: DateTime<Utc>) {
        self.note(name, Taken::Until(now + PUT_OFF));
    }

    fn note(&mut self, name: &OsStr, taken: Taken) {
        if let Some(seen) = self.files.get_mut(name) {
            seen.taken = Some(taken);
        }
    }

    /// The file is gone: the next one of this name is another.
    pub(super) fn forget(&mut self, name: &OsStr) {
        self.files.remove(name);
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
            // A clock that was set back must not make it wait for a year.
            Some(Taken::Until(at)) if now < at && at - now <= PUT_OFF => return Rest::LookAgain { at, received },
            _ => {}
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
    fn a_file_that_could_not_be_put_away_comes_up_again_after_some_minutes() {
        let mut settling = Settling::new(TimeDelta::seconds(2));
        look(&mut settling, 100, sight(10, 0));
        settling.put_off(OsStr::new("a.txt"), at(100));
        let again = Rest::LookAgain { at: at(400), received: at(100) };
        assert_eq!(look(&mut settling, 200, sight(10, 0)), again);
        assert_eq!(look(&mut settling, 400, sight(10, 0)), Rest::Whole { received: at(100) });
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
