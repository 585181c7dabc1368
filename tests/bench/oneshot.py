"""Pages to feeds by one command, beside Hugo with the same stories; and how fast pages are read and labelled."""

import os
import shutil
import subprocess

import pages
from measure import Missing, median, once, paired, tool

CONFIG = '[inbox]\npath = "wire"\nsettle = "0s"\nafter = "leave"\n[taxonomy]\nfeeds = "feeds"\n'


def corpus(args, number):
    """Pages, the same stories for Hugo, and the feeds that both print; made once."""
    folder = f"{args.work}/pages-{number}"
    if not os.path.exists(f"{folder}/made"):
        shutil.rmtree(folder, ignore_errors=True)
        source = pages.Stories()
        size = pages.write_pages(number, f"{folder}/wire", source)
        pages.write_hugo(number, f"{folder}/hugo", source)
        pages.write_feeds(f"{folder}/feeds")
        pages.put(f"{folder}/wirefeed.toml", CONFIG)
        pages.put(f"{folder}/made", str(size))
    with open(f"{folder}/made") as made:
        return folder, int(made.read())


def feeds_alone(args):
    """What keeps a build to what Hugo prints; an older wirefeed prints everything, its pages for people too."""
    told = subprocess.run([args.wirefeed, "build", "--help"], capture_output=True, text=True).stdout
    return ["--only", "rss,atom"] if "--only" in told else []


def contestants(args, folder):
    ours = [args.wirefeed, "build", "--out", "out", *feeds_alone(args)]
    named = {"memory": (ours, folder), "sqlite": ([*ours, "--archive", "sqlite:bench.db"], folder)}
    try:
        named["hugo"] = ([tool("hugo", "hugo"), "--quiet", "-d", f"{folder}/hugo-out"], f"{folder}/hugo")
    except Missing as what:
        return named, what
    return named, None


def clear(folder):
    for name in os.listdir(folder):
        if name in ("out", "hugo-out"):
            shutil.rmtree(f"{folder}/{name}")
        elif name.startswith("bench.db"):
            os.remove(f"{folder}/{name}")


def build(args, table):
    """Rounds of ours in memory, ours into SQLite, and Hugo, in turn; the first round warms up and does not count."""
    taken, missing = {}, None
    for number in map(int, args.stories.split(",")):
        folder, size = corpus(args, number)
        named, missing = contestants(args, folder)
        used = {name: [] for name in named}
        for at in range(args.rounds + 1):
            clear(folder)
            for name, (command, where) in named.items():
                usage = once(command, where)
                if at:
                    used[name].append(usage)
        clear(folder)
        taken[number] = used
        for name, wants in (("memory", (5, 5, 4)), ("sqlite", (2.5, None, None))):
            rows(table, f"build of {number:,} ({size / 1e6:.0f} MB), {name}", used[name], used.get("hugo"), wants)
    grown(table, taken)
    if missing:
        raise missing


def rows(table, what, ours, hugo, wants):
    for at, (measure, unit) in enumerate((("wall", "s"), ("CPU", "s"), ("peak memory", "MB"))):
        mine = [usage[at] for usage in ours]
        if hugo is None:
            table.row(f"{what}: {measure}", f"{median(mine):.3g} {unit}")
            continue
        theirs = [usage[at] for usage in hugo]
        ratio, want = paired(theirs, mine), wants[at]
        reach, holds = (f"{want} times", ratio >= want) if want else (None, None)
        table.row(f"{what}: {measure}", f"{median(mine):.3g} {unit}", f"Hugo {median(theirs):.3g} {unit}", ratio, reach, holds)


def grown(table, taken):
    if len(taken) < 2:
        return
    small, large = min(taken), max(taken)
    for name in ("memory", "sqlite", "hugo"):
        if name not in taken[large]:
            continue
        before, after = taken[small][name], taken[large][name]
        for at, measure, most in ((1, "CPU", 1.05 * large / small), (2, "peak memory", 2)):
            ratio = median([usage[at] for usage in after]) / median([usage[at] for usage in before])
            mine = name != "hugo"
            table.row(
                f"growth of {small:,} to {large:,}, {name}: {measure}", f"{ratio:.2f}" if mine else "",
                "" if mine else f"Hugo {ratio:.2f}", ratio, f"{most:.3g}" if mine else None, ratio <= most if mine else None,
            )


def read(args, table):
    """Bytes to labelled stories, printed as ninjs into nothing: what twice as many pages take more, so no start counts."""
    folder, _ = corpus(args, int(args.stories.split(",")[0]))
    files = sorted(os.path.join("wire", name) for name in os.listdir(f"{folder}/wire"))[:1200]
    half = files[: len(files) // 2]
    size = sum(os.path.getsize(f"{folder}/{file}") for file in files[len(half):])
    rates = []
    for _ in range(args.rounds):
        some, all_ = (once([args.wirefeed, "parse", "--format", "ninjs", *some], folder) for some in (half, files))
        rates.append(size / 1e6 / (all_.cpu - some.cpu))
    os.remove(f"{folder}/said.txt")
    table.row("read and labelled, MB/s of one core", f"{median(rates):.1f} MB/s", "a toy splitter: 167 MB/s", None, "60 MB/s", median(rates) >= 60)
