//! The manual pages and the completions of shells, as they are packaged: printed from the definition of the command
//! line, which is their only source. `cargo bless` prints them anew.

#[path = "../src/cli.rs"]
#[allow(dead_code, unreachable_pub, reason = "only its definition is looked at")]
mod cli;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::CommandFactory as _;
use clap_complete::Shell;
use expect_test::expect_file;

#[test]
fn the_manual_says_what_the_command_line_takes() {
    let folder = tempfile::tempdir().unwrap();
    clap_mangen::generate_to(cli::Cli::command(), folder.path()).unwrap();
    let pages = texts(folder.path());
    assert!(pages.len() > 4, "{:?}", pages.keys());
    is_printed("man", &pages);
}

#[test]
fn shells_complete_what_the_command_line_takes() {
    let folder = tempfile::tempdir().unwrap();
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        clap_complete::generate_to(shell, &mut cli::Cli::command(), "wirefeed", folder.path()).unwrap();
    }
    let scripts = texts(folder.path());
    assert_eq!(scripts.len(), 3);
    is_printed("completions", &scripts);
}

/// The folder below `debian` holds these texts and no other.
fn is_printed(folder: &str, texts: &BTreeMap<String, String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("debian").join(folder);
    for (name, text) in texts {
        expect_file![folder.join(name)].assert_eq(text);
    }
    let kept: Vec<String> = self::texts(&folder).into_keys().collect();
    assert_eq!(kept, texts.keys().cloned().collect::<Vec<_>>(), "delete what is of no command any more");
}

/// The files of a folder, by name.
fn texts(folder: &Path) -> BTreeMap<String, String> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    paths.map(|path| (name(&path), fs::read_to_string(&path).unwrap())).collect()
}
