//! ARCHITECTURE.md and README.md are true: imports run as the table says, files are where they are said to be,
//! and commands do what they are shown to do.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use support::newsroom::{Newsroom, said};

#[test]
fn imports_run_as_architecture_md_says() {
    let rooms = rooms();
    let table = table();
    let rows: BTreeSet<String> = table.keys().cloned().collect();
    assert_eq!(rows, rooms.keys().cloned().collect(), "rows of the table, and rooms in src");

    let mut wrong = Vec::new();
    for (room, files) in &rooms {
        for (file, depth) in files {
            let code = code(&fs::read_to_string(file).unwrap());
            for known in arrows(&code, *depth, &rows) {
                if known != *room && !table[room].knows.contains(&known) {
                    wrong.push(format!("{}: {room} may not know {known}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rooms_that_do_not_talk_to_the_world_do_not() {
    const WORLD: [&str; 5] = ["std::fs", "TcpListener", "TcpStream", "std::thread", "tokio::"];
    const NOBODYS: [&str; 6] = ["println!", "print!", "eprint!", "std::env", "process::exit", "io::stdout"];
    let mut wrong = Vec::new();
    for (room, files) in rooms().iter().filter(|(room, _)| !matches!(room.as_str(), "commands" | "main")) {
        let is_quiet = table()[room].world == "no";
        for (file, _) in files {
            let code = code(&fs::read_to_string(file).unwrap());
            let said =
                NOBODYS.iter().chain(WORLD.iter().filter(|_| is_quiet)).filter(|word| code.contains(**word));
            wrong.extend(said.map(|word| format!("{}: {word}", file.display())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What one room may know, and what of the world it talks to.
struct Row {
    knows: BTreeSet<String>,
    world: String,
}

/// The table “Who may know whom”.
fn table() -> BTreeMap<String, Row> {
    let text = read("ARCHITECTURE.md");
    let (_, section) = text.split_once("\n## Who may know whom\n").expect("the section is there");
    let section = section.split("\n## ").next().expect("a split has a first part");
    let rows: Vec<[&str; 3]> = section
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            cells.try_into().unwrap_or_else(|_| panic!("three cells: {line}"))
        })
        .collect();
    let rooms: BTreeSet<String> = rows.iter().flat_map(|[room, ..]| ticked(room)).collect();
    let row = |[room, knows, world]: &[&str; 3]| {
        let knows = if *knows == "everything" { rooms.clone() } else { ticked(knows).into_iter().collect() };
        assert!(knows.is_subset(&rooms), "{room} may know {knows:?}");
        (ticked(room).remove(0), Row { knows, world: (*world).to_owned() })
    };
    let table: BTreeMap<String, Row> = rows.iter().map(row).collect();
    assert!(table.len() > 10, "the table was read");
    table
}

/// The words between backticks.
fn ticked(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The rooms of src, each with its files and how deep in the tree of modules each of them is.
fn rooms() -> BTreeMap<String, Vec<(PathBuf, usize)>> {
    let mut rooms: BTreeMap<String, Vec<(PathBuf, usize)>> = BTreeMap::new();
    let src = root().join("src");
    let mut open = vec![src.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let inside = path.strip_prefix(&src).unwrap();
            let parts: Vec<&str> = inside.iter().map(|part| part.to_str().unwrap()).collect();
            let Some(room) = parts[0].strip_suffix(".rs").or((parts.len() > 1).then_some(parts[0])) else {
                continue;
            };
            if inside.extension().is_none_or(|extension| extension != "rs") || room == "lib" {
                continue;
            }
            let depth = match (room, parts.last()) {
                ("main", _) => 0,
                (_, Some(&"mod.rs")) => parts.len() - 1,
                _ => parts.len(),
            };
            rooms.entry(room.to_owned()).or_default().push((path, depth));
        }
    }
    assert!(rooms.len() > 10, "src was found");
    rooms
}

/// The rooms that code at this depth names by path.
fn arrows(code: &str, depth: usize, rooms: &BTreeSet<String>) -> BTreeSet<String> {
    let words = words(code);
    let mut found = BTreeSet::new();
    for (at, word) in words.iter().enumerate() {
        let begins = at == 0 || words[at - 1] != "::";
        let follows = words.get(at + 1).is_some_and(|next| next == "::");
        match word.as_str() {
            "crate" | "wirefeed" if begins && follows => {
                for head in heads(&words[at + 2..]) {
                    assert!(rooms.contains(&head) || head == "self", "{word}::{head} is no room");
                    found.insert(head);
                }
            }
            "crate" if begins => {
                let is_reach = at > 0 && matches!(words[at - 1].as_str(), "(" | "in");
                assert!(is_reach, "the whole crate is used under another name: {:?}", words.get(at..at + 4));
            }
            "super" if begins && follows => {
                let chain = words[at..].chunks(2).take_while(|pair| pair[0] == "super").count();
                // As deep as the file is, or deeper in a module inside of it, this can be the root.
                if chain >= depth {
                    found.extend(heads(&words[at + 2 * chain..]).into_iter().filter(|head| rooms.contains(head)));
                }
            }
            // In main, rooms are at hand without a path.
            room if depth == 0 && begins && follows && rooms.contains(room) => {
                found.insert(room.to_owned());
            }
            _ => {}
        }
    }
    found.remove("self");
    found
}

/// The first names of what follows `crate::`, which may be a list in braces.
fn heads(words: &[String]) -> Vec<String> {
    if words.first().is_none_or(|word| word != "{") {
        return words.first().cloned().into_iter().collect();
    }
    let mut heads = Vec::new();
    let mut open = 0;
    for (at, word) in words.iter().enumerate() {
        match word.as_str() {
            "{" => open += 1,
            "}" => open -= 1,
            _ if open == 1 && matches!(words[at - 1].as_str(), "{" | ",") => heads.push(word.clone()),
            _ => {}
        }
        if open == 0 {
            break;
        }
    }
    heads
}

/// Names, `::`, and single signs.
fn words(code: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut joins = false;
    for c in code.chars() {
        let is_name = c.is_alphanumeric() || c == '_';
        match words.last_mut() {
            Some(word) if joins && is_name => word.push(c),
            Some(word) if c == ':' && word == ":" => word.push(c),
            _ if c.is_whitespace() => {}
            _ => words.push(c.to_string()),
        }
        joins = is_name;
    }
    words
}

/// Rust without its comments and without what stands in quotes.
fn code(rust: &str) -> String {
    let mut code = String::new();
    let mut left = rust;
    while let Some(c) = left.chars().next() {
        let skip = match c {
            '/' if left.starts_with("//") => left.find('\n').unwrap_or(left.len()),
            '/' if left.starts_with("/*") => left.find("*/").map_or(left.len(), |end| end + 2),
            'r' if !code.ends_with(|c: char| c.is_alphanumeric() || c == '_') => raw_text(left).unwrap_or(0),
            '"' => text(left),
            '\'' => character(left).unwrap_or(0),
            _ => 0,
        };
        if skip == 0 {
            code.push(c);
        } else {
            code.push(' ');
        }
        left = &left[skip.max(c.len_utf8())..];
    }
    code
}

/// How long the text at the beginning is, with its quotes.
fn text(rust: &str) -> usize {
    let mut chars = rust.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return at + 1,
            '\\' => drop(chars.next()),
            _ => {}
        }
    }
    rust.len()
}

/// The same for `r#"…"#`, if it is one.
fn raw_text(rust: &str) -> Option<usize> {
    let hashes = rust[1..].chars().take_while(|&c| c == '#').count();
    let inside = rust[1 + hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    Some(2 + hashes + inside.find(&end)? + end.len())
}

/// The same for `'x'`; a lifetime is none.
fn character(rust: &str) -> Option<usize> {
    let inside = rust[1..].chars().next()?;
    if inside == '\\' {
        return Some(3 + rust[3..].find('\'')? + 1);
    }
    let end = 1 + inside.len_utf8();
    rust[end..].starts_with('\'').then_some(end + 1)
}

#[test]
fn the_scan_sees_every_way_to_name_a_room() {
    let rooms: BTreeSet<String> = ["feed", "http", "story", "wire"].map(str::to_owned).into();
    let sees =
        |rust: &str, depth: usize| arrows(&code(rust), depth, &rooms).into_iter().collect::<Vec<_>>().join(" ");
    for (rust, depth, wants) in [
        ("use crate::feed::{self, Format};", 1, "feed"),
        ("use crate::{feed::{Atom, http}, story};", 1, "feed story"),
        ("fn f() -> crate :: http::Reply { wirefeed::wire::read() }", 1, "http wire"),
        ("pub(crate) fn f() {} pub(in crate::wire) fn g() {}", 2, "wire"),
        ("use super::feed;", 1, "feed"),
        ("use super::feed;", 2, ""),
        ("use super::super::feed;", 2, "feed"),
        ("mod feed; fn f() { feed::print(); story(); }", 0, "feed"),
        ("// use crate::feed;\n/* crate::http */ let a = \"crate::wire\"; //! [`crate::story`]", 1, ""),
        ("let a = '\"'; use crate::feed; let b = '\\''; let c = r#\"\" crate::http\"#; fn f<'a>() {}", 1, "feed"),
    ] {
        assert_eq!(sees(rust, depth), wants, "{rust}");
    }
    for alias in ["use crate as house;", "use crate::*;", "use crate::cellar::Wine;"] {
        assert!(std::panic::catch_unwind(|| sees(alias, 1)).is_err(), "{alias}");
    }
}

#[test]
fn every_file_that_architecture_md_names_is_there() {
    let text = read("ARCHITECTURE.md");
    let is_path = |word: &String| {
        let endings = [".rs", ".md", ".toml", ".sql", ".txt", ".service"];
        let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || "_-./*".contains(c));
        plain
            && !word.starts_with('/')
            && (word.contains('/') || endings.iter().any(|ending| word.ends_with(ending)))
    };
    let mut named = 0;
    for line in prose(&text) {
        // `src/wire/passage.rs` and `cut.rs`: the second is beside the first.
        let mut beside = root();
        for word in ticked(line).into_iter().filter(is_path) {
            let place = [root(), root().join("src"), beside.clone(), root().join("config")]
                .into_iter()
                .map(|folder| folder.join(&word))
                .find(|path| is_there(path));
            let Some(place) = place else { panic!("{word} is not there: {line}") };
            place.parent().unwrap().clone_into(&mut beside);
            named += 1;
        }
    }
    assert!(named > 20, "only {named} files are named");
}

/// Whether there is such a file; a star stands for any name.
fn is_there(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_str().unwrap();
    let Some((before, after)) = name.split_once('*') else { return path.exists() };
    let entries = fs::read_dir(path.parent().unwrap()).into_iter().flatten();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.into_iter().any(|name| name.starts_with(before) && name.ends_with(after))
}

/// The lines outside of fenced blocks.
fn prose(markdown: &str) -> impl Iterator<Item = &str> {
    markdown.split("\n```").step_by(2).flat_map(str::lines)
}

#[test]
fn every_command_of_readme_md_runs() {
    let readme = read("README.md");
    let room = Newsroom::new();
    for folder in ["config", "feeds"] {
        copy(&root().join(folder), &room.path(folder));
    }
    fs::remove_file(room.path("wirefeed.toml")).unwrap();
    let mut ran = 0;
    for line in commands(&readme) {
        let Some(words) = arguments(&line) else { continue };
        says_its_flags(&room, &line, &words);
        // What names a place on the reader's machine cannot be tried on ours.
        let is_ours = !words.iter().any(|word| word.contains(['~', '$']) || word.starts_with('/'));
        if is_ours && matches!(words[0].as_str(), "parse" | "build" | "check") {
            put_in_place(&room, &words);
            let output = room.run(&words.join(" "));
            let (out, err) = said(&output);
            assert!(output.status.success(), "{line}\n{out}\n{err}");
            ran += 1;
        }
    }
    assert!(ran > 1, "README.md shows how to build and how to parse");
}

/// The lines of blocks marked `sh` or not at all; what ends in a backslash goes on in the next.
fn commands(markdown: &str) -> Vec<String> {
    let blocks = markdown
        .split("\n```")
        .skip(1)
        .step_by(2)
        .filter_map(|block| block.strip_prefix("sh").unwrap_or(block).strip_prefix('\n'));
    let lines = |block: &str| {
        let joined = block.replace("\\\n", " ");
        joined.lines().map(|line| line.trim().trim_start_matches("$ ").to_owned()).collect::<Vec<_>>()
    };
    blocks.flat_map(lines).collect()
}

/// What follows `wirefeed` or `cargo run … --` in a line, up to the end of that command.
fn arguments(line: &str) -> Option<Vec<String>> {
    let ours = match line.strip_prefix("wirefeed ") {
        Some(rest) => rest,
        None => line.strip_prefix("cargo run ")?.split_once("-- ")?.1,
    };
    let word = |word: &str| word.trim_matches(['"', '\'']).to_owned();
    let ends = |word: &&str| matches!(*word, "|" | "&" | "&&" | ">" | "#" | ";");
    let words: Vec<String> = ours.split_whitespace().take_while(|word| !ends(word)).map(word).collect();
    (!words.is_empty()).then_some(words)
}

/// Every flag of the command is one that its help tells of.
fn says_its_flags(room: &Newsroom, line: &str, words: &[String]) {
    if words[0].starts_with('-') {
        return;
    }
    let (help, err) = said(&room.run(&format!("{} --help", words[0])));
    assert!(err.is_empty(), "{line}: {err}");
    let known: BTreeSet<&str> = help.split(|c: char| c.is_whitespace() || ",[]".contains(c)).collect();
    for flag in words.iter().filter(|word| word.starts_with('-')) {
        let flag = flag.split('=').next().expect("a split has a first part");
        assert!(known.contains(flag), "{line}: there is no {flag}");
    }
}

/// Makes the pages and folders that a command wants to find.
fn put_in_place(room: &Newsroom, words: &[String]) {
    for page in words.iter().filter(|word| Path::new(word).extension().is_some_and(|extension| extension == "txt"))
    {
        let path = room.path(page);
        if !path.exists() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::copy(root().join("src/commands/sample.txt"), path).unwrap();
        }
    }
    for pair in words.windows(2).filter(|pair| matches!(pair[0].as_str(), "--inbox" | "-i")) {
        fs::create_dir_all(room.path(&pair[1])).unwrap();
    }
}

#[test]
fn commands_are_found_in_a_readme() {
    let readme = "Text.\n\n```sh\n$ cargo run -q -- build --inbox in \\\n  --out out   # all of it\nls\n```\n\n\
                  ```toml\nwirefeed = 1\n```\n\n```\nwirefeed parse \"page.txt\" | head\n```\n";
    let found: Vec<Vec<String>> = commands(readme).iter().filter_map(|line| arguments(line)).collect();
    assert_eq!(found, [vec!["build", "--inbox", "in", "--out", "out"], vec!["parse", "page.txt"]]);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let there = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &there);
        } else {
            fs::copy(&path, there).unwrap();
        }
    }
}

fn root() -> PathBuf {
    env!("CARGO_MANIFEST_DIR").into()
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}
