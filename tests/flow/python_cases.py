#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Cases through the ctypes package: moments of every form, filters, one story, and a month printed before and after late
records came in."""
import csv
import datetime
import gc
import io
import pathlib
import re
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import DATA, skip, why_no_library

from gridgov import GridgovError, Month

ZONE = datetime.timezone(datetime.timedelta(hours=8))
EVENTS = """事件编号,类型,承办单位,上报时间,办结时间,办结时限,是否超时,录入时间
A,城市管理,,2021-09-01 08:00,,2021-09-03 18:00,,2021-09-01 08:00
B,矛盾纠纷,,2021-09-05 09:00,,2021-09-20 18:00,,2021-09-05 09:00
C,消防安全,,2021-09-10 09:00,2021-09-12 09:00,2021-09-11,否,2021-09-12 10:00
"""
STEPS = """事件编号,环节,时间,承办单位,录入时间,环节编号
B,派遣,2021-09-05 09:20,派出所,2021-09-05 09:20,1
B,处置,2021-09-05 11:00,司法所,2021-09-05 11:00,2
"""
LATE_EVENTS = "A,城市管理,,2021-09-01 08:00,2021-09-02 10:00,2021-09-03 18:00,否,2021-10-08 09:00\n"
LATE_STEPS = "B,结案,2021-09-29 10:00,,2021-10-03 09:00,3\n"


def run(events, steps):
    month = Month("2021-09").table("events", events).table("steps", steps)
    month.parameters({"schema": "gridgov.parameters/1", "taxonomy": "as-found"}).run()
    return month


class Cases(unittest.TestCase):
    def test_list_and_filters(self):
        with run(EVENTS, STEPS) as month, month.cases() as cases:
            self.assertEqual(len(cases), 3)
            document = cases.document()
            self.assertEqual(document["counts"], {"cases": 3, "open": 2, "closed": 1, "suspended": 0, "overdue": 3,
                                                  "differs": 1, "due": 2, "refused": 1, "findings": 1})
            self.assertEqual([c["id"] for c in cases.document("overdue", "open")["cases"]], ["A", "B"])
            self.assertEqual([c["id"] for c in cases.document("判定不一")["cases"]], ["C"])
            self.assertEqual(document["findings"][0]["rule"], "step-not-by-holder")
            with self.assertRaises(ValueError):
                cases.document("no such filter")

    def test_story(self):
        with run(EVENTS, STEPS) as month:
            cases = month.cases(at="2021-09-05 12:00")
        gc.collect()  # the month is gone, the cases are not
        story = cases.story("B")
        self.assertEqual(story["state"], "offered")
        self.assertEqual([s["accepted"] for s in story["steps"]], [True, True, False])
        total = next(c for c in story["clocks"] if c["clock"] == "total")
        self.assertEqual(total["wall_seconds"], 3 * 3600)
        self.assertEqual(sum(c["wall_seconds"] for c in story["clocks"] if c["clock"] == "holder"), 3 * 3600)
        with self.assertRaises(KeyError):
            cases.story("Z")
        cases.close()
        with self.assertRaises(ValueError):
            len(cases)

    def test_moments(self):
        noon = datetime.datetime(2021, 9, 5, 12, tzinfo=ZONE)
        with run(EVENTS, STEPS) as month:
            for moment in (noon, int(noon.timestamp()), "2021-09-05 12:00"):
                self.assertEqual(month.cases(at=moment).document()["as_of"], "2021-09-05T12:00:00+08:00")
            self.assertEqual(month.cases(at="2021-09-05").document()["as_of"], "2021-09-05T23:59:59+08:00")
            with self.assertRaises(GridgovError):
                month.cases(at="noon")

    def test_late_records_do_not_rewrite_september(self):
        def september(events, steps, **words):
            with run(events, steps) as month, month.cases(**words) as cases:
                return [cases.story(number) for number in "ABC"]

        before = september(EVENTS, STEPS)
        after = september(EVENTS + LATE_EVENTS, STEPS + LATE_STEPS)
        self.assertEqual(before, after)
        told = september(EVENTS + LATE_EVENTS, STEPS + LATE_STEPS, known_by="2021-10-09")
        self.assertEqual([case["class"] for case in told], ["closed", "closed", "closed"])
        self.assertEqual(told[0]["closed_at"], "2021-09-02T10:00:00+08:00")

    def test_a_printed_month_stays_as_it_was(self):
        def printed(events, steps):
            with run(events, steps) as month:
                text = month.bulletin("md").decode("utf-8")
                tables = [month.table_csv(name) for name in ("categories", "agencies")]
            # What was read is pinned by digests, and those do change.
            return [line for line in text.splitlines() if not re.search("[0-9a-f]{16}", line)], tables

        text, tables = printed(EVENTS, STEPS)
        self.assertGreater(len(text), 10)
        self.assertEqual(printed(EVENTS + LATE_EVENTS, STEPS + LATE_STEPS), (text, tables))
        late = (EVENTS + LATE_EVENTS).replace("2021-10-08", "2021-09-28")  # in time, it does count
        self.assertNotEqual(printed(late, STEPS + LATE_STEPS.replace("2021-10-03", "2021-09-29")), (text, tables))

    def test_times_in_rows_are_known_with_their_rows(self):
        head = "事件编号,类型,承办单位,上报时间,派遣时间,办结时间,录入时间\n"
        rows = ["A,其他,派出所,2021-09-01 08:00,,,2021-09-01 09:00\n",
                "A,其他,派出所,2021-09-01 08:00,2021-09-01 10:00,,2021-10-02 09:00\n",
                "A,其他,派出所,2021-09-01 08:00,2021-09-01 10:00,2021-09-30 08:00,2021-10-05 09:00\n"]
        empty = STEPS.splitlines()[0] + "\n"
        for order in (rows, rows[::-1]):
            with run(head + "".join(order), empty) as month:
                self.assertIsNone(month.cases().story("A")["dispatched_at"])
                later = month.cases(known_by="2021-10-09").story("A")
                # Two rows that say the same of the dispatch tell of one, and are no contradiction.
                notes = [issue.message for issue in month.issues if "step" in issue.message]
            self.assertEqual((later["dispatches"], later["class"]), (1, "closed"))
            self.assertEqual(later["dispatched_at"], "2021-09-01T10:00:00+08:00")
            self.assertEqual(notes, [])

    def test_opening(self):
        with run(EVENTS, STEPS) as month, month.cases() as cases:
            opening, steps = cases.csv("open"), cases.csv("open", steps=True)
        rows = list(csv.DictReader(io.StringIO(opening.decode("utf-8"), newline="")))
        self.assertEqual([row["事件编号"] for row in rows], ["A", "B"])
        with Month("2021-10").table("opening", opening).table("opening_steps", steps) as month:
            month.parameters({"schema": "gridgov.parameters/1", "taxonomy": "as-found"}).run()
            story = month.cases(at="2021-09-30").story("B")
        self.assertEqual((story["state"], story["agency"], story["opening"]), ("offered", "派出所", True))

    def test_the_example(self):
        with Month("2021-09").folder(DATA / "baiguan-2021-09") as month:
            month.run()
            counts = month.cases().document()["counts"]
        self.assertEqual(counts["cases"], 2975)
        self.assertEqual(counts["open"] + counts["closed"], 2975)


if __name__ == "__main__":
    if why_no_library():
        skip(why_no_library())
    unittest.main()
