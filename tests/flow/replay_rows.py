#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""gridgov replay against hand computations on the published table of September 2021: without the app's 60 points every total
is 60 lower out of 40, or (total − bonus − 60) · 100/40 + bonus when rescaled; an invalid report at 2 points costs each grid
once more what it lost; and another threshold is counted again from the raw rows."""
import csv
import datetime
import decimal
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import COMMAND, DATA, ROOT, skip

MONTH = DATA / "baiguan-2021-09"
POLICY = ROOT / "lib" / "refdata" / "data" / "policy-baiguan-2021.json"


def printed():
    """The published table: (unit, grid) → row."""
    with open(ROOT / "tests" / "golden" / "baiguan-2021-09" / "grids.csv", encoding="utf-8-sig", newline="") as file:
        return {(row["单位"], row["网格"]): row for row in csv.DictReader(file)}


def replay(*words, status=0):
    call = [COMMAND, "replay", str(MONTH), "--month", "2021-09", "--json", *words]
    done = subprocess.run(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    assert done.returncode == status, done.stderr.decode("utf-8")
    return json.loads(done.stdout) if status == 0 else None


def ranks(totals):
    return {key: 1 + sum(other > total for other in totals.values()) for key, total in totals.items()}


class Replay(unittest.TestCase):
    def check(self, document, expected, out_of):
        """expected: every grid's new total in thousandths."""
        table = printed()
        old = {key: int(row["总分"]) * 1000 for key, row in table.items()}
        old_ranks, new_ranks = ranks(old), ranks(expected)
        comparison = document["comparisons"][0]
        self.assertEqual(comparison["grids"], 65)
        self.assertEqual(comparison["changed"], sum(old[key] != expected[key] for key in old))
        self.assertEqual(comparison["moved"], sum(old_ranks[key] != new_ranks[key] for key in old))
        self.assertEqual(comparison["difference_milli"], sum(expected.values()) - sum(old.values()))
        differing = {(grid["unit"], grid["grid"]): grid for grid in comparison["differing"]}
        for key in old:
            if old[key] == expected[key] and old_ranks[key] == new_ranks[key]:
                self.assertNotIn(key, differing)
                continue
            grid = differing[key]
            self.assertEqual(grid["total_milli"], {"a": old[key], "b": expected[key]})
            self.assertEqual(grid["out_of_milli"], {"a": 100000, "b": out_of})
            self.assertEqual(grid["rank"], {"a": old_ranks[key], "b": new_ranks[key]})
            self.assertEqual(sum(change["effect_milli"] for change in grid["changes"]), expected[key] - old[key])

    def test_without_the_app(self):
        document = replay("--without", "app")
        self.assertEqual((document["schema"], document["totals"], document["bonus"]),
                         ("gridgov.replay/1", "out_of_fewer_points", "kept"))
        self.assertEqual(document["policies"][1]["without"], ["online_rate", "online_hours", "online_distance"])
        self.check(document, {key: int(row["总分"]) * 1000 - 60000 for key, row in printed().items()}, 40000)

    def test_without_the_app_rescaled(self):
        def rescaled(row):
            bonus = int(row["附加分"] or 0)
            return int(decimal.Decimal(int(row["总分"]) - bonus - 60) * 100 / 40 * 1000 + bonus * 1000)
        self.check(replay("--without", "app", "--rescale"), {key: rescaled(row) for key, row in printed().items()}, 100000)

    def test_another_price(self):
        policy = json.loads(POLICY.read_text(encoding="utf-8"))
        policy["parameters"]["invalid_points"]["value"] = "2"
        policy["name"] = "dearer"
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "policy.json"
            path.write_text(json.dumps(policy, ensure_ascii=False), encoding="utf-8")
            document = replay("--against", str(path))
        self.assertFalse(document["comparisons"][0]["retallied"])
        expected = {key: (int(row["总分"]) + int(row["事件有效量"] or 0)) * 1000 for key, row in printed().items()}
        self.check(document, expected, 100000)
        causes = {change["cause"] for grid in document["comparisons"][0]["differing"] for change in grid["changes"]}
        self.assertEqual(causes, {"rule"})

    def test_another_threshold(self):
        """Days of less than 100 minutes, counted from the raw rows: officers, workdays and approved leave."""
        policy = json.loads(POLICY.read_text(encoding="utf-8"))
        policy["parameters"]["minimum_online_minutes"]["value"] = "100"
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "policy.json"
            path.write_text(json.dumps(policy, ensure_ascii=False), encoding="utf-8")
            document = replay("--against", str(path))
        self.assertTrue(document["comparisons"][0]["retallied"])
        rows = {}
        for table in ("officers", "patrol_days", "leave"):
            with open(MONTH / (table + ".csv"), encoding="utf-8-sig", newline="") as file:
                rows[table] = list(csv.DictReader(file))
        minutes = {(row["工号"], row["日期"]): int(row["在线时长(分钟)"]) for row in rows["patrol_days"]}
        # Workdays of September 2021: the notice made the 18th and the 26th workdays, the 20th and 21st days off.
        days = [datetime.date(2021, 9, day) for day in range(1, 31)]
        work = [str(day) for day in days if (day.weekday() < 5 or day.day in (18, 26)) and day.day not in (20, 21)]
        off = {(row["工号"], str(day)) for row in rows["leave"] for day in days
               if row["开始日期"] <= str(day) <= row["结束日期"] and row["是否批准"] == "是"}
        expected = {}
        for row in rows["officers"]:
            unit, grid = row["网格"].split("/")
            short = sum(minutes.get((row["工号"], day), 0) < 100 for day in work if (row["工号"], day) not in off)
            key = next(key for key in printed() if key[0] == unit and key[1].replace(" ", "") == grid.replace(" ", ""))
            expected[key] = (int(printed()[key]["总分"]) - min(short, 20)) * 1000
        self.assertTrue(any(expected[key] != int(row["总分"]) * 1000 for key, row in printed().items()))
        self.check(document, expected, 100000)
        causes = {change["cause"] for grid in document["comparisons"][0]["differing"] for change in grid["changes"]}
        self.assertEqual(causes, {"count"})

    def test_usage(self):
        for words in ([], ["--without", "nothing"], ["--against", "nothing"], ["--without", "app", "--month", "2021-10"]):
            replay(*words, status=2)
        replay("--against", "nowhere/policy.json", status=3)


if COMMAND is None:
    skip("GRIDGOV_COMMAND names no command")
unittest.main()
