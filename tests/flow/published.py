#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The tables of examples/data/baiguan-2021-09 against the bulletin that 百官街道 published, cell by cell.

Two differences are the point, not an error: every share is of 2975, where the printed table divides by 2970 although
it says 2975 (the printed prose divides by 2975 and must agree); and the +10 of 华维路东网格 stands in 附加分,
not one column to the left in 系统维护, a column that is worth 2 points.
"""
import json
import pathlib
import re
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import DATA, SHARED, make_files, percent, read_csv, skip

TEXT = SHARED / "bulletins" / "baiguan-2021-09.txt"
TABLES = ("categories", "agencies", "grids")
INDICATORS = ["日在线率", "日在线时长", "日在线里程", "事件有效量", "及时率", "结案率", "流转率", "走访记录",
              "矛盾纠纷月报", "系统维护"]


class Printed:
    """What the published text says."""

    def __init__(self, text):
        lines = [line.split("\t") for line in text.splitlines()]
        self.categories = [c for c in lines if len(c) == 3 and re.fullmatch(r"[\d.]+%", c[2])]
        self.total = next(c[1] for c in lines if c[0] == "合计")
        self.agencies = [c for c in lines if len(c) == 5 and c[0] != "基层站所"]
        self.prose = "".join(text[text.index("共上报"):text.index("2021 年 09 月基层")].split())
        self.grids, unit = [], ""
        for cells in lines:
            if len(cells) >= 14 and cells[13].isdigit():
                unit = cells[0] or unit
                self.grids.append([unit, cells[1].replace(" ", "")] + cells[2:14])


def unit_filled(rows):
    """A merged unit cell is blank below its first row."""
    unit = ""
    for row in rows:
        unit = row[0] or unit
        yield [unit] + row[1:]


class Published(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.printed = Printed(TEXT.read_text(encoding="utf-8"))
        cls.files = make_files("2021-09", DATA / "baiguan-2021-09")
        cls.tables = {name: read_csv(cls.files[name + ".csv"]) for name in TABLES}

    def test_reading_of_the_text(self):
        self.assertEqual((len(self.printed.categories), len(self.printed.agencies), len(self.printed.grids)),
                         (13, 17, 65))
        self.assertEqual(sum(int(row[13]) for row in self.printed.grids), 6425)

    def test_categories(self):
        header, *rows, total = self.tables["categories"]
        self.assertEqual(header, ["类型", "数量", "占比"])
        self.assertEqual([row[:2] for row in rows], [row[:2] for row in self.printed.categories])
        for name, count, share in rows:
            self.assertEqual(share, percent(int(count), 2975), name)
            self.assertIn(f"{name}{count}条，占{share}", self.printed.prose)
        self.assertEqual(total[:2], ["合计", self.printed.total])

    def test_agencies(self):
        header, *rows = self.tables["agencies"]
        self.assertEqual(header, ["基层站所", "办理数", "流转数", "结案数", "结案率"])
        self.assertEqual(rows, self.printed.agencies)

    def test_grids(self):
        header, *rows = self.tables["grids"]
        names = [cell.split("(")[0].split("（")[0].strip() for cell in header]
        self.assertEqual(names, ["单位", "网格"] + INDICATORS + ["附加分", "总分"])
        expected = [list(row) for row in self.printed.grids]
        moved = next(row for row in expected if row[1] == "华维路东网格")
        self.assertEqual((moved[11], moved[12]), ("+10", ""))
        moved[11], moved[12] = "", "+10"
        rows = list(unit_filled(rows))
        self.assertEqual(len(rows), len(expected))
        for row, wanted in zip(rows, expected):
            self.assertEqual(row, wanted)

    def test_sentence(self):
        """The sentence about reports, in the system's own order of categories."""
        for name in ("bulletin.md", "bulletin.html"):
            text = "".join(re.sub("<[^>]*>", "", self.files[name].decode("utf-8")).split())
            self.assertIn(self.printed.prose, text, name)

    def test_no_draft_and_no_reason_invented(self):
        text = self.files["bulletin.md"].decode("utf-8")
        self.assertNotIn("草稿", text)
        self.assertIn("有3项未载明理由", "".join(text.split()))
        self.assertEqual(json.loads(self.files["bulletin.json"])["schema"], "gridgov.bulletin/1")


if __name__ == "__main__":
    if not TEXT.exists():
        skip(f"{TEXT} is absent")
    unittest.main()
