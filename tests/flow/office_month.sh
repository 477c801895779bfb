#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A month as a workbook: the same bulletin, byte for byte, as from a folder; what init writes; tables in GB18030.
set -u
command=${GRIDGOV_COMMAND:-}
[ -n "$command" ] || { echo "skipped: GRIDGOV_COMMAND is not set"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
fail() {
    echo "FAIL: $1"
    failed=1
}
bulletin() { # bulletin SOURCE OUT
    "$command" bulletin "$1" --month 2021-09 -o "$2" >"$work/log" 2>&1 || { cat "$work/log"; fail "bulletin of $1"; }
}

"$command" init "$work/month" >/dev/null || fail "init of a folder"
"$command" init "$work/month.xlsx" >"$work/log" 2>&1
case $? in
0) ;;
2) grep -q 'gridgov::office' "$work/log" || fail "init without gridgov::office does not say so"
   bulletin "$work/month" "$work/folder"
   [ "$failed" -eq 0 ] && { echo "skipped: the command was built without gridgov::office"; exit 77; }
   exit 1 ;;
*) cat "$work/log"; fail "init of a workbook" ;;
esac

bulletin "$work/month" "$work/folder"
bulletin "$work/month.xlsx" "$work/workbook"
diff -r "$work/folder" "$work/workbook" >/dev/null || fail "the example differs as a workbook"
grep -q warning "$work/log" && { cat "$work/log"; fail "the example has warnings"; }

# The real month: every byte, the digests of all inputs among them.
"$command" init "$work/real.xlsx" --from examples/data/baiguan-2021-09 >/dev/null || fail "init --from"
bulletin examples/data/baiguan-2021-09 "$work/real-folder"
bulletin "$work/real.xlsx" "$work/real-workbook"
diff -r "$work/real-folder" "$work/real-workbook" >/dev/null || fail "the real month differs as a workbook"

# Equal tables make equal bytes, and what is there is not overwritten.
"$command" init "$work/again.xlsx" >/dev/null
cmp -s "$work/month.xlsx" "$work/again.xlsx" || fail "two workbooks of the same tables differ"
for path in "$work/month" "$work/month.xlsx"; do
    "$command" init "$path" >/dev/null 2>&1
    [ $? -eq 4 ] || fail "init overwrites $path"
done
cmp -s "$work/month.xlsx" "$work/again.xlsx" || fail "init changed what was there"
"$command" init "$work/new" --from "$work/month" >/dev/null 2>&1
[ $? -eq 2 ] || fail "init DIR --from is no usage error"

# A folder of GB18030 tables just works, and reads the same cells.
if command -v iconv >/dev/null; then
    cp -r "$work/month" "$work/gbk"
    for table in "$work"/gbk/*.csv; do
        tail -c +4 "$table" | iconv -f UTF-8 -t GB18030 >"$work/table" && mv "$work/table" "$table"
    done
    bulletin "$work/gbk" "$work/gbk-out"
    diff -r "$work/folder" "$work/gbk-out" >/dev/null || fail "the month differs in GB18030"
fi

# A name that a spreadsheet would run as a formula: exact by default, with an apostrophe where asked for; numbers stay.
sed 's/SJ0001,消防安全/SJ0001,=HYPERLINK(1)/' "$work/month/events.csv" >"$work/events" && mv "$work/events" "$work/month/events.csv"
bulletin "$work/month" "$work/exact"
"$command" bulletin "$work/month" --month 2021-09 --defuse -o "$work/defused" >/dev/null 2>&1 || fail "bulletin --defuse"
grep -q '^=HYPERLINK(1)' "$work/exact/categories.csv" || fail "the exact CSV does not hold the name"
grep -q "^'=HYPERLINK(1)" "$work/defused/categories.csv" || fail "the name was not defused"
cmp -s "$work/exact/grids.csv" "$work/defused/grids.csv" || fail "numbers were touched"

# A flat export as a workbook, with the mapping that reads it.
mkdir "$work/flat"
cp examples/data/flat/events.csv "$work/flat/events.csv"
"$command" init "$work/flat.xlsx" --from "$work/flat" >/dev/null || fail "init --from of a flat export"
for source in examples/data/flat/events.csv "$work/flat.xlsx"; do
    "$command" bulletin "$source" --month 2021-09 --mapping examples/data/flat/mapping.json -o "$work/flat-out" >"$work/log" 2>&1 ||
        { cat "$work/log"; fail "bulletin of $source"; }
    mv "$work/flat-out" "$work/flat-$(basename "$source")"
done
diff -r "$work/flat-events.csv" "$work/flat-flat.xlsx" >/dev/null || fail "a flat export differs as a workbook"

# Damaged and foreign workbooks are input errors, and leave nothing behind.
head -c 4000 "$work/month.xlsx" >"$work/cut.xlsx"
"$command" bulletin "$work/cut.xlsx" --month 2021-09 -o "$work/cut" >/dev/null 2>&1
[ $? -eq 3 ] || fail "a workbook cut off is no input error"
[ ! -e "$work/cut" ] || fail "a workbook cut off leaves files"
[ "$failed" -eq 0 ] && echo "a workbook and a folder make the same bulletin"
exit "$failed"
