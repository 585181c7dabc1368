"""What all steps share: a newsroom with the real program at work in it, invented pages, and one verdict line a step.

Python's standard library only. Nothing outside this machine is asked for.
"""
import atexit, hashlib, http.client, json, os, pathlib, random, re, shutil, signal, subprocess, sys, tempfile, time
import urllib.parse
import xml.etree.ElementTree as ET

ATOM = "{http://www.w3.org/2005/Atom}"
BINARY = os.environ.get("WIREFEED", "wirefeed")
SEED = int(os.environ.get("WIREFEED_SEED", "7"))


class Skip(Exception):
    """This machine cannot do it; the word says why."""


def have(program):
    if shutil.which(program) is None:
        raise Skip(f"{program} is not installed")
    return program


def say(text=""):
    print(text, flush=True)


class Verdict:
    """Counts what held and what did not."""

    def __init__(self, name):
        self.name, self.good, self.bad = name, 0, 0

    def check(self, holds, what):
        if holds:
            self.good += 1
        else:
            self.bad += 1
            say(f"  WRONG {what}")
        return holds

    def end(self, figures=""):
        total = self.good + self.bad
        say(f"{self.name}: {'holds' if not self.bad else 'FAILS'}, {self.good}/{total} checks{'; ' if figures else ''}{figures}")
        return self.bad == 0


# --- pages

PORTS = "青螺 石桥 白鹭 柳湾 南埠 松门 鹤滩 竹溪 云集 杏林".split()
GOODS = "春茶 新米 鲜藕 蜜橘 竹器 莲子 木雕 河虾".split()
ACTS = "集中上市 远销外地 喜获丰收 恢复外运 开秤收购".split()
PEOPLE = "方舟 林晚 苏禾 段小雨 谢朗 何知秋".split()


class Pages:
    """Invented pages, each of one to three stories; no two headlines are alike."""

    def __init__(self, seed=SEED, day=None):
        self.chance, self.number, self.day = random.Random(seed), 0, day or time.localtime()

    def page(self, most=3):
        """Its text and its headlines."""
        pick, day = self.chance.choice, self.day
        month_day = f"{day.tm_mon}月{day.tm_mday}日"
        text, heads = f"{day.tm_year}年{month_day}　第{self.chance.randint(1, 16)}版\n", []
        for _ in range(self.chance.randint(1, most)):
            self.number += 1
            port, goods, act = pick(PORTS), pick(GOODS), pick(ACTS)
            head = f"{port}{goods}{act} 第{self.number}号公告"
            text += (f"\n{head}\n\n河口通讯社{port}{month_day}电（记者{pick(PEOPLE)}）{port}渡口{day.tm_mday}日发布消息，当地{goods}{act}，"
                     f"首批{self.chance.randint(100, 999)}吨已经装船，将运往下游{self.chance.randint(2, 40)}个县，编号{self.number}。\n\n"
                     f"渡口负责人说，今年水情平稳，船期比往年提前了{self.chance.randint(1, 30)}天，第{self.number}班船已经离岸。\n")
            heads.append(head)
        return text, heads


def headlines(files):
    """What the program itself reads in these files."""
    heads = []
    files = [str(f) for f in files]
    for at in range(0, len(files), 500):
        told = subprocess.run([BINARY, "parse", "--format", "ninjs", *files[at:at + 500]], capture_output=True, check=True)
        for line in told.stdout.decode().splitlines():
            heads.append(json.loads(line)["headlines"][0]["value"])
    return heads


# --- the newsroom

class Room:
    """A folder with an inbox, an archive and a configuration, and the daemon when it was started."""

    def __init__(self, settle="100ms", inbox=None, archive=None, more="", folder=None):
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="wirefeed-faults-"))
        self.inbox = pathlib.Path(inbox or self.folder / "inbox")
        self.archive = pathlib.Path(archive or self.folder / "wirefeed.db")
        self.inbox.mkdir(exist_ok=True)
        self.log_path = self.folder / "log.txt"
        self.config = self.folder / "wirefeed.toml"
        self.config.write_text(f'[inbox]\npath = "{self.inbox}"\nsettle = "{settle}"\n[archive]\nurl = "sqlite:{self.archive}"\n{more}')
        self.child, self.port = None, None
        atexit.register(self.close)

    def start(self, before=(), env=None, port=0, wait=True, words=()):
        log = open(self.log_path, "ab")
        command = [*before, BINARY, "serve", "-c", str(self.config), "-l", f"127.0.0.1:{port}", "--log-format", "text", *words]
        environment = {k: v for k, v in os.environ.items() if k not in ("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "JOURNAL_STREAM", "LISTEN_FDS")}
        environment.update(env or {})
        self.child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, cwd=self.folder, env=environment)
        log.close()
        return self.address() if wait else None

    def address(self):
        line = self.child.stdout.readline().decode()
        found = re.match(r"http://[^:]+:(\d+)/", line)
        self.port = int(found[1]) if found else None
        return self.port

    def pid(self):
        """Of the daemon itself, also where something was started before it."""
        own = f"/proc/{self.child.pid}/task/{self.child.pid}/children"
        children = open(own).read().split()
        exe = lambda pid: os.path.basename(os.path.realpath(f"/proc/{pid}/exe"))
        return next((int(c) for c in children if exe(c) == os.path.basename(os.path.realpath(BINARY))), self.child.pid)

    def kill(self):
        self.child.kill()
        self.child.wait()
        self.child.stdout.close()

    def stop(self, patience=30):
        os.kill(self.pid(), signal.SIGTERM)
        try:
            code = self.child.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()
            return None
        self.child.stdout.close()
        return code

    def close(self):
        if self.child and self.child.poll() is None:
            self.kill()
        if not os.environ.get("WIREFEED_KEEP"):
            shutil.rmtree(self.folder, ignore_errors=True)

    def log(self):
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def run(self, *words, patience=120):
        return subprocess.run([BINARY, *words, "-c", str(self.config)], capture_output=True, timeout=patience, cwd=self.folder)

    def get(self, path, patience=30):
        """Status, headers and body; status 0 when nobody answered."""
        try:
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience)
            line.request("GET", path)
            answer = line.getresponse()
            body = answer.read()
            line.close()
            return answer.status, answer.headers, body
        except (OSError, http.client.HTTPException) as error:
            return 0, {}, str(error).encode()

    def ready(self):
        status, _, body = self.get("/readyz")
        return status, body.decode("utf-8", "replace").strip()

    def walk(self, path="/feeds/latest.atom"):
        """[(id, title)] of a feed and all its archive pages, and how many pages there were."""
        entries, seen, url = [], set(), path
        while url and url not in seen:
            seen.add(url)
            status, _, body = self.get(url, 60)
            if status != 200:
                raise RuntimeError(f"{url}: {status} {body[:200]!r}")
            feed = ET.fromstring(body)
            for entry in feed.iter(ATOM + "entry"):
                entries.append((entry.findtext(ATOM + "id"), entry.findtext(ATOM + "title"), url))
            link = next((l.get("href") for l in feed.findall(ATOM + "link") if l.get("rel") == "prev-archive"), None)
            url = link and urllib.parse.urlsplit(link)._replace(scheme="", netloc="").geturl()
        return entries, len(seen)

    def left(self):
        """The files that still wait."""
        shelves = {"done", "refused"}
        found = []
        for root, folders, names in os.walk(self.inbox):
            if pathlib.Path(root) == self.inbox:
                folders[:] = [f for f in folders if f not in shelves]
            found += [os.path.join(root, n) for n in names if not n.startswith(".")]
        return found

    def below(self, shelf):
        return [os.path.join(r, n) for r, _, ns in os.walk(self.inbox / shelf) for n in ns]

    def figure(self, name):
        _, _, body = self.get("/metrics")
        found = re.search(rf"^{re.escape(name)} (\S+)$", body.decode("utf-8", "replace"), re.M)
        return float(found[1]) if found else None

    def peak(self, pid=None):
        found = re.search(r"VmHWM:\s+(\d+) kB", open(f"/proc/{pid or self.pid()}/status").read())
        return int(found[1]) // 1024

    def drop(self, name, text, way="rename"):
        """Puts a page into the inbox as this or that program does."""
        data, path = text if isinstance(text, bytes) else text.encode(), self.inbox / name
        if way == "rename":
            hidden = path.with_name("." + path.name + ".Xy12Zz")
            hidden.write_bytes(data)
            os.rename(hidden, path)
        elif way == "move":
            away = self.folder / "away"
            away.mkdir(exist_ok=True)
            (away / name).write_bytes(data)
            os.rename(away / name, path)
        elif way == "write":
            path.write_bytes(data)
        elif way == "chunks":
            with open(path, "wb", buffering=0) as file:
                for at in range(0, len(data), 200):
                    file.write(data[at:at + 200])
        elif way == "part":
            part = path.with_name(path.name + ".part")
            part.write_bytes(data)
            os.rename(part, path)
        else:
            raise ValueError(way)


def wait_until(condition, patience, pause=0.05):
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(pause)
    return bool(condition())


def digest(data):
    return hashlib.sha256(data).hexdigest()


def once(verdict, room, wanted, what):
    """Every headline exactly once in the feed and its archive pages."""
    entries, pages = room.walk()
    ids, by_page = {}, {}
    for id_, title, url in entries:
        ids.setdefault(id_, title)
        by_page.setdefault(id_, []).append(url)
    told = sorted(ids.values())
    missing = sorted(set(wanted) - set(told))
    twice = sorted({t for t in told if told.count(t) > 1}) if len(set(told)) != len(told) else []
    foreign = sorted(set(told) - set(wanted))
    again = [i for i, urls in by_page.items() if len(urls) > 1]
    verdict.check(not missing, f"{what}: {len(missing)} stories are in no feed: {missing[:3]}")
    verdict.check(not twice, f"{what}: {len(twice)} stories under two ids: {twice[:3]}")
    verdict.check(not foreign, f"{what}: {len(foreign)} stories that nobody dropped: {foreign[:3]}")
    return len(ids), pages, len(again)


def kept(verdict, room, dropped, what):
    """Every dropped file is in done/ to the last byte, or still in the inbox. `dropped` is {name: digest}."""
    there = {}
    empties = 0
    for path in room.below("done") + room.left():
        data = open(path, "rb").read()
        if not data:
            empties += 1
            continue
        there[digest(data)] = there.get(digest(data), 0) + 1
    wanted = {}
    for value in dropped.values():
        wanted[value] = wanted.get(value, 0) + 1
    lost = [n for n, d in dropped.items() if d not in there]
    extra = [d for d, n in there.items() if n != wanted.get(d, 0)]
    verdict.check(not lost, f"{what}: {len(lost)} files are nowhere: {lost[:3]}")
    verdict.check(not extra, f"{what}: {len(extra)} contents that were dropped otherwise or not so often")
    verdict.check(room.below("refused") == [], f"{what}: refused: {room.below('refused')[:3]}")
    return len(room.below("done")) - empties, empties, len(room.left())


def sound(verdict, room, what):
    checked = room.run("check", "--archive")
    told = (checked.stdout + checked.stderr).decode().strip()
    verdict.check(checked.returncode == 0, f"{what}: check --archive: {told[-400:]}")
    return told.splitlines()[0] if told else ""
