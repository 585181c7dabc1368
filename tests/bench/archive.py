"""Archives of many stories: how long a start takes, what a question costs, and how fast all are labelled anew."""

import contextlib
import datetime
import os
import random
import shutil
import tempfile
import time
from urllib.parse import quote

import pages
from measure import Daemon, median, once, percentile, resident

# So many stories lie in the inbox at once while an archive is made.
AT_ONCE = 20_000
# Fifty stories to each feed at any size, or what is compared is not the same.
CONFIG = '[inbox]\nsettle = "0s"\nafter = "delete"\n[taxonomy]\nfeeds = "feeds"\n'
FEEDS = {
    "latest": 'title = "latest"\nhours = 0\n',
    "topics": 'each = "topic"\ntitle = "{topic}"\nhours = 0\n',
    "regions": 'each = "region"\ntitle = "{region}"\nhours = 0\n',
    "topics/regions": 'each = "region"\ntitle = "{topic}, {region}"\nhours = 0\n',
}


def made(args, number):
    """A folder with an archive of that many stories, made by the program itself; once."""
    folder = f"{args.work}/archive-{number}"
    if os.path.exists(f"{folder}/made"):
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    pages.put(f"{folder}/wirefeed.toml", CONFIG)
    for name, text in FEEDS.items():
        pages.put(f"{folder}/feeds/{name}.toml", text)
    one = f"{folder}/one"
    pages.put(f"{one}/latest.toml", FEEDS["latest"])
    pages.put(f"{folder}/make.toml", CONFIG.replace('"feeds"', '"one"'))
    source = pages.Stories(seed=3, a_day=2_000, first_day=datetime.datetime(2024, 6, 1, 6))
    start = time.monotonic()
    for at in range(0, number, AT_ONCE):
        pages.write_pages(min(AT_ONCE, number - at), f"{folder}/inbox", source, at)
        out = ["--out", "out", "--archive", "sqlite:wirefeed.db"]
        once([args.wirefeed, "build", "--config", "make.toml", *out, *only(args)], folder)
        print(f"  {min(at + AT_ONCE, number):,} of {number:,} filed after {time.monotonic() - start:.0f} s", flush=True)
    shutil.rmtree(f"{folder}/out")
    pages.put(f"{folder}/made", "")
    return folder


def only(args):
    import oneshot

    return oneshot.feeds_alone(args)


@contextlib.contextmanager
def copy(args, number):
    """The same, to write into."""
    folder = tempfile.mkdtemp(prefix="copy-", dir=args.work)
    try:
        shutil.copytree(made(args, number), folder, dirs_exist_ok=True)
        os.makedirs(f"{folder}/inbox", exist_ok=True)
        yield folder
    finally:
        shutil.rmtree(folder)


def archive(args, table):
    """The small archive and the large one in turn, each by a process of its own, `rounds` times."""
    sizes = (args.small, args.large)
    found = {size: {} for size in sizes}
    folders = {size: made(args, size) for size in sizes}
    for at in range(args.rounds):
        for size in sizes:
            for what, values in asked(args, folders[size], at).items():
                found[size].setdefault(what, []).extend(values)
    small, large = found[sizes[0]], found[sizes[1]]
    size = f"{sizes[1]:,} archived"
    start = median(large["start"])
    table.row(f"{size}: start until the first answer", f"{start:.0f} ms", f"at {sizes[0]:,}: {median(small['start']):.0f} ms", start / median(small["start"]), "1 s", start <= 1_000)
    for what in ("topic", "region", "pair"):
        mine, before = median(large[what]), median(small[what])
        ratio = mine / before
        table.row(f"{size}: latest 50 of a {what}", f"{mine:.1f} ms, worst {max(large[what]):.1f}", f"at {sizes[0]:,}: {before:.1f} ms", ratio, "2", ratio <= 2)
    p50, p99 = percentile(large["search"], 50), percentile(large["search"], 99)
    table.row(f"{size}: search of two characters", f"{p50:.1f} ms, p99 {p99:.1f}", f"at {sizes[0]:,}: {median(small['search']):.1f} ms", p50 / median(small["search"]), "10 ms", p50 <= 10)
    for what, name in (("memory", "memory of the process"), ("own", "of which its own")):
        most = median(large[what])
        table.row(f"{size}: {name}", f"{most:.0f} MB", f"at {sizes[0]:,}: {median(small[what]):.0f} MB", most / median(small[what]), "150 MB", most <= 150)


def asked(args, folder, at):
    """What one process takes, in ms: its start, pages that nobody has asked for, searches; then its memory, in MB."""
    dice = random.Random(f"questions {at}")
    source = pages.Stories(seed=3)
    topics, regions = source.topics[:8], source.regions[:8]
    with Daemon(args.wirefeed, folder) as daemon:
        daemon.get("/feeds/latest.atom")
        took = {"start": [1e3 * (time.monotonic() - daemon.start)]}

        def ask(what, path):
            start = time.perf_counter()
            status, _, _ = daemon.get(path)
            if status not in (200, 404):
                raise SystemExit(f"{path}: {status}")
            took.setdefault(what, []).append(1e3 * (time.perf_counter() - start))

        for _ in range(3):
            daemon.get("/healthz")
        for topic in topics:
            ask("topic", f"/feeds/topics/{topic}.atom")
        for region in regions:
            ask("region", f"/feeds/regions/{region}.atom")
        for topic in topics[:3]:
            for region in regions[:3]:
                ask("pair", f"/feeds/topics/{topic}/regions/{region}.atom")
        for word in dice.sample(source.tail, 40):
            ask("search", f"/feeds/search.atom?q={quote(word)}")
        memory, own = resident(daemon.pid)
    return {**took, "memory": [memory], "own": [own]}


def retag(args, table):
    """All stories labelled anew: by the tables by which they are labelled, so that nothing but the work is measured."""
    with copy(args, args.large) as folder:
        used = once([args.wirefeed, "retag", "--archive", "sqlite:wirefeed.db"], folder)
    with copy(args, args.small) as folder:
        before = once([args.wirefeed, "retag", "--archive", "sqlite:wirefeed.db"], folder)
    rate = (args.large - args.small) / (used.wall - before.wall)
    table.row(f"retag of {args.large:,}: stories a second", f"{rate:,.0f}")
    table.row(f"retag of {args.large:,}: peak memory", f"{used.peak:.0f} MB", f"at {args.small:,}: {before.peak:.0f} MB", used.peak / before.peak, "flat", used.peak <= 2 * before.peak)
