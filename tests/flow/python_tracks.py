#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Patrol tracks through the ctypes package: columns of every form without a copy, codes as text, rules, and failures."""
import array
import datetime
import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import skip, why_no_library

from gridgov import GridgovError, Tracks

START = 1630800000  # 2021-09-05T08:00:00+08:00


def ints(values):
    return array.array("i", values)


class PatrolTracks(unittest.TestCase):
    def test_columns(self):
        at = array.array("q", [START + 28800, START + 28860, START + 28830])
        days = []
        for lat, lon in ((ints([300197000, 300207000, 300202000]), ints([1208706000] * 3)),
                         (array.array("d", [30.0197, 30.0207, 30.0202]), array.array("d", [120.8706] * 3))):
            for officer in (array.array("I", [7] * 3), array.array("q", [7] * 3), ["7"] * 3):
                with Tracks(workers=2) as tracks:
                    tracks.add(officer, at, lat, lon, time_add=-28800)
                    days.append(list(tracks.days()))
                    self.assertEqual(tracks.summary()["late"], 1)
        self.assertTrue(all(day == days[0] for day in days))
        (day,) = days[0]
        self.assertEqual((day.officer, day.day, day.fixes, day.online_s), ("7", datetime.date(2021, 9, 5), 3, 60))
        self.assertAlmostEqual(day.distance_mm, 110853, delta=1)
        self.assertTrue(day.online)

    def test_nothing_is_copied(self):
        at = array.array("q", [START])
        with Tracks() as tracks:
            tracks.add(array.array("I", [1]), at, ints([0]), ints([0]))
            at.append(START + 1)  # the buffer is free again after the call
            self.assertEqual(len(list(tracks.days())), 1)

    def test_read_only_buffers(self):
        with Tracks() as tracks:
            tracks.add(memoryview(bytes(array.array("I", [5]))).cast("I"), array.array("q", [START]), ints([0]), ints([0]))
            self.assertEqual([day.officer for day in tracks.days()], ["5"])

    def test_rules(self):
        with Tracks('{"schema": "gridgov.tracks/1", "gap_s": 10}', datum="gcj02") as tracks:
            tracks.add(["张三", "张三"], array.array("q", [START, START + 60]), ints([300000000] * 2), ints([1200000000] * 2))
            (day,) = tracks.days()
            self.assertEqual((day.officer, day.fixes, day.online_s), ("张三", 2, 0))

    def test_failures(self):
        with self.assertRaises(GridgovError):
            Tracks('{"schema": "gridgov.tracks/1", "gap": 10}')
        with self.assertRaises(GridgovError):
            Tracks(workers=0)
        with Tracks() as tracks:
            with self.assertRaises(ValueError):
                tracks.add(array.array("I", [1, 2]), array.array("q", [START]), ints([0]), ints([0]))
            with self.assertRaises(ValueError):
                tracks.add(array.array("I", [1]), array.array("i", [START]), ints([0]), ints([0]))
            with self.assertRaises(GridgovError):
                tracks.add(array.array("q", [-1]), array.array("q", [START]), ints([0]), ints([0]))


if __name__ == "__main__":
    why = why_no_library()
    if why:
        skip(why)
    unittest.main(verbosity=0)
