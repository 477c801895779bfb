#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every CSV file of ../shared/data/csv against Python's csv module, cell by cell, through the
library's cursor; skipped where the suites are not there."""
import csv, ctypes, glob, io, os, sys

SUITES = os.path.join(os.environ.get("GRIDGOV_SHARED", os.path.join("..", "shared")), "data", "csv")
REFUSED = {"bad-missing-quote.csv", "bad-quotes-with-unescaped-quote.csv"}

if not os.path.isdir(SUITES):
    print("no suites at", SUITES)
    sys.exit(77)
library = ctypes.CDLL(os.environ["GRIDGOV_LIBRARY"])
library.gridgov_rows_text.restype = ctypes.c_char_p
library.gridgov_rows_count.restype = ctypes.c_int64
for name in ("gridgov_rows_next", "gridgov_rows_free"):
    getattr(library, name).argtypes = [ctypes.c_void_p] + ([ctypes.c_void_p] if name.endswith("next") else [])
library.gridgov_rows_count.argtypes = [ctypes.c_void_p]
library.gridgov_rows_text.argtypes = [ctypes.c_void_p, ctypes.c_int64, ctypes.c_void_p]


def ours(path):
    """Rows of cells, or None if the file is refused."""
    rows, found = ctypes.c_void_p(), []
    if library.gridgov_rows_open_csv_file(ctypes.byref(rows), path.encode(), None, None) != 0:
        return None
    while True:
        status = library.gridgov_rows_next(rows, None)
        if status != 0:
            break
        found.append([library.gridgov_rows_text(rows, i, None).decode()
                      for i in range(library.gridgov_rows_count(rows))])
    library.gridgov_rows_free(rows)
    return found if status > 0 else None


def theirs(path):
    with open(path, "rb") as data:
        text = data.read().decode("utf-8-sig")
    return [row for row in csv.reader(io.StringIO(text, newline="")) if row]


paths = sorted(glob.glob(os.path.join(SUITES, "**", "*.csv"), recursive=True))
failed = 0
for path in paths:
    found = ours(path)
    if (found is None) != (os.path.basename(path) in REFUSED):
        print(path, "was refused" if found is None else "was not refused")
        failed += 1
    elif found is not None and found != theirs(path):
        print(path, "differs")
        for a, b in zip(found, theirs(path)):
            if a != b:
                print("  ours  ", a, "\n  theirs", b)
                break
        failed += 1
print("%d files, %d differ" % (len(paths), failed))
sys.exit(1 if failed or len(paths) < 200 else 0)
