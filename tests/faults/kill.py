"""Kills the daemon at random moments, then at each system call that writes: every story once, no file lost."""
import os, random, signal, subprocess, sys, time
from support import *

CALLS = "write pwrite64 fsync fdatasync ftruncate rename unlink mkdir openat".split()


def at_random(verdict, rounds):
    chance, pages, room = random.Random(SEED), Pages(), Room(settle="20ms")
    dropped, wanted, begun, early = {}, [], time.monotonic(), 0
    ways = "rename move write chunks part".split()
    for number in range(rounds):
        before = chance.random() < 0.15
        def drop():
            for _ in range(chance.randint(1, 3)):
                text, heads = pages.page()
                name = f"p{len(dropped):05}.txt"
                room.drop(name, text, chance.choice(ways))
                dropped[name] = digest(text.encode())
                wanted.extend(heads)
        if before:  # anywhere between the start and the first turn's end
            drop()
            room.start(wait=False)
            time.sleep(chance.uniform(0, 0.3))
        else:
            room.start()
            drop()
            time.sleep(chance.uniform(0, 0.06))
        early += room.child.poll() is not None
        room.kill()
        if number % 100 == 99:
            sound(verdict, room, f"after {number + 1} kills")
    took = time.monotonic() - begun
    tried = room.log().count("it is tried first")
    room.start()
    verdict.check(wait_until(lambda: not room.left(), 120), f"still in the inbox: {room.left()[:3]}")
    read = headlines([p for p in room.below("done") if os.path.getsize(p)])
    verdict.check(sorted(read) == sorted(wanted), f"parse reads {len(read)} stories of the dropped {len(wanted)}")
    stories, feeds, again = once(verdict, room, read, "at random")
    verdict.check(room.stop() == 0, "it does not stop in order")
    done, empties, left = kept(verdict, room, dropped, "at random")
    told = sound(verdict, room, "at random")
    verdict.check(early == 0, f"it ended by itself {early} times")
    say(f"  {rounds} kills at random in {took:.0f} s: {len(dropped)} files, {stories} stories in {feeds} pages of the feed "
        f"({again} in two of them), {done} in done/, {left} in the inbox, {empties} empty names, {tried} trials; check: {told}")
    room.close()


def traced(pid):
    """Whether strace has every thread of this process."""
    try:
        return all("TracerPid:\t0\n" not in open(f"/proc/{pid}/task/{t}/status").read() for t in os.listdir(f"/proc/{pid}/task"))
    except OSError:  # a thread has ended
        return False


def at_each_call(verdict):
    have("strace")
    pages, kills, told = Pages(SEED + 1), 0, []
    for from_start in (False, True) if os.environ.get("FROM_START") is None else (True,):
        room, wanted, dropped = Room(settle="20ms"), [], {}
        def drop():
            text, heads = pages.page(1)
            name = f"s{len(dropped):05}.txt"
            room.drop(name, text)
            dropped[name] = digest(text.encode())
            wanted.extend(heads)
        room.start(); drop()
        wait_until(lambda: not room.left(), 10); room.stop()
        for call in CALLS if not from_start else "write pwrite64 fsync rename unlink".split():
            number = misses = 0
            while misses < 1 and number < 400:
                number += 1
                inject = ["-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={number}"]
                if from_start:
                    drop()
                    room.start(before=["strace", *inject], wait=False)
                    tracer = room.child
                    killed = wait_until(lambda: room.child.poll() is not None or not room.left(), 20, 0.01)
                    time.sleep(0.1)
                    killed = room.child.poll() is not None
                    if not killed:
                        os.kill(room.pid(), signal.SIGKILL)
                        misses += 1
                    room.child.wait()
                    room.child.stdout.close()
                else:
                    room.start()
                    tracer = subprocess.Popen(["strace", *inject, "-p", str(room.child.pid)], stderr=subprocess.DEVNULL)
                    wait_until(lambda: traced(room.child.pid), 5, 0.005)
                    drop()
                    wait_until(lambda: room.child.poll() is not None or not room.left(), 20, 0.005)
                    if room.child.poll() is None:
                        time.sleep(0.15)
                    if room.child.poll() is None:
                        misses += 1
                    room.kill()
                    tracer.wait()
                kills += 1
                if number % 10 == 0:
                    sound(verdict, room, f"{call} {number}")
            told.append(f"{call} {number - 1}")
        room.start()
        verdict.check(wait_until(lambda: not room.left(), 60), f"still in the inbox: {room.left()[:3]}")
        where = "from the start" if from_start else "of one filing"
        stories, feeds, again = once(verdict, room, wanted, where)
        room.stop()
        done, empties, left = kept(verdict, room, dropped, where)
        check = sound(verdict, room, where)
        say(f"  killed at each call {where}: {', '.join(told)}; {len(dropped)} files, {stories} stories, {done} in done/, {empties} empty names; {check}")
        told = []
        room.close()
    return kills


def on_trial(verdict):
    """Stopped as a service manager stops it, all processes of the unit at once, while files are tried by a child."""
    refused = rounds = 0
    for wait in (0.02, 0.05, 0.1, 0.15, 0.2, 0.3):
        for stop in (signal.SIGTERM, signal.SIGINT, signal.SIGKILL):
            rounds += 1
            pages, room = Pages(SEED + 2), Room(settle="20ms")
            dropped, wanted = {}, []
            for number in range(8):
                text, heads = pages.page()
                room.drop(f"t{number}.txt", text)
                dropped[f"t{number}.txt"] = digest(text.encode())
                wanted += heads
            # As a daemon leaves it that ended with these in hand.
            (room.inbox / ".wirefeed-in-hand").write_bytes(b"".join(n.encode() + b"\0" for n in dropped))
            room.start(before=["setsid"])
            time.sleep(wait)
            os.killpg(room.child.pid, stop)
            room.child.wait()
            room.child.stdout.close()
            room.start()
            wait_until(lambda: not room.left(), 30)
            told = [p for p in room.below("refused") if not p.endswith(".reason")]
            refused += len(told)
            if told:
                say(f"    {stop.name} after {1000 * wait:.0f} ms: refused {[os.path.basename(p) for p in told]}: {json.load(open(told[0] + '.reason'))['reason']}")
            room.stop()
            room.close()
    verdict.check(not refused, f"{refused} good files were refused because all processes were stopped while a child tried them")
    say(f"  stopped {rounds} times while files were on trial: {refused} good files refused")


def main():
    verdict = Verdict("kill")
    rounds = int(os.environ.get("ROUNDS", "1000"))
    if rounds:
        at_random(verdict, rounds)
    on_trial(verdict)
    calls = 0
    try:
        calls = at_each_call(verdict)
    except Skip as why:
        say(f"  skipped: at each call: {why}")
    return verdict.end(f"{rounds} kills at random, {calls} at a system call")


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
