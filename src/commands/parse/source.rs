//! Where `parse` reads from: a file, or standard input.

use std::fs::{self, Metadata};
use std::io::{self, Read};
use std::path::Path;
use std::time::UNIX_EPOCH;

use anyhow::Context;
use bytesize::ByteSize;
use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Tz;
use wirefeed::inbox::Reason;

use super::super::now;
use crate::cli::Receipt;

/// The file's name for a line of a message: what would steer a terminal or break the line is escaped.
pub(super) fn shown(file: &Path) -> String {
    if is_stdin(file) {
        return "stdin".to_owned();
    }
    let escaped = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    file.display().to_string().chars().map(escaped).collect()
}

fn is_stdin(file: &Path) -> bool {
    file == Path::new("-")
}

/// The file's bytes, and when it was received in the zone of its datelines.
pub(super) fn read(
    file: &Path,
    given: Option<Receipt>,
    zone: Tz,
    max_size: ByteSize,
) -> anyhow::Result<(Vec<u8>, DateTime<Tz>)> {
    let (bytes, written) = if is_stdin(file) { (stdin(max_size)?, now()) } else { on_disk(file, max_size)? };
    let received = match given {
        Some(Receipt::Zoned(at)) => at.with_timezone(&zone),
        Some(Receipt::Local(at)) => zone
            .from_local_datetime(&at)
            .earliest()
            .with_context(|| format!("{at} is no time in {zone}: its clocks were put forward"))?,
        None => written.min(now()).with_timezone(&zone),
    };
    Ok((bytes, received))
}

/// The bytes of a file, and when it was last written.
fn on_disk(file: &Path, max_size: ByteSize) -> anyhow::Result<(Vec<u8>, DateTime<Utc>)> {
    let named = || shown(file);
    let metadata = fs::metadata(file).with_context(named)?;
    // To read a pipe, a device or a folder could last for ever.
    anyhow::ensure!(metadata.is_file(), "{}: not a file; “-” reads standard input", named());
    let size = ByteSize::b(metadata.len());
    if size > max_size {
        return Err(Reason::TooLarge { size, max_size }).with_context(|| format!("{}: refused", named()));
    }
    let bytes = fs::read(file).with_context(named)?;
    Ok((bytes, last_written(&metadata)))
}

/// What is piped in, and no more of it than a file may have.
fn stdin(max_size: ByteSize) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(max_size.as_u64() + 1).read_to_end(&mut bytes).context("stdin")?;
    let size = ByteSize::b(bytes.len() as u64);
    if size > max_size {
        return Err(Reason::TooLarge { size, max_size }).context("stdin: refused");
    }
    Ok(bytes)
}

/// A file's time, which can be set to anything; never before the clock's epoch.
fn last_written(metadata: &Metadata) -> DateTime<Utc> {
    let since = metadata.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    i64::try_from(since.as_secs()).ok().and_then(|secs| DateTime::from_timestamp(secs, 0)).unwrap_or_else(now)
}
