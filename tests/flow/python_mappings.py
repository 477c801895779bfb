#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Headers and the built-in mappings from Python; mappings and metrics by name."""
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from flow_support import DATA, skip, why_no_library

if why_no_library():
    skip(why_no_library())
from gridgov import GridgovError, Month, Tally, header, mappings

packs = mappings()
assert {"events", "units", "patrol-days"} <= set(packs), sorted(packs)
assert "工单号" in packs["events"]["columns"]["id"]

# Every name of every built-in mapping is found in a header, as the field that it stands for.
checked = 0
for name, pack in packs.items():
    for field, names in pack["columns"].items():
        for text in names:
            found = None
            try:
                found = header(("%s\n" % text).encode("utf-8"), table=pack["table"])
            except GridgovError as error:  # the table needs more; the name is looked up with the rest
                assert error.rule_code == "header-none", error
                others = [code for code in packs[name]["columns"] if code != field]
                found = header((",".join(['"%s"' % text] + others) + "\n").encode("utf-8"), table=pack["table"])
            if pack["table"] == "units" and field in ("name", "parent", "unit", "grid"):
                continue  # a table of units has two forms
            assert found["columns"][0] == {"header": text, "field": field}, (name, field, text, found)
            checked += 1
assert checked > 300, checked

two = header("编号,类型,时间,\n,,上报,办结\n1,a,2021-09-05,\n".encode("utf-8"))
assert (two["table"], two["row"], two["rows"]) == ("events", 2, 2)
assert [column["field"] for column in two["columns"]] == ["id", "category", "reported_at", "closed_at"]
assert two["columns"][2]["header"] == "时间/上报"
assert header(DATA / "flat" / "events.csv")["row"] == 2
mapped = header("号,类,时\n".encode("utf-8"), mapping={"schema": "gridgov.mapping/1", "extends": "events",
                                                       "columns": {"id": "号", "category": "类", "reported_at": "时"}})
assert [column["field"] for column in mapped["columns"]] == ["id", "category", "reported_at"]
try:
    header("类型,地点,编号\n".encode("utf-8"))
    raise AssertionError("a header without a time was taken")
except GridgovError as error:
    assert error.rule_code == "header-near" and "上报时间" in error.message, error

with Month("2021-09") as month:
    month.flat(DATA / "flat" / "events.csv", "events")
    month.run()
    assert month.summary("events")["added"] == 60
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "a.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("案件编号,问题类型,立案时间\n1,噪声,2021-09-05\n")
    tally = Tally("standard", month="2021-09")
    assert tally.add_file(path, mapping="events")["added"] == 1
print(checked, "names")
