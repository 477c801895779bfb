#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""docs/metrics.md: every document on the page loads and counts; every condition, attribution, cut-off and quantity that
the library knows is on the page, and no other."""
import json
import pathlib
import re
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import DATA, ROOT, skip, why_no_library

PAGE = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")
HEADER = (ROOT / "include" / "gridgov" / "codes_count.h").read_text(encoding="utf-8")


def constants(kind):
    """Codes of a kind by the names of its constants."""
    return {name.lower() for name in re.findall(rf"GRIDGOV_{kind}_([A-Z_]+) = \d+", HEADER)}


class Page(unittest.TestCase):
    def test_documents(self):
        documents = re.findall(r"```json\n(.*?)```", PAGE, re.S)
        self.assertEqual(len(documents), 3)
        with gridgov.Month("2021-09").folder(str(DATA / "baiguan-2021-09")) as month:
            month.run()
            for text in documents:
                agencies = month.agencies(json.loads(text))["agencies"]
                self.assertEqual(len(agencies), 17)
            squad = next(agency for agency in agencies if agency["name"] == "综合执法城南中队")
            self.assertEqual(squad["ratios"]["closing_rate"]["percent"], "100.00")
            self.assertEqual(squad["composites"]["score"]["points_milli"], 100000)
            self.assertEqual(squad["composites"]["score"]["grade"], "A")

    def test_conditions_are_those_of_the_library(self):
        section = PAGE[PAGE.index("### Conditions"):PAGE.index("## 应结案数")]
        table = "\n".join(line.split("|")[1] for line in section.splitlines() if line.startswith("| `"))
        self.assertEqual(set(re.findall(r"`([a-z_]+)`", table)), constants("CONDITION"))

    def test_words_are_those_of_the_library(self):
        for member, kind in (("attribution", "ATTRIBUTION"), ("cut_off", "CUT_OFF"), ("quantity", "QUANTITY")):
            line = next(line for line in PAGE.splitlines() if line.startswith(f"| `{member}`"))
            self.assertEqual(set(re.findall(r"`([a-z_]+)`", line.split("|")[2])), constants(kind))

    def test_clocks_are_those_of_the_whole_case(self):
        line = next(line for line in PAGE.splitlines() if line.startswith("| `clock`"))
        words = re.findall(r"`([a-z_]+)` \(", line)
        for word in ("total", "first_close", "response", "holder"):
            document = {"schema": "gridgov.metrics/1", "metrics": [{
                "code": "c", "name": "c", "dimension": "agency", "measure": "cases", "quantity": "seconds", "clock": word}]}
            with gridgov.Month("2021-09").folder(str(DATA / "baiguan-2021-09")) as month:
                month.run()
                if word in words:
                    month.agencies(document)
                else:
                    self.assertRaises(gridgov.GridgovError, month.agencies, document)
        self.assertEqual(words, ["total", "first_close", "response"])


if __name__ == "__main__":
    reason = why_no_library()
    if reason:
        skip(reason)
    import gridgov
    unittest.main()
