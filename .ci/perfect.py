"""Reads the figures of one page as JSON and fails unless every one of them is 1."""

import json
import sys

figures = json.load(sys.stdin)
strays = figures.pop("items of no gold file", 0)
counts = figures.pop("n")
rows = {f"{name} {key}": value for name, row in figures.items() for key, value in (row.items() if isinstance(row, dict) else [("", row)])}
below = {name: value for name, value in rows.items() if value != 1}
print(f"   {sys.argv[1]}: {len(rows) - len(below)} of {len(rows)} figures are 1.000, {counts['stories']} stories")
if below or strays or not rows:
    sys.exit(f"   below: {below}, strays: {strays}")
