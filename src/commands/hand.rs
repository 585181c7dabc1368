//! `wirefeed hold`, `release` and `kill`: what an operator decides of a story.

use std::io::{self, Write};

use wirefeed::archive::Deed;

use super::{Done, Failure, Outcome, load, now, there_already};
use crate::cli::StoryArgs;

pub(crate) fn run(args: &StoryArgs, deed: Deed) -> Outcome {
    let config = load(args.config.as_deref())?;
    let archive = there_already(args.archive.as_ref().unwrap_or(&config.archive), false)?;
    let Some(filed) = archive.by_hand(&args.id, deed, now())? else {
        return Err(Failure::Usage(anyhow::anyhow!("there is no story {}", args.id)));
    };
    let became = match deed {
        Deed::Hold => "held",
        Deed::Release => "released",
        Deed::Kill => "killed",
    };
    let moved = if filed.moved.stories.is_empty() { "; readers see no difference" } else { "" };
    writeln!(io::stdout(), "{} is {became}{moved}", args.id)?;
    Ok(Done::Whole)
}
