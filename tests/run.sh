#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# tests/run.sh [quick]: installs what is missing (Debian packages, as root or with sudo), builds and runs every
# test. From any folder, as often as you like; build folders stay under build/. "quick" is the GCC debug build
# and its tests only. Stops at the first stage that fails. The last line counts the tests of all builds
# and the stages: "N passed, N failed".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
# shellcheck source=examples/packages.sh
. examples/packages.sh || exit 1
mode=${1:-all}
if [ "$mode" != all ] && [ "$mode" != quick ]; then
    echo "usage: tests/run.sh [quick]" >&2
    exit 2
fi

passed=0 failed=0 skipped=0
finish() {
    local status=$?
    [ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
    if [ "$skipped" -gt 0 ]; then
        echo "$passed passed, $failed failed, $skipped skipped"
    else
        echo "$passed passed, $failed failed"
    fi
}
trap finish EXIT

# stage NAME COMMAND…: output is shown when the command fails.
mkdir -p build
stage() {
    local name=$1 start=$SECONDS
    shift
    if "$@" >build/stage.log 2>&1; then
        passed=$((passed + 1))
        printf '%-44s ok   %3d s\n' "$name" $((SECONDS - start))
    else
        failed=$((failed + 1))
        tail -n 200 build/stage.log
        printf '%-44s FAIL %3d s\n' "$name" $((SECONDS - start))
        exit 1
    fi
}

# tests BUILD [ARGUMENT…]: run ctest in build/BUILD and add its counts; shows the log of failed tests.
tests() {
    local name=$1 start=$SECONDS status=0 counts
    shift
    ctest --test-dir "build/$name" --output-on-failure -j "$jobs" --output-junit junit.xml "$@" \
        >build/stage.log 2>&1 || status=1
    counts=$(awk '/<testsuite /{on = 1} on { text = text " " $0 } on && />/ {
        print number("tests"), number("failures"), number("disabled") + number("skipped"); exit }
        function number(name) {
            if (!match(text, "[ \t]" name "=\"[0-9]+")) return 0
            found = substr(text, RSTART, RLENGTH); sub(/.*"/, "", found); return found + 0
        }' "build/$name/junit.xml" 2>/dev/null)
    # shellcheck disable=SC2086
    set -- ${counts:-0 0 0}
    if [ "$1" -eq 0 ]; then
        status=1
    fi
    passed=$((passed + $1 - $2 - $3))
    failed=$((failed + $2))
    skipped=$((skipped + $3))
    if [ "$status" -ne 0 ]; then
        cat build/stage.log
        printf '%-44s FAIL %3d s\n' "$name: $1 tests, $2 failed" $((SECONDS - start))
        exit 1
    fi
    printf '%-44s ok   %3d s\n' "$name: $1 tests, $3 skipped" $((SECONDS - start))
}

packages=(gcc g++ libc6-dev cmake make pkg-config libjansson-dev libmd-dev libcmocka-dev python3
    libminizip-dev zlib1g-dev libexpat1-dev python3-openpyxl python3-xlrd python3-jsonschema)
if [ "$mode" = all ]; then
    packages+=(clang libclang-rt-14-dev clang-format-14 doxygen)
fi
stage "packages" install_packages "${packages[@]}"

jobs=$(nproc)
launcher=()
if command -v ccache >/dev/null; then
    launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache)
fi

# build NAME COMPILER TYPE [OPTION…]: configure and build into build/NAME, warnings as errors.
build() {
    local name=$1 compiler=$2 type=$3
    shift 3
    stage "$name: configure" cmake -S . -B "build/$name" -DCMAKE_C_COMPILER="$compiler" \
        -DCMAKE_BUILD_TYPE="$type" -DGRIDGOV_WERROR=ON "${launcher[@]}" "$@"
    stage "$name: build" cmake --build "build/$name" -j "$jobs"
}

# rules.h is a table of one line a rule, which the formatter would break up.
format() {
    find lib tests examples -name '*.[ch]' ! -path lib/base/rules.h -print0 |
        xargs -0 clang-format-14 --dry-run -Werror
}

build gcc-debug gcc Debug
tests gcc-debug
if [ "$mode" = all ]; then
    stage "clang-format" format
    build gcc-release gcc Release
    tests gcc-release -E '^(abi|consume)\.'
    build clang-sanitized clang Debug "-DCMAKE_C_FLAGS_DEBUG=-g -O1" \
        -DGRIDGOV_SANITIZE=address,undefined -DGRIDGOV_BUILD_FUZZERS=ON
    tests clang-sanitized
    build static gcc Debug -DBUILD_SHARED_LIBS=OFF
    tests static -R '^(abi\.exported|consume\.|flow\.)'
    stage "documentation" sh -c 'cmake -DGRIDGOV_BUILD_DOCS=ON build/gcc-debug &&
        cmake --build build/gcc-debug --target docs'
fi
