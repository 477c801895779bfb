#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# tests/long/coverage.sh: which lines of lib/ the tests reach; prints a row a file, the worst first, and the whole.
. "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
prepare coverage gcc Debug "-DCMAKE_C_FLAGS_DEBUG=-g -O0 --coverage"
find build/coverage -name '*.gcda' -delete
ctest --test-dir build/coverage -j "$jobs" --output-on-failure -E '^(abi|consume)\.' >build/coverage-tests.log 2>&1 ||
    { tail -n 40 build/coverage-tests.log; exit 1; }
python3 - <<'PY'
import collections, glob, gzip, json, os, subprocess, tempfile
root = os.getcwd()
lines = collections.defaultdict(dict)
with tempfile.TemporaryDirectory() as work:
    objects = [os.path.abspath(p) for p in glob.glob("build/coverage/lib/**/*.gcda", recursive=True)]
    objects += [os.path.abspath(p) for p in glob.glob("build/coverage/tests/**/*.gcda", recursive=True) if "mem_fault" not in p]
    for at in range(0, len(objects), 50):
        subprocess.run(["gcov", "--json-format", "--preserve-paths", *objects[at:at + 50]], cwd=work, check=True, capture_output=True)
    for path in glob.glob(os.path.join(work, "*.gcov.json.gz")):
        with gzip.open(path) as file:
            for source in json.load(file)["files"]:
                name = os.path.relpath(os.path.join(root, source["file"]) if not os.path.isabs(source["file"]) else source["file"], root)
                if name.startswith("lib/"):
                    for line in source["lines"]:
                        number = line["line_number"]
                        lines[name][number] = lines[name].get(number, 0) + line["count"]
rows = []
for name, counts in lines.items():
    reached = sum(count > 0 for count in counts.values())
    rows.append((reached / len(counts), reached, len(counts), name))
for share, reached, count, name in sorted(rows):
    print(f"{100 * share:6.1f} %  {reached:5d} of {count:5d}  {name}")
reached, count = sum(row[1] for row in rows), sum(row[2] for row in rows)
print(f"{100 * reached / count:6.1f} %  {reached:5d} of {count:5d}  all of lib/")
PY
