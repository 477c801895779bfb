#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The ctypes package of examples/python against the built library: every call once, and every way to fail."""
import gc
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import DATA, ROOT, skip, why_no_library

import gridgov
from gridgov import GridgovError, Issue, Month

UNITS = "单位,网格,网格编码\n高丰社区,一网格,330604001001001\n高丰社区,二网格,330604001001002\n文化社区,一网格,330604001002001\n"
EVENTS = ("事件编号,类型,网格,上报时间,认定结果\n"
          "1,城市管理,高丰社区/一网格,2021-09-05 08:31:00,有效\n"
          "2,城市管理,高丰社区/一网格,2021-09-06 08:31:00,无效\n"
          "3,矛盾纠纷,文化社区/一网格,2021-09-07 08:31:00,有效\n"
          "4,矛盾纠纷,,2021-09-07 09:31:00,有效\n")
BAIGUAN = DATA / "baiguan-2021-09"


def small(events=EVENTS):
    return Month("2021-09").table("units", UNITS).table("events", events)


class Results(unittest.TestCase):
    def test_agencies(self):
        with Month("2021-09").folder(str(BAIGUAN)) as month:
            with self.assertRaises(GridgovError):
                month.agencies()
            month.run()
            agencies = {agency["name"]: agency for agency in month.agencies()["agencies"]}
            handled = agencies["综合执法城南中队"]["metrics"]["handled_cases"]
            self.assertEqual((handled["state"], handled["value"]), ("value", 2))
            self.assertIsNone(agencies["司法所"]["ratios"]["agency_handled_rate"]["percent"])
            own = {"schema": "gridgov.metrics/1", "metrics": [{"code": "open", "name": "在办", "dimension": "agency",
                                                               "measure": "cases", "where": ["not closed"]}]}
            found = month.agencies(own)
            self.assertEqual({agency["metrics"]["open"]["value"] for agency in found["agencies"]}, {0, None})
            with self.assertRaises(GridgovError):
                month.agencies("no such pack")

    def test_a_workbook(self):
        command = os.environ.get("GRIDGOV_COMMAND")
        if not command or ".so" not in os.environ.get("GRIDGOV_OFFICE_LIBRARY", ""):
            self.skipTest("gridgov::office or the command was not built")
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "month.xlsx")
            subprocess.run([command, "init", path, "--from", str(BAIGUAN)], check=True, stdout=subprocess.DEVNULL)
            with Month("2021-09").workbook(path) as month, Month("2021-09").folder(BAIGUAN) as other:
                month.run()
                other.run()
                self.assertEqual(month.bulletin("json"), other.bulletin("json"))
            with self.assertRaises(GridgovError):
                Month("2021-09").workbook(os.path.join(folder, "none.xlsx"))

    def test_tables_from_memory(self):
        with small() as month:
            issues = month.run()
            self.assertEqual([str(i) for i in issues if i.severity == "error"], [])
            self.assertEqual(month.excluded, 0)
            self.assertEqual(month.summary("events")["added"], 4)
            self.assertEqual(len(month.summary("events")["digest"]), 64)
            self.assertIsNone(month.summary("steps"))
            cards = month.scorecards()
            self.assertEqual([(c["unit"], c["grid"]) for c in cards],
                             [("高丰社区", "一网格"), ("高丰社区", "二网格"), ("文化社区", "一网格")])
            lines = month.table_csv("categories", bom=False).decode().splitlines()
            self.assertEqual(lines[:3], ["类型,数量,占比", "城市管理,2,50.00%", "矛盾纠纷,2,50.00%"])
            self.assertEqual(lines[-1], "合计,4,")
            self.assertTrue(month.table_csv("categories").startswith(b"\xef\xbb\xbf"))

    def test_bytes_and_text_are_the_same(self):
        with small() as one, small(EVENTS.encode()) as two:
            one.run()
            two.run()
            self.assertEqual(one.bulletin("json"), two.bulletin("json"))
            self.assertEqual(one.score_json(), two.score_json())

    def test_grid_by_name_and_code(self):
        with small() as month:
            month.run()
            by_name, by_code = month.scorecards("文化社区/一网格"), month.scorecards("330604001002001")
            self.assertEqual(by_name, by_code)
            self.assertEqual(len(by_name), 1)
            with self.assertRaises(GridgovError) as caught:
                month.find_grid("一网格")
            self.assertEqual(caught.exception.status, "EDATA")
            self.assertIn("高丰社区", caught.exception.text("zh"))
            with self.assertRaises(GridgovError) as caught:
                month.find_grid("三网格")
            self.assertEqual(caught.exception.status, "ENOTFOUND")

    def test_folder_in_every_format(self):
        with Month("2021-09") as month:
            month.folder(BAIGUAN).run()
            self.assertEqual(len(month.scorecards()), 65)
            self.assertIn(b"<!DOCTYPE html>", month.bulletin("html"))
            self.assertIn("2975", month.bulletin("md").decode())
            document = month.bulletin("json")
            self.assertEqual(json.loads(document)["schema"], "gridgov.bulletin/1")
            self.assertEqual(month.compare(document), [])
        with Month("2021-09") as month:
            month.folder(BAIGUAN).view(as_of="2021-09-29").run()
            self.assertNotEqual(month.compare(document), [])

    def test_flat_export_and_language(self):
        mapping = DATA / "flat" / "mapping.json"
        with Month("2021-09") as month:
            month.flat(DATA / "flat" / "events.csv", mapping).view(lang="en").run()
            self.assertIn("Closure rate", month.bulletin("md").decode())
            self.assertEqual(month.excluded, 0)
        with Month("2021-09") as month:
            month.flat(DATA / "flat" / "events.csv", json.loads(mapping.read_text(encoding="utf-8"))).run()
            self.assertIn("结案率", month.bulletin("md").decode())

    def test_policy_and_parameters(self):
        parameters = {"schema": "gridgov.parameters/1", "version": "1", "office": "某街道",
                      "policy_parameters": {"daily_distance_km": "2.5"}}
        with small() as month:
            month.parameters(parameters).policy("baiguan-2021").run()
            self.assertIn("某街道", month.bulletin("md").decode())

    def test_results_outlive_the_month(self):
        month = small()
        issues = month.run()
        page, cards = month.bulletin(), month.scorecards()
        month.close()
        month.close()
        del month
        gc.collect()
        self.assertTrue(page and cards and all(str(issue) for issue in issues))

    def test_progress_sees_the_run_and_may_stop_it(self):
        head, row, *_ = EVENTS.splitlines()
        many = head + "\n" + "".join(f"E{i}{row[1:]}\n" for i in range(20000))
        seen = []
        with small(many) as month:
            month.run(progress=lambda stage, done, total: seen.append((stage, done, total)))
            self.assertEqual(month.summary("events")["added"], 20000)
        self.assertTrue(seen and all(stage for stage, _, _ in seen))
        with small(many) as month, self.assertRaises(GridgovError) as caught:
            month.run(progress=lambda *tick: True)
        self.assertEqual(caught.exception.status, "ECANCELLED")

        def broken(*_):
            raise KeyError("mine")

        with small(many) as month, self.assertRaises(KeyError):
            month.run(progress=broken)

    def test_threads_have_their_own_months(self):
        pages = [None] * 4

        def work(i):
            with Month("2021-09") as month:
                month.folder(BAIGUAN).run()
                pages[i] = month.bulletin("json")

        threads = [threading.Thread(target=work, args=(i,)) for i in range(len(pages))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertIsNotNone(pages[0])
        self.assertEqual(len(set(pages)), 1)


class Failures(unittest.TestCase):
    def test_error_has_every_field(self):
        with self.assertRaises(GridgovError) as caught:
            Month("2021-13")
        problem = caught.exception
        self.assertEqual((problem.status, problem.code, problem.value), ("EDATA", -12, "2021-13"))
        self.assertEqual(problem.rule_code, "bad-month")
        self.assertIn("2021-13", str(problem))
        self.assertNotEqual(problem.text("zh"), problem.text("en"))
        with self.assertRaises(ValueError):
            problem.text("fr")

    def test_bad_row_is_an_issue_not_an_error(self):
        with small(EVENTS + "5,城市管理,没有的网格,2021-09-05 08:31:00,有效\n6,城市管理,,二〇二一,有效\n") as month:
            found = [i for i in month.run() if i.severity == "error"]
            self.assertEqual([(type(i), i.source, i.row) for i in found],
                             [(Issue, "events.csv", 6), (Issue, "events.csv", 7)])
            self.assertEqual([i.value for i in found], ["没有的网格", "二〇二一"])
            self.assertEqual(month.excluded, 2)
            self.assertIn("草稿", month.bulletin("md").decode())

    def test_wrong_use(self):
        month = small()
        with self.assertRaises(ValueError):
            month.table("no such table", "a,b\n")
        with self.assertRaises(ValueError):
            month.bulletin()
        with self.assertRaises(GridgovError) as caught:
            month.policy("no-such-policy").run()
        self.assertEqual(caught.exception.status, "ENOTFOUND")
        month.close()
        for call in (month.run, month.scorecards, lambda: month.excluded, lambda: month.issues):
            with self.assertRaises(ValueError):
                call()
        with small() as month:
            month.run()
            with self.assertRaises(ValueError):
                month.bulletin("pdf")
            with self.assertRaises(GridgovError) as caught:
                month.run()
            self.assertEqual(caught.exception.status, "ESTATE")
            with self.assertRaises(GridgovError) as caught:
                month.table_csv("no-such-table")
            self.assertEqual(caught.exception.status, "ENOTFOUND")

    def test_missing_folder(self):
        with tempfile.TemporaryDirectory() as folder, Month("2021-09") as month:
            with self.assertRaises(GridgovError) as caught:
                month.folder(folder)
            self.assertEqual(caught.exception.status, "ENOTFOUND")
            with self.assertRaises(GridgovError) as caught:
                month.folder(os.path.join(folder, "nowhere"))
            self.assertEqual(caught.exception.status, "EIO")


class Package(unittest.TestCase):
    def test_version(self):
        self.assertRegex(gridgov.version(), r"^\d+\.\d+\.\d+$")

    def test_library_that_is_not_there(self):
        environment = {**os.environ, "GRIDGOV_LIBRARY": "/nowhere/libgridgov.so",
                       "PYTHONPATH": str(ROOT / "examples" / "python"), "PYTHONDONTWRITEBYTECODE": "1"}
        program = "import gridgov\ntry:\n gridgov.version()\nexcept gridgov.LibraryNotFound as e:\n print(e)"
        result = subprocess.run([sys.executable, "-c", program], env=environment, check=True,
                                capture_output=True, text=True)
        self.assertIn("/nowhere/libgridgov.so", result.stdout)

    def test_the_twenty_lines(self):
        program = ROOT / "examples" / "python" / "score_month.py"
        code = [line for line in program.read_text(encoding="utf-8").splitlines() if line.strip()]
        self.assertLessEqual(len(code), 20)
        environment = {**os.environ, "GRIDGOV_LIBRARY": os.path.abspath(gridgov.library_path()),
                       "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"}
        with tempfile.TemporaryDirectory() as folder:
            result = subprocess.run([sys.executable, str(program), str(BAIGUAN), "2021-09"], cwd=folder,
                                    env=environment, check=True, capture_output=True, encoding="utf-8")
            self.assertEqual(len(result.stdout.splitlines()), 65)
            self.assertGreater(pathlib.Path(folder, "bulletin.html").stat().st_size, 10000)


if __name__ == "__main__":
    if why_no_library():
        skip(why_no_library())
    unittest.main()
