#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every workbook of ../shared/data reads as the table of docs/office-suites.md says, or is refused with the rule it names.
`--update` rewrites the table."""
import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import ROOT, skip
from office_support import FOLDERS, files, read

PAGE = ROOT / "docs" / "office-suites.md"


def describe(path):
    result = read(path)
    if isinstance(result, str):
        return "refused: `%s`" % result
    parts = []
    for name, state, cells in result[:6]:
        rows = len({row for row, _ in cells})
        parts.append("%s%s %d×%d" % (name.strip().replace("|", "\\|"), " (hidden)" if state else "", rows, len(cells)))
    more = ", and %d more" % (len(result) - 6) if len(result) > 6 else ""
    return ", ".join(parts) + more if parts else "no sheet"


def table():
    lines = ["| file | reads as: sheet, rows with text × cells with text |", "|---|---|"]
    return lines + ["| %s/%s | %s |" % (path.parent.name, path.name, describe(path)) for path in files()]


class Suites(unittest.TestCase):
    maxDiff = None

    def test_every_file_reads_as_the_page_says(self):
        printed = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("|")]
        self.assertEqual(printed, table())


if __name__ == "__main__":
    if not FOLDERS[0].is_dir():
        skip("there is no ../shared/data")
    if sys.argv[1:] == ["--update"]:
        text = PAGE.read_text("utf-8")
        head = text[:text.index("| file |")]
        PAGE.write_text(head + "\n".join(table()) + "\n", "utf-8")
    else:
        unittest.main()
