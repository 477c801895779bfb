#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# integers.sh ROOT COMPILER OFFICE [FLAG…]: the library computes in integers. Its files compile with floating-point registers switched
# off, but for distances (base/geo*.c, exact by other means) and vectors of integers (base/simd_*.c); lib/office only if
# OFFICE is ON, for it needs headers of other libraries. Skipped with a compiler that takes such code all the same.
set -eu
root=$1 compiler=$2 office=$3
shift 3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo 'double twice(double x); double twice(double x) { return 2 * x; }' >"$work/twice.c"
if "$compiler" -mgeneral-regs-only -c "$work/twice.c" -o "$work/object.o" 2>/dev/null; then
    echo "the compiler does not tell"
    exit 77
fi
failed=0
count=0
for source in "$root"/lib/*/*.c; do
    case $source in
    */lib/base/geo*.c | */lib/base/simd_*.c) continue ;;
    */lib/office/*) [ "$office" = ON ] || continue ;;
    esac
    count=$((count + 1))
    if ! "$compiler" -std=c11 -D_POSIX_C_SOURCE=200809L -w -mgeneral-regs-only -I"$root/include" \
        -I"$root/lib" "$@" -c "$source" -o "$work/object.o" 2>"$work/log"; then
        echo "${source#"$root"/} needs floating-point registers:"
        cat "$work/log"
        failed=1
    fi
done
echo "$count files"
[ "$count" -gt 0 ] && exit $failed
