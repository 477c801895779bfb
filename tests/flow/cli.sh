#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The gridgov command as a user meets it: what it writes, what it says on stderr, and its exit statuses.
set -u
command=${GRIDGOV_COMMAND:?}
month=examples/data/baiguan-2021-09
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset LC_ALL LC_MESSAGES LANG
failures=0

fail() {
    echo "FAIL: $*"
    sed 's/^/    /' "$work/stderr" | head -n 20
    failures=$((failures + 1))
}

# expect STATUS WORD…: runs the command; stdout and stderr go to files.
expect() {
    wanted=$1
    shift
    status=0
    "$command" "$@" >"$work/stdout" 2>"$work/stderr" || status=$?
    [ "$status" -eq "$wanted" ] || fail "gridgov $* gave $status, not $wanted"
}
says() { grep -qF -- "$1" "$work/stderr" || fail "stderr lacks: $1"; }
prints() { grep -qF -- "$1" "$work/stdout" || fail "stdout lacks: $1"; }

# help and version
expect 0 --version && prints "gridgov 0.1.0"
expect 0 --help && prints "bulletin"
expect 0 bulletin --help && prints "Example:"
LANG=zh_CN.UTF-8 expect 0 bulletin --help && prints "示例"
expect 0 score --help --lang zh && prints "示例"

# usage: exit status 2
expect 2
expect 2 publish && says "publish"
expect 2 bulletin "$month" && says "--month"
expect 2 bulletin --month 2021-09 && says "SOURCE"
expect 2 bulletin "$month" --month 2021-13 && says "2021-13"
expect 2 bulletin "$month" --month 2021-09 --colour && says "--colour"
expect 2 bulletin "$month" --month && says "--month"
expect 2 bulletin "$month" --month 2021-09 --format pdf && says "pdf"
expect 2 bulletin "$month" --month 2021-09 --as-of yesterday && says "yesterday"
expect 2 bulletin "$month" --month 2021-09 --policy nowhere-1999 && says "nowhere-1999"
expect 2 bulletin "$month" --month 2021-09 --lang fr && says "fr"
expect 2 bulletin "$month/events.csv" --month 2021-09 && says "--mapping"
expect 2 score "$month" --month 2021-09 --json --csv

# input: exit status 3
expect 3 bulletin "$work/nowhere" --month 2021-09
mkdir "$work/empty" && expect 3 bulletin "$work/empty" --month 2021-09
expect 3 bulletin examples/data/flat/events.csv --mapping "$work/nowhere.json" --month 2021-09
cp -r "$month" "$work/broken" && chmod -R u+w "$work/broken"
sed '1s/类型/种类一/' "$month/events.csv" >"$work/broken/events.csv"
expect 3 bulletin "$work/broken" --month 2021-09 -o "$work/out" && says "category"
LANG=zh_CN.UTF-8 expect 3 bulletin "$work/broken" --month 2021-09 -o "$work/out" && says "缺少"

# output: exit status 4
: >"$work/file"
expect 4 bulletin "$month" --month 2021-09 -o "$work/file/out"

# the whole job, twice: the same bytes, and nothing to say about a difference
expect 0 bulletin "$month" --month 2021-09 -o "$work/out" && says "rows read, 0 of them left out"
for file in bulletin.md bulletin.html bulletin.json categories.csv agencies.csv grids.csv; do
    [ -s "$work/out/$file" ] || fail "$file was not written"
done
cp -r "$work/out" "$work/first"
expect 0 bulletin "$month" --month 2021-09 -o "$work/out"
grep -q "differs" "$work/stderr" && fail "a re-run of the same month differs"
diff -r "$work/first" "$work/out" >/dev/null || fail "a re-run gave other bytes"

# a changed input is named, and the draft says how many rows are missing
cp -r "$month" "$work/changed" && chmod -R u+w "$work/changed"
sed '2s/2021-09-[0-9][0-9]/2021-09-99/' "$month/events.csv" >"$work/changed/events.csv"
expect 0 bulletin "$work/changed" --month 2021-09 -o "$work/out" && says "input.events" && says "row 2"
grep -q "草稿" "$work/out/bulletin.md" || fail "no draft stamp"
expect 1 bulletin "$work/changed" --month 2021-09 -o "$work/strict" --strict
[ ! -e "$work/strict" ] || fail "--strict wrote something"

# scores
expect 0 score "$month" --month 2021-09 && prints "单位,网格,日在线率,日在线时长,日在线里程,事件有效量,及时率,结案率,流转率,走访记录,矛盾纠纷月报,系统维护,附加分,总分"
expect 0 score "$month" --month 2021-09 --grid 高丰社区/一网格 && prints "高丰社区,一网格,,,,,,,,-5,,,-20,75"
[ "$(wc -l <"$work/stdout")" -eq 2 ] || fail "--grid printed more than one grid"
expect 0 score "$month" --month 2021-09 --json --grid 华维路东网格 && prints '"total": "110"'
expect 2 score "$month" --month 2021-09 --grid 没有这个网格 && says "没有这个网格"
expect 0 score "$month" --month 2021-09 -o "$work/scores.csv"
[ "$(head -c 3 "$work/scores.csv" | od -An -tx1 | tr -d ' \n')" = efbbbf ] || fail "no byte order mark in a file"
mkdir "$work/twins"
printf '单位,网格,网格编码\n甲社区,一网格,1\n乙社区,一网格,2\n' >"$work/twins/units.csv"
expect 2 score "$work/twins" --month 2021-09 --grid 一网格 && says "甲社区/一网格" && says "乙社区/一网格"

# a cut-off, a language, one format, a flat export
expect 0 bulletin "$month" --month 2021-09 --as-of 2021-09-15 -o "$work/early" --format md
grep -q "09 月 15 日" "$work/early/bulletin.md" || fail "the cut-off is not printed"
[ ! -e "$work/early/bulletin.html" ] || fail "--format md wrote HTML"
expect 0 bulletin "$month" --month 2021-09 --lang en -o "$work/english" --format md,csv
grep -q "reports" "$work/english/bulletin.md" || fail "no English bulletin"
expect 0 bulletin examples/data/flat/events.csv --mapping examples/data/flat/mapping.json --month 2021-09 -o "$work/flat"
[ ! -e "$work/flat/grids.csv" ] || fail "a flat export without grids wrote grids.csv"

# a raw export inside a month folder, with the mapping that stands beside it
mkdir "$work/mixed"
cp "$month/units.csv" "$work/mixed/"
cp examples/data/flat/events.csv "$work/mixed/events.csv"
cp examples/data/flat/mapping.json "$work/mixed/events.mapping.json"
expect 0 bulletin "$work/mixed" --month 2021-09 -o "$work/mixed-out"
cmp -s "$work/flat/categories.csv" "$work/mixed-out/categories.csv" || fail "a mapping beside events.csv was not used"
[ -s "$work/mixed-out/grids.csv" ] || fail "the folder's grids were not scored"
grep -q '"mapping.events"' "$work/mixed-out/bulletin.json" || fail "the mapping is not pinned"
echo '{"schema": "gridgov.mapping/1", "table": "visits"}' >"$work/mixed/events.mapping.json"
expect 3 bulletin "$work/mixed" --month 2021-09 -o "$work/mixed-out" && says "visits" && says "events.mapping.json"

# a cut-off before the month is a usage error
expect 2 bulletin "$month" --month 2021-09 --as-of 2021-08-31 -o "$work/none" && says "2021-08-31"
[ ! -e "$work/none" ] || fail "a cut-off before the month wrote something"

# what a file says wrong is said with its name, also by the steps after reading
damaged() {
    rm -rf "$work/damaged"
    cp -r "$month" "$work/damaged" && chmod -R u+w "$work/damaged"
}
damaged && sed -i '2s/^[^,]*/SJ0/' "$work/damaged/steps.csv"
expect 0 bulletin "$work/damaged" --month 2021-09 -o "$work/out" && says "damaged/steps.csv: row 2 (event)"
says "1 of them left out"
damaged && printf '网格,指标口径,数值,来源\n高丰社区/一网格,nope,2,x\n' >"$work/damaged/facts.csv"
expect 0 bulletin "$work/damaged" --month 2021-09 -o "$work/out" && says "damaged/facts.csv: row 2 (metric)"
says "1 of them left out"
damaged && rm "$work/damaged/officers.csv"
expect 0 bulletin "$work/damaged" --month 2021-09 -o "$work/out" && says "no list of officers"
damaged && sed -i '2s/走访户01/走访户X/' "$work/damaged/visits.csv"
expect 0 bulletin "$work/damaged" --month 2021-09 -o "$work/out" && says "damaged/visits.csv" && says "1 visits"
damaged && : >"$work/damaged/policy.json"
expect 3 bulletin "$work/damaged" --month 2021-09 -o "$work/out" && says "JSON"
[ "$(grep -c JSON "$work/stderr")" -eq 1 ] || fail "one problem was said twice"

printf '[]\n' >"$work/damaged/policy.json"
expect 3 bulletin "$work/damaged" --month 2021-09 -o "$work/out"
: >"$work/nothing.json"
expect 3 bulletin "$month" --month 2021-09 --policy "$work/nothing.json" -o "$work/out" && says "JSON"
expect 3 bulletin "$month" --month 2021-09 --parameters "$work/nothing.json" -o "$work/out" && says "JSON"

# a month in which nothing was reported is said first
expect 0 bulletin "$month" --month 2021-08 -o "$work/out" && says "none of the 2975 events"

# a file and a column that are not used are named
damaged && cp "$work/damaged/events.csv" "$work/damaged/Events2.csv"
sed -i '1s/职能科室/哪个科室/' "$work/damaged/events.csv"
expect 0 bulletin "$work/damaged" --month 2021-09 -o "$work/out" && says "Events2.csv" && says "哪个科室"

# errors are said, however many warnings stand before them
printf '上报时间,办结时间,类型\n' >"$work/early.csv"
i=0
while [ $i -lt 1500 ]; do
    echo '2021-09-05 08:00,2021-09-04 08:00,城市管理'
    i=$((i + 1))
done >>"$work/early.csv"
printf '2021-09-31,,城市管理\n合计,1501,\n' >>"$work/early.csv"
printf '{"schema": "gridgov.mapping/1"}' >"$work/early.json"
expect 0 bulletin "$work/early.csv" --mapping "$work/early.json" --month 2021-09 -o "$work/early" && says "row 1502"
says "1502 rows read, 1 of them left out"
says "and 1461 more"
grep -q "有 1500 件的办结时间" "$work/early/bulletin.md" || fail "the bulletin does not say that closures were not used"
grep -q "上报 1500 条" "$work/early/bulletin.md" || fail "events with doubtful closures are not counted"

# output that cannot be written: status 4, and an earlier file stays
if [ -w /dev/full ]; then
    expect 4 score "$month" --month 2021-09 -o /dev/full
    status=0
    "$command" score "$month" --month 2021-09 >/dev/full 2>"$work/stderr" || status=$?
    [ "$status" -eq 4 ] || fail "score to a full stdout gave $status"
    status=0
    "$command" bulletin "$month" --month 2021-09 -o "$work/out" >/dev/full 2>"$work/stderr" || status=$?
    [ "$status" -eq 4 ] || fail "bulletin to a full stdout gave $status"
fi
expect 3 bulletin "$work/early.csv" --mapping "$work" --month 2021-09

# Ctrl-C: status 130, no output, one line
fifo="$work/endless.csv"
mkfifo "$fifo"
(
    echo '上报时间,类型'
    exec yes '2021-09-05 08:00,甲'
) >"$fifo" 2>/dev/null &
feeder=$!
"$command" bulletin "$fifo" --mapping "$work/early.json" --month 2021-09 -o "$work/cancelled" 2>"$work/stderr" &
runner=$!
sleep 1
kill -INT "$runner"
status=0
wait "$runner" || status=$?
kill "$feeder" 2>/dev/null
[ "$status" -eq 130 ] || fail "Ctrl-C gave $status"
[ ! -e "$work/cancelled" ] || fail "a cancelled run wrote something"
[ "$(wc -l <"$work/stderr")" -eq 1 ] || fail "a cancelled run said more than that"

[ "$failures" -eq 0 ] || exit 1
