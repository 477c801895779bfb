#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# headers.sh INCLUDE_DIR COMPILER FLAG…: every public header compiles alone, and twice in a row, under harsh
# flags. With -Wpadded as a FLAG, a public struct with padding that it does not name fails as well.
set -eu
include=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
count=0
for header in "$include"/gridgov/*.h; do
    name=${header##*/}
    count=$((count + 1))
    printf '#include <gridgov/%s>\n#include <gridgov/%s>\nint gridgov_header_test;\n' \
        "$name" "$name" >"$work/unit.c"
    if ! "$@" -Wall -Wextra -Wpedantic -Werror -I"$include" -c "$work/unit.c" \
        -o "$work/unit.o" 2>"$work/log"; then
        echo "$name does not compile alone:"
        cat "$work/log"
        failed=$((failed + 1))
    fi
done
echo "$count headers, $failed failed"
[ "$count" -gt 0 ] && [ "$failed" -eq 0 ]
