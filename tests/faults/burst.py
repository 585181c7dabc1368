"""10,000 files at once, by cp, by mv and as rsync does, beside 50 slow writers, with the kernel's event queue of 16."""
import os, pathlib, random, shutil, subprocess, sys, threading, time
from support import *

QUEUE = pathlib.Path("/proc/sys/fs/inotify/max_queued_events")
FILES, SLOW = int(os.environ.get("FILES", "10000")), 50


def by_cp(pool, inbox):
    subprocess.run(f"ls -U {pool} | xargs -n 500 cp -t {inbox}", shell=True, check=True, cwd=pool)


def by_mv(pool, inbox):
    subprocess.run(f"ls -U {pool} | xargs -n 500 mv -t {inbox}", shell=True, check=True, cwd=pool)


def by_rename(pool, inbox):
    for name in os.listdir(pool):
        hidden = os.path.join(inbox, f".{name}.a1B2c3")
        shutil.copyfile(os.path.join(pool, name), hidden)
        os.rename(hidden, os.path.join(inbox, name))


def slowly(path, data, chance):
    """In place, with a pause below `settle` after each chunk, one of them in mid-character."""
    with open(path, "wb", buffering=0) as file:
        at = 0
        while at < len(data):
            step = chance.randint(40, 220)
            file.write(data[at:at + step])
            at += step
            time.sleep(chance.uniform(0.1, 1.2))


def burst(verdict, way, seed):
    room, pages, chance = Room(settle="2s"), Pages(seed), random.Random(seed)
    pool = room.folder / "pool"
    pool.mkdir()
    dropped, wanted = {}, []
    for number in range(FILES):
        text, heads = pages.page(1)
        name = f"b{number:05}.txt"
        (pool / name).write_text(text)
        dropped[name] = digest(text.encode())
        wanted += heads
    slow = {}
    for number in range(SLOW):
        text, heads = pages.page(3)
        slow[f"slow{number:02}.txt"] = text.encode()
        dropped[f"slow{number:02}.txt"] = digest(text.encode())
        wanted += heads
    room.start()
    begun = time.monotonic()
    writers = [threading.Thread(target=slowly, args=(room.inbox / n, d, random.Random(seed + i))) for i, (n, d) in enumerate(slow.items())]
    for writer in writers:
        writer.start()
    way(pool, room.inbox)
    written = time.monotonic() - begun
    worst = 0.0
    while room.left() or any(w.is_alive() for w in writers):
        asked = time.monotonic()
        status, _, _ = room.get("/feeds/latest.atom")
        worst = max(worst, time.monotonic() - asked)
        verdict.check(status == 200, f"latest.atom: {status}") if status != 200 else None
        if time.monotonic() - begun > 900:
            break
        time.sleep(0.2)
    took = time.monotonic() - begun
    verdict.check(not room.left(), f"{len(room.left())} still in the inbox after {took:.0f} s")
    peak = room.peak()
    stories, feeds, again = once(verdict, room, wanted, way.__name__)
    done, empties, left = kept(verdict, room, dropped, way.__name__)
    verdict.check(room.stop() == 0, "it does not stop in order")
    told = sound(verdict, room, way.__name__)
    say(f"  {way.__name__}: {FILES} files written in {written:.1f} s and {SLOW} slow ones, all filed after {took:.1f} s, peak memory {peak} MiB, "
        f"{stories} stories in {feeds} pages of the feed, {again} in two; slowest answer meanwhile {1000 * worst:.0f} ms; {told}")
    room.close()
    return took, peak


def main():
    verdict = Verdict("burst")
    before = QUEUE.read_text()
    try:
        QUEUE.write_text("16\n")
    except OSError as why:
        say(f"  the kernel's queue stays as it is ({why.strerror})")
    try:
        say(f"  max_queued_events {QUEUE.read_text().strip()}")
        took = [burst(verdict, way, SEED + at) for at, way in enumerate((by_cp, by_mv, by_rename))]
    finally:
        try:
            QUEUE.write_text(before)
        except OSError:
            pass
    return verdict.end(f"3 × {FILES} files in {', '.join(f'{t:.0f} s' for t, _ in took)}, peak {max(p for _, p in took)} MiB; max_queued_events is {QUEUE.read_text().strip()} again")


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
