#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The workbook that gridgov init writes, read by openpyxl: the cells of the CSV files, all text in a text format, lists to
choose from, frozen headers."""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import COMMAND, skip

try:
    import openpyxl
except ImportError:
    skip("openpyxl is not installed")
if COMMAND is None:
    skip("GRIDGOV_COMMAND is not set")
NAMES = {"units": "单位", "agencies": "派驻机构", "officers": "网格员", "leave": "请假", "events": "事件", "steps": "环节",
         "patrol_days": "巡查", "required_visits": "应走访", "visits": "走访", "dispute_reports": "矛盾纠纷月报",
         "maintenance": "系统维护", "adjustments": "附加分"}


class Written(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.root = pathlib.Path(cls.folder.name)
        subprocess.run([COMMAND, "init", str(cls.root / "month")], check=True, stdout=subprocess.DEVNULL)
        done = subprocess.run([COMMAND, "init", str(cls.root / "month.xlsx")], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, check=False)
        if done.returncode == 2:
            skip("the command was built without gridgov::office")
        cls.book = openpyxl.load_workbook(cls.root / "month.xlsx")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_cells_are_those_of_the_tables(self):
        self.assertEqual(self.book.sheetnames, ["总览"] + list(NAMES.values()))
        for name, title in NAMES.items():
            with open(self.root / "month" / (name + ".csv"), encoding="utf-8-sig", newline="") as file:
                rows = [row for row in csv.reader(file)]
            sheet = self.book[title]
            cells = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
            self.assertEqual(cells, [row + [""] * (len(rows[0]) - len(row)) for row in rows])
            self.assertEqual(sheet.freeze_panes, "A2")
            for row in sheet.iter_rows():
                for cell in row:
                    self.assertIn(cell.value and (cell.data_type, cell.number_format), (None, ("s", "@"), ("inlineStr", "@")))

    def test_lists_to_choose_from(self):
        lists = {(sheet.title, str(rule.sqref).split(":")[0]): rule.formula1 for sheet in self.book.worksheets
                 for rule in sheet.data_validations.dataValidation if rule.type == "list"}
        self.assertIn("社区", lists["单位", "A2"])
        self.assertEqual(lists["请假", "D2"], '"未知,否,是"')
        self.assertIn("市场监管", lists["派驻机构", "B2"])
        self.assertIn(("环节", "B2"), lists)
        self.assertTrue(all(len(text) <= 257 for text in lists.values()))

    def test_headers_tell_what_their_columns_are(self):
        notes = {(sheet.title, str(rule.sqref)): rule.prompt for sheet in self.book.worksheets
                 for rule in sheet.data_validations.dataValidation if rule.type != "list"}
        events = self.book["事件"]
        titles = {cell.value: cell for cell in events[1]}
        reported, place = titles["上报时间"], titles["地点"]
        self.assertTrue(notes["事件", reported.coordinate].startswith("必填。"))
        self.assertIn("reported_at", notes["事件", reported.coordinate])
        self.assertTrue(notes["事件", place.coordinate].startswith("选填。"))
        self.assertTrue(all(len(text) <= 255 for text in notes.values()))
        self.assertNotEqual(reported.fill.fgColor.rgb, place.fill.fgColor.rgb)

    def test_pages_and_filters(self):
        for sheet in self.book.worksheets:
            self.assertTrue(sheet.sheet_properties.pageSetUpPr.fitToPage)
            self.assertEqual((sheet.page_setup.orientation, sheet.page_setup.fitToHeight), ("landscape", 0))
            self.assertEqual(sheet.print_title_rows, "$1:$1")
            self.assertEqual(sheet.auto_filter.ref is None, sheet.title == "总览")

    def test_overview_holds_the_parameters(self):
        parameters = json.loads((self.root / "month" / "parameters.json").read_text("utf-8"))
        cells = {row[0].value: row[1].value for row in self.book["总览"].iter_rows(min_row=2)}
        self.assertEqual(cells["发文字号"], parameters["document_number"])
        self.assertEqual(cells["考核参数.daily_distance_km"], parameters["policy_parameters"]["daily_distance_km"])
        self.assertEqual(json.loads(cells["下一步计划"]), parameters["next_steps"])


if __name__ == "__main__":
    unittest.main()
