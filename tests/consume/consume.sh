#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# consume.sh WAY KIND SOURCE BUILD CMAKE COMPILER OFFICE SANITIZE: install the library, move the installed tree, and
# build and run toy.c against it.
#   WAY       cmake, pkg-config, or subdirectory (configures a project that takes the sources in as a folder)
#   KIND      shared or static, as BUILD was built
#   OFFICE    ON if BUILD has gridgov::office: toy_office.c is built against it too
#   SANITIZE  the sanitizers of BUILD, or empty
set -eu
way=$1 kind=$2 source=$3 build=$4 cmake=$5 compiler=$6 office=$7 sanitize=${8:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$source/tests/consume/toy.c" "$source/tests/consume/toy_office.c" "$source/tests/consume/CMakeLists.txt" "$work"
flags=
[ -z "$sanitize" ] || flags=-fsanitize=$sanitize

if [ "$way" = subdirectory ]; then
    "$cmake" -S "$work" -B "$work/build" -DCMAKE_C_COMPILER="$compiler" -DGRIDGOV_SOURCE="$source" \
        -DCMAKE_C_FLAGS="$flags" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
    echo "configured as a folder of another project"
    exit 0
fi

"$cmake" --install "$build" --prefix "$work/first" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
mv "$work/first" "$work/prefix"
if grep -rl -e "$work/first" -e "$source" "$work/prefix" --include='*.pc' --include='*.cmake' \
    --include='*.h'; then
    echo "installed files name a folder of this machine"
    exit 1
fi
pc=$(find "$work/prefix" -name gridgov.pc)
libdir=$(dirname "$(dirname "$pc")")

if [ "$way" = cmake ]; then
    { "$cmake" -S "$work" -B "$work/build" -DCMAKE_C_COMPILER="$compiler" \
        -DCMAKE_PREFIX_PATH="$work/prefix" -DCMAKE_C_FLAGS="$flags" -DTOY_OFFICE="$office" &&
        "$cmake" --build "$work/build"; } >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
    "$work/build/toy"
    [ "$office" != ON ] || "$work/build/toy_office"
else
    PKG_CONFIG_PATH=$libdir/pkgconfig
    export PKG_CONFIG_PATH
    static=
    [ "$kind" = shared ] || static=--static
    # Words of the answer are arguments.
    # shellcheck disable=SC2046,SC2086
    "$compiler" -std=c11 $flags "$work/toy.c" -o "$work/toy" $(pkg-config $static --cflags --libs gridgov)
    LD_LIBRARY_PATH=$libdir "$work/toy"
    if [ "$office" = ON ]; then
        # shellcheck disable=SC2046,SC2086
        "$compiler" -std=c11 $flags "$work/toy_office.c" -o "$work/toy_office" \
            $(pkg-config $static --cflags --libs gridgov-office)
        LD_LIBRARY_PATH=$libdir "$work/toy_office"
    fi
fi
