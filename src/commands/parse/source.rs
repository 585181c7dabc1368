//! Where `parse` reads from: a file, or standard input.

use std::fs::{self, File, Metadata};
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
    let (bytes, written) = if is_stdin(file) {
        (whole("stdin", io::stdin().lock(), max_size)?, now())
    } else {
        on_disk(file, max_size)?
    };
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
    let named = shown(file);
    let metadata = fs::metadata(file).with_context(|| named.clone())?;
    // To read a pipe, a device or a folder could last for ever.
    anyhow::ensure!(metadata.is_file(), "{named}: not a file; “-” reads standard input");
    fits(&named, metadata.len(), max_size)?;
    let open = File::open(file).with_context(|| named.clone())?;
    Ok((whole(&named, open, max_size)?, last_written(&metadata)))
}

/// All that there is to read, and no more of it than a file may have.
fn whole(named: &str, from: impl Read, max_size: ByteSize) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let one_more = max_size.as_u64().saturating_add(1);
    from.take(one_more).read_to_end(&mut bytes).with_context(|| named.to_owned())?;
    fits(named, bytes.len() as u64, max_size)?;
    Ok(bytes)
}

fn fits(named: &str, size: u64, max_size: ByteSize) -> anyhow::Result<()> {
    let size = ByteSize::b(size);
    if size > max_size {
        return Err(Reason::TooLarge { size, max_size }).with_context(|| format!("{named}: refused"));
    }
    Ok(())
}

/// A file's time, which can be set to anything; never before the clock's epoch.
fn last_written(metadata: &Metadata) -> DateTime<Utc> {
    let since = metadata.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    i64::try_from(since.as_secs()).ok().and_then(|secs| DateTime::from_timestamp(secs, 0)).unwrap_or_else(now)
}
