#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# gridgov audit as a user meets it: what gridgov itself writes is clean in every format, faults end with status 1, and the published
# bulletin of September 2021 (GRIDGOV_SHARED, by default beside the source tree) has the findings that are known.
set -u
command=${GRIDGOV_COMMAND:?}
shared=${GRIDGOV_SHARED:-../shared}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset LC_ALL LC_MESSAGES LANG
failures=0

fail() {
    echo "FAIL: $*"
    head -n 20 "$work/stdout" "$work/stderr" | sed 's/^/    /'
    failures=$((failures + 1))
}

expect() { # expect STATUS WORD…
    wanted=$1
    shift
    status=0
    "$command" "$@" >"$work/stdout" 2>"$work/stderr" || status=$?
    [ "$status" -eq "$wanted" ] || fail "gridgov $* gave $status, not $wanted"
}
prints() { grep -qF -- "$1" "$work/stdout" || fail "stdout lacks: $1"; }
says() { grep -qF -- "$1" "$work/stderr" || fail "stderr lacks: $1"; }

# help and usage
expect 0 audit --help && prints "gridgov.audit/1"
LANG=zh_CN.UTF-8 expect 0 audit --help && prints "示例"
expect 2 audit && says "FILE"
expect 3 audit "$work/nowhere.txt"
printf 'ab\377\n' >"$work/bytes.txt" && expect 3 audit "$work/bytes.txt" && says "byte 3"

# what gridgov writes comes out clean
for lang in zh en; do
    expect 0 bulletin examples/data/baiguan-2021-09 --month 2021-09 --lang "$lang" -o "$work/$lang"
    for file in bulletin.md categories.csv agencies.csv grids.csv; do
        expect 0 audit "$work/$lang/$file"
    done
done
expect 0 audit "$work/zh/bulletin.md" --json
prints '"row_total":65'
prints '"prose_table":14'
prints '"severity":"note"'
grep -qE '"severity":"(error|warning)"' "$work/stdout" && fail "a doubt in our own bulletin"
expect 0 bulletin examples/data/flat/events.csv --mapping examples/data/flat/mapping.json --month 2021-09 -o "$work/flat"
expect 0 audit "$work/flat/bulletin.md"

# one digit changed in it
sed 's/| 城市管理 | 835 |/| 城市管理 | 853 |/' "$work/zh/bulletin.md" >"$work/changed.md"
expect 1 audit "$work/changed.md" && prints "853" && prints "835"
expect 1 audit "$work/changed.md" --lang en && prints "error"

# two months: the closing figures of one open the other
printf '单位\t上月结转\t受理\t结转下月\n甲\t1\t5\t2\n' >"$work/before.txt"
printf '单位\t上月结转\t受理\t结转下月\n甲\t2\t5\t3\n' >"$work/after.txt"
expect 0 audit "$work/after.txt" --previous "$work/before.txt" && prints "前后期衔接 1"
sed 's/甲	2/甲	4/' "$work/after.txt" >"$work/torn.txt"
expect 1 audit "$work/torn.txt" --previous "$work/before.txt" && prints "continuity"

# the published bulletin
published=$shared/bulletins/baiguan-2021-09.txt
if [ -r "$published" ]; then
    expect 1 audit "$published" && prints "占比是按 2970 计算的" && prints "核对无误"
    expect 1 audit "$published" --json
    [ "$(grep -c '^{"code"' "$work/stdout")" -eq 4 ] || fail "not four findings"
    prints '"row_total":65'
elif [ "$failures" -eq 0 ]; then
    echo "no $published: the published bulletin is not at hand; the rest passed"
    exit 77
fi

[ "$failures" -eq 0 ] || exit 1
