//! The command line as it is typed.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use clap::{Args, Parser, Subcommand, ValueEnum};
use wirefeed::config::ArchiveUrl;
use wirefeed::story::StoryId;

/// Reads wire files (the pages of text that news agencies and newspapers deliver) and publishes their stories as
/// RSS and Atom feeds by topic and region.
#[derive(Debug, Parser)]
#[command(name = "wirefeed", version, propagate_version = true, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    /// Say more on stderr: -v for each file's remarks, -vv for everything.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// How log lines are written to stderr.
    #[arg(long, global = true, value_enum, value_name = "FORMAT", default_value_t = LogFormat::Auto)]
    pub log_format: LogFormat,
    #[command(subcommand)]
    pub command: Command,
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// Journal where stderr leads to systemd's journal, else text.
    Auto,
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
    /// Entries of systemd's journal, each field by itself.
    Journal,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  failed while running
  2  wrong usage or configuration
  3  done, but some files were refused";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Watch the inbox and serve the feeds over HTTP.
    ///
    /// Prints one line on stdout: the address that is served. SIGTERM and SIGINT end it in order; SIGHUP has it read
    /// its configuration anew.
    Serve(ServeArgs),
    /// Read the inbox once, write every feed into a folder, and exit.
    ///
    /// Without --archive nothing is remembered and the inbox is left as it is.
    Build(BuildArgs),
    /// Show what the parser and the tagger see in wire files; touches nothing.
    Parse(ParseArgs),
    /// Check the configuration, and print every URL that it would serve.
    ///
    /// What does nothing in the tables of topics and regions is said on stderr, with file and line.
    Check(CheckArgs),
    /// Label every story of the archive anew, after a change of topics or regions.
    ///
    /// Text, ids and dates stay, and so does what readers have read. A daemon on the same archive shows the new labels
    /// with its next turn, but labels new stories by the tables that it knows: have it read them first (SIGHUP).
    Retag(RetagArgs),
    /// Take a story out of feeds, pages and searches until it is released.
    ///
    /// Readers are told nothing, for it may come back. A version that the wire brings meanwhile is filed and held as
    /// well. A daemon on the same archive notices within a second or two.
    Hold(StoryArgs),
    /// Show a story that is held, killed, withheld or under embargo.
    ///
    /// It has the id and the date that it had; one that nobody has seen yet is dated now. What was withdrawn comes back
    /// as its next version, with the text before the withdrawal.
    Release(StoryArgs),
    /// Withdraw a story: its page says that it is gone, and feeds overwrite it with a notice.
    ///
    /// No version that the wire brings publishes it again; `release` does.
    Kill(StoryArgs),
    /// Tell all that is known of a story: its versions and files, and why it is not shown.
    Show(StoryArgs),
    /// Put refused wire files back into the inbox, for another try: after an update, say, or with a larger `max_size`.
    Retry(RetryArgs),
    /// Read one wire file from standard input, to see whether that ends the process.
    #[command(hide = true)]
    Trial,
}

#[derive(Debug, Args)]
pub(crate) struct StoryArgs {
    /// The story's id, or its URL.
    #[arg(value_name = "ID", value_parser = story_id)]
    pub id: StoryId,
    /// Configuration file [default: ./wirefeed.toml or ./config/wirefeed.toml if there, else the built-in one].
    #[arg(short, long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Where stories are kept, as sqlite:PATH; overrides the configuration.
    #[arg(short, long, value_name = "URL")]
    pub archive: Option<ArchiveUrl>,
}

/// An id as feeds and pages give it: bare, as `urn:uuid:…`, or at the end of a URL.
fn story_id(text: &str) -> Result<StoryId, String> {
    let bare = text.trim_end_matches('/').rsplit(['/', ':']).next().unwrap_or(text);
    bare.parse().map_err(|_| "it wants a story's id (6b2f4c1e-…) or the URL of its page".to_owned())
}

#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// Configuration file [default: ./wirefeed.toml or ./config/wirefeed.toml if there, else the built-in one].
    #[arg(short, long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The folder that wire files are dropped into; overrides the configuration.
    #[arg(short, long, value_name = "DIR")]
    pub inbox: Option<PathBuf>,
    /// Where stories are kept, as sqlite:PATH; overrides the configuration.
    #[arg(short, long, value_name = "URL")]
    pub archive: Option<ArchiveUrl>,
    /// Address to serve at, as IP:PORT; port 0 takes a free one. Overrides the configuration.
    #[arg(short, long, value_name = "ADDR")]
    pub listen: Option<std::net::SocketAddr>,
    /// Try it: throw-away folders, with a sample page in the inbox.
    #[arg(long, conflicts_with_all = ["config", "inbox", "archive"])]
    pub sample: bool,
}

#[derive(Debug, Args)]
pub(crate) struct BuildArgs {
    /// Configuration file [default: ./wirefeed.toml or ./config/wirefeed.toml if there, else the built-in one].
    #[arg(short, long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The folder of wire files; overrides the configuration.
    #[arg(short, long, value_name = "DIR")]
    pub inbox: Option<PathBuf>,
    /// Keep stories there, as sqlite:PATH, and put read files away.
    #[arg(short, long, value_name = "URL")]
    pub archive: Option<ArchiveUrl>,
    /// The folder to write into; made if it is missing.
    #[arg(short, long, value_name = "DIR")]
    pub out: PathBuf,
    /// Write the feeds in these formats and nothing else: no pages for people, no archive pages. What the feeds link to
    /// is then for a daemon at `base_url` to serve.
    #[arg(long, value_name = "FORMAT", value_enum, value_delimiter = ',')]
    pub only: Vec<FeedFormat>,
}

#[derive(Debug, Args)]
pub(crate) struct ParseArgs {
    /// Wire files; “-” reads one from standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// How stories are printed.
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Print the page with the role of each line in the margin, and the evidence for every tag.
    #[arg(short, long, conflicts_with = "format")]
    pub explain: bool,
    /// When the files were received, as 2024-11-19, 2024-11-19T08:00 or 2024-11-19T08:00:00+08:00 [default: when the
    /// file was last written].
    #[arg(short, long, value_name = "TIME", value_parser = receipt)]
    pub received: Option<Receipt>,
    /// Configuration file, for the time zone and the taxonomies.
    #[arg(short, long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// A time as typed: with its zone, or in the zone of the configuration.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Receipt {
    Zoned(DateTime<chrono::FixedOffset>),
    Local(NaiveDateTime),
}

fn receipt(text: &str) -> Result<Receipt, String> {
    let zoned = || DateTime::parse_from_rfc3339(text).map(Receipt::Zoned).ok();
    let local = || {
        ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"]
            .iter()
            .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
    };
    let day = || text.parse::<NaiveDate>().ok().map(|day| day.and_time(NaiveTime::MIN));
    zoned().or_else(|| local().or_else(day).map(Receipt::Local)).ok_or_else(|| {
        "it wants a day (2024-11-19), a local time (2024-11-19T08:00) or one with its zone \
         (2024-11-19T08:00:00+08:00)"
            .to_owned()
    })
}

#[derive(Debug, Args)]
pub(crate) struct RetagArgs {
    /// Configuration file [default: ./wirefeed.toml or ./config/wirefeed.toml if there, else the built-in one].
    #[arg(short, long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Where stories are kept, as sqlite:PATH; overrides the configuration.
    #[arg(short, long, value_name = "URL")]
    pub archive: Option<ArchiveUrl>,
    /// Say what would move, and change nothing.
    #[arg(short = 'n', long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct RetryArgs {
    /// Names of files in `refused` [default: all of them].
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Configuration file [default: ./wirefeed.toml or ./config/wirefeed.toml if there, else the built-in one].
    #[arg(short, long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The folder that wire files are dropped into; overrides the configuration.
    #[arg(short, long, value_name = "DIR")]
    pub inbox: Option<PathBuf>,
}

/// In which formats `build` writes feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FeedFormat {
    Rss,
    Atom,
    Json,
}

/// How `parse` prints stories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// One IPTC ninjs 3.1 object a line.
    Ninjs,
    /// For people.
    Text,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Check the archive instead: is it sound, and what waits there for somebody to look at? Ends with 1 when it is not
    /// sound.
    #[arg(short, long, value_name = "URL", num_args = 0..=1, default_missing_value = "")]
    pub archive: Option<String>,
    /// Configuration file [default: ./wirefeed.toml or ./config/wirefeed.toml if there, else the built-in one].
    #[arg(short, long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}
