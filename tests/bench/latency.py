"""From a page's renaming into the inbox until a GET of its region's feed shows it, at a small and at a large archive."""

import datetime
import http.client
import os
import shutil
import subprocess
import time

import archive
import pages
from measure import Daemon, Missing, median, paired, percentile, tool

DROPS = 120


def latency(args, table):
    sizes = (args.small, args.medium)
    times = {size: [] for size in sizes}
    today = datetime.datetime.now().replace(hour=6, minute=0, second=0, microsecond=0)
    source = pages.Stories(seed=7, a_day=10**9, first_day=today)
    at = 0
    with archive.copy(args, sizes[0]) as small, archive.copy(args, sizes[1]) as large:
        daemons = {sizes[0]: (small, Daemon(args.wirefeed, small)), sizes[1]: (large, Daemon(args.wirefeed, large))}
        try:
            for _ in range(args.rounds):
                for size in sizes:
                    folder, daemon = daemons[size]
                    times[size].append([drop(daemon, folder, source, at + one * 100) for one in range(DROPS // args.rounds)])
                at += 100 * DROPS
        finally:
            for _, daemon in daemons.values():
                daemon.stop()
    all_ = {size: sum(rounds, []) for size, rounds in times.items()}
    for size in sizes:
        p50, p99 = percentile(all_[size], 50), percentile(all_[size], 99)
        what = f"rename until a GET shows it, {size:,} archived"
        table.row(f"{what}: p50", f"{p50:.2f} ms", "", None, "5 ms", p50 <= 5)
        table.row(f"{what}: p99", f"{p99:.2f} ms", "", None, "20 ms", p99 <= 20)
    ratio = paired([median(some) for some in times[sizes[1]]], [median(some) for some in times[sizes[0]]])
    table.row(f"the same, {sizes[1]:,} over {sizes[0]:,}: p50", f"{ratio:.2f}", "itself", ratio, "1.2", ratio <= 1.2)
    hugo(args, table, percentile(all_[sizes[0]], 50))


def drop(daemon, folder, source, number):
    """Milliseconds until a page of three stories is in its feed. Between two drops all is at rest."""
    story = next(one for one in map(source.story, range(number, number + 50)) if one["regions"])
    text = pages.as_text(story, None, None).encode()
    others = [pages.as_text(source.story(number + more), None, None).encode() for more in (51, 52)]
    head = f"{story['day'].year}年{story['day'].month}月{story['day'].day}日　第1版".encode()
    pages_ = b"\n\n\n".join([head, text, *others]) + b"\n"
    hidden, shown = f"{folder}/inbox/.{number}.txt", f"{folder}/inbox/{number}.txt"
    with open(hidden, "wb") as file:
        file.write(pages_)
    mark = story["headline"].encode()
    path = f"/feeds/regions/{story['regions'][0]}.atom"
    connection = http.client.HTTPConnection(daemon.host, timeout=60)
    tag = ask(connection, path, None)[0]
    time.sleep(0.03)
    start = time.perf_counter()
    os.rename(hidden, shown)
    while True:
        tag, body = ask(connection, path, tag)
        if mark in body:
            connection.close()
            return 1e3 * (time.perf_counter() - start)
        if time.perf_counter() - start > 30:
            raise SystemExit(f"{shown} is not in {path} after 30 s; see {folder}/log.txt")
        time.sleep(0.0002)


def ask(connection, path, tag):
    connection.request("GET", path, headers={"If-None-Match": tag} if tag else {})
    answer = connection.getresponse()
    return answer.headers.get("ETag") or tag, answer.read()


def hugo(args, table, ours):
    """The same of `hugo server`, feeds alone, which writes them to disk; a poll every two milliseconds."""
    import oneshot

    program = tool("hugo", "hugo")
    folder, _ = oneshot.corpus(args, int(args.stories.split(",")[0]))
    site = f"{args.work}/hugo-server"
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(f"{folder}/hugo", site)
    command = [program, "server", "--port", "18109", "--renderToDisk", "--disableFastRender", "-d", f"{site}/out"]
    process = subprocess.Popen(command, cwd=site, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    source, times = pages.Stories(seed=8), []
    try:
        feed = f"{site}/out/regions/%s/index.xml"
        wait(lambda: os.path.exists(feed % "cn-bj"), 120)
        time.sleep(4)
        for number in range(50_000, 50_000 + args.rounds):
            story = {**source.story(number), "regions": ["cn-bj"]}
            mark = story["headline"].encode()
            start = time.perf_counter()
            pages.put(f"{site}/content/posts/new/{number}.md", pages.hugo_story(story))
            wait(lambda: os.path.exists(feed % "cn-bj") and mark in contents(feed % "cn-bj"), 60)
            times.append(1e3 * (time.perf_counter() - start))
            time.sleep(2)
    except TimeoutError:
        raise Missing("hugo server did not show a story within a minute")
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(site, ignore_errors=True)
    ratio = median(times) / ours
    table.row(f"the same beside hugo server at {args.stories.split(',')[0]}", f"{ours:.2f} ms", f"Hugo {median(times):.0f} ms", ratio)


def contents(path):
    with open(path, "rb") as file:
        return file.read()


def wait(condition, seconds):
    end = time.perf_counter() + seconds
    while not condition():
        if time.perf_counter() > end:
            raise TimeoutError
        time.sleep(0.002)
