#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""gridgov import --check: what it says of the example, of tables under other names and titles, of broken ones, and of real
spreadsheets that are no table of a month."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import COMMAND, DATA, SHARED, skip

ZH = SHARED / "data" / "zh_tables"


def check(*words):
    return subprocess.run([COMMAND, "import", *map(str, words), "--check"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          check=False, encoding="utf-8")


def tables(*words, status=0):
    done = check(*words, "--json")
    assert done.returncode == status, (done.returncode, done.stdout[:400], done.stderr)
    return json.loads(done.stdout)["tables"]


class Import(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)

    def tearDown(self):
        self.folder.cleanup()

    def write(self, name, text, encoding="utf-8"):
        (self.root / name).write_bytes(text.encode(encoding))
        return self.root / name

    def office(self):
        book = self.root / "month.xlsx"
        if subprocess.run([COMMAND, "init", str(book)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                          check=False).returncode == 2:
            self.skipTest("the command was built without gridgov::office")
        return book

    def test_the_example_is_understood(self):
        for table in tables(*sorted((DATA / "baiguan-2021-09").glob("*.csv"))):
            self.assertEqual(table["table"], pathlib.Path(table["file"]).stem)
            self.assertEqual((table["kind"], table["encoding"], table["header_row"]), ("text", "utf-8", 1))
            self.assertEqual((table["excluded"], table["added"] + table["skipped"]), (0, table["read"]))
            self.assertTrue(all(column["field"] for column in table["columns"]))

    def test_a_workbook_is_understood(self):
        found = tables(self.office())
        self.assertEqual(found[0]["sheet"], "总览")
        self.assertIsNone(found[0]["table"])
        self.assertEqual([table["table"] for table in found[1:]],
                         ["units", "agencies", "officers", "leave", "events", "steps", "patrol_days", "required_visits", "visits",
                          "dispute_reports", "maintenance", "adjustments"])
        self.assertEqual(sum(table["excluded"] for table in found), 0)
        reported = [column for column in found[5]["columns"] if column["field"] == "reported_at"]
        self.assertEqual(reported[0]["shapes"], ["9999-99-99 99:99:99"])

    def test_other_names_titles_and_encodings(self):
        path = self.write("九月工单.csv", "百官街道九月工单;;;\n制表时间：2021-10-08;;;\n案件编码;问题类型;登记时间;结案时间\n"
                          "A1;城市管理;2021/9/5 8:31;2021/9/6\nA2;消防安全;2021年9月7日;\n合计;2;;\n制表人：张三;;;\n", "gb18030")
        table, = tables(path)
        self.assertEqual((table["table"], table["header_row"], table["encoding"], table["delimiter"]), ("events", 3, "gb18030", ";"))
        self.assertEqual([column["field"] for column in table["columns"]], ["id", "category", "reported_at", "closed_at"])
        self.assertEqual(table["columns"][2]["shapes"], ["9999/9/9 9:99", "9999年9月9日"])
        self.assertEqual((table["read"], table["added"], table["skipped"], table["excluded"]), (4, 2, 2, 0))
        self.assertEqual([problem["rule"] for problem in table["problems"]],
                         ["header-below-titles", "row-of-totals", "row-of-totals"])

    def test_every_problem_has_its_place(self):
        path = self.write("events.csv", "事件编号,类型,上报时间\nE1,城市管理,2021-09-31\nE2,噪声,\nE3,噪声,2021-09-01\nE3,噪声,2021-09-02\n")
        done = check(path)
        self.assertEqual(done.returncode, 1)
        table, = tables(path, status=1)
        places = [(p["rule"], p["row"], p["column"], p["value"]) for p in table["problems"] if p["severity"] == "error"]
        self.assertIn(("bad-time", 2, 3, "2021-09-31"), places)
        self.assertIn(("cell-empty", 3, 3, ""), places)
        self.assertIn("event-twice", [place[0] for place in places])
        self.assertEqual((table["read"], table["added"], table["excluded"]), (4, 1, 3))

    def test_a_missing_column_is_named(self):
        table, = tables(self.write("leave.csv", "工号,开始日期\n1,2021-09-01\n"), status=1)
        self.assertIn(("column-missing", "to"), [(p["rule"], p["field"]) for p in table["problems"]])

    def test_words(self):
        self.assertEqual(check(self.root / "none.csv").returncode, 3)
        self.assertEqual(check("--table", "x", DATA / "flat" / "events.csv").returncode, 2)
        done = subprocess.run([COMMAND, "import", str(DATA / "flat" / "events.csv")], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, check=False)
        self.assertEqual(done.returncode, 2)

    def test_real_spreadsheets(self):
        if not ZH.is_dir():
            self.skipTest("there is no ../shared/data")
        self.office()
        expected = {"nbs_gdp_gbk_crlf.csv": [("text", None, "gb18030")], "nbs_pop_gbk_lf.csv": [("text", None, "gb18030")],
                    "nbs_prov.xls": [("xls", "分省年度数据", None)], "guilin_survey_35col_1308rows.xlsx": [("xlsx", "基本情况总表", None)],
                    "cumcm2024_merged_notes_1.xlsx": [("xlsx", "乡村的现有耕地", None), ("xlsx", "乡村种植的农作物", None)]}
        for name, wanted in expected.items():
            found = tables(ZH / name, status=1)
            self.assertEqual([(table["kind"], table["sheet"], table["encoding"]) for table in found], wanted)
            for table in found:  # none of them is a table of a month, and none is taken for one
                self.assertIsNone(table["table"])
                self.assertEqual([p["rule"] for p in table["problems"]], ["header-none"])


if __name__ == "__main__":
    if COMMAND is None:
        skip("GRIDGOV_COMMAND is not set")
    unittest.main()
