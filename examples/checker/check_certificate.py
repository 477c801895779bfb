#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks certificates of gridgov (gridgov.certificate/1) without gridgov: the chain of digests, every count against its
atoms, every atom against its own figures, every rule, floor, cap and sum in whole numbers. Nothing but the standard library.

    check_certificate.py FILE…                 each is checked; exit status 0: all hold, 1: one does not, 2: usage
    check_certificate.py --seals seals.json FILE…   and that its seal is the published one

docs/certificate.md says what is checked, and what cannot be from a certificate alone."""
import datetime
import hashlib
import json
import sys

SECTIONS = ["schema", "library", "subject", "period", "digests", "policy", "indicators", "facts", "earlier", "given", "lines", "total"]
MEMBERS = {
    "subject": {"code", "grid", "unit"},
    "period": {"as_of", "from", "grid_days", "period_days", "to"},
    "digests": {"ledger", "metrics", "policy"},
    "policy": {"base_milli", "bonus_cap_milli", "bonus_floor_milli", "decimals", "groups", "name", "not_assessed",
               "partial_days", "rounding"},
    "group": {"cap_milli", "code", "floor_milli"},
    "indicator": {"cap_milli", "clause", "code", "floor_milli", "from_zero", "group", "max_milli", "name", "rules"},
    "rule": {"award", "band_count", "bands", "column_count", "complement", "configured", "counted", "kind", "limit",
             "minimum", "months", "out_of", "part", "points_milli", "rounding", "scale", "scale_empty", "scaled", "span",
             "threshold_milli", "when_empty"},
    "fact": {"atoms", "defects", "dispositions", "measure", "metric", "minimum_metres", "minimum_minutes", "missing",
             "origin", "reported", "state", "value"},
    "atom": {"at", "count", "day", "has_data", "id", "kind", "limit_at", "metres", "minimum_metres", "minimum_minutes",
             "minutes", "reason", "row", "state", "table"},
    "earlier": {"as_of", "facts", "found", "from", "grid_days", "ledger", "period_days", "to"},
    "given": {"authority", "indicator", "number", "points_milli", "reason", "row", "scope", "unexplained"},
    "line": {"indicator", "origin", "points_milli", "state", "uncut_milli"},
    "total": {"bonus_milli", "bonus_state", "bonus_uncut_milli", "group_cut_milli", "out_of_milli", "partial",
              "rescaled_milli", "state", "total_milli", "total_of_milli", "unexplained"},
}
UNKNOWN, NOT_APPLICABLE, VALUE, BLANK = "unknown", "not_applicable", "value", "blank"


class Refused(Exception):
    """The certificate does not hold."""


def need(condition, *words):
    if not condition:
        raise Refused(" ".join(str(word) for word in words))


# --- the document and its chain ---------------------------------------------------------------------------------------

def no_doubles(pairs):
    names = [name for name, _ in pairs]
    need(len(names) == len(set(names)), "a member stands twice in", names)
    return dict(pairs)


def no_fraction(text):
    raise Refused("a number has a fraction: " + text)


def read(data):
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=no_doubles, parse_float=no_fraction,
                          parse_constant=no_fraction)
    except ValueError as problem:
        raise Refused(f"not JSON: {problem}") from problem


def canonical(value):
    """RFC 8785 for text, integers, booleans and null."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).replace("\x7f", "\\u007f")


def has(value, kind, where):
    need(isinstance(value, dict), where, "is no object")
    need(set(value) == MEMBERS[kind], where, "has other members:", sorted(set(value) ^ MEMBERS[kind]))


def check_shape(c):
    need(isinstance(c, dict) and set(c) == set(SECTIONS) | {"links", "seal"}, "the document has other members")
    need(c["schema"] == "gridgov.certificate/1", "the schema is", c["schema"])
    for name in ("subject", "period", "digests", "policy", "total"):
        has(c[name], name, name)
    for name, kind in (("indicators", "indicator"), ("facts", "fact"), ("earlier", "earlier"), ("given", "given"), ("lines", "line")):
        for item in c[name]:
            has(item, kind, name)
    for group in c["policy"]["groups"]:
        has(group, "group", "groups")
    for indicator in c["indicators"]:
        for rule in indicator["rules"]:
            has(rule, "rule", indicator["code"])
    for month in c["earlier"]:
        for fact in month["facts"]:
            has(fact, "fact", "earlier")
    for fact in c["facts"] + [fact for month in c["earlier"] for fact in month["facts"]]:
        for atom in fact["atoms"]:
            has(atom, "atom", fact["metric"])


def check_chain(c):
    link, links = "", iter(c["links"])
    for section in SECTIONS:
        items = [(section, c[section])]
        if isinstance(c[section], list):
            items = [(f"{section}/{i}", item) for i, item in enumerate(c[section])]
        for name, value in items:
            link = hashlib.sha256(f"{link}\n{name}\n{canonical(value)}".encode("utf-8")).hexdigest()
            need(next(links, None) == [name, link], "the chain of digests breaks at", name)
    need(next(links, None) is None and c["seal"] == link, "the seal is not the last link")


# --- counts and atoms ---------------------------------------------------------------------------------------------------

def moment(text):
    return None if text == "" else datetime.datetime.fromisoformat(text)


def late(atom):
    return atom["at"] != "" and atom["limit_at"] != "" and moment(atom["at"]) > moment(atom["limit_at"])


def expected_count(fact, atom, as_of):
    """What an atom that has the data must count, by its own figures; None where they do not tell."""
    measure, reason = fact["measure"], atom["reason"]
    if reason == "ruled":  # on appeal
        return int("valid" in fact["dispositions"]) if measure == "events_disposed" else 0
    if measure == "patrol_failed_days":
        short = 0 <= atom["minutes"] < fact["minimum_minutes"]
        near = 0 <= atom["metres"] < fact["minimum_metres"]
        why = {(True, True): "both_short", (True, False): "time_short", (False, True): "distance_short"}
        expected = "no_row" if atom["table"] == "" else why.get((short, near), "not_counted")
        need(reason == expected, atom["id"], atom["day"], "is", expected, "and not", reason)
        return int(reason != "not_counted")
    if measure == "events_disposed":
        return int(atom["state"] in fact["dispositions"])
    if measure == "maintenance_defects":
        return atom["count"] if atom["state"] in fact["defects"] else 0
    if measure == "dispatch_missed" and reason in ("not_passed_on", "passed_on_late"):
        need(late(atom) if reason == "passed_on_late" else atom["at"] == "", atom["id"], "was not", reason)
        return 1
    if measure == "cases_held_overdue" and reason in ("closed_late", "open_late", "closed"):
        need(late(atom) == (reason == "closed_late"), atom["id"], "was not", reason)
        need(reason != "open_late" or moment(atom["limit_at"]) <= as_of, atom["id"], "was not past its limit")
        return int(reason != "closed")
    if measure == "visits_missing":
        return int(reason == "not_visited")
    if measure == "reports_missing" and reason == "not_submitted":
        need(atom["at"] == "" or moment(atom["at"]) > as_of, "a report was submitted")
        return 1
    if measure == "reports_late":
        need(late(atom) == (reason == "submitted_late") or moment(atom["at"]) > as_of, "a report was not", reason)
        return int(reason == "submitted_late")
    return None


def check_atom(fact, atom, period):
    need(atom["has_data"] or atom["count"] == 0, atom["id"], "lacks the data and counts")
    if atom["kind"] == "figure":
        return
    if atom["kind"] == "officer_day":
        day = moment(atom["day"] + "T00:00:00" + period["from"][19:])
        need(moment(period["from"]) <= day < moment(period["to"]), atom["day"], "lies outside the period")
        need(day <= moment(period["as_of"]), atom["day"], "lies after the cut-off")
        if fact["measure"] == "patrol_failed_days":
            need((atom["minimum_minutes"], atom["minimum_metres"]) == (fact["minimum_minutes"], fact["minimum_metres"]),
                 atom["id"], "was held to another minimum")
    if not atom["has_data"]:
        return
    expected = expected_count(fact, atom, moment(period["as_of"]))
    need(expected is None or atom["count"] == expected, atom["id"], "counts", atom["count"], "and not", expected)
    need((atom["count"] == 0) == (atom["reason"] in ("not_counted", "closed", "open", "verdict"))
         or atom["reason"] in ("closed", "open", "verdict", "ruled"), atom["id"], "counts", atom["count"], "as", atom["reason"])


def check_fact(fact, period):
    atoms = fact["atoms"]
    keys = [(atom["kind"], atom["id"], atom["day"], atom["row"]) for atom in atoms]
    need(len(keys) == len(set(keys)), fact["metric"], "counts an atom twice")
    for atom in atoms:
        check_atom(fact, atom, period)
    need((fact["origin"] == "fact") == any(atom["kind"] == "figure" for atom in atoms) or not atoms, fact["metric"],
         "is of another origin")
    need(sum(atom["has_data"] for atom in atoms) == fact["reported"], fact["metric"], "has other atoms than it says")
    need(sum(not atom["has_data"] for atom in atoms) == fact["missing"], fact["metric"], "lacks other atoms")
    counted = sum(atom["count"] for atom in atoms)
    need(fact["value"] == (counted if fact["state"] == VALUE else 0), fact["metric"], "is", counted)
    need(fact["state"] != VALUE or fact["reported"] > 0 or fact["missing"] == 0, fact["metric"], "is unknown")
    need(fact["state"] in (VALUE, UNKNOWN, NOT_APPLICABLE) and (fact["state"] == VALUE or fact["reported"] == 0),
         fact["metric"], "is no", fact["state"])


# --- rules ----------------------------------------------------------------------------------------------------------------

def divide(number, divisor, rounding):
    """number/divisor rounded by a method; the divisor is positive."""
    sign, number = (-1 if number < 0 else 1), abs(number)
    whole, rest = divmod(number, divisor)
    if rounding == "half_even":
        up = 2 * rest > divisor or (2 * rest == divisor and whole % 2 == 1)
    else:
        up = rounding != "truncate" and 2 * rest >= divisor
    return sign * (whole + up)


def doubt(state):
    return {UNKNOWN: 2, NOT_APPLICABLE: 1}.get(state, 0)


class Rules:
    """The rules of a certificate over its facts."""

    def __init__(self, policy, facts, days, earlier=()):
        self.policy, self.earlier = policy, earlier
        self.facts = {fact["metric"]: fact for fact in facts}
        need(len(self.facts) == len(facts), "a metric stands twice")
        self.unit = 10 ** (3 - self.policy["decimals"])
        self.days = {"#grid_days": days["grid_days"], "#period_days": days["period_days"]}

    def operand(self, terms):
        """(state, Σ times · metric, whether a monthly figure takes part)."""
        state, total, figure = VALUE, 0, False
        for metric, times, optional in terms:
            if metric in self.days:
                total += times * self.days[metric]
                continue
            need(metric in self.facts, "there is no fact", metric)
            fact = self.facts[metric]
            if optional and fact["state"] != VALUE:
                continue
            state = fact["state"] if doubt(fact["state"]) > doubt(state) else state
            figure |= fact["origin"] == "fact"
            total += times * fact["value"]
        return (UNKNOWN if total < 0 and state == VALUE else state), total, figure

    def points(self, rule, n, d):
        unit = 1 if self.policy["rounding"] == "largest_remainder" else self.unit
        return divide(rule["points_milli"] * n, d * unit, self.policy["rounding"]) * unit

    @staticmethod
    def step(edges, n, d):
        """The first edge that n, or n/d in thousandths of a percent, reaches."""
        for i, (edge, _) in enumerate(edges):
            if edge is None or (n >= edge if d is None else 100000 * n >= edge * d):
                return i
        return len(edges)

    def leaf(self, rule):
        """(state, points, whether a monthly figure takes part)"""
        read = [self.operand(rule[name]) for name in ("counted", "out_of", "scaled", "scale")]
        state = max((one[0] for one in read), key=doubt)
        figure = any(one[2] for one in read)
        n, d, scaled, scale = (one[1] for one in read)
        if state != VALUE or not rule["configured"]:
            return (state if rule["configured"] else UNKNOWN), 0, figure
        row = VALUE
        if rule["out_of"]:
            part = rule["complement"] or rule["kind"] not in ("bands", "table")
            if n > d and (part or d == 0):
                row = UNKNOWN
            elif d == 0 or d < rule["minimum"]:
                row = BLANK if rule["when_empty"] == BLANK else NOT_APPLICABLE
            n = d - n if rule["complement"] else n
        if rule["kind"] == "table":
            return (*self.table(rule, row, n, d, scaled, scale), figure)
        if row != VALUE:
            return (VALUE if row == BLANK else row), 0, figure
        if rule["scale"] and scale == 0 and rule["kind"] in ("per_unit", "quota"):
            return NOT_APPLICABLE, 0, figure
        return VALUE, self.deduct(rule, n, d, scaled, scale), figure

    def deduct(self, rule, n, d, scaled, scale):
        kind, price = rule["kind"], rule["points_milli"]
        if kind == "per_unit":
            return self.points(rule, n, scale) if rule["scale"] else price * n
        if kind == "any":
            return price if n != 0 else 0
        if kind == "at_least":
            return price if (n >= rule["limit"]) == rule["award"] else 0
        if kind == "below":
            return price if 100000 * n < rule["threshold_milli"] * d else 0
        if kind == "per_percent":
            short = rule["threshold_milli"] * d - 100000 * n
            if short <= 0:
                return 0
            if rule["part"] == "exact":
                return self.points(rule, short, 1000 * d)
            steps, rest = divmod(short, 1000 * d)
            return price * (steps + (rule["part"] == "started" and rest != 0))
        if kind == "bands":
            at = self.step(rule["bands"], n, d if rule["out_of"] else None)
            return rule["bands"][at][1] if at < len(rule["bands"]) else 0
        if kind == "staged":
            lasts = [edge - 1 for edge, _ in rule["bands"][1:]] + [n]
            return sum(cost * max(0, min(last, n) - edge + 1) for (edge, cost), last in zip(rule["bands"], lasts))
        if kind == "quota":
            quota = divide(rule["limit"] * scaled, scale, rule["rounding"]) if rule["scale"] else rule["limit"]
            return price * max(0, quota - n)
        need(kind == "task_days", "rules of the kind", kind, "are not checked here")
        return price * (scaled - min(n * scaled // rule["limit"], scaled))

    def table(self, rule, row, n, d, scaled, scale):
        """(state, points): its row by the first condition, its column by the second; either may be 0/0."""
        column = VALUE
        if rule["scale"] and scale == 0:
            column = UNKNOWN if scaled > 0 else BLANK if rule["scale_empty"] == BLANK else NOT_APPLICABLE
        if (row, column) != (VALUE, VALUE):
            worst = max(row, column, key=doubt)
            return (VALUE if worst == BLANK else worst), 0
        rows, columns = rule["band_count"], rule["column_count"]
        down = self.step(rule["bands"][:rows], n, d if rule["out_of"] else None)
        across = self.step(rule["bands"][rows:rows + columns], scaled, scale if rule["scale"] else None)
        return VALUE, rule["bands"][rows + columns + down * (columns + 1) + across][1]

    def consecutive(self, rules, at):
        """Points once, if the rule below costs some in this month and in each of those before."""
        rule = rules[at]
        state, points, figure = self.tree(rules, at + 1)
        state = state if rule["configured"] else UNKNOWN
        poor = points > 0
        for ago in range(1, rule["months"]):
            if not poor or state != VALUE:
                break
            month = self.earlier[ago - 1] if ago <= len(self.earlier) else None
            before = month.tree(rules, at + 1) if month else (UNKNOWN, 0)
            if before[0] != VALUE and rule["when_empty"] != BLANK:
                state = NOT_APPLICABLE
            poor = before[0] == VALUE and before[1] > 0
        return state, (rule["points_milli"] if poor and state == VALUE else 0), figure

    def tree(self, rules, at):
        rule = rules[at]
        need(rule["span"] >= 1, "a rule spans nothing")
        if rule["kind"] == "consecutive":
            need(rule["span"] == 1 + rules[at + 1]["span"], "a rule of several months has one rule below it")
            return self.consecutive(rules, at)
        if rule["kind"] not in ("sum", "least", "greatest"):
            return self.leaf(rule)
        state, points, figure, child = VALUE, [], False, at + 1
        while child < at + rule["span"]:
            below, cost, other = self.tree(rules, child)
            state, figure = (below if doubt(below) > doubt(state) else state), figure or other
            points.append(cost)
            child += rules[child]["span"]
        joined = {"sum": sum, "least": min, "greatest": max}[rule["kind"]](points)
        return state, (joined if state == VALUE else 0), figure


# --- lines and total ------------------------------------------------------------------------------------------------------

def own_or_all(given, indicator):
    rows = [row for row in given if row["indicator"] == indicator]
    own = [row for row in rows if row["scope"] == "grid"]
    return own if own else rows


def settle(uncut, indicator):
    points = min(max(uncut, indicator["floor_milli"]), indicator["cap_milli"])
    return points, (BLANK if points == 0 else VALUE)


def expected_line(c, rules, indicator):
    """(state, points, uncut, origin)"""
    given = own_or_all(c["given"], indicator["code"])
    if given:
        uncut = sum(row["points_milli"] for row in given)
        points, state = settle(uncut, indicator)
        return state, points, uncut, "deduction"
    state, uncut, origin, at = (UNKNOWN if not indicator["rules"] else VALUE), 0, "rows", 0
    uncut = -indicator["max_milli"] if indicator["from_zero"] else 0
    while at < len(indicator["rules"]):
        below, points, figure = rules.tree(indicator["rules"], at)
        state = below if doubt(below) > doubt(state) else state
        origin = "fact" if figure else origin
        uncut += points if indicator["rules"][at]["award"] else -points
        at += indicator["rules"][at]["span"]
    if c["total"]["partial"]:  # the grid existed too few days
        state = NOT_APPLICABLE
    if state != VALUE:
        return state, 0, 0, origin
    points, state = settle(uncut, indicator)
    return state, points, uncut, origin


def together(lines, unit):
    """Round the points of the lines to the unit so that they give their rounded sum (largest remainder)."""
    points = [line[1] for line in lines]
    rest = [value % unit for value in points]
    up = divide(sum(points), unit, "half_up") - sum(value // unit for value in points)
    order = sorted((i for i in range(len(points)) if rest[i] > 0 and lines[i][0] in (VALUE, BLANK)),
                   key=lambda i: (-rest[i], i))[:max(up, 0)]
    result = []
    for i, (state, value, uncut, origin) in enumerate(lines):
        value = (value // unit + (i in order)) * unit
        state = state if state not in (VALUE, BLANK) else BLANK if value == 0 else VALUE
        result.append((state, value, uncut, origin))
    return result


def check_lines(c, rules):
    need([line["indicator"] for line in c["lines"]] == [indicator["code"] for indicator in c["indicators"]],
         "lines and indicators differ")
    expected = [expected_line(c, rules, indicator) for indicator in c["indicators"]]
    if c["policy"]["rounding"] == "largest_remainder":
        expected = together(expected, rules.unit)
    for line, (state, points, uncut, origin) in zip(c["lines"], expected):
        need((line["state"], line["points_milli"], line["uncut_milli"], line["origin"]) == (state, points, uncut, origin),
             line["indicator"], "is", state, points, uncut, origin)


def cut(value, floor, cap):
    value = value if floor is None else max(value, floor)
    return value if cap is None else min(value, cap)


def check_total(c, rules):
    policy, total = c["policy"], c["total"]
    need(total["partial"] == (c["period"]["grid_days"] < policy["partial_days"]), "the grid is partial, or not")
    bonus = own_or_all(c["given"], "bonus")
    uncut = sum(row["points_milli"] for row in bonus)
    need(total["bonus_uncut_milli"] == uncut, "the bonus is", uncut)
    need(total["bonus_milli"] == cut(uncut, policy["bonus_floor_milli"], policy["bonus_cap_milli"]), "the bonus is cut")
    need(total["bonus_state"] == VALUE if bonus else total["bonus_state"] in (BLANK, UNKNOWN), "the bonus has a state")
    assessed = {line["indicator"] for line in c["lines"] if line["state"] in (VALUE, BLANK)}
    out_of = sum(indicator["max_milli"] for indicator in c["indicators"] if indicator["code"] in assessed)
    need(sum(indicator["max_milli"] for indicator in c["indicators"]) == policy["base_milli"], "the maxima do not add up")
    need(total["out_of_milli"] == out_of, "assessed are", out_of)
    group_cut = 0
    for group in policy["groups"]:
        codes = {indicator["code"] for indicator in c["indicators"] if indicator["group"] == group["code"]}
        lost = sum(line["points_milli"] for line in c["lines"] if line["indicator"] in codes)
        group_cut += cut(lost, group["floor_milli"], group["cap_milli"]) - lost
    need({indicator["group"] for indicator in c["indicators"]} == {group["code"] for group in policy["groups"]},
         "indicators and groups differ")
    need(total["group_cut_milli"] == group_cut, "groups cut", group_cut)
    earned = out_of + sum(line["points_milli"] for line in c["lines"]) + group_cut
    rescaled, full = 0, policy["not_assessed"] != "leave_out" and out_of != 0
    need(policy["not_assessed"] in ("leave_out", "full_marks", "rescale"), "what is not assessed is", policy["not_assessed"])
    if full and policy["not_assessed"] == "full_marks":
        rescaled = policy["base_milli"] - out_of
    elif full and out_of != policy["base_milli"]:
        rescaled = divide(earned * policy["base_milli"], out_of * rules.unit, policy["rounding"]) * rules.unit - earned
    need(total["rescaled_milli"] == rescaled, "rescaling adds", rescaled)
    need(total["total_milli"] == earned + rescaled + total["bonus_milli"], "the total is",
         earned + rescaled + total["bonus_milli"])
    need(total["total_of_milli"] == (policy["base_milli"] if full else out_of), "the total is out of something else")
    need(total["state"] == (VALUE if out_of else UNKNOWN), "the total has another state")
    need(total["unexplained"] == sum(row["unexplained"] for row in c["given"]
                                     if row["scope"] == "grid" and row["indicator"] != ""), "unexplained are others")


def check_given(c):
    for row in c["given"]:
        need(row["scope"] in ("grid", "all"), "given to", row["scope"])
        need(row["authority"] != "" and (row["reason"] != "") != row["unexplained"], "points without reason or authority")
        need(row["indicator"] == "bonus" or row["points_milli"] <= 0, "a deduction gives points")


def check_earlier(c):
    """The months before follow each other without a gap, the latest first. None stands for one that has not the grid."""
    after, found = c["period"], []
    for month in c["earlier"]:
        need(moment(month["to"]) == moment(after["from"]), "the months before have a gap")
        check_days(month)
        need(month["found"] or not month["facts"], "a grid that is not found has facts")
        for fact in month["facts"]:
            check_fact(fact, month)
        found.append(Rules(c["policy"], month["facts"], month) if month["found"] else None)
        after = month
    return found


def check_days(period):
    start, end, as_of = moment(period["from"]), moment(period["to"]), moment(period["as_of"])
    need(start < end and as_of >= start, "the period is empty")
    least = 1 if period.get("found", True) else 0
    need((end - start).days == period["period_days"] and least <= period["grid_days"] <= period["period_days"], "days differ")


def check(data):
    """Bytes, or what read() made of them. Raises Refused; returns the certificate."""
    try:
        c = read(data) if isinstance(data, bytes) else data
        check_shape(c)
        check_chain(c)
        check_days(c["period"])
        for fact in c["facts"]:
            check_fact(fact, c["period"])
        check_given(c)
        rules = Rules(c["policy"], c["facts"], c["period"], check_earlier(c))
        check_lines(c, rules)
        check_total(c, rules)
        return c
    except (KeyError, TypeError, IndexError, AttributeError, ValueError, RecursionError) as problem:
        raise Refused(f"not of the form: {problem!r}") from problem


def main(words):
    published = None
    if words[:1] == ["--seals"] and len(words) > 1:
        with open(words[1], "rb") as file:
            published = {entry["seal"] for entry in read(file.read())["seals"]}
        words = words[2:]
    if not words:
        print(__doc__, file=sys.stderr)
        return 2
    status = 0
    for path in words:
        try:
            with open(path, "rb") as file:
                c = check(file.read())
            need(published is None or c["seal"] in published, "the seal was not published")
            subject = c["subject"]
            print(f"{path}: holds: {subject['unit']}/{subject['grid']} {c['total']['total_milli'] / 1000:g}")
        except (Refused, OSError) as problem:
            print(f"{path}: refused: {problem}")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
