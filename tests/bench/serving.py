"""One feed to many readers, beside nginx with the same bytes in a file; one core each, the load from another."""

import contextlib
import datetime
import os
import re
import subprocess
import threading
import time

import pages
from measure import Daemon, cpu, family, median, paired, resident, tool

SECONDS = 2
NGINX = """worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.err; worker_rlimit_nofile 8192;
events {{ worker_connections 4096; }}
http {{
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
    open_file_cache max=100 inactive=60s; open_file_cache_valid 60s;
    types {{ application/atom+xml atom; }}
    client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    server {{ listen 127.0.0.1:{port} backlog=4096; root {folder}/www; gzip_static on; gzip_vary on;
              add_header Cache-Control max-age=60; }}
}}
"""
# A feed of some 55 KB.
FEED = 'title = "wire"\nitems = 14\nhours = 0\n'
PATH = "/feeds/latest.atom"


@contextlib.contextmanager
def shop(args, number=300):
    """wirefeed and nginx with the same feed, each on core 0: {name: (url, pids)}, and wirefeed's folder."""
    folder = f"{args.work}/serving"
    subprocess.run(["rm", "-rf", folder], check=True)
    pages.put(f"{folder}/feeds/latest.toml", FEED)
    pages.put(f"{folder}/wirefeed.toml", '[inbox]\nafter = "delete"\nsettle = "0s"\n[taxonomy]\nfeeds = "feeds"\n')
    pages.write_pages(number, f"{folder}/inbox", pages.Stories(seed=5, a_day=3, first_day=days_ago(2_200)))
    nginx = tool("nginx", "nginx")
    tool("wrk", "wrk")
    with Daemon(args.wirefeed, folder, core=0) as daemon:
        while any(name.endswith(".txt") for name in os.listdir(f"{folder}/inbox")):
            time.sleep(0.05)
        time.sleep(0.5)
        body = daemon.get(PATH)[2]
        pages.put(f"{folder}/www{PATH}", body.decode())
        subprocess.run(["gzip", "-6", "-n", "-k", f"{folder}/www{PATH}"], check=True)
        subprocess.run(["chmod", "-R", "a+rX", folder], check=True)
        port = 18_100 + os.getpid() % 800
        pages.put(f"{folder}/nginx.conf", NGINX.format(folder=folder, port=port))
        command = ["taskset", "-c", "0", nginx, "-c", f"{folder}/nginx.conf", "-e", f"{folder}/nginx.err"]
        beside = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            time.sleep(1)
            yield {
                "wirefeed": (daemon.url + PATH, family(daemon.pid)),
                "nginx": (f"http://127.0.0.1:{port}{PATH}", family(beside.pid)),
            }, folder, len(body)
        finally:
            beside.terminate()
            beside.wait()


def tag(url):
    said = subprocess.run(["curl", "-sI", url], capture_output=True, text=True).stdout
    return re.search(r"(?i)^etag: (.*?)\r?$", said, re.M)[1]


def load(url, connections, headers, seconds=SECONDS):
    """Requests, p50 and p99 in ms, of as many requests as core 1 can ask."""
    command = ["taskset", "-c", "1", "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    said = subprocess.run([*command, url], capture_output=True, text=True).stdout
    if "Non-2xx" in said and "If-None-Match" not in headers:
        raise SystemExit(f"{url}: {said}")
    requests = int(re.search(r"(\d+) requests in", said)[1])
    return requests, *(in_ms(re.search(rf"^ +{part}% +(\S+)", said, re.M)[1]) for part in ("50", "99"))


def in_ms(text):
    number, unit = re.match(r"([\d.]+)(us|ms|s|m)$", text).groups()
    return float(number) * {"us": 1e-3, "ms": 1, "s": 1e3, "m": 6e4}[unit]


def serve(args, table):
    """CPU time of the server a request, each scenario of both servers in turn."""
    with shop(args) as (servers, _, size):
        tags = {name: tag(url) for name, (url, _) in servers.items()}

        def scenarios(name):
            known, gzip, close = {"If-None-Match": tags[name]}, {"Accept-Encoding": "gzip"}, {"Connection": "close"}
            return {
                "304": known, "gzip": gzip, f"identity, {size / 1e3:.0f} KB": {},
                "gzip, a connection a request": {**gzip, **close}, "304, a connection a request": {**known, **close},
            }

        reach = dict(zip(scenarios("nginx"), (1.0, 1.0, 1.1, 1.2, 1.2)))
        costs = {}
        for at in range(args.rounds + 1):
            for what in reach:
                for name, (url, pids) in servers.items():
                    before = cpu(pids)
                    requests, *_ = load(url, 64, scenarios(name)[what])
                    if at:
                        costs.setdefault((what, name), []).append(1e6 * (cpu(pids) - before) / requests)
        for what, most in reach.items():
            mine, theirs = costs[what, "wirefeed"], costs[what, "nginx"]
            ratio = paired(mine, theirs)
            table.row(f"CPU of a request: {what}", f"{median(mine):.1f} µs", f"nginx {median(theirs):.1f} µs", ratio, str(most), ratio <= most)
        table.row("memory while serving", f"{resident(servers['wirefeed'][1][0])[0]:.0f} MB")


def crowd(args, table):
    """p99 of a thousand connections: ours while pages arrive, nginx's in peace."""
    with shop(args) as (servers, folder, _):
        times = {name: [] for name in servers}
        for at in range(args.rounds + 1):
            for name, (url, _) in servers.items():
                busy = name == "wirefeed"
                stop = threading.Event()
                feeder = threading.Thread(target=feed, args=(folder, at * 600, stop))
                if busy:
                    feeder.start()
                _, _, p99 = load(url, 1_000, {"Accept-Encoding": "gzip"}, 5)
                stop.set()
                if busy:
                    feeder.join()
                if at:
                    times[name].append(p99)
        ratio = paired(times["wirefeed"], times["nginx"])
        table.row("p99 of 1,000 connections, 20 pages a second", f"{median(times['wirefeed']):.0f} ms", f"nginx, none {median(times['nginx']):.0f} ms", ratio, "1.5", ratio <= 1.5)


def days_ago(days):
    return datetime.datetime.now().replace(hour=6, minute=0, second=0, microsecond=0) - datetime.timedelta(days=days)


def feed(folder, start, stop):
    """Twenty pages a second until it is told to stop, each of a later day, so that each is the newest of the feed."""
    source = pages.Stories(seed=9, a_day=3, first_day=days_ago(1_900))
    for at, (text, _) in enumerate(pages.pages(600, source, start)):
        if stop.is_set():
            return
        hidden = f"{folder}/inbox/.{start + at}"
        with open(hidden, "wb") as file:
            file.write(text)
        os.rename(hidden, f"{folder}/inbox/{start + at}.txt")
        time.sleep(0.05)
