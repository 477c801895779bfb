#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random policies, and mutants of each, whose doubts are found again by trying every value.

The library proves its findings by intervals. Here each rule is read naively (oracle_policy.py) at a whole grid of counts that
holds every edge a policy may name, so what is found is what really happens: steps that no value reaches, points that turn back,
rules without effect and branches that never decide, points beyond a maximum or idle, silence that keeps full marks, and cases so
few that one miss costs everything. No rule here counts what another one counts. Both must name the same findings at the same
places, of a policy and of every policy that differs from it in one number.
"""
import collections
import copy
import json
import math
import pathlib
import random
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from fractions import Fraction

from oracle_policy import COMMAND, Grid, Open, milli

ROUNDS, MUTANTS = 30, 6
COUNTS = [*range(31), 20000]                    # every edge of a count lies within 30, and points beyond any maximum within 20000
RATIOS = [(n, d) for d in (1, 2, 3, 100) for n in range(2 * d + 1)] + [(0, 0)]  # every edge of a ratio is a whole percent
COMPARED = {"lint-step-unreached", "lint-step-order", "lint-rule-without-effect", "lint-points-over-maximum",
            "lint-points-idle", "lint-silence-rewarded", "lint-small-denominator"}
GROUPS = ("least", "greatest", "sum")


def kept(of_rule):
    """The answer for a rule, kept: a mutant differs from its policy in one rule."""
    answers = {}

    def ask(rule, *more):
        key = json.dumps(rule, sort_keys=True), *more
        if key not in answers:
            answers[key] = of_rule(rule, *more)
        return answers[key]
    return ask


# ---- what a rule can cost, by trying ------------------------------------------------------------------------

def axes(rule):
    """What a leaf reads: pairs of metrics of a ratio, and single metrics."""
    if rule["rule"] == "table":
        columns = rule["columns"]
        return [columns["metric"] if "metric" in columns else (columns["numerator"], columns["denominator"]),
                rule["rows"]["metric"]]
    if "numerator" in rule:
        return [(rule["numerator"], rule["denominator"])]
    return [rule["metric"]] + [rule[key] for key in ("days",) if key in rule]


def assignments(rule):
    """Every value of what a leaf reads; of a table, whose axes multiply, as many as tell its edges apart."""
    found = [{}]
    table = rule["rule"] == "table"
    for axis in axes(rule):
        pairs, counts = ([(n, 100) for n in range(15)] + [(0, 0)], range(15)) if table else (RATIOS, COUNTS)
        values = [dict(zip(axis, pair)) for pair in pairs] if isinstance(axis, tuple) else [{axis: count} for count in counts]
        found = [{**before, **value} for before in found for value in values]
    return found


@kept
def costs(rule):
    """Costs in thousandths that a rule can have, where it is assessed."""
    if rule["rule"] in GROUPS:
        low_high = [(min(own), max(own)) for own in map(costs, rule["rules"])]
        join = {"least": min, "greatest": max, "sum": sum}[rule["rule"]]
        return {join(low for low, _ in low_high), join(high for _, high in low_high)}
    found = set()
    for values in assignments(rule):
        try:
            found.add(Grid({}, values).cost(rule))
        except Open:
            pass
    return found


@kept
def reached(rule):
    """Indexes of the bands that some value falls into."""
    found = set()
    for values in assignments(rule):
        try:
            value = values[rule["metric"]] if "metric" in rule else Grid({}, values).ratio(rule, False)
        except Open:
            continue
        if value is not None:
            found.add(next(i for i, band in enumerate(rule["bands"]) if band.get("otherwise") or value >= band["at_least"]))
    return found


def steps_turn(rule, alive):
    points = [rule["bands"][i]["points"] for i in sorted(alive)]
    turns = {later > earlier for earlier, later in zip(points, points[1:]) if later != earlier}
    return len(turns) == 2


@kept
def small(rule, top):
    """The largest number of cases, up to 300, of which one miss alone costs all that the rule can cost within the maximum."""
    free = {key: value for key, value in rule.items() if key != "minimum_denominator"}

    def cost(n, d):
        return min(Grid({}, {rule["numerator"]: n, rule["denominator"]: d}).cost(free), top)

    most = max(cost(n, 100) for n in range(101))
    sizes = [d for d in range(1, 301) if cost(1 if rule.get("complement") else d - 1, d) == most] if most else []
    return max(sizes, default=0)


# ---- the naive findings --------------------------------------------------------------------------------------

def look(rule, top, place, found):
    kind = rule["rule"]
    if kind in GROUPS:
        ends = [(min(own), max(own)) for own in map(costs, rule["rules"])]
        for i, (low, high) in enumerate(ends):
            others = ends[:i] + ends[i + 1:]
            if kind != "sum" and any(low > other[1] if kind == "least" else high < other[0] for other in others):
                found["lint-rule-without-effect", place] += 1
    if max(costs(rule)) == 0:
        found["lint-rule-without-effect", place] += 1
    if kind in GROUPS:
        for below in rule["rules"]:
            look(below, top, place, found)
        return
    once = 0 if kind == "staged" else max(costs(rule)) if kind in ("bands", "table") else milli(rule["points"])
    if once > top:
        found["lint-points-over-maximum", place] += 1
    if kind == "bands":
        alive = reached(rule)
        found["lint-step-unreached", place] += len(rule["bands"]) - len(alive)
        found["lint-step-order", place] += steps_turn(rule, alive)
    if kind == "table":
        for axis in (rule["rows"], rule["columns"]):
            bands = [{"at_least": edge, "points": 0} for edge in axis["at_least"]] + [{"otherwise": True, "points": 0}]
            found["lint-step-unreached", place] += len(bands) - len(reached({"rule": "bands", **axis, "bands": bands}))
    if kind in ("below", "per_percent"):
        most = small(rule, top)
        found["lint-small-denominator", place] += 1 < most < 300 and rule.get("minimum_denominator", 0) <= most


@kept
def silent(rule):
    """What a grid loses that reports nothing: a number, None of what does not hang on reports, or "open"."""
    if rule["rule"] in GROUPS:
        own = [silent(below) for below in rule["rules"]]
        if "open" in own:
            return "open"
        known = [cost for cost in own if cost is not None]
        return (min if rule["rule"] == "least" else max)(known, default=None)
    deciding = [axis[1] if isinstance(axis, tuple) else axis for axis in axes(rule)]
    if not any(name.startswith("r") for name in (deciding if rule["rule"] == "table" else deciding[:1])):
        return None
    most = []
    for values in assignments(rule):
        if all(value == 0 for name, value in values.items() if name.startswith("r")):
            try:
                most.append(Grid({}, values).cost(rule))
            except Open:
                pass
    return max(most, default="open")


def findings(policy):
    found = collections.Counter()
    asked = any(cost not in (None, "open") and cost > 0
                for indicator in policy["indicators"] for cost in map(silent, indicator["deductions"]))
    for indicator in policy["indicators"]:
        top = milli(indicator["max"])
        place = "indicators/" + indicator["code"]
        for i, rule in enumerate(indicator["deductions"]):
            look(rule, top, f"{place}/deductions/{i}", found)
        found["lint-points-idle", place] += sum(max(costs(rule)) for rule in indicator["deductions"]) < top
        own = [silent(rule) for rule in indicator["deductions"]]
        found["lint-silence-rewarded", place] += 0 in own and "open" not in own and not asked
    return +found


# ---- random policies -----------------------------------------------------------------------------------------

class Maker:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.names = {"g": 0, "r": 0}

    def metric(self, sorts="gr"):
        """A metric that nothing else counts: given (g), or of what grids report (r)."""
        sort = self.r.choice(sorts)
        self.names[sort] += 1
        return f"{sort}{self.names[sort]}"

    def ratio(self):
        ratio = {"numerator": self.metric(), "denominator": self.metric(), "when_empty": self.r.choice(["full", "not_assessed"])}
        if self.r.random() < 0.4:
            ratio["complement"] = True
        if self.r.random() < 0.3:
            ratio["minimum_denominator"] = self.r.randint(1, 12)
        return ratio

    def leaf(self):
        r = self.r
        rule = {"rule": r.choice(["per_unit", "any", "at_least", "bands", "bands", "staged", "table", "below", "per_percent", "quota",
                                  "task_days"])}
        kind = rule["rule"]
        if kind in ("per_unit", "any", "at_least", "quota", "task_days"):
            rule.update(metric=self.metric(), points=r.randint(1, 9))
        if kind == "at_least":
            rule["count"] = r.randint(1, 12)
        if kind == "task_days":
            rule.update(task=r.randint(1, 30), days=self.metric("g"))
        if kind == "quota":
            rule["quota"] = r.randint(1, 12)
        if kind in ("below", "per_percent"):
            rule.update(self.ratio(), threshold=r.choice([0, 1, 50, 90, 99, 100]), points=r.randint(1, 9))
        if kind == "per_percent":
            rule["part"] = r.choice(["exact", "full"])
        if kind == "bands":
            counted = r.random() < 0.5
            rule.update({"metric": self.metric()} if counted else self.ratio())
            rule.pop("minimum_denominator", None)
            edges = sorted(r.sample(range(0, 15 if counted else 120), r.randint(1, 3)), reverse=True)
            rule["bands"] = [{"at_least": edge, "points": r.randint(0, 9)} for edge in edges]
            rule["bands"].append({"otherwise": True, "points": r.randint(0, 9)})
        if kind == "staged":
            rule["metric"] = self.metric()
            rule["stages"] = [{"from": start, "points": r.randint(1, 3)}
                              for start in sorted(r.sample(range(1, 9), r.randint(1, 3)))]
        if kind == "table":
            rule["rows"] = {"metric": self.metric(), "at_least": sorted(r.sample(range(12), r.randint(1, 2)), reverse=True)}
            rule["columns"] = {"metric": self.metric()} if r.random() < 0.5 else self.ratio()
            for key in ("complement", "minimum_denominator"):
                rule["columns"].pop(key, None)
            rule["columns"]["at_least"] = sorted(r.sample(range(12), r.randint(1, 2)), reverse=True)
            rule["points"] = [[r.choice([0, 0, 1, 5]) for _ in range(len(rule["columns"]["at_least"]) + 1)]
                              for _ in range(len(rule["rows"]["at_least"]) + 1)]
        return rule

    def rule(self):
        if self.r.random() < 0.2:
            return {"rule": self.r.choice(GROUPS), "rules": [self.leaf() for _ in range(self.r.randint(2, 3))]}
        return self.leaf()

    def policy(self):
        indicators = [{"code": f"i{i}", "name": f"指标{i}", "group": "g", "max": self.r.randint(1, 10), "certainty": "ours",
                       "deductions": [self.rule() for _ in range(self.r.randint(1, 2))]} for i in range(self.r.randint(1, 3))]
        return {"schema": "gridgov.policy/1", "version": 1, "name": "random", "title": "随机", "source": "s", "certainty": "ours",
                "valid_from": None, "valid_to": None, "metrics": {
                    "schema": "gridgov.metrics/1", "version": 1, "name": "random", "source": "s", "certainty": "ours", "metrics": [
                        {"code": f"{sort}{i + 1}", "name": f"口径{sort}{i + 1}", "dimension": "unit",
                         "measure": "given" if sort == "g" else "events_reported", "source": "s", "certainty": "ours"}
                        for sort, count in self.names.items() for i in range(count)]},
                "groups": [{"code": "g", "name": "组", "max": sum(indicator["max"] for indicator in indicators)}],
                "indicators": indicators, "bonus": {"name": "附加分"}}

    def numbers(self, node, path=()):
        """Where the numbers of rules and maxima stand."""
        children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for key, value in children:
            if isinstance(value, int) and not isinstance(value, bool):
                yield path + (key,)
            else:
                yield from self.numbers(value, path + (key,))

    def mutant(self, policy):
        """The policy with one number a little larger or smaller."""
        changed = copy.deepcopy(policy)
        path = self.r.choice(list(self.numbers(policy["indicators"])))
        node = changed["indicators"]
        for key in path[:-1]:
            node = node[key]
        node[path[-1]] = max(0, node[path[-1]] + self.r.choice([-2, -1, 1, 2]))
        changed["groups"][0]["max"] = sum(indicator["max"] for indicator in changed["indicators"])
        return changed


# ---- the comparison ------------------------------------------------------------------------------------------

def by_library(policy, path):
    """What the command finds; None of a document that does not load."""
    path.write_text(json.dumps(policy, ensure_ascii=False), "utf-8")
    done = subprocess.run([COMMAND, "lint", str(path), "--json"], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    found = json.loads(done.stdout)["findings"]
    if any(not finding["code"].startswith("lint-") for finding in found):
        return None
    return collections.Counter((finding["code"], finding["place"]) for finding in found if finding["code"] in COMPARED)


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    policies = refused = 0
    seen = collections.Counter()
    with tempfile.TemporaryDirectory() as name:
        path = pathlib.Path(name) / "policy.json"
        for seed in range(rounds):
            maker = Maker(seed)
            first = maker.policy()
            for policy in [first] + [maker.mutant(first) for _ in range(MUTANTS)]:
                found = by_library(policy, path)
                if found is None:
                    refused += 1
                    continue
                expected = findings(policy)
                assert found == expected, (seed, found - expected, expected - found, json.dumps(policy["indicators"], ensure_ascii=False))
                policies += 1
                seen.update(code for code, _ in found.elements())
    assert set(seen) == COMPARED, COMPARED - set(seen)
    print(f"{policies} policies, {refused} that do not load; found again:", dict(seen))
    return 0


if __name__ == "__main__":
    sys.exit(main())
