#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The committed rows of examples/data are what generate.py writes, and they hold what the bulletin counts."""
import collections
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import DATA


def rows(table):
    with open(DATA / "baiguan-2021-09" / (table + ".csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Generated(unittest.TestCase):
    def test_same_bytes(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, str(DATA / "generate.py"), folder], check=True)
            written = sorted(p.relative_to(folder) for p in pathlib.Path(folder).rglob("*") if p.is_file())
            self.assertEqual(len(written), 14)  # 13 of the month, 1 flat
            for path in written:
                self.assertEqual(pathlib.Path(folder, path).read_bytes(), (DATA / path).read_bytes(), path)

    def test_no_byte_order_mark_and_unix_lines(self):
        for path in (DATA / "baiguan-2021-09").iterdir():
            data = path.read_bytes()
            self.assertFalse(data.startswith(b"\xef\xbb\xbf") or b"\r" in data, path)

    def test_counts(self):
        units = rows("units")
        self.assertEqual((len({u["单位"] for u in units}), len(units)), (44, 65))
        kinds = collections.Counter(name[-1] for name in {u["单位"] for u in units})
        self.assertEqual(kinds, {"区": 28, "委": 9, "村": 7})
        events = rows("events")
        self.assertEqual((len(events), len({e["事件编号"] for e in events})), (2975, 2975))
        self.assertEqual(sum(e["认定结果"] != "有效" for e in events), 31)
        self.assertEqual(len(rows("agencies")), 17)
        self.assertEqual(len(rows("patrol_days")), 65 * 22 - 3 - 4 - 1)

    def test_mappings_are_json(self):
        for path in DATA.glob("*/*.json"):
            self.assertIn("schema", json.loads(path.read_text(encoding="utf-8")), path)


if __name__ == "__main__":
    unittest.main()
