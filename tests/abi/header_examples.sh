#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# header_examples.sh ROOT COMPILER FLAG…: every example compiles: the @code blocks of the public headers, and the
# blocks fenced as C in README*.md and docs/*.md.
set -eu
root=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One file an example, named by its source and line.
for header in "$root"/include/gridgov/*.h; do
    awk -v base="$work/$(basename "$header" .h)" '
        /@endcode/ { if (file != "") close(file); file = ""; next }
        file != "" { sub(/^ \* ? ?/, ""); print > file }
        /@code/ { file = base "-" FNR ".c"; printf "" > file }' "$header"
done
for page in "$root"/README*.md "$root"/docs/*.md "$root"/docs/*/*.md; do
    [ -f "$page" ] || continue
    awk -v base="$work/page-$(basename "$page" .md)" '
        /^```/ && file != "" { close(file); file = ""; next }
        file != "" { print > file }
        /^```c[ \t]*$/ { file = base "-" FNR ".c"; printf "" > file }' "$page"
done
# A block of a page without a function is the middle of one: its includes stay in front, the rest becomes a body.
for example in "$work"/page-*.c; do
    if [ -f "$example" ] && ! grep -q '^}' "$example"; then
        awk '/^#include/ { print; next } { body = body $0 "\n" }
             END { printf "void example(void);\nvoid example(void) {\n%s}\n", body }' \
            "$example" >"$work/body"
        mv "$work/body" "$example"
    fi
done

failed=0
count=0
for example in "$work"/*.c; do
    count=$((count + 1))
    if ! "$@" -Wall -Wextra -Werror -Wno-unused-function -I"$root/include" -c "$example" \
        -o "$work/example.o" 2>"$work/log"; then
        echo "example at $(basename "$example" .c) (file-line) does not compile:"
        cat "$work/log"
        failed=$((failed + 1))
    fi
done
headers=$(grep -l '@code' "$root"/include/gridgov/*.h | wc -l)
echo "$count examples from $headers headers and the guide, $failed failed"
[ "$count" -ge "$headers" ] && [ "$headers" -gt 0 ] && [ "$failed" -eq 0 ]
