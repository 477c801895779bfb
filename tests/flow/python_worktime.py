#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Working time through the ctypes package: moments of every form, columns without a copy, calendars of one's own, and failures."""
import array
import datetime
import gc
import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import skip, why_no_library

from gridgov import NO_TIME, GridgovError, Roster

ZONE = datetime.timezone(datetime.timedelta(hours=8))
FRIDAY = datetime.datetime(2021, 9, 17, 17, 0)


class WorkingTime(unittest.TestCase):
    def test_moments(self):
        with Roster() as office:
            saturday = datetime.datetime(2021, 9, 18, 9, 0)
            self.assertEqual(office.between(FRIDAY, saturday), 7200)
            self.assertEqual(office.between(saturday, FRIDAY), -7200)
            self.assertEqual(office.between(FRIDAY.replace(tzinfo=ZONE), saturday.replace(tzinfo=ZONE)), 7200)
            self.assertEqual(office.between(1631869200, 1631926800.0), 7200)
            self.assertEqual(office.add(FRIDAY, 7200), saturday.replace(tzinfo=ZONE))
            self.assertEqual(office.due(FRIDAY, 7, begins="next_day").isoformat(), "2021-09-28T18:00:00+08:00")
            self.assertEqual(office.due(FRIDAY, 2, "紧急工作时").isoformat(), "2021-09-17T19:00:00+08:00")
            self.assertEqual(len(office.digest), 64)

    def test_columns(self):
        with Roster("duty") as duty:
            starts = array.array("q", [1631869200, NO_TIME, 1631869200])
            ends = array.array("q", [1631926800, 0, 1 << 60])
            self.assertEqual(list(duty.between_column(starts, ends)), [57600, NO_TIME, NO_TIME])
            self.assertEqual(list(duty.add_column(starts, [60, 60, 0])), [1631869260, NO_TIME, 1631869200])
            self.assertEqual(list(duty.between_column(memoryview(starts), memoryview(ends).toreadonly()))[0], 57600)
            self.assertEqual(list(duty.between_column([], [])), [])
            for bad in ([1], array.array("i", [1, 2, 3]), memoryview(array.array("q", range(6)))[::2]):
                with self.assertRaises(ValueError):
                    duty.between_column(starts, bad)

    def test_calendars_of_ones_own(self):
        notices = ['{"year": 2031, "papers": [], "days": [{"name": "n", "date": "2031-10-01", "isOffDay": true}]}',
                   '{"year": 2032, "papers": [], "days": [{"name": "n", "date": "2031-12-31", "isOffDay": true}]}']
        start, end = datetime.datetime(2031, 12, 29), datetime.datetime(2032, 1, 3)
        with Roster(calendar=notices) as office:
            self.assertEqual(office.between(start, end), 4 * 28800)
        with Roster(calendar="date,kind\n2031-12-30,holiday\n2031-10-01,holiday\n2032-01-01,holiday\n") as office:
            self.assertEqual(office.between(start, end), 3 * 28800)
        with Roster(calendar="weekends") as office:
            self.assertEqual(office.between(start, end), 5 * 28800)
        night = '{"schema": "gridgov.roster/1", "name": "night", "slots": {"workday": ["20:00-24:00"]}}'
        with Roster(night) as roster:
            self.assertEqual(roster.between(FRIDAY, FRIDAY + datetime.timedelta(1)), 4 * 3600)

    def test_failures(self):
        with Roster() as office:
            with self.assertRaises(GridgovError) as caught:
                office.between(FRIDAY, datetime.datetime(2031, 1, 1))
            self.assertEqual(caught.exception.rule_code, "calendar-year-not-covered")
            with self.assertRaises(ValueError):
                office.between(FRIDAY, FRIDAY, "weeks")
        for calendar in ("mars", "{}", "date,kind\n2031-10-32,holiday\n", "date,kind\n2031-10-01,weekend\n", "a,b\n1,2\n", []):
            with self.assertRaises(GridgovError):
                Roster(calendar=calendar)
        for roster in ("night", "{}"):
            with self.assertRaises(GridgovError):
                Roster(roster)
        office.close()
        del office
        gc.collect()


if __name__ == "__main__":
    why = why_no_library()
    if why:
        skip(why)
    unittest.main(verbosity=0)
