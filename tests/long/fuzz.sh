#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# tests/long/fuzz.sh [SECONDS [TARGET…]]: coverage-guided fuzzing with libFuzzer, address and undefined-behaviour sanitizers; every target,
# or those named, for SECONDS each (default 60). What was found grows in build/fuzz-corpus/, where the next run goes on; an input that
# crashes, leaks, runs for more than 10 s or takes more than 1 GiB is kept there and ends the run with status 1.
. "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
seconds=${1:-60}
[ $# -eq 0 ] || shift
prepare fuzz clang Debug "-DCMAKE_C_FLAGS_DEBUG=-g -O1" -DGRIDGOV_SANITIZE=address,undefined -DGRIDGOV_BUILD_FUZZERS=ON

targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
    for source in tests/fuzz/fuzz_*.c; do
        name=$(basename "$source" .c)
        targets+=("${name#fuzz_}")
    done
fi
failed=0
for name in "${targets[@]}"; do
    found=build/fuzz-corpus/$name
    mkdir -p "$found"
    log=build/fuzz-$name.log
    status=0
    "build/fuzz/tests/fuzz/${name}_fuzzer" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
        -artifact_prefix="$found/crash-" "$found" "tests/fuzz/corpus/$name" >"$log" 2>&1 || status=1
    printf '%-16s %10s executions, %6s inputs kept, %s\n' "$name" \
        "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" "$(find "$found" -type f | wc -l)" \
        "$([ $status -eq 0 ] && echo ok || echo "FAILED, see $log")"
    [ $status -eq 0 ] || failed=1
done
exit $failed
