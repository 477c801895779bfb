#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Appeals from contest to restatement on the example month: rulings that were made after publication change nothing in the
table as printed, which stays the published one; known later, exactly the points that were ruled on come back, and the
correction names them with reason and authority."""
import csv
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import COMMAND, DATA, ROOT, skip

MONTH = DATA / "baiguan-2021-09"
HEAD = "编号,网格,网格员,日期,对象,申诉时间,申诉理由,裁决,裁决时间,裁决理由,裁决人\n"


def rows(table):
    with open(MONTH / (table + ".csv"), encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def run(*words, status=0):
    done = subprocess.run([COMMAND, *map(str, words)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    assert done.returncode == status, (done.returncode, done.stderr.decode("utf-8"))
    return done.stdout.decode("utf-8-sig"), done.stderr.decode("utf-8")


def table(markdown, heading):
    lines = markdown.split("\n")
    start = next(i for i, line in enumerate(lines) if line.startswith("| " + heading))
    cells = []
    for line in lines[start + 2:]:
        if not line.startswith("|"):
            break
        cells.append([cell.strip() for cell in line.strip("|").split("|")])
    return cells


class Appeals(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.month = pathlib.Path(self.folder.name) / "2021-09"
        shutil.copytree(MONTH, self.month)
        self.invalid = [row for row in rows("events") if row["认定结果"] not in ("", "有效")]
        self.printed, _ = run("score", MONTH, "--month", "2021-09")

    def appeal(self, *lines):
        (self.month / "appeals.csv").write_text(HEAD + "".join(line + "\n" for line in lines), encoding="utf-8")

    def totals(self, text):
        return {(row["单位"], row["网格"]): row["总分"] for row in csv.DictReader(text.splitlines())}

    def test_an_event_and_a_visit(self):
        event = self.invalid[0]
        self.appeal(f"SS1,{event['网格']},,,{event['事件编号']},2021-10-16,附照片,成立,2021-10-18 10:00,照片核实属实,考核办",
                    "SS2,高丰社区/一网格,,,走访户01,2021-10-16,漏录,成立,2021-10-19 09:00,走访本有签字,考核办",
                    "SS3,高丰社区/一网格,,,FJ2,2021-10-16,无理由,不成立,2021-10-19 09:00,维持,考核办")
        now, _ = run("score", self.month, "--month", "2021-09")
        self.assertEqual(now, self.printed)  # the old table stays computable
        text, _ = run("restate", self.month, "--month", "2021-09", "--known-by", "2021-10-20")
        unit, grid = event["网格"].split("/")
        old = self.totals(self.printed)
        key = next(key for key in old if key[0] == unit and key[1].replace(" ", "") == grid.replace(" ", ""))
        lost = sum(row["网格"] == event["网格"] for row in self.invalid)
        expected = {(unit, grid, "事件有效量", str(-lost), str(1 - lost)),
                    (unit, grid, "总分", old[key], str(int(old[key]) + 1)),
                    ("高丰社区", "一网格", "走访记录", "-5", "0"), ("高丰社区", "一网格", "总分", "75", "80")}
        found = {tuple(re.sub(r"\\", "", cell) for cell in row) for row in table(text, "单位")}
        self.assertEqual({(a, b.replace(" ", ""), c, d, e) for a, b, c, d, e in found}, expected)
        rulings = table(text, "网格")
        self.assertEqual(len(rulings), 3)
        self.assertEqual([row[2] for row in rulings].count("成立"), 2)
        self.assertTrue(all(row[4] == "考核办" for row in rulings))
        # What was ruled on the 19th was not known on the 18th.
        text, _ = run("restate", self.month, "--month", "2021-09", "--known-by", "2021-10-18")
        self.assertEqual(len(table(text, "单位")), 2)
        text, _ = run("restate", self.month, "--month", "2021-09", "--known-by", "2021-10-17")
        self.assertIn("各网格得分没有变化", text)

    def test_a_day_and_an_adjustment(self):
        """A day that is ruled to be excused leaves the required days; an adjustment is left out by its number."""
        days = (self.month / "patrol_days.csv").read_text(encoding="utf-8-sig").split("\n")
        kept = [line for line in days if not line.startswith("WG001,2021-09-02,")]
        self.assertEqual(len(kept), len(days) - 1)
        (self.month / "patrol_days.csv").write_text("\n".join(kept), encoding="utf-8")
        self.appeal("SS1,阳光社区/一号桥网格,WG001,2021-09-02,,2021-10-16,平台故障,成立,2021-10-18,已核实,考核办",
                    "SS2,上源闸社区/江南一品网格,,,FJ1,2021-10-16,无理由,成立,2021-10-18,没有依据，予以撤销,街道办")
        text, _ = run("restate", self.month, "--month", "2021-09")
        found = table(text, "单位")
        self.assertEqual({(row[1], row[2], row[3], row[4]) for row in found if "一号桥" in row[1]},
                         {("一号桥网格", item, "-1", "0") for item in ("日在线率", "日在线时长", "日在线里程")} |
                         {("一号桥网格", "总分", "96", "99")})
        self.assertEqual({(row[2], row[3], row[4]) for row in found if "江南一品" in row[1]},
                         {("附加分", "-20", "0"), ("总分", "79", "99")})

    def test_refusals(self):
        """A ruling without reason, authority or date is no ruling; one that is pending has no effect."""
        self.appeal("SS1,高丰社区/一网格,,,走访户01,2021-10-16,漏录,成立,2021-10-19,,考核办",
                    "SS2,高丰社区/一网格,,,走访户01,2021-10-16,漏录,成立,2021-10-19,属实,",
                    "SS3,高丰社区/一网格,,,走访户01,2021-10-16,漏录,成立,,属实,考核办",
                    "SS4,高丰社区/一网格,,,走访户01,2021-10-16,漏录,待裁决,,,")
        text, errors = run("restate", self.month, "--month", "2021-09")
        self.assertIn("各网格得分没有变化", text)
        self.assertEqual(errors.count("appeals.csv"), 3)

    def test_usage(self):
        run("restate", self.month, "--month", "2021-09", "--known-by", "soon", status=2)
        run("restate", self.month, "--month", "2021-09", "--format", "csv", status=2)
        text, _ = run("restate", self.month, "--month", "2021-09", "--lang", "en")
        self.assertIn("No grid", text)


if COMMAND is None:
    skip("GRIDGOV_COMMAND names no command")
unittest.main()
