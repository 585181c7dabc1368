"""Writers slower than `settle`: what is torn? (Not among the steps of `run`: it tells where the limit is.)"""
import sys, threading, time
from support import *


def reopening(path, data, pause):
    for at in range(0, len(data), 150):
        with open(path, "ab") as file:
            file.write(data[at:at + 150])
        time.sleep(pause)


def stalling(path, data, pause):
    with open(path, "wb", buffering=0) as file:
        for at in range(0, len(data), 150):
            file.write(data[at:at + 150])
            time.sleep(pause)


def main():
    verdict = Verdict("slow")
    for writer, pause in ((reopening, 0.1), (reopening, 0.5), (stalling, 1.5), (stalling, 3.0)):
        room, pages, wanted, threads, texts = Room(settle="2s"), Pages(), [], [], []
        room.start()
        for number in range(10):
            text, heads = pages.page(1)
            wanted += heads
            texts.append(text)
            threads.append(threading.Thread(target=writer, args=(room.inbox / f"w{number}.txt", text.encode(), pause)))
        for t in threads: t.start()
        for t in threads: t.join()
        time.sleep(1)
        wait_until(lambda: not room.left(), 15)
        time.sleep(0.5)
        _, _, body = room.get("/feeds/latest.atom")
        told = body.decode()
        whole = sum(re.search(r"编号\d+。", t)[0] in told and re.search(r"第\d+班船已经离岸", t)[0] in told for t in texts)
        refused = len([p for p in room.below("refused") if not p.endswith(".reason")])
        verdict.check(whole == 10, f"{writer.__name__}, pause {pause} s: {whole} of 10 stories are whole in the feed, {told.count('<entry>')} items, {refused} refused")
        say(f"  {writer.__name__}, pause {pause} s, settle 2 s: {whole} of 10 whole, {told.count('<entry>')} items, {len(room.below('done'))} in done/, {refused} refused; log: {[l[28:200] for l in room.log().splitlines() if 'WARN' in l][:2]}")
        room.stop(); room.close()
    return verdict.end()


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
