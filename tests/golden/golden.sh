#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every byte of the example bulletins against what was read and agreed to: golden.sh [--update]. An update is to be
# read as a diff before it is committed. The library's version is the one thing that may differ without notice.
set -u
command=${GRIDGOV_COMMAND:?}
golden=tests/golden
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

make() { # one --format after another: the last counts
    name=$1
    shift
    "$command" bulletin --format md,html,json,csv "$@" -o "$work/$name" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
}
make baiguan-2021-09 examples/data/baiguan-2021-09 --month 2021-09
make baiguan-2021-09-en examples/data/baiguan-2021-09 --month 2021-09 --lang en --format md
make flat examples/data/flat/events.csv --mapping examples/data/flat/mapping.json --month 2021-09

status=0
for name in baiguan-2021-09 baiguan-2021-09-en flat; do
    if [ "${1:-}" = --update ]; then
        rm -rf "${golden:?}/$name" && cp -r "$work/$name" "$golden/$name"
    else
        diff -ru "$golden/$name" "$work/$name" || status=1
    fi
done
exit $status
