# SPDX-License-Identifier: Apache-2.0
"""gridgov::office for tests in Python: the sheets of a workbook through the library itself, and the workbooks of ../shared/data."""
import ctypes
import os

from flow_support import SHARED, skip

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


def read(path, merged=NONE):
    """Sheets as (name, state, {(row, column): text}), or the code of the rule that refused the file."""
    error, book, options = Error(), P(), Options(ctypes.sizeof(Options), merged)
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


def files():
    return [path for folder in FOLDERS for path in sorted(folder.iterdir())
            if path.suffix in (".xls", ".xlsx", ".xlsm", ".xlsb")]
