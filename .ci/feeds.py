"""feeds.py FOLDER: every feed of a built folder that has items is sound, and RSS and Atom say the same."""

import pathlib
import sys

import feedparser


def read(path):
    feed = feedparser.parse(path.read_bytes())
    assert not feed.bozo, f"{path}: {feed.bozo_exception}"
    items = [(e.id, e.title, e.link, e.published_parsed) for e in feed.entries]
    assert len({item[0] for item in items}) == len(items), f"{path}: an id comes twice"
    return feed.version, items


feeds = items = 0
folder = pathlib.Path(sys.argv[1])
for rss in sorted(folder.glob("feeds/**/*.rss")):
    if "<item>" not in rss.read_text(encoding="utf-8") and rss.name != "latest.rss":
        continue
    rss_version, rss_items = read(rss)
    atom_version, atom_items = read(rss.with_suffix(".atom"))
    assert (rss_version, atom_version) == ("rss20", "atom10"), (rss, rss_version, atom_version)
    assert rss_items == atom_items, f"{rss}: {rss_items} but {atom_items}"
    feeds, items = feeds + 2, items + len(rss_items)
print(f"   {feeds} feeds, {items} items in each format, bozo 0")
sys.exit(items == 0)
