#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""gridgov slips: one a community, together they hold every grid of the published table once with its total, and every point
that a grid loses stands on the slip of its community beside its evidence, as gridgov explain has it."""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import COMMAND, DATA, ROOT, skip

MONTH = str(DATA / "baiguan-2021-09")


def run(*words, status=0):
    done = subprocess.run([COMMAND, *words, "--month", "2021-09"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          check=False)
    assert done.returncode == status, done.stderr.decode("utf-8")
    return done.stdout


class Slips(unittest.TestCase):
    def test_every_grid_once(self):
        with open(ROOT / "tests" / "golden" / "baiguan-2021-09" / "grids.csv", encoding="utf-8-sig", newline="") as file:
            table = list(csv.DictReader(file))
        units = list(dict.fromkeys(row["单位"] for row in table))
        with tempfile.TemporaryDirectory() as folder:
            run("slips", MONTH, "-o", folder, "--format", "md")
            files = sorted(pathlib.Path(folder).iterdir())
            self.assertEqual(len(files), 44)
            for unit, file in zip(units, files):
                text = file.read_text(encoding="utf-8")
                self.assertTrue(text.startswith(f"# {unit}网格考核核对单\n"), unit)
                self.assertIn("核对人（签字）", text)
                rows = [row for row in table if row["单位"] == unit]
                heads = [line for line in text.split("\n") if line.startswith("## ")]
                self.assertEqual(heads, [f"## {row['网格']}：拟得 {row['总分']} 分（满分 100）" for row in rows])
                lost = sum(bool(row[key]) for row in rows for key in row if key not in ("单位", "网格", "总分"))
                self.assertEqual(sum(line.endswith("| □ |") for line in text.split("\n")), lost, unit)

    def test_evidence(self):
        slip = run("slips", MONTH, "--grid", "高丰社区/一网格", "--format", "json").decode("utf-8")
        why = json.loads(run("explain", MONTH, "--grid", "高丰社区/一网格", "--json"))
        for line in why["lines"]:
            for item in line["evidence"]:
                self.assertIn(item["text"], slip)
        self.assertIn("□ 无异议", slip)
        self.assertIn("signature", run("slips", MONTH, "--grid", "高丰社区/一网格", "--lang", "en").decode("utf-8"))

    def test_usage(self):
        run("slips", MONTH, "--format", "csv", status=2)
        run("slips", MONTH, "--grid", "没有", status=2)


if COMMAND is None:
    skip("GRIDGOV_COMMAND names no command")
unittest.main()
