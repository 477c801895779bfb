#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every workbook of ../shared/data reads as the table of docs/office-suites.md says, or is refused with the rule it names; and
every cell is what openpyxl (XLSX) and xlrd (XLS) read, where they are installed. `--update` rewrites the table."""
import ctypes
import datetime
import os
import pathlib
import sys
import unittest
import warnings

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import ROOT, SHARED, skip

PAGE = ROOT / "docs" / "office-suites.md"
FOLDERS = [SHARED / "data" / "xlsx" / "readxl", SHARED / "data" / "xlsx" / "calamine",
           SHARED / "data" / "xlsx" / "easyexcel", SHARED / "data" / "zh_tables"]
P = ctypes.c_void_p


class Error(ctypes.Structure):
    _fields_ = [("status", ctypes.c_int32), ("detail", ctypes.c_int32), ("row", ctypes.c_int64),
                ("column", ctypes.c_int32), ("rule", ctypes.c_int32), ("field", ctypes.c_char * 64),
                ("source", ctypes.c_char * 160), ("value", ctypes.c_char * 96), ("message", ctypes.c_char * 168)]


class Options(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32), ("merged", ctypes.c_int32), ("printed", ctypes.c_int32),
                ("table", ctypes.c_int32), ("sheet", ctypes.c_char_p), ("source", ctypes.c_char_p),
                ("limits", ctypes.c_int64 * 9), ("csv", P)]


class Sheet(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32), ("state", ctypes.c_int32), ("name", ctypes.c_char_p)]


def load():
    path = os.environ.get("GRIDGOV_OFFICE_LIBRARY", "")
    if ".so" not in path:
        skip("gridgov::office was not built as a shared library")
    core = ctypes.CDLL(os.environ["GRIDGOV_LIBRARY"], mode=ctypes.RTLD_GLOBAL)
    office = ctypes.CDLL(path)
    for library, name, result, arguments in [
            (office, "workbook_open_file", ctypes.c_int32, [P, ctypes.c_char_p, P, P]),
            (office, "workbook_rows", ctypes.c_int32, [P, P, ctypes.c_int64, P]),
            (office, "workbook_sheet_at", ctypes.c_int32, [P, P, ctypes.c_int64]),
            (office, "workbook_free", None, [P]), (core, "rows_next", ctypes.c_int32, [P, P]),
            (core, "rows_text", ctypes.c_char_p, [P, ctypes.c_int64, P]), (core, "rows_count", ctypes.c_int64, [P]),
            (core, "rows_number", ctypes.c_int64, [P]), (core, "rows_free", None, [P]),
            (core, "rule_code", ctypes.c_char_p, [ctypes.c_int32])]:
        function = getattr(library, "gridgov_" + name)
        function.restype, function.argtypes = result, arguments
    return core, office


CORE, OFFICE = load()
NONE = 1  # GRIDGOV_MERGED_NONE: cells as they stand


def read(path):
    """Sheets as (name, state, {(row, column): text}), or the code of the rule that refused the file."""
    error, book, options = Error(), P(), Options(ctypes.sizeof(Options), NONE)
    if OFFICE.gridgov_workbook_open_file(ctypes.byref(book), os.fsencode(path), ctypes.byref(options),
                                         ctypes.byref(error)) < 0:
        return CORE.gridgov_rule_code(error.rule).decode()
    sheets, sheet = [], Sheet(ctypes.sizeof(Sheet))
    try:
        while OFFICE.gridgov_workbook_sheet_at(ctypes.byref(sheet), book, len(sheets)) == 0:
            rows, cells = P(), {}
            name, state = sheet.name.decode(), sheet.state
            status = OFFICE.gridgov_workbook_rows(ctypes.byref(rows), book, len(sheets), ctypes.byref(error))
            while status == 0:
                status = CORE.gridgov_rows_next(rows, ctypes.byref(error))
                if status == 0:
                    for column in range(CORE.gridgov_rows_count(rows)):
                        text = CORE.gridgov_rows_text(rows, column, None).decode()
                        if text:
                            cells[CORE.gridgov_rows_number(rows), column] = text
            CORE.gridgov_rows_free(rows)
            if status < 0:
                return CORE.gridgov_rule_code(error.rule).decode()
            sheets.append((name, state, cells))
    finally:
        OFFICE.gridgov_workbook_free(book)
    return sheets


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


def files():
    return [path for folder in FOLDERS for path in sorted(folder.iterdir())
            if path.suffix in (".xls", ".xlsx", ".xlsm", ".xlsb")]


def table():
    lines = ["| file | reads as: sheet, rows with text × cells with text |", "|---|---|"]
    return lines + ["| %s/%s | %s |" % (path.parent.name, path.name, describe(path)) for path in files()]


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


def by_openpyxl(path, openpyxl):
    book = openpyxl.load_workbook(path, data_only=True)
    return {sheet.title: {(cell.row, cell.column - 1): cell.value for cell in list(sheet._cells.values())
                          if cell.value is not None} for sheet in book.worksheets}


def by_xlrd(path, xlrd):
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


class Suites(unittest.TestCase):
    maxDiff = None

    def test_every_file_reads_as_the_page_says(self):
        printed = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("|")]
        self.assertEqual(printed, table())

    def test_every_cell_is_what_others_read(self):
        try:
            import openpyxl
        except ImportError:
            openpyxl = None
        try:
            import xlrd
        except ImportError:
            xlrd = None
        if openpyxl is None or xlrd is None:
            self.skipTest("openpyxl or xlrd is not installed")
        warnings.simplefilter("ignore")
        compared, unread = 0, []
        for path in files():
            ours = read(path)
            if isinstance(ours, str):
                continue
            try:
                theirs = by_xlrd(path, xlrd) if path.suffix == ".xls" else by_openpyxl(path, openpyxl)
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
    if sys.argv[1:] == ["--update"]:
        text = PAGE.read_text("utf-8")
        head = text[:text.index("| file |")]
        PAGE.write_text(head + "\n".join(table()) + "\n", "utf-8")
    else:
        unittest.main()
