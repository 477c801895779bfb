#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# exported.sh ROOT NM LIBRARY shared|static [COMPONENT]: tests/abi/exported.txt is the promise, exported-COMPONENT.txt that of a
# component. The public headers (of a component: COMPONENT*.h) declare exactly those functions, and the shared library
# exports exactly those symbols. A static library defines them all and, besides, only names that begin with gg_.
set -eu
export LC_ALL=C
root=$1 nm=$2 library=$3 kind=$4
component=${5:-}
if [ -n "$component" ]; then
    promise=$root/tests/abi/exported-$component.txt
    headers=$(find "$root/include/gridgov" -name "$component*.h" | sort)
else
    promise=$root/tests/abi/exported.txt
    headers=$(find "$root/include/gridgov" -name '*.h' ! -name 'office*.h' | sort)
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

same() { # same WHAT FILE: FILE holds the lines of the promise
    if ! diff -u "$promise" "$2" >"$work/diff"; then
        echo "$1 differ from tests/abi/$(basename "$promise"):"
        sed '1,2d' "$work/diff"
        failed=1
    fi
}

if ! sort -uc "$promise"; then
    echo "$promise is not sorted"
    failed=1
fi
# The names of headers are words.
# shellcheck disable=SC2086
# A declaration runs from GRIDGOV_API to its first bracket; the name stands before it.
awk '/^GRIDGOV_API / { text = ""; on = 1 }
     on { text = text " " $0 }
     on && /\(/ { sub(/\(.*/, "", text); n = split(text, word, /[ *]+/); print word[n]; on = 0 }' \
    $headers | sort >"$work/declared"
same "functions declared in the headers" "$work/declared"

if [ "$kind" = shared ]; then
    "$nm" -D --defined-only "$library" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' |
        sort >"$work/exported"
else
    "$nm" -g --defined-only "$library" | awk 'NF == 3 { print $3 }' | sort >"$work/all"
    grep '^gridgov_' "$work/all" >"$work/exported" || true
    if grep -v -e '^gridgov_' -e '^gg_' "$work/all" >"$work/bare"; then
        echo "names without a prefix:"
        cat "$work/bare"
        failed=1
    fi
fi
same "symbols of $(basename "$library")" "$work/exported"
echo "$(wc -l <"$promise") functions promised"
exit $failed
