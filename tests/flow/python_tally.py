#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Columns and a file from Python give the same counts, which plain Python counts too."""
import array
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from flow_support import DATA, skip, why_no_library

if why_no_library():
    skip(why_no_library())
from gridgov import NO_TIME, Tally

metrics = str(DATA / "stream" / "metrics.json")
first = 1709222400  # 2024-03-01 00:00 +08:00
reported, closed, valid, grid, agency = array.array("q"), array.array("q"), array.array("b"), array.array("i"), array.array("i")
lines = ["event_id,grid_code,category,reported_at,accepted_at,dispatched_at,closed_at,agency_id,valid,description"]
expected = {}
for i in range(2000):
    days = i * 7 % 9
    reported.append(first + i * 600)
    closed.append(NO_TIME if i % 5 == 0 else reported[-1] + days * 86400)
    valid.append(2 if i % 11 == 0 else 1)  # 无效, 有效
    grid.append(i % 13)
    agency.append(-1)
    counts = expected.setdefault("G%02d" % grid[-1], [0, 0, 0])
    if valid[-1] == 1:
        counts[0] += 1
        counts[1] += closed[-1] != NO_TIME
        counts[2] += closed[-1] != NO_TIME and days <= 3

    def stamp(at):
        minute = (at - first) // 60
        return "2024-03-%02dT%02d:%02d:00" % (1 + minute // 1440, minute // 60 % 24, minute % 60)
    lines.append("E%d,G%02d,其他,%s,,,%s,,%d,\"a, b\"" % (i, grid[-1], stamp(reported[-1]),
                                                       "" if closed[-1] == NO_TIME else stamp(closed[-1]), valid[-1] == 1))
names = {"unit": ["G%02d" % i for i in range(13)], "category": ["其他"]}
found = []
span = (first - 86400, first + 400 * 86400)
with Tally(metrics, span=span) as tally:
    tally.add_columns(reported_at=reported, closed_at=closed, disposition=valid, unit=grid,
                      category=array.array("i", [0] * 2000), names=names)
    found.append(tally.counts("grid"))
with tempfile.TemporaryDirectory() as folder, Tally(metrics, span=span) as tally:
    path = os.path.join(folder, "events.csv")
    with open(path, "w", encoding="utf-8") as out:
        out.write("\n".join(lines))
    summary = tally.add_file(path, mapping=str(DATA / "stream" / "mapping.json"), workers=2)
    assert summary == {"read": 2000, "added": 2000, "skipped": 0, "excluded": 0}, summary
    found.append(tally.counts("grid"))
for counts in found:
    got = {name: [row["grid_n"], row["grid_closed"], row["grid_ontime"]] for name, row in counts.items() if name}
    assert got == expected, (got, expected)
try:
    with Tally(metrics, span=span) as tally:
        tally.add_columns(reported_at=[1, 2])
    raise AssertionError("a list is no column")
except ValueError:
    pass
print("columns, a file and Python count the same: %d grids" % len(expected))
