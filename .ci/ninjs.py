"""ninjs.py SCHEMA FILE…: every line of the files is an object that the schema allows. Fetches nothing."""

import json
import sys

import jsonschema
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012


def retrieve(uri):
    # The schema points to GeoJSON's, which lies elsewhere; we print no geometry.
    return Resource.from_contents({}, default_specification=DRAFT202012)


schema = json.load(open(sys.argv[1], encoding="utf-8"))
validator = jsonschema.validators.validator_for(schema)(
    schema, registry=Registry(retrieve=retrieve), format_checker=jsonschema.FormatChecker()
)
objects = wrong = 0
for name in sys.argv[2:]:
    for number, line in enumerate(open(name, encoding="utf-8"), 1):
        objects += 1
        for error in validator.iter_errors(json.loads(line)):
            wrong += 1
            print(f"   {name}:{number}: /{'/'.join(map(str, error.path))}: {error.message[:160]}")
print(f"   {objects} objects in {len(sys.argv) - 2} files, {wrong} errors")
sys.exit(wrong > 0 or objects == 0)
