#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Rules that look at several months, at the command line: docs/policies/poor-months.json takes ten points more in the second month in a
# row in which a grid closes too few of its cases. Counted by hand: 一网格 closes four cases of five in both months, 二网格 in
# September only: 80 % is ten points below 90 %, two points each.
set -u
command=${GRIDGOV_COMMAND:?}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset LC_ALL LC_MESSAGES LANG
failed=0
fail() { echo "FAIL: $*"; failed=1; cat "$work/err"; }

# month YEAR-MONTH OPEN-1 OPEN-2: two grids with five cases each, of which so many stay open.
month() {
    mkdir "$work/$1"
    printf '单位,网格,网格编码\n甲社区,一网格,1\n甲社区,二网格,2\n' >"$work/$1/units.csv"
    echo '事件编号,类型,网格,上报时间,办结时间' >"$work/$1/events.csv"
    for grid in 1 2; do
        open=$2
        [ $grid -eq 1 ] || open=$3
        for case in 1 2 3 4 5; do
            closed="$1-03 08:00"
            [ $case -gt "$open" ] || closed=
            echo "$1-$grid-$case,其他,$grid,$1-02 08:00,$closed" >>"$work/$1/events.csv"
        done
    done
}
month 2022-07 0 0
month 2022-08 1 0
month 2022-09 1 1

# total GRID WORD…: the closing line's points in thousandths.
points() {
    grid=$1
    shift
    "$command" score "$@" --policy docs/policies/poor-months.json --json >"$work/out" 2>"$work/err" || { fail "score $*"; return; }
    python3 -c 'import json, sys
for card in json.load(open(sys.argv[1]))["grids"]:
    if card["grid"] == sys.argv[2]:
        print(next(line["points_milli"] for line in card["lines"] if line["indicator"] == sys.argv[3]))' "$work/out" "$grid" "$code"
}
code=$(python3 -c 'import json; print(json.load(open("docs/policies/poor-months.json"))["indicators"][0]["code"])') || exit 1
alone=$(points 一网格 "$work/2022-09" --month 2022-09)
second=$(points 一网格 "$work/2022-09" --month 2022-09 --earlier "$work/2022-08")
other=$(points 二网格 "$work/2022-09" --month 2022-09 --earlier "$work/2022-08" --earlier "$work/2022-07")
[ "$alone" = -20000 ] || fail "without earlier months: $alone"
[ "$second" = -30000 ] || fail "the second month in a row: $second"
[ "$other" = -20000 ] || fail "the first month: $other"
# What the months before did is part of why.
"$command" explain "$work/2022-09" --month 2022-09 --policy docs/policies/poor-months.json --earlier "$work/2022-08" --grid 1 \
    --lang zh >"$work/out" 2>"$work/err" || fail "explain"
grep -q '实际：结案数 ÷ 应结案数 4/5 = 80%；2022-08 也失分；结案数' "$work/out" || { fail "the month before is not named"; cat "$work/out"; }
"$command" explain "$work/2022-09" --month 2022-09 --policy docs/policies/poor-months.json --earlier "$work/2022-08" --grid 2 \
    --lang en >"$work/out" 2>"$work/err" || fail "explain"
grep -q '; 2022-08 cost no points; ' "$work/out" || { fail "the good month before is not named"; cat "$work/out"; }
"$command" explain "$work/2022-09" --month 2022-09 --policy docs/policies/poor-months.json --grid 1 --lang zh >"$work/out" 2>"$work/err" ||
    fail "explain"
grep -q '；更早的月份没有给出；' "$work/out" || { fail "that no month before was given is not said"; cat "$work/out"; }
# A correction stands beside the table as it was printed, with the points for two months in a row: a visit that was made after all.
printf '网格,走访对象\n1,张三\n2,李四\n' >"$work/2022-09/required_visits.csv"
printf '网格,走访对象,走访时间\n2,李四,2022-09-10\n' >"$work/2022-09/visits.csv"
printf '编号,网格,对象,裁决,裁决时间,裁决理由,裁决人\nS1,1,张三,成立,2022-10-05,有照片,街道办\n' >"$work/2022-09/appeals.csv"
"$command" restate "$work/2022-09" --month 2022-09 --policy docs/policies/poor-months.json --earlier "$work/2022-08" --lang en \
    >"$work/out" 2>"$work/err" || fail "restate"
grep -q '| 甲社区 | 一网格 | Total | 68 | 70 |' "$work/out" || { fail "the correction forgets the month before"; cat "$work/out"; }
rm "$work/2022-09/appeals.csv" "$work/2022-09/required_visits.csv" "$work/2022-09/visits.csv"
"$command" score "$work/2022-09" --month 2022-09 --earlier "$work/2022-08" --csv >/dev/null 2>"$work/err" || fail "a policy that looks at one month"
status=0
"$command" score "$work/2022-09" --month 2022-09 --policy docs/policies/poor-months.json --earlier "$work/nowhere" >/dev/null 2>"$work/err" || status=$?
[ "$status" -eq 3 ] || fail "an earlier month that is not there gave $status"
exit $failed
