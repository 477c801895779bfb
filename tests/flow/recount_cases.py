#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Cases of two real logs, recounted here with nothing but the csv module and the clock of Python.

Boston's service requests: our verdict is the city's own ONTIME or OVERDUE on every request that has a target. A log of
permit receipts, one row a step, with stamps that switch between +01:00 and +02:00: who had each case for how long, and
which were closed by their deadline."""
import csv
import datetime
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import COMMAND, DATA, SHARED, skip

BOSTON = SHARED / "data" / "boston311" / "boston311_2011-07_09.csv"
RECEIPT = SHARED / "data" / "process_logs" / "receipt.csv"
FORMAT = "%Y-%m-%d %H:%M:%S"


def cases(source, *words):
    """What `gridgov cases --json` says, and the status it ends with."""
    done = subprocess.run([COMMAND, "cases", str(source), "--json", *words], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    assert done.returncode == 0, (done.returncode, done.stderr.decode("utf-8", "replace"))
    return json.loads(done.stdout)


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Boston(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rows = read(BOSTON)
        cls.document = cases(BOSTON, "--mapping", str(DATA / "boston311" / "mapping.json"), "--month", "2011-09",
                             "--at", "2040-01-01")
        cls.cases = {case["id"]: case for case in cls.document["cases"]}

    def test_our_verdict_is_the_citys(self):
        verdicts = {"ONTIME": "no", "OVERDUE": "yes"}
        compared = 0
        for row in self.rows:
            case = self.cases[row["case_enquiry_id"]]
            if not row["target_dt"]:
                self.assertEqual(case["limit"]["basis"], "none")
            elif row["closed_dt"]:
                self.assertEqual(case["limit"]["basis"], "row")
                if row["ontime"]:  # 82 closed requests with a target have no label
                    self.assertEqual(case["limit"]["overdue"], verdicts[row["ontime"]], row)
                    compared += 1
                late = row["closed_dt"] > row["target_dt"]  # stamps are local and sort as text
                self.assertEqual(case["limit"]["overdue"] == "yes", late)
        self.assertEqual(compared, sum(1 for row in self.rows
                                       if row["closed_dt"] and row["target_dt"] and row["ontime"]))
        self.assertGreater(compared, 25000)
        self.assertEqual(self.document["counts"]["differs"], 0)

    def test_duplicates_and_invalid_ones_are_counted(self):
        words = [row["closure_class"] for row in self.rows]
        self.assertEqual(self.document["dispositions"]["duplicate"], words.count("Duplicate of Existing Case"))
        self.assertEqual(self.document["dispositions"]["invalid"], words.count("Case Invalid"))
        self.assertEqual(self.document["counts"]["closed"], sum(1 for row in self.rows if row["closed_dt"]))


def second(stamp):
    """Whole seconds since 1970; None for no stamp."""
    if not stamp:
        return None
    moment = datetime.datetime.fromisoformat(stamp)
    return int(moment.replace(microsecond=0).timestamp())


def ends(row):
    """When a case began, and when it ended if it did; an end before the beginning cannot be and is not used."""
    begin, end = second(row["case:startdate"]), second(row["case:enddate"])
    return begin, None if end is not None and end < begin else end


class Receipt(unittest.TestCase):
    AT = second("2013-01-01 23:59:59+01:00")

    @classmethod
    def setUpClass(cls):
        cls.rows = read(RECEIPT)
        with tempfile.TemporaryDirectory() as folder:
            for file in (DATA / "receipt").iterdir():
                shutil.copyfile(file, pathlib.Path(folder) / file.name)
            for table in ("events.csv", "steps.csv"):
                shutil.copyfile(RECEIPT, pathlib.Path(folder) / table)
            cls.document = cases(folder, "--month", "2011-10", "--at", "2013-01-01")
            cls.cases = {case["id"]: case for case in cls.document["cases"]}
            cls.story = cases(folder, "--month", "2011-10", "--at", "2013-01-01", "--case", "case-10011")
        cls.of_case = {}
        for row in cls.rows:
            cls.of_case.setdefault(row["case:concept:name"], []).append(row)

    def test_offsets_switch(self):
        offsets = {row["time:timestamp"][-6:] for row in self.rows}
        self.assertEqual(offsets, {"+01:00", "+02:00"})
        both = [name for name, rows in self.of_case.items() if len({r["time:timestamp"][-6:] for r in rows}) == 2]
        self.assertGreater(len(both), 0)
        self.assertEqual(len(self.cases), len(self.of_case))

    def test_deadlines(self):
        verdicts = {"yes": 0, "no": 0}
        for name, rows in self.of_case.items():
            due, (_, end) = second(rows[0]["case:deadline"]), ends(rows[0])
            case = self.cases[name]
            if due is None:
                self.assertEqual(case["limit"]["basis"], "none")
                continue
            late = end > due if end is not None and end <= self.AT else self.AT >= due
            self.assertEqual(case["limit"]["overdue"], "yes" if late else "no", name)
            self.assertEqual(second(case["limit"]["due_at"]), due)
            verdicts[case["limit"]["overdue"]] += 1
        self.assertGreater(min(verdicts.values()), 100)

    def hand_overs(self, rows):
        """(group, from, to) in the order of the steps: whoever acts has the case."""
        begin, end = ends(rows[0])
        steps = sorted((second(r["time:timestamp"]), len(r["concept:instance"]), r["concept:instance"], r["org:group"])
                       for r in rows)
        holds = [[None, begin, None]]
        for at, _, _, group in steps:
            if group not in ("", "EMPTY", holds[-1][0]):
                holds[-1][2] = at
                holds.append([group, at, None])
        holds[-1][2] = self.AT if end is None else end
        return holds

    def test_hand_overs_and_times(self):
        refused = {finding["id"] for finding in self.document["findings"]}
        compared = 0
        for name, rows in self.of_case.items():
            if name in refused:
                continue  # a step before the start or after the end; those are the next test's
            holds = self.hand_overs(rows)
            self.assertEqual(self.cases[name]["agency"], holds[-1][0], name)
            compared += 1
        self.assertGreater(compared, 1200)
        (story,) = self.story["cases"]
        clocks = [c for c in story["clocks"] if c["clock"] == "holder"]
        expected = self.hand_overs(self.of_case["case-10011"])
        self.assertEqual([(c["agency"], second(c["from"]), second(c["to"])) for c in clocks],
                         [tuple(hold) for hold in expected])
        self.assertEqual([c["wall_seconds"] for c in clocks], [to - begin for _, begin, to in expected])
        self.assertEqual(sum(c["wall_seconds"] for c in clocks),
                         next(c["wall_seconds"] for c in story["clocks"] if c["clock"] == "total"))

    def test_what_is_refused_lies_outside_the_case(self):
        outside = set()
        for name, rows in self.of_case.items():
            begin, end = ends(rows[0])
            for row in rows:
                at = second(row["time:timestamp"])
                if at < begin or (end is not None and at > end):
                    outside.add((name, row["concept:instance"]))
        self.assertEqual(len(self.document["findings"]), len(outside))
        self.assertEqual({f["id"] for f in self.document["findings"]}, {name for name, _ in outside})


if __name__ == "__main__":
    if COMMAND is None:
        skip("there is no gridgov command")
    if not BOSTON.exists() or not RECEIPT.exists():
        skip(f"{BOSTON} or {RECEIPT} is absent")
    unittest.main()
