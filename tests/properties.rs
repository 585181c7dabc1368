//! What holds for every page that could ever come: nothing panics, and no character is lost or invented.

#[path = "support/targets.rs"]
mod targets;

use std::fs;
use std::path::Path;

use arbtest::arbitrary::{self, Unstructured};

#[test]
fn fixtures_keep_their_characters() {
    for page in targets::pages::pages().iter().chain(&targets::pages::pages_in("gaps")) {
        targets::wire_bytes(&page.wire);
    }
}

#[test]
fn fixtures_in_any_combination_keep_their_characters() {
    on_many(targets::recombine);
}

#[test]
fn arbitrary_text_keeps_its_characters() {
    on_many(targets::wire_alphabet);
}

#[test]
fn arbitrary_bytes_are_read_or_refused() {
    on_many(targets::wire_bytes);
}

/// What `cargo fuzz` has found worth keeping: each file leads through other code than the rest.
#[test]
fn the_corpus_of_every_fuzz_target_holds() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
    for (name, target) in targets::ALL {
        let files = fs::read_dir(corpus.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        for file in files {
            let path = file.unwrap().path();
            println!("{}", path.display());
            target(&fs::read(&path).unwrap());
        }
    }
}

/// Runs `holds` on inputs of all sizes: the same at each run, so that a failure stays one. `WIREFEED_SEED=N` starts
/// elsewhere, for a search that goes on.
fn on_many(holds: impl Fn(&[u8])) {
    const INPUTS: u64 = 400;
    let start = std::env::var("WIREFEED_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1_u64);
    let given = |u: &mut Unstructured| -> arbitrary::Result<()> {
        holds(u.bytes(u.len())?);
        Ok(())
    };
    for seed in start..start + INPUTS {
        let size = 16 << (seed % 8);
        arbtest::arbtest(given).seed(seed << 32 | size).run();
    }
}
