#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# gridgov cases: lists, one story, what was known when, and open cases carried over into the next month. The
# expected states and moments were worked out by hand.
set -eu
LC_ALL=C
export LC_ALL
command=${GRIDGOV_COMMAND:-}
[ -n "$command" ] || exit 77
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tab=$(printf '\t')
failed=0

fail() { echo "$*"; failed=$((failed + 1)); }
# expect STATUS COMMAND…: the output goes to $work/out.
expect() {
    wanted=$1
    shift
    got=0
    "$@" >"$work/out" 2>"$work/err" || got=$?
    [ "$got" -eq "$wanted" ] || { fail "exit $got instead of $wanted: $*"; cat "$work/err"; }
}
says() { grep -qF -- "$1" "$work/out" || { fail "missing: $1"; cat "$work/out"; }; }
silent() { ! grep -qF -- "$1" "$work/out" || fail "unexpected: $1"; }

mkdir "$work/2021-09" "$work/2021-10"
cat >"$work/2021-09/events.csv" <<'CSV'
事件编号,类型,上报时间,办结时间,办结时限,是否超时,录入时间
A,城市管理,2021-09-01 08:00,,2021-09-03 18:00,,2021-09-01 08:00
A,城市管理,2021-09-01 08:00,2021-09-02 10:00,2021-09-03 18:00,否,2021-10-08 09:00
B,矛盾纠纷,2021-09-05 09:00,,,,
C,消防安全,2021-09-10 09:00,2021-09-12 09:00,2021-09-11,否,
D,其他,2021-09-28 09:00,,2021-10-15,,
CSV
cat >"$work/2021-09/steps.csv" <<'CSV'
事件编号,环节,时间,承办单位,原因,录入时间,环节编号,角色,督办级别,办理层级
B,受理,2021-09-05 09:10,,,,1,指挥室,,
B,派遣,2021-09-05 09:20,派出所,,,2,指挥室,,
B,签收,2021-09-05 10:00,派出所,,,3,承办单位,,
B,处置,2021-09-05 11:00,司法所,,,4,承办单位,,
B,退回,2021-09-06 09:00,派出所,不属职责,,5,承办单位,,
B,派遣,2021-09-06 10:00,司法所,,,6,指挥室,,
B,签收,2021-09-06 10:30,司法所,,,7,承办单位,,
B,挂起,2021-09-07 10:00,,等待条件,,8,,,
B,恢复,2021-09-08 10:00,,,,9,,,
B,督办,2021-09-20 10:00,,,,10,上级,黄牌,4
B,结案,2021-09-29 10:00,,,2021-10-03 09:00,11,指挥室,,
B,结案,2021-09-30 10:00,,,2021-10-05 09:00,11,指挥室,,
D,派遣,2021-09-28 10:00,派出所,,,1,,,
CSV
cat >"$work/2021-09/taxonomy.json" <<'JSON'
{"schema": "gridgov.taxonomy/1", "name": "t", "open": true, "categories": [],
 "limits": [{"stage": "accept", "kind": "minutes", "count": 15},
            {"stage": "handle", "kind": "workdays", "count": 2},
            {"kind": "workdays", "count": 7, "start": "next_day"}]}
JSON
cp "$work/2021-09/taxonomy.json" "$work/2021-10"

# A list: one step is refused and one verdict differs, so the status is 1.
expect 1 "$command" cases "$work/2021-09" --month 2021-09
says "A${tab}城市管理${tab}已上报${tab}网格/街道${tab}2021-09-01 08:00:00${tab}2021-09-03 18:00:00${tab}—${tab}是${tab}未知${tab}红灯"
says "B${tab}矛盾纠纷${tab}处置中${tab}司法所${tab}2021-09-05 09:00:00${tab}2021-09-15 18:00:00${tab}—${tab}是${tab}未知${tab}红灯"
says "D${tab}其他${tab}待签收${tab}派出所"
says "共 4 件，其中与来源判定不一的 1 件"
says "row 5: handle by 司法所, who does not hold the case; 派出所 does"
expect 0 "$command" cases "$work/2021-09" --month 2021-09 --open --suspended
says "共 0 件"
expect 1 "$command" cases "$work/2021-09" --month 2021-09 --differs --lang en
says "C${tab}消防安全${tab}closed"
silent "A${tab}"

# A moment within the month: B is suspended, and its clock stands.
expect 2 "$command" cases "$work/2021-09"
expect 1 "$command" cases "$work/2021-09" --at '2021-09-07 12:00' # a moment alone names its month
cp "$work/out" "$work/by-moment"
expect 1 "$command" cases "$work/2021-09" --month 2021-09 --at '2021-09-07 12:00'
cmp -s "$work/out" "$work/by-moment" || fail "--at alone reads another month"
says "B${tab}矛盾纠纷${tab}挂起${tab}司法所${tab}2021-09-05 09:00:00${tab}—${tab}—${tab}否"
silent "C${tab}"

# What was recorded later is not known to September, and is known to whoever asks for it.
expect 1 "$command" cases "$work/2021-09" --month 2021-09 --known-by 2021-10-04
says "B${tab}矛盾纠纷${tab}已结案${tab}司法所${tab}2021-09-05 09:00:00${tab}2021-09-15 18:00:00${tab}2021-09-29 10:00:00"
says "A${tab}城市管理${tab}已上报"
expect 1 "$command" cases "$work/2021-09" --month 2021-09 --known-by 2021-10-09
says "2021-09-30 10:00:00"
says "A${tab}城市管理${tab}已结案"

# One story.
expect 1 "$command" cases "$work/2021-09" --month 2021-09 --case B
says "2021-09-05 09:00:00${tab}上报${tab}— → 已上报${tab}网格/街道${tab}（推得）"
says "2021-09-05 11:00:00${tab}处置${tab}处置中 → 处置中${tab}派出所${tab}【不合流程，未采用】"
says "持有 派出所${tab}2021-09-05 09:20:00 – 2021-09-06 09:00:00  历时 23:40:00  工作时间 1:00:00"
says "结案${tab}分类时限（7 工作日，次日起算）"
says "B${tab}超时红牌督办${tab}司法所${tab}2021-09-26 18:00:00"
expect 2 "$command" cases "$work/2021-09" --month 2021-09 --case Z
expect 2 "$command" cases "$work/2021-09" --month 2021-09 --json --csv
expect 2 "$command" cases "$work/2021-09" --month 2021-09 --at noon

# Carried over: the open cases of September open October, and stand there as they stood.
expect 0 "$command" cases "$work/2021-09" --month 2021-09 --open --csv -o "$work/2021-10/opening.csv"
expect 0 "$command" cases "$work/2021-09" --month 2021-09 --open --csv --steps \
    -o "$work/2021-10/opening_steps.csv"
"$command" cases "$work/2021-09" --month 2021-09 --open 2>/dev/null | grep "^[ABD]$tab" |
    grep -v "row 5" >"$work/before" || true
"$command" cases "$work/2021-10" --month 2021-10 --at 2021-09-30 2>/dev/null | grep "^[ABD]$tab" |
    grep -v "row 5" >"$work/after" || true
diff "$work/before" "$work/after" || fail "the opening differs from the closing"
[ "$(wc -l <"$work/before")" -eq 3 ] || fail "three cases were open"
expect 0 "$command" cases "$work/2021-10" --month 2021-10 --csv
[ "$(grep -c . "$work/out")" -eq 4 ] || fail "opening.csv can be written again"

# JSON is JSON, and says the same.
if command -v python3 >/dev/null; then
    expect 0 "$command" cases "$work/2021-09" --month 2021-09 --case B --json
    python3 - "$work/out" <<'PY' || fail "the JSON story"
import json, sys
document = json.load(open(sys.argv[1], encoding="utf-8"))
assert document["schema"] == "gridgov.cases/1"
assert document["counts"] == {"cases": 4, "open": 3, "closed": 1, "suspended": 0, "overdue": 3,
                              "differs": 1, "due": 2, "refused": 1, "findings": 1}, document["counts"]
(case,) = document["cases"]
assert case["id"] == "B" and case["class"] == "held" and case["agency"] == "司法所"
clocks = {c["clock"]: c for c in case["clocks"] if c["clock"] != "holder"}
holders = [c for c in case["clocks"] if c["clock"] == "holder"]
for unit in ("wall_seconds", "work_seconds", "paused_seconds"):
    assert sum(h[unit] for h in holders) == clocks["total"][unit]
(finding,) = document["findings"]
assert finding["rule"] == "step-not-by-holder" and finding["row"] == 5
PY
fi
[ "$failed" -eq 0 ] || { echo "$failed failed"; exit 1; }
