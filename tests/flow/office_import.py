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

    def test_a_mapping_reads_what_no_name_tells(self):
        path = self.write("x.csv", "号;类;时;完\n1;噪声;05/09/2021 08:31;x\n2;噪声;06/09/2021 08:31;\n")
        mapping = self.write("m.json", json.dumps({
            "schema": "gridgov.mapping/1", "delimiter": ";", "time_forms": ["%d/%m/%Y %H:%M"],
            "columns": {"id": "号", "category": "类", "reported_at": "时", "closed_at": "完"}}))
        table, = tables("--mapping", mapping, path, status=1)
        self.assertEqual((table["table"], table["mapped"], table["header_row"], table["header_rows"]), ("events", True, 1, 1))
        self.assertEqual((table["read"], table["added"], table["excluded"]), (2, 1, 1))
        place, = [(p["rule"], p["row"], p["column"], p["value"]) for p in table["problems"] if p["severity"] == "error"]
        self.assertEqual(place, ("time-form-mismatch", 2, 4, "x"))
        # One that a mapping does not suit is still recognised by its header.
        other = self.write("y.csv", "工号,开始日期,结束日期\n1,2021-09-01,2021-09-02\n")
        self.assertEqual([(t["table"], t["mapped"]) for t in tables("--mapping", mapping, path, other, status=1)],
                         [("events", True), ("leave", False)])
        # By name; and one that lacks a column says which.
        self.assertEqual(tables("--mapping", "events", DATA / "flat" / "events.csv")[0]["mapped"], True)
        table, = tables("--mapping", mapping, other, status=1)
        self.assertIn("column-missing", [p["rule"] for p in table["problems"]])
        self.assertEqual(check("--mapping", "nothing", path).returncode, 3)

    def test_a_folder_with_its_mappings(self):
        (self.root / "month").mkdir()
        self.write("month/events.csv", "号,类,时\n1,噪声,2021-09-05\n")
        self.write("month/events.mapping.json", json.dumps({
            "schema": "gridgov.mapping/1", "columns": {"id": "号", "category": "类", "reported_at": "时"}}))
        self.write("month/parameters.json", "{}")
        self.write("month/leave.csv", "工号,开始日期,结束日期\n")
        found = tables(self.root / "month")
        self.assertEqual([(pathlib.Path(t["file"]).name, t["table"], t["mapped"]) for t in found],
                         [("events.csv", "events", True), ("events.mapping.json", None, False), ("leave.csv", "leave", False),
                          ("parameters.json", None, False)])

    def test_one_broken_file_does_not_hide_the_others(self):
        (self.root / "all").mkdir()
        self.write("all/a.csv", "\"x\" y,z\n1,2\n")
        (self.root / "all" / "b.csv").write_bytes("类型,上报时间\n噪声,2021-09-05\n".encode("utf-16"))
        self.write("all/c.csv", "类型,上报时间\n噪声,2021-09-05\n")
        found = tables(self.root / "all", status=1)
        self.assertEqual([table["table"] for table in found], [None, None, "events"])
        self.assertEqual([p["rule"] for p in found[0]["problems"]], ["csv-text-after-quote"])
        self.assertEqual(len(found[1]["problems"]), 1)

    def test_what_is_not_listed_is_counted(self):
        rows = "".join(f"E{i},噪声,{'x' if i % 3 else ''}\n" for i in range(300))
        path = self.write("events.csv", "事件编号,类型,上报时间\n" + rows)
        table, = tables("--limit", 7, path, status=1)
        self.assertEqual((len(table["problems"]), table["not_listed"], table["excluded"]), (7, 293, 300))
        self.assertEqual(table["by_rule"], {"bad-time": 200, "cell-empty": 100})
        self.assertIn("293 more problems are not listed; all of them by rule: bad-time 200 cell-empty 100",
                      check("--limit", 7, path).stdout)
        self.assertEqual(len(tables("--limit", 1000, path, status=1)[0]["problems"]), 300)
        for bad in ("0", "x", "-1", "1000001", ""):
            self.assertEqual(check("--limit", bad, path).returncode, 2)

    def test_every_table_is_loaded(self):
        days = self.write("a.csv", "日期,类型\n2021-10-01,节假日\n2021-10-09,调休\n")
        fixes = self.write("b.csv", "officer_id,timestamp,lng,lat\n1,2021-09-01 08:00:00,120.1,30.1\n2,x,120,30\n")
        self.assertEqual([(t["table"], t["read"], t["excluded"]) for t in tables(days, fixes, status=1)],
                         [("calendar", 2, 0), ("fixes", 2, 1)])

    def test_grids_without_a_table_of_units(self):
        visits = self.write("v.csv", "走访时间,网格名称（必填）,走访对象\n2021-09-01,甲社区/一网格,张三\nx,二网格,李四\n")
        table, = tables(visits, status=1)
        self.assertEqual((table["read"], table["added"], table["by_rule"]), (2, 1, {"bad-time": 1}))
        self.assertIn("No table of units", check(visits).stdout)
        units = self.write("units.csv", "单位,网格\n甲社区,一网格\n")
        self.assertEqual(tables(visits, units, status=1)[0]["by_rule"], {"unit-unknown": 1})
        self.assertNotIn("No table of units", check(visits, units).stdout)

    def test_a_header_of_two_rows(self):
        path = self.write("a.csv", "编号,类型,时间,,位置,\n,,上报,办结,经度,纬度\n1,城市管理,2021-09-05,,120.8,30\n")
        table, = tables(path)
        self.assertEqual((table["table"], table["header_row"], table["header_rows"], table["added"]), ("events", 2, 2, 1))
        self.assertEqual([(c["header"], c["field"]) for c in table["columns"]],
                         [("编号", "id"), ("类型", "category"), ("时间/上报", "reported_at"), ("时间/办结", "closed_at"),
                          ("位置/经度", "lon"), ("位置/纬度", "lat")])
        self.assertIn("header in rows 1 and 2", check(path).stdout)

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
