#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The parts of the flat example's DOCX and XLSX against what was read and agreed to, one element a line: office_parts.py
[--update]. The packages are not compared byte by byte, since zlib packs them. An update is to be read as a diff before it is
committed."""
import difflib
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

COMMAND = os.environ.get("GRIDGOV_COMMAND")
GOLDEN = pathlib.Path("tests/golden/flat-office")
FLAT = "examples/data/flat/"
LEFT_OUT = {"docProps/custom.xml"}  # the pins, which bulletin.json has too


def parts():
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([COMMAND, "bulletin", FLAT + "events.csv", "--mapping", FLAT + "mapping.json", "--month", "2021-09",
                               "--format", "docx,xlsx", "-o", folder], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False,
                              encoding="utf-8")
        if done.returncode == 2 and "gridgov::office" in done.stderr:
            print("skipped: the command was built without gridgov::office")
            sys.exit(77)
        assert done.returncode == 0, done.stderr
        for ending in ("docx", "xlsx"):
            with zipfile.ZipFile(pathlib.Path(folder) / ("bulletin." + ending)) as file:
                for name in file.namelist():
                    if name not in LEFT_OUT:
                        text = file.read(name).decode("utf-8").replace("><", ">\n<") + "\n"
                        yield ending + "-" + name.replace("/", "-"), text


def main():
    failed = False
    made = dict(parts())
    if "--update" in sys.argv:
        GOLDEN.mkdir(exist_ok=True)
        for name, text in made.items():
            (GOLDEN / name).write_text(text, "utf-8")
    kept = {path.name: path.read_text("utf-8") for path in GOLDEN.iterdir()}
    for name in sorted(made.keys() | kept.keys()):
        if made.get(name) != kept.get(name):
            failed = True
            sys.stdout.writelines(difflib.unified_diff(kept.get(name, "").splitlines(True), made.get(name, "").splitlines(True),
                                                       "golden/" + name, "made/" + name))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    if COMMAND is None:
        print("skipped: GRIDGOV_COMMAND is not set")
        sys.exit(77)
    main()
