#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# sources.sh ROOT LIST: the sources and packs that lib/CMakeLists.txt lists are those in the tree, and no
# two sources have the same name.
set -eu
export LC_ALL=C
root=$1 list=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sort "$list" >"$work/listed"
(cd "$root" && find lib -name '*.c' -o -path 'lib/refdata/data/*.json') | sort >"$work/found"
failed=0
if ! diff -u "$work/listed" "$work/found" >"$work/diff"; then
    echo "lib/CMakeLists.txt (-) and the tree (+) differ:"
    sed '1,2d' "$work/diff" | grep '^[-+]'
    failed=1
fi
sed 's|.*/||' "$work/found" | sort | uniq -d >"$work/twice"
if [ -s "$work/twice" ]; then
    echo "names that stand twice:"
    cat "$work/twice"
    failed=1
fi
echo "$(wc -l <"$work/found") files"
exit $failed
