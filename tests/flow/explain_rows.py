#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""gridgov explain against a recount of the raw rows with nothing but the csv module: for grids that lost points and some that
did not, 100 + the points of the lines is the total, and every piece of evidence is a row that the tables really hold."""
import csv
import json
import os
import pathlib
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import COMMAND, DATA, ROOT, skip

MONTH = DATA / "baiguan-2021-09"
GRIDS = ["高丰社区/一网格", "天祥社区/华维路东网格", "上源闸社区/江南一品网格", "阳光社区/一号桥网格"]


def rows(table):
    with open(MONTH / (table + ".csv"), encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def explain(*words):
    done = subprocess.run([COMMAND, "explain", str(MONTH.relative_to(ROOT)), "--month", "2021-09", *words], cwd=ROOT,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def explained(grid, *words):
    status, text, errors = explain("--grid", grid, "--json", *words)
    assert status == 0, errors
    return json.loads(text)


def line_of(document, indicator):
    return next(line for line in document["lines"] if line["indicator"] == indicator)


def losers():
    """Grids with an invalid event, and one late by its limits, by the raw rows."""
    invalid = {row["网格"] for row in rows("events") if row["认定结果"] not in ("", "有效")}
    return sorted(invalid)


class Explain(unittest.TestCase):
    def test_sums(self):
        for grid in GRIDS + losers()[:4]:
            document = explained(grid)
            self.assertEqual(document["schema"], "gridgov.explain/1")
            self.assertEqual("/".join((document["unit"], document["grid"])), grid)
            self.assertEqual(100 + sum(line["points"] for line in document["lines"]), document["total"])
            self.assertEqual(100000 + sum(line["points_milli"] for line in document["lines"]), document["total_milli"])
            self.assertEqual(document["base"], 100)
            for line in document["lines"]:
                self.assertTrue(line["points"] == 0 or line["evidence"], line)
                self.assertTrue({"indicator", "group", "max", "points", "observed", "threshold", "rule", "clause",
                                 "evidence"} <= set(line))

    def test_invalid_events(self):
        for grid in losers()[:4]:
            expected = {row["事件编号"] for row in rows("events")
                        if row["网格"] == grid and row["认定结果"] not in ("", "有效")}
            line = line_of(explained(grid), "valid_events")
            self.assertEqual({item["id"] for item in line["evidence"]}, expected)
            self.assertEqual(line["points"], -len(expected))
            for item in line["evidence"]:
                row = rows("events")[item["row"] - 2]
                self.assertEqual(row["事件编号"], item["id"])
                self.assertTrue(item["source"].endswith("events.csv"))

    def test_visits(self):
        grid = GRIDS[0]
        made = {row["走访对象"] for row in rows("visits") if row["网格"] == grid}
        missing = {row["走访对象"] for row in rows("required_visits") if row["网格"] == grid} - made
        line = line_of(explained(grid), "visits")
        self.assertEqual({item["id"] for item in line["evidence"]}, missing)
        self.assertTrue(missing)
        self.assertEqual(line["points"], -5)

    def test_no_reason_is_invented(self):
        given = [row for row in rows("adjustments") if row["网格"] == GRIDS[0]]
        for lang in ("zh", "en"):
            line = line_of(explained(GRIDS[0], "--lang", lang), "bonus")
            self.assertEqual([item["points"] for item in line["evidence"]], [-20])
            item = line["evidence"][0]
            self.assertEqual((item["id"], item["authority"]), (given[0]["编号"], given[0]["批准人"]))
            self.assertTrue(item["unexplained"])
            self.assertNotIn("given_reason", item)

    def test_partly_assessed(self):
        """Without the distance parameter, 日在线里程 is not assessed, and base says so."""
        parameters = json.loads((MONTH / "parameters.json").read_text(encoding="utf-8"))
        del parameters["policy_parameters"]
        path = pathlib.Path(os.environ.get("TMPDIR", "/tmp")) / f"gridgov-explain-{os.getpid()}.json"
        path.write_text(json.dumps(parameters), encoding="utf-8")
        try:
            document = explained(GRIDS[0], "--parameters", str(path))
        finally:
            path.unlink()
        self.assertEqual((document["full"], document["base"]), (100, 80))
        self.assertEqual(document["base"] + sum(line["points"] for line in document["lines"]), document["total"])
        line = line_of(document, "online_distance")
        self.assertEqual((line["state"], line["points"], line["threshold"]), ("unknown", 0, "未配置"))

    def test_plain_text(self):
        status, text, _ = explain("--grid", GRIDS[0])
        self.assertEqual(status, 0)
        self.assertIn("总分 75 = 100 − 5 − 20\n", text)
        self.assertIn("单位没有载明理由", text)
        status, text, _ = explain("--grid", GRIDS[0], "--lang", "en")
        self.assertIn("total 75 = 100 − 5 − 20\n", text)
        self.assertIn("the office gave no reason", text)

    def test_usage(self):
        for words, status in (([], 2), (["--grid", "没有"], 2), (["--csv"], 2)):
            self.assertEqual(explain(*words)[0], status, words)


if COMMAND is None:
    skip("GRIDGOV_COMMAND names no command")
unittest.main()
