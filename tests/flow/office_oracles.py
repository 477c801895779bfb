#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every cell of every workbook of ../shared/data is what openpyxl (XLSX) and xlrd (XLS) read."""
import datetime
import os
import pathlib
import sys
import unittest
import warnings

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import skip
from office_support import FOLDERS, files, read

try:
    import openpyxl
    import xlrd
except ImportError as problem:
    skip("%s; install openpyxl and xlrd" % problem)


# What the oracles do not do: hours beyond a day are no moment; 29 February 1900 is no day; openpyxl leaves the
# escapes of ST_Xstring alone and knows fewer number formats.
def is_known(path, text, want):
    return (path.name in ("date.xls", "date_1904.xls") and text == "255:10:10" or
            path.name.startswith("dates-leap-year") and text.startswith("1900-02-29") or
            path.name == "t09.xlsx" and text == "SH_x000D_Z002" or
            path.name == "dataformat.xlsx" and text == "2020-01-01 01:01:01" and isinstance(want, float))


def same(text, want):
    if isinstance(want, bool):
        return text == ("TRUE" if want else "FALSE")
    if isinstance(want, (int, float)):
        try:
            number = float(text[:-1]) / 100 if text.endswith("%") else float(text)
        except ValueError:
            return False
        return abs(number - want) <= abs(want) * 1e-14
    if isinstance(want, datetime.datetime):
        for form in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d"):
            try:
                return abs((datetime.datetime.strptime(text, form) - want).total_seconds()) <= 0.51
            except ValueError:
                pass
        return False
    if isinstance(want, datetime.time):
        return text == want.strftime("%H:%M:%S")
    if isinstance(want, datetime.timedelta):
        seconds = round(want.total_seconds())
        return text == "%02d:%02d:%02d" % (seconds // 3600, seconds // 60 % 60, seconds % 60)
    return plain(text) == plain(want)


def plain(text):
    return str(text).replace("_x000D_", "").replace("\r", "").strip()


def by_openpyxl(path):
    book = openpyxl.load_workbook(path, data_only=True)
    return {sheet.title: {(cell.row, cell.column - 1): cell.value for cell in list(sheet._cells.values())
                          if cell.value is not None} for sheet in book.worksheets}


def by_xlrd(path):
    book, sheets = xlrd.open_workbook(path, logfile=open(os.devnull, "w")), {}
    for sheet in book.sheets():
        cells = sheets.setdefault(sheet.name, {})
        for row in range(sheet.nrows):
            for column in range(sheet.ncols):
                kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
                if kind == 3:
                    value = xlrd.xldate_as_datetime(value, book.datemode)
                elif kind == 4:
                    value = bool(value)
                elif kind == 5:
                    value = xlrd.error_text_from_code.get(value)
                if kind not in (0, 6) and value != "":
                    cells[row + 1, column] = value
    return sheets


class Oracles(unittest.TestCase):
    def test_every_cell_is_what_others_read(self):
        warnings.simplefilter("ignore")
        compared, unread = 0, []
        for path in files():
            ours = read(path)
            if isinstance(ours, str):
                continue
            try:
                theirs = by_xlrd(path) if path.suffix == ".xls" else by_openpyxl(path)
            except Exception:  # the oracle does not read every file that we read
                unread.append(path.name)
                continue
            for name, _, cells in ours:
                for key in sorted(set(cells) | set(theirs.get(name, {}))) if name in theirs else []:
                    text, want = cells.get(key, ""), theirs[name].get(key, "")
                    compared += 1
                    if not same(text, want) and not is_known(path, text, want):
                        self.fail("%s %s %s: %r, not %r" % (path.name, name, key, text, want))
        print("%d cells compared; not read by the oracles: %s" % (compared, ", ".join(unread)))
        self.assertGreater(compared, 100000)
        self.assertLess(len(unread), 8)


if __name__ == "__main__":
    if not FOLDERS[0].is_dir():
        skip("there is no ../shared/data")
    unittest.main()
