"""What is measured of processes, and how figures are compared: by the median of the ratios of paired rounds."""

import http.client
import os
import re
import shutil
import signal
import statistics
import subprocess
import time
from collections import namedtuple

Usage = namedtuple("Usage", "wall cpu peak")
TICK = os.sysconf("SC_CLK_TCK")


class Missing(Exception):
    """A tool that a step needs is not installed."""


def tool(name, package):
    """The path of a tool; `NAME=/path` in the environment wins."""
    path = os.environ.get(name.upper()) or shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if not path:
        raise Missing(f"{name} is missing: the Debian package {package} has it")
    return path


def once(command, folder):
    """Runs a command to its end: wall and CPU seconds, peak memory in MB."""
    start = time.monotonic()
    # In a group of its own, and by a file: nothing of ours is in its way.
    with open(os.path.join(folder, "said.txt"), "ab") as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        with open(os.path.join(folder, "said.txt"), "rb") as said:
            raise SystemExit(f"{command}: exit {process.returncode}\n{said.read()[-2000:].decode(errors='replace')}")
    return Usage(time.monotonic() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def family(pid):
    """A process and all below it."""
    children = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as stat:
                children.setdefault(int(stat.read().rsplit(")", 1)[1].split()[1]), []).append(int(name))
        except OSError:
            pass
    found, ahead = [], [pid]
    while ahead:
        found.append(ahead.pop())
        ahead += children.get(found[-1], [])
    return found


def cpu(pids):
    """CPU seconds so far."""
    total = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/stat") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
                total += int(fields[11]) + int(fields[12])
        except OSError:
            pass
    return total / TICK


def resident(pid):
    """Memory of a process now, in MB: all, and what is its own (not pages of files)."""
    with open(f"/proc/{pid}/status") as status:
        found = dict(re.findall(r"^(VmRSS|RssAnon):\s+(\d+)", status.read(), re.M))
    return int(found["VmRSS"]) / 1024, int(found["RssAnon"]) / 1024


class Daemon:
    """`wirefeed serve` at work, until it is stopped."""

    def __init__(self, wirefeed, folder, arguments=(), core=None):
        pin = [] if core is None else [tool("taskset", "util-linux"), "-c", str(core)]
        self.log = open(os.path.join(folder, "log.txt"), "ab")
        command = [*pin, wirefeed, "serve", "--listen", "127.0.0.1:0", *arguments]
        self.start = time.monotonic()
        self.process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=self.log)
        line = self.process.stdout.readline().decode()
        if not line.startswith("http://"):
            self.stop()
            raise SystemExit(f"{command} does not serve; see {folder}/log.txt")
        self.url = line.strip().rstrip("/")
        self.host = self.url.removeprefix("http://")
        self.pid = self.process.pid

    def get(self, path, **headers):
        """One request on a connection of its own: status, headers and body."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def median(values):
    return statistics.median(values)


def percentile(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * part / 100))]


def paired(theirs, ours):
    """The median of theirs over ours, round by round."""
    return median([one / other for one, other in zip(theirs, ours)])


class Table:
    """Rows of what was measured, printed as they come and kept for the end."""

    HEAD = ("what", "wirefeed", "beside", "ratio", "reach", "")

    def __init__(self):
        self.rows = []

    def row(self, what, ours, beside="", ratio=None, reach=None, holds=None):
        """`holds` says whether the reach is reached; `None` where there is none to reach."""
        ratio = "" if ratio is None else f"{ratio:.2f}" if isinstance(ratio, float) else ratio
        verdict = "" if holds is None else "yes" if holds else "NO"
        row = (what, ours, beside, ratio, reach or "", verdict)
        self.rows.append(row)
        print("  " + " | ".join(part for part in row if part), flush=True)

    def text(self):
        rows = [self.HEAD, tuple("---" for _ in self.HEAD), *self.rows]
        return "\n".join("| " + " | ".join(row) + " |" for row in rows)
