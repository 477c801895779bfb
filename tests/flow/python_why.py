#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""explain, certificate and replay of the ctypes package: the same as the command says of the same month."""
import json
import pathlib
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "examples" / "checker"))

from flow_support import COMMAND, DATA, ROOT, skip, why_no_library

import check_certificate
import gridgov

MONTH = DATA / "baiguan-2021-09"
GRID = "高丰社区/一网格"


def command(*words):
    done = subprocess.run([COMMAND, words[0], str(MONTH), "--month", "2021-09", *words[1:]], cwd=ROOT,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return json.loads(done.stdout)


class Why(unittest.TestCase):
    def setUp(self):
        self.month = gridgov.Month("2021-09").folder(str(MONTH))
        self.addCleanup(self.month.close)
        self.month.run()

    def test_explain(self):
        for lang in ("zh", "en"):
            found = gridgov.explain(self.month, GRID, lang)
            self.assertEqual(found["base"] + sum(line["points"] for line in found["lines"]), found["total"])
            if COMMAND is not None:
                self.assertEqual(found, command("explain", "--grid", GRID, "--json", "--lang", lang))
        with self.assertRaises(gridgov.GridgovError):
            gridgov.explain(self.month, "没有")

    def test_certificate(self):
        found = check_certificate.check(gridgov.certificate(self.month, GRID))
        self.assertEqual(found["total"]["total_milli"], 75000)

    def test_replay(self):
        found = gridgov.replay([self.month], without=["app"])
        if COMMAND is not None:
            self.assertEqual(found, command("replay", "--without", "app", "--json"))
        self.assertEqual(found["comparisons"][0]["left_out_milli"], 60000)
        found = gridgov.replay([self.month, self.month], against="baiguan-2021", rescale=True,
                               parameters={"daily_distance_km": "2", "invalid_points": "2"})
        self.assertEqual([item["changed"] for item in found["comparisons"]], [20, 20])
        for wrong in ({"without": ["nothing"]}, {"against": "nothing"}, {"against": {"schema": "x"}}):
            with self.assertRaises(gridgov.GridgovError):
                gridgov.replay([self.month], **wrong)


if why_no_library():
    skip(why_no_library())
unittest.main()
