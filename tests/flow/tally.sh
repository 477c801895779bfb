#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The commands tally and rank from outside: recounted by awk, the same bytes for every number of workers and without
# vectors, files whole or not at all, and what is said of bad rows.
set -eu
command=${GRIDGOV_COMMAND:-}
[ -n "$command" ] || { echo "no gridgov command"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
data=examples/data/stream
fail() { echo "$1"; exit 1; }

awk 'BEGIN {
    print "event_id,grid_code,category,reported_at,accepted_at,dispatched_at,closed_at,agency_id,valid,description"
    for (i = 0; i < 6000; i++) {
        day = i % 28 + 1; agency = i % 7 == 0 ? "AG" (10 + i % 3) : ""; closed = i % 4 ? sprintf("2024-04-%02dT08:00:00", day) : ""
        if (i % 4 == 1) closed = sprintf("2024-03-%02dT20:00:00", day)
        printf "E%d,33010000%04d,%s,2024-03-%02dT%02d:00:00,2024-03-%02dT20:00:00,%s,%s,%s,%d,%s\n", i, i * i % 97,
            i % 3 ? "城市管理" : "矛盾纠纷", day, i % 20, day, agency == "" ? "" : sprintf("2024-03-%02dT20:00:00", day),
            closed, agency, i % 10 != 0, i % 50 ? "甲" : "\"a, \"\"b\"\"\nc\""
    }
}' >"$work/events.csv"
awk -F, 'NR > 1 && NF >= 10 && $9 == 1 { n[$2]++; c[$2] += $7 != ""; o[$2] += $7 ~ /^2024-03/ }
    END { for (g in n) print g "," n[g] "," c[g] "," o[g] }' "$work/events.csv" | LC_ALL=C sort >"$work/expected"

tally() {
    "$command" tally "$work/events.csv" --metrics "$data/metrics.json" --mapping "$data/mapping.json" "$@" 2>>"$work/messages"
}
for way in "--workers 1" "--workers 2" "--workers 3" "--portable"; do
    # shellcheck disable=SC2086
    tally $way -o "$work/out $way"
    for table in category grid agency; do
        cmp "$work/out --workers 1/by_$table.csv" "$work/out $way/by_$table.csv" || fail "$way differs"
    done
done
awk -F, 'NR > 1 { print $1 "," $2 "," $4 "," $5 }' "$work/out --workers 1/by_grid.csv" | LC_ALL=C sort >"$work/got"
cmp "$work/expected" "$work/got" || fail "grids differ from awk"
head -1 "$work/out --workers 1/by_agency.csv" | grep -qx 'agency,handled,dispatched,closed,rate' || fail "header"

# Written in another encoding, with another delimiter, or in a workbook: the same counts.
iconv -f UTF-8 -t GB18030 "$work/events.csv" >"$work/gb.csv"
awk '{ gsub(/,/, ";"); gsub(/a; /, "a, "); print }' "$work/events.csv" >"$work/semicolons.csv"
for file in gb semicolons; do
    "$command" tally "$work/$file.csv" --metrics "$data/metrics.json" --mapping "$data/mapping.json" --workers 2 -o "$work/$file"
    for table in category grid agency; do
        cmp "$work/out --workers 1/by_$table.csv" "$work/$file/by_$table.csv" || fail "$file: by_$table.csv differs"
    done
done

# Without a mapping nobody knows what "valid" means: no row, and not in silence.
"$command" tally "$work/events.csv" --metrics "$data/metrics.json" --by grid -o "$work/unmapped" 2>"$work/messages"
grep -q 'by_grid.csv has no rows\|by_grid.csv 没有行' "$work/messages" || { cat "$work/messages"; fail "an empty table in silence"; }

tally --by category -o "$work/one"
[ "$(ls -A "$work/one")" = by_category.csv ] || fail "--by wrote more than it names"

# A bad row is named and left out; under --strict nothing is written.
printf 'event_id,grid_code,category,reported_at\n1,G1000000,甲,2024-03-01 10:00\n2,G1000000,甲,昨天\n' >"$work/events.csv"
tally -o "$work/bad"
grep -q 'row 3, column 4 (reported_at)\|第 3 行第 4 列' "$work/messages" || { cat "$work/messages"; fail "no place"; }
grep -qx 'G1000000,0,/,0,0,/' "$work/bad/by_grid.csv" && fail "an unjudged case counts"
status=0; tally --strict -o "$work/strict" || status=$?
[ "$status" = 1 ] && [ ! -e "$work/strict" ] || fail "--strict"
printf 'a,b\n"x\n' >"$work/events.csv"
printf 'event_id,grid_code,category,reported_at\n1,G1000000,甲,2024-03-01 10:00\n2,\000,甲,2024-03-01 10:00\n' >"$work/nul.csv"
"$command" tally "$work/nul.csv" --metrics "$data/metrics.json" -o "$work/nul" 2>"$work/messages" && fail "a NUL is text"
grep -q 'row 3, column 2\|第 3 行第 2 列' "$work/messages" || { cat "$work/messages"; fail "no place of a NUL"; }
status=0; tally -o "$work/broken" || status=$?
[ "$status" = 3 ] && [ ! -e "$work/broken" ] || fail "a broken file gives $status"
status=0; "$command" tally "$work/events.csv" -o "$work/none" 2>/dev/null || status=$?
[ "$status" = 2 ] || fail "without metrics: $status"

# rank
printf 'grid,a,b\nx,0.1,0.2\ny,0.3,\nz,-1,oops\n' >"$work/scores.csv"
"$command" rank "$work/scores.csv" -o "$work/ranked.csv" --workers 2 2>"$work/messages"
printf 'grid,total,rank\nx,0.3,1\ny,0.3,1\n' | cmp - "$work/ranked.csv" || fail "ranks"
grep -q 'row 4, column 3\|第 4 行第 3 列' "$work/messages" || fail "no place of the bad score"
rm "$work/ranked.csv"
status=0; "$command" rank "$work/scores.csv" --strict -o "$work/ranked.csv" 2>/dev/null || status=$?
[ "$status" = 1 ] && [ ! -e "$work/ranked.csv" ] || fail "rank --strict"
printf '得分表\n网格;甲\n丙;1\n乙;2\n' | iconv -f UTF-8 -t GB18030 >"$work/scores.csv"
"$command" rank "$work/scores.csv" -o "$work/ranked.csv"
printf '网格,total,rank\n乙,2,1\n丙,1,2\n' | cmp - "$work/ranked.csv" || fail "rank of GB18030 with semicolons below a title"
echo "tally and rank hold"
