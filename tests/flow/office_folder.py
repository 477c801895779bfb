#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A month folder whose tables are CSV, XLSX, or CSV under the name of a workbook: the same bulletin byte for byte; two files of one
table, and sheets that are not read, are told."""
import csv
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import COMMAND, DATA, skip

try:
    import openpyxl
except ImportError:
    skip("openpyxl is not installed")


def rows_of(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def workbook(path, sheets):
    """A workbook of text cells; sheets: (name, rows)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([cell or None for cell in row])
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.value is not None:
                    cell.number_format, cell.data_type = "@", "s"
    book.save(path)


def run(*words):
    return subprocess.run([COMMAND, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
                          check=False)


class Folder(unittest.TestCase):
    def setUp(self):
        self.held = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.held.name)
        self.month = self.root / "month"
        shutil.copytree(DATA / "baiguan-2021-09", self.month)

    def tearDown(self):
        self.held.cleanup()

    def bulletin(self, folder, *more):
        out = self.root / ("out-" + folder.name.replace(".", "-"))  # a name like x.xlsx would be one file
        shutil.rmtree(out, ignore_errors=True)
        done = run("bulletin", folder, "--month", "2021-09", "-o", out, *more)
        files = {path.name: path.read_bytes() for path in out.iterdir()} if out.is_dir() else None
        return done, files

    def test_every_table_as_a_workbook(self):
        done, expected = self.bulletin(self.month)
        self.assertEqual(done.returncode, 0, done.stderr)
        tables = sorted(self.month.glob("*.csv"))
        self.assertGreater(len(tables), 3)
        for number, path in enumerate(tables):  # one after the other, then all of them
            ending, name = [(".xlsx", "Sheet1"), (".XLSX", "说明"), (".xlsm", path.stem)][number % 3]
            workbook(path.with_suffix(ending), [("空", []), (name, rows_of(path))])
            path.unlink()
            done, found = self.bulletin(self.month)
            self.assertEqual((done.returncode, found == expected), (0, True), path.name + done.stderr)

    def test_a_csv_called_xls(self):
        _, expected = self.bulletin(self.month)
        events = self.month / "events.csv"
        events.with_suffix(".xls").write_bytes(events.read_bytes().decode("utf-8-sig").encode("gb18030"))
        events.unlink()
        done, found = self.bulletin(self.month)
        self.assertEqual((done.returncode, found == expected), (0, True), done.stderr)

    def test_two_files_of_one_table(self):
        workbook(self.month / "events.xlsx", [("事件", rows_of(self.month / "events.csv"))])
        done, found = self.bulletin(self.month, "--lang", "en")
        self.assertEqual((done.returncode, found), (3, None))
        self.assertIn('"events.csv"', done.stderr)
        self.assertIn('"events.xlsx"', done.stderr)

    def test_the_sheet_of_the_table(self):
        rows = rows_of(self.month / "events.csv")
        _, expected = self.bulletin(self.month)
        (self.month / "events.csv").unlink()
        workbook(self.month / "events.xlsx", [("透视", [["合计", "2975"]]), ("旧表", rows[:9]), ("事件", rows)])
        done, found = self.bulletin(self.month)  # the name goes before the order of the tabs
        self.assertEqual((done.returncode, found == expected), (0, True), done.stderr)
        workbook(self.month / "events.xlsx", [("透视", [["合计", "2975"]])])
        done, found = self.bulletin(self.month)
        self.assertEqual((done.returncode, found), (3, None))
        self.assertIn("events.xlsx", done.stderr)

    def test_a_mapping_beside_it(self):
        flat = DATA / "flat"
        rows = rows_of(flat / "events.csv")
        for folder, name in (("as-csv", "events.csv"), ("as-xlsx", "events.xlsx")):
            (self.root / folder).mkdir()
            shutil.copy(flat / "mapping.json", self.root / folder / "events.mapping.json")
            shutil.copy(self.month / "units.csv", self.root / folder)
            if name.endswith("csv"):
                shutil.copy(flat / "events.csv", self.root / folder)
            else:
                workbook(self.root / folder / name, [("导出", rows)])
        one, expected = self.bulletin(self.root / "as-csv")
        two, found = self.bulletin(self.root / "as-xlsx")
        self.assertEqual((one.returncode, two.returncode), (0, 0), one.stderr + two.stderr)
        self.assertEqual(found, expected)

    def test_a_mixed_folder_becomes_a_workbook(self):
        _, expected = self.bulletin(self.month)
        units, events = self.month / "units.csv", self.month / "events.csv"
        workbook(units.with_suffix(".xlsx"), [("单位", rows_of(units))])
        units.unlink()
        events.write_bytes(events.read_bytes().decode("utf-8-sig").encode("gb18030"))
        (self.month / "policy.json").write_text("{}")
        done = run("init", self.root / "month.xlsx", "--from", self.month, "--lang", "en")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stderr, r"policy\.json: not written into the workbook")
        done, found = self.bulletin(self.root / "month.xlsx")
        self.assertEqual((done.returncode, found == expected), (0, True), done.stderr)
        (self.month / "units.csv").write_text("x")
        done = run("init", self.root / "again.xlsx", "--from", self.month, "--lang", "en")
        self.assertEqual((done.returncode, (self.root / "again.xlsx").exists()), (3, False))
        self.assertIn("units.xlsx", done.stderr)

    def test_two_sheets_of_one_workbook_that_look_like_one_table(self):
        rows = rows_of(self.month / "events.csv")
        month = self.root / "month.xlsx"
        workbook(month, [("上旬", rows[:99]), ("中旬", rows[:1] + rows[99:])])
        done = run("bulletin", month, "--month", "2021-09", "-o", self.root / "o", "--lang", "en")
        self.assertEqual(done.returncode, 3)
        self.assertIn("上旬", done.stderr)
        self.assertIn("中旬", done.stderr)
        workbook(month, [("事件", rows), ("草稿", rows[:9])])
        done = run("bulletin", month, "--month", "2021-09", "-o", self.root / "o", "--lang", "en")
        self.assertEqual(done.returncode, 0)
        self.assertIn('sheet "草稿" has the columns of table events as well', done.stderr)


if __name__ == "__main__":
    if COMMAND is None:
        skip("GRIDGOV_COMMAND is not set")
    with tempfile.TemporaryDirectory() as probe:
        if run("init", pathlib.Path(probe) / "month.xlsx").returncode == 2:
            skip("the command was built without gridgov::office")
    unittest.main()
