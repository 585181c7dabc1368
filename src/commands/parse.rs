//! `wirefeed parse`: what the parser and the tagger see.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use chrono::{DateTime, Utc};
use wirefeed::taxonomy::Taxonomy;
use wirefeed::wire::{self, Reading};
use wirefeed::{ninjs};

use crate::cli::{Format, ParseArgs};

pub(crate) fn run(args: &ParseArgs) -> anyhow::Result<ExitCode> {
    let zone = chrono_tz::Asia::Shanghai;
    let taxonomy = Taxonomy::embedded();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut refused = false;
    for file in &args.files {
        let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
        let received: DateTime<Utc> = std::fs::metadata(file)?.modified()?.into();
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let reading = wire::read(&bytes, &name, &received.with_timezone(&zone));
        if args.explain {
            explain(&mut out, file, &reading)?;
        } else if args.format == Format::Ninjs {
            for story in &reading.stories {
                serde_json::to_writer(&mut out, &ninjs::object(story, &taxonomy, &name, &zone))?;
                writeln!(out)?;
            }
        }
        refused |= reading.refusal().is_some();
    }
    out.flush()?;
    Ok(ExitCode::from(if refused { 3 } else { 0 }))
}

fn explain(out: &mut impl Write, _file: &Path, reading: &Reading) -> io::Result<()> {
    let mut roles = reading.lines.iter().peekable();
    for (at, text) in reading.page.lines().enumerate() {
        let role = roles.next_if(|role| role.number == at + 1);
        let margin = role.map_or(String::new(), |r| {
            format!("{:>3} {}", r.story.map_or("-".into(), |s| (s + 1).to_string()), r.role.word())
        });
        writeln!(out, "{:>5} {margin:14}│ {text}{}", at + 1, role.filter(|r| !r.why.is_empty()).map_or(String::new(), |r| format!("   ← {}", r.why)))?;
    }
    for remark in &reading.remarks {
        writeln!(out, "{remark}")?;
    }
    Ok(())
}
