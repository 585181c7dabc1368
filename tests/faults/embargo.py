"""A story under embargo: not one word of it anywhere before its second, over a restart and clocks that jump."""
import calendar, glob, os, sys, threading, time, urllib.parse
from support import *
from faults import faketime

WORDS = "鲸灯 闻人澈 墨鲸通讯社 雾角湾".split()
HEAD = "雾角湾鲸灯首次点亮"


def page(until):
    """A page whose story must not be seen before `until`, a whole minute."""
    at = time.gmtime(until + 8 * 3600)
    day = f"{at.tm_mon}月{at.tm_mday}日"
    return (f"（限{day}{at.tm_hour}时{at.tm_min}分后播发）\n\n{HEAD}\n\n墨鲸通讯社雾角湾{day}电（记者闻人澈）雾角湾疫苗接种站{at.tm_mday}日点亮鲸灯，首批300人在法国巴黎观看转播。\n\n"
            "接种站负责人说，鲸灯每晚八时亮起，足球队也来助兴。\n")


class Watcher:
    """Asks for everything that is published, again and again, and keeps what was seen when."""

    def __init__(self, room, verdict, text, clock=time.time):
        self.room, self.verdict, self.clock = room, verdict, clock
        paper = room.folder / "paper.txt"
        paper.write_text(text)
        told = subprocess.run([BINARY, "parse", "--format", "ninjs", "-c", str(room.config), str(paper)], capture_output=True).stdout.decode()
        story = json.loads(told.splitlines()[0])
        self.id = re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", story["uri"])[0]
        urls = subprocess.run([BINARY, "check", "-c", str(room.config)], capture_output=True).stdout.decode().split()
        quote = urllib.parse.quote
        paths = ["/", "/feeds.opml", "/feeds/topics.opml", "/feeds/regions.opml", "/feeds/agencies.opml", "/feeds/agencies.html", "/metrics", "/readyz", "/healthz",
                 *(f"/feeds/latest.{f}" for f in ("rss", "atom", "json", "html")),
                 *(f"/feeds/topics/{t}.atom" for t in ("health", "sport", "society")), "/feeds/regions/fr.rss", "/feeds/topics/health/regions/fr.json",
                 f"/feeds/agencies/{quote('墨鲸通讯社')}.atom", f"/feeds/search.atom?q={quote('鲸灯')}", f"/feeds/search.html?q={quote('疫苗')}", f"/stories/{self.id}"]
        self.paths = list(dict.fromkeys(paths))
        self.polls = self.asked = 0
        self.first, self.leaks, self.log_at = None, {}, 0

    def poll(self, until):
        self.polls += 1
        for path in self.paths:
            before = self.clock()
            status, _, body = self.room.get(path, 5)
            after = self.clock()
            self.asked += status != 0
            text = urllib.parse.unquote(body.decode("utf-8", "replace"))
            # What a question repeats of itself is no leak; its words are the client's.
            words = [w for w in WORDS if w in text and w not in urllib.parse.unquote(path)]
            is_shown = words or (path.startswith("/stories/") and status == 200)
            if is_shown and after < until:
                self.leaks.setdefault(path, (round(until - after, 3), words, status))
        log = self.room.log()
        fresh, self.log_at = log[self.log_at:], len(log)
        words = [w for w in WORDS if w in fresh]
        if words and self.clock() < until:
            line = next(l for l in fresh.splitlines() if words[0] in l)
            self.leaks.setdefault("log: " + line[:200], (0, words, 0))

    def until_shown(self, until, patience=8):
        """The clock when it first stood in the feed."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            _, _, body = self.room.get("/feeds/latest.atom", 5)
            if HEAD in body.decode("utf-8", "replace"):
                return self.clock() - until
            time.sleep(0.005)
        return None

    def end(self, what, shown, most):
        for path, leak in self.leaks.items():
            self.verdict.check(False, f"{what}: {path} told {leak[1]} (status {leak[2]}) {leak[0]} s before its time")
        self.verdict.check(not self.leaks, f"{what}: told before its time at {len(self.leaks)} places")
        self.verdict.check(shown is not None and 0 <= shown < most, f"{what}: shown {shown} s after its second")
        # Afterwards it must be found, else the watch proves nothing.
        found = [p for p in self.paths if HEAD in self.room.get(p)[2].decode("utf-8", "replace")]
        self.verdict.check(len(found) >= 8, f"{what}: found at {found} only")
        late = f"{1000 * shown:.0f} ms after its second" if shown is not None else "never"
        say(f"  {what}: {self.polls} polls, {self.asked} answers read of {len(self.paths)} addresses and the log: {len(self.leaks)} leaks; first shown {late}; then at {len(found)} addresses")


def plain_or_restart(verdict, restart):
    room = Room(settle="50ms", more='[http]\nmax_age = "1s"\n')
    until = int(time.time()) // 60 * 60 + 60
    if until - time.time() < 18:
        until += 60
    text = page(until)
    ordinary, _ = Pages().page()
    room.drop("a.txt", ordinary)
    room.start(words=["-vv"])
    watch = Watcher(room, verdict, text)
    room.drop("b.txt", text)
    wait_until(lambda: not room.left(), 10)
    while until - time.time() > 12:
        watch.poll(until)
        time.sleep(0.5)
    restarted = 0
    while until - time.time() > 0.35:
        watch.poll(until)
        if restart and restarted < 2 and until - time.time() < (6, 2.5)[restarted]:
            (room.kill if restarted else room.stop)()
            room.start(words=["-vv"])
            restarted += 1
        time.sleep(max(0, min(0.1, until - time.time() - 0.3)))
    shown = watch.until_shown(until)
    watch.end("over a restart and a kill" if restart else "in plain", shown, 1.0)
    room.stop()
    sound(verdict, room, "embargo")
    room.close()


def jumps(verdict):
    library = faketime()
    room = Room(settle="50ms", more='[http]\nmax_age = "1s"\n')
    offset = [0.0]
    clock = room.folder / "clock"

    def jump(by):
        fresh = room.folder / "clock.new"
        fresh.write_text(f"{by:+.3f}\n")
        os.rename(fresh, clock)
        offset[0] = by
    jump(0)
    until = int(time.time()) // 60 * 60 + 1200
    text = page(until)
    room.drop("a.txt", Pages().page()[0])
    room.start(env=dict(LD_PRELOAD=library, FAKETIME_TIMESTAMP_FILE=str(clock), FAKETIME_NO_CACHE="1", NO_FAKE_STAT="1", FAKETIME_DONT_FAKE_MONOTONIC="1"))
    watch = Watcher(room, verdict, text, clock=lambda: time.time() + offset[0])
    room.drop("b.txt", text)
    wait_until(lambda: not room.left(), 10)
    for to in (-5, -3600, -86400, -4):   # seconds before its second
        jump(until + to - time.time())
        for _ in range(15):
            watch.poll(until)
            time.sleep(0.1)
            if until - watch.clock() < 0.5:
                break
    shown = watch.until_shown(until)
    jump(until - 7200 - time.time())
    time.sleep(1.5)
    verdict.check(HEAD in room.get("/feeds/latest.atom")[2].decode(), "clock back after its release: it has gone again")
    jump(0)
    watch.end("with a clock that jumps to 5 s before, an hour and a day back, 4 s before", shown, 1.0)
    room.stop()
    room.close()
    # A jump over the second: how long until it is noticed.
    room = Room(settle="50ms", more='[http]\nmax_age = "1s"\n')
    clock = room.folder / "clock"
    jump = lambda by: ((room.folder / "n").write_text(f"{by:+.3f}\n"), os.rename(room.folder / "n", clock), offset.__setitem__(0, by))
    jump(0)
    until = int(time.time()) // 60 * 60 + 1200
    room.drop("b.txt", page(until))
    room.start(env=dict(LD_PRELOAD=library, FAKETIME_TIMESTAMP_FILE=str(clock), FAKETIME_NO_CACHE="1", NO_FAKE_STAT="1", FAKETIME_DONT_FAKE_MONOTONIC="1"))
    watch = Watcher(room, verdict, page(until), clock=lambda: time.time() + offset[0])
    wait_until(lambda: not room.left(), 10)
    time.sleep(0.3)
    jump(until + 0.001 - time.time())
    shown = watch.until_shown(until)
    watch.end("with a clock that jumps over its second", shown, 2.0)
    room.stop()
    room.close()


def main():
    verdict = Verdict("embargo")
    both = [threading.Thread(target=plain_or_restart, args=(verdict, restart)) for restart in (False, True)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    try:
        jumps(verdict)
    except Skip as why:
        say(f"  skipped: clock jumps: {why}")
    return verdict.end()


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
