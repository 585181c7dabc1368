//! A wire file that an earlier process had in hand when it ended is first read by a child: should that end the child,
//! the file is to blame, and nothing else is lost. A kill from outside blames nobody.

use std::io::{self, Read as _, Write as _};
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, ExitStatus, Stdio};

use rustix::process::{Resource, Rlimit, Signal, setrlimit};
use wirefeed::pipeline::{Trial, Verdict};
use wirefeed::taxonomy::Taxonomy;
use wirefeed::wire;

use super::{Done, Outcome, now};

/// Memory that a trial may take, in bytes of address space. A page of 16 MiB is read in a quarter of it.
const MEMORY: u64 = 2 << 30;
/// Time of a processor that it may take, in seconds. A page of 16 MiB takes three; the service manager waits longer for a
/// sign of life.
const SECONDS: u64 = 20;

/// Has a child of this program read the file.
pub(super) fn by_a_child() -> Trial {
    Box::new(|bytes| match verdict(bytes) {
        Ok(status) => match status.signal() {
            None => Verdict::Sound,
            Some(signal) if is_wish(signal) => Verdict::Unknown,
            Some(signal) => Verdict::Deadly(format!("one that was set to try it was ended by signal {signal}")),
        },
        Err(error) => {
            tracing::warn!(%error, "no child can be started to try it");
            Verdict::Sound
        }
    })
}

/// Whether a process ends so because somebody wants it to: a service manager stops all processes of a unit at once, a
/// terminal all that run in it.
fn is_wish(signal: i32) -> bool {
    [Signal::TERM, Signal::INT, Signal::HUP, Signal::QUIT].iter().any(|wish| wish.as_raw() == signal)
}

fn verdict(bytes: &[u8]) -> io::Result<ExitStatus> {
    // The program that runs, also after another was installed in its place.
    let mut child = Command::new("/proc/self/exe")
        .arg("trial")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // Whether it read all of it, its end tells.
        let _ = stdin.write_all(bytes);
    }
    child.wait()
}

/// `wirefeed trial`: the child. Reads one wire file from standard input, and says nothing.
pub(crate) fn run() -> Outcome {
    let limit = |most| Rlimit { current: Some(most), maximum: Some(most) };
    setrlimit(Resource::As, limit(MEMORY))?;
    setrlimit(Resource::Cpu, limit(SECONDS))?;
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes)?;
    let mut reading = wire::read(&bytes, "trial", &now());
    let tagger = super::tagger(&Taxonomy::embedded());
    for story in &mut reading.stories {
        tagger.tag(story);
    }
    Ok(Done::Whole)
}
