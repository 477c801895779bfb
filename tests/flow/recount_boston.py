#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""July, August and September 2011 of Boston's service requests, recounted here with nothing but the csv module
and compared with the tables that the library makes through examples/data/boston311/mapping.json."""
import collections
import csv
import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import DATA, SHARED, make_files, percent, read_csv, skip

EXPORT = SHARED / "data" / "boston311" / "boston311_2011-07_09.csv"
MAPPING = DATA / "boston311" / "mapping.json"
# Month, its last second in the file's own spelling (stamps are local and sort as text), requests reported in it.
MONTHS = [("2011-07", "2011-07-31 23:59:59", 9854), ("2011-08", "2011-08-31 23:59:59", 11547),
          ("2011-09", "2011-09-30 23:59:59", 10427)]


def recount(rows, month, cut_off):
    """Expected rows of both tables; what the file does not say, who passed a case on, is `/`."""
    reported = [row for row in rows if row["open_dt"].startswith(month)]
    count = collections.Counter(row["reason"] for row in reported)
    categories = [[name, str(n), percent(n, len(reported))] for name, n in count.items()]
    handled = collections.Counter(row["department"] for row in reported)
    closed = collections.Counter(row["department"] for row in reported
                                 if row["closed_dt"] and row["closed_dt"] <= cut_off)
    agencies = []
    for name in sorted(handled, key=lambda text: text.encode("utf-8")):
        n = handled[name]
        agencies.append([name, str(n), "/", str(closed[name]), percent(closed[name], n, trim=True)])
    return len(reported), categories, agencies


class Boston(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        with open(EXPORT, encoding="utf-8", newline="") as file:
            cls.rows = list(csv.DictReader(file))

    def compare(self, month, cut_off, total, as_of=None):
        files = make_files(month, EXPORT, MAPPING, as_of)
        self.assertNotIn("草稿", files["bulletin.md"].decode("utf-8"))  # not one row is left out
        expected_total, categories, agencies = recount(self.rows, month, cut_off)
        self.assertEqual(expected_total, total)
        _, *rows, last = read_csv(files["categories.csv"])
        self.assertEqual(last[1], str(total))
        self.assertEqual(sorted(rows), sorted(categories))
        counts = [int(row[1]) for row in rows]
        self.assertEqual(counts, sorted(counts, reverse=True))
        self.assertEqual(sum(counts), total)
        self.assertEqual(read_csv(files["agencies.csv"])[1:], agencies)

    def test_three_months(self):
        for month, cut_off, total in MONTHS:
            with self.subTest(month=month):
                self.compare(month, cut_off, total)

    def test_later_cut_off_closes_more(self):
        self.compare("2011-07", "2011-08-31 23:59:59", 9854, as_of="2011-08-31")

    def test_cut_off_is_inclusive_to_the_second(self):
        closures = sorted(row["closed_dt"] for row in self.rows
                          if row["open_dt"].startswith("2011-07") and row["closed_dt"] > "2011-08-10")
        self.compare("2011-07", closures[0], 9854, as_of=closures[0])


if __name__ == "__main__":
    if not EXPORT.exists():
        skip(f"{EXPORT} is absent")
    unittest.main()
