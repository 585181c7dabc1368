//! A newsroom: a folder with an inbox, and the real program at work in it.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

/// How long anything may take that is bound to happen. Far longer than it does, for machines under load.
pub const SOON: Duration = Duration::from_secs(30);

/// The program, in `folder`, with no more of our environment than it needs.
pub fn wirefeed<A: AsRef<OsStr>>(folder: &Path, args: impl IntoIterator<Item = A>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirefeed"));
    command.args(args).current_dir(folder).stdin(Stdio::null()).env("TMPDIR", folder);
    for of_a_service in ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "JOURNAL_STREAM", "LISTEN_FDS"] {
        command.env_remove(of_a_service);
    }
    command
}

/// Waits until `condition` holds.
#[track_caller]
pub fn wait_until(what: &str, deadline: Duration, mut condition: impl FnMut() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < deadline, "within {deadline:?}: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Puts `text` at `path` at once, as careful uploaders do: written under a hidden name, then renamed.
pub fn drop_file(path: &Path, text: impl AsRef<[u8]>) {
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(path.file_name().unwrap());
    let hidden = path.with_file_name(hidden);
    fs::write(&hidden, text).unwrap();
    fs::rename(&hidden, path).unwrap();
}

/// The built-in topics.
const TOPICS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/config/topics.toml");

/// The built-in regions without prefectures and counties: a tenth as many feeds to print in every test.
fn fewer_regions() -> String {
    const SIGN: &str = "\n[[region]]\n";
    let all = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/config/regions.toml")).unwrap();
    let (head, regions) = all.split_once(SIGN).unwrap();
    let is_large = |region: &&str| {
        let code = region.split('"').nth(1).unwrap();
        assert!(region.starts_with("code = "), "{region}");
        code.len() <= "CN-AH".len()
    };
    let large = regions.split(SIGN).filter(is_large);
    [head].into_iter().chain(large).collect::<Vec<_>>().join(SIGN)
}

/// A folder with an inbox and a configuration, and the daemon if it was started. What runs is killed in the end.
pub struct Newsroom {
    folder: TempDir,
    daemon: Option<Daemon>,
}

impl Newsroom {
    /// A newsroom whose files rest for a twentieth of a second.
    pub fn new() -> Self {
        Self::with_settle("50ms")
    }

    pub fn with_settle(settle: &str) -> Self {
        let folder = tempfile::Builder::new().prefix("newsroom-").tempdir().unwrap();
        fs::create_dir(folder.path().join("inbox")).unwrap();
        fs::write(folder.path().join("regions.toml"), fewer_regions()).unwrap();
        let config = format!(
            "title = \"河口通讯\"\nbase_url = \"http://127.0.0.1:8080\"\n[inbox]\nsettle = \"{settle}\"\n\
             [http]\nlisten = \"127.0.0.1:0\"\n\
             [taxonomy]\nbuilt_in = false\ntopics = {TOPICS:?}\nregions = \"regions.toml\"\n"
        );
        fs::write(folder.path().join("wirefeed.toml"), config).unwrap();
        Self { folder, daemon: None }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    pub fn inbox(&self) -> PathBuf {
        self.path("inbox")
    }

    /// Drops a page into the inbox.
    pub fn drop_page(&self, name: &str, text: &str) {
        drop_file(&self.inbox().join(name), text);
    }

    /// Runs a command to its end. Words are as in a shell without quotes.
    pub fn run(&self, words: &str) -> Output {
        wirefeed(self.folder(), words.split_whitespace()).output().unwrap()
    }

    /// Starts `serve` and waits for its address.
    pub fn serve(&mut self) {
        self.serve_as("");
    }

    /// The same, with more words.
    pub fn serve_as(&mut self, words: &str) {
        let command = wirefeed(self.folder(), ["serve"].into_iter().chain(words.split_whitespace()));
        self.start(command);
    }

    /// Starts this command as the daemon and waits for its address.
    pub fn start(&mut self, mut command: Command) {
        assert!(self.daemon.is_none(), "one daemon a newsroom");
        let log = File::options().create(true).append(true).open(self.path("log.txt")).unwrap();
        let child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut daemon = Daemon { child, address: None };
        let stdout = daemon.child.stdout.take().unwrap();
        let (says, said) = mpsc::channel();
        std::thread::spawn(move || {
            let mut line = String::new();
            BufReader::new(stdout).read_line(&mut line).unwrap();
            // When nobody listens any more, the test has failed already.
            let _ = says.send(line);
        });
        let line = said.recv_timeout(SOON).unwrap_or_else(|_| panic!("no address: {}", self.log()));
        let address = line.trim().strip_prefix("http://").and_then(|rest| rest.strip_suffix('/'));
        let Some(address) = address else { panic!("“{line}” is no address: {}", self.log()) };
        daemon.address = Some(address.parse().unwrap());
        self.daemon = Some(daemon);
    }

    /// Where the daemon listens.
    pub fn address(&self) -> SocketAddr {
        self.daemon.as_ref().and_then(|daemon| daemon.address).expect("it was started")
    }

    /// Sends the daemon a signal.
    pub fn signal(&self, signal: Signal) {
        self.daemon.as_ref().expect("it was started").signal(signal);
    }

    /// Asks the daemon to end, and waits until it has.
    pub fn stop(&mut self) -> ExitStatus {
        self.signal(Signal::TERM);
        self.ended()
    }

    /// Waits until the daemon has ended.
    pub fn ended(&mut self) -> ExitStatus {
        let mut daemon = self.daemon.take().expect("it was started");
        let mut status = None;
        wait_until("the daemon ends", SOON, || {
            status = daemon.child.try_wait().unwrap();
            status.is_some()
        });
        status.unwrap()
    }

    /// Kills the daemon where it stands.
    pub fn kill(&mut self) {
        drop(self.daemon.take().expect("it was started"));
    }

    /// What the daemon has said so far.
    pub fn log(&self) -> String {
        fs::read_to_string(self.path("log.txt")).unwrap_or_default()
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    /// Asks with more headers, each ending in `\r\n`.
    pub fn ask(&self, method: &str, path: &str, headers: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address()).unwrap();
        stream.set_read_timeout(Some(SOON)).unwrap();
        let request = format!("{method} {path} HTTP/1.1\r\nHost: wire\r\nConnection: close\r\n{headers}\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        Answer::of(&bytes)
    }

    /// Waits until the page at `path` holds `text`.
    #[track_caller]
    pub fn wait_for(&self, path: &str, text: &str) {
        wait_until(&format!("{path} holds {text}"), SOON, || self.get(path).text().contains(text));
    }

    /// The files that were put away, whatever the day.
    pub fn done(&self) -> Vec<PathBuf> {
        let mut folders = vec![self.path("inbox/done")];
        let mut files = Vec::new();
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(folder) else { continue };
            for path in entries.map(|entry| entry.unwrap().path()) {
                if path.is_dir() { folders.push(path) } else { files.push(path) }
            }
        }
        files.sort();
        files
    }

    /// The names in a folder, sorted.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path(folder)) else { return Vec::new() };
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

impl Drop for Newsroom {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the daemon's log:\n{}", self.log());
        }
    }
}

/// A running daemon; killed when dropped.
struct Daemon {
    child: Child,
    address: Option<SocketAddr>,
}

impl Daemon {
    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a server answered.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn of(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head["HTTP/1.1 ".len()..][..3].parse().unwrap();
        Self { status, head, body: bytes[end + 4..].to_vec() }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }

    /// The headers of these names.
    pub fn headers(&self, names: &[&str]) -> Vec<Option<&str>> {
        names.iter().map(|name| self.header(name)).collect()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// What a command printed on stdout, and on stderr.
pub fn said(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

/// Every file below a folder with its bytes, by its path in it.
pub fn files(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut found = std::collections::BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}
