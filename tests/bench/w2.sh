#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# tests/bench/w2.sh [ROWS [RUNS]]: workload W2, position fixes to officer-days, from CSV and from columns, with one and two
# workers, beside DuckDB (npm @duckdb/node-api, fetched into build/bench where npm is there) in the same run: the best of RUNS
# (default 3) of each, its peak memory, the ratio, and whether counts and seconds are equal. Then the distance kernel beside
# GeographicLib. Data (1.5 GB for 30,000,000 rows) stays in build/bench/w2.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
rows=${1:-30000000} runs=${2:-3}
build=build/bench/release data=build/bench/w2
mkdir -p "$data" build/bench/node
cmake -S . -B "$build" -DCMAKE_BUILD_TYPE=Release -DGRIDGOV_BUILD_TESTS=ON >/dev/null
cmake --build "$build" -j "$(nproc)" --target bench_tracks bench_distance gridgov_command >/dev/null
bench=$build/tests/bench_tracks command=$build/examples/gridgov
if [ "$(cat "$data/rows" 2>/dev/null)" != "$rows" ]; then
    rm -f "$data"/*
    "$bench" --make "$rows" 9 "$data"
    echo "$rows" >"$data/rows"
fi
duckdb=
if command -v npm >/dev/null; then
    cp tests/bench/w2_duckdb.mjs build/bench/node/
    [ -d build/bench/node/node_modules/@duckdb ] ||
        (cd build/bench/node && npm install --silent --no-audit --no-fund @duckdb/node-api@1.5.6-r.1 >/dev/null 2>&1) || true
    [ -d build/bench/node/node_modules/@duckdb ] && duckdb="node build/bench/node/w2_duckdb.mjs"
fi
[ -n "$duckdb" ] || echo "DuckDB is not there (npm @duckdb/node-api): no ratios"

# best NAME COMMAND…: the best time of the runs into $best, with the memory of that run.
best() {
    local name=$1 i line
    shift
    best=
    for ((i = 0; i < runs; i++)); do
        line=$("$bench" --run "$@" 2>/dev/null | tail -1)
        best=$(printf '%s\n%s\n' "$best" "$line" | grep . | sort -n | head -1)
    done
    printf '%-34s %s' "$name" "$best"
    best=${best%% *}
}
ratio() { # PEER: how often $best goes into it
    [ -z "$1" ] || awk -v a="$1" -v b="$best" 'BEGIN { printf "   %.1f x", a / b }'
    echo
}

csv= table=
if [ -n "$duckdb" ]; then
    [ -f "$data/pings.duckdb" ] || $duckdb load "$data" 2 -
    best "DuckDB, CSV, 2 threads" $duckdb csv "$data" 2 "$data/duckdb.csv"; echo; csv=$best
    best "DuckDB, its own table, 2 threads" $duckdb table "$data" 2 "$data/duckdb.csv"; echo; table=$best
fi
for workers in 1 2; do
    best "gridgov, CSV, $workers" "$command" tracks "$data/pings.csv" --workers $workers -o "$data/days.csv"; ratio "$csv"
    best "gridgov, columns, $workers" "$bench" "$data" $workers "$data/days$workers.csv"; ratio "$table"
    cmp "$data/days.csv" "$data/days$workers.csv"
done
if [ -n "$duckdb" ]; then
    paste -d, <(tail -n +2 "$data/days.csv") <(tail -n +2 "$data/duckdb.csv") | awk -F, '
        $1 != $6 || $3 != $8 || $4 != $9 { bad++ }
        { mm += $5; km += $10 }
        END { printf "%d officer-days, %d differ in fixes or seconds; distance %.6f of the sphere'"'"'s\n", NR, bad, mm / km / 1e6 }'
fi
"$build"/tests/bench_distance
