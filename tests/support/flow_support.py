# SPDX-License-Identifier: Apache-2.0
"""What the flow tests in Python share: where things are, who makes the tables, how a percentage is printed.

GRIDGOV_COMMAND names the gridgov command under test and GRIDGOV_LIBRARY the library; CTest sets both. A test by hand
works with either one: the library is also found in the build folders (examples/python).
"""
import csv
import functools
import io
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = ROOT / "examples" / "data"
SHARED = pathlib.Path(os.environ.get("GRIDGOV_SHARED", ROOT.parent / "shared"))
COMMAND = os.environ.get("GRIDGOV_COMMAND")
sys.path.insert(0, str(ROOT / "examples" / "python"))


def skip(reason):
    """End the test as skipped, which CTest knows by the exit status."""
    print("skipped:", reason)
    sys.exit(77)


@functools.lru_cache(maxsize=None)
def why_no_library():
    """None if Python can load the library; else why that is expected (a static or a sanitized build)."""
    path = os.environ.get("GRIDGOV_LIBRARY", "")
    if path.endswith(".a"):
        return "the library is static"
    probe = subprocess.run([sys.executable, "-c", "import gridgov; gridgov.version()"], text=True,
                           env={**os.environ, "PYTHONPATH": str(ROOT / "examples" / "python")},
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if probe.returncode != 0 and any(word in probe.stdout for word in ("ASan", "Sanitizer", "__asan", "__ubsan",
                                                                       "__tsan", "__msan", "libclang_rt")):
        return "the library has a sanitizer, which Python cannot load"
    return None


def read_csv(data):
    """Rows of CSV bytes; a byte order mark at the front is required."""
    assert data.startswith(b"\xef\xbb\xbf"), "no byte order mark"
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def percent(numerator, denominator, trim=False):
    """numerator/denominator as a percentage, half up, two decimals; trim: without needless zeros."""
    hundredths = (numerator * 20000 + denominator) // (2 * denominator)
    text = f"{hundredths // 100}.{hundredths % 100:02}"
    return (text.rstrip("0").rstrip(".") if trim else text) + "%"


def by_command(month, source, mapping, as_of):
    """Files by name as the command writes them, and what it says on stderr."""
    with tempfile.TemporaryDirectory() as folder:
        call = [COMMAND, "bulletin", str(source), "--month", month, "--format", "md,html,json,csv", "-o", folder]
        call += ["--mapping", str(mapping)] if mapping else []
        call += ["--as-of", as_of] if as_of else []
        done = subprocess.run(call, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        assert done.returncode in (0, 1), (done.returncode, done.stderr.decode("utf-8", "replace"))
        return {file.name: file.read_bytes() for file in pathlib.Path(folder).iterdir()}


def by_library(month, source, mapping, as_of):
    """The same files through examples/python."""
    from gridgov import Month
    with Month(month) as handle:
        handle.flat(source, mapping) if mapping else handle.folder(source)
        handle.view(as_of=as_of).run()
        files = {"bulletin." + name: handle.bulletin(name) for name in ("md", "html", "json")}
        for name in ("categories", "agencies", "grids"):
            try:
                files[name + ".csv"] = handle.table_csv(name)
            except Exception as problem:  # a month without grids has no table of them
                if getattr(problem, "status", "") != "ENOTFOUND":
                    raise
        return files


def make_files(month, source, mapping=None, as_of=None):
    """Every file of a bulletin by name. Where command and library are both at hand, they must agree byte by byte."""
    library = None if why_no_library() else by_library(month, source, mapping, as_of)
    if COMMAND is None:
        return library if library is not None else skip(why_no_library())
    command = by_command(month, source, mapping, as_of)
    assert library is None or command == library, "the command and the library differ"
    return command
