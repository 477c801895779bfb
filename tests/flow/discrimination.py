# SPDX-License-Identifier: Apache-2.0
"""What the published table tells grids apart by, against shares worked out here as exact fractions.

Twice: with the +10 of 华维路东网格 as the bonus it is, and as it is printed, one column to the left, in 系统维护. As
printed, 73 % of the variance come from 附加分, 71 points have no variance (73 once the +10 is moved), and 42
grids share 100 points.
"""
import collections
import csv
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
from fractions import Fraction

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from flow_support import COMMAND, DATA, ROOT, skip

if COMMAND is None:
    skip("GRIDGOV_COMMAND is not set")


def run(*words):
    result = subprocess.run([COMMAND, *map(str, words)], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def expected(cards):
    """Shares by column, from the points of cards alone."""
    totals = [Fraction(card["total_milli"], 1000) for card in cards]
    mean = sum(totals) / len(totals)
    variance = sum((total - mean) ** 2 for total in totals)
    columns = collections.OrderedDict()
    for card in cards:
        for line in card["lines"]:
            columns.setdefault(line["indicator"], []).append(Fraction(line["points_milli"], 1000))
        columns.setdefault("bonus", []).append(Fraction(card["bonus_milli"] or 0, 1000))
    shares = {}
    for code, points in columns.items():
        own = sum(points) / len(points)
        shares[code] = sum((x - own) * (t - mean) for x, t in zip(points, totals)) / variance
    idle = sum(Fraction(line["max_milli"], 1000) for index, line in enumerate(cards[0]["lines"])
               if len({card["lines"][index]["points_milli"] for card in cards}) == 1)
    return shares, idle, collections.Counter(totals)


def check(folder, *options):
    report = run("discriminate", folder, "--month", "2021-09", "--json", *options)
    cards = run("score", folder, "--month", "2021-09", "--json", *options)["grids"]
    shares, idle, totals = expected(cards)
    found = {column["code"]: Fraction(*column["share"]) for column in report["columns"]}
    assert found.pop("rest") == 0
    assert found == {code: share for code, share in shares.items()}, (found, shares)
    assert sum(found.values()) == 1
    assert report["idle_milli"] == idle * 1000
    assert report["cards"] == 65 and report["left_out"] == 0
    assert report["sum_milli"] == 6425 * 1000
    assert report["distinct"] == len(totals)
    assert report["largest_tie"] == max(totals.values()) == 42
    assert report["tie_total_milli"] == 100 * 1000
    assert report["tied"] == sum(count for count in totals.values() if count > 1)
    # one adjustment gone, by hand
    values = [Fraction(card["total_milli"], 1000) for card in cards]
    for lever in report["leverage"]:
        at = next(index for index, card in enumerate(cards)
                  if (card["unit"], card["grid"]) == (lever["unit"], lever["grid"]))
        without = list(values)
        without[at] -= Fraction(lever["points_milli"], 1000)

        def spread(numbers):
            mean = sum(numbers) / len(numbers)
            return sum((number - mean) ** 2 for number in numbers)

        assert Fraction(*lever["share"]) == 1 - spread(without) / spread(values)
        order = lambda numbers: [(numbers[at] > n) - (numbers[at] < n) for i, n in enumerate(numbers) if i != at]
        assert lever["passed"] == sum(a != b for a, b in zip(order(values), order(without)))
    return found, report


def as_printed(work):
    """The month with the +10 in 系统维护, by a policy whose indicator may go above its maximum."""
    folder = work / "month"
    shutil.copytree(DATA / "baiguan-2021-09", folder)
    rows = list(csv.reader((folder / "adjustments.csv").read_text("utf-8-sig").splitlines()))
    moved = [row for row in rows if "+10" in row]
    assert len(moved) == 1
    with open(folder / "adjustments.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(row for row in rows if row not in moved)
    with open(folder / "facts.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["网格", "指标口径", "数值", "来源"],
                                    [moved[0][0], "shifted", "1", "试验"]])
    data = ROOT / "lib/refdata/data"
    policy = json.loads((data / "policy-baiguan-2021.json").read_text("utf-8"))
    policy["metrics"] = json.loads((data / "metrics-standard.json").read_text("utf-8"))
    policy["metrics"]["metrics"].append({"code": "shifted", "name": "错列的加分", "dimension": "unit", "measure": "given",
                                         "source": "试验", "certainty": "ours"})
    for indicator in policy["indicators"]:
        if indicator["code"] == "maintenance":
            indicator["cap"] = 10
            indicator["awards"] = [{"rule": "per_unit", "points": 10, "metric": [{"metric": "shifted", "optional": True}]}]
    path = work / "printed.json"
    path.write_text(json.dumps(policy, ensure_ascii=False), "utf-8")
    return folder, path


def main():
    found, report = check(DATA / "baiguan-2021-09")
    assert report["idle_milli"] == 73000 and len(report["leverage"]) == 3
    with tempfile.TemporaryDirectory() as name:
        folder, policy = as_printed(pathlib.Path(name))
        found, report = check(folder, "--policy", policy)
    assert report["idle_milli"] == 71000 and len(report["leverage"]) == 2
    assert round(found["bonus"] * 100) == 73, float(found["bonus"])
    print(f"as printed: {float(found['bonus']):.1%} from the bonus, 71 points idle, 42 grids at 100")
    return 0


if __name__ == "__main__":
    sys.exit(main())
