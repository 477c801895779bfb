# SPDX-License-Identifier: Apache-2.0
"""The published JSON Schema of gridgov.policy/1 is held to the loader.

Every policy of the packs, of docs/ and of the fixtures loads and validates. Then each is broken in every
place in every way of a list: a key more, a key less, another type, a fraction, a word that is none. Whatever
the schema refuses, the loader must refuse; whatever the loader refuses for its form, the schema must refuse.
What only the loader can see (references, sums, order, ranges of text) is counted by the rule it broke.
"""
import collections
import copy
import ctypes
import json
import os
import pathlib
import random
import sys

try:
    import jsonschema
except ImportError:
    print("skipped: no jsonschema (Debian: python3-jsonschema)")
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs/schema/policy-1.schema.json").read_text("utf-8"))
MUTANTS = 150  # of each fixture, at most, drawn with a fixed seed

# Rules of form: the schema has no excuse for passing what breaks one of these.
FORM = {"json-unknown-key", "json-missing-key", "json-real-number"}
# Rules that a schema cannot express, or not for numbers that are written as text.
MEANING = {"json-reference", "json-duplicate", "json-out-of-range", "policy-group-sum", "policy-group-order",
           "policy-bands", "policy-stages", "policy-table", "policy-band-gap", "policy-band-overlap", "bad-day",
           "policy-dates", "policy-metric-dimension", "policy-threshold-whole", "policy-decimals", "policy-depth",
           "json-wrong-type", "json-unknown-code", "json-broken-rule"}


class Error(ctypes.Structure):
    _fields_ = [("status", ctypes.c_int32), ("detail", ctypes.c_int32), ("row", ctypes.c_int64),
                ("column", ctypes.c_int32), ("rule", ctypes.c_int32), ("field", ctypes.c_char * 64),
                ("source", ctypes.c_char * 160), ("value", ctypes.c_char * 96), ("message", ctypes.c_char * 168)]


library = ctypes.CDLL(os.environ["GRIDGOV_LIBRARY"])
library.gridgov_rule_code.restype = ctypes.c_char_p


def load(document):
    """None if the loader takes it, else the code of the rule of its first problem and the place."""
    text = json.dumps(document, ensure_ascii=False).encode()
    policy, error = ctypes.c_void_p(), Error()
    status = library.gridgov_policy_load(ctypes.byref(policy), text, ctypes.c_size_t(len(text)), None,
                                         ctypes.c_size_t(0), None, ctypes.byref(error))
    if status == 0:
        library.gridgov_policy_free(policy)
        return None
    return library.gridgov_rule_code(error.rule).decode(), error.field.decode()


def places(value, path=()):
    """Every place below a value that is the policy's own: metrics have a language of their own."""
    yield path
    if path[:1] == ("metrics",):
        return
    if isinstance(value, dict):
        for key, member in value.items():
            if not key.startswith(("note", "$")):
                yield from places(member, path + (key,))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from places(member, path + (index,))


def at(document, path):
    for step in path:
        document = document[step]
    return document


def mutants(document):
    for path in list(places(document)):
        value = at(document, path)
        if isinstance(value, dict) and path[:1] not in (("parameters",), ("metric_thresholds",), ("metrics",)):
            mutant = copy.deepcopy(document)
            at(mutant, path)["unheard_of"] = 1
            yield "one key more", path, mutant
        if not path:
            continue
        if isinstance(path[-1], str):
            mutant = copy.deepcopy(document)
            del at(mutant, path[:-1])[path[-1]]
            yield "one key less", path, mutant
        for what, other in (("a fraction", 1.5), ("nothing", None), ("a list", []), ("an object", {}),
                            ("a word", "unheard of"), ("true", True), ("minus one", -1)):
            if other != value or isinstance(other, bool) != isinstance(value, bool):
                mutant = copy.deepcopy(document)
                at(mutant, path[:-1])[path[-1]] = other
                yield what, path, mutant


def main():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    fixtures = sorted((ROOT / "lib/refdata/data").glob("policy-*.json"))
    fixtures += sorted((ROOT / "docs/policies").glob("*.json"))
    fixtures += [ROOT / "tests/fuzz/corpus/policy" / name for name in ("grown.json", "small.json")]
    seen, failures = collections.Counter(), []
    for fixture in fixtures:
        document = json.loads(fixture.read_text("utf-8"))
        problem = load(document)
        if problem is not None:
            failures.append(f"{fixture.name}: the loader refuses it: {problem}")
        for error in validator.iter_errors(document):
            failures.append(f"{fixture.name}: the schema refuses it: {error.json_path}: {error.message[:80]}")
        cases = list(mutants(document))
        random.Random(2021).shuffle(cases)
        for what, path, mutant in cases[:MUTANTS]:
            problem, valid = load(mutant), validator.is_valid(mutant)
            place = "/".join(str(step) for step in path)
            if problem is None and not valid:
                failures.append(f"{fixture.name}: {what} at {place}: only the schema refuses it")
            elif problem is not None and valid:
                code, field = problem
                if code in FORM or code not in MEANING:
                    failures.append(f"{fixture.name}: {what} at {place}: only the loader refuses it: {code} {field}")
                seen[code] += 1
            else:
                seen["both take it" if problem is None else "both refuse it"] += 1
    for code, count in seen.most_common():
        print(f"{count:6}  {code}")
    assert seen["both refuse it"] > 600, seen
    for failure in failures[:40]:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
