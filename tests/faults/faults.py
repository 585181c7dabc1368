"""Disks, descriptors, locks and clocks fail under the running daemon: what it says, whether it serves, what is lost."""
import concurrent.futures, glob, os, pathlib, re, shutil, signal, socket, sqlite3, subprocess, sys, threading, time
from support import *

BACK = 75          # seconds within which the work has to resume by itself
PUT_OFF = 330      # the same for files that could not be put away


def shell(command):
    return subprocess.run(command, shell=True, capture_output=True, text=True)


def mounted(path, options):
    path.mkdir(exist_ok=True)
    done = shell(f"mount -t tmpfs -o {options} tmpfs {path}")
    if done.returncode:
        raise Skip(f"mount: {done.stderr.strip()}")
    return path


class Case:
    """One fault. Subclasses say how to make the room, to hurt and to heal."""
    name, settle, patience, more = "", "100ms", BACK, ""
    drop_before_hurt = False   # pages are there, unread, before it begins
    wants_unready = True
    wants_served = True
    wants_hand = False         # it is over only when an operator has started the daemon anew
    after = 4                  # seconds that it lasts once the daemon has noticed

    def __init__(self):
        self.verdict = Verdict(self.name)
        self.dropped, self.wanted = {}, []
        self.pages = Pages(SEED + sum(map(ord, self.name)))
        self.base = pathlib.Path(tempfile.mkdtemp(prefix="wirefeed-fault-"))
        self.mounts = []

    def make(self):
        return Room(settle=self.settle, folder=self.base, more=self.more)

    def tmpfs(self, name, options):
        place = mounted(self.base / name, options)
        self.mounts.append(place)
        return place

    def start(self):
        self.room.start()

    def hurt(self): ...
    def heal(self): ...

    def drop(self, count, way="rename"):
        for _ in range(count):
            text, heads = self.pages.page()
            name = f"f{len(self.dropped):04}.txt"
            self.room.drop(name, text, way)
            self.dropped[name] = digest(text.encode())
            self.wanted += heads

    def run(self):
        row = dict(fault=self.name)
        try:
            self.room = self.make()
            self.start()
            self.drop(5)
            self.verdict.check(wait_until(lambda: not self.room.left(), 20), "the first pages are not filed")
            self.known = len(self.wanted)
            self.room.get("/feeds/latest.atom")
            mark = len(self.room.log())
            if self.drop_before_hurt:
                pid = self.room.pid()
                os.kill(pid, signal.SIGSTOP)
                self.drop(5)
                self.hurt()
                os.kill(pid, signal.SIGCONT)
            else:
                self.hurt()
                self.drop(5)
            said = []
            wait_until(lambda: said.append(self.room.ready()) or said[-1][0] == 503, 12, 0.2)
            time.sleep(self.after)
            ready = said[-1]
            status, _, body = self.room.get("/feeds/latest.atom")
            items = body.count(b"<entry>")

            left = len(self.room.left())
            self.during = self.room.log()[mark:]
            self.heal()
            begun = time.monotonic()
            if self.wants_hand:
                self.verdict.check(left == 5, f"{left} of 5 files wait while it lasts")
                self.room.stop()
                self.room.start()
            shown = wait_until(lambda: set(self.wanted) <= {t for _, t, _ in self.safe_walk()}, self.patience, 0.3)
            back = time.monotonic() - begun
            ok = wait_until(lambda: self.room.ready()[0] == 200, self.patience, 0.2)
            self.drop(2)
            away = wait_until(lambda: not self.room.left(), self.patience, 0.3)
            cleared = time.monotonic() - begun
            self.verdict.check(not self.wants_served or status == 200 and items > 0, f"latest.atom during it: {status}, {items} items")
            self.verdict.check(shown, f"not all stories are in the feed {back:.0f} s after it was over")
            self.verdict.check(ok, f"/readyz after it: {self.room.ready()}")
            self.verdict.check(away, f"{len(self.room.left())} files still in the inbox {cleared:.0f} s after it was over")
            if self.wants_unready:
                self.verdict.check(ready[0] == 503, f"/readyz said {ready} while it lasted")
            self.more_checks()
            stories, _, _ = once(self.verdict, self.room, self.wanted, self.name)
            kept(self.verdict, self.room, self.dropped, self.name)
            sound(self.verdict, self.room, self.name)
            self.verdict.check(self.room.stop() == 0, "it does not stop in order")
            row.update(ready=f"{ready[0]} {ready[1]}", served=f"{status}, {items} of {self.known} items, {left} files wait",
                       back=f"{'shown after %.1f s' % back if shown else 'NOT shown'}, {'put away after %.1f s' % cleared if away else 'NOT put away'}",
                       lost=len(set(self.wanted)) - stories)
            self.lines(row)
        except Skip as why:
            row["skipped"] = str(why)
        except Exception as error:  # the room is unusable: that is a finding
            self.verdict.check(False, f"{type(error).__name__}: {error}")
            row["broke"] = repr(error)[:300]
            self.lines(row)
        finally:
            try:
                self.heal()
            except Exception:
                pass
            if hasattr(self, "room"):
                if os.environ.get("WIREFEED_KEEP"):
                    (pathlib.Path(os.environ["WIREFEED_KEEP"]) / f"{self.name.split(':')[0].replace(' ', '-').replace('/', '-')}.log").write_text(self.room.log()[-20000:])
                if self.room.child and self.room.child.poll() is None:
                    try:
                        os.kill(self.room.pid(), signal.SIGKILL)
                    except OSError:
                        pass
                    self.room.kill()
            for place in reversed(self.mounts):
                shell(f"umount {place} || umount -l {place}")
            self.clean()
            shutil.rmtree(self.base, ignore_errors=True)
        return row, self.verdict

    def safe_walk(self):
        try:
            return self.room.walk()[0]
        except Exception:
            return []

    def lines(self, row):
        text = getattr(self, "during", "")
        text = text if re.search(r" (WARN|ERROR) ", text) else self.room.log()
        lines = [re.sub(r"^\S+\s+", "", l) for l in text.splitlines() if re.search(r" (WARN|ERROR) ", l)]
        row["log"] = [f"{lines.count(l)}× {l[:230]}" for l in dict.fromkeys(lines)]
        row["log"][2:] = [f"… and {len(row['log']) - 2} more such lines"] if len(row["log"]) > 3 else row["log"][2:]

    def more_checks(self): ...
    def clean(self): ...


def fill(folder):
    """Takes all the space that is left."""
    ballast = folder / ".ballast"
    with open(ballast, "wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                pass
    return ballast


class ArchiveFull(Case):
    name = "archive's disk full (tmpfs)"
    def make(self):
        return Room(settle=self.settle, folder=self.base, archive=self.tmpfs("disk", "size=6m") / "wirefeed.db")
    def hurt(self):
        self.ballast = fill(self.base / "disk")
    def heal(self):
        self.ballast.unlink(missing_ok=True)


class InboxInodes(Case):
    name = "inbox's disk without inodes (tmpfs)"
    drop_before_hurt, wants_unready, patience = True, False, PUT_OFF
    def make(self):
        return Room(settle=self.settle, folder=self.base, inbox=self.tmpfs("inbox", "size=4m,nr_inodes=60"))
    def hurt(self):
        self.fillers = []
        try:
            while True:
                path = self.base / "inbox" / f".filler{len(self.fillers)}"
                path.touch()
                self.fillers.append(path)
        except OSError:
            pass
    def heal(self):
        for path in self.fillers:
            path.unlink(missing_ok=True)


class InboxFull(Case):
    name = "inbox's disk full (tmpfs)"
    drop_before_hurt, wants_unready, patience = True, False, PUT_OFF
    def make(self):
        return Room(settle=self.settle, folder=self.base, inbox=self.tmpfs("inbox", "size=2m"))
    def hurt(self):
        self.ballast = fill(self.base / "inbox")
    def heal(self):
        self.ballast.unlink(missing_ok=True)


class BothFull(Case):
    name = "the one disk of archive and inbox full (tmpfs)"
    drop_before_hurt = True
    def make(self):
        disk = self.tmpfs("disk", "size=8m")
        return Room(settle=self.settle, folder=self.base, inbox=disk / "inbox", archive=disk / "wirefeed.db")
    def hurt(self):
        self.ballast = fill(self.base / "disk")
    def heal(self):
        self.ballast.unlink(missing_ok=True)


class ArchiveFailsAtRealDisk(Case):
    """ext4 that goes read-only by itself after an error, as servers are set up."""
    name = "archive's disk read-only (ext4 errors=remount-ro, then remounted)"
    def make(self):
        disk, image = self.base / "disk", self.base / "image"
        disk.mkdir()
        made = shell(f"truncate -s 48M {image} && mkfs.ext4 -q -O ^has_journal {image} && mount -o loop,errors=remount-ro {image} {disk}")
        if made.returncode:
            raise Skip(made.stderr.strip()[-200:])
        self.mounts.append(disk)
        self.device = os.path.basename(shell(f"findmnt -no SOURCE {disk}").stdout.strip())
        return Room(settle=self.settle, folder=self.base, archive=disk / "wirefeed.db")
    def hurt(self):
        try:
            pathlib.Path(f"/sys/fs/ext4/{self.device}/trigger_fs_error").write_text("1\n")
        except OSError as why:
            raise Skip(str(why))
    def heal(self):
        """As an operator does it: the kernel wants the file system unmounted and checked, so the daemon has to end."""
        if getattr(self, "healed", False):
            return
        self.healed = True
        if shell(f"mount -o remount,rw {self.base / 'disk'}").returncode == 0:
            return
        self.verdict.check(self.room.stop() == 0, "it does not stop in order while its disk is read-only")
        again = shell(f"umount {self.base / 'disk'} && e2fsck -fp {self.base / 'image'}; mount -o loop,errors=remount-ro {self.base / 'image'} {self.base / 'disk'}")
        if again.returncode:
            raise Skip(again.stderr.strip()[-160:])
        self.name += ", daemon restarted as the kernel wants it unmounted"
        self.room.start()


class InboxReadOnly(Case):
    name = "inbox's disk read-only (tmpfs remounted)"
    drop_before_hurt, wants_unready, patience = True, False, PUT_OFF
    def make(self):
        return Room(settle=self.settle, folder=self.base, inbox=self.tmpfs("inbox", "size=4m"))
    def hurt(self):
        done = shell(f"mount -o remount,ro {self.base / 'inbox'}")
        if done.returncode:
            raise Skip(done.stderr.strip())
    def heal(self):
        shell(f"mount -o remount,rw {self.base / 'inbox'}")


class Immutable(Case):
    name = "nobody may change the inbox (chattr +i)"
    drop_before_hurt, wants_unready, patience = True, False, PUT_OFF
    def hurt(self):
        if shell(f"chattr +i {self.room.inbox}").returncode:
            raise Skip("chattr +i does not work here")
    def heal(self):
        shell(f"chattr -i {self.room.inbox}")


class Injected(Case):
    inject = ""
    def hurt(self):
        have("strace")
        pid = self.room.pid()
        rules = [w for i in self.inject.split() for w in ("-e", f"inject={i}")]
        calls = ",".join(i.split(":")[0] for i in self.inject.split())
        self.tracer = subprocess.Popen(["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={calls}", *rules, "-p", str(pid)], stderr=subprocess.DEVNULL)
        time.sleep(0.5)
    def heal(self):
        if self.tracer.poll() is None:
            self.tracer.terminate()
            self.tracer.wait()


class WriteFails(Injected):
    name, inject = "EIO at the archive's writes (strace pwrite64)", "pwrite64:error=EIO"


class SyncFails(Injected):
    name, inject = "EIO at fsync and fdatasync (strace)", "fsync:error=EIO fdatasync:error=EIO"


class ReadFails(Injected):
    name, inject = "EIO at the archive's reads (strace pread64)", "pread64:error=EIO"
    wants_unready = False


class RenameFails(Injected):
    name, inject = "EIO at putting away (strace rename)", "rename:error=EIO renameat2:error=EIO"
    wants_unready, patience = False, PUT_OFF
    def drop(self, count, way="write"):
        super().drop(count, way)


class Descriptors(Case):
    name = "no descriptors left (prlimit 40, 500 clients)"
    # Clients that ask and read nothing have all places for as long as an answer may take; the work goes on behind them.
    wants_unready, wants_served, after = False, False, 8
    def start(self):
        have("prlimit")
        self.room.start(before=["prlimit", "--nofile=40:40"])
    def hurt(self):
        self.clients = []
        for _ in range(500):
            client = socket.socket()
            client.setblocking(False)
            client.connect_ex(("127.0.0.1", self.room.port))
            self.clients.append(client)
        time.sleep(0.5)
        for client in self.clients:
            try:
                client.send(b"GET /feeds/latest.atom HTTP/1.1\r\nHost: a\r\n\r\n")
            except OSError:
                pass
    def more_checks(self):
        lines = [l for l in self.room.log().splitlines() if "cannot accept" in l]
        self.verdict.check(len(lines) < 3, f"{len(lines)} lines say that nobody can be accepted")
    def heal(self):
        for client in getattr(self, "clients", []):
            client.close()


class Locked(Case):
    name, after = "archive locked by another process for 30 s", 18
    def hurt(self):
        self.other = sqlite3.connect(self.room.archive, isolation_level=None, check_same_thread=False)
        self.other.execute("BEGIN EXCLUSIVE")
    def heal(self):
        if self.other:
            self.other.execute("ROLLBACK")
            self.other.close()
            self.other = None


class Displaced(Case):
    name = "archive moved away while it is open, put back, and started anew"
    wants_hand = True
    def hurt(self):
        self.aside = self.base / "aside"
        self.aside.mkdir()
        for path in glob.glob(str(self.room.archive) + "*"):
            os.rename(path, self.aside / os.path.basename(path))
    def heal(self):
        for path in self.aside.iterdir():
            os.rename(path, self.room.archive.parent / path.name)


class Deleted(Case):
    name = "archive deleted while it is open, and started anew"
    wants_hand = True
    def hurt(self):
        # What only the deleted file held is gone from the feeds; its wire files lie in done/, where `kept` looks for them.
        self.wanted = []
        for path in glob.glob(str(self.room.archive) + "*"):
            os.remove(path)


class Away(Case):
    name = "inbox moved away and back"
    def hurt(self):
        os.rename(self.room.inbox, self.base / "elsewhere")
        self.gone = True
    def drop(self, count, way="rename"):
        if getattr(self, "gone", False):
            self.room.inbox, kept = self.base / "elsewhere", self.room.inbox
            super().drop(count, way)
            self.room.inbox = kept
        else:
            super().drop(count, way)
    def heal(self):
        if getattr(self, "gone", False):
            os.rename(self.base / "elsewhere", self.room.inbox)
            self.gone = False


class Watches(Case):
    name = "no inotify instances left at the start (strace)"
    wants_unready, after = False, 1
    def start(self):
        have("strace")
        self.room.start(before=["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=inotify_init1", "-e", "inject=inotify_init1:error=EMFILE"])


class Damaged(Case):
    """Not healed: a page of the file is overwritten while nobody has it open."""
    name = "archive damaged, found at the start"
    def run(self):
        row = dict(fault=self.name, back="by hand", lost=0)
        self.room = self.make()
        self.start()
        self.drop(30)
        wait_until(lambda: not self.room.left(), 20)
        self.room.stop()
        with open(self.room.archive, "r+b") as file:
            for page in range(8, os.path.getsize(self.room.archive) // 4096, 9):
                file.seek(4096 * page)
                file.write(b"\xa5" * 4096)
        self.room.start(wait=False)
        self.room.address()
        time.sleep(0.5)
        if self.room.child.poll() is not None:
            row["ready"], row["served"] = f"ended with {self.room.child.returncode}", "no"
        else:
            ready, feed = self.room.ready(), self.room.get("/feeds/latest.atom")[0]
            self.verdict.check(feed == 200 or ready[0] == 503, f"/readyz says {ready[1]} while latest.atom is {feed}")
            self.drop(3)
            time.sleep(3)
            status, _, body = self.room.get("/feeds/latest.atom")
            row["ready"] = "; then ".join(f"{s} {t}" for s, t in (ready, self.room.ready()))
            row["served"] = f"{status}, {body.count(b'<entry>')} items, {len(self.room.left())} files wait"
            self.verdict.check(self.room.ready()[0] == 503, f"/readyz says {self.room.ready()} of a damaged archive")
        checked = self.room.run("check", "--archive")
        self.verdict.check(checked.returncode == 1, f"check --archive ends with {checked.returncode}")
        self.lines(row)
        row["log"].append("check: " + (checked.stdout + checked.stderr).decode().strip().splitlines()[-1][:160])
        self.room.kill()
        shutil.rmtree(self.base, ignore_errors=True)
        return row, self.verdict


def faketime():
    found = [p for p in glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1") + glob.glob("/usr/lib/faketime/libfaketimeMT.so.1")]
    if not found:
        raise Skip("libfaketime is not installed")
    return found[0]


class Clock(Case):
    wants_unready, by, after = False, "+0", 2
    more = '[http]\nmax_age = "1s"\n'
    def start(self):
        self.clock = self.base / "clock"
        self.clock.write_text("+0\n")
        self.room.start(env=dict(LD_PRELOAD=faketime(), FAKETIME_TIMESTAMP_FILE=str(self.clock), FAKETIME_NO_CACHE="1",
                                 NO_FAKE_STAT="1", FAKETIME_DONT_FAKE_MONOTONIC="1"))
    def set(self, by):
        fresh = self.base / "clock.new"
        fresh.write_text(by + "\n")
        os.rename(fresh, self.clock)
    def hurt(self):
        self.set(self.by)
    def heal(self):
        self.set("+0")
    def more_checks(self):
        _, _, body = self.room.get("/feeds/latest.atom")
        ahead = [u for u in re.findall(rb"<updated>([^<]+)", body) if u.decode() > time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(time.time() + 3600))]
        say(f"    {self.name}: {len(ahead)} dates in the feed are ahead of the clock now: {[a.decode() for a in ahead[:2]]}")


class ClockAhead(Clock):
    name, by = "clock a year ahead while running, then back", "+365d"


class ClockSweeps(ClockAhead):
    name = "clock a year ahead while running, done/ kept for 90 days"
    def make(self):
        room = super().make()
        room.config.write_text(room.config.read_text().replace("settle =", 'keep_done = "90 days"\nsettle ='))
        return room


class ClockBack(Clock):
    name, by = "clock a year back while running, then right", "-365d"


class ClockHour(Clock):
    name, by = "clock an hour back while running, then right", "-1h"


CASES = [ArchiveFull, InboxFull, InboxInodes, BothFull, ArchiveFailsAtRealDisk, InboxReadOnly, Immutable, WriteFails, SyncFails,
         ReadFails, RenameFails, Descriptors, Locked, Displaced, Deleted, Away, Watches, Damaged, ClockAhead, ClockSweeps, ClockBack, ClockHour]


def main():
    wanted = os.environ.get("CASES", "").split()
    cases = [c for c in CASES if not wanted or c.__name__ in wanted]
    if os.geteuid() != 0:
        say("  not root: what needs mounts is skipped")
    all_ = Verdict("faults")
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("AT_ONCE", "6"))) as pool:
        results = list(pool.map(lambda case: case().run(), cases))
    skipped = lost = 0
    for row, verdict in results:
        if "skipped" in row:
            say(f"  {row['fault']}: skipped: {row['skipped']}")
            skipped += 1
            continue
        all_.good, all_.bad = all_.good + verdict.good, all_.bad + verdict.bad
        lost += row.get("lost", 0) or 0
        say(f"  {row['fault']}: {'holds' if not verdict.bad else 'FAILS'}")
        for key in ("ready", "served", "back", "lost", "broke"):
            if key in row:
                say(f"    {key:7} {row[key]}")
        for line in row.get("log", []):
            say(f"    log     {line}")
    return all_.end(f"{len(cases) - skipped} faults, {skipped} skipped, {lost} stories lost")


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
