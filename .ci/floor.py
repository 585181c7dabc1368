"""Reads the figures of a set as JSON and fails where one has fallen below its floor in floors.json.

The floors lie a little under what the parser reached when they were set: they keep what was won.
"""

import json
import pathlib
import sys

floors = json.loads(pathlib.Path(__file__).with_name("floors.json").read_text())[sys.argv[1]]
figures = json.load(sys.stdin)
fallen = {name: figures[name]["f"] for name, floor in floors.items() if figures[name]["f"] < floor}
if fallen:
    sys.exit(f"   below the floors {floors}: {fallen}")
print(f"   at or above {floors}")
