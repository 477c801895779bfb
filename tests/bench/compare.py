#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The speed of tables against DuckDB and wc, in one run: data are made, every program takes its turn
round after round, and medians of times and of the rounds' ratios are printed, with peak memory.

    tests/bench/compare.py BUILD [--rows N] [--grids N] [--rounds N]

BUILD is a build folder (Release) of this tree. DuckDB 1.5.6 comes from npm into BUILD/bench; without
npm, or with --no-duckdb, only our own figures are printed. What both count is compared, row by row.
"""
import argparse, csv, os, shutil, statistics, subprocess, sys, time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PACKAGE = "@duckdb/node-api@1.5.6-r.1"

CASES = """set threads={threads};
set preserve_insertion_order=false;
create temp table g as select grouping_id(category,grid_code,agency_id) gid, category, grid_code,
 agency_id, count(*) n, count(accepted_at) handled, count(dispatched_at) dispatched,
 count(closed_at) closed, count(*) filter (closed_at-reported_at <= interval 3 day) ontime
 from read_csv('{folder}/cases.csv',columns={{event_id:'VARCHAR',grid_code:'VARCHAR',
 category:'VARCHAR',reported_at:'TIMESTAMP',accepted_at:'VARCHAR',dispatched_at:'VARCHAR',
 closed_at:'TIMESTAMP',agency_id:'VARCHAR',valid:'UTINYINT',description:'VARCHAR'}},header=true,
 auto_detect=false,delim=',',quote='"',escape='"') where valid=1
 group by grouping sets ((category),(grid_code),(agency_id));
copy (select category,n from g where gid=3 order by n desc) to '{folder}/duck_category.csv';
copy (select grid_code,n,closed,ontime from g where gid=5 order by grid_code)
 to '{folder}/duck_grid.csv';
copy (select agency_id,handled,dispatched,closed from g where gid=6 and agency_id is not null
 order by agency_id) to '{folder}/duck_agency.csv';
"""
INDICATORS = ["i%d" % i for i in range(1, 11)] + ["bonus"]
SCORES = """set threads={threads};
copy (select grid_code,{sum} as total, rank() over (order by {sum} desc) as rank
 from read_csv('{folder}/scores.csv',columns={{grid_code:'VARCHAR',{types}}},header=true,
 auto_detect=false,delim=',') order by rank, grid_code) to '{folder}/duck_ranked.csv';
"""


def run(command, out=None):
    """Seconds, peak MiB, and seconds of processors of a command."""
    with open(out or os.devnull, "wb") as to:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=to, stderr=subprocess.PIPE)
        message = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = 0
    if status != 0:
        sys.exit("%s: %s" % (command[0], message.decode()))
    return seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def find_duckdb(folder):
    place = os.path.join(folder, "duckdb")
    library = os.path.join(place, "node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so")
    if not os.path.exists(library) and shutil.which("npm"):
        os.makedirs(place, exist_ok=True)
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", PACKAGE], cwd=place,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return library if os.path.exists(library) else None


def write_sql(folder, name, text, threads):
    path = os.path.join(folder, "%s_%d.sql" % (name, threads))
    with open(path, "w") as to:
        to.write(text.format(
            threads=threads, folder=folder, sum="+".join(INDICATORS),
            types=",".join("%s:'DECIMAL(6,2)'" % i for i in INDICATORS)))
    return path


def rows(path, names):
    with open(path, encoding="utf-8") as table:
        return [[row[name] for name in names] for row in csv.DictReader(table)]


def check(folder):
    """What both have counted must be the same."""
    pairs = [("duck_category.csv", "out/by_category.csv", ["category", "n"], ["category", "n"]),
             ("duck_grid.csv", "out/by_grid.csv", ["grid_code", "n", "closed", "ontime"],
              ["grid", "n", "closed", "ontime"]),
             ("duck_agency.csv", "out/by_agency.csv",
              ["agency_id", "handled", "dispatched", "closed"],
              ["agency", "handled", "dispatched", "closed"]),
             ("duck_ranked.csv", "ranked.csv", ["grid_code", "total", "rank"],
              ["grid_code", "total", "rank"])]
    for theirs, ours, their_names, our_names in pairs:
        a = sorted(rows(os.path.join(folder, theirs), their_names))
        b = sorted(rows(os.path.join(folder, ours), our_names))
        if a != b:
            sys.exit("%s differs from %s" % (ours, theirs))
    print("counts, totals and ranks: the same as DuckDB's, every row")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build")
    parser.add_argument("--rows", type=int, default=10000000)
    parser.add_argument("--grids", type=int, default=1000000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-duckdb", action="store_true")
    options = parser.parse_args()
    build = os.path.abspath(options.build)
    folder = os.path.join(build, "bench")
    os.makedirs(folder, exist_ok=True)
    tests, command = os.path.join(build, "tests"), os.path.join(build, "examples", "gridgov")
    cases, scores = os.path.join(folder, "cases.csv"), os.path.join(folder, "scores.csv")
    run([os.path.join(tests, "bench_tables"), "cases", str(options.rows)], cases)
    run([os.path.join(tests, "bench_tables"), "scores", str(options.grids)], scores)
    duckdb = None if options.no_duckdb else find_duckdb(folder)
    data = os.path.join(ROOT, "examples", "data", "stream")
    tally = [command, "tally", cases, "--metrics", os.path.join(data, "metrics.json"),
             "--mapping", os.path.join(data, "mapping.json"), "-o", os.path.join(folder, "out")]
    rank = [command, "rank", scores, "-o", os.path.join(folder, "ranked.csv")]
    jobs = []  # (what, ours, theirs)
    for threads in (2, 1):
        jobs.append(("tally, %d workers" % threads, tally + ["--workers", str(threads)],
                     write_sql(folder, "cases", CASES, threads)))
    jobs.append(("rank, 2 workers", rank + ["--workers", "2"],
                 write_sql(folder, "scores", SCORES, 2)))
    times = {}
    for _ in range(options.rounds):
        for name, ours, sql in jobs:
            times.setdefault(name, []).append(
                (run(ours), run([os.path.join(tests, "bench_duckdb"), duckdb, sql])
                 if duckdb else None))
        times.setdefault("wc -l", []).append((run(["wc", "-l", cases]), None))
    print("%d rows (%.2f GB), %d grids, %d rounds, medians" %
          (options.rows, os.path.getsize(cases) / 1e9, options.grids, options.rounds))
    print("%-18s %9s %9s %9s | %9s %9s %9s | %s" %
          ("", "seconds", "CPU s", "MiB", "DuckDB s", "CPU s", "MiB", "ratio, by CPU time"))
    for name, found in times.items():
        line = "%-18s %9.3f %9.3f %9.1f" % (
            name, statistics.median(o[0] for o, _ in found),
            statistics.median(o[2] for o, _ in found), max(o[1] for o, _ in found))
        if found[0][1]:
            line += " | %9.3f %9.3f %9.1f | %5.1fx %5.1fx" % (
                statistics.median(d[0] for _, d in found),
                statistics.median(d[2] for _, d in found), max(d[1] for _, d in found),
                statistics.median(d[0] / o[0] for o, d in found),
                statistics.median(d[2] / o[2] for o, d in found))
        print(line)
    if duckdb:
        check(folder)


if __name__ == "__main__":
    main()
