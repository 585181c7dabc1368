"""Update, duplicate, correction, withdrawal, each in order and out of it, as newsboat and FreshRSS show them.

FRESHRSS names a checkout of FreshRSS (php with sqlite is needed); without it only newsboat reads.
"""
import html, os, pathlib, re, shutil, socket, sqlite3, subprocess, sys, tempfile, time
from support import *

DAY = time.gmtime(time.time() + 8 * 3600)
DATE = f"{DAY.tm_mon}月{DAY.tm_mday}日"
FERRY = (f"红河口渡船今日复航\n\n新华社红河{DATE}电（记者谢朗）红河口的渡船{DAY.tm_mday}日复航，每天往返12班，票价5元。\n\n"
         "渡口管理处说，首日乘客超过600人，比去年同期多出一倍。\n")
MARKET = (f"老城夜市迎来冬装\n\n新华社红河{DATE}电（记者苏晚）老城夜市{DAY.tm_mday}日换上冬季摊位，两百名摊主在棚下支起炉火。\n\n"
          "街道办说，营业时间延长一小时。\n")
BRIDGE = (f"石桥镇风雨桥修缮完工\n\n新华社红河{DATE}电（记者段小雨）石桥镇的风雨桥{DAY.tm_mday}日修缮完工，桥面换上新杉木。\n\n"
          "工匠说，榫卯一共换了三百处。\n")
UPDATE = FERRY.replace("600人", "700人").replace("一倍。", "一倍，增开两班。")
CORRECTED = (f"（更正）红河口渡船今日复航\n\n（更正：第二段“700人”应为“80人”，以此稿为准）\n\n" + UPDATE.split("\n\n", 1)[1].replace("700人", "80人"))
NOTE = f"更正\n\n本社{DATE}播发的《老城夜市迎来冬装》一稿，第一段中“两百名”应为“二十名”，特此更正。\n\n新华社\n{DATE}\n"
KILL = "撤稿通知\n\n各用户：本社{date}播发的《{head}》一稿，因内容有误，请勿使用。\n"


def sh(*command, **more):
    return subprocess.run([str(c) for c in command], capture_output=True, timeout=300, **more)


class Newsboat:
    name = "newsboat"

    def __init__(self, url):
        have("newsboat")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="nb."))
        (self.folder / "urls").write_text(url + "\n")
        (self.folder / "config").write_text("download-timeout 20\nauto-reload no\n")

    def poll(self):
        sh("newsboat", "-u", self.folder / "urls", "-c", self.folder / "cache.db", "-C", self.folder / "config", "-x", "reload", env=dict(os.environ, HOME=str(self.folder)))
        with sqlite3.connect(self.folder / "cache.db") as base:
            return {g.split(":")[-1]: (t, bool(u), c) for g, t, u, c in base.execute("SELECT guid, title, unread, content FROM rss_item WHERE deleted = 0")}

    def read_all(self):
        with sqlite3.connect(self.folder / "cache.db") as base:
            base.execute("UPDATE rss_item SET unread = 0")

    def close(self):
        shutil.rmtree(self.folder, True)


class FreshRSS:
    name = "FreshRSS"

    def __init__(self, url):
        have("php")
        source = os.environ.get("FRESHRSS")
        if not source:
            raise Skip("FRESHRSS does not name a checkout of it")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="frss."))
        shutil.copytree(source, self.folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".git", "docs", "tests"))
        (self.folder / "data/opml.xml").write_text('<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head><title>t</title></head><body>'
                                                   f'<outline text="wire" type="rss" xmlUrl="{html.escape(url)}"/></body></opml>')
        # It asks again no sooner than these say; here a step takes seconds.
        config = self.folder / "config.default.php"
        text = config.read_text()
        for key, value in (("cache_duration", 1), ("cache_duration_min", 0), ("cache_duration_max", 1)):
            text = re.sub(rf"'{key}' => \d+", f"'{key}' => {value}", text)
        config.write_text(text)
        self.php("cli/do-install.php", "--default-user", "u", "--auth-type", "none", "--environment", "production", "--base-url", "http://127.0.0.1/",
                 "--language", "en", "--title", "t", "--db-type", "sqlite")
        self.php("cli/create-user.php", "--user", "u", "--feed-ttl-default", "1")

    def php(self, *words):
        return sh("php", *words, cwd=self.folder)

    def base(self):
        return sqlite3.connect(self.folder / "data/users/u/db.sqlite")

    def poll(self):
        with self.base() as base:
            base.execute("UPDATE feed SET ttl = 1")
        time.sleep(2.1)
        self.php("cli/actualize-user.php", "--user", "u")
        with self.base() as base:
            return {g.split(":")[-1]: (html.unescape(t), not r, c) for g, t, r, c in base.execute("SELECT guid, title, is_read, content FROM entry")}

    def read_all(self):
        with self.base() as base:
            base.execute("UPDATE entry SET is_read = 1")

    def close(self):
        shutil.rmtree(self.folder, True)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def main():
    verdict = Verdict("lifecycle")
    room = Room(settle="50ms", more='[http]\nmax_age = "1s"\n')
    room.start(port=free_port())
    readers = []
    for kind in (Newsboat, FreshRSS):
        try:
            readers += [(kind, "rss", kind(f"http://127.0.0.1:{room.port}/feeds/latest.rss")), (kind, "atom", kind(f"http://127.0.0.1:{room.port}/feeds/latest.atom"))]
        except Skip as why:
            say(f"  skipped: {kind.name}: {why}")
    count = [0]

    def comes(text, name=None):
        count[0] += 1
        room.drop(name or f"page{count[0]:02}.txt", text)
        verdict.check(wait_until(lambda: not room.left(), 15), "not taken")

    def by_hand(deed):
        def do():
            done = room.run(deed, ids["渡船"])
            verdict.check(done.returncode == 0, f"{deed}: {done.stderr.decode()[:200]}")
            time.sleep(2.2)
        return do
    ids = {}
    # What is done; how many items a subscriber has then; what (a word of the lead) shows which texts and which not.
    steps = [
        ("two stories come", lambda: comes(FERRY + "\n\n" + MARKET), 2, ["600人", "两百名摊主"], []),
        ("the same page again, byte for byte", lambda: comes(FERRY + "\n\n" + MARKET), 2, ["600人"], []),
        ("one story again, on another page", lambda: comes(f"{DAY.tm_year}年{DATE}　第3版\n\n" + FERRY), 2, ["600人"], []),
        ("update with a newer text", lambda: comes(UPDATE), 2, ["700人", "增开两班"], ["600人"]),
        ("correction with its text", lambda: comes(CORRECTED), 2, ["超过80人", "“700人”应为“80人”"], ["超过700人", "600人"]),
        ("the text before the correction comes late", lambda: comes("\n" + UPDATE), 2, ["超过80人"], ["超过700人"]),
        ("correction that is a note alone", lambda: comes(NOTE), 2, ["“两百名”应为“二十名”"], []),
        ("withdrawal", lambda: comes(KILL.format(date=DATE, head="老城夜市迎来冬装")), 2, ["撤稿"], ["两百名", "苏晚", "炉火", "老城夜市"]),
        ("the withdrawn story comes again", lambda: comes("\n\n" + MARKET), 2, ["撤稿"], ["炉火", "老城夜市"]),
        ("withdrawal before its story", lambda: comes(KILL.format(date=DATE, head="石桥镇风雨桥修缮完工")), 2, [], ["石桥镇"]),
        ("then the story of that", lambda: comes(BRIDGE), 2, [], ["石桥镇", "榫卯"]),
        ("killed by hand", by_hand("kill"), 2, [], ["渡船", "谢朗", "80人"]),
        ("released by hand", by_hand("release"), 2, ["渡船", "超过80人"], []),
    ]
    for what, act, items, has, lacks in steps:
        act()
        if not ids:
            for id_, title, _ in room.walk()[0]:
                ids["渡船" if "渡船" in title else "夜市"] = id_.split(":")[-1]
        seen = []
        for kind, form, reader in readers:
            got = reader.poll()
            text = "\n".join(t + "\n" + html.unescape(re.sub(r"<[^>]+>", "", c)) for t, _, c in got.values())
            who = f"{what}: {kind.name} ({form})"
            verdict.check(len(got) == items, f"{who}: {len(got)} items, not {items}: {[t for t, _, _ in got.values()]}")
            verdict.check(set(got) == set(ids.values()), f"{who}: other ids than those of the first step")
            for word in has:
                verdict.check(word in text, f"{who}: shows nowhere {word}: {[t for t, _, _ in got.values()]}")
            for word in lacks:
                verdict.check(word not in text, f"{who}: still shows {word}")
            unread = sum(u for _, u, _ in got.values())
            seen.append(f"{kind.name} {form} {len(got)} items, {unread} unread")
            last = sorted(t for t, _, _ in got.values())
            reader.read_all()
        say(f"  {what}: {'; '.join(seen)}; {last if seen else ''}")
    gone = room.get(f"/stories/{ids['夜市']}")[0]
    verdict.check(gone == 410, f"the withdrawn story's page: {gone}")
    verdict.check(room.stop() == 0, "it does not stop in order")
    sound(verdict, room, "lifecycle")
    for _, _, reader in readers:
        reader.close()
    room.close()
    return verdict.end(f"{len(steps)} steps, {len(readers)} readers")


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
