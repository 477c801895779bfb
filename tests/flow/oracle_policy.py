# SPDX-License-Identifier: Apache-2.0
"""Random policies over random facts, scored again by a naive reading of docs/policy.md.

The reading below shares nothing with the library: it walks the JSON itself, in exact fractions, one grid and
one rule at a time. Every line, total, rank and grade that the command prints must be the one found here.
"""
import csv
import json
import math
import pathlib
import random
import subprocess
import sys
import tempfile
from fractions import Fraction

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from flow_support import COMMAND, skip

if COMMAND is None:
    skip("GRIDGOV_COMMAND is not set")

ROUNDS, GRIDS, METRICS = 60, 12, ["a", "b", "c", "d", "e", "f"]
UNKNOWN, EMPTY = "unknown", "not_applicable"


# ---- the naive reading -------------------------------------------------------------------------------------

class Open(Exception):
    """A rule that cannot be assessed, and how far it is from a number."""


def milli(number):
    return Fraction(str(number)) * 1000


def rounded(value, unit, method):
    """A non-negative or negative fraction to a multiple of unit."""
    size, sign = abs(value) / unit, -1 if value < 0 else 1
    whole = math.floor(size)
    rest = size - whole
    if method == "half_even":
        up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2 == 1)
    else:
        up = method != "truncate" and rest >= Fraction(1, 2)
    return sign * (whole + up) * unit


class Grid:
    def __init__(self, policy, values):
        self.policy, self.values = policy, values
        how = policy.get("rounding", {"method": "half_up", "decimals": 3})
        self.together = how["method"] == "largest_remainder"
        self.unit = Fraction(10) ** (3 - how["decimals"])
        self.method = how["method"]

    def points(self, value):
        """What one rule moves, in thousandths."""
        return rounded(value, 1, "half_up") if self.together else rounded(value, self.unit, self.method)

    def count(self, operand):
        if isinstance(operand, str):
            operand = [{"metric": operand}]
        total, states = 0, []
        for term in operand:
            value = self.values[term["metric"]]
            if isinstance(value, str):
                if not term.get("optional", False):
                    states.append(value)
                continue
            total += value * term.get("times", 1)
        if states:
            raise Open(UNKNOWN if UNKNOWN in states else EMPTY)
        if total < 0:
            raise Open(UNKNOWN)
        return total

    def both(self, *operands):
        """Several operands; unknown outweighs not applicable."""
        values, worst = [], None
        for operand in operands:
            try:
                values.append(self.count(operand))
            except Open as problem:
                worst = UNKNOWN if UNKNOWN in (worst, str(problem)) else EMPTY
                values.append(0)
        if worst:
            raise Open(worst)
        return values

    def ratio(self, rule, is_part=True):
        """The ratio in percent, or None where it counts as full marks."""
        n, d = self.both(rule["numerator"], rule["denominator"])
        if n > d and (is_part or rule.get("complement") or d == 0):
            raise Open(UNKNOWN)
        if d == 0 or d < rule.get("minimum_denominator", 0):
            if rule["when_empty"] == "full":
                return None
            raise Open(EMPTY)
        return Fraction(100 * (d - n if rule.get("complement") else n), d)

    def axis(self, axis):
        return self.count(axis["metric"]) if "metric" in axis else self.ratio(axis, False)

    def cost(self, rule, award=False):
        """Points that a rule moves, in thousandths."""
        return getattr(self, "rule_" + rule["rule"])(rule, award)

    def rule_per_unit(self, rule, award):
        if "shared_by" in rule:
            n, d = self.both(rule["metric"], rule["shared_by"])
            if d == 0:
                raise Open(EMPTY)
            return self.points(milli(rule["points"]) * Fraction(n, d))
        return milli(rule["points"]) * self.count(rule["metric"])

    def rule_any(self, rule, award):
        return milli(rule["points"]) if self.count(rule["metric"]) else 0

    def rule_at_least(self, rule, award):
        return milli(rule["points"]) if (self.count(rule["metric"]) >= rule["count"]) == award else 0

    def rule_below(self, rule, award):
        value = self.ratio(rule)
        return milli(rule["points"]) if value is not None and value < Fraction(str(rule["threshold"])) else 0

    def rule_per_percent(self, rule, award):
        value = self.ratio(rule)
        short = 0 if value is None else max(Fraction(0), Fraction(str(rule["threshold"])) - value)
        if rule["part"] == "exact":
            return self.points(milli(rule["points"]) * short)
        return milli(rule["points"]) * (math.floor(short) if rule["part"] == "full" else math.ceil(short))

    def rule_bands(self, rule, award):
        value = self.count(rule["metric"]) if "metric" in rule else self.ratio(rule, False)
        if value is None:
            return 0
        for band in rule["bands"]:
            if band.get("otherwise") or value >= Fraction(str(band["at_least"])):
                return milli(band["points"])

    def rule_quota(self, rule, award):
        quota = rule["quota"]
        if "in_proportion_to" in rule:
            scale = rule["in_proportion_to"]
            count, part, whole = self.both(rule["metric"], scale["numerator"], scale["denominator"])
            if whole == 0:
                raise Open(EMPTY)
            quota = rounded(Fraction(quota * part, whole), 1, rule["rounding"])
        else:
            count = self.count(rule["metric"])
        return milli(rule["points"]) * max(0, quota - count)

    def rule_task_days(self, rule, award):
        done, days = self.both(rule["metric"], rule["days"])
        return milli(rule["points"]) * (days - min(days, done * days // rule["task"]))

    def rule_staged(self, rule, award):
        cost = Fraction(0)
        for unit in range(1, self.count(rule["metric"]) + 1):
            price = 0
            for stage in rule["stages"]:
                if unit >= stage["from"]:
                    price = milli(stage["points"])
            cost += price
        return cost

    def rule_table(self, rule, award):
        worst, values = None, []
        self.both(*(axis[key] for axis in (rule["rows"], rule["columns"])
                    for key in ("metric", "numerator", "denominator") if key in axis))
        for axis in (rule["rows"], rule["columns"]):
            try:
                values.append(self.axis(axis))
            except Open as problem:
                worst = UNKNOWN if UNKNOWN in (worst, str(problem)) else EMPTY
                values.append(None)
        if worst:
            raise Open(worst)
        if None in values:
            return 0
        place = []
        for axis, value in zip((rule["rows"], rule["columns"]), values):
            edges = axis["at_least"]
            place.append(next((i for i, edge in enumerate(edges) if value >= edge), len(edges)))
        return milli(rule["points"][place[0]][place[1]])

    def several(self, rules, award):
        values, worst = [], None
        for rule in rules:
            try:
                values.append(self.cost(rule, award))
            except Open as problem:
                worst = UNKNOWN if UNKNOWN in (worst, str(problem)) else EMPTY
        if worst:
            raise Open(worst)
        return values

    def rule_sum(self, rule, award):
        return sum(self.several(rule["rules"], award))

    def rule_least(self, rule, award):
        return min(self.several(rule["rules"], award))

    def rule_greatest(self, rule, award):
        return max(self.several(rule["rules"], award))

    def line(self, indicator):
        """Points of a line, or how it is not assessed."""
        rules = [(rule, False) for rule in indicator.get("deductions", [])]
        rules += [(rule, True) for rule in indicator.get("awards", [])]
        if not rules:
            return UNKNOWN
        moved, worst = Fraction(0), None
        for rule, award in rules:
            try:
                cost = self.cost(rule, award)
                moved += cost if award else -cost
            except Open as problem:
                worst = UNKNOWN if UNKNOWN in (worst, str(problem)) else EMPTY
        if worst:
            return worst
        top = milli(indicator["max"])
        moved -= top if indicator.get("starts_from") == "zero" else 0
        low = milli(indicator["floor"]) if "floor" in indicator else -top
        return max(low, min(milli(indicator.get("cap", 0)), moved))

    def card(self):
        policy = self.policy
        lines = [self.line(indicator) for indicator in policy["indicators"]]
        numbers = [i for i, line in enumerate(lines) if not isinstance(line, str)]
        if self.together and numbers:
            down = {i: math.floor(lines[i] / self.unit) for i in numbers}
            target = rounded(sum(lines[i] for i in numbers), self.unit, "half_up") / self.unit
            order = sorted(numbers, key=lambda i: (-(lines[i] / self.unit - down[i]), i))
            for i in order[:int(target - sum(down.values()))]:
                down[i] += 1
            for i in numbers:
                lines[i] = down[i] * self.unit
        out_of = sum(milli(policy["indicators"][i]["max"]) for i in numbers)
        base = sum(milli(indicator["max"]) for indicator in policy["indicators"])
        total = out_of
        for group in policy["groups"]:
            points = sum(lines[i] for i in numbers if policy["indicators"][i]["group"] == group["code"])
            if "floor" in group:
                points = max(points, milli(group["floor"]))
            if "cap" in group:
                points = min(points, milli(group["cap"]))
            total += points
        of, rule = out_of, policy.get("not_assessed", "leave_out")
        if out_of and rule == "full_marks":
            total, of = total + base - out_of, base
        elif out_of and rule == "rescale":
            if out_of != base:
                total = rounded(total * base / out_of, self.unit, "half_up" if self.together else self.method)
            of = base
        return lines, total, of, base, bool(numbers)


# ---- random policies ---------------------------------------------------------------------------------------

class Maker:
    def __init__(self, seed):
        self.r = random.Random(seed)

    def points(self, top=6):
        return self.r.choice([str(self.r.randint(1, top * 4) * Fraction(1, 4).__float__()), self.r.randint(1, top),
                              f"0.{self.r.randint(1, 999):03}"])

    def operand(self):
        if self.r.random() < 0.7:
            return self.r.choice(METRICS)
        return [{"metric": self.r.choice(METRICS), "times": self.r.choice([1, 1, 2, 3, -1]),
                 "optional": self.r.random() < 0.2} for _ in range(self.r.randint(1, 3))]

    def ratio(self):
        ratio = {"numerator": self.operand(), "denominator": self.operand(),
                 "when_empty": self.r.choice(["full", "not_assessed"])}
        if self.r.random() < 0.3:
            ratio["complement"] = True
        if self.r.random() < 0.3:
            ratio["minimum_denominator"] = self.r.randint(1, 8)
        return ratio

    def edges(self, top):
        return sorted(self.r.sample(range(1, top), self.r.randint(1, 3)), reverse=True)

    def leaf(self, award):
        kinds = ["per_unit", "any", "at_least", "bands", "staged", "table"]
        kinds += [] if award else ["below", "per_percent", "quota", "task_days"]
        kind = self.r.choice(kinds)
        rule = {"rule": kind}
        if kind in ("per_unit", "any", "at_least", "quota", "task_days"):
            rule.update(metric=self.operand(), points=self.points())
        if kind == "per_unit" and self.r.random() < 0.4:
            rule["shared_by"] = self.operand()
        if kind == "at_least":
            rule["count"] = self.r.randint(1, 12)
        if kind == "task_days":
            rule.update(task=self.r.randint(1, 40), days=self.operand())
        if kind == "quota":
            rule["quota"] = self.r.randint(1, 30)
            if self.r.random() < 0.5:
                rule["in_proportion_to"] = {"numerator": self.operand(), "denominator": self.operand()}
                rule["rounding"] = self.r.choice(["half_up", "half_even", "truncate"])
        if kind in ("below", "per_percent"):
            rule.update(self.ratio(), threshold=self.r.choice([0, 50, 90, "66.667", "99.999", 100]), points=self.points())
        if kind == "per_percent":
            rule["part"] = self.r.choice(["exact", "full", "started"])
        if kind == "bands":
            counted = self.r.random() < 0.5
            rule.update({"metric": self.operand()} if counted else self.ratio())
            edges = self.edges(15 if counted else 120)
            rule["bands"] = [{"at_least": edge, "points": self.r.randint(0, 9)} for edge in edges]
            rule["bands"].append({"otherwise": True, "points": self.points()})
        if kind == "staged":
            rule["metric"] = self.operand()
            rule["stages"] = [{"from": start, "points": self.points(2)}
                              for start in sorted(self.r.sample(range(1, 9), self.r.randint(1, 3)))]
        if kind == "table":
            for axis, top in (("rows", 12), ("columns", 100)):
                rule[axis] = {"metric": self.operand()} if axis == "rows" else {
                    key: value for key, value in self.ratio().items() if key in ("numerator", "denominator", "when_empty")}
                rule[axis]["at_least"] = self.edges(top)
            rule["points"] = [[self.r.randint(0, 9) for _ in range(len(rule["columns"]["at_least"]) + 1)]
                              for _ in range(len(rule["rows"]["at_least"]) + 1)]
        return rule

    def rule(self, award, depth=1):
        if depth < 3 and self.r.random() < 0.2:
            return {"rule": self.r.choice(["sum", "least", "greatest"]),
                    "rules": [self.rule(award, depth + 1) for _ in range(self.r.randint(1, 3))]}
        return self.leaf(award)

    def policy(self):
        r, indicators, groups = self.r, [], []
        whole = r.random() < 0.25
        for g in range(r.randint(1, 3)):
            own = []
            for i in range(r.randint(1, 3)):
                top = r.randint(1, 30) if whole or r.random() < 0.7 else str(r.randint(1, 80) / 4)
                indicator = {"code": f"g{g}i{i}", "name": f"指标{g}{i}", "group": f"g{g}", "max": top, "certainty": "ours",
                             "deductions": [self.rule(False) for _ in range(r.randint(0 if r.random() < 0.1 else 1, 3))]}
                if r.random() < 0.3:
                    indicator["awards"] = [self.rule(True) for _ in range(r.randint(1, 2))]
                    indicator["cap"] = r.randint(0, 10)
                    if r.random() < 0.5:
                        indicator["starts_from"] = "zero"
                if r.random() < 0.2:
                    indicator["floor"] = -r.randint(0, 40)
                own.append(indicator)
            group = {"code": f"g{g}", "name": f"组{g}", "max": str(float(sum(Fraction(str(i["max"])) for i in own)))}
            if r.random() < 0.3:
                group["floor"] = -r.randint(0, 30)
            if r.random() < 0.3:
                group["cap"] = r.randint(0, 5)
            groups.append(group)
            indicators += own
        policy = {"schema": "gridgov.policy/1", "version": 1, "name": "random", "title": "随机", "source": "s",
                  "certainty": "ours", "valid_from": None, "valid_to": None,
                  "metrics": {"schema": "gridgov.metrics/1", "version": 1, "name": "random", "source": "s", "certainty": "ours",
                              "metrics": [{"code": code, "name": "口径" + code, "dimension": "unit", "measure": "given",
                                           "source": "s", "certainty": "ours"} for code in METRICS]},
                  "groups": groups, "indicators": indicators, "bonus": {"name": "附加分"},
                  "not_assessed": r.choice(["leave_out", "full_marks", "rescale"]),
                  "ranking": {"method": r.choice(["competition", "dense"]), "within": "all"},
                  "grades": [{"code": "x", "name": "甲", "at_least": r.randint(10, 60)},
                             {"code": "y", "name": "乙", "otherwise": True}]}
        if whole:
            policy["rounding"] = {"method": r.choice(["half_up", "half_even", "truncate", "largest_remainder"]),
                                  "decimals": r.randint(0, 2)}
        return policy

    def value(self):
        return self.r.choice([0, 1, 2, 3, 4, 5, 7, 9, 10, 12, 15, 20, 33, UNKNOWN, EMPTY]
                             if self.r.random() < 0.3 else [self.r.randint(0, 12)])


def write_month(folder, values):
    with open(folder / "units.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["单位", "网格", "网格编码"]] + [["社区", f"{i}网格", ""] for i in range(GRIDS)])
    with open(folder / "facts.csv", "w", encoding="utf-8", newline="") as file:
        rows = [["网格", "指标口径", "数值", "来源"]]
        for index, grid in enumerate(values):
            rows += [[f"社区/{index}网格", code, "/" if value == EMPTY else value, "试验"]
                     for code, value in grid.items() if value != UNKNOWN]
        csv.writer(file).writerows(rows)


def compare(seed, work):
    maker = Maker(seed)
    policy = maker.policy()
    values = [{code: maker.value() for code in METRICS} for _ in range(GRIDS)]
    write_month(work, values)
    path = work.parent / "policy.json"
    path.write_text(json.dumps(policy, ensure_ascii=False), "utf-8")
    result = subprocess.run([COMMAND, "score", str(work), "--month", "2021-09", "--policy", str(path), "--json"],
                            capture_output=True, text=True, check=False)
    assert result.returncode == 0, (seed, result.stderr)
    cards = json.loads(result.stdout)["grids"]
    expected = [Grid(policy, grid).card() for grid in values]
    totals = [total for _, total, of, base, assessed in expected if assessed and of == base]
    lines = 0
    for card, (own, total, of, base, assessed) in zip(cards, expected):
        for line, wanted in zip(card["lines"], own):
            state = wanted if isinstance(wanted, str) else "blank" if wanted == 0 else "value"
            found = line["state"], line["points_milli"] or 0
            assert found == (state, 0 if isinstance(wanted, str) else wanted), (seed, card["grid"], line, wanted)
            lines += 1
        if not assessed:
            assert card["total"] is None
            continue
        assert card["total_milli"] == total, (seed, card["grid"], card["total_milli"], total)
        assert card.get("total_of_milli", card["out_of_milli"]) == of, (seed, card)
        if of == base:
            better = [other for other in totals if other > total]
            rank = 1 + (len(better) if policy["ranking"]["method"] == "competition" else len(set(better)))
            assert card["rank"] == rank, (seed, card["grid"])
            assert card["grade"] == ("x" if total >= milli(policy["grades"][0]["at_least"]) else "y")
        else:
            assert "rank" not in card
    return lines


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    lines = 0
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name) / "month"
        work.mkdir()
        for seed in range(rounds):
            lines += compare(seed, work)
    print(f"{rounds} policies, {rounds * GRIDS} cards, {lines} lines scored again")
    return 0


if __name__ == "__main__":
    sys.exit(main())
