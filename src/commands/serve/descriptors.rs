//! How many files and connections the process may have open at once.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// As many connections as are wanted, if the system lets the process have them beside its own files; else as many as
/// there can be. Takes whatever the system grants.
pub(super) fn connections(wanted: usize) -> usize {
    let granted = raised();
    let most = beside_own(granted);
    if wanted > most {
        tracing::warn!(
            wanted,
            most,
            descriptors = granted,
            "fewer connections at once: raise LimitNOFILE= or ulimit -n"
        );
    }
    wanted.min(most)
}

/// The limit on open descriptors, after it was taken up as far as that goes without leave.
fn raised() -> usize {
    let limit = getrlimit(Resource::Nofile);
    // Where it is refused, what there was still holds.
    let current = match setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit }) {
        Ok(()) => limit.maximum,
        Err(_) => limit.current,
    };
    current.map_or(usize::MAX, |current| usize::try_from(current).unwrap_or(usize::MAX))
}

/// What connections may take of so many descriptors: the archive's readers, the inbox and a trial need some.
fn beside_own(descriptors: usize) -> usize {
    const OWN: usize = 64;
    descriptors.saturating_sub(OWN).max(descriptors / 2).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_descriptors_are_left_for_files() {
        for (descriptors, connections) in
            [(1_024, 960), (100, 50), (40, 20), (1, 1), (usize::MAX, usize::MAX - 64)]
        {
            assert_eq!(beside_own(descriptors), connections, "{descriptors}");
        }
    }
}
